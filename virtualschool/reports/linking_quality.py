"""How sure links are, how right against a truth, and how far figures could move for want of links: parts of the page about links."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from virtualschool import measures
from virtualschool.reports import wording
from virtualschool.reports.blocks import Block, Chart, Column, Heading, Mark, Note, Paragraph, Table
from virtualschool.reports.linking_words import NONE, column, in_percent, number, percent

LINKED, WAITING = "Linked", "For a person to judge"
ALL = "All children"
SHORT = {
    "ks2_rwm": "Key stage 2 reading, writing and mathematics",
    "english_maths_94": "Grade 4 in English and maths",
    "english_maths_95": "Grade 5 in English and maths",
}
"""Titles that a chart has no room for."""


def band(line: Mapping[str, Any]) -> str:
    """A band of probability in words: `95% to 99% sure`."""
    if line["from"] is None:
        return "not weighed"
    low, high = (f"{100 * line[end]:g}%" for end in ("from", "to"))
    return f"under {high} sure" if not line["from"] else f"{low} sure or more" if line["to"] == 1 else f"{low} to {high} sure"


def sureness(said: Mapping[str, Any]) -> Iterator[Block]:
    """How sure the links and the proposals are."""
    yield Heading("How sure the links are", "sureness")
    lines = [line for line in reversed(said["by_sureness"]) if any(line[name] for name in ("exact", "likely", "person", "review"))]
    table = Table(
        name="sureness",
        title="Links and proposals by how sure they are",
        columns=(Column("How sure"), column("Linked exactly"), column("Likely"), column("By a person"), column("For a person to judge")),
        rows=tuple((band(line), *(line[name] for name in ("exact", "likely", "person", "review"))) for line in lines),
        notes=("Not weighed: nothing but the rule itself speaks for the link.",) if lines and lines[-1]["from"] is None else (),
        source=f"snapshot {said['snapshot']}",
        open=False,
    )
    marks = list(histogram(said["by_sureness"]))
    if not marks:
        yield Paragraph("No link was made by weight, and none waits for a person.")
        if lines:
            yield table
        return
    yield Paragraph(
        "How sure a link is has every other pupil who fits in it, and the chance that the true pupil is not among those held. At or above "
        "the floor a child is linked; below it a person is asked, and where it is hardly likely nobody is troubled. The chart leaves out "
        "exact links, which would dwarf the others."
    )
    linked = sum(line["likely"] + line["person"] for line in said["by_sureness"])
    waiting = sum(line["review"] for line in said["by_sureness"])
    yield Chart(
        name="sureness",
        kind="bars",
        title=f"{wording.several(linked, 'link')} by weight or person, and {wording.several(waiting, 'proposal')}, by how sure they are",
        description=(
            "Bar chart: for each band of how sure, the number of links made by weight or by a person (filled), and of proposals that wait "
            "for a person (hollow). "
            + " ".join(
                f"{band(line)}: {line['likely'] + line['person']:,} and {line['review']:,}." for line in lines if waits_or_weighed(line)
            )
        ),
        axis="Children",
        marks=tuple(marks),
        series=((LINKED, "for"), (WAITING, "against")),
        table=table,
    )


def waits_or_weighed(line: Mapping[str, Any]) -> bool:
    return line["from"] is not None and bool(line["likely"] + line["person"] + line["review"])


def histogram(lines: Sequence[Mapping[str, Any]]) -> Iterator[Mark]:
    """A bar for each band, the surest above: links, and behind them proposals."""
    banded = [line for line in reversed(lines) if line["from"] is not None]
    seen = [place for place, line in enumerate(banded) if waits_or_weighed(line)]
    if not seen:
        return
    for line in banded[: max(seen) + 1]:
        linked = line["likely"] + line["person"]
        both = linked + line["review"]
        words = f"{linked:,} and {line['review']:,}" if linked and line["review"] else f"{both:,}"
        if linked or not both:
            yield Mark(band(line), LINKED, linked, 0, linked, "" if line["review"] else words)
        if line["review"]:
            yield Mark(band(line), WAITING, line["review"], linked, both, words)


# --- With a truth ---


def judged(said: Mapping[str, Any]) -> Iterator[Block]:
    """Precision, recall and F1 by method and by floor, and calibration."""
    yield Heading("How right the links are", "judged")
    yield Paragraph(
        f"Judged by a list of which child is which pupil: precision {in_percent(said['precision'] or 0, 2)}, recall "
        f"{in_percent(said['recall'] or 0, 2)}, F1 {in_percent(said['f1'] or 0, 2)}. A link of a child who has no pupil in that list "
        "counts as wrong."
    )
    limits = (column("Lower limit", "percent", 2), column("Upper limit", "percent", 2))
    yield Table(
        name="by_method",
        title="Precision and recall by method, and of each method and those before it",
        columns=(
            Column("Method"),
            column("Links"),
            column("Right"),
            column("Precision", "percent", 2),
            *limits,
            column("Adds to recall", "points", 2),
            column("Precision so far", "percent", 2),
            column("Recall so far", "percent", 2),
            column("F1 so far", "percent", 2),
        ),
        rows=tuple(
            (
                line["method"],
                line["links"],
                line["right"],
                *(percent(line[name], 2) for name in ("precision", "precision_low", "precision_high", "recall")),
                *(percent(line[name], 2) for name in ("precision_so_far", "recall_so_far", "f1_so_far")),
            )
            for line in said["quality_by_method"]
        ),
    )
    yield from calibration(said)
    yield Heading("If the floor stood elsewhere", "floors", 3)
    yield Paragraph(
        "The floor is how sure a link must be to be made without a person. A lower one finds more children and is wrong more often. Each "
        "row takes the best pupil of every child whom no exact rule linked, if it is that sure."
    )
    yield Table(
        name="by_floor",
        title="What would be linked without a person, by floor",
        columns=(
            Column("Floor"),
            column("Links by weight"),
            column("Right"),
            column("Precision", "percent", 2),
            *limits,
            column("They say", "percent", 2),
            column("Right less said", "points", 2),
            column("Precision with exact links", "percent", 2),
            column("Recall with exact links", "percent", 2),
            column("F1 with exact links", "percent", 2),
        ),
        rows=tuple(
            (
                f"{100 * line['floor']:g}%",
                line["links"],
                line["right"],
                *(percent(line[name], 2) for name in ("precision", "precision_low", "precision_high", "said")),
                number(line["difference"], 2),
                *(percent(line[name], 2) for name in ("precision_all", "recall_all", "f1_all")),
            )
            for line in said["by_threshold"]
        ),
    )


def calibration(said: Mapping[str, Any]) -> Iterator[Block]:
    """Whether links that say they are 95% sure are right 95 times in 100."""
    yield Heading("Whether links are as right as they say", "calibration", 3)
    found = said["calibration"]
    if not found["all"]["links"]:
        yield Paragraph("No child was weighed, so nothing can be said of it.")
        return
    bands = [line for line in reversed(found["bands"]) if line["links"]]
    rows = [(band(line), line) for line in bands]
    rows += [("all that were weighed", found["all"]), ("likely links", found["linked"])]
    table = Table(
        name="calibration",
        title="Links said to be so sure, and the share of them that is right",
        columns=(
            Column("They say"),
            column("Links"),
            column("Right"),
            column("Said on average", "percent", 2),
            column("Right", "percent", 2),
            column("Lower limit", "percent", 2),
            column("Upper limit", "percent", 2),
            column("Right less said", "points", 2),
        ),
        rows=tuple(
            (
                words,
                line["links"],
                line["right"],
                *(percent(line[name], 2) for name in ("said", "precision", "precision_low", "precision_high")),
                number(line["difference"], 2),
            )
            for words, line in rows
        ),
        notes=("The best pupil of each child whom no exact rule linked, whether it came to a link or not.",),
        open=False,
    )
    whole = found["all"]
    yield Chart(
        name="calibration",
        kind="dots",
        title=f"Taken together, what was weighed is right {as_said(whole)}",
        description=(
            "Dot chart with 95% intervals: for each band of how sure, how many points more or less often links are right than they say. "
            "The dashed line at nought is where they are as right as they say. "
            + " ".join(
                f"{words}: {wording.number(number(line['difference'], 2), 2)} points of {line['links']:,} links."
                for words, line in rows
                if line["links"]
            )
        ),
        axis="Points: right less said",
        marks=tuple(
            Mark(
                f"{words} ({line['links']:,})",
                ALL,
                line["difference"],
                100 * (line["precision_low"] - line["said"]),
                100 * (line["precision_high"] - line["said"]),
            )
            for words, line in rows
            if line["links"]
        ),
        series=((ALL, "other"),),
        table=table,
        reference=("as they say", 0.0),
    )


def as_said(line: Mapping[str, Any]) -> str:
    """Whether some links are right as often as they say, in words that claim no more than their number allows."""
    if line["precision_low"] <= line["said"] <= line["precision_high"]:
        return f"about as often as it says, as far as {wording.several(line['links'], 'child', 'children')} can tell"
    more = "more" if line["difference"] > 0 else "less"
    return f"{wording.number(number(abs(line['difference']), 2), 2)} points {more} often than it says"


# --- Bounds ---


def bounds(said: Mapping[str, Any]) -> Iterator[Block]:
    """How far the headline figures could move, if children without a link did as badly or as well as can be."""
    yield Heading("How far the headline figures could move", "bounds")
    yield Paragraph(
        "The children without a link have results too; nobody knows which. If all of them did as badly as can be, and then as well as can "
        "be, each figure would lie at one end of its line. That is wide on purpose: no guess about these children can be wilder. Who of "
        "them would have counted is told by the length of care and the age; some were taught in Wales or in independent schools and would "
        "not have counted."
    )
    whole = [row for row in said["bounds"] if row["la"] == "all"]
    held = [row for row in whole if row["low"] is not None]
    for row in whole:
        if row["note"]:
            yield Note(row["title"], row["note"])
    if not held:
        return
    source = f"snapshot {said['snapshot']}"
    columns = (
        Column("Measure"),
        Column("Unit"),
        Column("Year"),
        column("Linked who count"),
        column("Without a link"),
        Column("Figure", "as published"),
        Column("Lowest", "as published"),
        Column("Highest", "as published"),
    )
    table = Table(
        name="bounds",
        title="Headline figures of linked children, and how low and high they could be with the others",
        columns=(*columns, Column("What one of the others could have had")),
        rows=tuple((*cells(row), one_could(row)) for row in held),
        source=source,
        open=not any(drawn(row) for row in held),
    )
    shares = [row for row in held if drawn(row)]
    if shares:
        yield Chart(
            name="bounds",
            kind="dots",
            title="Headline percentages of linked children, and how far the children without a link could move them",
            description=(
                "Dot chart: for each measure the figure of linked children, and a line from the lowest to the highest that it could be. "
                + " ".join(f"{row['title']}: {row['value']}%, from {row['low']}% to {row['high']}%." for row in shares)
            ),
            axis="Percent",
            marks=tuple(Mark(SHORT.get(row["measure"], row["title"]), ALL, row["value"], row["low"], row["high"]) for row in shares),
            series=((ALL, "other"),),
            table=table,
        )
    else:
        yield table
    places = [row for row in said["bounds"] if row["la"] != "all" and row["low"] is not None]
    if len({row["la"] for row in places}) > 1:
        yield Heading("By authority", "bounds-by-authority", 3)
        yield Table(
            name="bounds_by_authority",
            title="Headline figures of linked children for each authority, and how low and high they could be with the others",
            columns=(Column("Authority"), *columns),
            rows=tuple((row["la_name"], *cells(row)) for row in places),
            source=source,
            open=False,
        )


def drawn(row: Mapping[str, Any]) -> bool:
    return row["unit"] == "percent" and row["value"] is not None


def cells(row: Mapping[str, Any]) -> tuple:
    shown = (NONE if row[name] is None else wording.number(row[name], decimals(row)).replace("−", "-") for name in ("value", "low", "high"))
    return (row["title"], row["unit"], str(row["year"]), row["linked"], row["without_link"], *shown)


def decimals(row: Mapping[str, Any]) -> int:
    return measures.named(row["measure"]).decimals


def one_could(row: Mapping[str, Any]) -> str:
    sign = "%" if row["unit"] == "percent" else ""
    if row["lowest"] is None:
        return "nothing is known of it"
    ends = f"{wording.number(row['lowest'], decimals(row))}{sign} to {wording.number(row['highest'], decimals(row))}{sign}"
    return f"{ends}: {row['basis']}"
