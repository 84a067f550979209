SELECT DISTINCT
  "t0"."pupil"
FROM "pairs_found" AS "t0"
