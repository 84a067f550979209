SELECT
  "t11".*
  EXCLUDE ("counts", "dfe_scores", "held", "in_model", "progress_8_ebacc_dfe", "progress_8_ebacc_results", "progress_8_english_dfe", "progress_8_english_results", "progress_8_maths_dfe", "progress_8_maths_results", "progress_8_open_dfe", "progress_8_open_results", "source")
FROM (
  SELECT
    "t10"."pupil",
    "t10"."year",
    "t10"."upn",
    "t10"."dob",
    "t10"."sex",
    "t10"."laestab",
    "t10"."school_urn",
    "t10"."nftype",
    "t10"."state_funded",
    "t10"."ks2_prior",
    "t10"."prior_group",
    "t10"."attainment_8",
    "t10"."attainment_8_dfe",
    "t10"."attainment_8_results",
    "t10"."attainment_8_english",
    "t10"."attainment_8_maths",
    "t10"."attainment_8_ebacc",
    "t10"."attainment_8_open",
    "t10"."english_maths_94",
    "t10"."english_maths_95",
    "t10"."ebacc_entered",
    "t10"."ebacc_94",
    "t10"."ebacc_95",
    "t10"."ebacc_aps",
    "t10"."progress_8_dfe",
    "t10"."progress_8_english_dfe",
    "t10"."progress_8_maths_dfe",
    "t10"."progress_8_ebacc_dfe",
    "t10"."progress_8_open_dfe",
    "t10"."ks4_source",
    "t10"."dfe_scores",
    "t10"."in_model",
    "t10"."counts",
    "t10"."progress_8_english_results",
    "t10"."progress_8_maths_results",
    "t10"."progress_8_ebacc_results",
    "t10"."progress_8_open_results",
    "t10"."attainment_8_estimate",
    "t10"."progress_8_results",
    "t10"."source",
    "t10"."held",
    COALESCE(
      "t10"."progress_8_dfe",
      CASE
        WHEN "t10"."dfe_scores"
        THEN CAST(NULL AS DECIMAL(18, 6))
        ELSE "t10"."progress_8_results"
      END
    ) AS "progress_8",
    COALESCE(
      "t10"."progress_8_english_dfe",
      CASE
        WHEN "t10"."dfe_scores" AND (
          "t10"."progress_8_dfe" IS NULL
        )
        THEN CAST(NULL AS DECIMAL(18, 6))
        ELSE "t10"."progress_8_english_results"
      END
    ) AS "progress_8_english",
    COALESCE(
      "t10"."progress_8_maths_dfe",
      CASE
        WHEN "t10"."dfe_scores" AND (
          "t10"."progress_8_dfe" IS NULL
        )
        THEN CAST(NULL AS DECIMAL(18, 6))
        ELSE "t10"."progress_8_maths_results"
      END
    ) AS "progress_8_maths",
    COALESCE(
      "t10"."progress_8_ebacc_dfe",
      CASE
        WHEN "t10"."dfe_scores" AND (
          "t10"."progress_8_dfe" IS NULL
        )
        THEN CAST(NULL AS DECIMAL(18, 6))
        ELSE "t10"."progress_8_ebacc_results"
      END
    ) AS "progress_8_ebacc",
    COALESCE(
      "t10"."progress_8_open_dfe",
      CASE
        WHEN "t10"."dfe_scores" AND (
          "t10"."progress_8_dfe" IS NULL
        )
        THEN CAST(NULL AS DECIMAL(18, 6))
        ELSE "t10"."progress_8_open_results"
      END
    ) AS "progress_8_open",
    CASE
      WHEN NOT "t10"."progress_8_dfe" IS NULL
      THEN 'dfe'
      WHEN "t10"."dfe_scores"
      THEN 'DfE gives no score: the pupil does not count in Progress 8.'
      WHEN (
        NOT "t10"."progress_8_results" IS NULL
      ) OR NOT (
        "t10"."held"
      )
      THEN "t10"."source"
      WHEN "t10"."prior_group" IS NULL
      THEN 'There is no key stage 2 result.'
      WHEN "t10"."attainment_8" IS NULL
      THEN 'There is no Attainment 8.'
      ELSE 'The pupil does not count in Progress 8.'
    END AS "progress_8_source"
  FROM (
    SELECT
      "t9"."pupil",
      "t9"."year",
      "t9"."upn",
      "t9"."dob",
      "t9"."sex",
      "t9"."laestab",
      "t9"."school_urn",
      "t9"."nftype",
      "t9"."state_funded",
      "t9"."ks2_prior",
      "t9"."prior_group",
      "t9"."attainment_8",
      "t9"."attainment_8_dfe",
      "t9"."attainment_8_results",
      "t9"."attainment_8_english",
      "t9"."attainment_8_maths",
      "t9"."attainment_8_ebacc",
      "t9"."attainment_8_open",
      "t9"."english_maths_94",
      "t9"."english_maths_95",
      "t9"."ebacc_entered",
      "t9"."ebacc_94",
      "t9"."ebacc_95",
      "t9"."ebacc_aps",
      "t9"."progress_8_dfe",
      "t9"."progress_8_english_dfe",
      "t9"."progress_8_maths_dfe",
      "t9"."progress_8_ebacc_dfe",
      "t9"."progress_8_open_dfe",
      "t9"."ks4_source",
      "t9"."dfe_scores",
      "t9"."in_model",
      "t9"."counts",
      "t9"."progress_8_english_results",
      "t9"."progress_8_maths_results",
      "t9"."progress_8_ebacc_results",
      "t9"."progress_8_open_results",
      "t9"."attainment_8_estimate",
      "t9"."progress_8_results",
      "t3"."source",
      "t3"."held"
    FROM (
      SELECT
        "t7".*
        EXCLUDE ("estimate", "estimate_ebacc", "estimate_english", "estimate_maths", "estimate_open", "floor", "group")
      FROM (
        SELECT
          "t6"."pupil",
          "t6"."year",
          "t6"."upn",
          "t6"."dob",
          "t6"."sex",
          "t6"."laestab",
          "t6"."school_urn",
          "t6"."nftype",
          "t6"."state_funded",
          "t6"."ks2_prior",
          "t6"."prior_group",
          "t6"."attainment_8",
          "t6"."attainment_8_dfe",
          "t6"."attainment_8_results",
          "t6"."attainment_8_english",
          "t6"."attainment_8_maths",
          "t6"."attainment_8_ebacc",
          "t6"."attainment_8_open",
          "t6"."english_maths_94",
          "t6"."english_maths_95",
          "t6"."ebacc_entered",
          "t6"."ebacc_94",
          "t6"."ebacc_95",
          "t6"."ebacc_aps",
          "t6"."progress_8_dfe",
          "t6"."progress_8_english_dfe",
          "t6"."progress_8_maths_dfe",
          "t6"."progress_8_ebacc_dfe",
          "t6"."progress_8_open_dfe",
          "t6"."ks4_source",
          "t6"."dfe_scores",
          "t6"."in_model",
          "t6"."counts",
          "t6"."group",
          "t6"."estimate",
          "t6"."floor",
          "t6"."estimate_english",
          "t6"."estimate_maths",
          "t6"."estimate_ebacc",
          "t6"."estimate_open",
          CASE
            WHEN COALESCE("t6"."counts", FALSE)
            THEN CAST(CAST(CAST(CAST(CAST(CAST("t6"."attainment_8_english" AS DECIMAL(18, 6)) - "t6"."estimate_english" AS DECIMAL(18, 7)) AS DECIMAL(18, 6)) AS DECIMAL(12, 6)) * CAST(0.5 AS DECIMAL(2, 1)) AS DECIMAL(18, 7)) AS DECIMAL(18, 6))
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_english_results",
          CASE
            WHEN COALESCE("t6"."counts", FALSE)
            THEN CAST(CAST(CAST(CAST(CAST(CAST("t6"."attainment_8_maths" AS DECIMAL(18, 6)) - "t6"."estimate_maths" AS DECIMAL(18, 7)) AS DECIMAL(18, 6)) AS DECIMAL(12, 6)) * CAST(0.5 AS DECIMAL(2, 1)) AS DECIMAL(18, 7)) AS DECIMAL(18, 6))
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_maths_results",
          CASE
            WHEN COALESCE("t6"."counts", FALSE)
            THEN CAST(CAST(CAST(CAST(CAST(CAST("t6"."attainment_8_ebacc" AS DECIMAL(18, 6)) - "t6"."estimate_ebacc" AS DECIMAL(18, 7)) AS DECIMAL(18, 6)) AS DECIMAL(12, 6)) * CAST(1000000 AS DECIMAL(7, 0)) AS BIGINT) / 3000000 AS DECIMAL(18, 6))
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_ebacc_results",
          CASE
            WHEN COALESCE("t6"."counts", FALSE)
            THEN CAST(CAST(CAST(CAST(CAST(CAST("t6"."attainment_8_open" AS DECIMAL(18, 6)) - "t6"."estimate_open" AS DECIMAL(18, 7)) AS DECIMAL(18, 6)) AS DECIMAL(12, 6)) * CAST(1000000 AS DECIMAL(7, 0)) AS BIGINT) / 3000000 AS DECIMAL(18, 6))
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_open_results",
          "t6"."estimate" AS "attainment_8_estimate",
          CASE
            WHEN COALESCE("t6"."counts", FALSE)
            THEN CASE
              WHEN COALESCE(
                CAST(CAST(CAST(CAST("t6"."attainment_8" AS DECIMAL(18, 6)) - "t6"."estimate" AS DECIMAL(12, 6)) * CAST(0.1 AS DECIMAL(2, 1)) AS DECIMAL(18, 7)) AS DECIMAL(18, 6)) < "t6"."floor",
                FALSE
              )
              THEN "t6"."floor"
              ELSE CAST(CAST(CAST(CAST("t6"."attainment_8" AS DECIMAL(18, 6)) - "t6"."estimate" AS DECIMAL(12, 6)) * CAST(0.1 AS DECIMAL(2, 1)) AS DECIMAL(18, 7)) AS DECIMAL(18, 6))
            END
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_results"
        FROM (
          SELECT
            "t4"."pupil",
            "t4"."year",
            "t4"."upn",
            "t4"."dob",
            "t4"."sex",
            "t4"."laestab",
            "t4"."school_urn",
            "t4"."nftype",
            "t4"."state_funded",
            "t4"."ks2_prior",
            "t4"."prior_group",
            "t4"."attainment_8",
            "t4"."attainment_8_dfe",
            "t4"."attainment_8_results",
            "t4"."attainment_8_english",
            "t4"."attainment_8_maths",
            "t4"."attainment_8_ebacc",
            "t4"."attainment_8_open",
            "t4"."english_maths_94",
            "t4"."english_maths_95",
            "t4"."ebacc_entered",
            "t4"."ebacc_94",
            "t4"."ebacc_95",
            "t4"."ebacc_aps",
            "t4"."progress_8_dfe",
            "t4"."progress_8_english_dfe",
            "t4"."progress_8_maths_dfe",
            "t4"."progress_8_ebacc_dfe",
            "t4"."progress_8_open_dfe",
            "t4"."ks4_source",
            "t4"."dfe_scores",
            "t4"."in_model",
            "t4"."counts",
            "t5"."group",
            "t5"."estimate",
            "t5"."floor",
            "t5"."estimate_english",
            "t5"."estimate_maths",
            "t5"."estimate_ebacc",
            "t5"."estimate_open"
          FROM "ks4_scored" AS "t4"
          LEFT OUTER JOIN "progress_8_groups" AS "t5"
            ON "t4"."prior_group" = "t5"."group"
        ) AS "t6"
      ) AS "t7"
    ) AS "t9"
    CROSS JOIN "progress_8_source" AS "t3"
  ) AS "t10"
) AS "t11"
