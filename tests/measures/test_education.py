"""What the measures of schooling make of a child: edges by hand, and a thousand children by plain Python."""

import random
from datetime import date
from decimal import Decimal

import pytest
from drawn_cohorts import built, standing

from virtualschool import codes, measures, tables

MONTHS = ["september", "october", "november", "december", "january", "february", "march", "april", "may", "june", "july", "august"]
NEEDS = [row["label"] for row in codes.load("primary_needs")]
NEED_OF = {row["code"].lower(): row["label"] for row in codes.load("primary_needs")}
KS1_CODES = ("GDS", "EXS", "WTS", "PKF", "BLW", "PK1", "PK4", "EM", "A", "D", "L", "Q", "M", None)


def counted(store, measure: str) -> dict[str, tuple]:
    """(numerator, denominator) by child, of those who count."""
    query = f'SELECT child, "{measure}__n" AS n, "{measure}__d" AS d FROM facts WHERE "{measure}__d" IS NOT NULL ORDER BY child'
    return {row["child"]: (float(row["n"]), float(row["d"])) for row in store.engine.rows(query)}


def test_a_key_stage_1_assessment_counts_by_its_code(store):
    rows = [{"la": "301", "child": code or "none", "year": 2023, "at_ks1": True, "ks1_reading": code} for code in (*KS1_CODES[:13], None)]
    built(store, [*rows, {"la": "301", "child": "elsewhere", "year": 2023, "ks1_reading": "GDS"}])
    assert set(counted(store, "ks1_reading")) == {"GDS", "EXS", "WTS", "PKF", "BLW", "PK1", "PK4", "EM", "A", "D"}
    assert {child for child, (n, _) in counted(store, "ks1_reading").items() if n} == {"GDS", "EXS"}
    assert {child for child, (n, _) in counted(store, "ks1_reading_greater_depth").items() if n} == {"GDS"}


@pytest.mark.parametrize(
    ("name", "has", "has_not"),
    [
        ("good_level_of_development", (2022, 2026), (2019, 2020, 2021)),
        ("good_level_of_development_2013", (2013, 2019), (2012, 2020, 2022)),
        ("phonics", (2016, 2019, 2022), (2020, 2021)),
        ("phonics_by_year_2", (2019, 2022), (2020, 2021)),
        ("multiplication_score", (2022, 2026), (2021,)),
        ("ks1_writing", (2016, 2019, 2022, 2023), (2020, 2021, 2024)),
        ("ks2_writing_higher", (2016, 2019, 2022), (2020, 2021)),
        ("attainment_8_open", (2016, 2020, 2021, 2026), (2015,)),
        ("progress_8_english", (2016, 2019, 2022, 2024, 2027), (2020, 2021, 2025, 2026)),
        ("progress_8_maths", (2024,), (2020, 2021, 2025, 2026)),
        ("progress_8_ebacc", (2024,), (2020, 2021, 2025, 2026)),
        ("progress_8_open", (2024,), (2020, 2021, 2025, 2026)),
        ("ebacc_95", (2017, 2026), (2016,)),
        ("attendance_all_looked_after", (2019, 2021), (2020,)),
    ],
)
def test_a_measure_knows_its_years_and_says_why_it_has_no_others(name, has, has_not):
    measure = measures.named(name)
    assert [year for year in has if not measure.exists_for(year)] == []
    assert [year for year in has_not if not measure.why_not(year).endswith(".")] == []


def test_what_is_uncertain_is_said_in_sentences():
    said = {row["name"]: row["uncertain"] for row in measures.describe()}
    for name in ("good_level_of_development", "progress_8_open", "ks2_rwm_higher", "ebacc_95", "post_16_retained", "attainment_8"):
        assert said[name].endswith("."), name
    assert said["absence_rate"] == ""


def value(row: dict, name: str):
    """(numerator, denominator) of a child in a measure, or None: written from the definitions, not from the expressions."""

    def counts(column: str, *, when: str):
        return (row[column], 1) if row[when] and row[column] is not None else None

    if name.startswith("good_level"):
        return counts("good_development", when="at_early_years")
    if name in ("phonics", "phonics_by_year_2"):
        return None if row[name] is None else (row[name], 1)
    if name.startswith("multiplication"):
        mark = row["multiplication_mark"]
        if not row["at_multiplication"] or (mark is None and name == "multiplication_score"):
            return None
        return (mark, 1) if name == "multiplication_score" else (mark == 25, 1)
    if name.startswith("ks1_"):
        code = row[name.removesuffix("_greater_depth")]
        if not row["at_ks1"] or code not in ("GDS", "EXS", "WTS", "PKF", "BLW", "PK1", "PK2", "PK3", "PK4", "EM", "A", "D"):
            return None
        return (code == "GDS" or (code == "EXS" and not name.endswith("depth")), 1)
    if name.startswith("ks2_"):
        return counts(name.replace("reading", "read"), when="at_ks2")
    if name.startswith("post_16_"):
        column = {"post_16_level_3": "level_3", "post_16_two_level_3": "two_level_3"}.get(name, "retained_post_16")
        return counts(column, when="at_post_16")
    if name == "attendance_all_looked_after":
        possible, missed, age = row["sessions_possible"], row["sessions_missed"], row["age"]
        return (possible - missed, possible) if possible and missed is not None and (age is None or 5 <= age <= 15) else None
    if name == "sen_any" or name.startswith("primary_need"):
        of_age = row["dob"] is None or row["dob"] <= date(row["year"] - 4, 3, 31)
        if row["sen"] is None or not of_age:
            return None
        if name == "sen_any":
            return (row["sen"] != "none", 1)
        return (row["primary_need"] == NEED_OF[name.removeprefix("primary_need_")], 1) if row["sen"] != "none" else None
    if name.startswith("suspended_12_months"):
        place = MONTHS.index(name.rpartition("_")[2])
        now, before = row["suspension_months"], row["suspension_months_before"]
        if not row["on_roll_january"] or now is None or (before is None and place < 11):
            return None
        months = [bool(before and before >> bit & 1) for bit in range(12)] + [bool(now >> bit & 1) for bit in range(12)]
        return (any(months[place + 1 : place + 13]), 1)
    return counts(name, when="at_ks4")


def invented(chance: random.Random, number: int) -> dict:
    """A child with anything or nothing in every column that these measures read."""

    def maybe(make):
        return None if chance.random() < 0.2 else make()

    row: dict = {"la": "301", "child": f"c{number:04d}", "year": chance.choice((2023, 2024)), "pupil": None}
    for column in tables.OUTCOMES:
        if column.type == "boolean":
            row[column.name] = maybe(lambda: chance.random() < 0.5)
        elif column.type.startswith("decimal"):
            row[column.name] = maybe(lambda: Decimal(chance.randrange(-3000, 9000)) / 100)
    row |= {
        "sen": maybe(lambda: chance.choice(("none", "support", "EHCP"))),
        "primary_need": maybe(lambda: chance.choice(NEEDS)),
        "dob": maybe(lambda: date(chance.randrange(2005, 2022), chance.choice((3, 4)), chance.choice((1, 30)))),
        "age": maybe(lambda: chance.choice((4, 5, 15, 16))),
        "multiplication_mark": maybe(lambda: chance.choice((0, 24, 25))),
        "suspension_months": maybe(lambda: chance.choice((0, 1 << chance.randrange(12), chance.randrange(4096)))),
        "suspension_months_before": maybe(lambda: chance.choice((0, 1 << chance.randrange(12), chance.randrange(4096)))),
        "sessions_possible": maybe(lambda: chance.choice((0, 20, 30))),
        "sessions_missed": maybe(lambda: chance.choice((0, 1, 15))),
        **{f"ks1_{subject}": chance.choice(KS1_CODES) for subject in ("reading", "writing", "maths")},
    }
    return row


NAMES = [
    *("good_level_of_development", "good_level_of_development_2013", "phonics", "phonics_by_year_2"),
    *("multiplication_full_marks", "multiplication_score"),
    *(f"ks1_{subject}{standard}" for subject in ("reading", "writing", "maths") for standard in ("", "_greater_depth")),
    *(f"ks2_{subject}_higher" for subject in ("reading", "writing", "maths", "gps")),
    *(f"{whole}_{part}" for whole in ("attainment_8", "progress_8") for part in ("english", "maths", "ebacc", "open")),
    *("ebacc_94", "ebacc_95", "post_16_level_3", "post_16_two_level_3", "post_16_retained", "attendance_all_looked_after", "sen_any"),
    *(f"primary_need_{code}" for code in NEED_OF if code != "besd"),
    *(f"suspended_12_months_to_{month}" for month in MONTHS),
]


@pytest.fixture(scope="module")
def thousand(tmp_path_factory):
    chance = random.Random(11)
    rows = [invented(chance, number) for number in range(1000)]
    with standing(tmp_path_factory.mktemp("schooled")) as store:
        built(store, rows)
        yield store, rows


def test_each_measure_is_what_plain_python_makes_of_it(thousand):
    store, rows = thousand
    for name in NAMES:
        expected = {row["child"]: tuple(map(float, found)) for row in rows if (found := value(row, name)) is not None}
        assert len(expected) > 20, name
        assert counted(store, name) == expected, name
