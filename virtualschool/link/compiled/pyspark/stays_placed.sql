SELECT
  `t1`.`la`,
  `t1`.`child`,
  `t1`.`since`,
  `t1`.`until`,
  `t1`.`la` AS `in_la`
FROM (
  SELECT
    `t0`.`la`,
    `t0`.`child`,
    MIN(`t0`.`since`) AS `since`,
    MAX(`t0`.`until`) AS `until`
  FROM `child_stays` AS `t0`
  GROUP BY
    1,
    2
) AS `t1`
