WITH "t13" AS (
  SELECT
    "t8"."la",
    "t8"."child",
    "t8"."dob",
    "t8"."sex"
  FROM "child_births" AS "t8"
  SEMI JOIN "children_sought" AS "t7"
    ON "t8"."la" = "t7"."la" AND "t8"."child" = "t7"."child"
), "t14" AS (
  SELECT
    "t9"."la",
    "t9"."child",
    "t9"."at_home",
    "t9"."code",
    "t9"."in_la",
    "t9"."east",
    "t9"."north",
    "t9"."since",
    "t9"."until",
    "t9"."sector",
    "t9"."district"
  FROM "child_places" AS "t9"
  SEMI JOIN "children_sought" AS "t7"
    ON "t9"."la" = "t7"."la" AND "t9"."child" = "t7"."child"
), "t28" AS (
  SELECT
    *
  FROM (
    SELECT
      "t16"."la",
      "t16"."child",
      "t16"."in_la"
    FROM "t14" AS "t16"
    WHERE
      "t16"."in_la" IS NOT NULL
  ) AS "t22"
  UNION
  SELECT
    *
  FROM (
    SELECT
      "t3"."la",
      "t3"."child",
      "t3"."la" AS "in_la"
    FROM "children_sought" AS "t3"
  ) AS "t10"
), "t34" AS (
  SELECT
    "t23"."la",
    "t23"."child",
    "t23"."upn",
    "t23"."before",
    "t24"."dob"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t6"."la",
        "t6"."child",
        "t6"."upn",
        "t6"."before"
      FROM "child_numbers" AS "t6"
      SEMI JOIN "children_sought" AS "t7"
        ON "t6"."la" = "t7"."la" AND "t6"."child" = "t7"."child"
    ) AS "t12"
    WHERE
      LENGTH("t12"."upn") BETWEEN 12 AND 14
  ) AS "t23"
  INNER JOIN (
    SELECT DISTINCT
      "t15"."la",
      "t15"."child",
      "t15"."dob"
    FROM "t13" AS "t15"
    WHERE
      "t15"."dob" IS NOT NULL
  ) AS "t24"
    ON "t23"."la" = "t24"."la" AND "t23"."child" = "t24"."child"
), "t39" AS (
  SELECT
    "t31"."la",
    "t31"."child",
    "t31"."home",
    "t25"."dob",
    "t25"."sex"
  FROM (
    SELECT
      "t16"."la",
      "t16"."child",
      "t16"."code" AS "home"
    FROM "t14" AS "t16"
    WHERE
      LENGTH("t16"."code") >= 5
      AND NOT (
        RIGHT("t16"."code", 1) BETWEEN '0' AND '9'
      )
  ) AS "t31"
  INNER JOIN (
    SELECT
      *
    FROM "t13" AS "t15"
    WHERE
      "t15"."dob" IS NOT NULL
  ) AS "t25"
    ON "t31"."la" = "t25"."la" AND "t31"."child" = "t25"."child"
)
SELECT
  *
FROM (
  SELECT
    *
  FROM "sightings" AS "t0"
  WHERE
    HASH(
      "t0"."dob",
      "t0"."sex",
      SUBSTRING(
        "t0"."laestab",
        CASE WHEN (
          0 + 1
        ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t0"."laestab") END,
        3
      )
    ) IN (
      SELECT DISTINCT
        *
      FROM (
        SELECT
          HASH("t46"."dob", "t46"."sex", "t38"."digits") AS "mark"
        FROM (
          SELECT DISTINCT
            *
          FROM (
            SELECT
              "t26"."dob",
              "t26"."sex",
              "t32"."in_la"
            FROM "t28" AS "t32"
            INNER JOIN (
              SELECT
                *
              FROM "t13" AS "t15"
              WHERE
                "t15"."dob" IS NOT NULL AND "t15"."sex" IS NOT NULL
            ) AS "t26"
              ON "t32"."la" = "t26"."la" AND "t32"."child" = "t26"."child"
          ) AS "t40"
        ) AS "t46"
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              "t1"."school_la" AS "in_la",
              SUBSTRING(
                "t1"."laestab",
                CASE WHEN (
                  0 + 1
                ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t1"."laestab") END,
                3
              ) AS "digits"
            FROM "known_schools" AS "t1"
            WHERE
              "t1"."school_la" IS NOT NULL
          ) AS "t11"
          UNION
          SELECT
            *
          FROM (
            SELECT
              "t30"."in_la",
              "t30"."in_la" AS "digits"
            FROM "t28" AS "t30"
          ) AS "t33"
        ) AS "t38"
          ON "t46"."in_la" = "t38"."in_la"
      ) AS "t54"
    )
    OR HASH(EXTRACT(year FROM "t0"."dob"), "t0"."home") IN (
      SELECT DISTINCT
        *
      FROM (
        SELECT
          HASH("t47"."year", "t47"."home") AS "mark"
        FROM (
          SELECT
            "t41"."la",
            "t41"."child",
            "t41"."home",
            "t41"."dob",
            "t41"."sex",
            EXTRACT(year FROM "t41"."dob") AS "year"
          FROM "t39" AS "t41"
        ) AS "t47"
      ) AS "t53"
    )
    OR HASH(
      (
        EXTRACT(month FROM "t0"."dob") * 100
      ) + EXTRACT(day FROM "t0"."dob"),
      "t0"."home"
    ) IN (
      SELECT DISTINCT
        *
      FROM (
        SELECT
          HASH("t52"."day", "t52"."home") AS "mark"
        FROM (
          SELECT
            "t44"."la",
            "t44"."child",
            "t44"."home",
            "t44"."dob",
            "t44"."sex",
            (
              EXTRACT(month FROM "t44"."dob") * 100
            ) + EXTRACT(day FROM "t44"."dob") AS "day"
          FROM (
            SELECT
              *
            FROM "t39" AS "t41"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t27"."la",
                "t27"."child",
                "t27"."home",
                "t26"."dob",
                "t26"."sex"
              FROM (
                SELECT
                  "t16"."la",
                  "t16"."child",
                  "t16"."sector" AS "home"
                FROM "t14" AS "t16"
                WHERE
                  "t16"."sector" IS NOT NULL
              ) AS "t27"
              INNER JOIN (
                SELECT
                  *
                FROM "t13" AS "t15"
                WHERE
                  "t15"."dob" IS NOT NULL AND "t15"."sex" IS NOT NULL
              ) AS "t26"
                ON "t27"."la" = "t26"."la" AND "t27"."child" = "t26"."child"
            ) AS "t35"
          ) AS "t44"
        ) AS "t52"
      ) AS "t57"
    )
    OR HASH(
      "t0"."dob",
      SUBSTRING(
        "t0"."upn",
        CASE WHEN (
          0 + 1
        ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t0"."upn") END,
        8
      )
    ) IN (
      SELECT DISTINCT
        *
      FROM (
        SELECT
          HASH("t43"."dob", "t43"."part") AS "mark"
        FROM (
          SELECT
            "t37"."la",
            "t37"."child",
            "t37"."upn",
            "t37"."before",
            "t37"."dob",
            SUBSTRING(
              "t37"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t37"."upn") END,
              8
            ) AS "part"
          FROM "t34" AS "t37"
        ) AS "t43"
      ) AS "t49"
    )
    OR HASH(
      "t0"."dob",
      SUBSTRING(
        "t0"."upn",
        CASE WHEN (
          8 + 1
        ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t0"."upn") END,
        5
      )
    ) IN (
      SELECT DISTINCT
        *
      FROM (
        SELECT
          HASH("t42"."dob", "t42"."part") AS "mark"
        FROM (
          SELECT
            "t37"."la",
            "t37"."child",
            "t37"."upn",
            "t37"."before",
            "t37"."dob",
            SUBSTRING(
              "t37"."upn",
              CASE WHEN (
                8 + 1
              ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t37"."upn") END,
              5
            ) AS "part"
          FROM "t34" AS "t37"
        ) AS "t42"
      ) AS "t48"
    )
) AS "t59"
