SELECT
  CASE
    WHEN (
      "t0"."sen" IS NOT NULL
    )
    AND COALESCE("t0"."dob" <= MAKE_DATE("t0"."year" - 4, 3, 31), TRUE)
    AND "t0"."sen" IN ('support', 'EHCP')
    AND (
      COALESCE("t0"."primary_need" = 'Vision impairment', FALSE) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST(COALESCE("t0"."primary_need" = 'Vision impairment', FALSE) AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."sen" IS NOT NULL
    )
    AND COALESCE("t0"."dob" <= MAKE_DATE("t0"."year" - 4, 3, 31), TRUE)
    AND "t0"."sen" IN ('support', 'EHCP')
    AND (
      COALESCE("t0"."primary_need" = 'Vision impairment', FALSE) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
