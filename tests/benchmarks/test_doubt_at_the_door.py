"""Statistics as they leave: worked out from what is published and nothing else, hidden where figures are, marked where they are exact."""

import json
import math
import statistics
from fractions import Fraction

import pytest
from benchmarks.conftest import stored

from virtualschool import benchmarks, measures, publish
from virtualschool.benchmarks.cell import Cell
from virtualschool.benchmarks.estimate import Estimate
from virtualschool.benchmarks.reliability import Reliability
from virtualschool.benchmarks.request import Place
from virtualschool.errors import WrongUse
from virtualschool.publish.controlled import control_told
from virtualschool.publish.doubt import funnel_told, gap_rows, ranks_told
from virtualschool.publish.equality import equality_told
from virtualschool.publish.exceptions import exceptions_told
from virtualschool.publish.passed import Line, Passed
from virtualschool.publish.releases import Release
from virtualschool.publish.spread import Spreads, with_limits

NAME = "english_maths_94"
SOME = [NAME, "attainment_8", "absence_rate", "persistent_absence", "suspended_once_or_more"]


@pytest.fixture(scope="module")
def printed(snapshot):
    """The public figures of all authorities beside England, as anybody may ask for them."""
    engine = snapshot.engine()
    request = benchmarks.parse(engine, [NAME], year="2024", compare="england")
    return publish.publish(benchmarks.figures(engine, snapshot.manifest, request), "public").rows


def test_a_public_funnel_can_be_worked_out_from_printed_figures(snapshot, printed):
    told = funnel_told(snapshot, NAME, year=2024)
    shown = [row for row in printed if row["value"] is not None]
    assert {row["la"] for row in told.rows} == {row["la"] for row in shown} < {row["la"] for row in printed}
    centre = shown[0]["england_value"]
    assert told.about["centre"] == centre and told.about["hidden"] == len(printed) - len(shown) > 0
    by_la = {row["la"]: row for row in told.rows}
    for row in shown:
        n, share = row["pupils"], centre / 100
        chances = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
        below, above = sum(chances[: row["numerator"] + 1]), sum(chances[row["numerator"] :])
        stands = "below" if below < 0.025 else "above" if above < 0.025 else "within"
        assert by_la[row["la"]]["by_chance"].split()[0] == stands, row
    assert by_la["V01"]["stands"].startswith("below")


def test_an_authority_that_is_hidden_has_no_rank_and_no_verdict(snapshot):
    hidden = {row["la"] for row in ranks_told(snapshot, NAME, year=2024, audience="internal").rows} - {
        row["la"] for row in ranks_told(snapshot, NAME, year=2024).rows
    }
    assert "V02" in hidden and len(hidden) == 2
    assert not hidden & {row["la"] for row in funnel_told(snapshot, NAME, year=2024).rows}


def test_public_ranks_rest_on_printed_figures(snapshot, printed):
    told = ranks_told(snapshot, NAME, year=2024)
    shown = {row["la"]: row for row in printed if row["value"] is not None}
    for row in told.rows:
        # Drawn in towards England's figure, never past it.
        value, centre = shown[row["la"]]["value"], told.about["centre"]
        assert min(value, centre) - 0.2 <= row["shrunk"] <= max(value, centre) + 0.2
    worst = max(told.rows, key=lambda row: row["lowest_quarter"])
    assert worst["la"] == "V01" and worst["rank_high"] == len(told.rows)


def test_internal_statistics_are_marked_and_logged(snapshot):
    log = snapshot.store.path / "records" / "internal.log"
    before = log.read_text().count("\n") if log.exists() else 0
    told = funnel_told(snapshot, NAME, year=2024, audience="internal")
    assert told.marks[0].startswith("Marked internal, not for release.")
    assert log.read_text().count("\n") > before and len(told.rows) == 12


def test_public_statistics_are_held_against_what_was_released_and_internal_ones_are_not(snapshot, monkeypatch):
    asked: list[str] = []
    of = Release.of
    monkeypatch.setattr(Release, "of", lambda release, request: asked.append(request.measures[0]) or of(release, request))
    funnel_told(snapshot, NAME, year=2024, audience="internal")
    assert asked == []
    funnel_told(snapshot, NAME, year=2024)
    assert asked == [NAME]


def test_years_put_together_leave_hidden_years_out(snapshot):
    told = funnel_told(snapshot, "attainment_8", year=2026, together=3)
    by_la = {row["la"]: row for row in told.rows}
    assert by_la["V01"]["years"] == "2024 to 2026" and by_la["V01"]["pupils"] == 180
    assert by_la["V02"]["pupils"] == 24
    shares = {row["la"]: row for row in funnel_told(snapshot, NAME, year=2026, together=3).rows}
    assert "V02" not in shares


# --- Gaps ---


def test_a_gap_says_whether_it_narrows_and_where_both_sides_come_from(snapshot):
    told = gap_rows(snapshot, ["attainment_8"], la="V01", year="2023-2026", others=["not_looked_after"], by=None, audience="internal")
    assert {row["narrowing"] for row in told.rows} <= {"yes", "no", "cannot tell"}
    row = told.rows[0]
    assert (row["source"], row["other_source"], row["since"], row["until"]) == ("pupils", "EES 2026", 2023, 2026)
    assert row["other_value"] == 46.5 and row["gap"] == pytest.approx(row["value"] - 46.5, abs=0.1001)


def test_a_hidden_figure_has_no_gap(snapshot):
    told = gap_rows(snapshot, [NAME], la="V02", year="2023-2026", others=["not_looked_after"], by=None, audience="public")
    for row in told.rows:
        assert row["symbol"] == "c"
        assert not any(row[name] is not None for name in ("value", "gap", "gap_low", "gap_high", "change", "pupils"))
        assert row["narrowing"] == "cannot tell"


def test_a_gap_to_nobody_is_refused(snapshot):
    with pytest.raises(WrongUse) as fault:
        gap_rows(snapshot, [NAME], la="V01", year="2024", others=["everyone"], by=None, audience="public")
    assert str(fault.value) == ("Gap to 'everyone': there is no such population. Known: all_pupils, not_looked_after, children_in_need.")


def test_a_printed_mean_takes_its_limits_from_how_figures_move(monkeypatch):
    """Of a printed mean DfE gives no limits; σ ÷ √pupils does, and the reader is told so."""
    measure, here, nation = measures.named("attainment_8"), Place("la", "V01", "x"), Place("population", "not_looked_after", "others")
    mine = Estimate(measure, 2024, here, (), Fraction(20), 36, source="EES 2024")
    others = Estimate(measure, 2024, nation, (), Fraction(46), 600_000, source="EES 2024")
    line = Line({}, Cell(measure, 2024, here, ()), mine, {"not_looked_after": others})
    lasting = Reliability(900, 700, 2.0, 18.0, 0.25, 30)
    monkeypatch.setattr(Spreads, "found", {"attainment_8": lasting})
    found, said = with_limits(Passed((line,), None), None)  # type: ignore[arg-type]
    own = found.lines[0].own
    assert (own.low, own.high, own.error) == pytest.approx((20 - 1.96 * 3, 20 + 1.96 * 3, 3))
    assert found.lines[0].beside["not_looked_after"].low is None
    assert said == [
        "Average Attainment 8 score: DfE prints no limits of it: those here are from how far authorities' figures move from one year to "
        "the next."
    ]


# --- Exceptions and groups ---


def test_the_exception_page_lists_only_what_differs(snapshot):
    told = exceptions_told(snapshot, "V01", year=2024, names=SOME)
    assert {(row["measure"], row["way"], row["tone"]) for row in told.rows if row["measure"] == NAME} == {(NAME, "below", "worse")}
    assert {row["beside"] for row in told.rows} <= {"england", "neighbours"}
    assert told.about["differ"] == len(told.rows) < told.about["comparisons"]


def test_below_eleven_children_it_says_whom_to_look_at_and_nothing_else(snapshot):
    told = exceptions_told(snapshot, "V02", year=2024, names=SOME, audience="internal")
    assert not any(row["pupils"] < 11 for row in told.rows)
    found = next(row for row in told.about["too_few"] if row["measure"] == "attainment_8")
    assert found["pupils"] == 8
    assert found["look_at"] == "the children of Invented V02 (V02) who count in it in 2024, cohort 12months"
    assert "value" not in found


def test_groups_stand_beside_the_other_children(snapshot):
    told = equality_told(snapshot, ["attainment_8"], la="V01", year=2024, columns=["sex", "unaccompanied"], audience="internal")
    girls, boys = (next(row for row in told.rows if row["group"] == group) for group in ("female", "male"))
    assert (girls["others_value"], boys["others_value"]) == (boys["value"], girls["value"])
    assert girls["difference"] == pytest.approx(-boys["difference"])
    assert (girls["all_pupils_are"], told.rows[-1]["all_pupils_are"]) == ("of the same group", "of all groups")
    alone = next(row for row in told.rows if row["column"] == "unaccompanied" and row["group"] == "yes")
    assert (alone["pupils"], alone["verdict"]) == (6, "too few children")


def test_a_hidden_group_is_beside_nobody(snapshot):
    told = equality_told(snapshot, [NAME], la="V01", year=2024, columns=["unaccompanied"])
    for row in told.rows:
        assert (row["symbol"], row["verdict"], row["others_value"], row["difference"], row["gap"]) == (
            "c",
            "no comparison",
            None,
            None,
            None,
        )


# --- Control charts ---


def test_a_suspension_counts_in_the_term_it_began_in(snapshot):
    told = control_told(snapshot, "suspensions", la="V01", audience="internal")
    # 20 September and 31 December; 1 January; 1 April.
    assert [(row["at"], row["count"], row["children"]) for row in told.rows] == [
        ("Autumn 2023", 2, 60),
        ("Spring 2024", 1, 60),
        ("Summer 2024", 1, 60),
    ]
    assert told.notes[0] == "Fewer than 8 points: there are no limits yet, and nothing can be said of change."


def test_small_counts_are_hidden_on_public_charts_and_all_is_refused(snapshot):
    told = control_told(snapshot, "suspensions", la="V01")
    assert {(row["symbol"], row["value"], row["count"], row["children"]) for row in told.rows} == {("c", None, None, None)}
    with pytest.raises(WrongUse, match="could be had from all and the others"):
        control_told(snapshot, "suspensions", la="all")


def test_without_files_of_terms_there_is_no_chart_of_attendance(snapshot):
    told = control_told(snapshot, "attendance", la="V01")
    assert told.rows == [] and told.notes[0].startswith("The store's absence files are of whole years.")


def test_the_median_reliability_is_of_the_rows(snapshot):
    told = ranks_told(snapshot, "attainment_8", year=2024)
    assert json.loads(json.dumps(told.to_json()))["rows"] == told.rows
    assert told.about["reliability_at_median"] == pytest.approx(statistics.median(row["reliability"] for row in told.rows), abs=0.0101)


def test_nothing_of_a_hidden_figure_is_in_any_public_statistic(snapshot, tmp_path, printed):
    """An attacker's test: in another store two hidden authorities have changed a child's result, and what is public reads the same.

    One of the two is hidden for England's sake, where all authorities stand beside it; so it is about outputs that have both.
    """
    hidden = sorted(row["la"] for row in printed if row["value"] is None)
    rows = snapshot.engine().arrow("SELECT * FROM children ORDER BY year, la, child").to_pylist()
    of = {la: [row for row in rows if row["la"] == la and row["year"] == 2024] for la in hidden}
    fails = next(row for row in of[hidden[0]] if not row["english_maths_94"])
    passes = next(row for row in of[hidden[1]] if row["english_maths_94"])
    fails["english_maths_94"], passes["english_maths_94"] = True, False
    other = stored(tmp_path, rows)
    exact = [funnel_told(store, NAME, year=2024, audience="internal").rows for store in (snapshot, other)]
    assert exact[0] != exact[1]
    for told in (
        lambda store: funnel_told(store, NAME, year=2024),
        lambda store: funnel_told(store, NAME, year=2024, together=2),
        lambda store: ranks_told(store, NAME, year=2024),
    ):
        assert told(snapshot).to_json() == told(other).to_json()
