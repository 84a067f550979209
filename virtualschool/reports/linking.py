"""What is said of links: what was linked and how, for whom, why not, how sure, how right, and how far figures could move for it.

`told` gathers it, for whatever format; `report` makes a page of it. Counts are exact, so everything here is internal: it bears
the mark, and the store's log is told who asked. No pupil is named, and no child but by token.
"""

import getpass
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

from virtualschool import places
from virtualschool.benchmarks.bounds import bounds
from virtualschool.link import quality, shown
from virtualschool.link.truth import true_pupils
from virtualschool.publish import bounds as published_bounds
from virtualschool.publish import internal
from virtualschool.reports import linking_groups, linking_quality, linking_steps
from virtualschool.reports.blocks import Block, Column, Heading, Paragraph, Points, Report, Table
from virtualschool.reports.contents import HEADLINES
from virtualschool.reports.linking_words import column, one_child, percent, sentences
from virtualschool.reports.wording import several
from virtualschool.store import Snapshot
from virtualschool.years import runs


def asked(
    snapshot: Snapshot, style: str, truth: pathlib.Path | None = None, year: int | None = None, token: str | None = None, who: str = ""
) -> Any:
    """What the command `links` has to say in a style: for csv the list of shown.listed, else `told`. The log is told that it was asked."""
    who = who or getpass.getuser()
    if style == "csv":
        said: Any = listed(snapshot, truth, year, token)
    else:
        said = told(snapshot, truth, year, token, who)
    # Never about which child.
    line: dict[str, Any] = {"who": who, "when": internal.now(), "command": "links", "format": style}
    line |= {"year": year} if year is not None else {}
    line |= {"judged by a truth": True} if truth is not None else {}
    line |= {"one child": True} if token is not None else {}
    internal.note_down(snapshot.store.path / "records" / "internal.log", line)
    return said


def listed(snapshot: Snapshot, truth: pathlib.Path | None, year: int | None, token: str | None) -> list[dict[str, Any]]:
    """The list of every child, or of one."""
    engine = snapshot.engine()
    quality.refuse_older_store(engine)
    quality.refuse_year_not_held(engine, year)
    there = true_pupils(engine, truth) if truth is not None else None
    if token is not None:
        shown.of_child(engine, token)  # Refuses a token that there is none of.
    rows = shown.listed(engine, year, there)
    return [row for row in rows if row["token"] == token] if token is not None else rows


def told(snapshot: Snapshot, truth: pathlib.Path | None, year: int | None, token: str | None, who: str) -> dict[str, Any]:
    """Everything there is to say: what quality.links says, and snapshot, mark, returns, la_names, bounds, examples, child; JSON-ready.

    Raises WrongUse for a year or token that the store does not hold, Unreadable for a truth that cannot be read.
    """
    engine = snapshot.engine()
    quality.refuse_older_store(engine)
    # What could be a slip of the pen comes before what takes long.
    child = shown.of_child(engine, token) if token is not None else None
    judged = quality.links(engine, truth, year)
    known = places.of(engine)
    las = [row["value"] for row in judged["by_group"] if row["group"] == "la"]
    return {
        **judged,
        "bounds": published_bounds.rows(bounds(engine, HEADLINES, year)),
        "examples": shown.examples(engine, year),
        "child": child,
        "la_names": {la: known.name(la) for la in las},
        "returns": [row["year"] for row in engine.rows("SELECT DISTINCT year FROM header ORDER BY year")],
        "snapshot": snapshot.name,
        "mark": internal.mark(who),
    }


def report(said: Mapping[str, Any]) -> Report:
    """The page."""
    names = said["la_names"]
    name = next(iter(names.values())) if len(names) == 1 else f"{len(names)} authorities" if names else "an empty store"
    newest = said["year"] or max(said["returns"], default=0)
    about = (
        f"Children of the return of {said['year']}" if said["year"] else f"Children of the returns of {runs(said['returns']) or 'no year'}"
    )
    return Report(
        la=next(iter(names)) if len(names) == 1 else "all",
        la_name=name,
        year=newest,
        title=f"Children in care and their pupil records: {name}",
        subtitle=f"{about}. How they were linked, how sure and how right it is, and what that means for figures",
        audience="internal",
        mark=said["mark"],
        summary=tuple(sentences(said)),
        blocks=tuple(blocks(said)),
        invented=bool(names) and not any(la.isdigit() for la in names),
    )


def blocks(said: Mapping[str, Any]) -> Iterator[Block]:
    if said["child"] is not None:
        yield Heading("The child asked for", "child")
        yield from linking_steps.child(said)
    yield from made(said)
    yield from linking_groups.groups(said)
    yield from linking_groups.reasons(said)
    yield from linking_quality.sureness(said)
    if said["precision"] is not None or said["recall"] is not None:
        yield from linking_quality.judged(said)
    yield from linking_steps.examples(said)
    yield from linking_quality.bounds(said)
    yield from words(said)


METHODS = {
    "exact": "The UPN is the same, or was once, and birth date and sex agree with it, in full or nearly.",
    "likely": "No rule found the child. All that is known was weighed against every pupil it could be, and it came out sure enough.",
    "person": "A person looked at what agrees and what differs, and decided.",
}


def made(said: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("What was linked, and how", "made")
    if not said["linked"]:
        yield Paragraph("No child is linked.")
        return
    waiting = sum(line["review"] for line in said["by_sureness"])
    yield Points(
        tuple(f"{method.capitalize()}: {several(count, 'link')}. {METHODS[method]}" for method, count in said["by_method"].items())
    )
    if waiting:
        yield Paragraph(
            f"{one_child(waiting, 'waits', 'wait')} for a person to judge what was found (see: virtualschool review --help). "
            "Whatever is decided outlives the next build."
        )
    yield Table(
        name="rules",
        title="Links by method and rule",
        columns=(Column("Method"), Column("Rule"), column("Links"), column("Of all links", "percent", 1), Column("What agreed")),
        rows=tuple(
            (line["method"], line["rule"], line["children"], percent(line["children"] / said["linked"]), line["agreed"])
            for line in said["by_rule"]
        ),
        source=f"snapshot {said['snapshot']}",
    )


def words(said: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("Words on this page", "words")
    truth = (
        "Precision: of the links made, the share that is right. Recall: of the children who have a pupil, the share that is linked, and "
        "rightly. F1: one number for both (their harmonic mean).",
    )
    yield Points(
        (
            "Link: a child of a return and a pupil of the education files are one person.",
            "Sure: how probable it is that they are, with every other pupil who fits weighed, and the chance that the true pupil is not "
            "among those held.",
            "Bit: the unit of weight. One bit more doubles the odds; one less halves them.",
            *(truth if said["recall"] is not None else ()),
            "95% interval: by Wilson's method. It speaks of chance only.",
            "School age: 5 to 15 on 31 August before the school year of the newest return. Returns list care leavers and children under "
            "five too, whom no school file need have.",
        )
    )
