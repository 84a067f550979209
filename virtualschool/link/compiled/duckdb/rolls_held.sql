SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t10"."year",
      "t10"."pupils",
      'ks2' AS "source"
    FROM (
      SELECT
        "t5"."year",
        COUNT(*) AS "pupils"
      FROM (
        SELECT
          *
        FROM "ks2" AS "t0"
        WHERE
          "t0"."dob" IS NOT NULL
      ) AS "t5"
      GROUP BY
        1
    ) AS "t10"
  ) AS "t15"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t11"."year",
      "t11"."pupils",
      'ks4' AS "source"
    FROM (
      SELECT
        "t6"."year",
        COUNT(*) AS "pupils"
      FROM (
        SELECT
          *
        FROM "ks4" AS "t1"
        WHERE
          "t1"."dob" IS NOT NULL
      ) AS "t6"
      GROUP BY
        1
    ) AS "t11"
  ) AS "t16"
) AS "t20"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t12"."year",
      "t12"."pupils",
      'absence' AS "source"
    FROM (
      SELECT
        "t7"."year",
        COUNT(*) AS "pupils"
      FROM (
        SELECT
          *
        FROM "absence" AS "t2"
        WHERE
          "t2"."dob" IS NOT NULL
      ) AS "t7"
      GROUP BY
        1
    ) AS "t12"
  ) AS "t17"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t13"."year",
        "t13"."pupils",
        'census' AS "source"
      FROM (
        SELECT
          "t8"."year",
          COUNT(*) AS "pupils"
        FROM (
          SELECT
            *
          FROM "census" AS "t3"
          WHERE
            "t3"."dob" IS NOT NULL
        ) AS "t8"
        GROUP BY
          1
      ) AS "t13"
    ) AS "t18"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t14"."year",
        "t14"."pupils",
        'ks1' AS "source"
      FROM (
        SELECT
          "t9"."year",
          COUNT(*) AS "pupils"
        FROM (
          SELECT
            *
          FROM "ks1" AS "t4"
          WHERE
            "t4"."dob" IS NOT NULL
        ) AS "t9"
        GROUP BY
          1
      ) AS "t14"
    ) AS "t19"
  ) AS "t21"
) AS "t22"
