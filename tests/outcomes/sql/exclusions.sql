SELECT
  "t9"."pupil",
  MAX("t9"."year") AS "year",
  CAST(COALESCE(SUM(CAST("t9"."category" = 'suspension' AS INT)), 0) AS INT) AS "suspensions",
  CAST(COALESCE(SUM(CAST("t9"."category" = 'permanent' AS INT)), 0) AS INT) AS "permanent_exclusions",
  CASE
    WHEN COALESCE(
      BOOL_OR(
        CAST((
          "t9"."category" = 'suspension'
        )
        AND NOT (
          COALESCE(
            "t9"."start_date" BETWEEN MAKE_DATE("t9"."year" - 1, 9, 1) AND MAKE_DATE("t9"."year", 8, 31),
            FALSE
          )
        ) AS BOOLEAN)
      ),
      FALSE
    )
    THEN CAST(NULL AS INT)
    ELSE CAST(CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 9
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 1
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 10
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 2
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 11
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 4
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 12
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 8
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 1
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 16
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 2
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 32
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 3
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 64
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 4
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 128
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 5
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 256
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 6
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 512
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 7
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 1024
      ELSE 0
    END + CASE
      WHEN COALESCE(
        BOOL_OR(
          CAST((
            "t9"."category" = 'suspension'
          )
          AND (
            EXTRACT(MONTH FROM "t9"."start_date") = 8
          ) AS BOOLEAN)
        ),
        FALSE
      )
      THEN 2048
      ELSE 0
    END AS INT)
  END AS "suspension_months"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t7".*
      EXCLUDE ("pupil_of_pmr")
    FROM (
      SELECT
        "t6"."year",
        "t6"."pmr",
        "t6"."upn",
        "t6"."former_upn",
        "t6"."dob",
        "t6"."sex",
        "t6"."laestab",
        "t6"."school_urn",
        "t6"."category",
        "t6"."start_date",
        "t6"."sessions",
        "t6"."reason",
        "t6"."file",
        "t6"."row",
        "t6"."pupil_of_pmr",
        COALESCE("t6"."pupil_of_pmr", "t6"."pmr") AS "pupil"
      FROM (
        SELECT
          "t5".*
          EXCLUDE ("key_pmr")
        FROM (
          SELECT
            "t2"."year",
            "t2"."pmr",
            "t2"."upn",
            "t2"."former_upn",
            "t2"."dob",
            "t2"."sex",
            "t2"."laestab",
            "t2"."school_urn",
            "t2"."category",
            "t2"."start_date",
            "t2"."sessions",
            "t2"."reason",
            "t2"."file",
            "t2"."row",
            "t4"."key_pmr",
            "t4"."pupil_of_pmr"
          FROM "exclusions_now" AS "t2"
          LEFT OUTER JOIN (
            SELECT
              "t1"."identifier" AS "key_pmr",
              "t1"."pupil" AS "pupil_of_pmr"
            FROM "pupil_keys" AS "t1"
            WHERE
              "t1"."kind" = 'pmr' AND "t1"."identifier" <> "t1"."pupil"
          ) AS "t4"
            ON "t2"."pmr" = "t4"."key_pmr"
        ) AS "t5"
      ) AS "t6"
    ) AS "t7"
  ) AS "t8"
  WHERE
    NOT "t8"."pupil" IS NULL
) AS "t9"
GROUP BY
  1
