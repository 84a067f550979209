"""Children and pupils made by the score, for tests of figures: each row is a child with the values given and everything else unknown."""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyarrow as pa
from conftest import DrawnStore

from virtualschool import benchmarks, measures, publish, tables
from virtualschool.store import Engine, Store


@contextmanager
def standing(folder) -> Iterator[DrawnStore]:
    """A store that several tests read."""
    with Store(folder / "store").draft(threads=2) as draft:
        draft.rest_empty()
        yield DrawnStore(draft)


def write(store, table: tables.Table, rows: Iterable[dict]) -> None:
    """Writes rows of a table; columns that a row does not give are null."""
    listed = list(rows)
    arrays = [pa.array([row.get(column.name) for row in listed], column.arrow) for column in table.columns]
    store.draft.write(table.name, pa.table(arrays, schema=table.arrow))


def children(la: str, year: int, number: int, **values) -> list[dict]:
    """So many children looked after for twelve months, with the same values, under identifiers of their own."""
    made = children.__dict__.setdefault("made", [0])
    rows = []
    for _ in range(number):
        made[0] += 1
        rows.append({"la": la, "year": year, "child": f"c{made[0]:06d}", "looked_after_12_months": True, "at_31_march": True, **values})
    return rows


def pupils(year: int, number: int, **values) -> list[dict]:
    made = pupils.__dict__.setdefault("made", [0])
    rows = []
    for _ in range(number):
        made[0] += 1
        rows.append({"pupil": f"p{made[0]:06d}", "year": year, **values})
    return rows


def built(store, rows: Iterable[dict], all_pupils: Iterable[dict] = ()) -> None:
    """Writes children, pupils and their facts."""
    write(store, tables.children, rows)
    write(store, tables.pupils, all_pupils)
    with unoptimised(store):
        measures.facts(store.draft)


@contextmanager
def unoptimised(store) -> Iterator[None]:
    """Queries run as they are written: of a handful of rows, the wide query of all measures takes longer to better than to run."""
    store.draft.engine.run("PRAGMA disable_optimizer")
    yield
    store.draft.engine.run("PRAGMA enable_optimizer")


def facts_of(store, *names: str) -> None:
    """Writes the facts of these measures alone, of the children drawn: every measure takes a second to compile."""
    children = tables.children.ibis()
    kept = ["la", "child", "year", *(column.name for column in tables.children.columns if column.filter)]
    values = {}
    for name in names:
        measure = measures.named(name)
        kept += [measure.origin] if measure.origin and measure.origin not in kept else []
        values[f"{name}__n"], values[f"{name}__d"] = measure.columns(children)
    store.draft.write("facts", children.select(*kept, **values), order_by=("year", "la", "child"))


STATES = itertools.count(1)


@contextmanager
def as_it_stands(engine: Engine) -> Iterator[Engine]:
    """An engine as a snapshot's, of which answers are remembered: of a draft every question is asked of the tables again."""
    engine.snapshot = f"drawn, state {next(STATES)}"
    yield engine
    engine.snapshot = ""


def figures(store, names: str, audience: str = "public", **asked) -> list[dict]:
    """The published rows of measures, asked for in the words of the command."""
    return published(store, names, audience, **asked).rows


def published(store, names: str, audience: str = "public", **asked) -> publish.Published:
    with as_it_stands(store.engine) as engine:
        raw = benchmarks.figures(engine, {}, benchmarks.parse(engine, names.split(), **asked))
    return publish.publish(raw, audience, who="tester", log=store.draft.scratch / "internal.log")
