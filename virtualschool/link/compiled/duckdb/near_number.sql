WITH "t8" AS (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t2"."upn"
      FROM "child_numbers" AS "t2"
    ) AS "t5"
    UNION
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "numbers_concerned" AS "t3"
    ) AS "t6"
  ) AS "t7"
)
SELECT
  *
FROM (
  SELECT
    *
  FROM "sightings_numbered" AS "t0"
  WHERE
    "t0"."upn" IN (
      SELECT
        *
      FROM "t8"
    )
    OR "t0"."former_upn" IN (
      SELECT
        *
      FROM "t8"
    )
    OR "t0"."uln" IN (
      SELECT
        "t1"."uln"
      FROM "child_learners" AS "t1"
    )
) AS "t10"
