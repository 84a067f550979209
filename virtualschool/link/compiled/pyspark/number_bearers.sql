SELECT
  `t4`.`upn`,
  `t4`.`pmr`,
  `t4`.`dob`,
  `t4`.`sex`,
  `t4`.`source`,
  `t4`.`year`,
  `t4`.`term`,
  COUNT(*) AS `records`
FROM (
  SELECT
    `t2`.`source`,
    `t2`.`year`,
    `t2`.`term`,
    `t2`.`pmr`,
    `t2`.`upn`,
    `t2`.`former_upn`,
    `t2`.`dob`,
    `t2`.`sex`,
    `t2`.`laestab`,
    `t2`.`home`,
    `t2`.`ethnicity`,
    `t2`.`sen`,
    `t2`.`entry_date`,
    `t2`.`fsm`,
    `t2`.`forename`,
    `t2`.`surname`,
    `t2`.`uln`
  FROM `near_number` AS `t2`
  LEFT SEMI JOIN `numbers_concerned` AS `t3`
    ON `t2`.`upn` = `t3`.`upn`
) AS `t4`
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6,
  7
