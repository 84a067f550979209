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
        `t9`.`year`,
        `t9`.`dob`,
        `t9`.`sex`,
        `t9`.`pupils`,
        `t9`.`homes`,
        `t9`.`schools`,
        'phonics' AS `source`
      FROM (
        SELECT
          `t0`.`year`,
          `t0`.`dob`,
          `t0`.`sex`,
          COUNT(*) AS `pupils`,
          0 AS `homes`,
          COUNT(`t0`.`laestab`) AS `schools`
        FROM `phonics` AS `t0`
        GROUP BY
          1,
          2,
          3
      ) AS `t9`
    ) AS `t18`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t10`.`year`,
        `t10`.`dob`,
        `t10`.`sex`,
        `t10`.`pupils`,
        `t10`.`homes`,
        `t10`.`schools`,
        'ks1' AS `source`
      FROM (
        SELECT
          `t1`.`year`,
          `t1`.`dob`,
          `t1`.`sex`,
          COUNT(*) AS `pupils`,
          0 AS `homes`,
          COUNT(`t1`.`laestab`) AS `schools`
        FROM `ks1` AS `t1`
        GROUP BY
          1,
          2,
          3
      ) AS `t10`
    ) AS `t19`
  ) AS `t27`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t11`.`year`,
        `t11`.`dob`,
        `t11`.`sex`,
        `t11`.`pupils`,
        `t11`.`homes`,
        `t11`.`schools`,
        'multiplication' AS `source`
      FROM (
        SELECT
          `t2`.`year`,
          `t2`.`dob`,
          `t2`.`sex`,
          COUNT(*) AS `pupils`,
          0 AS `homes`,
          COUNT(`t2`.`laestab`) AS `schools`
        FROM `multiplication` AS `t2`
        GROUP BY
          1,
          2,
          3
      ) AS `t11`
    ) AS `t20`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t12`.`year`,
        `t12`.`dob`,
        `t12`.`sex`,
        `t12`.`pupils`,
        `t12`.`homes`,
        `t12`.`schools`,
        'ks2' AS `source`
      FROM (
        SELECT
          `t3`.`year`,
          `t3`.`dob`,
          `t3`.`sex`,
          COUNT(*) AS `pupils`,
          0 AS `homes`,
          COUNT(`t3`.`laestab`) AS `schools`
        FROM `ks2` AS `t3`
        GROUP BY
          1,
          2,
          3
      ) AS `t12`
    ) AS `t21`
  ) AS `t28`
) AS `t31`
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
        `t13`.`year`,
        `t13`.`dob`,
        `t13`.`sex`,
        `t13`.`pupils`,
        `t13`.`homes`,
        `t13`.`schools`,
        'ks4' AS `source`
      FROM (
        SELECT
          `t4`.`year`,
          `t4`.`dob`,
          `t4`.`sex`,
          COUNT(*) AS `pupils`,
          0 AS `homes`,
          COUNT(`t4`.`laestab`) AS `schools`
        FROM `ks4` AS `t4`
        GROUP BY
          1,
          2,
          3
      ) AS `t13`
    ) AS `t22`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t14`.`year`,
        `t14`.`dob`,
        `t14`.`sex`,
        `t14`.`pupils`,
        `t14`.`homes`,
        `t14`.`schools`,
        'post_16' AS `source`
      FROM (
        SELECT
          `t5`.`year`,
          `t5`.`dob`,
          `t5`.`sex`,
          COUNT(*) AS `pupils`,
          0 AS `homes`,
          COUNT(`t5`.`laestab`) AS `schools`
        FROM `post_16` AS `t5`
        GROUP BY
          1,
          2,
          3
      ) AS `t14`
    ) AS `t23`
  ) AS `t29`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t15`.`year`,
        `t15`.`dob`,
        `t15`.`sex`,
        `t15`.`pupils`,
        `t15`.`homes`,
        `t15`.`schools`,
        'absence' AS `source`
      FROM (
        SELECT
          `t6`.`year`,
          `t6`.`dob`,
          `t6`.`sex`,
          COUNT(*) AS `pupils`,
          0 AS `homes`,
          COUNT(`t6`.`laestab`) AS `schools`
        FROM `absence` AS `t6`
        GROUP BY
          1,
          2,
          3
      ) AS `t15`
    ) AS `t24`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t16`.`year`,
          `t16`.`dob`,
          `t16`.`sex`,
          `t16`.`pupils`,
          `t16`.`homes`,
          `t16`.`schools`,
          'census' AS `source`
        FROM (
          SELECT
            `t7`.`year`,
            `t7`.`dob`,
            `t7`.`sex`,
            COUNT(*) AS `pupils`,
            COUNT(`t7`.`postcode`) AS `homes`,
            COUNT(`t7`.`laestab`) AS `schools`
          FROM `census` AS `t7`
          GROUP BY
            1,
            2,
            3
        ) AS `t16`
      ) AS `t25`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t17`.`year`,
          `t17`.`dob`,
          `t17`.`sex`,
          `t17`.`pupils`,
          `t17`.`homes`,
          `t17`.`schools`,
          'early_years' AS `source`
        FROM (
          SELECT
            `t8`.`year`,
            `t8`.`dob`,
            `t8`.`sex`,
            COUNT(*) AS `pupils`,
            0 AS `homes`,
            COUNT(`t8`.`laestab`) AS `schools`
          FROM `early_years` AS `t8`
          GROUP BY
            1,
            2,
            3
        ) AS `t17`
      ) AS `t26`
    ) AS `t30`
  ) AS `t32`
) AS `t33`
