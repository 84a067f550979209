SELECT
  "t1"."former_upn",
  "t1"."upn",
  "t1"."loose",
  MIN("t1"."year") AS "first_year"
FROM (
  SELECT
    "t0"."source",
    "t0"."year",
    "t0"."term",
    "t0"."pmr",
    "t0"."upn",
    "t0"."former_upn",
    "t0"."dob",
    "t0"."sex",
    "t0"."laestab",
    "t0"."home",
    "t0"."ethnicity",
    "t0"."sen",
    "t0"."entry_date",
    "t0"."fsm",
    "t0"."forename",
    "t0"."surname",
    "t0"."uln",
    "t0"."pmr" IS NULL AS "loose"
  FROM "sightings_claiming" AS "t0"
  WHERE
    (
      "t0"."former_upn" IS NOT NULL
    ) OR (
      "t0"."pmr" IS NULL
    )
) AS "t1"
GROUP BY
  1,
  2,
  3
