"""Education tables under NPD item names: key stages, results, census, absence and exclusions, one file a table and year."""

import numpy as np
import pyarrow as pa

from virtualschool.invent import addresses, attendance
from virtualschool.invent.attainment import CODES, WRITING, KeyStages, Progress, ks1_names, progress
from virtualschool.invent.england import INDEPENDENT, NFTYPES, England
from virtualschool.invent.exams import (
    DOUBLE,
    LETTER_GRADES,
    LETTERED,
    MATHS,
    QUALIFICATIONS,
    SUBJECTS,
    TECHNICAL,
    TECHNICAL_GRADES,
    Exams,
    achieved_ebacc,
    lettered,
    scales,
)
from virtualschool.invent.files import Files, blank, coded, dates, real, same, whole
from virtualschool.invent.people import ETHNICITIES, KS1, KS2, KS4, NEEDS, NO_SEN, RECEPTION, day, fixed
from virtualschool.invent.yeargroup import YearGroup

LANGUAGES = ("ENG", "POL", "URD", "PNJ", "ARA", "OTH")
SEN_CODES = ("N", "K", "E")
ELEMENTS = ("ENG", "MAT", "EBAC", "OPEN")


def school_columns(place: England) -> tuple[pa.Array, pa.Array]:
    """LAESTAB and URN of every school, as texts."""
    return pa.array(place.laestab), pa.array([str(urn) for urn in place.urn])


def by_school(school: np.ndarray, whole_group: YearGroup, rows: np.ndarray) -> np.ndarray:
    """Rows by school, and within a school in no order that tells who is in care."""
    return rows[np.argsort(school[rows] * 1_000_003 + (rows * 7_919_317) % 999_983, kind="stable")]


class Ids:
    """The columns that say which pupil and which school, for one group, year and choice of rows."""

    def __init__(self, made: YearGroup, year: int, rows: np.ndarray, school: np.ndarray) -> None:
        upn, former, has_former, reference = made.numbers(year)
        people, place = made.people, made.place
        self.reference = fixed(reference[rows])
        known = place.school_kind[np.maximum(school[rows], 0)] != INDEPENDENT
        self.upn = blank(fixed(upn[rows]), known)
        self.former = blank(fixed(former[rows]), has_former[rows] & known)
        self.born = dates(people.born[rows])
        self.sex = coded(("F", "M"), people.male[rows].astype(int))
        laestab, urn = school_columns(place)
        self.laestab = pa.DictionaryArray.from_arrays(pa.array(school[rows].astype(np.int32)), laestab)
        self.urn = pa.DictionaryArray.from_arrays(pa.array(school[rows].astype(np.int32)), urn)
        self.type = coded(NFTYPES, place.school_kind[school[rows]])

    def of_stage(self, stage: str, year: int) -> dict[str, pa.Array]:
        return {
            f"{stage}_ACADYR": same(f"{year - 1}/{year}", len(self.born)),
            f"{stage}_PupilMatchingRefAnonymous": self.reference,
            f"{stage}_UPN": self.upn,
            f"{stage}_DOB": self.born,
            f"{stage}_GENDER": self.sex,
            f"{stage}_LAESTAB": self.laestab,
            f"{stage}_URN": self.urn,
        }


def write_ks1(files: Files, made: YearGroup, before: KeyStages) -> None:
    """Key stage 1, in the years in which it was assessed: 2016 to 2023 without 2020 and 2021."""
    year = made.group + KS1
    if year < 2016 or year > 2023 or year in (2020, 2021):
        return
    school = made.school(year)
    rows = by_school(school, made, np.flatnonzero((before.ks1[:, 0] >= 0) & (school >= 0)))
    ids = Ids(made, year, rows, school)
    names = ks1_names(made.group)
    columns = ids.of_stage("KS1", year) | {
        f"KS1_{subject}_OUTCOME": coded(names, before.ks1[rows, number]) for number, subject in enumerate(("READ", "WRIT", "MATH"))
    }
    files.append(f"education/{year}/ks1", pa.table(columns))


def score_text(scores: np.ndarray) -> pa.Array:
    """Scaled scores, or the code given instead."""
    words = (*CODES, *(str(score) for score in range(80, 121)))
    return coded(words, np.where(scores >= 0, scores - 80 + len(CODES), -1 - scores))


def write_ks2(files: Files, made: YearGroup, before: KeyStages) -> tuple[np.ndarray, Progress | None] | None:
    """Key stage 2, with DfE's flags and progress; the rows written and the progress, or None in years without tests."""
    year = made.group + KS2
    if year < 2016 or year in (2020, 2021):
        return None
    school = made.school(year)
    gone = progress(made.place, made.people, before, made.place.school_kind[np.maximum(school, 0)])
    rows = by_school(school, made, np.flatnonzero(before.taken & (school >= 0)))
    flag = ks2_flags(before)
    columns = Ids(made, year, rows, school).of_stage("KS2", year)
    columns |= {
        "KS2_NFTYPE": Ids(made, year, rows, school).type,
        "KS2_READSCORE": score_text(before.read[rows]),
        "KS2_MATSCORE": score_text(before.maths[rows]),
        "KS2_GPSSCORE": score_text(before.gps[rows]),
        "KS2_WRITTAOUTCOME": coded(WRITING if year >= 2019 else ("PKG", *WRITING[1:]), before.writing[rows], ~before.missing[rows]),
        "KS2_SCITAOUTCOME": coded(("HNM", "EXS"), before.science[rows].astype(int), ~before.missing[rows]),
    }
    for name, item in (("read", "READ"), ("maths", "MAT"), ("gps", "GPS"), ("writing", "WRITTA"), ("rwm", "RWM")):
        columns[f"KS2_{item}EXP"] = whole(flag[name][rows])
        columns[f"KS2_ELIG{item}"] = whole(flag[f"{name}_counts"][rows])
    columns["KS2_RWMHIGH"] = whole(flag["rwm_high"][rows])
    for item, scores in (("READ", before.read), ("MAT", before.maths), ("GPS", before.gps)):
        columns[f"KS2_{item}HIGH"] = whole((scores >= 110)[rows])
    if gone:
        for number, (item, short, ks1) in enumerate((("READ", "READ", "READ"), ("WRIT", "WRIT", "WRIT"), ("MAT", "MAT", "MAT"))):
            columns[f"KS2_{item}PROGSCORE_P_ADJUSTED"] = real(gone.adjusted[rows, number], 6)
            columns[f"IN{short}PROG"] = whole(gone.counts[rows, number])
            columns[f"KS1{ks1}PS"] = real(gone.points[rows, number], 2)
    files.append(f"education/{year}/ks2", pa.table(columns))
    return rows, gone


def ks2_flags(before: KeyStages) -> dict[str, np.ndarray]:
    """Who reached the expected standard, and who counts."""
    read, maths, gps, writing = before.read >= 100, before.maths >= 100, before.gps >= 100, (before.writing >= 2) & ~before.missing
    everyone = np.ones(len(read), bool)
    high = (before.read >= 110) & (before.maths >= 110) & (before.writing == 3) & ~before.missing
    return {
        "read": read, "maths": maths, "gps": gps, "writing": writing, "rwm": read & maths & writing, "rwm_high": high,
        "read_counts": everyone, "maths_counts": everyone, "gps_counts": everyone,
        "writing_counts": ~before.missing, "rwm_counts": ~before.missing,
    }  # fmt: skip


def write_ks4(files: Files, made: YearGroup, before: KeyStages, sat: Exams) -> np.ndarray:
    """The key stage 4 pupil table and its results; the rows written."""
    year = made.group + KS4
    people = made.people
    school = made.school(year)
    school = np.where((school < 0) & (np.arange(len(school)) < made.others), people.secondary, school)
    rows = by_school(school, made, np.flatnonzero(school >= 0))
    ids = Ids(made, year, rows, school)
    number = lambda hundredths: real(hundredths[rows] / 100, 2)  # noqa: E731
    tested = before.taken[rows] & (made.group + KS2 not in (2020, 2021))
    columns = ids.of_stage("KS4", year) | {"KS4_NFTYPE": ids.type, "KS4_ENDKS": same("1", len(rows))}
    columns["KS4_YEAR_KS2"] = whole(np.full(len(rows), made.group + KS2), tested)
    if made.group + KS2 >= 2016:
        columns["KS4_KS2READSCORE"] = blank(score_text(before.read[rows]).dictionary_decode(), tested)
        columns["KS4_KS2MATSCORE"] = blank(score_text(before.maths[rows]).dictionary_decode(), tested)
        columns["KS4_KS2EMSS"] = real(sat.prior[rows], 1)
    else:
        columns["KS4_KS2EMFG"] = real(sat.prior[rows], 1)
    columns |= {
        "KS4_ATT8": number(sat.total),
        "KS4_ATT8ENG": number(sat.english),
        "KS4_ATT8MAT": number(sat.maths),
        "KS4_ATT8EBAC": number(sat.ebacc),
        "KS4_ATT8OPEN": number(sat.open),
        "KS4_P8SCORE": real(sat.progress[rows], 6),
        "KS4_P8SCORE_ORIG": real(sat.progress_raw[rows], 6),
        **{f"KS4_P8{item}": real(sat.elements[rows, number], 6) for number, item in enumerate(ELEMENTS)},
        "KS4_INP8CALC": whole(sat.in_calculation[rows]),
        "KS4_INP8MOD": whole(sat.in_model[rows]),
        "KS4_L2BASICS_94": whole(sat.pass_4[rows]),
    }
    if year >= 2017:
        columns["KS4_L2BASICS_95"] = whole(sat.pass_5[rows])
        columns["KS4_EBACC_94"] = whole(achieved_ebacc(sat, 400)[rows])
        columns["KS4_EBACC_95"] = whole(achieved_ebacc(sat, 500)[rows])
    columns["KS4_EBACC_E_PTQ_EE"] = whole(sat.entered_ebacc[rows])
    if year >= 2018:
        columns["KS4_EBACCAPS_PUPIL"] = real(sat.ebacc_aps[rows], 6)
    files.append(f"education/{year}/ks4", pa.table(columns))
    _write_results(files, made, sat, year, rows, school, ids)
    return rows


def _write_results(files: Files, made: YearGroup, sat: Exams, year: int, rows: np.ndarray, school: np.ndarray, ids: Ids) -> None:
    """One row for each entry; a mathematics result that came after an early one is there and discounted."""
    grade = sat.grade[rows]
    who, subject = np.nonzero(grade >= 0)
    again = np.flatnonzero(sat.early[rows])
    extra = np.zeros(len(who) + len(again), bool)
    extra[len(who) :] = True
    got = np.concatenate([grade[who, subject], sat.again[rows][again]])
    who, subject = np.append(who, again), np.append(subject, np.full(len(again), MATHS))
    order = np.argsort(who, kind="stable")
    who, subject, got, extra = who[order], subject[order], got[order], extra[order]
    words, start = grade_words(year)
    pick_rows = pa.array(who)
    worth = scales(year)[subject, got]
    kind = np.array([item.kind for item in SUBJECTS])[subject]
    by_letter = np.array([lettered(number, year) for number in range(len(SUBJECTS))])[subject]
    qualification = np.where(by_letter & (kind != TECHNICAL), 3, kind)
    early = sat.early[rows][who] & (subject == MATHS) & ~extra
    sitting = np.where(early, day(year - 1, 11, 5), day(year, 5, 15))
    columns = {
        "KS4_ACADYR": same(f"{year - 1}/{year}", len(who)),
        "KS4_PupilMatchingRefAnonymous": ids.reference.take(pick_rows),
        "KS4_UPN": ids.upn.take(pick_rows),
        "KS4_LAESTAB": ids.laestab.take(pick_rows),
        "KS4_URN": ids.urn.take(pick_rows),
        "KS4_QAN": coded([f"9{item.code}0{item.kind}X" for item in SUBJECTS], subject),
        "KS4_MAPPING": coded([item.code for item in SUBJECTS], subject),
        "KS4_SUBJECT": coded([item.name for item in SUBJECTS], subject),
        "KS4_QUALTYPE": coded((*QUALIFICATIONS, LETTERED), qualification),
        "KS4_GRADE": coded(words, start[subject] + got),
        "KS4_POINTS": real(worth / 100, 2),
        "KS4_GCSESIZE": whole(np.where(kind == DOUBLE, 2, 1)),
        "KS4_DISCCODE": coded([item.code for item in SUBJECTS], subject),
        "KS4_DISCALL": whole(extra),
        "KS4_EXAMDATE": dates(sitting),
    }
    files.append(f"education/{year}/ks4_results", pa.table(columns))


def grade_words(year: int) -> tuple[list[str], np.ndarray]:
    """Every grade as it is printed, and where each subject's grades begin among them."""
    words: list[str] = []
    start = []
    for number, item in enumerate(SUBJECTS):
        start.append(len(words))
        if item.kind == DOUBLE and lettered(number, year):
            words += [LETTER_GRADES[min(step // 2, 8)] * (2 if step > 1 else 1) for step in range(19)]
        elif item.kind == DOUBLE:
            words += ["U", "U", *(f"{(step + 1) // 2}{step // 2}" for step in range(2, 19))]
        elif item.kind == TECHNICAL:
            words += TECHNICAL_GRADES
        elif lettered(number, year):
            words += LETTER_GRADES
        else:
            words += ["U", *(str(step) for step in range(1, 10))]
    return words, np.array(start)


def write_census(files: Files, made: YearGroup, year: int, every_pupil: bool) -> np.ndarray:
    """The spring census; the rows written."""
    people = made.people
    school = made.school(year)
    chosen = (school >= 0) & ((np.arange(len(people)) >= made.others) | every_pupil)
    rows = by_school(school, made, np.flatnonzero(chosen))
    ids = Ids(made, year, rows, school)
    when = day(year, 1, 18)
    home = addresses.held(made, year, when, school)
    age = year - made.group - RECEPTION
    sen = people.sen[rows]
    language = np.where(people.english[rows], 0, 1 + (rows * 31) % 5)
    t = f"_Spr{year % 100:02d}"
    columns = {
        f"AcademicYear{t}": same(f"{year - 1}/{year}", len(rows)),
        f"CensusTerm{t}": same("Spring", len(rows)),
        f"PupilMatchingRefAnonymous{t}": ids.reference,
        f"UPN{t}": ids.upn,
        f"FormerUPN{t}": ids.former,
        f"DOB{t}": ids.born,
        f"{'Gender' if year < 2024 else 'Sex'}{t}": ids.sex,
        f"Ethnicity{t}": coded(ETHNICITIES, people.ethnicity[rows]),
        f"Language{t}": coded(LANGUAGES, language),
        f"FSMeligible{t}": whole(people.fsm[rows]),
        f"SENprovision{t}": coded(SEN_CODES, sen),
        f"PrimarySENtype{t}": coded(NEEDS, people.need[rows], sen != NO_SEN),
        f"NCyearActual{t}": same("R" if age == 0 else str(age), len(rows)),
        f"EnrolStatus{t}": same("C", len(rows)),
        f"OnRoll{t}": same("1", len(rows)),
        f"EntryDate{t}": dates(made.joined(year)[rows]),
        f"LAEstab{t}": ids.laestab,
        f"URN{t}": ids.urn,
        f"Postcode{t}": made.place.postcodes.take(pa.array(home[rows], mask=home[rows] < 0)),
    }
    files.append(f"education/{year}/census_spring", pa.table(columns))
    return rows


Missed = tuple[np.ndarray, ...]
"""Sessions possible, missed with leave and missed without, of every pupil."""


def write_absence(files: Files, made: YearGroup, year: int, every_pupil: bool, missed: Missed) -> Missed:
    """Sessions of each pupil at each school; none in 2020. What is left for the main enrolment, the school of January."""
    if year == 2020:
        return missed
    school = made.school(year)
    chosen = (school >= 0) & ((np.arange(len(school)) >= made.others) | every_pupil)
    rows = by_school(school, made, np.flatnonzero(chosen))
    moved, before, part = made.earlier_school(year)
    first = [np.floor(column[moved] * part).astype(np.int64) for column in missed]
    main = tuple(column.copy() for column in missed)
    for column, taken in zip(main, first, strict=True):
        column[moved] -= taken
    _absence_rows(files, made, year, rows, school, [column[rows] for column in main])
    if len(moved):
        there = school.copy()
        there[moved] = before
        order = np.argsort(before, kind="stable")
        _absence_rows(files, made, year, moved[order], there, [column[order] for column in first])
    return main


def _absence_rows(files: Files, made: YearGroup, year: int, rows: np.ndarray, school: np.ndarray, missed: list[np.ndarray]) -> None:
    ids = Ids(made, year, rows, school)
    possible, authorised, without = missed
    t = f"_ab{year % 100:02d}"
    columns = {
        f"AcademicYear{t}": same(f"{year - 1}/{year}", len(rows)),
        f"PupilMatchingRefAnonymous{t}": ids.reference,
        f"UPN{t}": ids.upn,
        f"DOB{t}": ids.born,
        f"Gender{t}": ids.sex,
        f"LAEstab{t}": ids.laestab,
        f"URN{t}": ids.urn,
        f"EnrolStatus{t}": same("C", len(rows)),
        f"SessionsPossible_6HalfTerms{t}": whole(possible),
        f"AuthorisedAbsence_6HalfTerms{t}": whole(authorised),
        f"UnauthorisedAbsence_6HalfTerms{t}": whole(without),
        f"OverallAbsence_6HalfTerms{t}": whole(authorised + without),
        f"PA10_exact_6HalfTerms{t}": whole((authorised + without) * 10 >= possible),
    }
    files.append(f"education/{year}/absence", pa.table(columns))


def write_exclusions(files: Files, made: YearGroup, year: int, every_pupil: bool, found: tuple[attendance.Suspensions, ...]) -> None:
    """One row for each suspension, permanent or lunchtime exclusion."""
    school = made.school(year)
    starts = (0, made.others)
    parts = {
        name: np.concatenate([getattr(part, name) + (start if name == "pupil" else 0) for part, start in zip(found, starts, strict=True)])
        for name in ("pupil", "start", "sessions", "permanent", "lunchtime", "reason")
    }
    keep = (school[parts["pupil"]] >= 0) & ((parts["pupil"] >= made.others) | every_pupil)
    chosen = np.flatnonzero(keep)
    chosen = chosen[np.lexsort((parts["start"][chosen], parts["pupil"][chosen], school[parts["pupil"][chosen]]))]
    rows = parts["pupil"][chosen]
    ids = Ids(made, year, rows, school)
    category = np.where(parts["permanent"], 1, np.where(parts["lunchtime"], 2, 0))[chosen]
    t = f"_ex{year % 100:02d}"
    columns = {
        f"ReportingAcademicYear{t}": same(f"{year - 1}/{year}", len(rows)),
        f"PupilMatchingRefAnonymous{t}": ids.reference,
        f"UPN{t}": ids.upn,
        f"DOB{t}": ids.born,
        f"Gender{t}": ids.sex,
        f"LAEstab{t}": ids.laestab,
        f"URN{t}": ids.urn,
        f"Category{t}": coded(("SUSP" if year >= 2021 else "FIXD", "PERM", "LNCH"), category),
        f"StartDate{t}": dates(parts["start"][chosen]),
        f"Sessions{t}": whole(parts["sessions"][chosen], category != 1),
        f"Reason{t}": coded(attendance.SUSPENSION_REASONS, parts["reason"][chosen]),
    }
    files.append(f"education/{year}/exclusions", pa.table(columns))
