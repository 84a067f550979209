"""Layouts of published statistics that are not one row a place, made into columns that are: sheets and turned sheets.

A printed sheet has titles, then a heading of several lines, often with years across, then places, then footnotes. A turned
sheet has a line for each count and a column for each group and year.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from virtualschool.read.kinds import Source

FOOTNOTES = re.compile(r"[\d,\s]*")
A_YEAR = re.compile(r"(20[012]\d)\d?")
GROUP_AND_YEAR = re.compile(r"(?P<sex>all|boys|girls)_(?P<non>non_)?cla_(?P<year>20\d\d)")
YEAR_AND_PHASE = re.compile(r"cla_(?P<year>20\d\d)_(?P<phase>primary|secondary|special)")
SCHOOL_AND_SEN = re.compile(r"(?P<school>primary|secondary|special|pru)_(?P<sen>no_sen|sen_support|sen_statement_ehcp)|cla_ ?sen_provision")
SHEET_COLUMNS = 3
"""ONS code, DfE code and name of the place stand first."""


def is_sheet(headings: Sequence[str]) -> bool:
    """Whether a line is the one of a printed sheet that begins `LA Code` and names no other column of the place."""
    cells = [cell.strip().casefold() for cell in headings]
    return len(cells) > SHEET_COLUMNS and cells[0] == "la code" and all(_blank(cell) for cell in cells[1:SHEET_COLUMNS])


def is_turned(headings: Sequence[str]) -> bool:
    """Whether a line names groups of pupils across, as the national underlying data of SFR12/2017 does."""
    cells = [cell.strip().casefold() for cell in headings]
    return len(cells) > 1 and _blank(cells[0]) and all(group_of(cell) for cell in cells[1:])


def group_of(heading: str) -> tuple[int, str, str] | None:
    """Year, population and breakdown of a column of a turned sheet."""
    text = heading.strip().casefold()
    if found := GROUP_AND_YEAR.fullmatch(text):
        sex = "total" if found["sex"] == "all" else f"sex={found['sex'].capitalize()}"
        return int(found["year"]), "not_looked_after" if found["non"] else "12months", sex
    if found := YEAR_AND_PHASE.fullmatch(text):
        return int(found["year"]), "12months", f"school_type={found['phase'].capitalize()}"
    if found := SCHOOL_AND_SEN.fullmatch(text):
        return 2016, "12months", f"school_type={found['school'].capitalize()};sen={found['sen']}" if found["school"] else "total"
    return None


def title_of(source: Source) -> str:
    """The title of a sheet: its first line over the heading that begins with `Table`."""
    lines = (cell.strip() for line in source.above for cell in line[:1])
    return next((line for line in lines if line.casefold().startswith("table ")), "")


def sheet(source: Source, wanted: Iterable[str]) -> dict[str, pa.Array]:
    """A printed sheet as columns: place, year, and one column for each heading of `wanted` that the sheet bears.

    Headings of several lines are written from the top, joined by `/`. One row for each place and year. Heading lines below
    the first and footnotes are set aside.
    """
    table = source.table()
    numbers = table["row"].to_pylist()
    lines = list(zip(*(table[index].to_pylist() for index in range(table.num_columns - 1)), strict=True))
    texts = [[(cell or "").strip() for cell in line] for line in lines]
    first = next((index for index, line in enumerate(texts) if line[2]), len(texts))
    above = [
        [cell.strip() for cell in line]
        for line in source.above
        if len(line) > SHEET_COLUMNS and not any(cell.strip() for cell in line[:SHEET_COLUMNS])
    ]
    own = ["" if index < SHEET_COLUMNS or _blank(cell.casefold()) else _unnumbered(cell) for index, cell in enumerate(source.headings)]
    paths = _paths([*(line for line in above if any(line)), own, *texts[:first]], table.num_columns - 1)
    columns: dict[tuple[int, str], int] = {}
    for index, (year, path) in paths.items():
        if name := _named(path, wanted):
            at = (year or _year_of(source), name)
            before = max((known for known, _ in columns if known < at[0]), default=0)
            # A year may stand a column too far left, over the last one of the year before.
            if at in columns and before and (before, name) not in columns:
                columns[before, name] = columns[at]
            columns[at] = index
    for number in numbers[:first]:
        source.set_aside(number, "A line of the sheet's heading.")
    found: dict[str, list] = {
        name: [] for name in ("row", "time_period", "geographic_level", "new_la_code", "old_la_code", "geog_n", *wanted)
    }
    for number, line in zip(numbers[first:], texts[first:], strict=True):
        if not line[2] or not any(line[SHEET_COLUMNS:]):
            source.set_aside(number, "A note of the sheet.")
            continue
        level = "la" if line[1] else "national" if line[2].casefold() == "england" else "region"
        for year in sorted({year for year, _ in columns}):
            cells = {name: line[index] for (of_year, name), index in columns.items() if of_year == year}
            place = (number, str(year), level, line[0], line[1], line[2])
            for name, cell in zip(found, (*place, *(cells.get(name, "") for name in wanted)), strict=True):
                found[name].append(cell)
    return {name: pa.array(cells, pa.int32() if name == "row" else pa.string()) for name, cells in found.items()}


def _paths(heading: Sequence[Sequence[str]], width: int) -> dict[int, tuple[int, tuple[str, ...]]]:
    """The year (0 if none) and the labels from the top of every labelled column.

    A label reaches to the next one in its line, or to where one begins in a line above.
    """
    reached = []
    for depth, line in enumerate(heading):
        label, labels = "", []
        for index in range(width):
            if any(index < len(over) and over[index] for over in heading[:depth]):
                label = ""
            label = (line[index] if index < len(line) else "") or label
            labels.append(label)
        reached.append(labels)
    paths = {}
    for index in range(SHEET_COLUMNS, width):
        lowest = max((depth for depth, line in enumerate(heading) if index < len(line) and line[index]), default=None)
        if lowest is None:
            continue
        labels = [reached[depth][index] for depth in range(lowest + 1) if reached[depth][index]]
        year = next((int(found[1]) for label in labels if (found := A_YEAR.fullmatch(label))), 0)
        paths[index] = (year, tuple(label for label in labels if not A_YEAR.fullmatch(label)))
    return paths


def _named(path: Sequence[str], wanted: Iterable[str]) -> str | None:
    """The heading of `wanted` that a path is: its lowest label, and in order those above it, each but for its footnotes."""
    labels = [" ".join(label.casefold().split()) for label in path]
    for name in wanted:
        parts = name.split("/")
        if not labels or not _same(labels[-1], parts[-1]):
            continue
        over = iter(labels[:-1])
        if all(any(_same(label, part) for label in over) for part in parts[:-1]):
            return name
    return None


def _same(label: str, wanted: str) -> bool:
    return label.startswith(wanted) and FOOTNOTES.fullmatch(label[len(wanted) :]) is not None


def _year_of(source: Source) -> int:
    lines = " ".join(cell for line in source.above for cell in line[:1])
    found = re.search(r"years?(?: ending 31 march)?:? +(?:20\d\d *(?:-|to) *)?(20[012]\d)", lines, re.IGNORECASE)
    return int(found[1]) if found else 0


def _blank(cell: str) -> bool:
    return not cell or re.fullmatch(r"column \d+", cell) is not None


def _unnumbered(cell: str) -> str:
    """A heading without the mark that tells it from an earlier one of the same name."""
    return re.sub(r" \(\d+\)$", "", cell.strip())


def turned(source: Source, datasets: Iterable, in_sheets: Container[str], parts: Sequence[str]) -> Iterator[pa.Table]:
    """The figures of a turned sheet; a line that is part of none is set aside.

    It has counts only. Left out: the totals of looked-after children for measures `in_sheets`, which have the percentages too.
    """
    table = source.table()
    numbers = table["row"].to_pylist()
    labels = [(text or "").strip().casefold() for text in table[0].to_pylist()]
    line_of = {label: index for index, label in enumerate(labels)}
    used: set[int] = set()
    rows: list[dict] = []
    for dataset, figure in [(found, figure) for found in datasets for figure in found.figures]:
        lines = {part: line_of[name.casefold()] for part, name in figure.parts.items() if name.casefold() in line_of}
        if not any(part in lines for part in ("value", "numerator")):
            continue
        used.update(lines.values())
        for heading in table.column_names[1:-1]:
            year, population, breakdown = group_of(heading) or (None, None, None)
            cells = {part: (table[heading][line].as_py() or "").strip() or None for part, line in lines.items()}
            both = ";".join(pair for pair in (breakdown, figure.breakdown) if pair and pair != "total") or "total"
            if not any(cells.values()) or (figure.measure in in_sheets and (population, both) == ("12months", "total")):
                continue
            rows.append(
                {
                    **dict.fromkeys(parts),
                    **cells,
                    **{"series": dataset.series, "dataset": dataset.name, "measure": figure.measure, "year": year, "level": "england"},
                    **{"place": "England", "population": population, "breakdown": both},
                    "row": numbers[lines.get("numerator", lines.get("value", 0))],
                }
            )
    for index, number in enumerate(numbers):
        if index not in used:
            source.set_aside(number, "No figure in this record.")
    if rows:
        newest = str(max(row["year"] for row in rows))
        text = ("series", "dataset", "measure", "level", "place", "population", "breakdown", *parts)
        arrays: Mapping[str, pa.Array] = {
            "release": pa.array([newest] * len(rows)),
            **{name: pa.array([row[name] for row in rows], pa.string()) for name in text},
            "year": pa.array([row["year"] for row in rows], pa.int32()),
            "row": pa.array([row["row"] for row in rows], pa.int32()),
        }
        yield pa.table(dict(arrays))
