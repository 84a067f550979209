SELECT DISTINCT
  "t0"."la",
  "t0"."child",
  "t0"."decom" AS "moved"
FROM "episodes" AS "t0"
WHERE
  "t0"."rne" IN ('S', 'P', 'B') OR (
    "t0"."rne" IS NULL
  )
