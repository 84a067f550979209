SELECT
  CASE
    WHEN "t0"."on_roll_january"
    AND (
      (
        "t0"."suspension_months" IS NOT NULL
      )
      AND (
        "t0"."suspension_months_before" IS NOT NULL
      )
    )
    AND (
      (
        (
          (
            "t0"."suspension_months" & 255
          ) > 0
        )
        OR (
          (
            "t0"."suspension_months_before" & 3840
          ) > 0
        )
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(CAST((
      (
        "t0"."suspension_months" & 255
      ) > 0
    )
    OR (
      (
        "t0"."suspension_months_before" & 3840
      ) > 0
    ) AS INT) AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN "t0"."on_roll_january"
    AND (
      (
        "t0"."suspension_months" IS NOT NULL
      )
      AND (
        "t0"."suspension_months_before" IS NOT NULL
      )
    )
    AND (
      (
        (
          (
            "t0"."suspension_months" & 255
          ) > 0
        )
        OR (
          (
            "t0"."suspension_months_before" & 3840
          ) > 0
        )
      ) IS NOT NULL
    )
    AND (
      1 IS NOT NULL
    )
    THEN CAST(1 AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
