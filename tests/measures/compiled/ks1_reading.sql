SELECT
  CASE
    WHEN "t0"."at_ks1"
    AND "t0"."ks1_reading" IN ('GDS', 'EXS', 'WTS', 'PKF', 'BLW', 'PK1', 'PK2', 'PK3', 'PK4', 'EM', 'A', 'D')
    AND (
      "t0"."ks1_reading" IN ('GDS', 'EXS') IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST("t0"."ks1_reading" IN ('GDS', 'EXS') AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."at_ks1"
    AND "t0"."ks1_reading" IN ('GDS', 'EXS', 'WTS', 'PKF', 'BLW', 'PK1', 'PK2', 'PK3', 'PK4', 'EM', 'A', 'D')
    AND (
      "t0"."ks1_reading" IN ('GDS', 'EXS') IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
