SELECT
  *
FROM (
  SELECT
    "t0"."la",
    "t0"."child",
    "t0"."pupil"
  FROM "pairs" AS "t0"
) AS "t2"
UNION
SELECT
  *
FROM (
  SELECT
    *
  FROM "pairs_accepted" AS "t1"
) AS "t3"
