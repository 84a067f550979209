SELECT
  MIN(`t31`.`first_year`) AS `first_year`,
  MAX(`t31`.`last_year`) AS `last_year`
FROM (
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
          MIN(`t0`.`year`) AS `first_year`,
          MAX(`t0`.`year`) AS `last_year`
        FROM `ks4` AS `t0`
      ) AS `t11`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          MIN(`t1`.`year`) AS `first_year`,
          MAX(`t1`.`year`) AS `last_year`
        FROM `ks4_results` AS `t1`
      ) AS `t12`
    ) AS `t22`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          MIN(`t2`.`year`) AS `first_year`,
          MAX(`t2`.`year`) AS `last_year`
        FROM `post_16` AS `t2`
      ) AS `t13`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          MIN(`t3`.`year`) AS `first_year`,
          MAX(`t3`.`year`) AS `last_year`
        FROM `absence` AS `t3`
      ) AS `t14`
    ) AS `t23`
  ) AS `t27`
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
          MIN(`t4`.`year`) AS `first_year`,
          MAX(`t4`.`year`) AS `last_year`
        FROM `exclusions` AS `t4`
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
          FROM `census` AS `t5`
        ) AS `t16`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            MIN(`t6`.`year`) AS `first_year`,
            MAX(`t6`.`year`) AS `last_year`
          FROM `early_years` AS `t6`
        ) AS `t17`
      ) AS `t24`
    ) AS `t28`
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
            MIN(`t7`.`year`) AS `first_year`,
            MAX(`t7`.`year`) AS `last_year`
          FROM `phonics` AS `t7`
        ) AS `t18`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            MIN(`t8`.`year`) AS `first_year`,
            MAX(`t8`.`year`) AS `last_year`
          FROM `ks1` AS `t8`
        ) AS `t19`
      ) AS `t25`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            MIN(`t9`.`year`) AS `first_year`,
            MAX(`t9`.`year`) AS `last_year`
          FROM `multiplication` AS `t9`
        ) AS `t20`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            MIN(`t10`.`year`) AS `first_year`,
            MAX(`t10`.`year`) AS `last_year`
          FROM `ks2` AS `t10`
        ) AS `t21`
      ) AS `t26`
    ) AS `t29`
  ) AS `t30`
) AS `t31`
