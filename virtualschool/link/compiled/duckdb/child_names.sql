SELECT
  *
FROM (
  SELECT DISTINCT
    "t0"."la",
    "t0"."child",
    NULLIF(
      REGEXP_REPLACE(
        TRANSLATE(
          UPPER(
            REPLACE(
              REPLACE(
                REPLACE(
                  REPLACE(
                    REPLACE(
                      REPLACE(REPLACE(REPLACE("t0"."forename", 'ß', 'SS'), 'ẞ', 'SS'), 'Æ', 'AE'),
                      'æ',
                      'AE'
                    ),
                    'Œ',
                    'OE'
                  ),
                  'œ',
                  'OE'
                ),
                'Þ',
                'TH'
              ),
              'þ',
              'TH'
            )
          ),
          'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽŁŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƠƯǍǏǑǓǕǗǙǛǞǠǦǨǪǬǴǸǺȀȂȄȆȈȊȌȎȐȒȔȖȘȚȞȦȨȪȬȮȰȲ',
          'AAAAAACEEEEIIIIDNOOOOOOUUUUYAAACCCCDDEEEEEGGGGHHIIIIIJKLLLLNNNOOORRRSSSSTTTUUUUUUWYYZZZOUAIOUUUUUAAGKOOGNAAAEEIIOORRUUSTHAEOOOOY'
        ),
        '[^A-Z]',
        '',
        'g'
      ),
      ''
    ) AS "forename",
    NULLIF(
      REGEXP_REPLACE(
        TRANSLATE(
          UPPER(
            REPLACE(
              REPLACE(
                REPLACE(
                  REPLACE(
                    REPLACE(
                      REPLACE(REPLACE(REPLACE("t0"."surname", 'ß', 'SS'), 'ẞ', 'SS'), 'Æ', 'AE'),
                      'æ',
                      'AE'
                    ),
                    'Œ',
                    'OE'
                  ),
                  'œ',
                  'OE'
                ),
                'Þ',
                'TH'
              ),
              'þ',
              'TH'
            )
          ),
          'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽŁŃŅŇŌŎŐŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƠƯǍǏǑǓǕǗǙǛǞǠǦǨǪǬǴǸǺȀȂȄȆȈȊȌȎȐȒȔȖȘȚȞȦȨȪȬȮȰȲ',
          'AAAAAACEEEEIIIIDNOOOOOOUUUUYAAACCCCDDEEEEEGGGGHHIIIIIJKLLLLNNNOOORRRSSSSTTTUUUUUUWYYZZZOUAIOUUUUUAAGKOOGNAAAEEIIOORRUUSTHAEOOOOY'
        ),
        '[^A-Z]',
        '',
        'g'
      ),
      ''
    ) AS "surname"
  FROM "names" AS "t0"
) AS "t1"
WHERE
  (
    "t1"."forename" IS NOT NULL
  ) OR (
    "t1"."surname" IS NOT NULL
  )
