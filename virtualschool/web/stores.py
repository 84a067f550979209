"""The store as pages read it: the snapshot of one request, and a lasting engine of this process for it."""

import functools
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from virtualschool.places import Places
from virtualschool.places import of as places_of
from virtualschool.store import Engine, Snapshot, Store

KEPT = 2
"""Snapshots whose engines a process keeps: the current one, and the one before while its requests end."""
APART = 40
"""Authorities whose rows a process holds apart, some 10 MB each."""
OF_AUTHORITIES = ("children", "episodes", "reviews", "missing")
_engines: dict[str, Engine] = {}
_opening = threading.Lock()
_set_apart: dict[str, set[str]] = {}
_setting_apart = threading.Lock()


def store() -> Store:
    return Store.open(settings.STORE)


def snapshot() -> Snapshot:
    """The current snapshot. Ask once a request and hand it on, so that a build in between changes nothing."""
    return _snapshot(str(settings.STORE), (settings.STORE / "current").read_text().strip())


@functools.lru_cache(maxsize=4)
def _snapshot(path: str, name: str) -> Snapshot:
    return Snapshot(Store(path), name)


def engine(of: Snapshot | None = None) -> Engine:
    """A cursor on the lasting engine of a snapshot: one for each thread that asks, and each request takes its own."""
    of = of or snapshot()
    key = f"{of.store.path}/{of.name}"
    with _opening:
        if key not in _engines:
            # A served snapshot asks this very function for its engine, so it is opened as any snapshot is.
            _engines[key] = Snapshot.engine(of, threads=1, memory="2GB", lasting=True)
            _set_apart.pop(key, None)
            while len(_engines) > KEPT:
                _engines.pop(next(iter(_engines)))
        return _engines[key].cursor()


def engine_of(of: Snapshot, la: str) -> Engine:
    """A cursor for questions about children of one authority: under their own names, the tables of care hold its rows alone, in memory.

    A question about one child then looks through some thousand rows instead of all England's. Of the first `APART` authorities that a
    process is asked for; later ones are read where all are.
    """
    asked = engine(of)
    if _apart(str(of.store.path), of.name, la):
        asked.run(f"SET search_path = '{_schema(la)},main'")
    return asked


def _apart(path: str, name: str, la: str) -> bool:
    """Whether an authority's rows are held apart; they are from the first question on."""
    of = _snapshot(path, name)
    asked = engine(of)
    with _setting_apart:
        made = _set_apart.setdefault(f"{path}/{name}", set())
        if la not in made and len(made) < APART and la.isalnum():
            asked.run(f"CREATE SCHEMA {_schema(la)}")
            for table in OF_AUTHORITIES:
                asked.run(f'CREATE TABLE {_schema(la)}."{table}" AS SELECT * FROM main."{table}" WHERE la = ?', [la])
            made.add(la)
        return la in made


def _schema(la: str) -> str:
    return f"of_{la}"


def places(of: Snapshot | None = None) -> Places:
    return places_of(engine(of))


def newest_year(of: Snapshot, la: str = "") -> int | None:
    """The newest care year that is held, of an authority or of all."""
    return _newest_year(f"{of.store.path}", of.name, la)


@functools.lru_cache(maxsize=512)
def _newest_year(path: str, name: str, la: str) -> int | None:
    where, values = ("WHERE la = ?", [la]) if la else ("", [])
    return engine(_snapshot(path, name)).value(f"SELECT max(year) FROM children {where}", values)


class Row(Mapping[str, Any]):
    """A row as a mapping that is small: its columns are named once for all rows. `row | {"age": 9}` is another with a value changed."""

    __slots__ = ("places", "values_held")

    def __init__(self, places: dict[str, int], values_held: tuple) -> None:
        self.places, self.values_held = places, values_held

    def __getitem__(self, name: str) -> Any:
        return self.values_held[self.places[name]]

    def get(self, name: str, otherwise: Any = None) -> Any:
        place = self.places.get(name)
        return otherwise if place is None else self.values_held[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def __or__(self, changed: Mapping[str, Any]) -> "Row":
        values = list(self.values_held)
        for name, value in changed.items():
            values[self.places[name]] = value
        return Row(self.places, tuple(values))


def children_rows(of: Snapshot, la: str) -> dict[str, Row]:
    """The newest row of each child of an authority, by token. Whose care ended by adoption is sealed, and not among them."""
    return _children_rows(str(of.store.path), of.name, la)


@functools.lru_cache(maxsize=40)  # Some 5 MB an authority, so that all that work at once in a morning stay.
def _children_rows(path: str, name: str, la: str) -> dict[str, Row]:
    query = """
        SELECT * FROM children WHERE la = ? QUALIFY row_number() OVER (PARTITION BY token ORDER BY year DESC, child) = 1 ORDER BY token
    """
    sealed = _sealed(path, name)
    asked = engine_of(_snapshot(path, name), la).connection.execute(query, [la])
    places = {column[0]: place for place, column in enumerate(asked.description or ())}
    rows = (Row(places, values) for values in asked.fetchall())
    return {row["token"]: row for row in rows if row["token"] not in sealed}


def sealed(of: Snapshot) -> frozenset[str]:
    """Tokens of the children as whom nobody is opened any more: their care ended by adoption (see link/orders)."""
    return _sealed(str(of.store.path), of.name)


@functools.lru_cache(maxsize=4)
def _sealed(path: str, name: str) -> frozenset[str]:
    query = """
        WITH ordered AS (
            SELECT la, child, max(coalesce(dec, greatest(decom, make_date(year - 1, 4, 1)))) AS ordered
            FROM episodes WHERE rec IN ('E11', 'E12') GROUP BY ALL
        )
        SELECT DISTINCT token FROM children JOIN ordered USING (la, child)
        WHERE coalesce(period_start, make_date(year - 1, 4, 1)) < ordered
    """
    return frozenset(row["token"] for row in engine(_snapshot(path, name)).rows(query))


def schools(of: Snapshot) -> dict[str, dict[str, Any]]:
    """The schools that the store holds, by URN: name, la, phase, school_type."""
    return _schools(str(of.store.path), of.name)


@functools.lru_cache(maxsize=4)
def _schools(path: str, name: str) -> dict[str, dict[str, Any]]:
    query = "SELECT school_urn, name, la, phase, school_type FROM schools WHERE school_urn IS NOT NULL ORDER BY school_urn"
    return {row["school_urn"]: row for row in engine(_snapshot(path, name)).rows(query)}


def is_invented(of: Snapshot | None = None) -> bool:
    """Whether every authority of the store is an invented one, so that nobody in it is real."""
    of = of or snapshot()
    return _is_invented(str(of.store.path), of.name)


@functools.lru_cache(maxsize=4)
def _is_invented(path: str, name: str) -> bool:
    return not engine(_snapshot(path, name)).value("SELECT count(*) FROM header WHERE la NOT LIKE 'V%'")
