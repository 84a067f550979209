SELECT
  "t12"."la",
  "t12"."child",
  "t12"."pupil",
  "t12"."born",
  "t12"."born_any",
  "t12"."nearly_born",
  "t12"."nearly_born_any",
  "t12"."birth_known",
  "t12"."sex_differs",
  "t12"."born_alike",
  "t12"."there",
  "t12"."pupils_there",
  "t12"."alike",
  "t12"."among",
  "t12"."number",
  "t12"."birth",
  "t12"."sex",
  "t12"."place",
  "t12"."school",
  "t12"."moves",
  "t12"."ethnicity",
  "t12"."needs",
  "t12"."arrival",
  "t12"."name",
  COALESCE("t12"."linked", FALSE) AS "linked",
  COALESCE("t12"."certain", FALSE) AS "certain",
  COALESCE("t12"."group", -1) AS "group"
FROM (
  SELECT
    "t4"."la",
    "t4"."child",
    "t4"."pupil",
    "t4"."born",
    "t4"."born_any",
    "t4"."nearly_born",
    "t4"."nearly_born_any",
    "t4"."birth_known",
    "t4"."sex_differs",
    "t4"."born_alike",
    "t4"."there",
    "t4"."pupils_there",
    "t4"."alike",
    "t4"."among",
    "t4"."number",
    "t4"."birth",
    "t4"."sex",
    "t4"."place",
    "t4"."school",
    "t4"."moves",
    "t4"."ethnicity",
    "t4"."needs",
    "t4"."arrival",
    "t4"."name",
    "t10"."la" AS "f_la",
    "t10"."child" AS "f_child",
    "t10"."pupil" AS "f_pupil",
    "t10"."linked",
    "t9"."la" AS "k_la",
    "t9"."child" AS "k_child",
    "t9"."certain",
    "t11"."la" AS "b_la",
    "t11"."child" AS "b_child",
    "t11"."pupil" AS "b_pupil",
    "t11"."barred",
    "t5"."la" AS "s_la",
    "t5"."child" AS "s_child",
    "t5"."group"
  FROM "pairs_compared" AS "t4"
  LEFT OUTER JOIN (
    SELECT
      "t2"."la",
      "t2"."child",
      "t2"."pupil",
      TRUE AS "linked"
    FROM "pairs_made" AS "t2"
  ) AS "t10"
    ON "t4"."la" = "t10"."la"
    AND "t4"."child" = "t10"."child"
    AND "t4"."pupil" = "t10"."pupil"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      "t2"."la",
      "t2"."child",
      TRUE AS "certain"
    FROM "pairs_made" AS "t2"
  ) AS "t9"
    ON "t4"."la" = "t9"."la" AND "t4"."child" = "t9"."child"
  LEFT OUTER JOIN (
    SELECT DISTINCT
      "t3"."la",
      "t3"."child",
      "t3"."pupil",
      TRUE AS "barred"
    FROM "pairs_impossible" AS "t3"
  ) AS "t11"
    ON "t4"."la" = "t11"."la"
    AND "t4"."child" = "t11"."child"
    AND "t4"."pupil" = "t11"."pupil"
  LEFT OUTER JOIN "children_sought" AS "t5"
    ON "t4"."la" = "t5"."la" AND "t4"."child" = "t5"."child"
) AS "t12"
WHERE
  (
    "t12"."linked" IS NOT NULL
  ) OR (
    "t12"."barred" IS NULL
  )
