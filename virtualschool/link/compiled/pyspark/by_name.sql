SELECT
  `t11`.`pair`,
  MAX(`t11`.`best`) AS `name`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t9`.`pair`,
      CASE
        WHEN COALESCE(`t9`.`forename` = `t9`.`their_forename`, FALSE)
        AND COALESCE(`t9`.`surname` = `t9`.`their_surname`, FALSE)
        THEN 4
        WHEN (
          (
            COALESCE(`t9`.`forename` = `t9`.`their_forename`, FALSE)
            OR COALESCE(
              IF(
                COALESCE(
                  (
                    LENGTH(`t9`.`forename`) >= 5
                  )
                  AND (
                    LENGTH(`t9`.`their_forename`) >= 5
                  )
                  AND (
                    ABS(LENGTH(`t9`.`forename`) - LENGTH(`t9`.`their_forename`)) <= 2
                  ),
                  FALSE
                ),
                LEVENSHTEIN(`t9`.`forename`, `t9`.`their_forename`),
                3
              ) <= 2,
              FALSE
            )
          )
          AND (
            COALESCE(`t9`.`surname` = `t9`.`their_surname`, FALSE)
            OR COALESCE(
              IF(
                COALESCE(
                  (
                    LENGTH(`t9`.`surname`) >= 5
                  )
                  AND (
                    LENGTH(`t9`.`their_surname`) >= 5
                  )
                  AND (
                    ABS(LENGTH(`t9`.`surname`) - LENGTH(`t9`.`their_surname`)) <= 2
                  ),
                  FALSE
                ),
                LEVENSHTEIN(`t9`.`surname`, `t9`.`their_surname`),
                3
              ) <= 2,
              FALSE
            )
          )
        )
        OR (
          COALESCE(`t9`.`surname` = `t9`.`their_surname`, FALSE)
          AND (
            COALESCE(
              (
                LENGTH(`t9`.`their_forename`) >= 3
              )
              AND STARTSWITH(`t9`.`forename`, `t9`.`their_forename`),
              FALSE
            )
            OR COALESCE(
              (
                LENGTH(`t9`.`forename`) >= 3
              )
              AND STARTSWITH(`t9`.`their_forename`, `t9`.`forename`),
              FALSE
            )
          )
        )
        OR COALESCE(
          (
            `t9`.`forename` = `t9`.`their_surname`
          )
          AND (
            `t9`.`surname` = `t9`.`their_forename`
          ),
          FALSE
        )
        THEN 3
        WHEN COALESCE(`t9`.`forename` = `t9`.`their_forename`, FALSE)
        OR COALESCE(`t9`.`surname` = `t9`.`their_surname`, FALSE)
        THEN 2
        WHEN (
          `t9`.`forename` IS NOT NULL
        )
        AND (
          `t9`.`their_forename` IS NOT NULL
        )
        AND (
          `t9`.`surname` IS NOT NULL
        )
        AND (
          `t9`.`their_surname` IS NOT NULL
        )
        THEN 1
        ELSE 0
      END AS `best`
    FROM (
      SELECT
        `t5`.`la`,
        `t5`.`child`,
        `t5`.`pupil`,
        `t5`.`pair`,
        `t3`.`forename`,
        `t3`.`surname`,
        `t8`.`their_forename`,
        `t8`.`their_surname`
      FROM (
        SELECT
          *
        FROM `pairs_found` AS `t0`
      ) AS `t5`
      INNER JOIN `child_names` AS `t3`
        ON `t5`.`la` = `t3`.`la` AND `t5`.`child` = `t3`.`child`
      INNER JOIN (
        SELECT DISTINCT
          `t6`.`pupil`,
          NULLIF(
            REGEXP_REPLACE(
              TRANSLATE(
                UPPER(
                  REPLACE(
                    REPLACE(
                      REPLACE(
                        REPLACE(
                          REPLACE(
                            REPLACE(REPLACE(REPLACE(`t6`.`forename`, 'ß', 'SS'), 'ẞ', 'SS'), 'Æ', 'AE'),
                            'æ',
                            'AE'
                          ),
                          'Œ',
                          'OE'
                        ),
                        'œ',
                        'OE'
                      ),
                      'Þ',
                      'TH'
                    ),
                    'þ',
                    'TH'
                  )
                ),
                'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽŁŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƠƯǍǏǑǓǕǗǙǛǞǠǦǨǪǬǴǸǺȀȂȄȆȈȊȌȎȐȒȔȖȘȚȞȦȨȪȬȮȰȲ',
                'AAAAAACEEEEIIIIDNOOOOOOUUUUYAAACCCCDDEEEEEGGGGHHIIIIIJKLLLLNNNOOORRRSSSSTTTUUUUUUWYYZZZOUAIOUUUUUAAGKOOGNAAAEEIIOORRUUSTHAEOOOOY'
              ),
              '[^A-Z]',
              ''
            ),
            ''
          ) AS `their_forename`,
          NULLIF(
            REGEXP_REPLACE(
              TRANSLATE(
                UPPER(
                  REPLACE(
                    REPLACE(
                      REPLACE(
                        REPLACE(
                          REPLACE(
                            REPLACE(REPLACE(REPLACE(`t6`.`surname`, 'ß', 'SS'), 'ẞ', 'SS'), 'Æ', 'AE'),
                            'æ',
                            'AE'
                          ),
                          'Œ',
                          'OE'
                        ),
                        'œ',
                        'OE'
                      ),
                      'Þ',
                      'TH'
                    ),
                    'þ',
                    'TH'
                  )
                ),
                'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽŁŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƠƯǍǏǑǓǕǗǙǛǞǠǦǨǪǬǴǸǺȀȂȄȆȈȊȌȎȐȒȔȖȘȚȞȦȨȪȬȮȰȲ',
                'AAAAAACEEEEIIIIDNOOOOOOUUUUYAAACCCCDDEEEEEGGGGHHIIIIIJKLLLLNNNOOORRRSSSSTTTUUUUUUWYYZZZOUAIOUUUUUAAGKOOGNAAAEEIIOORRUUSTHAEOOOOY'
              ),
              '[^A-Z]',
              ''
            ),
            ''
          ) AS `their_surname`
        FROM (
          SELECT DISTINCT
            `t2`.`pupil`,
            `t2`.`forename`,
            `t2`.`surname`
          FROM `records_near` AS `t2`
          WHERE
            (
              `t2`.`forename` IS NOT NULL
            ) OR (
              `t2`.`surname` IS NOT NULL
            )
        ) AS `t6`
      ) AS `t8`
        ON `t5`.`pupil` = `t8`.`pupil`
    ) AS `t9`
  ) AS `t10`
  WHERE
    `t10`.`best` > 0
) AS `t11`
GROUP BY
  1
