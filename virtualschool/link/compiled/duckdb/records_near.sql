SELECT
  CASE
    WHEN "t23"."term" = 'autumn'
    THEN MAKE_DATE(CAST("t23"."year" - 1 AS INT), 10, 5)
    WHEN "t23"."term" = 'summer'
    THEN MAKE_DATE("t23"."year", 5, 18)
    ELSE MAKE_DATE("t23"."year", 1, 18)
  END AS "seen_on",
  COALESCE("t23"."pmr", "t23"."meant", "t23"."upn") AS "pupil",
  "t23"."upn",
  "t23"."former_upn",
  "t23"."dob",
  "t23"."sex",
  "t23"."home",
  CASE
    WHEN LENGTH("t23"."home") < 3
    THEN CAST(NULL AS TEXT)
    WHEN (
      LENGTH("t23"."home") >= 5
    )
    AND NOT (
      RIGHT("t23"."home", 1) BETWEEN '0' AND '9'
    )
    THEN SUBSTRING(
      "t23"."home",
      CASE WHEN (
        0 + 1
      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t23"."home") END,
      LENGTH("t23"."home") - 2
    )
    ELSE "t23"."home"
  END AS "home_sector",
  CASE
    WHEN LENGTH("t23"."home") < 3
    THEN CAST(NULL AS TEXT)
    WHEN (
      LENGTH("t23"."home") >= 5
    )
    AND NOT (
      RIGHT("t23"."home", 1) BETWEEN '0' AND '9'
    )
    THEN SUBSTRING(
      "t23"."home",
      CASE WHEN (
        0 + 1
      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t23"."home") END,
      LENGTH("t23"."home") - 3
    )
    ELSE SUBSTRING(
      "t23"."home",
      CASE WHEN (
        0 + 1
      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t23"."home") END,
      LENGTH("t23"."home") - 1
    )
  END AS "home_district",
  "t23"."home_la",
  "t23"."in_la" AS "at_la",
  "t23"."school_east" AS "at_east",
  "t23"."school_north" AS "at_north",
  "t23"."laestab",
  "t23"."ethnicity",
  "t23"."sen",
  "t23"."entry_date",
  "t23"."fsm",
  "t23"."forename",
  "t23"."surname"
FROM (
  SELECT
    "t22"."source",
    "t22"."year",
    "t22"."term",
    "t22"."pmr",
    "t22"."upn",
    "t22"."former_upn",
    "t22"."dob",
    "t22"."sex",
    "t22"."laestab",
    "t22"."home",
    "t22"."ethnicity",
    "t22"."sen",
    "t22"."entry_date",
    "t22"."fsm",
    "t22"."forename",
    "t22"."surname",
    "t22"."uln",
    "t22"."s_laestab",
    "t22"."school_la",
    "t22"."school_east",
    "t22"."school_north",
    "t22"."in_la",
    "t22"."known_code",
    "t22"."home_la",
    "t22"."loose",
    "t14"."identifier",
    "t14"."meant"
  FROM (
    SELECT
      "t20"."source",
      "t20"."year",
      "t20"."term",
      "t20"."pmr",
      "t20"."upn",
      "t20"."former_upn",
      "t20"."dob",
      "t20"."sex",
      "t20"."laestab",
      "t20"."home",
      "t20"."ethnicity",
      "t20"."sen",
      "t20"."entry_date",
      "t20"."fsm",
      "t20"."forename",
      "t20"."surname",
      "t20"."uln",
      "t20"."s_laestab",
      "t20"."school_la",
      "t20"."school_east",
      "t20"."school_north",
      "t20"."in_la",
      "t20"."known_code",
      "t20"."home_la",
      CASE WHEN "t20"."pmr" IS NULL THEN "t20"."upn" ELSE CAST(NULL AS TEXT) END AS "loose"
    FROM (
      SELECT
        "t19"."source",
        "t19"."year",
        "t19"."term",
        "t19"."pmr",
        "t19"."upn",
        "t19"."former_upn",
        "t19"."dob",
        "t19"."sex",
        "t19"."laestab",
        "t19"."home",
        "t19"."ethnicity",
        "t19"."sen",
        "t19"."entry_date",
        "t19"."fsm",
        "t19"."forename",
        "t19"."surname",
        "t19"."uln",
        "t19"."s_laestab",
        "t19"."school_la",
        "t19"."school_east",
        "t19"."school_north",
        "t19"."in_la",
        "t12"."known_code",
        "t12"."home_la"
      FROM (
        SELECT
          "t17"."source",
          "t17"."year",
          "t17"."term",
          "t17"."pmr",
          "t17"."upn",
          "t17"."former_upn",
          "t17"."dob",
          "t17"."sex",
          "t17"."laestab",
          "t17"."home",
          "t17"."ethnicity",
          "t17"."sen",
          "t17"."entry_date",
          "t17"."fsm",
          "t17"."forename",
          "t17"."surname",
          "t17"."uln",
          "t17"."s_laestab",
          "t17"."school_la",
          "t17"."school_east",
          "t17"."school_north",
          COALESCE(
            "t17"."school_la",
            SUBSTRING(
              "t17"."laestab",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t17"."laestab") END,
              3
            )
          ) AS "in_la"
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
            "t16"."fsm",
            "t16"."forename",
            "t16"."surname",
            "t16"."uln",
            "t6"."laestab" AS "s_laestab",
            "t6"."school_la",
            "t6"."school_east",
            "t6"."school_north"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM "near" AS "t3"
            ) AS "t8"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "near_number" AS "t4"
              ) AS "t9"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "near_reference" AS "t5"
              ) AS "t10"
            ) AS "t13"
          ) AS "t16"
          LEFT OUTER JOIN "known_schools" AS "t6"
            ON "t16"."laestab" = "t6"."laestab"
        ) AS "t17"
      ) AS "t19"
      LEFT OUTER JOIN (
        SELECT
          "t1"."postcode" AS "known_code",
          "t1"."in_la" AS "home_la"
        FROM "known_postcodes" AS "t1"
      ) AS "t12"
        ON "t19"."home" = "t12"."known_code"
    ) AS "t20"
  ) AS "t22"
  LEFT OUTER JOIN (
    SELECT
      "t0"."identifier",
      "t0"."pupil" AS "meant"
    FROM "pupil_keys" AS "t0"
    WHERE
      "t0"."kind" = 'upn'
  ) AS "t14"
    ON "t22"."loose" = "t14"."identifier"
) AS "t23"
WHERE
  COALESCE("t23"."pmr", "t23"."meant", "t23"."upn") IS NOT NULL
