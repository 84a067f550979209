WITH "t14" AS (
  SELECT
    "t8"."la",
    "t8"."child",
    "t8"."at_home",
    "t8"."code",
    "t8"."in_la",
    "t8"."east",
    "t8"."north",
    "t8"."since",
    "t8"."until",
    "t8"."sector",
    "t8"."district"
  FROM "child_places" AS "t8"
  SEMI JOIN "children_sought" AS "t9"
    ON "t8"."la" = "t9"."la" AND "t8"."child" = "t9"."child"
), "t16" AS (
  SELECT
    "t11"."la",
    "t11"."child",
    "t11"."dob",
    "t11"."sex"
  FROM "child_births" AS "t11"
  SEMI JOIN "children_sought" AS "t9"
    ON "t11"."la" = "t9"."la" AND "t11"."child" = "t9"."child"
)
SELECT
  "t46"."source",
  "t46"."year",
  "t46"."term",
  "t46"."pmr",
  "t46"."upn",
  "t46"."former_upn",
  "t46"."dob",
  "t46"."sex",
  "t46"."laestab",
  "t46"."home",
  "t46"."ethnicity",
  "t46"."sen",
  "t46"."entry_date"
FROM (
  SELECT
    "t37"."source",
    "t37"."year",
    "t37"."term",
    "t37"."pmr",
    "t37"."upn",
    "t37"."former_upn",
    "t37"."dob",
    "t37"."sex",
    "t37"."laestab",
    "t37"."home",
    "t37"."ethnicity",
    "t37"."sen",
    "t37"."entry_date",
    "t37"."in_la",
    "t37"."home_district",
    "t37"."number_head",
    "t37"."number_tail",
    "t45"."dob_1",
    "t45"."sex_1",
    "t45"."la_1",
    "t44"."dob_2",
    "t44"."sex_2",
    "t44"."district_2",
    "t31"."code_3",
    "t42"."head_4",
    "t42"."dob_4",
    "t43"."tail_5",
    "t43"."dob_5"
  FROM (
    SELECT
      "t13"."source",
      "t13"."year",
      "t13"."term",
      "t13"."pmr",
      "t13"."upn",
      "t13"."former_upn",
      "t13"."dob",
      "t13"."sex",
      "t13"."laestab",
      "t13"."home",
      "t13"."ethnicity",
      "t13"."sen",
      "t13"."entry_date",
      COALESCE(
        "t13"."school_la",
        SUBSTRING(
          "t13"."laestab",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t13"."laestab") END,
          3
        )
      ) AS "in_la",
      SUBSTRING(
        CASE
          WHEN LENGTH("t13"."home") < 3
          THEN CAST(NULL AS TEXT)
          WHEN (
            LENGTH("t13"."home") >= 5
          )
          AND NOT (
            RIGHT("t13"."home", 1) BETWEEN '0' AND '9'
          )
          THEN SUBSTRING(
            "t13"."home",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t13"."home") END,
            LENGTH("t13"."home") - 2
          )
          ELSE "t13"."home"
        END,
        CASE
          WHEN (
            0 + 1
          ) >= 1
          THEN 0 + 1
          ELSE 0 + 1 + LENGTH(
            CASE
              WHEN LENGTH("t13"."home") < 3
              THEN CAST(NULL AS TEXT)
              WHEN (
                LENGTH("t13"."home") >= 5
              )
              AND NOT (
                RIGHT("t13"."home", 1) BETWEEN '0' AND '9'
              )
              THEN SUBSTRING(
                "t13"."home",
                CASE WHEN (
                  0 + 1
                ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t13"."home") END,
                LENGTH("t13"."home") - 2
              )
              ELSE "t13"."home"
            END
          )
        END,
        LENGTH(
          CASE
            WHEN LENGTH("t13"."home") < 3
            THEN CAST(NULL AS TEXT)
            WHEN (
              LENGTH("t13"."home") >= 5
            )
            AND NOT (
              RIGHT("t13"."home", 1) BETWEEN '0' AND '9'
            )
            THEN SUBSTRING(
              "t13"."home",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t13"."home") END,
              LENGTH("t13"."home") - 2
            )
            ELSE "t13"."home"
          END
        ) - 1
      ) AS "home_district",
      SUBSTRING(
        "t13"."upn",
        CASE WHEN (
          0 + 1
        ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t13"."upn") END,
        8
      ) AS "number_head",
      RIGHT("t13"."upn", 5) AS "number_tail"
    FROM (
      SELECT
        "t6"."source",
        "t6"."year",
        "t6"."term",
        "t6"."pmr",
        "t6"."upn",
        "t6"."former_upn",
        "t6"."dob",
        "t6"."sex",
        "t6"."laestab",
        "t6"."home",
        "t6"."ethnicity",
        "t6"."sen",
        "t6"."entry_date",
        "t7"."laestab" AS "s_laestab",
        "t7"."school_la",
        "t7"."school_east",
        "t7"."school_north"
      FROM "sightings" AS "t6"
      LEFT OUTER JOIN "known_schools" AS "t7"
        ON "t6"."laestab" = "t7"."laestab"
    ) AS "t13"
    WHERE
      "t13"."dob" IS NOT NULL
  ) AS "t37"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t28"."dob" AS "dob_1",
        "t28"."sex" AS "sex_1",
        "t30"."in_la" AS "la_1"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t17"."la",
            "t17"."child",
            "t17"."in_la"
          FROM "t14" AS "t17"
          WHERE
            "t17"."in_la" IS NOT NULL
        ) AS "t19"
        UNION
        SELECT
          *
        FROM (
          SELECT
            "t3"."la",
            "t3"."child",
            "t3"."la" AS "in_la"
          FROM "children_sought" AS "t3"
        ) AS "t12"
      ) AS "t30"
      INNER JOIN (
        SELECT
          *
        FROM "t16" AS "t18"
        WHERE
          "t18"."dob" IS NOT NULL AND "t18"."sex" IS NOT NULL
      ) AS "t28"
        ON "t30"."la" = "t28"."la" AND "t30"."child" = "t28"."child"
    ) AS "t36"
  ) AS "t45"
    ON "t37"."dob" = "t45"."dob_1"
    AND "t37"."sex" = "t45"."sex_1"
    AND "t37"."in_la" = "t45"."la_1"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t28"."dob" AS "dob_2",
        "t28"."sex" AS "sex_2",
        "t25"."district" AS "district_2"
      FROM (
        SELECT
          *
        FROM "t14" AS "t17"
        WHERE
          "t17"."district" IS NOT NULL
      ) AS "t25"
      INNER JOIN (
        SELECT
          *
        FROM "t16" AS "t18"
        WHERE
          "t18"."dob" IS NOT NULL AND "t18"."sex" IS NOT NULL
      ) AS "t28"
        ON "t25"."la" = "t28"."la" AND "t25"."child" = "t28"."child"
    ) AS "t34"
  ) AS "t44"
    ON "t37"."dob" = "t44"."dob_2"
    AND "t37"."sex" = "t44"."sex_2"
    AND "t37"."home_district" = "t44"."district_2"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      "t17"."code" AS "code_3"
    FROM "t14" AS "t17"
    WHERE
      LENGTH("t17"."code") >= 5
      AND NOT (
        RIGHT("t17"."code", 1) BETWEEN '0' AND '9'
      )
  ) AS "t31"
    ON "t37"."home" = "t31"."code_3"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        SUBSTRING(
          "t26"."upn",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t26"."upn") END,
          8
        ) AS "head_4",
        "t27"."dob" AS "dob_4"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t10"."la",
            "t10"."child",
            "t10"."upn"
          FROM "child_numbers" AS "t10"
          SEMI JOIN "children_sought" AS "t9"
            ON "t10"."la" = "t9"."la" AND "t10"."child" = "t9"."child"
        ) AS "t15"
        WHERE
          LENGTH("t15"."upn") BETWEEN 12 AND 14
      ) AS "t26"
      INNER JOIN (
        SELECT DISTINCT
          "t18"."la",
          "t18"."child",
          "t18"."dob"
        FROM "t16" AS "t18"
        WHERE
          "t18"."dob" IS NOT NULL
      ) AS "t27"
        ON "t26"."la" = "t27"."la" AND "t26"."child" = "t27"."child"
    ) AS "t32"
  ) AS "t42"
    ON "t37"."number_head" = "t42"."head_4" AND "t37"."dob" = "t42"."dob_4"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        RIGHT("t26"."upn", 5) AS "tail_5",
        "t27"."dob" AS "dob_5"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t10"."la",
            "t10"."child",
            "t10"."upn"
          FROM "child_numbers" AS "t10"
          SEMI JOIN "children_sought" AS "t9"
            ON "t10"."la" = "t9"."la" AND "t10"."child" = "t9"."child"
        ) AS "t15"
        WHERE
          LENGTH("t15"."upn") BETWEEN 12 AND 14
      ) AS "t26"
      INNER JOIN (
        SELECT DISTINCT
          "t18"."la",
          "t18"."child",
          "t18"."dob"
        FROM "t16" AS "t18"
        WHERE
          "t18"."dob" IS NOT NULL
      ) AS "t27"
        ON "t26"."la" = "t27"."la" AND "t26"."child" = "t27"."child"
    ) AS "t33"
  ) AS "t43"
    ON "t37"."number_tail" = "t43"."tail_5" AND "t37"."dob" = "t43"."dob_5"
) AS "t46"
WHERE
  (
    "t46"."dob_1" IS NOT NULL
  )
  OR (
    "t46"."dob_2" IS NOT NULL
  )
  OR (
    "t46"."code_3" IS NOT NULL
  )
  OR (
    "t46"."dob_4" IS NOT NULL
  )
  OR (
    "t46"."dob_5" IS NOT NULL
  )
