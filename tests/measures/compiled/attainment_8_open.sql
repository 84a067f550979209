SELECT
  CASE
    WHEN "t0"."at_ks4"
    AND (
      "t0"."attainment_8_open" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST("t0"."attainment_8_open" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."at_ks4"
    AND (
      "t0"."attainment_8_open" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
