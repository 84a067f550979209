SELECT
  CASE
    WHEN TRUE AND (
      "t0"."teeth_checked" IS NOT NULL
    ) AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."teeth_checked" AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN TRUE AND (
      "t0"."teeth_checked" IS NOT NULL
    ) AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
