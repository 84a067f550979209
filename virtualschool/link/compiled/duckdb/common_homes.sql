WITH "t3" AS (
  SELECT
    *
  FROM "roll" AS "t0"
  WHERE
    "t0"."home" IS NOT NULL
)
SELECT
  *
FROM (
  SELECT
    'district' AS "kind",
    "t12"."place",
    "t12"."pupils"
  FROM (
    SELECT
      SUBSTRING(
        CASE
          WHEN LENGTH("t5"."home") < 3
          THEN CAST(NULL AS TEXT)
          WHEN (
            LENGTH("t5"."home") >= 5
          )
          AND NOT (
            RIGHT("t5"."home", 1) BETWEEN '0' AND '9'
          )
          THEN SUBSTRING(
            "t5"."home",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t5"."home") END,
            LENGTH("t5"."home") - 2
          )
          ELSE "t5"."home"
        END,
        CASE
          WHEN (
            0 + 1
          ) >= 1
          THEN 0 + 1
          ELSE 0 + 1 + LENGTH(
            CASE
              WHEN LENGTH("t5"."home") < 3
              THEN CAST(NULL AS TEXT)
              WHEN (
                LENGTH("t5"."home") >= 5
              )
              AND NOT (
                RIGHT("t5"."home", 1) BETWEEN '0' AND '9'
              )
              THEN SUBSTRING(
                "t5"."home",
                CASE WHEN (
                  0 + 1
                ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t5"."home") END,
                LENGTH("t5"."home") - 2
              )
              ELSE "t5"."home"
            END
          )
        END,
        LENGTH(
          CASE
            WHEN LENGTH("t5"."home") < 3
            THEN CAST(NULL AS TEXT)
            WHEN (
              LENGTH("t5"."home") >= 5
            )
            AND NOT (
              RIGHT("t5"."home", 1) BETWEEN '0' AND '9'
            )
            THEN SUBSTRING(
              "t5"."home",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t5"."home") END,
              LENGTH("t5"."home") - 2
            )
            ELSE "t5"."home"
          END
        ) - 1
      ) AS "place",
      COUNT(*) AS "pupils"
    FROM "t3" AS "t5"
    GROUP BY
      1
  ) AS "t12"
  WHERE
    "t12"."place" IS NOT NULL
) AS "t14"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      'code' AS "kind",
      "t9"."home" AS "place",
      "t9"."pupils"
    FROM (
      SELECT
        "t7"."home",
        COUNT(*) AS "pupils"
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
          "t6"."entry_date"
        FROM "t3" AS "t6"
        SEMI JOIN (
          SELECT DISTINCT
            "t1"."code" AS "home"
          FROM "child_places" AS "t1"
        ) AS "t4"
          ON "t6"."home" = "t4"."home"
      ) AS "t7"
      GROUP BY
        1
    ) AS "t9"
  ) AS "t10"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      'sector' AS "kind",
      "t8"."place",
      "t8"."pupils"
    FROM (
      SELECT
        CASE
          WHEN LENGTH("t5"."home") < 3
          THEN CAST(NULL AS TEXT)
          WHEN (
            LENGTH("t5"."home") >= 5
          )
          AND NOT (
            RIGHT("t5"."home", 1) BETWEEN '0' AND '9'
          )
          THEN SUBSTRING(
            "t5"."home",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t5"."home") END,
            LENGTH("t5"."home") - 2
          )
          ELSE "t5"."home"
        END AS "place",
        COUNT(*) AS "pupils"
      FROM "t3" AS "t5"
      GROUP BY
        1
    ) AS "t8"
    WHERE
      "t8"."place" IS NOT NULL
  ) AS "t11"
) AS "t13"
