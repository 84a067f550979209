SELECT
  `t22`.`la`,
  `t22`.`child`,
  `t22`.`pupil`,
  `t11`.`born`,
  `t11`.`born_any`,
  `t11`.`nearly_born`,
  `t11`.`nearly_born_any`,
  `t11`.`birth_known`,
  `t11`.`sex_differs`,
  `t12`.`born_alike`,
  `t14`.`there`,
  `t15`.`pupils_there`,
  `t17`.`alike`,
  `t17`.`among`,
  COALESCE(`t13`.`number`, 0) AS `number`,
  COALESCE(`t11`.`birth`, 0) AS `birth`,
  COALESCE(`t11`.`sex`, 0) AS `sex`,
  COALESCE(`t14`.`place`, 0) AS `place`,
  COALESCE(`t15`.`school`, 0) AS `school`,
  COALESCE(`t16`.`moves`, 0) AS `moves`,
  COALESCE(`t17`.`ethnicity`, 0) AS `ethnicity`,
  COALESCE(`t18`.`needs`, 0) AS `needs`,
  COALESCE(`t19`.`arrival`, 0) AS `arrival`,
  COALESCE(`t20`.`name`, 0) AS `name`
FROM (
  SELECT
    *
  FROM `pairs_found` AS `t0`
) AS `t22`
LEFT OUTER JOIN `by_birth` AS `t11`
  ON `t22`.`la` = `t11`.`la`
  AND `t22`.`child` = `t11`.`child`
  AND `t22`.`pupil` = `t11`.`pupil`
LEFT OUTER JOIN `by_birth_shared` AS `t12`
  ON `t22`.`la` = `t12`.`la`
  AND `t22`.`child` = `t12`.`child`
  AND `t22`.`pupil` = `t12`.`pupil`
LEFT OUTER JOIN `by_number` AS `t13`
  ON `t22`.`la` = `t13`.`la`
  AND `t22`.`child` = `t13`.`child`
  AND `t22`.`pupil` = `t13`.`pupil`
LEFT OUTER JOIN `by_place` AS `t14`
  ON `t22`.`la` = `t14`.`la`
  AND `t22`.`child` = `t14`.`child`
  AND `t22`.`pupil` = `t14`.`pupil`
LEFT OUTER JOIN `by_school` AS `t15`
  ON `t22`.`la` = `t15`.`la`
  AND `t22`.`child` = `t15`.`child`
  AND `t22`.`pupil` = `t15`.`pupil`
LEFT OUTER JOIN `by_moves` AS `t16`
  ON `t22`.`la` = `t16`.`la`
  AND `t22`.`child` = `t16`.`child`
  AND `t22`.`pupil` = `t16`.`pupil`
LEFT OUTER JOIN `by_ethnicity` AS `t17`
  ON `t22`.`la` = `t17`.`la`
  AND `t22`.`child` = `t17`.`child`
  AND `t22`.`pupil` = `t17`.`pupil`
LEFT OUTER JOIN `by_needs` AS `t18`
  ON `t22`.`la` = `t18`.`la`
  AND `t22`.`child` = `t18`.`child`
  AND `t22`.`pupil` = `t18`.`pupil`
LEFT OUTER JOIN `by_arrival` AS `t19`
  ON `t22`.`la` = `t19`.`la`
  AND `t22`.`child` = `t19`.`child`
  AND `t22`.`pupil` = `t19`.`pupil`
LEFT OUTER JOIN `by_name` AS `t20`
  ON `t22`.`la` = `t20`.`la`
  AND `t22`.`child` = `t20`.`child`
  AND `t22`.`pupil` = `t20`.`pupil`
