SELECT
  `t16`.`la`,
  `t16`.`child`,
  `t16`.`companion`,
  `t16`.`days` > 1 AS `often`
FROM (
  SELECT
    `t15`.`la`,
    `t15`.`child`,
    `t15`.`companion`,
    COUNT(DISTINCT `t15`.`moved`) AS `days`,
    BOOL_OR(`t15`.`begun` = `t15`.`their_begun`) AS `entered`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t5`.`la`,
        `t5`.`child`,
        `t5`.`moved`,
        `t11`.`begun`,
        `t13`.`companion`,
        `t13`.`other`,
        `t13`.`their_begun`
      FROM `child_moves` AS `t5`
      INNER JOIN (
        SELECT
          `t3`.`la`,
          `t3`.`child`,
          `t3`.`begun`
        FROM `child_features` AS `t3`
        WHERE
          NOT (
            `t3`.`unaccompanied`
          )
      ) AS `t11`
        ON `t5`.`la` = `t11`.`la` AND `t5`.`child` = `t11`.`child`
      LEFT ANTI JOIN `children_adopted` AS `t6`
        ON `t5`.`la` = `t6`.`la` AND `t5`.`child` = `t6`.`child`
      LEFT SEMI JOIN `pairs_found` AS `t7`
        ON `t5`.`la` = `t7`.`la` AND `t5`.`child` = `t7`.`child`
      INNER JOIN (
        SELECT
          `t5`.`la`,
          `t5`.`moved`,
          `t10`.`companion`,
          `t5`.`child` AS `other`,
          `t11`.`begun` AS `their_begun`
        FROM `child_moves` AS `t5`
        INNER JOIN (
          SELECT
            `t3`.`la`,
            `t3`.`child`,
            `t3`.`begun`
          FROM `child_features` AS `t3`
          WHERE
            NOT (
              `t3`.`unaccompanied`
            )
        ) AS `t11`
          ON `t5`.`la` = `t11`.`la` AND `t5`.`child` = `t11`.`child`
        LEFT ANTI JOIN `children_adopted` AS `t6`
          ON `t5`.`la` = `t6`.`la` AND `t5`.`child` = `t6`.`child`
        INNER JOIN (
          SELECT
            `t4`.`la`,
            `t4`.`child`,
            `t4`.`pupil` AS `companion`
          FROM `pairs_made` AS `t4`
        ) AS `t10`
          ON `t5`.`la` = `t10`.`la` AND `t5`.`child` = `t10`.`child`
      ) AS `t13`
        ON `t5`.`la` = `t13`.`la` AND `t5`.`moved` = `t13`.`moved`
    ) AS `t14`
    WHERE
      `t14`.`child` <> `t14`.`other`
  ) AS `t15`
  GROUP BY
    1,
    2,
    3
) AS `t16`
WHERE
  `t16`.`entered` OR (
    `t16`.`days` > 1
  )
