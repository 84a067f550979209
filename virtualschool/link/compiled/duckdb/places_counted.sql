SELECT
  "t3"."la",
  "t3"."child",
  "t3"."at_home",
  "t3"."code",
  "t3"."in_la",
  "t3"."east",
  "t3"."north",
  "t3"."since",
  "t3"."until",
  "t3"."sector",
  "t3"."district",
  "t8"."pupils_code",
  "t9"."pupils_sector",
  "t10"."pupils_district",
  "t11"."pupils_la"
FROM "child_places" AS "t3"
LEFT OUTER JOIN (
  SELECT
    "t1"."place" AS "of_code",
    "t1"."pupils" AS "pupils_code"
  FROM "common_homes" AS "t1"
  WHERE
    "t1"."kind" = 'code'
) AS "t8"
  ON "t3"."code" = "t8"."of_code"
LEFT OUTER JOIN (
  SELECT
    "t1"."place" AS "of_sector",
    "t1"."pupils" AS "pupils_sector"
  FROM "common_homes" AS "t1"
  WHERE
    "t1"."kind" = 'sector'
) AS "t9"
  ON "t3"."sector" = "t9"."of_sector"
LEFT OUTER JOIN (
  SELECT
    "t1"."place" AS "of_district",
    "t1"."pupils" AS "pupils_district"
  FROM "common_homes" AS "t1"
  WHERE
    "t1"."kind" = 'district'
) AS "t10"
  ON "t3"."district" = "t10"."of_district"
LEFT OUTER JOIN (
  SELECT
    "t2"."in_la",
    MAX("t2"."among") AS "pupils_la"
  FROM "common_ethnicities" AS "t2"
  GROUP BY
    1
) AS "t11"
  ON "t3"."in_la" = "t11"."in_la"
