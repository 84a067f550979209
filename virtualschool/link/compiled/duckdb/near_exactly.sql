SELECT
  *
FROM (
  SELECT
    *
  FROM "near_number" AS "t0"
) AS "t2"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM "near_reference" AS "t1"
) AS "t3"
