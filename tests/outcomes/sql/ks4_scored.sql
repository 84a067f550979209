SELECT
  "t72"."pupil",
  "t72"."year",
  "t72"."upn",
  "t72"."dob",
  "t72"."sex",
  "t72"."laestab",
  "t72"."school_urn",
  "t72"."nftype",
  CASE
    WHEN COALESCE(COALESCE("t72"."urn_type_group", "t72"."est_type_group"), "t72"."coded_type") = 'independent'
    THEN FALSE
    WHEN NOT COALESCE(COALESCE("t72"."urn_type_group", "t72"."est_type_group"), "t72"."coded_type") IS NULL
    THEN TRUE
    WHEN COALESCE("t72"."on_census", FALSE)
    THEN TRUE
    ELSE NULL
  END AS "state_funded",
  "t72"."ks2_prior",
  "t72"."prior_group",
  "t72"."attainment_8",
  "t72"."attainment_8_dfe",
  "t72"."attainment_8_results",
  "t72"."attainment_8_english",
  "t72"."attainment_8_maths",
  "t72"."attainment_8_ebacc",
  "t72"."attainment_8_open",
  "t72"."english_maths_94",
  "t72"."english_maths_95",
  "t72"."ebacc_entered",
  "t72"."ebacc_94",
  "t72"."ebacc_95",
  "t72"."ebacc_aps",
  "t72"."progress_8_dfe",
  "t72"."progress_8_english_dfe",
  "t72"."progress_8_maths_dfe",
  "t72"."progress_8_ebacc_dfe",
  "t72"."progress_8_open_dfe",
  "t72"."ks4_source",
  "t72"."dfe_scores",
  COALESCE(
    COALESCE(
      "t72"."in_progress_8_model",
      COALESCE(
        COALESCE(COALESCE("t72"."urn_type_group", "t72"."est_type_group"), "t72"."coded_type"),
        'mainstream'
      ) = 'mainstream'
    )
    AND (
      (
        NOT "t72"."prior_group" IS NULL
      ) AND (
        NOT "t72"."attainment_8" IS NULL
      )
    ),
    FALSE
  ) AS "in_model",
  COALESCE(
    COALESCE(
      "t72"."in_progress_8",
      COALESCE(
        COALESCE(COALESCE("t72"."urn_type_group", "t72"."est_type_group"), "t72"."coded_type"),
        'mainstream'
      ) <> 'independent'
    )
    AND (
      (
        NOT "t72"."prior_group" IS NULL
      ) AND (
        NOT "t72"."attainment_8" IS NULL
      )
    ),
    FALSE
  ) AS "counts"
FROM (
  SELECT
    "t71"."pupil",
    "t71"."year",
    "t71"."upn",
    "t71"."dob",
    "t71"."sex",
    "t71"."laestab",
    "t71"."school_urn",
    "t71"."ks2_prior",
    "t71"."prior_group",
    "t71"."in_progress_8",
    "t71"."in_progress_8_model",
    "t71"."attainment_8_results",
    "t71"."nftype",
    "t71"."attainment_8",
    "t71"."attainment_8_dfe",
    "t71"."attainment_8_english",
    "t71"."attainment_8_maths",
    "t71"."attainment_8_ebacc",
    "t71"."attainment_8_open",
    "t71"."english_maths_94",
    "t71"."english_maths_95",
    "t71"."ebacc_entered",
    "t71"."ebacc_94",
    "t71"."ebacc_95",
    "t71"."ebacc_aps",
    "t71"."progress_8_dfe",
    "t71"."progress_8_english_dfe",
    "t71"."progress_8_maths_dfe",
    "t71"."progress_8_ebacc_dfe",
    "t71"."progress_8_open_dfe",
    "t71"."dfe_scores",
    "t71"."ks4_source",
    "t71"."on_census",
    "t71"."urn_school_urn",
    "t71"."urn_laestab",
    "t71"."urn_type_group",
    "t71"."urn_la",
    "t71"."urn_phase",
    "t71"."urn_inspection_outcome",
    "t71"."sought",
    "t32"."est_school_urn",
    "t32"."est_laestab",
    "t32"."est_type_group",
    "t32"."est_la",
    "t32"."est_phase",
    "t32"."est_inspection_outcome",
    "t14"."type_code",
    "t14"."coded_type"
  FROM (
    SELECT
      "t69"."pupil",
      "t69"."year",
      "t69"."upn",
      "t69"."dob",
      "t69"."sex",
      "t69"."laestab",
      "t69"."school_urn",
      "t69"."ks2_prior",
      "t69"."prior_group",
      "t69"."in_progress_8",
      "t69"."in_progress_8_model",
      "t69"."attainment_8_results",
      "t69"."nftype",
      "t69"."attainment_8",
      "t69"."attainment_8_dfe",
      "t69"."attainment_8_english",
      "t69"."attainment_8_maths",
      "t69"."attainment_8_ebacc",
      "t69"."attainment_8_open",
      "t69"."english_maths_94",
      "t69"."english_maths_95",
      "t69"."ebacc_entered",
      "t69"."ebacc_94",
      "t69"."ebacc_95",
      "t69"."ebacc_aps",
      "t69"."progress_8_dfe",
      "t69"."progress_8_english_dfe",
      "t69"."progress_8_maths_dfe",
      "t69"."progress_8_ebacc_dfe",
      "t69"."progress_8_open_dfe",
      "t69"."dfe_scores",
      "t69"."ks4_source",
      "t69"."on_census",
      "t69"."urn_school_urn",
      "t69"."urn_laestab",
      "t69"."urn_type_group",
      "t69"."urn_la",
      "t69"."urn_phase",
      "t69"."urn_inspection_outcome",
      CASE
        WHEN "t69"."urn_school_urn" IS NULL
        THEN "t69"."laestab"
        ELSE CAST(NULL AS TEXT)
      END AS "sought"
    FROM (
      SELECT
        "t68"."pupil",
        "t68"."year",
        "t68"."upn",
        "t68"."dob",
        "t68"."sex",
        "t68"."laestab",
        "t68"."school_urn",
        "t68"."ks2_prior",
        "t68"."prior_group",
        "t68"."in_progress_8",
        "t68"."in_progress_8_model",
        "t68"."attainment_8_results",
        "t68"."nftype",
        "t68"."attainment_8",
        "t68"."attainment_8_dfe",
        "t68"."attainment_8_english",
        "t68"."attainment_8_maths",
        "t68"."attainment_8_ebacc",
        "t68"."attainment_8_open",
        "t68"."english_maths_94",
        "t68"."english_maths_95",
        "t68"."ebacc_entered",
        "t68"."ebacc_94",
        "t68"."ebacc_95",
        "t68"."ebacc_aps",
        "t68"."progress_8_dfe",
        "t68"."progress_8_english_dfe",
        "t68"."progress_8_maths_dfe",
        "t68"."progress_8_ebacc_dfe",
        "t68"."progress_8_open_dfe",
        "t68"."dfe_scores",
        "t68"."ks4_source",
        "t68"."on_census",
        "t31"."urn_school_urn",
        "t31"."urn_laestab",
        "t31"."urn_type_group",
        "t31"."urn_la",
        "t31"."urn_phase",
        "t31"."urn_inspection_outcome"
      FROM (
        SELECT
          "t66"."pupil",
          "t66"."year",
          "t66"."upn",
          "t66"."dob",
          "t66"."sex",
          "t66"."laestab",
          "t66"."school_urn",
          "t66"."ks2_prior",
          CASE
            WHEN "t66"."ks2_prior" IS NULL
            THEN CAST(NULL AS INT)
            WHEN "t66"."ks2_prior" >= CAST(119.5000 AS DECIMAL(9, 4))
            THEN 34
            WHEN "t66"."ks2_prior" >= CAST(118.5000 AS DECIMAL(9, 4))
            THEN 33
            WHEN "t66"."ks2_prior" >= CAST(117.5000 AS DECIMAL(9, 4))
            THEN 32
            WHEN "t66"."ks2_prior" >= CAST(116.5000 AS DECIMAL(9, 4))
            THEN 31
            WHEN "t66"."ks2_prior" >= CAST(115.5000 AS DECIMAL(9, 4))
            THEN 30
            WHEN "t66"."ks2_prior" >= CAST(114.5000 AS DECIMAL(9, 4))
            THEN 29
            WHEN "t66"."ks2_prior" >= CAST(113.5000 AS DECIMAL(9, 4))
            THEN 28
            WHEN "t66"."ks2_prior" >= CAST(112.5000 AS DECIMAL(9, 4))
            THEN 27
            WHEN "t66"."ks2_prior" >= CAST(111.5000 AS DECIMAL(9, 4))
            THEN 26
            WHEN "t66"."ks2_prior" >= CAST(110.5000 AS DECIMAL(9, 4))
            THEN 25
            WHEN "t66"."ks2_prior" >= CAST(109.5000 AS DECIMAL(9, 4))
            THEN 24
            WHEN "t66"."ks2_prior" >= CAST(108.5000 AS DECIMAL(9, 4))
            THEN 23
            WHEN "t66"."ks2_prior" >= CAST(107.5000 AS DECIMAL(9, 4))
            THEN 22
            WHEN "t66"."ks2_prior" >= CAST(106.5000 AS DECIMAL(9, 4))
            THEN 21
            WHEN "t66"."ks2_prior" >= CAST(105.5000 AS DECIMAL(9, 4))
            THEN 20
            WHEN "t66"."ks2_prior" >= CAST(104.5000 AS DECIMAL(9, 4))
            THEN 19
            WHEN "t66"."ks2_prior" >= CAST(103.5000 AS DECIMAL(9, 4))
            THEN 18
            WHEN "t66"."ks2_prior" >= CAST(102.5000 AS DECIMAL(9, 4))
            THEN 17
            WHEN "t66"."ks2_prior" >= CAST(101.5000 AS DECIMAL(9, 4))
            THEN 16
            WHEN "t66"."ks2_prior" >= CAST(100.5000 AS DECIMAL(9, 4))
            THEN 15
            WHEN "t66"."ks2_prior" >= CAST(99.5000 AS DECIMAL(9, 4))
            THEN 14
            WHEN "t66"."ks2_prior" >= CAST(98.5000 AS DECIMAL(9, 4))
            THEN 13
            WHEN "t66"."ks2_prior" >= CAST(97.5000 AS DECIMAL(9, 4))
            THEN 12
            WHEN "t66"."ks2_prior" >= CAST(96.5000 AS DECIMAL(9, 4))
            THEN 11
            WHEN "t66"."ks2_prior" >= CAST(95.5000 AS DECIMAL(9, 4))
            THEN 10
            WHEN "t66"."ks2_prior" >= CAST(94.5000 AS DECIMAL(9, 4))
            THEN 9
            WHEN "t66"."ks2_prior" >= CAST(93.5000 AS DECIMAL(9, 4))
            THEN 8
            WHEN "t66"."ks2_prior" >= CAST(92.5000 AS DECIMAL(9, 4))
            THEN 7
            WHEN "t66"."ks2_prior" >= CAST(91.0000 AS DECIMAL(9, 4))
            THEN 6
            WHEN "t66"."ks2_prior" >= CAST(89.5000 AS DECIMAL(9, 4))
            THEN 5
            WHEN "t66"."ks2_prior" >= CAST(88.0000 AS DECIMAL(9, 4))
            THEN 4
            WHEN "t66"."ks2_prior" >= CAST(86.5000 AS DECIMAL(9, 4))
            THEN 3
            WHEN "t66"."ks2_prior" >= CAST(82.5000 AS DECIMAL(9, 4))
            THEN 2
            ELSE 1
          END AS "prior_group",
          "t66"."in_progress_8",
          "t66"."in_progress_8_model",
          "t66"."attainment_8_results",
          "t66"."school_type" AS "nftype",
          COALESCE("t66"."dfe_attainment_8", "t66"."attainment_8_results") AS "attainment_8",
          "t66"."dfe_attainment_8" AS "attainment_8_dfe",
          CASE
            WHEN (
              NOT "t66"."dfe_attainment_8" IS NULL
            )
            AND (
              NOT "t66"."dfe_attainment_8_english" IS NULL
            )
            THEN "t66"."dfe_attainment_8_english"
            WHEN NOT (
              NOT "t66"."dfe_attainment_8" IS NULL
            )
            OR (
              (
                NOT "t66"."dfe_attainment_8" IS NULL
              )
              AND COALESCE("t66"."dfe_attainment_8" = "t66"."attainment_8_results", FALSE)
            )
            THEN "t66"."results_english"
            ELSE NULL
          END AS "attainment_8_english",
          CASE
            WHEN (
              NOT "t66"."dfe_attainment_8" IS NULL
            )
            AND (
              NOT "t66"."dfe_attainment_8_maths" IS NULL
            )
            THEN "t66"."dfe_attainment_8_maths"
            WHEN NOT (
              NOT "t66"."dfe_attainment_8" IS NULL
            )
            OR (
              (
                NOT "t66"."dfe_attainment_8" IS NULL
              )
              AND COALESCE("t66"."dfe_attainment_8" = "t66"."attainment_8_results", FALSE)
            )
            THEN "t66"."results_maths"
            ELSE NULL
          END AS "attainment_8_maths",
          CASE
            WHEN (
              NOT "t66"."dfe_attainment_8" IS NULL
            )
            AND (
              NOT "t66"."dfe_attainment_8_ebacc" IS NULL
            )
            THEN "t66"."dfe_attainment_8_ebacc"
            WHEN NOT (
              NOT "t66"."dfe_attainment_8" IS NULL
            )
            OR (
              (
                NOT "t66"."dfe_attainment_8" IS NULL
              )
              AND COALESCE("t66"."dfe_attainment_8" = "t66"."attainment_8_results", FALSE)
            )
            THEN "t66"."results_ebacc"
            ELSE NULL
          END AS "attainment_8_ebacc",
          CASE
            WHEN (
              NOT "t66"."dfe_attainment_8" IS NULL
            )
            AND (
              NOT "t66"."dfe_attainment_8_open" IS NULL
            )
            THEN "t66"."dfe_attainment_8_open"
            WHEN NOT (
              NOT "t66"."dfe_attainment_8" IS NULL
            )
            OR (
              (
                NOT "t66"."dfe_attainment_8" IS NULL
              )
              AND COALESCE("t66"."dfe_attainment_8" = "t66"."attainment_8_results", FALSE)
            )
            THEN "t66"."results_open"
            ELSE NULL
          END AS "attainment_8_open",
          COALESCE("t66"."dfe_english_maths_94", "t66"."results_english_maths_94") AS "english_maths_94",
          COALESCE("t66"."dfe_english_maths_95", "t66"."results_english_maths_95") AS "english_maths_95",
          COALESCE("t66"."dfe_ebacc_entered", "t66"."results_ebacc_entered") AS "ebacc_entered",
          COALESCE("t66"."dfe_ebacc_94", "t66"."results_ebacc_94") AS "ebacc_94",
          COALESCE("t66"."dfe_ebacc_95", "t66"."results_ebacc_95") AS "ebacc_95",
          COALESCE(CAST("t66"."dfe_ebacc_aps" AS DECIMAL(18, 6)), "t66"."results_ebacc_aps") AS "ebacc_aps",
          CASE
            WHEN COALESCE("t66"."in_progress_8", TRUE)
            THEN "t66"."dfe_progress_8"
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_dfe",
          CASE
            WHEN COALESCE("t66"."in_progress_8", TRUE)
            THEN "t66"."dfe_progress_8_english"
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_english_dfe",
          CASE
            WHEN COALESCE("t66"."in_progress_8", TRUE)
            THEN "t66"."dfe_progress_8_maths"
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_maths_dfe",
          CASE
            WHEN COALESCE("t66"."in_progress_8", TRUE)
            THEN "t66"."dfe_progress_8_ebacc"
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_ebacc_dfe",
          CASE
            WHEN COALESCE("t66"."in_progress_8", TRUE)
            THEN "t66"."dfe_progress_8_open"
            ELSE CAST(NULL AS DECIMAL(18, 6))
          END AS "progress_8_open_dfe",
          COALESCE("t66"."dfe_scores", FALSE) AS "dfe_scores",
          CASE
            WHEN (
              NOT "t66"."dfe_attainment_8" IS NULL
            )
            AND (
              NOT "t66"."attainment_8_results" IS NULL
            )
            THEN 'both'
            WHEN NOT "t66"."dfe_attainment_8" IS NULL
            THEN 'dfe'
            WHEN NOT "t66"."attainment_8_results" IS NULL
            THEN 'results'
            ELSE NULL
          END AS "ks4_source",
          CAST(NULL AS BOOLEAN) AS "on_census"
        FROM (
          SELECT
            "t65".*
            EXCLUDE ("maths_code", "maths_score", "maths_tested", "reading_code", "reading_score", "reading_tested")
          FROM (
            SELECT
              "t64"."year",
              "t64"."pmr",
              "t64"."upn",
              "t64"."former_upn",
              "t64"."dob",
              "t64"."sex",
              "t64"."laestab",
              "t64"."school_urn",
              "t64"."dfe_attainment_8",
              "t64"."dfe_attainment_8_english",
              "t64"."dfe_attainment_8_maths",
              "t64"."dfe_attainment_8_ebacc",
              "t64"."dfe_attainment_8_open",
              "t64"."dfe_progress_8",
              "t64"."progress_8_unadjusted",
              "t64"."dfe_progress_8_english",
              "t64"."dfe_progress_8_maths",
              "t64"."dfe_progress_8_ebacc",
              "t64"."dfe_progress_8_open",
              "t64"."in_progress_8",
              "t64"."in_progress_8_model",
              "t64"."dfe_english_maths_94",
              "t64"."dfe_english_maths_95",
              "t64"."dfe_ebacc_entered",
              "t64"."dfe_ebacc_94",
              "t64"."dfe_ebacc_95",
              "t64"."dfe_ebacc_aps",
              "t64"."ks2_reading",
              "t64"."ks2_maths",
              "t64"."ks2_average",
              "t64"."ks2_year",
              "t64"."end_of_key_stage",
              "t64"."school_type",
              "t64"."file",
              "t64"."row",
              "t64"."pupil",
              "t64"."dfe_scores",
              "t64"."in_table",
              "t64"."results_pupil",
              "t64"."results_year",
              "t64"."attainment_8_results",
              "t64"."results_english",
              "t64"."results_maths",
              "t64"."results_ebacc",
              "t64"."results_open",
              "t64"."results_english_maths_94",
              "t64"."results_english_maths_95",
              "t64"."results_ebacc_entered",
              "t64"."results_ebacc_94",
              "t64"."results_ebacc_95",
              "t64"."results_ebacc_aps",
              "t64"."ks2_pupil",
              "t64"."ks2_sat",
              "t64"."ks2_read",
              "t64"."ks2_mat",
              "t64"."given_average",
              "t64"."tested",
              "t64"."reading_tested",
              "t64"."reading_code",
              "t64"."reading_score",
              "t64"."maths_tested",
              "t64"."maths_code",
              "t64"."maths_score",
              COALESCE(
                "t64"."given_average",
                CAST(CAST(CAST(COALESCE("t64"."reading_score", "t64"."maths_score") + COALESCE("t64"."maths_score", "t64"."reading_score") AS DECIMAL(9, 1)) * CAST(0.5 AS DECIMAL(2, 1)) AS DECIMAL(18, 7)) AS DECIMAL(9, 4))
              ) AS "ks2_prior"
            FROM (
              SELECT
                "t63"."year",
                "t63"."pmr",
                "t63"."upn",
                "t63"."former_upn",
                "t63"."dob",
                "t63"."sex",
                "t63"."laestab",
                "t63"."school_urn",
                "t63"."dfe_attainment_8",
                "t63"."dfe_attainment_8_english",
                "t63"."dfe_attainment_8_maths",
                "t63"."dfe_attainment_8_ebacc",
                "t63"."dfe_attainment_8_open",
                "t63"."dfe_progress_8",
                "t63"."progress_8_unadjusted",
                "t63"."dfe_progress_8_english",
                "t63"."dfe_progress_8_maths",
                "t63"."dfe_progress_8_ebacc",
                "t63"."dfe_progress_8_open",
                "t63"."in_progress_8",
                "t63"."in_progress_8_model",
                "t63"."dfe_english_maths_94",
                "t63"."dfe_english_maths_95",
                "t63"."dfe_ebacc_entered",
                "t63"."dfe_ebacc_94",
                "t63"."dfe_ebacc_95",
                "t63"."dfe_ebacc_aps",
                "t63"."ks2_reading",
                "t63"."ks2_maths",
                "t63"."ks2_average",
                "t63"."ks2_year",
                "t63"."end_of_key_stage",
                "t63"."school_type",
                "t63"."file",
                "t63"."row",
                "t63"."pupil",
                "t63"."dfe_scores",
                "t63"."in_table",
                "t63"."results_pupil",
                "t63"."results_year",
                "t63"."attainment_8_results",
                "t63"."results_english",
                "t63"."results_maths",
                "t63"."results_ebacc",
                "t63"."results_open",
                "t63"."results_english_maths_94",
                "t63"."results_english_maths_95",
                "t63"."results_ebacc_entered",
                "t63"."results_ebacc_94",
                "t63"."results_ebacc_95",
                "t63"."results_ebacc_aps",
                "t63"."ks2_pupil",
                "t63"."ks2_sat",
                "t63"."ks2_read",
                "t63"."ks2_mat",
                "t63"."given_average",
                "t63"."tested",
                "t17"."reading_tested",
                "t17"."reading_code",
                "t17"."reading_score",
                "t18"."maths_tested",
                "t18"."maths_code",
                "t18"."maths_score"
              FROM (
                SELECT
                  "t61"."year",
                  "t61"."pmr",
                  "t61"."upn",
                  "t61"."former_upn",
                  "t61"."dob",
                  "t61"."sex",
                  "t61"."laestab",
                  "t61"."school_urn",
                  "t61"."dfe_attainment_8",
                  "t61"."dfe_attainment_8_english",
                  "t61"."dfe_attainment_8_maths",
                  "t61"."dfe_attainment_8_ebacc",
                  "t61"."dfe_attainment_8_open",
                  "t61"."dfe_progress_8",
                  "t61"."progress_8_unadjusted",
                  "t61"."dfe_progress_8_english",
                  "t61"."dfe_progress_8_maths",
                  "t61"."dfe_progress_8_ebacc",
                  "t61"."dfe_progress_8_open",
                  "t61"."in_progress_8",
                  "t61"."in_progress_8_model",
                  "t61"."dfe_english_maths_94",
                  "t61"."dfe_english_maths_95",
                  "t61"."dfe_ebacc_entered",
                  "t61"."dfe_ebacc_94",
                  "t61"."dfe_ebacc_95",
                  "t61"."dfe_ebacc_aps",
                  REGEXP_REPLACE(
                    UPPER(
                      TRIM(
                        CASE
                          WHEN (
                            NOT "t61"."ks2_reading" IS NULL
                          ) OR (
                            NOT "t61"."ks2_maths" IS NULL
                          )
                          THEN "t61"."ks2_reading"
                          ELSE "t61"."ks2_read"
                        END,
                        ' 	
'
                      )
                    ),
                    '\.0+$',
                    '',
                    'g'
                  ) AS "ks2_reading",
                  REGEXP_REPLACE(
                    UPPER(
                      TRIM(
                        CASE
                          WHEN (
                            NOT "t61"."ks2_reading" IS NULL
                          ) OR (
                            NOT "t61"."ks2_maths" IS NULL
                          )
                          THEN "t61"."ks2_maths"
                          ELSE "t61"."ks2_mat"
                        END,
                        ' 	
'
                      )
                    ),
                    '\.0+$',
                    '',
                    'g'
                  ) AS "ks2_maths",
                  "t61"."ks2_average",
                  "t61"."ks2_year",
                  "t61"."end_of_key_stage",
                  "t61"."school_type",
                  "t61"."file",
                  "t61"."row",
                  "t61"."pupil",
                  "t61"."dfe_scores",
                  "t61"."in_table",
                  "t61"."results_pupil",
                  "t61"."results_year",
                  "t61"."attainment_8_results",
                  "t61"."results_english",
                  "t61"."results_maths",
                  "t61"."results_ebacc",
                  "t61"."results_open",
                  "t61"."results_english_maths_94",
                  "t61"."results_english_maths_95",
                  "t61"."results_ebacc_entered",
                  "t61"."results_ebacc_94",
                  "t61"."results_ebacc_95",
                  "t61"."results_ebacc_aps",
                  "t61"."ks2_pupil",
                  "t61"."ks2_sat",
                  "t61"."ks2_read",
                  "t61"."ks2_mat",
                  "t61"."ks2_average" AS "given_average",
                  CAST(COALESCE(
                    "t61"."ks2_year",
                    CASE
                      WHEN (
                        NOT "t61"."ks2_reading" IS NULL
                      ) OR (
                        NOT "t61"."ks2_maths" IS NULL
                      )
                      THEN CAST(NULL AS INT)
                      ELSE "t61"."ks2_sat"
                    END,
                    "t61"."year" - 5
                  ) AS INT) AS "tested"
                FROM (
                  SELECT
                    "t60"."year",
                    "t60"."pmr",
                    "t60"."upn",
                    "t60"."former_upn",
                    "t60"."dob",
                    "t60"."sex",
                    "t60"."laestab",
                    "t60"."school_urn",
                    "t60"."dfe_attainment_8",
                    "t60"."dfe_attainment_8_english",
                    "t60"."dfe_attainment_8_maths",
                    "t60"."dfe_attainment_8_ebacc",
                    "t60"."dfe_attainment_8_open",
                    "t60"."dfe_progress_8",
                    "t60"."progress_8_unadjusted",
                    "t60"."dfe_progress_8_english",
                    "t60"."dfe_progress_8_maths",
                    "t60"."dfe_progress_8_ebacc",
                    "t60"."dfe_progress_8_open",
                    "t60"."in_progress_8",
                    "t60"."in_progress_8_model",
                    "t60"."dfe_english_maths_94",
                    "t60"."dfe_english_maths_95",
                    "t60"."dfe_ebacc_entered",
                    "t60"."dfe_ebacc_94",
                    "t60"."dfe_ebacc_95",
                    "t60"."dfe_ebacc_aps",
                    "t60"."ks2_reading",
                    "t60"."ks2_maths",
                    "t60"."ks2_average",
                    "t60"."ks2_year",
                    "t60"."end_of_key_stage",
                    "t60"."school_type",
                    "t60"."file",
                    "t60"."row",
                    "t60"."pupil",
                    "t60"."dfe_scores",
                    "t60"."in_table",
                    "t60"."results_pupil",
                    "t60"."results_year",
                    "t60"."attainment_8_results",
                    "t60"."results_english",
                    "t60"."results_maths",
                    "t60"."results_ebacc",
                    "t60"."results_open",
                    "t60"."results_english_maths_94",
                    "t60"."results_english_maths_95",
                    "t60"."results_ebacc_entered",
                    "t60"."results_ebacc_94",
                    "t60"."results_ebacc_95",
                    "t60"."results_ebacc_aps",
                    "t48"."ks2_pupil",
                    "t48"."ks2_sat",
                    "t48"."ks2_read",
                    "t48"."ks2_mat"
                  FROM (
                    SELECT
                      "t58"."year",
                      "t58"."pmr",
                      "t58"."upn",
                      "t58"."former_upn",
                      "t58"."dob",
                      "t58"."sex",
                      "t58"."laestab",
                      "t58"."school_urn",
                      "t58"."dfe_attainment_8",
                      "t58"."dfe_attainment_8_english",
                      "t58"."dfe_attainment_8_maths",
                      "t58"."dfe_attainment_8_ebacc",
                      "t58"."dfe_attainment_8_open",
                      "t58"."dfe_progress_8",
                      "t58"."progress_8_unadjusted",
                      "t58"."dfe_progress_8_english",
                      "t58"."dfe_progress_8_maths",
                      "t58"."dfe_progress_8_ebacc",
                      "t58"."dfe_progress_8_open",
                      "t58"."in_progress_8",
                      "t58"."in_progress_8_model",
                      "t58"."dfe_english_maths_94",
                      "t58"."dfe_english_maths_95",
                      "t58"."dfe_ebacc_entered",
                      "t58"."dfe_ebacc_94",
                      "t58"."dfe_ebacc_95",
                      "t58"."dfe_ebacc_aps",
                      "t58"."ks2_reading",
                      "t58"."ks2_maths",
                      "t58"."ks2_average",
                      "t58"."ks2_year",
                      "t58"."end_of_key_stage",
                      "t58"."school_type",
                      "t58"."file",
                      "t58"."row",
                      "t58"."pupil",
                      "t58"."dfe_scores",
                      "t58"."in_table",
                      "t58"."results_pupil",
                      "t58"."results_year",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN CAST(0.0000 AS DECIMAL(9, 4))
                        ELSE "t58"."attainment_8_results"
                      END AS "attainment_8_results",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN CAST(0.0000 AS DECIMAL(9, 4))
                        ELSE "t58"."results_english"
                      END AS "results_english",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN CAST(0.0000 AS DECIMAL(9, 4))
                        ELSE "t58"."results_maths"
                      END AS "results_maths",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN CAST(0.0000 AS DECIMAL(9, 4))
                        ELSE "t58"."results_ebacc"
                      END AS "results_ebacc",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN CAST(0.0000 AS DECIMAL(9, 4))
                        ELSE "t58"."results_open"
                      END AS "results_open",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN FALSE
                        ELSE "t58"."results_english_maths_94"
                      END AS "results_english_maths_94",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN FALSE
                        ELSE "t58"."results_english_maths_95"
                      END AS "results_english_maths_95",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN FALSE
                        ELSE "t58"."results_ebacc_entered"
                      END AS "results_ebacc_entered",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN FALSE
                        ELSE "t58"."results_ebacc_94"
                      END AS "results_ebacc_94",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN FALSE
                        ELSE "t58"."results_ebacc_95"
                      END AS "results_ebacc_95",
                      CASE
                        WHEN (
                          "t58"."results_pupil" IS NULL
                        )
                        AND (
                          COALESCE("t58"."dfe_attainment_8", CAST(0 AS DECIMAL(18, 3))) = 0
                        )
                        THEN CAST(0.000000 AS DECIMAL(18, 6))
                        ELSE "t58"."results_ebacc_aps"
                      END AS "results_ebacc_aps"
                    FROM (
                      SELECT
                        "t57".*
                        EXCLUDE ("not_yet")
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t55"."year",
                            "t55"."pmr",
                            "t55"."upn",
                            "t55"."former_upn",
                            "t55"."dob",
                            "t55"."sex",
                            "t55"."laestab",
                            "t55"."school_urn",
                            "t55"."dfe_attainment_8",
                            "t55"."dfe_attainment_8_english",
                            "t55"."dfe_attainment_8_maths",
                            "t55"."dfe_attainment_8_ebacc",
                            "t55"."dfe_attainment_8_open",
                            "t55"."dfe_progress_8",
                            "t55"."progress_8_unadjusted",
                            "t55"."dfe_progress_8_english",
                            "t55"."dfe_progress_8_maths",
                            "t55"."dfe_progress_8_ebacc",
                            "t55"."dfe_progress_8_open",
                            "t55"."in_progress_8",
                            "t55"."in_progress_8_model",
                            "t55"."dfe_english_maths_94",
                            "t55"."dfe_english_maths_95",
                            "t55"."dfe_ebacc_entered",
                            "t55"."dfe_ebacc_94",
                            "t55"."dfe_ebacc_95",
                            "t55"."dfe_ebacc_aps",
                            "t55"."ks2_reading",
                            "t55"."ks2_maths",
                            "t55"."ks2_average",
                            "t55"."ks2_year",
                            "t55"."end_of_key_stage",
                            "t55"."school_type",
                            "t55"."file",
                            "t55"."row",
                            "t55"."pupil",
                            "t55"."dfe_scores",
                            "t55"."in_table",
                            "t55"."results_pupil",
                            "t55"."results_year",
                            "t55"."attainment_8_results",
                            "t55"."results_english",
                            "t55"."results_maths",
                            "t55"."results_ebacc",
                            "t55"."results_open",
                            "t55"."results_english_maths_94",
                            "t55"."results_english_maths_95",
                            "t55"."results_ebacc_entered",
                            "t55"."results_ebacc_94",
                            "t55"."results_ebacc_95",
                            "t55"."results_ebacc_aps",
                            "t41"."not_yet"
                          FROM (
                            SELECT
                              COALESCE("t53"."year", "t53"."results_year") AS "year",
                              "t53"."pmr",
                              "t53"."upn",
                              "t53"."former_upn",
                              "t53"."dob",
                              "t53"."sex",
                              "t53"."laestab",
                              "t53"."school_urn",
                              "t53"."dfe_attainment_8",
                              "t53"."dfe_attainment_8_english",
                              "t53"."dfe_attainment_8_maths",
                              "t53"."dfe_attainment_8_ebacc",
                              "t53"."dfe_attainment_8_open",
                              "t53"."dfe_progress_8",
                              "t53"."progress_8_unadjusted",
                              "t53"."dfe_progress_8_english",
                              "t53"."dfe_progress_8_maths",
                              "t53"."dfe_progress_8_ebacc",
                              "t53"."dfe_progress_8_open",
                              "t53"."in_progress_8",
                              "t53"."in_progress_8_model",
                              "t53"."dfe_english_maths_94",
                              "t53"."dfe_english_maths_95",
                              "t53"."dfe_ebacc_entered",
                              "t53"."dfe_ebacc_94",
                              "t53"."dfe_ebacc_95",
                              "t53"."dfe_ebacc_aps",
                              "t53"."ks2_reading",
                              "t53"."ks2_maths",
                              "t53"."ks2_average",
                              "t53"."ks2_year",
                              "t53"."end_of_key_stage",
                              "t53"."school_type",
                              "t53"."file",
                              "t53"."row",
                              COALESCE("t53"."pupil", "t53"."results_pupil") AS "pupil",
                              "t53"."dfe_scores",
                              "t53"."in_table",
                              "t53"."results_pupil",
                              "t53"."results_year",
                              "t53"."attainment_8_results",
                              "t53"."results_english",
                              "t53"."results_maths",
                              "t53"."results_ebacc",
                              "t53"."results_open",
                              "t53"."results_english_maths_94",
                              "t53"."results_english_maths_95",
                              "t53"."results_ebacc_entered",
                              "t53"."results_ebacc_94",
                              "t53"."results_ebacc_95",
                              "t53"."results_ebacc_aps"
                            FROM (
                              SELECT
                                "t52"."year",
                                "t52"."pmr",
                                "t52"."upn",
                                "t52"."former_upn",
                                "t52"."dob",
                                "t52"."sex",
                                "t52"."laestab",
                                "t52"."school_urn",
                                "t52"."dfe_attainment_8",
                                "t52"."dfe_attainment_8_english",
                                "t52"."dfe_attainment_8_maths",
                                "t52"."dfe_attainment_8_ebacc",
                                "t52"."dfe_attainment_8_open",
                                "t52"."dfe_progress_8",
                                "t52"."progress_8_unadjusted",
                                "t52"."dfe_progress_8_english",
                                "t52"."dfe_progress_8_maths",
                                "t52"."dfe_progress_8_ebacc",
                                "t52"."dfe_progress_8_open",
                                "t52"."in_progress_8",
                                "t52"."in_progress_8_model",
                                "t52"."dfe_english_maths_94",
                                "t52"."dfe_english_maths_95",
                                "t52"."dfe_ebacc_entered",
                                "t52"."dfe_ebacc_94",
                                "t52"."dfe_ebacc_95",
                                "t52"."dfe_ebacc_aps",
                                "t52"."ks2_reading",
                                "t52"."ks2_maths",
                                "t52"."ks2_average",
                                "t52"."ks2_year",
                                "t52"."end_of_key_stage",
                                "t52"."school_type",
                                "t52"."file",
                                "t52"."row",
                                "t52"."pupil",
                                "t52"."dfe_scores",
                                "t52"."in_table",
                                "t20"."results_pupil",
                                "t20"."results_year",
                                "t20"."attainment_8_results",
                                "t20"."results_english",
                                "t20"."results_maths",
                                "t20"."results_ebacc",
                                "t20"."results_open",
                                "t20"."results_english_maths_94",
                                "t20"."results_english_maths_95",
                                "t20"."results_ebacc_entered",
                                "t20"."results_ebacc_94",
                                "t20"."results_ebacc_95",
                                "t20"."results_ebacc_aps"
                              FROM (
                                SELECT
                                  "t50"."year",
                                  "t50"."pmr",
                                  "t50"."upn",
                                  "t50"."former_upn",
                                  "t50"."dob",
                                  "t50"."sex",
                                  "t50"."laestab",
                                  "t50"."school_urn",
                                  "t50"."attainment_8" AS "dfe_attainment_8",
                                  "t50"."attainment_8_english" AS "dfe_attainment_8_english",
                                  "t50"."attainment_8_maths" AS "dfe_attainment_8_maths",
                                  "t50"."attainment_8_ebacc" AS "dfe_attainment_8_ebacc",
                                  "t50"."attainment_8_open" AS "dfe_attainment_8_open",
                                  "t50"."progress_8" AS "dfe_progress_8",
                                  "t50"."progress_8_unadjusted",
                                  "t50"."progress_8_english" AS "dfe_progress_8_english",
                                  "t50"."progress_8_maths" AS "dfe_progress_8_maths",
                                  "t50"."progress_8_ebacc" AS "dfe_progress_8_ebacc",
                                  "t50"."progress_8_open" AS "dfe_progress_8_open",
                                  "t50"."in_progress_8",
                                  "t50"."in_progress_8_model",
                                  "t50"."english_maths_94" AS "dfe_english_maths_94",
                                  "t50"."english_maths_95" AS "dfe_english_maths_95",
                                  "t50"."ebacc_entered" AS "dfe_ebacc_entered",
                                  "t50"."ebacc_94" AS "dfe_ebacc_94",
                                  "t50"."ebacc_95" AS "dfe_ebacc_95",
                                  "t50"."ebacc_aps" AS "dfe_ebacc_aps",
                                  "t50"."ks2_reading",
                                  "t50"."ks2_maths",
                                  "t50"."ks2_average",
                                  "t50"."ks2_year",
                                  "t50"."end_of_key_stage",
                                  "t50"."school_type",
                                  "t50"."file",
                                  "t50"."row",
                                  "t50"."pupil",
                                  "t50"."dfe_scores",
                                  TRUE AS "in_table"
                                FROM (
                                  SELECT
                                    "t49".*
                                    EXCLUDE ("nth")
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        "t43"."year",
                                        "t43"."pmr",
                                        "t43"."upn",
                                        "t43"."former_upn",
                                        "t43"."dob",
                                        "t43"."sex",
                                        "t43"."laestab",
                                        "t43"."school_urn",
                                        "t43"."attainment_8",
                                        "t43"."attainment_8_english",
                                        "t43"."attainment_8_maths",
                                        "t43"."attainment_8_ebacc",
                                        "t43"."attainment_8_open",
                                        "t43"."progress_8",
                                        "t43"."progress_8_unadjusted",
                                        "t43"."progress_8_english",
                                        "t43"."progress_8_maths",
                                        "t43"."progress_8_ebacc",
                                        "t43"."progress_8_open",
                                        "t43"."in_progress_8",
                                        "t43"."in_progress_8_model",
                                        "t43"."english_maths_94",
                                        "t43"."english_maths_95",
                                        "t43"."ebacc_entered",
                                        "t43"."ebacc_94",
                                        "t43"."ebacc_95",
                                        "t43"."ebacc_aps",
                                        "t43"."ks2_reading",
                                        "t43"."ks2_maths",
                                        "t43"."ks2_average",
                                        "t43"."ks2_year",
                                        "t43"."end_of_key_stage",
                                        "t43"."school_type",
                                        "t43"."file",
                                        "t43"."row",
                                        "t43"."pupil",
                                        "t43"."dfe_scores",
                                        ROW_NUMBER() OVER (
                                          PARTITION BY "t43"."pupil"
                                          ORDER BY "t43"."attainment_8" IS NULL ASC, "t43"."file" ASC, "t43"."row" ASC
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                        ) - 1 AS "nth"
                                      FROM (
                                        SELECT
                                          "t38"."year",
                                          "t38"."pmr",
                                          "t38"."upn",
                                          "t38"."former_upn",
                                          "t38"."dob",
                                          "t38"."sex",
                                          "t38"."laestab",
                                          "t38"."school_urn",
                                          "t38"."attainment_8",
                                          "t38"."attainment_8_english",
                                          "t38"."attainment_8_maths",
                                          "t38"."attainment_8_ebacc",
                                          "t38"."attainment_8_open",
                                          "t38"."progress_8",
                                          "t38"."progress_8_unadjusted",
                                          "t38"."progress_8_english",
                                          "t38"."progress_8_maths",
                                          "t38"."progress_8_ebacc",
                                          "t38"."progress_8_open",
                                          "t38"."in_progress_8",
                                          "t38"."in_progress_8_model",
                                          "t38"."english_maths_94",
                                          "t38"."english_maths_95",
                                          "t38"."ebacc_entered",
                                          "t38"."ebacc_94",
                                          "t38"."ebacc_95",
                                          "t38"."ebacc_aps",
                                          "t38"."ks2_reading",
                                          "t38"."ks2_maths",
                                          "t38"."ks2_average",
                                          "t38"."ks2_year",
                                          "t38"."end_of_key_stage",
                                          "t38"."school_type",
                                          "t38"."file",
                                          "t38"."row",
                                          "t38"."pupil",
                                          BOOL_OR(CAST(NOT "t38"."progress_8" IS NULL AS BOOLEAN)) OVER (
                                            PARTITION BY "t38"."file"
                                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                          ) AS "dfe_scores"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              "t34".*
                                              EXCLUDE ("pupil_of_pmr")
                                            FROM (
                                              SELECT
                                                "t28"."year",
                                                "t28"."pmr",
                                                "t28"."upn",
                                                "t28"."former_upn",
                                                "t28"."dob",
                                                "t28"."sex",
                                                "t28"."laestab",
                                                "t28"."school_urn",
                                                "t28"."attainment_8",
                                                "t28"."attainment_8_english",
                                                "t28"."attainment_8_maths",
                                                "t28"."attainment_8_ebacc",
                                                "t28"."attainment_8_open",
                                                "t28"."progress_8",
                                                "t28"."progress_8_unadjusted",
                                                "t28"."progress_8_english",
                                                "t28"."progress_8_maths",
                                                "t28"."progress_8_ebacc",
                                                "t28"."progress_8_open",
                                                "t28"."in_progress_8",
                                                "t28"."in_progress_8_model",
                                                "t28"."english_maths_94",
                                                "t28"."english_maths_95",
                                                "t28"."ebacc_entered",
                                                "t28"."ebacc_94",
                                                "t28"."ebacc_95",
                                                "t28"."ebacc_aps",
                                                "t28"."ks2_reading",
                                                "t28"."ks2_maths",
                                                "t28"."ks2_average",
                                                "t28"."ks2_year",
                                                "t28"."end_of_key_stage",
                                                "t28"."school_type",
                                                "t28"."file",
                                                "t28"."row",
                                                "t28"."pupil_of_pmr",
                                                COALESCE("t28"."pupil_of_pmr", "t28"."pmr") AS "pupil"
                                              FROM (
                                                SELECT
                                                  "t26".*
                                                  EXCLUDE ("key_pmr")
                                                FROM (
                                                  SELECT
                                                    "t9"."year",
                                                    "t9"."pmr",
                                                    "t9"."upn",
                                                    "t9"."former_upn",
                                                    "t9"."dob",
                                                    "t9"."sex",
                                                    "t9"."laestab",
                                                    "t9"."school_urn",
                                                    "t9"."attainment_8",
                                                    "t9"."attainment_8_english",
                                                    "t9"."attainment_8_maths",
                                                    "t9"."attainment_8_ebacc",
                                                    "t9"."attainment_8_open",
                                                    "t9"."progress_8",
                                                    "t9"."progress_8_unadjusted",
                                                    "t9"."progress_8_english",
                                                    "t9"."progress_8_maths",
                                                    "t9"."progress_8_ebacc",
                                                    "t9"."progress_8_open",
                                                    "t9"."in_progress_8",
                                                    "t9"."in_progress_8_model",
                                                    "t9"."english_maths_94",
                                                    "t9"."english_maths_95",
                                                    "t9"."ebacc_entered",
                                                    "t9"."ebacc_94",
                                                    "t9"."ebacc_95",
                                                    "t9"."ebacc_aps",
                                                    "t9"."ks2_reading",
                                                    "t9"."ks2_maths",
                                                    "t9"."ks2_average",
                                                    "t9"."ks2_year",
                                                    "t9"."end_of_key_stage",
                                                    "t9"."school_type",
                                                    "t9"."file",
                                                    "t9"."row",
                                                    "t22"."key_pmr",
                                                    "t22"."pupil_of_pmr"
                                                  FROM "ks4_now" AS "t9"
                                                  LEFT OUTER JOIN (
                                                    SELECT
                                                      "t7"."identifier" AS "key_pmr",
                                                      "t7"."pupil" AS "pupil_of_pmr"
                                                    FROM "pupil_keys" AS "t7"
                                                    WHERE
                                                      "t7"."kind" = 'pmr' AND "t7"."identifier" <> "t7"."pupil"
                                                  ) AS "t22"
                                                    ON "t9"."pmr" = "t22"."key_pmr"
                                                ) AS "t26"
                                              ) AS "t28"
                                            ) AS "t34"
                                          ) AS "t36"
                                          WHERE
                                            NOT "t36"."pupil" IS NULL AND COALESCE("t36"."end_of_key_stage", TRUE)
                                        ) AS "t38"
                                      ) AS "t43"
                                    ) AS "t47"
                                    WHERE
                                      "t47"."nth" = 0
                                  ) AS "t49"
                                ) AS "t50"
                              ) AS "t52"
                              FULL OUTER JOIN (
                                SELECT
                                  "t4"."pupil" AS "results_pupil",
                                  "t4"."year" AS "results_year",
                                  "t4"."attainment_8_results",
                                  "t4"."results_english",
                                  "t4"."results_maths",
                                  "t4"."results_ebacc",
                                  "t4"."results_open",
                                  "t4"."results_english_maths_94",
                                  "t4"."results_english_maths_95",
                                  "t4"."results_ebacc_entered",
                                  "t4"."results_ebacc_94",
                                  "t4"."results_ebacc_95",
                                  "t4"."results_ebacc_aps"
                                FROM "worked" AS "t4"
                              ) AS "t20"
                                ON "t52"."pupil" = "t20"."results_pupil"
                            ) AS "t53"
                          ) AS "t55"
                          LEFT OUTER JOIN (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t36"."pupil" AS "not_yet"
                              FROM (
                                SELECT
                                  "t34".*
                                  EXCLUDE ("pupil_of_pmr")
                                FROM (
                                  SELECT
                                    "t28"."year",
                                    "t28"."pmr",
                                    "t28"."upn",
                                    "t28"."former_upn",
                                    "t28"."dob",
                                    "t28"."sex",
                                    "t28"."laestab",
                                    "t28"."school_urn",
                                    "t28"."attainment_8",
                                    "t28"."attainment_8_english",
                                    "t28"."attainment_8_maths",
                                    "t28"."attainment_8_ebacc",
                                    "t28"."attainment_8_open",
                                    "t28"."progress_8",
                                    "t28"."progress_8_unadjusted",
                                    "t28"."progress_8_english",
                                    "t28"."progress_8_maths",
                                    "t28"."progress_8_ebacc",
                                    "t28"."progress_8_open",
                                    "t28"."in_progress_8",
                                    "t28"."in_progress_8_model",
                                    "t28"."english_maths_94",
                                    "t28"."english_maths_95",
                                    "t28"."ebacc_entered",
                                    "t28"."ebacc_94",
                                    "t28"."ebacc_95",
                                    "t28"."ebacc_aps",
                                    "t28"."ks2_reading",
                                    "t28"."ks2_maths",
                                    "t28"."ks2_average",
                                    "t28"."ks2_year",
                                    "t28"."end_of_key_stage",
                                    "t28"."school_type",
                                    "t28"."file",
                                    "t28"."row",
                                    "t28"."pupil_of_pmr",
                                    COALESCE("t28"."pupil_of_pmr", "t28"."pmr") AS "pupil"
                                  FROM (
                                    SELECT
                                      "t26".*
                                      EXCLUDE ("key_pmr")
                                    FROM (
                                      SELECT
                                        "t9"."year",
                                        "t9"."pmr",
                                        "t9"."upn",
                                        "t9"."former_upn",
                                        "t9"."dob",
                                        "t9"."sex",
                                        "t9"."laestab",
                                        "t9"."school_urn",
                                        "t9"."attainment_8",
                                        "t9"."attainment_8_english",
                                        "t9"."attainment_8_maths",
                                        "t9"."attainment_8_ebacc",
                                        "t9"."attainment_8_open",
                                        "t9"."progress_8",
                                        "t9"."progress_8_unadjusted",
                                        "t9"."progress_8_english",
                                        "t9"."progress_8_maths",
                                        "t9"."progress_8_ebacc",
                                        "t9"."progress_8_open",
                                        "t9"."in_progress_8",
                                        "t9"."in_progress_8_model",
                                        "t9"."english_maths_94",
                                        "t9"."english_maths_95",
                                        "t9"."ebacc_entered",
                                        "t9"."ebacc_94",
                                        "t9"."ebacc_95",
                                        "t9"."ebacc_aps",
                                        "t9"."ks2_reading",
                                        "t9"."ks2_maths",
                                        "t9"."ks2_average",
                                        "t9"."ks2_year",
                                        "t9"."end_of_key_stage",
                                        "t9"."school_type",
                                        "t9"."file",
                                        "t9"."row",
                                        "t22"."key_pmr",
                                        "t22"."pupil_of_pmr"
                                      FROM "ks4_now" AS "t9"
                                      LEFT OUTER JOIN (
                                        SELECT
                                          "t7"."identifier" AS "key_pmr",
                                          "t7"."pupil" AS "pupil_of_pmr"
                                        FROM "pupil_keys" AS "t7"
                                        WHERE
                                          "t7"."kind" = 'pmr' AND "t7"."identifier" <> "t7"."pupil"
                                      ) AS "t22"
                                        ON "t9"."pmr" = "t22"."key_pmr"
                                    ) AS "t26"
                                  ) AS "t28"
                                ) AS "t34"
                              ) AS "t36"
                              WHERE
                                NOT "t36"."pupil" IS NULL AND NOT (
                                  COALESCE("t36"."end_of_key_stage", TRUE)
                                )
                            ) AS "t39"
                            UNION
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t3"."pupil" AS "not_yet"
                              FROM "on_census" AS "t3"
                              WHERE
                                "t3"."year_group" IN ('1', '2', '3', '4', '5', '6', '7', '8', '9', '10')
                            ) AS "t19"
                          ) AS "t41"
                            ON "t55"."pupil" = "t41"."not_yet"
                        ) AS "t56"
                        WHERE
                          (
                            NOT "t56"."in_table" IS NULL
                          ) OR (
                            "t56"."not_yet" IS NULL
                          )
                      ) AS "t57"
                    ) AS "t58"
                  ) AS "t60"
                  LEFT OUTER JOIN (
                    SELECT
                      "t45"."pupil" AS "ks2_pupil",
                      "t45"."year" AS "ks2_sat",
                      "t45"."read_result" AS "ks2_read",
                      "t45"."maths_result" AS "ks2_mat"
                    FROM (
                      SELECT
                        "t44".*
                        EXCLUDE ("nth")
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t37"."year",
                            "t37"."pmr",
                            "t37"."upn",
                            "t37"."former_upn",
                            "t37"."dob",
                            "t37"."sex",
                            "t37"."laestab",
                            "t37"."school_urn",
                            "t37"."read_result",
                            "t37"."maths_result",
                            "t37"."gps_result",
                            "t37"."writing_result",
                            "t37"."science_result",
                            "t37"."read_expected",
                            "t37"."maths_expected",
                            "t37"."gps_expected",
                            "t37"."writing_expected",
                            "t37"."rwm_expected",
                            "t37"."rwm_higher",
                            "t37"."read_higher",
                            "t37"."maths_higher",
                            "t37"."gps_higher",
                            "t37"."read_eligible",
                            "t37"."maths_eligible",
                            "t37"."gps_eligible",
                            "t37"."writing_eligible",
                            "t37"."rwm_eligible",
                            "t37"."read_valid",
                            "t37"."maths_valid",
                            "t37"."gps_valid",
                            "t37"."writing_valid",
                            "t37"."rwm_valid",
                            "t37"."read_progress",
                            "t37"."writing_progress",
                            "t37"."maths_progress",
                            "t37"."in_read_progress",
                            "t37"."in_writing_progress",
                            "t37"."in_maths_progress",
                            "t37"."ks1_reading_points",
                            "t37"."ks1_writing_points",
                            "t37"."ks1_maths_points",
                            "t37"."school_type",
                            "t37"."file",
                            "t37"."row",
                            "t37"."pupil",
                            ROW_NUMBER() OVER (
                              PARTITION BY "t37"."pupil"
                              ORDER BY "t37"."year" DESC, "t37"."file" ASC, "t37"."row" ASC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) - 1 AS "nth"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t33".*
                                EXCLUDE ("pupil_of_pmr")
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
                                  "t27"."read_result",
                                  "t27"."maths_result",
                                  "t27"."gps_result",
                                  "t27"."writing_result",
                                  "t27"."science_result",
                                  "t27"."read_expected",
                                  "t27"."maths_expected",
                                  "t27"."gps_expected",
                                  "t27"."writing_expected",
                                  "t27"."rwm_expected",
                                  "t27"."rwm_higher",
                                  "t27"."read_higher",
                                  "t27"."maths_higher",
                                  "t27"."gps_higher",
                                  "t27"."read_eligible",
                                  "t27"."maths_eligible",
                                  "t27"."gps_eligible",
                                  "t27"."writing_eligible",
                                  "t27"."rwm_eligible",
                                  "t27"."read_valid",
                                  "t27"."maths_valid",
                                  "t27"."gps_valid",
                                  "t27"."writing_valid",
                                  "t27"."rwm_valid",
                                  "t27"."read_progress",
                                  "t27"."writing_progress",
                                  "t27"."maths_progress",
                                  "t27"."in_read_progress",
                                  "t27"."in_writing_progress",
                                  "t27"."in_maths_progress",
                                  "t27"."ks1_reading_points",
                                  "t27"."ks1_writing_points",
                                  "t27"."ks1_maths_points",
                                  "t27"."school_type",
                                  "t27"."file",
                                  "t27"."row",
                                  "t27"."pupil_of_pmr",
                                  COALESCE("t27"."pupil_of_pmr", "t27"."pmr") AS "pupil"
                                FROM (
                                  SELECT
                                    "t25".*
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
                                      "t8"."read_result",
                                      "t8"."maths_result",
                                      "t8"."gps_result",
                                      "t8"."writing_result",
                                      "t8"."science_result",
                                      "t8"."read_expected",
                                      "t8"."maths_expected",
                                      "t8"."gps_expected",
                                      "t8"."writing_expected",
                                      "t8"."rwm_expected",
                                      "t8"."rwm_higher",
                                      "t8"."read_higher",
                                      "t8"."maths_higher",
                                      "t8"."gps_higher",
                                      "t8"."read_eligible",
                                      "t8"."maths_eligible",
                                      "t8"."gps_eligible",
                                      "t8"."writing_eligible",
                                      "t8"."rwm_eligible",
                                      "t8"."read_valid",
                                      "t8"."maths_valid",
                                      "t8"."gps_valid",
                                      "t8"."writing_valid",
                                      "t8"."rwm_valid",
                                      "t8"."read_progress",
                                      "t8"."writing_progress",
                                      "t8"."maths_progress",
                                      "t8"."in_read_progress",
                                      "t8"."in_writing_progress",
                                      "t8"."in_maths_progress",
                                      "t8"."ks1_reading_points",
                                      "t8"."ks1_writing_points",
                                      "t8"."ks1_maths_points",
                                      "t8"."school_type",
                                      "t8"."file",
                                      "t8"."row",
                                      "t22"."key_pmr",
                                      "t22"."pupil_of_pmr"
                                    FROM "ks2_before" AS "t8"
                                    LEFT OUTER JOIN (
                                      SELECT
                                        "t7"."identifier" AS "key_pmr",
                                        "t7"."pupil" AS "pupil_of_pmr"
                                      FROM "pupil_keys" AS "t7"
                                      WHERE
                                        "t7"."kind" = 'pmr' AND "t7"."identifier" <> "t7"."pupil"
                                    ) AS "t22"
                                      ON "t8"."pmr" = "t22"."key_pmr"
                                  ) AS "t25"
                                ) AS "t27"
                              ) AS "t33"
                            ) AS "t35"
                            WHERE
                              NOT "t35"."pupil" IS NULL
                          ) AS "t37"
                        ) AS "t42"
                        WHERE
                          "t42"."nth" = 0
                      ) AS "t44"
                    ) AS "t45"
                  ) AS "t48"
                    ON "t60"."pupil" = "t48"."ks2_pupil"
                ) AS "t61"
              ) AS "t63"
              LEFT OUTER JOIN (
                SELECT
                  "t2"."tested" AS "reading_tested",
                  "t2"."code" AS "reading_code",
                  "t2"."score" AS "reading_score"
                FROM "ks2_scores" AS "t2"
              ) AS "t17"
                ON "t63"."tested" = "t17"."reading_tested"
                AND "t63"."ks2_reading" = "t17"."reading_code"
              LEFT OUTER JOIN (
                SELECT
                  "t2"."tested" AS "maths_tested",
                  "t2"."code" AS "maths_code",
                  "t2"."score" AS "maths_score"
                FROM "ks2_scores" AS "t2"
              ) AS "t18"
                ON "t63"."tested" = "t18"."maths_tested" AND "t63"."ks2_maths" = "t18"."maths_code"
            ) AS "t64"
          ) AS "t65"
        ) AS "t66"
      ) AS "t68"
      LEFT OUTER JOIN (
        SELECT
          "t23"."school_urn" AS "urn_school_urn",
          "t23"."laestab" AS "urn_laestab",
          "t23"."type_group" AS "urn_type_group",
          "t23"."la" AS "urn_la",
          "t23"."phase" AS "urn_phase",
          "t23"."inspection_outcome" AS "urn_inspection_outcome"
        FROM (
          SELECT
            "t15"."school_urn",
            "t15"."laestab",
            "t15"."name",
            "t15"."school_type",
            "t15"."phase",
            "t15"."type_group",
            "t15"."la",
            "t15"."postcode",
            "t15"."inspection_outcome",
            "t15"."inspection_date",
            "t15"."file",
            "t15"."row",
            ROW_NUMBER() OVER (
              PARTITION BY "t15"."school_urn"
              ORDER BY "t15"."file" ASC, "t15"."row" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "nth"
          FROM (
            SELECT
              *
            FROM "schools" AS "t1"
            WHERE
              NOT "t1"."school_urn" IS NULL
          ) AS "t15"
        ) AS "t23"
        WHERE
          "t23"."nth" = 0
      ) AS "t31"
        ON "t68"."school_urn" = "t31"."urn_school_urn"
    ) AS "t69"
  ) AS "t71"
  LEFT OUTER JOIN (
    SELECT
      "t24"."school_urn" AS "est_school_urn",
      "t24"."laestab" AS "est_laestab",
      "t24"."type_group" AS "est_type_group",
      "t24"."la" AS "est_la",
      "t24"."phase" AS "est_phase",
      "t24"."inspection_outcome" AS "est_inspection_outcome"
    FROM (
      SELECT
        "t16"."school_urn",
        "t16"."laestab",
        "t16"."name",
        "t16"."school_type",
        "t16"."phase",
        "t16"."type_group",
        "t16"."la",
        "t16"."postcode",
        "t16"."inspection_outcome",
        "t16"."inspection_date",
        "t16"."file",
        "t16"."row",
        ROW_NUMBER() OVER (
          PARTITION BY "t16"."laestab"
          ORDER BY "t16"."file" ASC, "t16"."row" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "nth"
      FROM (
        SELECT
          *
        FROM "schools" AS "t1"
        WHERE
          NOT "t1"."laestab" IS NULL
      ) AS "t16"
    ) AS "t24"
    WHERE
      "t24"."nth" = 0
  ) AS "t32"
    ON "t71"."sought" = "t32"."est_laestab"
  LEFT OUTER JOIN (
    SELECT
      "t0"."code" AS "type_code",
      "t0"."group" AS "coded_type"
    FROM "school_type_codes" AS "t0"
  ) AS "t14"
    ON "t71"."nftype" = "t14"."type_code"
) AS "t72"
