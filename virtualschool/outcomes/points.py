"""What a result means: its subject, the element of Attainment 8 that it may fill, and its points.

Files spell results in many ways but in few different ones, so each spelling is read once, here, into a small table
(`MEANINGS`) that the results are joined to. Points are whole hundredths.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

import ibis
import pyarrow as pa

from virtualschool import codes

SPELLING = ("subject", "subject_code", "discount_code", "qualification", "grade", "result_points", "size")
"""The columns of a result that say what it is."""

MOST_POINTS = Decimal("10.75")
"""An AS at grade A, the most that any result has. Higher numbers are of the scale used before Attainment 8 (58 for an A*)."""

NO_RESULT = {"U", "X", "Q", "N", "NR", "ABS", "ABSENT", "UNGRADED", "FAIL", "F0"}
DOUBLE = "GCSE (9-1) Full Course (Double Award)"
REFORMED = {"GCSE 9-1", "GCSE (9-1) Full Course", DOUBLE}
LEGACY = {"GCSE A*-G (unreformed)", "GCSE Full Course"}
ADVANCED = {"GCE AS level", "Applied GCE AS level", "Applied GCE AS level Double Award"}
SHORT_NAMES = {
    "as": "GCE AS level",
    "aslevel": "GCE AS level",
    "gceas": "GCE AS level",
    "btecfirstaward": "BTEC First Award L1/2 - Band C - P-D*",
    "btectechaward": "BTEC Technical Award L1/2 - Band C - P-D*",
    "btectechnicalaward": "BTEC Technical Award L1/2 - Band C - P-D*",
    "cambridgenational": "OCR Level 1/2 Cambridge National Certificate",
    "cambridgenationalcertificate": "OCR Level 1/2 Cambridge National Certificate",
}
"""What people call a kind of qualification, folded, and how gcse_points.csv names it."""


@dataclass(frozen=True)
class Meaning:
    """What one spelling of a result means in one year.

    `kind`: english, maths, ebacc or open, the slots it may fill; none if it counts nowhere. `part`: which part of that.
    `same`: results of a pupil with one `same` discount one another. `advanced`: an AS, which discounts the GCSE.
    `points` are hundredths; `slots` is 2 for a double award. `note`: what a person should know, or ''.
    """

    subject: str
    kind: str
    part: str
    same: str
    advanced: bool
    points: int
    slots: int
    note: str = ""


_SCHEMA = {
    **dict.fromkeys(SPELLING[:5], "string"),
    "result_points": "decimal(9, 4)",
    "size": "decimal(9, 4)",
    "name": "string",
    "kind": "string",
    "part": "string",
    "same": "int32",
    "advanced": "boolean",
    "points": "int32",
    "slots": "int32",
    "note": "string",
}
MEANINGS = ibis.table(_SCHEMA, name="result_meanings")
_ARROW = {"string": pa.string(), "decimal(9, 4)": pa.decimal128(9, 4), "boolean": pa.bool_(), "int32": pa.int32()}


def meanings(spellings: Iterable[dict], year: int) -> pa.Table:
    """What each spelling means in `year`: one row for each, the columns of `MEANINGS`. `spellings` have the columns of SPELLING."""
    rows = []
    numbers: dict[str, int] = {}
    for spelling in spellings:
        said = meaning(year=year, **{name: spelling[name] for name in SPELLING})
        found = dict(vars(said))
        # Results are compared by the million, numbers faster than names.
        found["same"] = numbers.setdefault(found["same"], len(numbers))
        rows.append({**{name: spelling[name] for name in SPELLING}, "name": found.pop("subject"), **found})
    columns = {name: pa.array([row[name] for row in rows], _ARROW[kind]) for name, kind in _SCHEMA.items()}
    return pa.table(columns)


def meaning(
    *,
    year: int,
    subject: str | None,
    subject_code: str | None = None,
    discount_code: str | None = None,
    qualification: str | None = None,
    grade: str | None = None,
    result_points: Decimal | None = None,
    size: Decimal | None = None,
) -> Meaning:
    """What a result means in a year. Never raises: what cannot be read has no points, and a note says why."""
    entry = known_subject(subject, year) or known_subject(discount_code, year) or known_subject(subject_code, year)
    name = entry["subject"] if entry else (subject or subject_code or discount_code or "").strip() or "not known"
    kind, part = (entry["kind"], entry["part"]) if entry else ("open", "")
    notes = [] if entry else [f"{name}: not a subject we know, so it may fill an open slot only."]
    type_, scored, slots, wrong = points_of(year, part, qualification, grade, result_points, size)
    notes += [f"{name}: {wrong}"] if wrong else []
    if kind != "open" and type_ not in REFORMED | LEGACY | ADVANCED:
        # Only GCSEs and AS levels count in English, mathematics and the EBacc; a BTEC in science fills an open slot.
        kind, part = "open", ""
    if kind != "open" and type_ in LEGACY and entry and entry["reformed"] and year >= int(entry["reformed"]):
        notes.append(f"{name}: from {entry['reformed']} only GCSEs graded 9 to 1 count.")
        kind, part, scored = "none", "", 0
    code = known_subject(discount_code, year)
    same = code["subject"] if code else (discount_code or "").strip() or (entry["subject"] if entry else folded(name))
    return Meaning(name, kind, part, same, type_ in ADVANCED, scored, slots, " ".join(notes))


def points_of(
    year: int, part: str, qualification: str | None, grade: str | None, given: Decimal | None, size: Decimal | None
) -> tuple[str, int, int, str]:
    """The kind of qualification, the points in hundredths, the slots it fills, and what is wrong ('' if nothing).

    A GCSE has the points of its grade; anything else those that the file gives, else those of its kind and grade.
    """
    given = given if given is not None and 0 <= given <= MOST_POINTS else None
    written = plain(grade)
    type_ = qualification_type(qualification, written, part)
    slots = 2 if type_ in (DOUBLE, "Applied GCE AS level Double Award") else 1
    if written in NO_RESULT:
        return type_, 0, slots, ""
    found = grades(type_, year).get(written, set())
    if len(found) == 1 and (given is None or type_ in REFORMED | LEGACY):
        [(scored, slots)] = found
        return type_, scored, slots, ""
    if given is not None:
        if type_ == "" and size is not None and size >= 2:
            slots = 2
        return type_, int(given * 100), slots, ""
    if not written:
        return type_, 0, slots, "there is no grade, so it scores nothing."
    if len(found) > 1:
        return type_, 0, slots, f"the points of grade {grade} differ between qualifications of this kind; give them. It scores nothing."
    if type_ == "":
        return type_, 0, slots, f"the qualification '{qualification}' is not one we know and no points are given, so it scores nothing."
    return type_, 0, slots, f"'{grade}' is not a grade of {type_} in {year}, so it scores nothing."


def qualification_type(qualification: str | None, written: str, part: str) -> str:
    """The kind of qualification as gcse_points.csv names it, or '' if it is not known. No name, or just GCSE, goes by the grade."""
    wanted = folded(qualification or "gcse")
    if wanted in (
        "gcse",
        "gcsefullcourse",
        "gcse91fullcourse",
        "gcse91",
        "gcse9to1",
        "gcsedoubleaward",
        "gcse91doubleaward",
        "doubleaward",
    ):
        if part == "combined science" or re.fullmatch(r"[1-9]{2}", written) or "double" in wanted:
            return DOUBLE if not re.fullmatch(r"A\*|\*|[A-G]", written) else "GCSE A*-G (unreformed)"
        return "GCSE A*-G (unreformed)" if re.fullmatch(r"A\*|\*|[A-G]", written) else "GCSE 9-1"
    return SHORT_NAMES.get(wanted) or _types().get(wanted, "")


@cache
def grades(type_: str, year: int) -> dict[str, set[tuple[int, int]]]:
    """The points (hundredths) and slots of each grade of a kind of qualification in a year, by every way to write the grade."""
    found: dict[str, set[tuple[int, int]]] = {}
    for row in codes.load("gcse_points"):
        if row["qualification"] == type_ and codes.in_year(row, year):
            value = (int(Decimal(row["points"]) * 100), int(row["slots"]))
            for written in ways(row["grade"], row["grade_text"]):
                found.setdefault(written, set()).add(value)
    return found


def ways(grade: str, words: str) -> set[str]:
    """The ways in which a grade may be written: M2 is also Level 2 Merit and L2M; * is also A*, *2 also D*2."""
    written = {plain(grade), plain(words), plain(re.sub(r"^grade ", "", words, flags=re.IGNORECASE))}
    written.add(plain(re.sub(r"^L([12]) ", r"Level \1 ", words)))
    if match := re.fullmatch(r"([A-Z*]+)([12])", grade):
        letter, level = match.groups()
        for form in {letter, "D*"} if letter == "*" else {letter}:
            written |= {f"{form}{level}", f"L{level}{form}", f"LEVEL{level}{form}"}
    if grade == "*":
        written |= {"A*"} if "A*" in words.upper() or "STAR" in words.upper() else {"A*", "D*"}
    return written


@cache
def known_subject(name: str | None, year: int) -> dict[str, str] | None:
    """The line of ks4_subjects.csv that a name or discount code means in a year, or None."""
    return _subjects(year).get(folded(name)) if name else None


def folded(text: str) -> str:
    """A name without case, spaces and punctuation."""
    return re.sub(r"[^a-z0-9]", "", text.casefold().replace("&", "and"))


def plain(grade: str | None) -> str:
    """A grade in capitals without spaces, hyphens or slashes: 5-4 is 54. A whole number written 5.0 is 5; -5 is no grade, and stays."""
    text = re.sub(r"\s|/|(?<!^)-|^-$", "", str(grade or "").strip()).upper()
    if re.fullmatch(r"\d+\.0+", text):
        text = text.split(".")[0]
    return text


def decimal(text: str | None) -> Decimal | None:
    """A number as written, or None."""
    try:
        found = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


@cache
def _subjects(year: int) -> dict[str, dict[str, str]]:
    return {folded(row["alias"]): row for row in codes.load("ks4_subjects") if codes.in_year(row, year)}


@cache
def _types() -> dict[str, str]:
    return {folded(row["qualification"]): row["qualification"] for row in codes.load("gcse_points")}
