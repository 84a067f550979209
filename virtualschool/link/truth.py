"""Which pupil each child really is, where somebody knows: a list to judge links by."""

import csv
import pathlib

import ibis
import pyarrow as pa
from ibis import _

from virtualschool import tables
from virtualschool.errors import Unreadable
from virtualschool.link.keys import identifier
from virtualschool.store import Engine

TRUTH = pa.schema([("la", pa.string()), ("child", pa.string()), ("pupil", pa.string())])
NAMES = ibis.table({"name": "string"}, name="truth_names")
DO = "Give a CSV with columns la, child, pupil."

Child = tuple[str, str]


def true_pupils(engine: Engine, truth: pathlib.Path) -> dict[Child, str]:
    """The pupil that each child really is, in the store's own name of the pupil, which may be another in the file.

    Raises Unreadable if the file cannot be read, or holds no pupil, or two pupils for one child.
    """
    found: dict[Child, str] = {}
    for la, child, pupil in read(truth):
        if found.setdefault((la, child), pupil) != pupil:
            raise Unreadable(f"Truth {truth}", "it names two pupils for one child.", "Keep one row for each la and child.")
    names = pupils_named(engine, set(found.values()))
    return {child: names.get(name, name) for child, name in found.items()}


def read(truth: pathlib.Path) -> list[tuple[str, str, str]]:
    """The rows of the file that are whole: la, child, pupil."""
    try:
        with truth.open(encoding="utf-8-sig", newline="") as opened:
            rows = [tuple((row[name] or "").strip() for name in TRUTH.names) for row in csv.DictReader(opened)]
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as fault:
        raise Unreadable(f"Truth {truth}", "it cannot be read as a list of which child is which pupil.", DO) from fault
    if not (whole := [(la, child, pupil) for la, child, pupil in rows if la and child and pupil]):
        raise Unreadable(f"Truth {truth}", "it has no row with a child and its pupil.", DO)
    return whole


def pupils_named(engine: Engine, names: set[str]) -> dict[str, str]:
    """What names of pupils mean in the store: name, pupil. A name that no education file has is left out.

    A name is a matching reference, a UPN or a former UPN, in this order. `pupil_keys` knows the UPNs that some record or return
    gives alone; the others are looked up where they stand, beside their matching reference.
    """
    given(engine, names)
    keys = tables.pupil_keys.ibis()
    listed = {
        kind: {
            row["identifier"]: row["pupil"]
            for row in engine.rows(keys.filter(keys.kind == kind).semi_join(NAMES, keys.identifier == NAMES.name))
        }
        for kind in ("pmr", "upn", "former_upn")
    }
    found = {**listed["former_upn"], **listed["upn"], **listed["pmr"]}
    left = names - set(listed["pmr"]) - set(listed["upn"])
    if left:
        given(engine, left)
        references = {row["name"] for row in engine.rows(own_references())}
        found |= {name: name for name in references}
        left -= references
    if left:
        given(engine, left)
        beside = {row["name"]: row["pmr"] for row in engine.rows(references_of_numbers())}
        found |= {name: listed["pmr"].get(pmr, pmr) if pmr else found.get(name, name) for name, pmr in beside.items()}
    return found


def given(engine: Engine, names: set[str]) -> None:
    """Makes the names a table that definitions can join."""
    engine.register("truth_names", pa.table({"name": pa.array(sorted(names), pa.string())}))


def own_references() -> ibis.Table:
    """The names that stand as a matching reference in an education table: name."""
    told = [known.select("pmr").filter(_.pmr.notnull()).semi_join(NAMES, _.pmr == NAMES.name) for known in education()]
    return ibis.union(*told, distinct=True).select(name="pmr")


def references_of_numbers() -> ibis.Table:
    """The names that stand as a UPN, with the matching reference on most records beside them, if any: name, pmr."""
    told = [known.select("pmr", "year", name=identifier(known.upn)).semi_join(NAMES, "name") for known in education()]
    borne = ibis.union(*told).mutate(pmr=_.pmr.nullif("")).group_by("name", "pmr")
    borne = borne.aggregate(records=_.count(), last_year=_.year.max())
    order = ibis.window(group_by="name", order_by=[_.pmr.isnull(), _.records.desc(), _.last_year.desc(), _.pmr])
    return borne.mutate(place=ibis.row_number().over(order)).filter(_.place == 0).select("name", "pmr")


def education() -> list[ibis.Table]:
    return [table.ibis() for table in tables.EDUCATION]
