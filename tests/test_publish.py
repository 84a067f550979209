"""Hiding and rounding, at both sides of every edge, and that nothing leaves by another way."""

import ast
import itertools
import json
import pathlib
import random
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from drawn_cohorts import built, children, figures, published, standing, write

from virtualschool import benchmarks, measures, publish, tables
from virtualschool.benchmarks import Cell, Place
from virtualschool.benchmarks.figure import Sums
from virtualschool.errors import WrongUse
from virtualschool.publish.counts import counts
from virtualschool.publish.hiding import in_table, lines_of, rule, total
from virtualschool.publish.rounding import rounded, to_nearest

HERE = Place("la", "301", "Barking and Dagenham")


def cell(measure: str, pupils: int, numerator: float, group: tuple = (), denominator: int | None = None) -> Cell:
    sums = Sums(pupils, Decimal(numerator), Decimal(pupils if denominator is None else denominator))
    return Cell(measures.named(measure), 2024, HERE, group, sums=sums)


def shown(measure: str, pupils: int, numerator: float, denominator: int | None = None) -> bool:
    found = cell(measure, pupils, numerator, (), denominator)
    return rule(found.measure, 2024).shows(found.measure, found.sums)


# --- Rounding ---


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "printed"),
    [
        # Placement stability, care leavers and suitable accommodation as DfE printed them, in whole percent.
        (18 * 100, 157, 0, "11"),
        (25 * 100, 40, 0, "63"),
        (24 * 100, 92, 0, "26"),
        (168 * 100, 300, 0, "56"),
        (117 * 100, 229, 0, "51"),
        (44 * 100, 44, 0, "100"),
        (222 * 100, 259, 0, "86"),
        # Halves go away from zero, whichever digit stands before them.
        (5, 10, 0, "1"),
        (15, 10, 0, "2"),
        (25, 10, 0, "3"),
        (-5, 10, 0, "-1"),
        (-25, 1000, 2, "-0.03"),
        (1005, 1000, 2, "1.01"),
        (2675, 1000, 2, "2.68"),
        (-4, 1000, 2, "0.00"),
        (1, 3, 4, "0.3333"),
    ],
)
def test_a_number_is_rounded_once_half_away_from_zero(numerator, denominator, decimals, printed):
    assert str(rounded(Fraction(numerator, denominator), decimals)) == printed


def test_counts_go_to_the_nearest_ten_halves_up():
    assert [to_nearest(Fraction(count), 10) for count in (0, 4, 5, 14, 15, 25, 12345)] == [0, 0, 10, 10, 20, 30, 12350]


# --- One figure ---


@pytest.mark.parametrize(
    ("measure", "pupils", "numerator", "is_shown"),
    [
        # Attainment: counts of 5 or fewer are hidden, nought too, and percentages of 10 pupils or fewer.
        ("english_maths_94", 20, 6, True),
        ("english_maths_94", 20, 5, False),
        ("english_maths_94", 20, 0, False),
        ("english_maths_94", 20, 20, True),
        ("english_maths_94", 11, 6, True),
        ("english_maths_94", 10, 6, False),
        ("english_maths_94", 10, 10, False),
        ("english_maths_94", 0, 0, True),
        # Averages show from 6 pupils.
        ("attainment_8", 6, 0, True),
        ("attainment_8", 5, 100, False),
        ("attainment_8", 1, 50, False),
        ("progress_8", 6, -3, True),
        ("progress_8", 5, -3, False),
        # Absence: nought is shown; of 6 to 10 pupils only none, or all of ten.
        ("persistent_absence", 20, 0, True),
        ("persistent_absence", 20, 1, False),
        ("persistent_absence", 20, 5, False),
        ("persistent_absence", 20, 6, True),
        ("persistent_absence", 10, 6, False),
        ("persistent_absence", 10, 10, True),
        ("persistent_absence", 9, 9, False),
        ("persistent_absence", 6, 0, True),
        ("persistent_absence", 5, 0, False),
        ("absence_rate", 6, 1, True),
        ("absence_rate", 5, 100, False),
        # Suspension, special needs, health and stability: nought is shown, 1 to 5 are not.
        ("suspended_once_or_more", 6, 0, True),
        ("suspended_once_or_more", 30, 5, False),
        ("suspended_once_or_more", 30, 6, True),
        ("suspension_rate", 30, 5, False),
        ("suspension_rate", 30, 45, True),
        ("permanent_exclusion_rate", 300, 1, False),
        ("permanent_exclusion_rate", 300, 0, True),
        ("sdq_coverage", 8, 8, True),
        ("sdq_coverage", 5, 5, False),
        ("sdq_score", 6, 80, True),
        ("sdq_score", 5, 80, False),
        ("placements_3_plus", 100, 5, False),
        ("placements_3_plus", 100, 6, True),
        ("placements_3_plus", 100, 0, True),
    ],
)
def test_a_figure_is_hidden_by_the_rule_of_its_release(measure, pupils, numerator, is_shown):
    assert shown(measure, pupils, numerator, 3000 if measure == "absence_rate" else None) is is_shown


def test_every_measure_belongs_to_a_release_with_a_rule():
    assert all(rule(measure, measure.first_year).national_to == 10 for measure in measures.ALL.values())


# --- Subtraction ---


def hidden_groups(cells: list[Cell], columns: int = 1) -> set[tuple]:
    return {found.group for found in in_table(cells, columns)}


def test_a_single_hidden_cell_takes_the_next_smallest_with_it():
    cells = [cell("attainment_8", 4, 80, ("Asian",)), cell("attainment_8", 9, 180, ("Black",)), cell("attainment_8", 30, 600, ("White",))]
    assert hidden_groups(cells) == {("Asian",), ("Black",)}


def test_two_hidden_cells_that_are_large_enough_together_stand():
    cells = [cell("attainment_8", 4, 80, ("Asian",)), cell("attainment_8", 3, 60, ("Black",)), cell("attainment_8", 30, 600, ("White",))]
    assert hidden_groups(cells) == {("Asian",), ("Black",)}


def test_hidden_cells_that_are_too_small_together_take_another():
    cells = [cell("attainment_8", 2, 40, ("Asian",)), cell("attainment_8", 3, 60, ("Black",)), cell("attainment_8", 30, 600, ("White",))]
    assert hidden_groups(cells) == {("Asian",), ("Black",), ("White",)}


def test_a_count_is_guarded_as_well_as_the_pupils():
    # 8 girls of 30 and 3 boys of 30: the total of 11 is shown, so the girls' 8 would give the boys' 3 away.
    assert hidden_groups([cell("english_maths_94", 30, 8, ("female",)), cell("english_maths_94", 30, 3, ("male",))]) == {
        ("female",),
        ("male",),
    }


def test_a_total_that_is_itself_hidden_gives_nothing_away():
    # Nought is shown in absence; 3 of 60 in all is not, so the girls' nought may stand.
    assert hidden_groups([cell("persistent_absence", 30, 0, ("female",)), cell("persistent_absence", 30, 3, ("male",))]) == {("male",)}


def test_in_a_table_of_two_columns_every_line_is_guarded():
    sizes = {("female", "none"): 20, ("female", "support"): 4, ("male", "none"): 30, ("male", "support"): 12}
    cells = [cell("attainment_8", pupils, pupils * 20, group) for group, pupils in sizes.items()]
    assert hidden_groups(cells, 2) == set(sizes)


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden_groups([cell("attainment_8", 6, 80, ("a",)), cell("attainment_8", 6, 80, ("b",))]) == set()


@pytest.mark.parametrize("seed", range(40))
def test_no_sum_that_can_be_known_is_one_that_would_be_hidden(seed):
    """By every subset of cells: where what is shown and the totals of lines give a sum of a line's hidden cells, it is fit to show."""
    chance = random.Random(seed)
    measure = chance.choice(("attainment_8", "english_maths_94", "persistent_absence"))
    cells = []
    for group in itertools.product("abc", "xyz"):
        pupils = chance.choice((1, 3, 5, 6, 8, 12, 20, 40))
        cells.append(cell(measure, pupils, chance.randint(0, pupils), group))
    secret = in_table(cells, 2)
    fit = lambda sums: rule(cells[0].measure, 2024).shows(cells[0].measure, sums)  # noqa: E731
    assert all(found in secret or fit(found.sums) for found in cells)
    for line in lines_of(cells, 2):
        left = [found for found in line if found in secret]
        if fit(total(line)) and left:
            assert len(left) > 1 or len(left) == len(line)
            assert fit(total(left))


# --- Rows ---


@pytest.fixture(scope="module")
def two_sexes(tmp_path_factory):
    """30 girls of whom 9 and 25 boys of whom 3 reached grade 4, in Barking; 40 of whom 12 did in Barnet."""
    rows = children("301", 2024, 9, sex="female", at_ks4=True, english_maths_94=True)
    rows += children("301", 2024, 21, sex="female", at_ks4=True, english_maths_94=False)
    rows += children("301", 2024, 3, sex="male", at_ks4=True, english_maths_94=True)
    rows += children("301", 2024, 22, sex="male", at_ks4=True, english_maths_94=False)
    rows += children("302", 2024, 12, sex="male", at_ks4=True, english_maths_94=True)
    rows += children("302", 2024, 28, sex="male", at_ks4=True, english_maths_94=False)
    with standing(tmp_path_factory.mktemp("sexes")) as store:
        built(store, rows)
        yield store


def test_where_a_value_is_hidden_so_is_everything_that_would_tell_it(two_sexes):
    rows = figures(two_sexes, "english_maths_94", la="301", by="sex", compare="302")
    assert [row["sex"] for row in rows] == ["female", "male"]
    for row in rows:
        assert row["symbol"] == "c" and row["note"] == ""
        assert {row[key] for key in ("pupils", "numerator", "denominator", "value", "low", "high", "302_difference")} == {None}
    assert [row["302_value"] for row in rows] == [None, 30.0]
    (whole,) = figures(two_sexes, "english_maths_94", la="301")
    assert (whole["pupils"], whole["numerator"], whole["value"], whole["symbol"]) == (55, 12, 21.8, "")


def test_another_authority_as_a_comparator_is_hidden_as_its_own_row_would_be(two_sexes):
    (row,) = figures(two_sexes, "english_maths_94", la="302", by="sex", compare="301")
    assert (row["value"], row["301_value"], row["301_difference"], row["301_source"]) == (30.0, None, None, "pupils, c")


def test_internal_hides_nothing_is_marked_and_leaves_a_line_in_the_log(two_sexes, tmp_path):
    log = tmp_path / "records" / "internal.log"
    asked = benchmarks.parse(two_sexes.engine, ["english_maths_94"], la="301", by="sex", where="sex = male")
    made = publish.publish(
        benchmarks.figures(two_sexes.engine, {}, asked), "internal", who="A. Head", when=datetime(2026, 3, 2, 9, 5), log=log
    )
    assert [(row["sex"], row["pupils"], row["numerator"], row["value"]) for row in made.rows] == [("male", 25, 3, 12.0)]
    assert made.is_internal
    assert made.marks_in_words() == ["Marked internal, not for release. Made by A. Head, 2026-03-02 09:05."]
    (line,) = log.read_text().splitlines()
    assert json.loads(line) == {
        "who": "A. Head",
        "when": "2026-03-02 09:05",
        "measures": ["english_maths_94"],
        "years": [2024],
        "places": "301",
        "by": "sex",
        "where": "sex",
        "schools": "state",
    }


def test_internal_without_a_log_is_refused(two_sexes):
    raw = benchmarks.figures(two_sexes.engine, {}, benchmarks.parse(two_sexes.engine, ["english_maths_94"]))
    with pytest.raises(ValueError, match="must be logged"):
        publish.publish(raw, "internal")


def test_an_unknown_audience_offers_the_nearest(two_sexes):
    raw = benchmarks.figures(two_sexes.engine, {}, benchmarks.parse(two_sexes.engine, ["english_maths_94"]))
    with pytest.raises(WrongUse) as refused:
        publish.publish(raw, "publik")
    assert str(refused.value) == "Audience 'publik': there is none of that name. Did you mean public?"


def test_public_says_whose_rules_it_follows(two_sexes):
    made = published(two_sexes, "english_maths_94")
    assert made.marks_in_words() == [
        "Hidden and rounded by the rule of DfE's release: Outcomes for children in need, including children looked after: attainment."
    ]
    assert made.columns == tuple(made.rows[0])


def test_counts_of_regions_and_england_are_rounded_to_ten_and_authorities_are_not(store):
    write(
        store,
        tables.authorities,
        [{"la": la, "name": f"Place {la}", "region_code": "R1", "region": "Inventia", "file": 1, "row": 1} for la in ("V01", "V02")],
    )
    rows = [row for la, reached in (("V01", 8), ("V02", 15)) for at in range(28) for row in
            children(la, 2024, 1, at_ks4=True, english_maths_94=at < reached, attainment_8=Decimal("20.25"))]  # fmt: skip
    built(store, rows)
    region, england, la = (figures(store, "english_maths_94", la=name)[0] for name in ("Inventia", "england", "V01"))
    assert [region[key] for key in ("la", "la_name", "pupils", "numerator", "value")] == ["R1", "Inventia", 60, 20, 41.1]
    assert [england[key] for key in ("la", "la_name", "pupils", "numerator", "value")] == ["E92000001", "England", 60, 20, 41.1]
    assert [la[key] for key in ("pupils", "numerator", "value")] == [28, 8, 28.6]
    assert figures(store, "attainment_8", la="england")[0]["numerator"] == 1134
    assert figures(store, "english_maths_94", "internal", la="england")[0]["pupils"] == 56


def test_text_prints_a_number_with_its_decimals_and_a_symbol_where_there_is_none(two_sexes):
    made = published(two_sexes, "english_maths_94", la="302", compare="301")
    assert [made.text(made.rows[0], key) for key in ("value", "low", "pupils", "301_difference")] == ["30.0", "18.1", "40", "8.2"]
    made = published(two_sexes, "english_maths_94", la="301", by="sex")
    assert made.text(made.rows[0]) == made.text(made.rows[0], "low") == "c"


ROUNDS = {"round", "quantize", "to_integral_value", "__round__"}


def test_no_module_but_publish_rounds_or_hides():
    """From measures on nothing is rounded but at the door; to_integral_value in publish only asks whether a number is whole."""
    package = pathlib.Path(publish.__file__).parents[1]
    for room in ("measures", "benchmarks", "reports", "frameworks", "web", "model"):
        for file in sorted((package / room).rglob("*.py")):
            if file.name in ("bars.py", "charts.py", "timeline.py", "word_parts.py"):
                continue  # They round places on paper, not figures.
            calls = [node.func for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
            names = {call.id if isinstance(call, ast.Name) else call.attr if isinstance(call, ast.Attribute) else "" for call in calls}
            assert not names & ROUNDS, file
            if room in ("measures", "benchmarks"):
                text = file.read_text(encoding="utf-8")
                assert "round(" not in text.lower() and "publish.hiding" not in text, file


# --- Counts that are not figures of a measure ---


@pytest.mark.parametrize(
    ("line", "shown_to_public"),
    [
        ([0, 6, 40], [0, 6, 40]),
        ([5, 6, 40], ["c", "c", 40]),
        ([1, 5, 40], ["c", "c", 40]),
        ([1, 4, 40], ["c", "c", "c"]),
        ([3, 0, 0], ["c", 0, 0]),
        ([3], ["c"]),
        ([6], [6]),
    ],
)
def test_a_line_of_counts_hides_small_ones_and_what_would_give_them_away(line, shown_to_public):
    assert counts(line, "public") == shown_to_public
    assert counts(line, "internal") == line


# --- Together in one output ---


@pytest.fixture(scope="module")
def pooled(tmp_path_factory):
    """Two invented authorities in one region: 3 of 20 and 9 of 30 reached grade 4; another region's 12 of 40."""
    rows = []
    for la, reached, of in (("V01", 3, 20), ("V02", 9, 30), ("V03", 12, 40)):
        rows += children(la, 2024, reached, at_ks4=True, english_maths_94=True)
        rows += children(la, 2024, of - reached, at_ks4=True, english_maths_94=False)
    with standing(tmp_path_factory.mktemp("pooled")) as store:
        places = (("V01", "Ash", "R1", "North"), ("V02", "Brack", "R1", "North"), ("V03", "Cold", "R2", "South"))
        write(
            store,
            tables.authorities,
            [
                {"la": la, "name": name, "region_code": code, "region": region, "file": 1, "row": at}
                for at, (la, name, code, region) in enumerate(places)
            ],
        )
        built(store, rows)
        yield store


def test_an_authority_alone_in_its_region_is_not_given_away_by_the_others_beside_it(pooled):
    alone = figures(pooled, "english_maths_94")
    assert [row["value"] for row in alone] == [None, 30.0, 30.0]
    beside = figures(pooled, "english_maths_94", compare="region")
    assert [(row["value"], row["region_value"]) for row in beside] == [(None, 24.0), (None, 24.0), (30.0, 30.0)]
    # One authority and its region leave the other unknown only where it cannot be subtracted.
    (row,) = figures(pooled, "english_maths_94", la="V02", compare="region")
    assert (row["value"], row["region_value"]) == (30.0, 24.0)


def test_england_beside_all_authorities_gives_none_of_them_away(pooled):
    rows = figures(pooled, "english_maths_94", compare="england")
    assert [(row["value"], row["england_value"]) for row in rows] == [(None, 26.7), (None, 26.7), (30.0, 26.7)]


def test_of_shares_that_make_up_a_whole_two_are_hidden_or_none(store):
    scores = [10] * 20 + [15] * 3 + [20] * 9
    rows = [row for score in scores for row in children("301", 2024, 1, dob=date(2012, 1, 1), sdq_score=score)]
    built(store, rows)
    names = "sdq_normal sdq_borderline sdq_concern"
    assert [(row["measure"], row["value"]) for row in figures(store, names, year=2024)] == [
        ("sdq_borderline", None),
        ("sdq_concern", None),
        ("sdq_normal", 63.0),
    ]
    # Alone, a share says nothing of the others.
    assert [row["value"] for row in figures(store, "sdq_concern", year=2024)] == [28.0]


def test_internal_rows_bear_their_mark_wherever_they_go(pooled):
    for row in figures(pooled, "english_maths_94", "internal"):
        assert row["mark"].startswith("Marked internal, not for release. Made by tester, ")
    assert "mark" not in figures(pooled, "english_maths_94")[0]
