"""What an authority's report says: headline figures, a part for each headline measure, and where it all comes from.

Figures come from `asking` and are published already: nothing here hides, rounds or recomputes one. What the report says
of files, links and lineage is in `account`; how a figure is said is in `wording`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from virtualschool import years
from virtualschool.reports import account, wording
from virtualschool.reports.asking import Asked
from virtualschool.reports.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Mark,
    Note,
    Paragraph,
    Points,
    Report,
    Table,
)
from virtualschool.reports.wording import COMPARATORS, listed, several

HEADLINES = (
    "attainment_8",
    "progress_8",
    "english_maths_94",
    "english_maths_95",
    "ks2_rwm",
    "absence_rate",
    "persistent_absence",
    "suspended_once_or_more",
)
"""The measures with a card and a part of their own. Every other measure is in the table of all measures."""

BREAKDOWNS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("sex", "Sex", {}),
    ("sen", "Special educational needs", {"none": "no SEN", "support": "SEN support", "EHCP": "EHC plan"}),
    ("placement_type", "Placement", {}),
    ("out_of_authority", "Where placed", {"yes": "outside the authority", "no": "inside the authority"}),
    ("length_of_care", "Length of care", {}),
    ("entered", "Entered care", {"before": "before the key stage", "during": "during the key stage"}),
)
"""The columns a headline measure is broken down by, one at a time, with words for values that need them."""

TREND_YEARS = 8


def contents(asked: Asked) -> Report:
    """The report of one authority and year."""
    chosen = [asked.measures[name] for name in HEADLINES if name in asked.measures]
    trend = asked.trend([measure.name for measure in chosen], TREND_YEARS)
    groups = {column: asked.groups([measure.name for measure in chosen], column) for column, _, _ in BREAKDOWNS}
    blocks: list[Block] = [*headlines(asked, chosen, trend), *everything(asked)]
    for measure in chosen:
        blocks += part(
            asked, measure, trend[measure.name], asked.places[measure.name], {key: rows[measure.name] for key, rows in groups.items()}
        )
    blocks += account.links(asked)
    blocks += account.two_ways(asked)
    blocks += account.files(asked)
    blocks += account.lineage(asked)
    blocks += definitions(asked)
    return Report(
        la=asked.la,
        la_name=asked.la_name,
        year=asked.year,
        title=f"How looked-after children got on in education: {asked.la_name}, {years.label(asked.year)}",
        subtitle=(
            f"Children looked after by {asked.la_name} for at least twelve months to 31 March {asked.year}, "
            f"and the school year {years.label(asked.year)}"
        ),
        audience=asked.audience,
        mark=asked.mark,
        summary=summary(asked, chosen, trend),
        blocks=tuple(blocks),
        invented=asked.invented,
    )


def summary(asked: Asked, chosen: Sequence[Any], trend: Mapping[str, list[dict]]) -> tuple[str, ...]:
    """The report in a few sentences: which headline figures stand apart from England's, and which cannot be told from them."""
    told: dict[str, list[str]] = {"better": [], "worse": [], "cannot tell": [], "unknown": []}
    for measure in chosen:
        row = of_year(trend[measure.name], asked.year)
        stands = wording.standing(row, measure, "england")
        key = wording.tone(stands, measure) if stands in ("above", "below") else stands
        told.setdefault(key, []).append(measure.title)
    said = []
    if told["better"]:
        said.append(f"Better than for looked-after children in England: {listed(told['better'])}.")
    if told["worse"]:
        said.append(f"Worse than for looked-after children in England: {listed(told['worse'])}.")
    if told["cannot tell"]:
        said.append(f"We cannot tell whether these differ from England: {listed(told['cannot tell'])}.")
    if told["unknown"]:
        said.append(f"No figure to compare this year: {listed(told['unknown'])}. The reason stands with each.")
    return tuple(said)


def headlines(asked: Asked, chosen: Sequence[Any], trend: Mapping[str, list[dict]]) -> Iterator[Block]:
    yield Heading("Headline figures", "headlines")
    yield Paragraph(
        "Each figure has a 95% interval where the measure has one: with so few children, chance alone moves a figure about that much. "
        "We say that a figure differs from another only when the intervals of both, taken together, leave no doubt of it."
    )
    yield KeyFigures("Headline figures", tuple(card(asked, measure, trend[measure.name]) for measure in chosen))


def card(asked: Asked, measure: Any, rows: list[dict]) -> KeyFigure:
    row = of_year(rows, asked.year)
    if row["value"] is None:
        earlier = [past for past in rows if past["value"] is not None and past["year"] < asked.year]
        last = [f"The last figure was {wording.amount(earlier[-1]['value'], measure)}, in {earlier[-1]['year']}."] if earlier else []
        said = (wording.reason(row), *last, *wording.comparisons(row, measure, COMPARATORS))
        return KeyFigure(measure.title, "–", "", "", "Hidden" if row["symbol"] == "c" else "No figure", "none", said, row["symbol"] or "x")
    stands = wording.standing(row, measure, "england")
    return KeyFigure(
        title=measure.title,
        value=wording.amount(row["value"], measure),
        unit=wording.unit_word(measure),
        interval=wording.interval(row, measure) or "no interval",
        standing=wording.at_a_glance(stands, measure, "England"),
        tone=wording.tone(stands, measure) if stands in ("above", "below") else "none",
        sentences=(about_pupils(row), *wording.comparisons(row, measure, COMPARATORS)),
    )


def about_pupils(row: Mapping[str, Any]) -> str:
    told = f"{several(row['pupils'], 'child', 'children')} counted." if row["pupils"] is not None else ""
    return told + (" From DfE's published figures." if row.get("source") == "published" else "")


def part(asked: Asked, measure: Any, trend: list[dict], places: list[dict], groups: Mapping[str, list[dict]]) -> Iterator[Block]:
    """The part of one headline measure: what it means, over the years, beside others, and for groups of children."""
    yield Heading(measure.title, measure.name)
    yield Paragraph(f"{wording.sentence(measure.meaning)} {polarity(measure)}".strip())
    row = of_year(trend, asked.year)
    if row["value"] is None:
        yield Note(f"No figure for {asked.year}", wording.reason(row))
    if any(past["value"] is not None or past.get("england_value") is not None for past in trend):
        yield Heading("Over the years", f"{measure.name}-years", 3)
        yield over_the_years(asked, measure, trend)
    if any(place["value"] is not None for place in places):
        yield Heading("Beside other authorities", f"{measure.name}-places", 3)
        yield beside_others(asked, measure, places)
    if any(group["value"] is not None for rows in groups.values() for group in rows):
        yield Heading("For groups of children", f"{measure.name}-groups", 3)
        yield for_groups(asked, measure, row, groups)


def polarity(measure: Any) -> str:
    return {"higher": "Higher is better.", "lower": "Lower is better."}.get(measure.better, "")


def over_the_years(asked: Asked, measure: Any, rows: list[dict]) -> Chart:
    own, england, near = asked.la_name, "England", "Statistical neighbours"
    marks = []
    for row in rows:
        at = str(row["year"])
        marks.append(Mark(at, own, plain(row["value"]), plain(row["low"]), plain(row["high"])))
        marks.append(Mark(at, england, plain(row.get("england_value"))))
        marks.append(Mark(at, near, plain(row.get("neighbours_value"))))
    held = [row for row in rows if row["value"] is not None]
    told = wording.change(held[0], held[-1]) if held else "no figure for the authority"
    gaps = {row["year"]: wording.reason(row) for row in rows if row["value"] is None}
    table = Table(
        name=f"{measure.name}_years",
        title=f"{measure.title} over the years, {own} and comparators",
        columns=(
            Column("Year"),
            Column("School year"),
            Column("Children", "count", 0),
            Column(own, measure.unit, measure.decimals),
            Column("Lower limit", measure.unit, measure.decimals),
            Column("Upper limit", measure.unit, measure.decimals),
            Column("England", measure.unit, measure.decimals),
            Column("Region", measure.unit, measure.decimals),
            Column("Neighbours", measure.unit, measure.decimals),
        ),
        rows=tuple(
            (
                str(row["year"]),
                years.label(row["year"]),
                cell(row, "pupils"),
                *(cell(row, name) for name in ("value", "low", "high")),
                *(beside(row, name) for name in COMPARATORS),
            )
            for row in rows
        ),
        notes=tuple(f"{year}: {why}" for year, why in gaps.items()),
        source=f"{measure.source}; {asked.source}",
        open=False,
    )
    return Chart(
        name=f"{measure.name}-trend",
        kind="trend",
        title=f"{measure.title}: {told}",
        description=(
            f"Line chart of {measure.title} by year for {own}, England and the mean of the statistical neighbours, with the interval of "
            f"{own}. " + spoken(measure, rows) + (f" Lines stop where there is no figure: {years.runs(gaps)}." if gaps else "")
        ),
        axis=wording.axis(measure),
        marks=tuple(marks),
        series=((own, "own"), (england, "england"), (near, "neighbours")),
        table=table,
    )


def spoken(measure: Any, rows: list[dict]) -> str:
    held = [f"{wording.amount(row['value'], measure)} in {row['year']}" for row in rows if row["value"] is not None]
    return f"The authority: {listed(held)}." if held else "The authority has no figure."


def beside_others(asked: Asked, measure: Any, rows: list[dict]) -> Chart:
    series = {"own": asked.la_name, "england": "England", "region": "Region", "neighbours": "Statistical neighbours"}
    marks = tuple(
        Mark(
            row["la_name"],
            series[row["role"]],
            plain(row["value"]),
            plain(row["low"]),
            plain(row["high"]),
            why="" if row["value"] is not None else wording.SHORT.get(row["symbol"] or "", "no figure"),
        )
        for row in rows
    )
    england = next((row["value"] for row in rows if row["role"] == "england"), None)
    counted = [row for row in rows if row["role"] == "neighbours"]
    table = Table(
        name=f"{measure.name}_places",
        title=f"{measure.title} in {asked.year}, {asked.la_name} beside England, its region and its neighbours",
        columns=(
            Column("Place"),
            Column("Kind"),
            Column("Children", "count", 0),
            Column("Figure", measure.unit, measure.decimals),
            Column("Lower limit", measure.unit, measure.decimals),
            Column("Upper limit", measure.unit, measure.decimals),
        ),
        rows=tuple(
            (row["la_name"], KINDS[row["role"]], cell(row, "pupils"), *(cell(row, name) for name in ("value", "low", "high")))
            for row in rows
        ),
        notes=notes_of(rows),
        source=f"{measure.source}; {asked.source}",
        open=False,
    )
    return Chart(
        name=f"{measure.name}-beside",
        kind="dots",
        title=f"{measure.title} in {asked.year}, beside England and {several(len(counted), 'neighbour')}",
        description=(
            f"Dot chart, with 95% intervals where they are known: {asked.la_name}, England, its region and its statistical neighbours. "
            "Where two intervals overlap much, or are not known, the order of the two places may be chance."
        ),
        axis=wording.axis(measure),
        marks=marks,
        series=tuple((name, role) for role, name in series.items()),
        table=table,
        reference=("England", float(england)) if england is not None else None,
    )


KINDS = {"own": "this authority", "england": "nation", "region": "region", "neighbours": "statistical neighbour"}


def for_groups(asked: Asked, measure: Any, whole: Mapping[str, Any], groups: Mapping[str, list[dict]]) -> Chart:
    marks: list[Mark] = []
    rows: list[tuple[Cell, ...]] = []
    everyone = "All children"
    if whole["value"] is not None:
        marks.append(Mark(everyone, everyone, plain(whole["value"]), plain(whole["low"]), plain(whole["high"])))
    shown = []
    for column, title, words in BREAKDOWNS:
        if not any(row["value"] is not None for row in groups[column]):
            continue
        shown.append(title.lower())
        marks.append(Mark(title, title, None, group=title))
        for row in groups[column]:
            name = "not known" if row[column] is None else str(words.get(row[column], row[column]))
            why = "" if row["value"] is not None else wording.SHORT.get(row["symbol"] or "", "no figure")
            marks.append(Mark(name, everyone, plain(row["value"]), plain(row["low"]), plain(row["high"]), why, group=title))
            rows.append((title, name, cell(row, "pupils"), *(cell(row, limit) for limit in ("value", "low", "high"))))
    table = Table(
        name=f"{measure.name}_groups",
        title=f"{measure.title} in {asked.year} for groups of children, {asked.la_name}",
        columns=(
            Column("By"),
            Column("Group"),
            Column("Children", "count", 0),
            Column("Figure", measure.unit, measure.decimals),
            Column("Lower limit", measure.unit, measure.decimals),
            Column("Upper limit", measure.unit, measure.decimals),
        ),
        rows=tuple(rows),
        notes=notes_of([row for found in groups.values() for row in found]),
        source=f"{measure.source}; {asked.source}",
        open=False,
    )
    return Chart(
        name=f"{measure.name}-groups",
        kind="dots",
        title=f"{measure.title} in {asked.year} by {listed(shown)}",
        description=(
            f"Dot chart with 95% intervals for groups of {asked.la_name}'s children, by {listed(shown)}. Groups are small: where intervals "
            "overlap, we cannot tell whether the groups differ, and a difference does not say what made it. A line that reaches the edge "
            "goes on beyond it; a dot without a line has no interval."
        ),
        axis=wording.axis(measure),
        marks=tuple(marks),
        series=((everyone, "own"),),
        table=table,
        reference=(everyone, float(whole["value"])) if whole["value"] is not None else None,
    )


def everything(asked: Asked) -> Iterator[Block]:
    """Every measure of the year, in one table; those that cannot be had with the reason."""
    rows = asked.all_measures()
    yield Heading("Every measure", "measures")
    yield Paragraph(f"All measures for {asked.year}, the authority beside England, its region and its statistical neighbours.")
    yield Table(
        name="every_measure",
        title=f"Every measure for {asked.la_name}, {asked.year}",
        columns=(
            Column("Measure"),
            Column("Unit"),
            Column("Children", "count", 0),
            Column("Figure", "", 2),
            Column("Lower limit", "", 2),
            Column("Upper limit", "", 2),
            Column("England", "", 2),
            Column("Region", "", 2),
            Column("Neighbours", "", 2),
            Column("Beside England"),
        ),
        rows=tuple(
            (
                measure.title,
                measure.unit,
                cell(row, "pupils"),
                *(exact(cell(row, name), measure) for name in ("value", "low", "high")),
                *(exact(beside(row, name), measure) for name in COMPARATORS),
                wording.one_word(wording.standing(row, measure, "england"), measure),
            )
            for row in rows
            for measure in (asked.measures[row["measure"]],)
        ),
        notes=reasons(asked, rows),
        source=asked.source,
    )


def reasons(asked: Asked, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Why measures have no figure, each reason once, with the measures it is true of."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row["value"] is None:
            found.setdefault(wording.reason(row), []).append(asked.measures[row["measure"]].title)
    return tuple(f"{why} {'; '.join(titles)}." for why, titles in found.items())


def definitions(asked: Asked) -> Iterator[Block]:
    yield Heading("Definitions and sources", "definitions")
    yield Points(
        (
            "Children: those looked after without a break from 1 April to 31 March, agreed short breaks left out, linked to a pupil record "
            "and, for a key stage, at its end in a state-funded school.",
            "England and the region are pooled from all their children; the region includes the authority. Neighbours: the simple mean of "
            "the ten statistical neighbours, those hidden left out.",
            "95% interval: for a percentage by Wilson's method, for a mean by Student's t, for Progress 8 by DfE's method with the "
            "national spread. It speaks of chance only, not of children who could not be linked.",
            "Better and worse are said when the 95% interval of the difference, put together from both figures' intervals by Newcombe's "
            "method, does not reach nought; a figure whose interval is not known (many of DfE's) is taken as exact. Of twenty such "
            "comparisons one will by chance alone seem to differ.",
        )
    )
    yield Table(
        name="symbols",
        title="Symbols that stand in the place of a number",
        columns=(Column("Symbol"), Column("Meaning")),
        rows=tuple((symbol, wording.sentence(meaning)) for symbol, meaning in wording.SYMBOLS.items()),
    )
    yield Table(
        name="definitions",
        title="What each measure means, and where its definition comes from",
        columns=(Column("Measure"), Column("Meaning"), Column("Unit"), Column("Better"), Column("Interval"), Column("Source")),
        rows=tuple(
            (
                measure.title,
                wording.sentence(measure.meaning),
                measure.unit,
                measure.better,
                measure.interval,
                measure.source or "none given",
            )
            for measure in asked.measures.values()
        ),
        open=False,
    )


def of_year(rows: list[dict], year: int) -> dict:
    return next(row for row in rows if row["year"] == year)


def notes_of(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What the rows without a figure say of themselves, each said once."""
    return tuple(dict.fromkeys(wording.sentence(row["note"]) for row in rows if row.get("note")))


def cell(row: Mapping[str, Any], name: str) -> Cell:
    """The value of a cell, or the symbol that stands for it."""
    if row[name] is not None:
        return row[name]
    return wording.of_today(row["symbol"]) or ("z" if row["value"] is not None else "x")


def beside(row: Mapping[str, Any], name: str) -> Cell:
    value = row.get(f"{name}_value")
    return value if value is not None else "x"


def exact(value: Cell, measure: Any) -> Cell:
    """A number as text with the measure's own decimals, in a column that mixes measures."""
    return value if value is None or isinstance(value, str) else wording.number(value, measure.decimals).replace("−", "-")


def plain(value: Any) -> float | None:
    """A published value as a chart draws it."""
    return None if value is None else float(value)
