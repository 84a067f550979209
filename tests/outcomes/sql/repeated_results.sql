SELECT
  "t16"."pupil",
  "t16"."same"
FROM (
  SELECT
    "t15"."pupil",
    "t15"."same",
    COUNT(*) AS "n"
  FROM (
    SELECT
      "t14"."pupil",
      "t14"."year",
      "t4"."name",
      "t14"."grade",
      "t4"."kind",
      "t4"."part",
      "t4"."same",
      "t4"."advanced",
      "t4"."points",
      "t4"."slots",
      "t14"."exam_date",
      "t14"."file",
      "t14"."row"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t11".*
          EXCLUDE ("pupil_of_pmr")
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
            "t10"."pupil_of_pmr",
            COALESCE("t10"."pupil_of_pmr", "t10"."pmr") AS "pupil"
          FROM (
            SELECT
              "t9".*
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
                "t8"."qan",
                "t8"."subject_code",
                "t8"."subject",
                "t8"."qualification",
                "t8"."grade",
                "t8"."result_points",
                "t8"."size",
                "t8"."discount_code",
                "t8"."discounted",
                "t8"."exam_date",
                "t8"."file",
                "t8"."row",
                "t6"."key_pmr",
                "t6"."pupil_of_pmr"
              FROM (
                SELECT
                  *
                FROM "ks4_results_now" AS "t1"
                WHERE
                  NOT (
                    COALESCE("t1"."discounted", FALSE)
                  )
                  AND NOT (
                    "t1"."year" IN (2022, 2023)
                    AND COALESCE("t1"."exam_date" BETWEEN MAKE_DATE(2020, 1, 1) AND MAKE_DATE(2021, 8, 31), FALSE)
                  )
              ) AS "t8"
              LEFT OUTER JOIN (
                SELECT
                  "t2"."identifier" AS "key_pmr",
                  "t2"."pupil" AS "pupil_of_pmr"
                FROM "pupil_keys" AS "t2"
                WHERE
                  "t2"."kind" = 'pmr' AND "t2"."identifier" <> "t2"."pupil"
              ) AS "t6"
                ON "t8"."pmr" = "t6"."key_pmr"
            ) AS "t9"
          ) AS "t10"
        ) AS "t11"
      ) AS "t12"
      WHERE
        NOT "t12"."pupil" IS NULL
    ) AS "t14"
    INNER JOIN (
      SELECT
        "t0"."subject" AS "said_subject",
        "t0"."subject_code" AS "said_subject_code",
        "t0"."discount_code" AS "said_discount_code",
        "t0"."qualification" AS "said_qualification",
        "t0"."grade" AS "said_grade",
        "t0"."result_points" AS "said_result_points",
        "t0"."size" AS "said_size",
        "t0"."name",
        "t0"."kind",
        "t0"."part",
        "t0"."same",
        "t0"."advanced",
        "t0"."points",
        "t0"."slots",
        "t0"."note"
      FROM "result_meanings" AS "t0"
    ) AS "t4"
      ON "t14"."subject" IS NOT DISTINCT FROM "t4"."said_subject"
      AND "t14"."subject_code" IS NOT DISTINCT FROM "t4"."said_subject_code"
      AND "t14"."discount_code" IS NOT DISTINCT FROM "t4"."said_discount_code"
      AND "t14"."qualification" IS NOT DISTINCT FROM "t4"."said_qualification"
      AND "t14"."grade" IS NOT DISTINCT FROM "t4"."said_grade"
      AND "t14"."result_points" IS NOT DISTINCT FROM "t4"."said_result_points"
      AND "t14"."size" IS NOT DISTINCT FROM "t4"."said_size"
  ) AS "t15"
  GROUP BY
    1,
    2
) AS "t16"
WHERE
  "t16"."n" > 1
