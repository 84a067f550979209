SELECT DISTINCT
  *
FROM (
  SELECT
    `t9`.`former_upn`,
    `t9`.`upn`
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        `t2`.`former_upn`,
        `t2`.`upn`,
        `t4`.`year`,
        `t4`.`term`
      FROM `number_claims` AS `t2`
      INNER JOIN (
        SELECT
          `t1`.`year`,
          `t1`.`upn` AS `number`,
          COALESCE(`t1`.`term`, '') AS `term`
        FROM `sightings` AS `t1`
        WHERE
          `t1`.`source` = 'census'
      ) AS `t4`
        ON `t2`.`former_upn` = `t4`.`number`
    ) AS `t5`
  ) AS `t9`
  LEFT SEMI JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        `t2`.`former_upn`,
        `t2`.`upn`,
        `t4`.`year`,
        `t4`.`term`
      FROM `number_claims` AS `t2`
      INNER JOIN (
        SELECT
          `t1`.`year`,
          `t1`.`upn` AS `number`,
          COALESCE(`t1`.`term`, '') AS `term`
        FROM `sightings` AS `t1`
        WHERE
          `t1`.`source` = 'census'
      ) AS `t4`
        ON `t2`.`upn` = `t4`.`number`
    ) AS `t6`
  ) AS `t10`
    ON `t9`.`former_upn` = `t10`.`former_upn`
    AND `t9`.`upn` = `t10`.`upn`
    AND `t9`.`year` = `t10`.`year`
    AND `t9`.`term` = `t10`.`term`
) AS `t11`
