WITH "t15" AS (
  SELECT
    "t10"."la",
    "t10"."child",
    "t10"."at_home",
    "t10"."code",
    "t10"."in_la",
    "t10"."east",
    "t10"."north",
    "t10"."since",
    "t10"."until",
    "t10"."sector",
    "t10"."district"
  FROM "child_places" AS "t10"
  SEMI JOIN "children_sought" AS "t8"
    ON "t10"."la" = "t8"."la" AND "t10"."child" = "t8"."child"
), "t18" AS (
  SELECT
    "t13"."la",
    "t13"."child",
    "t13"."dob",
    "t13"."sex"
  FROM "child_births" AS "t13"
  SEMI JOIN "children_sought" AS "t8"
    ON "t13"."la" = "t8"."la" AND "t13"."child" = "t8"."child"
), "t31" AS (
  SELECT DISTINCT
    "t19"."code"
  FROM "t15" AS "t19"
  WHERE
    LENGTH("t19"."code") >= 5
    AND NOT (
      RIGHT("t19"."code", 1) BETWEEN '0' AND '9'
    )
)
SELECT
  "t54"."source",
  "t54"."year",
  "t54"."term",
  "t54"."pmr",
  "t54"."upn",
  "t54"."former_upn",
  "t54"."dob",
  "t54"."sex",
  "t54"."laestab",
  "t54"."home",
  "t54"."ethnicity",
  "t54"."sen",
  "t54"."entry_date",
  "t54"."forename",
  "t54"."surname",
  "t54"."uln"
FROM (
  SELECT
    "t53"."source",
    "t53"."year",
    "t53"."term",
    "t53"."pmr",
    "t53"."upn",
    "t53"."former_upn",
    "t53"."dob",
    "t53"."sex",
    "t53"."laestab",
    "t53"."home",
    "t53"."ethnicity",
    "t53"."sen",
    "t53"."entry_date",
    "t53"."forename",
    "t53"."surname",
    "t53"."uln",
    "t53"."in_la",
    "t53"."number_head",
    "t53"."number_tail",
    "t49"."dob_1",
    "t49"."sex_1",
    "t49"."la_1",
    "t48"."dob_2",
    "t48"."sex_2",
    "t48"."sector_2",
    "t38"."code_3",
    "t46"."head_4",
    "t46"."dob_4",
    "t47"."tail_5",
    "t47"."dob_5"
  FROM (
    SELECT
      "t51"."source",
      "t51"."year",
      "t51"."term",
      "t51"."pmr",
      "t51"."upn",
      "t51"."former_upn",
      "t51"."dob",
      "t51"."sex",
      "t51"."laestab",
      "t51"."home",
      "t51"."ethnicity",
      "t51"."sen",
      "t51"."entry_date",
      "t51"."forename",
      "t51"."surname",
      "t51"."uln",
      COALESCE(
        "t51"."school_la",
        SUBSTRING(
          "t51"."laestab",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t51"."laestab") END,
          3
        )
      ) AS "in_la",
      SUBSTRING(
        "t51"."upn",
        CASE WHEN (
          0 + 1
        ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t51"."upn") END,
        8
      ) AS "number_head",
      SUBSTRING(
        "t51"."upn",
        CASE WHEN (
          8 + 1
        ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t51"."upn") END,
        5
      ) AS "number_tail"
    FROM (
      SELECT
        "t50"."source",
        "t50"."year",
        "t50"."term",
        "t50"."pmr",
        "t50"."upn",
        "t50"."former_upn",
        "t50"."dob",
        "t50"."sex",
        "t50"."laestab",
        "t50"."home",
        "t50"."ethnicity",
        "t50"."sen",
        "t50"."entry_date",
        "t50"."forename",
        "t50"."surname",
        "t50"."uln",
        "t7"."laestab" AS "s_laestab",
        "t7"."school_la",
        "t7"."school_east",
        "t7"."school_north"
      FROM (
        SELECT
          "t40"."source",
          "t40"."year",
          "t40"."term",
          "t40"."pmr",
          "t40"."upn",
          "t40"."former_upn",
          "t40"."dob",
          "t40"."sex",
          "t40"."laestab",
          "t40"."home",
          "t40"."ethnicity",
          "t40"."sen",
          "t40"."entry_date",
          "t40"."forename",
          "t40"."surname",
          "t40"."uln"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t9"."source",
              "t9"."year",
              "t9"."term",
              "t9"."pmr",
              "t9"."upn",
              "t9"."former_upn",
              "t9"."dob",
              "t9"."sex",
              "t9"."laestab",
              "t9"."home",
              "t9"."ethnicity",
              "t9"."sen",
              "t9"."entry_date",
              "t9"."forename",
              "t9"."surname",
              "t9"."uln",
              "t12"."born",
              "t12"."schools",
              "t12"."sectors",
              "t12"."heads",
              "t12"."tails"
            FROM "sightings" AS "t9"
            LEFT OUTER JOIN "marks" AS "t12"
              ON "t9"."dob" = "t12"."born"
          ) AS "t17"
          WHERE
            "t17"."home" IN (
              SELECT
                *
              FROM "t31"
            )
            OR (
              (
                "t17"."born" IS NOT NULL
              )
              AND (
                CONTAINS(
                  "t17"."schools",
                  "t17"."sex" || SUBSTRING(
                    "t17"."laestab",
                    CASE WHEN (
                      0 + 1
                    ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t17"."laestab") END,
                    3
                  )
                )
                OR CONTAINS(
                  "t17"."heads",
                  SUBSTRING(
                    "t17"."upn",
                    CASE WHEN (
                      0 + 1
                    ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t17"."upn") END,
                    8
                  )
                )
                OR CONTAINS(
                  "t17"."tails",
                  SUBSTRING(
                    "t17"."upn",
                    CASE WHEN (
                      8 + 1
                    ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t17"."upn") END,
                    5
                  )
                )
                OR CASE
                  WHEN LENGTH("t17"."home") <= 5
                  THEN CONTAINS("t17"."sectors", "t17"."sex" || "t17"."home")
                  ELSE FALSE
                END
              )
            )
        ) AS "t40"
      ) AS "t50"
      LEFT OUTER JOIN "known_schools" AS "t7"
        ON "t50"."laestab" = "t7"."laestab"
    ) AS "t51"
  ) AS "t53"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t30"."dob" AS "dob_1",
        "t30"."sex" AS "sex_1",
        "t32"."in_la" AS "la_1"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t19"."la",
            "t19"."child",
            "t19"."in_la"
          FROM "t15" AS "t19"
          WHERE
            "t19"."in_la" IS NOT NULL
        ) AS "t21"
        UNION
        SELECT
          *
        FROM (
          SELECT
            "t1"."la",
            "t1"."child",
            "t1"."la" AS "in_la"
          FROM "children_sought" AS "t1"
        ) AS "t14"
      ) AS "t32"
      INNER JOIN (
        SELECT
          *
        FROM "t18" AS "t20"
        WHERE
          "t20"."dob" IS NOT NULL AND "t20"."sex" IS NOT NULL
      ) AS "t30"
        ON "t32"."la" = "t30"."la" AND "t32"."child" = "t30"."child"
    ) AS "t39"
  ) AS "t49"
    ON "t53"."dob" = "t49"."dob_1"
    AND "t53"."sex" = "t49"."sex_1"
    AND "t53"."in_la" = "t49"."la_1"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t30"."dob" AS "dob_2",
        "t30"."sex" AS "sex_2",
        "t27"."sector" AS "sector_2"
      FROM (
        SELECT
          *
        FROM "t15" AS "t19"
        WHERE
          "t19"."sector" IS NOT NULL
      ) AS "t27"
      INNER JOIN (
        SELECT
          *
        FROM "t18" AS "t20"
        WHERE
          "t20"."dob" IS NOT NULL AND "t20"."sex" IS NOT NULL
      ) AS "t30"
        ON "t27"."la" = "t30"."la" AND "t27"."child" = "t30"."child"
    ) AS "t37"
  ) AS "t48"
    ON "t53"."dob" = "t48"."dob_2"
    AND "t53"."sex" = "t48"."sex_2"
    AND "t53"."home" = "t48"."sector_2"
  LEFT OUTER JOIN (
    SELECT
      "t33"."code" AS "code_3"
    FROM "t31" AS "t33"
  ) AS "t38"
    ON "t53"."home" = "t38"."code_3"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        SUBSTRING(
          "t28"."upn",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t28"."upn") END,
          8
        ) AS "head_4",
        "t29"."dob" AS "dob_4"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t11"."la",
            "t11"."child",
            "t11"."upn",
            "t11"."before"
          FROM "child_numbers" AS "t11"
          SEMI JOIN "children_sought" AS "t8"
            ON "t11"."la" = "t8"."la" AND "t11"."child" = "t8"."child"
        ) AS "t16"
        WHERE
          LENGTH("t16"."upn") BETWEEN 12 AND 14
      ) AS "t28"
      INNER JOIN (
        SELECT DISTINCT
          "t20"."la",
          "t20"."child",
          "t20"."dob"
        FROM "t18" AS "t20"
        WHERE
          "t20"."dob" IS NOT NULL
      ) AS "t29"
        ON "t28"."la" = "t29"."la" AND "t28"."child" = "t29"."child"
    ) AS "t35"
  ) AS "t46"
    ON "t53"."number_head" = "t46"."head_4" AND "t53"."dob" = "t46"."dob_4"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        SUBSTRING(
          "t28"."upn",
          CASE WHEN (
            8 + 1
          ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t28"."upn") END,
          5
        ) AS "tail_5",
        "t29"."dob" AS "dob_5"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t11"."la",
            "t11"."child",
            "t11"."upn",
            "t11"."before"
          FROM "child_numbers" AS "t11"
          SEMI JOIN "children_sought" AS "t8"
            ON "t11"."la" = "t8"."la" AND "t11"."child" = "t8"."child"
        ) AS "t16"
        WHERE
          LENGTH("t16"."upn") BETWEEN 12 AND 14
      ) AS "t28"
      INNER JOIN (
        SELECT DISTINCT
          "t20"."la",
          "t20"."child",
          "t20"."dob"
        FROM "t18" AS "t20"
        WHERE
          "t20"."dob" IS NOT NULL
      ) AS "t29"
        ON "t28"."la" = "t29"."la" AND "t28"."child" = "t29"."child"
    ) AS "t36"
  ) AS "t47"
    ON "t53"."number_tail" = "t47"."tail_5" AND "t53"."dob" = "t47"."dob_5"
) AS "t54"
WHERE
  (
    "t54"."dob_1" IS NOT NULL
  )
  OR (
    "t54"."dob_2" IS NOT NULL
  )
  OR (
    "t54"."code_3" IS NOT NULL
  )
  OR (
    "t54"."dob_4" IS NOT NULL
  )
  OR (
    "t54"."dob_5" IS NOT NULL
  )
