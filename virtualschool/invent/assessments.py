"""Assessments between the key stages: the early years profile, phonics, multiplication tables, and the end of 16 to 18 study."""

import numpy as np
import pyarrow as pa

from virtualschool.invent.chance import generator
from virtualschool.invent.education import Ids, by_school
from virtualschool.invent.files import Files, blank, coded, same, whole
from virtualschool.invent.people import KS4, RECEPTION
from virtualschool.invent.yeargroup import YearGroup

YEAR_1, YEAR_2, YEAR_4, POST_16 = 6, 7, 9, 18
"""Years from a year group's name to the school year in which it is there."""
NOT_HELD = (2020, 2021)
OUTCOMES = ("WT", "WA", "A", "D", "Q")
GOALS = ("COM_E01", "COM_E02", "PSE_E03", "PSE_E04", "PSE_E05", "PHY_E06", "PHY_E07", "LIT_E08", "LIT_E09", "LIT_E10", "MAT_E11", "MAT_E12")
EARLIER = (
    "COM_G01",
    "COM_G02",
    "COM_G03",
    "PHY_G04",
    "PHY_G05",
    "PSE_G06",
    "PSE_G07",
    "PSE_G08",
    "LIT_G09",
    "LIT_G10",
    "MAT_G11",
    "MAT_G12",
)
REASONS = ("Absent during check window", "Working below expectation", "Left school", "Just arrived and unable to establish abilities")
REASON_SHARES = (0.012, 0.021, 0.004, 0.003)
PROGRAMMES = ("ACAD", "TLEV", "AGEN", "ALEV")


def write(files: Files, made: YearGroup, year: int, every_pupil: bool) -> None:
    """What the year group is assessed in that year besides the key stages: rows of the pupils whom the year's census has."""
    age = year - made.group
    if year in NOT_HELD:
        return
    if age == RECEPTION:
        _early_years(files, made, year, every_pupil)
    elif age in (YEAR_1, YEAR_2):
        _phonics(files, made, year, every_pupil)
    elif age == YEAR_4 and year >= 2022:
        _multiplication(files, made, year, every_pupil)


def _rows(made: YearGroup, year: int, every_pupil: bool, chosen: np.ndarray | None = None) -> tuple[np.ndarray, Ids]:
    school = made.school(year)
    there = (school >= 0) & ((np.arange(len(school)) >= made.others) | every_pupil)
    rows = by_school(school, made, np.flatnonzero(there if chosen is None else there & chosen))
    return rows, Ids(made, year, rows, school)


def _early_years(files: Files, made: YearGroup, year: int, every_pupil: bool) -> None:
    people = made.people
    rng = generator(made.place.seed, "early years", made.group)
    can = 0.9 * people.ability[:, None] + rng.normal(0, 0.45, (len(people), 12)) + np.where(people.male, -0.12, 0.12)[:, None]
    # A child is born in the year to August: a summer child is less far at the end of reception.
    can += (0.35 - 0.0019 * (people.born - people.born.min()))[:, None]
    level = np.where(can >= -0.95, 2, 1)
    names, prefix = (GOALS, "E") if year >= 2022 else (EARLIER, "G")
    if prefix == "G":
        level = np.where(can >= 1.35, 3, level)
    rows, ids = _rows(made, year, every_pupil)
    columns = ids.of_stage("FSP", year)
    columns |= {f"FSP_{name}": coded(("1", "2", "3"), level[rows, number] - 1) for number, name in enumerate(names)}
    columns["FSP_GLD"] = whole((level[rows] >= 2).all(1))
    files.append(f"education/{year}/early_years", pa.table(columns))


def _phonics(files: Files, made: YearGroup, year: int, every_pupil: bool) -> None:
    people = made.people
    n = len(people)
    rng = generator(made.place.seed, "phonics", made.group)
    first = np.clip(np.round(34.5 + 6.2 * (0.8 * people.ability + 0.6 * rng.normal(0, 1, n))), 0, 40).astype(int)
    second = np.clip(first + np.round(3 + 2.5 * rng.normal(0, 1, n)), 0, 40).astype(int)
    draw = rng.random(n)
    again = year - made.group == YEAR_2
    mark = second if again else first
    outcome = np.where(mark >= 32, 1, 0)
    if not again:
        outcome = np.where(draw < 0.004, 2, np.where(draw < 0.021, 3, np.where(draw < 0.0212, 4, outcome)))
    met_before = (first >= 32) & (draw >= 0.0212) if year - 1 not in NOT_HELD else np.zeros(n, bool)
    rows, ids = _rows(made, year, every_pupil, ~met_before if again else None)
    columns = ids.of_stage("PHONICS", year)
    columns["PHONICS_NCYEARACTUAL"] = same("2" if again else "1", len(rows))
    columns["PHONICS_PHONICS_MARK"] = whole(mark[rows], outcome[rows] < 2)
    columns["PHONICS_PHONICS_OUTCOME"] = coded(OUTCOMES, outcome[rows])
    files.append(f"education/{year}/phonics", pa.table(columns))


def _multiplication(files: Files, made: YearGroup, year: int, every_pupil: bool) -> None:
    people = made.people
    n = len(people)
    rng = generator(made.place.seed, "multiplication", made.group)
    mark = np.clip(np.round(20.5 + 6.5 * (0.75 * people.ability + 0.65 * rng.normal(0, 1, n))), 0, 25).astype(int)
    reason = np.searchsorted(np.cumsum(REASON_SHARES), rng.random(n), side="right")
    rows, ids = _rows(made, year, every_pupil)
    took = reason[rows] == len(REASONS)
    columns = {
        "ACADYR": same(f"{year - 1}/{year}", len(rows)),
        "PupilMatchingRef": ids.reference,
        "UPN": ids.upn,
        "Sex": ids.sex,
        "DOB": ids.born,
        "LAESTAB": ids.laestab,
        "URN": ids.urn,
        "FormMark": whole(mark[rows], took),
        "PupilStatus": coded(("Not taking the check", "Completed"), took.astype(int)),
        "ReasonNotTakingCheck": coded(REASONS, np.where(took, 0, reason[rows]), ~took),
    }
    files.append(f"education/{year}/multiplication", pa.table(columns))


def write_post_16(files: Files, made: YearGroup, every_pupil: bool) -> None:
    """Key stage 5, of those whom key stage 4 has: by their matching reference, since the table bears no UPN."""
    year = made.group + POST_16
    people = made.people
    n = len(people)
    rng = generator(made.place.seed, "post 16", made.group)
    school = made.school(made.group + KS4)
    stays = rng.random(n) < 1 / (1 + np.exp(-(people.ability + 1.1)))
    chosen = stays & (school >= 0) & ((np.arange(n) >= made.others) | every_pupil)
    rows = by_school(school, made, np.flatnonzero(chosen))
    ids = Ids(made, year, rows, school)
    level = people.ability + 0.7 * rng.normal(0, 1, n)
    programme = np.where(level > 0.6, 3, rng.integers(0, 3, n))
    kept = rng.random(n) < 0.88
    columns = ids.of_stage("KS5", year)
    del columns["KS5_UPN"]
    columns |= {
        "KS5_PASS1L3": whole((level > -0.3)[rows] & kept[rows]),
        "KS5_PASS2LV3": whole((level > 0.2)[rows] & kept[rows]),
        "KS5_L3_flag": whole((level > -0.8)[rows]),
    }
    for number, name in enumerate(PROGRAMMES):
        mine = programme[rows] == number
        columns[f"KS5_INSCOPE_{name}_RET"] = whole(mine)
        columns[f"KS5_RETAINED_{name}_RET"] = blank(pa.array((kept[rows]).astype(int).astype(str)), mine)
    files.append(f"education/{year}/key_stage_5", pa.table(columns))
