SELECT DISTINCT
  "t0"."subject",
  "t0"."subject_code",
  "t0"."discount_code",
  "t0"."qualification",
  "t0"."grade",
  "t0"."result_points",
  "t0"."size"
FROM "ks4_results_now" AS "t0"
