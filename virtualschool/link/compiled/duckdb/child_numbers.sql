SELECT DISTINCT
  "t10"."la",
  "t10"."child",
  "t10"."upn"
FROM (
  SELECT
    "t9"."la",
    "t9"."child",
    "t9"."year",
    "t9"."upn",
    "t9"."adoption_year",
    COALESCE("t9"."year" < "t9"."adoption_year", FALSE) AS "earlier",
    MAX(CAST(COALESCE("t9"."year" < "t9"."adoption_year", FALSE) AS INT)) OVER (
      PARTITION BY "t9"."la", "t9"."child"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) = 1 AS "any_earlier"
  FROM (
    SELECT
      "t6"."la",
      "t6"."child",
      "t6"."year",
      "t6"."upn",
      "t8"."adoption_year"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t0"."la",
          "t0"."child",
          "t0"."year",
          CASE
            WHEN LENGTH(REPLACE(UPPER("t0"."upn"), ' ', '')) > 3
            THEN REPLACE(UPPER("t0"."upn"), ' ', '')
            ELSE CAST(NULL AS TEXT)
          END AS "upn"
        FROM "header" AS "t0"
      ) AS "t4"
      WHERE
        "t4"."upn" IS NOT NULL
    ) AS "t6"
    LEFT OUTER JOIN (
      SELECT
        "t3"."la",
        "t3"."child",
        "t3"."adopted",
        CAST(EXTRACT(year FROM "t3"."adopted") + CASE WHEN EXTRACT(month FROM "t3"."adopted") >= 4 THEN 1 ELSE 0 END AS INT) AS "adoption_year"
      FROM (
        SELECT
          "t2"."la",
          "t2"."child",
          MIN("t2"."dec") AS "adopted"
        FROM (
          SELECT
            *
          FROM "episodes" AS "t1"
          WHERE
            "t1"."rec" IN ('E11', 'E12') AND "t1"."dec" IS NOT NULL
        ) AS "t2"
        GROUP BY
          1,
          2
      ) AS "t3"
    ) AS "t8"
      ON "t6"."la" = "t8"."la" AND "t6"."child" = "t8"."child"
  ) AS "t9"
) AS "t10"
WHERE
  (
    "t10"."adoption_year" IS NULL
  )
  OR "t10"."earlier"
  OR (
    NOT (
      "t10"."any_earlier"
    ) AND (
      "t10"."year" = "t10"."adoption_year"
    )
  )
