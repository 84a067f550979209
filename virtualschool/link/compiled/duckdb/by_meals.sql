SELECT
  "t3"."pair",
  CASE WHEN "t6"."every" THEN 3 WHEN "t6"."some" THEN 2 ELSE 1 END AS "meals"
FROM (
  SELECT
    *
  FROM "pairs_found" AS "t0"
) AS "t3"
INNER JOIN (
  SELECT
    "t4"."pupil",
    BOOL_OR(CAST("t4"."fsm" AS BOOLEAN)) AS "some",
    BOOL_AND(CAST("t4"."fsm" AS BOOLEAN)) AS "every"
  FROM (
    SELECT
      *
    FROM "records_near" AS "t1"
    WHERE
      "t1"."fsm" IS NOT NULL
  ) AS "t4"
  GROUP BY
    1
) AS "t6"
  ON "t3"."pupil" = "t6"."pupil"
