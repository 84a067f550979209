SELECT
  CASE
    WHEN TRUE AND (
      "t0"."pep_started_in_10" IS NOT NULL
    ) AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."pep_started_in_10" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN TRUE AND (
      "t0"."pep_started_in_10" IS NOT NULL
    ) AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
