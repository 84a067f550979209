SELECT
  CASE
    WHEN (
      "t0"."period_days" > 120
    )
    AND (
      "t0"."permanence_on_record" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST(NOT (
      "t0"."permanence_on_record"
    ) AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."period_days" > 120
    )
    AND (
      "t0"."permanence_on_record" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
