SELECT
  "t10"."upn",
  "t10"."pmr",
  COUNT(*) AS "records",
  MAX("t10"."year") AS "last_year"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t6"."upn",
      "t6"."pmr",
      "t6"."year"
    FROM (
      SELECT
        *
      FROM "near_number" AS "t0"
      WHERE
        "t0"."upn" IS NOT NULL AND "t0"."pmr" IS NOT NULL
    ) AS "t6"
    ANTI JOIN "numbers_loose" AS "t3"
      ON "t6"."upn" = "t3"."upn"
  ) AS "t8"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t7"."upn",
      "t7"."pmr",
      "t7"."year"
    FROM (
      SELECT
        "t4"."source",
        "t4"."year",
        "t4"."term",
        "t4"."pmr",
        "t4"."upn",
        "t4"."former_upn",
        "t4"."dob",
        "t4"."sex",
        "t4"."laestab",
        "t4"."home",
        "t4"."ethnicity",
        "t4"."sen",
        "t4"."entry_date",
        "t4"."fsm",
        "t4"."forename",
        "t4"."surname",
        "t4"."uln"
      FROM "sightings" AS "t4"
      SEMI JOIN "numbers_loose" AS "t3"
        ON "t4"."upn" = "t3"."upn"
    ) AS "t7"
    WHERE
      "t7"."pmr" IS NOT NULL
  ) AS "t9"
) AS "t10"
GROUP BY
  1,
  2
