SELECT DISTINCT
  COALESCE(
    `t5`.`school_la`,
    SUBSTRING(`t5`.`laestab`, IF((
      0 + 1
    ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t5`.`laestab`)), 3)
  ) AS `held_la`
FROM (
  SELECT
    `t4`.`laestab`,
    `t2`.`laestab` AS `s_laestab`,
    `t2`.`school_la`,
    `t2`.`school_east`,
    `t2`.`school_north`
  FROM (
    SELECT DISTINCT
      `t0`.`laestab`
    FROM `sightings` AS `t0`
    WHERE
      `t0`.`laestab` IS NOT NULL
  ) AS `t4`
  LEFT OUTER JOIN `known_schools` AS `t2`
    ON `t4`.`laestab` = `t2`.`laestab`
) AS `t5`
