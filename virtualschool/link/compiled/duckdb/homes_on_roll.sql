SELECT
  "t1"."home",
  COUNT(*) AS "pupils"
FROM (
  SELECT
    *
  FROM "roll" AS "t0"
  WHERE
    "t0"."home" IS NOT NULL
) AS "t1"
GROUP BY
  1
