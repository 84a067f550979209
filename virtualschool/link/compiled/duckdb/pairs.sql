SELECT
  "t22"."la",
  "t22"."child",
  "t22"."pupil",
  BOOL_OR(CAST("t22"."current" AS BOOLEAN)) AS "current"
FROM (
  SELECT
    "t21"."la",
    "t21"."child",
    "t21"."pupil",
    "t21"."current"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t18"."la",
        "t18"."child",
        COALESCE("t10"."pupil", "t18"."upn") AS "pupil",
        TRUE AS "current"
      FROM (
        SELECT
          "t16"."la",
          "t16"."child",
          "t16"."upn"
        FROM (
          SELECT
            "t6"."la",
            "t6"."child",
            "t6"."upn",
            "t6"."before",
            "t15"."first"
          FROM "child_numbers" AS "t6"
          ANTI JOIN "children_hidden" AS "t7"
            ON "t6"."la" = "t7"."la" AND "t6"."child" = "t7"."child"
          INNER JOIN (
            SELECT
              "t12"."upn",
              MIN("t12"."on") AS "first"
            FROM (
              SELECT
                "t4"."source",
                "t4"."year",
                "t4"."term",
                "t4"."pmr",
                "t4"."upn",
                "t4"."former_upn",
                "t4"."dob",
                "t4"."sex",
                "t4"."laestab",
                "t4"."home",
                "t4"."ethnicity",
                "t4"."sen",
                "t4"."entry_date",
                CASE
                  WHEN "t4"."term" = 'autumn'
                  THEN MAKE_DATE(CAST("t4"."year" - 1 AS INT), 10, 5)
                  WHEN "t4"."term" = 'summer'
                  THEN MAKE_DATE("t4"."year", 5, 18)
                  ELSE MAKE_DATE("t4"."year", 1, 18)
                END AS "on"
              FROM "near_number" AS "t4"
              WHERE
                "t4"."upn" IS NOT NULL
            ) AS "t12"
            GROUP BY
              1
          ) AS "t15"
            ON "t6"."upn" = "t15"."upn"
        ) AS "t16"
        WHERE
          (
            "t16"."before" IS NULL
          ) OR (
            "t16"."first" < "t16"."before"
          )
      ) AS "t18"
      LEFT OUTER JOIN (
        SELECT
          *
        FROM "pupil_keys" AS "t3"
        WHERE
          "t3"."kind" = 'upn'
      ) AS "t10"
        ON "t18"."upn" = "t10"."identifier"
    ) AS "t19"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t6"."la",
        "t6"."child",
        "t11"."pupil",
        FALSE AS "current"
      FROM "child_numbers" AS "t6"
      ANTI JOIN "children_hidden" AS "t7"
        ON "t6"."la" = "t7"."la" AND "t6"."child" = "t7"."child"
      INNER JOIN (
        SELECT
          *
        FROM "pupil_keys" AS "t3"
        WHERE
          "t3"."kind" = 'former_upn'
      ) AS "t11"
        ON "t6"."upn" = "t11"."identifier"
    ) AS "t13"
  ) AS "t21"
  ANTI JOIN "pairs_refused" AS "t5"
    ON "t21"."la" = "t5"."la"
    AND "t21"."child" = "t5"."child"
    AND "t21"."pupil" = "t5"."pupil"
) AS "t22"
GROUP BY
  1,
  2,
  3
