SELECT
  *
FROM (
  SELECT
    *
  FROM `near` AS `t0`
) AS `t3`
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM `near_number` AS `t1`
  ) AS `t4`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM `near_reference` AS `t2`
  ) AS `t5`
) AS `t6`
