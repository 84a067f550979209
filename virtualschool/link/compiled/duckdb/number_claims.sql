SELECT
  "t1"."former_upn",
  "t1"."upn",
  MIN("t1"."first_year") AS "first_year"
FROM (
  SELECT
    *
  FROM "numbers_told" AS "t0"
  WHERE
    "t0"."former_upn" IS NOT NULL
    AND "t0"."upn" IS NOT NULL
    AND "t0"."former_upn" <> "t0"."upn"
) AS "t1"
GROUP BY
  1,
  2
