SELECT
  CASE
    WHEN (
      "t0"."reviews_taking_part" > 0
    )
    AND (
      (
        "t0"."reviews_views_given" = "t0"."reviews_taking_part"
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."reviews_views_given" = "t0"."reviews_taking_part" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."reviews_taking_part" > 0
    )
    AND (
      (
        "t0"."reviews_views_given" = "t0"."reviews_taking_part"
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
