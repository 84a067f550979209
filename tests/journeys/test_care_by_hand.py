"""Every care record of an invented store, by plain loops and by the definitions: the same."""

from collections import defaultdict
from functools import cache

import pytest
from slow_care import Care

from virtualschool.store import Store


@pytest.fixture(scope="module")
def engine(built):
    return Store.open(built).current().engine()


@pytest.fixture(scope="module")
def care(engine):
    @cache
    def rows(table: str) -> tuple:
        return tuple(engine.rows(f'SELECT * FROM "{table}"'))

    return Care(rows)


@pytest.fixture(scope="module")
def children(engine):
    return engine.rows("SELECT * FROM children ORDER BY la, child, year")


def differing(children, by_hand, *columns: str, asked=lambda row: row["in_year"]) -> list:
    """The rows, of those asked for, in which the columns are not what was worked out by hand; at least a hundred are compared."""
    chosen = [row for row in children if asked(row)]
    assert len(chosen) > 100
    found = []
    for row in chosen:
        expected = by_hand(row["la"], row["child"], row["year"])
        if tuple(row[name] for name in columns) != expected:
            found.append((row["la"], row["child"], row["year"], tuple(row[name] for name in columns), expected))
    return found


def test_moves_and_placements(care, children):
    columns = ("placements_in_year", "placements_in_2_years", "placement_moves", "placement_moves_explained", "unplanned_moves")
    assert differing(children, lambda *key: tuple(care.moves(*key)[name] for name in columns), *columns) == []


def test_long_term_stability(care, children):
    columns = ("in_care_long_term", "same_carer_2_years")

    def by_hand(*key):
        found = care.stability(*key)
        return tuple(found[name] if found else None for name in columns)

    assert differing(children, by_hand, *columns) == []
    assert any(row["same_carer_2_years"] for row in children)


def test_reviews(care, children):
    assert differing(children, care.reviews_on_time, "reviews_due", "reviews_on_time") == []
    assert differing(children, care.part_taken, "reviews_taking_part", "reviews_attended", "reviews_views_given") == []


def test_missing_and_social_workers(care, children):
    assert differing(children, care.spells, "missing_episodes", "away_episodes") == []
    since = lambda row: row["in_year"] and row["year"] >= 2024  # noqa: E731
    assert differing(children, lambda *key: (care.workers(*key),), "social_workers_in_year", asked=since) == []


def test_permanence(care, children):
    assert differing(children, care.permanence, "permanence_on_record", "days_without_permanence") == []


def test_health_and_convictions(care, children):
    ours = ("convicted", "development_checks", "immunised", "teeth_checked", "health_assessed", "substance_misuse")
    theirs = ("convicted", "health_check", "immunisations", "teeth_check", "health_assessment", "substance_misuse")

    def by_hand(*key):
        told = max(care.of("oc2", *key), key=lambda row: (row["file"], row["row"]), default=None)
        return tuple({"1": True, "0": False}.get(told and told[name]) for name in theirs)

    assert differing(children, by_hand, *ours) == []


def test_care_leavers_of_each_age_are_counted_with_their_shares(engine, care):
    """The measures themselves, authority by authority."""
    occupied, housed = ("1", "2", "3", "4", "5"), ("1", "2", "0")
    expected: dict = defaultdict(lambda: [0] * 6)
    for row in care.rows("oc3"):
        key = (row["la"], row["child"], row["year"])
        age, told = care.age(*key), care.leaver(*key)
        if told is None or not 17 <= age <= 21:
            continue
        counts = expected[row["la"], row["year"], "leavers_17_18" if age < 19 else "leavers"]
        counts[0] += 1
        counts[1] += told["activ"][0] in "FP" and told["activ"][1] in occupied
        counts[2] += told["in_touch"] == "YES"
        if told["accom"][0] not in "GHR":
            counts[3] += 1
            counts[4] += told["accom"].endswith("1")
            counts[5] += told["accom"][-1:] not in housed[:2]
    sums = ", ".join(
        f'count("{prefix}_{name}__d"), coalesce(sum("{prefix}_{name}__n"), 0)'
        for prefix in ("leavers", "leavers_17_18")
        for name in ("eet", "in_touch", "suitable", "suitability_not_known")
    )
    found = {}
    for row in engine.rows(f"SELECT la, year, {sums} FROM facts WHERE care_leaver GROUP BY la, year"):
        la, year, *cells = row.values()
        for prefix, (everyone, eet, _, touch, housed_all, suitable, _, unknown) in (("leavers", cells[:8]), ("leavers_17_18", cells[8:])):
            if everyone:
                found[la, year, prefix] = [everyone, eet, touch, housed_all, suitable, unknown]
    assert found == dict(expected)
    assert len(found) >= 6
