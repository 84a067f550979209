"""How many children are linked, how, and how right: what the command `links` says."""

import csv
import pathlib

import ibis
import pyarrow as pa
from ibis import _

from virtualschool import tables
from virtualschool.errors import Unreadable
from virtualschool.link import age_before_school_year
from virtualschool.link.exact import sex_of
from virtualschool.store import Engine

TRUTH = pa.schema([("la", pa.string()), ("child", pa.string()), ("pupil", pa.string())])
AGE_BANDS = ((5, "under 5"), (10, "5 to 9"), (16, "10 to 15"))
GROUPS = ("la", "sex", "age_band", "ethnic_group", "unaccompanied", "placement_type", "out_of_authority")
NOT_KNOWN = "not known"


def links(engine: Engine, truth: pathlib.Path | None = None, year: int | None = None) -> dict:
    """Children of any header (or of that year's), and what became of them.

    children, linked, by_method, by_reason; precision (right links / links made) and recall (right links / children who have
    a pupil in truth), both null without `truth`, a CSV of la, child, pupil; by_group: group, value, children, linked.
    Raises Unreadable if `truth` cannot be read.
    """
    chosen = children(year)
    rows = engine.rows(chosen)
    linked = [row for row in rows if row["pupil"] is not None]
    found: dict = {
        "children": len(rows),
        "linked": len(linked),
        "by_method": _counts(row["method"] for row in linked),
        "by_reason": _counts(row["reason"] for row in rows if row["pupil"] is None),
        "precision": None,
        "recall": None,
    }
    if truth is not None:
        true = true_pupils(engine, truth)
        mine = {(row["la"], row["child"]): row["pupil"] for row in rows}
        right = sum(1 for child, pupil in mine.items() if pupil is not None and true.get(child) == pupil)
        there = sum(1 for child in mine if child in true)
        found["precision"] = right / len(linked) if linked else None
        found["recall"] = right / there if there else None
    found["by_group"] = [
        {"group": group, "value": value, "children": children, "linked": among.get(value, 0)}
        for group in GROUPS
        for among in [_counts(row[group] for row in linked)]
        for value, children in sorted(_counts(row[group] for row in rows).items())
    ]
    return found


def children(year: int | None) -> ibis.Table:
    """Each child of a header, with its link or reason and its groups: la, child, pupil, method, reason, sex, age_band …

    Sex and age are those of the newest return (or the year's); the rest those of its row in `children`, null for who was not
    looked after then.
    """
    header, rows = tables.header.ibis(), tables.children.ibis()
    if year is not None:
        header, rows = header.filter(_.year == year), rows.filter(_.year == year)
    own = ["la", "child"]
    newest = ibis.window(group_by=own, order_by=[_.year.desc(), _.file.desc(), _.row.desc()])
    listed = header.mutate(place=ibis.row_number().over(newest)).filter(_.place == 0)
    age = age_before_school_year(_.dob, _.year)
    listed = listed.select(
        *own,
        sex=ibis.cases((sex_of(_.sex) == "F", "female"), (sex_of(_.sex) == "M", "male"), else_=ibis.null("string")),
        age_band=ibis.cases((age.isnull(), ibis.null("string")), *((age < below, band) for below, band in AGE_BANDS), else_="16 and over"),
    )
    latest = rows.mutate(place=ibis.row_number().over(ibis.window(group_by=own, order_by=_.year.desc()))).filter(_.place == 0)
    latest = latest.select(*own, "ethnic_group", "unaccompanied", "placement_type", "out_of_authority")
    joined = listed.left_join(tables.links.ibis().select(*own, "pupil", "method"), own, rname="link_{name}")
    joined = joined.left_join(tables.unlinked.ibis(), own, rname="unlinked_{name}")
    joined = joined.left_join(latest, own, rname="latest_{name}")
    return joined.select(
        *own,
        "pupil",
        "method",
        "reason",
        "sex",
        "age_band",
        "ethnic_group",
        "unaccompanied",
        "placement_type",
        "out_of_authority",
    )


def true_pupils(engine: Engine, truth: pathlib.Path) -> dict[tuple[str, str], str]:
    """The pupil that each child really is, in the store's own name of the pupil, which may be a UPN in the file."""
    try:
        with truth.open(encoding="utf-8-sig", newline="") as opened:
            rows = [row for row in csv.DictReader(opened) if row["la"] and row["child"] and row["pupil"]]
    except (OSError, UnicodeDecodeError, KeyError) as fault:
        raise Unreadable(
            f"Truth {truth}", "it cannot be read as a list of which child is which pupil.", "Give a CSV with columns la, child, pupil."
        ) from fault
    engine.register("truth_given", pa.Table.from_pylist([{name: row[name] for name in TRUTH.names} for row in rows], TRUTH))
    given = ibis.table(ibis.Schema.from_pyarrow(TRUTH), name="truth_given")
    keys = tables.pupil_keys.ibis()
    known = {
        row["identifier"]: row["pupil"]
        for kind in ("former_upn", "upn", "pmr")
        for row in engine.rows(keys.filter(keys.kind == kind).semi_join(given, keys.identifier == given.pupil))
    }
    return {(row["la"], row["child"]): known.get(row["pupil"], row["pupil"]) for row in rows}


def _counts(words) -> dict[str, int]:
    """How often each occurs, the most frequent first."""
    counted: dict[str, int] = {}
    for word in words:
        counted[_word(word)] = counted.get(_word(word), 0) + 1
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _word(value: "str | bool | None") -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return NOT_KNOWN if value is None else value
