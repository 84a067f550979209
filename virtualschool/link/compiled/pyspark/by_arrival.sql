SELECT
  `t4`.`la`,
  `t4`.`child`,
  `t4`.`pupil`,
  CASE WHEN `t8`.`first` < (
    `t7`.`begun` - INTERVAL '120' DAY
  ) THEN 1 ELSE 2 END AS `arrival`
FROM (
  SELECT
    *
  FROM `pairs_found` AS `t0`
) AS `t4`
INNER JOIN (
  SELECT
    `t1`.`la`,
    `t1`.`child`,
    `t1`.`begun`
  FROM `child_features` AS `t1`
  WHERE
    `t1`.`unaccompanied` AND `t1`.`begun` IS NOT NULL
) AS `t7`
  ON `t4`.`la` = `t7`.`la` AND `t4`.`child` = `t7`.`child`
INNER JOIN (
  SELECT
    `t2`.`pupil`,
    MIN(`t2`.`seen_on`) AS `first`
  FROM `pupil_records` AS `t2`
  GROUP BY
    1
) AS `t8`
  ON `t4`.`pupil` = `t8`.`pupil`
