SELECT
  CASE
    WHEN (
      "t0"."pep_graded" > 0
    )
    AND (
      "t0"."pep_good" IS NOT NULL
    )
    AND (
      "t0"."pep_graded" IS NOT NULL
    )
    THEN CAST("t0"."pep_good" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."pep_graded" > 0
    )
    AND (
      "t0"."pep_good" IS NOT NULL
    )
    AND (
      "t0"."pep_graded" IS NOT NULL
    )
    THEN CAST("t0"."pep_graded" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
