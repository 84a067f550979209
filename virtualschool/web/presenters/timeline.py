"""One child's timeline: care, placements, schools, attendance, suspensions, results, SDQ, missing, reviews and plans on one axis.

Only what the responsible authority itself holds: a child who came from another authority brings no history along. School records are those
of the years in which the link serves. Each lane is there for who may read its column.
"""

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from virtualschool import codes
from virtualschool.publish.rounding import percent
from virtualschool.store import Engine, Snapshot, remembered
from virtualschool.web import clock, stores
from virtualschool.web.children import Child, roll_of
from virtualschool.web.models import Plan
from virtualschool.web.models.plans import MET
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.children_changes import school_names
from virtualschool.web.templatetags.words import day, school_year

DAY = datetime.timedelta(days=1)
NEW_CARER = ("S", "P", "B")
"""Reasons for a new episode that say the carer is new: the placement is another."""
MILE = 1609.344
"""Metres."""


@dataclass(frozen=True)
class Mark:
    """One thing on the axis: a span, or a day where `ends` is None. `is_open` says that it goes on. `when` is its time in words where the
    day alone would say more than is known."""

    words: str
    starts: datetime.date
    ends: datetime.date | None = None
    is_open: bool = False
    short: str = ""
    when: str = ""
    table_only: bool = False

    @property
    def time(self) -> str:
        if self.when:
            return self.when
        if self.is_open:
            return f"{day(self.starts)} to now"
        return day(self.starts) if self.ends is None or self.ends == self.starts else f"{day(self.starts)} to {day(self.ends)}"


@dataclass(frozen=True)
class Lane:
    """One subject of the timeline, with the column that says who may read it."""

    name: str
    words: str
    column: str
    marks: list[Mark] = field(default_factory=list)
    none: str = ""
    """What to say where there is nothing."""


@dataclass(frozen=True)
class History:
    """What the store holds of one child in one authority: its rows by year, the identifiers it has there, and the first day that may be
    shown (that of an adoption order, for who came into care again after one)."""

    rows: list[dict[str, Any]]
    children: list[str]
    since: datetime.date | None

    @property
    def years(self) -> list[int]:
        return [row["year"] for row in self.rows]


def timeline(viewer: Viewer, child: Child) -> list[Lane]:
    """The lanes that this viewer may read, in order; each with its marks, the oldest first."""
    held = stores.snapshot()
    engine = stores.engine_of(held, child.la)
    past = history(held, engine, child)
    episodes = _episodes(engine, child.la, past)
    lanes = [
        Lane("care", "In care", "period_start", periods(episodes), "No episodes are held."),
        Lane("legal", "Legal status", "legal_status", legal(episodes), "No episodes are held."),
        Lane("placements", "Placements", "placement_type", placements(engine, episodes, viewer), "No placements are held."),
        Lane("schools", "School", "school", schools(past, child), "No school is known."),
        Lane("attendance", "Absence", "sessions_missed", attendance(engine, past), "No attendance is held."),
        Lane("suspensions", "Suspensions", "suspensions", suspensions(engine, past), "None is held."),
        Lane("results", "Results", "attainment_8", results(past), "No results are held."),
        Lane("sdq", "SDQ", "sdq_score", sdq(past), "No score is held."),
        Lane("missing", "Missing", "missing_episodes", missing(engine, child.la, past), "None is held."),
        Lane("reviews", "Reviews", "reviews", reviews(engine, child.la, past), "None is held."),
    ]
    since = past.since
    readable = [lane for lane in lanes if viewer.may_read(lane.column)]
    if viewer.may("plan") and (child.kinds is None or "plan" in child.kinds):
        readable.append(Lane("plans", "Plans", "plan", plans(child), "No plan is held."))
    if since is None:
        return readable
    return [replace(lane, marks=[mark for mark in lane.marks if mark.starts >= since]) for lane in readable]


def history(held: Snapshot, engine: Engine, child: Child) -> History:
    """The child's own rows in the authority that answers for it, and in no other."""
    rows = engine.rows("SELECT * FROM children WHERE la = ? AND token = ? ORDER BY year", [child.la, child.token])
    known = sorted({row["child"] for row in rows})
    if not known:
        return History([], [], None)
    query = f"SELECT max(coalesce(dec, decom)) FROM episodes WHERE la = ? AND child IN ({_places(known)}) AND rec IN ('E11', 'E12')"
    return History(rows, known, engine.value(query, [child.la, *known]))


# --- Care ---


def _episodes(engine: Engine, la: str, past: History) -> list[dict[str, Any]]:
    """Each episode once, as the newest return has it; one that is open in a return and in no later one ends with that return's year."""
    if not past.rows:
        return []
    query = f"""
        SELECT child, year, decom, dec, rne, rec, ls, place, place_provider, home_post, pl_post, urn FROM episodes
        WHERE la = ? AND child IN ({_places(past.children)}) AND year IN ({_places(past.years)})
        QUALIFY row_number() OVER (PARTITION BY child, decom ORDER BY year DESC, file DESC, row DESC) = 1 ORDER BY decom, child
    """
    found = engine.rows(query, [la, *past.children, *past.years])
    newest = engine.value("SELECT max(year) FROM episodes WHERE la = ?", [la])
    if past.since is not None:
        found = [episode for episode in found if episode["decom"] >= past.since]
    for episode in found:
        episode["is_open"] = episode["dec"] is None and episode["year"] == newest
        episode["ends"] = episode["dec"] or (None if episode["is_open"] else datetime.date(episode["year"], 3, 31))
    return found


def periods(episodes: Sequence[dict[str, Any]]) -> list[Mark]:
    """Periods of care: episodes without a day between them."""
    return [_span("In care", run, "In care") for run in _runs(episodes, lambda before, after: True)]


def legal(episodes: Sequence[dict[str, Any]]) -> list[Mark]:
    """Legal statuses, each as long as it stood."""
    found = _runs(episodes, lambda before, after: before["ls"] == after["ls"])
    said = [word("LS", run[0]["ls"]) or "not known" for run in found]
    return [_span(words, run, words) for words, run in zip(said, found, strict=True)]


def placements(engine: Engine, episodes: Sequence[dict[str, Any]], viewer: Viewer) -> list[Mark]:
    """Placements with their kind, provider and distance, as far as the viewer may read them. No address and no postcode."""

    def same(before: dict, after: dict) -> bool:
        where = ("place", "place_provider", "pl_post", "urn")
        return after["rne"] not in NEW_CARER and all(before[name] == after[name] for name in where)

    miles = distances(engine, episodes) if viewer.may_read("distance_band") else {}
    made = []
    for run in _runs(episodes, same):
        first = run[0]
        kind = word("PLACE", first["place"]) or "placement of a kind that is not known"
        provider = word("PLACE_PROVIDER", first["place_provider"]) if viewer.may_read("placement_provider") else ""
        away = miles.get((first["home_post"], first["pl_post"]))
        parts = [
            kind,
            f"provided by {provider}" if provider and provider != kind else "",
            f"{away} miles from home" if away is not None else "",
        ]
        made.append(_span(", ".join(filter(None, parts)), run, kind))
    return made


def distances(engine: Engine, episodes: Iterable[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """Whole miles, in a straight line, between home and placement of each pair of postcodes that the store can place."""
    pairs = {(one["home_post"], one["pl_post"]) for one in episodes if one["home_post"] and one["pl_post"]}
    if not pairs:
        return {}
    wanted = sorted({_post(code) for pair in pairs for code in pair})
    code = "replace(upper(postcode), ' ', '')"
    query = f"SELECT {code} AS code, easting, northing FROM postcodes WHERE {code} IN ({_places(wanted)})"
    at = {row["code"]: (row["easting"], row["northing"]) for row in engine.rows(query, wanted) if row["easting"] is not None}
    found = {}
    for home, place in pairs:
        one, other = at.get(_post(home)), at.get(_post(place))
        if one and other:
            found[home, place] = math.floor(math.dist(one, other) / MILE + 0.5)
    return found


def _post(code: str) -> str:
    return code.upper().replace(" ", "")


def _runs(episodes: Sequence[dict[str, Any]], same) -> list[list[dict[str, Any]]]:
    """Episodes that follow one another without a gap and are the same in what is asked about."""
    runs: list[list[dict[str, Any]]] = []
    for episode in episodes:
        before = runs[-1][-1] if runs else None
        if before and before["ends"] and episode["decom"] <= before["ends"] + DAY and same(before, episode):
            runs[-1].append(episode)
        else:
            runs.append([episode])
    return runs


def _span(words: str, run: Sequence[dict[str, Any]], short: str) -> Mark:
    return Mark(words, run[0]["decom"], run[-1]["ends"], run[-1]["is_open"], short)


# --- Education ---


def schools(past: History, child: Child) -> list[Mark]:
    """Schools by school year, and the one that the roll names today."""
    names = school_names()
    found: list[tuple[str, int, int]] = []
    for row in past.rows:
        if row["school"] and found and found[-1][0] == row["school"] and found[-1][2] == row["year"] - 1:
            found[-1] = (row["school"], found[-1][1], row["year"])
        elif row["school"]:
            found.append((row["school"], row["year"], row["year"]))
    marks = []
    for urn, first, last in found:
        name = names.get(urn, f"URN {urn}")
        when = school_year(first) if first == last else f"{school_year(first)} to {school_year(last)}"
        marks.append(Mark(name, datetime.date(first - 1, 9, 1), datetime.date(last, 8, 31), short=name, when=f"School year {when}"))
    roll = roll_of(child.la)
    if child.entry is not None and roll is not None:
        name = child.entry.school_name or names.get(
            child.entry.school, f"URN {child.entry.school}" if child.entry.school else "No school place"
        )
        goes_on = bool(found) and found[-1][0] == child.entry.school and marks[-1].ends is not None
        if goes_on:
            marks[-1] = replace(marks[-1], ends=None, is_open=True, when=f"{marks[-1].when}, and on the roll of {day(roll.as_of)}")
        else:
            begins = min(max((mark.ends + DAY for mark in marks if mark.ends), default=roll.as_of), roll.as_of)
            marks.append(Mark(name, begins, None, True, name, when=f"Roll of {day(roll.as_of)}"))
    return marks


def attendance(engine: Engine, past: History) -> list[Mark]:
    """Sessions missed by year, and by term where the files have terms."""
    marks = []
    for row in past.rows:
        if row["sessions_possible"] and row["sessions_missed"] is not None:
            share = percent(row["sessions_missed"], row["sessions_possible"])
            words = f"{share}% of sessions missed ({row['sessions_missed']} of {row['sessions_possible']})"
            span = datetime.date(row["year"] - 1, 9, 1), datetime.date(row["year"], 7, 31)
            marks.append(Mark(words, *span, short=f"{share}%", when=f"School year {school_year(row['year'])}"))
    months = {"autumn": (9, 0), "spring": (1, 1), "summer": (4, 1)}
    query = """
        SELECT year, term, sum(sessions_possible)::INTEGER AS possible, sum(sessions_missed)::INTEGER AS missed FROM absence
        WHERE {whose} AND term IN ('autumn', 'spring', 'summer') GROUP BY year, term
    """
    for row in _of_pupil(engine, past, query) if has_terms(engine) else []:
        if row["possible"] and row["missed"] is not None:
            month, later = months[row["term"]]
            words = f"{percent(row['missed'], row['possible'])}% of sessions missed ({row['missed']} of {row['possible']})"
            when = f"{row['term'].capitalize()} term {school_year(row['year'])}"
            marks.append(Mark(words, datetime.date(row["year"] - 1 + later, month, 1), when=when, table_only=True))
    return sorted(marks, key=lambda mark: (mark.starts, mark.table_only))


@remembered
def has_terms(engine: Engine) -> bool:
    """Whether any attendance file that is held tells terms apart: a nation's has many millions of rows, and is asked only then."""
    return bool(engine.value("SELECT count(*) FROM (SELECT 1 FROM absence WHERE term IN ('autumn', 'spring', 'summer') LIMIT 1)"))


def suspensions(engine: Engine, past: History) -> list[Mark]:
    """Suspensions and permanent exclusions, each on its first day."""
    query = "SELECT DISTINCT category, start_date, sessions, year FROM exclusions WHERE {whose} AND start_date IS NOT NULL"
    with_any = [row for row in past.rows if row["suspensions"] or row["permanent_exclusions"]]
    marks = []
    for row in _of_pupil(engine, replace(past, rows=with_any), query):
        days = f", {_number(row['sessions'] / 2)} days" if row["sessions"] else ""
        kind = "Permanent exclusion" if "permanent" in (row["category"] or "") else f"Suspension{days}"
        marks.append(Mark(kind, row["start_date"], short=kind))
    return sorted(marks, key=lambda mark: mark.starts)


def results(past: History) -> list[Mark]:
    """Results of each key stage, in the summer in which they were reached."""
    marks = []
    for row in past.rows:
        for title, words in _reached(row):
            at = datetime.date(row["year"], 7, 1)
            marks.append(Mark(f"{title}: {words}", at, short=title, when=f"Summer {row['year']}"))
    return marks


def _reached(row: dict[str, Any]) -> list[tuple[str, str]]:
    yes = {True: "reached the expected standard", False: "below the expected standard", None: "not known"}
    found = []
    if row["at_early_years"]:
        found.append(("Early years", "good level of development" if row["good_development"] else "not yet a good level of development"))
    if row["phonics"] is not None:
        found.append(("Phonics", yes[row["phonics"]]))
    if row["at_multiplication"] and row["multiplication_mark"] is not None:
        found.append(("Multiplication tables", f"{row['multiplication_mark']} of 25"))
    if row["at_ks1"]:
        parts = [f"{name} {row[f'ks1_{name}']}" for name in ("reading", "writing", "maths") if row[f"ks1_{name}"]]
        found.append(("Key stage 1", ", ".join(parts) or "not known"))
    if row["at_ks2"]:
        scores = [
            f"{words} {row[f'ks2_{name}_score']}" for name, words in (("read", "reading"), ("maths", "maths")) if row[f"ks2_{name}_score"]
        ]
        writing = [f"writing {yes[row['ks2_writing_expected']]}"] if row["ks2_writing_expected"] is not None else []
        together = f"reading, writing and maths {yes[row['ks2_rwm_expected']]}"
        found.append(("Key stage 2", ", ".join([*scores, *writing, together])))
    if row["at_ks4"]:
        parts = [f"Attainment 8 {_number(row['attainment_8'])}" if row["attainment_8"] is not None else ""]
        parts.append(f"Progress 8 {_number(row['progress_8'])}" if row["progress_8"] is not None else "")
        for name, words in (("english_maths_94", "English and maths at grade 4 or above"), ("english_maths_95", "at grade 5 or above")):
            parts.append(f"{words}: {'yes' if row[name] else 'no'}" if row[name] is not None else "")
        found.append(("Key stage 4", ", ".join(filter(None, parts)) or "not known"))
    if row["at_post_16"]:
        found.append(("Post-16", f"level 3: {'yes' if row['level_3'] else 'no'}"))
    return found


def sdq(past: History) -> list[Mark]:
    marks = []
    for row in past.rows:
        if row["sdq_score"] is not None:
            band = f", {row['sdq_band']}" if row["sdq_band"] else ""
            at = datetime.date(row["year"], 3, 31)
            marks.append(Mark(f"Score {row['sdq_score']}{band}", at, short=str(row["sdq_score"]), when=f"Year to {day(at)}"))
    return marks


def missing(engine: Engine, la: str, past: History) -> list[Mark]:
    kinds = {"M": "Missing", "A": "Away without authorisation"}
    query = """
        SELECT missing, mis_start, max(mis_end) AS mis_end FROM missing WHERE la = ? AND {whose} AND mis_start IS NOT NULL
        GROUP BY missing, mis_start ORDER BY mis_start, missing
    """
    return [Mark(kinds.get(r["missing"], "Missing"), r["mis_start"], r["mis_end"]) for r in _of_child(engine, la, past, query)]


def reviews(engine: Engine, la: str, past: History) -> list[Mark]:
    query = "SELECT DISTINCT review, review_code FROM reviews WHERE la = ? AND {whose} AND review IS NOT NULL ORDER BY review, review_code"
    found = _of_child(engine, la, past, query)
    return [Mark(f"Review: {taking_part(row['review_code'])}", row["review"], short="Review") for row in found]


def plans(child: Child) -> list[Mark]:
    """Education plans of the authority, on the day of the meeting; before there was one, in the month in which the term begins."""
    begins = {"autumn": (9, 1), "spring": (1, 0), "summer": (4, 0)}
    marks = []
    for plan in Plan.objects.filter(la=child.la, token=child.token).prefetch_related("steps"):
        met = min((step.on for step in plan.steps.all() if step.state == MET), default=None)
        month, before = begins[plan.term]
        when = "" if met else f"{plan.get_term_display()} {school_year(plan.school_year)}"
        words = f"{plan.get_term_display()} {school_year(plan.school_year)} plan: {plan.get_state_display().lower()}"
        marks.append(Mark(words, met or datetime.date(plan.school_year - before, month, 1), short="Plan", when=when))
    return sorted(marks, key=lambda mark: mark.starts)


def taking_part(code: str | None) -> str:
    said = word("REVIEW_CODE", code)
    return said[:1].lower() + said[1:] if said else "how the child took part is not known"


def word(codeset: str, code: str | None) -> str:
    """What a code of the return means, in words."""
    row = next((row for row in codes.load("ssda903") if row["codeset"] == codeset and row["code"] == code), None)
    return (row["words"] or row["label"]) if row else ""


def _of_child(engine: Engine, la: str, past: History, query: str) -> list[dict[str, Any]]:
    if not past.rows:
        return []
    whose = f"child IN ({_places(past.children)}) AND year IN ({_places(past.years)})"
    return engine.rows(query.replace("{whose}", whose), [la, *past.children, *past.years])


def _of_pupil(engine: Engine, past: History, query: str) -> list[dict[str, Any]]:
    """Rows of an education file about the pupil whom the link names, in the years in which the link serves: a row of `children` has the
    pupil only then."""
    found = []
    for pupil in sorted({row["pupil"] for row in past.rows if row["pupil"]}):
        years = [row["year"] for row in past.rows if row["pupil"] == pupil]
        keys = engine.rows("SELECT identifier, kind FROM pupil_keys WHERE pupil = ?", [pupil])
        references = sorted({pupil, *(row["identifier"] for row in keys if row["kind"] == "pmr")})
        numbers = sorted({pupil, *(row["identifier"] for row in keys if row["kind"] == "upn")})
        whose = f"(pmr IN ({_places(references)}) OR (pmr IS NULL AND upn IN ({_places(numbers)}))) AND year IN ({_places(years)})"
        found += engine.rows(query.replace("{whose}", whose), [*references, *numbers, *years])
    return found


def _places(values: Sequence) -> str:
    return ", ".join("?" * len(values))


def _number(value: Any) -> str:
    text = f"{Decimal(value):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# --- Drawing: places on the axis, in the units of the picture ---

LEFT, WIDTH, LANE, TOP = 120, 1000, 34, 30
SPANS = ("#12436d", "#2073bc")
"""Spans that follow one another take turns."""


def drawn(lanes: Sequence[Lane]) -> dict[str, Any] | None:
    """The picture of the lanes that hold something: years, bars, points and their places. None where no lane does."""
    full = [lane for lane in lanes if any(not mark.table_only for mark in lane.marks)]
    if not full:
        return None
    today = clock.today()
    first = min(mark.starts for lane in full for mark in lane.marks)
    begin = datetime.date(first.year, 1, 1)
    end = max(today, max(mark.ends or mark.starts for lane in full for mark in lane.marks)) + 30 * DAY

    def across(when: datetime.date) -> float:
        return round(LEFT + (WIDTH - LEFT) * (when - begin).days / (end - begin).days, 1)

    step = max(1, math.ceil((end.year - begin.year + 1) / 12))
    years = [{"x": across(datetime.date(year, 1, 1)), "words": year} for year in range(begin.year, end.year + 1, step)]
    rows = []
    for number, lane in enumerate(full):
        top = TOP + number * LANE
        bars, points = [], []
        shown = [mark for mark in lane.marks if not mark.table_only]
        for place, mark in enumerate(shown):
            title = f"{lane.words}: {mark.words}, {mark.time}"
            if mark.ends is None and not mark.is_open:
                beside = mark.short if len(mark.short) < 4 else ""
                points.append({"x": across(mark.starts), "y": top + LANE / 2, "title": title, "words": beside})
                continue
            x, to = across(mark.starts), across(mark.ends or today)
            wide = max(to - x - 1, 2)
            fits = mark.short if len(mark.short) * 6.4 + 8 < wide else ""
            bars.append({"x": x, "y": top + 5, "wide": round(wide, 1), "fill": SPANS[place % 2], "words": fits, "title": title})
        rows.append(
            {"words": lane.words, "top": top, "middle": top + LANE / 2 + 4, "bars": bars, "points": points, "shade": number % 2 == 0}
        )
    high = TOP + len(full) * LANE
    return {
        "years": years,
        "rows": rows,
        "high": high + 8,
        "bottom": high,
        "wide": WIDTH,
        "left": LEFT,
        "today": across(today),
        "lane": LANE,
    }


def summed_up(lanes: Sequence[Lane]) -> str:
    """What the picture shows, as a sentence for who does not see it."""
    counts = [f"{len([m for m in lane.marks if not m.table_only])} under {lane.words}" for lane in lanes if lane.marks]
    return f"A timeline with {', '.join(counts)}. The table below has the same." if counts else "Nothing is held to show on a timeline."
