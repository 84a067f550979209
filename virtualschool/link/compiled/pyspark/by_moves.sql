SELECT
  `t9`.`la`,
  `t9`.`child`,
  `t9`.`pupil`,
  CASE WHEN `t9`.`then` THEN 2 ELSE 1 END AS `moves`
FROM (
  SELECT
    `t8`.`la`,
    `t8`.`child`,
    `t8`.`pupil`,
    BOOL_OR(`t8`.`then`) AS `then`
  FROM (
    SELECT
      `t5`.`la`,
      `t5`.`child`,
      `t5`.`pupil`,
      (
        `t7`.`entry_date` >= (
          `t3`.`moved` - INTERVAL '7' DAY
        )
      )
      AND (
        `t7`.`entry_date` <= (
          `t3`.`moved` + INTERVAL '75' DAY
        )
      )
      AND NOT (
        (
          EXTRACT(month FROM `t7`.`entry_date`) = 9
        )
        AND (
          EXTRACT(day FROM `t7`.`entry_date`) <= 15
        )
      ) AS `then`
    FROM (
      SELECT
        *
      FROM `pairs_found` AS `t0`
    ) AS `t5`
    INNER JOIN `child_moves` AS `t3`
      ON `t5`.`la` = `t3`.`la` AND `t5`.`child` = `t3`.`child`
    INNER JOIN (
      SELECT DISTINCT
        `t2`.`pupil`,
        `t2`.`entry_date`
      FROM `pupil_records` AS `t2`
      WHERE
        `t2`.`entry_date` IS NOT NULL
    ) AS `t7`
      ON `t5`.`pupil` = `t7`.`pupil`
  ) AS `t8`
  GROUP BY
    1,
    2,
    3
) AS `t9`
