SELECT DISTINCT
  `t8`.`la`,
  `t8`.`child`,
  `t8`.`pupil`,
  `t8`.`other_la`,
  `t8`.`other`
FROM (
  SELECT
    `t2`.`la`,
    `t2`.`child`,
    `t2`.`pupil`,
    `t6`.`other_la`,
    `t6`.`other`,
    `t3`.`since`,
    `t3`.`until`,
    `t7`.`their_since`,
    `t7`.`their_until`
  FROM `pairs` AS `t2`
  INNER JOIN (
    SELECT
      `t0`.`la` AS `other_la`,
      `t0`.`child` AS `other`,
      `t0`.`pupil` AS `other_pupil`
    FROM `pairs` AS `t0`
  ) AS `t6`
    ON `t2`.`pupil` = `t6`.`other_pupil`
    AND (
      (
        `t2`.`la` <> `t6`.`other_la`
      ) OR (
        `t2`.`child` <> `t6`.`other`
      )
    )
  INNER JOIN `child_stays` AS `t3`
    ON `t2`.`la` = `t3`.`la` AND `t2`.`child` = `t3`.`child`
  INNER JOIN (
    SELECT
      `t1`.`la` AS `other_la`,
      `t1`.`child` AS `other`,
      `t1`.`since` AS `their_since`,
      `t1`.`until` AS `their_until`
    FROM `child_stays` AS `t1`
  ) AS `t7`
    ON `t6`.`other_la` = `t7`.`other_la` AND `t6`.`other` = `t7`.`other`
) AS `t8`
WHERE
  `t8`.`since` < `t8`.`their_until`
  AND `t8`.`their_since` < `t8`.`until`
  AND (
    (
      `t8`.`la` = `t8`.`other_la`
    )
    OR (
      LEAST(`t8`.`until`, `t8`.`their_until`) > (
        GREATEST(`t8`.`since`, `t8`.`their_since`) + INTERVAL '60' DAY
      )
    )
  )
