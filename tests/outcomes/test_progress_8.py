"""Key stage 2 averages, groups, estimates, floors and Progress 8: the worked examples and both sides of every edge."""

import random
from decimal import ROUND_HALF_UP, Decimal
from statistics import stdev

import pytest

from virtualschool import codes, outcomes, tables
from virtualschool.outcomes import own_cohort, prior, progress_8
from virtualschool.outcomes.rules import rules_of

COLUMNS = ("pupil", "ks2_prior", "prior_group", "progress_8")


def drawn(rows, columns):
    return " | ".join(columns) + "\n" + "\n".join(" | ".join("" if row.get(c) is None else str(row[c]) for c in columns) for row in rows)


def at_ks4(store, rows, year=2023):
    """Draws pupils at the end of key stage 4: dicts of columns of tables.ks4."""
    rows = [{"year": year, "file": 1, "row": n, **row} for n, row in enumerate(rows, start=2)]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    store.add(tables.ks4, drawn(rows, columns))
    return outcomes.outcomes(store.draft)


def test_the_worked_examples_of_progress_8(store):
    examples = [
        ("A", 2024, 2019, "PK5", "PK6", "6", "77.5", 1, "-0.996"),
        ("B", 2023, 2018, "120", "119", "80.5", "119.5", 34, "-0.147"),
        ("C", 2022, 2017, "86", "87", "12.5", "86.5", 3, "-1.025"),
        ("D", 2022, 2017, "105", "108", "61", "106.5", 21, "0.677"),
    ]
    names = ("pmr", "year", "ks2_year", "ks2_reading", "ks2_maths", "attainment_8")
    at_ks4(store, [dict(zip(names, example[:6], strict=True)) for example in examples])
    expected = [(pupil, Decimal(average), group, Decimal(score)) for pupil, *_rest, average, group, score in examples]
    assert store.rows("SELECT * FROM pupils", *COLUMNS) == expected


def test_too_few_marks_in_both_tests_is_group_1_whose_provisional_estimate_of_2023_dfe_s_own_example_uses(store):
    at_ks4(store, [{"pmr": "A", "attainment_8": 0, "ks2_reading": "N", "ks2_maths": "N", "ks2_year": 2018}])
    assert store.rows("SELECT * FROM pupils", "ks2_prior", "prior_group") == [(Decimal(79), 1)]
    [row] = [r for r in codes.load("attainment8_estimates") if (r["year"], r["status"], r["group"]) == ("2023", "provisional", "1")]
    assert (0 - Decimal(row["attainment_8"])) / 10 == Decimal("-1.583")


def test_codes_below_the_test_have_the_nominal_scores_of_the_year_of_the_tests(store):
    nominal = [(2016, "BLW", 70), (2017, "BLW", 71), (2018, "BLW", 71), (2019, "BLW", 62), (2018, "n", 79), (2019, "PK1", 64)]
    at_ks4(store, [{"pmr": f"{year} {code}", "ks2_reading": code, "ks2_maths": code, "ks2_year": year} for year, code, _score in nominal])
    found = dict(store.rows("SELECT * FROM pupils", "pupil", "ks2_prior"))
    assert found == {f"{year} {code}": Decimal(score) for year, code, score in nominal}


def test_one_key_stage_2_result_stands_for_both_and_none_leaves_a_pupil_out(store):
    at_ks4(
        store,
        [
            {"pmr": "A", "attainment_8": 50, "ks2_reading": 104},
            {"pmr": "B", "attainment_8": 50, "ks2_reading": "A", "ks2_maths": 101},
            {"pmr": "C", "attainment_8": 50, "ks2_reading": "A", "ks2_maths": "M"},
        ],
    )
    rows = store.rows("SELECT * FROM pupils", "pupil", "ks2_prior", "prior_group", "progress_8_source")
    assert rows == [
        ("A", Decimal("104"), 18, "official (revised)"),
        ("B", Decimal("101"), 15, "official (revised)"),
        ("C", None, None, "There is no key stage 2 result."),
    ]


def test_key_stage_2_of_an_earlier_year_serves_where_the_key_stage_4_table_has_none(store):
    store.add(
        tables.ks2,
        """
        year | pmr | read_result | maths_result | file | row
        -----+-----+-------------+--------------+------+----
        2018 | A   | 100         | 103          |    2 |   2
        2017 | A   | 80          | 80           |    2 |   3
        """,
    )
    at_ks4(store, [{"pmr": "A", "attainment_8": 50}])
    assert store.rows("SELECT * FROM pupils WHERE year = 2023", "ks2_prior", "prior_group") == [(Decimal("101.5"), 16)]


def test_every_bound_of_the_34_groups_of_scaled_scores(store):
    bounds = [
        (int(r["group"]), Decimal(r["low"]), Decimal(r["high"]))
        for r in codes.load("attainment8_estimates")
        if r["year"] == "2023" and r["status"] == "revised"
    ]
    assert len(bounds) == 34
    rows = [
        {"pmr": f"{group:02d}{end}", "attainment_8": 50, "ks2_average": value}
        for group, *ends in bounds
        for end, value in zip("ab", ends, strict=True)
    ]
    at_ks4(store, rows)
    assert store.rows("SELECT * FROM pupils", "pupil", "prior_group") == [
        (f"{group:02d}{end}", group) for group, _low, _high in bounds for end in "ab"
    ]


def test_fine_levels_are_grouped_to_one_decimal_place(store):
    fine = {
        "1.2": 1,
        "1.5": 1,
        "1.94": 1,
        "1.95": 2,
        "2.74": 3,
        "2.75": 4,
        "2.94": 5,
        "2.95": 6,
        "3.04": 6,
        "3.05": 7,
        "5.74": 33,
        "5.75": 34,
        "5.9": 34,
    }
    store.add(tables.ks4, drawn([{"pmr": value, "ks2_average": value} for value in fine], ("pmr", "ks2_average")))
    pupils = tables.ks4.ibis()
    grouped = pupils.select("pmr", prior_group=prior.group(pupils.ks2_average, rules_of(2019)))
    assert store.rows(grouped, "pmr", "prior_group") == sorted(fine.items())


def test_official_estimates_are_the_best_status_that_dfe_printed_and_no_others():
    assert [(year, progress_8.official(year).source) for year in progress_8.official_years()] == [
        (2022, "official (revised)"),
        (2023, "official (revised)"),
        (2024, "official (provisional)"),
    ]
    assert progress_8.official(2019) is None


def test_years_without_progress_8_say_why(store):
    years = (2020, 2021, 2025, 2026)
    at_ks4(store, [{"pmr": "A", "year": year, "attainment_8": 50, "ks2_reading": 100, "ks2_maths": 100} for year in years])
    assert store.rows("SELECT * FROM pupils", "year", "attainment_8", "progress_8", "progress_8_source") == [
        (2020, Decimal(50), None, "There is no Progress 8 in 2020: exams of 2020 were cancelled."),
        (2021, Decimal(50), None, "There is no Progress 8 in 2021: exams of 2021 were cancelled."),
        (2025, Decimal(50), None, "There is no Progress 8 in 2025: these pupils had no key stage 2 tests in 2020."),
        (2026, Decimal(50), None, "There is no Progress 8 in 2026: these pupils had no key stage 2 tests in 2021."),
    ]


def test_dfe_s_score_wins_and_in_its_file_a_pupil_without_one_does_not_count(store):
    at_ks4(
        store,
        [
            {"pmr": "A", "attainment_8": 50, "ks2_reading": 100, "ks2_maths": 100, "progress_8": "0.123"},
            {"pmr": "B", "attainment_8": 50, "ks2_reading": 100, "ks2_maths": 100},
            {"pmr": "C", "attainment_8": 50, "ks2_reading": 100, "ks2_maths": 100, "file": 9},
        ],
    )
    rows = store.rows("SELECT * FROM pupils", "pupil", "progress_8", "progress_8_results", "progress_8_source")
    ours = Decimal("1.361")  # (50 - 36.39) / 10
    assert rows == [
        ("A", Decimal("0.123"), ours, "dfe"),
        ("B", None, ours, "DfE gives no score: the pupil does not count in Progress 8."),
        ("C", ours, ours, "official (revised)"),
    ]


def test_pupils_of_independent_schools_do_not_count_and_those_of_special_schools_do(store):
    store.add(
        tables.schools,
        """
        school_urn | type_group          | file | row
        -----------+---------------------+------+----
        1          | mainstream          |    9 |   2
        2          | special             |    9 |   3
        3          | alternative provision |  9 |   4
        4          | independent         |    9 |   5
        """,
    )
    at_ks4(store, [{"pmr": f"P{urn}", "school_urn": urn, "attainment_8": 50, "ks2_reading": 100, "ks2_maths": 100} for urn in (1, 2, 3, 4)])
    rows = store.rows("SELECT * FROM pupils", "pupil", "state_funded", "progress_8")
    assert [(pupil, funded, score is not None) for pupil, funded, score in rows] == [
        ("P1", True, True),
        ("P2", True, True),
        ("P3", True, True),
        ("P4", False, False),
    ]


def invented_cohort(store, pupils, printed, year=2024, seed=1):
    """A cohort of an invented country with that many pupils, and the number that was printed for it."""
    chance = random.Random(seed)
    store.add(tables.authorities, "la | name | file | row\nV01 | Vale | 8 | 2")
    if printed is not None:
        store.add(
            tables.published,
            f"""series | release | measure | year | level | population | breakdown | pupils | file | row
            EES | 2024 | attainment_8 | {year} | england | all_pupils | total | {printed} | 7 | 2""",
        )
    rows = []
    for n in range(pupils):
        parts = {f"attainment_8_{name}": Decimal(chance.randint(0, 72)) / 4 for name in ("english", "maths")}
        parts |= {f"attainment_8_{name}": Decimal(chance.randint(0, 108)) / 4 for name in ("ebacc", "open")}
        total = {"attainment_8": sum(parts.values(), Decimal(0)), "ks2_average": Decimal(chance.randint(200, 220)) / 2}
        rows.append({"pmr": f"P{n:04d}", **parts, **total})
    return rows, at_ks4(store, rows, year)


@pytest.mark.parametrize("printed, national", [(210, True), (211, False)])
def test_the_store_s_own_pupils_give_estimates_only_within_five_percent_of_the_printed_number(store, printed, national):
    _rows, notes = invented_cohort(store, 200, printed)
    sources = {row[0] for row in store.rows("SELECT * FROM pupils", "progress_8_source")}
    refused = (
        "No estimates: DfE's estimates are not for invented authorities, "
        f"and the store holds 200 of {printed} state-funded pupils at the end of key stage 4."
    )
    assert sources == ({"store"} if national else {refused})
    said = "estimates from the pupils of this store, which holds about the whole national cohort." if national else refused
    assert notes == [f"Progress 8 2024: {said}"]


def test_an_invented_country_never_has_dfe_s_estimates(store):
    invented_cohort(store, 20, None)
    why = (
        "No estimates: DfE's estimates are not for invented authorities, "
        "and no national number of pupils is held to compare the store's own with."
    )
    assert set(store.rows("SELECT * FROM pupils", "progress_8", "progress_8_source")) == {(None, why)}


def test_a_cohort_s_own_estimates_and_floors_worked_out_one_pupil_at_a_time(store):
    rows, _notes = invented_cohort(store, 600, 600)
    groups: dict[int, list[Decimal]] = {}
    number = dict(store.rows("SELECT * FROM pupils", "pupil", "prior_group"))
    for row in rows:
        groups.setdefault(number[row["pmr"]], []).append(row["attainment_8"])
    six = Decimal("0.000001")
    mean = {group: sum(scores) / len(scores) for group, scores in groups.items()}
    estimate = {group: value.quantize(six, ROUND_HALF_UP) for group, value in mean.items()}
    spread = {group: Decimal(stdev(scores) if len(scores) > 1 else 0) / 10 for group, scores in groups.items()}
    spread = {group: Decimal(value).quantize(six, ROUND_HALF_UP) for group, value in spread.items()}
    z = sorted(
        (row["attainment_8"] - mean[number[row["pmr"]]]) / 10 / spread[number[row["pmr"]]] for row in rows if spread[number[row["pmr"]]]
    )
    place = Decimal(len(z) - 1) / 100
    constant = (z[int(place)] + (z[int(place) + 1] - z[int(place)]) * (place - int(place))).quantize(Decimal("0.0000000001"), ROUND_HALF_UP)
    expected = []
    for row in rows:
        group = number[row["pmr"]]
        score = ((row["attainment_8"] - estimate[group]) / 10).quantize(six, ROUND_HALF_UP)
        floor = (constant * spread[group]).quantize(six, ROUND_HALF_UP)
        expected.append((row["pmr"], max(score, floor) if spread[group] else score))
    assert store.rows("SELECT * FROM pupils", "pupil", "progress_8") == expected
    for name, slots in {"english": 2, "maths": 2, "ebacc": 3, "open": 3}.items():
        of_group: dict[int, list[Decimal]] = {}
        for row in rows:
            of_group.setdefault(number[row["pmr"]], []).append(row[f"attainment_8_{name}"])
        usual = {group: (sum(scores) / len(scores)).quantize(six, ROUND_HALF_UP) for group, scores in of_group.items()}
        slow = [
            (row["pmr"], ((row[f"attainment_8_{name}"] - usual[number[row["pmr"]]]) / slots).quantize(six, ROUND_HALF_UP)) for row in rows
        ]
        assert store.rows("SELECT * FROM pupils", "pupil", f"progress_8_{name}") == slow


def test_elements_are_set_against_dfe_s_estimates_of_them_and_dfe_s_own_scores_win(store):
    """Group 18 of 2023, revised: the estimates of the elements as DfE printed them."""
    [printed] = [r for r in codes.load("attainment8_estimates") if (r["year"], r["status"], r["group"]) == ("2023", "revised", "18")]
    parts = {"attainment_8_english": 10, "attainment_8_maths": 8, "attainment_8_ebacc": 13, "attainment_8_open": 14, "attainment_8": 45}
    at_ks4(store, [{"pmr": "A", "ks2_average": 104, **parts}])
    names = ("progress_8_english", "progress_8_maths", "progress_8_ebacc", "progress_8_open")
    six = Decimal("0.000001")
    ours = [(Decimal(parts[f"attainment_8_{name}"]) - Decimal(printed[name])) / slots for name, slots in progress_8.ELEMENTS.items()]
    assert store.rows("SELECT * FROM pupils", *names) == [tuple(score.quantize(six, ROUND_HALF_UP) for score in ours)]
    given = {"ks2_average": 104, **parts, "progress_8": "-0.3"}
    at_ks4(
        store,
        [
            {"pmr": "A", **given, "progress_8_english": "-0.5"},
            {"pmr": "B", "ks2_average": 104, **parts},
            {"pmr": "C", **given, "progress_8_english": "-0.5", "in_progress_8": "no"},
        ],
    )
    found = {pupil: scores for pupil, *scores in store.rows("SELECT * FROM pupils", "pupil", *names)}
    assert found["A"] == [Decimal("-0.5"), *(score.quantize(six, ROUND_HALF_UP) for score in ours[1:])]
    assert found["B"] == found["C"] == [None] * 4


def test_a_store_is_national_within_five_percent():
    assert [own_cohort.is_national(held, 1000) for held in (949, 950, 1000, 1050, 1051)] == [False, True, True, True, False]


def test_there_are_no_floors_before_2018():
    counts = [(1, Decimal(outcome), 10) for outcome in range(20)]
    floors = {}
    for year in (2017, 2018):
        made = progress_8.own(year, counts, held={"attainment_8": 200}, printed={"attainment_8": 200}, invented=False)
        floors[year] = [group.floor for group in made.groups]
    assert floors == {2017: [None], 2018: [Decimal("-0.950000")]}
