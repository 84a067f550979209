SELECT
  `t2`.`la`,
  `t2`.`child`,
  MIN(`t2`.`ordered`) AS `adopted`
FROM (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      `t0`.`la`,
      `t0`.`child`,
      COALESCE(`t0`.`dec`, GREATEST(`t0`.`decom`, MAKE_DATE(CAST(`t0`.`year` - 1 AS INT), 4, 1))) AS `ordered`,
      `t0`.`dec` IS NOT NULL AS `dated`
    FROM `episodes` AS `t0`
    WHERE
      `t0`.`rec` IN ('E11', 'E12')
  ) AS `t1`
  WHERE
    `t1`.`ordered` IS NOT NULL
) AS `t2`
GROUP BY
  1,
  2
