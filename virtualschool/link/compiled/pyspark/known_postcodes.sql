SELECT
  `t2`.`easting`,
  `t2`.`northing`,
  NULLIF(REPLACE(UPPER(`t2`.`postcode`), ' ', ''), '') AS `postcode`,
  COALESCE(
    `t2`.`la`,
    `t4`.`district_la`,
    CASE
      WHEN STARTSWITH(`t2`.`oslaua`, 'W')
      THEN 'WAL'
      WHEN STARTSWITH(`t2`.`oslaua`, 'S')
      THEN 'SCO'
      WHEN STARTSWITH(`t2`.`oslaua`, 'N')
      THEN 'NIR'
      ELSE CAST(NULL AS STRING)
    END
  ) AS `in_la`
FROM `postcodes` AS `t2`
LEFT OUTER JOIN (
  SELECT
    `t1`.`district`,
    `t1`.`la` AS `district_la`
  FROM `link_districts` AS `t1`
) AS `t4`
  ON `t2`.`oslaua` = `t4`.`district`
