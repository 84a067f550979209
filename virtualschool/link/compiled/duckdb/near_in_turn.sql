SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "sightings_sifted" AS "t0"
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
            HASH("t2"."dob", "t2"."sex", "t2"."word") AS "mark"
          FROM (
            SELECT
              *
            FROM "near_shared" AS "t1"
            WHERE
              "t1"."kind" = 'school'
          ) AS "t2"
        ) AS "t7"
      )
  ) AS "t17"
) AS "t19"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "sightings_sifted" AS "t0"
      WHERE
        NOT (
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
                HASH("t2"."dob", "t2"."sex", "t2"."word") AS "mark"
              FROM (
                SELECT
                  *
                FROM "near_shared" AS "t1"
                WHERE
                  "t1"."kind" = 'school'
              ) AS "t2"
            ) AS "t7"
          )
        )
    ) AS "t18"
    WHERE
      HASH(CAST(EXTRACT(year FROM "t18"."dob") AS BIGINT), "t18"."home") IN (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            HASH("t5"."number", "t5"."word") AS "mark"
          FROM (
            SELECT
              *
            FROM "near_shared" AS "t1"
            WHERE
              "t1"."kind" = 'year'
          ) AS "t5"
        ) AS "t10"
      )
      OR HASH(
        (
          CAST(EXTRACT(month FROM "t18"."dob") AS BIGINT) * 100
        ) + CAST(EXTRACT(day FROM "t18"."dob") AS BIGINT),
        "t18"."home"
      ) IN (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            HASH("t6"."number", "t6"."word") AS "mark"
          FROM (
            SELECT
              *
            FROM "near_shared" AS "t1"
            WHERE
              "t1"."kind" = 'birthday'
          ) AS "t6"
        ) AS "t11"
      )
      OR HASH(
        "t18"."dob",
        SUBSTRING(
          "t18"."upn",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t18"."upn") END,
          8
        )
      ) IN (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            HASH("t4"."dob", "t4"."word") AS "mark"
          FROM (
            SELECT
              *
            FROM "near_shared" AS "t1"
            WHERE
              "t1"."kind" = 'beginning'
          ) AS "t4"
        ) AS "t9"
      )
      OR HASH(
        "t18"."dob",
        SUBSTRING(
          "t18"."upn",
          CASE WHEN (
            8 + 1
          ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t18"."upn") END,
          5
        )
      ) IN (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            HASH("t3"."dob", "t3"."word") AS "mark"
          FROM (
            SELECT
              *
            FROM "near_shared" AS "t1"
            WHERE
              "t1"."kind" = 'ending'
          ) AS "t3"
        ) AS "t8"
      )
  ) AS "t20"
) AS "t21"
