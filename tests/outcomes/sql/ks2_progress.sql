SELECT
  "t16"."pupil",
  "t16"."year",
  "t16"."upn",
  "t16"."dob",
  "t16"."sex",
  "t16"."laestab",
  "t16"."school_urn",
  "t16"."nftype",
  "t16"."state_funded",
  "t16"."school_group",
  "t16"."ks1_average",
  "t16"."writing_points",
  "t16"."ks2_read_score",
  "t16"."ks2_maths_score",
  "t16"."ks2_gps_score",
  "t16"."ks2_writing",
  "t16"."ks2_read_expected",
  "t16"."ks2_writing_expected",
  "t16"."ks2_maths_expected",
  "t16"."ks2_gps_expected",
  "t16"."ks2_rwm_expected",
  "t16"."ks2_rwm_higher",
  "t16"."ks2_read_higher",
  "t16"."ks2_writing_higher",
  "t16"."ks2_maths_higher",
  "t16"."ks2_gps_higher",
  "t16"."read_progress",
  "t16"."in_read_progress",
  "t16"."writing_progress",
  "t16"."in_writing_progress",
  "t16"."maths_progress",
  "t16"."in_maths_progress",
  "t16"."read_average",
  "t16"."read_mean",
  "t16"."read_floor",
  "t16"."our_read",
  "t16"."writing_average",
  "t16"."writing_mean",
  "t16"."writing_floor",
  "t16"."our_writing",
  "t16"."maths_average",
  "t16"."maths_mean",
  "t16"."maths_floor",
  "t16"."our_maths",
  CAST(CAST(CASE
    WHEN NOT COALESCE("t16"."read_progress", "t16"."writing_progress", "t16"."maths_progress") IS NULL
    THEN CASE
      WHEN COALESCE("t16"."in_read_progress", TRUE)
      THEN "t16"."read_progress"
      ELSE CAST(NULL AS DECIMAL(18, 6))
    END
    ELSE "t16"."our_read"
  END AS DECIMAL(18, 7)) AS DECIMAL(18, 6)) AS "ks2_read_progress",
  CAST(CAST(CASE
    WHEN NOT COALESCE("t16"."read_progress", "t16"."writing_progress", "t16"."maths_progress") IS NULL
    THEN CASE
      WHEN COALESCE("t16"."in_writing_progress", TRUE)
      THEN "t16"."writing_progress"
      ELSE CAST(NULL AS DECIMAL(18, 6))
    END
    ELSE "t16"."our_writing"
  END AS DECIMAL(18, 7)) AS DECIMAL(18, 6)) AS "ks2_writing_progress",
  CAST(CAST(CASE
    WHEN NOT COALESCE("t16"."read_progress", "t16"."writing_progress", "t16"."maths_progress") IS NULL
    THEN CASE
      WHEN COALESCE("t16"."in_maths_progress", TRUE)
      THEN "t16"."maths_progress"
      ELSE CAST(NULL AS DECIMAL(18, 6))
    END
    ELSE "t16"."our_maths"
  END AS DECIMAL(18, 7)) AS DECIMAL(18, 6)) AS "ks2_maths_progress",
  CASE
    WHEN NOT COALESCE("t16"."read_progress", "t16"."writing_progress", "t16"."maths_progress") IS NULL
    THEN 'dfe'
    WHEN NOT COALESCE("t16"."our_read", "t16"."our_writing", "t16"."our_maths") IS NULL
    THEN 'store'
    ELSE NULL
  END AS "ks2_progress_source"
FROM (
  SELECT
    "t15"."pupil",
    "t15"."year",
    "t15"."upn",
    "t15"."dob",
    "t15"."sex",
    "t15"."laestab",
    "t15"."school_urn",
    "t15"."nftype",
    "t15"."state_funded",
    "t15"."school_group",
    "t15"."ks1_average",
    "t15"."writing_points",
    "t15"."ks2_read_score",
    "t15"."ks2_maths_score",
    "t15"."ks2_gps_score",
    "t15"."ks2_writing",
    "t15"."ks2_read_expected",
    "t15"."ks2_writing_expected",
    "t15"."ks2_maths_expected",
    "t15"."ks2_gps_expected",
    "t15"."ks2_rwm_expected",
    "t15"."ks2_rwm_higher",
    "t15"."ks2_read_higher",
    "t15"."ks2_writing_higher",
    "t15"."ks2_maths_higher",
    "t15"."ks2_gps_higher",
    "t15"."read_progress",
    "t15"."in_read_progress",
    "t15"."writing_progress",
    "t15"."in_writing_progress",
    "t15"."maths_progress",
    "t15"."in_maths_progress",
    "t15"."read_average",
    "t15"."read_mean",
    "t15"."read_floor",
    "t15"."our_read",
    "t15"."writing_average",
    "t15"."writing_mean",
    "t15"."writing_floor",
    "t15"."our_writing",
    "t15"."maths_average",
    "t15"."maths_mean",
    "t15"."maths_floor",
    CASE
      WHEN COALESCE(
        CASE
          WHEN COALESCE("t15"."school_group", 'mainstream') = 'independent'
          THEN CAST(NULL AS DECIMAL(18, 6))
          ELSE CAST(CAST(CAST("t15"."ks2_maths_score" AS DECIMAL(18, 6)) - "t15"."maths_mean" AS DECIMAL(18, 7)) AS DECIMAL(18, 6))
        END < "t15"."maths_floor",
        FALSE
      )
      THEN "t15"."maths_floor"
      ELSE CASE
        WHEN COALESCE("t15"."school_group", 'mainstream') = 'independent'
        THEN CAST(NULL AS DECIMAL(18, 6))
        ELSE CAST(CAST(CAST("t15"."ks2_maths_score" AS DECIMAL(18, 6)) - "t15"."maths_mean" AS DECIMAL(18, 7)) AS DECIMAL(18, 6))
      END
    END AS "our_maths"
  FROM (
    SELECT
      "t14"."pupil",
      "t14"."year",
      "t14"."upn",
      "t14"."dob",
      "t14"."sex",
      "t14"."laestab",
      "t14"."school_urn",
      "t14"."nftype",
      "t14"."state_funded",
      "t14"."school_group",
      "t14"."ks1_average",
      "t14"."writing_points",
      "t14"."ks2_read_score",
      "t14"."ks2_maths_score",
      "t14"."ks2_gps_score",
      "t14"."ks2_writing",
      "t14"."ks2_read_expected",
      "t14"."ks2_writing_expected",
      "t14"."ks2_maths_expected",
      "t14"."ks2_gps_expected",
      "t14"."ks2_rwm_expected",
      "t14"."ks2_rwm_higher",
      "t14"."ks2_read_higher",
      "t14"."ks2_writing_higher",
      "t14"."ks2_maths_higher",
      "t14"."ks2_gps_higher",
      "t14"."read_progress",
      "t14"."in_read_progress",
      "t14"."writing_progress",
      "t14"."in_writing_progress",
      "t14"."maths_progress",
      "t14"."in_maths_progress",
      "t14"."read_average",
      "t14"."read_mean",
      "t14"."read_floor",
      "t14"."our_read",
      "t14"."writing_average",
      "t14"."writing_mean",
      "t14"."writing_floor",
      "t14"."our_writing",
      "t6"."maths_average",
      "t6"."maths_mean",
      "t6"."maths_floor"
    FROM (
      SELECT
        "t12"."pupil",
        "t12"."year",
        "t12"."upn",
        "t12"."dob",
        "t12"."sex",
        "t12"."laestab",
        "t12"."school_urn",
        "t12"."nftype",
        "t12"."state_funded",
        "t12"."school_group",
        "t12"."ks1_average",
        "t12"."writing_points",
        "t12"."ks2_read_score",
        "t12"."ks2_maths_score",
        "t12"."ks2_gps_score",
        "t12"."ks2_writing",
        "t12"."ks2_read_expected",
        "t12"."ks2_writing_expected",
        "t12"."ks2_maths_expected",
        "t12"."ks2_gps_expected",
        "t12"."ks2_rwm_expected",
        "t12"."ks2_rwm_higher",
        "t12"."ks2_read_higher",
        "t12"."ks2_writing_higher",
        "t12"."ks2_maths_higher",
        "t12"."ks2_gps_higher",
        "t12"."read_progress",
        "t12"."in_read_progress",
        "t12"."writing_progress",
        "t12"."in_writing_progress",
        "t12"."maths_progress",
        "t12"."in_maths_progress",
        "t12"."read_average",
        "t12"."read_mean",
        "t12"."read_floor",
        "t12"."our_read",
        "t12"."writing_average",
        "t12"."writing_mean",
        "t12"."writing_floor",
        CASE
          WHEN COALESCE(
            CASE
              WHEN COALESCE("t12"."school_group", 'mainstream') = 'independent'
              THEN CAST(NULL AS DECIMAL(18, 6))
              ELSE CAST(CAST(CAST("t12"."writing_points" AS DECIMAL(18, 6)) - "t12"."writing_mean" AS DECIMAL(18, 7)) AS DECIMAL(18, 6))
            END < "t12"."writing_floor",
            FALSE
          )
          THEN "t12"."writing_floor"
          ELSE CASE
            WHEN COALESCE("t12"."school_group", 'mainstream') = 'independent'
            THEN CAST(NULL AS DECIMAL(18, 6))
            ELSE CAST(CAST(CAST("t12"."writing_points" AS DECIMAL(18, 6)) - "t12"."writing_mean" AS DECIMAL(18, 7)) AS DECIMAL(18, 6))
          END
        END AS "our_writing"
      FROM (
        SELECT
          "t11"."pupil",
          "t11"."year",
          "t11"."upn",
          "t11"."dob",
          "t11"."sex",
          "t11"."laestab",
          "t11"."school_urn",
          "t11"."nftype",
          "t11"."state_funded",
          "t11"."school_group",
          "t11"."ks1_average",
          "t11"."writing_points",
          "t11"."ks2_read_score",
          "t11"."ks2_maths_score",
          "t11"."ks2_gps_score",
          "t11"."ks2_writing",
          "t11"."ks2_read_expected",
          "t11"."ks2_writing_expected",
          "t11"."ks2_maths_expected",
          "t11"."ks2_gps_expected",
          "t11"."ks2_rwm_expected",
          "t11"."ks2_rwm_higher",
          "t11"."ks2_read_higher",
          "t11"."ks2_writing_higher",
          "t11"."ks2_maths_higher",
          "t11"."ks2_gps_higher",
          "t11"."read_progress",
          "t11"."in_read_progress",
          "t11"."writing_progress",
          "t11"."in_writing_progress",
          "t11"."maths_progress",
          "t11"."in_maths_progress",
          "t11"."read_average",
          "t11"."read_mean",
          "t11"."read_floor",
          "t11"."our_read",
          "t7"."writing_average",
          "t7"."writing_mean",
          "t7"."writing_floor"
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
            "t9"."school_group",
            "t9"."ks1_average",
            "t9"."writing_points",
            "t9"."ks2_read_score",
            "t9"."ks2_maths_score",
            "t9"."ks2_gps_score",
            "t9"."ks2_writing",
            "t9"."ks2_read_expected",
            "t9"."ks2_writing_expected",
            "t9"."ks2_maths_expected",
            "t9"."ks2_gps_expected",
            "t9"."ks2_rwm_expected",
            "t9"."ks2_rwm_higher",
            "t9"."ks2_read_higher",
            "t9"."ks2_writing_higher",
            "t9"."ks2_maths_higher",
            "t9"."ks2_gps_higher",
            "t9"."read_progress",
            "t9"."in_read_progress",
            "t9"."writing_progress",
            "t9"."in_writing_progress",
            "t9"."maths_progress",
            "t9"."in_maths_progress",
            "t9"."read_average",
            "t9"."read_mean",
            "t9"."read_floor",
            CASE
              WHEN COALESCE(
                CASE
                  WHEN COALESCE("t9"."school_group", 'mainstream') = 'independent'
                  THEN CAST(NULL AS DECIMAL(18, 6))
                  ELSE CAST(CAST(CAST("t9"."ks2_read_score" AS DECIMAL(18, 6)) - "t9"."read_mean" AS DECIMAL(18, 7)) AS DECIMAL(18, 6))
                END < "t9"."read_floor",
                FALSE
              )
              THEN "t9"."read_floor"
              ELSE CASE
                WHEN COALESCE("t9"."school_group", 'mainstream') = 'independent'
                THEN CAST(NULL AS DECIMAL(18, 6))
                ELSE CAST(CAST(CAST("t9"."ks2_read_score" AS DECIMAL(18, 6)) - "t9"."read_mean" AS DECIMAL(18, 7)) AS DECIMAL(18, 6))
              END
            END AS "our_read"
          FROM (
            SELECT
              "t2"."pupil",
              "t2"."year",
              "t2"."upn",
              "t2"."dob",
              "t2"."sex",
              "t2"."laestab",
              "t2"."school_urn",
              "t2"."nftype",
              "t2"."state_funded",
              "t2"."school_group",
              "t2"."ks1_average",
              "t2"."writing_points",
              "t2"."ks2_read_score",
              "t2"."ks2_maths_score",
              "t2"."ks2_gps_score",
              "t2"."ks2_writing",
              "t2"."ks2_read_expected",
              "t2"."ks2_writing_expected",
              "t2"."ks2_maths_expected",
              "t2"."ks2_gps_expected",
              "t2"."ks2_rwm_expected",
              "t2"."ks2_rwm_higher",
              "t2"."ks2_read_higher",
              "t2"."ks2_writing_higher",
              "t2"."ks2_maths_higher",
              "t2"."ks2_gps_higher",
              "t2"."read_progress",
              "t2"."in_read_progress",
              "t2"."writing_progress",
              "t2"."in_writing_progress",
              "t2"."maths_progress",
              "t2"."in_maths_progress",
              "t8"."read_average",
              "t8"."read_mean",
              "t8"."read_floor"
            FROM "ks2_assessed" AS "t2"
            LEFT OUTER JOIN (
              SELECT
                "t0"."average" AS "read_average",
                "t0"."estimate" AS "read_mean",
                "t0"."floor" AS "read_floor"
              FROM "ks2_progress_groups" AS "t0"
              WHERE
                "t0"."subject" = 'read'
            ) AS "t8"
              ON "t2"."ks1_average" = "t8"."read_average"
          ) AS "t9"
        ) AS "t11"
        LEFT OUTER JOIN (
          SELECT
            "t0"."average" AS "writing_average",
            "t0"."estimate" AS "writing_mean",
            "t0"."floor" AS "writing_floor"
          FROM "ks2_progress_groups" AS "t0"
          WHERE
            "t0"."subject" = 'writing'
        ) AS "t7"
          ON "t11"."ks1_average" = "t7"."writing_average"
      ) AS "t12"
    ) AS "t14"
    LEFT OUTER JOIN (
      SELECT
        "t0"."average" AS "maths_average",
        "t0"."estimate" AS "maths_mean",
        "t0"."floor" AS "maths_floor"
      FROM "ks2_progress_groups" AS "t0"
      WHERE
        "t0"."subject" = 'maths'
    ) AS "t6"
      ON "t14"."ks1_average" = "t6"."maths_average"
  ) AS "t15"
) AS "t16"
