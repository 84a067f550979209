SELECT
  `t26`.`pupil`,
  `t26`.`dob`,
  `t26`.`sex`,
  `t26`.`upn`,
  `t26`.`former_upn`,
  `t26`.`home`,
  `t11`.`home_la`,
  `t26`.`ethnicity`,
  `t26`.`sen`,
  `t26`.`entry_date`,
  `t26`.`forename`,
  `t26`.`surname`,
  CASE
    WHEN `t26`.`term` = 'autumn'
    THEN MAKE_DATE(CAST(`t26`.`year` - 1 AS INT), 10, 5)
    WHEN `t26`.`term` = 'summer'
    THEN MAKE_DATE(`t26`.`year`, 5, 18)
    ELSE MAKE_DATE(`t26`.`year`, 1, 18)
  END AS `seen_on`,
  CASE
    WHEN LENGTH(`t26`.`home`) < 3
    THEN CAST(NULL AS STRING)
    WHEN (
      LENGTH(`t26`.`home`) >= 5
    )
    AND NOT (
      RIGHT(`t26`.`home`, 1) BETWEEN '0' AND '9'
    )
    THEN SUBSTRING(
      `t26`.`home`,
      IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t26`.`home`)),
      LENGTH(`t26`.`home`) - 2
    )
    ELSE `t26`.`home`
  END AS `home_sector`,
  SUBSTRING(
    CASE
      WHEN LENGTH(`t26`.`home`) < 3
      THEN CAST(NULL AS STRING)
      WHEN (
        LENGTH(`t26`.`home`) >= 5
      )
      AND NOT (
        RIGHT(`t26`.`home`, 1) BETWEEN '0' AND '9'
      )
      THEN SUBSTRING(
        `t26`.`home`,
        IF((
          0 + 1
        ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t26`.`home`)),
        LENGTH(`t26`.`home`) - 2
      )
      ELSE `t26`.`home`
    END,
    IF(
      (
        0 + 1
      ) >= 1,
      0 + 1,
      0 + 1 + LENGTH(
        CASE
          WHEN LENGTH(`t26`.`home`) < 3
          THEN CAST(NULL AS STRING)
          WHEN (
            LENGTH(`t26`.`home`) >= 5
          )
          AND NOT (
            RIGHT(`t26`.`home`, 1) BETWEEN '0' AND '9'
          )
          THEN SUBSTRING(
            `t26`.`home`,
            IF((
              0 + 1
            ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t26`.`home`)),
            LENGTH(`t26`.`home`) - 2
          )
          ELSE `t26`.`home`
        END
      )
    ),
    LENGTH(
      CASE
        WHEN LENGTH(`t26`.`home`) < 3
        THEN CAST(NULL AS STRING)
        WHEN (
          LENGTH(`t26`.`home`) >= 5
        )
        AND NOT (
          RIGHT(`t26`.`home`, 1) BETWEEN '0' AND '9'
        )
        THEN SUBSTRING(
          `t26`.`home`,
          IF((
            0 + 1
          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t26`.`home`)),
          LENGTH(`t26`.`home`) - 2
        )
        ELSE `t26`.`home`
      END
    ) - 1
  ) AS `home_district`,
  `t26`.`in_la` AS `at_la`,
  `t26`.`school_east` AS `at_east`,
  `t26`.`school_north` AS `at_north`
FROM (
  SELECT
    `t24`.`pupil`,
    `t24`.`year`,
    `t24`.`term`,
    `t24`.`dob`,
    `t24`.`sex`,
    `t24`.`upn`,
    `t24`.`former_upn`,
    `t24`.`home`,
    `t24`.`laestab`,
    `t24`.`ethnicity`,
    `t24`.`sen`,
    `t24`.`entry_date`,
    `t24`.`forename`,
    `t24`.`surname`,
    `t24`.`s_laestab`,
    `t24`.`school_la`,
    `t24`.`school_east`,
    `t24`.`school_north`,
    COALESCE(
      `t24`.`school_la`,
      SUBSTRING(`t24`.`laestab`, IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t24`.`laestab`)), 3)
    ) AS `in_la`
  FROM (
    SELECT
      `t23`.`pupil`,
      `t23`.`year`,
      `t23`.`term`,
      `t23`.`dob`,
      `t23`.`sex`,
      `t23`.`upn`,
      `t23`.`former_upn`,
      `t23`.`home`,
      `t23`.`laestab`,
      `t23`.`ethnicity`,
      `t23`.`sen`,
      `t23`.`entry_date`,
      `t23`.`forename`,
      `t23`.`surname`,
      `t5`.`laestab` AS `s_laestab`,
      `t5`.`school_la`,
      `t5`.`school_east`,
      `t5`.`school_north`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t13`.`pupil`,
          `t6`.`year`,
          `t6`.`term`,
          `t6`.`dob`,
          `t6`.`sex`,
          `t6`.`upn`,
          `t6`.`former_upn`,
          `t6`.`home`,
          `t6`.`laestab`,
          `t6`.`ethnicity`,
          `t6`.`sen`,
          `t6`.`entry_date`,
          `t6`.`forename`,
          `t6`.`surname`
        FROM `records_near` AS `t6`
        INNER JOIN (
          SELECT
            *
          FROM `pupils_wanted` AS `t3`
        ) AS `t13`
          ON `t6`.`pmr` = `t13`.`pupil`
      ) AS `t17`
      UNION
      SELECT
        *
      FROM (
        SELECT
          `t20`.`pupil`,
          `t15`.`year`,
          `t15`.`term`,
          `t15`.`dob`,
          `t15`.`sex`,
          `t15`.`upn`,
          `t15`.`former_upn`,
          `t15`.`home`,
          `t15`.`laestab`,
          `t15`.`ethnicity`,
          `t15`.`sen`,
          `t15`.`entry_date`,
          `t15`.`forename`,
          `t15`.`surname`
        FROM (
          SELECT
            *
          FROM `records_near` AS `t2`
          WHERE
            `t2`.`pmr` IS NULL
        ) AS `t15`
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              `t16`.`identifier`,
              `t16`.`pupil`
            FROM (
              SELECT
                *
              FROM `pupil_keys` AS `t4`
              WHERE
                `t4`.`kind` = 'upn'
            ) AS `t16`
            LEFT SEMI JOIN `pupils_wanted` AS `t7`
              ON `t16`.`pupil` = `t7`.`pupil`
          ) AS `t18`
          UNION
          SELECT
            *
          FROM (
            SELECT
              `t3`.`pupil` AS `identifier`,
              `t3`.`pupil`
            FROM `pupils_wanted` AS `t3`
          ) AS `t10`
        ) AS `t20`
          ON `t15`.`upn` = `t20`.`identifier`
      ) AS `t21`
    ) AS `t23`
    LEFT OUTER JOIN `known_schools` AS `t5`
      ON `t23`.`laestab` = `t5`.`laestab`
  ) AS `t24`
) AS `t26`
LEFT OUTER JOIN (
  SELECT
    `t0`.`postcode` AS `known_code`,
    `t0`.`in_la` AS `home_la`
  FROM `known_postcodes` AS `t0`
) AS `t11`
  ON `t26`.`home` = `t11`.`known_code`
