SELECT
  `t21`.`la`,
  `t21`.`child`,
  `t21`.`pupil`,
  COALESCE(`t21`.`pupils_then`, `t21`.`pupils_ever`) AS `pupils_there`,
  CASE
    WHEN COALESCE(`t21`.`first` <> `t21`.`last`, FALSE)
    THEN 6
    WHEN `t21`.`near`
    THEN 5
    WHEN `t21`.`nearish`
    THEN 4
    WHEN `t21`.`first` IS NOT NULL
    THEN 3
    WHEN `t21`.`ever`
    THEN 2
    WHEN `t21`.`known`
    THEN 1
    ELSE 0
  END AS `school`
FROM (
  SELECT
    `t20`.`la`,
    `t20`.`child`,
    `t20`.`pupil`,
    MIN(IF(`t20`.`same_la`, `t20`.`at_la`, NULL)) AS `first`,
    MAX(IF(`t20`.`same_la`, `t20`.`at_la`, NULL)) AS `last`,
    BOOL_OR(`t20`.`ever_la`) AS `ever`,
    BOOL_OR(`t20`.`near`) AS `near`,
    BOOL_OR(`t20`.`nearish`) AS `nearish`,
    BOOL_OR(`t20`.`known`) AS `known`,
    MIN(IF(`t20`.`same_la` OR `t20`.`nearish`, `t20`.`at_pupils`, NULL)) AS `pupils_then`,
    MIN(IF(`t20`.`ever_la`, `t20`.`at_pupils`, NULL)) AS `pupils_ever`
  FROM (
    SELECT
      `t19`.`la`,
      `t19`.`child`,
      `t19`.`pupil`,
      `t19`.`since`,
      `t19`.`until`,
      `t19`.`in_la`,
      `t19`.`east`,
      `t19`.`north`,
      `t19`.`seen_on`,
      `t19`.`at_la`,
      `t19`.`at_east`,
      `t19`.`at_north`,
      `t19`.`counted_la`,
      `t19`.`at_pupils`,
      `t19`.`then`,
      `t19`.`ever_la`,
      `t19`.`then` AND `t19`.`ever_la` AS `same_la`,
      `t19`.`then`
      AND COALESCE(
        (
          (
            (
              CAST(`t19`.`east` AS BIGINT) - CAST(`t19`.`at_east` AS BIGINT)
            ) * (
              CAST(`t19`.`east` AS BIGINT) - CAST(`t19`.`at_east` AS BIGINT)
            )
          ) + (
            (
              CAST(`t19`.`north` AS BIGINT) - CAST(`t19`.`at_north` AS BIGINT)
            ) * (
              CAST(`t19`.`north` AS BIGINT) - CAST(`t19`.`at_north` AS BIGINT)
            )
          )
        ) <= 23299929,
        FALSE
      ) AS `near`,
      `t19`.`then`
      AND COALESCE(
        (
          (
            (
              CAST(`t19`.`east` AS BIGINT) - CAST(`t19`.`at_east` AS BIGINT)
            ) * (
              CAST(`t19`.`east` AS BIGINT) - CAST(`t19`.`at_east` AS BIGINT)
            )
          ) + (
            (
              CAST(`t19`.`north` AS BIGINT) - CAST(`t19`.`at_north` AS BIGINT)
            ) * (
              CAST(`t19`.`north` AS BIGINT) - CAST(`t19`.`at_north` AS BIGINT)
            )
          )
        ) <= 258888100,
        FALSE
      ) AS `nearish`,
      `t19`.`then`
      AND (
        `t19`.`in_la` IS NOT NULL
      )
      AND (
        `t19`.`at_la` IS NOT NULL
      ) AS `known`
    FROM (
      SELECT
        `t18`.`la`,
        `t18`.`child`,
        `t18`.`pupil`,
        `t18`.`since`,
        `t18`.`until`,
        `t18`.`in_la`,
        `t18`.`east`,
        `t18`.`north`,
        `t18`.`seen_on`,
        `t18`.`at_la`,
        `t18`.`at_east`,
        `t18`.`at_north`,
        `t18`.`counted_la`,
        `t18`.`at_pupils`,
        (
          `t18`.`seen_on` >= (
            `t18`.`since` - INTERVAL '14' DAY
          )
        )
        AND (
          `t18`.`seen_on` <= (
            `t18`.`until` + INTERVAL '60' DAY
          )
        ) AS `then`,
        COALESCE(`t18`.`in_la` = `t18`.`at_la`, FALSE) AS `ever_la`
      FROM (
        SELECT
          `t8`.`la`,
          `t8`.`child`,
          `t8`.`pupil`,
          `t12`.`since`,
          `t12`.`until`,
          `t12`.`in_la`,
          `t12`.`east`,
          `t12`.`north`,
          `t17`.`seen_on`,
          `t17`.`at_la`,
          `t17`.`at_east`,
          `t17`.`at_north`,
          `t17`.`counted_la`,
          `t17`.`at_pupils`
        FROM (
          SELECT
            *
          FROM `pairs_found` AS `t0`
        ) AS `t8`
        INNER JOIN (
          SELECT
            *
          FROM (
            SELECT
              `t1`.`la`,
              `t1`.`child`,
              `t1`.`since`,
              `t1`.`until`,
              `t1`.`in_la`,
              `t1`.`east`,
              `t1`.`north`
            FROM `places_counted` AS `t1`
          ) AS `t6`
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              `t2`.`la`,
              `t2`.`child`,
              `t2`.`since`,
              `t2`.`until`,
              `t2`.`in_la`,
              CAST(NULL AS INT) AS `east`,
              CAST(NULL AS INT) AS `north`
            FROM `stays_placed` AS `t2`
          ) AS `t7`
        ) AS `t12`
          ON `t8`.`la` = `t12`.`la` AND `t8`.`child` = `t12`.`child`
        INNER JOIN (
          SELECT
            `t13`.`pupil`,
            `t13`.`seen_on`,
            `t13`.`at_la`,
            `t13`.`at_east`,
            `t13`.`at_north`,
            `t15`.`counted_la`,
            `t15`.`at_pupils`
          FROM (
            SELECT DISTINCT
              `t3`.`pupil`,
              `t3`.`seen_on`,
              `t3`.`at_la`,
              `t3`.`at_east`,
              `t3`.`at_north`
            FROM `pupil_records` AS `t3`
            WHERE
              `t3`.`at_la` IS NOT NULL
          ) AS `t13`
          LEFT OUTER JOIN (
            SELECT
              `t11`.`in_la` AS `counted_la`,
              `t11`.`pupils_la` AS `at_pupils`
            FROM (
              SELECT
                `t4`.`in_la`,
                MAX(`t4`.`among`) AS `pupils_la`
              FROM `common_ethnicities` AS `t4`
              GROUP BY
                1
            ) AS `t11`
          ) AS `t15`
            ON `t13`.`at_la` = `t15`.`counted_la`
        ) AS `t17`
          ON `t8`.`pupil` = `t17`.`pupil`
      ) AS `t18`
    ) AS `t19`
  ) AS `t20`
  GROUP BY
    1,
    2,
    3
) AS `t21`
