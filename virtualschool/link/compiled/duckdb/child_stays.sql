SELECT
  *
FROM (
  SELECT
    "t0"."la",
    "t0"."child",
    "t0"."decom" AS "since",
    COALESCE("t0"."dec", MAKE_DATE("t0"."year", 4, 1)) AS "until"
  FROM "episodes" AS "t0"
) AS "t4"
UNION
SELECT
  *
FROM (
  SELECT
    "t3"."la",
    "t3"."child",
    MAKE_DATE(CAST("t3"."year" - 1 AS INT), 4, 1) AS "since",
    MAKE_DATE("t3"."year", 4, 1) AS "until"
  FROM "header" AS "t3"
  ANTI JOIN "episodes" AS "t2"
    ON "t3"."la" = "t2"."la" AND "t3"."child" = "t2"."child"
) AS "t5"
