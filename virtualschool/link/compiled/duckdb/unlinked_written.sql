SELECT
  "t27"."la",
  "t27"."child",
  CASE
    WHEN COALESCE("t11"."first_year" IS NULL, FALSE)
    THEN 'no education file held'
    WHEN COALESCE("t10"."reason" IS NOT NULL, FALSE)
    THEN "t10"."reason"
    WHEN COALESCE("t26"."alike", FALSE)
    THEN 'birth date digits swapped'
    WHEN COALESCE("t26"."near", FALSE)
    THEN 'sex differs and birth date nearly'
    WHEN COALESCE("t26"."found", FALSE)
    THEN 'birth date differs'
    WHEN COALESCE(REPLACE(UPPER("t27"."upn"), ' ', '') = 'UN1', FALSE)
    THEN 'UN1'
    WHEN COALESCE(REPLACE(UPPER("t27"."upn"), ' ', '') = 'UN2', FALSE)
    THEN 'UN2'
    WHEN COALESCE(REPLACE(UPPER("t27"."upn"), ' ', '') = 'UN3', FALSE)
    THEN 'UN3'
    WHEN COALESCE(REPLACE(UPPER("t27"."upn"), ' ', '') = 'UN4', FALSE)
    THEN 'UN4'
    WHEN COALESCE(REPLACE(UPPER("t27"."upn"), ' ', '') = 'UN5', FALSE)
    THEN 'UN5'
    WHEN COALESCE(
      COALESCE(
        (
          (
            (
              "t11"."last_year" - 1
            ) - EXTRACT(year FROM "t27"."dob")
          ) - CASE WHEN EXTRACT(month FROM "t27"."dob") > 8 THEN 1 ELSE 0 END
        ) < 4,
        FALSE
      ),
      FALSE
    )
    THEN 'under school age'
    WHEN COALESCE(
      COALESCE(
        (
          (
            (
              "t11"."first_year" - 1
            ) - EXTRACT(year FROM "t27"."dob")
          ) - CASE WHEN EXTRACT(month FROM "t27"."dob") > 8 THEN 1 ELSE 0 END
        ) >= 16,
        FALSE
      ),
      FALSE
    )
    THEN 'over school age'
    WHEN COALESCE("t32"."in_la" IN ('WAL', 'SCO', 'NIR'), FALSE)
    THEN 'Wales, Scotland or Northern Ireland'
    WHEN COALESCE("t15"."arrived" >= MAKE_DATE(CAST("t11"."last_year" - 1 AS INT), 4, 1), FALSE)
    THEN 'newly arrived'
    WHEN COALESCE("t32"."residential", FALSE)
    THEN 'independent or unregistered school'
    WHEN COALESCE("t32"."elsewhere", FALSE)
    THEN 'no education file for the school''s authority'
    WHEN COALESCE(
      (
        REPLACE(UPPER("t27"."upn"), ' ', '') IS NULL
      )
      OR (
        REPLACE(UPPER("t27"."upn"), ' ', '') = ''
      )
      OR (
        REPLACE(UPPER("t27"."upn"), ' ', '') = 'UN0'
      ),
      FALSE
    )
    THEN 'no UPN'
    ELSE 'UPN not among these pupils'
  END AS "reason"
FROM (
  SELECT
    "t20"."la",
    "t20"."child",
    "t20"."dob",
    "t20"."upn"
  FROM (
    SELECT
      "t3"."la",
      "t3"."year",
      "t3"."child",
      "t3"."sex",
      "t3"."dob",
      "t3"."ethnic",
      "t3"."upn",
      "t3"."mother",
      "t3"."mc_dob",
      "t3"."uasc",
      "t3"."file",
      "t3"."row",
      ROW_NUMBER() OVER (
        PARTITION BY "t3"."la", "t3"."child"
        ORDER BY "t3"."year" DESC, "t3"."file" DESC, "t3"."row" DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "place"
    FROM "header" AS "t3"
  ) AS "t20"
  WHERE
    "t20"."place" = 0
) AS "t27"
ANTI JOIN "links" AS "t9"
  ON "t27"."la" = "t9"."la" AND "t27"."child" = "t9"."child"
LEFT OUTER JOIN "links_settled" AS "t10"
  ON "t27"."la" = "t10"."la" AND "t27"."child" = "t10"."child"
CROSS JOIN "years_held" AS "t11"
LEFT OUTER JOIN (
  SELECT
    "t21"."la",
    "t21"."child",
    "t21"."near",
    "t21"."alike",
    TRUE AS "found"
  FROM (
    SELECT
      "t13"."la",
      "t13"."child",
      BOOL_OR(CAST("t13"."nearly_born_any" AS BOOLEAN)) AS "near",
      BOOL_OR(CAST("t13"."nearly_born" AS BOOLEAN)) AS "alike"
    FROM (
      SELECT
        *
      FROM "pairs_born" AS "t5"
      WHERE
        "t5"."birth_known"
    ) AS "t13"
    GROUP BY
      1,
      2
  ) AS "t21"
) AS "t26"
  ON "t27"."la" = "t26"."la" AND "t27"."child" = "t26"."child"
LEFT OUTER JOIN (
  SELECT
    "t30"."la",
    "t30"."child",
    "t30"."in_la",
    "t30"."last_kind" = 'S1' AS "residential",
    "t16"."there" IS NULL AS "elsewhere"
  FROM (
    SELECT
      "t28"."la",
      "t28"."child",
      "t28"."last_kind",
      "t28"."p_la",
      "t28"."p_child",
      "t28"."in_la",
      COALESCE("t28"."in_la", "t28"."la") AS "school_la"
    FROM (
      SELECT
        "t19"."la",
        "t19"."child",
        "t19"."last_kind",
        "t24"."la" AS "p_la",
        "t24"."child" AS "p_child",
        "t24"."in_la"
      FROM (
        SELECT
          "t7"."la",
          "t7"."child",
          FIRST("t7"."place" ORDER BY "t7"."decom" DESC) AS "last_kind"
        FROM "episodes" AS "t7"
        GROUP BY
          1,
          2
      ) AS "t19"
      LEFT OUTER JOIN (
        SELECT
          "t18"."la",
          "t18"."child",
          FIRST("t18"."in_la" ORDER BY "t18"."since" DESC) AS "in_la"
        FROM (
          SELECT
            *
          FROM "child_places" AS "t8"
          WHERE
            NOT (
              "t8"."at_home"
            )
        ) AS "t18"
        GROUP BY
          1,
          2
      ) AS "t24"
        ON "t19"."la" = "t24"."la" AND "t19"."child" = "t24"."child"
    ) AS "t28"
  ) AS "t30"
  LEFT OUTER JOIN (
    SELECT
      "t6"."held_la",
      TRUE AS "there"
    FROM "authorities_with_schools" AS "t6"
  ) AS "t16"
    ON "t30"."school_la" = "t16"."held_la"
) AS "t32"
  ON "t27"."la" = "t32"."la" AND "t27"."child" = "t32"."child"
LEFT OUTER JOIN (
  SELECT
    "t4"."la",
    "t4"."child",
    "t4"."begun" AS "arrived"
  FROM "child_features" AS "t4"
  WHERE
    "t4"."unaccompanied"
) AS "t15"
  ON "t27"."la" = "t15"."la" AND "t27"."child" = "t15"."child"
