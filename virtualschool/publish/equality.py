"""Outcomes of groups of children as they may leave: each beside the other children, beside all pupils of the same group, beside England's.

Groups are by unaccompanied, ethnic group, sex, special educational needs and disability. All comparisons of one table are tested
together, so that a group is not called different because many were looked at.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from virtualschool import measures, tables
from virtualschool.benchmarks import exceptions
from virtualschool.benchmarks.cell import Cell
from virtualschool.benchmarks.estimate import ENOUGH, Difference, Estimate, difference, estimate
from virtualschool.benchmarks.figure import Sums
from virtualschool.publish.passed import Asking, Line, passed
from virtualschool.publish.told import Told, of_difference, of_estimate, printed
from virtualschool.store import Snapshot

COLUMNS = ("sex", "ethnic_group", "sen", "disability", "unaccompanied")
OUTCOMES = ("attainment_8", "progress_8", "english_maths_94", "ks2_rwm", "absence_rate", "persistent_absence", "suspended_once_or_more")


def equality_told(
    snapshot: Snapshot,
    names: Sequence[str] = (),
    *,
    la: str,
    year: int | None = None,
    columns: Sequence[str] = (),
    audience: str = "public",
) -> Told:
    """A row for each measure, place, column and group."""
    asked = [measures.named(name).name for name in names] or [name for name in OUTCOMES if name in measures.ALL]
    asking = Asking(snapshot, audience)
    whole = passed(snapshot, asked, audience, asking=asking, la=la, year=year)
    wholes = {(line.cell.measure.name, line.cell.year, line.cell.place.code): line for line in whole.lines}
    marks = dict.fromkeys(whole.published.marks_in_words())
    lines: list[tuple[str, Line]] = []
    for column in columns or COLUMNS:
        found = passed(snapshot, asked, audience, asking=asking, la=la, year=year, by=column, compare="england,all_pupils")
        marks |= dict.fromkeys(found.published.marks_in_words())
        lines += [(column, line) for line in found.lines]
    pairs: list[tuple[Estimate, Estimate, str]] = []
    places: list[int | None] = []
    for _, line in lines:
        rest = others(wholes.get((line.cell.measure.name, line.cell.year, line.cell.place.code)), line)
        places.append(len(pairs) if line.own and rest else None)
        if line.own and rest:
            pairs.append((line.own, rest, "others"))
    tested = exceptions.compared(pairs)
    rows = [row(column, line, tested[at] if at is not None else None) for (column, line), at in zip(lines, places, strict=True)]
    rows.sort(key=lambda found: (found["measure"], found["year"], found["la"]))
    why = dict.fromkeys(line.row["note"] for _, line in lines if line.row["note"] and line.own is None)
    notes = [
        "Differs: from the other children of the place in the same measure, with control over all comparisons of this table (Benjamini and "
        "Hochberg). Fewer than 11 children on either side: nothing is concluded.",
        "A difference between groups does not say what made it: groups differ in age, needs and time in care.",
        *why,
    ]
    return Told(rows, list(marks), notes)


def others(whole: Line | None, line: Line) -> Estimate | None:
    """The other children of the place: everybody less the group, where both are shown, so that it gives nothing away."""
    if whole is None or whole.own is None or line.own is None or not whole.cell.sums or not line.cell.sums:
        return None
    rest = less(whole.cell.sums, line.cell.sums)
    cell = line.cell
    made = Cell(cell.measure, cell.year, cell.place, ("others",), sums=rest, national_sd=cell.national_sd)
    return estimate(made) if rest.pupils >= (1 if whole.is_exact else ENOUGH) else None


def less(whole: Sums, part: Sums) -> Sums:
    return Sums(
        whole.pupils - part.pupils,
        whole.numerator - part.numerator,
        whole.denominator - part.denominator,
        whole.squares - part.squares,
        whole.products - part.products,
        whole.below - part.below,
    )


def row(column: str, line: Line, test: exceptions.Test | None) -> dict[str, Any]:
    measure, own = line.cell.measure, line.own
    gaps: dict[str, Difference | None] = {}
    for name in ("all_pupils", "england"):
        other = line.beside.get(name)
        gaps[name] = difference(own, other) if own and other else None
    return {
        **{name: line.row[name] for name in ("measure", "year", "la", "la_name")},
        "column": column,
        "group": "not known" if line.row[column] is None else line.row[column],
        "pupils": line.row["pupils"],
        **of_estimate(own, measure),
        "symbol": line.row["symbol"],
        "others_value": printed(test.other.value if test else None, measure.decimals),
        **of_difference(test.difference if test else None, measure, "difference"),
        "chance": printed(test.chance if test else None, 3),
        "verdict": said(test),
        "all_pupils_value": value(line, "all_pupils"),
        "all_pupils_are": "of the same group" if column in tables.pupils else "of all groups",
        **of_difference(gaps["all_pupils"], measure, "gap"),
        "england_value": value(line, "england"),
        **of_difference(gaps["england"], measure, "england_difference"),
    }


def value(line: Line, name: str) -> float | None:
    other = line.beside.get(name)
    return printed(Fraction(other.value) if other else None, line.cell.measure.decimals)


def said(test: exceptions.Test | None) -> str:
    if test is None:
        return "no comparison"
    return {"above": "higher", "below": "lower"}.get(test.way, test.verdict)
