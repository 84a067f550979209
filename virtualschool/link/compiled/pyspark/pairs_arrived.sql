SELECT
  `t3`.`la`,
  `t3`.`child`,
  `t3`.`pupil`,
  `t3`.`pair`,
  `t5`.`begun`
FROM (
  SELECT
    *
  FROM `pairs_found` AS `t0`
) AS `t3`
INNER JOIN (
  SELECT
    `t1`.`la`,
    `t1`.`child`,
    `t1`.`begun`
  FROM `child_features` AS `t1`
  WHERE
    `t1`.`unaccompanied` AND `t1`.`begun` IS NOT NULL
) AS `t5`
  ON `t3`.`la` = `t5`.`la` AND `t3`.`child` = `t5`.`child`
