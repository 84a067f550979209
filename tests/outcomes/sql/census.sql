WITH "t29" AS (
  SELECT
    "t27"."year",
    "t27"."pmr",
    "t27"."upn",
    "t27"."former_upn",
    "t27"."dob",
    "t27"."sex",
    "t27"."laestab",
    "t27"."school_urn",
    "t27"."term",
    "t27"."ethnicity",
    "t27"."language",
    "t27"."fsm",
    "t27"."sen",
    "t27"."primary_need",
    "t27"."year_group",
    "t27"."enrol_status",
    "t27"."on_roll",
    "t27"."entry_date",
    "t27"."leaving_date",
    "t27"."postcode",
    "t27"."forename",
    "t27"."surname",
    "t27"."uln",
    "t27"."file",
    "t27"."row",
    "t27"."pupil",
    "t27"."sen_code",
    "t27"."sen_level",
    "t27"."here",
    "t27"."main",
    "t27"."nth_term"
  FROM (
    SELECT
      "t25"."year",
      "t25"."pmr",
      "t25"."upn",
      "t25"."former_upn",
      "t25"."dob",
      "t25"."sex",
      "t25"."laestab",
      "t25"."school_urn",
      "t25"."term",
      "t25"."ethnicity",
      "t25"."language",
      "t25"."fsm",
      "t25"."sen",
      "t25"."primary_need",
      "t25"."year_group",
      "t25"."enrol_status",
      "t25"."on_roll",
      "t25"."entry_date",
      "t25"."leaving_date",
      "t25"."postcode",
      "t25"."forename",
      "t25"."surname",
      "t25"."uln",
      "t25"."file",
      "t25"."row",
      "t25"."pupil",
      "t25"."sen_code",
      "t25"."sen_level",
      COALESCE("t25"."on_roll", TRUE) AS "here",
      COALESCE(UPPER("t25"."enrol_status") IN ('C', 'M'), TRUE) AS "main",
      CASE
        WHEN "t25"."term" = 'spring'
        THEN 0
        WHEN "t25"."term" = 'autumn'
        THEN 1
        WHEN "t25"."term" = 'summer'
        THEN 2
        ELSE 0
      END AS "nth_term"
    FROM (
      SELECT
        "t24"."year",
        "t24"."pmr",
        "t24"."upn",
        "t24"."former_upn",
        "t24"."dob",
        "t24"."sex",
        "t24"."laestab",
        "t24"."school_urn",
        "t24"."term",
        "t24"."ethnicity",
        "t24"."language",
        "t24"."fsm",
        "t24"."sen",
        "t24"."primary_need",
        "t24"."year_group",
        "t24"."enrol_status",
        "t24"."on_roll",
        "t24"."entry_date",
        "t24"."leaving_date",
        "t24"."postcode",
        "t24"."forename",
        "t24"."surname",
        "t24"."uln",
        "t24"."file",
        "t24"."row",
        "t24"."pupil",
        "t16"."sen_code",
        "t16"."sen_level"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t21".*
            EXCLUDE ("pupil_of_pmr")
          FROM (
            SELECT
              "t20"."year",
              "t20"."pmr",
              "t20"."upn",
              "t20"."former_upn",
              "t20"."dob",
              "t20"."sex",
              "t20"."laestab",
              "t20"."school_urn",
              "t20"."term",
              "t20"."ethnicity",
              "t20"."language",
              "t20"."fsm",
              "t20"."sen",
              "t20"."primary_need",
              "t20"."year_group",
              "t20"."enrol_status",
              "t20"."on_roll",
              "t20"."entry_date",
              "t20"."leaving_date",
              "t20"."postcode",
              "t20"."forename",
              "t20"."surname",
              "t20"."uln",
              "t20"."file",
              "t20"."row",
              "t20"."pupil_of_pmr",
              COALESCE("t20"."pupil_of_pmr", "t20"."pmr") AS "pupil"
            FROM (
              SELECT
                "t19".*
                EXCLUDE ("key_pmr")
              FROM (
                SELECT
                  "t8"."year",
                  "t8"."pmr",
                  "t8"."upn",
                  "t8"."former_upn",
                  "t8"."dob",
                  "t8"."sex",
                  "t8"."laestab",
                  "t8"."school_urn",
                  "t8"."term",
                  "t8"."ethnicity",
                  "t8"."language",
                  "t8"."fsm",
                  "t8"."sen",
                  "t8"."primary_need",
                  "t8"."year_group",
                  "t8"."enrol_status",
                  "t8"."on_roll",
                  "t8"."entry_date",
                  "t8"."leaving_date",
                  "t8"."postcode",
                  "t8"."forename",
                  "t8"."surname",
                  "t8"."uln",
                  "t8"."file",
                  "t8"."row",
                  "t18"."key_pmr",
                  "t18"."pupil_of_pmr"
                FROM "census_now" AS "t8"
                LEFT OUTER JOIN (
                  SELECT
                    "t6"."identifier" AS "key_pmr",
                    "t6"."pupil" AS "pupil_of_pmr"
                  FROM "pupil_keys" AS "t6"
                  WHERE
                    "t6"."kind" = 'pmr' AND "t6"."identifier" <> "t6"."pupil"
                ) AS "t18"
                  ON "t8"."pmr" = "t18"."key_pmr"
              ) AS "t19"
            ) AS "t20"
          ) AS "t21"
        ) AS "t22"
        WHERE
          NOT "t22"."pupil" IS NULL
      ) AS "t24"
      LEFT OUTER JOIN (
        SELECT
          "t4"."code" AS "sen_code",
          "t4"."level" AS "sen_level"
        FROM "sen_codes" AS "t4"
      ) AS "t16"
        ON UPPER("t24"."sen") = "t16"."sen_code"
    ) AS "t25"
  ) AS "t27"
  SEMI JOIN "repeated_census" AS "t7"
    ON "t27"."pupil" = "t7"."pupil"
)
SELECT
  "t40"."pupil",
  "t40"."year",
  "t40"."upn",
  "t40"."dob",
  "t40"."sex",
  "t40"."laestab",
  "t40"."school_urn",
  "t40"."fsm",
  "t40"."on_roll_january",
  "t40"."school_moves",
  "t40"."year_group",
  "t13"."ethnicity_label" AS "ethnicity",
  COALESCE(
    "t13"."coded_group",
    CASE
      WHEN LENGTH(TRIM("t40"."ethnicity", ' 	
')) = 4
      THEN CASE SUBSTRING(
          UPPER(TRIM("t40"."ethnicity", ' 	
')),
          CASE
            WHEN (
              0 + 1
            ) >= 1
            THEN 0 + 1
            ELSE 0 + 1 + LENGTH(UPPER(TRIM("t40"."ethnicity", ' 	
')))
          END,
          1
        )
        WHEN 'W'
        THEN 'White'
        WHEN 'M'
        THEN 'Mixed'
        WHEN 'A'
        THEN 'Asian'
        WHEN 'C'
        THEN 'Asian'
        WHEN 'B'
        THEN 'Black'
        WHEN 'O'
        THEN 'Other'
        ELSE NULL
      END
      ELSE CAST(NULL AS TEXT)
    END,
    'not known'
  ) AS "ethnic_group",
  CASE
    WHEN NOT "t14"."language_code" IS NULL
    THEN "t14"."language_label"
    WHEN NOT "t40"."language" IS NULL
    THEN 'other than English'
    ELSE NULL
  END AS "language",
  CASE "t40"."sen_level"
    WHEN 0
    THEN 'none'
    WHEN 1
    THEN 'support'
    WHEN 2
    THEN 'EHCP'
    ELSE NULL
  END AS "sen",
  "t15"."need_label" AS "primary_need"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t28"."pupil",
      "t28"."year",
      "t28"."upn",
      "t28"."dob",
      "t28"."sex",
      "t28"."laestab",
      "t28"."school_urn",
      "t28"."fsm",
      COALESCE((
        "t28"."nth_term" = 0
      ) AND "t28"."here" AND "t28"."main", FALSE) AS "on_roll_january",
      CAST(COALESCE(
        "t28"."entry_date" BETWEEN MAKE_DATE("t28"."year" - 1, 10, 1) AND MAKE_DATE("t28"."year", 7, 31),
        FALSE
      )
      AND "t28"."main" AS INT) AS "school_moves",
      "t28"."year_group",
      "t28"."ethnicity",
      "t28"."language",
      "t28"."sen_level",
      "t28"."primary_need"
    FROM (
      SELECT
        "t27"."year",
        "t27"."pmr",
        "t27"."upn",
        "t27"."former_upn",
        "t27"."dob",
        "t27"."sex",
        "t27"."laestab",
        "t27"."school_urn",
        "t27"."term",
        "t27"."ethnicity",
        "t27"."language",
        "t27"."fsm",
        "t27"."sen",
        "t27"."primary_need",
        "t27"."year_group",
        "t27"."enrol_status",
        "t27"."on_roll",
        "t27"."entry_date",
        "t27"."leaving_date",
        "t27"."postcode",
        "t27"."forename",
        "t27"."surname",
        "t27"."uln",
        "t27"."file",
        "t27"."row",
        "t27"."pupil",
        "t27"."sen_code",
        "t27"."sen_level",
        "t27"."here",
        "t27"."main",
        "t27"."nth_term"
      FROM (
        SELECT
          "t25"."year",
          "t25"."pmr",
          "t25"."upn",
          "t25"."former_upn",
          "t25"."dob",
          "t25"."sex",
          "t25"."laestab",
          "t25"."school_urn",
          "t25"."term",
          "t25"."ethnicity",
          "t25"."language",
          "t25"."fsm",
          "t25"."sen",
          "t25"."primary_need",
          "t25"."year_group",
          "t25"."enrol_status",
          "t25"."on_roll",
          "t25"."entry_date",
          "t25"."leaving_date",
          "t25"."postcode",
          "t25"."forename",
          "t25"."surname",
          "t25"."uln",
          "t25"."file",
          "t25"."row",
          "t25"."pupil",
          "t25"."sen_code",
          "t25"."sen_level",
          COALESCE("t25"."on_roll", TRUE) AS "here",
          COALESCE(UPPER("t25"."enrol_status") IN ('C', 'M'), TRUE) AS "main",
          CASE
            WHEN "t25"."term" = 'spring'
            THEN 0
            WHEN "t25"."term" = 'autumn'
            THEN 1
            WHEN "t25"."term" = 'summer'
            THEN 2
            ELSE 0
          END AS "nth_term"
        FROM (
          SELECT
            "t24"."year",
            "t24"."pmr",
            "t24"."upn",
            "t24"."former_upn",
            "t24"."dob",
            "t24"."sex",
            "t24"."laestab",
            "t24"."school_urn",
            "t24"."term",
            "t24"."ethnicity",
            "t24"."language",
            "t24"."fsm",
            "t24"."sen",
            "t24"."primary_need",
            "t24"."year_group",
            "t24"."enrol_status",
            "t24"."on_roll",
            "t24"."entry_date",
            "t24"."leaving_date",
            "t24"."postcode",
            "t24"."forename",
            "t24"."surname",
            "t24"."uln",
            "t24"."file",
            "t24"."row",
            "t24"."pupil",
            "t16"."sen_code",
            "t16"."sen_level"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t21".*
                EXCLUDE ("pupil_of_pmr")
              FROM (
                SELECT
                  "t20"."year",
                  "t20"."pmr",
                  "t20"."upn",
                  "t20"."former_upn",
                  "t20"."dob",
                  "t20"."sex",
                  "t20"."laestab",
                  "t20"."school_urn",
                  "t20"."term",
                  "t20"."ethnicity",
                  "t20"."language",
                  "t20"."fsm",
                  "t20"."sen",
                  "t20"."primary_need",
                  "t20"."year_group",
                  "t20"."enrol_status",
                  "t20"."on_roll",
                  "t20"."entry_date",
                  "t20"."leaving_date",
                  "t20"."postcode",
                  "t20"."forename",
                  "t20"."surname",
                  "t20"."uln",
                  "t20"."file",
                  "t20"."row",
                  "t20"."pupil_of_pmr",
                  COALESCE("t20"."pupil_of_pmr", "t20"."pmr") AS "pupil"
                FROM (
                  SELECT
                    "t19".*
                    EXCLUDE ("key_pmr")
                  FROM (
                    SELECT
                      "t8"."year",
                      "t8"."pmr",
                      "t8"."upn",
                      "t8"."former_upn",
                      "t8"."dob",
                      "t8"."sex",
                      "t8"."laestab",
                      "t8"."school_urn",
                      "t8"."term",
                      "t8"."ethnicity",
                      "t8"."language",
                      "t8"."fsm",
                      "t8"."sen",
                      "t8"."primary_need",
                      "t8"."year_group",
                      "t8"."enrol_status",
                      "t8"."on_roll",
                      "t8"."entry_date",
                      "t8"."leaving_date",
                      "t8"."postcode",
                      "t8"."forename",
                      "t8"."surname",
                      "t8"."uln",
                      "t8"."file",
                      "t8"."row",
                      "t18"."key_pmr",
                      "t18"."pupil_of_pmr"
                    FROM "census_now" AS "t8"
                    LEFT OUTER JOIN (
                      SELECT
                        "t6"."identifier" AS "key_pmr",
                        "t6"."pupil" AS "pupil_of_pmr"
                      FROM "pupil_keys" AS "t6"
                      WHERE
                        "t6"."kind" = 'pmr' AND "t6"."identifier" <> "t6"."pupil"
                    ) AS "t18"
                      ON "t8"."pmr" = "t18"."key_pmr"
                  ) AS "t19"
                ) AS "t20"
              ) AS "t21"
            ) AS "t22"
            WHERE
              NOT "t22"."pupil" IS NULL
          ) AS "t24"
          LEFT OUTER JOIN (
            SELECT
              "t4"."code" AS "sen_code",
              "t4"."level" AS "sen_level"
            FROM "sen_codes" AS "t4"
          ) AS "t16"
            ON UPPER("t24"."sen") = "t16"."sen_code"
        ) AS "t25"
      ) AS "t27"
      ANTI JOIN "repeated_census" AS "t7"
        ON "t27"."pupil" = "t7"."pupil"
    ) AS "t28"
  ) AS "t32"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t36"."pupil",
      "t36"."year",
      "t36"."upn",
      "t36"."dob",
      "t36"."sex",
      "t36"."laestab",
      "t36"."school_urn",
      "t36"."fsm",
      "t37"."on_roll_january",
      "t37"."school_moves",
      "t36"."year_group",
      "t36"."ethnicity",
      "t36"."language",
      "t37"."sen_level",
      "t36"."primary_need"
    FROM (
      SELECT
        "t33".*
        EXCLUDE ("sen_level")
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t30"."year",
            "t30"."pmr",
            "t30"."upn",
            "t30"."former_upn",
            "t30"."dob",
            "t30"."sex",
            "t30"."laestab",
            "t30"."school_urn",
            "t30"."term",
            "t30"."ethnicity",
            "t30"."language",
            "t30"."fsm",
            "t30"."sen",
            "t30"."primary_need",
            "t30"."year_group",
            "t30"."enrol_status",
            "t30"."on_roll",
            "t30"."entry_date",
            "t30"."leaving_date",
            "t30"."postcode",
            "t30"."forename",
            "t30"."surname",
            "t30"."uln",
            "t30"."file",
            "t30"."row",
            "t30"."pupil",
            "t30"."sen_code",
            "t30"."sen_level",
            "t30"."here",
            "t30"."main",
            "t30"."nth_term",
            ROW_NUMBER() OVER (
              PARTITION BY "t30"."pupil"
              ORDER BY "t30"."nth_term" ASC, "t30"."here" DESC, "t30"."main" DESC, "t30"."entry_date" DESC, "t30"."laestab" ASC, "t30"."file" ASC, "t30"."row" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "nth"
          FROM "t29" AS "t30"
        ) AS "t31"
        WHERE
          "t31"."nth" = 0
      ) AS "t33"
    ) AS "t36"
    INNER JOIN (
      SELECT
        "t30"."pupil",
        COALESCE(
          MAX("t30"."sen_level") FILTER(WHERE
            (
              "t30"."nth_term" = 0
            ) AND "t30"."here"),
          MAX("t30"."sen_level") FILTER(WHERE
            (
              "t30"."nth_term" = 1
            ) AND "t30"."here"),
          MAX("t30"."sen_level") FILTER(WHERE
            (
              "t30"."nth_term" = 2
            ) AND "t30"."here"),
          MAX("t30"."sen_level")
        ) AS "sen_level",
        BOOL_OR(
          CAST(COALESCE((
            "t30"."nth_term" = 0
          ) AND "t30"."here" AND "t30"."main", FALSE) AS BOOLEAN)
        ) AS "on_roll_january",
        CAST(CASE
          WHEN COUNT("t30"."entry_date") > 0
          THEN COUNT(DISTINCT "t30"."laestab") FILTER(WHERE
            COALESCE(
              "t30"."entry_date" BETWEEN MAKE_DATE("t30"."year" - 1, 10, 1) AND MAKE_DATE("t30"."year", 7, 31),
              FALSE
            )
            AND "t30"."main")
          ELSE GREATEST(COUNT(DISTINCT "t30"."laestab") FILTER(WHERE
            "t30"."main") - 1, 0)
        END AS INT) AS "school_moves"
      FROM "t29" AS "t30"
      GROUP BY
        1
    ) AS "t37"
      ON "t36"."pupil" = "t37"."pupil"
  ) AS "t38"
) AS "t40"
LEFT OUTER JOIN (
  SELECT
    "t0"."code" AS "ethnicity_code",
    "t0"."label" AS "ethnicity_label",
    "t0"."ethnic_group" AS "coded_group"
  FROM "ethnicity_codes" AS "t0"
) AS "t13"
  ON UPPER(TRIM("t40"."ethnicity", ' 	
')) = "t13"."ethnicity_code"
LEFT OUTER JOIN (
  SELECT
    "t1"."code" AS "language_code",
    "t1"."label" AS "language_label"
  FROM "language_codes" AS "t1"
) AS "t14"
  ON UPPER(TRIM("t40"."language", ' 	
')) = "t14"."language_code"
LEFT OUTER JOIN (
  SELECT
    "t2"."code" AS "need_code",
    "t2"."label" AS "need_label"
  FROM "need_codes" AS "t2"
) AS "t15"
  ON UPPER(TRIM("t40"."primary_need", ' 	
')) = "t15"."need_code"
