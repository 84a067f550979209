WITH `t12` AS (
  SELECT
    `t7`.`la`,
    `t7`.`child`,
    `t7`.`at_home`,
    `t7`.`code`,
    `t7`.`in_la`,
    `t7`.`east`,
    `t7`.`north`,
    `t7`.`since`,
    `t7`.`until`,
    `t7`.`sector`,
    `t7`.`district`
  FROM `child_places` AS `t7`
  LEFT SEMI JOIN `children_sought` AS `t5`
    ON `t7`.`la` = `t5`.`la` AND `t7`.`child` = `t5`.`child`
), `t13` AS (
  SELECT
    `t8`.`la`,
    `t8`.`child`,
    `t8`.`dob`,
    `t8`.`sex`
  FROM `child_births` AS `t8`
  LEFT SEMI JOIN `children_sought` AS `t5`
    ON `t8`.`la` = `t5`.`la` AND `t8`.`child` = `t5`.`child`
), `t22` AS (
  SELECT
    *
  FROM (
    SELECT
      `t14`.`la`,
      `t14`.`child`,
      `t14`.`in_la`
    FROM `t12` AS `t14`
    WHERE
      `t14`.`in_la` IS NOT NULL
  ) AS `t17`
  UNION
  SELECT
    *
  FROM (
    SELECT
      `t0`.`la`,
      `t0`.`child`,
      `t0`.`la` AS `in_la`
    FROM `children_sought` AS `t0`
  ) AS `t9`
)
SELECT
  `t45`.`born`,
  ARRAY_JOIN(
    IF(SIZE(COLLECT_LIST(`t45`.`schools`)) = 0, NULL, COLLECT_LIST(`t45`.`schools`)),
    ','
  ) AS `schools`,
  ARRAY_JOIN(
    IF(SIZE(COLLECT_LIST(`t45`.`sectors`)) = 0, NULL, COLLECT_LIST(`t45`.`sectors`)),
    ','
  ) AS `sectors`,
  ARRAY_JOIN(IF(SIZE(COLLECT_LIST(`t45`.`heads`)) = 0, NULL, COLLECT_LIST(`t45`.`heads`)), ',') AS `heads`,
  ARRAY_JOIN(IF(SIZE(COLLECT_LIST(`t45`.`tails`)) = 0, NULL, COLLECT_LIST(`t45`.`tails`)), ',') AS `tails`
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t42`.`dob` AS `born`,
        `t42`.`mark` AS `schools`,
        CAST(NULL AS STRING) AS `sectors`,
        CAST(NULL AS STRING) AS `heads`,
        CAST(NULL AS STRING) AS `tails`
      FROM (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            `t25`.`dob`,
            CONCAT(`t25`.`sex`, `t33`.`digits`) AS `mark`
          FROM `t22` AS `t27`
          INNER JOIN (
            SELECT
              *
            FROM `t13` AS `t15`
            WHERE
              `t15`.`dob` IS NOT NULL AND `t15`.`sex` IS NOT NULL
          ) AS `t25`
            ON `t27`.`la` = `t25`.`la` AND `t27`.`child` = `t25`.`child`
          INNER JOIN (
            SELECT
              *
            FROM (
              SELECT
                `t1`.`school_la` AS `in_la`,
                SUBSTRING(`t1`.`laestab`, IF((
                  0 + 1
                ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t1`.`laestab`)), 3) AS `digits`
              FROM `known_schools` AS `t1`
              WHERE
                `t1`.`school_la` IS NOT NULL
            ) AS `t10`
            UNION
            SELECT
              *
            FROM (
              SELECT
                `t26`.`in_la`,
                `t26`.`in_la` AS `digits`
              FROM `t22` AS `t26`
            ) AS `t28`
          ) AS `t33`
            ON `t27`.`in_la` = `t33`.`in_la`
        ) AS `t40`
      ) AS `t42`
    ) AS `t43`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t36`.`dob` AS `born`,
        CAST(NULL AS STRING) AS `schools`,
        `t36`.`mark` AS `sectors`,
        CAST(NULL AS STRING) AS `heads`,
        CAST(NULL AS STRING) AS `tails`
      FROM (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            `t25`.`dob`,
            CONCAT(`t25`.`sex`, `t23`.`sector`) AS `mark`
          FROM (
            SELECT
              *
            FROM `t12` AS `t14`
            WHERE
              `t14`.`sector` IS NOT NULL
          ) AS `t23`
          INNER JOIN (
            SELECT
              *
            FROM `t13` AS `t15`
            WHERE
              `t15`.`dob` IS NOT NULL AND `t15`.`sex` IS NOT NULL
          ) AS `t25`
            ON `t23`.`la` = `t25`.`la` AND `t23`.`child` = `t25`.`child`
        ) AS `t32`
      ) AS `t36`
    ) AS `t39`
  ) AS `t44`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t34`.`dob` AS `born`,
        CAST(NULL AS STRING) AS `schools`,
        CAST(NULL AS STRING) AS `sectors`,
        `t34`.`mark` AS `heads`,
        CAST(NULL AS STRING) AS `tails`
      FROM (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            `t24`.`dob`,
            SUBSTRING(`t21`.`upn`, IF((
              0 + 1
            ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t21`.`upn`)), 8) AS `mark`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t6`.`la`,
                `t6`.`child`,
                `t6`.`upn`,
                `t6`.`before`
              FROM `child_numbers` AS `t6`
              LEFT SEMI JOIN `children_sought` AS `t5`
                ON `t6`.`la` = `t5`.`la` AND `t6`.`child` = `t5`.`child`
            ) AS `t11`
            WHERE
              LENGTH(`t11`.`upn`) BETWEEN 12 AND 14
          ) AS `t21`
          INNER JOIN (
            SELECT DISTINCT
              `t15`.`la`,
              `t15`.`child`,
              `t15`.`dob`
            FROM `t13` AS `t15`
            WHERE
              `t15`.`dob` IS NOT NULL
          ) AS `t24`
            ON `t21`.`la` = `t24`.`la` AND `t21`.`child` = `t24`.`child`
        ) AS `t30`
      ) AS `t34`
    ) AS `t37`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t35`.`dob` AS `born`,
        CAST(NULL AS STRING) AS `schools`,
        CAST(NULL AS STRING) AS `sectors`,
        CAST(NULL AS STRING) AS `heads`,
        `t35`.`mark` AS `tails`
      FROM (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            `t24`.`dob`,
            SUBSTRING(`t21`.`upn`, IF((
              8 + 1
            ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t21`.`upn`)), 5) AS `mark`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t6`.`la`,
                `t6`.`child`,
                `t6`.`upn`,
                `t6`.`before`
              FROM `child_numbers` AS `t6`
              LEFT SEMI JOIN `children_sought` AS `t5`
                ON `t6`.`la` = `t5`.`la` AND `t6`.`child` = `t5`.`child`
            ) AS `t11`
            WHERE
              LENGTH(`t11`.`upn`) BETWEEN 12 AND 14
          ) AS `t21`
          INNER JOIN (
            SELECT DISTINCT
              `t15`.`la`,
              `t15`.`child`,
              `t15`.`dob`
            FROM `t13` AS `t15`
            WHERE
              `t15`.`dob` IS NOT NULL
          ) AS `t24`
            ON `t21`.`la` = `t24`.`la` AND `t21`.`child` = `t24`.`child`
        ) AS `t31`
      ) AS `t35`
    ) AS `t38`
  ) AS `t41`
) AS `t45`
GROUP BY
  1
