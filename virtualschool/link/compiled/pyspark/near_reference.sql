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
FROM `sightings` AS `t2`
LEFT SEMI JOIN (
  SELECT
    *
  FROM (
    SELECT
      `t3`.`pmr`,
      BOOL_OR(`t3`.`dob` IS NOT NULL) AS `born`
    FROM (
      SELECT
        *
      FROM `near_number` AS `t1`
      WHERE
        `t1`.`pmr` IS NOT NULL
    ) AS `t3`
    GROUP BY
      1
  ) AS `t4`
  WHERE
    NOT (
      `t4`.`born`
    )
) AS `t6`
  ON `t2`.`pmr` = `t6`.`pmr`
