SELECT
  "t2"."la",
  "t2"."child",
  "t2"."companion",
  "t2"."often",
  "t5"."seen_on",
  "t5"."primary",
  "t5"."their_school"
FROM "child_companions" AS "t2"
INNER JOIN (
  SELECT
    "t3"."seen_on",
    "t3"."primary",
    "t3"."pupil" AS "companion",
    "t3"."laestab" AS "their_school"
  FROM (
    SELECT DISTINCT
      "t1"."pupil",
      "t1"."seen_on",
      "t1"."laestab",
      (
        (
          (
            (
              EXTRACT(year FROM "t1"."seen_on") + CASE WHEN EXTRACT(month FROM "t1"."seen_on") > 8 THEN 1 ELSE 0 END
            ) - 1
          ) - EXTRACT(year FROM "t1"."dob")
        ) - CASE WHEN EXTRACT(month FROM "t1"."dob") > 8 THEN 1 ELSE 0 END
      ) < 11 AS "primary"
    FROM "records_near" AS "t1"
    WHERE
      "t1"."laestab" IS NOT NULL AND "t1"."dob" IS NOT NULL
  ) AS "t3"
) AS "t5"
  ON "t2"."companion" = "t5"."companion"
