SELECT
  'absence' AS "source",
  "t0"."year",
  CAST(NULL AS TEXT) AS "term",
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
  CAST(NULL AS TEXT) AS "home",
  CAST(NULL AS TEXT) AS "ethnicity",
  CAST(NULL AS TEXT) AS "sen",
  CAST(NULL AS DATE) AS "entry_date",
  CAST(NULL AS BOOLEAN) AS "fsm",
  CAST(NULL AS TEXT) AS "forename",
  CAST(NULL AS TEXT) AS "surname",
  CAST(NULL AS TEXT) AS "uln"
FROM "absence" AS "t0"
