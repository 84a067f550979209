SELECT DISTINCT
  *
FROM (
  SELECT
    `t10`.`former_upn`,
    `t10`.`upn`
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        `t5`.`former_upn`,
        `t5`.`upn`,
        `t3`.`year`,
        `t3`.`term`
      FROM (
        SELECT
          `t2`.`former_upn`,
          `t2`.`upn`,
          MIN(`t2`.`year`) AS `first_year`
        FROM (
          SELECT
            *
          FROM `sightings` AS `t0`
          WHERE
            `t0`.`former_upn` IS NOT NULL
            AND `t0`.`upn` IS NOT NULL
            AND `t0`.`former_upn` <> `t0`.`upn`
        ) AS `t2`
        GROUP BY
          1,
          2
      ) AS `t5`
      INNER JOIN (
        SELECT
          `t0`.`year`,
          `t0`.`upn` AS `number`,
          COALESCE(`t0`.`term`, '') AS `term`
        FROM `sightings` AS `t0`
        WHERE
          `t0`.`source` = 'census'
      ) AS `t3`
        ON `t5`.`former_upn` = `t3`.`number`
    ) AS `t6`
  ) AS `t10`
  LEFT SEMI JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        `t5`.`former_upn`,
        `t5`.`upn`,
        `t3`.`year`,
        `t3`.`term`
      FROM (
        SELECT
          `t2`.`former_upn`,
          `t2`.`upn`,
          MIN(`t2`.`year`) AS `first_year`
        FROM (
          SELECT
            *
          FROM `sightings` AS `t0`
          WHERE
            `t0`.`former_upn` IS NOT NULL
            AND `t0`.`upn` IS NOT NULL
            AND `t0`.`former_upn` <> `t0`.`upn`
        ) AS `t2`
        GROUP BY
          1,
          2
      ) AS `t5`
      INNER JOIN (
        SELECT
          `t0`.`year`,
          `t0`.`upn` AS `number`,
          COALESCE(`t0`.`term`, '') AS `term`
        FROM `sightings` AS `t0`
        WHERE
          `t0`.`source` = 'census'
      ) AS `t3`
        ON `t5`.`upn` = `t3`.`number`
    ) AS `t7`
  ) AS `t11`
    ON `t10`.`former_upn` = `t11`.`former_upn`
    AND `t10`.`upn` = `t11`.`upn`
    AND `t10`.`year` = `t11`.`year`
    AND `t10`.`term` = `t11`.`term`
) AS `t12`
