SELECT
  "t12"."pair",
  CASE
    WHEN (
      "t12"."first_move" < "t12"."last_move"
    )
    AND (
      "t12"."first_joined" < "t12"."last_joined"
    )
    THEN 8
    WHEN (
      "t12"."times" >= 4
    ) AND "t12"."soon"
    THEN 6
    WHEN "t12"."soon"
    THEN 7
    WHEN "t12"."september"
    THEN 5
    WHEN "t12"."late"
    THEN 4
    WHEN "t12"."times" >= 4
    THEN 1
    WHEN "t12"."times" > 1
    THEN 2
    ELSE 3
  END AS "moves"
FROM (
  SELECT
    "t11"."pair",
    BOOL_OR(CAST("t11"."late" AS BOOLEAN)) AS "late",
    BOOL_OR(CAST("t11"."soon" AS BOOLEAN)) AS "soon",
    BOOL_OR(CAST("t11"."september" AS BOOLEAN)) AS "september",
    MIN("t11"."moved") FILTER(WHERE
      "t11"."soon") AS "first_move",
    MAX("t11"."moved") FILTER(WHERE
      "t11"."soon") AS "last_move",
    MIN("t11"."entry_date") FILTER(WHERE
      "t11"."soon") AS "first_joined",
    MAX("t11"."entry_date") FILTER(WHERE
      "t11"."soon") AS "last_joined",
    COUNT(DISTINCT "t11"."moved") AS "times"
  FROM (
    SELECT
      "t10"."la",
      "t10"."child",
      "t10"."pupil",
      "t10"."pair",
      "t10"."moved",
      "t10"."joined_from",
      "t10"."joined_soon",
      "t10"."joined_late",
      "t10"."joined_year",
      "t10"."entry_date",
      "t10"."dob",
      CASE
        WHEN "t10"."entry_date" >= "t10"."joined_from"
        THEN NOT (
          (
            EXTRACT(month FROM "t10"."entry_date") = 9
          )
          AND (
            EXTRACT(day FROM "t10"."entry_date") <= 15
          )
        )
        ELSE FALSE
      END
      AND (
        "t10"."entry_date" <= "t10"."joined_soon"
      ) AS "soon",
      CASE
        WHEN "t10"."entry_date" >= "t10"."joined_from"
        THEN NOT (
          (
            EXTRACT(month FROM "t10"."entry_date") = 9
          )
          AND (
            EXTRACT(day FROM "t10"."entry_date") <= 15
          )
        )
        ELSE FALSE
      END
      AND (
        "t10"."entry_date" <= "t10"."joined_late"
      ) AS "late",
      CASE
        WHEN (
          "t10"."entry_date" >= "t10"."moved"
        )
        AND (
          "t10"."entry_date" <= "t10"."joined_year"
        )
        THEN (
          EXTRACT(month FROM "t10"."entry_date") = 9
        )
        AND (
          EXTRACT(day FROM "t10"."entry_date") <= 15
        )
        AND COALESCE(
          (
            (
              (
                EXTRACT(year FROM "t10"."entry_date") + 1
              ) - 1
            ) - EXTRACT(year FROM "t10"."dob")
          ) - CASE WHEN EXTRACT(month FROM "t10"."dob") > 8 THEN 1 ELSE 0 END BETWEEN 5 AND 15
          AND NOT (
            (
              (
                (
                  EXTRACT(year FROM "t10"."entry_date") + 1
                ) - 1
              ) - EXTRACT(year FROM "t10"."dob")
            ) - CASE WHEN EXTRACT(month FROM "t10"."dob") > 8 THEN 1 ELSE 0 END IN (7, 11)
          ),
          FALSE
        )
        ELSE FALSE
      END AS "september"
    FROM (
      SELECT
        "t4"."la",
        "t4"."child",
        "t4"."pupil",
        "t4"."pair",
        "t9"."moved",
        "t9"."joined_from",
        "t9"."joined_soon",
        "t9"."joined_late",
        "t9"."joined_year",
        "t6"."entry_date",
        "t6"."dob"
      FROM (
        SELECT
          *
        FROM "pairs_found" AS "t0"
      ) AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "child_moves" AS "t1"
        WHERE
          "t1"."moved" <= (
            SELECT
              CAST(CAST(MAX("t2"."seen_on") - INTERVAL '14' DAY AS TIMESTAMP) AS DATE) AS "Cast(Cast(DateSub(Max(seen_on), 14D), timestamp), date)"
            FROM "records_near" AS "t2"
          )
      ) AS "t9"
        ON "t4"."la" = "t9"."la" AND "t4"."child" = "t9"."child"
      INNER JOIN (
        SELECT DISTINCT
          "t2"."pupil",
          "t2"."entry_date",
          "t2"."dob"
        FROM "records_near" AS "t2"
        WHERE
          "t2"."entry_date" IS NOT NULL
      ) AS "t6"
        ON "t4"."pupil" = "t6"."pupil"
    ) AS "t10"
  ) AS "t11"
  GROUP BY
    1
) AS "t12"
