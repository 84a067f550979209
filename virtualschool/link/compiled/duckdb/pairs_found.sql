WITH "t29" AS (
  SELECT
    "t8"."la",
    "t8"."child",
    "t8"."upn"
  FROM "child_numbers" AS "t8"
  SEMI JOIN "children_sought" AS "t9"
    ON "t8"."la" = "t9"."la" AND "t8"."child" = "t9"."child"
), "t30" AS (
  SELECT
    "t10"."la",
    "t10"."child",
    "t10"."dob",
    "t10"."sex"
  FROM "child_births" AS "t10"
  SEMI JOIN "children_sought" AS "t9"
    ON "t10"."la" = "t9"."la" AND "t10"."child" = "t9"."child"
), "t31" AS (
  SELECT
    "t12"."la",
    "t12"."child",
    "t12"."at_home",
    "t12"."code",
    "t12"."in_la",
    "t12"."east",
    "t12"."north",
    "t12"."since",
    "t12"."until",
    "t12"."sector",
    "t12"."district"
  FROM "child_places" AS "t12"
  SEMI JOIN "children_sought" AS "t9"
    ON "t12"."la" = "t9"."la" AND "t12"."child" = "t9"."child"
), "t40" AS (
  SELECT
    *
  FROM "t30" AS "t33"
  WHERE
    "t33"."dob" IS NOT NULL AND "t33"."sex" IS NOT NULL
)
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t73"."la",
      "t73"."child",
      COALESCE("t73"."pmr", "t23"."meant", "t73"."upn") AS "pupil"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t52"."la",
            "t52"."child",
            "t24"."pmr",
            "t24"."upn"
          FROM (
            SELECT DISTINCT
              "t32"."la",
              "t32"."child",
              RIGHT("t32"."upn", 5) AS "part"
            FROM "t29" AS "t32"
            WHERE
              LENGTH("t32"."upn") BETWEEN 12 AND 14
          ) AS "t52"
          INNER JOIN "t40" AS "t54"
            ON "t52"."la" = "t54"."la" AND "t52"."child" = "t54"."child"
          INNER JOIN (
            SELECT
              "t3"."pmr",
              "t3"."upn",
              "t3"."sex",
              RIGHT("t3"."upn", 5) AS "part",
              "t3"."dob" AS "their_dob"
            FROM "sightings" AS "t3"
            WHERE
              "t3"."dob" IS NOT NULL AND "t3"."upn" IS NOT NULL
          ) AS "t24"
            ON "t52"."part" = "t24"."part"
            AND "t54"."sex" = "t24"."sex"
            AND "t54"."dob" = "t24"."their_dob"
        ) AS "t62"
        UNION
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t8"."la",
                "t8"."child",
                "t17"."pmr",
                "t8"."upn"
              FROM "child_numbers" AS "t8"
              SEMI JOIN "children_sought" AS "t9"
                ON "t8"."la" = "t9"."la" AND "t8"."child" = "t9"."child"
              INNER JOIN (
                SELECT
                  "t3"."pmr",
                  "t3"."upn"
                FROM "sightings" AS "t3"
              ) AS "t17"
                ON "t8"."upn" = "t17"."upn"
            ) AS "t35"
          ) AS "t38"
          UNION
          SELECT
            *
          FROM (
            SELECT
              "t8"."la",
              "t8"."child",
              "t27"."pmr",
              "t27"."upn"
            FROM "child_numbers" AS "t8"
            SEMI JOIN "children_sought" AS "t9"
              ON "t8"."la" = "t9"."la" AND "t8"."child" = "t9"."child"
            INNER JOIN (
              SELECT
                "t3"."pmr",
                "t3"."upn",
                "t3"."former_upn" AS "former"
              FROM "sightings" AS "t3"
              WHERE
                "t3"."former_upn" IS NOT NULL
            ) AS "t27"
              ON "t8"."upn" = "t27"."former"
          ) AS "t37"
        ) AS "t43"
      ) AS "t64"
      UNION
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t55"."la",
              "t55"."child",
              "t60"."pmr",
              "t60"."upn"
            FROM "t40" AS "t55"
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  "t34"."la",
                  "t34"."child",
                  "t34"."in_la"
                FROM "t31" AS "t34"
                WHERE
                  "t34"."in_la" IS NOT NULL
              ) AS "t42"
              UNION
              SELECT
                *
              FROM (
                SELECT
                  "t4"."la",
                  "t4"."child",
                  "t4"."la" AS "in_la"
                FROM "children_sought" AS "t4"
              ) AS "t15"
            ) AS "t56"
              ON "t55"."la" = "t56"."la" AND "t55"."child" = "t56"."child"
            INNER JOIN (
              SELECT
                "t36"."pmr",
                "t36"."upn",
                "t36"."dob",
                "t36"."sex",
                "t36"."laestab",
                "t36"."s_laestab",
                "t36"."school_la",
                "t36"."school_east",
                "t36"."school_north",
                COALESCE(
                  "t36"."school_la",
                  SUBSTRING(
                    "t36"."laestab",
                    CASE WHEN (
                      0 + 1
                    ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t36"."laestab") END,
                    3
                  )
                ) AS "in_la"
              FROM (
                SELECT
                  "t26"."pmr",
                  "t26"."upn",
                  "t26"."dob",
                  "t26"."sex",
                  "t26"."laestab",
                  "t11"."laestab" AS "s_laestab",
                  "t11"."school_la",
                  "t11"."school_east",
                  "t11"."school_north"
                FROM (
                  SELECT
                    "t3"."pmr",
                    "t3"."upn",
                    "t3"."dob",
                    "t3"."sex",
                    "t3"."laestab"
                  FROM "sightings" AS "t3"
                  WHERE
                    "t3"."dob" IS NOT NULL
                ) AS "t26"
                LEFT OUTER JOIN "known_schools" AS "t11"
                  ON "t26"."laestab" = "t11"."laestab"
              ) AS "t36"
            ) AS "t60"
              ON "t55"."dob" = "t60"."dob"
              AND "t55"."sex" = "t60"."sex"
              AND "t56"."in_la" = "t60"."in_la"
          ) AS "t66"
          UNION
          SELECT
            *
          FROM (
            SELECT
              "t55"."la",
              "t55"."child",
              "t51"."pmr",
              "t51"."upn"
            FROM "t40" AS "t55"
            INNER JOIN (
              SELECT DISTINCT
                "t34"."la",
                "t34"."child",
                "t34"."district"
              FROM "t31" AS "t34"
              WHERE
                "t34"."district" IS NOT NULL
            ) AS "t49"
              ON "t55"."la" = "t49"."la" AND "t55"."child" = "t49"."child"
            INNER JOIN (
              SELECT
                "t3"."pmr",
                "t3"."upn",
                "t3"."dob",
                "t3"."sex",
                SUBSTRING(
                  CASE
                    WHEN LENGTH("t3"."home") < 3
                    THEN CAST(NULL AS TEXT)
                    WHEN (
                      LENGTH("t3"."home") >= 5
                    )
                    AND NOT (
                      RIGHT("t3"."home", 1) BETWEEN '0' AND '9'
                    )
                    THEN SUBSTRING(
                      "t3"."home",
                      CASE WHEN (
                        0 + 1
                      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."home") END,
                      LENGTH("t3"."home") - 2
                    )
                    ELSE "t3"."home"
                  END,
                  CASE
                    WHEN (
                      0 + 1
                    ) >= 1
                    THEN 0 + 1
                    ELSE 0 + 1 + LENGTH(
                      CASE
                        WHEN LENGTH("t3"."home") < 3
                        THEN CAST(NULL AS TEXT)
                        WHEN (
                          LENGTH("t3"."home") >= 5
                        )
                        AND NOT (
                          RIGHT("t3"."home", 1) BETWEEN '0' AND '9'
                        )
                        THEN SUBSTRING(
                          "t3"."home",
                          CASE WHEN (
                            0 + 1
                          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."home") END,
                          LENGTH("t3"."home") - 2
                        )
                        ELSE "t3"."home"
                      END
                    )
                  END,
                  LENGTH(
                    CASE
                      WHEN LENGTH("t3"."home") < 3
                      THEN CAST(NULL AS TEXT)
                      WHEN (
                        LENGTH("t3"."home") >= 5
                      )
                      AND NOT (
                        RIGHT("t3"."home", 1) BETWEEN '0' AND '9'
                      )
                      THEN SUBSTRING(
                        "t3"."home",
                        CASE WHEN (
                          0 + 1
                        ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."home") END,
                        LENGTH("t3"."home") - 2
                      )
                      ELSE "t3"."home"
                    END
                  ) - 1
                ) AS "district"
              FROM "sightings" AS "t3"
              WHERE
                "t3"."dob" IS NOT NULL AND "t3"."home" IS NOT NULL
            ) AS "t51"
              ON "t55"."dob" = "t51"."dob"
              AND "t55"."sex" = "t51"."sex"
              AND "t49"."district" = "t51"."district"
          ) AS "t63"
        ) AS "t67"
        UNION
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t65"."la",
              "t65"."child",
              "t65"."pmr",
              "t65"."upn"
            FROM (
              SELECT
                "t47"."la",
                "t47"."child",
                "t47"."dob",
                "t47"."sex",
                "t59"."code",
                "t28"."pmr",
                "t28"."upn",
                "t28"."home",
                "t28"."their_dob",
                "t28"."their_sex"
              FROM (
                SELECT
                  *
                FROM "t30" AS "t33"
                WHERE
                  "t33"."dob" IS NOT NULL
              ) AS "t47"
              INNER JOIN (
                SELECT DISTINCT
                  "t34"."la",
                  "t34"."child",
                  "t34"."code"
                FROM "t31" AS "t34"
                WHERE
                  LENGTH("t34"."code") >= 5
                  AND NOT (
                    RIGHT("t34"."code", 1) BETWEEN '0' AND '9'
                  )
              ) AS "t59"
                ON "t47"."la" = "t59"."la" AND "t47"."child" = "t59"."child"
              INNER JOIN (
                SELECT
                  "t3"."pmr",
                  "t3"."upn",
                  "t3"."home",
                  "t3"."dob" AS "their_dob",
                  "t3"."sex" AS "their_sex"
                FROM "sightings" AS "t3"
                WHERE
                  "t3"."dob" IS NOT NULL AND "t3"."home" IS NOT NULL
              ) AS "t28"
                ON "t59"."code" = "t28"."home"
            ) AS "t65"
            WHERE
              (
                "t65"."dob" = "t65"."their_dob"
              )
              OR (
                CASE
                  WHEN (
                    EXTRACT(year FROM "t65"."dob") = EXTRACT(year FROM "t65"."their_dob")
                  )
                  AND (
                    EXTRACT(month FROM "t65"."dob") = EXTRACT(month FROM "t65"."their_dob")
                  )
                  THEN (
                    (
                      ABS(EXTRACT(day FROM "t65"."dob") - EXTRACT(day FROM "t65"."their_dob")) = 1
                    )
                    OR (
                      (
                        EXTRACT(day FROM "t65"."dob") - (
                          EXTRACT(day FROM "t65"."dob") % 10
                        )
                      ) = (
                        EXTRACT(day FROM "t65"."their_dob") - (
                          EXTRACT(day FROM "t65"."their_dob") % 10
                        )
                      )
                    )
                    OR (
                      (
                        (
                          EXTRACT(day FROM "t65"."dob") % 10
                        ) = (
                          EXTRACT(day FROM "t65"."their_dob") % 10
                        )
                      )
                      AND (
                        (
                          EXTRACT(day FROM "t65"."dob") - (
                            EXTRACT(day FROM "t65"."dob") % 100
                          )
                        ) = (
                          EXTRACT(day FROM "t65"."their_dob") - (
                            EXTRACT(day FROM "t65"."their_dob") % 100
                          )
                        )
                      )
                    )
                  )
                  AND NOT (
                    EXTRACT(day FROM "t65"."dob") = EXTRACT(day FROM "t65"."their_dob")
                  )
                  WHEN (
                    EXTRACT(year FROM "t65"."dob") = EXTRACT(year FROM "t65"."their_dob")
                  )
                  AND (
                    EXTRACT(day FROM "t65"."dob") = EXTRACT(day FROM "t65"."their_dob")
                  )
                  THEN (
                    ABS(EXTRACT(month FROM "t65"."dob") - EXTRACT(month FROM "t65"."their_dob")) = 1
                  )
                  OR (
                    (
                      EXTRACT(month FROM "t65"."dob") - (
                        EXTRACT(month FROM "t65"."dob") % 10
                      )
                    ) = (
                      EXTRACT(month FROM "t65"."their_dob") - (
                        EXTRACT(month FROM "t65"."their_dob") % 10
                      )
                    )
                  )
                  OR (
                    (
                      (
                        EXTRACT(month FROM "t65"."dob") % 10
                      ) = (
                        EXTRACT(month FROM "t65"."their_dob") % 10
                      )
                    )
                    AND (
                      (
                        EXTRACT(month FROM "t65"."dob") - (
                          EXTRACT(month FROM "t65"."dob") % 100
                        )
                      ) = (
                        EXTRACT(month FROM "t65"."their_dob") - (
                          EXTRACT(month FROM "t65"."their_dob") % 100
                        )
                      )
                    )
                  )
                  WHEN (
                    EXTRACT(month FROM "t65"."dob") = EXTRACT(month FROM "t65"."their_dob")
                  )
                  AND (
                    EXTRACT(day FROM "t65"."dob") = EXTRACT(day FROM "t65"."their_dob")
                  )
                  THEN (
                    ABS(EXTRACT(year FROM "t65"."dob") - EXTRACT(year FROM "t65"."their_dob")) = 1
                  )
                  OR (
                    (
                      EXTRACT(year FROM "t65"."dob") - (
                        EXTRACT(year FROM "t65"."dob") % 10
                      )
                    ) = (
                      EXTRACT(year FROM "t65"."their_dob") - (
                        EXTRACT(year FROM "t65"."their_dob") % 10
                      )
                    )
                  )
                  OR (
                    (
                      (
                        EXTRACT(year FROM "t65"."dob") % 10
                      ) = (
                        EXTRACT(year FROM "t65"."their_dob") % 10
                      )
                    )
                    AND (
                      (
                        EXTRACT(year FROM "t65"."dob") - (
                          EXTRACT(year FROM "t65"."dob") % 100
                        )
                      ) = (
                        EXTRACT(year FROM "t65"."their_dob") - (
                          EXTRACT(year FROM "t65"."their_dob") % 100
                        )
                      )
                    )
                  )
                  OR (
                    (
                      (
                        ABS(EXTRACT(year FROM "t65"."dob") - EXTRACT(year FROM "t65"."their_dob")) % 1000
                      ) = 0
                    )
                    OR (
                      (
                        (
                          ABS(EXTRACT(year FROM "t65"."dob") - EXTRACT(year FROM "t65"."their_dob")) % 100
                        ) = 0
                      )
                      AND (
                        (
                          EXTRACT(year FROM "t65"."dob") - (
                            EXTRACT(year FROM "t65"."dob") % 1000
                          )
                        ) = (
                          EXTRACT(year FROM "t65"."their_dob") - (
                            EXTRACT(year FROM "t65"."their_dob") % 1000
                          )
                        )
                      )
                    )
                  )
                  WHEN EXTRACT(year FROM "t65"."dob") = EXTRACT(year FROM "t65"."their_dob")
                  THEN (
                    EXTRACT(day FROM "t65"."dob") = EXTRACT(month FROM "t65"."their_dob")
                  )
                  AND (
                    EXTRACT(month FROM "t65"."dob") = EXTRACT(day FROM "t65"."their_dob")
                  )
                  ELSE FALSE
                END
                AND (
                  "t65"."sex" = "t65"."their_sex"
                )
              )
          ) AS "t69"
          UNION
          SELECT
            *
          FROM (
            SELECT
              "t61"."la",
              "t61"."child",
              "t61"."pmr",
              "t61"."upn"
            FROM (
              SELECT
                "t53"."la",
                "t53"."child",
                "t53"."part",
                "t54"."dob",
                "t54"."sex",
                "t25"."pmr",
                "t25"."upn",
                "t25"."their_dob"
              FROM (
                SELECT DISTINCT
                  "t32"."la",
                  "t32"."child",
                  SUBSTRING(
                    "t32"."upn",
                    CASE WHEN (
                      0 + 1
                    ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t32"."upn") END,
                    8
                  ) AS "part"
                FROM "t29" AS "t32"
                WHERE
                  LENGTH("t32"."upn") BETWEEN 12 AND 14
              ) AS "t53"
              INNER JOIN "t40" AS "t54"
                ON "t53"."la" = "t54"."la" AND "t53"."child" = "t54"."child"
              INNER JOIN (
                SELECT
                  "t3"."pmr",
                  "t3"."upn",
                  "t3"."sex",
                  SUBSTRING(
                    "t3"."upn",
                    CASE WHEN (
                      0 + 1
                    ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
                    8
                  ) AS "part",
                  "t3"."dob" AS "their_dob"
                FROM "sightings" AS "t3"
                WHERE
                  "t3"."dob" IS NOT NULL AND "t3"."upn" IS NOT NULL
              ) AS "t25"
                ON "t53"."part" = "t25"."part" AND "t54"."sex" = "t25"."sex"
            ) AS "t61"
            WHERE
              (
                "t61"."dob" = "t61"."their_dob"
              )
              OR CASE
                WHEN (
                  EXTRACT(year FROM "t61"."dob") = EXTRACT(year FROM "t61"."their_dob")
                )
                AND (
                  EXTRACT(month FROM "t61"."dob") = EXTRACT(month FROM "t61"."their_dob")
                )
                THEN (
                  (
                    ABS(EXTRACT(day FROM "t61"."dob") - EXTRACT(day FROM "t61"."their_dob")) = 1
                  )
                  OR (
                    (
                      EXTRACT(day FROM "t61"."dob") - (
                        EXTRACT(day FROM "t61"."dob") % 10
                      )
                    ) = (
                      EXTRACT(day FROM "t61"."their_dob") - (
                        EXTRACT(day FROM "t61"."their_dob") % 10
                      )
                    )
                  )
                  OR (
                    (
                      (
                        EXTRACT(day FROM "t61"."dob") % 10
                      ) = (
                        EXTRACT(day FROM "t61"."their_dob") % 10
                      )
                    )
                    AND (
                      (
                        EXTRACT(day FROM "t61"."dob") - (
                          EXTRACT(day FROM "t61"."dob") % 100
                        )
                      ) = (
                        EXTRACT(day FROM "t61"."their_dob") - (
                          EXTRACT(day FROM "t61"."their_dob") % 100
                        )
                      )
                    )
                  )
                )
                AND NOT (
                  EXTRACT(day FROM "t61"."dob") = EXTRACT(day FROM "t61"."their_dob")
                )
                WHEN (
                  EXTRACT(year FROM "t61"."dob") = EXTRACT(year FROM "t61"."their_dob")
                )
                AND (
                  EXTRACT(day FROM "t61"."dob") = EXTRACT(day FROM "t61"."their_dob")
                )
                THEN (
                  ABS(EXTRACT(month FROM "t61"."dob") - EXTRACT(month FROM "t61"."their_dob")) = 1
                )
                OR (
                  (
                    EXTRACT(month FROM "t61"."dob") - (
                      EXTRACT(month FROM "t61"."dob") % 10
                    )
                  ) = (
                    EXTRACT(month FROM "t61"."their_dob") - (
                      EXTRACT(month FROM "t61"."their_dob") % 10
                    )
                  )
                )
                OR (
                  (
                    (
                      EXTRACT(month FROM "t61"."dob") % 10
                    ) = (
                      EXTRACT(month FROM "t61"."their_dob") % 10
                    )
                  )
                  AND (
                    (
                      EXTRACT(month FROM "t61"."dob") - (
                        EXTRACT(month FROM "t61"."dob") % 100
                      )
                    ) = (
                      EXTRACT(month FROM "t61"."their_dob") - (
                        EXTRACT(month FROM "t61"."their_dob") % 100
                      )
                    )
                  )
                )
                WHEN (
                  EXTRACT(month FROM "t61"."dob") = EXTRACT(month FROM "t61"."their_dob")
                )
                AND (
                  EXTRACT(day FROM "t61"."dob") = EXTRACT(day FROM "t61"."their_dob")
                )
                THEN (
                  ABS(EXTRACT(year FROM "t61"."dob") - EXTRACT(year FROM "t61"."their_dob")) = 1
                )
                OR (
                  (
                    EXTRACT(year FROM "t61"."dob") - (
                      EXTRACT(year FROM "t61"."dob") % 10
                    )
                  ) = (
                    EXTRACT(year FROM "t61"."their_dob") - (
                      EXTRACT(year FROM "t61"."their_dob") % 10
                    )
                  )
                )
                OR (
                  (
                    (
                      EXTRACT(year FROM "t61"."dob") % 10
                    ) = (
                      EXTRACT(year FROM "t61"."their_dob") % 10
                    )
                  )
                  AND (
                    (
                      EXTRACT(year FROM "t61"."dob") - (
                        EXTRACT(year FROM "t61"."dob") % 100
                      )
                    ) = (
                      EXTRACT(year FROM "t61"."their_dob") - (
                        EXTRACT(year FROM "t61"."their_dob") % 100
                      )
                    )
                  )
                )
                OR (
                  (
                    (
                      ABS(EXTRACT(year FROM "t61"."dob") - EXTRACT(year FROM "t61"."their_dob")) % 1000
                    ) = 0
                  )
                  OR (
                    (
                      (
                        ABS(EXTRACT(year FROM "t61"."dob") - EXTRACT(year FROM "t61"."their_dob")) % 100
                      ) = 0
                    )
                    AND (
                      (
                        EXTRACT(year FROM "t61"."dob") - (
                          EXTRACT(year FROM "t61"."dob") % 1000
                        )
                      ) = (
                        EXTRACT(year FROM "t61"."their_dob") - (
                          EXTRACT(year FROM "t61"."their_dob") % 1000
                        )
                      )
                    )
                  )
                )
                WHEN EXTRACT(year FROM "t61"."dob") = EXTRACT(year FROM "t61"."their_dob")
                THEN (
                  EXTRACT(day FROM "t61"."dob") = EXTRACT(month FROM "t61"."their_dob")
                )
                AND (
                  EXTRACT(month FROM "t61"."dob") = EXTRACT(day FROM "t61"."their_dob")
                )
                ELSE FALSE
              END
          ) AS "t68"
        ) AS "t70"
      ) AS "t71"
    ) AS "t73"
    LEFT OUTER JOIN (
      SELECT
        "t1"."identifier",
        "t1"."pupil" AS "meant"
      FROM "pupil_keys" AS "t1"
      WHERE
        "t1"."kind" = 'upn'
    ) AS "t23"
      ON "t73"."upn" = "t23"."identifier"
  ) AS "t74"
  WHERE
    "t74"."pupil" IS NOT NULL
) AS "t75"
UNION
SELECT
  *
FROM (
  SELECT
    *
  FROM "pairs_made" AS "t0"
) AS "t13"
