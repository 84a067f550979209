"""Blocks made of published figures: sentences that state the doubt, tables, charts. Nothing here hides, rounds or works out one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from virtualschool.publish.rounding import percent
from virtualschool.reports import wording
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.recorded import ITEMS, Line
from virtualschool.reports.annual.standing import in_source
from virtualschool.reports.blocks import Block, Cell, Chart, Column, Mark, Paragraph, Table
from virtualschool.reports.contents import about_pupils, cell, exact, over_the_years, plain, reasons
from virtualschool.reports.wording import COMPARATORS, several

SOURCE_OF_COUNTS = "the authority's own return of looked-after children"
WORDS = {
    "sen": {"none": "no special educational needs", "support": "SEN support", "EHCP": "education, health and care plan"},
    "unaccompanied": {"true": "unaccompanied", "false": "not unaccompanied"},
    "out_of_authority": {"true": "outside the authority", "false": "inside the authority"},
    "disability": {"true": "disabled", "false": "no disability recorded"},
}
"""Words for the values of a column that need them."""
ORDERS = {
    "age_band": ["under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over"],
    "length_of_care": ["under 6 months", "6 to 12 months", "1 to 2 years", "2 to 5 years", "5 years or more"],
    "sen": ["none", "support", "EHCP"],
}


def told(facts: Facts, name: str) -> str:
    """One figure in plain sentences: what it is, its doubt, what stands beside it, and whether it moved."""
    row, measure = facts.row(name), facts.measure(name)
    if row["value"] is None:
        earlier = [past for past in facts.trends[name] if past["value"] is not None]
        last = f" The last figure was {wording.amount(earlier[-1]['value'], measure)}, in {earlier[-1]['year']}." if earlier else ""
        return f"{measure.title}: no figure for {facts.year}. {wording.reason(row)}{last}"
    interval = wording.interval(row, measure)
    first = f"{measure.title}: {wording.amount(row['value'], measure)}"
    first += f" ({interval})." if interval else ", without an interval."
    known = {key: who for key, who in COMPARATORS.items() if row.get(f"{key}_value") is not None}
    said = [first, about_pupils(row), *wording.comparisons(row, measure, known), moved(facts, name)]
    return " ".join(part for part in said if part)


def moved(facts: Facts, name: str) -> str:
    """How the figure stands to the first year that has one."""
    held = [row for row in facts.trends[name] if row["value"] is not None]
    if len(held) < 2 or held[-1]["year"] != facts.year:
        return ""
    return f"Over the years: {wording.change(held[0], held[-1])}."


def figures_table(facts: Facts, names: Sequence[str], name: str, title: str) -> Iterator[Block]:
    """A table of measures, each with what it counts, its limits and comparators; nothing where none has a figure."""
    rows = [facts.row(one) for one in names if facts.has(one)]
    if not rows:
        return
    yield Table(
        name=name,
        title=title,
        columns=(
            Column("Measure"),
            Column("Children", "count", 0),
            Column("Of them", "", 1),
            Column("Figure", "", 2),
            Column("Lower limit", "", 2),
            Column("Upper limit", "", 2),
            Column("England", "", 2),
            Column("Neighbours", "", 2),
            Column("All pupils", "", 2),
            Column("Beside England"),
        ),
        rows=tuple(
            (
                f"{measure.title} ({measure.unit})",
                cell(row, "pupils"),
                numerator(row, measure),
                *(exact(cell(row, key), measure) for key in ("value", "low", "high")),
                *(
                    exact(row[f"{key}_value"] if row.get(f"{key}_value") is not None else "x", measure)
                    for key in ("england", "neighbours", "all_pupils")
                ),
                wording.one_word(wording.standing(row, measure, "england"), measure),
            )
            for row in rows
            for measure in (facts.measure(row["measure"]),)
        ),
        notes=tuple(dict.fromkeys(wording.sentence(row["note"]) for row in rows if row["note"])),
        source=f"{'; '.join(dict.fromkeys(facts.measure(row['measure']).source for row in rows))}; {facts.asked.source}; "
        + in_source(facts, names),
    )


def numerator(row: Mapping[str, Any], measure: Any) -> Cell:
    """How many of the children it is true of; of a measure that counts something else, the symbol for that."""
    if measure.counts != "pupils":
        return "z"
    found = cell(row, "numerator")
    return wording.number(found, 0).replace(",", "") if isinstance(found, int | float) else found


def missing(facts: Facts, names: Sequence[str]) -> Iterator[Block]:
    """Why measures have no figure, each reason once."""
    if rows := [facts.row(name) for name in names if not facts.has(name)]:
        yield Paragraph("No figure: " + " ".join(reasons(facts.asked, rows)))


def measured(facts: Facts, names: Sequence[str], name: str, title: str, charted: Sequence[str] = ()) -> Iterator[Block]:
    """Measures told: a sentence for each that is charted, its chart, the table of all, and why others have none; nothing if none has."""
    if not any(facts.has(one) for one in names):
        return
    for one in charted:
        if facts.has(one):
            yield Paragraph(told(facts, one))
            yield from trend(facts, one)
    for one in names:
        if facts.has(one) and one not in charted:
            yield Paragraph(told(facts, one))
    if len(names) > 1:
        # One measure by itself stands in its chart's table, and in the annex with all others.
        yield from figures_table(facts, names, name, title)
    yield from missing(facts, names)


def trend(facts: Facts, name: str) -> Iterator[Block]:
    """The chart of a measure over the years, where two years or more have something to draw."""
    rows = facts.trends[name]
    drawn = [row for row in rows if row["value"] is not None or row.get("england_value") is not None]
    if len(drawn) > 1:
        yield over_the_years(facts.asked, facts.measure(name), rows)


def beside(facts: Facts, names: Sequence[str], name: str, title: str) -> Iterator[Block]:
    """Measures in percent, the authority beside England and its neighbours' mean, a row each, with the gap in words."""
    rows = [facts.row(one) for one in names if facts.row(one)["value"] is not None]
    if len(rows) < 2:
        return
    roles = {"own": facts.la_name, "england": "England", "neighbours": "Statistical neighbours"}
    marks = []
    for row in rows:
        at = facts.measure(row["measure"]).title
        marks.append(Mark(at, roles["own"], plain(row["value"]), plain(row["low"]), plain(row["high"])))
        for key in ("england", "neighbours"):
            if row.get(f"{key}_value") is not None:
                marks.append(Mark(at, roles[key], plain(row[f"{key}_value"])))
    gaps = []
    for row in rows:
        measure = facts.measure(row["measure"])
        gap = "" if row.get("england_difference") is None else wording.number(row["england_difference"], measure.decimals)
        gaps.append(
            (
                measure.title,
                cell(row, "pupils"),
                *(exact(cell(row, key), measure) for key in ("value", "low", "high")),
                exact(row["england_value"] if row.get("england_value") is not None else "x", measure),
                gap.replace("−", "-") or "x",
                wording.one_word(wording.standing(row, measure, "england"), measure),
            )
        )
    yield Chart(
        name=name,
        kind="dots",
        title=title,
        description=(
            f"Dot chart of {len(rows)} measures in percent. The orange circle is {facts.la_name} with its 95% interval, the "
            "diamond England, the triangle the mean of its neighbours. Where the interval reaches the diamond we cannot tell whether the "
            "two differ."
        ),
        axis="Percent",
        marks=tuple(marks),
        series=tuple((words, role) for role, words in roles.items()),
        table=Table(
            name=f"{name}_gap",
            title=f"{title}: the gap to looked-after children in England",
            columns=(
                Column("Measure"),
                Column("Children", "count", 0),
                *(Column(words, "percent", 1) for words in ("Figure", "Lower limit", "Upper limit", "England", "Gap")),
                Column("Beside England"),
            ),
            rows=tuple(gaps),
            source=facts.asked.source,
        ),
    )


def by_group(facts: Facts, names: Sequence[str], columns: Mapping[str, str], name: str, title: str) -> Iterator[Block]:
    """Measures for groups of children, in one table, with every group that has a figure or a hidden one."""
    lines: list[tuple[Cell, ...]] = []
    notes: dict[str, None] = {}
    for one in names:
        measure = facts.measure(one)
        for column, words in columns.items():
            for row in facts.groups(column)[one]:
                if row["value"] is None and row["symbol"] != "c":
                    continue
                group = "not known" if row[column] is None else said(column, str(row[column]))
                if row["note"]:
                    notes[wording.sentence(row["note"])] = None
                first = (f"{measure.title} ({measure.unit})", *((words,) if len(columns) > 1 else ()), group)
                lines.append((*first, cell(row, "pupils"), *(exact(cell(row, key), measure) for key in ("value", "low", "high"))))
    if not any(isinstance(line[-4], int) for line in lines):
        if lines:
            yield Paragraph(f"{title}: every figure is hidden, because each is about few children or would show such a figure.")
        return
    yield Table(
        name=name,
        title=f"{title}, {facts.la_name}, {facts.year}",
        columns=(
            Column("Measure"),
            *((Column("By"),) if len(columns) > 1 else ()),
            Column("Group"),
            Column("Children", "count", 0),
            *(Column(words, "", 2) for words in ("Figure", "Lower limit", "Upper limit")),
        ),
        rows=tuple(lines),
        notes=tuple(notes),
        source=f"{'; '.join(dict.fromkeys(facts.measure(one).source for one in names))}; {facts.asked.source}; {in_source(facts, names)}",
    )


def said(column: str, value: str) -> str:
    """A value in words."""
    value = {"yes": "true", "no": "false"}.get(value, value)
    return WORDS.get(column, {}).get(value, {"true": "yes", "false": "no"}.get(value, value))


def roll_chart(facts: Facts, column: str, title: str) -> Iterator[Block]:
    """Children looked after on 31 March by a column, as bars with their table."""
    held = facts.roll(column)
    if not any(facts.totals.values()) or [value for value, _ in held] in ([], ["not known"]):
        return
    if order := ORDERS.get(column):
        held = sorted(held, key=lambda one: order.index(one[0]) if one[0] in order else len(order))
    shown = [(said(column, value), number) for value, number in held]
    yield Chart(
        name=f"roll-{column.replace('_', '-')}",
        kind="bars",
        title=title,
        description=f"Bar chart of children looked after on 31 March {facts.year}: "
        + "; ".join(f"{value} {number if isinstance(number, int) else 'hidden'}" for value, number in shown)
        + ".",
        axis="Children",
        marks=tuple(
            Mark(value, "Children", number, 0, number, f"{number:,}")
            if isinstance(number, int)
            else Mark(value, "Children", 0, 0, 0, "hidden")
            for value, number in shown
        ),
        series=(("Children", "for"),),
        table=roll_table(facts, {column: title}, f"roll_{column}", title),
    )


def roll_table(facts: Facts, columns: Mapping[str, str], name: str, title: str) -> Table:
    whole = facts.total("march")
    lines: list[tuple[Cell, ...]] = []
    for column, words in columns.items():
        held = facts.roll(column)
        if order := ORDERS.get(column):
            held = sorted(held, key=lambda one: order.index(one[0]) if one[0] in order else len(order))
        for value, number in held:
            share: Cell = percent(number, whole) if isinstance(number, int) and isinstance(whole, int) and whole else "c"
            lines.append((*((words,) if len(columns) > 1 else ()), said(column, value), number, share))
    first = (Column("By"), Column("Group")) if len(columns) > 1 else (Column("Group"),)
    return Table(
        name=name,
        title=f"{title}: numbers",
        columns=(*first, Column("Children", "count", 0), Column("Of all", "percent", 1)),
        rows=tuple(lines),
        source=f"{SOURCE_OF_COUNTS}, children looked after on 31 March {facts.year}; {facts.asked.source}",
    )


def recorded(facts: Facts, item: str) -> Iterator[Block]:
    """What somebody recorded for an item, as a table; small numbers of children hidden from the public."""
    from virtualschool.publish.counts import counts

    found = facts.lines(item)
    if not found:
        return
    about = ITEMS[item]
    numbers: list[Cell] = [line.number if line.number is not None else "x" for line in found]
    if about.children:
        known = [at for at, line in enumerate(found) if line.number is not None]
        hidden = counts([int(found[at].number or 0) for at in known], facts.asked.audience)
        for at, number in zip(known, hidden, strict=True):
            numbers[at] = number
    with_numbers = any(line.number is not None for line in found)
    with_words = any(line.words for line in found)
    if not with_numbers and not with_words:
        return
    decimals = 0 if all(line.number is None or line.number % 1 == 0 for line in found) else 2
    yield Table(
        name=f"recorded_{item}",
        title=about.title,
        columns=(
            Column(about.groups[:1].upper() + about.groups[1:]),
            *((Column("Number", "count", decimals),) if with_numbers else ()),
            *((Column("In words"),) if with_words else ()),
        ),
        rows=tuple(
            (line.group or "all", *((number,) if with_numbers else ()), *((line.words or "–",) if with_words else ()))
            for line, number in zip(found, numbers, strict=True)
        ),
        source=sources(found),
    )


def sources(lines: Sequence[Line]) -> str:
    named = list(dict.fromkeys(line.source for line in lines if line.source))
    return "; ".join(["recorded by the authority", *named])


def several_children(number: int | str) -> str:
    """A number of children as it is read: `34 children`, `a hidden number of children`."""
    return several(number, "child", "children") if isinstance(number, int) else "a small number of children (hidden)"
