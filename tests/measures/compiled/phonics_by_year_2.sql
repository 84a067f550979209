SELECT
  CASE
    WHEN (
      "t0"."phonics_by_year_2" IS NOT NULL
    )
    AND (
      "t0"."phonics_by_year_2" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."phonics_by_year_2" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."phonics_by_year_2" IS NOT NULL
    )
    AND (
      "t0"."phonics_by_year_2" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
