SELECT
  CASE
    WHEN "t0"."age_on_31_march" BETWEEN 17 AND 18
    AND (
      (
        "t0"."staying_put" IS NOT NULL
      )
      AND COALESCE("t0"."route_placement" IN ('foster', 'kinship foster'), FALSE)
    )
    AND (
      "t0"."staying_put" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."staying_put" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."age_on_31_march" BETWEEN 17 AND 18
    AND (
      (
        "t0"."staying_put" IS NOT NULL
      )
      AND COALESCE("t0"."route_placement" IN ('foster', 'kinship foster'), FALSE)
    )
    AND (
      "t0"."staying_put" IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
