SELECT
  CASE
    WHEN (
      "t0"."distance_band" IS NOT NULL
    )
    AND (
      (
        (
          "t0"."distance_band" = 'over 20 miles'
        )
        AND COALESCE("t0"."out_of_authority", FALSE)
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST((
      "t0"."distance_band" = 'over 20 miles'
    )
    AND COALESCE("t0"."out_of_authority", FALSE) AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."distance_band" IS NOT NULL
    )
    AND (
      (
        (
          "t0"."distance_band" = 'over 20 miles'
        )
        AND COALESCE("t0"."out_of_authority", FALSE)
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
