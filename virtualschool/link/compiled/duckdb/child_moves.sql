SELECT
  "t3"."la",
  "t3"."child",
  "t3"."moved",
  CAST(CAST("t3"."moved" + INTERVAL '-7' DAY AS TIMESTAMP) AS DATE) AS "joined_from",
  CAST(CAST("t3"."moved" + INTERVAL '42' DAY AS TIMESTAMP) AS DATE) AS "joined_soon",
  CAST(CAST("t3"."moved" + INTERVAL '75' DAY AS TIMESTAMP) AS DATE) AS "joined_late",
  CAST(CAST("t3"."moved" + INTERVAL '365' DAY AS TIMESTAMP) AS DATE) AS "joined_year"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t0"."la",
      "t0"."child",
      "t0"."decom" AS "moved"
    FROM "episodes" AS "t0"
    WHERE
      "t0"."rne" IN ('S', 'P', 'B') OR (
        "t0"."rne" IS NULL
      )
  ) AS "t2"
  UNION
  SELECT
    *
  FROM (
    SELECT
      "t0"."la",
      "t0"."child",
      "t0"."dec" AS "moved"
    FROM "episodes" AS "t0"
    WHERE
      "t0"."dec" IS NOT NULL
      AND "t0"."rec" IS NOT NULL
      AND NOT (
        "t0"."rec" IN ('X1', 'E2', 'E3', 'E11', 'E12', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48', 'E41')
      )
  ) AS "t1"
) AS "t3"
