SELECT DISTINCT
  *
FROM (
  SELECT
    "t5"."la",
    "t5"."child",
    "t5"."uln"
  FROM (
    SELECT
      *
    FROM "names" AS "t0"
    WHERE
      "t0"."uln" IS NOT NULL
  ) AS "t5"
  SEMI JOIN "header" AS "t3"
    ON "t5"."la" = "t3"."la" AND "t5"."child" = "t3"."child"
  ANTI JOIN (
    SELECT
      "t7"."la",
      "t7"."child",
      MIN("t7"."ordered") AS "adopted"
    FROM (
      SELECT DISTINCT
        *
      FROM (
        SELECT
          "t2"."la",
          "t2"."child",
          COALESCE("t2"."dec", GREATEST("t2"."decom", MAKE_DATE(CAST("t2"."year" - 1 AS INT), 4, 1))) AS "ordered",
          "t2"."dec" IS NOT NULL AS "dated"
        FROM "episodes" AS "t2"
        WHERE
          "t2"."rec" IN ('E11', 'E12')
      ) AS "t6"
      WHERE
        "t6"."ordered" IS NOT NULL
    ) AS "t7"
    GROUP BY
      1,
      2
  ) AS "t9"
    ON "t5"."la" = "t9"."la" AND "t5"."child" = "t9"."child"
) AS "t10"
