WITH "t19" AS (
  SELECT
    *
  FROM (
    SELECT
      "t17"."year",
      "t17"."pmr",
      "t17"."upn",
      "t17"."former_upn",
      "t17"."dob",
      "t17"."sex",
      "t17"."laestab",
      "t17"."school_urn",
      "t17"."term",
      "t17"."sessions_possible",
      "t17"."sessions_authorised",
      "t17"."sessions_unauthorised",
      "t17"."sessions_missed",
      "t17"."main_enrolment",
      "t17"."file",
      "t17"."row",
      "t17"."pupil",
      BOOL_OR(CAST("t17"."term" = 'year' AS BOOLEAN)) OVER (
        PARTITION BY "t17"."pupil"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "whole"
    FROM (
      SELECT
        "t16".*
        EXCLUDE ("nth")
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t14"."year",
            "t14"."pmr",
            "t14"."upn",
            "t14"."former_upn",
            "t14"."dob",
            "t14"."sex",
            "t14"."laestab",
            "t14"."school_urn",
            "t14"."term",
            "t14"."sessions_possible",
            "t14"."sessions_authorised",
            "t14"."sessions_unauthorised",
            "t14"."sessions_missed",
            "t14"."main_enrolment",
            "t14"."file",
            "t14"."row",
            "t14"."pupil",
            ROW_NUMBER() OVER (
              PARTITION BY "t14"."pupil", "t14"."term"
              ORDER BY COALESCE("t14"."main_enrolment", FALSE) DESC, COALESCE("t14"."sessions_possible", 0) DESC, "t14"."laestab" ASC, "t14"."file" ASC, "t14"."row" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "nth"
          FROM (
            SELECT
              "t12"."year",
              "t12"."pmr",
              "t12"."upn",
              "t12"."former_upn",
              "t12"."dob",
              "t12"."sex",
              "t12"."laestab",
              "t12"."school_urn",
              "t12"."term",
              "t12"."sessions_possible",
              "t12"."sessions_authorised",
              "t12"."sessions_unauthorised",
              "t12"."sessions_missed",
              "t12"."main_enrolment",
              "t12"."file",
              "t12"."row",
              "t12"."pupil"
            FROM (
              SELECT
                "t10"."year",
                "t10"."pmr",
                "t10"."upn",
                "t10"."former_upn",
                "t10"."dob",
                "t10"."sex",
                "t10"."laestab",
                "t10"."school_urn",
                COALESCE("t10"."term", 'year') AS "term",
                "t10"."sessions_possible",
                "t10"."sessions_authorised",
                "t10"."sessions_unauthorised",
                CAST(COALESCE(
                  "t10"."sessions_missed",
                  CASE
                    WHEN NOT COALESCE("t10"."sessions_authorised", "t10"."sessions_unauthorised") IS NULL
                    THEN COALESCE("t10"."sessions_authorised", 0) + COALESCE("t10"."sessions_unauthorised", 0)
                    ELSE NULL
                  END
                ) AS INT) AS "sessions_missed",
                "t10"."main_enrolment",
                "t10"."file",
                "t10"."row",
                "t10"."pupil"
              FROM (
                SELECT
                  "t9".*
                  EXCLUDE ("pupil_of_pmr")
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
                    "t8"."sessions_possible",
                    "t8"."sessions_authorised",
                    "t8"."sessions_unauthorised",
                    "t8"."sessions_missed",
                    "t8"."main_enrolment",
                    "t8"."file",
                    "t8"."row",
                    "t8"."pupil_of_pmr",
                    COALESCE("t8"."pupil_of_pmr", "t8"."pmr") AS "pupil"
                  FROM (
                    SELECT
                      "t7".*
                      EXCLUDE ("key_pmr")
                    FROM (
                      SELECT
                        "t4"."year",
                        "t4"."pmr",
                        "t4"."upn",
                        "t4"."former_upn",
                        "t4"."dob",
                        "t4"."sex",
                        "t4"."laestab",
                        "t4"."school_urn",
                        "t4"."term",
                        "t4"."sessions_possible",
                        "t4"."sessions_authorised",
                        "t4"."sessions_unauthorised",
                        "t4"."sessions_missed",
                        "t4"."main_enrolment",
                        "t4"."file",
                        "t4"."row",
                        "t6"."key_pmr",
                        "t6"."pupil_of_pmr"
                      FROM "absence_now" AS "t4"
                      LEFT OUTER JOIN (
                        SELECT
                          "t2"."identifier" AS "key_pmr",
                          "t2"."pupil" AS "pupil_of_pmr"
                        FROM "pupil_keys" AS "t2"
                        WHERE
                          "t2"."kind" = 'pmr' AND "t2"."identifier" <> "t2"."pupil"
                      ) AS "t6"
                        ON "t4"."pmr" = "t6"."key_pmr"
                    ) AS "t7"
                  ) AS "t8"
                ) AS "t9"
              ) AS "t10"
              WHERE
                NOT "t10"."pupil" IS NULL
            ) AS "t12"
            SEMI JOIN "repeated_absence" AS "t3"
              ON "t12"."pupil" = "t3"."pupil"
          ) AS "t14"
        ) AS "t15"
        WHERE
          "t15"."nth" = 0
      ) AS "t16"
    ) AS "t17"
  ) AS "t18"
  WHERE
    NOT (
      "t18"."whole"
    ) OR (
      "t18"."term" = 'year'
    )
)
SELECT
  *
FROM (
  SELECT
    "t12"."pupil",
    "t12"."year",
    "t12"."sessions_possible",
    "t12"."sessions_authorised",
    "t12"."sessions_unauthorised",
    "t12"."sessions_missed",
    "t12"."laestab",
    "t12"."school_urn"
  FROM (
    SELECT
      "t10"."year",
      "t10"."pmr",
      "t10"."upn",
      "t10"."former_upn",
      "t10"."dob",
      "t10"."sex",
      "t10"."laestab",
      "t10"."school_urn",
      COALESCE("t10"."term", 'year') AS "term",
      "t10"."sessions_possible",
      "t10"."sessions_authorised",
      "t10"."sessions_unauthorised",
      CAST(COALESCE(
        "t10"."sessions_missed",
        CASE
          WHEN NOT COALESCE("t10"."sessions_authorised", "t10"."sessions_unauthorised") IS NULL
          THEN COALESCE("t10"."sessions_authorised", 0) + COALESCE("t10"."sessions_unauthorised", 0)
          ELSE NULL
        END
      ) AS INT) AS "sessions_missed",
      "t10"."main_enrolment",
      "t10"."file",
      "t10"."row",
      "t10"."pupil"
    FROM (
      SELECT
        "t9".*
        EXCLUDE ("pupil_of_pmr")
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
          "t8"."sessions_possible",
          "t8"."sessions_authorised",
          "t8"."sessions_unauthorised",
          "t8"."sessions_missed",
          "t8"."main_enrolment",
          "t8"."file",
          "t8"."row",
          "t8"."pupil_of_pmr",
          COALESCE("t8"."pupil_of_pmr", "t8"."pmr") AS "pupil"
        FROM (
          SELECT
            "t7".*
            EXCLUDE ("key_pmr")
          FROM (
            SELECT
              "t4"."year",
              "t4"."pmr",
              "t4"."upn",
              "t4"."former_upn",
              "t4"."dob",
              "t4"."sex",
              "t4"."laestab",
              "t4"."school_urn",
              "t4"."term",
              "t4"."sessions_possible",
              "t4"."sessions_authorised",
              "t4"."sessions_unauthorised",
              "t4"."sessions_missed",
              "t4"."main_enrolment",
              "t4"."file",
              "t4"."row",
              "t6"."key_pmr",
              "t6"."pupil_of_pmr"
            FROM "absence_now" AS "t4"
            LEFT OUTER JOIN (
              SELECT
                "t2"."identifier" AS "key_pmr",
                "t2"."pupil" AS "pupil_of_pmr"
              FROM "pupil_keys" AS "t2"
              WHERE
                "t2"."kind" = 'pmr' AND "t2"."identifier" <> "t2"."pupil"
            ) AS "t6"
              ON "t4"."pmr" = "t6"."key_pmr"
          ) AS "t7"
        ) AS "t8"
      ) AS "t9"
    ) AS "t10"
    WHERE
      NOT "t10"."pupil" IS NULL
  ) AS "t12"
  ANTI JOIN "repeated_absence" AS "t3"
    ON "t12"."pupil" = "t3"."pupil"
) AS "t13"
UNION ALL
SELECT
  *
FROM (
  SELECT
    "t22"."pupil",
    "t22"."year",
    "t22"."sessions_possible",
    "t22"."sessions_authorised",
    "t22"."sessions_unauthorised",
    "t22"."sessions_missed",
    "t27"."laestab",
    "t27"."school_urn"
  FROM (
    SELECT
      "t20"."pupil",
      MAX("t20"."year") AS "year",
      CAST(SUM("t20"."sessions_possible") AS INT) AS "sessions_possible",
      CAST(SUM("t20"."sessions_authorised") AS INT) AS "sessions_authorised",
      CAST(SUM("t20"."sessions_unauthorised") AS INT) AS "sessions_unauthorised",
      CAST(SUM("t20"."sessions_missed") AS INT) AS "sessions_missed"
    FROM "t19" AS "t20"
    GROUP BY
      1
  ) AS "t22"
  INNER JOIN (
    SELECT
      "t25"."pupil",
      "t25"."laestab",
      "t25"."school_urn"
    FROM (
      SELECT
        "t24".*
        EXCLUDE ("nth")
      FROM (
        SELECT
          *
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
            "t20"."sessions_possible",
            "t20"."sessions_authorised",
            "t20"."sessions_unauthorised",
            "t20"."sessions_missed",
            "t20"."main_enrolment",
            "t20"."file",
            "t20"."row",
            "t20"."pupil",
            "t20"."whole",
            ROW_NUMBER() OVER (
              PARTITION BY "t20"."pupil"
              ORDER BY "t20"."sessions_possible" DESC, "t20"."file" ASC, "t20"."row" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "nth"
          FROM "t19" AS "t20"
        ) AS "t23"
        WHERE
          "t23"."nth" = 0
      ) AS "t24"
    ) AS "t25"
  ) AS "t27"
    ON "t22"."pupil" = "t27"."pupil"
) AS "t28"
