SELECT
  "t43"."dob",
  "t43"."sex",
  MAX("t43"."pupils") AS "pupils"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t18"."dob",
          "t18"."sex",
          "t18"."pupils"
        FROM (
          SELECT
            "t9"."year",
            "t9"."dob",
            "t9"."sex",
            COUNT(*) AS "pupils"
          FROM (
            SELECT
              *
            FROM "phonics" AS "t0"
            WHERE
              "t0"."dob" IS NOT NULL
          ) AS "t9"
          GROUP BY
            1,
            2,
            3
        ) AS "t18"
      ) AS "t27"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t19"."dob",
          "t19"."sex",
          "t19"."pupils"
        FROM (
          SELECT
            "t10"."year",
            "t10"."dob",
            "t10"."sex",
            COUNT(*) AS "pupils"
          FROM (
            SELECT
              *
            FROM "ks1" AS "t1"
            WHERE
              "t1"."dob" IS NOT NULL
          ) AS "t10"
          GROUP BY
            1,
            2,
            3
        ) AS "t19"
      ) AS "t28"
    ) AS "t36"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t20"."dob",
          "t20"."sex",
          "t20"."pupils"
        FROM (
          SELECT
            "t11"."year",
            "t11"."dob",
            "t11"."sex",
            COUNT(*) AS "pupils"
          FROM (
            SELECT
              *
            FROM "multiplication" AS "t2"
            WHERE
              "t2"."dob" IS NOT NULL
          ) AS "t11"
          GROUP BY
            1,
            2,
            3
        ) AS "t20"
      ) AS "t29"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t21"."dob",
          "t21"."sex",
          "t21"."pupils"
        FROM (
          SELECT
            "t12"."year",
            "t12"."dob",
            "t12"."sex",
            COUNT(*) AS "pupils"
          FROM (
            SELECT
              *
            FROM "ks2" AS "t3"
            WHERE
              "t3"."dob" IS NOT NULL
          ) AS "t12"
          GROUP BY
            1,
            2,
            3
        ) AS "t21"
      ) AS "t30"
    ) AS "t37"
  ) AS "t40"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t22"."dob",
          "t22"."sex",
          "t22"."pupils"
        FROM (
          SELECT
            "t13"."year",
            "t13"."dob",
            "t13"."sex",
            COUNT(*) AS "pupils"
          FROM (
            SELECT
              *
            FROM "ks4" AS "t4"
            WHERE
              "t4"."dob" IS NOT NULL
          ) AS "t13"
          GROUP BY
            1,
            2,
            3
        ) AS "t22"
      ) AS "t31"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t23"."dob",
          "t23"."sex",
          "t23"."pupils"
        FROM (
          SELECT
            "t14"."year",
            "t14"."dob",
            "t14"."sex",
            COUNT(*) AS "pupils"
          FROM (
            SELECT
              *
            FROM "post_16" AS "t5"
            WHERE
              "t5"."dob" IS NOT NULL
          ) AS "t14"
          GROUP BY
            1,
            2,
            3
        ) AS "t23"
      ) AS "t32"
    ) AS "t38"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t24"."dob",
          "t24"."sex",
          "t24"."pupils"
        FROM (
          SELECT
            "t15"."year",
            "t15"."dob",
            "t15"."sex",
            COUNT(*) AS "pupils"
          FROM (
            SELECT
              *
            FROM "absence" AS "t6"
            WHERE
              "t6"."dob" IS NOT NULL
          ) AS "t15"
          GROUP BY
            1,
            2,
            3
        ) AS "t24"
      ) AS "t33"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t25"."dob",
            "t25"."sex",
            "t25"."pupils"
          FROM (
            SELECT
              "t16"."year",
              "t16"."dob",
              "t16"."sex",
              COUNT(*) AS "pupils"
            FROM (
              SELECT
                *
              FROM "census" AS "t7"
              WHERE
                "t7"."dob" IS NOT NULL
            ) AS "t16"
            GROUP BY
              1,
              2,
              3
          ) AS "t25"
        ) AS "t34"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t26"."dob",
            "t26"."sex",
            "t26"."pupils"
          FROM (
            SELECT
              "t17"."year",
              "t17"."dob",
              "t17"."sex",
              COUNT(*) AS "pupils"
            FROM (
              SELECT
                *
              FROM "early_years" AS "t8"
              WHERE
                "t8"."dob" IS NOT NULL
            ) AS "t17"
            GROUP BY
              1,
              2,
              3
          ) AS "t26"
        ) AS "t35"
      ) AS "t39"
    ) AS "t41"
  ) AS "t42"
) AS "t43"
GROUP BY
  1,
  2
