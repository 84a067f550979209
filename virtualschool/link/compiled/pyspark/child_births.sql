SELECT DISTINCT
  `t0`.`la`,
  `t0`.`child`,
  `t0`.`dob`,
  CASE
    WHEN `t0`.`sex` = '1'
    THEN 'M'
    WHEN `t0`.`sex` = 'M'
    THEN 'M'
    WHEN `t0`.`sex` = '2'
    THEN 'F'
    WHEN `t0`.`sex` = 'F'
    THEN 'F'
    ELSE CAST(NULL AS STRING)
  END AS `sex`
FROM `header` AS `t0`
