import hashlib
import pathlib

import pytest
from ibis import _

from virtualschool import measures, tables
from virtualschool.errors import WrongUse
from virtualschool.measures import Measure

COMPILED = pathlib.Path(__file__).parent / "compiled"

GOOD = {
    "name": "absence_rate",
    "title": "Overall absence",
    "meaning": "Sessions missed.",
    "eligible": _.sessions_possible > 0,
    "numerator": _.sessions_missed,
    "denominator": _.sessions_possible,
    "unit": "percent",
    "better": "lower",
    "first_year": 2016,
    "source": "DfE",
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"better": "less"}, "Measure 'absence_rate': `better` must be one of higher, lower, neither, got 'less'."),
        ({"unit": "%"}, "Measure 'absence_rate': `unit` must be one of percent, points, score, number, got '%'."),
        ({"interval": "normal"}, "Measure 'absence_rate': `interval` must be one of wilson, t, dfe_progress, ratio, none, got 'normal'."),
        ({"counts": "days"}, "Measure 'absence_rate': `counts` must be one of pupils, events, points, sessions, got 'days'."),
        ({"cohort": "all"}, "Measure 'absence_rate': `cohort` must be one of 12months, march, year, leavers, got 'all'."),
        ({"name": "Absence rate"}, "Measure 'Absence rate': `name` must be small letters, digits and single underscores."),
        ({"name": "absence__n"}, "Measure 'absence__n': `name` must be small letters, digits and single underscores."),
        ({"source": " "}, "Measure 'absence_rate': `source` must say something, got nothing."),
        ({"decimals": 7}, "Measure 'absence_rate': `decimals` must be from 0 to 4, got 7."),
        ({"last_year": 2015}, "Measure 'absence_rate': `last_year` must not be before 2016, got 2015."),
        (
            {"missing_years": {2016: "No."}},
            "Measure 'absence_rate': `missing_years` must lie between the first and the last year, got 2016.",
        ),
        ({"interval": "dfe_progress"}, "Measure 'absence_rate': `national_sd` must name a series when the interval is dfe_progress."),
    ],
)
def test_a_wrong_definition_is_refused_in_words(change, message):
    with pytest.raises(ValueError) as refused:
        Measure(**(GOOD | change))
    assert str(refused.value) == message


def test_every_measure_the_contract_names_is_there():
    words = """attainment_8 progress_8 english_maths_94 english_maths_95 ebacc_aps ebacc_entered ks2_reading ks2_writing ks2_maths ks2_rwm
    ks2_reading_progress ks2_writing_progress ks2_maths_progress absence_rate persistent_absence severe_absence suspended_once_or_more
    suspension_rate permanent_exclusion_rate sen_support ehcp sdq_score sdq_coverage placements_3_plus placement_stability
    leavers_eet leavers_suitable"""
    assert not set(words.split()) - set(measures.ALL)


@pytest.mark.parametrize("measure", measures.ALL.values(), ids=lambda measure: measure.name)
def test_every_definition_binds_to_children_and_to_pupils_if_it_says_so(measure):
    for table in (tables.children, tables.pupils) if measure.of_pupils else (tables.children,):
        numerator, denominator = measure.columns(table.ibis())
        assert str(numerator.type()) == str(denominator.type()) == "decimal(18, 6)"


@pytest.mark.parametrize("name", sorted(file.stem for file in COMPILED.glob("*.sql")))
def test_a_definition_compiles_to_what_it_did(name):
    """Where this fails the definition has changed: look at it, then write it anew with `python tests/measures/compile.py`."""
    assert measures.named(name).sql == (COMPILED / f"{name}.sql").read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize(
    ("name", "has", "has_not"),
    [
        ("attainment_8", (2016, 2020, 2021, 2026), (2015,)),
        ("progress_8", (2016, 2019, 2022, 2024, 2027), (2015, 2020, 2021, 2025, 2026)),
        ("english_maths_94", (2017, 2020), (2016,)),
        ("ebacc_aps", (2018, 2026), (2017,)),
        ("ks2_rwm", (2016, 2019, 2022, 2026), (2020, 2021)),
        ("ks2_maths_progress", (2016, 2019, 2022, 2023, 2026, 2027), (2020, 2021, 2024, 2025, 2028)),
        ("absence_rate", (2019, 2021, 2026), (2020,)),
        ("persistent_absence", (2021,), (2020,)),
        ("sdq_score", (2020, 2021), ()),
    ],
)
def test_a_measure_knows_its_years(name, has, has_not):
    measure = measures.named(name)
    assert [year for year in has if not measure.exists_for(year)] == []
    assert [year for year in has_not if not measure.why_not(year)] == []


def test_the_reason_for_a_missing_year_is_a_sentence():
    assert measures.named("progress_8").why_not(2025) == (
        "There is no Progress 8 for this year: its pupils took no key stage 2 tests, which were cancelled in 2020 and 2021."
    )
    assert measures.named("ks2_maths_progress").why_not(2028) == (
        "Progress in maths from key stage 1 to 2 ends with 2027. From 2028 progress is measured from the Reception baseline."
    )
    assert measures.named("ebacc_aps").why_not(2017) == "English Baccalaureate average point score begins with 2018."
    assert measures.named("progress_8").years_in_words == "from 2016, without 2020 to 2021, 2025 to 2026"


def test_an_unknown_measure_offers_the_nearest():
    with pytest.raises(WrongUse) as refused:
        measures.named("atainment_8")
    near = "attainment_8 or attainment_8_open or attainment_8_maths"
    assert str(refused.value) == f"Measure 'atainment_8': there is none of that name. Did you mean {near}?"


def test_another_word_or_expression_is_another_version():
    versions = [Measure(**GOOD).version, Measure(**(GOOD | {"title": "Absence"})).version, Measure(**(GOOD | {"numerator": 1})).version]
    assert len(set(versions)) == 3
    assert Measure(**GOOD).version == versions[0]


def test_descriptions_are_ready_for_json_and_columns_come_with_their_values():
    described = {row["name"]: row for row in measures.describe()}
    assert list(described) == list(measures.ALL)
    assert described["progress_8"]["missing_years"]["2020"].startswith("There were no exams")
    assert [row["name"] for row in measures.describe("ks2_rwm")] == ["ks2_rwm"]
    columns = {row["name"]: row for row in measures.columns()}
    assert columns["sen"]["values"] == ["none", "support", "EHCP"]
    assert columns["fsm"]["values"] == ["yes", "no"]
    assert columns["placement_type"]["all_pupils"] is False
    assert "child" not in columns and "dob" not in columns


def test_the_hash_of_a_version_is_of_a_fixed_length():
    assert all(len(measure.version) == 12 == len(hashlib.sha256(b"").hexdigest()[:12]) for measure in measures.ALL.values())
