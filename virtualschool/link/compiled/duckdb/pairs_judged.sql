SELECT
  "t2"."la",
  "t2"."child",
  "t2"."pupil",
  "t2"."current" AND "t3"."born" AS "U1",
  "t2"."upn" AND "t3"."born" AS "U1 former",
  "t2"."upn" AND "t3"."born_any" AS "U2",
  "t2"."upn" AND "t3"."nearly_born" AS "U2 nearly",
  "t2"."uln" AND "t3"."born" AS "U1 ULN",
  "t2"."uln" AND "t3"."nearly_born" AS "U2 ULN",
  "t2"."upn" AND NOT (
    "t3"."birth_known"
  ) AND NOT (
    "t3"."sex_differs"
  ) AS "U3"
FROM "pairs" AS "t2"
INNER JOIN "pairs_born" AS "t3"
  ON "t2"."la" = "t3"."la"
  AND "t2"."child" = "t3"."child"
  AND "t2"."pupil" = "t3"."pupil"
