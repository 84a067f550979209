SELECT
  CASE
    WHEN (
      "t0"."dob" <= MAKE_DATE("t0"."year" - 5, 3, 31)
    )
    AND (
      "t0"."dob" > MAKE_DATE("t0"."year" - 17, 3, 31)
    )
    AND (
      "t0"."sdq_score" IS NULL
    )
    AND (
      (
        COALESCE("t0"."sdq_reason", '') = 'carer refused'
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST(COALESCE("t0"."sdq_reason", '') = 'carer refused' AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."dob" <= MAKE_DATE("t0"."year" - 5, 3, 31)
    )
    AND (
      "t0"."dob" > MAKE_DATE("t0"."year" - 17, 3, 31)
    )
    AND (
      "t0"."sdq_score" IS NULL
    )
    AND (
      (
        COALESCE("t0"."sdq_reason", '') = 'carer refused'
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
