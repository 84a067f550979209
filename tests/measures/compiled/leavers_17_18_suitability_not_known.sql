SELECT
  CASE
    WHEN "t0"."age_on_31_march" BETWEEN 17 AND 18
    AND NOT (
      COALESCE("t0"."accommodation" IN ('gone abroad', 'deported', 'residence not known'), FALSE)
    )
    AND (
      "t0"."accommodation_suitable" IS NULL IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."accommodation_suitable" IS NULL AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."age_on_31_march" BETWEEN 17 AND 18
    AND NOT (
      COALESCE("t0"."accommodation" IN ('gone abroad', 'deported', 'residence not known'), FALSE)
    )
    AND (
      "t0"."accommodation_suitable" IS NULL IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
