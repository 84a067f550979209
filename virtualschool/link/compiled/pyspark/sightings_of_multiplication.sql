SELECT
  'multiplication' AS `source`,
  `t0`.`year`,
  CAST(NULL AS STRING) AS `term`,
  `t0`.`pmr`,
  IF(OCTET_LENGTH(`t0`.`upn`) > 3, `t0`.`upn`, CAST(NULL AS STRING)) AS `upn`,
  IF(OCTET_LENGTH(`t0`.`former_upn`) > 3, `t0`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
  `t0`.`dob`,
  `t0`.`sex`,
  `t0`.`laestab`,
  CAST(NULL AS STRING) AS `home`,
  CAST(NULL AS STRING) AS `ethnicity`,
  CAST(NULL AS STRING) AS `sen`,
  CAST(NULL AS DATE) AS `entry_date`,
  CAST(NULL AS BOOLEAN) AS `fsm`,
  CAST(NULL AS STRING) AS `forename`,
  CAST(NULL AS STRING) AS `surname`,
  CAST(NULL AS STRING) AS `uln`
FROM `multiplication` AS `t0`
