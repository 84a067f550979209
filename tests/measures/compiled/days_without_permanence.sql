SELECT
  CASE
    WHEN (
      "t0"."period_days" > 120
    )
    AND (
      "t0"."days_without_permanence" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST("t0"."days_without_permanence" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."period_days" > 120
    )
    AND (
      "t0"."days_without_permanence" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
