WITH `t7` AS (
  SELECT DISTINCT
    `t0`.`pupil`,
    `t0`.`seen_on`,
    `t0`.`laestab`,
    (
      (
        (
          (
            EXTRACT(year FROM `t0`.`seen_on`) + IF(EXTRACT(month FROM `t0`.`seen_on`) > 8, 1, 0)
          ) - 1
        ) - EXTRACT(year FROM `t0`.`dob`)
      ) - IF(EXTRACT(month FROM `t0`.`dob`) > 8, 1, 0)
    ) < 11 AS `primary`
  FROM `records_near` AS `t0`
  WHERE
    `t0`.`laestab` IS NOT NULL AND `t0`.`dob` IS NOT NULL
)
SELECT
  `t15`.`pair`,
  MAX(`t15`.`found`) AS `company`
FROM (
  SELECT
    `t14`.`la`,
    `t14`.`child`,
    `t14`.`pupil`,
    `t14`.`pair`,
    `t14`.`companion`,
    `t14`.`often`,
    `t14`.`seen_on`,
    `t14`.`laestab`,
    `t14`.`primary`,
    `t14`.`their_school`,
    IF(`t14`.`laestab` = `t14`.`their_school`, IF(`t14`.`often`, 3, 2), 1) AS `found`
  FROM (
    SELECT
      `t10`.`la`,
      `t10`.`child`,
      `t10`.`pupil`,
      `t10`.`pair`,
      `t10`.`companion`,
      `t10`.`often`,
      `t11`.`seen_on`,
      `t11`.`laestab`,
      `t11`.`primary`,
      `t13`.`their_school`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t5`.`la`,
          `t5`.`child`,
          `t5`.`pupil`,
          `t5`.`pair`,
          `t3`.`companion`,
          `t3`.`often`
        FROM (
          SELECT
            *
          FROM `pairs_found` AS `t1`
        ) AS `t5`
        INNER JOIN `child_companions` AS `t3`
          ON `t5`.`la` = `t3`.`la` AND `t5`.`child` = `t3`.`child`
      ) AS `t6`
      WHERE
        `t6`.`pupil` <> `t6`.`companion`
    ) AS `t10`
    INNER JOIN `t7` AS `t11`
      ON `t10`.`pupil` = `t11`.`pupil`
    INNER JOIN (
      SELECT
        `t9`.`seen_on`,
        `t9`.`primary`,
        `t9`.`pupil` AS `companion`,
        `t9`.`laestab` AS `their_school`
      FROM `t7` AS `t9`
    ) AS `t13`
      ON `t10`.`companion` = `t13`.`companion`
      AND `t11`.`seen_on` = `t13`.`seen_on`
      AND `t11`.`primary` = `t13`.`primary`
  ) AS `t14`
) AS `t15`
GROUP BY
  1
