WITH `t12` AS (
  SELECT
    `t7`.`la`,
    `t7`.`child`,
    `t7`.`dob`,
    `t7`.`sex`
  FROM `child_births` AS `t7`
  LEFT SEMI JOIN `children_sought` AS `t6`
    ON `t7`.`la` = `t6`.`la` AND `t7`.`child` = `t6`.`child`
), `t13` AS (
  SELECT
    `t8`.`la`,
    `t8`.`child`,
    `t8`.`at_home`,
    `t8`.`code`,
    `t8`.`in_la`,
    `t8`.`east`,
    `t8`.`north`,
    `t8`.`since`,
    `t8`.`until`,
    `t8`.`sector`,
    `t8`.`district`
  FROM `child_places` AS `t8`
  LEFT SEMI JOIN `children_sought` AS `t6`
    ON `t8`.`la` = `t6`.`la` AND `t8`.`child` = `t6`.`child`
), `t27` AS (
  SELECT
    *
  FROM (
    SELECT
      `t15`.`la`,
      `t15`.`child`,
      `t15`.`in_la`
    FROM `t13` AS `t15`
    WHERE
      `t15`.`in_la` IS NOT NULL
  ) AS `t21`
  UNION
  SELECT
    *
  FROM (
    SELECT
      `t1`.`la`,
      `t1`.`child`,
      `t1`.`la` AS `in_la`
    FROM `children_sought` AS `t1`
  ) AS `t9`
)
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      'birthday' AS `kind`,
      CAST(NULL AS DATE) AS `dob`,
      (
        CAST(EXTRACT(month FROM `t41`.`dob`) AS BIGINT) * 100
      ) + CAST(EXTRACT(day FROM `t41`.`dob`) AS BIGINT) AS `number`,
      CAST(NULL AS STRING) AS `sex`,
      `t41`.`word`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t30`.`la`,
          `t30`.`child`,
          `t30`.`word`,
          `t24`.`dob`,
          `t24`.`sex`
        FROM (
          SELECT
            `t15`.`la`,
            `t15`.`child`,
            `t15`.`code` AS `word`
          FROM `t13` AS `t15`
          WHERE
            LENGTH(`t15`.`code`) >= 5
            AND NOT (
              RIGHT(`t15`.`code`, 1) BETWEEN '0' AND '9'
            )
        ) AS `t30`
        INNER JOIN (
          SELECT
            *
          FROM `t12` AS `t14`
          WHERE
            `t14`.`dob` IS NOT NULL
        ) AS `t24`
          ON `t30`.`la` = `t24`.`la` AND `t30`.`child` = `t24`.`child`
      ) AS `t39`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t26`.`la`,
          `t26`.`child`,
          `t26`.`word`,
          `t25`.`dob`,
          `t25`.`sex`
        FROM (
          SELECT
            `t15`.`la`,
            `t15`.`child`,
            `t15`.`sector` AS `word`
          FROM `t13` AS `t15`
          WHERE
            `t15`.`sector` IS NOT NULL
        ) AS `t26`
        INNER JOIN (
          SELECT
            *
          FROM `t12` AS `t14`
          WHERE
            `t14`.`dob` IS NOT NULL AND `t14`.`sex` IS NOT NULL
        ) AS `t25`
          ON `t26`.`la` = `t25`.`la` AND `t26`.`child` = `t25`.`child`
      ) AS `t35`
    ) AS `t41`
  ) AS `t44`
  UNION
  SELECT
    *
  FROM (
    SELECT
      'beginning' AS `kind`,
      `t23`.`dob`,
      CAST(NULL AS BIGINT) AS `number`,
      CAST(NULL AS STRING) AS `sex`,
      SUBSTRING(`t22`.`upn`, IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t22`.`upn`)), 8) AS `word`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t5`.`la`,
          `t5`.`child`,
          `t5`.`upn`,
          `t5`.`before`
        FROM `child_numbers` AS `t5`
        LEFT SEMI JOIN `children_sought` AS `t6`
          ON `t5`.`la` = `t6`.`la` AND `t5`.`child` = `t6`.`child`
      ) AS `t11`
      WHERE
        LENGTH(`t11`.`upn`) BETWEEN 12 AND 14
    ) AS `t22`
    INNER JOIN (
      SELECT DISTINCT
        `t14`.`la`,
        `t14`.`child`,
        `t14`.`dob`
      FROM `t12` AS `t14`
      WHERE
        `t14`.`dob` IS NOT NULL
    ) AS `t23`
      ON `t22`.`la` = `t23`.`la` AND `t22`.`child` = `t23`.`child`
  ) AS `t33`
) AS `t46`
UNION
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      'ending' AS `kind`,
      `t23`.`dob`,
      CAST(NULL AS BIGINT) AS `number`,
      CAST(NULL AS STRING) AS `sex`,
      SUBSTRING(`t22`.`upn`, IF((
        8 + 1
      ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t22`.`upn`)), 5) AS `word`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t5`.`la`,
          `t5`.`child`,
          `t5`.`upn`,
          `t5`.`before`
        FROM `child_numbers` AS `t5`
        LEFT SEMI JOIN `children_sought` AS `t6`
          ON `t5`.`la` = `t6`.`la` AND `t5`.`child` = `t6`.`child`
      ) AS `t11`
      WHERE
        LENGTH(`t11`.`upn`) BETWEEN 12 AND 14
    ) AS `t22`
    INNER JOIN (
      SELECT DISTINCT
        `t14`.`la`,
        `t14`.`child`,
        `t14`.`dob`
      FROM `t12` AS `t14`
      WHERE
        `t14`.`dob` IS NOT NULL
    ) AS `t23`
      ON `t22`.`la` = `t23`.`la` AND `t22`.`child` = `t23`.`child`
  ) AS `t34`
  UNION
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        'school' AS `kind`,
        `t43`.`dob`,
        CAST(NULL AS BIGINT) AS `number`,
        `t43`.`sex`,
        `t37`.`digits` AS `word`
      FROM (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            `t25`.`dob`,
            `t25`.`sex`,
            `t31`.`in_la`
          FROM `t27` AS `t31`
          INNER JOIN (
            SELECT
              *
            FROM `t12` AS `t14`
            WHERE
              `t14`.`dob` IS NOT NULL AND `t14`.`sex` IS NOT NULL
          ) AS `t25`
            ON `t31`.`la` = `t25`.`la` AND `t31`.`child` = `t25`.`child`
        ) AS `t40`
      ) AS `t43`
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            `t2`.`school_la` AS `in_la`,
            SUBSTRING(`t2`.`laestab`, IF((
              0 + 1
            ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t2`.`laestab`)), 3) AS `digits`
          FROM `known_schools` AS `t2`
          WHERE
            `t2`.`school_la` IS NOT NULL
        ) AS `t10`
        UNION
        SELECT
          *
        FROM (
          SELECT
            `t29`.`in_la`,
            `t29`.`in_la` AS `digits`
          FROM `t27` AS `t29`
        ) AS `t32`
      ) AS `t37`
        ON `t43`.`in_la` = `t37`.`in_la`
    ) AS `t45`
    UNION
    SELECT
      *
    FROM (
      SELECT
        'year' AS `kind`,
        CAST(NULL AS DATE) AS `dob`,
        CAST(EXTRACT(year FROM `t24`.`dob`) AS BIGINT) AS `number`,
        CAST(NULL AS STRING) AS `sex`,
        `t30`.`word`
      FROM (
        SELECT
          `t15`.`la`,
          `t15`.`child`,
          `t15`.`code` AS `word`
        FROM `t13` AS `t15`
        WHERE
          LENGTH(`t15`.`code`) >= 5
          AND NOT (
            RIGHT(`t15`.`code`, 1) BETWEEN '0' AND '9'
          )
      ) AS `t30`
      INNER JOIN (
        SELECT
          *
        FROM `t12` AS `t14`
        WHERE
          `t14`.`dob` IS NOT NULL
      ) AS `t24`
        ON `t30`.`la` = `t24`.`la` AND `t30`.`child` = `t24`.`child`
    ) AS `t38`
  ) AS `t47`
) AS `t48`
