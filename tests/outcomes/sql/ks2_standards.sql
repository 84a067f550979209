SELECT
  "t21"."pupil",
  TRY_CAST(CASE
    WHEN REGEXP_MATCHES("t21"."read_result", '^[0-9]+$')
    THEN "t21"."read_result"
    ELSE CAST(NULL AS TEXT)
  END AS INT) AS "ks2_read_score",
  TRY_CAST(CASE
    WHEN REGEXP_MATCHES("t21"."maths_result", '^[0-9]+$')
    THEN "t21"."maths_result"
    ELSE CAST(NULL AS TEXT)
  END AS INT) AS "ks2_maths_score",
  TRY_CAST(CASE
    WHEN REGEXP_MATCHES("t21"."gps_result", '^[0-9]+$')
    THEN "t21"."gps_result"
    ELSE CAST(NULL AS TEXT)
  END AS INT) AS "ks2_gps_score",
  "t21"."writing_result" AS "ks2_writing",
  CASE
    WHEN COALESCE(NOT (
      "t21"."read_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."read_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE COALESCE(
      "t21"."read_expected",
      CASE
        WHEN "t21"."read_counts"
        THEN "t21"."read_reached"
        ELSE CAST(NULL AS BOOLEAN)
      END
    )
  END AS "ks2_read_expected",
  CASE
    WHEN COALESCE(NOT (
      "t21"."writing_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."writing_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE COALESCE(
      "t21"."writing_expected",
      CASE
        WHEN "t21"."writing_counts"
        THEN "t21"."writing_reached"
        ELSE CAST(NULL AS BOOLEAN)
      END
    )
  END AS "ks2_writing_expected",
  CASE
    WHEN COALESCE(NOT (
      "t21"."maths_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."maths_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE COALESCE(
      "t21"."maths_expected",
      CASE
        WHEN "t21"."maths_counts"
        THEN "t21"."maths_reached"
        ELSE CAST(NULL AS BOOLEAN)
      END
    )
  END AS "ks2_maths_expected",
  CASE
    WHEN COALESCE(NOT (
      "t21"."gps_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."gps_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE COALESCE(
      "t21"."gps_expected",
      CASE WHEN "t21"."gps_counts" THEN "t21"."gps_reached" ELSE CAST(NULL AS BOOLEAN) END
    )
  END AS "ks2_gps_expected",
  CASE
    WHEN COALESCE(NOT (
      "t21"."rwm_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."rwm_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE COALESCE(
      "t21"."rwm_expected",
      CASE
        WHEN (
          NOT CASE
            WHEN COALESCE(NOT (
              "t21"."read_eligible"
            ), FALSE)
            OR COALESCE(NOT (
              "t21"."read_valid"
            ), FALSE)
            THEN CAST(NULL AS BOOLEAN)
            ELSE COALESCE(
              "t21"."read_expected",
              CASE
                WHEN "t21"."read_counts"
                THEN "t21"."read_reached"
                ELSE CAST(NULL AS BOOLEAN)
              END
            )
          END IS NULL
        )
        AND (
          NOT CASE
            WHEN COALESCE(NOT (
              "t21"."writing_eligible"
            ), FALSE)
            OR COALESCE(NOT (
              "t21"."writing_valid"
            ), FALSE)
            THEN CAST(NULL AS BOOLEAN)
            ELSE COALESCE(
              "t21"."writing_expected",
              CASE
                WHEN "t21"."writing_counts"
                THEN "t21"."writing_reached"
                ELSE CAST(NULL AS BOOLEAN)
              END
            )
          END IS NULL
        )
        AND (
          NOT CASE
            WHEN COALESCE(NOT (
              "t21"."maths_eligible"
            ), FALSE)
            OR COALESCE(NOT (
              "t21"."maths_valid"
            ), FALSE)
            THEN CAST(NULL AS BOOLEAN)
            ELSE COALESCE(
              "t21"."maths_expected",
              CASE
                WHEN "t21"."maths_counts"
                THEN "t21"."maths_reached"
                ELSE CAST(NULL AS BOOLEAN)
              END
            )
          END IS NULL
        )
        THEN CASE
          WHEN COALESCE(NOT (
            "t21"."read_eligible"
          ), FALSE)
          OR COALESCE(NOT (
            "t21"."read_valid"
          ), FALSE)
          THEN CAST(NULL AS BOOLEAN)
          ELSE COALESCE(
            "t21"."read_expected",
            CASE
              WHEN "t21"."read_counts"
              THEN "t21"."read_reached"
              ELSE CAST(NULL AS BOOLEAN)
            END
          )
        END
        AND CASE
          WHEN COALESCE(NOT (
            "t21"."writing_eligible"
          ), FALSE)
          OR COALESCE(NOT (
            "t21"."writing_valid"
          ), FALSE)
          THEN CAST(NULL AS BOOLEAN)
          ELSE COALESCE(
            "t21"."writing_expected",
            CASE
              WHEN "t21"."writing_counts"
              THEN "t21"."writing_reached"
              ELSE CAST(NULL AS BOOLEAN)
            END
          )
        END
        AND CASE
          WHEN COALESCE(NOT (
            "t21"."maths_eligible"
          ), FALSE)
          OR COALESCE(NOT (
            "t21"."maths_valid"
          ), FALSE)
          THEN CAST(NULL AS BOOLEAN)
          ELSE COALESCE(
            "t21"."maths_expected",
            CASE
              WHEN "t21"."maths_counts"
              THEN "t21"."maths_reached"
              ELSE CAST(NULL AS BOOLEAN)
            END
          )
        END
        ELSE CAST(NULL AS BOOLEAN)
      END
    )
  END AS "ks2_rwm_expected",
  CASE
    WHEN COALESCE(NOT (
      "t21"."rwm_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."rwm_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE COALESCE(
      "t21"."rwm_higher",
      CASE
        WHEN (
          NOT CASE
            WHEN COALESCE(NOT (
              "t21"."read_eligible"
            ), FALSE)
            OR COALESCE(NOT (
              "t21"."read_valid"
            ), FALSE)
            THEN CAST(NULL AS BOOLEAN)
            ELSE COALESCE(
              "t21"."read_higher",
              CASE WHEN "t21"."read_counts" THEN "t21"."read_high" ELSE CAST(NULL AS BOOLEAN) END
            )
          END IS NULL
        )
        AND (
          NOT CASE
            WHEN COALESCE(NOT (
              "t21"."writing_eligible"
            ), FALSE)
            OR COALESCE(NOT (
              "t21"."writing_valid"
            ), FALSE)
            THEN CAST(NULL AS BOOLEAN)
            ELSE CASE
              WHEN "t21"."writing_counts"
              THEN "t21"."writing_high"
              ELSE CAST(NULL AS BOOLEAN)
            END
          END IS NULL
        )
        AND (
          NOT CASE
            WHEN COALESCE(NOT (
              "t21"."maths_eligible"
            ), FALSE)
            OR COALESCE(NOT (
              "t21"."maths_valid"
            ), FALSE)
            THEN CAST(NULL AS BOOLEAN)
            ELSE COALESCE(
              "t21"."maths_higher",
              CASE
                WHEN "t21"."maths_counts"
                THEN "t21"."maths_high"
                ELSE CAST(NULL AS BOOLEAN)
              END
            )
          END IS NULL
        )
        THEN CASE
          WHEN COALESCE(NOT (
            "t21"."read_eligible"
          ), FALSE)
          OR COALESCE(NOT (
            "t21"."read_valid"
          ), FALSE)
          THEN CAST(NULL AS BOOLEAN)
          ELSE COALESCE(
            "t21"."read_higher",
            CASE WHEN "t21"."read_counts" THEN "t21"."read_high" ELSE CAST(NULL AS BOOLEAN) END
          )
        END
        AND CASE
          WHEN COALESCE(NOT (
            "t21"."writing_eligible"
          ), FALSE)
          OR COALESCE(NOT (
            "t21"."writing_valid"
          ), FALSE)
          THEN CAST(NULL AS BOOLEAN)
          ELSE CASE
            WHEN "t21"."writing_counts"
            THEN "t21"."writing_high"
            ELSE CAST(NULL AS BOOLEAN)
          END
        END
        AND CASE
          WHEN COALESCE(NOT (
            "t21"."maths_eligible"
          ), FALSE)
          OR COALESCE(NOT (
            "t21"."maths_valid"
          ), FALSE)
          THEN CAST(NULL AS BOOLEAN)
          ELSE COALESCE(
            "t21"."maths_higher",
            CASE
              WHEN "t21"."maths_counts"
              THEN "t21"."maths_high"
              ELSE CAST(NULL AS BOOLEAN)
            END
          )
        END
        ELSE CAST(NULL AS BOOLEAN)
      END
    )
  END AS "ks2_rwm_higher",
  CASE
    WHEN COALESCE(NOT (
      "t21"."read_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."read_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE COALESCE(
      "t21"."read_higher",
      CASE WHEN "t21"."read_counts" THEN "t21"."read_high" ELSE CAST(NULL AS BOOLEAN) END
    )
  END AS "ks2_read_higher",
  CASE
    WHEN COALESCE(NOT (
      "t21"."writing_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."writing_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE CASE
      WHEN "t21"."writing_counts"
      THEN "t21"."writing_high"
      ELSE CAST(NULL AS BOOLEAN)
    END
  END AS "ks2_writing_higher",
  CASE
    WHEN COALESCE(NOT (
      "t21"."maths_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."maths_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE COALESCE(
      "t21"."maths_higher",
      CASE
        WHEN "t21"."maths_counts"
        THEN "t21"."maths_high"
        ELSE CAST(NULL AS BOOLEAN)
      END
    )
  END AS "ks2_maths_higher",
  CASE
    WHEN COALESCE(NOT (
      "t21"."gps_eligible"
    ), FALSE)
    OR COALESCE(NOT (
      "t21"."gps_valid"
    ), FALSE)
    THEN CAST(NULL AS BOOLEAN)
    ELSE COALESCE(
      "t21"."gps_higher",
      CASE WHEN "t21"."gps_counts" THEN "t21"."gps_high" ELSE CAST(NULL AS BOOLEAN) END
    )
  END AS "ks2_gps_higher"
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
    "t20"."read_result",
    "t20"."maths_result",
    "t20"."gps_result",
    "t20"."writing_result",
    "t20"."science_result",
    "t20"."read_expected",
    "t20"."maths_expected",
    "t20"."gps_expected",
    "t20"."writing_expected",
    "t20"."rwm_expected",
    "t20"."rwm_higher",
    "t20"."read_higher",
    "t20"."maths_higher",
    "t20"."gps_higher",
    "t20"."read_eligible",
    "t20"."maths_eligible",
    "t20"."gps_eligible",
    "t20"."writing_eligible",
    "t20"."rwm_eligible",
    "t20"."read_valid",
    "t20"."maths_valid",
    "t20"."gps_valid",
    "t20"."writing_valid",
    "t20"."rwm_valid",
    "t20"."read_progress",
    "t20"."writing_progress",
    "t20"."maths_progress",
    "t20"."in_read_progress",
    "t20"."in_writing_progress",
    "t20"."in_maths_progress",
    "t20"."ks1_reading_points",
    "t20"."ks1_writing_points",
    "t20"."ks1_maths_points",
    "t20"."school_type",
    "t20"."file",
    "t20"."row",
    "t20"."pupil",
    "t20"."read_code",
    "t20"."read_counts",
    "t20"."read_reached",
    "t20"."read_high",
    "t20"."read_points",
    "t20"."maths_code",
    "t20"."maths_counts",
    "t20"."maths_reached",
    "t20"."maths_high",
    "t20"."maths_points",
    "t20"."gps_code",
    "t20"."gps_counts",
    "t20"."gps_reached",
    "t20"."gps_high",
    "t20"."gps_points",
    "t6"."writing_code",
    "t6"."writing_counts",
    "t6"."writing_reached",
    "t6"."writing_high",
    "t6"."writing_points"
  FROM (
    SELECT
      "t18"."year",
      "t18"."pmr",
      "t18"."upn",
      "t18"."former_upn",
      "t18"."dob",
      "t18"."sex",
      "t18"."laestab",
      "t18"."school_urn",
      "t18"."read_result",
      "t18"."maths_result",
      "t18"."gps_result",
      REGEXP_REPLACE(UPPER(TRIM("t18"."writing_result", ' 	
')), '\.0+$', '', 'g') AS "writing_result",
      "t18"."science_result",
      "t18"."read_expected",
      "t18"."maths_expected",
      "t18"."gps_expected",
      "t18"."writing_expected",
      "t18"."rwm_expected",
      "t18"."rwm_higher",
      "t18"."read_higher",
      "t18"."maths_higher",
      "t18"."gps_higher",
      "t18"."read_eligible",
      "t18"."maths_eligible",
      "t18"."gps_eligible",
      "t18"."writing_eligible",
      "t18"."rwm_eligible",
      "t18"."read_valid",
      "t18"."maths_valid",
      "t18"."gps_valid",
      "t18"."writing_valid",
      "t18"."rwm_valid",
      "t18"."read_progress",
      "t18"."writing_progress",
      "t18"."maths_progress",
      "t18"."in_read_progress",
      "t18"."in_writing_progress",
      "t18"."in_maths_progress",
      "t18"."ks1_reading_points",
      "t18"."ks1_writing_points",
      "t18"."ks1_maths_points",
      "t18"."school_type",
      "t18"."file",
      "t18"."row",
      "t18"."pupil",
      "t18"."read_code",
      "t18"."read_counts",
      "t18"."read_reached",
      "t18"."read_high",
      "t18"."read_points",
      "t18"."maths_code",
      "t18"."maths_counts",
      "t18"."maths_reached",
      "t18"."maths_high",
      "t18"."maths_points",
      "t18"."gps_code",
      "t18"."gps_counts",
      "t18"."gps_reached",
      "t18"."gps_high",
      "t18"."gps_points"
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
        "t17"."read_result",
        "t17"."maths_result",
        "t17"."gps_result",
        "t17"."writing_result",
        "t17"."science_result",
        "t17"."read_expected",
        "t17"."maths_expected",
        "t17"."gps_expected",
        "t17"."writing_expected",
        "t17"."rwm_expected",
        "t17"."rwm_higher",
        "t17"."read_higher",
        "t17"."maths_higher",
        "t17"."gps_higher",
        "t17"."read_eligible",
        "t17"."maths_eligible",
        "t17"."gps_eligible",
        "t17"."writing_eligible",
        "t17"."rwm_eligible",
        "t17"."read_valid",
        "t17"."maths_valid",
        "t17"."gps_valid",
        "t17"."writing_valid",
        "t17"."rwm_valid",
        "t17"."read_progress",
        "t17"."writing_progress",
        "t17"."maths_progress",
        "t17"."in_read_progress",
        "t17"."in_writing_progress",
        "t17"."in_maths_progress",
        "t17"."ks1_reading_points",
        "t17"."ks1_writing_points",
        "t17"."ks1_maths_points",
        "t17"."school_type",
        "t17"."file",
        "t17"."row",
        "t17"."pupil",
        "t17"."read_code",
        "t17"."read_counts",
        "t17"."read_reached",
        "t17"."read_high",
        "t17"."read_points",
        "t17"."maths_code",
        "t17"."maths_counts",
        "t17"."maths_reached",
        "t17"."maths_high",
        "t17"."maths_points",
        "t7"."gps_code",
        "t7"."gps_counts",
        "t7"."gps_reached",
        "t7"."gps_high",
        "t7"."gps_points"
      FROM (
        SELECT
          "t15"."year",
          "t15"."pmr",
          "t15"."upn",
          "t15"."former_upn",
          "t15"."dob",
          "t15"."sex",
          "t15"."laestab",
          "t15"."school_urn",
          "t15"."read_result",
          "t15"."maths_result",
          REGEXP_REPLACE(UPPER(TRIM("t15"."gps_result", ' 	
')), '\.0+$', '', 'g') AS "gps_result",
          "t15"."writing_result",
          "t15"."science_result",
          "t15"."read_expected",
          "t15"."maths_expected",
          "t15"."gps_expected",
          "t15"."writing_expected",
          "t15"."rwm_expected",
          "t15"."rwm_higher",
          "t15"."read_higher",
          "t15"."maths_higher",
          "t15"."gps_higher",
          "t15"."read_eligible",
          "t15"."maths_eligible",
          "t15"."gps_eligible",
          "t15"."writing_eligible",
          "t15"."rwm_eligible",
          "t15"."read_valid",
          "t15"."maths_valid",
          "t15"."gps_valid",
          "t15"."writing_valid",
          "t15"."rwm_valid",
          "t15"."read_progress",
          "t15"."writing_progress",
          "t15"."maths_progress",
          "t15"."in_read_progress",
          "t15"."in_writing_progress",
          "t15"."in_maths_progress",
          "t15"."ks1_reading_points",
          "t15"."ks1_writing_points",
          "t15"."ks1_maths_points",
          "t15"."school_type",
          "t15"."file",
          "t15"."row",
          "t15"."pupil",
          "t15"."read_code",
          "t15"."read_counts",
          "t15"."read_reached",
          "t15"."read_high",
          "t15"."read_points",
          "t15"."maths_code",
          "t15"."maths_counts",
          "t15"."maths_reached",
          "t15"."maths_high",
          "t15"."maths_points"
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
            "t14"."read_result",
            "t14"."maths_result",
            "t14"."gps_result",
            "t14"."writing_result",
            "t14"."science_result",
            "t14"."read_expected",
            "t14"."maths_expected",
            "t14"."gps_expected",
            "t14"."writing_expected",
            "t14"."rwm_expected",
            "t14"."rwm_higher",
            "t14"."read_higher",
            "t14"."maths_higher",
            "t14"."gps_higher",
            "t14"."read_eligible",
            "t14"."maths_eligible",
            "t14"."gps_eligible",
            "t14"."writing_eligible",
            "t14"."rwm_eligible",
            "t14"."read_valid",
            "t14"."maths_valid",
            "t14"."gps_valid",
            "t14"."writing_valid",
            "t14"."rwm_valid",
            "t14"."read_progress",
            "t14"."writing_progress",
            "t14"."maths_progress",
            "t14"."in_read_progress",
            "t14"."in_writing_progress",
            "t14"."in_maths_progress",
            "t14"."ks1_reading_points",
            "t14"."ks1_writing_points",
            "t14"."ks1_maths_points",
            "t14"."school_type",
            "t14"."file",
            "t14"."row",
            "t14"."pupil",
            "t14"."read_code",
            "t14"."read_counts",
            "t14"."read_reached",
            "t14"."read_high",
            "t14"."read_points",
            "t8"."maths_code",
            "t8"."maths_counts",
            "t8"."maths_reached",
            "t8"."maths_high",
            "t8"."maths_points"
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
              "t12"."read_result",
              REGEXP_REPLACE(UPPER(TRIM("t12"."maths_result", ' 	
')), '\.0+$', '', 'g') AS "maths_result",
              "t12"."gps_result",
              "t12"."writing_result",
              "t12"."science_result",
              "t12"."read_expected",
              "t12"."maths_expected",
              "t12"."gps_expected",
              "t12"."writing_expected",
              "t12"."rwm_expected",
              "t12"."rwm_higher",
              "t12"."read_higher",
              "t12"."maths_higher",
              "t12"."gps_higher",
              "t12"."read_eligible",
              "t12"."maths_eligible",
              "t12"."gps_eligible",
              "t12"."writing_eligible",
              "t12"."rwm_eligible",
              "t12"."read_valid",
              "t12"."maths_valid",
              "t12"."gps_valid",
              "t12"."writing_valid",
              "t12"."rwm_valid",
              "t12"."read_progress",
              "t12"."writing_progress",
              "t12"."maths_progress",
              "t12"."in_read_progress",
              "t12"."in_writing_progress",
              "t12"."in_maths_progress",
              "t12"."ks1_reading_points",
              "t12"."ks1_writing_points",
              "t12"."ks1_maths_points",
              "t12"."school_type",
              "t12"."file",
              "t12"."row",
              "t12"."pupil",
              "t12"."read_code",
              "t12"."read_counts",
              "t12"."read_reached",
              "t12"."read_high",
              "t12"."read_points"
            FROM (
              SELECT
                "t11"."year",
                "t11"."pmr",
                "t11"."upn",
                "t11"."former_upn",
                "t11"."dob",
                "t11"."sex",
                "t11"."laestab",
                "t11"."school_urn",
                "t11"."read_result",
                "t11"."maths_result",
                "t11"."gps_result",
                "t11"."writing_result",
                "t11"."science_result",
                "t11"."read_expected",
                "t11"."maths_expected",
                "t11"."gps_expected",
                "t11"."writing_expected",
                "t11"."rwm_expected",
                "t11"."rwm_higher",
                "t11"."read_higher",
                "t11"."maths_higher",
                "t11"."gps_higher",
                "t11"."read_eligible",
                "t11"."maths_eligible",
                "t11"."gps_eligible",
                "t11"."writing_eligible",
                "t11"."rwm_eligible",
                "t11"."read_valid",
                "t11"."maths_valid",
                "t11"."gps_valid",
                "t11"."writing_valid",
                "t11"."rwm_valid",
                "t11"."read_progress",
                "t11"."writing_progress",
                "t11"."maths_progress",
                "t11"."in_read_progress",
                "t11"."in_writing_progress",
                "t11"."in_maths_progress",
                "t11"."ks1_reading_points",
                "t11"."ks1_writing_points",
                "t11"."ks1_maths_points",
                "t11"."school_type",
                "t11"."file",
                "t11"."row",
                "t11"."pupil",
                "t9"."read_code",
                "t9"."read_counts",
                "t9"."read_reached",
                "t9"."read_high",
                "t9"."read_points"
              FROM (
                SELECT
                  "t1"."year",
                  "t1"."pmr",
                  "t1"."upn",
                  "t1"."former_upn",
                  "t1"."dob",
                  "t1"."sex",
                  "t1"."laestab",
                  "t1"."school_urn",
                  REGEXP_REPLACE(UPPER(TRIM("t1"."read_result", ' 	
')), '\.0+$', '', 'g') AS "read_result",
                  "t1"."maths_result",
                  "t1"."gps_result",
                  "t1"."writing_result",
                  "t1"."science_result",
                  "t1"."read_expected",
                  "t1"."maths_expected",
                  "t1"."gps_expected",
                  "t1"."writing_expected",
                  "t1"."rwm_expected",
                  "t1"."rwm_higher",
                  "t1"."read_higher",
                  "t1"."maths_higher",
                  "t1"."gps_higher",
                  "t1"."read_eligible",
                  "t1"."maths_eligible",
                  "t1"."gps_eligible",
                  "t1"."writing_eligible",
                  "t1"."rwm_eligible",
                  "t1"."read_valid",
                  "t1"."maths_valid",
                  "t1"."gps_valid",
                  "t1"."writing_valid",
                  "t1"."rwm_valid",
                  "t1"."read_progress",
                  "t1"."writing_progress",
                  "t1"."maths_progress",
                  "t1"."in_read_progress",
                  "t1"."in_writing_progress",
                  "t1"."in_maths_progress",
                  "t1"."ks1_reading_points",
                  "t1"."ks1_writing_points",
                  "t1"."ks1_maths_points",
                  "t1"."school_type",
                  "t1"."file",
                  "t1"."row",
                  "t1"."pmr" AS "pupil"
                FROM "ks2" AS "t1"
              ) AS "t11"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."code" AS "read_code",
                  "t0"."counts" AS "read_counts",
                  "t0"."expected" AS "read_reached",
                  "t0"."higher" AS "read_high",
                  "t0"."writing_points" AS "read_points"
                FROM "ks2_outcome_codes" AS "t0"
              ) AS "t9"
                ON "t11"."read_result" = "t9"."read_code"
            ) AS "t12"
          ) AS "t14"
          LEFT OUTER JOIN (
            SELECT
              "t0"."code" AS "maths_code",
              "t0"."counts" AS "maths_counts",
              "t0"."expected" AS "maths_reached",
              "t0"."higher" AS "maths_high",
              "t0"."writing_points" AS "maths_points"
            FROM "ks2_outcome_codes" AS "t0"
          ) AS "t8"
            ON "t14"."maths_result" = "t8"."maths_code"
        ) AS "t15"
      ) AS "t17"
      LEFT OUTER JOIN (
        SELECT
          "t0"."code" AS "gps_code",
          "t0"."counts" AS "gps_counts",
          "t0"."expected" AS "gps_reached",
          "t0"."higher" AS "gps_high",
          "t0"."writing_points" AS "gps_points"
        FROM "ks2_outcome_codes" AS "t0"
      ) AS "t7"
        ON "t17"."gps_result" = "t7"."gps_code"
    ) AS "t18"
  ) AS "t20"
  LEFT OUTER JOIN (
    SELECT
      "t0"."code" AS "writing_code",
      "t0"."counts" AS "writing_counts",
      "t0"."expected" AS "writing_reached",
      "t0"."higher" AS "writing_high",
      "t0"."writing_points"
    FROM "ks2_outcome_codes" AS "t0"
  ) AS "t6"
    ON "t20"."writing_result" = "t6"."writing_code"
) AS "t21"
