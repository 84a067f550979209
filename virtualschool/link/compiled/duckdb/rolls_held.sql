SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t5"."year",
      "t5"."homes",
      "t5"."schools",
      'ks2' AS "source"
    FROM (
      SELECT
        "t0"."year",
        0 AS "homes",
        COUNT("t0"."laestab") AS "schools"
      FROM "ks2" AS "t0"
      GROUP BY
        1
    ) AS "t5"
  ) AS "t10"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t6"."year",
      "t6"."homes",
      "t6"."schools",
      'ks4' AS "source"
    FROM (
      SELECT
        "t1"."year",
        0 AS "homes",
        COUNT("t1"."laestab") AS "schools"
      FROM "ks4" AS "t1"
      GROUP BY
        1
    ) AS "t6"
  ) AS "t11"
) AS "t15"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t7"."year",
      "t7"."homes",
      "t7"."schools",
      'absence' AS "source"
    FROM (
      SELECT
        "t2"."year",
        0 AS "homes",
        COUNT("t2"."laestab") AS "schools"
      FROM "absence" AS "t2"
      GROUP BY
        1
    ) AS "t7"
  ) AS "t12"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t8"."year",
        "t8"."homes",
        "t8"."schools",
        'census' AS "source"
      FROM (
        SELECT
          "t3"."year",
          COUNT("t3"."postcode") AS "homes",
          COUNT("t3"."laestab") AS "schools"
        FROM "census" AS "t3"
        GROUP BY
          1
      ) AS "t8"
    ) AS "t13"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t9"."year",
        "t9"."homes",
        "t9"."schools",
        'ks1' AS "source"
      FROM (
        SELECT
          "t4"."year",
          0 AS "homes",
          COUNT("t4"."laestab") AS "schools"
        FROM "ks1" AS "t4"
        GROUP BY
          1
      ) AS "t9"
    ) AS "t14"
  ) AS "t16"
) AS "t17"
