SELECT
  `t23`.`dob`,
  `t23`.`sex`,
  MAX(`t23`.`pupils`) AS `pupils`
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t10`.`dob`,
        `t10`.`sex`,
        `t10`.`pupils`
      FROM (
        SELECT
          `t5`.`year`,
          `t5`.`dob`,
          `t5`.`sex`,
          COUNT(*) AS `pupils`
        FROM (
          SELECT
            *
          FROM `ks2` AS `t0`
          WHERE
            `t0`.`dob` IS NOT NULL
        ) AS `t5`
        GROUP BY
          1,
          2,
          3
      ) AS `t10`
    ) AS `t15`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t11`.`dob`,
        `t11`.`sex`,
        `t11`.`pupils`
      FROM (
        SELECT
          `t6`.`year`,
          `t6`.`dob`,
          `t6`.`sex`,
          COUNT(*) AS `pupils`
        FROM (
          SELECT
            *
          FROM `ks4` AS `t1`
          WHERE
            `t1`.`dob` IS NOT NULL
        ) AS `t6`
        GROUP BY
          1,
          2,
          3
      ) AS `t11`
    ) AS `t16`
  ) AS `t20`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t12`.`dob`,
        `t12`.`sex`,
        `t12`.`pupils`
      FROM (
        SELECT
          `t7`.`year`,
          `t7`.`dob`,
          `t7`.`sex`,
          COUNT(*) AS `pupils`
        FROM (
          SELECT
            *
          FROM `absence` AS `t2`
          WHERE
            `t2`.`dob` IS NOT NULL
        ) AS `t7`
        GROUP BY
          1,
          2,
          3
      ) AS `t12`
    ) AS `t17`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t13`.`dob`,
          `t13`.`sex`,
          `t13`.`pupils`
        FROM (
          SELECT
            `t8`.`year`,
            `t8`.`dob`,
            `t8`.`sex`,
            COUNT(*) AS `pupils`
          FROM (
            SELECT
              *
            FROM `census` AS `t3`
            WHERE
              `t3`.`dob` IS NOT NULL
          ) AS `t8`
          GROUP BY
            1,
            2,
            3
        ) AS `t13`
      ) AS `t18`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t14`.`dob`,
          `t14`.`sex`,
          `t14`.`pupils`
        FROM (
          SELECT
            `t9`.`year`,
            `t9`.`dob`,
            `t9`.`sex`,
            COUNT(*) AS `pupils`
          FROM (
            SELECT
              *
            FROM `ks1` AS `t4`
            WHERE
              `t4`.`dob` IS NOT NULL
          ) AS `t9`
          GROUP BY
            1,
            2,
            3
        ) AS `t14`
      ) AS `t19`
    ) AS `t21`
  ) AS `t22`
) AS `t23`
GROUP BY
  1,
  2
