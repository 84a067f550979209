SELECT
  `t1`.`la`,
  `t1`.`child`,
  `t1`.`moved`,
  COUNT(`t1`.`moved`) OVER (
    PARTITION BY `t1`.`la`, `t1`.`child`
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
  ) AS `times`,
  CAST(CAST(`t1`.`moved` + INTERVAL '-7' DAY AS TIMESTAMP) AS DATE) AS `joined_from`,
  CAST(CAST(`t1`.`moved` + INTERVAL '42' DAY AS TIMESTAMP) AS DATE) AS `joined_soon`,
  CAST(CAST(`t1`.`moved` + INTERVAL '75' DAY AS TIMESTAMP) AS DATE) AS `joined_late`
FROM (
  SELECT DISTINCT
    `t0`.`la`,
    `t0`.`child`,
    `t0`.`decom` AS `moved`
  FROM `episodes` AS `t0`
  WHERE
    `t0`.`rne` IN ('S', 'P', 'B') OR (
      `t0`.`rne` IS NULL
    )
) AS `t1`
