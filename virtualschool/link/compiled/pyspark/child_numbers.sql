SELECT DISTINCT
  `t9`.`la`,
  `t9`.`child`,
  `t9`.`upn`
FROM (
  SELECT
    `t6`.`la`,
    `t6`.`child`,
    `t6`.`year`,
    `t6`.`upn`,
    `t8`.`la` AS `a_la`,
    `t8`.`child` AS `a_child`,
    `t8`.`adopted`
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
WHERE
  (
    `t9`.`adopted` IS NULL
  )
  OR (
    `t9`.`year` < CAST(EXTRACT(year FROM `t9`.`adopted`) + IF(EXTRACT(month FROM `t9`.`adopted`) >= 4, 1, 0) AS INT)
  )
