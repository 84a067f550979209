SELECT
  CASE
    WHEN (
      "t0"."placement_moves_explained" > 0
    )
    AND (
      "t0"."unplanned_moves" IS NOT NULL
    )
    AND (
      "t0"."placement_moves_explained" IS NOT NULL
    )
    THEN CAST("t0"."unplanned_moves" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."placement_moves_explained" > 0
    )
    AND (
      "t0"."unplanned_moves" IS NOT NULL
    )
    AND (
      "t0"."placement_moves_explained" IS NOT NULL
    )
    THEN CAST("t0"."placement_moves_explained" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
