SELECT
  *
FROM (
  SELECT
    'district' AS `kind`,
    `t8`.`place`,
    `t8`.`pupils`
  FROM (
    SELECT
      SUBSTRING(
        CASE
          WHEN LENGTH(`t0`.`home`) < 3
          THEN CAST(NULL AS STRING)
          WHEN (
            LENGTH(`t0`.`home`) >= 5
          )
          AND NOT (
            RIGHT(`t0`.`home`, 1) BETWEEN '0' AND '9'
          )
          THEN SUBSTRING(
            `t0`.`home`,
            IF((
              0 + 1
            ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`home`)),
            LENGTH(`t0`.`home`) - 2
          )
          ELSE `t0`.`home`
        END,
        IF(
          (
            0 + 1
          ) >= 1,
          0 + 1,
          0 + 1 + LENGTH(
            CASE
              WHEN LENGTH(`t0`.`home`) < 3
              THEN CAST(NULL AS STRING)
              WHEN (
                LENGTH(`t0`.`home`) >= 5
              )
              AND NOT (
                RIGHT(`t0`.`home`, 1) BETWEEN '0' AND '9'
              )
              THEN SUBSTRING(
                `t0`.`home`,
                IF((
                  0 + 1
                ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`home`)),
                LENGTH(`t0`.`home`) - 2
              )
              ELSE `t0`.`home`
            END
          )
        ),
        LENGTH(
          CASE
            WHEN LENGTH(`t0`.`home`) < 3
            THEN CAST(NULL AS STRING)
            WHEN (
              LENGTH(`t0`.`home`) >= 5
            )
            AND NOT (
              RIGHT(`t0`.`home`, 1) BETWEEN '0' AND '9'
            )
            THEN SUBSTRING(
              `t0`.`home`,
              IF((
                0 + 1
              ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`home`)),
              LENGTH(`t0`.`home`) - 2
            )
            ELSE `t0`.`home`
          END
        ) - 1
      ) AS `place`,
      SUM(`t0`.`pupils`) AS `pupils`
    FROM `homes_on_roll` AS `t0`
    GROUP BY
      1
  ) AS `t8`
  WHERE
    `t8`.`place` IS NOT NULL
) AS `t10`
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      'code' AS `kind`,
      `t2`.`home` AS `place`,
      `t2`.`pupils`
    FROM `homes_on_roll` AS `t2`
    LEFT SEMI JOIN (
      SELECT DISTINCT
        `t1`.`code` AS `home`
      FROM `child_places` AS `t1`
    ) AS `t4`
      ON `t2`.`home` = `t4`.`home`
  ) AS `t6`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      'sector' AS `kind`,
      `t5`.`place`,
      `t5`.`pupils`
    FROM (
      SELECT
        CASE
          WHEN LENGTH(`t0`.`home`) < 3
          THEN CAST(NULL AS STRING)
          WHEN (
            LENGTH(`t0`.`home`) >= 5
          )
          AND NOT (
            RIGHT(`t0`.`home`, 1) BETWEEN '0' AND '9'
          )
          THEN SUBSTRING(
            `t0`.`home`,
            IF((
              0 + 1
            ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`home`)),
            LENGTH(`t0`.`home`) - 2
          )
          ELSE `t0`.`home`
        END AS `place`,
        SUM(`t0`.`pupils`) AS `pupils`
      FROM `homes_on_roll` AS `t0`
      GROUP BY
        1
    ) AS `t5`
    WHERE
      `t5`.`place` IS NOT NULL
  ) AS `t7`
) AS `t9`
