SELECT
  "t10"."la",
  "t10"."child",
  "t10"."pupil",
  CASE
    WHEN COALESCE("t10"."first" <> "t10"."last", FALSE)
    THEN 7
    ELSE "t10"."best"
  END AS "place",
  COALESCE("t10"."by_code", "t10"."by_sector", "t10"."by_district", "t10"."by_la") AS "there"
FROM (
  SELECT
    "t9"."la",
    "t9"."child",
    "t9"."pupil",
    MAX("t9"."found") AS "best",
    MIN("t9"."home") FILTER(WHERE
      "t9"."found" = 6) AS "first",
    MAX("t9"."home") FILTER(WHERE
      "t9"."found" = 6) AS "last",
    MIN("t9"."pupils_code") FILTER(WHERE
      "t9"."same") AS "by_code",
    MIN("t9"."pupils_sector") FILTER(WHERE
      "t9"."same_sector") AS "by_sector",
    MIN("t9"."pupils_district") FILTER(WHERE
      "t9"."same_district") AS "by_district",
    MIN("t9"."pupils_la") FILTER(WHERE
      "t9"."same_la") AS "by_la"
  FROM (
    SELECT
      "t8"."la",
      "t8"."child",
      "t8"."pupil",
      "t8"."at_home",
      "t8"."code",
      "t8"."in_la",
      "t8"."east",
      "t8"."north",
      "t8"."since",
      "t8"."until",
      "t8"."sector",
      "t8"."district",
      "t8"."first_day",
      "t8"."last_day",
      "t8"."pupils_code",
      "t8"."pupils_sector",
      "t8"."pupils_district",
      "t8"."pupils_la",
      "t8"."home",
      "t8"."seen_on",
      "t8"."home_sector",
      "t8"."home_district",
      "t8"."home_la",
      CASE
        WHEN (
          "t8"."code" = "t8"."home"
        )
        AND (
          (
            LENGTH("t8"."code") >= 5
          )
          AND NOT (
            RIGHT("t8"."code", 1) BETWEEN '0' AND '9'
          )
        )
        THEN CASE
          WHEN (
            "t8"."seen_on" >= "t8"."first_day"
          )
          AND (
            "t8"."seen_on" <= "t8"."last_day"
          )
          THEN 6
          ELSE 5
        END
        WHEN "t8"."sector" = "t8"."home_sector"
        THEN 4
        WHEN "t8"."district" = "t8"."home_district"
        THEN 3
        WHEN "t8"."in_la" = "t8"."home_la"
        THEN 2
        ELSE 1
      END AS "found",
      COALESCE(
        (
          "t8"."code" = "t8"."home"
        )
        AND (
          (
            LENGTH("t8"."code") >= 5
          )
          AND NOT (
            RIGHT("t8"."code", 1) BETWEEN '0' AND '9'
          )
        ),
        FALSE
      ) AS "same",
      COALESCE("t8"."sector" = "t8"."home_sector", FALSE) AS "same_sector",
      COALESCE("t8"."district" = "t8"."home_district", FALSE) AS "same_district",
      COALESCE("t8"."in_la" = "t8"."home_la", FALSE) AS "same_la"
    FROM (
      SELECT
        "t5"."la",
        "t5"."child",
        "t5"."pupil",
        "t3"."at_home",
        "t3"."code",
        "t3"."in_la",
        "t3"."east",
        "t3"."north",
        "t3"."since",
        "t3"."until",
        "t3"."sector",
        "t3"."district",
        "t3"."first_day",
        "t3"."last_day",
        "t3"."pupils_code",
        "t3"."pupils_sector",
        "t3"."pupils_district",
        "t3"."pupils_la",
        "t7"."home",
        "t7"."seen_on",
        "t7"."home_sector",
        "t7"."home_district",
        "t7"."home_la"
      FROM (
        SELECT
          *
        FROM "pairs_found" AS "t0"
      ) AS "t5"
      INNER JOIN "places_counted" AS "t3"
        ON "t5"."la" = "t3"."la" AND "t5"."child" = "t3"."child"
      INNER JOIN (
        SELECT
          "t2"."pupil",
          "t2"."home",
          "t2"."seen_on",
          "t2"."home_sector",
          "t2"."home_district",
          "t2"."home_la"
        FROM "pupil_records" AS "t2"
        WHERE
          "t2"."home" IS NOT NULL
      ) AS "t7"
        ON "t5"."pupil" = "t7"."pupil"
    ) AS "t8"
  ) AS "t9"
  GROUP BY
    1,
    2,
    3
) AS "t10"
