"""Attainment 8, Progress 8 and the EBacc pupil by pupil from a file of results, by the same definitions as a build; no store needed."""

import codecs
import csv
import io
import pathlib
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from virtualschool import tables
from virtualschool.errors import Unreadable, WrongUse
from virtualschool.outcomes import attainment_8, key_stage_4, points, prior, progress_8
from virtualschool.outcomes.rules import Rules, rules_of
from virtualschool.outcomes.staging import Stage, compiled, now
from virtualschool.store import Engine

FIRST_YEAR = 2016
SLOT_ORDER = ("english", "maths", "ebacc", "open")
KS2 = ibis.table(
    {"pupil": "string", "ks2_reading": "string", "ks2_maths": "string", "tested": "int32", "given_average": tables.POINTS}, name="ks2_file"
)


def score(results: pathlib.Path, ks2: pathlib.Path | None = None, year: int | None = None) -> list[dict[str, Any]]:
    """One row a pupil, in the order of the file, with the keys pupil, attainment_8, english, maths, ebacc, open (weighted totals that
    add up), slots, prior_attainment, group, estimate, progress_8, ebacc_aps, ebacc_entered and note.

    `year` is that in which key stage 4 ended; by default the newest with official estimates. Points are unrounded; progress_8 has
    three decimals and ebacc_aps four, halves away from zero. What cannot be worked out is None, and the note says why.
    Raises WrongUse for a year without Attainment 8, Unreadable for a file that is not such a list.
    """
    year = year or max(progress_8.official_years())
    if year < FIRST_YEAR:
        raise WrongUse(f"Year {year}", f"Attainment 8 begins in {FIRST_YEAR}.", f"Name {FIRST_YEAR} or a later year.")
    entered, notes = read_results(results, year)
    engine = Engine.open(threads=2)
    stage = Stage(engine)
    engine.register(now(tables.ks4_results).get_name(), entered)
    engine.empty(tables.pupil_keys)
    stage.look_up(points.MEANINGS, points.meanings(engine.rows(compiled(attainment_8.spellings)), year))
    stage.look_up(attainment_8.REPEATED, engine.arrow(compiled(key_stage_4.repeated, by_upn=False)))
    stage.look_up(prior.KS2_SCORES, prior.ks2_scores())
    stage.look_up(KS2, read_ks2(ks2, year, notes))
    reason = progress_8.why_not(year)
    estimates = None if reason else progress_8.official(year)
    stage.look_up(progress_8.GROUPS, progress_8.table(estimates or progress_8.Estimates((), "")))

    totals = {row["pupil"]: row for row in engine.rows(compiled(with_progress, rules_of(year)))}
    slots: dict[str, list[dict]] = {}
    for row in sorted(engine.rows(compiled(slots_filled)), key=slot_order):
        slots.setdefault(row["pupil"], []).append(row)
    for row in sorted(engine.rows(compiled(noted)), key=by_row):
        if row["n"] > 1:
            say(notes, row["pupil"], f"{row['name']}: one of its {row['n']} results counts.")
        if row["note"]:
            say(notes, row["pupil"], row["note"])
    common = general_notes(year, reason, estimates)
    return [
        pupil_row(pupil, totals[pupil], slots.get(pupil, []), notes.get(pupil, []), common, known=ks2 is not None, possible=bool(estimates))
        for pupil in dict.fromkeys(entered["pmr"].to_pylist())
    ]


def filled() -> ir.Table:
    """The results that count, laid into slots."""
    return attainment_8.filled(attainment_8.counted(attainment_8.entries(by_upn=False)))


def slots_filled() -> ir.Table:
    return attainment_8.slots(filled())


def with_progress(rules: Rules) -> ir.Table:
    """The pupils with elements, key stage 2 average, group, estimate and Progress 8."""
    made = everyone(key_stage_4.summed(filled(), rules), rules)
    held = prior.with_average(KS2)
    held = held.select(ks2_pupil="pupil", ks2_prior="ks2_prior", ks2_reading="ks2_reading", ks2_maths="ks2_maths")
    found = made.left_join(held, [("pupil", "ks2_pupil")])
    found = found.mutate(
        prior_group=prior.group(found.ks2_prior, rules), attainment_8=found.attainment_8_results, counts=ibis.literal(True)
    )
    return progress_8.with_progress(found)


def everyone(made: ir.Table, rules: Rules) -> ir.Table:
    """The sums with a row of noughts for each pupil of the file none of whose results counts."""
    named = now(tables.ks4_results).select(named="pmr").distinct()
    found = named.left_join(made, [("named", "pupil")])
    zero = {name: Decimal(0) for name in ("attainment_8_results", *(f"results_{name}" for name in SLOT_ORDER))}
    if rules.point_score:
        zero["results_ebacc_aps"] = Decimal(0)
    return found.select(
        **{
            name: found.named
            if name == "pupil"
            else found[name].fill_null(ibis.literal(zero[name], type=kind))
            if name in zero
            else found[name]
            for name, kind in made.schema().items()
        }
    )


def noted() -> ir.Table:
    """What there is to say of each result: pupil, row, name, note, and n, the results that the pupil has in the subject."""
    rows = attainment_8.entries(by_upn=False, also=("note",))
    return rows.mutate(n=_.count().over(group_by=[_.pupil, _.same])).select("pupil", "row", "name", "note", "n")


def pupil_row(pupil: str, made: dict, slots: list[dict], notes: list[str], common: list[str], *, known: bool, possible: bool) -> dict:
    """The row of one pupil, as the command prints it."""
    average, group = made.get("ks2_prior"), made.get("prior_group")
    said = [*notes, *common]
    if possible and average is None:
        said.append("No Progress 8: there is no key stage 2 result that has a score." if known else "No Progress 8: no key stage 2 file.")
    aps = made.get("results_ebacc_aps")
    return {
        "pupil": pupil,
        "attainment_8": number(made["attainment_8_results"]),
        **{name: number(made[f"results_{name}"]) for name in SLOT_ORDER},
        "slots": [
            {"slot": slot["slot"], "subject": slot["subject"], "grade": slot["grade"], "points": number(Decimal(slot["points"]) / 100)}
            for slot in slots
        ],
        "prior_attainment": number(average),
        "group": group,
        "estimate": number(made.get("attainment_8_estimate")),
        "progress_8": rounded(made.get("progress_8_results"), 3),
        "ebacc_aps": rounded(aps, 4),
        "ebacc_entered": bool(made.get("results_ebacc_entered")),
        "note": " ".join(dict.fromkeys(said)),
    }


def general_notes(year: int, reason: str | None, estimates: progress_8.Estimates | None) -> list[str]:
    """What holds for every pupil of the file."""
    said = [f"Points are those that DfE printed for 2019, used for {year}."] if year > 2019 else []
    if year < 2018:
        said.append("The EBacc average point score begins in 2018.")
    if reason:
        return [*said, reason]
    if estimates is None:
        return [*said, f"No Progress 8: no official estimates of {year} are held."]
    return [*said, f"Estimates: {estimates.source.removeprefix('official ').strip('()')} of {year}; before the floor on extreme scores."]


def read_results(file: pathlib.Path, year: int) -> tuple[pa.Table, dict[str, list[str]]]:
    """The rows of a file of results as tables.ks4_results, and what to note of each pupil."""
    rows = read_csv(file, ("pupil", "subject", "grade"), ("qualification", "points", "size", "entered"))
    notes: dict[str, list[str]] = {}
    made = []
    for number_, row in enumerate(rows, start=2):
        pupil = row["pupil"]
        if not pupil:
            raise Unreadable(f"{file.name}, row {number_}, pupil", "the row names no pupil.", "Write who each result belongs to.")
        given, size = points.decimal(row["points"]), points.decimal(row["size"])
        for name, read in (("points", given), ("size", size)):
            if row[name] and read is None:
                say(notes, pupil, f"Row {number_}, {name}: this is not a number, so it is passed over.")
            elif read is not None and read < 0:
                raise Unreadable(
                    f"{file.name}, row {number_}, {name}", "this is below nought.", f"Write the {name} of the result, or leave it blank."
                )
        entered, taken = entry(row["entered"])
        if row["entered"] and entered is None and taken is None:
            say(notes, pupil, f"Row {number_}, entered: this is neither a date nor yes or no, so it is passed over.")
        made.append(
            {
                "year": year,
                "pmr": pupil,
                "subject": row["subject"] or None,
                "qualification": row["qualification"] or None,
                "grade": row["grade"] or None,
                "result_points": fitted(given),
                "size": fitted(size),
                "exam_date": entered,
                "discounted": taken is False,
                "file": 1,
                "row": number_,
            }
        )
    columns = [pa.array([row.get(column.name) for row in made], column.arrow) for column in tables.ks4_results.columns]
    return pa.table(columns, schema=tables.ks4_results.arrow), notes


def read_ks2(file: pathlib.Path | None, year: int, notes: dict[str, list[str]]) -> pa.Table:
    """The rows of a file of key stage 2 results: pupil, reading, maths and the year of the tests.

    The first row of a pupil counts, and `notes` say so where there are more.
    """
    rows = read_csv(file, ("pupil", "reading", "maths"), ("ks2_year",)) if file else []
    found: dict[str, tuple[str | None, str | None, int]] = {}
    for number_, row in enumerate(rows, start=2):
        if row["ks2_year"] and not re.fullmatch(r"(19|20)\d\d", row["ks2_year"]):
            raise Unreadable(f"{file.name if file else ''}, row {number_}, ks2_year", "this is not a year.", "Write it as 2019.")
        tested = int(row["ks2_year"]) if row["ks2_year"] else year - prior.YEARS_BETWEEN
        if row["pupil"] in found:
            say(notes, row["pupil"], "Key stage 2: the file has several rows for this pupil; the first counts.")
        else:
            for subject in ("reading", "maths"):
                if row[subject] and not prior.is_known(row[subject], tested):
                    wrong = f"'{row[subject]}' is neither a score from 80 to 120 nor a code of {tested}, so it does not count."
                    say(notes, row["pupil"], f"Key stage 2 {subject}: {wrong}")
        found.setdefault(row["pupil"], (row["reading"] or None, row["maths"] or None, tested))
    return pa.table(
        {
            "pupil": pa.array(list(found), pa.string()),
            "ks2_reading": pa.array([of[0] for of in found.values()], pa.string()),
            "ks2_maths": pa.array([of[1] for of in found.values()], pa.string()),
            "tested": pa.array([of[2] for of in found.values()], pa.int32()),
            "given_average": pa.nulls(len(found), pa.decimal128(9, 4)),
        }
    )


def read_csv(file: pathlib.Path, needed: tuple[str, ...], others: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file with headings in any case and order; every wanted column as text, '' where there is none."""
    try:
        raw = file.read_bytes()
    except OSError as fault:
        raise Unreadable(f"File {file}", "it cannot be opened.", "Check its name and that you may read it.") from fault
    try:
        text = raw.decode("utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        raise Unreadable(f"File {file.name}", "it is empty.", f"Write a heading row ({', '.join(needed)}) and a row for each result.")
    delimiter = max(",;\t", key=lines[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    headings = [heading.strip().casefold() for heading in next(reader)]
    if missing := [name for name in needed if name not in headings]:
        raise Unreadable(
            f"File {file.name}",
            f"it has no column {' or '.join(missing)}.",
            f"Its columns must be {', '.join(needed)}; it may also have {', '.join(others)}.",
        )
    places = {name: headings.index(name) for name in (*needed, *others) if name in headings}
    rows = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append(
                {name: cells[places[name]].strip() if name in places and places[name] < len(cells) else "" for name in (*needed, *others)}
            )
    if not rows:
        raise Unreadable(f"File {file.name}", "it has headings and no rows.", "Write a row for each result.")
    return rows


def entry(text: str) -> tuple[date | None, bool | None]:
    """What the column `entered` says: the day of the exam (a year or a month is its first day), or whether it was taken at all."""
    text = text.strip()
    if text.casefold() in ("yes", "y", "true", "1"):
        return None, True
    if text.casefold() in ("no", "n", "false", "0"):
        return None, False
    for pattern, order in ((r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", (1, 2, 3)), (r"(\d\d?)/(\d\d?)/(\d{4})", (3, 2, 1))):
        if match := re.fullmatch(pattern, text):
            year, month, day = (int(match[place] or 1) for place in order)
            try:
                return date(year, month, day), None
            except ValueError:
                return None, None
    return None, None


def fitted(value: Decimal | None) -> Decimal | None:
    """The number to four decimals, or None if it is too large for any points or size."""
    return value.quantize(Decimal("0.0001"), ROUND_HALF_UP) if value is not None and abs(value) < 100_000 else None


def say(notes: dict[str, list[str]], pupil: str, words: str) -> None:
    notes.setdefault(pupil, []).append(words)


def slot_order(row: dict) -> tuple:
    return SLOT_ORDER.index(row["slot"]), -row["points"], row["part"], row["row"]


def by_row(row: dict) -> int:
    return row["row"]


def number(value: Decimal | None) -> int | float | None:
    """The value as JSON writes it: 45 and not 45.0000."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def rounded(value: Decimal | None, places: int) -> int | float | None:
    return None if value is None else number(Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
