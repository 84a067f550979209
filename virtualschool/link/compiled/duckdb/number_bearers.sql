SELECT
  "t7"."upn",
  "t7"."pmr",
  "t7"."dob",
  "t7"."sex",
  MAX("t7"."year") AS "last_year",
  COUNT(*) AS "records"
FROM (
  SELECT
    "t2"."source",
    "t2"."year",
    "t2"."term",
    "t2"."pmr",
    "t2"."upn",
    "t2"."former_upn",
    "t2"."dob",
    "t2"."sex",
    "t2"."laestab",
    "t2"."home",
    "t2"."ethnicity",
    "t2"."sen",
    "t2"."entry_date"
  FROM "sightings" AS "t2"
  SEMI JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t1"."former_upn" AS "upn"
      FROM "number_claims" AS "t1"
    ) AS "t3"
    UNION
    SELECT
      *
    FROM (
      SELECT
        "t1"."upn"
      FROM "number_claims" AS "t1"
    ) AS "t4"
  ) AS "t6"
    ON "t2"."upn" = "t6"."upn"
) AS "t7"
GROUP BY
  1,
  2,
  3,
  4
