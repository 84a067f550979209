SELECT
  `t7`.`source`,
  `t7`.`year`,
  `t7`.`term`,
  `t7`.`pmr`,
  `t7`.`upn`,
  `t7`.`former_upn`,
  `t7`.`dob`,
  `t7`.`sex`,
  `t7`.`laestab`,
  `t7`.`home`,
  `t7`.`ethnicity`,
  `t7`.`sen`,
  `t7`.`entry_date`
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
    `t5`.`key_now`,
    `t6`.`key_before`
  FROM `sightings` AS `t2`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      `t1`.`upn` AS `key_now`
    FROM `child_numbers` AS `t1`
  ) AS `t5`
    ON `t2`.`upn` = `t5`.`key_now`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      `t1`.`upn` AS `key_before`
    FROM `child_numbers` AS `t1`
  ) AS `t6`
    ON `t2`.`former_upn` = `t6`.`key_before`
) AS `t7`
WHERE
  (
    `t7`.`key_now` IS NOT NULL
  ) OR (
    `t7`.`key_before` IS NOT NULL
  )
