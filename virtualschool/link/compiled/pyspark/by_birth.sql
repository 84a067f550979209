SELECT
  `t10`.`pair`,
  `t10`.`born`,
  `t10`.`born_any`,
  `t10`.`nearly_born`,
  `t10`.`nearly_born_any`,
  `t10`.`birth_known`,
  `t10`.`sexes` AND NOT (
    `t10`.`sex_same`
  ) AS `sex_differs`,
  CASE WHEN `t10`.`sex_same` THEN 2 WHEN `t10`.`sexes` THEN 1 ELSE 0 END AS `sex`,
  CASE
    WHEN `t10`.`born_any`
    THEN 5
    WHEN `t10`.`nearly_born_any`
    THEN 4
    WHEN `t10`.`same_month`
    THEN 3
    WHEN `t10`.`same_day`
    THEN 2
    WHEN `t10`.`dates`
    THEN 1
    ELSE 0
  END AS `birth`
FROM (
  SELECT
    `t9`.`pair`,
    BOOL_OR(`t9`.`same_birth` AND `t9`.`same_sex`) AS `born`,
    BOOL_OR(`t9`.`same_birth`) AS `born_any`,
    BOOL_OR(`t9`.`near` AND `t9`.`same_sex`) AS `nearly_born`,
    BOOL_OR(`t9`.`near`) AS `nearly_born_any`,
    BOOL_OR(`t9`.`their_dob` IS NOT NULL) AS `birth_known`,
    BOOL_OR(`t9`.`same_sex`) AS `sex_same`,
    BOOL_OR(`t9`.`sexes`) AS `sexes`,
    BOOL_OR(`t9`.`dates`) AS `dates`,
    BOOL_OR(`t9`.`same_month`) AS `same_month`,
    BOOL_OR(`t9`.`same_day`) AS `same_day`
  FROM (
    SELECT
      `t8`.`la`,
      `t8`.`child`,
      `t8`.`pupil`,
      `t8`.`pair`,
      `t8`.`dob`,
      `t8`.`sex`,
      `t8`.`p_pupil`,
      `t8`.`their_dob`,
      `t8`.`their_sex`,
      COALESCE(`t8`.`sex` = `t8`.`their_sex`, FALSE) AS `same_sex`,
      COALESCE(`t8`.`dob` = `t8`.`their_dob`, FALSE) AS `same_birth`,
      COALESCE(
        CASE
          WHEN (
            EXTRACT(year FROM `t8`.`dob`) = EXTRACT(year FROM `t8`.`their_dob`)
          )
          AND (
            EXTRACT(month FROM `t8`.`dob`) = EXTRACT(month FROM `t8`.`their_dob`)
          )
          THEN (
            (
              ABS(EXTRACT(day FROM `t8`.`dob`) - EXTRACT(day FROM `t8`.`their_dob`)) = 1
            )
            OR (
              (
                EXTRACT(day FROM `t8`.`dob`) - (
                  EXTRACT(day FROM `t8`.`dob`) % 10
                )
              ) = (
                EXTRACT(day FROM `t8`.`their_dob`) - (
                  EXTRACT(day FROM `t8`.`their_dob`) % 10
                )
              )
            )
            OR (
              (
                (
                  EXTRACT(day FROM `t8`.`dob`) % 10
                ) = (
                  EXTRACT(day FROM `t8`.`their_dob`) % 10
                )
              )
              AND (
                (
                  EXTRACT(day FROM `t8`.`dob`) - (
                    EXTRACT(day FROM `t8`.`dob`) % 100
                  )
                ) = (
                  EXTRACT(day FROM `t8`.`their_dob`) - (
                    EXTRACT(day FROM `t8`.`their_dob`) % 100
                  )
                )
              )
            )
          )
          AND NOT (
            EXTRACT(day FROM `t8`.`dob`) = EXTRACT(day FROM `t8`.`their_dob`)
          )
          WHEN (
            EXTRACT(year FROM `t8`.`dob`) = EXTRACT(year FROM `t8`.`their_dob`)
          )
          AND (
            EXTRACT(day FROM `t8`.`dob`) = EXTRACT(day FROM `t8`.`their_dob`)
          )
          THEN (
            ABS(EXTRACT(month FROM `t8`.`dob`) - EXTRACT(month FROM `t8`.`their_dob`)) = 1
          )
          OR (
            (
              EXTRACT(month FROM `t8`.`dob`) - (
                EXTRACT(month FROM `t8`.`dob`) % 10
              )
            ) = (
              EXTRACT(month FROM `t8`.`their_dob`) - (
                EXTRACT(month FROM `t8`.`their_dob`) % 10
              )
            )
          )
          OR (
            (
              (
                EXTRACT(month FROM `t8`.`dob`) % 10
              ) = (
                EXTRACT(month FROM `t8`.`their_dob`) % 10
              )
            )
            AND (
              (
                EXTRACT(month FROM `t8`.`dob`) - (
                  EXTRACT(month FROM `t8`.`dob`) % 100
                )
              ) = (
                EXTRACT(month FROM `t8`.`their_dob`) - (
                  EXTRACT(month FROM `t8`.`their_dob`) % 100
                )
              )
            )
          )
          WHEN (
            EXTRACT(month FROM `t8`.`dob`) = EXTRACT(month FROM `t8`.`their_dob`)
          )
          AND (
            EXTRACT(day FROM `t8`.`dob`) = EXTRACT(day FROM `t8`.`their_dob`)
          )
          THEN (
            ABS(EXTRACT(year FROM `t8`.`dob`) - EXTRACT(year FROM `t8`.`their_dob`)) = 1
          )
          OR (
            (
              EXTRACT(year FROM `t8`.`dob`) - (
                EXTRACT(year FROM `t8`.`dob`) % 10
              )
            ) = (
              EXTRACT(year FROM `t8`.`their_dob`) - (
                EXTRACT(year FROM `t8`.`their_dob`) % 10
              )
            )
          )
          OR (
            (
              (
                EXTRACT(year FROM `t8`.`dob`) % 10
              ) = (
                EXTRACT(year FROM `t8`.`their_dob`) % 10
              )
            )
            AND (
              (
                EXTRACT(year FROM `t8`.`dob`) - (
                  EXTRACT(year FROM `t8`.`dob`) % 100
                )
              ) = (
                EXTRACT(year FROM `t8`.`their_dob`) - (
                  EXTRACT(year FROM `t8`.`their_dob`) % 100
                )
              )
            )
          )
          OR (
            (
              (
                ABS(EXTRACT(year FROM `t8`.`dob`) - EXTRACT(year FROM `t8`.`their_dob`)) % 1000
              ) = 0
            )
            OR (
              (
                (
                  ABS(EXTRACT(year FROM `t8`.`dob`) - EXTRACT(year FROM `t8`.`their_dob`)) % 100
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM `t8`.`dob`) - (
                    EXTRACT(year FROM `t8`.`dob`) % 1000
                  )
                ) = (
                  EXTRACT(year FROM `t8`.`their_dob`) - (
                    EXTRACT(year FROM `t8`.`their_dob`) % 1000
                  )
                )
              )
            )
          )
          WHEN EXTRACT(year FROM `t8`.`dob`) = EXTRACT(year FROM `t8`.`their_dob`)
          THEN (
            EXTRACT(day FROM `t8`.`dob`) = EXTRACT(month FROM `t8`.`their_dob`)
          )
          AND (
            EXTRACT(month FROM `t8`.`dob`) = EXTRACT(day FROM `t8`.`their_dob`)
          )
          ELSE FALSE
        END,
        FALSE
      ) AS `near`,
      COALESCE(
        (
          EXTRACT(month FROM `t8`.`dob`) = EXTRACT(month FROM `t8`.`their_dob`)
        )
        AND (
          EXTRACT(year FROM `t8`.`dob`) = EXTRACT(year FROM `t8`.`their_dob`)
        ),
        FALSE
      ) AS `same_month`,
      COALESCE(
        (
          EXTRACT(month FROM `t8`.`dob`) = EXTRACT(month FROM `t8`.`their_dob`)
        )
        AND (
          EXTRACT(day FROM `t8`.`dob`) = EXTRACT(day FROM `t8`.`their_dob`)
        ),
        FALSE
      ) AS `same_day`,
      (
        `t8`.`sex` IS NOT NULL
      ) AND (
        `t8`.`their_sex` IS NOT NULL
      ) AS `sexes`,
      (
        `t8`.`dob` IS NOT NULL
      ) AND (
        `t8`.`their_dob` IS NOT NULL
      ) AS `dates`
    FROM (
      SELECT
        `t6`.`la`,
        `t6`.`child`,
        `t6`.`pupil`,
        `t6`.`pair`,
        `t3`.`dob`,
        `t3`.`sex`,
        `t7`.`pupil` AS `p_pupil`,
        `t7`.`their_dob`,
        `t7`.`their_sex`
      FROM (
        SELECT
          *
        FROM `pairs_found` AS `t0`
      ) AS `t6`
      INNER JOIN `child_births` AS `t3`
        ON `t6`.`la` = `t3`.`la` AND `t6`.`child` = `t3`.`child`
      LEFT OUTER JOIN (
        SELECT DISTINCT
          `t2`.`pupil`,
          `t2`.`dob` AS `their_dob`,
          `t2`.`sex` AS `their_sex`
        FROM `records_near` AS `t2`
      ) AS `t7`
        ON `t6`.`pupil` = `t7`.`pupil`
    ) AS `t8`
  ) AS `t9`
  GROUP BY
    1
) AS `t10`
