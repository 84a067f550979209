SELECT
  CASE
    WHEN "t0"."age_on_31_march" BETWEEN 10 AND 17
    AND (
      "t0"."convicted" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."convicted" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."age_on_31_march" BETWEEN 10 AND 17
    AND (
      "t0"."convicted" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
