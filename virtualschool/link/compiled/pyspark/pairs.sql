SELECT
  `t17`.`la`,
  `t17`.`child`,
  `t17`.`pupil`,
  BOOL_OR(`t17`.`current`) AS `current`
FROM (
  SELECT
    `t16`.`la`,
    `t16`.`child`,
    `t16`.`pupil`,
    `t16`.`current`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t6`.`la`,
        `t6`.`child`,
        COALESCE(`t11`.`pupil`, `t6`.`upn`) AS `pupil`,
        TRUE AS `current`
      FROM `child_numbers` AS `t6`
      LEFT ANTI JOIN `children_hidden` AS `t7`
        ON `t6`.`la` = `t7`.`la` AND `t6`.`child` = `t7`.`child`
      LEFT SEMI JOIN `near_number` AS `t8`
        ON `t6`.`upn` = `t8`.`upn`
      LEFT OUTER JOIN (
        SELECT
          *
        FROM `pupil_keys` AS `t4`
        WHERE
          `t4`.`kind` = 'upn'
      ) AS `t11`
        ON `t6`.`upn` = `t11`.`identifier`
    ) AS `t13`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t6`.`la`,
        `t6`.`child`,
        `t12`.`pupil`,
        FALSE AS `current`
      FROM `child_numbers` AS `t6`
      LEFT ANTI JOIN `children_hidden` AS `t7`
        ON `t6`.`la` = `t7`.`la` AND `t6`.`child` = `t7`.`child`
      INNER JOIN (
        SELECT
          *
        FROM `pupil_keys` AS `t4`
        WHERE
          `t4`.`kind` = 'former_upn'
      ) AS `t12`
        ON `t6`.`upn` = `t12`.`identifier`
    ) AS `t14`
  ) AS `t16`
  LEFT ANTI JOIN `pairs_refused` AS `t5`
    ON `t16`.`la` = `t5`.`la`
    AND `t16`.`child` = `t5`.`child`
    AND `t16`.`pupil` = `t5`.`pupil`
) AS `t17`
GROUP BY
  1,
  2,
  3
