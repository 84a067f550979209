"""The weighing, worked out twice: by the arrays of `likely` and by slow loops over one pair after another; and what it must never do."""

import math
import statistics
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from virtualschool.link import chance, likely, weighing
from virtualschool.link.comparisons import LEVELS
from virtualschool.link.model import HOMES, model

PUPILS = 600_000


@pytest.mark.parametrize("settled", [0.7, 0.0, 1.0, 0.3])
def test_a_slow_loop_over_pairs_comes_to_the_same(settled):
    pairs = drawn_at_random(int(10 * settled), children=150, settled=settled)
    judged, (slow, present) = likely.judge(pairs, model()), slowly(pairs, model())
    assert np.abs(judged.probability - [pair["probability"] for pair in slow]).max() < 1e-9
    assert np.abs(judged.start - [pair["start"] for pair in slow]).max() < 1e-9
    for comparison in LEVELS:
        assert np.abs(judged.weights[comparison] - [pair["weights"][comparison] for pair in slow]).max() < 1e-9
    assert judged.present == pytest.approx(present, abs=1e-9)
    # Otherwise the loop would have agreed about nothing.
    assert settled == 1 or (judged.probability[~pairs.certain] > 0.9).any()


def drawn_at_random(seed, children, settled):
    """Pairs of children, some with an exact link, some not among the pupils: levels mostly as often as the shipped shares say."""
    rng, shipped, rows = np.random.default_rng(seed), model(), []
    for child in range(children):
        certain = rng.random() < settled
        true = certain or rng.random() < 0.6
        rows += [(child, certain, place == 0 and true) for place in range(rng.integers(1, 5))]
    levels = {name: np.zeros(len(rows), np.int64) for name in LEVELS}
    for place, (_, _, true) in enumerate(rows):
        # Places first: how often a number or a school agrees hangs on how near the homes are.
        for name in ("place", *(name for name in LEVELS if name != "place")):
            shares = (shipped.m if true else shipped.u)[name]
            shares = shares[chance.OF_HOMES[levels["place"][place]]] if shares.ndim == 2 else shares
            levels[name][place] = rng.choice(len(shares), p=0.7 * shares / shares.sum() + 0.3 / len(shares))
    shared = {name: np.floor(most ** rng.random(len(rows))) - 1 for name, most in SHARED.items()}
    certain, true = (np.array([row[place] for row in rows]) for place in (1, 2))
    group = rng.integers(0, len(shipped.present), children)
    child = np.array([row[0] for row in rows])
    group[child[certain]] = -1
    return likely.Pairs(child, levels, shared, certain & true, certain, group, tuple(shipped.present), PUPILS)


SHARED = {"born_alike": 120, "there": 30, "pupils_there": 15_000, "alike": 9_000, "among": 12_000}
"""Fewer pupils than this share a value; some pairs have none, as where it is not known."""


# --- The slow one: a pair is a dictionary, a level is a word ---


def slowly(pairs, shipped):
    told = [
        {
            "child": int(pairs.child[place]),
            "linked": bool(pairs.linked[place]),
            "certain": bool(pairs.certain[place]),
            "levels": {name: LEVELS[name][pairs.levels[name][place]] for name in LEVELS},
            "shared": {name: float(counts[place]) for name, counts in pairs.shared.items()},
        }
        for place in range(len(pairs.child))
    ]
    u, present = words_of(shipped.u), dict(shipped.present)
    group = {child: pairs.groups[number] for child, number in enumerate(pairs.group) if number >= 0}
    for pair in told:
        pair["homes"] = homes_of(pair["levels"]["place"])
    others = [pair for pair in told if pair["certain"] and not pair["linked"]]
    u = {name: learnt(others, name, held, shipped.strength) for name, held in u.items()}
    for homes in u["number"]:
        u["number"][homes] |= dict.fromkeys(("same as a former one", "same"), 1 / pairs.pupils)
    usual = statistics.median(pair["shared"]["born_alike"] for pair in told if pair["shared"]["born_alike"] > 0)
    born = {id(pair): max(pair["shared"]["born_alike"], max(1, usual) / 2) for pair in told}
    times = areas(others, born, pairs.pupils, shipped.strength)
    for pair in told:
        pair["by chance"] = {name: by_chance(pair, name, u, born[id(pair)], times, pairs.pupils) for name in LEVELS}
    links = [pair for pair in told if pair["linked"]]
    asked = [pair for pair in told if not pair["certain"]]
    shown = {name: [pair for pair in links if name != "number" and (name in ("birth", "sex") or comes_up(pair))] for name in LEVELS}
    begun = words_of(shipped.m)
    say = min(1, 500 / max(len(links), 1))

    def met():
        """m of those that rules linked, of the shipped shares, and of the others as far as they are likely."""
        return {name: learnt([*shown[name], *asked], name, held, shipped.strength, likeliness) for name, held in begun.items()}

    def likeliness(pair):
        return say if pair["linked"] else pair.get("probability", 0.0)

    m = met()
    children = Counter(group.values())
    for _ in range(likely.ROUNDS):
        posterior(asked, group, present, m, pairs.pupils)
        m = met()
        found = defaultdict(float)
        for pair in asked:
            found[group[pair["child"]]] += pair["probability"]
        worth = shipped.strength / 20
        for name, held in shipped.present.items():
            present[name] = min(max((found[name] + worth * held) / (children[name] + worth), 0.001), 0.999)
    posterior(asked, group, present, m, pairs.pupils)
    for pair in told:
        if pair["certain"]:
            pair["start"] = math.log2(0.97 / 0.03 / pairs.pupils)
            pair["weights"] = weights(pair, m, pairs.pupils)
            odds = 2 ** min(pair["start"] + sum(pair["weights"].values()), 60)
            pair["probability"] = odds / (1 + odds) if pair["linked"] else 0.0
    return told, present


def words_of(shares):
    """Shares by level in words, and those that depend on the homes by homes in words."""
    found = {}
    for name, held in shares.items():
        rows = [dict(zip(LEVELS[name][1:], row[1:].tolist(), strict=True)) for row in np.atleast_2d(held)]
        found[name] = dict(zip(HOMES, rows, strict=True)) if held.ndim == 2 else rows[0]
    return found


def homes_of(place):
    if place == "not known":
        return "homes not known"
    if place == "elsewhere":
        return "homes in different authorities"
    if place in ("same authority", "same postcode district"):
        return "homes in one authority"
    return "homes in one postcode sector" if place == "same postcode sector" else "the same home"


def learnt(told, name, held, strength, mass=lambda pair: 1.0):
    """The shares of levels of some pairs, those held counting as so many pairs."""
    if HOMES[0] in held:
        return {homes: learnt([pair for pair in told if pair["homes"] == homes], name, row, strength, mass) for homes, row in held.items()}
    counted = {level: strength * share for level, share in held.items()}
    for pair in told:
        if pair["levels"][name] != "not known":
            counted[pair["levels"][name]] += mass(pair)
    return {level: count / sum(counted.values()) for level, count in counted.items()}


def areas(others, born, pupils, strength):
    times = {}
    children = len({pair["child"] for pair in others})
    for area in ("same authority", "same postcode district", "same postcode sector"):
        met = [pair for pair in others if pair["levels"]["place"] == area and pair["levels"]["birth"] == pair["levels"]["sex"] == "same"]
        expected = [born[id(pair)] * max(pair["shared"]["there"], 1) / pupils for pair in met]
        times[area] = min(max((sum(1 / one for one in expected) + strength) / (children + strength), 1), 20)
    return times


def by_chance(pair, name, u, born, times, pupils):
    """How often two different people show what the pair shows."""
    level, shared = pair["levels"][name], pair["shared"]
    if level == "not known":
        return None
    if name == "birth":
        return {"same day and month": 11 / 365, "same month": 1 / 180, "nearly the same": 40 / 5000, "same": min(2 * born / pupils, 1)}.get(
            level, 1
        )
    if name == "sex":
        return 0.5
    if name == "place":
        if level == "elsewhere":
            return 1
        there = max(shared["there"], 1) / pupils * times.get(level, 1)
        return min(there / 100 if level.startswith("two") else there, 1)
    if name == "ethnicity":
        among = shared["among"]
        share = min(max(shared["alike"] / max(among, 1), 0.5 / max(among, 50)), 0.99)
        group = min(u[name]["same group"], (1 - share) / 2)
        return min(max({"same": share, "same group": group}.get(level, 1 - share - group), 0.002), 1)
    if name == "school" and pair["homes"] in HOMES[:2]:
        if level == "in another authority":
            return 1
        row = u[name][pair["homes"]]
        inside = sum(share for other, share in row.items() if other != "in another authority")
        return max(min(shared["pupils_there"] / pupils, 1), 0.001) * row[level] / inside
    return max(u[name][pair["homes"]][level] if name in ("school", "number") else u[name][level], 1e-9)


def comes_up(pair):
    """Whether the pair would have been weighed without its number."""
    levels = pair["levels"]
    near = levels["school"] not in ("not known", "in another authority")
    near |= levels["place"] not in ("not known", "elsewhere", "same authority")
    return levels["birth"] == levels["sex"] == "same" and near


def weights(pair, m, pupils):
    found = {}
    for name, level in pair["levels"].items():
        if level == "not known" or (name == "school" and pair["homes"] == "the same home"):
            found[name] = 0.0
        else:
            share = m[name][pair["homes"]][level] if name == "school" else m[name][level]
            found[name] = math.log2(max(share, 1e-9) / pair["by chance"][name])
            if level == "in another authority":
                found[name] = min(found[name], 0.0)
    levels = pair["levels"]
    if (
        levels["birth"] == "same"
        and levels["sex"] != "not known"
        and (levels["place"] == "same postcode sector" or pair["homes"] == "the same home")
    ):
        told = ("birth", "sex", "place", "number", "ethnicity", "name")
        together = sum(found[name] for name in told)
        # A twin, of whom so many are among the pupils, shows birth date and home as the child would.
        twin = {"same": 0.012, "differs": 0.007}[levels["sex"]] / pupils / m["sex"][levels["sex"]]
        for name, shown in TWIN.items():
            if levels[name] != "not known":
                twin *= shown[levels[name]] / m[name][levels[name]]
        found["place"] += -math.log2(2**-together + twin) - together
    return found


TWIN = {
    "number": {"differs": 0.35, "same school and year": 0.55, "two characters off": 0.08, "one character off": 0.0165}
    | {"same as a former one": 0.0005, "same": 0.003},
    "ethnicity": {"differs": 0.05, "same group": 0.05, "same": 0.9},
    "name": {"differs": 0.07, "one of two names the same": 0.9, "nearly the same": 0.02, "same": 0.01},
}


def posterior(asked, group, present, m, pupils):
    """Divides what is sure of each child between its pairs and none of them."""
    total = defaultdict(lambda: 1.0)
    for pair in asked:
        share = present[group[pair["child"]]]
        pair["start"] = math.log2(share / (1 - share) / pupils)
        pair["weights"] = weights(pair, m, pupils)
        pair["odds"] = 2 ** min(pair["start"] + sum(pair["weights"].values()), 60)
        total[pair["child"]] += pair["odds"]
    for pair in asked:
        pair["probability"] = pair["odds"] / total[pair["child"]]


# --- Pairs drawn by hand ---


def drawn(*children, shared=None, group="no number, of school age", pupils=PUPILS):
    """Pairs of children who are to be judged: of each child the levels of its pairs, in words; birth date and sex the same unless said."""
    rows = [({"birth": "same", "sex": "same"} | said, child) for child, pairs in enumerate(children) for said in pairs]
    levels = {name: np.array([levels.index(said.get(name, "not known")) for said, _ in rows], np.int64) for name, levels in LEVELS.items()}
    counts = {"born_alike": 55.0, "there": 4.0, "pupils_there": 12_000.0, "alike": 8_000.0, "among": 12_000.0} | (shared or {})
    groups = tuple(model().present)
    return likely.Pairs(
        np.array([child for _, child in rows], np.int64),
        levels,
        {name: np.full(len(rows), count) for name, count in counts.items()},
        np.zeros(len(rows), bool),
        np.zeros(len(rows), bool),
        np.full(len(children), groups.index(group)),
        groups,
        pupils,
    )


AT_ITS_TIME = {"place": "same postcode, at its time", "school": "within 3 miles", "ethnicity": "same"}
IN_AUTHORITY = {"place": "same authority", "school": "in the same authority", "ethnicity": "same"}


def test_being_the_only_one_of_birth_date_sex_and_authority_is_no_evidence():
    alone = likely.judge(drawn([IN_AUTHORITY], shared={"there": 12_000.0}), model())
    assert alone.probability[0] < 0.5
    # Nor do many such children talk one another into it.
    many = likely.judge(drawn(*[[IN_AUTHORITY]] * 300, shared={"there": 12_000.0}), model())
    assert many.probability.max() < 0.95


@pytest.mark.parametrize("others", [0, 3])
def test_being_the_only_one_is_no_evidence_where_most_are_not_among_the_pupils(others):
    children = [[AT_ITS_TIME, *[{"birth": "nearly the same"}] * others]]
    held, lacking = (replace(model(), present=dict.fromkeys(model().present, share)) for share in (0.95, 0.02))
    sure, doubtful = likely.judge(drawn(*children), held), likely.judge(drawn(*children), lacking)
    assert all(sure.weights[name][0] == pytest.approx(doubtful.weights[name][0], abs=0.1) for name in LEVELS)
    assert sure.probability[0] > 0.99
    assert doubtful.probability[0] < model().link_floor


def test_a_rare_postcode_and_birth_date_make_a_link_without_a_number():
    found = likely.judge(drawn([AT_ITS_TIME | {"moves": "joined a school soon after a move"}]), model())
    assert found.probability[0] > 0.95


def test_what_is_not_known_weighs_nothing():
    found = likely.judge(drawn([AT_ITS_TIME]), model())
    for name in ("number", "moves", "needs", "arrival", "name"):
        assert found.weights[name].tolist() == [0.0]


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.fixed_dictionaries({name: st.sampled_from(levels) for name, levels in LEVELS.items()}), st.integers(1, 5))
def test_two_pupils_of_whom_the_same_is_known_are_never_told_apart(levels, others):
    found = likely.judge(drawn([levels, levels, *[{}] * others]), model())
    assert found.probability[0] == pytest.approx(found.probability[1])
    assert found.probability[0] <= 0.5
    assert found.probability.sum() <= 1


def test_twins_of_one_sex_at_one_postcode_without_numbers_are_not_linked():
    pairs = drawn([AT_ITS_TIME, AT_ITS_TIME], [AT_ITS_TIME, AT_ITS_TIME])
    found = likely.judge(pairs, model())
    assert found.probability.max() <= 0.5
    assert links(pairs, found.probability) == []


def test_the_number_tells_twins_apart():
    pairs = drawn(
        [AT_ITS_TIME | {"number": "one character off"}, AT_ITS_TIME | {"number": "same school and year"}],
        group="number not found, of school age",
    )
    found = likely.judge(pairs, model())
    assert links(pairs, found.probability) == [0]


def test_one_who_may_be_the_twin_is_less_sure_than_a_stranger_would_be():
    likes = [AT_ITS_TIME | {"number": "same school and year"}]
    twin = likely.judge(drawn(likes, group="number not found, of school age"), model())
    other = likely.judge(drawn([{**likes[0], "birth": "nearly the same"}], group="number not found, of school age"), model())
    assert twin.total[0] - twin.weights["birth"][0] < other.total[0] - other.weights["birth"][0]


@pytest.mark.parametrize("sex", ["same", "differs"])
def test_a_shared_home_alone_is_no_link_where_the_child_is_hardly_among_the_pupils_and_a_twin_may_be(sex):
    pairs = drawn([AT_ITS_TIME | {"sex": sex, "number": "same school and year"}], group="number not found, past school age")
    assert links(pairs, likely.judge(pairs, model()).probability) == []


@pytest.mark.parametrize(
    ("birth", "made"), [("differs", []), ("same day and month", []), ("same month", []), ("nearly the same", [0]), ("same", [0])]
)
def test_no_number_makes_a_link_where_birth_dates_differ_by_more_than_a_slip(birth, made):
    pairs = drawn([AT_ITS_TIME | {"number": "same", "birth": birth}], group="number found, of school age")
    assert links(pairs, np.array([0.999])) == made


def test_no_pupil_seen_before_the_child_came_is_a_link():
    before = AT_ITS_TIME | {"arrival": "seen before the child arrived"}
    after = AT_ITS_TIME | {"arrival": "not seen before the child arrived"}
    assert links(drawn([before], [after]), np.array([0.99, 0.99])) == [1]


def test_no_link_is_made_below_the_floor_nor_a_second_one():
    near = {"place": "same authority"}
    assert links(drawn([near, near], [near]), np.array([0.94, 0.05, 0.95])) == [2]
    # Where no home can be compared the floor is lower.
    assert links(drawn([{}, {}], [{}], [{}]), np.array([0.94, 0.05, 0.95, 0.89])) == [0, 2]


def links(pairs, probability):
    weighed = weighing.Weighed(None, pairs.child, likely.judge(pairs, model()), pairs.levels, pairs.linked, ~pairs.certain, probability)
    return weighing.proposals(weighed, model())[0]


# --- Of whom it is asked whether they are among the pupils at all ---


def test_a_child_counts_with_those_of_its_kind_by_number_age_and_whether_it_came_alone():
    groups = tuple(model().present)
    here = "no number, of school age", "number not found, of school age", "number not found, past school age", "no number, under school age"
    told = [
        # Of each child: its group as it comes, and the numbers and arrivals of its pairs.
        (here[0], [("not known", "not known")]),
        (here[1], [("one character off", "not known"), ("not known", "not known")]),
        (here[1], [("differs", "not known"), ("same", "not known")]),
        (here[2], [("same as a former one", "seen before the child arrived")]),
        (here[3], [("not known", "not seen before the child arrived"), ("not known", "not known")]),
        (None, [("same", "not seen before the child arrived")]),
    ]
    rows = [
        {"la": "301", "child": f"{child}", "pupil": f"{place}", "linked": group is None, "certain": group is None}
        | {"group": -1 if group is None else groups.index(group)}
        | dict.fromkeys(LEVELS, 0)
        | {"number": LEVELS["number"].index(number), "arrival": LEVELS["arrival"].index(arrival)}
        | dict.fromkeys(SHARED)
        for child, (group, pairs) in enumerate(told)
        for place, (number, arrival) in enumerate(pairs)
    ]
    found = weighing.pairs(pa.Table.from_pylist(rows), PUPILS, groups)
    assert [groups[place] if place >= 0 else None for place in found.group] == [
        "no number, of school age",
        "number not found, of school age",
        "number found, of school age",
        "number found, past school age, unaccompanied",
        "no number, under school age, unaccompanied",
        None,
    ]
