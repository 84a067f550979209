SELECT
  CASE
    WHEN (
      "t0"."pep_targets_due" > 0
    )
    AND (
      "t0"."pep_targets_met" IS NOT NULL
    )
    AND (
      "t0"."pep_targets_due" IS NOT NULL
    )
    THEN CAST("t0"."pep_targets_met" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."pep_targets_due" > 0
    )
    AND (
      "t0"."pep_targets_met" IS NOT NULL
    )
    AND (
      "t0"."pep_targets_due" IS NOT NULL
    )
    THEN CAST("t0"."pep_targets_due" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
