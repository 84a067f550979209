SELECT
  CASE
    WHEN (
      "t0"."pep_voice_told" > 0
    )
    AND (
      "t0"."pep_voice" IS NOT NULL
    )
    AND (
      "t0"."pep_voice_told" IS NOT NULL
    )
    THEN CAST("t0"."pep_voice" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "n",
  CASE
    WHEN (
      "t0"."pep_voice_told" > 0
    )
    AND (
      "t0"."pep_voice" IS NOT NULL
    )
    AND (
      "t0"."pep_voice_told" IS NOT NULL
    )
    THEN CAST("t0"."pep_voice_told" AS DECIMAL(18, 6))
    ELSE CAST(NULL AS DECIMAL(18, 6))
  END AS "d"
FROM "children" AS "t0"
