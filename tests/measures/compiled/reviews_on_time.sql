SELECT
  CASE
    WHEN (
      "t0"."reviews_due" > 0
    )
    AND (
      (
        "t0"."reviews_on_time" = "t0"."reviews_due"
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."reviews_on_time" = "t0"."reviews_due" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."reviews_due" > 0
    )
    AND (
      (
        "t0"."reviews_on_time" = "t0"."reviews_due"
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
