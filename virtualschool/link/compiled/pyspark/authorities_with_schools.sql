SELECT DISTINCT
  `t0`.`in_la` AS `held_la`
FROM `common_ethnicities` AS `t0`
