SELECT
  `t37`.`la`,
  `t37`.`child`,
  `t37`.`pupil`,
  `t37`.`pair`,
  `t37`.`born`,
  `t37`.`born_any`,
  `t37`.`nearly_born`,
  `t37`.`nearly_born_any`,
  `t37`.`birth_known`,
  `t37`.`sex_differs`,
  `t37`.`born_alike`,
  `t37`.`there`,
  `t37`.`pupils_there`,
  `t37`.`alike`,
  `t37`.`among`,
  `t37`.`number`,
  `t37`.`birth`,
  `t37`.`sex`,
  `t37`.`place`,
  `t37`.`school`,
  `t37`.`moves`,
  `t37`.`ethnicity`,
  `t37`.`needs`,
  `t37`.`meals`,
  `t37`.`company`,
  `t37`.`arrival`,
  `t37`.`name`,
  COALESCE(`t37`.`linked`, FALSE) AS `linked`,
  COALESCE(`t37`.`certain`, FALSE) AS `certain`,
  COALESCE(`t37`.`group`, -1) AS `group`
FROM (
  SELECT
    `t33`.`la`,
    `t33`.`child`,
    `t33`.`pupil`,
    `t33`.`pair`,
    `t16`.`born`,
    `t16`.`born_any`,
    `t16`.`nearly_born`,
    `t16`.`nearly_born_any`,
    `t16`.`birth_known`,
    `t16`.`sex_differs`,
    `t17`.`born_alike`,
    `t19`.`there`,
    `t20`.`pupils_there`,
    `t22`.`alike`,
    `t22`.`among`,
    COALESCE(`t18`.`number`, 0) AS `number`,
    COALESCE(`t16`.`birth`, 0) AS `birth`,
    COALESCE(`t16`.`sex`, 0) AS `sex`,
    COALESCE(`t19`.`place`, 0) AS `place`,
    COALESCE(`t20`.`school`, 0) AS `school`,
    COALESCE(`t21`.`moves`, 0) AS `moves`,
    COALESCE(`t22`.`ethnicity`, 0) AS `ethnicity`,
    COALESCE(`t23`.`needs`, 0) AS `needs`,
    COALESCE(`t24`.`meals`, 0) AS `meals`,
    COALESCE(`t25`.`company`, 0) AS `company`,
    COALESCE(`t26`.`arrival`, 0) AS `arrival`,
    COALESCE(`t27`.`name`, 0) AS `name`,
    `t35`.`la` AS `f_la`,
    `t35`.`child` AS `f_child`,
    `t35`.`pupil` AS `f_pupil`,
    `t35`.`linked`,
    `t34`.`la` AS `k_la`,
    `t34`.`child` AS `k_child`,
    `t34`.`certain`,
    `t36`.`la` AS `b_la`,
    `t36`.`child` AS `b_child`,
    `t36`.`pupil` AS `b_pupil`,
    `t36`.`barred`,
    `t28`.`la` AS `s_la`,
    `t28`.`child` AS `s_child`,
    `t28`.`group`
  FROM (
    SELECT
      *
    FROM `pairs_found` AS `t0`
  ) AS `t33`
  LEFT OUTER JOIN `by_birth` AS `t16`
    ON `t33`.`pair` = `t16`.`pair`
  LEFT OUTER JOIN `by_birth_shared` AS `t17`
    ON `t33`.`pair` = `t17`.`pair`
  LEFT OUTER JOIN `by_number` AS `t18`
    ON `t33`.`pair` = `t18`.`pair`
  LEFT OUTER JOIN `by_place` AS `t19`
    ON `t33`.`pair` = `t19`.`pair`
  LEFT OUTER JOIN `by_school` AS `t20`
    ON `t33`.`pair` = `t20`.`pair`
  LEFT OUTER JOIN `by_moves` AS `t21`
    ON `t33`.`pair` = `t21`.`pair`
  LEFT OUTER JOIN `by_ethnicity` AS `t22`
    ON `t33`.`pair` = `t22`.`pair`
  LEFT OUTER JOIN `by_needs` AS `t23`
    ON `t33`.`pair` = `t23`.`pair`
  LEFT OUTER JOIN `by_meals` AS `t24`
    ON `t33`.`pair` = `t24`.`pair`
  LEFT OUTER JOIN `by_company` AS `t25`
    ON `t33`.`pair` = `t25`.`pair`
  LEFT OUTER JOIN `by_arrival` AS `t26`
    ON `t33`.`pair` = `t26`.`pair`
  LEFT OUTER JOIN `by_name` AS `t27`
    ON `t33`.`pair` = `t27`.`pair`
  LEFT OUTER JOIN (
    SELECT
      `t14`.`la`,
      `t14`.`child`,
      `t14`.`pupil`,
      TRUE AS `linked`
    FROM `pairs_made` AS `t14`
  ) AS `t35`
    ON `t33`.`la` = `t35`.`la`
    AND `t33`.`child` = `t35`.`child`
    AND `t33`.`pupil` = `t35`.`pupil`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      `t14`.`la`,
      `t14`.`child`,
      TRUE AS `certain`
    FROM `pairs_made` AS `t14`
  ) AS `t34`
    ON `t33`.`la` = `t34`.`la` AND `t33`.`child` = `t34`.`child`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      `t15`.`la`,
      `t15`.`child`,
      `t15`.`pupil`,
      TRUE AS `barred`
    FROM `pairs_impossible` AS `t15`
  ) AS `t36`
    ON `t33`.`la` = `t36`.`la`
    AND `t33`.`child` = `t36`.`child`
    AND `t33`.`pupil` = `t36`.`pupil`
  LEFT OUTER JOIN `children_sought` AS `t28`
    ON `t33`.`la` = `t28`.`la` AND `t33`.`child` = `t28`.`child`
) AS `t37`
WHERE
  (
    `t37`.`linked` IS NOT NULL
  ) OR (
    `t37`.`barred` IS NULL
  )
