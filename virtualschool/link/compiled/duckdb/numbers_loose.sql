SELECT DISTINCT
  "t0"."upn"
FROM "sightings" AS "t0"
WHERE
  "t0"."pmr" IS NULL AND "t0"."upn" IS NOT NULL
