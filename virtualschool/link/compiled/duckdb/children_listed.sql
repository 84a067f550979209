SELECT
  "t9"."la",
  "t9"."child",
  CASE
    WHEN COALESCE("t7"."numbered", FALSE)
    THEN 'number not found, '
    WHEN COALESCE(REPLACE(UPPER("t9"."upn"), ' ', '') IN ('UN2', 'UN3'), FALSE)
    THEN 'never at a school, '
    ELSE 'no number, '
  END || CASE
    WHEN COALESCE(
      (
        (
          (
            "t3"."last_year" - 1
          ) - EXTRACT(year FROM "t9"."dob")
        ) - CASE WHEN EXTRACT(month FROM "t9"."dob") > 8 THEN 1 ELSE 0 END
      ) < 4,
      FALSE
    )
    THEN 'under school age'
    WHEN COALESCE(
      (
        (
          (
            "t3"."first_year" - 1
          ) - EXTRACT(year FROM "t9"."dob")
        ) - CASE WHEN EXTRACT(month FROM "t9"."dob") > 8 THEN 1 ELSE 0 END
      ) >= 16,
      FALSE
    )
    THEN 'past school age'
    ELSE 'of school age'
  END AS "group"
FROM (
  SELECT
    "t6"."la",
    "t6"."child",
    "t6"."dob",
    "t6"."upn"
  FROM (
    SELECT
      "t1"."la",
      "t1"."year",
      "t1"."child",
      "t1"."sex",
      "t1"."dob",
      "t1"."ethnic",
      "t1"."upn",
      "t1"."mother",
      "t1"."mc_dob",
      "t1"."uasc",
      "t1"."file",
      "t1"."row",
      ROW_NUMBER() OVER (
        PARTITION BY "t1"."la", "t1"."child"
        ORDER BY "t1"."year" DESC, "t1"."file" DESC, "t1"."row" DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "place"
    FROM "header" AS "t1"
  ) AS "t6"
  WHERE
    "t6"."place" = 0
) AS "t9"
LEFT OUTER JOIN (
  SELECT
    "t4"."la",
    "t4"."child",
    TRUE AS "numbered"
  FROM (
    SELECT DISTINCT
      "t2"."la",
      "t2"."child"
    FROM "child_numbers" AS "t2"
  ) AS "t4"
) AS "t7"
  ON "t9"."la" = "t7"."la" AND "t9"."child" = "t7"."child"
CROSS JOIN "years_held" AS "t3"
