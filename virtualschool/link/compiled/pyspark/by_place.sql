SELECT
  `t20`.`pair`,
  CASE
    WHEN `t18`.`first` <> `t18`.`last`
    THEN 7
    WHEN `t18`.`first` IS NOT NULL
    THEN 6
    ELSE `t20`.`best`
  END AS `place`,
  COALESCE(`t20`.`by_code`, `t20`.`by_sector`, `t20`.`by_district`, `t20`.`by_la`) AS `there`
FROM (
  SELECT
    `t17`.`pair`,
    MAX(`t17`.`found`) AS `best`,
    MIN(IF(`t17`.`same`, `t17`.`pupils_code`, NULL)) AS `by_code`,
    MIN(IF(`t17`.`same_sector`, `t17`.`pupils_sector`, NULL)) AS `by_sector`,
    MIN(IF(`t17`.`same_district`, `t17`.`pupils_district`, NULL)) AS `by_district`,
    MIN(IF(`t17`.`same_la`, `t17`.`pupils_la`, NULL)) AS `by_la`
  FROM (
    SELECT
      `t13`.`la`,
      `t13`.`child`,
      `t13`.`pupil`,
      `t13`.`pair`,
      `t13`.`code`,
      `t13`.`sector`,
      `t13`.`district`,
      `t13`.`in_la`,
      `t13`.`pupils_code`,
      `t13`.`pupils_sector`,
      `t13`.`pupils_district`,
      `t13`.`pupils_la`,
      `t13`.`home`,
      `t13`.`home_sector`,
      `t13`.`home_district`,
      `t13`.`home_la`,
      CASE
        WHEN (
          `t13`.`code` = `t13`.`home`
        )
        AND (
          (
            LENGTH(`t13`.`code`) >= 5
          )
          AND NOT (
            RIGHT(`t13`.`code`, 1) BETWEEN '0' AND '9'
          )
        )
        THEN 5
        WHEN `t13`.`sector` = `t13`.`home_sector`
        THEN 4
        WHEN `t13`.`district` = `t13`.`home_district`
        THEN 3
        WHEN `t13`.`in_la` = `t13`.`home_la`
        THEN 2
        ELSE 1
      END AS `found`,
      COALESCE(
        (
          `t13`.`code` = `t13`.`home`
        )
        AND (
          (
            LENGTH(`t13`.`code`) >= 5
          )
          AND NOT (
            RIGHT(`t13`.`code`, 1) BETWEEN '0' AND '9'
          )
        ),
        FALSE
      ) AS `same`,
      COALESCE(`t13`.`sector` = `t13`.`home_sector`, FALSE) AS `same_sector`,
      COALESCE(`t13`.`district` = `t13`.`home_district`, FALSE) AS `same_district`,
      COALESCE(`t13`.`in_la` = `t13`.`home_la`, FALSE) AS `same_la`
    FROM (
      SELECT
        `t5`.`la`,
        `t5`.`child`,
        `t5`.`pupil`,
        `t5`.`pair`,
        `t6`.`code`,
        `t6`.`sector`,
        `t6`.`district`,
        `t6`.`in_la`,
        `t6`.`pupils_code`,
        `t6`.`pupils_sector`,
        `t6`.`pupils_district`,
        `t6`.`pupils_la`,
        `t9`.`home`,
        `t9`.`home_sector`,
        `t9`.`home_district`,
        `t9`.`home_la`
      FROM (
        SELECT
          *
        FROM `pairs_found` AS `t0`
      ) AS `t5`
      INNER JOIN (
        SELECT DISTINCT
          `t1`.`la`,
          `t1`.`child`,
          `t1`.`code`,
          `t1`.`sector`,
          `t1`.`district`,
          `t1`.`in_la`,
          `t1`.`pupils_code`,
          `t1`.`pupils_sector`,
          `t1`.`pupils_district`,
          `t1`.`pupils_la`
        FROM `places_counted` AS `t1`
      ) AS `t6`
        ON `t5`.`la` = `t6`.`la` AND `t5`.`child` = `t6`.`child`
      INNER JOIN (
        SELECT DISTINCT
          `t2`.`pupil`,
          `t2`.`home`,
          `t2`.`home_sector`,
          `t2`.`home_district`,
          `t2`.`home_la`
        FROM `records_near` AS `t2`
        WHERE
          `t2`.`home` IS NOT NULL
      ) AS `t9`
        ON `t5`.`pupil` = `t9`.`pupil`
    ) AS `t13`
  ) AS `t17`
  GROUP BY
    1
) AS `t20`
LEFT OUTER JOIN (
  SELECT
    `t15`.`pair`,
    MIN(`t15`.`home`) AS `first`,
    MAX(`t15`.`home`) AS `last`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t5`.`la`,
        `t5`.`child`,
        `t5`.`pupil`,
        `t5`.`pair`,
        `t12`.`home`,
        `t12`.`first_day`,
        `t12`.`last_day`,
        `t10`.`seen_on`
      FROM (
        SELECT
          *
        FROM `pairs_found` AS `t0`
      ) AS `t5`
      INNER JOIN (
        SELECT
          `t1`.`la`,
          `t1`.`child`,
          `t1`.`code` AS `home`,
          `t1`.`first_day`,
          `t1`.`last_day`
        FROM `places_counted` AS `t1`
        WHERE
          LENGTH(`t1`.`code`) >= 5 AND NOT (
            RIGHT(`t1`.`code`, 1) BETWEEN '0' AND '9'
          )
      ) AS `t12`
        ON `t5`.`la` = `t12`.`la` AND `t5`.`child` = `t12`.`child`
      INNER JOIN (
        SELECT
          `t2`.`pupil`,
          `t2`.`home`,
          `t2`.`seen_on`
        FROM `records_near` AS `t2`
        WHERE
          `t2`.`home` IS NOT NULL
      ) AS `t10`
        ON `t5`.`pupil` = `t10`.`pupil` AND `t12`.`home` = `t10`.`home`
    ) AS `t14`
    WHERE
      `t14`.`seen_on` >= `t14`.`first_day` AND `t14`.`seen_on` <= `t14`.`last_day`
  ) AS `t15`
  GROUP BY
    1
) AS `t18`
  ON `t20`.`pair` = `t18`.`pair`
