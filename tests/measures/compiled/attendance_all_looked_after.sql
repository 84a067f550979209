SELECT
  CASE
    WHEN (
      "t0"."sessions_possible" > 0
    )
    AND COALESCE("t0"."age", 10) BETWEEN 5 AND 15
    AND (
      (
        "t0"."sessions_possible" - "t0"."sessions_missed"
      ) IS NOT NULL
    )
    AND (
      "t0"."sessions_possible" IS NOT NULL
    )
    THEN CAST("t0"."sessions_possible" - "t0"."sessions_missed" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."sessions_possible" > 0
    )
    AND COALESCE("t0"."age", 10) BETWEEN 5 AND 15
    AND (
      (
        "t0"."sessions_possible" - "t0"."sessions_missed"
      ) IS NOT NULL
    )
    AND (
      "t0"."sessions_possible" IS NOT NULL
    )
    THEN CAST("t0"."sessions_possible" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
