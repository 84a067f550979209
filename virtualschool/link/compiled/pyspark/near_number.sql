WITH `t9` AS (
  SELECT
    *
  FROM (
    SELECT
      `t2`.`upn`
    FROM `child_numbers` AS `t2`
  ) AS `t6`
  UNION
  SELECT
    *
  FROM (
    SELECT
      *
    FROM `numbers_concerned` AS `t3`
  ) AS `t7`
)
SELECT
  `t15`.`source`,
  `t15`.`year`,
  `t15`.`term`,
  `t15`.`pmr`,
  `t15`.`upn`,
  `t15`.`former_upn`,
  `t15`.`dob`,
  `t15`.`sex`,
  `t15`.`laestab`,
  `t15`.`home`,
  `t15`.`ethnicity`,
  `t15`.`sen`,
  `t15`.`entry_date`,
  `t15`.`forename`,
  `t15`.`surname`,
  `t15`.`uln`
FROM (
  SELECT
    `t4`.`source`,
    `t4`.`year`,
    `t4`.`term`,
    `t4`.`pmr`,
    `t4`.`upn`,
    `t4`.`former_upn`,
    `t4`.`dob`,
    `t4`.`sex`,
    `t4`.`laestab`,
    `t4`.`home`,
    `t4`.`ethnicity`,
    `t4`.`sen`,
    `t4`.`entry_date`,
    `t4`.`forename`,
    `t4`.`surname`,
    `t4`.`uln`,
    `t13`.`key_now`,
    `t14`.`key_before`,
    `t8`.`key_learner`
  FROM `sightings` AS `t4`
  LEFT OUTER JOIN (
    SELECT
      `t10`.`upn` AS `key_now`
    FROM `t9` AS `t10`
  ) AS `t13`
    ON `t4`.`upn` = `t13`.`key_now`
  LEFT OUTER JOIN (
    SELECT
      `t10`.`upn` AS `key_before`
    FROM `t9` AS `t10`
  ) AS `t14`
    ON `t4`.`former_upn` = `t14`.`key_before`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      `t1`.`uln` AS `key_learner`
    FROM `child_learners` AS `t1`
  ) AS `t8`
    ON `t4`.`uln` = `t8`.`key_learner`
) AS `t15`
WHERE
  (
    `t15`.`key_now` IS NOT NULL
  )
  OR (
    `t15`.`key_before` IS NOT NULL
  )
  OR (
    `t15`.`key_learner` IS NOT NULL
  )
