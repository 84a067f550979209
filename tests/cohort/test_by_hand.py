"""Periods, the twelve-month rule and placements, worked out a second time by a plain loop over invented careers."""

import datetime

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from virtualschool import tables
from virtualschool.cohort import periods, placements, twelve_months
from virtualschool.store import Store, sql

YEARS = range(2021, 2025)
FIRST = datetime.date(2019, 1, 1)
DAY = datetime.timedelta(days=1)

episode = st.fixed_dictionaries(
    {
        "days": st.one_of(st.integers(1, 40), st.integers(1, 500)),
        "gap": st.sampled_from([None, None, None, 0, 1, 30]),
        "rne": st.sampled_from("LPTBU"),
        "ls": st.sampled_from(["C2", "C2", "V2", "V3"]),
        "place": st.sampled_from(["U4", "U6", "K2", "T1", "T4", "A3"]),
        "post": st.sampled_from(["AA1 1AA", "BB2 2BB"]),
    }
)
careers = st.lists(
    st.tuples(st.one_of(st.integers(0, 1800), st.sampled_from([455, 456, 819, 820, 821])), st.lists(episode, min_size=1, max_size=7)),
    min_size=1,
    max_size=30,
)


def career(start: int, drawn: list[dict]) -> list[dict]:
    """Episodes one after another: a gap of None goes on the same day (X1), a number ends care that many days before the next."""
    made, day = [], FIRST + start * DAY
    for place, one in enumerate(drawn):
        starts = place == 0 or drawn[place - 1]["gap"] is not None
        last = place == len(drawn) - 1
        end = day + one["days"] * DAY
        rec = None if last and one["gap"] is None else "X1" if one["gap"] is None else "E4A"
        made.append({**one, "decom": day, "dec": end if rec else None, "rne": "S" if starts else one["rne"], "rec": rec})
        day = end + (one["gap"] or 0) * DAY
    return made


def returns(careers: list[list[dict]]) -> pa.Table:
    """The episodes as each year's return would have them: those of the year, with an end only where it is no later than 31 March."""
    rows = []
    for child, episodes in enumerate(careers):
        for year in YEARS:
            for one in episodes:
                if touches(one, year):
                    ended = one["dec"] and one["dec"] <= finish(year)
                    rows.append(
                        {
                            "la": "301",
                            "year": year,
                            "child": str(child),
                            "decom": one["decom"],
                            "rne": one["rne"],
                            "ls": one["ls"],
                            "place": one["place"],
                            "dec": one["dec"] if ended else None,
                            "rec": one["rec"] if ended else None,
                            "pl_post": one["post"],
                        }
                    )
    return pa.Table.from_pylist(rows, tables.episodes.arrow)


def start(year: int) -> datetime.date:
    return datetime.date(year - 1, 4, 1)


def finish(year: int) -> datetime.date:
    return datetime.date(year, 3, 31)


def touches(one: dict, year: int) -> bool:
    return one["decom"] <= finish(year) and (one["dec"] is None or one["dec"] >= start(year))


def by_hand(episodes: list[dict], year: int) -> tuple:
    """looked after 12 months, on 31 March, periods, period_start, period_days, placements in year, in period."""
    of_year = [one for one in episodes if touches(one, year)]
    all_year = True
    for one in of_year:
        if one["ls"] == "V3" or (one["rne"] == "S" and one["decom"] > start(year)):
            all_year = False
        if one["dec"] and start(year) <= one["dec"] < finish(year) and one["rec"] != "X1":
            all_year = False
    care = [one for one in episodes if one["ls"] != "V3"]
    on_last_day = any(one["decom"] <= finish(year) and (one["dec"] is None or one["dec"] > finish(year)) for one in care)
    period = placement = 0
    begun: list[dict] = []
    last_lasting = None
    away = False
    for before, one in zip([None, *care], care, strict=False):
        fresh = before is None or before["dec"] < one["decom"] or (one["rne"] == "S" and before["rec"] != "X1")
        period += fresh
        away = False if before is None else before["place"] in ("T1", "T4")
        if one["place"] in ("T1", "T4"):
            begun.append({**one, "period": period, "placement": None})
            continue
        same = last_lasting is not None and (one["place"], one["post"]) == (last_lasting["place"], last_lasting["post"])
        moved = not same if away else one["rne"] in "SPB"
        if one["place"] == "A3":
            moved = False
        placement += last_lasting is None or last_lasting["period"] != period or moved
        begun.append({**one, "period": period, "placement": placement})
        last_lasting = begun[-1]
    known = [one for one in begun if one["decom"] <= finish(year)]
    latest = [one for one in known if one["period"] == max(other["period"] for other in known)]
    if not any(touches(one, year) for one in latest):
        return all_year, on_last_day, None, None, None, None, None
    ends = [min(one["dec"] or finish(year), finish(year)) for one in latest]
    return (
        all_year,
        on_last_day,
        len({one["period"] for one in known}),
        min(one["decom"] for one in latest),
        (max(ends) - min(one["decom"] for one in latest)).days + 1,
        len({one["placement"] for one in known if touches(one, year)} - {None}),
        len({one["placement"] for one in latest} - {None}),
    )


@pytest.fixture(scope="module")
def worked_out(tmp_path_factory):
    """Gives what the expressions say of returns: child and year to the same seven answers."""
    known = periods.episodes_known()
    years, care = periods.child_years(known), periods.care(known)
    fields = periods.period_fields(years, care)
    own = ["la", "child", "year"]
    rows = twelve_months.flags(years, known).left_join(fields, own, rname="p_{name}")
    rows = rows.left_join(placements.placement_fields(years, fields, placements.placements(care)), own, rname="q_{name}")
    answers = (
        "looked_after_12_months",
        "at_31_march",
        "periods",
        "period_start",
        "period_days",
        "placements_in_year",
        "placements_in_period",
    )
    query = sql(rows.select("child", "year", *answers))
    with Store(tmp_path_factory.mktemp("by-hand") / "store").draft(threads=1) as draft:

        def ask(episodes: pa.Table) -> dict:
            draft.engine.register("episodes", episodes)
            return {(int(row["child"]), row["year"]): tuple(row[name] for name in answers) for row in draft.engine.rows(query)}

        yield ask


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(careers)
def test_the_expressions_and_a_plain_loop_say_the_same_of_any_careers(worked_out, drawn):
    # What ended before the first return is in none, and nobody can know of it.
    lives = [[one for one in career(first, episodes) if any(touches(one, year) for year in YEARS)] for first, episodes in drawn]
    expected = {
        (child, year): by_hand(life, year) for child, life in enumerate(lives) for year in YEARS if any(touches(one, year) for one in life)
    }
    assert worked_out(returns(lives)) == expected
