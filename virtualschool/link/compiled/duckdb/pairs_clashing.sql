SELECT DISTINCT
  "t9"."la",
  "t9"."child",
  "t9"."pupil",
  "t9"."other_la",
  "t9"."other"
FROM (
  SELECT
    "t3"."la",
    "t3"."child",
    "t3"."pupil",
    "t8"."other_la",
    "t8"."other",
    "t4"."since",
    "t4"."until",
    "t7"."their_since",
    "t7"."their_until"
  FROM "pairs" AS "t3"
  INNER JOIN (
    SELECT
      "t2"."la" AS "other_la",
      "t2"."child" AS "other",
      "t2"."pupil" AS "other_pupil"
    FROM "pairs_taken" AS "t2"
  ) AS "t8"
    ON "t3"."pupil" = "t8"."other_pupil"
    AND (
      (
        "t3"."la" <> "t8"."other_la"
      ) OR (
        "t3"."child" <> "t8"."other"
      )
    )
  INNER JOIN "child_stays" AS "t4"
    ON "t3"."la" = "t4"."la" AND "t3"."child" = "t4"."child"
  INNER JOIN (
    SELECT
      "t1"."la" AS "other_la",
      "t1"."child" AS "other",
      "t1"."since" AS "their_since",
      "t1"."until" AS "their_until"
    FROM "child_stays" AS "t1"
  ) AS "t7"
    ON "t8"."other_la" = "t7"."other_la" AND "t8"."other" = "t7"."other"
) AS "t9"
WHERE
  "t9"."since" < "t9"."their_until"
  AND "t9"."their_since" < "t9"."until"
  AND (
    (
      "t9"."la" = "t9"."other_la"
    )
    OR (
      LEAST("t9"."until", "t9"."their_until") > (
        GREATEST("t9"."since", "t9"."their_since") + INTERVAL '60' DAY
      )
    )
  )
