SELECT
  "t28"."pupil",
  "t28"."year",
  CAST(CAST(CAST("t28"."english" + "t28"."maths" + "t28"."ebacc" + "t28"."open" AS DECIMAL(9, 2)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 7)) AS DECIMAL(9, 4)) AS "attainment_8_results",
  CAST(CAST(CAST("t28"."english" AS DECIMAL(9, 2)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 7)) AS DECIMAL(9, 4)) AS "results_english",
  CAST(CAST(CAST("t28"."maths" AS DECIMAL(9, 2)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 7)) AS DECIMAL(9, 4)) AS "results_maths",
  CAST(CAST(CAST("t28"."ebacc" AS DECIMAL(9, 2)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 7)) AS DECIMAL(9, 4)) AS "results_ebacc",
  CAST(CAST(CAST("t28"."open" AS DECIMAL(9, 2)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 7)) AS DECIMAL(9, 4)) AS "results_open",
  COALESCE("t28"."best_english" >= 400, FALSE)
  AND COALESCE("t28"."best_maths" >= 400, FALSE) AS "results_english_maths_94",
  COALESCE("t28"."best_english" >= 500, FALSE)
  AND COALESCE("t28"."best_maths" >= 500, FALSE) AS "results_english_maths_95",
  "t28"."both_english"
  AND (
    NOT "t28"."best_maths" IS NULL
  )
  AND (
    (
      (
        CAST(NOT "t28"."best_biology" IS NULL AS INT) + CAST(NOT "t28"."best_chemistry" IS NULL AS INT) + CAST(NOT "t28"."best_physics" IS NULL AS INT) + CAST(NOT "t28"."best_computer_science" IS NULL AS INT)
      ) >= 3
    )
    OR (
      NOT "t28"."best_combined" IS NULL
    )
  )
  AND (
    NOT "t28"."best_humanity" IS NULL
  )
  AND (
    NOT "t28"."best_language" IS NULL
  ) AS "results_ebacc_entered",
  "t28"."both_english"
  AND (
    COALESCE("t28"."best_english" >= 400, FALSE)
    AND COALESCE("t28"."best_maths" >= 400, FALSE)
  )
  AND (
    (
      (
        (
          (
            CAST(NOT "t28"."best_biology" IS NULL AS INT) + CAST(NOT "t28"."best_chemistry" IS NULL AS INT) + CAST(NOT "t28"."best_physics" IS NULL AS INT) + CAST(NOT "t28"."best_computer_science" IS NULL AS INT)
          ) >= 3
        )
        AND (
          (
            CAST(COALESCE("t28"."best_biology" >= 400, FALSE) AS INT) + CAST(COALESCE("t28"."best_chemistry" >= 400, FALSE) AS INT) + CAST(COALESCE("t28"."best_physics" >= 400, FALSE) AS INT) + CAST(COALESCE("t28"."best_computer_science" >= 400, FALSE) AS INT)
          ) >= 2
        )
      )
      OR COALESCE("t28"."best_combined" >= 400, FALSE)
    )
    AND COALESCE("t28"."best_humanity" >= 400, FALSE)
    AND COALESCE("t28"."best_language" >= 400, FALSE)
  ) AS "results_ebacc_94",
  "t28"."both_english"
  AND (
    COALESCE("t28"."best_english" >= 500, FALSE)
    AND COALESCE("t28"."best_maths" >= 500, FALSE)
  )
  AND (
    (
      (
        (
          (
            CAST(NOT "t28"."best_biology" IS NULL AS INT) + CAST(NOT "t28"."best_chemistry" IS NULL AS INT) + CAST(NOT "t28"."best_physics" IS NULL AS INT) + CAST(NOT "t28"."best_computer_science" IS NULL AS INT)
          ) >= 3
        )
        AND (
          (
            CAST(COALESCE("t28"."best_biology" >= 400, FALSE) AS INT) + CAST(COALESCE("t28"."best_chemistry" >= 400, FALSE) AS INT) + CAST(COALESCE("t28"."best_physics" >= 400, FALSE) AS INT) + CAST(COALESCE("t28"."best_computer_science" >= 400, FALSE) AS INT)
          ) >= 2
        )
      )
      OR COALESCE("t28"."best_combined" >= 400, FALSE)
    )
    AND COALESCE("t28"."best_humanity" >= 400, FALSE)
    AND COALESCE("t28"."best_language" >= 400, FALSE)
  ) AS "results_ebacc_95",
  CAST((
    CASE WHEN "t28"."both_english" THEN COALESCE("t28"."best_english", 0) ELSE 0 END + COALESCE("t28"."best_maths", 0) + COALESCE("t28"."best_humanity", 0) + COALESCE("t28"."best_language", 0) + GREATEST(
      CASE
        WHEN (
          CAST(NOT "t28"."best_biology" IS NULL AS INT) + CAST(NOT "t28"."best_chemistry" IS NULL AS INT) + CAST(NOT "t28"."best_physics" IS NULL AS INT) + CAST(NOT "t28"."best_computer_science" IS NULL AS INT)
        ) >= 3
        THEN GREATEST(
          COALESCE("t28"."best_biology", 0) + COALESCE("t28"."best_chemistry", 0),
          COALESCE("t28"."best_biology", 0) + COALESCE("t28"."best_physics", 0),
          COALESCE("t28"."best_biology", 0) + COALESCE("t28"."best_computer_science", 0),
          COALESCE("t28"."best_chemistry", 0) + COALESCE("t28"."best_physics", 0),
          COALESCE("t28"."best_chemistry", 0) + COALESCE("t28"."best_computer_science", 0),
          COALESCE("t28"."best_physics", 0) + COALESCE("t28"."best_computer_science", 0)
        )
        ELSE 0
      END,
      COALESCE("t28"."best_combined", 0) * 2
    )
  ) / 600 AS DECIMAL(18, 6)) AS "results_ebacc_aps"
FROM (
  SELECT
    "t27"."pupil",
    MAX("t27"."year") AS "year",
    COALESCE(SUM("t27"."points" * "t27"."own") FILTER(WHERE
      "t27"."kind" = 'english'), 0) * CASE
      WHEN (
        COALESCE(BOOL_OR(CAST("t27"."part" = 'language' AS BOOLEAN)), FALSE)
        AND COALESCE(BOOL_OR(CAST("t27"."part" = 'literature' AS BOOLEAN)), FALSE)
      )
      OR COALESCE(BOOL_OR(CAST("t27"."part" = 'both' AS BOOLEAN)), FALSE)
      THEN 2
      ELSE 1
    END AS "english",
    COALESCE(SUM("t27"."points" * "t27"."own") FILTER(WHERE
      "t27"."kind" = 'maths'), 0) * 2 AS "maths",
    COALESCE(SUM("t27"."points" * "t27"."own") FILTER(WHERE
      "t27"."kind" = 'ebacc'), 0) AS "ebacc",
    COALESCE(SUM("t27"."points" * "t27"."opens"), 0) AS "open",
    (
      COALESCE(BOOL_OR(CAST("t27"."part" = 'language' AS BOOLEAN)), FALSE)
      AND COALESCE(BOOL_OR(CAST("t27"."part" = 'literature' AS BOOLEAN)), FALSE)
    )
    OR COALESCE(BOOL_OR(CAST("t27"."part" = 'both' AS BOOLEAN)), FALSE) AS "both_english",
    MAX("t27"."points") FILTER(WHERE
      "t27"."part" IN ('language', 'literature', 'both')) AS "best_english",
    MAX("t27"."points") FILTER(WHERE
      "t27"."part" IN ('maths')) AS "best_maths",
    MAX("t27"."points") FILTER(WHERE
      "t27"."part" IN ('combined science')) AS "best_combined",
    MAX("t27"."points") FILTER(WHERE
      "t27"."part" IN ('biology')) AS "best_biology",
    MAX("t27"."points") FILTER(WHERE
      "t27"."part" IN ('chemistry')) AS "best_chemistry",
    MAX("t27"."points") FILTER(WHERE
      "t27"."part" IN ('physics')) AS "best_physics",
    MAX("t27"."points") FILTER(WHERE
      "t27"."part" IN ('computer science')) AS "best_computer_science",
    MAX("t27"."points") FILTER(WHERE
      "t27"."part" IN ('humanities')) AS "best_humanity",
    MAX("t27"."points") FILTER(WHERE
      "t27"."part" IN ('foreign language')) AS "best_language"
  FROM (
    SELECT
      "t26".*
      EXCLUDE ("ebacc_wanted", "english_wanted", "maths_wanted", "wanted")
    FROM (
      SELECT
        "t25"."pupil",
        "t25"."year",
        "t25"."name",
        "t25"."grade",
        "t25"."kind",
        "t25"."part",
        "t25"."same",
        "t25"."advanced",
        "t25"."points",
        "t25"."slots",
        "t25"."exam_date",
        "t25"."file",
        "t25"."row",
        "t25"."english_wanted",
        "t25"."maths_wanted",
        "t25"."ebacc_wanted",
        "t25"."wanted",
        "t25"."own",
        CAST(GREATEST(
          LEAST(
            CASE
              WHEN "t25"."kind" IN ('maths', 'none')
              THEN 0
              ELSE "t25"."slots" - "t25"."own"
            END,
            3 - (
              (
                "t25"."wanted" - (
                  LEAST("t25"."english_wanted", 1) + LEAST("t25"."ebacc_wanted", 3)
                )
              ) - CASE
                WHEN "t25"."kind" IN ('maths', 'none')
                THEN 0
                ELSE "t25"."slots" - "t25"."own"
              END
            )
          ),
          0
        ) AS INT) AS "opens"
      FROM (
        SELECT
          "t24"."pupil",
          "t24"."year",
          "t24"."name",
          "t24"."grade",
          "t24"."kind",
          "t24"."part",
          "t24"."same",
          "t24"."advanced",
          "t24"."points",
          "t24"."slots",
          "t24"."exam_date",
          "t24"."file",
          "t24"."row",
          "t24"."english_wanted",
          "t24"."maths_wanted",
          "t24"."ebacc_wanted",
          "t24"."wanted",
          CASE
            WHEN "t24"."kind" IN ('english', 'maths', 'ebacc')
            THEN CAST(GREATEST(
              LEAST(
                "t24"."slots",
                CASE "t24"."kind"
                  WHEN 'english'
                  THEN 1
                  WHEN 'maths'
                  THEN 1
                  WHEN 'ebacc'
                  THEN 3
                  ELSE 0
                END - (
                  CASE "t24"."kind"
                    WHEN 'english'
                    THEN "t24"."english_wanted"
                    WHEN 'maths'
                    THEN "t24"."maths_wanted"
                    WHEN 'ebacc'
                    THEN "t24"."ebacc_wanted"
                    ELSE 0
                  END - "t24"."slots"
                )
              ),
              0
            ) AS INT)
            ELSE 0
          END AS "own"
        FROM (
          SELECT
            "t23"."pupil",
            "t23"."year",
            "t23"."name",
            "t23"."grade",
            "t23"."kind",
            "t23"."part",
            "t23"."same",
            "t23"."advanced",
            "t23"."points",
            "t23"."slots",
            "t23"."exam_date",
            "t23"."file",
            "t23"."row",
            SUM(CASE WHEN "t23"."kind" IN ('english') THEN "t23"."slots" ELSE 0 END) OVER (
              PARTITION BY "t23"."pupil"
              ORDER BY "t23"."points" DESC, "t23"."file" ASC, "t23"."row" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS "english_wanted",
            SUM(CASE WHEN "t23"."kind" IN ('maths') THEN "t23"."slots" ELSE 0 END) OVER (
              PARTITION BY "t23"."pupil"
              ORDER BY "t23"."points" DESC, "t23"."file" ASC, "t23"."row" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS "maths_wanted",
            SUM(CASE WHEN "t23"."kind" IN ('ebacc') THEN "t23"."slots" ELSE 0 END) OVER (
              PARTITION BY "t23"."pupil"
              ORDER BY "t23"."points" DESC, "t23"."file" ASC, "t23"."row" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS "ebacc_wanted",
            SUM(
              CASE WHEN "t23"."kind" IN ('english', 'ebacc', 'open') THEN "t23"."slots" ELSE 0 END
            ) OVER (
              PARTITION BY "t23"."pupil"
              ORDER BY "t23"."points" DESC, "t23"."file" ASC, "t23"."row" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS "wanted"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t16"."pupil",
                "t16"."year",
                "t6"."name",
                "t16"."grade",
                "t6"."kind",
                "t6"."part",
                "t6"."same",
                "t6"."advanced",
                "t6"."points",
                "t6"."slots",
                "t16"."exam_date",
                "t16"."file",
                "t16"."row"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t13".*
                    EXCLUDE ("pupil_of_pmr")
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
                      "t12"."qan",
                      "t12"."subject_code",
                      "t12"."subject",
                      "t12"."qualification",
                      "t12"."grade",
                      "t12"."result_points",
                      "t12"."size",
                      "t12"."discount_code",
                      "t12"."discounted",
                      "t12"."exam_date",
                      "t12"."file",
                      "t12"."row",
                      "t12"."pupil_of_pmr",
                      COALESCE("t12"."pupil_of_pmr", "t12"."pmr") AS "pupil"
                    FROM (
                      SELECT
                        "t11".*
                        EXCLUDE ("key_pmr")
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
                          "t10"."qan",
                          "t10"."subject_code",
                          "t10"."subject",
                          "t10"."qualification",
                          "t10"."grade",
                          "t10"."result_points",
                          "t10"."size",
                          "t10"."discount_code",
                          "t10"."discounted",
                          "t10"."exam_date",
                          "t10"."file",
                          "t10"."row",
                          "t8"."key_pmr",
                          "t8"."pupil_of_pmr"
                        FROM (
                          SELECT
                            *
                          FROM "ks4_results_now" AS "t2"
                          WHERE
                            NOT (
                              COALESCE("t2"."discounted", FALSE)
                            )
                            AND NOT (
                              "t2"."year" IN (2022, 2023)
                              AND COALESCE("t2"."exam_date" BETWEEN MAKE_DATE(2020, 1, 1) AND MAKE_DATE(2021, 8, 31), FALSE)
                            )
                        ) AS "t10"
                        LEFT OUTER JOIN (
                          SELECT
                            "t3"."identifier" AS "key_pmr",
                            "t3"."pupil" AS "pupil_of_pmr"
                          FROM "pupil_keys" AS "t3"
                          WHERE
                            "t3"."kind" = 'pmr' AND "t3"."identifier" <> "t3"."pupil"
                        ) AS "t8"
                          ON "t10"."pmr" = "t8"."key_pmr"
                      ) AS "t11"
                    ) AS "t12"
                  ) AS "t13"
                ) AS "t14"
                WHERE
                  NOT "t14"."pupil" IS NULL
              ) AS "t16"
              INNER JOIN (
                SELECT
                  "t1"."subject" AS "said_subject",
                  "t1"."subject_code" AS "said_subject_code",
                  "t1"."discount_code" AS "said_discount_code",
                  "t1"."qualification" AS "said_qualification",
                  "t1"."grade" AS "said_grade",
                  "t1"."result_points" AS "said_result_points",
                  "t1"."size" AS "said_size",
                  "t1"."name",
                  "t1"."kind",
                  "t1"."part",
                  "t1"."same",
                  "t1"."advanced",
                  "t1"."points",
                  "t1"."slots",
                  "t1"."note"
                FROM "result_meanings" AS "t1"
              ) AS "t6"
                ON "t16"."subject" IS NOT DISTINCT FROM "t6"."said_subject"
                AND "t16"."subject_code" IS NOT DISTINCT FROM "t6"."said_subject_code"
                AND "t16"."discount_code" IS NOT DISTINCT FROM "t6"."said_discount_code"
                AND "t16"."qualification" IS NOT DISTINCT FROM "t6"."said_qualification"
                AND "t16"."grade" IS NOT DISTINCT FROM "t6"."said_grade"
                AND "t16"."result_points" IS NOT DISTINCT FROM "t6"."said_result_points"
                AND "t16"."size" IS NOT DISTINCT FROM "t6"."said_size"
              ANTI JOIN "repeated_results" AS "t4"
                ON "t16"."pupil" = "t4"."pupil" AND "t6"."same" = "t4"."same"
            ) AS "t17"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t20".*
                  EXCLUDE ("attempt")
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t18"."pupil",
                      "t18"."year",
                      "t18"."name",
                      "t18"."grade",
                      "t18"."kind",
                      "t18"."part",
                      "t18"."same",
                      "t18"."advanced",
                      "t18"."points",
                      "t18"."slots",
                      "t18"."exam_date",
                      "t18"."file",
                      "t18"."row",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t18"."pupil", "t18"."same"
                        ORDER BY "t18"."advanced" DESC, "t18"."exam_date" ASC, "t18"."points" DESC, "t18"."file" ASC, "t18"."row" ASC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "attempt"
                    FROM (
                      SELECT
                        "t16"."pupil",
                        "t16"."year",
                        "t6"."name",
                        "t16"."grade",
                        "t6"."kind",
                        "t6"."part",
                        "t6"."same",
                        "t6"."advanced",
                        "t6"."points",
                        "t6"."slots",
                        "t16"."exam_date",
                        "t16"."file",
                        "t16"."row"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t13".*
                            EXCLUDE ("pupil_of_pmr")
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
                              "t12"."qan",
                              "t12"."subject_code",
                              "t12"."subject",
                              "t12"."qualification",
                              "t12"."grade",
                              "t12"."result_points",
                              "t12"."size",
                              "t12"."discount_code",
                              "t12"."discounted",
                              "t12"."exam_date",
                              "t12"."file",
                              "t12"."row",
                              "t12"."pupil_of_pmr",
                              COALESCE("t12"."pupil_of_pmr", "t12"."pmr") AS "pupil"
                            FROM (
                              SELECT
                                "t11".*
                                EXCLUDE ("key_pmr")
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
                                  "t10"."qan",
                                  "t10"."subject_code",
                                  "t10"."subject",
                                  "t10"."qualification",
                                  "t10"."grade",
                                  "t10"."result_points",
                                  "t10"."size",
                                  "t10"."discount_code",
                                  "t10"."discounted",
                                  "t10"."exam_date",
                                  "t10"."file",
                                  "t10"."row",
                                  "t8"."key_pmr",
                                  "t8"."pupil_of_pmr"
                                FROM (
                                  SELECT
                                    *
                                  FROM "ks4_results_now" AS "t2"
                                  WHERE
                                    NOT (
                                      COALESCE("t2"."discounted", FALSE)
                                    )
                                    AND NOT (
                                      "t2"."year" IN (2022, 2023)
                                      AND COALESCE("t2"."exam_date" BETWEEN MAKE_DATE(2020, 1, 1) AND MAKE_DATE(2021, 8, 31), FALSE)
                                    )
                                ) AS "t10"
                                LEFT OUTER JOIN (
                                  SELECT
                                    "t3"."identifier" AS "key_pmr",
                                    "t3"."pupil" AS "pupil_of_pmr"
                                  FROM "pupil_keys" AS "t3"
                                  WHERE
                                    "t3"."kind" = 'pmr' AND "t3"."identifier" <> "t3"."pupil"
                                ) AS "t8"
                                  ON "t10"."pmr" = "t8"."key_pmr"
                              ) AS "t11"
                            ) AS "t12"
                          ) AS "t13"
                        ) AS "t14"
                        WHERE
                          NOT "t14"."pupil" IS NULL
                      ) AS "t16"
                      INNER JOIN (
                        SELECT
                          "t1"."subject" AS "said_subject",
                          "t1"."subject_code" AS "said_subject_code",
                          "t1"."discount_code" AS "said_discount_code",
                          "t1"."qualification" AS "said_qualification",
                          "t1"."grade" AS "said_grade",
                          "t1"."result_points" AS "said_result_points",
                          "t1"."size" AS "said_size",
                          "t1"."name",
                          "t1"."kind",
                          "t1"."part",
                          "t1"."same",
                          "t1"."advanced",
                          "t1"."points",
                          "t1"."slots",
                          "t1"."note"
                        FROM "result_meanings" AS "t1"
                      ) AS "t6"
                        ON "t16"."subject" IS NOT DISTINCT FROM "t6"."said_subject"
                        AND "t16"."subject_code" IS NOT DISTINCT FROM "t6"."said_subject_code"
                        AND "t16"."discount_code" IS NOT DISTINCT FROM "t6"."said_discount_code"
                        AND "t16"."qualification" IS NOT DISTINCT FROM "t6"."said_qualification"
                        AND "t16"."grade" IS NOT DISTINCT FROM "t6"."said_grade"
                        AND "t16"."result_points" IS NOT DISTINCT FROM "t6"."said_result_points"
                        AND "t16"."size" IS NOT DISTINCT FROM "t6"."said_size"
                      SEMI JOIN "repeated_results" AS "t4"
                        ON "t16"."pupil" = "t4"."pupil" AND "t6"."same" = "t4"."same"
                    ) AS "t18"
                  ) AS "t19"
                  WHERE
                    "t19"."attempt" = 0
                ) AS "t20"
              ) AS "t21"
            ) AS "t22"
          ) AS "t23"
        ) AS "t24"
      ) AS "t25"
    ) AS "t26"
  ) AS "t27"
  GROUP BY
    1
) AS "t28"
