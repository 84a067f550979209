SELECT DISTINCT
  "t0"."upn"
FROM "numbers_told" AS "t0"
WHERE
  "t0"."loose" AND "t0"."upn" IS NOT NULL
