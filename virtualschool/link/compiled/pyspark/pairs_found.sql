WITH `t28` AS (
  SELECT
    `t8`.`la`,
    `t8`.`child`,
    `t8`.`upn`,
    `t8`.`before`
  FROM `child_numbers` AS `t8`
  LEFT SEMI JOIN `children_sought` AS `t9`
    ON `t8`.`la` = `t9`.`la` AND `t8`.`child` = `t9`.`child`
), `t29` AS (
  SELECT
    `t10`.`la`,
    `t10`.`child`,
    `t10`.`dob`,
    `t10`.`sex`
  FROM `child_births` AS `t10`
  LEFT SEMI JOIN `children_sought` AS `t9`
    ON `t10`.`la` = `t9`.`la` AND `t10`.`child` = `t9`.`child`
), `t30` AS (
  SELECT
    `t11`.`la`,
    `t11`.`child`,
    `t11`.`at_home`,
    `t11`.`code`,
    `t11`.`in_la`,
    `t11`.`east`,
    `t11`.`north`,
    `t11`.`since`,
    `t11`.`until`,
    `t11`.`sector`,
    `t11`.`district`
  FROM `child_places` AS `t11`
  LEFT SEMI JOIN `children_sought` AS `t9`
    ON `t11`.`la` = `t9`.`la` AND `t11`.`child` = `t9`.`child`
)
SELECT
  `t68`.`la`,
  `t68`.`child`,
  `t68`.`pupil`,
  ROW_NUMBER() OVER (
    ORDER BY `t68`.`la` ASC NULLS LAST, `t68`.`child` ASC NULLS LAST, `t68`.`pupil` ASC NULLS LAST
  ) - 1 AS `pair`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t66`.`la`,
      `t66`.`child`,
      `t66`.`pupil`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t50`.`la`,
            `t50`.`child`,
            `t23`.`pupil`
          FROM (
            SELECT DISTINCT
              `t31`.`la`,
              `t31`.`child`,
              SUBSTRING(`t31`.`upn`, IF((
                8 + 1
              ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t31`.`upn`)), 5) AS `part`
            FROM `t28` AS `t31`
            WHERE
              LENGTH(`t31`.`upn`) BETWEEN 12 AND 14
          ) AS `t50`
          INNER JOIN (
            SELECT DISTINCT
              `t32`.`la`,
              `t32`.`child`,
              `t32`.`dob`
            FROM `t29` AS `t32`
            WHERE
              `t32`.`dob` IS NOT NULL
          ) AS `t45`
            ON `t50`.`la` = `t45`.`la` AND `t50`.`child` = `t45`.`child`
          INNER JOIN (
            SELECT
              `t3`.`pupil`,
              `t3`.`dob`,
              SUBSTRING(`t3`.`upn`, IF((
                8 + 1
              ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t3`.`upn`)), 5) AS `part`
            FROM `records_near` AS `t3`
            WHERE
              `t3`.`dob` IS NOT NULL AND `t3`.`upn` IS NOT NULL
          ) AS `t23`
            ON `t50`.`part` = `t23`.`part` AND `t45`.`dob` = `t23`.`dob`
        ) AS `t56`
        UNION ALL
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
                `t8`.`la`,
                `t8`.`child`,
                `t17`.`pupil`
              FROM `child_numbers` AS `t8`
              LEFT SEMI JOIN `children_sought` AS `t9`
                ON `t8`.`la` = `t9`.`la` AND `t8`.`child` = `t9`.`child`
              INNER JOIN (
                SELECT
                  `t3`.`pupil`,
                  `t3`.`upn`
                FROM `records_near` AS `t3`
              ) AS `t17`
                ON `t8`.`upn` = `t17`.`upn`
            ) AS `t34`
          ) AS `t36`
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              `t8`.`la`,
              `t8`.`child`,
              `t25`.`pupil`
            FROM `child_numbers` AS `t8`
            LEFT SEMI JOIN `children_sought` AS `t9`
              ON `t8`.`la` = `t9`.`la` AND `t8`.`child` = `t9`.`child`
            INNER JOIN (
              SELECT
                `t3`.`pupil`,
                `t3`.`former_upn` AS `former`
              FROM `records_near` AS `t3`
              WHERE
                `t3`.`former_upn` IS NOT NULL
            ) AS `t25`
              ON `t8`.`upn` = `t25`.`former`
          ) AS `t35`
        ) AS `t42`
      ) AS `t59`
      UNION ALL
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
              `t47`.`la`,
              `t47`.`child`,
              `t22`.`pupil`
            FROM (
              SELECT
                *
              FROM `t29` AS `t32`
              WHERE
                `t32`.`dob` IS NOT NULL AND `t32`.`sex` IS NOT NULL
            ) AS `t47`
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  `t33`.`la`,
                  `t33`.`child`,
                  `t33`.`in_la`
                FROM `t30` AS `t33`
                WHERE
                  `t33`.`in_la` IS NOT NULL
              ) AS `t41`
              UNION
              SELECT
                *
              FROM (
                SELECT
                  `t4`.`la`,
                  `t4`.`child`,
                  `t4`.`la` AS `in_la`
                FROM `children_sought` AS `t4`
              ) AS `t14`
            ) AS `t52`
              ON `t47`.`la` = `t52`.`la` AND `t47`.`child` = `t52`.`child`
            INNER JOIN (
              SELECT
                `t3`.`pupil`,
                `t3`.`dob`,
                `t3`.`sex`,
                `t3`.`at_la` AS `in_la`
              FROM `records_near` AS `t3`
              WHERE
                `t3`.`dob` IS NOT NULL
            ) AS `t22`
              ON `t47`.`dob` = `t22`.`dob`
              AND `t47`.`sex` = `t22`.`sex`
              AND `t52`.`in_la` = `t22`.`in_la`
          ) AS `t58`
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              `t47`.`la`,
              `t47`.`child`,
              `t26`.`pupil`
            FROM (
              SELECT
                *
              FROM `t29` AS `t32`
              WHERE
                `t32`.`dob` IS NOT NULL AND `t32`.`sex` IS NOT NULL
            ) AS `t47`
            INNER JOIN (
              SELECT DISTINCT
                `t33`.`la`,
                `t33`.`child`,
                `t33`.`district`
              FROM `t30` AS `t33`
              WHERE
                `t33`.`district` IS NOT NULL
            ) AS `t48`
              ON `t47`.`la` = `t48`.`la` AND `t47`.`child` = `t48`.`child`
            INNER JOIN (
              SELECT
                `t3`.`pupil`,
                `t3`.`dob`,
                `t3`.`sex`,
                `t3`.`home_district` AS `district`
              FROM `records_near` AS `t3`
              WHERE
                `t3`.`dob` IS NOT NULL AND `t3`.`home_district` IS NOT NULL
            ) AS `t26`
              ON `t47`.`dob` = `t26`.`dob`
              AND `t47`.`sex` = `t26`.`sex`
              AND `t48`.`district` = `t26`.`district`
          ) AS `t55`
        ) AS `t60`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              `t61`.`la`,
              `t61`.`child`,
              `t61`.`pupil`
            FROM (
              SELECT
                `t46`.`la`,
                `t46`.`child`,
                `t46`.`dob`,
                `t46`.`sex`,
                `t54`.`code`,
                `t27`.`pupil`,
                `t27`.`home`,
                `t27`.`their_dob`,
                `t27`.`their_sex`
              FROM (
                SELECT
                  *
                FROM `t29` AS `t32`
                WHERE
                  `t32`.`dob` IS NOT NULL
              ) AS `t46`
              INNER JOIN (
                SELECT DISTINCT
                  `t33`.`la`,
                  `t33`.`child`,
                  `t33`.`code`
                FROM `t30` AS `t33`
                WHERE
                  LENGTH(`t33`.`code`) >= 5
                  AND NOT (
                    RIGHT(`t33`.`code`, 1) BETWEEN '0' AND '9'
                  )
              ) AS `t54`
                ON `t46`.`la` = `t54`.`la` AND `t46`.`child` = `t54`.`child`
              INNER JOIN (
                SELECT
                  `t3`.`pupil`,
                  `t3`.`home`,
                  `t3`.`dob` AS `their_dob`,
                  `t3`.`sex` AS `their_sex`
                FROM `records_near` AS `t3`
                WHERE
                  `t3`.`dob` IS NOT NULL AND `t3`.`home` IS NOT NULL
              ) AS `t27`
                ON `t54`.`code` = `t27`.`home`
            ) AS `t61`
            WHERE
              (
                `t61`.`dob` = `t61`.`their_dob`
              )
              OR (
                CASE
                  WHEN (
                    EXTRACT(year FROM `t61`.`dob`) = EXTRACT(year FROM `t61`.`their_dob`)
                  )
                  AND (
                    EXTRACT(month FROM `t61`.`dob`) = EXTRACT(month FROM `t61`.`their_dob`)
                  )
                  THEN (
                    (
                      ABS(EXTRACT(day FROM `t61`.`dob`) - EXTRACT(day FROM `t61`.`their_dob`)) = 1
                    )
                    OR (
                      (
                        EXTRACT(day FROM `t61`.`dob`) - (
                          EXTRACT(day FROM `t61`.`dob`) % 10
                        )
                      ) = (
                        EXTRACT(day FROM `t61`.`their_dob`) - (
                          EXTRACT(day FROM `t61`.`their_dob`) % 10
                        )
                      )
                    )
                    OR (
                      (
                        (
                          EXTRACT(day FROM `t61`.`dob`) % 10
                        ) = (
                          EXTRACT(day FROM `t61`.`their_dob`) % 10
                        )
                      )
                      AND (
                        (
                          EXTRACT(day FROM `t61`.`dob`) - (
                            EXTRACT(day FROM `t61`.`dob`) % 100
                          )
                        ) = (
                          EXTRACT(day FROM `t61`.`their_dob`) - (
                            EXTRACT(day FROM `t61`.`their_dob`) % 100
                          )
                        )
                      )
                    )
                  )
                  AND NOT (
                    EXTRACT(day FROM `t61`.`dob`) = EXTRACT(day FROM `t61`.`their_dob`)
                  )
                  WHEN (
                    EXTRACT(year FROM `t61`.`dob`) = EXTRACT(year FROM `t61`.`their_dob`)
                  )
                  AND (
                    EXTRACT(day FROM `t61`.`dob`) = EXTRACT(day FROM `t61`.`their_dob`)
                  )
                  THEN (
                    ABS(EXTRACT(month FROM `t61`.`dob`) - EXTRACT(month FROM `t61`.`their_dob`)) = 1
                  )
                  OR (
                    (
                      EXTRACT(month FROM `t61`.`dob`) - (
                        EXTRACT(month FROM `t61`.`dob`) % 10
                      )
                    ) = (
                      EXTRACT(month FROM `t61`.`their_dob`) - (
                        EXTRACT(month FROM `t61`.`their_dob`) % 10
                      )
                    )
                  )
                  OR (
                    (
                      (
                        EXTRACT(month FROM `t61`.`dob`) % 10
                      ) = (
                        EXTRACT(month FROM `t61`.`their_dob`) % 10
                      )
                    )
                    AND (
                      (
                        EXTRACT(month FROM `t61`.`dob`) - (
                          EXTRACT(month FROM `t61`.`dob`) % 100
                        )
                      ) = (
                        EXTRACT(month FROM `t61`.`their_dob`) - (
                          EXTRACT(month FROM `t61`.`their_dob`) % 100
                        )
                      )
                    )
                  )
                  WHEN (
                    EXTRACT(month FROM `t61`.`dob`) = EXTRACT(month FROM `t61`.`their_dob`)
                  )
                  AND (
                    EXTRACT(day FROM `t61`.`dob`) = EXTRACT(day FROM `t61`.`their_dob`)
                  )
                  THEN (
                    ABS(EXTRACT(year FROM `t61`.`dob`) - EXTRACT(year FROM `t61`.`their_dob`)) = 1
                  )
                  OR (
                    (
                      EXTRACT(year FROM `t61`.`dob`) - (
                        EXTRACT(year FROM `t61`.`dob`) % 10
                      )
                    ) = (
                      EXTRACT(year FROM `t61`.`their_dob`) - (
                        EXTRACT(year FROM `t61`.`their_dob`) % 10
                      )
                    )
                  )
                  OR (
                    (
                      (
                        EXTRACT(year FROM `t61`.`dob`) % 10
                      ) = (
                        EXTRACT(year FROM `t61`.`their_dob`) % 10
                      )
                    )
                    AND (
                      (
                        EXTRACT(year FROM `t61`.`dob`) - (
                          EXTRACT(year FROM `t61`.`dob`) % 100
                        )
                      ) = (
                        EXTRACT(year FROM `t61`.`their_dob`) - (
                          EXTRACT(year FROM `t61`.`their_dob`) % 100
                        )
                      )
                    )
                  )
                  OR (
                    (
                      (
                        ABS(EXTRACT(year FROM `t61`.`dob`) - EXTRACT(year FROM `t61`.`their_dob`)) % 1000
                      ) = 0
                    )
                    OR (
                      (
                        (
                          ABS(EXTRACT(year FROM `t61`.`dob`) - EXTRACT(year FROM `t61`.`their_dob`)) % 100
                        ) = 0
                      )
                      AND (
                        (
                          EXTRACT(year FROM `t61`.`dob`) - (
                            EXTRACT(year FROM `t61`.`dob`) % 1000
                          )
                        ) = (
                          EXTRACT(year FROM `t61`.`their_dob`) - (
                            EXTRACT(year FROM `t61`.`their_dob`) % 1000
                          )
                        )
                      )
                    )
                  )
                  WHEN EXTRACT(year FROM `t61`.`dob`) = EXTRACT(year FROM `t61`.`their_dob`)
                  THEN (
                    EXTRACT(day FROM `t61`.`dob`) = EXTRACT(month FROM `t61`.`their_dob`)
                  )
                  AND (
                    EXTRACT(month FROM `t61`.`dob`) = EXTRACT(day FROM `t61`.`their_dob`)
                  )
                  ELSE FALSE
                END
                AND (
                  `t61`.`sex` = `t61`.`their_sex`
                )
              )
          ) AS `t62`
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              `t51`.`la`,
              `t51`.`child`,
              `t24`.`pupil`
            FROM (
              SELECT DISTINCT
                `t31`.`la`,
                `t31`.`child`,
                SUBSTRING(`t31`.`upn`, IF((
                  0 + 1
                ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t31`.`upn`)), 8) AS `part`
              FROM `t28` AS `t31`
              WHERE
                LENGTH(`t31`.`upn`) BETWEEN 12 AND 14
            ) AS `t51`
            INNER JOIN (
              SELECT DISTINCT
                `t32`.`la`,
                `t32`.`child`,
                `t32`.`dob`
              FROM `t29` AS `t32`
              WHERE
                `t32`.`dob` IS NOT NULL
            ) AS `t45`
              ON `t51`.`la` = `t45`.`la` AND `t51`.`child` = `t45`.`child`
            INNER JOIN (
              SELECT
                `t3`.`pupil`,
                `t3`.`dob`,
                SUBSTRING(`t3`.`upn`, IF((
                  0 + 1
                ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 8) AS `part`
              FROM `records_near` AS `t3`
              WHERE
                `t3`.`dob` IS NOT NULL AND `t3`.`upn` IS NOT NULL
            ) AS `t24`
              ON `t51`.`part` = `t24`.`part` AND `t45`.`dob` = `t24`.`dob`
          ) AS `t57`
        ) AS `t63`
      ) AS `t64`
    ) AS `t66`
    LEFT ANTI JOIN `pairs_refused` AS `t7`
      ON `t66`.`la` = `t7`.`la`
      AND `t66`.`child` = `t7`.`child`
      AND `t66`.`pupil` = `t7`.`pupil`
  ) AS `t67`
  UNION
  SELECT
    *
  FROM (
    SELECT
      *
    FROM `pairs_made` AS `t0`
  ) AS `t12`
) AS `t68`
