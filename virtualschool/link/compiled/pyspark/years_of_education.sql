SELECT
  MIN(`t19`.`first_year`) AS `first_year`,
  MAX(`t19`.`last_year`) AS `last_year`
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        MIN(`t0`.`year`) AS `first_year`,
        MAX(`t0`.`year`) AS `last_year`
      FROM `exclusions` AS `t0`
    ) AS `t7`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          MIN(`t1`.`year`) AS `first_year`,
          MAX(`t1`.`year`) AS `last_year`
        FROM `census` AS `t1`
      ) AS `t8`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          MIN(`t2`.`year`) AS `first_year`,
          MAX(`t2`.`year`) AS `last_year`
        FROM `ks1` AS `t2`
      ) AS `t9`
    ) AS `t14`
  ) AS `t17`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          MIN(`t3`.`year`) AS `first_year`,
          MAX(`t3`.`year`) AS `last_year`
        FROM `ks2` AS `t3`
      ) AS `t10`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          MIN(`t4`.`year`) AS `first_year`,
          MAX(`t4`.`year`) AS `last_year`
        FROM `ks4` AS `t4`
      ) AS `t11`
    ) AS `t15`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          MIN(`t5`.`year`) AS `first_year`,
          MAX(`t5`.`year`) AS `last_year`
        FROM `ks4_results` AS `t5`
      ) AS `t12`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          MIN(`t6`.`year`) AS `first_year`,
          MAX(`t6`.`year`) AS `last_year`
        FROM `absence` AS `t6`
      ) AS `t13`
    ) AS `t16`
  ) AS `t18`
) AS `t19`
