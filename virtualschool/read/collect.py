"""The school census as an authority takes it out of COLLECT: a table for each part of the return, joined here.

A pupil is a record of `pupilonroll` or `pupilnolongeronroll`; free meals, needs, addresses, sessions and exclusions hang on its
table id and `NativeId`. The same ids return each term, so the parts of one return are told by `sourceid`, or by the year and
term of the path. Attendance is reported one term in arrears, exclusions two; the second half of the summer term comes in the
autumn. Source: DfE, School census guide 2024 to 2025; column lists of COLLECT exports 2015 to 2026.
"""

from virtualschool import tables
from virtualschool.read.attendance import CATEGORY
from virtualschool.read.kinds import Assembly, Kind
from virtualschool.read.spelling import NUMBER, values
from virtualschool.tables import Column, Table, day, integer, points, text, yes_no

SOURCE = "DfE, COLLECT: school census tables, 2015/16 to 2025/26"
ON, OFF = "pupilonrolltableid", "pupilnolongeronrolltableid"
CODES = ("code", "category", "need", "term")


def staged(name: str, meaning: str, *columns: Column) -> Table:
    """A table of records that wait for their pupils: where they hang, and which return the path says they are of."""
    return Table(
        name,
        meaning,
        (
            text("roll_id", "Record of the pupil in the return.", ON, OFF),
            text("native", "The school, in COLLECT.", "NativeId"),
            text("source_id", "Source of the record.", "sourceid"),
            yes_no("on_roll", "Hangs on a pupil on roll."),
            integer("said_year", "Year that the path tells."),
            text("said_term", "Term that the path tells."),
            text("said_la", "Authority that the path tells."),
            *columns,
            *tables.LINEAGE,
        ),
        family="staging",
    )


SAID = {
    "said_year": "CAST({year} AS VARCHAR)",
    "said_term": "{term}",
    "said_la": "{la}",
    "on_roll": "CASE WHEN on_id IS NOT NULL THEN 'true' WHEN off_id IS NOT NULL THEN 'false' END",
}
WHOSE = {"on_id": (ON,), "off_id": (OFF,)}
TERM = """CASE left(upper({value}), 3) WHEN 'AUT' THEN 'autumn' WHEN 'SPR' THEN 'spring' WHEN 'SUM' THEN 'summer' END"""

rolls = staged(
    "collect_rolls",
    "A pupil of a return, on roll or no longer.",
    text("census_id", "The return.", "schoolcensustableid"),
    text("upn", "UPN.", "upn", compact=True),
    text("former_upn", "Former UPN.", "formerupn", compact=True),
    day("dob", "Date of birth.", "dob"),
    text("sex", "Sex.", "sex", "gender"),
    text("forename", "Forename.", "forename"),
    text("surname", "Surname.", "surname"),
    text("uln", "Learner number.", "uniquelearnernumber", "uln", compact=True),
    day("entry_date", "Joined.", "entrydate"),
    day("leaving_date", "Left.", "leavingdate"),
    text("ethnicity", "Ethnicity.", "ethnicity"),
    text("language", "Language.", "language"),
    text("enrol_status", "Enrolment.", "enrolstatus"),
    text("sen", "SEN provision.", "senprovision"),
    text("year_group", "Year group.", "ncyearactual", "ncyearleaving"),
    integer("possible", "Sessions possible.", "termlysessionspossible"),
    integer("authorised", "Authorised, to 2024.", "termlysessionsauthorised"),
    integer("unauthorised", "Unauthorised, to 2024.", "termlysessionsunauthorised"),
    integer("half_possible", "The same of the second half of summer.", "summerhalfterm2sessionspossible"),
    integer("half_authorised", "Authorised, to 2024.", "summerhalfterm2sessionsauthorised"),
    integer("half_unauthorised", "Unauthorised, to 2024.", "summerhalfterm2sessionsunauthorised"),
)
sessions = staged(
    "collect_sessions",
    "Sessions with one attendance code.",
    text("code", "Attendance code.", "attendancereason"),
    integer("sessions", "How many.", "sessions", "absencesessions"),
    yes_no("half", "Of the second half of the summer term."),
)
meals = staged(
    "collect_meals",
    "A spell of free school meals.",
    day("start_date", "Began.", "fsmstartdate"),
    day("end_date", "Ended.", "fsmenddate"),
)
needs = staged("collect_needs", "A special need.", integer("rank", "1 is primary.", "sentyperank"), text("need", "Its type.", "sentype"))
addresses = staged("collect_addresses", "An address.", text("postcode", "Postcode.", "postcode", compact=True))
exclusions = staged(
    "collect_exclusions",
    "A suspension or exclusion.",
    day("start_date", "Began.", "startdate"),
    points("sessions", "Sessions lost.", "sessions", unit="sessions"),
    text("category", "Kind.", "category"),
    text("reason", "Reason.", "reason", "reason1"),
)
returns = Table(
    "collect_returns",
    "A school's return.",
    (
        text("census_id", "The return.", "schoolcensustableid"),
        text("native", "The school, in COLLECT.", "NativeId"),
        text("term", "Term.", "term"),
        integer("collection_year", "Year in which it was taken.", "year"),
        day("reference_date", "Census day.", "referencedate"),
        text("lea", "Authority.", "lea"),
        text("estab", "Establishment.", "estab"),
        text("urn", "URN.", "urn"),
        *tables.LINEAGE,
    ),
    family="staging",
)

collect_pupils = Kind(
    name="collect.pupils_on_roll",
    table=rolls,
    needs=("roll_id", "native", "upn", "entry_date", "on_id"),
    also={**WHOSE, "further": ("pupilonrollorderseqcolumn",)},
    forbids=("leavingdate", OFF),
    values=values(rolls),
    derived=SAID,
    staging=True,
    source=SOURCE,
)
collect_leavers = Kind(
    name="collect.pupils_no_longer_on_roll",
    table=rolls,
    needs=("roll_id", "native", "upn", "leaving_date", "off_id"),
    also={**WHOSE, "further": ("pupilnolongeronrollorderseqcolumn",)},
    forbids=(ON,),
    values=values(rolls),
    derived=SAID,
    staging=True,
    source=SOURCE,
)
collect_sessions = Kind(
    name="collect.sessions",
    table=sessions,
    needs=("roll_id", "native", "code", "sessions"),
    also={**WHOSE, "half_id": ("summerhalfterm2sessiondetailsonrolltableid", "summerhalfterm2sessiondetailsoffrolltableid")},
    forbids=("annualsessiondetailsonrolltableid", "annualsessiondetailsoffrolltableid"),
    values=values(sessions, code="upper({value})"),
    derived={**SAID, "half": "CASE WHEN half_id IS NOT NULL THEN 'true' ELSE 'false' END"},
    staging=True,
    source=SOURCE,
)
collect_meals = Kind(
    name="collect.free_meals",
    table=meals,
    needs=("roll_id", "native", "start_date"),
    also=WHOSE,
    derived=SAID,
    staging=True,
    source=SOURCE,
)
collect_needs = Kind(
    name="collect.needs",
    table=needs,
    needs=("roll_id", "native", "need"),
    also=WHOSE,
    values={"rank": NUMBER, "need": "upper({value})"},
    derived=SAID,
    staging=True,
    source=SOURCE,
)
collect_addresses = Kind(
    name="collect.addresses",
    table=addresses,
    needs=("roll_id", "native", "postcode"),
    also={**WHOSE, "address": ("addressestableid", "addressesonrolltableid", "addressesoffrolltableid")},
    forbids=("applacementpostcode",),
    derived=SAID,
    staging=True,
    source=SOURCE,
)
collect_exclusions = Kind(
    name="collect.exclusions",
    table=exclusions,
    needs=("roll_id", "native", "start_date", "category"),
    also=WHOSE,
    values=values(exclusions, category=CATEGORY),
    derived=SAID,
    staging=True,
    source=SOURCE,
)
collect_returns = Kind(
    name="collect.returns",
    table=returns,
    needs=("census_id", "native", "term", "lea", "estab"),
    values={"term": TERM, "collection_year": NUMBER},
    staging=True,
    source=SOURCE,
)

# --- The parts put together ---

SCHOOL_YEAR = "(year({}) + CASE WHEN month({}) >= 9 THEN 1 ELSE 0 END)"


def school_year(date: str) -> str:
    return SCHOOL_YEAR.replace("{}", date)


PATH = "concat_ws('/', coalesce(said_la, ''), coalesce(said_year, 0), coalesce(said_term, ''))"

# The autumn census of 2024 is of the school year that ends in 2025: a path may say either. The latest day on which a pupil of the
# return joined or left decides, and tells year and term where neither path nor return does.
PLACED = f"""
of_return AS (
    SELECT *,
        CASE WHEN said_year IS NOT NULL AND said_term IS NOT NULL
            THEN concat_ws('/', coalesce(said_la, ''), said_year, said_term) ELSE concat('file ', file) END AS return_of,
        greatest(coalesce(entry_date, leaving_date), coalesce(leaving_date, entry_date)) AS seen
    FROM collect_rolls
),
told AS (
    SELECT return_of, max(seen) AS latest, any_value(said_year) AS said_year, any_value(said_term) AS said_term
    FROM of_return GROUP BY return_of
),
dated AS (
    SELECT return_of, latest,
        coalesce(said_term, CASE WHEN month(latest) >= 9 THEN 'autumn' WHEN month(latest) <= 4 THEN 'spring'
            WHEN latest IS NOT NULL THEN 'summer' END) AS term,
        CASE WHEN said_year IS NULL OR (coalesce(said_term, 'autumn') = 'autumn' AND {school_year("latest")} = said_year + 1)
            THEN {school_year("latest")} ELSE said_year END AS year
    FROM told
),
headed AS (
    SELECT census_id, native, term, urn, reference_date,
        coalesce({school_year("reference_date")}, collection_year + CASE WHEN term = 'autumn' THEN 1 ELSE 0 END) AS year,
        CASE WHEN regexp_full_match(lea, '[0-9]+') AND regexp_full_match(estab, '[0-9]+')
            THEN lpad(lea, 3, '0') || lpad(estab, 4, '0') END AS laestab
    FROM collect_returns
    QUALIFY row_number() OVER (PARTITION BY census_id, native ORDER BY file, row) = 1
),
placed AS MATERIALIZED (
    SELECT r.*, coalesce(h.year, d.year) AS year, coalesce(h.term, d.term) AS term, coalesce(h.reference_date, d.latest) AS census_day,
        coalesce(h.laestab, CASE WHEN regexp_full_match(r.native, '[0-9]+') AND length(r.native) = 7 THEN r.native END) AS laestab,
        h.urn AS school_urn
    FROM of_return r
    JOIN dated d USING (return_of)
    LEFT JOIN headed h ON h.census_id = r.census_id AND h.native = r.native
),
by_source AS MATERIALIZED (
    SELECT roll_id, native, on_roll, source_id, min(struct_pack(roll_file := file, roll_row := row, of_return := return_of)) AS pupil
    FROM placed WHERE source_id IS NOT NULL GROUP BY ALL
),
by_path AS MATERIALIZED (
    SELECT roll_id, native, on_roll, {PATH} AS path, min(struct_pack(roll_file := file, roll_row := row, of_return := return_of)) AS pupil
    FROM placed GROUP BY ALL
)"""


def hung(table: str) -> str:
    """The records of a staging table, each with the file and row of the pupil it hangs on, null where there is none."""
    return f"""
    SELECT d.*, coalesce(s.pupil, p.pupil).roll_file AS roll_file, coalesce(s.pupil, p.pupil).roll_row AS roll_row,
        coalesce(s.pupil, p.pupil).of_return AS return_of
    FROM (SELECT *, {PATH} AS path FROM {table}) d
    LEFT JOIN by_source s ON s.roll_id = d.roll_id AND s.native = d.native AND s.on_roll = d.on_roll AND s.source_id = d.source_id
    LEFT JOIN by_path p ON p.roll_id = d.roll_id AND p.native = d.native AND p.on_roll = d.on_roll AND p.path = d.path"""


census_from_collect = Assembly(
    name="collect.census",
    table=tables.census,
    uses=("collect_rolls",),
    query=f"""
WITH {PLACED},
meals AS ({hung("collect_meals")}),
needs AS ({hung("collect_needs")}),
addresses AS ({hung("collect_addresses")}),
fed AS (
    SELECT m.roll_file, m.roll_row,
        bool_or(coalesce(m.start_date <= p.census_day, true) AND coalesce(m.end_date >= p.census_day, true)) AS fsm
    FROM meals m JOIN placed p ON p.file = m.roll_file AND p.row = m.roll_row GROUP BY 1, 2
),
with_meals AS (SELECT DISTINCT return_of FROM meals WHERE return_of IS NOT NULL),
need AS (
    SELECT roll_file, roll_row, need FROM needs
    QUALIFY row_number() OVER (PARTITION BY roll_file, roll_row ORDER BY rank NULLS LAST, file, row) = 1
),
address AS (
    SELECT roll_file, roll_row, postcode FROM addresses WHERE postcode IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY roll_file, roll_row ORDER BY file, row) = 1
)
SELECT CAST(p.year AS INTEGER) AS year, p.upn, p.former_upn, p.dob, p.sex, p.laestab, p.school_urn, p.term, p.ethnicity, p.language,
    coalesce(f.fsm, CASE WHEN w.return_of IS NOT NULL AND p.on_roll THEN false END) AS fsm, p.sen, n.need AS primary_need,
    p.year_group, p.enrol_status, p.on_roll, p.entry_date, p.leaving_date, a.postcode,
    p.forename, p.surname, p.uln, p.file, p.row
FROM placed p
LEFT JOIN fed f ON f.roll_file = p.file AND f.roll_row = p.row
LEFT JOIN with_meals w ON w.return_of = p.return_of
LEFT JOIN need n ON n.roll_file = p.file AND n.roll_row = p.row
LEFT JOIN address a ON a.roll_file = p.file AND a.roll_row = p.row
""",
)

# A return that has sessions by code is counted by code, each code as what it was in that school year. One without has the
# pupil's totals, which schools gave to 2024. A pupil with no such record in a return that has them missed nothing.
absence_from_collect = Assembly(
    name="collect.absence",
    table=tables.absence,
    uses=("collect_rolls",),
    query=f"""
WITH {PLACED},
due AS (
    SELECT *,
        CASE term WHEN 'autumn' THEN 'summer' WHEN 'spring' THEN 'autumn' WHEN 'summer' THEN 'spring' END AS reported_term,
        CASE WHEN term = 'autumn' THEN year - 1 ELSE year END AS reported_year
    FROM placed
),
coded AS ({hung("collect_sessions")}),
counted AS (
    SELECT c.roll_file, c.roll_row,
        bool_or(NOT c.half) AS in_term, bool_or(c.half) AS in_half,
        coalesce(sum(c.sessions) FILTER (k.kind = 'authorised' AND NOT c.half), 0) AS authorised,
        coalesce(sum(c.sessions) FILTER (k.kind = 'unauthorised' AND NOT c.half), 0) AS unauthorised,
        coalesce(sum(c.sessions) FILTER (k.kind = 'authorised' AND c.half), 0) AS half_authorised,
        coalesce(sum(c.sessions) FILTER (k.kind = 'unauthorised' AND c.half), 0) AS half_unauthorised
    FROM coded c
    JOIN due p ON p.file = c.roll_file AND p.row = c.roll_row
    LEFT JOIN codes_attendance k
        ON k.code = c.code
        AND coalesce(CAST(k.first_year AS INTEGER) <= p.reported_year, true)
        AND coalesce(CAST(k.last_year AS INTEGER) >= p.reported_year, true)
    GROUP BY 1, 2
),
with_codes AS (SELECT return_of, bool_or(NOT half) AS in_term, bool_or(half) AS in_half FROM coded GROUP BY 1),
summed AS (
    SELECT p.*,
        CASE WHEN p.possible IS NULL THEN 0 WHEN c.in_term THEN c.authorised
            ELSE coalesce(p.authorised, CASE WHEN w.in_term THEN 0 END) END AS term_authorised,
        CASE WHEN p.possible IS NULL THEN 0 WHEN c.in_term THEN c.unauthorised
            ELSE coalesce(p.unauthorised, CASE WHEN w.in_term THEN 0 END) END AS term_unauthorised,
        CASE WHEN p.half_possible IS NULL THEN 0 WHEN c.in_half THEN c.half_authorised
            ELSE coalesce(p.half_authorised, CASE WHEN w.in_half THEN 0 END) END AS summer_authorised,
        CASE WHEN p.half_possible IS NULL THEN 0 WHEN c.in_half THEN c.half_unauthorised
            ELSE coalesce(p.half_unauthorised, CASE WHEN w.in_half THEN 0 END) END AS summer_unauthorised
    FROM due p
    LEFT JOIN counted c ON c.roll_file = p.file AND c.roll_row = p.row
    LEFT JOIN with_codes w ON w.return_of = p.return_of
    WHERE coalesce(p.possible, p.half_possible) IS NOT NULL
)
SELECT CAST(reported_year AS INTEGER) AS year, upn, former_upn, dob, sex, laestab, school_urn, reported_term AS term,
    CAST(coalesce(possible, 0) + coalesce(half_possible, 0) AS INTEGER) AS sessions_possible,
    CAST(term_authorised + summer_authorised AS INTEGER) AS sessions_authorised,
    CAST(term_unauthorised + summer_unauthorised AS INTEGER) AS sessions_unauthorised,
    CAST(term_authorised + summer_authorised + term_unauthorised + summer_unauthorised AS INTEGER) AS sessions_missed,
    CASE WHEN enrol_status IN ('C', 'M') THEN true WHEN enrol_status IS NOT NULL THEN false END AS main_enrolment,
    file, row
FROM summed
""",
)

exclusions_from_collect = Assembly(
    name="collect.exclusions_of_pupils",
    table=tables.exclusions,
    uses=("collect_exclusions",),
    query=f"""
WITH {PLACED},
found AS ({hung("collect_exclusions")})
SELECT CAST(coalesce({school_year("e.start_date")}, CASE WHEN p.term = 'summer' THEN p.year ELSE p.year - 1 END) AS INTEGER) AS year,
    p.upn, p.former_upn, p.dob, p.sex, p.laestab, p.school_urn, e.category, e.start_date, e.sessions, e.reason, e.file, e.row
FROM found e
LEFT JOIN placed p ON p.file = e.roll_file AND p.row = e.roll_row
""",
)
