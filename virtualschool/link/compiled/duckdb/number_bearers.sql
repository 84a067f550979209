WITH "t3" AS (
  SELECT
    "t2"."former_upn",
    "t2"."upn",
    MIN("t2"."year") AS "first_year"
  FROM (
    SELECT
      *
    FROM "sightings" AS "t0"
    WHERE
      "t0"."former_upn" IS NOT NULL
      AND "t0"."upn" IS NOT NULL
      AND "t0"."former_upn" <> "t0"."upn"
  ) AS "t2"
  GROUP BY
    1,
    2
)
SELECT
  "t9"."upn",
  "t9"."pmr",
  "t9"."dob",
  "t9"."sex",
  MAX("t9"."year") AS "last_year",
  COUNT(*) AS "records"
FROM (
  SELECT
    "t1"."source",
    "t1"."year",
    "t1"."term",
    "t1"."pmr",
    "t1"."upn",
    "t1"."former_upn",
    "t1"."dob",
    "t1"."sex",
    "t1"."laestab",
    "t1"."home",
    "t1"."ethnicity",
    "t1"."sen",
    "t1"."entry_date"
  FROM "sightings" AS "t1"
  SEMI JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t4"."former_upn" AS "upn"
      FROM "t3" AS "t4"
    ) AS "t5"
    UNION
    SELECT
      *
    FROM (
      SELECT
        "t4"."upn"
      FROM "t3" AS "t4"
    ) AS "t6"
  ) AS "t8"
    ON "t1"."upn" = "t8"."upn"
) AS "t9"
GROUP BY
  1,
  2,
  3,
  4
