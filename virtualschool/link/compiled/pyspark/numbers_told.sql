SELECT
  `t4`.`former_upn`,
  `t4`.`upn`,
  `t4`.`loose`,
  MIN(`t4`.`year`) AS `first_year`
FROM (
  SELECT
    `t3`.`former_upn`,
    `t3`.`upn`,
    `t3`.`year`,
    `t3`.`pmr` IS NULL AS `loose`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM `sightings` AS `t0`
      WHERE
        `t0`.`former_upn` IS NOT NULL
    ) AS `t2`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM `sightings` AS `t0`
      WHERE
        `t0`.`pmr` IS NULL
    ) AS `t1`
  ) AS `t3`
) AS `t4`
GROUP BY
  1,
  2,
  3
