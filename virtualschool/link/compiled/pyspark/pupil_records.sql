SELECT
  *
FROM (
  SELECT
    `t8`.`pupil`,
    `t3`.`seen_on`,
    `t3`.`upn`,
    `t3`.`former_upn`,
    `t3`.`dob`,
    `t3`.`sex`,
    `t3`.`home`,
    `t3`.`home_sector`,
    `t3`.`home_district`,
    `t3`.`home_la`,
    `t3`.`at_la`,
    `t3`.`at_east`,
    `t3`.`at_north`,
    `t3`.`ethnicity`,
    `t3`.`sen`,
    `t3`.`entry_date`,
    `t3`.`forename`,
    `t3`.`surname`
  FROM `records_near` AS `t3`
  INNER JOIN (
    SELECT
      *
    FROM `pupils_wanted` AS `t1`
  ) AS `t8`
    ON `t3`.`pmr` = `t8`.`pupil`
) AS `t12`
UNION ALL
SELECT
  *
FROM (
  SELECT
    `t15`.`pupil`,
    `t10`.`seen_on`,
    `t10`.`upn`,
    `t10`.`former_upn`,
    `t10`.`dob`,
    `t10`.`sex`,
    `t10`.`home`,
    `t10`.`home_sector`,
    `t10`.`home_district`,
    `t10`.`home_la`,
    `t10`.`at_la`,
    `t10`.`at_east`,
    `t10`.`at_north`,
    `t10`.`ethnicity`,
    `t10`.`sen`,
    `t10`.`entry_date`,
    `t10`.`forename`,
    `t10`.`surname`
  FROM (
    SELECT
      *
    FROM `records_near` AS `t0`
    WHERE
      `t0`.`pmr` IS NULL
  ) AS `t10`
  INNER JOIN (
    SELECT
      *
    FROM (
      SELECT
        `t11`.`identifier`,
        `t11`.`pupil`
      FROM (
        SELECT
          *
        FROM `pupil_keys` AS `t2`
        WHERE
          `t2`.`kind` = 'upn'
      ) AS `t11`
      LEFT SEMI JOIN `pupils_wanted` AS `t4`
        ON `t11`.`pupil` = `t4`.`pupil`
    ) AS `t13`
    UNION
    SELECT
      *
    FROM (
      SELECT
        `t1`.`pupil` AS `identifier`,
        `t1`.`pupil`
      FROM `pupils_wanted` AS `t1`
    ) AS `t6`
  ) AS `t15`
    ON `t10`.`upn` = `t15`.`identifier`
) AS `t16`
