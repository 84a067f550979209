WITH `t5` AS (
  SELECT DISTINCT
    `t0`.`pupil`
  FROM `pairs_arrived` AS `t0`
)
SELECT
  `t3`.`la`,
  `t3`.`child`,
  `t3`.`pupil`,
  CASE WHEN `t21`.`first` < (
    `t3`.`begun` - INTERVAL '120' DAY
  ) THEN 1 ELSE 2 END AS `arrival`
FROM `pairs_arrived` AS `t3`
INNER JOIN (
  SELECT
    `t19`.`pupil`,
    MIN(`t19`.`seen_on`) AS `first`
  FROM (
    SELECT
      `t18`.`pupil`,
      `t18`.`year`,
      `t18`.`term`,
      CASE
        WHEN `t18`.`term` = 'autumn'
        THEN MAKE_DATE(CAST(`t18`.`year` - 1 AS INT), 10, 5)
        WHEN `t18`.`term` = 'summer'
        THEN MAKE_DATE(`t18`.`year`, 5, 18)
        ELSE MAKE_DATE(`t18`.`year`, 1, 18)
      END AS `seen_on`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t9`.`pupil`,
          `t4`.`year`,
          `t4`.`term`
        FROM `sightings` AS `t4`
        INNER JOIN `t5` AS `t9`
          ON `t4`.`pmr` = `t9`.`pupil`
      ) AS `t13`
      UNION
      SELECT
        *
      FROM (
        SELECT
          `t16`.`pupil`,
          `t10`.`year`,
          `t10`.`term`
        FROM (
          SELECT
            *
          FROM `sightings` AS `t1`
          WHERE
            `t1`.`pmr` IS NULL
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
            LEFT SEMI JOIN `t5` AS `t9`
              ON `t11`.`pupil` = `t9`.`pupil`
          ) AS `t14`
          UNION
          SELECT
            *
          FROM (
            SELECT
              `t6`.`pupil` AS `identifier`,
              `t6`.`pupil`
            FROM `t5` AS `t6`
          ) AS `t12`
        ) AS `t16`
          ON `t10`.`upn` = `t16`.`identifier`
      ) AS `t17`
    ) AS `t18`
  ) AS `t19`
  GROUP BY
    1
) AS `t21`
  ON `t3`.`pupil` = `t21`.`pupil`
