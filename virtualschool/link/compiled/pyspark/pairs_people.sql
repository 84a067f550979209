WITH `t4` AS (
  SELECT DISTINCT
    `t1`.`pupil`
  FROM `pairs` AS `t1`
)
SELECT
  *
FROM (
  SELECT
    `t9`.`pupil`,
    `t3`.`dob`,
    `t3`.`sex`
  FROM `near_exactly` AS `t3`
  INNER JOIN `t4` AS `t9`
    ON `t3`.`pmr` = `t9`.`pupil`
) AS `t12`
UNION
SELECT
  *
FROM (
  SELECT
    `t15`.`pupil`,
    `t8`.`dob`,
    `t8`.`sex`
  FROM (
    SELECT
      *
    FROM `near_exactly` AS `t0`
    WHERE
      `t0`.`pmr` IS NULL
  ) AS `t8`
  INNER JOIN (
    SELECT
      *
    FROM (
      SELECT
        `t10`.`identifier`,
        `t10`.`pupil`
      FROM (
        SELECT
          *
        FROM `pupil_keys` AS `t2`
        WHERE
          `t2`.`kind` = 'upn'
      ) AS `t10`
      LEFT SEMI JOIN `t4` AS `t9`
        ON `t10`.`pupil` = `t9`.`pupil`
    ) AS `t13`
    UNION
    SELECT
      *
    FROM (
      SELECT
        `t6`.`pupil` AS `identifier`,
        `t6`.`pupil`
      FROM `t4` AS `t6`
    ) AS `t11`
  ) AS `t15`
    ON `t8`.`upn` = `t15`.`identifier`
) AS `t16`
