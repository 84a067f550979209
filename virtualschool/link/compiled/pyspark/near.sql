SELECT
  *
FROM (
  SELECT
    *
  FROM `sightings_sifted` AS `t0`
  WHERE
    XXHASH64(
      `t0`.`dob`,
      `t0`.`sex`,
      SUBSTRING(`t0`.`laestab`, IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`laestab`)), 3)
    ) IN (
      SELECT DISTINCT
        *
      FROM (
        SELECT
          XXHASH64(`t2`.`dob`, `t2`.`sex`, `t2`.`word`) AS `mark`
        FROM (
          SELECT
            *
          FROM `near_shared` AS `t1`
          WHERE
            `t1`.`kind` = 'school'
        ) AS `t2`
      ) AS `t7`
    )
    OR (
      XXHASH64(CAST(EXTRACT(year FROM `t0`.`dob`) AS BIGINT), `t0`.`home`) IN (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            XXHASH64(`t5`.`number`, `t5`.`word`) AS `mark`
          FROM (
            SELECT
              *
            FROM `near_shared` AS `t1`
            WHERE
              `t1`.`kind` = 'year'
          ) AS `t5`
        ) AS `t10`
      )
      OR XXHASH64(
        (
          CAST(EXTRACT(month FROM `t0`.`dob`) AS BIGINT) * 100
        ) + CAST(EXTRACT(day FROM `t0`.`dob`) AS BIGINT),
        `t0`.`home`
      ) IN (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            XXHASH64(`t6`.`number`, `t6`.`word`) AS `mark`
          FROM (
            SELECT
              *
            FROM `near_shared` AS `t1`
            WHERE
              `t1`.`kind` = 'birthday'
          ) AS `t6`
        ) AS `t11`
      )
      OR XXHASH64(
        `t0`.`dob`,
        SUBSTRING(`t0`.`upn`, IF((
          0 + 1
        ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`upn`)), 8)
      ) IN (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            XXHASH64(`t4`.`dob`, `t4`.`word`) AS `mark`
          FROM (
            SELECT
              *
            FROM `near_shared` AS `t1`
            WHERE
              `t1`.`kind` = 'beginning'
          ) AS `t4`
        ) AS `t9`
      )
      OR XXHASH64(
        `t0`.`dob`,
        SUBSTRING(`t0`.`upn`, IF((
          8 + 1
        ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t0`.`upn`)), 5)
      ) IN (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            XXHASH64(`t3`.`dob`, `t3`.`word`) AS `mark`
          FROM (
            SELECT
              *
            FROM `near_shared` AS `t1`
            WHERE
              `t1`.`kind` = 'ending'
          ) AS `t3`
        ) AS `t8`
      )
    )
) AS `t17`
