SELECT
  "t5"."la",
  "t5"."child",
  "t14"."ethnic",
  "t10"."begun",
  COALESCE("t10"."disabled", FALSE) AS "disabled",
  COALESCE("t12"."seeking", FALSE) AS "unaccompanied"
FROM (
  SELECT DISTINCT
    "t0"."la",
    "t0"."child"
  FROM "header" AS "t0"
) AS "t5"
LEFT OUTER JOIN (
  SELECT
    "t7"."la",
    "t7"."child",
    FIRST("t7"."ethnic" ORDER BY (
      "t7"."year" * 1000000
    ) + "t7"."row" DESC) AS "ethnic"
  FROM (
    SELECT
      *
    FROM "header" AS "t0"
    WHERE
      "t0"."ethnic" IS NOT NULL AND NOT (
        "t0"."ethnic" IN ('NOBT', 'REFU', '')
      )
  ) AS "t7"
  GROUP BY
    1,
    2
) AS "t14"
  ON "t5"."la" = "t14"."la" AND "t5"."child" = "t14"."child"
LEFT OUTER JOIN (
  SELECT
    "t1"."la",
    "t1"."child",
    BOOL_OR(CAST("t1"."cin" = 'N2' AS BOOLEAN)) AS "disabled",
    MIN("t1"."decom") AS "begun"
  FROM "episodes" AS "t1"
  GROUP BY
    1,
    2
) AS "t10"
  ON "t5"."la" = "t10"."la" AND "t5"."child" = "t10"."child"
LEFT OUTER JOIN (
  SELECT
    "t8"."la",
    "t8"."child",
    TRUE AS "seeking"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t2"."la",
        "t2"."child"
      FROM "uasc" AS "t2"
    ) AS "t4"
    UNION
    SELECT
      *
    FROM (
      SELECT
        "t0"."la",
        "t0"."child"
      FROM "header" AS "t0"
      WHERE
        "t0"."uasc" = '1'
    ) AS "t6"
  ) AS "t8"
) AS "t12"
  ON "t5"."la" = "t12"."la" AND "t5"."child" = "t12"."child"
