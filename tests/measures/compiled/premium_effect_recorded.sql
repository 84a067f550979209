SELECT
  CASE
    WHEN (
      "t0"."premium_lines" > 0
    )
    AND (
      "t0"."premium_lines_known" IS NOT NULL
    )
    AND (
      "t0"."premium_lines" IS NOT NULL
    )
    THEN CAST("t0"."premium_lines_known" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."premium_lines" > 0
    )
    AND (
      "t0"."premium_lines_known" IS NOT NULL
    )
    AND (
      "t0"."premium_lines" IS NOT NULL
    )
    THEN CAST("t0"."premium_lines" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
