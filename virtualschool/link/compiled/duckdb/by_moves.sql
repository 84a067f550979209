SELECT
  "t10"."la",
  "t10"."child",
  "t10"."pupil",
  CASE
    WHEN (
      "t10"."moves_met" > 1
    ) AND (
      "t10"."joinings_met" > 1
    )
    THEN 7
    WHEN (
      "t10"."times" >= 4
    ) AND (
      "t10"."moves_met" > 0
    )
    THEN 5
    WHEN "t10"."moves_met" > 0
    THEN 6
    WHEN "t10"."late"
    THEN 4
    WHEN "t10"."times" >= 4
    THEN 1
    WHEN "t10"."times" > 1
    THEN 2
    ELSE 3
  END AS "moves"
FROM (
  SELECT
    "t9"."la",
    "t9"."child",
    "t9"."pupil",
    BOOL_OR(CAST("t9"."late" AS BOOLEAN)) AS "late",
    COUNT(DISTINCT "t9"."moved") FILTER(WHERE
      "t9"."soon") AS "moves_met",
    COUNT(DISTINCT "t9"."entry_date") FILTER(WHERE
      "t9"."soon") AS "joinings_met",
    COUNT(DISTINCT "t9"."moved") AS "times"
  FROM (
    SELECT
      "t8"."la",
      "t8"."child",
      "t8"."pupil",
      "t8"."moved",
      "t8"."entry_date",
      (
        "t8"."entry_date" >= (
          "t8"."moved" - INTERVAL '7' DAY
        )
      )
      AND NOT (
        (
          EXTRACT(month FROM "t8"."entry_date") = 9
        )
        AND (
          EXTRACT(day FROM "t8"."entry_date") <= 15
        )
      )
      AND (
        "t8"."entry_date" <= (
          "t8"."moved" + INTERVAL '42' DAY
        )
      ) AS "soon",
      (
        "t8"."entry_date" >= (
          "t8"."moved" - INTERVAL '7' DAY
        )
      )
      AND NOT (
        (
          EXTRACT(month FROM "t8"."entry_date") = 9
        )
        AND (
          EXTRACT(day FROM "t8"."entry_date") <= 15
        )
      )
      AND (
        "t8"."entry_date" <= (
          "t8"."moved" + INTERVAL '75' DAY
        )
      ) AS "late"
    FROM (
      SELECT
        "t5"."la",
        "t5"."child",
        "t5"."pupil",
        "t3"."moved",
        "t7"."entry_date"
      FROM (
        SELECT
          *
        FROM "pairs_found" AS "t0"
      ) AS "t5"
      INNER JOIN "child_moves" AS "t3"
        ON "t5"."la" = "t3"."la" AND "t5"."child" = "t3"."child"
      INNER JOIN (
        SELECT DISTINCT
          "t2"."pupil",
          "t2"."entry_date"
        FROM "pupil_records" AS "t2"
        WHERE
          "t2"."entry_date" IS NOT NULL
      ) AS "t7"
        ON "t5"."pupil" = "t7"."pupil"
    ) AS "t8"
  ) AS "t9"
  GROUP BY
    1,
    2,
    3
) AS "t10"
