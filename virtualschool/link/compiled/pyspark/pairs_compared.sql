SELECT
  `t20`.`la`,
  `t20`.`child`,
  `t20`.`pupil`,
  `t10`.`born`,
  `t10`.`born_any`,
  `t10`.`nearly_born`,
  `t10`.`nearly_born_any`,
  `t10`.`birth_known`,
  `t10`.`sex_differs`,
  `t11`.`born_alike`,
  `t13`.`there`,
  `t14`.`pupils_there`,
  `t16`.`alike`,
  `t16`.`among`,
  COALESCE(`t12`.`number`, 0) AS `number`,
  COALESCE(`t10`.`birth`, 0) AS `birth`,
  COALESCE(`t10`.`sex`, 0) AS `sex`,
  COALESCE(`t13`.`place`, 0) AS `place`,
  COALESCE(`t14`.`school`, 0) AS `school`,
  COALESCE(`t15`.`moves`, 0) AS `moves`,
  COALESCE(`t16`.`ethnicity`, 0) AS `ethnicity`,
  COALESCE(`t17`.`needs`, 0) AS `needs`,
  COALESCE(`t18`.`arrival`, 0) AS `arrival`,
  0 AS `name`
FROM (
  SELECT
    *
  FROM `pairs_found` AS `t0`
) AS `t20`
LEFT OUTER JOIN `by_birth` AS `t10`
  ON `t20`.`la` = `t10`.`la`
  AND `t20`.`child` = `t10`.`child`
  AND `t20`.`pupil` = `t10`.`pupil`
LEFT OUTER JOIN `by_birth_shared` AS `t11`
  ON `t20`.`la` = `t11`.`la`
  AND `t20`.`child` = `t11`.`child`
  AND `t20`.`pupil` = `t11`.`pupil`
LEFT OUTER JOIN `by_number` AS `t12`
  ON `t20`.`la` = `t12`.`la`
  AND `t20`.`child` = `t12`.`child`
  AND `t20`.`pupil` = `t12`.`pupil`
LEFT OUTER JOIN `by_place` AS `t13`
  ON `t20`.`la` = `t13`.`la`
  AND `t20`.`child` = `t13`.`child`
  AND `t20`.`pupil` = `t13`.`pupil`
LEFT OUTER JOIN `by_school` AS `t14`
  ON `t20`.`la` = `t14`.`la`
  AND `t20`.`child` = `t14`.`child`
  AND `t20`.`pupil` = `t14`.`pupil`
LEFT OUTER JOIN `by_moves` AS `t15`
  ON `t20`.`la` = `t15`.`la`
  AND `t20`.`child` = `t15`.`child`
  AND `t20`.`pupil` = `t15`.`pupil`
LEFT OUTER JOIN `by_ethnicity` AS `t16`
  ON `t20`.`la` = `t16`.`la`
  AND `t20`.`child` = `t16`.`child`
  AND `t20`.`pupil` = `t16`.`pupil`
LEFT OUTER JOIN `by_needs` AS `t17`
  ON `t20`.`la` = `t17`.`la`
  AND `t20`.`child` = `t17`.`child`
  AND `t20`.`pupil` = `t17`.`pupil`
LEFT OUTER JOIN `by_arrival` AS `t18`
  ON `t20`.`la` = `t18`.`la`
  AND `t20`.`child` = `t18`.`child`
  AND `t20`.`pupil` = `t18`.`pupil`
