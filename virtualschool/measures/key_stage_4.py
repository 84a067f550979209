"""Attainment at the end of key stage 4."""

from decimal import Decimal

import ibis
from ibis import _

from virtualschool.measures.measure import Measure

NO_EXAMS = "There were no exams in 2020 and 2021, so DfE published no Progress 8 for this year."
NO_BASELINE = "There is no Progress 8 for this year: its pupils took no key stage 2 tests, which were cancelled in 2020 and 2021."
MISSING = {2020: NO_EXAMS, 2021: NO_EXAMS, 2025: NO_BASELINE, 2026: NO_BASELINE}
ACCOUNTABILITY = "DfE, Secondary accountability measures: guide for maintained secondary schools, academies and free schools"

VOCATIONAL = (
    "Points of qualifications other than GCSEs are those that DfE printed for 2019 unless the file gives them. Of several results in one "
    "subject or discount code the first that was sat counts; a file without dates and without DfE's own mark of what is discounted gives "
    "the best of them. A result worth less than one GCSE fills a slot whole. What DfE does in these cases after 2019 was not found. "
    "In 2016 DfE added the two results of a linked pair in mathematics; no file tells the pair, so the result that counts is doubled."
)
NO_FLOORS = (
    "Where the file has no score of DfE's and DfE's table of estimates serves, scores stand before the floor on extreme ones: the floors "
    "of the groups were not found for any year."
)
NO_ELEMENT_FLOORS = (
    "No floor on extreme scores is applied to an element: none was found. Where the file has no score of DfE's it is worked out from DfE's "
    "estimates of the element, which are printed to two decimals."
)


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
    uncertain=VOCATIONAL,
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
    missing_years=MISSING,
    source=ACCOUNTABILITY,
    uncertain=NO_FLOORS,
)


def attainment_element(name: str, words: str, column) -> Measure:
    """One element of Attainment 8, on average over pupils; the four add up to it."""
    return Measure(
        name=name,
        title=f"Attainment 8, {words} element",
        meaning=f"Points of the {words} element of Attainment 8, weighted as they are in it, on average over pupils.",
        eligible=_.at_ks4,
        numerator=column,
        origin="ks4_source",
        unit="points",
        better="higher",
        interval="t",
        counts="points",
        first_year=2016,
        source=ACCOUNTABILITY,
        uncertain=VOCATIONAL if words == "open" else "",
    )


def progress_element(name: str, words: str, column) -> Measure:
    """One element of Progress 8, on average over pupils, in grades a slot."""
    return Measure(
        name=name,
        title=f"Progress 8, {words} element",
        meaning=f"How far the {words} element of Attainment 8 lies from that of pupils with the same key stage 2 results nationally, in "
        "grades a slot, on average.",
        eligible=_.at_ks4,
        numerator=column,
        origin="progress_8_source",
        unit="score",
        better="higher",
        interval="dfe_progress",
        national_sd=f"p8_national_sd/p8_{name.removeprefix('progress_8_')}_element",
        decimals=2,
        counts="points",
        first_year=2016,
        missing_years=MISSING,
        source=ACCOUNTABILITY,
        uncertain=NO_ELEMENT_FLOORS,
    )


attainment_8_english = attainment_element("attainment_8_english", "English", _.attainment_8_english)
attainment_8_maths = attainment_element("attainment_8_maths", "mathematics", _.attainment_8_maths)
attainment_8_ebacc = attainment_element("attainment_8_ebacc", "EBacc", _.attainment_8_ebacc)
attainment_8_open = attainment_element("attainment_8_open", "open", _.attainment_8_open)
progress_8_english = progress_element("progress_8_english", "English", _.progress_8_english)
progress_8_maths = progress_element("progress_8_maths", "mathematics", _.progress_8_maths)
progress_8_ebacc = progress_element("progress_8_ebacc", "EBacc", _.progress_8_ebacc)
progress_8_open = progress_element("progress_8_open", "open", _.progress_8_open)
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
ebacc_94 = Measure(
    name="ebacc_94",
    title="Achieved the English Baccalaureate at grade 4",
    meaning=(
        "Pupils with grade 4 (or C) or better in every pillar: English, of which both papers were taken, mathematics, two sciences, "
        "history or geography, and a language."
    ),
    eligible=_.at_ks4,
    numerator=_.ebacc_94,
    origin="ks4_source",
    unit="percent",
    better="higher",
    first_year=2017,
    source="DfE, National Pupil Database: data item lists, KS4_EBACC_94; DfE, English Baccalaureate: eligible qualifications",
)
ebacc_95 = Measure(
    name="ebacc_95",
    title="Achieved the English Baccalaureate, grade 5 in English and maths",
    meaning=(
        "Pupils with grade 5 or better in English and mathematics, and grade 4 (or C) or better in two sciences, history or geography, and "
        "a language."
    ),
    eligible=_.at_ks4,
    numerator=_.ebacc_95,
    origin="ks4_source",
    unit="percent",
    better="higher",
    first_year=2017,
    source="DfE, National Pupil Database: data item lists, KS4_EBACC_95; DfE, English Baccalaureate: eligible qualifications",
    uncertain=(
        "The words are those of the item list to 2017/18. Whether DfE asks for grade 5 in the other pillars as well, now that their "
        "qualifications are graded 9 to 1, was not found; where the file has DfE's flag, the flag is what counts."
    ),
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
