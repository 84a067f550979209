SELECT
  CASE
    WHEN TRUE AND (
      "t0"."pep_ready_in_20" IS NOT NULL
    ) AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."pep_ready_in_20" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN TRUE AND (
      "t0"."pep_ready_in_20" IS NOT NULL
    ) AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
