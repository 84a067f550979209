WITH `t5` AS (
  SELECT
    `t1`.`upn`,
    MIN(`t1`.`pmr`) AS `first`,
    MAX(`t1`.`pmr`) AS `last`
  FROM `numbers_tied` AS `t1`
  GROUP BY
    1
)
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t16`.`identifier`,
      'upn' AS `kind`,
      `t16`.`pupil`,
      `t16`.`note`
    FROM (
      SELECT
        `t15`.`identifier`,
        `t15`.`pupil`,
        `t15`.`note`
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t7`.`upn` AS `identifier`,
            `t7`.`first` AS `pupil`,
            CAST(NULL AS STRING) AS `note`
          FROM `t5` AS `t7`
          WHERE
            `t7`.`first` = `t7`.`last`
        ) AS `t8`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t12`.`upn` AS `identifier`,
            `t12`.`pmr` AS `pupil`,
            'several PMRs bear it: the one on most records' AS `note`
          FROM (
            SELECT
              `t11`.`upn`,
              `t11`.`pmr`,
              `t11`.`records`,
              `t11`.`last_year`,
              ROW_NUMBER() OVER (
                PARTITION BY `t11`.`upn`
                ORDER BY `t11`.`records` DESC, `t11`.`last_year` DESC, `t11`.`pmr` ASC NULLS LAST
              ) - 1 AS `place`
            FROM (
              SELECT
                `t2`.`upn`,
                `t2`.`pmr`,
                `t2`.`records`,
                `t2`.`last_year`
              FROM `numbers_tied` AS `t2`
              LEFT SEMI JOIN (
                SELECT
                  *
                FROM `t5` AS `t7`
                WHERE
                  `t7`.`first` <> `t7`.`last`
              ) AS `t10`
                ON `t2`.`upn` = `t10`.`upn`
            ) AS `t11`
          ) AS `t12`
          WHERE
            `t12`.`place` = 0
        ) AS `t13`
      ) AS `t15`
      LEFT ANTI JOIN (
        SELECT
          *
        FROM `number_chains` AS `t0`
        WHERE
          `t0`.`kind` = 'upn'
      ) AS `t6`
        ON `t15`.`identifier` = `t6`.`identifier`
    ) AS `t16`
  ) AS `t17`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t0`.`identifier`,
      `t0`.`kind`,
      `t0`.`pupil`,
      CAST(NULL AS STRING) AS `note`
    FROM `number_chains` AS `t0`
  ) AS `t3`
) AS `t18`
WHERE
  `t18`.`identifier` <> `t18`.`pupil`
