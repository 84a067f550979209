SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      'exclusions' AS "source",
      "t0"."year",
      CAST(NULL AS TEXT) AS "term",
      "t0"."pmr",
      CASE WHEN LENGTH("t0"."upn") > 3 THEN "t0"."upn" ELSE CAST(NULL AS TEXT) END AS "upn",
      CASE
        WHEN LENGTH("t0"."former_upn") > 3
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
      CAST(NULL AS TEXT) AS "forename",
      CAST(NULL AS TEXT) AS "surname",
      CAST(NULL AS TEXT) AS "uln"
    FROM "exclusions" AS "t0"
  ) AS "t7"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        'census' AS "source",
        "t1"."year",
        "t1"."term",
        "t1"."pmr",
        CASE WHEN LENGTH("t1"."upn") > 3 THEN "t1"."upn" ELSE CAST(NULL AS TEXT) END AS "upn",
        CASE
          WHEN LENGTH("t1"."former_upn") > 3
          THEN "t1"."former_upn"
          ELSE CAST(NULL AS TEXT)
        END AS "former_upn",
        "t1"."dob",
        "t1"."sex",
        "t1"."laestab",
        "t1"."postcode" AS "home",
        "t1"."ethnicity",
        "t1"."sen",
        "t1"."entry_date",
        "t1"."forename",
        "t1"."surname",
        "t1"."uln"
      FROM "census" AS "t1"
    ) AS "t8"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        'ks1' AS "source",
        "t2"."year",
        CAST(NULL AS TEXT) AS "term",
        "t2"."pmr",
        CASE WHEN LENGTH("t2"."upn") > 3 THEN "t2"."upn" ELSE CAST(NULL AS TEXT) END AS "upn",
        CASE
          WHEN LENGTH("t2"."former_upn") > 3
          THEN "t2"."former_upn"
          ELSE CAST(NULL AS TEXT)
        END AS "former_upn",
        "t2"."dob",
        "t2"."sex",
        "t2"."laestab",
        CAST(NULL AS TEXT) AS "home",
        CAST(NULL AS TEXT) AS "ethnicity",
        CAST(NULL AS TEXT) AS "sen",
        CAST(NULL AS DATE) AS "entry_date",
        CAST(NULL AS TEXT) AS "forename",
        CAST(NULL AS TEXT) AS "surname",
        CAST(NULL AS TEXT) AS "uln"
      FROM "ks1" AS "t2"
    ) AS "t9"
  ) AS "t14"
) AS "t17"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        'ks2' AS "source",
        "t3"."year",
        CAST(NULL AS TEXT) AS "term",
        "t3"."pmr",
        CASE WHEN LENGTH("t3"."upn") > 3 THEN "t3"."upn" ELSE CAST(NULL AS TEXT) END AS "upn",
        CASE
          WHEN LENGTH("t3"."former_upn") > 3
          THEN "t3"."former_upn"
          ELSE CAST(NULL AS TEXT)
        END AS "former_upn",
        "t3"."dob",
        "t3"."sex",
        "t3"."laestab",
        CAST(NULL AS TEXT) AS "home",
        CAST(NULL AS TEXT) AS "ethnicity",
        CAST(NULL AS TEXT) AS "sen",
        CAST(NULL AS DATE) AS "entry_date",
        CAST(NULL AS TEXT) AS "forename",
        CAST(NULL AS TEXT) AS "surname",
        CAST(NULL AS TEXT) AS "uln"
      FROM "ks2" AS "t3"
    ) AS "t10"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        'ks4' AS "source",
        "t4"."year",
        CAST(NULL AS TEXT) AS "term",
        "t4"."pmr",
        CASE WHEN LENGTH("t4"."upn") > 3 THEN "t4"."upn" ELSE CAST(NULL AS TEXT) END AS "upn",
        CASE
          WHEN LENGTH("t4"."former_upn") > 3
          THEN "t4"."former_upn"
          ELSE CAST(NULL AS TEXT)
        END AS "former_upn",
        "t4"."dob",
        "t4"."sex",
        "t4"."laestab",
        CAST(NULL AS TEXT) AS "home",
        CAST(NULL AS TEXT) AS "ethnicity",
        CAST(NULL AS TEXT) AS "sen",
        CAST(NULL AS DATE) AS "entry_date",
        CAST(NULL AS TEXT) AS "forename",
        CAST(NULL AS TEXT) AS "surname",
        CAST(NULL AS TEXT) AS "uln"
      FROM "ks4" AS "t4"
    ) AS "t11"
  ) AS "t15"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        'ks4_results' AS "source",
        "t5"."year",
        CAST(NULL AS TEXT) AS "term",
        "t5"."pmr",
        CASE WHEN LENGTH("t5"."upn") > 3 THEN "t5"."upn" ELSE CAST(NULL AS TEXT) END AS "upn",
        CASE
          WHEN LENGTH("t5"."former_upn") > 3
          THEN "t5"."former_upn"
          ELSE CAST(NULL AS TEXT)
        END AS "former_upn",
        "t5"."dob",
        "t5"."sex",
        "t5"."laestab",
        CAST(NULL AS TEXT) AS "home",
        CAST(NULL AS TEXT) AS "ethnicity",
        CAST(NULL AS TEXT) AS "sen",
        CAST(NULL AS DATE) AS "entry_date",
        CAST(NULL AS TEXT) AS "forename",
        CAST(NULL AS TEXT) AS "surname",
        CAST(NULL AS TEXT) AS "uln"
      FROM "ks4_results" AS "t5"
    ) AS "t12"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        'absence' AS "source",
        "t6"."year",
        CAST(NULL AS TEXT) AS "term",
        "t6"."pmr",
        CASE WHEN LENGTH("t6"."upn") > 3 THEN "t6"."upn" ELSE CAST(NULL AS TEXT) END AS "upn",
        CASE
          WHEN LENGTH("t6"."former_upn") > 3
          THEN "t6"."former_upn"
          ELSE CAST(NULL AS TEXT)
        END AS "former_upn",
        "t6"."dob",
        "t6"."sex",
        "t6"."laestab",
        CAST(NULL AS TEXT) AS "home",
        CAST(NULL AS TEXT) AS "ethnicity",
        CAST(NULL AS TEXT) AS "sen",
        CAST(NULL AS DATE) AS "entry_date",
        CAST(NULL AS TEXT) AS "forename",
        CAST(NULL AS TEXT) AS "surname",
        CAST(NULL AS TEXT) AS "uln"
      FROM "absence" AS "t6"
    ) AS "t13"
  ) AS "t16"
) AS "t18"
