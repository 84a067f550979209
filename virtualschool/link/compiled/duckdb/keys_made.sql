WITH "t14" AS (
  SELECT
    "t13"."upn",
    MIN("t13"."pmr") AS "first",
    MAX("t13"."pmr") AS "last"
  FROM (
    SELECT
      "t8"."source",
      "t8"."year",
      "t8"."term",
      "t8"."pmr",
      "t8"."upn",
      "t8"."former_upn",
      "t8"."dob",
      "t8"."sex",
      "t8"."laestab",
      "t8"."home",
      "t8"."ethnicity",
      "t8"."sen",
      "t8"."entry_date"
    FROM (
      SELECT
        *
      FROM "sightings" AS "t1"
      WHERE
        "t1"."upn" IS NOT NULL AND "t1"."pmr" IS NOT NULL
    ) AS "t8"
    SEMI JOIN (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t1"."upn"
          FROM "sightings" AS "t1"
          WHERE
            "t1"."pmr" IS NULL
        ) AS "t5"
        UNION
        SELECT
          *
        FROM (
          SELECT
            CASE
              WHEN LENGTH(REPLACE(UPPER("t2"."upn"), ' ', '')) > 3
              THEN REPLACE(UPPER("t2"."upn"), ' ', '')
              ELSE CAST(NULL AS TEXT)
            END AS "upn"
          FROM "header" AS "t2"
        ) AS "t9"
      ) AS "t10"
      WHERE
        "t10"."upn" IS NOT NULL
    ) AS "t12"
      ON "t8"."upn" = "t12"."upn"
  ) AS "t13"
  GROUP BY
    1
)
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t25"."identifier",
      'upn' AS "kind",
      "t25"."pupil",
      "t25"."note"
    FROM (
      SELECT
        "t24"."identifier",
        "t24"."pupil",
        "t24"."note"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t15"."upn" AS "identifier",
            "t15"."first" AS "pupil",
            CAST(NULL AS TEXT) AS "note"
          FROM "t14" AS "t15"
          WHERE
            "t15"."first" = "t15"."last"
        ) AS "t16"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t21"."upn" AS "identifier",
            "t21"."pmr" AS "pupil",
            'several PMRs bear it: the one on most records' AS "note"
          FROM (
            SELECT
              "t20"."upn",
              "t20"."pmr",
              "t20"."records",
              "t20"."last_year",
              ROW_NUMBER() OVER (
                PARTITION BY "t20"."upn"
                ORDER BY "t20"."records" DESC, "t20"."last_year" DESC, "t20"."pmr" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                "t19"."upn",
                "t19"."pmr",
                COUNT(*) AS "records",
                MAX("t19"."year") AS "last_year"
              FROM (
                SELECT
                  "t8"."source",
                  "t8"."year",
                  "t8"."term",
                  "t8"."pmr",
                  "t8"."upn",
                  "t8"."former_upn",
                  "t8"."dob",
                  "t8"."sex",
                  "t8"."laestab",
                  "t8"."home",
                  "t8"."ethnicity",
                  "t8"."sen",
                  "t8"."entry_date"
                FROM (
                  SELECT
                    *
                  FROM "sightings" AS "t1"
                  WHERE
                    "t1"."upn" IS NOT NULL AND "t1"."pmr" IS NOT NULL
                ) AS "t8"
                SEMI JOIN (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t1"."upn"
                      FROM "sightings" AS "t1"
                      WHERE
                        "t1"."pmr" IS NULL
                    ) AS "t5"
                    UNION
                    SELECT
                      *
                    FROM (
                      SELECT
                        CASE
                          WHEN LENGTH(REPLACE(UPPER("t2"."upn"), ' ', '')) > 3
                          THEN REPLACE(UPPER("t2"."upn"), ' ', '')
                          ELSE CAST(NULL AS TEXT)
                        END AS "upn"
                      FROM "header" AS "t2"
                    ) AS "t9"
                  ) AS "t10"
                  WHERE
                    "t10"."upn" IS NOT NULL
                ) AS "t12"
                  ON "t8"."upn" = "t12"."upn"
                SEMI JOIN (
                  SELECT
                    *
                  FROM "t14" AS "t15"
                  WHERE
                    "t15"."first" <> "t15"."last"
                ) AS "t18"
                  ON "t8"."upn" = "t18"."upn"
              ) AS "t19"
              GROUP BY
                1,
                2
            ) AS "t20"
          ) AS "t21"
          WHERE
            "t21"."place" = 0
        ) AS "t22"
      ) AS "t24"
      ANTI JOIN (
        SELECT
          *
        FROM "number_chains" AS "t0"
        WHERE
          "t0"."kind" = 'upn'
      ) AS "t7"
        ON "t24"."identifier" = "t7"."identifier"
    ) AS "t25"
  ) AS "t26"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t0"."identifier",
      "t0"."kind",
      "t0"."pupil",
      CAST(NULL AS TEXT) AS "note"
    FROM "number_chains" AS "t0"
  ) AS "t3"
) AS "t27"
WHERE
  "t27"."identifier" <> "t27"."pupil"
