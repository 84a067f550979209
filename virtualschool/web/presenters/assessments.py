"""Teachers' assessments as pages show them: those of a child by term and subject, and a class's in one subject."""

from collections import defaultdict
from typing import Any

from virtualschool.web import children, plan_dates
from virtualschool.web.actions import assessments as actions
from virtualschool.web.actions.plans import kind_of
from virtualschool.web.children import Child
from virtualschool.web.models import TeacherAssessment
from virtualschool.web.permissions import Viewer
from virtualschool.web.plan_dates import TermOfYear
from virtualschool.web.presenters import children_facts
from virtualschool.web.presenters.children_changes import school_names

WORDS = {True: "On track", False: "Not on track", None: "Not told"}
TAGS = {True: "green", False: "red", None: "grey"}


def line(one: TeacherAssessment) -> dict[str, Any]:
    return {
        "one": one,
        "subject": one.subject,
        "phase": WORDS[one.from_phase],
        "phase_tag": TAGS[one.from_phase],
        "entry": WORDS[one.from_entry],
        "entry_tag": TAGS[one.from_entry],
    }


def of_child(child: Child, terms: int = 6) -> list[dict[str, Any]]:
    """The assessments of a child by term, the newest first: each term with its lines and how many are on track."""
    by_term: dict[tuple[int, str], list[TeacherAssessment]] = defaultdict(list)
    for one in actions.newest(child.la, [child.token]):
        by_term[one.school_year, one.term].append(one)
    made = []
    for key in sorted(by_term, key=lambda key: TermOfYear(*key).place, reverse=True)[:terms]:
        own = sorted(by_term[key], key=lambda one: one.subject.casefold())
        made.append({"term": TermOfYear(*key).words, "key": TermOfYear(*key).key, "lines": [line(one) for one in own], **counted(own)})
    return made


def of_term(child: Child, term: TermOfYear) -> list[dict[str, Any]]:
    own = actions.newest(child.la, [child.token], term)
    return [line(one) for one in sorted(own, key=lambda one: one.subject.casefold())]


def counted(own: list[TeacherAssessment]) -> dict[str, Any]:
    """How many subjects are on track from each starting point, of those of which it is told."""
    made = {}
    for name in ("phase", "entry"):
        told = [getattr(one, f"from_{name}") for one in own if getattr(one, f"from_{name}") is not None]
        made[name] = f"{sum(told)} of {len(told)}" if told else ""
    return made


def subjects_of(child: Child, held: list[TeacherAssessment]) -> list[str]:
    """The subjects that a child's form offers: those of the phase, and those that were assessed before."""
    kind = kind_of(str(children_facts.year_group(child) or ""))
    known = list(actions.SUBJECTS[kind])
    folded = {one.casefold() for one in known}
    return known + sorted({one.subject for one in held if one.subject.casefold() not in folded}, key=str.casefold)


def before(held: list[TeacherAssessment]) -> dict[str, TeacherAssessment]:
    """The newest assessment of each subject, in any term: its baselines stand in the form of a new one."""
    found: dict[str, TeacherAssessment] = {}
    for one in sorted(held, key=lambda one: TermOfYear(one.school_year, one.term).place):
        found[one.subject.casefold()] = one
    return found


def group(viewer: Viewer, term: TermOfYear, school: str) -> tuple[list[Child], list[tuple[str, str]]]:
    """The children whom a viewer may assess, at one school, by name; and the schools to choose from with their names."""
    seen = [child for child in children.of(viewer) if child.is_current and actions.may_assess(viewer, child)]
    seen = [child for child in seen if child.kinds is None or "plan" in child.kinds]
    names = school_names()
    schools = sorted(
        {(str(child.school or ""), names.get(child.school, f"URN {child.school}") if child.school else "No school") for child in seen},
        key=lambda one: one[1],
    )
    mine = [child for child in seen if str(child.school or "") == school] if school != "all" else seen
    return sorted(mine, key=lambda child: (child.name.casefold(), child.token)), schools


def subjects_offered(viewer: Viewer) -> list[str]:
    """Every subject that a class may be assessed in: ours, and those used here."""
    ours = list(dict.fromkeys(subject for subjects in actions.SUBJECTS.values() for subject in subjects))
    folded = {one.casefold() for one in ours}
    used = TeacherAssessment.objects.filter(la=viewer.la).order_by().values_list("subject", flat=True).distinct()
    return ours + sorted({one for one in used if one.casefold() not in folded}, key=str.casefold)


def terms(la: str, today: Any) -> list[TermOfYear]:
    return plan_dates.known_terms(la, today)[:9]
