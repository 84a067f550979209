SELECT
  "t13"."pair",
  "t13"."alike",
  "t13"."among",
  CASE WHEN "t13"."same" THEN 3 WHEN "t13"."group" THEN 2 ELSE 1 END AS "ethnicity"
FROM (
  SELECT
    "t12"."pair",
    BOOL_OR(CAST("t12"."same" AS BOOLEAN)) AS "same",
    BOOL_OR(CAST("t12"."group" AS BOOLEAN)) AS "group",
    MAX("t12"."pupils") AS "alike",
    MAX("t12"."among") AS "among"
  FROM (
    SELECT
      "t11"."la",
      "t11"."child",
      "t11"."pupil",
      "t11"."pair",
      "t11"."ours",
      "t11"."at_la",
      "t11"."theirs",
      "t11"."in_la",
      "t11"."ethnicity",
      "t11"."pupils",
      "t11"."among",
      "t11"."ours" = "t11"."theirs" AS "same",
      SUBSTRING(
        "t11"."ours",
        CASE WHEN (
          0 + 1
        ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t11"."ours") END,
        1
      ) = SUBSTRING(
        "t11"."theirs",
        CASE WHEN (
          0 + 1
        ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t11"."theirs") END,
        1
      ) AS "group"
    FROM (
      SELECT
        "t6"."la",
        "t6"."child",
        "t6"."pupil",
        "t6"."pair",
        "t9"."ours",
        "t10"."at_la",
        "t10"."theirs",
        "t4"."in_la",
        "t4"."ethnicity",
        "t4"."pupils",
        "t4"."among"
      FROM (
        SELECT
          *
        FROM "pairs_found" AS "t0"
      ) AS "t6"
      INNER JOIN (
        SELECT
          "t2"."la",
          "t2"."child",
          SUBSTRING(
            UPPER("t2"."ethnic"),
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH(UPPER("t2"."ethnic")) END,
            4
          ) AS "ours"
        FROM "child_features" AS "t2"
        WHERE
          "t2"."ethnic" IS NOT NULL
      ) AS "t9"
        ON "t6"."la" = "t9"."la" AND "t6"."child" = "t9"."child"
      INNER JOIN (
        SELECT DISTINCT
          "t3"."pupil",
          "t3"."at_la",
          SUBSTRING(
            UPPER("t3"."ethnicity"),
            CASE
              WHEN (
                0 + 1
              ) >= 1
              THEN 0 + 1
              ELSE 0 + 1 + LENGTH(UPPER("t3"."ethnicity"))
            END,
            4
          ) AS "theirs"
        FROM "records_near" AS "t3"
        WHERE
          "t3"."ethnicity" IS NOT NULL
          AND NOT (
            "t3"."ethnicity" IN ('NOBT', 'REFU', '')
          )
      ) AS "t10"
        ON "t6"."pupil" = "t10"."pupil"
      LEFT OUTER JOIN "common_ethnicities" AS "t4"
        ON "t10"."at_la" = "t4"."in_la" AND "t9"."ours" = "t4"."ethnicity"
    ) AS "t11"
  ) AS "t12"
  GROUP BY
    1
) AS "t13"
