SELECT
  "t11"."la",
  "t11"."child",
  "t11"."pupil",
  BOOL_OR(CAST("t11"."current" AS BOOLEAN)) AS "current"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t3"."la",
      "t3"."child",
      COALESCE("t7"."pupil", "t3"."upn") AS "pupil",
      TRUE AS "current"
    FROM "child_numbers" AS "t3"
    SEMI JOIN "sightings" AS "t4"
      ON "t3"."upn" = "t4"."upn"
    LEFT OUTER JOIN (
      SELECT
        *
      FROM "pupil_keys" AS "t2"
      WHERE
        "t2"."kind" = 'upn'
    ) AS "t7"
      ON "t3"."upn" = "t7"."identifier"
  ) AS "t9"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t3"."la",
      "t3"."child",
      "t8"."pupil",
      FALSE AS "current"
    FROM "child_numbers" AS "t3"
    INNER JOIN (
      SELECT
        *
      FROM "pupil_keys" AS "t2"
      WHERE
        "t2"."kind" = 'former_upn'
    ) AS "t8"
      ON "t3"."upn" = "t8"."identifier"
  ) AS "t10"
) AS "t11"
GROUP BY
  1,
  2,
  3
