SELECT
  `t11`.`pair`,
  MAX(`t11`.`best`) AS `number`
FROM (
  SELECT
    `t7`.`pair`,
    CASE
      WHEN `t3`.`upn` = `t10`.`bearer`
      THEN IF(`t10`.`now`, 6, 5)
      WHEN IF(
        (
          SUBSTRING(`t3`.`upn`, IF((
            0 + 1
          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 8) = SUBSTRING(`t10`.`bearer`, IF((
            0 + 1
          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t10`.`bearer`)), 8)
        )
        OR (
          RIGHT(`t3`.`upn`, 5) = RIGHT(`t10`.`bearer`, 5)
        ),
        LEVENSHTEIN(`t3`.`upn`, `t10`.`bearer`),
        13
      ) = 1
      THEN 4
      WHEN IF(
        (
          SUBSTRING(`t3`.`upn`, IF((
            0 + 1
          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 8) = SUBSTRING(`t10`.`bearer`, IF((
            0 + 1
          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t10`.`bearer`)), 8)
        )
        OR (
          RIGHT(`t3`.`upn`, 5) = RIGHT(`t10`.`bearer`, 5)
        ),
        (
          `t3`.`upn` <> `t10`.`bearer`
        )
        AND (
          (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 0),
                  SUBSTRING(`t3`.`upn`, IF((
                    1 + 1
                  ) >= 1, 1 + 1, 1 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  0 + 1
                ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                2 + 1
              ) >= 1, 2 + 1, 2 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 1),
                  SUBSTRING(`t3`.`upn`, IF((
                    2 + 1
                  ) >= 1, 2 + 1, 2 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  1 + 1
                ) >= 1, 1 + 1, 1 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                3 + 1
              ) >= 1, 3 + 1, 3 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 2),
                  SUBSTRING(`t3`.`upn`, IF((
                    3 + 1
                  ) >= 1, 3 + 1, 3 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  2 + 1
                ) >= 1, 2 + 1, 2 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                4 + 1
              ) >= 1, 4 + 1, 4 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 3),
                  SUBSTRING(`t3`.`upn`, IF((
                    4 + 1
                  ) >= 1, 4 + 1, 4 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  3 + 1
                ) >= 1, 3 + 1, 3 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                5 + 1
              ) >= 1, 5 + 1, 5 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 4),
                  SUBSTRING(`t3`.`upn`, IF((
                    5 + 1
                  ) >= 1, 5 + 1, 5 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  4 + 1
                ) >= 1, 4 + 1, 4 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                6 + 1
              ) >= 1, 6 + 1, 6 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 5),
                  SUBSTRING(`t3`.`upn`, IF((
                    6 + 1
                  ) >= 1, 6 + 1, 6 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  5 + 1
                ) >= 1, 5 + 1, 5 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                7 + 1
              ) >= 1, 7 + 1, 7 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 6),
                  SUBSTRING(`t3`.`upn`, IF((
                    7 + 1
                  ) >= 1, 7 + 1, 7 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  6 + 1
                ) >= 1, 6 + 1, 6 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                8 + 1
              ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 7),
                  SUBSTRING(`t3`.`upn`, IF((
                    8 + 1
                  ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  7 + 1
                ) >= 1, 7 + 1, 7 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                9 + 1
              ) >= 1, 9 + 1, 9 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 8),
                  SUBSTRING(`t3`.`upn`, IF((
                    9 + 1
                  ) >= 1, 9 + 1, 9 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  8 + 1
                ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                10 + 1
              ) >= 1, 10 + 1, 10 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 9),
                  SUBSTRING(`t3`.`upn`, IF((
                    10 + 1
                  ) >= 1, 10 + 1, 10 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  9 + 1
                ) >= 1, 9 + 1, 9 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                11 + 1
              ) >= 1, 11 + 1, 11 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 10),
                  SUBSTRING(`t3`.`upn`, IF((
                    11 + 1
                  ) >= 1, 11 + 1, 11 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  10 + 1
                ) >= 1, 10 + 1, 10 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                12 + 1
              ) >= 1, 12 + 1, 12 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
          OR (
            CONCAT(
              CONCAT(
                CONCAT(
                  SUBSTRING(`t3`.`upn`, IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 11),
                  SUBSTRING(`t3`.`upn`, IF((
                    12 + 1
                  ) >= 1, 12 + 1, 12 + 1 + LENGTH(`t3`.`upn`)), 1)
                ),
                SUBSTRING(`t3`.`upn`, IF((
                  11 + 1
                ) >= 1, 11 + 1, 11 + 1 + LENGTH(`t3`.`upn`)), 1)
              ),
              SUBSTRING(`t3`.`upn`, IF((
                13 + 1
              ) >= 1, 13 + 1, 13 + 1 + LENGTH(`t3`.`upn`)), 13)
            ) = `t10`.`bearer`
          )
        ),
        FALSE
      )
      THEN 4
      WHEN IF(
        (
          SUBSTRING(`t3`.`upn`, IF((
            0 + 1
          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t3`.`upn`)), 8) = SUBSTRING(`t10`.`bearer`, IF((
            0 + 1
          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t10`.`bearer`)), 8)
        )
        OR (
          RIGHT(`t3`.`upn`, 5) = RIGHT(`t10`.`bearer`, 5)
        ),
        LEVENSHTEIN(`t3`.`upn`, `t10`.`bearer`),
        13
      ) = 2
      THEN 3
      WHEN SUBSTRING(`t3`.`upn`, IF((
        1 + 1
      ) >= 1, 1 + 1, 1 + 1 + LENGTH(`t3`.`upn`)), 9) = SUBSTRING(`t10`.`bearer`, IF((
        1 + 1
      ) >= 1, 1 + 1, 1 + 1 + LENGTH(`t10`.`bearer`)), 9)
      THEN 2
      ELSE 1
    END AS `best`
  FROM (
    SELECT
      *
    FROM `pairs_found` AS `t0`
  ) AS `t7`
  INNER JOIN `child_numbers` AS `t3`
    ON `t7`.`la` = `t3`.`la` AND `t7`.`child` = `t3`.`child`
  INNER JOIN (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t2`.`pupil`,
          `t2`.`upn` AS `bearer`,
          TRUE AS `now`
        FROM `records_near` AS `t2`
      ) AS `t5`
      UNION
      SELECT
        *
      FROM (
        SELECT
          `t2`.`pupil`,
          `t2`.`former_upn` AS `bearer`,
          FALSE AS `now`
        FROM `records_near` AS `t2`
      ) AS `t6`
    ) AS `t8`
    WHERE
      `t8`.`bearer` IS NOT NULL
  ) AS `t10`
    ON `t7`.`pupil` = `t10`.`pupil`
) AS `t11`
GROUP BY
  1
