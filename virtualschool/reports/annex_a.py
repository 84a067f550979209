"""Lists 8 and 9 of the child-level lists that inspectors ask for (Annex A of the ILACS framework), each joined to education.

List 8 is children in care now and those who left care in the six months before, list 9 care leavers. The lists hold no education,
and the return that fills them holds no days of visits and checks: what nobody told us stays empty, and `NOT_HELD` says which
columns those are and where they would come from. Everything is as of 31 March of the newest return.

Source of the headings: the open specification of the lists (Social Finance's Annex A cleaner, 2022) and, for the columns of list
9 that came later, Data to Insight's standard safeguarding dataset. Headings of the current request may differ; compare them.
"""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from virtualschool import codes
from virtualschool.publish.rounding import percent
from virtualschool.store import Engine
from virtualschool.years import label

LEFT_WITHIN = 6
"""Months before the day of the list in which somebody who left care still stands in list 8."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Listed:
    """One column of a list: its heading, and its value of a child's row; None where nothing that is read holds it."""

    heading: str
    of: Callable[[Row], Any] | None = None
    lacks: str = ""
    """Where a value would come from, of a column that stays empty."""


@dataclass(frozen=True)
class Lists:
    """The lists of an authority as of a day: for each its columns and its rows."""

    as_of: datetime.date
    year: int
    sheets: dict[str, tuple[tuple[Listed, ...], list[dict[str, Any]]]]
    left_out: int
    """Children of the return whom the reader may not see."""


def held(name: str) -> Callable[[Row], Any]:
    return lambda row: row.get(name)


def yes_no(name: str, yes: str = "Yes", no: str = "No") -> Callable[[Row], Any]:
    """A word for yes and one for no; empty where it is not known."""

    def of(row: Row) -> str:
        value = row.get(name)
        return "" if value is None else yes if value else no

    return of


def coded(name: str, codeset: str) -> Callable[[Row], Any]:
    """A code with the words of its list, as N1: Abuse or neglect."""

    def of(row: Row) -> str:
        code = row.get(name)
        if not code:
            return ""
        words = {one["code"]: one["label"] for one in codes.load("ssda903") if one["codeset"] == codeset}
        return f"{code}: {words[code]}" if code in words else str(code)

    return of


WORKER = "the case system"
LIST_8 = (
    Listed("Child Unique ID", held("child")),
    Listed("Gender", held("sex")),
    Listed("Ethnicity", held("ethnicity")),
    Listed("Date of Birth", held("dob")),
    Listed("Age of Child (Years)", held("age_on_31_march")),
    Listed("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", yes_no("unaccompanied")),
    Listed("Does the Child have a Disability", yes_no("disability")),
    Listed("Date Started to be Looked After", held("period_start")),
    Listed("Child's Category of Need", coded("cin", "CIN")),
    Listed("Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)", yes_no("second_period")),
    Listed("Start date of current legal status", held("status_since")),
    Listed("Child's Legal Status", coded("ls", "LS")),
    Listed("Date of Latest Statutory Review", held("last_review")),
    Listed("Date of Last Social Work Visit", None, WORKER),
    Listed("What is the permanence plan for this child?", None, WORKER),
    Listed("Date of Last IRO Visit / Contact to the Child", None, WORKER),
    Listed("Date of Last Health Assessment", None, "health records; the return says only whether there was one"),
    Listed("Date of Last Dental Check", None, "health records; the return says only whether there was one"),
    Listed("Number of Placements in the Last 12 months", held("placements_in_year")),
    Listed("Date Ceased to be Looked After", held("ceased")),
    Listed("Reason Ceased to be Looked After", coded("why_ceased", "REC")),
    Listed("Start Date of Most Recent Placement", held("placed_since")),
    Listed("Placement Type", coded("place", "PLACE")),
    Listed("Placement Provider", coded("place_provider", "PLACE_PROVIDER")),
    Listed("Placement postcode", held("pl_post")),
    Listed("URN of Placement", held("urn")),
    Listed("Placement Location", yes_no("out_of_authority", "Outside the authority", "Inside the authority")),
    Listed("LA of Placement", held("placement_la")),
    Listed("Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months", held("missing_episodes")),
    Listed("Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months", held("away_episodes")),
    Listed("Was the child offered a Return Interview after their last missing episode (Y/N)?", None, WORKER),
    Listed("Did the child accept a Return Interview after their last missing episode (Y/N)?", None, WORKER),
    Listed("Allocated Team", None, WORKER),
    Listed("Allocated Worker", held("social_worker"), "the weekly roll"),
)
LIST_9 = (
    Listed("Child Unique ID", held("child")),
    Listed("Gender", held("sex")),
    Listed("Ethnicity", held("ethnicity")),
    Listed("Date of Birth", held("dob")),
    Listed("Age of Child (Years)", held("age_now")),
    Listed("Unaccompanied Asylum Seeking Child (UASC)", yes_no("unaccompanied")),
    Listed("Does the Child have a Disability", None, WORKER),
    Listed("Allocated Team", None, WORKER),
    Listed("Allocated Worker", None, WORKER),
    Listed("Allocated Personal Advisor", None, WORKER),
    Listed("Eligibility Category", lambda row: str(row.get("eligibility") or "").replace("_", " ")),
    Listed("Latest Pathway Plan", lambda row: row.get("pathway_review") or row.get("pathway_plan")),
    Listed("LA In Touch", coded("touch", "IN_TOUCH")),
    Listed("Latest Contact", None, WORKER),
    Listed("Type of Accommodation", held("accommodation")),
    Listed("Suitability of Accommodation", yes_no("accommodation_suitable", "Suitable", "Not suitable")),
    Listed("Activity Status", coded("activ", "ACTIV")),
)


def absent(row: Row) -> Any:
    possible, missed = row.get("sessions_possible"), row.get("sessions_missed")
    return percent(missed, possible) if possible and missed is not None else ""


EDUCATION_8 = (
    Listed("Child Unique ID", held("child")),
    Listed("School", held("school_name"), "the schools file"),
    Listed("URN of the school", held("school")),
    Listed("School's Ofsted outcome", held("school_inspection")),
    Listed("Year group", held("year_group")),
    Listed("Special educational needs", held("sen")),
    Listed("Primary need", held("primary_need")),
    Listed("Absence, % of sessions", absent),
    Listed("Unauthorised absence, sessions", held("sessions_unauthorised")),
    Listed("Suspensions", held("suspensions")),
    Listed("Permanent exclusions", held("permanent_exclusions")),
    Listed("Moves of school in the year", held("school_moves")),
    Listed("Newest education plan: term", held("plan_term"), "plans held here"),
    Listed("Newest education plan: meeting", held("plan_met"), "plans held here"),
    Listed("Newest education plan: state", held("plan_state"), "plans held here"),
    Listed("Key stage 2 reading, writing and maths at the expected standard", yes_no("ks2_rwm_expected")),
    Listed("Attainment 8", held("attainment_8")),
    Listed("English and maths at grade 4 or above", yes_no("english_maths_94")),
    Listed("Linked to school records", lambda row: row.get("link_method") or "no"),
)
EDUCATION_9 = (
    Listed("Child Unique ID", held("child")),
    Listed("Special educational needs when last at school", held("route_sen")),
    Listed("End of key stage 4", lambda row: label(row["route_ks4_year"]) if row.get("route_ks4_year") else ""),
    Listed("Attainment 8", held("route_attainment_8")),
    Listed("English and maths at grade 4 or above", yes_no("route_english_maths")),
    Listed("Last placement in care", held("route_placement")),
    Listed("Age when care began", held("route_age_at_entry")),
    Listed("Length of the last period of care", held("route_length_of_care")),
    Listed("Took part in the pathway plan", yes_no("pathway_part")),
    Listed("Staying put", yes_no("staying_put")),
    Listed("Offered a vocational option that matches", yes_no("vocational_match")),
    Listed("Plan for the move to adult services", yes_no("transition_plan")),
)
SHEETS = {
    "List 8": LIST_8,
    "List 8 education": EDUCATION_8,
    "List 9": LIST_9,
    "List 9 education": EDUCATION_9,
}


def not_held() -> list[tuple[str, str, str]]:
    """Sheet, heading and where it would come from, of every column that stays empty."""
    return [(sheet, one.heading, one.lacks) for sheet, columns in SHEETS.items() for one in columns if one.of is None]


def lists(
    engine: Engine, la: str, *, may_see: Collection[str] | None = None, beside: Mapping[str, Mapping[str, Any]] | None = None
) -> Lists | None:
    """The lists of an authority's newest return; None where it has none.

    `may_see` are the tokens of the children whom the reader may see (None: all). `beside` gives further values by token: of the roll
    and of plans, which live outside the store.
    """
    year = engine.value("SELECT max(year) FROM children WHERE la = ?", [la])
    if year is None:
        return None
    as_of = datetime.date(year, 3, 31)
    found = engine.rows(CHILDREN, [la, year])
    seen = [row for row in found if may_see is None or row["token"] in may_see]
    extra = {row["child"]: row for row in engine.rows(EPISODES, [la, year])}
    said = {row["child"]: row for row in engine.rows(LEAVING, [la, year])}
    care, left = [], []
    for row in seen:
        whole = {**row, **extra.get(row["child"], {}), **said.get(row["child"], {}), **dict((beside or {}).get(row["token"], {}))}
        if row["in_year"] and (row["at_31_march"] or recent(whole.get("ceased"), as_of)):
            care.append(whole)
        if row["care_leaver"]:
            left.append(whole)
    made = {"List 8": care, "List 8 education": care, "List 9": left, "List 9 education": left}
    return Lists(as_of, year, {name: (SHEETS[name], rows) for name, rows in made.items()}, len(found) - len(seen))


def recent(ceased: datetime.date | None, as_of: datetime.date) -> bool:
    """Whether a day lies in the six months that end with the day of the list: from 1 October where that is 31 March."""
    if ceased is None:
        return False
    return (as_of.year - ceased.year) * 12 + as_of.month - ceased.month < LEFT_WITHIN


CHILDREN = """
    SELECT c.*, s.name AS school_name, o.in_touch AS touch, o.activ,
        year(make_date(c.year, 3, 31)) - year(c.dob) - (CASE WHEN strftime(c.dob, '%m%d') > '0331' THEN 1 ELSE 0 END) AS age_now
    FROM children c
    LEFT JOIN (SELECT school_urn, any_value(name) AS name FROM schools GROUP BY 1) s ON s.school_urn = c.school
    LEFT JOIN (
        SELECT la, year, child, max_by(in_touch, (file, "row")) AS in_touch, max_by(activ, (file, "row")) AS activ FROM oc3
        WHERE in_touch IS NOT NULL OR activ IS NOT NULL OR accom IS NOT NULL GROUP BY ALL
    ) o USING (la, year, child)
    WHERE c.la = ? AND c.year = ? ORDER BY c.child
"""
EPISODES = """
    WITH known AS (
        SELECT * FROM episodes WHERE la = $1 AND year = $2 AND coalesce(ls, '') NOT IN ('V3', 'V4') AND (dec IS NULL OR dec > decom)
        QUALIFY row_number() OVER (PARTITION BY child, decom ORDER BY file DESC, "row" DESC) = 1
    ), newest AS (
        SELECT * FROM known QUALIFY row_number() OVER (PARTITION BY child ORDER BY decom DESC) = 1
    ), status AS (
        SELECT k.child, min(k.decom) AS status_since FROM known k JOIN newest n USING (child)
        WHERE k.ls IS NOT DISTINCT FROM n.ls AND k.decom > coalesce(
            (SELECT max(o.decom) FROM known o WHERE o.child = k.child AND o.ls IS DISTINCT FROM n.ls), DATE '1900-01-01'
        ) GROUP BY k.child
    ), placed AS (
        SELECT child, max(decom) AS placed_since FROM known
        WHERE rne IN ('S', 'P', 'B') AND coalesce(place, '') NOT IN ('T0', 'T1', 'T2', 'T3', 'T4') GROUP BY child
    ), starts AS (
        SELECT child, count(*) FILTER (rne = 'S' AND decom >= make_date($2 - 1, 4, 1)) AS started,
            bool_or(dec IS NOT NULL AND dec >= make_date($2 - 1, 4, 1) AND coalesce(rec, '') NOT IN ('', 'X1')) AS ended
        FROM known GROUP BY child
    ), reviewed AS (
        SELECT child, max(review) AS last_review FROM reviews WHERE la = $1 AND year = $2 GROUP BY child
    )
    SELECT n.child, n.cin, n.ls, n.place, n.place_provider, n.pl_post, n.urn, n.dec AS ceased,
        CASE WHEN n.dec IS NOT NULL THEN n.rec END AS why_ceased, status_since, placed_since, last_review,
        started > 1 OR (started = 1 AND ended AND (n.dec IS NULL OR EXISTS (
            SELECT 1 FROM known o WHERE o.child = n.child AND o.dec <= n.decom AND coalesce(o.rec, '') NOT IN ('', 'X1')
        ))) AS second_period
    FROM newest n LEFT JOIN status USING (child) LEFT JOIN placed USING (child) LEFT JOIN starts USING (child)
    LEFT JOIN reviewed USING (child)
"""
LEAVING = """
    SELECT child, eligibility, pathway_plan, pathway_review FROM leaving_care WHERE la = $1 AND year = $2
    QUALIFY row_number() OVER (PARTITION BY child ORDER BY file DESC, "row" DESC) = 1
"""
