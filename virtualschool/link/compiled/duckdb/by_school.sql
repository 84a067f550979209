WITH "t9" AS (
  SELECT
    *
  FROM (
    SELECT
      "t1"."la",
      "t1"."child",
      "t1"."first_day",
      "t1"."last_day",
      "t1"."in_la",
      "t1"."east",
      "t1"."north"
    FROM "places_counted" AS "t1"
  ) AS "t6"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t2"."la",
      "t2"."child",
      "t2"."first_day",
      "t2"."last_day",
      "t2"."in_la",
      CAST(NULL AS INT) AS "east",
      CAST(NULL AS INT) AS "north"
    FROM "stays_placed" AS "t2"
  ) AS "t7"
)
SELECT
  "t32"."pair",
  COALESCE("t32"."pupils_then", "t32"."pupils_ever") AS "pupils_there",
  CASE
    WHEN "t32"."first" <> "t32"."last"
    THEN 6
    ELSE GREATEST(COALESCE("t32"."best", 0), CASE WHEN "t32"."records" IS NOT NULL THEN 2 ELSE 0 END)
  END AS "school"
FROM (
  SELECT
    "t8"."la",
    "t8"."child",
    "t8"."pupil",
    "t8"."pair",
    "t31"."pair" AS "then_pair",
    "t31"."best",
    "t31"."first",
    "t31"."last",
    "t31"."pupils_then",
    "t27"."pair" AS "ever_pair",
    "t27"."records",
    "t27"."pupils_ever"
  FROM (
    SELECT
      *
    FROM "pairs_found" AS "t0"
  ) AS "t8"
  LEFT OUTER JOIN (
    SELECT
      "t29"."pair",
      MAX("t29"."found") AS "best",
      MIN("t29"."at_la") FILTER(WHERE
        "t29"."same") AS "first",
      MAX("t29"."at_la") FILTER(WHERE
        "t29"."same") AS "last",
      MIN("t29"."at_pupils") FILTER(WHERE
        "t29"."found" >= 3) AS "pupils_then"
    FROM (
      SELECT
        "t28"."la",
        "t28"."child",
        "t28"."pupil",
        "t28"."pair",
        "t28"."first_day",
        "t28"."last_day",
        "t28"."in_la",
        "t28"."east",
        "t28"."north",
        "t28"."seen_on",
        "t28"."at_la",
        "t28"."at_east",
        "t28"."at_north",
        "t28"."counted_la",
        "t28"."at_pupils",
        "t28"."square",
        "t28"."same",
        GREATEST(
          CASE
            WHEN "t28"."square" <= 23299929
            THEN 5
            WHEN "t28"."square" <= 258888100
            THEN 4
            WHEN "t28"."same"
            THEN 3
            ELSE 0
          END,
          CASE WHEN "t28"."in_la" IS NOT NULL THEN 1 ELSE 0 END
        ) AS "found"
      FROM (
        SELECT
          "t24"."la",
          "t24"."child",
          "t24"."pupil",
          "t24"."pair",
          "t24"."first_day",
          "t24"."last_day",
          "t24"."in_la",
          "t24"."east",
          "t24"."north",
          "t24"."seen_on",
          "t24"."at_la",
          "t24"."at_east",
          "t24"."at_north",
          "t24"."counted_la",
          "t24"."at_pupils",
          (
            (
              CAST("t24"."east" AS BIGINT) - CAST("t24"."at_east" AS BIGINT)
            ) * (
              CAST("t24"."east" AS BIGINT) - CAST("t24"."at_east" AS BIGINT)
            )
          ) + (
            (
              CAST("t24"."north" AS BIGINT) - CAST("t24"."at_north" AS BIGINT)
            ) * (
              CAST("t24"."north" AS BIGINT) - CAST("t24"."at_north" AS BIGINT)
            )
          ) AS "square",
          COALESCE("t24"."in_la" = "t24"."at_la", FALSE) AS "same"
        FROM (
          SELECT
            "t8"."la",
            "t8"."child",
            "t8"."pupil",
            "t8"."pair",
            "t14"."first_day",
            "t14"."last_day",
            "t14"."in_la",
            "t14"."east",
            "t14"."north",
            "t21"."seen_on",
            "t21"."at_la",
            "t21"."at_east",
            "t21"."at_north",
            "t21"."counted_la",
            "t21"."at_pupils"
          FROM (
            SELECT
              *
            FROM "pairs_found" AS "t0"
          ) AS "t8"
          INNER JOIN "t9" AS "t14"
            ON "t8"."la" = "t14"."la" AND "t8"."child" = "t14"."child"
          INNER JOIN (
            SELECT
              "t13"."pupil",
              "t13"."seen_on",
              "t13"."at_la",
              "t13"."at_east",
              "t13"."at_north",
              "t17"."counted_la",
              "t17"."at_pupils"
            FROM (
              SELECT
                "t3"."pupil",
                "t3"."seen_on",
                "t3"."at_la",
                "t3"."at_east",
                "t3"."at_north"
              FROM "records_near" AS "t3"
              WHERE
                "t3"."at_la" IS NOT NULL
            ) AS "t13"
            LEFT OUTER JOIN (
              SELECT
                "t11"."in_la" AS "counted_la",
                "t11"."pupils_la" AS "at_pupils"
              FROM (
                SELECT
                  "t4"."in_la",
                  MAX("t4"."among") AS "pupils_la"
                FROM "common_ethnicities" AS "t4"
                GROUP BY
                  1
              ) AS "t11"
            ) AS "t17"
              ON "t13"."at_la" = "t17"."counted_la"
          ) AS "t21"
            ON "t8"."pupil" = "t21"."pupil"
        ) AS "t24"
        WHERE
          "t24"."seen_on" >= "t24"."first_day" AND "t24"."seen_on" <= "t24"."last_day"
      ) AS "t28"
    ) AS "t29"
    GROUP BY
      1
  ) AS "t31"
    ON "t8"."pair" = "t31"."pair"
  LEFT OUTER JOIN (
    SELECT
      "t25"."pair",
      COUNT(*) AS "records",
      MIN("t25"."at_pupils") AS "pupils_ever"
    FROM (
      SELECT
        "t8"."la",
        "t8"."child",
        "t8"."pupil",
        "t8"."pair",
        "t18"."at_la",
        "t23"."at_pupils"
      FROM (
        SELECT
          *
        FROM "pairs_found" AS "t0"
      ) AS "t8"
      INNER JOIN (
        SELECT DISTINCT
          "t12"."la",
          "t12"."child",
          "t12"."in_la" AS "at_la"
        FROM "t9" AS "t12"
      ) AS "t18"
        ON "t8"."la" = "t18"."la" AND "t8"."child" = "t18"."child"
      INNER JOIN (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            "t13"."pupil",
            "t13"."at_la",
            "t17"."at_pupils"
          FROM (
            SELECT
              "t3"."pupil",
              "t3"."seen_on",
              "t3"."at_la",
              "t3"."at_east",
              "t3"."at_north"
            FROM "records_near" AS "t3"
            WHERE
              "t3"."at_la" IS NOT NULL
          ) AS "t13"
          LEFT OUTER JOIN (
            SELECT
              "t11"."in_la" AS "counted_la",
              "t11"."pupils_la" AS "at_pupils"
            FROM (
              SELECT
                "t4"."in_la",
                MAX("t4"."among") AS "pupils_la"
              FROM "common_ethnicities" AS "t4"
              GROUP BY
                1
            ) AS "t11"
          ) AS "t17"
            ON "t13"."at_la" = "t17"."counted_la"
        ) AS "t19"
      ) AS "t23"
        ON "t8"."pupil" = "t23"."pupil" AND "t18"."at_la" = "t23"."at_la"
    ) AS "t25"
    GROUP BY
      1
  ) AS "t27"
    ON "t8"."pair" = "t27"."pair"
) AS "t32"
WHERE
  (
    "t32"."best" IS NOT NULL
  ) OR (
    "t32"."records" IS NOT NULL
  )
