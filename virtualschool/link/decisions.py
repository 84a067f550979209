"""What people have decided about links: an append-only file in the store's records, and what a build makes of it.

A decision is about a child of an authority and a pupil: the two are one person (`accept`), are not (`reject`), or the one who
looked cannot tell (`unsure`). It outlives rebuilds. As a pupil's name may change from a UPN to a matching reference, each
decision keeps every identifier that meant the pupil, and is led by them to the pupil of today.

The last decision about a pair counts. An accepted pair is a link, whatever the rules say; a rejected one is no link until
another decision. An accepted link that has become impossible is set aside with a note, and the build goes on.
"""

import datetime
import fcntl
import json
import os
import pathlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from virtualschool.errors import Unreadable
from virtualschool.link.together import clashes
from virtualschool.store import Engine

DECISIONS = ("accept", "reject", "unsure")
LOG = "link_decisions.jsonl"
TEXTS = ("la", "child", "pupil", "item", "who", "when", "why", "snapshot")
METHOD, RULE = "person", "a person's decision"
Pair = tuple[str, str, str]
ASIDE = {
    "adopted": "the child was adopted",
    "absent": "the child is in no return held",
    "unheld": "the pupil is in no file held",
    "several": "the pupil's identifiers mean several pupils now",
    "second": "a later decision gives the child another pupil",
    "taken": "another child of the authority, in care at the same time, has the pupil",
}
"""Why an accepted pair is set aside, in words."""


def decided(records: pathlib.Path) -> list[dict[str, Any]]:
    """The last decision about each pair, in the order in which they were made; none where there is no file.

    la, child, pupil, identifiers (that meant the pupil then), decision, who, when, why, snapshot, item, and `seen`: the
    probability then, and how each comparison stood.
    Raises Unreadable, with file and line, for a line that is no decision; what stands in it is not told.
    """
    last: dict[Pair, dict[str, Any]] = {}
    for decision in read(records / LOG):
        pair = decision["la"], decision["child"], decision["pupil"]
        last.pop(pair, None)
        last[pair] = decision
    return list(last.values())


def append(records: pathlib.Path, decision: Mapping[str, Any]) -> None:
    """Adds a decision to the file, to the disk. Raises ValueError for one that could not be read again."""
    if (wrong := fault(decision)) is not None:
        raise ValueError(f"A decision is not to be written in which {wrong}")
    add_line(records / LOG, decision)


def add_line(log: pathlib.Path, row: Mapping[str, Any]) -> None:
    """Adds a line to an append-only file, in one piece, and sees it to the disk; only its owner may read the file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(log, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b", buffering=0) as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        size = opened.seek(0, os.SEEK_END)
        # What was cut off in writing stays a line of its own, and is found when the file is read.
        whole = not size or os.pread(opened.fileno(), 1, size - 1) == b"\n"
        opened.write(b"" if whole else b"\n")
        opened.write((json.dumps(row, sort_keys=True) + "\n").encode())
        os.fsync(opened)


# --- What a build makes of them ---


@dataclass(frozen=True)
class Settled:
    """What decisions come to in a build.

    `accepted` has la, child, pupil (of today), method, rule, agreed; `refused` are pairs never to be linked; `unsure` says of
    a pair who could not tell; `notes` say how many decisions were set aside, and why, of no child in particular.
    """

    accepted: list[dict[str, str]] = field(default_factory=list)
    refused: set[Pair] = field(default_factory=set)
    unsure: dict[Pair, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def settle(
    engine: Engine,
    decisions: Sequence[Mapping[str, Any]],
    *,
    seen: ibis.Table,
    keys: ibis.Table,
    stays: ibis.Table,
    children: Iterable[tuple[str, str]],
    adopted: Iterable[tuple[str, str]],
    protected: Iterable[tuple[str, str]],
) -> Settled:
    """What the decisions come to among the children and pupils of today.

    `seen` and `keys` say which pupils there are (sources), `stays` when children were in care; `children` are all of any
    header, `adopted` and `protected` those who are never linked by a person. A decision about a protected child is passed
    over without a note, as if it had never been made.
    """
    settled = Settled()
    if not decisions:
        return settled
    there, sealed, hidden = set(children), set(adopted), set(protected)
    meant = resolve(engine, decisions, seen, keys)
    last: dict[Pair, Mapping[str, Any]] = {}
    aside: dict[str, int] = defaultdict(int)
    for decision, pupils in zip(decisions, meant, strict=True):
        if (decision["la"], decision["child"]) in hidden:
            continue
        if decision["decision"] == "accept" and len(pupils) != 1:
            aside["several" if pupils else "unheld"] += 1
            continue
        for pupil in pupils:
            pair = decision["la"], decision["child"], pupil
            last.pop(pair, None)
            last[pair] = decision
    wanted: dict[tuple[str, str], str] = {}
    for (la, child, pupil), decision in last.items():
        if decision["decision"] == "reject":
            settled.refused.add((la, child, pupil))
        elif decision["decision"] == "unsure":
            settled.unsure[la, child, pupil] = decision["who"]
        elif (la, child) in sealed:
            aside["adopted"] += 1
        elif (la, child) not in there:
            aside["absent"] += 1
        else:
            aside["second"] += wanted.pop((la, child), None) is not None
            wanted[la, child] = pupil
    for (la, child), pupil in one_to_one(engine, wanted, stays).items():
        settled.accepted.append(
            {"la": la, "child": child, "pupil": pupil, "method": METHOD, "rule": RULE, "agreed": agreed(last[la, child, pupil])}
        )
    aside["taken"] += len(wanted) - len(settled.accepted)
    for why, words in ASIDE.items():
        if aside[why]:
            said = "A decision about a link was" if aside[why] == 1 else f"{aside[why]:,} decisions about links were"
            settled.notes.append(f"{said} set aside: {words}.")
    return settled


def resolve(engine: Engine, decisions: Sequence[Mapping[str, Any]], seen: ibis.Table, keys: ibis.Table) -> list[list[str]]:
    """The pupils of today whom each decision means: the one that its own name of the pupil leads to; where no record bears that
    name any more, those that the other identifiers lead to; none if no record held bears any."""
    every = sorted({name for decision in decisions for name in names(decision)})
    asked = given(engine, "identifiers_decided", pa.table({"name": pa.array(every, pa.string())}))
    told = {
        (row["identifier"], row["kind"]): row["pupil"]
        for row in engine.rows(keys.semi_join(asked, keys.identifier == asked.name).select("identifier", "kind", "pupil"))
    }
    references = {row["pmr"] for row in engine.rows(seen.semi_join(asked, seen.pmr == asked.name).select("pmr").distinct())}
    numbers = seen.semi_join(asked, seen.upn == asked.name).group_by("upn", "pmr").aggregate(records=_.count(), last_year=_.year.max())
    tied: dict[str, str] = {}
    # Where two references claim a number, that on most records has it, as in `keys`.
    for row in sorted(engine.rows(numbers), key=lambda row: (row["pmr"] is None, -row["records"], -row["last_year"], row["pmr"] or "")):
        tied.setdefault(row["upn"], row["pmr"] or row["upn"])

    def today(name: str) -> str | None:
        if name in references:
            return name
        return told.get((name, "upn")) or tied.get(name) or told.get((name, "former_upn"))

    meant = []
    for decision in decisions:
        own = today(decision["pupil"])
        others = sorted({pupil for name in names(decision) if (pupil := today(name)) is not None})
        meant.append([own] if own is not None else others)
    return meant


def one_to_one(engine: Engine, wanted: Mapping[tuple[str, str], str], stays: ibis.Table) -> dict[tuple[str, str], str]:
    """The links wanted, without those that give a pupil to a second child of an authority at one time: who came first keeps it."""
    pairs = given(engine, "pairs_decided", pairs_table([(*child, pupil) for child, pupil in wanted.items()]))
    met = clashes(pairs, pairs, stays).filter(_.la == _.other_la)
    rivals = {((row["la"], row["child"]), (row["other_la"], row["other"])) for row in engine.rows(met)} if wanted else set()
    kept: dict[tuple[str, str], str] = {}
    for child, pupil in wanted.items():
        if not any((child, other) in rivals for other in kept):
            kept[child] = pupil
    return kept


def pairs_table(pairs: Iterable[Pair]) -> pa.Table:
    named = ("la", "child", "pupil")
    return pa.Table.from_pylist([dict(zip(named, pair, strict=True)) for pair in pairs], pa.schema([(name, pa.string()) for name in named]))


def given(engine: Engine, name: str, rows: pa.Table) -> ibis.Table:
    engine.register(name, rows)
    return ibis.table(ibis.Schema.from_pyarrow(rows.schema), name=name)


def names(decision: Mapping[str, Any]) -> list[str]:
    return [decision["pupil"], *decision["identifiers"]]


def agreed(decision: Mapping[str, Any]) -> str:
    """What agreed when it was decided, in words; the person where nothing was weighed."""
    return decision["seen"].get("agreed") or "a person's judgement"


# --- The file ---


def read(log: pathlib.Path) -> list[dict[str, Any]]:
    """Every decision of the file, in order."""
    try:
        lines = log.read_bytes().decode("utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as wrong:
        raise Unreadable(f"Decisions {log}", "they cannot be read.", "Bring the file back from a backup.") from wrong
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if (wrong_in_it := fault(row)) is not None:
            raise Unreadable(f"{log}, line {number}", wrong_in_it, "Put the line right, or bring the file back from a backup.")
        found.append(row)
    return found


def fault(row: Any) -> str | None:
    """What is wrong with a line of the file, in words that tell nothing of a child; None if nothing is."""
    if not isinstance(row, dict):
        return "this is not a decision."
    for name in TEXTS:
        if not isinstance(row.get(name), str) or not row[name].strip():
            return f"`{name}` is missing or is not text."
    if row.get("decision") not in DECISIONS:
        return f"`decision` is none of {', '.join(DECISIONS)}."
    identifiers = row.get("identifiers")
    if not isinstance(identifiers, list) or not all(isinstance(name, str) and name for name in identifiers):
        return "`identifiers` is not a list of identifiers."
    if not isinstance(row.get("seen"), dict):
        return "`seen` is missing."
    try:
        datetime.datetime.fromisoformat(row["when"])
    except ValueError:
        return "`when` is not a date and time."
    return None
