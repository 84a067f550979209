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
        'ks4' AS `source`,
        `t0`.`year`,
        CAST(NULL AS STRING) AS `term`,
        `t0`.`pmr`,
        IF(OCTET_LENGTH(`t0`.`upn`) > 3, `t0`.`upn`, CAST(NULL AS STRING)) AS `upn`,
        IF(OCTET_LENGTH(`t0`.`former_upn`) > 3, `t0`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
        `t0`.`dob`,
        `t0`.`sex`,
        `t0`.`laestab`,
        CAST(NULL AS STRING) AS `home`,
        CAST(NULL AS STRING) AS `ethnicity`,
        CAST(NULL AS STRING) AS `sen`,
        CAST(NULL AS DATE) AS `entry_date`,
        CAST(NULL AS BOOLEAN) AS `fsm`,
        CAST(NULL AS STRING) AS `forename`,
        CAST(NULL AS STRING) AS `surname`,
        CAST(NULL AS STRING) AS `uln`
      FROM `ks4` AS `t0`
    ) AS `t11`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        'ks4_results' AS `source`,
        `t1`.`year`,
        CAST(NULL AS STRING) AS `term`,
        `t1`.`pmr`,
        IF(OCTET_LENGTH(`t1`.`upn`) > 3, `t1`.`upn`, CAST(NULL AS STRING)) AS `upn`,
        IF(OCTET_LENGTH(`t1`.`former_upn`) > 3, `t1`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
        `t1`.`dob`,
        `t1`.`sex`,
        `t1`.`laestab`,
        CAST(NULL AS STRING) AS `home`,
        CAST(NULL AS STRING) AS `ethnicity`,
        CAST(NULL AS STRING) AS `sen`,
        CAST(NULL AS DATE) AS `entry_date`,
        CAST(NULL AS BOOLEAN) AS `fsm`,
        CAST(NULL AS STRING) AS `forename`,
        CAST(NULL AS STRING) AS `surname`,
        CAST(NULL AS STRING) AS `uln`
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
        'post_16' AS `source`,
        `t2`.`year`,
        CAST(NULL AS STRING) AS `term`,
        `t2`.`pmr`,
        IF(OCTET_LENGTH(`t2`.`upn`) > 3, `t2`.`upn`, CAST(NULL AS STRING)) AS `upn`,
        IF(OCTET_LENGTH(`t2`.`former_upn`) > 3, `t2`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
        `t2`.`dob`,
        `t2`.`sex`,
        `t2`.`laestab`,
        CAST(NULL AS STRING) AS `home`,
        CAST(NULL AS STRING) AS `ethnicity`,
        CAST(NULL AS STRING) AS `sen`,
        CAST(NULL AS DATE) AS `entry_date`,
        CAST(NULL AS BOOLEAN) AS `fsm`,
        CAST(NULL AS STRING) AS `forename`,
        CAST(NULL AS STRING) AS `surname`,
        CAST(NULL AS STRING) AS `uln`
      FROM `post_16` AS `t2`
    ) AS `t13`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        'absence' AS `source`,
        `t3`.`year`,
        CAST(NULL AS STRING) AS `term`,
        `t3`.`pmr`,
        IF(OCTET_LENGTH(`t3`.`upn`) > 3, `t3`.`upn`, CAST(NULL AS STRING)) AS `upn`,
        IF(OCTET_LENGTH(`t3`.`former_upn`) > 3, `t3`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
        `t3`.`dob`,
        `t3`.`sex`,
        `t3`.`laestab`,
        CAST(NULL AS STRING) AS `home`,
        CAST(NULL AS STRING) AS `ethnicity`,
        CAST(NULL AS STRING) AS `sen`,
        CAST(NULL AS DATE) AS `entry_date`,
        CAST(NULL AS BOOLEAN) AS `fsm`,
        CAST(NULL AS STRING) AS `forename`,
        CAST(NULL AS STRING) AS `surname`,
        CAST(NULL AS STRING) AS `uln`
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
        'exclusions' AS `source`,
        `t4`.`year`,
        CAST(NULL AS STRING) AS `term`,
        `t4`.`pmr`,
        IF(OCTET_LENGTH(`t4`.`upn`) > 3, `t4`.`upn`, CAST(NULL AS STRING)) AS `upn`,
        IF(OCTET_LENGTH(`t4`.`former_upn`) > 3, `t4`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
        `t4`.`dob`,
        `t4`.`sex`,
        `t4`.`laestab`,
        CAST(NULL AS STRING) AS `home`,
        CAST(NULL AS STRING) AS `ethnicity`,
        CAST(NULL AS STRING) AS `sen`,
        CAST(NULL AS DATE) AS `entry_date`,
        CAST(NULL AS BOOLEAN) AS `fsm`,
        CAST(NULL AS STRING) AS `forename`,
        CAST(NULL AS STRING) AS `surname`,
        CAST(NULL AS STRING) AS `uln`
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
          'census' AS `source`,
          `t5`.`year`,
          `t5`.`term`,
          `t5`.`pmr`,
          IF(OCTET_LENGTH(`t5`.`upn`) > 3, `t5`.`upn`, CAST(NULL AS STRING)) AS `upn`,
          IF(OCTET_LENGTH(`t5`.`former_upn`) > 3, `t5`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
          `t5`.`dob`,
          `t5`.`sex`,
          `t5`.`laestab`,
          `t5`.`postcode` AS `home`,
          `t5`.`ethnicity`,
          `t5`.`sen`,
          `t5`.`entry_date`,
          `t5`.`fsm`,
          `t5`.`forename`,
          `t5`.`surname`,
          `t5`.`uln`
        FROM `census` AS `t5`
      ) AS `t16`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          'early_years' AS `source`,
          `t6`.`year`,
          CAST(NULL AS STRING) AS `term`,
          `t6`.`pmr`,
          IF(OCTET_LENGTH(`t6`.`upn`) > 3, `t6`.`upn`, CAST(NULL AS STRING)) AS `upn`,
          IF(OCTET_LENGTH(`t6`.`former_upn`) > 3, `t6`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
          `t6`.`dob`,
          `t6`.`sex`,
          `t6`.`laestab`,
          CAST(NULL AS STRING) AS `home`,
          CAST(NULL AS STRING) AS `ethnicity`,
          CAST(NULL AS STRING) AS `sen`,
          CAST(NULL AS DATE) AS `entry_date`,
          CAST(NULL AS BOOLEAN) AS `fsm`,
          CAST(NULL AS STRING) AS `forename`,
          CAST(NULL AS STRING) AS `surname`,
          CAST(NULL AS STRING) AS `uln`
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
          'phonics' AS `source`,
          `t7`.`year`,
          CAST(NULL AS STRING) AS `term`,
          `t7`.`pmr`,
          IF(OCTET_LENGTH(`t7`.`upn`) > 3, `t7`.`upn`, CAST(NULL AS STRING)) AS `upn`,
          IF(OCTET_LENGTH(`t7`.`former_upn`) > 3, `t7`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
          `t7`.`dob`,
          `t7`.`sex`,
          `t7`.`laestab`,
          CAST(NULL AS STRING) AS `home`,
          CAST(NULL AS STRING) AS `ethnicity`,
          CAST(NULL AS STRING) AS `sen`,
          CAST(NULL AS DATE) AS `entry_date`,
          CAST(NULL AS BOOLEAN) AS `fsm`,
          CAST(NULL AS STRING) AS `forename`,
          CAST(NULL AS STRING) AS `surname`,
          CAST(NULL AS STRING) AS `uln`
        FROM `phonics` AS `t7`
      ) AS `t18`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          'ks1' AS `source`,
          `t8`.`year`,
          CAST(NULL AS STRING) AS `term`,
          `t8`.`pmr`,
          IF(OCTET_LENGTH(`t8`.`upn`) > 3, `t8`.`upn`, CAST(NULL AS STRING)) AS `upn`,
          IF(OCTET_LENGTH(`t8`.`former_upn`) > 3, `t8`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
          `t8`.`dob`,
          `t8`.`sex`,
          `t8`.`laestab`,
          CAST(NULL AS STRING) AS `home`,
          CAST(NULL AS STRING) AS `ethnicity`,
          CAST(NULL AS STRING) AS `sen`,
          CAST(NULL AS DATE) AS `entry_date`,
          CAST(NULL AS BOOLEAN) AS `fsm`,
          CAST(NULL AS STRING) AS `forename`,
          CAST(NULL AS STRING) AS `surname`,
          CAST(NULL AS STRING) AS `uln`
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
          'multiplication' AS `source`,
          `t9`.`year`,
          CAST(NULL AS STRING) AS `term`,
          `t9`.`pmr`,
          IF(OCTET_LENGTH(`t9`.`upn`) > 3, `t9`.`upn`, CAST(NULL AS STRING)) AS `upn`,
          IF(OCTET_LENGTH(`t9`.`former_upn`) > 3, `t9`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
          `t9`.`dob`,
          `t9`.`sex`,
          `t9`.`laestab`,
          CAST(NULL AS STRING) AS `home`,
          CAST(NULL AS STRING) AS `ethnicity`,
          CAST(NULL AS STRING) AS `sen`,
          CAST(NULL AS DATE) AS `entry_date`,
          CAST(NULL AS BOOLEAN) AS `fsm`,
          CAST(NULL AS STRING) AS `forename`,
          CAST(NULL AS STRING) AS `surname`,
          CAST(NULL AS STRING) AS `uln`
        FROM `multiplication` AS `t9`
      ) AS `t20`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          'ks2' AS `source`,
          `t10`.`year`,
          CAST(NULL AS STRING) AS `term`,
          `t10`.`pmr`,
          IF(OCTET_LENGTH(`t10`.`upn`) > 3, `t10`.`upn`, CAST(NULL AS STRING)) AS `upn`,
          IF(OCTET_LENGTH(`t10`.`former_upn`) > 3, `t10`.`former_upn`, CAST(NULL AS STRING)) AS `former_upn`,
          `t10`.`dob`,
          `t10`.`sex`,
          `t10`.`laestab`,
          CAST(NULL AS STRING) AS `home`,
          CAST(NULL AS STRING) AS `ethnicity`,
          CAST(NULL AS STRING) AS `sen`,
          CAST(NULL AS DATE) AS `entry_date`,
          CAST(NULL AS BOOLEAN) AS `fsm`,
          CAST(NULL AS STRING) AS `forename`,
          CAST(NULL AS STRING) AS `surname`,
          CAST(NULL AS STRING) AS `uln`
        FROM `ks2` AS `t10`
      ) AS `t21`
    ) AS `t26`
  ) AS `t29`
) AS `t30`
