SELECT
  "t12"."la",
  "t12"."child",
  "t12"."at_home",
  "t12"."code",
  "t12"."in_la",
  "t12"."east",
  "t12"."north",
  "t12"."since",
  "t12"."until",
  "t12"."sector",
  "t12"."district",
  "t12"."first_day",
  "t12"."last_day",
  "t7"."pupils_code",
  "t8"."pupils_sector",
  "t9"."pupils_district",
  "t10"."pupils_la"
FROM (
  SELECT
    "t0"."la",
    "t0"."child",
    "t0"."at_home",
    "t0"."code",
    "t0"."in_la",
    "t0"."east",
    "t0"."north",
    "t0"."since",
    "t0"."until",
    "t0"."sector",
    "t0"."district",
    CAST(CAST("t0"."since" - INTERVAL '14' DAY AS TIMESTAMP) AS DATE) AS "first_day",
    CAST(CAST("t0"."until" + INTERVAL '60' DAY AS TIMESTAMP) AS DATE) AS "last_day"
  FROM "child_places" AS "t0"
) AS "t12"
LEFT OUTER JOIN (
  SELECT
    "t1"."place" AS "of_code",
    "t1"."pupils" AS "pupils_code"
  FROM "common_homes" AS "t1"
  WHERE
    "t1"."kind" = 'code'
) AS "t7"
  ON "t12"."code" = "t7"."of_code"
LEFT OUTER JOIN (
  SELECT
    "t1"."place" AS "of_sector",
    "t1"."pupils" AS "pupils_sector"
  FROM "common_homes" AS "t1"
  WHERE
    "t1"."kind" = 'sector'
) AS "t8"
  ON "t12"."sector" = "t8"."of_sector"
LEFT OUTER JOIN (
  SELECT
    "t1"."place" AS "of_district",
    "t1"."pupils" AS "pupils_district"
  FROM "common_homes" AS "t1"
  WHERE
    "t1"."kind" = 'district'
) AS "t9"
  ON "t12"."district" = "t9"."of_district"
LEFT OUTER JOIN (
  SELECT
    "t2"."in_la",
    MAX("t2"."among") AS "pupils_la"
  FROM "common_ethnicities" AS "t2"
  GROUP BY
    1
) AS "t10"
  ON "t12"."in_la" = "t10"."in_la"
