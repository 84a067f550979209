SELECT
  `t2`.`la`,
  `t2`.`child`,
  `t2`.`adopted`,
  CAST(EXTRACT(year FROM `t2`.`adopted`) + IF(EXTRACT(month FROM `t2`.`adopted`) >= 4, 1, 0) AS INT) AS `adoption_year`
FROM (
  SELECT
    `t1`.`la`,
    `t1`.`child`,
    MIN(`t1`.`dec`) AS `adopted`
  FROM (
    SELECT
      *
    FROM `episodes` AS `t0`
    WHERE
      `t0`.`rec` IN ('E11', 'E12') AND `t0`.`dec` IS NOT NULL
  ) AS `t1`
  GROUP BY
    1,
    2
) AS `t2`
