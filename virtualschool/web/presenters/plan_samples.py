"""Samples of plans marked twice, blind: what waits for whom, and how far two people agree."""

from fractions import Fraction
from typing import Any

from virtualschool.errors import WrongUse
from virtualschool.plans import agreement
from virtualschool.publish.rounding import percent, rounded
from virtualschool.web import children, plan_profiles
from virtualschool.web.actions import plan_quality as actions
from virtualschool.web.models import PlanSample, SampledPlan
from virtualschool.web.permissions import Viewer
from virtualschool.web.plan_dates import TermOfYear

AIM = 80
"""Percent of plans with the same grade by both that is aimed at. Chosen here."""


def listing(viewer: Viewer, term: TermOfYear) -> dict[str, Any]:
    """The samples of the authority, the newest first, and how many plans of a term have a grade."""
    made = []
    for one in PlanSample.objects.filter(la=viewer.la).select_related("made_by").order_by("-pk")[:50]:
        rows = list(one.plans.select_related("first"))
        done = [row for row in rows if row.second]
        same = sum(row.second == row.first.grade for row in done)
        term_words = TermOfYear(one.school_year, one.term).words
        made.append({"sample": one, "term": term_words, "plans": len(rows), "done": len(done), "same": same})
    return {"samples": made, "graded": len(actions.newest_grades(viewer.la, term)), "may_draw": actions.may_draw(viewer)}


def page(viewer: Viewer, sample: PlanSample) -> dict[str, Any]:
    known = {child.token: child for child in children.of(viewer)}
    rows = list(sample.plans.select_related("plan", "first", "first__made_by", "second_by").order_by("plan__pk"))
    own = viewer.person.pk if viewer.person else None
    profile = plan_profiles.held(viewer.la).profiles.get(sample.profile)
    return {
        "sample": sample,
        "term": TermOfYear(sample.school_year, sample.term).words,
        "profile": profile,
        "changed": profile is not None and profile.version != sample.profile_version,
        "lines": [line(row, known.get(row.plan.token), own) for row in rows],
        "done": sum(bool(row.second) for row in rows),
        "of": len(rows),
        **agreed(rows, profile.grades if profile else ()),
    }


def line(row: SampledPlan, child: children.Child | None, own: int | None) -> dict[str, Any]:
    """A plan of a sample for one viewer: a mark of another person only once both are in."""
    is_first, both = row.first.made_by_id == own, bool(row.second)
    differ = both and row.second != row.first.grade
    return {
        "row": row,
        "child": child,
        "first": row.first.grade if both or is_first else "",
        "first_by": row.first.by,
        "second": row.second if both else "",
        "differ": differ,
        "may_mark": child is not None and not both and not is_first,
        "may_agree": child is not None and differ and not row.agreed,
        "waits": "Waits for a mark by someone else" if not both and is_first else "",
    }


def agreed(rows: list[SampledPlan], grades: tuple[str, ...]) -> dict[str, Any]:
    """Agreement over the plans that both have marked: the share that is the same, kappa plain and weighted, and the table."""
    pairs = [(row.first.grade, row.second) for row in rows if row.second and {row.first.grade, row.second} <= set(grades)]
    if not pairs:
        return {"kappas": [], "share": None}
    try:
        table = agreement.table_of(pairs, grades)
        found = [agreement.kappa(table, weights) for weights in ("none", "linear")]
    except WrongUse:
        return {"kappas": [], "share": None}
    return {
        "kappas": [
            {
                "words": "Kappa" if one.weights == "none" else "Kappa, near misses in part",
                "value": _two(one.value),
                "low": _two(one.low),
                "high": _two(one.high),
                "note": one.note,
            }
            for one in found
        ],
        "share": percent(found[0].same, found[0].plans),
        "same": found[0].same,
        "pairs": found[0].plans,
        "aim": AIM,
        "is_enough": 100 * found[0].same >= AIM * found[0].plans,
        "table": [{"grade": grade, "counts": row} for grade, row in zip(grades, table, strict=True)],
        "grades": grades,
    }


def _two(value: float | None) -> str:
    return "" if value is None else str(rounded(Fraction(value), 2))
