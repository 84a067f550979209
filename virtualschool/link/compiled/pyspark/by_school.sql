SELECT
  `t21`.`la`,
  `t21`.`child`,
  `t21`.`pupil`,
  COALESCE(`t21`.`pupils_then`, `t21`.`pupils_ever`) AS `pupils_there`,
  CASE
    WHEN COALESCE(`t21`.`first` <> `t21`.`last`, FALSE)
    THEN 6
    ELSE `t21`.`best`
  END AS `school`
FROM (
  SELECT
    `t20`.`la`,
    `t20`.`child`,
    `t20`.`pupil`,
    MAX(`t20`.`found`) AS `best`,
    BOOL_OR(`t20`.`ever`) AS `ever`,
    MIN(IF(`t20`.`then` AND `t20`.`ever`, `t20`.`at_la`, NULL)) AS `first`,
    MAX(IF(`t20`.`then` AND `t20`.`ever`, `t20`.`at_la`, NULL)) AS `last`,
    MIN(IF(`t20`.`found` >= 3, `t20`.`at_pupils`, NULL)) AS `pupils_then`,
    MIN(IF(`t20`.`ever`, `t20`.`at_pupils`, NULL)) AS `pupils_ever`
  FROM (
    SELECT
      `t19`.`la`,
      `t19`.`child`,
      `t19`.`pupil`,
      `t19`.`first_day`,
      `t19`.`last_day`,
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
      `t19`.`square`,
      `t19`.`ever`,
      CASE
        WHEN `t19`.`then`
        THEN GREATEST(
          CASE
            WHEN `t19`.`square` <= 23299929
            THEN 5
            WHEN `t19`.`square` <= 258888100
            THEN 4
            WHEN `t19`.`ever`
            THEN 3
            ELSE 0
          END,
          IF(`t19`.`in_la` IS NOT NULL, 1, 0)
        )
        WHEN `t19`.`ever`
        THEN 2
        ELSE 0
      END AS `found`
    FROM (
      SELECT
        `t18`.`la`,
        `t18`.`child`,
        `t18`.`pupil`,
        `t18`.`first_day`,
        `t18`.`last_day`,
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
          `t18`.`seen_on` >= `t18`.`first_day`
        )
        AND (
          `t18`.`seen_on` <= `t18`.`last_day`
        ) AS `then`,
        (
          (
            CAST(`t18`.`east` AS BIGINT) - CAST(`t18`.`at_east` AS BIGINT)
          ) * (
            CAST(`t18`.`east` AS BIGINT) - CAST(`t18`.`at_east` AS BIGINT)
          )
        ) + (
          (
            CAST(`t18`.`north` AS BIGINT) - CAST(`t18`.`at_north` AS BIGINT)
          ) * (
            CAST(`t18`.`north` AS BIGINT) - CAST(`t18`.`at_north` AS BIGINT)
          )
        ) AS `square`,
        COALESCE(`t18`.`in_la` = `t18`.`at_la`, FALSE) AS `ever`
      FROM (
        SELECT
          `t8`.`la`,
          `t8`.`child`,
          `t8`.`pupil`,
          `t12`.`first_day`,
          `t12`.`last_day`,
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
              `t1`.`first_day`,
              `t1`.`last_day`,
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
              `t2`.`first_day`,
              `t2`.`last_day`,
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
            SELECT
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
