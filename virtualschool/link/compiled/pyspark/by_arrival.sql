WITH `t7` AS (
  SELECT DISTINCT
    `t0`.`pupil`
  FROM `pairs_arrived` AS `t0`
)
SELECT
  `t4`.`pair`,
  CASE WHEN `t21`.`first` < (
    `t4`.`begun` - INTERVAL '120' DAY
  ) THEN 1 ELSE 2 END AS `arrival`
FROM `pairs_arrived` AS `t4`
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
          `t10`.`pupil`,
          `t5`.`year`,
          `t5`.`term`
        FROM `sightings` AS `t5`
        INNER JOIN `t7` AS `t10`
          ON `t5`.`pmr` = `t10`.`pupil`
      ) AS `t13`
      UNION
      SELECT
        *
      FROM (
        SELECT
          `t16`.`pupil`,
          `t6`.`year`,
          `t6`.`term`
        FROM `sightings_loose` AS `t6`
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
              FROM `pupil_keys` AS `t3`
              WHERE
                `t3`.`kind` = 'upn'
            ) AS `t11`
            LEFT SEMI JOIN `t7` AS `t10`
              ON `t11`.`pupil` = `t10`.`pupil`
          ) AS `t14`
          UNION
          SELECT
            *
          FROM (
            SELECT
              `t8`.`pupil` AS `identifier`,
              `t8`.`pupil`
            FROM `t7` AS `t8`
          ) AS `t12`
        ) AS `t16`
          ON `t6`.`upn` = `t16`.`identifier`
      ) AS `t17`
    ) AS `t18`
  ) AS `t19`
  GROUP BY
    1
) AS `t21`
  ON `t4`.`pupil` = `t21`.`pupil`
