SELECT
  "t12"."pair",
  MAX("t12"."found") AS "company"
FROM (
  SELECT
    "t11"."la",
    "t11"."child",
    "t11"."pupil",
    "t11"."pair",
    "t11"."companion",
    "t11"."often",
    "t11"."seen_on",
    "t11"."primary",
    "t11"."their_school",
    "t11"."laestab",
    CASE
      WHEN "t11"."laestab" = "t11"."their_school"
      THEN CASE WHEN "t11"."often" THEN 3 ELSE 2 END
      ELSE 1
    END AS "found"
  FROM (
    SELECT
      "t10"."la",
      "t10"."child",
      "t10"."pupil",
      "t10"."pair",
      "t10"."companion",
      "t10"."often",
      "t10"."seen_on",
      "t10"."primary",
      "t10"."their_school",
      "t9"."laestab"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t5"."la",
          "t5"."child",
          "t5"."pupil",
          "t5"."pair",
          "t3"."companion",
          "t3"."often",
          "t3"."seen_on",
          "t3"."primary",
          "t3"."their_school"
        FROM (
          SELECT
            *
          FROM "pairs_found" AS "t1"
        ) AS "t5"
        INNER JOIN "companion_schools" AS "t3"
          ON "t5"."la" = "t3"."la" AND "t5"."child" = "t3"."child"
      ) AS "t6"
      WHERE
        "t6"."pupil" <> "t6"."companion"
    ) AS "t10"
    INNER JOIN (
      SELECT DISTINCT
        "t0"."pupil",
        "t0"."seen_on",
        "t0"."laestab",
        (
          (
            (
              (
                EXTRACT(year FROM "t0"."seen_on") + CASE WHEN EXTRACT(month FROM "t0"."seen_on") > 8 THEN 1 ELSE 0 END
              ) - 1
            ) - EXTRACT(year FROM "t0"."dob")
          ) - CASE WHEN EXTRACT(month FROM "t0"."dob") > 8 THEN 1 ELSE 0 END
        ) < 11 AS "primary"
      FROM "records_near" AS "t0"
      WHERE
        "t0"."laestab" IS NOT NULL AND "t0"."dob" IS NOT NULL
    ) AS "t9"
      ON "t10"."pupil" = "t9"."pupil"
      AND "t10"."seen_on" = "t9"."seen_on"
      AND "t10"."primary" = "t9"."primary"
  ) AS "t11"
) AS "t12"
GROUP BY
  1
