WITH `t6` AS (
  SELECT
    *
  FROM (
    SELECT
      `t1`.`upn`
    FROM `child_numbers` AS `t1`
  ) AS `t4`
  UNION
  SELECT
    *
  FROM (
    SELECT
      *
    FROM `numbers_concerned` AS `t2`
  ) AS `t5`
)
SELECT
  `t12`.`source`,
  `t12`.`year`,
  `t12`.`term`,
  `t12`.`pmr`,
  `t12`.`upn`,
  `t12`.`former_upn`,
  `t12`.`dob`,
  `t12`.`sex`,
  `t12`.`laestab`,
  `t12`.`home`,
  `t12`.`ethnicity`,
  `t12`.`sen`,
  `t12`.`entry_date`
FROM (
  SELECT
    `t3`.`source`,
    `t3`.`year`,
    `t3`.`term`,
    `t3`.`pmr`,
    `t3`.`upn`,
    `t3`.`former_upn`,
    `t3`.`dob`,
    `t3`.`sex`,
    `t3`.`laestab`,
    `t3`.`home`,
    `t3`.`ethnicity`,
    `t3`.`sen`,
    `t3`.`entry_date`,
    `t10`.`key_now`,
    `t11`.`key_before`
  FROM `sightings` AS `t3`
  LEFT OUTER JOIN (
    SELECT
      `t7`.`upn` AS `key_now`
    FROM `t6` AS `t7`
  ) AS `t10`
    ON `t3`.`upn` = `t10`.`key_now`
  LEFT OUTER JOIN (
    SELECT
      `t7`.`upn` AS `key_before`
    FROM `t6` AS `t7`
  ) AS `t11`
    ON `t3`.`former_upn` = `t11`.`key_before`
) AS `t12`
WHERE
  (
    `t12`.`key_now` IS NOT NULL
  ) OR (
    `t12`.`key_before` IS NOT NULL
  )
