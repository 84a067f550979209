SELECT
  `t23`.`la`,
  `t23`.`child`,
  `t23`.`at_home`,
  `t23`.`code`,
  `t6`.`in_la`,
  `t6`.`east`,
  `t6`.`north`,
  `t23`.`since`,
  `t23`.`until`,
  CASE
    WHEN LENGTH(`t23`.`code`) < 3
    THEN CAST(NULL AS STRING)
    WHEN (
      LENGTH(`t23`.`code`) >= 5
    )
    AND NOT (
      RIGHT(`t23`.`code`, 1) BETWEEN '0' AND '9'
    )
    THEN SUBSTRING(
      `t23`.`code`,
      IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t23`.`code`)),
      LENGTH(`t23`.`code`) - 2
    )
    ELSE `t23`.`code`
  END AS `sector`,
  CASE
    WHEN LENGTH(`t23`.`code`) < 3
    THEN CAST(NULL AS STRING)
    WHEN (
      LENGTH(`t23`.`code`) >= 5
    )
    AND NOT (
      RIGHT(`t23`.`code`, 1) BETWEEN '0' AND '9'
    )
    THEN SUBSTRING(
      `t23`.`code`,
      IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t23`.`code`)),
      LENGTH(`t23`.`code`) - 3
    )
    ELSE SUBSTRING(
      `t23`.`code`,
      IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t23`.`code`)),
      LENGTH(`t23`.`code`) - 1
    )
  END AS `district`
FROM (
  SELECT
    `t21`.`la`,
    `t21`.`child`,
    `t21`.`at_home`,
    `t21`.`code`,
    `t21`.`since`,
    MAX(`t21`.`until`) AS `until`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t15`.`la`,
          `t15`.`child`,
          `t15`.`at_home`,
          `t15`.`code`,
          `t15`.`since`,
          `t15`.`until`
        FROM (
          SELECT
            `t10`.`la`,
            `t10`.`child`,
            `t10`.`code`,
            TRUE AS `at_home`,
            `t14`.`over` AS `since`,
            CAST('2200-01-01' AS DATE) AS `until`
          FROM (
            SELECT DISTINCT
              `t1`.`la`,
              `t1`.`child`,
              NULLIF(REPLACE(UPPER(`t1`.`home_post`), ' ', ''), '') AS `code`
            FROM `episodes` AS `t1`
          ) AS `t10`
          INNER JOIN (
            SELECT
              `t12`.`la`,
              `t12`.`child`,
              MIN(`t12`.`since`) AS `begun`,
              MAX(`t12`.`until`) AS `over`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t1`.`la`,
                  `t1`.`child`,
                  `t1`.`decom` AS `since`,
                  COALESCE(`t1`.`dec`, MAKE_DATE(`t1`.`year`, 4, 1)) AS `until`
                FROM `episodes` AS `t1`
              ) AS `t7`
              UNION
              SELECT
                *
              FROM (
                SELECT
                  `t4`.`la`,
                  `t4`.`child`,
                  MAKE_DATE(CAST(`t4`.`year` - 1 AS INT), 4, 1) AS `since`,
                  MAKE_DATE(`t4`.`year`, 4, 1) AS `until`
                FROM `header` AS `t4`
                LEFT ANTI JOIN `episodes` AS `t3`
                  ON `t4`.`la` = `t3`.`la` AND `t4`.`child` = `t3`.`child`
              ) AS `t11`
            ) AS `t12`
            GROUP BY
              1,
              2
          ) AS `t14`
            ON `t10`.`la` = `t14`.`la` AND `t10`.`child` = `t14`.`child`
        ) AS `t15`
      ) AS `t17`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t1`.`la`,
            `t1`.`child`,
            FALSE AS `at_home`,
            NULLIF(REPLACE(UPPER(`t1`.`pl_post`), ' ', ''), '') AS `code`,
            `t1`.`decom` AS `since`,
            COALESCE(`t1`.`dec`, MAKE_DATE(`t1`.`year`, 4, 1)) AS `until`
          FROM `episodes` AS `t1`
        ) AS `t8`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t16`.`la`,
            `t16`.`child`,
            `t16`.`at_home`,
            `t16`.`code`,
            `t16`.`since`,
            `t16`.`until`
          FROM (
            SELECT
              `t10`.`la`,
              `t10`.`child`,
              `t10`.`code`,
              TRUE AS `at_home`,
              CAST('1900-01-01' AS DATE) AS `since`,
              `t14`.`begun` AS `until`
            FROM (
              SELECT DISTINCT
                `t1`.`la`,
                `t1`.`child`,
                NULLIF(REPLACE(UPPER(`t1`.`home_post`), ' ', ''), '') AS `code`
              FROM `episodes` AS `t1`
            ) AS `t10`
            INNER JOIN (
              SELECT
                `t12`.`la`,
                `t12`.`child`,
                MIN(`t12`.`since`) AS `begun`,
                MAX(`t12`.`until`) AS `over`
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    `t1`.`la`,
                    `t1`.`child`,
                    `t1`.`decom` AS `since`,
                    COALESCE(`t1`.`dec`, MAKE_DATE(`t1`.`year`, 4, 1)) AS `until`
                  FROM `episodes` AS `t1`
                ) AS `t7`
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    `t4`.`la`,
                    `t4`.`child`,
                    MAKE_DATE(CAST(`t4`.`year` - 1 AS INT), 4, 1) AS `since`,
                    MAKE_DATE(`t4`.`year`, 4, 1) AS `until`
                  FROM `header` AS `t4`
                  LEFT ANTI JOIN `episodes` AS `t3`
                    ON `t4`.`la` = `t3`.`la` AND `t4`.`child` = `t3`.`child`
                ) AS `t11`
              ) AS `t12`
              GROUP BY
                1,
                2
            ) AS `t14`
              ON `t10`.`la` = `t14`.`la` AND `t10`.`child` = `t14`.`child`
          ) AS `t16`
        ) AS `t18`
      ) AS `t19`
    ) AS `t20`
    WHERE
      `t20`.`code` IS NOT NULL
  ) AS `t21`
  GROUP BY
    1,
    2,
    3,
    4,
    5
) AS `t23`
LEFT OUTER JOIN (
  SELECT
    `t0`.`postcode` AS `known_code`,
    `t0`.`in_la`,
    `t0`.`easting` AS `east`,
    `t0`.`northing` AS `north`
  FROM `known_postcodes` AS `t0`
) AS `t6`
  ON `t23`.`code` = `t6`.`known_code`
