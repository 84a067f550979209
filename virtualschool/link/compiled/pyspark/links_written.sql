SELECT
  `t3`.`la`,
  `t3`.`child`,
  `t3`.`pupil`,
  `t3`.`method`,
  `t3`.`rule`,
  `t5`.`weight`,
  `t5`.`probability`,
  `t3`.`agreed`,
  `t18`.`until`
FROM `links_made` AS `t3`
LEFT OUTER JOIN (
  SELECT
    `t1`.`la`,
    `t1`.`child`,
    `t1`.`pupil`,
    `t1`.`weight`,
    `t1`.`probability`
  FROM `link_evidence` AS `t1`
  WHERE
    `t1`.`standing` = 'linked'
) AS `t5`
  ON `t3`.`la` = `t5`.`la`
  AND `t3`.`child` = `t5`.`child`
  AND `t3`.`pupil` = `t5`.`pupil`
LEFT OUTER JOIN (
  SELECT
    `t16`.`la`,
    `t16`.`child`,
    MIN(`t16`.`ordered`) AS `until`
  FROM (
    SELECT
      *
    FROM (
      SELECT DISTINCT
        *
      FROM (
        SELECT
          `t2`.`la`,
          `t2`.`child`,
          COALESCE(`t2`.`dec`, GREATEST(`t2`.`decom`, MAKE_DATE(CAST(`t2`.`year` - 1 AS INT), 4, 1))) AS `ordered`,
          `t2`.`dec` IS NOT NULL AS `dated`
        FROM `episodes` AS `t2`
        WHERE
          `t2`.`rec` IN ('E11', 'E12')
      ) AS `t7`
      WHERE
        `t7`.`ordered` IS NOT NULL
    ) AS `t11`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t14`.`la`,
        `t14`.`child`,
        `t14`.`ordered`,
        `t14`.`dated`
      FROM (
        SELECT
          `t13`.`la`,
          `t13`.`child`,
          `t13`.`ordered`,
          `t13`.`dated`,
          `t10`.`la` AS `care_la`,
          `t10`.`child` AS `care_child`,
          `t10`.`latest`
        FROM (
          SELECT DISTINCT
            *
          FROM (
            SELECT
              `t2`.`la`,
              `t2`.`child`,
              COALESCE(`t2`.`dec`, GREATEST(`t2`.`decom`, MAKE_DATE(CAST(`t2`.`year` - 1 AS INT), 4, 1))) AS `ordered`,
              `t2`.`dec` IS NOT NULL AS `dated`
            FROM `episodes` AS `t2`
            WHERE
              `t2`.`rec` IN ('E43', 'E44', 'E45', 'E46', 'E47', 'E48', 'E41')
          ) AS `t8`
          WHERE
            `t8`.`ordered` IS NOT NULL
        ) AS `t13`
        LEFT OUTER JOIN (
          SELECT
            `t6`.`la`,
            `t6`.`child`,
            MAX(`t6`.`decom`) AS `latest`
          FROM (
            SELECT DISTINCT
              `t2`.`la`,
              `t2`.`child`,
              `t2`.`decom`
            FROM `episodes` AS `t2`
            WHERE
              (
                (
                  `t2`.`dec` IS NULL
                ) OR (
                  `t2`.`dec` > `t2`.`decom`
                )
              )
              AND NOT (
                COALESCE(`t2`.`ls` IN ('V3', 'V4'), FALSE)
              )
          ) AS `t6`
          GROUP BY
            1,
            2
        ) AS `t10`
          ON `t13`.`la` = `t10`.`la` AND `t13`.`child` = `t10`.`child`
      ) AS `t14`
      WHERE
        (
          `t14`.`latest` IS NULL
        )
        OR (
          `t14`.`latest` < `t14`.`ordered`
        )
        OR (
          NOT (
            `t14`.`dated`
          ) AND (
            `t14`.`latest` = `t14`.`ordered`
          )
        )
    ) AS `t15`
  ) AS `t16`
  GROUP BY
    1,
    2
) AS `t18`
  ON `t3`.`la` = `t18`.`la` AND `t3`.`child` = `t18`.`child`
