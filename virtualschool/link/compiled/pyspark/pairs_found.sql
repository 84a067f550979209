WITH `t31` AS (
  SELECT
    `t9`.`la`,
    `t9`.`child`,
    `t9`.`upn`,
    `t9`.`before`
  FROM `child_numbers` AS `t9`
  LEFT SEMI JOIN `children_sought` AS `t10`
    ON `t9`.`la` = `t10`.`la` AND `t9`.`child` = `t10`.`child`
), `t32` AS (
  SELECT
    `t11`.`la`,
    `t11`.`child`,
    `t11`.`dob`,
    `t11`.`sex`
  FROM `child_births` AS `t11`
  LEFT SEMI JOIN `children_sought` AS `t10`
    ON `t11`.`la` = `t10`.`la` AND `t11`.`child` = `t10`.`child`
), `t33` AS (
  SELECT
    `t12`.`la`,
    `t12`.`child`,
    `t12`.`at_home`,
    `t12`.`code`,
    `t12`.`in_la`,
    `t12`.`east`,
    `t12`.`north`,
    `t12`.`since`,
    `t12`.`until`,
    `t12`.`sector`,
    `t12`.`district`
  FROM `child_places` AS `t12`
  LEFT SEMI JOIN `children_sought` AS `t10`
    ON `t12`.`la` = `t10`.`la` AND `t12`.`child` = `t10`.`child`
)
SELECT
  `t74`.`la`,
  `t74`.`child`,
  `t74`.`pupil`,
  ROW_NUMBER() OVER (
    ORDER BY `t74`.`la` ASC NULLS LAST, `t74`.`child` ASC NULLS LAST, `t74`.`pupil` ASC NULLS LAST
  ) - 1 AS `pair`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t72`.`la`,
      `t72`.`child`,
      `t72`.`pupil`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t69`.`la`,
          `t69`.`child`,
          COALESCE(`t69`.`pmr`, `t24`.`meant`, `t69`.`upn`) AS `pupil`
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t53`.`la`,
                `t53`.`child`,
                `t25`.`pmr`,
                `t25`.`upn`
              FROM (
                SELECT DISTINCT
                  `t34`.`la`,
                  `t34`.`child`,
                  SUBSTRING(`t34`.`upn`, IF((
                    8 + 1
                  ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t34`.`upn`)), 5) AS `part`
                FROM `t31` AS `t34`
                WHERE
                  LENGTH(`t34`.`upn`) BETWEEN 12 AND 14
              ) AS `t53`
              INNER JOIN (
                SELECT DISTINCT
                  `t35`.`la`,
                  `t35`.`child`,
                  `t35`.`dob`
                FROM `t32` AS `t35`
                WHERE
                  `t35`.`dob` IS NOT NULL
              ) AS `t48`
                ON `t53`.`la` = `t48`.`la` AND `t53`.`child` = `t48`.`child`
              INNER JOIN (
                SELECT
                  `t4`.`pmr`,
                  `t4`.`upn`,
                  `t4`.`dob`,
                  SUBSTRING(`t4`.`upn`, IF((
                    8 + 1
                  ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t4`.`upn`)), 5) AS `part`
                FROM `records_near` AS `t4`
                WHERE
                  `t4`.`dob` IS NOT NULL AND `t4`.`upn` IS NOT NULL
              ) AS `t25`
                ON `t53`.`part` = `t25`.`part` AND `t48`.`dob` = `t25`.`dob`
            ) AS `t59`
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
                    `t9`.`la`,
                    `t9`.`child`,
                    `t17`.`pmr`,
                    `t9`.`upn`
                  FROM `child_numbers` AS `t9`
                  LEFT SEMI JOIN `children_sought` AS `t10`
                    ON `t9`.`la` = `t10`.`la` AND `t9`.`child` = `t10`.`child`
                  INNER JOIN (
                    SELECT
                      `t4`.`pmr`,
                      `t4`.`upn`
                    FROM `records_near` AS `t4`
                  ) AS `t17`
                    ON `t9`.`upn` = `t17`.`upn`
                ) AS `t37`
              ) AS `t39`
              UNION
              SELECT
                *
              FROM (
                SELECT
                  `t9`.`la`,
                  `t9`.`child`,
                  `t28`.`pmr`,
                  `t28`.`upn`
                FROM `child_numbers` AS `t9`
                LEFT SEMI JOIN `children_sought` AS `t10`
                  ON `t9`.`la` = `t10`.`la` AND `t9`.`child` = `t10`.`child`
                INNER JOIN (
                  SELECT
                    `t4`.`pmr`,
                    `t4`.`upn`,
                    `t4`.`former_upn` AS `former`
                  FROM `records_near` AS `t4`
                  WHERE
                    `t4`.`former_upn` IS NOT NULL
                ) AS `t28`
                  ON `t9`.`upn` = `t28`.`former`
              ) AS `t38`
            ) AS `t45`
          ) AS `t62`
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
                  `t50`.`la`,
                  `t50`.`child`,
                  `t26`.`pmr`,
                  `t26`.`upn`
                FROM (
                  SELECT
                    *
                  FROM `t32` AS `t35`
                  WHERE
                    `t35`.`dob` IS NOT NULL AND `t35`.`sex` IS NOT NULL
                ) AS `t50`
                INNER JOIN (
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t36`.`la`,
                      `t36`.`child`,
                      `t36`.`in_la`
                    FROM `t33` AS `t36`
                    WHERE
                      `t36`.`in_la` IS NOT NULL
                  ) AS `t44`
                  UNION
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t5`.`la`,
                      `t5`.`child`,
                      `t5`.`la` AS `in_la`
                    FROM `children_sought` AS `t5`
                  ) AS `t15`
                ) AS `t55`
                  ON `t50`.`la` = `t55`.`la` AND `t50`.`child` = `t55`.`child`
                INNER JOIN (
                  SELECT
                    `t4`.`pmr`,
                    `t4`.`upn`,
                    `t4`.`dob`,
                    `t4`.`sex`,
                    `t4`.`at_la` AS `in_la`
                  FROM `records_near` AS `t4`
                  WHERE
                    `t4`.`dob` IS NOT NULL
                ) AS `t26`
                  ON `t50`.`dob` = `t26`.`dob`
                  AND `t50`.`sex` = `t26`.`sex`
                  AND `t55`.`in_la` = `t26`.`in_la`
              ) AS `t61`
              UNION
              SELECT
                *
              FROM (
                SELECT
                  `t50`.`la`,
                  `t50`.`child`,
                  `t29`.`pmr`,
                  `t29`.`upn`
                FROM (
                  SELECT
                    *
                  FROM `t32` AS `t35`
                  WHERE
                    `t35`.`dob` IS NOT NULL AND `t35`.`sex` IS NOT NULL
                ) AS `t50`
                INNER JOIN (
                  SELECT DISTINCT
                    `t36`.`la`,
                    `t36`.`child`,
                    `t36`.`district`
                  FROM `t33` AS `t36`
                  WHERE
                    `t36`.`district` IS NOT NULL
                ) AS `t51`
                  ON `t50`.`la` = `t51`.`la` AND `t50`.`child` = `t51`.`child`
                INNER JOIN (
                  SELECT
                    `t4`.`pmr`,
                    `t4`.`upn`,
                    `t4`.`dob`,
                    `t4`.`sex`,
                    `t4`.`home_district` AS `district`
                  FROM `records_near` AS `t4`
                  WHERE
                    `t4`.`dob` IS NOT NULL AND `t4`.`home_district` IS NOT NULL
                ) AS `t29`
                  ON `t50`.`dob` = `t29`.`dob`
                  AND `t50`.`sex` = `t29`.`sex`
                  AND `t51`.`district` = `t29`.`district`
              ) AS `t58`
            ) AS `t63`
            UNION
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t64`.`la`,
                  `t64`.`child`,
                  `t64`.`pmr`,
                  `t64`.`upn`
                FROM (
                  SELECT
                    `t49`.`la`,
                    `t49`.`child`,
                    `t49`.`dob`,
                    `t49`.`sex`,
                    `t57`.`code`,
                    `t30`.`pmr`,
                    `t30`.`upn`,
                    `t30`.`home`,
                    `t30`.`their_dob`,
                    `t30`.`their_sex`
                  FROM (
                    SELECT
                      *
                    FROM `t32` AS `t35`
                    WHERE
                      `t35`.`dob` IS NOT NULL
                  ) AS `t49`
                  INNER JOIN (
                    SELECT DISTINCT
                      `t36`.`la`,
                      `t36`.`child`,
                      `t36`.`code`
                    FROM `t33` AS `t36`
                    WHERE
                      LENGTH(`t36`.`code`) >= 5
                      AND NOT (
                        RIGHT(`t36`.`code`, 1) BETWEEN '0' AND '9'
                      )
                  ) AS `t57`
                    ON `t49`.`la` = `t57`.`la` AND `t49`.`child` = `t57`.`child`
                  INNER JOIN (
                    SELECT
                      `t4`.`pmr`,
                      `t4`.`upn`,
                      `t4`.`home`,
                      `t4`.`dob` AS `their_dob`,
                      `t4`.`sex` AS `their_sex`
                    FROM `records_near` AS `t4`
                    WHERE
                      `t4`.`dob` IS NOT NULL AND `t4`.`home` IS NOT NULL
                  ) AS `t30`
                    ON `t57`.`code` = `t30`.`home`
                ) AS `t64`
                WHERE
                  (
                    `t64`.`dob` = `t64`.`their_dob`
                  )
                  OR (
                    CASE
                      WHEN (
                        EXTRACT(year FROM `t64`.`dob`) = EXTRACT(year FROM `t64`.`their_dob`)
                      )
                      AND (
                        EXTRACT(month FROM `t64`.`dob`) = EXTRACT(month FROM `t64`.`their_dob`)
                      )
                      THEN (
                        (
                          ABS(EXTRACT(day FROM `t64`.`dob`) - EXTRACT(day FROM `t64`.`their_dob`)) = 1
                        )
                        OR (
                          (
                            EXTRACT(day FROM `t64`.`dob`) - (
                              EXTRACT(day FROM `t64`.`dob`) % 10
                            )
                          ) = (
                            EXTRACT(day FROM `t64`.`their_dob`) - (
                              EXTRACT(day FROM `t64`.`their_dob`) % 10
                            )
                          )
                        )
                        OR (
                          (
                            (
                              EXTRACT(day FROM `t64`.`dob`) % 10
                            ) = (
                              EXTRACT(day FROM `t64`.`their_dob`) % 10
                            )
                          )
                          AND (
                            (
                              EXTRACT(day FROM `t64`.`dob`) - (
                                EXTRACT(day FROM `t64`.`dob`) % 100
                              )
                            ) = (
                              EXTRACT(day FROM `t64`.`their_dob`) - (
                                EXTRACT(day FROM `t64`.`their_dob`) % 100
                              )
                            )
                          )
                        )
                      )
                      AND NOT (
                        EXTRACT(day FROM `t64`.`dob`) = EXTRACT(day FROM `t64`.`their_dob`)
                      )
                      WHEN (
                        EXTRACT(year FROM `t64`.`dob`) = EXTRACT(year FROM `t64`.`their_dob`)
                      )
                      AND (
                        EXTRACT(day FROM `t64`.`dob`) = EXTRACT(day FROM `t64`.`their_dob`)
                      )
                      THEN (
                        ABS(EXTRACT(month FROM `t64`.`dob`) - EXTRACT(month FROM `t64`.`their_dob`)) = 1
                      )
                      OR (
                        (
                          EXTRACT(month FROM `t64`.`dob`) - (
                            EXTRACT(month FROM `t64`.`dob`) % 10
                          )
                        ) = (
                          EXTRACT(month FROM `t64`.`their_dob`) - (
                            EXTRACT(month FROM `t64`.`their_dob`) % 10
                          )
                        )
                      )
                      OR (
                        (
                          (
                            EXTRACT(month FROM `t64`.`dob`) % 10
                          ) = (
                            EXTRACT(month FROM `t64`.`their_dob`) % 10
                          )
                        )
                        AND (
                          (
                            EXTRACT(month FROM `t64`.`dob`) - (
                              EXTRACT(month FROM `t64`.`dob`) % 100
                            )
                          ) = (
                            EXTRACT(month FROM `t64`.`their_dob`) - (
                              EXTRACT(month FROM `t64`.`their_dob`) % 100
                            )
                          )
                        )
                      )
                      WHEN (
                        EXTRACT(month FROM `t64`.`dob`) = EXTRACT(month FROM `t64`.`their_dob`)
                      )
                      AND (
                        EXTRACT(day FROM `t64`.`dob`) = EXTRACT(day FROM `t64`.`their_dob`)
                      )
                      THEN (
                        ABS(EXTRACT(year FROM `t64`.`dob`) - EXTRACT(year FROM `t64`.`their_dob`)) = 1
                      )
                      OR (
                        (
                          EXTRACT(year FROM `t64`.`dob`) - (
                            EXTRACT(year FROM `t64`.`dob`) % 10
                          )
                        ) = (
                          EXTRACT(year FROM `t64`.`their_dob`) - (
                            EXTRACT(year FROM `t64`.`their_dob`) % 10
                          )
                        )
                      )
                      OR (
                        (
                          (
                            EXTRACT(year FROM `t64`.`dob`) % 10
                          ) = (
                            EXTRACT(year FROM `t64`.`their_dob`) % 10
                          )
                        )
                        AND (
                          (
                            EXTRACT(year FROM `t64`.`dob`) - (
                              EXTRACT(year FROM `t64`.`dob`) % 100
                            )
                          ) = (
                            EXTRACT(year FROM `t64`.`their_dob`) - (
                              EXTRACT(year FROM `t64`.`their_dob`) % 100
                            )
                          )
                        )
                      )
                      OR (
                        (
                          (
                            ABS(EXTRACT(year FROM `t64`.`dob`) - EXTRACT(year FROM `t64`.`their_dob`)) % 1000
                          ) = 0
                        )
                        OR (
                          (
                            (
                              ABS(EXTRACT(year FROM `t64`.`dob`) - EXTRACT(year FROM `t64`.`their_dob`)) % 100
                            ) = 0
                          )
                          AND (
                            (
                              EXTRACT(year FROM `t64`.`dob`) - (
                                EXTRACT(year FROM `t64`.`dob`) % 1000
                              )
                            ) = (
                              EXTRACT(year FROM `t64`.`their_dob`) - (
                                EXTRACT(year FROM `t64`.`their_dob`) % 1000
                              )
                            )
                          )
                        )
                      )
                      WHEN EXTRACT(year FROM `t64`.`dob`) = EXTRACT(year FROM `t64`.`their_dob`)
                      THEN (
                        EXTRACT(day FROM `t64`.`dob`) = EXTRACT(month FROM `t64`.`their_dob`)
                      )
                      AND (
                        EXTRACT(month FROM `t64`.`dob`) = EXTRACT(day FROM `t64`.`their_dob`)
                      )
                      ELSE FALSE
                    END
                    AND (
                      `t64`.`sex` = `t64`.`their_sex`
                    )
                  )
              ) AS `t65`
              UNION
              SELECT
                *
              FROM (
                SELECT
                  `t54`.`la`,
                  `t54`.`child`,
                  `t27`.`pmr`,
                  `t27`.`upn`
                FROM (
                  SELECT DISTINCT
                    `t34`.`la`,
                    `t34`.`child`,
                    SUBSTRING(`t34`.`upn`, IF((
                      0 + 1
                    ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t34`.`upn`)), 8) AS `part`
                  FROM `t31` AS `t34`
                  WHERE
                    LENGTH(`t34`.`upn`) BETWEEN 12 AND 14
                ) AS `t54`
                INNER JOIN (
                  SELECT DISTINCT
                    `t35`.`la`,
                    `t35`.`child`,
                    `t35`.`dob`
                  FROM `t32` AS `t35`
                  WHERE
                    `t35`.`dob` IS NOT NULL
                ) AS `t48`
                  ON `t54`.`la` = `t48`.`la` AND `t54`.`child` = `t48`.`child`
                INNER JOIN (
                  SELECT
                    `t4`.`pmr`,
                    `t4`.`upn`,
                    `t4`.`dob`,
                    SUBSTRING(`t4`.`upn`, IF((
                      0 + 1
                    ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t4`.`upn`)), 8) AS `part`
                  FROM `records_near` AS `t4`
                  WHERE
                    `t4`.`dob` IS NOT NULL AND `t4`.`upn` IS NOT NULL
                ) AS `t27`
                  ON `t54`.`part` = `t27`.`part` AND `t48`.`dob` = `t27`.`dob`
              ) AS `t60`
            ) AS `t66`
          ) AS `t67`
        ) AS `t69`
        LEFT OUTER JOIN (
          SELECT
            `t2`.`identifier`,
            `t2`.`pupil` AS `meant`
          FROM `pupil_keys` AS `t2`
          WHERE
            `t2`.`kind` = 'upn'
        ) AS `t24`
          ON `t69`.`upn` = `t24`.`identifier`
      ) AS `t70`
      WHERE
        `t70`.`pupil` IS NOT NULL
    ) AS `t72`
    LEFT ANTI JOIN `pairs_refused` AS `t8`
      ON `t72`.`la` = `t8`.`la`
      AND `t72`.`child` = `t8`.`child`
      AND `t72`.`pupil` = `t8`.`pupil`
  ) AS `t73`
  UNION
  SELECT
    *
  FROM (
    SELECT
      *
    FROM `pairs_made` AS `t0`
  ) AS `t13`
) AS `t74`
