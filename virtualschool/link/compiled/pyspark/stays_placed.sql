SELECT
  `t1`.`la`,
  `t1`.`child`,
  CAST(CAST(`t1`.`since` - INTERVAL '14' DAY AS TIMESTAMP) AS DATE) AS `first_day`,
  CAST(CAST(`t1`.`until` + INTERVAL '60' DAY AS TIMESTAMP) AS DATE) AS `last_day`,
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
