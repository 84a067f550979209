SELECT
  CASE
    WHEN "t0"."age_on_31_march" BETWEEN 0 AND 4
    AND (
      "t0"."development_checks" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."development_checks" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."age_on_31_march" BETWEEN 0 AND 4
    AND (
      "t0"."development_checks" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
