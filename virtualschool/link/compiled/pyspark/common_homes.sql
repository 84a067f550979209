SELECT
  *
FROM (
  SELECT
    'district' AS `kind`,
    `t9`.`district` AS `place`,
    `t9`.`pupils`
  FROM (
    SELECT
      `t5`.`district`,
      CAST(CAST(SUM(`t5`.`pupils`) AS DECIMAL(18, 0)) AS BIGINT) AS `pupils`
    FROM (
      SELECT
        *
      FROM `homes_on_roll` AS `t0`
      WHERE
        `t0`.`district` IS NOT NULL
    ) AS `t5`
    GROUP BY
      1
  ) AS `t9`
) AS `t11`
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      'code' AS `kind`,
      `t2`.`home` AS `place`,
      `t2`.`pupils`
    FROM `homes_on_roll` AS `t2`
    LEFT SEMI JOIN (
      SELECT DISTINCT
        `t1`.`code` AS `home`
      FROM `child_places` AS `t1`
    ) AS `t6`
      ON `t2`.`home` = `t6`.`home`
  ) AS `t7`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      'sector' AS `kind`,
      `t8`.`sector` AS `place`,
      `t8`.`pupils`
    FROM (
      SELECT
        `t4`.`sector`,
        CAST(CAST(SUM(`t4`.`pupils`) AS DECIMAL(18, 0)) AS BIGINT) AS `pupils`
      FROM (
        SELECT
          *
        FROM `homes_on_roll` AS `t0`
        WHERE
          `t0`.`sector` IS NOT NULL
      ) AS `t4`
      GROUP BY
        1
    ) AS `t8`
  ) AS `t10`
) AS `t12`
