SELECT
  `t14`.`la`,
  `t14`.`child`,
  `t14`.`pupil`,
  `t14`.`pupils_there`,
  CASE
    WHEN COALESCE(`t14`.`first` <> `t14`.`last`, FALSE)
    THEN 5
    WHEN `t14`.`near`
    THEN 4
    WHEN `t14`.`nearish`
    THEN 3
    WHEN `t14`.`first` IS NOT NULL
    THEN 2
    WHEN `t14`.`known`
    THEN 1
    ELSE 0
  END AS `school`
FROM (
  SELECT
    `t13`.`la`,
    `t13`.`child`,
    `t13`.`pupil`,
    MIN(IF(`t13`.`same_la`, `t13`.`at_la`, NULL)) AS `first`,
    MAX(IF(`t13`.`same_la`, `t13`.`at_la`, NULL)) AS `last`,
    BOOL_OR(`t13`.`near`) AS `near`,
    BOOL_OR(`t13`.`nearish`) AS `nearish`,
    BOOL_OR(`t13`.`known`) AS `known`,
    MIN(IF(`t13`.`same_la`, `t13`.`pupils_la`, NULL)) AS `pupils_there`
  FROM (
    SELECT
      `t12`.`la`,
      `t12`.`child`,
      `t12`.`pupil`,
      `t12`.`since`,
      `t12`.`until`,
      `t12`.`in_la`,
      `t12`.`east`,
      `t12`.`north`,
      `t12`.`pupils_la`,
      `t12`.`seen_on`,
      `t12`.`at_la`,
      `t12`.`at_east`,
      `t12`.`at_north`,
      COALESCE(`t12`.`in_la` = `t12`.`at_la`, FALSE) AS `same_la`,
      COALESCE(
        (
          (
            (
              CAST(`t12`.`east` AS BIGINT) - CAST(`t12`.`at_east` AS BIGINT)
            ) * (
              CAST(`t12`.`east` AS BIGINT) - CAST(`t12`.`at_east` AS BIGINT)
            )
          ) + (
            (
              CAST(`t12`.`north` AS BIGINT) - CAST(`t12`.`at_north` AS BIGINT)
            ) * (
              CAST(`t12`.`north` AS BIGINT) - CAST(`t12`.`at_north` AS BIGINT)
            )
          )
        ) <= 23299929,
        FALSE
      ) AS `near`,
      COALESCE(
        (
          (
            (
              CAST(`t12`.`east` AS BIGINT) - CAST(`t12`.`at_east` AS BIGINT)
            ) * (
              CAST(`t12`.`east` AS BIGINT) - CAST(`t12`.`at_east` AS BIGINT)
            )
          ) + (
            (
              CAST(`t12`.`north` AS BIGINT) - CAST(`t12`.`at_north` AS BIGINT)
            ) * (
              CAST(`t12`.`north` AS BIGINT) - CAST(`t12`.`at_north` AS BIGINT)
            )
          )
        ) <= 258888100,
        FALSE
      ) AS `nearish`,
      (
        `t12`.`in_la` IS NOT NULL
      ) AND (
        `t12`.`at_la` IS NOT NULL
      ) AS `known`
    FROM (
      SELECT
        `t7`.`la`,
        `t7`.`child`,
        `t7`.`pupil`,
        `t11`.`since`,
        `t11`.`until`,
        `t11`.`in_la`,
        `t11`.`east`,
        `t11`.`north`,
        `t11`.`pupils_la`,
        `t10`.`seen_on`,
        `t10`.`at_la`,
        `t10`.`at_east`,
        `t10`.`at_north`
      FROM (
        SELECT
          *
        FROM `pairs_found` AS `t0`
      ) AS `t7`
      INNER JOIN (
        SELECT
          *
        FROM (
          SELECT
            `t2`.`la`,
            `t2`.`child`,
            `t2`.`since`,
            `t2`.`until`,
            `t2`.`in_la`,
            `t2`.`east`,
            `t2`.`north`,
            `t2`.`pupils_la`
          FROM `places_counted` AS `t2`
        ) AS `t5`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t3`.`la`,
            `t3`.`child`,
            `t3`.`since`,
            `t3`.`until`,
            `t3`.`in_la`,
            CAST(NULL AS INT) AS `east`,
            CAST(NULL AS INT) AS `north`,
            `t3`.`pupils_la`
          FROM `stays_counted` AS `t3`
        ) AS `t6`
      ) AS `t11`
        ON `t7`.`la` = `t11`.`la` AND `t7`.`child` = `t11`.`child`
      INNER JOIN (
        SELECT DISTINCT
          `t1`.`pupil`,
          `t1`.`seen_on`,
          `t1`.`at_la`,
          `t1`.`at_east`,
          `t1`.`at_north`
        FROM `pupil_records` AS `t1`
        WHERE
          `t1`.`at_la` IS NOT NULL
      ) AS `t10`
        ON `t7`.`pupil` = `t10`.`pupil`
    ) AS `t12`
    WHERE
      `t12`.`seen_on` >= (
        `t12`.`since` - INTERVAL '14' DAY
      )
      AND `t12`.`seen_on` <= (
        `t12`.`until` + INTERVAL '60' DAY
      )
  ) AS `t13`
  GROUP BY
    1,
    2,
    3
) AS `t14`
