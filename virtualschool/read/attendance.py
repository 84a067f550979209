"""Absence and exclusions: the NPD's tables, schools' summaries, and sheets with a column for each attendance code."""

from virtualschool import codes, tables
from virtualschool.read.kinds import Kind
from virtualschool.read.npd import LISTS
from virtualschool.read.spelling import IDS, NUMBER, SCHOOL_OF_PARTS, parts, pupil, spelled, values

# --- The NPD's absence table: one record for each pupil and school. ---

WHOLE_YEARS = ("6HalfTerms", "Annual", "5HalfTerms", "3Term")
"""A whole year's sessions, best first: six half terms since 2013, special schools' annual count, what came before."""
TERMS = {"autumn": "Autumn", "spring": "Spring", "summer": "Summer", "summer_end": "Summer6th"}
COUNTS = {
    "sessions_possible": "SessionsPossible",
    "sessions_authorised": "AuthorisedAbsence",
    "sessions_unauthorised": "UnauthorisedAbsence",
    "sessions_missed": "OverallAbsence",
}


def _spellings(item: str) -> tuple[str, ...]:
    return f"{item}_ab[yy]", f"{item}_ab", item


def total(*columns: str) -> str:
    """The sum of columns of counts, null when none has one."""
    summed = " + ".join(f"coalesce(TRY_CAST({column} AS DECIMAL(9, 1)), 0)" for column in columns)
    return f"CASE WHEN coalesce({', '.join(columns)}) IS NOT NULL THEN {summed} END"


def both(authorised: str, unauthorised: str) -> str:
    """The two added, null where either is."""
    return f"TRY_CAST({authorised} AS DECIMAL(9, 1)) + TRY_CAST({unauthorised} AS DECIMAL(9, 1))"


ABSENCE_NAMES = {
    **spelled(tables.absence, "{}_ab[yy]", "{}_ab", "s.{}_ab[yy]", only=(*IDS, "main_enrolment")),
    **{column: tuple(name for years in WHOLE_YEARS for name in _spellings(f"{item}_{years}")) for column, item in COUNTS.items()},
}
BY_TERM = {f"{column}_{term}": _spellings(f"{item}_{ending}") for column, item in COUNTS.items() for term, ending in TERMS.items()}

MAIN = "CASE WHEN upper(enrolment) IN ('C', 'M') THEN true WHEN upper(enrolment) IN ('S', 'F', 'G', 'O') THEN false END"
"""A pupil registered at two schools has a main and a subsidiary one."""

OF_TERMS = {column: total(*(f"{column}_{term}" for term in TERMS)) for column in COUNTS}
EITHER_AUTHORISED = f"coalesce(CAST(sessions_authorised AS VARCHAR), CAST({OF_TERMS['sessions_authorised']} AS VARCHAR))"
EITHER_UNAUTHORISED = f"coalesce(CAST(sessions_unauthorised AS VARCHAR), CAST({OF_TERMS['sessions_unauthorised']} AS VARCHAR))"

npd_absence = Kind(
    name="npd.absence",
    table=tables.absence,
    needs=("pupil", "counts"),
    names=ABSENCE_NAMES,
    also={
        "pupil": pupil(tables.absence, ABSENCE_NAMES),
        "counts": tuple(
            name
            for column in ("sessions_possible", "sessions_missed", "sessions_authorised")
            for names in (ABSENCE_NAMES[column], *(BY_TERM[f"{column}_{term}"] for term in TERMS))
            for name in names
        ),
        **BY_TERM,
        "enrolment": ("EnrolStatus_ab[yy]", "EnrolStatus_ab", "EnrolStatus"),
        **parts("{}_ab[yy]", "{}"),
    },
    values=values(tables.absence, **dict.fromkeys(BY_TERM, NUMBER)),
    derived={
        # Where a file has terms but no year, the year is their sum; a file of one term alone is of that term.
        "term": """CASE WHEN sessions_possible IS NOT NULL THEN 'year'
            WHEN coalesce(sessions_possible_spring, sessions_possible_summer) IS NULL AND sessions_possible_autumn IS NOT NULL THEN 'autumn'
            WHEN coalesce(sessions_possible_autumn, sessions_possible_summer) IS NULL AND sessions_possible_spring IS NOT NULL THEN 'spring'
            WHEN coalesce(sessions_possible_autumn, sessions_possible_spring) IS NULL AND sessions_possible_summer IS NOT NULL THEN 'summer'
            ELSE 'year' END""",
        **{column: total for column, total in OF_TERMS.items() if column != "sessions_missed"},
        "sessions_missed": f"coalesce({OF_TERMS['sessions_missed']}, {both(EITHER_AUTHORISED, EITHER_UNAUTHORISED)})",
        "main_enrolment": MAIN,
        "laestab": SCHOOL_OF_PARTS,
    },
    source=f"{LISTS}: Absence",
)

# --- A summary of attendance, as a school sends it for one pupil or many. ---

absence_list = Kind(
    name="list.absence",
    table=tables.absence,
    needs=("pupil", "sessions_possible", "missed"),
    names={
        "upn": ("pupil", "Pupil UPN"),
        "term": ("term",),
        "sessions_possible": ("sessions possible", "possible sessions", "possible", "sessions available"),
        "sessions_authorised": (
            "authorised",
            "sessions authorised",
            "authorised absence",
            "authorised absences",
            "authorised sessions",
            "sessions authorised absence",
        ),
        "sessions_unauthorised": (
            "unauthorised",
            "sessions unauthorised",
            "unauthorised absence",
            "unauthorised absences",
            "unauthorised sessions",
            "sessions unauthorised absence",
        ),
        "sessions_missed": ("sessions missed", "missed", "sessions absent", "absences", "total absence"),
    },
    also={
        "pupil": ("pupil", "Pupil UPN", *pupil(tables.absence, {})),
        "attended": ("sessions attended", "attended", "attendances", "attendance count", "sessions present", "present"),
        "missed": (
            "authorised",
            "sessions authorised",
            "authorised absence",
            "authorised absences",
            "authorised sessions",
            "sessions authorised absence",
            "sessions missed",
            "missed",
            "sessions absent",
            "absences",
            "total absence",
            "sessions attended",
            "attended",
            "attendances",
            "attendance count",
            "sessions present",
            "present",
        ),
        **parts("{}"),
    },
    values=values(tables.absence, attended=NUMBER),
    derived={
        "term": "coalesce({term}, 'year')",
        "sessions_missed": f"""coalesce({both("sessions_authorised", "sessions_unauthorised")},
            TRY_CAST(sessions_possible AS DECIMAL(9, 1)) - TRY_CAST(attended AS DECIMAL(9, 1)))""",
        "laestab": SCHOOL_OF_PARTS,
    },
    whole=False,
    source="A school's summary of a pupil's attendance: UPN, sessions possible, authorised and unauthorised absence "
    "(or sessions missed, or attended) [, term, LAESTAB, year]",
)

# --- A column for each attendance code, as authorities' sheets have it. ---

CODES = codes.load("attendance")


def codes_of(kind: str) -> tuple[str, ...]:
    return tuple(row["code"] for row in CODES if row["kind"] == kind)


def _counted(kind: str) -> str:
    """The sum of the columns of a kind of code, each in the school years in which it is one."""
    terms = []
    for row in CODES:
        if row["kind"] != kind:
            continue
        count = f"coalesce(TRY_CAST(mark_{row['code']} AS DECIMAL(9, 1)), 0)"
        told = "coalesce(TRY_CAST(left(year, 4) AS INTEGER) + CASE WHEN length(year) > 4 THEN 1 ELSE 0 END, {year})"
        if row["first_year"]:
            count = f"CASE WHEN {told} < {row['first_year']} THEN 0 ELSE {count} END"
        if row["last_year"]:
            count = f"CASE WHEN {told} > {row['last_year']} THEN 0 ELSE {count} END"
        terms.append(count)
    return " + ".join(terms)


MARKS = {f"mark_{code}": (code,) for kind in ("authorised", "unauthorised") for code in codes_of(kind)}

analysts_attendance = Kind(
    name="analysts.attendance",
    table=tables.absence,
    needs=("pupil", "sessions_possible", "mark_I", "mark_O"),
    names={"sessions_possible": ("TermlySessionsPossible", "sessions possible", "possible sessions", "SessionsPossible")},
    also={"pupil": pupil(tables.absence, {}), "enrolment": ("EnrolStatus",), **MARKS, **parts("{}")},
    values=values(tables.absence, **dict.fromkeys(MARKS, NUMBER)),
    derived={
        "term": "{term}",
        "sessions_authorised": _counted("authorised"),
        "sessions_unauthorised": _counted("unauthorised"),
        "sessions_missed": f"{_counted('authorised')} + {_counted('unauthorised')}",
        "main_enrolment": MAIN,
        "laestab": SCHOOL_OF_PARTS,
    },
    source="Authorities' attendance sheets: a pupil and a column for each attendance code (codes/attendance.csv says which are absence)",
)

# --- Exclusions: one record for each suspension or permanent exclusion. ---

CATEGORY = """CASE WHEN left(upper({value}), 4) IN ('PERM') THEN 'permanent'
    WHEN left(upper({value}), 4) IN ('FIXD', 'FIXE', 'SUSP') THEN 'suspension'
    WHEN left(upper({value}), 4) IN ('LNCH', 'LUNC') THEN 'lunchtime' ELSE lower({value}) END"""
EXCLUSION_NAMES = spelled(tables.exclusions, "{}_ex[yy]", "{}_ex", "s.{}_ex[yy]")

npd_exclusions = Kind(
    name="npd.exclusions",
    table=tables.exclusions,
    needs=("pupil", "kind"),
    names=EXCLUSION_NAMES,
    also={
        "pupil": pupil(tables.exclusions, EXCLUSION_NAMES),
        "kind": (
            *EXCLUSION_NAMES["category"],
            "Category",
            "PermanentExclusionInd_ex[yy]",
            "PermanentExclusionInd",
            "ExclusionCategory",
        ),
        "permanent": ("PermanentExclusionInd_ex[yy]", "PermanentExclusionInd"),
        **parts("{}_ex[yy]", "{}"),
    },
    values=values(tables.exclusions, category=CATEGORY),
    derived={
        "category": "CASE WHEN upper(permanent) IN ('1', 'Y', 'TRUE') THEN 'permanent' WHEN permanent IS NOT NULL THEN 'suspension' END",
        "laestab": SCHOOL_OF_PARTS,
    },
    source=f"{LISTS}: Exclusions",
)

exclusions_list = Kind(
    name="list.exclusions",
    table=tables.exclusions,
    needs=("pupil", "category", "start_date"),
    names={
        "upn": ("pupil", "Pupil UPN"),
        "category": ("exclusion type", "suspension type", "type of exclusion", "exclusion category", "type"),
        "start_date": ("start date", "date of exclusion", "date of suspension", "exclusion date", "date"),
        "sessions": ("sessions lost", "sessions", "number of sessions"),
        "reason": ("reason", "exclusion reason", "suspension reason", "reason code", "reason1"),
    },
    also={"pupil": ("pupil", "Pupil UPN", *pupil(tables.exclusions, {})), "days": ("days", "days lost", "number of days"), **parts("{}")},
    forbids=("Category_1", "reinstatementdate", "pupilonrolltableid", "pupilnolongeronrolltableid"),
    values=values(tables.exclusions, category=CATEGORY, days=NUMBER),
    derived={
        "sessions": "TRY_CAST(days AS DECIMAL(9, 2)) * 2",
        "laestab": SCHOOL_OF_PARTS,
    },
    whole=False,
    source="A school's list of suspensions and exclusions: UPN, type, start date [, sessions or days, reason, LAESTAB]",
)
