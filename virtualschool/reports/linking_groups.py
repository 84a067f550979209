"""For whom there are links, and why the others have none: parts of the page about links."""

from collections.abc import Iterator, Mapping
from typing import Any

from virtualschool.link.quality import AGE_BANDS
from virtualschool.link.reasons import BY_NAME
from virtualschool.reports.blocks import Block, Chart, Column, Heading, Mark, Paragraph, Table
from virtualschool.reports.linking_words import GROUP_WORDS, column, percent, value_in_words

MOST_IN_A_CHART = 24
"""Authorities; more are in the table only."""
BANDS = (*(band for _, band in AGE_BANDS), "16 and over", "not known")
EVERYONE = "Of school age"


def groups(said: Mapping[str, Any]) -> Iterator[Block]:
    """Match rates, of children of school age in the chart and of all in the table."""
    yield Heading("For whom there are links", "groups")
    if not said["children"]:
        yield Paragraph("There are no children.")
        return
    yield Paragraph(
        "A child without a link is in no figure about school. Where a group is linked less often than others, figures speak for it less "
        "well, and a difference between groups may be one of links. The chart shows children of school age; the table has all."
    )
    table = Table(
        name="groups",
        title="Children linked to a pupil, by group",
        columns=(
            Column("By"),
            Column("Group"),
            column("Children"),
            column("Linked"),
            column("Linked", "percent", 1),
            column("Of school age"),
            column("Linked"),
            column("Linked", "percent", 1),
            column("Lower limit", "percent", 1),
            column("Upper limit", "percent", 1),
            *(judged_columns() if said["recall"] is not None else ()),
        ),
        rows=tuple(line(said, row) for row in said["by_group"]),
        notes=("Limits are of the 95% interval of the share of school age.",),
        source=f"snapshot {said['snapshot']}",
        open=False,
    )
    marks = tuple(marks_of(said))
    if not marks:
        yield table
        return
    whole = said["school_age"]["match_rate"]
    yield Chart(
        name="groups",
        kind="dots",
        title="Share of children of school age who are linked, by group",
        description=(
            "Dot chart with 95% intervals: for each group the share of its children of school age who are linked to a pupil. The dashed "
            f"line is the share of all, {percent(whole)}%. Where an interval reaches the line, chance alone could make the difference."
        ),
        axis="Percent linked",
        marks=marks,
        series=((EVERYONE, "other"),),
        table=table,
        reference=(EVERYONE, 100 * whole),
    )


def judged_columns() -> tuple[Column, ...]:
    return (column("Precision", "percent", 2), column("Recall", "percent", 1))


def line(said: Mapping[str, Any], row: Mapping[str, Any]) -> tuple:
    school = row["school_age"]
    judged = (percent(row["precision"], 2), percent(row["recall"])) if said["recall"] is not None else ()
    return (
        GROUP_WORDS[row["group"]],
        value_in_words(row["group"], row["value"], said["la_names"]),
        row["children"],
        row["linked"],
        percent(row["match_rate"]),
        school["children"],
        school["linked"],
        *(percent(school[name]) for name in ("match_rate", "low", "high")),
        *judged,
    )


def marks_of(said: Mapping[str, Any]) -> Iterator[Mark]:
    for group, title in GROUP_WORDS.items():
        rows = [row for row in said["by_group"] if row["group"] == group and row["school_age"]["children"]]
        if len(rows) < 2 or len(rows) > MOST_IN_A_CHART:
            continue
        yield Mark(title, title, None, group=title)
        for row in rows:
            rate, low, high = (100 * row["school_age"][name] for name in ("match_rate", "low", "high"))
            yield Mark(value_in_words(group, row["value"], said["la_names"]), EVERYONE, rate, low, high, group=title)


def reasons(said: Mapping[str, Any]) -> Iterator[Block]:
    """Why children have no link, and what to do about each reason."""
    yield Heading("Why the others have no link, and what to do", "reasons")
    if not said["by_reason"]:
        yield Paragraph("Every child is linked.")
        return
    yield Paragraph(
        "Every child without a link has one reason, the first that holds. Many have no pupil record to be linked to: they are too young "
        "or too old for the files held, or were taught elsewhere. What to do is worth doing for those of school age."
    )
    bands = {row["value"]: row["by_reason"] for row in said["by_group"] if row["group"] == "age_band"}
    school = {name: sum(bands.get(band, {}).get(name, 0) for band in ("5 to 9", "10 to 15")) for name in said["by_reason"]}
    source = f"snapshot {said['snapshot']}"
    order = sorted(said["by_reason"], key=lambda name: (-school[name], -said["by_reason"][name], name))
    yield Table(
        name="reasons",
        title="Children without a link, by reason; those most frequent at school age first",
        columns=(Column("Reason"), column("Children"), column("Of school age"), Column("What it means"), Column("What to do")),
        rows=tuple((name, said["by_reason"][name], school[name], *explained(name)) for name in order),
        source=source,
    )
    held = [band for band in BANDS if bands.get(band)]
    yield Heading("By age", "reasons-by-age", 3)
    yield Table(
        name="reasons_by_age",
        title="Children without a link, by reason and age on 31 August before the school year of the newest return",
        columns=(Column("Reason"), *(column(band) for band in held)),
        rows=tuple((name, *(bands[band].get(name, 0) for band in held)) for name in order),
        source=source,
        open=False,
    )
    places = [row for row in said["by_group"] if row["group"] == "la" and row["by_reason"]]
    if len(places) > 1:
        yield Heading("By authority", "reasons-by-authority", 3)
        yield Table(
            name="reasons_by_authority",
            title="Children without a link, by authority and reason",
            columns=(Column("Authority"), Column("Reason"), column("Children")),
            rows=tuple(
                (value_in_words("la", row["value"], said["la_names"]), name, count)
                for row in places
                for name, count in row["by_reason"].items()
            ),
            source=source,
            open=False,
        )


def explained(name: str) -> tuple[str, str]:
    """What a reason means, and what to do about it."""
    known = BY_NAME.get(name)
    return (known.words, known.next_step) if known else ("The build recorded no reason.", "Build the store again.")
