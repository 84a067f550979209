SELECT
  `t3`.`la`,
  `t3`.`child`,
  `t3`.`since`,
  `t3`.`until`,
  `t3`.`in_la`,
  `t5`.`pupils_la`
FROM (
  SELECT
    `t0`.`la`,
    `t0`.`child`,
    `t0`.`since`,
    `t0`.`until`,
    `t0`.`la` AS `in_la`
  FROM `child_stays` AS `t0`
) AS `t3`
LEFT OUTER JOIN (
  SELECT
    `t1`.`in_la`,
    MAX(`t1`.`among`) AS `pupils_la`
  FROM `common_ethnicities` AS `t1`
  GROUP BY
    1
) AS `t5`
  ON `t3`.`in_la` = `t5`.`in_la`
