SELECT
  "t11"."pair",
  MAX("t11"."best") AS "number"
FROM (
  SELECT
    "t7"."pair",
    CASE
      WHEN "t3"."upn" = "t10"."bearer"
      THEN CASE WHEN "t10"."now" THEN 6 ELSE 5 END
      WHEN CASE
        WHEN (
          SUBSTRING(
            "t3"."upn",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
            8
          ) = SUBSTRING(
            "t10"."bearer",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t10"."bearer") END,
            8
          )
        )
        OR (
          RIGHT("t3"."upn", 5) = RIGHT("t10"."bearer", 5)
        )
        THEN LEVENSHTEIN("t3"."upn", "t10"."bearer")
        ELSE 13
      END = 1
      THEN 4
      WHEN CASE
        WHEN (
          SUBSTRING(
            "t3"."upn",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
            8
          ) = SUBSTRING(
            "t10"."bearer",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t10"."bearer") END,
            8
          )
        )
        OR (
          RIGHT("t3"."upn", 5) = RIGHT("t10"."bearer", 5)
        )
        THEN (
          "t3"."upn" <> "t10"."bearer"
        )
        AND (
          (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              0
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                1 + 1
              ) >= 1 THEN 1 + 1 ELSE 1 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                2 + 1
              ) >= 1 THEN 2 + 1 ELSE 2 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                2 + 1
              ) >= 1 THEN 2 + 1 ELSE 2 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                1 + 1
              ) >= 1 THEN 1 + 1 ELSE 1 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                3 + 1
              ) >= 1 THEN 3 + 1 ELSE 3 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              2
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                3 + 1
              ) >= 1 THEN 3 + 1 ELSE 3 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                2 + 1
              ) >= 1 THEN 2 + 1 ELSE 2 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                4 + 1
              ) >= 1 THEN 4 + 1 ELSE 4 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              3
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                4 + 1
              ) >= 1 THEN 4 + 1 ELSE 4 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                3 + 1
              ) >= 1 THEN 3 + 1 ELSE 3 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                5 + 1
              ) >= 1 THEN 5 + 1 ELSE 5 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              4
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                5 + 1
              ) >= 1 THEN 5 + 1 ELSE 5 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                4 + 1
              ) >= 1 THEN 4 + 1 ELSE 4 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                6 + 1
              ) >= 1 THEN 6 + 1 ELSE 6 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              5
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                6 + 1
              ) >= 1 THEN 6 + 1 ELSE 6 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                5 + 1
              ) >= 1 THEN 5 + 1 ELSE 5 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                7 + 1
              ) >= 1 THEN 7 + 1 ELSE 7 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              6
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                7 + 1
              ) >= 1 THEN 7 + 1 ELSE 7 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                6 + 1
              ) >= 1 THEN 6 + 1 ELSE 6 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                8 + 1
              ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              7
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                8 + 1
              ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                7 + 1
              ) >= 1 THEN 7 + 1 ELSE 7 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                9 + 1
              ) >= 1 THEN 9 + 1 ELSE 9 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              8
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                9 + 1
              ) >= 1 THEN 9 + 1 ELSE 9 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                8 + 1
              ) >= 1 THEN 8 + 1 ELSE 8 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                10 + 1
              ) >= 1 THEN 10 + 1 ELSE 10 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              9
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                10 + 1
              ) >= 1 THEN 10 + 1 ELSE 10 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                9 + 1
              ) >= 1 THEN 9 + 1 ELSE 9 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                11 + 1
              ) >= 1 THEN 11 + 1 ELSE 11 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              10
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                11 + 1
              ) >= 1 THEN 11 + 1 ELSE 11 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                10 + 1
              ) >= 1 THEN 10 + 1 ELSE 10 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                12 + 1
              ) >= 1 THEN 12 + 1 ELSE 12 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
          OR (
            SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
              11
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                12 + 1
              ) >= 1 THEN 12 + 1 ELSE 12 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                11 + 1
              ) >= 1 THEN 11 + 1 ELSE 11 + 1 + LENGTH("t3"."upn") END,
              1
            ) || SUBSTRING(
              "t3"."upn",
              CASE WHEN (
                13 + 1
              ) >= 1 THEN 13 + 1 ELSE 13 + 1 + LENGTH("t3"."upn") END,
              13
            ) = "t10"."bearer"
          )
        )
        ELSE FALSE
      END
      THEN 4
      WHEN CASE
        WHEN (
          SUBSTRING(
            "t3"."upn",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t3"."upn") END,
            8
          ) = SUBSTRING(
            "t10"."bearer",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t10"."bearer") END,
            8
          )
        )
        OR (
          RIGHT("t3"."upn", 5) = RIGHT("t10"."bearer", 5)
        )
        THEN LEVENSHTEIN("t3"."upn", "t10"."bearer")
        ELSE 13
      END = 2
      THEN 3
      WHEN SUBSTRING(
        "t3"."upn",
        CASE WHEN (
          1 + 1
        ) >= 1 THEN 1 + 1 ELSE 1 + 1 + LENGTH("t3"."upn") END,
        9
      ) = SUBSTRING(
        "t10"."bearer",
        CASE WHEN (
          1 + 1
        ) >= 1 THEN 1 + 1 ELSE 1 + 1 + LENGTH("t10"."bearer") END,
        9
      )
      THEN 2
      ELSE 1
    END AS "best"
  FROM (
    SELECT
      *
    FROM "pairs_found" AS "t0"
  ) AS "t7"
  INNER JOIN "child_numbers" AS "t3"
    ON "t7"."la" = "t3"."la" AND "t7"."child" = "t3"."child"
  INNER JOIN (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t2"."pupil",
          "t2"."upn" AS "bearer",
          TRUE AS "now"
        FROM "records_near" AS "t2"
      ) AS "t5"
      UNION
      SELECT
        *
      FROM (
        SELECT
          "t2"."pupil",
          "t2"."former_upn" AS "bearer",
          FALSE AS "now"
        FROM "records_near" AS "t2"
      ) AS "t6"
    ) AS "t8"
    WHERE
      "t8"."bearer" IS NOT NULL
  ) AS "t10"
    ON "t7"."pupil" = "t10"."pupil"
) AS "t11"
GROUP BY
  1
