WITH "t12" AS (
  SELECT
    *
  FROM "pupil_keys" AS "t5"
  WHERE
    "t5"."kind" = 'upn'
)
SELECT
  "t32"."la",
  "t32"."child",
  "t32"."pupil",
  BOOL_OR(CAST("t32"."current" AS BOOLEAN)) AS "current",
  BOOL_OR(CAST("t32"."upn" AS BOOLEAN)) AS "upn",
  BOOL_OR(CAST("t32"."uln" AS BOOLEAN)) AS "uln"
FROM (
  SELECT
    "t31"."la",
    "t31"."child",
    "t31"."pupil",
    "t31"."current",
    "t31"."upn",
    "t31"."uln"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t21"."la",
        "t21"."child",
        "t21"."pupil",
        FALSE AS "current",
        FALSE AS "upn",
        TRUE AS "uln"
      FROM (
        SELECT
          "t9"."la",
          "t9"."child",
          COALESCE("t13"."pmr", "t16"."pupil", "t13"."bearer") AS "pupil"
        FROM (
          SELECT DISTINCT
            "t3"."uln",
            "t3"."pmr",
            "t3"."upn" AS "bearer"
          FROM "near_number" AS "t3"
          WHERE
            "t3"."uln" IS NOT NULL
        ) AS "t13"
        INNER JOIN "child_learners" AS "t9"
          ON "t13"."uln" = "t9"."uln"
        LEFT OUTER JOIN "t12" AS "t16"
          ON "t13"."bearer" = "t16"."identifier"
      ) AS "t21"
      WHERE
        "t21"."pupil" IS NOT NULL
    ) AS "t23"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t27"."la",
          "t27"."child",
          "t27"."pupil",
          TRUE AS "current",
          TRUE AS "upn",
          FALSE AS "uln"
        FROM (
          SELECT
            "t26"."la",
            "t26"."child",
            COALESCE("t17"."pupil", "t26"."upn") AS "pupil"
          FROM (
            SELECT
              "t24"."la",
              "t24"."child",
              "t24"."upn"
            FROM (
              SELECT
                "t8"."la",
                "t8"."child",
                "t8"."upn",
                "t8"."before",
                "t22"."first"
              FROM "child_numbers" AS "t8"
              INNER JOIN (
                SELECT
                  "t18"."upn",
                  MIN("t18"."on") AS "first"
                FROM (
                  SELECT
                    "t3"."source",
                    "t3"."year",
                    "t3"."term",
                    "t3"."pmr",
                    "t3"."upn",
                    "t3"."former_upn",
                    "t3"."dob",
                    "t3"."sex",
                    "t3"."laestab",
                    "t3"."home",
                    "t3"."ethnicity",
                    "t3"."sen",
                    "t3"."entry_date",
                    "t3"."fsm",
                    "t3"."forename",
                    "t3"."surname",
                    "t3"."uln",
                    CASE
                      WHEN "t3"."term" = 'autumn'
                      THEN MAKE_DATE(CAST("t3"."year" - 1 AS INT), 10, 5)
                      WHEN "t3"."term" = 'summer'
                      THEN MAKE_DATE("t3"."year", 5, 18)
                      ELSE MAKE_DATE("t3"."year", 1, 18)
                    END AS "on"
                  FROM "near_number" AS "t3"
                  WHERE
                    "t3"."upn" IS NOT NULL
                ) AS "t18"
                GROUP BY
                  1
              ) AS "t22"
                ON "t8"."upn" = "t22"."upn"
            ) AS "t24"
            WHERE
              (
                "t24"."before" IS NULL
              ) OR (
                "t24"."first" < "t24"."before"
              )
          ) AS "t26"
          LEFT OUTER JOIN "t12" AS "t17"
            ON "t26"."upn" = "t17"."identifier"
        ) AS "t27"
      ) AS "t28"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t8"."la",
          "t8"."child",
          "t14"."pupil",
          FALSE AS "current",
          TRUE AS "upn",
          FALSE AS "uln"
        FROM "child_numbers" AS "t8"
        INNER JOIN (
          SELECT
            *
          FROM "pupil_keys" AS "t5"
          WHERE
            "t5"."kind" = 'former_upn'
        ) AS "t14"
          ON "t8"."upn" = "t14"."identifier"
      ) AS "t19"
    ) AS "t29"
  ) AS "t31"
  ANTI JOIN "children_hidden" AS "t6"
    ON "t31"."la" = "t6"."la" AND "t31"."child" = "t6"."child"
  ANTI JOIN "pairs_refused" AS "t7"
    ON "t31"."la" = "t7"."la"
    AND "t31"."child" = "t7"."child"
    AND "t31"."pupil" = "t7"."pupil"
) AS "t32"
GROUP BY
  1,
  2,
  3
