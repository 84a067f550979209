SELECT
  CASE
    WHEN "t0"."at_31_march"
    AND "t0"."spent_year_before"
    AND (
      "t0"."without_year_before" IS NULL
    )
    AND (
      (
        "t0"."placements_in_2_years" >= 3
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."placements_in_2_years" >= 3 AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."at_31_march"
    AND "t0"."spent_year_before"
    AND (
      "t0"."without_year_before" IS NULL
    )
    AND (
      (
        "t0"."placements_in_2_years" >= 3
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
