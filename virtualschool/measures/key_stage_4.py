"""Attainment at the end of key stage 4."""

from decimal import Decimal

import ibis
from ibis import _

from virtualschool.measures.measure import Measure

NO_EXAMS = "There were no exams in 2020 and 2021, so DfE published no Progress 8 for this year."
NO_BASELINE = "There is no Progress 8 for this year: its pupils took no key stage 2 tests, which were cancelled in 2020 and 2021."
ACCOUNTABILITY = "DfE, Secondary accountability measures: guide for maintained secondary schools, academies and free schools"

attainment_8 = Measure(
    name="attainment_8",
    title="Average Attainment 8 score",
    meaning="Points of the best results in eight slots, English and mathematics counted twice, on average over pupils.",
    eligible=_.at_ks4,
    numerator=_.attainment_8,
    origin="ks4_source",
    unit="points",
    better="higher",
    interval="t",
    decimals=1,
    counts="points",
    first_year=2016,
    source=ACCOUNTABILITY,
)
progress_8 = Measure(
    name="progress_8",
    title="Average Progress 8 score",
    meaning="How far Attainment 8 lies from pupils with the same key stage 2 results nationally, in grades a slot, on average.",
    eligible=_.at_ks4,
    numerator=_.progress_8,
    unadjusted=(_.attainment_8 - _.attainment_8_estimate).cast("decimal(18, 6)") * ibis.literal(Decimal("0.1"), type="decimal(2, 1)"),
    origin="progress_8_source",
    unit="score",
    better="higher",
    interval="dfe_progress",
    national_sd="p8_national_sd/progress8",
    decimals=2,
    counts="points",
    first_year=2016,
    missing_years={2020: NO_EXAMS, 2021: NO_EXAMS, 2025: NO_BASELINE, 2026: NO_BASELINE},
    source=ACCOUNTABILITY,
)
english_maths_94 = Measure(
    name="english_maths_94",
    title="Grade 4 or better in English and maths",
    meaning="Pupils with grade 4 or better in mathematics and in English language or literature.",
    eligible=_.at_ks4,
    numerator=_.english_maths_94,
    origin="ks4_source",
    unit="percent",
    better="higher",
    first_year=2017,
    source=ACCOUNTABILITY,
)
english_maths_95 = Measure(
    name="english_maths_95",
    title="Grade 5 or better in English and maths",
    meaning="Pupils with grade 5 or better in mathematics and in English language or literature.",
    eligible=_.at_ks4,
    numerator=_.english_maths_95,
    origin="ks4_source",
    unit="percent",
    better="higher",
    first_year=2017,
    source=ACCOUNTABILITY,
)
ebacc_entered = Measure(
    name="ebacc_entered",
    title="Entered the English Baccalaureate",
    meaning="Pupils entered for English, mathematics, science, a language, and history or geography.",
    eligible=_.at_ks4,
    numerator=_.ebacc_entered,
    origin="ks4_source",
    unit="percent",
    better="neither",
    first_year=2016,
    source="DfE, English Baccalaureate: eligible qualifications",
)
ebacc_aps = Measure(
    name="ebacc_aps",
    title="English Baccalaureate average point score",
    meaning="Mean points over the six pillars of the English Baccalaureate, a missing pillar as nought, on average over pupils.",
    eligible=_.at_ks4,
    numerator=_.ebacc_aps,
    origin="ks4_source",
    unit="points",
    better="higher",
    interval="t",
    decimals=2,
    counts="points",
    first_year=2018,
    source="DfE, English Baccalaureate: eligible qualifications",
)
