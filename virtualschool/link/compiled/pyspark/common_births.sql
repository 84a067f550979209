SELECT
  `t1`.`dob`,
  `t1`.`sex`,
  MAX(`t1`.`pupils`) AS `pupils`
FROM (
  SELECT
    *
  FROM `roll_births` AS `t0`
  WHERE
    `t0`.`dob` IS NOT NULL
) AS `t1`
GROUP BY
  1,
  2
