"""An attacker with everything that was published, linear programs and patience, against an invented England of five authorities.

The attacker knows every authority, group and cohort there is, takes the counts of regions and England as if they had not been rounded, and
asks for the least and the greatest that each hidden number can be over every way in which children could lie in all groups at once.
"""

import random
from collections.abc import Iterator
from itertools import product
from types import SimpleNamespace

import numpy
import pytest
from drawn_cohorts import built, children, standing, write
from scipy import optimize, sparse

from virtualschool import benchmarks, measures, publish, tables
from virtualschool.publish.releases import Release
from virtualschool.publish.rules import rule

REGIONS = {"V01": "R1", "V02": "R1", "V03": "R1", "V04": "R2", "V05": "R2"}
SEXES, NEEDS = ("female", "male"), ("none", "support", "EHCP")
STAYS = ((True, True), (False, True), (False, False))
"""In care for twelve months and at 31 March, at 31 March only, in the year only."""
YEARS = (2024,)
MEASURE = "english_maths_94"


def england(seed: int) -> Iterator[dict]:
    chance = random.Random(seed)
    for year, la, sex, sen, (all_year, march) in product(YEARS, REGIONS, SEXES, NEEDS, STAYS):
        often = {"none": 60, "support": 40, "EHCP": 9}[sen] if all_year else 3
        number = chance.randint(often // 4, often + (8 if la in ("V01", "V04") else 0))
        reached = sum(chance.random() < {"none": 0.45, "support": 0.3, "EHCP": 0.12}[sen] for _ in range(number))
        for count, passed in ((reached, True), (number - reached, False)):
            yield from children(
                la,
                year,
                count,
                sex=sex,
                sen=sen,
                at_ks4=True,
                english_maths_94=passed,
                looked_after_12_months=all_year,
                at_31_march=march,
                in_year=True,
            )


QUESTIONS = (
    {"compare": "england,region"},
    {"by": "sex", "compare": "england"},
    {"by": "sen"},
    {"la": "V02,V05", "by": "sex,sen"},
    {"where": "sen = support", "compare": "region"},
    {"where": "sen != EHCP"},
    {"cohort": "year", "la": "region"},
    {"by": "sex", "cohort": "march", "la": "V01,V03"},
)


@pytest.fixture(scope="module", params=[5])
def world(request, tmp_path_factory):
    with standing(tmp_path_factory.mktemp("attacked")) as store:
        placed = [
            {"la": la, "name": la, "region_code": code, "region": f"Region {code}", "file": 1, "row": 1} for la, code in REGIONS.items()
        ]
        write(store, tables.authorities, placed)
        built(store, england(request.param))
        yield store


def ask(store, question: dict, release: Release | None):
    asked = benchmarks.parse(store.engine, [MEASURE], year=2024, **question)
    raw = benchmarks.figures(store.engine, {}, asked)
    return raw, publish.publish(raw, "public", who="tester", beside=release.of(asked) if release else None)


def snapshot(folder) -> SimpleNamespace:
    return SimpleNamespace(name="one", store=SimpleNamespace(path=folder))


class Attacker:
    """What is known: sums over atoms (authority, sex, need, stay), and how many of each reached it. One for each year."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.atoms = list(product(REGIONS, SEXES, NEEDS, STAYS))
        self.rows: dict[tuple[int, ...], tuple[int, int]] = {}
        self.hidden: dict[tuple[int, ...], tuple[int, int]] = {}

    def hears(self, raw, published, question: dict) -> None:
        for figure, row in zip(raw.figures, published.rows, strict=True):
            if figure.cell.year != self.year:
                continue
            cells = [(figure.cell, row["symbol"] == "c")]
            cells += [(one.cells[0], row[f"{one.name}_value"] is None) for one in figure.comparators]
            for cell, is_hidden in cells:
                if cell.sums and cell.sums.pupils:
                    truth = cell.sums.pupils, int(cell.sums.numerator)
                    self.learn(self.members(cell, raw.by, question), truth, is_hidden)

    def learn(self, members: tuple[int, ...], truth: tuple[int, int], is_hidden: bool) -> None:
        if is_hidden:
            self.hidden[members] = truth
        else:
            self.rows[members] = truth

    def members(self, cell, by, question: dict) -> tuple[int, ...]:
        groups = dict(zip(by, cell.group, strict=True))
        where = question.get("where", "")
        found = []
        for number, (la, sex, sen, (all_year, march)) in enumerate(self.atoms):
            here = cell.place.code in (la, REGIONS[la]) or cell.place.level == "england"
            in_cohort = {"march": march, "year": True}.get(question.get("cohort", ""), all_year)
            fits = {"": True, "sen = support": sen == "support", "sen != EHCP": sen != "EHCP"}[where]
            if here and in_cohort and fits and groups.get("sex", sex) == sex and groups.get("sen", sen) == sen:
                found.append(number)
        return tuple(found)

    def every_group(self) -> Iterator[tuple[int, ...]]:
        """Every group of an authority by up to two columns, asked for or not, among children in care for twelve months."""
        for la, sex, sen in product(REGIONS, (*SEXES, None), (*NEEDS, None)):
            yield tuple(
                number
                for number, atom in enumerate(self.atoms)
                if atom[0] == la and sex in (None, atom[1]) and sen in (None, atom[2]) and atom[3] == (True, True)
            )

    def interval(self, members: tuple[int, ...], part: int) -> tuple[float, float]:
        """The least and greatest sum over atoms, of children (0) or of those who reached it (1), as far as programs tell."""
        size = len(self.atoms)
        entries = [(line, at + size * which) for line, (atoms, which) in enumerate(product(self.rows, (0, 1))) for at in atoms]
        truths = [float(self.rows[atoms][which]) for atoms, which in product(self.rows, (0, 1))]
        lines, columns = zip(*entries, strict=True)
        equal = sparse.csr_array((numpy.ones(len(entries)), (lines, columns)), shape=(len(truths), 2 * size))
        within = sparse.hstack([-sparse.eye_array(size), sparse.eye_array(size)])
        aim = numpy.zeros(2 * size)
        aim[[at + size * part for at in members]] = 1
        ends = []
        for way in (1, -1):
            solved = optimize.linprog(way * aim, within, numpy.zeros(size), equal, truths, bounds=(0, 500))
            assert solved.status == 0, solved.message
            ends.append(way * solved.fun)
        return ends[0], ends[1]


def given_away(attackers: list[Attacker], truths) -> list[tuple]:
    """Hidden numbers that the attacker knows, and small ones that are known to within less than the protection."""
    found = []
    for attacker in attackers:
        whole = {members: truths(attacker, members) for members in {*attacker.hidden, *attacker.every_group()}}
        for members, (pupils, reached) in whole.items():
            if members in attacker.rows or not pupils:
                continue
            a_rule = rule(measures.named(MEASURE), attacker.year)
            wanted = [0 if a_rule.shows_pupils(pupils) else a_rule.pupils_from, 0]
            if reached < a_rule.count_from and pupils >= a_rule.pupils_from:
                wanted[1] = a_rule.count_from
            if members in attacker.hidden:
                wanted = [wanted[0], max(wanted[1], 0.5)]
            for part in (0, 1):
                ends = attacker.interval(members, part) if wanted[part] else (0, 1)
                if ends[1] - ends[0] < wanted[part] - 1e-6:
                    found.append((attacker.year, members, pupils, reached, ends))
    return found


def truths_of(store):
    rows = store.engine.rows(
        "SELECT year, la, sex, sen, looked_after_12_months AS twelve, at_31_march AS march, count(*) AS n, "
        "count(*) FILTER (WHERE english_maths_94) AS r FROM children GROUP BY ALL"
    )
    held = {(row["year"], row["la"], row["sex"], row["sen"], (row["twelve"], row["march"])): (row["n"], row["r"]) for row in rows}

    def truths(attacker: Attacker, members) -> tuple[int, int]:
        found = [held.get((attacker.year, *attacker.atoms[number]), (0, 0)) for number in members]
        return sum(n for n, _ in found), sum(r for _, r in found)

    return truths


def attacked(store, folder, *, ledger: bool) -> tuple[list[Attacker], int]:
    attackers, hidden = [Attacker(year) for year in YEARS], 0
    for number, question in enumerate(QUESTIONS):
        release = Release(snapshot(folder), store.engine, f"release {number}") if ledger else None
        raw, published = ask(store, question, release)
        if release:
            release.enter()
        hidden += sum(row["symbol"] == "c" for row in published.rows)
        for attacker in attackers:
            attacker.hears(raw, published, question)
    return attackers, hidden


def test_without_the_ledger_questions_can_be_subtracted_from_one_another(world, tmp_path):
    attackers, _ = attacked(world, tmp_path, ledger=False)
    assert given_away(attackers, truths_of(world))


def test_with_the_ledger_nothing_hidden_can_be_recovered_from_all_that_was_published(world, tmp_path):
    attackers, hidden = attacked(world, tmp_path, ledger=True)
    assert hidden and all(len(attacker.rows) > 20 for attacker in attackers)
    assert not given_away(attackers, truths_of(world))
