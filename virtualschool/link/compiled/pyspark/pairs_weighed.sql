SELECT
  `t33`.`la`,
  `t33`.`child`,
  `t33`.`pupil`,
  `t33`.`pair`,
  `t33`.`born`,
  `t33`.`born_any`,
  `t33`.`nearly_born`,
  `t33`.`nearly_born_any`,
  `t33`.`birth_known`,
  `t33`.`sex_differs`,
  `t33`.`born_alike`,
  `t33`.`there`,
  `t33`.`pupils_there`,
  `t33`.`alike`,
  `t33`.`among`,
  `t33`.`number`,
  `t33`.`birth`,
  `t33`.`sex`,
  `t33`.`place`,
  `t33`.`school`,
  `t33`.`moves`,
  `t33`.`ethnicity`,
  `t33`.`needs`,
  `t33`.`arrival`,
  `t33`.`name`,
  COALESCE(`t33`.`linked`, FALSE) AS `linked`,
  COALESCE(`t33`.`certain`, FALSE) AS `certain`,
  COALESCE(`t33`.`group`, -1) AS `group`
FROM (
  SELECT
    `t29`.`la`,
    `t29`.`child`,
    `t29`.`pupil`,
    `t29`.`pair`,
    `t14`.`born`,
    `t14`.`born_any`,
    `t14`.`nearly_born`,
    `t14`.`nearly_born_any`,
    `t14`.`birth_known`,
    `t14`.`sex_differs`,
    `t15`.`born_alike`,
    `t17`.`there`,
    `t18`.`pupils_there`,
    `t20`.`alike`,
    `t20`.`among`,
    COALESCE(`t16`.`number`, 0) AS `number`,
    COALESCE(`t14`.`birth`, 0) AS `birth`,
    COALESCE(`t14`.`sex`, 0) AS `sex`,
    COALESCE(`t17`.`place`, 0) AS `place`,
    COALESCE(`t18`.`school`, 0) AS `school`,
    COALESCE(`t19`.`moves`, 0) AS `moves`,
    COALESCE(`t20`.`ethnicity`, 0) AS `ethnicity`,
    COALESCE(`t21`.`needs`, 0) AS `needs`,
    COALESCE(`t22`.`arrival`, 0) AS `arrival`,
    COALESCE(`t23`.`name`, 0) AS `name`,
    `t31`.`la` AS `f_la`,
    `t31`.`child` AS `f_child`,
    `t31`.`pupil` AS `f_pupil`,
    `t31`.`linked`,
    `t30`.`la` AS `k_la`,
    `t30`.`child` AS `k_child`,
    `t30`.`certain`,
    `t32`.`la` AS `b_la`,
    `t32`.`child` AS `b_child`,
    `t32`.`pupil` AS `b_pupil`,
    `t32`.`barred`,
    `t24`.`la` AS `s_la`,
    `t24`.`child` AS `s_child`,
    `t24`.`group`
  FROM (
    SELECT
      *
    FROM `pairs_found` AS `t0`
  ) AS `t29`
  LEFT OUTER JOIN `by_birth` AS `t14`
    ON `t29`.`pair` = `t14`.`pair`
  LEFT OUTER JOIN `by_birth_shared` AS `t15`
    ON `t29`.`pair` = `t15`.`pair`
  LEFT OUTER JOIN `by_number` AS `t16`
    ON `t29`.`pair` = `t16`.`pair`
  LEFT OUTER JOIN `by_place` AS `t17`
    ON `t29`.`pair` = `t17`.`pair`
  LEFT OUTER JOIN `by_school` AS `t18`
    ON `t29`.`pair` = `t18`.`pair`
  LEFT OUTER JOIN `by_moves` AS `t19`
    ON `t29`.`pair` = `t19`.`pair`
  LEFT OUTER JOIN `by_ethnicity` AS `t20`
    ON `t29`.`pair` = `t20`.`pair`
  LEFT OUTER JOIN `by_needs` AS `t21`
    ON `t29`.`pair` = `t21`.`pair`
  LEFT OUTER JOIN `by_arrival` AS `t22`
    ON `t29`.`pair` = `t22`.`pair`
  LEFT OUTER JOIN `by_name` AS `t23`
    ON `t29`.`pair` = `t23`.`pair`
  LEFT OUTER JOIN (
    SELECT
      `t12`.`la`,
      `t12`.`child`,
      `t12`.`pupil`,
      TRUE AS `linked`
    FROM `pairs_made` AS `t12`
  ) AS `t31`
    ON `t29`.`la` = `t31`.`la`
    AND `t29`.`child` = `t31`.`child`
    AND `t29`.`pupil` = `t31`.`pupil`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      `t12`.`la`,
      `t12`.`child`,
      TRUE AS `certain`
    FROM `pairs_made` AS `t12`
  ) AS `t30`
    ON `t29`.`la` = `t30`.`la` AND `t29`.`child` = `t30`.`child`
  LEFT OUTER JOIN (
    SELECT DISTINCT
      `t13`.`la`,
      `t13`.`child`,
      `t13`.`pupil`,
      TRUE AS `barred`
    FROM `pairs_impossible` AS `t13`
  ) AS `t32`
    ON `t29`.`la` = `t32`.`la`
    AND `t29`.`child` = `t32`.`child`
    AND `t29`.`pupil` = `t32`.`pupil`
  LEFT OUTER JOIN `children_sought` AS `t24`
    ON `t29`.`la` = `t24`.`la` AND `t29`.`child` = `t24`.`child`
) AS `t33`
WHERE
  (
    `t33`.`linked` IS NOT NULL
  ) OR (
    `t33`.`barred` IS NULL
  )
