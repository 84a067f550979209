SELECT
  CASE
    WHEN (
      "t0"."pep_terms" > 0
    )
    AND (
      (
        "t0"."pep_terms_met" = "t0"."pep_terms"
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."pep_terms_met" = "t0"."pep_terms" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."pep_terms" > 0
    )
    AND (
      (
        "t0"."pep_terms_met" = "t0"."pep_terms"
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
