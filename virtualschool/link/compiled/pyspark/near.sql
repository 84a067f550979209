WITH `t14` AS (
  SELECT
    `t8`.`la`,
    `t8`.`child`,
    `t8`.`at_home`,
    `t8`.`code`,
    `t8`.`in_la`,
    `t8`.`east`,
    `t8`.`north`,
    `t8`.`since`,
    `t8`.`until`,
    `t8`.`sector`,
    `t8`.`district`
  FROM `child_places` AS `t8`
  LEFT SEMI JOIN `children_sought` AS `t9`
    ON `t8`.`la` = `t9`.`la` AND `t8`.`child` = `t9`.`child`
), `t16` AS (
  SELECT
    `t11`.`la`,
    `t11`.`child`,
    `t11`.`dob`,
    `t11`.`sex`
  FROM `child_births` AS `t11`
  LEFT SEMI JOIN `children_sought` AS `t9`
    ON `t11`.`la` = `t9`.`la` AND `t11`.`child` = `t9`.`child`
)
SELECT
  `t46`.`source`,
  `t46`.`year`,
  `t46`.`term`,
  `t46`.`pmr`,
  `t46`.`upn`,
  `t46`.`former_upn`,
  `t46`.`dob`,
  `t46`.`sex`,
  `t46`.`laestab`,
  `t46`.`home`,
  `t46`.`ethnicity`,
  `t46`.`sen`,
  `t46`.`entry_date`,
  `t46`.`forename`,
  `t46`.`surname`,
  `t46`.`uln`
FROM (
  SELECT
    `t25`.`source`,
    `t25`.`year`,
    `t25`.`term`,
    `t25`.`pmr`,
    `t25`.`upn`,
    `t25`.`former_upn`,
    `t25`.`dob`,
    `t25`.`sex`,
    `t25`.`laestab`,
    `t25`.`home`,
    `t25`.`ethnicity`,
    `t25`.`sen`,
    `t25`.`entry_date`,
    `t25`.`forename`,
    `t25`.`surname`,
    `t25`.`uln`,
    `t25`.`in_la`,
    `t25`.`number_head`,
    `t25`.`number_tail`,
    `t45`.`dob_1`,
    `t45`.`sex_1`,
    `t45`.`la_1`,
    `t44`.`dob_2`,
    `t44`.`sex_2`,
    `t44`.`sector_2`,
    `t33`.`code_3`,
    `t42`.`head_4`,
    `t42`.`dob_4`,
    `t43`.`tail_5`,
    `t43`.`dob_5`
  FROM (
    SELECT
      `t13`.`source`,
      `t13`.`year`,
      `t13`.`term`,
      `t13`.`pmr`,
      `t13`.`upn`,
      `t13`.`former_upn`,
      `t13`.`dob`,
      `t13`.`sex`,
      `t13`.`laestab`,
      `t13`.`home`,
      `t13`.`ethnicity`,
      `t13`.`sen`,
      `t13`.`entry_date`,
      `t13`.`forename`,
      `t13`.`surname`,
      `t13`.`uln`,
      COALESCE(
        `t13`.`school_la`,
        SUBSTRING(`t13`.`laestab`, IF((
          0 + 1
        ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t13`.`laestab`)), 3)
      ) AS `in_la`,
      SUBSTRING(`t13`.`upn`, IF((
        0 + 1
      ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t13`.`upn`)), 8) AS `number_head`,
      SUBSTRING(`t13`.`upn`, IF((
        8 + 1
      ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t13`.`upn`)), 5) AS `number_tail`
    FROM (
      SELECT
        `t6`.`source`,
        `t6`.`year`,
        `t6`.`term`,
        `t6`.`pmr`,
        `t6`.`upn`,
        `t6`.`former_upn`,
        `t6`.`dob`,
        `t6`.`sex`,
        `t6`.`laestab`,
        `t6`.`home`,
        `t6`.`ethnicity`,
        `t6`.`sen`,
        `t6`.`entry_date`,
        `t6`.`forename`,
        `t6`.`surname`,
        `t6`.`uln`,
        `t7`.`laestab` AS `s_laestab`,
        `t7`.`school_la`,
        `t7`.`school_east`,
        `t7`.`school_north`
      FROM `sightings` AS `t6`
      LEFT OUTER JOIN `known_schools` AS `t7`
        ON `t6`.`laestab` = `t7`.`laestab`
    ) AS `t13`
  ) AS `t25`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        `t30`.`dob` AS `dob_1`,
        `t30`.`sex` AS `sex_1`,
        `t32`.`in_la` AS `la_1`
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t17`.`la`,
            `t17`.`child`,
            `t17`.`in_la`
          FROM `t14` AS `t17`
          WHERE
            `t17`.`in_la` IS NOT NULL
        ) AS `t20`
        UNION
        SELECT
          *
        FROM (
          SELECT
            `t3`.`la`,
            `t3`.`child`,
            `t3`.`la` AS `in_la`
          FROM `children_sought` AS `t3`
        ) AS `t12`
      ) AS `t32`
      INNER JOIN (
        SELECT
          *
        FROM `t16` AS `t18`
        WHERE
          `t18`.`dob` IS NOT NULL AND `t18`.`sex` IS NOT NULL
      ) AS `t30`
        ON `t32`.`la` = `t30`.`la` AND `t32`.`child` = `t30`.`child`
    ) AS `t37`
  ) AS `t45`
    ON `t25`.`dob` = `t45`.`dob_1`
    AND `t25`.`sex` = `t45`.`sex_1`
    AND `t25`.`in_la` = `t45`.`la_1`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        `t30`.`dob` AS `dob_2`,
        `t30`.`sex` AS `sex_2`,
        `t27`.`sector` AS `sector_2`
      FROM (
        SELECT
          *
        FROM `t14` AS `t17`
        WHERE
          `t17`.`sector` IS NOT NULL
      ) AS `t27`
      INNER JOIN (
        SELECT
          *
        FROM `t16` AS `t18`
        WHERE
          `t18`.`dob` IS NOT NULL AND `t18`.`sex` IS NOT NULL
      ) AS `t30`
        ON `t27`.`la` = `t30`.`la` AND `t27`.`child` = `t30`.`child`
    ) AS `t36`
  ) AS `t44`
    ON `t25`.`dob` = `t44`.`dob_2`
    AND `t25`.`sex` = `t44`.`sex_2`
    AND `t25`.`home` = `t44`.`sector_2`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      `t17`.`code` AS `code_3`
    FROM `t14` AS `t17`
    WHERE
      LENGTH(`t17`.`code`) >= 5
      AND NOT (
        RIGHT(`t17`.`code`, 1) BETWEEN '0' AND '9'
      )
  ) AS `t33`
    ON `t25`.`home` = `t33`.`code_3`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        SUBSTRING(`t28`.`upn`, IF((
          0 + 1
        ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t28`.`upn`)), 8) AS `head_4`,
        `t29`.`dob` AS `dob_4`
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t10`.`la`,
            `t10`.`child`,
            `t10`.`upn`,
            `t10`.`before`
          FROM `child_numbers` AS `t10`
          LEFT SEMI JOIN `children_sought` AS `t9`
            ON `t10`.`la` = `t9`.`la` AND `t10`.`child` = `t9`.`child`
        ) AS `t15`
        WHERE
          LENGTH(`t15`.`upn`) BETWEEN 12 AND 14
      ) AS `t28`
      INNER JOIN (
        SELECT DISTINCT
          `t18`.`la`,
          `t18`.`child`,
          `t18`.`dob`
        FROM `t16` AS `t18`
        WHERE
          `t18`.`dob` IS NOT NULL
      ) AS `t29`
        ON `t28`.`la` = `t29`.`la` AND `t28`.`child` = `t29`.`child`
    ) AS `t34`
  ) AS `t42`
    ON `t25`.`number_head` = `t42`.`head_4` AND `t25`.`dob` = `t42`.`dob_4`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        SUBSTRING(`t28`.`upn`, IF((
          8 + 1
        ) >= 1, 8 + 1, 8 + 1 + LENGTH(`t28`.`upn`)), 5) AS `tail_5`,
        `t29`.`dob` AS `dob_5`
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t10`.`la`,
            `t10`.`child`,
            `t10`.`upn`,
            `t10`.`before`
          FROM `child_numbers` AS `t10`
          LEFT SEMI JOIN `children_sought` AS `t9`
            ON `t10`.`la` = `t9`.`la` AND `t10`.`child` = `t9`.`child`
        ) AS `t15`
        WHERE
          LENGTH(`t15`.`upn`) BETWEEN 12 AND 14
      ) AS `t28`
      INNER JOIN (
        SELECT DISTINCT
          `t18`.`la`,
          `t18`.`child`,
          `t18`.`dob`
        FROM `t16` AS `t18`
        WHERE
          `t18`.`dob` IS NOT NULL
      ) AS `t29`
        ON `t28`.`la` = `t29`.`la` AND `t28`.`child` = `t29`.`child`
    ) AS `t35`
  ) AS `t43`
    ON `t25`.`number_tail` = `t43`.`tail_5` AND `t25`.`dob` = `t43`.`dob_5`
) AS `t46`
WHERE
  (
    `t46`.`dob_1` IS NOT NULL
  )
  OR (
    `t46`.`dob_2` IS NOT NULL
  )
  OR (
    `t46`.`code_3` IS NOT NULL
  )
  OR (
    `t46`.`dob_4` IS NOT NULL
  )
  OR (
    `t46`.`dob_5` IS NOT NULL
  )
