SELECT
  "t7"."in_la",
  "t7"."ethnicity",
  "t7"."pupils",
  CAST(CAST(SUM("t7"."pupils") OVER (
    PARTITION BY "t7"."in_la"
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
  ) AS DECIMAL(18, 0)) AS BIGINT) AS "among"
FROM (
  SELECT
    "t6"."in_la",
    "t6"."ethnicity",
    CAST(CAST(SUM("t6"."n") AS DECIMAL(18, 0)) AS BIGINT) AS "pupils"
  FROM (
    SELECT
      "t5"."laestab",
      SUBSTRING(
        UPPER("t5"."ethnicity"),
        CASE
          WHEN (
            0 + 1
          ) >= 1
          THEN 0 + 1
          ELSE 0 + 1 + LENGTH(UPPER("t5"."ethnicity"))
        END,
        4
      ) AS "ethnicity",
      "t5"."n",
      "t5"."s_laestab",
      "t5"."school_la",
      "t5"."school_east",
      "t5"."school_north",
      COALESCE(
        "t5"."school_la",
        SUBSTRING(
          "t5"."laestab",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t5"."laestab") END,
          3
        )
      ) AS "in_la"
    FROM (
      SELECT
        "t4"."laestab",
        "t4"."ethnicity",
        "t4"."n",
        "t2"."laestab" AS "s_laestab",
        "t2"."school_la",
        "t2"."school_east",
        "t2"."school_north"
      FROM (
        SELECT
          "t0"."laestab",
          "t0"."ethnicity",
          COUNT(*) AS "n"
        FROM "roll" AS "t0"
        GROUP BY
          1,
          2
      ) AS "t4"
      LEFT OUTER JOIN "known_schools" AS "t2"
        ON "t4"."laestab" = "t2"."laestab"
    ) AS "t5"
  ) AS "t6"
  GROUP BY
    1,
    2
) AS "t7"
