SELECT
  `t3`.`pair`,
  CASE WHEN `t6`.`every` THEN 3 WHEN `t6`.`some` THEN 2 ELSE 1 END AS `meals`
FROM (
  SELECT
    *
  FROM `pairs_found` AS `t0`
) AS `t3`
INNER JOIN (
  SELECT
    `t4`.`pupil`,
    BOOL_OR(`t4`.`fsm`) AS `some`,
    BOOL_AND(`t4`.`fsm`) AS `every`
  FROM (
    SELECT
      *
    FROM `records_near` AS `t1`
    WHERE
      `t1`.`fsm` IS NOT NULL
  ) AS `t4`
  GROUP BY
    1
) AS `t6`
  ON `t3`.`pupil` = `t6`.`pupil`
