WITH "t31" AS (
  SELECT
    "t10"."la",
    "t10"."child",
    "t10"."upn",
    "t10"."before"
  FROM "child_numbers" AS "t10"
  SEMI JOIN "children_sought" AS "t11"
    ON "t10"."la" = "t11"."la" AND "t10"."child" = "t11"."child"
), "t32" AS (
  SELECT
    "t12"."la",
    "t12"."child",
    "t12"."dob",
    "t12"."sex"
  FROM "child_births" AS "t12"
  SEMI JOIN "children_sought" AS "t11"
    ON "t12"."la" = "t11"."la" AND "t12"."child" = "t11"."child"
), "t33" AS (
  SELECT
    "t14"."la",
    "t14"."child",
    "t14"."at_home",
    "t14"."code",
    "t14"."in_la",
    "t14"."east",
    "t14"."north",
    "t14"."since",
    "t14"."until",
    "t14"."sector",
    "t14"."district"
  FROM "child_places" AS "t14"
  SEMI JOIN "children_sought" AS "t11"
    ON "t14"."la" = "t11"."la" AND "t14"."child" = "t11"."child"
)
SELECT
  *
FROM (
  SELECT
    "t77"."la",
    "t77"."child",
    "t77"."pupil"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t74"."la",
        "t74"."child",
        COALESCE("t74"."pmr", "t25"."meant", "t74"."upn") AS "pupil"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t56"."la",
              "t56"."child",
              "t26"."pmr",
              "t26"."upn"
            FROM (
              SELECT DISTINCT
                "t34"."la",
                "t34"."child",
                SUBSTRING(
                  "t34"."upn",
                  CASE WHEN (
                    8 + 1
                  ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t34"."upn") END,
                  5
                ) AS "part"
              FROM "t31" AS "t34"
              WHERE
                LENGTH("t34"."upn") BETWEEN 12 AND 14
            ) AS "t56"
            INNER JOIN (
              SELECT DISTINCT
                "t35"."la",
                "t35"."child",
                "t35"."dob"
              FROM "t32" AS "t35"
              WHERE
                "t35"."dob" IS NOT NULL
            ) AS "t50"
              ON "t56"."la" = "t50"."la" AND "t56"."child" = "t50"."child"
            INNER JOIN (
              SELECT
                "t4"."pmr",
                "t4"."upn",
                "t4"."dob",
                SUBSTRING(
                  "t4"."upn",
                  CASE WHEN (
                    8 + 1
                  ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t4"."upn") END,
                  5
                ) AS "part"
              FROM "records_near" AS "t4"
              WHERE
                "t4"."dob" IS NOT NULL AND "t4"."upn" IS NOT NULL
            ) AS "t26"
              ON "t56"."part" = "t26"."part" AND "t50"."dob" = "t26"."dob"
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
                  "t10"."la",
                  "t10"."child",
                  "t19"."pmr",
                  "t10"."upn"
                FROM "child_numbers" AS "t10"
                SEMI JOIN "children_sought" AS "t11"
                  ON "t10"."la" = "t11"."la" AND "t10"."child" = "t11"."child"
                INNER JOIN (
                  SELECT
                    "t4"."pmr",
                    "t4"."upn"
                  FROM "records_near" AS "t4"
                ) AS "t19"
                  ON "t10"."upn" = "t19"."upn"
              ) AS "t37"
            ) AS "t40"
            UNION
            SELECT
              *
            FROM (
              SELECT
                "t10"."la",
                "t10"."child",
                "t29"."pmr",
                "t29"."upn"
              FROM "child_numbers" AS "t10"
              SEMI JOIN "children_sought" AS "t11"
                ON "t10"."la" = "t11"."la" AND "t10"."child" = "t11"."child"
              INNER JOIN (
                SELECT
                  "t4"."pmr",
                  "t4"."upn",
                  "t4"."former_upn" AS "former"
                FROM "records_near" AS "t4"
                WHERE
                  "t4"."former_upn" IS NOT NULL
              ) AS "t29"
                ON "t10"."upn" = "t29"."former"
            ) AS "t39"
          ) AS "t46"
        ) AS "t66"
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
                "t52"."la",
                "t52"."child",
                "t62"."pmr",
                "t62"."upn"
              FROM (
                SELECT
                  *
                FROM "t32" AS "t35"
                WHERE
                  "t35"."dob" IS NOT NULL AND "t35"."sex" IS NOT NULL
              ) AS "t52"
              INNER JOIN (
                SELECT
                  *
                FROM (
                  SELECT
                    "t36"."la",
                    "t36"."child",
                    "t36"."in_la"
                  FROM "t33" AS "t36"
                  WHERE
                    "t36"."in_la" IS NOT NULL
                ) AS "t45"
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    "t5"."la",
                    "t5"."child",
                    "t5"."la" AS "in_la"
                  FROM "children_sought" AS "t5"
                ) AS "t17"
              ) AS "t58"
                ON "t52"."la" = "t58"."la" AND "t52"."child" = "t58"."child"
              INNER JOIN (
                SELECT
                  "t38"."pmr",
                  "t38"."upn",
                  "t38"."dob",
                  "t38"."sex",
                  "t38"."laestab",
                  "t38"."s_laestab",
                  "t38"."school_la",
                  "t38"."school_east",
                  "t38"."school_north",
                  COALESCE(
                    "t38"."school_la",
                    SUBSTRING(
                      "t38"."laestab",
                      CASE WHEN (
                        0 + 1
                      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t38"."laestab") END,
                      3
                    )
                  ) AS "in_la"
                FROM (
                  SELECT
                    "t28"."pmr",
                    "t28"."upn",
                    "t28"."dob",
                    "t28"."sex",
                    "t28"."laestab",
                    "t13"."laestab" AS "s_laestab",
                    "t13"."school_la",
                    "t13"."school_east",
                    "t13"."school_north"
                  FROM (
                    SELECT
                      "t4"."pmr",
                      "t4"."upn",
                      "t4"."dob",
                      "t4"."sex",
                      "t4"."laestab"
                    FROM "records_near" AS "t4"
                    WHERE
                      "t4"."dob" IS NOT NULL
                  ) AS "t28"
                  LEFT OUTER JOIN "known_schools" AS "t13"
                    ON "t28"."laestab" = "t13"."laestab"
                ) AS "t38"
              ) AS "t62"
                ON "t52"."dob" = "t62"."dob"
                AND "t52"."sex" = "t62"."sex"
                AND "t58"."in_la" = "t62"."in_la"
            ) AS "t68"
            UNION
            SELECT
              *
            FROM (
              SELECT
                "t52"."la",
                "t52"."child",
                "t55"."pmr",
                "t55"."upn"
              FROM (
                SELECT
                  *
                FROM "t32" AS "t35"
                WHERE
                  "t35"."dob" IS NOT NULL AND "t35"."sex" IS NOT NULL
              ) AS "t52"
              INNER JOIN (
                SELECT DISTINCT
                  "t36"."la",
                  "t36"."child",
                  "t36"."district"
                FROM "t33" AS "t36"
                WHERE
                  "t36"."district" IS NOT NULL
              ) AS "t53"
                ON "t52"."la" = "t53"."la" AND "t52"."child" = "t53"."child"
              INNER JOIN (
                SELECT
                  "t4"."pmr",
                  "t4"."upn",
                  "t4"."dob",
                  "t4"."sex",
                  SUBSTRING(
                    CASE
                      WHEN LENGTH("t4"."home") < 3
                      THEN CAST(NULL AS TEXT)
                      WHEN (
                        LENGTH("t4"."home") >= 5
                      )
                      AND NOT (
                        RIGHT("t4"."home", 1) BETWEEN '0' AND '9'
                      )
                      THEN SUBSTRING(
                        "t4"."home",
                        CASE WHEN (
                          0 + 1
                        ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t4"."home") END,
                        LENGTH("t4"."home") - 2
                      )
                      ELSE "t4"."home"
                    END,
                    CASE
                      WHEN (
                        0 + 1
                      ) >= 1
                      THEN 0 + 1
                      ELSE 0 + 1 + LENGTH(
                        CASE
                          WHEN LENGTH("t4"."home") < 3
                          THEN CAST(NULL AS TEXT)
                          WHEN (
                            LENGTH("t4"."home") >= 5
                          )
                          AND NOT (
                            RIGHT("t4"."home", 1) BETWEEN '0' AND '9'
                          )
                          THEN SUBSTRING(
                            "t4"."home",
                            CASE WHEN (
                              0 + 1
                            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t4"."home") END,
                            LENGTH("t4"."home") - 2
                          )
                          ELSE "t4"."home"
                        END
                      )
                    END,
                    LENGTH(
                      CASE
                        WHEN LENGTH("t4"."home") < 3
                        THEN CAST(NULL AS TEXT)
                        WHEN (
                          LENGTH("t4"."home") >= 5
                        )
                        AND NOT (
                          RIGHT("t4"."home", 1) BETWEEN '0' AND '9'
                        )
                        THEN SUBSTRING(
                          "t4"."home",
                          CASE WHEN (
                            0 + 1
                          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t4"."home") END,
                          LENGTH("t4"."home") - 2
                        )
                        ELSE "t4"."home"
                      END
                    ) - 1
                  ) AS "district"
                FROM "records_near" AS "t4"
                WHERE
                  "t4"."dob" IS NOT NULL AND "t4"."home" IS NOT NULL
              ) AS "t55"
                ON "t52"."dob" = "t55"."dob"
                AND "t52"."sex" = "t55"."sex"
                AND "t53"."district" = "t55"."district"
            ) AS "t63"
          ) AS "t69"
          UNION
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t67"."la",
                "t67"."child",
                "t67"."pmr",
                "t67"."upn"
              FROM (
                SELECT
                  "t51"."la",
                  "t51"."child",
                  "t51"."dob",
                  "t51"."sex",
                  "t61"."code",
                  "t30"."pmr",
                  "t30"."upn",
                  "t30"."home",
                  "t30"."their_dob",
                  "t30"."their_sex"
                FROM (
                  SELECT
                    *
                  FROM "t32" AS "t35"
                  WHERE
                    "t35"."dob" IS NOT NULL
                ) AS "t51"
                INNER JOIN (
                  SELECT DISTINCT
                    "t36"."la",
                    "t36"."child",
                    "t36"."code"
                  FROM "t33" AS "t36"
                  WHERE
                    LENGTH("t36"."code") >= 5
                    AND NOT (
                      RIGHT("t36"."code", 1) BETWEEN '0' AND '9'
                    )
                ) AS "t61"
                  ON "t51"."la" = "t61"."la" AND "t51"."child" = "t61"."child"
                INNER JOIN (
                  SELECT
                    "t4"."pmr",
                    "t4"."upn",
                    "t4"."home",
                    "t4"."dob" AS "their_dob",
                    "t4"."sex" AS "their_sex"
                  FROM "records_near" AS "t4"
                  WHERE
                    "t4"."dob" IS NOT NULL AND "t4"."home" IS NOT NULL
                ) AS "t30"
                  ON "t61"."code" = "t30"."home"
              ) AS "t67"
              WHERE
                (
                  "t67"."dob" = "t67"."their_dob"
                )
                OR (
                  CASE
                    WHEN (
                      EXTRACT(year FROM "t67"."dob") = EXTRACT(year FROM "t67"."their_dob")
                    )
                    AND (
                      EXTRACT(month FROM "t67"."dob") = EXTRACT(month FROM "t67"."their_dob")
                    )
                    THEN (
                      (
                        ABS(EXTRACT(day FROM "t67"."dob") - EXTRACT(day FROM "t67"."their_dob")) = 1
                      )
                      OR (
                        (
                          EXTRACT(day FROM "t67"."dob") - (
                            EXTRACT(day FROM "t67"."dob") % 10
                          )
                        ) = (
                          EXTRACT(day FROM "t67"."their_dob") - (
                            EXTRACT(day FROM "t67"."their_dob") % 10
                          )
                        )
                      )
                      OR (
                        (
                          (
                            EXTRACT(day FROM "t67"."dob") % 10
                          ) = (
                            EXTRACT(day FROM "t67"."their_dob") % 10
                          )
                        )
                        AND (
                          (
                            EXTRACT(day FROM "t67"."dob") - (
                              EXTRACT(day FROM "t67"."dob") % 100
                            )
                          ) = (
                            EXTRACT(day FROM "t67"."their_dob") - (
                              EXTRACT(day FROM "t67"."their_dob") % 100
                            )
                          )
                        )
                      )
                    )
                    AND NOT (
                      EXTRACT(day FROM "t67"."dob") = EXTRACT(day FROM "t67"."their_dob")
                    )
                    WHEN (
                      EXTRACT(year FROM "t67"."dob") = EXTRACT(year FROM "t67"."their_dob")
                    )
                    AND (
                      EXTRACT(day FROM "t67"."dob") = EXTRACT(day FROM "t67"."their_dob")
                    )
                    THEN (
                      ABS(EXTRACT(month FROM "t67"."dob") - EXTRACT(month FROM "t67"."their_dob")) = 1
                    )
                    OR (
                      (
                        EXTRACT(month FROM "t67"."dob") - (
                          EXTRACT(month FROM "t67"."dob") % 10
                        )
                      ) = (
                        EXTRACT(month FROM "t67"."their_dob") - (
                          EXTRACT(month FROM "t67"."their_dob") % 10
                        )
                      )
                    )
                    OR (
                      (
                        (
                          EXTRACT(month FROM "t67"."dob") % 10
                        ) = (
                          EXTRACT(month FROM "t67"."their_dob") % 10
                        )
                      )
                      AND (
                        (
                          EXTRACT(month FROM "t67"."dob") - (
                            EXTRACT(month FROM "t67"."dob") % 100
                          )
                        ) = (
                          EXTRACT(month FROM "t67"."their_dob") - (
                            EXTRACT(month FROM "t67"."their_dob") % 100
                          )
                        )
                      )
                    )
                    WHEN (
                      EXTRACT(month FROM "t67"."dob") = EXTRACT(month FROM "t67"."their_dob")
                    )
                    AND (
                      EXTRACT(day FROM "t67"."dob") = EXTRACT(day FROM "t67"."their_dob")
                    )
                    THEN (
                      ABS(EXTRACT(year FROM "t67"."dob") - EXTRACT(year FROM "t67"."their_dob")) = 1
                    )
                    OR (
                      (
                        EXTRACT(year FROM "t67"."dob") - (
                          EXTRACT(year FROM "t67"."dob") % 10
                        )
                      ) = (
                        EXTRACT(year FROM "t67"."their_dob") - (
                          EXTRACT(year FROM "t67"."their_dob") % 10
                        )
                      )
                    )
                    OR (
                      (
                        (
                          EXTRACT(year FROM "t67"."dob") % 10
                        ) = (
                          EXTRACT(year FROM "t67"."their_dob") % 10
                        )
                      )
                      AND (
                        (
                          EXTRACT(year FROM "t67"."dob") - (
                            EXTRACT(year FROM "t67"."dob") % 100
                          )
                        ) = (
                          EXTRACT(year FROM "t67"."their_dob") - (
                            EXTRACT(year FROM "t67"."their_dob") % 100
                          )
                        )
                      )
                    )
                    OR (
                      (
                        (
                          ABS(EXTRACT(year FROM "t67"."dob") - EXTRACT(year FROM "t67"."their_dob")) % 1000
                        ) = 0
                      )
                      OR (
                        (
                          (
                            ABS(EXTRACT(year FROM "t67"."dob") - EXTRACT(year FROM "t67"."their_dob")) % 100
                          ) = 0
                        )
                        AND (
                          (
                            EXTRACT(year FROM "t67"."dob") - (
                              EXTRACT(year FROM "t67"."dob") % 1000
                            )
                          ) = (
                            EXTRACT(year FROM "t67"."their_dob") - (
                              EXTRACT(year FROM "t67"."their_dob") % 1000
                            )
                          )
                        )
                      )
                    )
                    WHEN EXTRACT(year FROM "t67"."dob") = EXTRACT(year FROM "t67"."their_dob")
                    THEN (
                      EXTRACT(day FROM "t67"."dob") = EXTRACT(month FROM "t67"."their_dob")
                    )
                    AND (
                      EXTRACT(month FROM "t67"."dob") = EXTRACT(day FROM "t67"."their_dob")
                    )
                    ELSE FALSE
                  END
                  AND (
                    "t67"."sex" = "t67"."their_sex"
                  )
                )
            ) AS "t70"
            UNION
            SELECT
              *
            FROM (
              SELECT
                "t57"."la",
                "t57"."child",
                "t27"."pmr",
                "t27"."upn"
              FROM (
                SELECT DISTINCT
                  "t34"."la",
                  "t34"."child",
                  SUBSTRING(
                    "t34"."upn",
                    CASE WHEN (
                      0 + 1
                    ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t34"."upn") END,
                    8
                  ) AS "part"
                FROM "t31" AS "t34"
                WHERE
                  LENGTH("t34"."upn") BETWEEN 12 AND 14
              ) AS "t57"
              INNER JOIN (
                SELECT DISTINCT
                  "t35"."la",
                  "t35"."child",
                  "t35"."dob"
                FROM "t32" AS "t35"
                WHERE
                  "t35"."dob" IS NOT NULL
              ) AS "t50"
                ON "t57"."la" = "t50"."la" AND "t57"."child" = "t50"."child"
              INNER JOIN (
                SELECT
                  "t4"."pmr",
                  "t4"."upn",
                  "t4"."dob",
                  SUBSTRING(
                    "t4"."upn",
                    CASE WHEN (
                      0 + 1
                    ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t4"."upn") END,
                    8
                  ) AS "part"
                FROM "records_near" AS "t4"
                WHERE
                  "t4"."dob" IS NOT NULL AND "t4"."upn" IS NOT NULL
              ) AS "t27"
                ON "t57"."part" = "t27"."part" AND "t50"."dob" = "t27"."dob"
            ) AS "t65"
          ) AS "t71"
        ) AS "t72"
      ) AS "t74"
      LEFT OUTER JOIN (
        SELECT
          "t2"."identifier",
          "t2"."pupil" AS "meant"
        FROM "pupil_keys" AS "t2"
        WHERE
          "t2"."kind" = 'upn'
      ) AS "t25"
        ON "t74"."upn" = "t25"."identifier"
    ) AS "t75"
    WHERE
      "t75"."pupil" IS NOT NULL
  ) AS "t77"
  ANTI JOIN "pairs_refused" AS "t9"
    ON "t77"."la" = "t9"."la"
    AND "t77"."child" = "t9"."child"
    AND "t77"."pupil" = "t9"."pupil"
) AS "t78"
UNION
SELECT
  *
FROM (
  SELECT
    *
  FROM "pairs_made" AS "t0"
) AS "t15"
