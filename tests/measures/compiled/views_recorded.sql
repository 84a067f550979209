SELECT
  CASE
    WHEN "t0"."in_year"
    AND (
      "t0"."age_on_31_march" >= 4
    )
    AND (
      "t0"."views_recorded" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."views_recorded" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."in_year"
    AND (
      "t0"."age_on_31_march" >= 4
    )
    AND (
      "t0"."views_recorded" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
