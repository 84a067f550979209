SELECT DISTINCT
  `t10`.`la`,
  `t10`.`child`,
  `t10`.`upn`,
  `t10`.`before`
FROM (
  SELECT
    `t9`.`la`,
    `t9`.`child`,
    `t9`.`year`,
    `t9`.`upn`,
    `t9`.`before`,
    COALESCE(
      `t9`.`year` < CAST(EXTRACT(year FROM `t9`.`before`) + IF(EXTRACT(month FROM `t9`.`before`) >= 4, 1, 0) AS INT),
      FALSE
    ) AS `earlier`,
    CAST(EXTRACT(year FROM `t9`.`before`) + IF(EXTRACT(month FROM `t9`.`before`) >= 4, 1, 0) AS INT) AS `of_order`,
    MAX(
      CAST(COALESCE(
        `t9`.`year` < CAST(EXTRACT(year FROM `t9`.`before`) + IF(EXTRACT(month FROM `t9`.`before`) >= 4, 1, 0) AS INT),
        FALSE
      ) AS INT)
    ) OVER (
      PARTITION BY `t9`.`la`, `t9`.`child`
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) = 1 AS `any_earlier`
  FROM (
    SELECT
      `t6`.`la`,
      `t6`.`child`,
      `t6`.`year`,
      `t6`.`upn`,
      `t8`.`adopted` AS `before`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t0`.`la`,
          `t0`.`child`,
          `t0`.`year`,
          IF(
            LENGTH(REPLACE(UPPER(`t0`.`upn`), ' ', '')) > 3,
            REPLACE(UPPER(`t0`.`upn`), ' ', ''),
            CAST(NULL AS STRING)
          ) AS `upn`
        FROM `header` AS `t0`
      ) AS `t2`
      WHERE
        `t2`.`upn` IS NOT NULL
    ) AS `t6`
    LEFT OUTER JOIN (
      SELECT
        `t5`.`la`,
        `t5`.`child`,
        MIN(`t5`.`ordered`) AS `adopted`
      FROM (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            `t1`.`la`,
            `t1`.`child`,
            COALESCE(`t1`.`dec`, GREATEST(`t1`.`decom`, MAKE_DATE(CAST(`t1`.`year` - 1 AS INT), 4, 1))) AS `ordered`,
            `t1`.`dec` IS NOT NULL AS `dated`
          FROM `episodes` AS `t1`
          WHERE
            `t1`.`rec` IN ('E11', 'E12')
        ) AS `t3`
        WHERE
          `t3`.`ordered` IS NOT NULL
      ) AS `t5`
      GROUP BY
        1,
        2
    ) AS `t8`
      ON `t6`.`la` = `t8`.`la` AND `t6`.`child` = `t8`.`child`
  ) AS `t9`
) AS `t10`
WHERE
  (
    `t10`.`before` IS NULL
  )
  OR `t10`.`earlier`
  OR (
    NOT (
      `t10`.`any_earlier`
    ) AND (
      `t10`.`year` = `t10`.`of_order`
    )
  )
