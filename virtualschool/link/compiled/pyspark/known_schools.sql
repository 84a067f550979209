SELECT
  `t5`.`laestab`,
  MAX(`t5`.`la`) AS `school_la`,
  MAX(`t5`.`easting`) AS `school_east`,
  MAX(`t5`.`northing`) AS `school_north`
FROM (
  SELECT
    `t4`.`laestab`,
    `t4`.`la`,
    `t4`.`code`,
    `t2`.`easting`,
    `t2`.`northing`,
    `t2`.`postcode`,
    `t2`.`in_la`
  FROM (
    SELECT
      `t0`.`laestab`,
      `t0`.`la`,
      NULLIF(REPLACE(UPPER(`t0`.`postcode`), ' ', ''), '') AS `code`
    FROM `schools` AS `t0`
    WHERE
      `t0`.`laestab` IS NOT NULL
  ) AS `t4`
  LEFT OUTER JOIN `known_postcodes` AS `t2`
    ON `t4`.`code` = `t2`.`postcode`
) AS `t5`
GROUP BY
  1
