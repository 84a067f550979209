"""A finished store of twelve invented authorities over four years, for statistics about them; drawn by a fixed seed."""

import random
from decimal import Decimal

import pyarrow as pa
import pytest

from virtualschool import measures, tables
from virtualschool.benchmarks.cell import Cell
from virtualschool.benchmarks.estimate import Estimate, estimate
from virtualschool.benchmarks.figure import Sums
from virtualschool.benchmarks.request import Place
from virtualschool.store import Draft, Snapshot, Store

PLACES = tuple(f"V{number:02d}" for number in range(1, 13))
YEARS = (2023, 2024, 2025, 2026)
ENGLISH_MATHS = "english_maths_94"
MEASURES = ("attainment_8", ENGLISH_MATHS, "absence_rate", "persistent_absence", "suspended_once_or_more")
GROUPS = ("Asian", "Black", "Mixed", "White")


def table(which: tables.Table, rows: list[dict]) -> pa.Table:
    return pa.table([pa.array([row.get(column.name) for row in rows], column.arrow) for column in which.columns], schema=which.arrow)


def child(la: str, number: int, year: int, chance: random.Random) -> dict:
    """V01 does far worse than the others in English and maths; V02 has eight children only."""
    passed = chance.random() < (0.15 if la == "V01" else 0.55)
    return {
        "la": la,
        "child": f"{la}-{year}-{number}",
        "pupil": f"{la}{year}{number:04d}",
        "year": year,
        "sex": "female" if number % 2 else "male",
        "sen": ("none", "support", "EHCP")[number % 3],
        "ethnic_group": GROUPS[number % 4],
        "disability": number % 9 == 0,
        "unaccompanied": number % 10 == 0,
        "age": 15,
        "looked_after_12_months": True,
        "at_31_march": True,
        "in_year": True,
        "linked": True,
        "link_method": "exact",
        "state_funded": True,
        "at_ks4": True,
        "attainment_8": Decimal(chance.randrange(1000, 3500)) / 100 - (6 if number % 2 else 0),
        "english_maths_94": passed,
        "sessions_possible": 380,
        "sessions_missed": int(chance.expovariate(1 / 35)) % 380,
        "on_roll_january": True,
        "suspensions": int(chance.random() < 0.2),
        "permanent_exclusions": 0,
    }


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory):
    chance = random.Random(7)
    sizes = dict.fromkeys(PLACES, 40) | {"V01": 60, "V02": 8}
    rows = [child(la, number, year, chance) for la in PLACES for year in YEARS for number in range(sizes[la])]
    return stored(tmp_path_factory.mktemp("doubt"), rows)


def stored(folder, rows: list[dict]) -> Snapshot:
    """A finished store of those children."""
    with Store(folder / "store").draft(threads=2) as draft:
        draft.write("children", table(tables.children, rows))
        draft.write("header", table(tables.header, [{"la": row["la"], "year": row["year"], "child": row["child"]} for row in rows]))
        places = [{"la": la, "name": f"Invented {la}", "region_code": "VR1", "region": "North"} for la in PLACES]
        draft.write("authorities", table(tables.authorities, places))
        near = [{"la": "V01", "neighbour": la, "rank": rank, "model": "invented"} for rank, la in enumerate(PLACES[1:11], start=1)]
        draft.write("neighbours", table(tables.neighbours, near))
        others = [
            {"series": "EES", "release": "2026", "measure": name, "year": year, "level": "england", "population": "not_looked_after"}
            | {"breakdown": "total", "pupils": "600000", "value": value, "file": 1, "row": year}
            for year in YEARS
            for name, value in (("attainment_8", "46.5"), (ENGLISH_MATHS, "65.1"))
        ]
        draft.write("published", table(tables.published, others))
        suspended = [
            {"year": 2024, "pmr": "V0120240001", "category": "suspension", "start_date": day, "file": 1, "row": at}
            for at, day in enumerate(dates())
        ]
        draft.write("exclusions", table(tables.exclusions, suspended))
        draft.rest_empty()
        write_facts(draft)
        return draft.finish(
            {"version": "0.1", "files": [], "findings": 0, "inputs": [], "notes": [], "measures": {}, "links": {"children": 0, "linked": 0}}
        )


def write_facts(draft: Draft) -> None:
    """The facts of the measures that these tests ask for: of all of them they take longer to work out than everything else here."""
    for table_of, name, key in ((tables.children, "facts", ("year", "la", "child")), (tables.pupils, "pupil_facts", ("year", "pupil"))):
        rows = table_of.ibis()
        columns = {}
        for measure in map(measures.named, MEASURES):
            columns[f"{measure.name}__n"], columns[f"{measure.name}__d"] = measure.columns(rows)
        kept = dict.fromkeys([*key, *(column.name for column in table_of.columns if column.filter), "ks4_source"])
        made = rows.select(*(column for column in kept if column in table_of), **columns)
        if name == "pupil_facts":
            made = made.mutate(looked_after_12_months=False)
        draft.write(name, made, order_by=key)


def dates():
    import datetime

    return [datetime.date(2023, 9, 20), datetime.date(2023, 12, 31), datetime.date(2024, 1, 1), datetime.date(2024, 4, 1)]


def share(pupils: int, reached: int, la: str = "301", *, year: int = 2024, level: str = "la", name: str = "english_maths_94") -> Estimate:
    """The estimate of a proportion."""
    sums = Sums(pupils, Decimal(reached), Decimal(pupils))
    found = estimate(Cell(measures.named(name), year, Place(level, la, la), (), sums=sums))
    assert found is not None
    return found


def mean(values: list[float], la: str = "301", *, year: int = 2024, level: str = "la", name: str = "attainment_8") -> Estimate:
    """The estimate of a mean over drawn values."""
    exact = [Decimal(str(value)) for value in values]
    sums = Sums(len(exact), sum(exact, Decimal(0)), Decimal(len(exact)), sum((value * value for value in exact), Decimal(0)))
    found = estimate(Cell(measures.named(name), year, Place(level, la, la), (), sums=sums))
    assert found is not None
    return found
