SELECT
  CASE
    WHEN (
      "t0"."premium_spent" > 0
    )
    AND (
      "t0"."premium_devolved" IS NOT NULL
    )
    AND (
      "t0"."premium_spent" IS NOT NULL
    )
    THEN "t0"."premium_devolved"
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."premium_spent" > 0
    )
    AND (
      "t0"."premium_devolved" IS NOT NULL
    )
    AND (
      "t0"."premium_spent" IS NOT NULL
    )
    THEN "t0"."premium_spent"
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
