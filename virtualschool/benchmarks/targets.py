"""Targets that an authority sets itself, and whether a figure has met them: met, missed, or cannot tell.

They are kept in the store's records/targets.csv, a line for each time that one was set: la, measure, year, target, who, when. The newest
line of an authority, measure and year holds; an empty target takes it back. A target is in the unit that is published: 24.5 is 24.5 points
or 24.5%.

Met: the whole 95% interval is at the target or on its better side. Missed: the whole interval is on the worse side. Cannot tell: it
holds the target, so that chance alone could have put the figure on either side of it.
"""

import csv
import io
import pathlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from virtualschool import measures
from virtualschool.benchmarks.estimate import Estimate
from virtualschool.errors import Unreadable, VirtualSchoolError, WrongUse, not_text
from virtualschool.measures import Measure
from virtualschool.places import Places

COLUMNS = ("la", "measure", "year", "target")
KEPT = (*COLUMNS, "who", "when")
MET, MISSED, CANNOT_TELL, TOO_FEW = "met", "missed", "cannot tell", "too few children"


@dataclass(frozen=True)
class Target:
    """`value` is None where one was taken back."""

    la: str
    measure: str
    year: int
    value: Decimal | None


def verdict(measure: Measure, found: Estimate, target: Decimal) -> str:
    """Whether a figure met a target."""
    if not found.is_enough:
        return TOO_FEW
    if found.low is None or found.high is None:
        return CANNOT_TELL
    worst, best = (found.low, found.high) if measure.better == "higher" else (-found.high, -found.low)
    mark = float(target) if measure.better == "higher" else -float(target)
    return MET if worst >= mark else MISSED if best < mark else CANNOT_TELL


def reached(measure: Measure, found: Estimate, target: Decimal) -> bool:
    """Whether the figure itself is at the target or better, whatever chance had to do with it."""
    return found.value >= target if measure.better == "higher" else found.value <= target


# --- Reading what an authority gives ---


def read(file: pathlib.Path, known: Places) -> list[Target]:
    """The targets of a file with columns la, measure, year, target.

    Raises Unreadable for a file that is no such CSV, and WrongUse with every row that names what there is none of.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise not_text(file, fault, f"Write a CSV with the columns {', '.join(COLUMNS)}.") from fault
    reader = csv.DictReader(io.StringIO(text))
    names = [name.strip().casefold() for name in reader.fieldnames or ()]
    if missing := [name for name in COLUMNS if name not in names]:
        raise Unreadable(f"File {file}", f"it has no column {missing[0]}.", f"Its first line must name {', '.join(COLUMNS)}.")
    found: list[Target] = []
    faults: list[WrongUse] = []
    for number, row in enumerate(reader, 2):
        cells = {(name or "").strip().casefold(): (value or "").strip() for name, value in row.items() if isinstance(value, str)}
        if not any(cells.values()):
            continue
        try:
            found.append(target_of({**dict.fromkeys(COLUMNS, ""), **cells}, known))
        except VirtualSchoolError as fault:
            faults.append(WrongUse(f"{file.name}, row {number}, {fault.where}", fault.wrong, fault.do))
    if len(faults) > 1:
        listed = "\n".join(map(str, faults))
        raise WrongUse(f"File {file.name}", f"{len(faults)} of its rows cannot be kept, so none is.", f"Mend them:\n{listed}")
    if faults:
        raise faults[0]
    return found


def target_of(cells: Mapping[str, str], known: Places) -> Target:
    la = known.authority(cells["la"]).la
    measure = measures.named(cells["measure"])
    if measure.better == "neither":
        raise WrongUse(
            f"measure '{measure.name}'", "neither more nor less of it is better, so no target can be met.", "Choose another measure."
        )
    if not cells["year"].isdigit() or len(cells["year"]) != 4:
        raise WrongUse(f"year '{cells['year']}'", "this is not a year.", "Write the year it ends in: 2026.")
    year = int(cells["year"])
    if why := measure.why_not(year):
        raise WrongUse(f"{measure.name} in {year}", why, "Choose another year.")
    if not cells["target"]:
        return Target(la, measure.name, year, None)
    try:
        value = Decimal(cells["target"].removesuffix("%"))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise WrongUse(f"target '{cells['target']}'", "this is not a number.", "Write it as it is published: 24.5, or 34 for 34%.")
    if measure.unit == "percent" and measure.counts == "pupils" and not 0 <= value <= 100:
        raise WrongUse(f"target '{cells['target']}'", "this is not a percentage.", "Write it from 0 to 100.")
    return Target(la, measure.name, year, value)


# --- The store's records ---


def file_of(store: pathlib.Path) -> pathlib.Path:
    return store / "records" / "targets.csv"


def keep(store: pathlib.Path, found: Iterable[Target], who: str, when: str) -> int:
    """Adds targets to the store's records; how many."""
    file, made = file_of(store), io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    listed = list(found)
    if not file.exists():
        writer.writerow(KEPT)
    for one in listed:
        writer.writerow([one.la, one.measure, one.year, "" if one.value is None else one.value, who, when])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8", newline="") as opened:
            opened.write(made.getvalue())
    except OSError as fault:
        raise WrongUse(f"Records {file}", "they cannot be written.", "Ask whoever keeps the store for leave to write.") from fault
    return len(listed)


def held(store: pathlib.Path) -> dict[tuple[str, str, int], Decimal]:
    """The targets that hold, by authority, measure and year."""
    file = file_of(store)
    if not file.exists():
        return {}
    found: dict[tuple[str, str, int], Decimal] = {}
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            key = (row["la"], row["measure"], int(row["year"]))
            found.pop(key, None)
            # A measure that is no longer defined cannot be met.
            if row["target"] and row["measure"] in measures.ALL:
                found[key] = Decimal(row["target"])
    return found
