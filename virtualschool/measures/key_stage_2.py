"""Attainment at the end of key stage 2, and progress from key stage 1."""

from ibis import _

from virtualschool.measures.measure import Measure

NO_TESTS = "There were no key stage 2 tests or assessments in 2020 and 2021."
NO_BASELINE = "There is no key stage 1 to 2 progress for this year: its pupils have no key stage 1 assessment, cancelled in 2020 and 2021."
ATTAINMENT = "DfE, Key stage 2 attainment: methodology"
PROGRESS = "DfE, Primary school accountability: technical guide, key stage 1 to 2 progress"
MISSING = {2020: NO_TESTS, 2021: NO_TESTS}


def expected(name: str, subject: str, meaning: str, column, first_year: int = 2016, uncertain: str = "") -> Measure:
    """The share of pupils who reached a standard at the end of key stage 2."""
    return Measure(
        name=name,
        title=f"Key stage 2 {subject}",
        meaning=meaning,
        eligible=_.at_ks2,
        numerator=column,
        unit="percent",
        better="higher",
        decimals=0,
        first_year=first_year,
        missing_years=MISSING,
        source=ATTAINMENT,
        uncertain=uncertain,
    )


def progress(name: str, subject: str, column) -> Measure:
    """The mean progress score of pupils from key stage 1 in one subject."""
    return Measure(
        name=name,
        title=f"Progress in {subject} from key stage 1 to 2",
        meaning=f"How far {subject} results lie from pupils with the same key stage 1 results nationally, on average over pupils.",
        eligible=_.at_ks2,
        numerator=column,
        unit="score",
        better="higher",
        interval="dfe_progress",
        origin="ks2_progress_source",
        national_sd=f"ks2_progress_sd/{subject}",
        decimals=2,
        counts="points",
        first_year=2016,
        last_year=2027,
        missing_years={**MISSING, 2024: NO_BASELINE, 2025: NO_BASELINE},
        after_last_year="From 2028 progress is measured from the Reception baseline.",
        source=PROGRESS,
        uncertain=(
            "DfE's groups of key stage 1 averages, their means and their floors were not found for any year. Where the file has no score "
            "of DfE's, each average is a group here, and the points of results below WTS in writing are not known, so that such a pupil "
            "has no progress in it."
        ),
    )


ks2_reading = expected(
    "ks2_reading", "reading, expected standard", "Pupils with a scaled score of 100 or more in reading.", _.ks2_read_expected
)
ks2_writing = expected("ks2_writing", "writing, expected standard", "Pupils assessed as EXS or GDS in writing.", _.ks2_writing_expected)
ks2_maths = expected(
    "ks2_maths", "mathematics, expected standard", "Pupils with a scaled score of 100 or more in mathematics.", _.ks2_maths_expected
)
ks2_gps = expected(
    "ks2_gps",
    "grammar, punctuation and spelling, expected standard",
    "Pupils with a scaled score of 100 or more in grammar, punctuation and spelling.",
    _.ks2_gps_expected,
)
ks2_rwm = expected(
    "ks2_rwm",
    "reading, writing and mathematics, expected standard",
    "Pupils who reached the expected standard in all three of reading, writing and mathematics.",
    _.ks2_rwm_expected,
)
ks2_rwm_higher = expected(
    "ks2_rwm_higher",
    "reading, writing and mathematics, higher standard",
    "Pupils with 110 or more in reading and mathematics, and GDS in writing.",
    _.ks2_rwm_higher,
    uncertain="That the higher standard in all three asks for GDS in writing was not found in DfE's own text.",
)
ks2_reading_higher = expected(
    "ks2_reading_higher", "reading, higher standard", "Pupils with a scaled score of 110 or more in reading.", _.ks2_read_higher
)
ks2_writing_higher = expected(
    "ks2_writing_higher",
    "writing, greater depth",
    "Pupils assessed as GDS in writing.",
    _.ks2_writing_higher,
)
ks2_maths_higher = expected(
    "ks2_maths_higher", "mathematics, higher standard", "Pupils with a scaled score of 110 or more in mathematics.", _.ks2_maths_higher
)
ks2_gps_higher = expected(
    "ks2_gps_higher",
    "grammar, punctuation and spelling, higher standard",
    "Pupils with a scaled score of 110 or more in grammar, punctuation and spelling.",
    _.ks2_gps_higher,
)
ks2_reading_progress = progress("ks2_reading_progress", "reading", _.ks2_read_progress)
ks2_writing_progress = progress("ks2_writing_progress", "writing", _.ks2_writing_progress)
ks2_maths_progress = progress("ks2_maths_progress", "maths", _.ks2_maths_progress)
