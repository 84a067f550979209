SELECT DISTINCT
  *
FROM (
  SELECT
    IF(
      LENGTH(REPLACE(UPPER(`t2`.`upn`), ' ', '')) > 3,
      REPLACE(UPPER(`t2`.`upn`), ' ', ''),
      CAST(NULL AS STRING)
    ) AS `upn`
  FROM `header` AS `t2`
  LEFT SEMI JOIN (
    SELECT DISTINCT
      `t1`.`la`,
      `t1`.`child`
    FROM `episodes` AS `t1`
    WHERE
      `t1`.`rec` IN ('E11', 'E12')
  ) AS `t4`
    ON `t2`.`la` = `t4`.`la` AND `t2`.`child` = `t4`.`child`
) AS `t5`
WHERE
  `t5`.`upn` IS NOT NULL
