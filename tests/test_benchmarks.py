"""Requests, places, comparators and intervals, on drawn children and printed figures."""

import math
import random
from decimal import Decimal

import pytest
from drawn_cohorts import built, children, figures, pupils, standing, write
from scipy import stats

from virtualschool import benchmarks, intervals, tables
from virtualschool.errors import WrongUse

PLACES = [
    ("V01", "Ashford Vale", "R1", "North Inventia"),
    ("V02", "Brackwater", "R1", "North Inventia"),
    ("V03", "Coldmere", "R2", "South Inventia"),
]


def invented_places(store, *, last_year: int | None = None) -> None:
    rows = [
        {"la": la, "name": name, "region_code": code, "region": region, "file": 1, "row": at}
        for at, (la, name, code, region) in enumerate(PLACES)
    ]
    rows[2]["last_year"] = last_year
    write(store, tables.authorities, rows)


def scores(la: str, year: int, *points: float, **values) -> list[dict]:
    return [row for found in points for row in children(la, year, 1, at_ks4=True, attainment_8=Decimal(str(found)), **values)]


def refused(store, *names: str, **asked) -> str:
    with pytest.raises(WrongUse) as fault:
        benchmarks.figures(store.engine, {}, benchmarks.parse(store.engine, names or ("attainment_8",), **asked))
    assert fault.value.exit_code == 2
    return str(fault.value)


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Three invented authorities in two regions, six children each in 2024, scoring 10, 20 and 40 on average."""
    with standing(tmp_path_factory.mktemp("three")) as store:
        invented_places(store)
        rows = scores("V01", 2024, 5, 7, 9, 11, 13, 15, sex="female", age=15)
        rows += scores("V02", 2024, *[20] * 6, sex="female", age=15) + scores("V02", 2024, *[50] * 6, sex="male", age=15)
        rows += scores("V03", 2024, *[40] * 6, sex="female", age=14)
        built(store, rows)
        yield store


@pytest.fixture(scope="module")
def three_with_plans(tmp_path_factory):
    with standing(tmp_path_factory.mktemp("plans")) as store:
        invented_places(store)
        rows = children("V01", 2024, 6, in_year=True, pep_terms=3, pep_terms_met=3, pep_in_place=True, pep_ready_in_20=True)
        rows += children("V02", 2024, 6, in_year=True, pep_terms=3, pep_terms_met=2, pep_in_place=False)
        rows += children("V03", 2024, 6, in_year=True)
        built(store, rows)
        yield store


def test_every_key_is_there_always_and_in_order(three):
    row = figures(three, "attainment_8", la="V01", by="sex,sen", compare="england,neighbours,V02")[0]
    beside = [f"{name}_{part}" for name in ("england", "neighbours", "V02") for part in ("value", "difference", "source")]
    assert list(row) == [
        *("measure", "year", "la", "la_name", "sex", "sen", "cohort", "source", "release"),
        *("pupils", "numerator", "denominator", "value", "low", "high", "symbol", "note"),
        *beside,
    ]


def test_rows_are_sorted_by_measure_year_authority_and_group(store):
    invented_places(store)
    rows = [row for year in (2024, 2023) for la in ("V02", "V01") for sex in ("male", "female", None)
            for row in scores(la, year, *[30] * 6, sex=sex, english_maths_94=True)]  # fmt: skip
    built(store, rows)
    found = figures(store, "english_maths_94 attainment_8", "internal", year="2023-2024", by="sex")
    keys = [(row["measure"], row["year"], row["la"], row["sex"] is None, row["sex"] or "") for row in found]
    assert keys == sorted(keys) and len(keys) == 24


def test_the_newest_year_that_the_measure_has_is_the_default(store):
    invented_places(store)
    built(store, scores("V01", 2024, *[30] * 6) + children("V01", 2025, 6, age=9, sessions_possible=10, sessions_missed=1))
    assert [row["year"] for row in figures(store, "attainment_8")] == [2024]
    assert [row["year"] for row in figures(store, "absence_rate")] == [2025]


def test_regions_and_england_are_pooled_and_include_the_authority(three):
    (row,) = figures(three, "attainment_8", la="V01", compare="england,region,regions,V03")
    # (60 + 120 + 300 + 240) / 24 in England, (60 + 120 + 300) / 18 in the north.
    assert (row["value"], row["england_value"], row["region_value"], row["V03_value"]) == (10.0, 30.0, 26.7, 40.0)
    assert (row["north_inventia_value"], row["south_inventia_value"]) == (26.7, 40.0)
    assert (row["england_difference"], row["region_difference"], row["V03_difference"]) == (-20.0, -16.7, -30.0)
    assert {row[f"{name}_source"] for name in ("england", "region", "north_inventia", "V03")} == {"pupils"}


def test_a_comparator_is_of_the_same_group(three):
    found = figures(three, "attainment_8", la="V02", by="sex", compare="england")
    assert [(row["sex"], row["value"], row["england_value"]) for row in found] == [("female", 20.0, 23.3), ("male", 50.0, 50.0)]


def test_neighbours_are_the_simple_mean_of_those_not_hidden(store):
    invented_places(store)
    rows = [{"la": "V01", "neighbour": la, "rank": rank, "model": "m", "last_year": last} for rank, (la, last) in
            enumerate([("V02", None), ("V03", None)])]  # fmt: skip
    write(store, tables.neighbours, [{**row, "file": 1, "row": 1} for row in rows])
    built(store, scores("V01", 2024, *[10] * 6) + scores("V02", 2024, *[20] * 60) + scores("V03", 2024, *[40] * 6))
    (row,) = figures(store, "attainment_8", la="V01", compare="neighbours")
    assert (row["neighbours_value"], row["neighbours_difference"]) == (30.0, -20.0)
    assert row["neighbours_source"] == "pupils, mean of 2 of 2"
    built(store, scores("V01", 2024, *[10] * 6) + scores("V02", 2024, *[20] * 60) + scores("V03", 2024, *[40] * 5))
    (row,) = figures(store, "attainment_8", la="V01", compare="neighbours")
    assert (row["neighbours_value"], row["neighbours_source"]) == (20.0, "pupils, mean of 1 of 2")
    (row,) = figures(store, "attainment_8", "internal", la="V01", compare="neighbours")
    assert row["neighbours_value"] == 30.0


def test_conditions_of_every_operator(three):
    def ages(where: str) -> int:
        return sum(row["pupils"] for row in figures(three, "attainment_8", "internal", where=where))

    assert [ages(f"age {test}") for test in ("= 15", "!= 15", "< 15", "<= 15", "> 14", ">= 15", "in 14, 15", "in (14)")] == [
        18,
        6,
        6,
        24,
        18,
        18,
        24,
        6,
    ]
    assert ages("age = 15 and sex = MALE") == 6
    assert ages("age >= 14 AND sex in male, female and age < 15") == 6
    assert ages("fsm = yes") == 0
    assert ages("fsm = not known") == 24
    assert ages("sex = 'male'") == 6


def test_cohorts_are_those_looked_after_all_year_on_31_march_or_at_all(store):
    invented_places(store)
    rows = scores("V01", 2024, *[10] * 6) + scores("V01", 2024, *[20] * 3, looked_after_12_months=False)
    rows += scores("V01", 2024, *[40] * 2, looked_after_12_months=False, at_31_march=False)
    built(store, [{**row, "in_year": True} for row in rows])
    found = {cohort: figures(store, "attainment_8", "internal", cohort=cohort)[0]["pupils"] for cohort in ("12months", "march", "year")}
    assert found == {"12months": 6, "march": 9, "year": 11}


def test_state_leaves_out_pupils_of_independent_schools_and_keeps_those_of_unknown_ones(store):
    invented_places(store)
    rows = [row for funded in (True, False, None) for row in scores("V01", 2024, *[10] * 6, state_funded=funded)]
    built(store, rows)
    assert figures(store, "attainment_8")[0]["pupils"] == 12
    assert figures(store, "attainment_8", schools="all")[0]["pupils"] == 18


# --- Words that are not there ---


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"la": "Brackwatter"}, "Authority 'Brackwatter': there is none of that code or name. Did you mean Brackwater (V02)?"),
        ({"la": "999"}, "Authority '999': there is none of that code or name. Give a DfE code, a name, region, england or all."),
        ({"by": "colour"}, "Column 'colour': there is none of that name. Did you mean school?"),
        ({"by": "dob"}, None),
        ({"where": "sex = males"}, "Value of sex 'males': there is none of that name. Did you mean male or female?"),
        ({"where": "age = ten"}, "Value 'ten': age is a whole number. Write it in digits."),
        ({"where": "fsm = maybe"}, "Value 'maybe': fsm is yes or no. Write yes or no."),
        ({"where": "sex > male"}, "Condition 'sex > male': sex is not a number. Use =, != or in."),
        (
            {"where": "sex male"},
            "Condition 'sex male': it is not COLUMN OPERATOR VALUE. Operators: != <= >= = < > in. Join with 'and'.",
        ),
        ({"where": "aeg > 3"}, "Column 'aeg': there is none of that name. Did you mean age?"),
        ({"cohort": "12month"}, "Cohort '12month': there is none of that name. Did you mean 12months?"),
        ({"schools": "stat"}, "Schools 'stat': there is none of that name. Did you mean state?"),
        ({"source": "pupil"}, "Source 'pupil': there is none of that name. Did you mean pupils?"),
        ({"compare": "neighbors"}, "Comparator 'neighbors': there is none of that name. Did you mean neighbours?"),
        ({"year": "2031"}, "Year 2031: the store holds nothing for it. It holds 2024."),
        ({"year": "soon"}, "Year 'soon': this is not a year or a span of years. Write 2024, 2022-2026 or 2022,2024."),
        (
            {"where": "sex = male", "source": "published"},
            "--where: figures that DfE printed cannot be filtered. Leave out --where, or ask with --source pupils.",
        ),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest(three, asked, message):
    said = refused(three, **asked)
    assert message is None or said == message


def test_nothing_that_is_asked_for_reaches_a_query_as_text(three):
    assert refused(three, by='sex"; DROP VIEW facts; --').startswith("Column 'sex\"; DROP VIEW facts; --': there is none of that name.")
    assert figures(three, "attainment_8", where="school = x'); DROP VIEW facts; --") != []
    assert len(figures(three, "attainment_8")) == 3


# --- Years and places in which there is nothing ---


def test_a_year_in_which_the_measure_cannot_exist_is_a_row_with_its_reason(three):
    rows = figures(three, "progress_8", year="2025")
    why = (
        "There is no Progress 8 for this year: its pupils took no key stage 2 tests, which were cancelled in 2020 and 2021. "
        "Attainment 8 against expected, in points, can be had in its place, and is not the same: virtualschool stand-in."
    )
    assert [(row["la"], row["value"], row["pupils"], row["symbol"], row["note"]) for row in rows] == [
        (la, None, None, "x", why) for la in ("V01", "V02", "V03")
    ]


def test_an_authority_that_did_not_exist_is_a_row_with_its_reason(store):
    invented_places(store, last_year=2023)
    built(store, scores("V01", 2024, *[10] * 6))
    (row,) = figures(store, "attainment_8", la="Coldmere", year=2024)
    assert (row["symbol"], row["note"]) == ("z", "Coldmere did not exist as an authority in 2024. Its last return is for 2023.")


def test_an_authority_with_nobody_in_it_is_a_row_of_none(three):
    (row,) = figures(three, "attainment_8", la="V01", where="age = 9")
    assert [row[key] for key in ("pupils", "numerator", "denominator", "value", "low", "symbol")] == [0, 0, 0, None, None, "z"]


def test_where_an_authority_brought_no_records_of_its_own_the_figure_is_not_available_and_none_is_pooled(three_with_plans):
    """V01 and V02 brought plans, V02 for nobody who came into care in the year; V03 brought none."""
    rows = figures(three_with_plans, "pep_in_time", year=2024)
    assert [(row["la"], row["pupils"], row["symbol"], row["note"]) for row in rows] == [
        ("V01", 6, "", ""),
        ("V02", 0, "z", "No child of this group counts in it."),
        ("V03", None, "x", "It rests on plans that an authority brings itself, and the store has none of Coldmere for 2024."),
    ]
    regions = [
        *figures(three_with_plans, "pep_in_place", year=2024, la="region"),
        *figures(three_with_plans, "pep_in_time", year=2024, la="region"),
    ]
    # V02's children count in one of the two, and its plans are there for both.
    assert [(row["measure"], row["la_name"], row["symbol"]) for row in regions] == [
        ("pep_in_place", "North Inventia", ""),
        ("pep_in_place", "South Inventia", "x"),
        ("pep_in_time", "North Inventia", ""),
        ("pep_in_time", "South Inventia", "x"),
    ]
    (england,) = figures(three_with_plans, "pep_in_place", year=2024, la="england")
    said = "It rests on plans that authorities bring themselves, and the store has them of 2 of 3 for 2024."
    assert (england["symbol"], england["note"]) == ("x", said)


def test_a_figure_says_what_it_was_made_from_and_why_it_could_not_be(store):
    invented_places(store)
    rows = [{**row, "progress_8": Decimal("-0.5"), "progress_8_source": "official (final)"} for row in scores("V01", 2024, *[10] * 6)]
    rows += [{**row, "progress_8_source": "No estimates: the store holds 3 of 600,000 pupils."} for row in scores("V02", 2024, *[10] * 6)]
    built(store, rows)
    first, second = figures(store, "progress_8", year=2024)
    assert first["note"] == (
        "From scores against DfE's estimates (final). No interval: the national standard deviation of this year is not known."
    )
    assert (second["symbol"], second["note"]) == ("x", "No estimates: the store holds 3 of 600,000 pupils.")


# --- What DfE printed ---


def printed(level: str, la: str | None, value: str, *, year=2024, series="EES", release="2024", measure="attainment_8", **more) -> dict:
    row = {"series": series, "release": release, "dataset": "outcomes_ks4", "measure": measure, "year": year, "level": level, "la": la,
           "population": "12months", "breakdown": "total", "value": value, "file": 1, "row": 1}  # fmt: skip
    return {**row, **more}


def test_a_printed_figure_passes_unchanged_with_its_symbol(store):
    write(
        store,
        tables.published,
        [
            printed("la", "301", "22.25", pupils="41", numerator="1,098.75", denominator="41", low="20", high="24.5"),
            printed("la", "302", "c", pupils="c", numerator="c"),
            printed("england", None, "18.2", pupils="6170"),
        ],
    )
    built(store, [])
    first, second = figures(store, "attainment_8", year=2024, compare="england")
    keys = ("source", "release", "pupils", "numerator", "denominator", "value", "low", "high", "symbol")
    assert [first[key] for key in keys] == ["published", "EES 2024", 41, 1098.75, 41, 22.25, 20.0, 24.5, ""]
    assert [second[key] for key in keys] == ["published", "EES 2024", None, None, None, None, None, None, "c"]
    assert (first["england_value"], first["england_source"], second["england_difference"]) == (18.2, "EES 2024", None)
    assert first["england_difference"] == 4.1


def test_of_several_series_ees_comes_first_and_its_newest_release(store):
    rows = [printed("la", "301", "1", series="LAIT", release="2026"), printed("la", "301", "2", series="SFR", release="2025")]
    rows += [printed("la", "301", "3", release="2023"), printed("la", "301", "4", release="2024")]
    rows += [printed("la", "301", "5", series="SFR", year=2023, release="2023")]
    write(store, tables.published, rows)
    built(store, [])

    def values(**asked):
        return [(row["year"], row["value"], row["release"]) for row in figures(store, "attainment_8", la="301", **asked)]

    assert values(year=2024) == [(2024, 4.0, "EES 2024")]
    assert values(year=2024, release="2023") == [(2024, 3.0, "EES 2023")]
    assert values(year=2024, release="LAIT 2026") == [(2024, 1.0, "LAIT 2026")]
    assert values(year=2023) == [(2023, 5.0, "SFR 2023")]
    assert values(year="2023-2024") == [(2023, None, None), (2024, 4.0, "EES 2024")]
    first = figures(store, "attainment_8", la="301", year="2023-2024")[0]
    assert first["note"] == "Only SFR has it for 2023, and two series are not mixed in one trend. Ask for 2023 alone."


def test_pupil_records_come_before_printed_figures_unless_those_are_asked_for(store):
    write(store, tables.published, [printed("la", "301", "22.2"), printed("la", "302", "21"), printed("england", None, "18.2")])
    built(store, scores("301", 2024, *[10] * 6))
    assert [(row["la"], row["value"], row["source"]) for row in figures(store, "attainment_8")] == [
        ("301", 10.0, "pupils"),
        ("302", 21.0, "published"),
    ]
    assert figures(store, "attainment_8", la="301", source="published")[0]["value"] == 22.2
    assert figures(store, "attainment_8", la="302", source="pupils")[0]["symbol"] == "x"
    # One return of 153 is not England: the printed figure stands beside it, and the row says so.
    (row,) = figures(store, "attainment_8", la="301", compare="england,region")
    assert (row["england_value"], row["england_difference"], row["england_source"]) == (18.2, -8.2, "EES 2024")
    assert (row["region_value"], row["region_source"]) == (
        None,
        "none: The store lacks the returns of 32 of 33 authorities for 2024, and a published figure.",
    )


def test_printed_breakdowns_are_found_by_the_columns_asked_for(store):
    rows = [
        printed("la", "301", "20"),
        printed("la", "301", "25", breakdown="sex=female"),
        printed("la", "301", "15", breakdown="sex=male"),
    ]
    write(store, tables.published, rows)
    built(store, [])
    assert [(row["sex"], row["value"]) for row in figures(store, "attainment_8", la="301", by="sex")] == [("female", 25.0), ("male", 15.0)]


def test_printed_groups_meet_ours_however_dfe_spells_them(store):
    rows = [printed("england", None, "10", breakdown="sen=EHC plan"), printed("england", None, "19", breakdown="sen=SEN support")]
    write(store, tables.published, [*rows, printed("england", None, "24", breakdown="sen=No identified SEN")])
    built(store, [*scores("301", 2024, *[12] * 6, sen="EHCP"), *scores("301", 2024, *[30] * 6, sen="none")])
    found = figures(store, "attainment_8", la="301", by="sen", compare="england")
    assert [(row["sen"], row["value"], row["england_value"]) for row in found] == [("EHCP", 12.0, 10.0), ("none", 30.0, 24.0)]
    assert [row["sen"] for row in figures(store, "attainment_8", la="england", by="sen")] == ["EHCP", "none", "support"]


def test_children_in_need_are_in_printed_figures_only(store):
    write(store, tables.published, [printed("england", None, "17.8", population="cin"), printed("la", "301", "20", population="cin")])
    built(store, scores("301", 2024, *[10] * 6))
    (row,) = figures(store, "attainment_8", la="301", compare="children_in_need")
    assert (row["children_in_need_value"], row["children_in_need_source"]) == (17.8, "EES 2024")
    assert figures(store, "attainment_8", la="301", cohort="cin")[0]["value"] == 20.0


@pytest.mark.parametrize(
    ("expected", "source", "value"), [("105", "pupils", 30.0), ("96", "pupils", 30.0), ("106", "EES 2024", 46.0), ("95", "EES 2024", 46.0)]
)
def test_all_pupils_are_the_stores_own_only_if_they_are_about_the_national_cohort(store, expected, source, value):
    write(store, tables.published, [printed("england", None, "46", population="all_pupils", pupils=expected)])
    looked_after = [{**row, "pupil": f"p{at}"} for at, row in enumerate(scores("301", 2024, *[10] * 10))]
    everyone = [{"pupil": f"p{at}", "year": 2024, "at_ks4": True, "attainment_8": Decimal(10 if at < 10 else 30) + 2} for at in range(100)]
    built(store, looked_after, everyone)
    (row,) = figures(store, "attainment_8", la="301", compare="all_pupils,not_looked_after")
    assert (row["all_pupils_source"], row["all_pupils_value"]) == (source, value)
    if source == "pupils":
        assert (row["not_looked_after_source"], row["not_looked_after_value"]) == ("pupils", 32.0)


def test_those_not_looked_after_are_hidden_where_all_pupils_less_they_would_be_a_few_children(store):
    """Of 14 girls 13 passed, and of the 12 who are not in care all: so the two in care would be had from all less the others."""
    write(store, tables.published, [printed("england", None, "46", population="all_pupils", measure="english_maths_94", pupils="66")])
    girls = pupils(2024, 14, at_ks4=True, english_maths_94=True, sex="female")
    girls[0]["english_maths_94"] = False
    boys = pupils(2024, 52, at_ks4=True, english_maths_94=True, sex="male")
    cared = [
        {**row, "pupil": pupil["pupil"]}
        for of in (girls[:2], boys[:30])
        for row, pupil in zip(scores("301", 2024, *[10] * len(of), sex=of[0]["sex"]), of, strict=True)
    ]
    for number, row in enumerate(cared):
        row |= {"child": f"C{number}", "english_maths_94": number > 0, "linked": True}
    built(store, cared, girls + boys)
    by_sex = {row["sex"]: row for row in figures(store, "english_maths_94", la="301", by="sex", compare="all_pupils,not_looked_after")}
    assert by_sex["female"]["all_pupils_value"] == 92.9
    assert by_sex["female"]["not_looked_after_value"] is None
    assert by_sex["female"]["not_looked_after_source"] == "pupils, c"
    # The boys' would give the girls away by the total, in which 31 of the 32 in care passed.
    assert by_sex["male"]["not_looked_after_value"] is None
    (whole,) = figures(store, "english_maths_94", la="301", compare="all_pupils,not_looked_after")
    assert (whole["all_pupils_value"], whole["not_looked_after_value"]) == (98.5, 100.0)
    # Asked for without all pupils beside them it is the same, since anybody may ask for those next.
    (alone,) = [row for row in figures(store, "english_maths_94", la="301", by="sex", compare="not_looked_after") if row["sex"] == "female"]
    assert alone["not_looked_after_value"] is None


def test_all_pupils_are_compared_over_the_columns_that_they_have(store):
    write(store, tables.published, [printed("england", None, "46", population="all_pupils", pupils="20")])
    everyone = pupils(2024, 10, at_ks4=True, attainment_8=Decimal(50), sex="female") + pupils(
        2024, 10, at_ks4=True, attainment_8=Decimal(30), sex="male"
    )
    built(store, scores("301", 2024, *[10] * 6, sex="female", placement_type="foster"), everyone)
    (row,) = figures(store, "attainment_8", la="301", by="sex,placement_type", compare="all_pupils")
    assert row["all_pupils_value"] == 50.0
    (row,) = figures(store, "attainment_8", la="301", where="placement_type = foster", compare="all_pupils")
    assert row["all_pupils_value"] == 40.0


# --- Intervals ---


def test_wilson_is_as_scipy_has_it_and_reaches_the_ends():
    for reached, of in ((0, 10), (1, 10), (6, 29), (9, 41), (10, 10), (250, 1000)):
        low, high = intervals.wilson(Decimal(reached), Decimal(of))
        known = stats.binomtest(reached, of).proportion_ci(confidence_level=2 * stats.norm.cdf(1.96) - 1, method="wilson")
        assert float(low) == pytest.approx(known.low, abs=1e-12) and float(high) == pytest.approx(known.high, abs=1e-12)
    assert intervals.wilson(Decimal(0), Decimal(10))[0] == 0 and intervals.wilson(Decimal(10), Decimal(10))[1] == 1


def test_the_interval_of_a_mean_is_students():
    chance = random.Random(3)
    points = [chance.randrange(0, 360) / 4 for _ in range(23)]
    low, high = intervals.mean(23, Decimal(str(sum(points))), sum(Decimal(str(found)) ** 2 for found in points))
    known = stats.t.interval(0.95, 22, loc=sum(points) / 23, scale=stats.sem(points))
    assert (float(low), float(high)) == pytest.approx(known, abs=1e-9)
    assert intervals.mean(1, Decimal(5), Decimal(25)) is None
    assert intervals.mean(3, Decimal(15), Decimal(75)) == (5, 5)


def test_the_interval_of_a_ratio_is_over_pupils():
    chance = random.Random(4)
    missed, possible = [chance.randrange(0, 60) for _ in range(30)], [chance.randrange(150, 380) for _ in range(30)]
    exact = [Decimal(sum(found)) for found in (missed, possible, [n * n for n in missed])]
    exact += [Decimal(sum(n * d for n, d in zip(missed, possible, strict=True))), Decimal(sum(d * d for d in possible))]
    low, high = intervals.ratio(30, *exact)
    rate = sum(missed) / sum(possible)
    left = [n - rate * d for n, d in zip(missed, possible, strict=True)]
    half = stats.t.ppf(0.975, 29) * math.sqrt(sum(found * found for found in left) / 29 * 30) / sum(possible)
    assert (float(low), float(high)) == pytest.approx((rate - half, rate + half), abs=1e-12)


def test_the_limits_of_a_percentage_are_printed_in_percent(three):
    (row,) = figures(three, "attainment_8", la="V02", by="sex", where="sex = female")
    assert (row["low"], row["high"]) == (20.0, 20.0)
    (row,) = figures(three, "attainment_8", la="V01")
    # 10 ± 2.5706 × 3.7417 / √6
    assert (row["low"], row["high"]) == (6.1, 13.9)


def test_the_national_deviation_is_the_final_one_where_there_is_one():
    assert intervals.published_sd("p8_national_sd/progress8", 2022) == Decimal("1.4083")
    assert intervals.published_sd("p8_national_sd/progress8", 2018) is None
    assert intervals.published_sd("ks2_progress_sd/maths", 2019) == Decimal("5.3898")
    assert intervals.published_sd("ks2_progress_sd/maths", 2016) is None


def test_an_invented_national_cohort_has_a_deviation_of_its_own(store):
    invented_places(store)
    write(store, tables.published, [printed("england", None, "0", population="all_pupils", pupils="4", measure="progress_8")])
    rows = [{**row, "progress_8": Decimal(at)} for at, row in enumerate(scores("V01", 2024, *[10] * 6))]
    everyone = [row for found in (-1, 0, 1, 2) for row in pupils(2024, 1, at_ks4=True, progress_8=Decimal(found), school_type="mainstream")]
    built(store, rows, everyone)
    (row,) = figures(store, "progress_8", la="V01")
    # 2.5 ± 1.96 × 1.2910 / √6
    assert (row["value"], row["low"], row["high"], row["note"]) == (2.5, 1.47, 3.53, "")


# --- The same sums by plain Python ---


@pytest.mark.parametrize("seed", range(1))
def test_figures_are_what_plain_python_makes_of_random_children(store, seed):
    chance = random.Random(seed)
    invented_places(store)
    rows = []
    for _ in range(400):
        values = {
            "sex": chance.choice(("male", "female", None)),
            "sen": chance.choice(("none", "support")),
            "age": chance.choice((9, 12, 15, None)),
            "looked_after_12_months": chance.random() < 0.8,
            "state_funded": chance.choice((True, False, None)),
            "at_ks4": chance.random() < 0.7,
            "attainment_8": Decimal(chance.randrange(0, 320)) / 4 if chance.random() < 0.9 else None,
            "sessions_possible": chance.choice((0, 100, 380)),
            "sessions_missed": chance.randrange(0, 60),
        }
        rows += children(chance.choice(("V01", "V02", "V03")), chance.choice((2023, 2024)), 1, **values)
    built(store, rows)
    for measure, numerator, denominator in (
        ("attainment_8", "attainment_8", None),
        ("absence_rate", "sessions_missed", "sessions_possible"),
    ):
        found = figures(store, measure, "internal", year="2023-2024", by="sex,sen", where="age >= 12", compare="england,region")
        for row in found:

            def counts(child: dict, places: str, row=row, measure=measure) -> bool:
                same = child["year"] == row["year"] and child["sex"] == row["sex"] and child["sen"] == row["sen"] and child["la"] in places
                cohort = child["looked_after_12_months"] and child["state_funded"] is not False and (child["age"] or 0) >= 12
                able = (
                    child["at_ks4"] and child["attainment_8"] is not None if measure == "attainment_8" else child["sessions_possible"] > 0
                )
                return same and cohort and able

            def rate(places: str, counts=counts, numerator=numerator, denominator=denominator) -> Decimal:
                who = [child for child in rows if counts(child, places)]
                return sum(child[numerator] for child in who) / Decimal(sum(child[denominator] if denominator else 1 for child in who))

            scale = 100 if measure == "absence_rate" else 1
            region = "V01 V02" if row["la"] != "V03" else "V03"
            for key, places in (("value", row["la"]), ("england_value", "V01 V02 V03"), ("region_value", region)):
                assert row[key] == pytest.approx(float(rate(places) * scale), abs=0.0501)
            assert row["pupils"] == sum(counts(child, row["la"]) for child in rows)
        assert len(found) > 20


# --- Words of conditions, releases, and figures that only DfE prints ---


def test_words_of_a_condition_are_those_that_the_store_holds_whatever_their_case(store):
    rows = scores("301", 2024, *[10] * 6, primary_need="Speech, language and communication needs")
    built(store, rows + scores("301", 2024, *[10] * 7, primary_need="Hearing impairment"))

    def pupils_of(where: str) -> int:
        return figures(store, "attainment_8", "internal", where=where)[0]["pupils"]

    assert pupils_of("primary_need = hearing impairment") == 7
    assert pupils_of("Primary_Need = HEARING IMPAIRMENT") == 7
    assert pupils_of('primary_need in ("Speech, language and communication needs")') == 6
    assert pupils_of("primary_need in ('speech, language and communication needs', Hearing impairment)") == 13
    assert pupils_of("primary_need in (not known)") == 0
    assert pupils_of("school_la = 302") == 0
    assert refused(store, where="primary_need = hearing impairmnt") == (
        "Value of primary_need 'hearing impairmnt': there is none of that name. Did you mean Hearing impairment?"
    )
    assert refused(store, where="age in ()") == "Condition 'age in ()': it lists no value. Write: age in (one, other)"


def test_a_release_that_no_file_has_is_refused_and_one_that_lacks_the_figure_says_so(store):
    rows = [printed("la", "301", "3", release="2023", year=2023), printed("la", "301", "4", release="2024")]
    write(store, tables.published, rows)
    built(store, [])
    assert refused(store, release="1999") == "Release '1999': there is none of that name. Known: EES 2023, EES 2024."
    (row,) = figures(store, "attainment_8", la="301", year=2024, release="EES 2023")
    assert (row["symbol"], row["note"]) == ("x", "Release EES 2023 does not have it; EES 2024 does.")


def test_a_printed_figure_that_cannot_be_narrowed_says_why(store):
    write(store, tables.published, [printed("la", "301", "4")])
    built(store, [])
    (row,) = figures(store, "attainment_8", la="301", by="sex")
    assert (
        row["note"] == "There are no pupil records for it, and DfE's file in the store (EES 2024) does not break it down by these columns."
    )
    (row,) = figures(store, "attainment_8", la="301", where="sex = male")
    assert row["note"] == "There are no pupil records for it, and the figure that DfE printed (EES 2024) cannot be filtered."


def test_care_leavers_are_in_printed_figures_only(store):
    write(store, tables.published, [printed("la", "301", "54", measure="leavers_eet", population="leavers", pupils="74", numerator="40")])
    built(store, scores("301", 2024, *[10] * 6))
    (row,) = figures(store, "leavers_eet", la="301")
    assert (row["value"], row["pupils"], row["numerator"], row["cohort"], row["source"]) == (54.0, 74, 40, "leavers", "published")
    assert figures(store, "leavers_eet", la="302")[0]["symbol"] == "x"


def test_a_store_built_before_a_measure_was_written_says_so(store):
    built(store, scores("301", 2024, *[10] * 6))
    store.draft.write("facts", 'SELECT * EXCLUDE ("ehcp__n", "ehcp__d") FROM facts')
    (row,) = figures(store, "ehcp", la="301", year=2024, compare="all_pupils")
    assert (row["value"], row["symbol"], row["note"]) == (
        None,
        "x",
        "The store was built before this measure was written. Build it again: virtualschool build STORE --add FILES",
    )
    assert figures(store, "attainment_8", la="301", year=2024)[0]["value"] == 10.0
