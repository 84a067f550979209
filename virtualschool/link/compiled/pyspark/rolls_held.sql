SELECT
  `t0`.`source`,
  `t0`.`year`,
  CAST(CAST(SUM(`t0`.`homes`) AS DECIMAL(18, 0)) AS BIGINT) AS `homes`,
  CAST(CAST(SUM(`t0`.`schools`) AS DECIMAL(18, 0)) AS BIGINT) AS `schools`
FROM `roll_births` AS `t0`
GROUP BY
  1,
  2
