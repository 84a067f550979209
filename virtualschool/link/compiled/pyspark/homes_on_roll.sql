SELECT
  `t2`.`home`,
  `t2`.`pupils`,
  CASE
    WHEN LENGTH(`t2`.`home`) < 3
    THEN CAST(NULL AS STRING)
    WHEN (
      LENGTH(`t2`.`home`) >= 5
    )
    AND NOT (
      RIGHT(`t2`.`home`, 1) BETWEEN '0' AND '9'
    )
    THEN SUBSTRING(
      `t2`.`home`,
      IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t2`.`home`)),
      LENGTH(`t2`.`home`) - 2
    )
    ELSE `t2`.`home`
  END AS `sector`,
  CASE
    WHEN LENGTH(`t2`.`home`) < 3
    THEN CAST(NULL AS STRING)
    WHEN (
      LENGTH(`t2`.`home`) >= 5
    )
    AND NOT (
      RIGHT(`t2`.`home`, 1) BETWEEN '0' AND '9'
    )
    THEN SUBSTRING(
      `t2`.`home`,
      IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t2`.`home`)),
      LENGTH(`t2`.`home`) - 3
    )
    ELSE SUBSTRING(
      `t2`.`home`,
      IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t2`.`home`)),
      LENGTH(`t2`.`home`) - 1
    )
  END AS `district`
FROM (
  SELECT
    `t1`.`home`,
    COUNT(*) AS `pupils`
  FROM (
    SELECT
      *
    FROM `roll` AS `t0`
    WHERE
      `t0`.`home` IS NOT NULL
  ) AS `t1`
  GROUP BY
    1
) AS `t2`
