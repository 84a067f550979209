SELECT
  'census' AS "source",
  "t0"."year",
  "t0"."term",
  "t0"."pmr",
  CASE WHEN STRLEN("t0"."upn") > 3 THEN "t0"."upn" ELSE CAST(NULL AS TEXT) END AS "upn",
  CASE
    WHEN STRLEN("t0"."former_upn") > 3
    THEN "t0"."former_upn"
    ELSE CAST(NULL AS TEXT)
  END AS "former_upn",
  "t0"."dob",
  "t0"."sex",
  "t0"."laestab",
  "t0"."postcode" AS "home",
  "t0"."ethnicity",
  "t0"."sen",
  "t0"."entry_date",
  "t0"."fsm",
  "t0"."forename",
  "t0"."surname",
  "t0"."uln"
FROM "census" AS "t0"
