SELECT
  CASE
    WHEN (
      "t0"."reviews_taking_part" > 0
    )
    AND (
      "t0"."reviews_attended" IS NOT NULL
    )
    AND (
      "t0"."reviews_taking_part" IS NOT NULL
    )
    THEN CAST("t0"."reviews_attended" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."reviews_taking_part" > 0
    )
    AND (
      "t0"."reviews_attended" IS NOT NULL
    )
    AND (
      "t0"."reviews_taking_part" IS NOT NULL
    )
    THEN CAST("t0"."reviews_taking_part" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
