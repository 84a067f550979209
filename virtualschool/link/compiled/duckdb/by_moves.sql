SELECT
  "t10"."pair",
  CASE
    WHEN (
      "t10"."first_move" < "t10"."last_move"
    )
    AND (
      "t10"."first_joined" < "t10"."last_joined"
    )
    THEN 8
    WHEN (
      "t10"."times" >= 4
    ) AND "t10"."soon"
    THEN 6
    WHEN "t10"."soon"
    THEN 7
    WHEN "t10"."september"
    THEN 5
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
    "t9"."pair",
    BOOL_OR(CAST("t9"."late" AS BOOLEAN)) AS "late",
    BOOL_OR(CAST("t9"."soon" AS BOOLEAN)) AS "soon",
    BOOL_OR(CAST("t9"."september" AS BOOLEAN)) AS "september",
    MIN("t9"."moved") FILTER(WHERE
      "t9"."soon") AS "first_move",
    MAX("t9"."moved") FILTER(WHERE
      "t9"."soon") AS "last_move",
    MIN("t9"."entry_date") FILTER(WHERE
      "t9"."soon") AS "first_joined",
    MAX("t9"."entry_date") FILTER(WHERE
      "t9"."soon") AS "last_joined",
    MAX("t9"."times") AS "times"
  FROM (
    SELECT
      "t8"."la",
      "t8"."child",
      "t8"."pupil",
      "t8"."pair",
      "t8"."moved",
      "t8"."times",
      "t8"."joined_from",
      "t8"."joined_soon",
      "t8"."joined_late",
      "t8"."joined_year",
      "t8"."entry_date",
      "t8"."dob",
      CASE
        WHEN "t8"."entry_date" >= "t8"."joined_from"
        THEN NOT (
          (
            EXTRACT(month FROM "t8"."entry_date") = 9
          )
          AND (
            EXTRACT(day FROM "t8"."entry_date") <= 15
          )
        )
        ELSE FALSE
      END
      AND (
        "t8"."entry_date" <= "t8"."joined_soon"
      ) AS "soon",
      CASE
        WHEN "t8"."entry_date" >= "t8"."joined_from"
        THEN NOT (
          (
            EXTRACT(month FROM "t8"."entry_date") = 9
          )
          AND (
            EXTRACT(day FROM "t8"."entry_date") <= 15
          )
        )
        ELSE FALSE
      END
      AND (
        "t8"."entry_date" <= "t8"."joined_late"
      ) AS "late",
      CASE
        WHEN (
          "t8"."entry_date" >= "t8"."moved"
        )
        AND (
          "t8"."entry_date" <= "t8"."joined_year"
        )
        THEN (
          EXTRACT(month FROM "t8"."entry_date") = 9
        )
        AND (
          EXTRACT(day FROM "t8"."entry_date") <= 15
        )
        AND COALESCE(
          (
            (
              (
                EXTRACT(year FROM "t8"."entry_date") + 1
              ) - 1
            ) - EXTRACT(year FROM "t8"."dob")
          ) - CASE WHEN EXTRACT(month FROM "t8"."dob") > 8 THEN 1 ELSE 0 END BETWEEN 5 AND 15
          AND NOT (
            (
              (
                (
                  EXTRACT(year FROM "t8"."entry_date") + 1
                ) - 1
              ) - EXTRACT(year FROM "t8"."dob")
            ) - CASE WHEN EXTRACT(month FROM "t8"."dob") > 8 THEN 1 ELSE 0 END IN (7, 11)
          ),
          FALSE
        )
        ELSE FALSE
      END AS "september"
    FROM (
      SELECT
        "t5"."la",
        "t5"."child",
        "t5"."pupil",
        "t5"."pair",
        "t3"."moved",
        "t3"."times",
        "t3"."joined_from",
        "t3"."joined_soon",
        "t3"."joined_late",
        "t3"."joined_year",
        "t7"."entry_date",
        "t7"."dob"
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
          "t2"."entry_date",
          "t2"."dob"
        FROM "records_near" AS "t2"
        WHERE
          "t2"."entry_date" IS NOT NULL
      ) AS "t7"
        ON "t5"."pupil" = "t7"."pupil"
    ) AS "t8"
  ) AS "t9"
  GROUP BY
    1
) AS "t10"
