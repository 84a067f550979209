SELECT
  "t6"."pair",
  "t9"."born_alike"
FROM (
  SELECT
    *
  FROM "pairs_found" AS "t0"
) AS "t6"
INNER JOIN (
  SELECT
    "t7"."la",
    "t7"."child",
    MAX("t7"."pupils") AS "born_alike"
  FROM (
    SELECT
      "t3"."la",
      "t3"."child",
      "t3"."dob",
      "t3"."sex",
      "t4"."pupils"
    FROM "child_births" AS "t3"
    INNER JOIN "common_births" AS "t4"
      ON "t3"."dob" = "t4"."dob" AND "t3"."sex" = "t4"."sex"
  ) AS "t7"
  GROUP BY
    1,
    2
) AS "t9"
  ON "t6"."la" = "t9"."la" AND "t6"."child" = "t9"."child"
