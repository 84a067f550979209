"""How one link was made, in words and as a waterfall: parts of the page about links, and what a terminal says of one child."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from virtualschool.publish.rounding import rounded
from virtualschool.reports import wording
from virtualschool.reports.blocks import Block, Chart, Column, Heading, Mark, Paragraph, Points, Table
from virtualschool.reports.linking_words import column, number
from virtualschool.years import runs

FOR, AGAINST, WHOLE = "Speaks for it", "Speaks against it", "Start, sum, or neither"
SERIES = {"start": WHOLE, "sum": WHOLE, "for": FOR, "against": AGAINST, "neither": WHOLE}
METHODS = {"exact": "An exact link", "likely": "A likely link", "person": "A link that a person made"}


def examples(said: Mapping[str, Any]) -> Iterator[Block]:
    """A usual link of each method."""
    yield Heading("How one link is made", "examples")
    if not said["examples"]:
        yield Paragraph("No link was weighed, so there is none to show.")
        return
    yield Paragraph(
        "A pair starts far below nought, because the child could be any of the pupils held or none of them. Each comparison adds its "
        "weight: how much more often it turns out so for one person than for two. What is rare (a birth date that few share, the same "
        "postcode) weighs more than what is common. How sure a link is follows from the sum, beside the sums of the other pupils who fit."
    )
    for one in said["examples"]:
        yield Heading(f"{METHODS[one['method']]}: an example", f"example-{one['method']}", 3)
        yield Paragraph(one["said"])
        yield waterfall(one["steps"], f"example-{one['method']}-steps", "An example")


def child(said: Mapping[str, Any]) -> Iterator[Block]:
    """The child asked for by token: each authority that had it in care, with the link and how it was made, or the reason."""
    for place, one in enumerate(said["child"]):
        name = said["la_names"].get(one["la"], one["la"])
        yield Heading(f"{name}, {runs(one['years'])}", f"child-{place}", 3)
        yield Points(tuple(in_short(one)))
        if one["steps"]:
            yield waterfall(one["steps"], f"child-{place}-steps", "This link")


def in_short(one: Mapping[str, Any]) -> Iterator[str]:
    """What there is to say of a child of one authority, a sentence each."""
    if one["linked"]:
        how = {"exact": f"by the exact rule {one['rule']}", "likely": "by weight", "person": "by a person"}.get(one["method"] or "", "")
        yield f"Linked {how}." if how else "Linked."
        yield one["said"]
        return
    yield f"Not linked: {one['reason']}." if one["reason"] else "Not linked."
    if one["said"]:
        yield one["said"]
    if one["next_step"]:
        yield f"What to do: {one['next_step']}"
    if one["proposals"]:
        count = wording.several(one["proposals"], "pupil")
        yield f"{count} could be meant. A person is to judge it: virtualschool review STORE --la {one['la']} --as NAME"


def waterfall(steps: Sequence[Mapping[str, Any]], name: str, what: str) -> Chart:
    """The chart of some steps, with its table."""
    marks = tuple(
        Mark(
            f"{step['name']}\n{step['said'][:1].upper()}{step['said'][1:]}",
            SERIES[step["kind"]],
            step["bits"],
            step["before"],
            step["after"],
            signed(step["bits"]),
        )
        for step in steps
    )
    return Chart(
        name=name,
        kind="waterfall",
        title=f"{what}: what speaks for it, and what against",
        description=spoken(steps),
        axis="Weight in bits",
        marks=marks,
        series=((FOR, "for"), (AGAINST, "against"), (WHOLE, "whole")),
        table=Table(
            name=f"{name}-table",
            title=f"{what}, step by step",
            columns=(
                Column("Step"),
                Column("What was found"),
                column("Weight", "bits", 1),
                column("Sum so far", "bits", 1),
                Column("In odds"),
            ),
            rows=tuple((step["name"], step["said"], number(step["bits"], 1), number(step["after"], 1), step["odds"]) for step in steps),
            open=False,
        ),
    )


def lines(steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps as a terminal shows them."""
    return [
        {
            "step": step["name"],
            "what was found": step["said"],
            "bits": signed(step["bits"]),
            "sum": signed(step["after"]),
            "in odds": step["odds"],
        }
        for step in steps
    ]


def signed(bits: float) -> str:
    """A weight with its sign: +14.5, −2.0."""
    value = rounded(Fraction(bits), 1)
    return ("+" if value > 0 else "") + wording.number(value, 1)


def spoken(steps: Sequence[Mapping[str, Any]]) -> str:
    """The waterfall in words, for those who hear it."""
    start, *between, total = steps
    told = [f"Waterfall chart of weights in bits. It starts at {signed(start['bits'])} ({start['odds']})."]
    for words, kind in (("For it", "for"), ("Against it", "against")):
        mine = [f"{step['said']} {signed(step['bits'])}" for step in between if step["kind"] == kind]
        told += [f"{words}: {'; '.join(mine)}."] if mine else []
    return " ".join([*told, f"The sum is {signed(total['bits'])} ({total['odds']})."])
