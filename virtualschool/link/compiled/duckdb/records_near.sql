SELECT
  CASE
    WHEN "t17"."term" = 'autumn'
    THEN MAKE_DATE(CAST("t17"."year" - 1 AS INT), 10, 5)
    WHEN "t17"."term" = 'summer'
    THEN MAKE_DATE("t17"."year", 5, 18)
    ELSE MAKE_DATE("t17"."year", 1, 18)
  END AS "seen_on",
  "t17"."pmr",
  "t17"."upn",
  "t17"."former_upn",
  "t17"."dob",
  "t17"."sex",
  "t17"."home",
  CASE
    WHEN LENGTH("t17"."home") < 3
    THEN CAST(NULL AS TEXT)
    WHEN (
      LENGTH("t17"."home") >= 5
    )
    AND NOT (
      RIGHT("t17"."home", 1) BETWEEN '0' AND '9'
    )
    THEN SUBSTRING(
      "t17"."home",
      CASE WHEN (
        0 + 1
      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t17"."home") END,
      LENGTH("t17"."home") - 2
    )
    ELSE "t17"."home"
  END AS "home_sector",
  CASE
    WHEN LENGTH("t17"."home") < 3
    THEN CAST(NULL AS TEXT)
    WHEN (
      LENGTH("t17"."home") >= 5
    )
    AND NOT (
      RIGHT("t17"."home", 1) BETWEEN '0' AND '9'
    )
    THEN SUBSTRING(
      "t17"."home",
      CASE WHEN (
        0 + 1
      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t17"."home") END,
      LENGTH("t17"."home") - 3
    )
    ELSE SUBSTRING(
      "t17"."home",
      CASE WHEN (
        0 + 1
      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t17"."home") END,
      LENGTH("t17"."home") - 1
    )
  END AS "home_district",
  "t17"."home_la",
  "t17"."in_la" AS "at_la",
  "t17"."school_east" AS "at_east",
  "t17"."school_north" AS "at_north",
  "t17"."ethnicity",
  "t17"."sen",
  "t17"."entry_date",
  "t17"."forename",
  "t17"."surname"
FROM (
  SELECT
    "t16"."source",
    "t16"."year",
    "t16"."term",
    "t16"."pmr",
    "t16"."upn",
    "t16"."former_upn",
    "t16"."dob",
    "t16"."sex",
    "t16"."laestab",
    "t16"."home",
    "t16"."ethnicity",
    "t16"."sen",
    "t16"."entry_date",
    "t16"."forename",
    "t16"."surname",
    "t16"."uln",
    "t16"."s_laestab",
    "t16"."school_la",
    "t16"."school_east",
    "t16"."school_north",
    "t16"."in_la",
    "t10"."known_code",
    "t10"."home_la"
  FROM (
    SELECT
      "t14"."source",
      "t14"."year",
      "t14"."term",
      "t14"."pmr",
      "t14"."upn",
      "t14"."former_upn",
      "t14"."dob",
      "t14"."sex",
      "t14"."laestab",
      "t14"."home",
      "t14"."ethnicity",
      "t14"."sen",
      "t14"."entry_date",
      "t14"."forename",
      "t14"."surname",
      "t14"."uln",
      "t14"."s_laestab",
      "t14"."school_la",
      "t14"."school_east",
      "t14"."school_north",
      COALESCE(
        "t14"."school_la",
        SUBSTRING(
          "t14"."laestab",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t14"."laestab") END,
          3
        )
      ) AS "in_la"
    FROM (
      SELECT
        "t13"."source",
        "t13"."year",
        "t13"."term",
        "t13"."pmr",
        "t13"."upn",
        "t13"."former_upn",
        "t13"."dob",
        "t13"."sex",
        "t13"."laestab",
        "t13"."home",
        "t13"."ethnicity",
        "t13"."sen",
        "t13"."entry_date",
        "t13"."forename",
        "t13"."surname",
        "t13"."uln",
        "t5"."laestab" AS "s_laestab",
        "t5"."school_la",
        "t5"."school_east",
        "t5"."school_north"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "near" AS "t2"
        ) AS "t7"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "near_number" AS "t3"
          ) AS "t8"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "near_reference" AS "t4"
          ) AS "t9"
        ) AS "t11"
      ) AS "t13"
      LEFT OUTER JOIN "known_schools" AS "t5"
        ON "t13"."laestab" = "t5"."laestab"
    ) AS "t14"
  ) AS "t16"
  LEFT OUTER JOIN (
    SELECT
      "t0"."postcode" AS "known_code",
      "t0"."in_la" AS "home_la"
    FROM "known_postcodes" AS "t0"
  ) AS "t10"
    ON "t16"."home" = "t10"."known_code"
) AS "t17"
