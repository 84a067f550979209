import itertools
from collections import defaultdict
from datetime import date, datetime

from tests.invent.conftest import YEARS


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def of_child(rows, year):
    found = defaultdict(list)
    for row in rows.care("episodes", year):
        found[row["LA"], row["CHILD"]].append(row)
    return found


def test_an_episode_that_ends_with_x1_is_followed_by_one_that_begins_the_same_day(rows):
    followed = 0
    for year in YEARS:
        for episodes in of_child(rows, year).values():
            begins = {row["DECOM"] for row in episodes}
            for row in episodes:
                if row["REC"] == "X1":
                    assert row["DEC"] in begins
                    followed += 1
                elif row["REC"]:
                    assert not any(other["DECOM"] == row["DEC"] and other["RNE"] != "S" for other in episodes)
    assert followed > 200


def test_episodes_of_a_child_do_not_overlap_and_each_lasts_a_day_at_least(rows):
    for year in YEARS:
        for episodes in of_child(rows, year).values():
            spans = sorted((day(row["DECOM"]), day(row["DEC"]) if row["DEC"] else date.max) for row in episodes)
            assert all(begin < end for begin, end in spans)
            assert all(end <= later for (_, end), (later, _) in itertools.pairwise(spans))


def test_the_reason_for_a_new_episode_says_what_changed(rows):
    for year in YEARS:
        for episodes in of_child(rows, year).values():
            episodes.sort(key=lambda row: day(row["DECOM"]))
            for before, after in itertools.pairwise(episodes):
                if before["REC"] != "X1" or before["DEC"] != after["DECOM"]:
                    continue
                assert (before["LS"] != after["LS"]) == (after["RNE"] in "LBU")
                if after["RNE"] == "L":
                    assert (before["PLACE"], before["PL_POST"] or after["PL_POST"]) == (
                        after["PLACE"],
                        after["PL_POST"] or before["PL_POST"],
                    )
                if "T4" not in (before["PLACE"], after["PLACE"]):
                    assert bool(before["REASON_PLACE_CHANGE"]) == (after["RNE"] in "PTBU")


def test_an_open_episode_of_one_year_stands_in_the_next(rows):
    changed = {"H5": "K3", "P2": "K3"}
    for year in YEARS[:-1]:
        later = of_child(rows, year + 1)
        for child, episodes in of_child(rows, year).items():
            for row in episodes:
                if not row["DEC"]:
                    same = [other for other in later[child] if other["DECOM"] == row["DECOM"]]
                    assert len(same) == 1
                    assert {row["PLACE"], changed.get(row["PLACE"], row["PLACE"])} >= {same[0]["PLACE"]}
                    assert [row[name] for name in ("RNE", "LS", "CIN")] == [same[0][name] for name in ("RNE", "LS", "CIN")]


def test_a_return_holds_the_episodes_open_in_its_year_and_no_others(rows):
    for year in YEARS:
        for row in rows.care("episodes", year):
            assert day(row["DECOM"]) <= date(year, 3, 31)
            assert not row["DEC"] or date(year - 1, 4, 1) <= day(row["DEC"]) <= date(year, 3, 31)


def test_outcomes_are_returned_for_children_looked_after_all_year_and_for_them_alone(rows):
    for year in YEARS:
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        all_year = set()
        for child, episodes in of_child(rows, year).items():
            spans = [(day(row["DECOM"]), day(row["DEC"]) if row["DEC"] else date.max) for row in episodes]
            broken = any(
                row["LS"] in ("V3", "V4") or (row["RNE"] == "S" and begin > first) or (row["REC"] not in ("", "X1") and first <= end < last)
                for row, (begin, end) in zip(episodes, spans, strict=True)
            )
            if not broken:
                all_year.add(child)
        assert {(row["LA"], row["CHILD"]) for row in rows.care("oc2", year)} == all_year
        # About two thirds of those in care on a day have been so for the year.
        open_ = sum(any(not row["DEC"] for row in episodes) for episodes in of_child(rows, year).values())
        assert 0.6 < len(all_year) / open_ < 0.85


def test_nobody_is_in_care_after_the_eighteenth_birthday(rows):
    born = {(row["LA"], row["CHILD"]): day(row["DOB"]) for row in rows.care("header", 2025)}
    for child, episodes in of_child(rows, 2025).items():
        for row in episodes:
            # Birth dates mistyped by a month or a year are among the mistakes.
            assert (day(row["DECOM"]) - born[child]).days < 19 * 366


def test_children_of_every_module_are_in_the_header(rows):
    for year in (2023, 2025):
        header = {(row["LA"], row["CHILD"]) for row in rows.care("header", year)}
        for module in ("episodes", "reviews", "uasc", "oc2", "oc3", "ad1", "previous_permanence", "missing"):
            assert {(row["LA"], row["CHILD"]) for row in rows.care(module, year)} <= header, module


def test_unaccompanied_children_are_mostly_boys_who_came_at_sixteen(rows):
    found = rows.care("uasc", 2025)
    assert len(found) > 30
    assert sum(row["SEX"] == "M" for row in found) / len(found) > 0.85
