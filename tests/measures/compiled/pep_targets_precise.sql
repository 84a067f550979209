SELECT
  CASE
    WHEN (
      "t0"."pep_targets" > 0
    )
    AND (
      "t0"."pep_targets_precise" IS NOT NULL
    )
    AND (
      "t0"."pep_targets" IS NOT NULL
    )
    THEN CAST("t0"."pep_targets_precise" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."pep_targets" > 0
    )
    AND (
      "t0"."pep_targets_precise" IS NOT NULL
    )
    AND (
      "t0"."pep_targets" IS NOT NULL
    )
    THEN CAST("t0"."pep_targets" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
