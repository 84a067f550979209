"""The definitions of the link step by name, each with what it is made from, compiled ahead for each engine.

Ibis takes 40 ms and more to build and compile one definition, and a link has forty: longer than the work itself for one
authority. So their SQL is kept in `compiled/`, with a fingerprint of the code that it was compiled from. Where the code is
another, the definitions are compiled when they are needed; a test sees to it that what is kept is current
(`make compiled` writes it).
"""

import contextlib
import hashlib
import pathlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from weakref import WeakKeyDictionary

import ibis
import pyarrow as pa

from virtualschool import tables
from virtualschool.link import blocks, cascade, children, comparisons, exact, geography, keys, orders, records, together, unlinked
from virtualschool.store import Draft, Engine

FOLDER = pathlib.Path(__file__).parent / "compiled"
DIALECTS = ("duckdb", "pyspark")
SOURCES = (
    "ages", "blocks", "cascade", "children", "comparisons", "dates", "exact", "geography", "keys", "orders", "plan", "reasons", "records",
    "together", "unlinked",
)  # fmt: skip
"""The modules that the definitions are written in."""
READ = (
    "header", "episodes", "uasc", "names", "schools", "postcodes", "pupil_keys", "links", "link_evidence", "unlinked",
)  # fmt: skip
"""The tables that they read, beside those of education."""

PAIR = {"la": "string", "child": "string", "pupil": "string"}
FEW = 20_000
"""Rows of returns, one for each child and year."""
AT_A_TIME = 2
RETURNS = ("header", "episodes")
"""What many definitions read."""
GIVEN: dict[str, dict[str, str]] = {
    "link_districts": {"district": "string", "la": "string"},
    "numbers_concerned": {"upn": "string"},
    "number_chains": {"identifier": "string", "kind": "string", "pupil": "string"},
    "roll": records.SEEN,
    "sightings_loose": records.SEEN,
    "sightings_sifted": records.SEEN,
    "sightings_claiming": records.SEEN,
    "sightings_numbered": records.SEEN,
    "years_held": {"first_year": "int32", "last_year": "int32"},
    "children_hidden": {"la": "string", "child": "string"},
    "pairs_refused": PAIR,
    "pairs_accepted": PAIR,
    "pairs_made": PAIR,
    "pairs_short": PAIR,
    "children_sought": {"la": "string", "child": "string", "group": "int64"},
    "links_made": {**PAIR, "method": "string", "rule": "string", "agreed": "string"},
    "links_settled": {"la": "string", "child": "string", "reason": "string"},
}
"""Tables that code lays by on the way, not a definition: name and columns."""


@dataclass(frozen=True)
class Step:
    """A definition and the names of what it is made from, in the order of its arguments."""

    build: Callable[..., ibis.Table]
    needs: tuple[str, ...] = ()


STEPS: dict[str, Step] = {
    "sightings": Step(records.sightings),
    **{f"sightings_of_{table.name}": Step(partial(records.sighting, table)) for table in tables.EDUCATION},
    "known_postcodes": Step(geography.postcodes, ("link_districts",)),
    "known_schools": Step(geography.located_schools, ("known_postcodes",)),
    "roll_births": Step(records.roll_births),
    "rolls_held": Step(records.rolls_held, ("roll_births",)),
    "years_of_education": Step(unlinked.years_of_education),
    # The children.
    "child_numbers": Step(children.numbers),
    "child_births": Step(children.births),
    "child_learners": Step(children.learners),
    "child_names": Step(children.names),
    "child_stays": Step(children.stays),
    "stays_placed": Step(children.stays_placed, ("child_stays",)),
    "child_features": Step(children.features),
    "child_moves": Step(children.moves),
    "child_places": Step(children.places, ("known_postcodes",)),
    "children_adopted": Step(orders.adopted),
    "children_listed": Step(unlinked.listed, ("child_numbers", "years_held")),
    # What identifiers mean.
    "numbers_told": Step(keys.told, ("sightings_claiming",)),
    "numbers_loose": Step(keys.loose, ("numbers_told",)),
    "number_claims": Step(keys.claims, ("numbers_told",)),
    "near_number": Step(records.near_number, ("sightings_numbered", "child_numbers", "numbers_concerned", "child_learners")),
    "near_reference": Step(records.near_reference, ("sightings", "near_number")),
    "number_bearers": Step(keys.bearers, ("numbers_concerned", "near_number")),
    "numbers_sealed": Step(keys.sealed),
    "numbers_tied": Step(keys.tied, ("sightings", "near_number", "numbers_loose")),
    "keys_made": Step(keys.keys, ("numbers_tied", "number_chains")),
    # The exact rules.
    "pairs": Step(exact.same_number, ("near_number", "pupil_keys", "child_numbers", "child_learners", "children_hidden", "pairs_refused")),
    "near_exactly": Step(records.both, ("near_number", "near_reference")),
    "pairs_people": Step(records.people, ("pairs", "near_exactly", "pupil_keys")),
    "pairs_born": Step(comparisons.births, ("pairs", "pairs_people", "child_births")),
    "pairs_judged": Step(exact.judged, ("pairs", "pairs_born")),
    "pairs_taken": Step(exact.with_accepted, ("pairs", "pairs_accepted")),
    "pairs_clashing": Step(together.clashes, ("pairs", "pairs_taken", "child_stays")),
    # Who is left, weighed.
    "near_shared": Step(blocks.shared, ("children_sought", "child_births", "child_numbers", "child_places", "known_schools")),
    "near": Step(blocks.near, ("sightings_sifted", "near_shared")),
    "near_in_turn": Step(blocks.near_in_turn, ("sightings_sifted", "near_shared")),
    "records_near": Step(records.placed, ("near_number", "near_reference", "near", "pupil_keys", "known_schools", "known_postcodes")),
    "pairs_found": Step(
        blocks.candidates,
        (
            "children_sought",
            "records_near",
            "child_births",
            "child_numbers",
            "child_places",
            "pairs_refused",
            "pairs_made",
        ),
    ),
    "common_births": Step(records.of_births, ("roll_births",)),
    "common_ethnicities": Step(records.of_schools, ("roll", "known_schools")),
    "homes_on_roll": Step(records.by_postcode, ("roll",)),
    "authorities_with_schools": Step(records.with_schools, ("common_ethnicities",)),
    "common_homes": Step(records.of_homes, ("homes_on_roll", "child_places")),
    "places_counted": Step(records.with_counts, ("child_places", "common_homes", "common_ethnicities")),
    "by_birth": Step(comparisons.births, ("pairs_found", "records_near", "child_births")),
    "by_birth_shared": Step(comparisons.born_alike, ("pairs_found", "child_births", "common_births")),
    "by_number": Step(comparisons.number, ("pairs_found", "records_near", "child_numbers")),
    "by_place": Step(comparisons.place, ("pairs_found", "records_near", "places_counted")),
    "by_school": Step(comparisons.school, ("pairs_found", "records_near", "places_counted", "stays_placed", "common_ethnicities")),
    "by_moves": Step(comparisons.moves, ("pairs_found", "records_near", "child_moves")),
    "by_ethnicity": Step(comparisons.ethnicity, ("pairs_found", "records_near", "child_features", "common_ethnicities")),
    "by_needs": Step(comparisons.needs, ("pairs_found", "records_near", "child_features")),
    "by_meals": Step(comparisons.meals, ("pairs_found", "records_near")),
    "child_companions": Step(comparisons.companions, ("pairs_found", "pairs_made", "child_moves", "child_features", "children_adopted")),
    "companion_schools": Step(comparisons.companion_schools, ("child_companions", "records_near")),
    "by_company": Step(comparisons.company, ("pairs_found", "records_near", "companion_schools")),
    "pairs_arrived": Step(comparisons.arrived, ("pairs_found", "child_features")),
    "by_arrival": Step(comparisons.arrival, ("pairs_arrived", "sightings", "pupil_keys", "sightings_loose")),
    "by_name": Step(comparisons.name, ("pairs_found", "records_near", "child_names")),
    "pairs_impossible": Step(together.clashes, ("pairs_found", "pairs_made", "child_stays")),
    "pairs_weighed": Step(comparisons.ready, ("pairs_found", "pairs_made", "children_sought", "pairs_impossible", *comparisons.PARTS)),
    "pairs_rival": Step(together.clashes, ("pairs_short", "pairs_short", "child_stays")),
    # What is written.
    "links_written": Step(cascade.written, ("links_made",)),
    "unlinked_written": Step(
        unlinked.unlinked, ("links_settled", "pairs_born", "child_places", "child_features", "authorities_with_schools", "years_held")
    ),
}


@cache
def defined(name: str) -> ibis.Table:
    """What a name stands for as an unbound table."""
    if name in GIVEN:
        return ibis.table(GIVEN[name], name=name)
    if name in tables.ALL:
        return tables.ALL[name].ibis()
    return ibis.table(built(name).schema(), name=name)


@cache
def built(name: str) -> ibis.Table:
    step = STEPS[name]
    return step.build(*map(defined, step.needs))


@cache
def fingerprint() -> str:
    """Of the code that the definitions are compiled from."""
    digest = hashlib.sha256(f"ibis {version('ibis-framework')}, sqlglot {version('sqlglot')}".encode())
    here = pathlib.Path(__file__).parent
    for file in (here / f"{name}.py" for name in SOURCES):
        digest.update(file.read_bytes())
    for table in (*tables.EDUCATION, *(tables.ALL[name] for name in READ)):
        digest.update(repr((table.name, [(column.name, column.sql) for column in table.columns])).encode())
    return digest.hexdigest()


@cache
def statement(name: str, dialect: str) -> str:
    """The SQL of a definition for an engine."""
    kept = FOLDER / dialect
    if _current(dialect):
        return (kept / f"{name}.sql").read_text(encoding="utf-8")
    return compiled(name, dialect)


def compiled(name: str, dialect: str) -> str:
    made = str(ibis.to_sql(built(name), dialect=dialect))
    # Spark's function of that name makes numbers of 32 bits, which many values share.
    return made.replace("HASH(", "XXHASH64(").replace("STRLEN(", "OCTET_LENGTH(") if dialect == "pyspark" else made


@cache
def _current(dialect: str) -> bool:
    mark = FOLDER / dialect / "fingerprint"
    return mark.is_file() and mark.read_text(encoding="utf-8").strip() == fingerprint()


def compile_all() -> None:
    """Writes `compiled/`: a file for each definition and engine, and the fingerprint."""
    for dialect in DIALECTS:
        folder = FOLDER / dialect
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in STEPS:
            (folder / f"{name}.sql").write_text(f"{compiled(name, dialect)}\n", encoding="utf-8")
        (folder / "fingerprint").write_text(fingerprint() + "\n", encoding="utf-8")


# --- Running ---


def sql(draft: Draft, name: str) -> str:
    return statement(name, draft.engine.dialect)


def define(draft: Draft, *names: str) -> None:
    """Gives definitions their names; each is worked out wherever it is used, of what is used there."""
    for name in names:
        draft.engine.define(name, sql(draft, name))


@contextlib.contextmanager
def at_hand(draft: Draft) -> Iterator[None]:
    """Of few children, the returns in memory for as long as the block runs, and one processor for each statement.

    Most of these statements take longer to divide between processors than to run.
    """
    if not few(draft):
        yield
        return
    engine = draft.engine
    views, processors = engine.views(RETURNS), engine.processors
    for name in views:
        engine.hold(name, f"SELECT * FROM {name}")
    _processors[draft], engine.processors = processors, 1
    try:
        yield
    finally:
        engine.processors = _processors.pop(draft)
        for name, query in views.items():
            engine.define(name, query)
            engine.forget(name)


def lay_by(draft: Draft, *names: str, alone: bool = False) -> None:
    """Works definitions out once each, two at a time: of few children in memory, of many in the scratch folder.

    Much of the time goes into setting definitions up and into what cannot be divided, which one processor does alone. What reads all
    records while nothing else runs (`alone`) has every processor.
    """
    if alone and draft in _processors:
        draft.engine.processors = _processors[draft]
        lay_by(draft, *names)
        draft.engine.processors = 1
        return
    if draft.engine.dialect != "duckdb":
        for name in names:
            draft.engine.lay_by(name, sql(draft, name), draft.scratch)
        return
    waiting = list(names)
    running: dict[Future[None], tuple[str, Engine]] = {}
    engines = [draft.engine.cursor() for _ in range(AT_A_TIME)]
    work = partial(_work_out, draft, few(draft))
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        while waiting or running:
            unmade = {*waiting, *(name for name, _engine in running.values())}
            for name in [name for name in waiting if not unmade & needed(name)][: len(engines)]:
                engine = engines.pop()
                running[threads.submit(work, name, engine)] = (name, engine)
                waiting.remove(name)
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                engines.append(running.pop(done)[1])
                done.result()


@contextlib.contextmanager
def beside(draft: Draft, *names: str) -> Iterator[None]:
    """Works definitions out while the block runs; of many children, who fill every processor, before it."""
    if not few(draft):
        lay_by(draft, *names)
        yield
        return
    engine = draft.engine.cursor()

    def work() -> None:
        for name in names:
            _work_out(draft, True, name, engine)

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(work)
        yield
        running.result()


def hold_alone(draft: Draft, name: str, query: str) -> None:
    """Holds what reads all records while nothing else runs: it has every processor."""
    engine = draft.engine
    engine.processors = _processors.get(draft, engine.processors)
    engine.hold(name, query)
    if draft in _processors:
        engine.processors = 1


def _work_out(draft: Draft, in_memory: bool, name: str, engine: Engine) -> None:
    if in_memory:
        engine.hold(name, sql(draft, name))
    else:
        engine.lay_by(name, sql(draft, name), draft.scratch)


def define_sightings(draft: Draft) -> None:
    """Gives `sightings` its name, of the tables that hold something: what holds nothing takes time to set up in each definition."""
    any_row = " UNION ALL ".join(f"(SELECT '{table.name}' AS held FROM {table.name} LIMIT 1)" for table in tables.EDUCATION)
    held = {row["held"] for row in draft.engine.rows(any_row)}
    names = [f"sightings_of_{table.name}" for table in tables.EDUCATION if table.name in held]
    if names:
        define(draft, *names)
        draft.engine.define("sightings", " UNION ALL ".join(f"SELECT * FROM {name}" for name in names))
    else:
        define(draft, "sightings")
    # Where every record gives a reference, none need be read to find the few that speak of a former number.
    whole = bool(held) and all(all_tell(draft, name, "pmr") for name in sorted(held))
    claiming = "SELECT * REPLACE ('' AS pmr) FROM sightings WHERE former_upn IS NOT NULL" if whole else "SELECT * FROM sightings"
    draft.engine.define("sightings_claiming", claiming)


def all_tell(draft: Draft, table: str, column: str) -> bool:
    """Whether every row of a table tells something in a column, where its files say so of themselves."""
    if draft.engine.dialect != "duckdb":
        return False
    files = re.fullmatch(r"SELECT \* FROM read_parquet\((.*)\)", draft.engine.views([table]).get(table, ""))
    return files is not None and draft.engine.value(
        f"SELECT coalesce(bool_and(stats_null_count = 0), false) FROM parquet_metadata({files[1]}) WHERE path_in_schema = '{column}'"
    )


def few(draft: Draft) -> bool:
    """Whether the children are so few that all that is worked out for them has room in memory."""
    if draft not in _rows:
        _rows[draft] = draft.engine.value("SELECT count(*) FROM header")
    return draft.engine.dialect == "duckdb" and _rows[draft] <= FEW


_rows: WeakKeyDictionary[Draft, int] = WeakKeyDictionary()
"""Of each draft the rows of its returns."""
_processors: WeakKeyDictionary[Draft, int] = WeakKeyDictionary()
"""Of each draft with few children that is being linked, the processors that it had."""


@cache
def needed(name: str) -> frozenset[str]:
    """All that a definition is made from, itself or by way of others."""
    needs = STEPS[name].needs if name in STEPS else ()
    return frozenset(needs).union(*map(needed, needs))


def give(draft: Draft, name: str, rows: "Sequence[dict] | pa.Table") -> None:
    """Lays by a table that code has made."""
    if not isinstance(rows, pa.Table):
        schema = columns(name)
        rows = pa.table({column: pa.array([row[column] for row in rows], schema.field(column).type) for column in schema.names}, schema)
    if draft.engine.dialect == "duckdb":
        # What is registered is seen by one cursor only.
        draft.engine.hold(name, rows)
    else:
        draft.engine.register(name, rows)


@cache
def columns(name: str) -> pa.Schema:
    return ibis.schema(GIVEN[name]).to_pyarrow()


def rows(draft: Draft, name: str) -> list[dict]:
    return draft.engine.rows(sql(draft, name))


if __name__ == "__main__":
    compile_all()
