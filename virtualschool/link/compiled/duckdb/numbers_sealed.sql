SELECT DISTINCT
  *
FROM (
  SELECT
    CASE
      WHEN LENGTH(REPLACE(UPPER("t2"."upn"), ' ', '')) > 3
      THEN REPLACE(UPPER("t2"."upn"), ' ', '')
      ELSE CAST(NULL AS TEXT)
    END AS "upn"
  FROM "header" AS "t2"
  SEMI JOIN (
    SELECT DISTINCT
      "t1"."la",
      "t1"."child"
    FROM "episodes" AS "t1"
    WHERE
      "t1"."rec" IN ('E11', 'E12')
  ) AS "t4"
    ON "t2"."la" = "t4"."la" AND "t2"."child" = "t4"."child"
) AS "t5"
WHERE
  "t5"."upn" IS NOT NULL
