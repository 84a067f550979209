SELECT
  `t5`.`pair`,
  CASE
    WHEN `t6`.`disabled` AND `t9`.`plan`
    THEN 6
    WHEN `t6`.`disabled` AND `t9`.`support`
    THEN 5
    WHEN `t6`.`disabled` AND TRUE
    THEN 4
    WHEN NOT (
      `t6`.`disabled`
    ) AND `t9`.`plan`
    THEN 3
    WHEN NOT (
      `t6`.`disabled`
    ) AND `t9`.`support`
    THEN 2
    WHEN NOT (
      `t6`.`disabled`
    ) AND TRUE
    THEN 1
    ELSE 0
  END AS `needs`
FROM (
  SELECT
    *
  FROM `pairs_found` AS `t0`
) AS `t5`
INNER JOIN (
  SELECT
    `t1`.`la`,
    `t1`.`child`,
    `t1`.`disabled`
  FROM `child_features` AS `t1`
) AS `t6`
  ON `t5`.`la` = `t6`.`la` AND `t5`.`child` = `t6`.`child`
INNER JOIN (
  SELECT
    `t7`.`pupil`,
    BOOL_OR(`t7`.`sen` IN ('E', 'S')) AS `plan`,
    BOOL_OR(`t7`.`sen` IN ('K', 'A', 'P')) AS `support`
  FROM (
    SELECT
      *
    FROM `records_near` AS `t2`
    WHERE
      `t2`.`sen` IS NOT NULL
  ) AS `t7`
  GROUP BY
    1
) AS `t9`
  ON `t5`.`pupil` = `t9`.`pupil`
