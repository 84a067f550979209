SELECT
  CASE
    WHEN "t0"."at_31_march"
    AND (
      "t0"."age_on_31_march" < 16
    )
    AND "t0"."in_care_long_term"
    AND (
      "t0"."without_two_years_before" IS NULL
    )
    AND (
      "t0"."same_carer_2_years" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."same_carer_2_years" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."at_31_march"
    AND (
      "t0"."age_on_31_march" < 16
    )
    AND "t0"."in_care_long_term"
    AND (
      "t0"."without_two_years_before" IS NULL
    )
    AND (
      "t0"."same_carer_2_years" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
