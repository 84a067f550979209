"""Readiness for inspection as pages show it: what differs, area by area, and the failings that reports name most, tested here.

Figures are as everybody may see them. What the plans say is counted from the plans that are written here, in the term of the day, by every
rule of plans that tests a failing; a rule that can tell of no plan is not among them.
"""

import functools
from collections import Counter
from typing import Any

from virtualschool import measures, years
from virtualschool.errors import VirtualSchoolError
from virtualschool.frameworks import Framework, keeping, register
from virtualschool.frameworks.readiness import FAILINGS, WORSE, PlansChecked, Readiness
from virtualschool.frameworks.readiness import readiness as found_in
from virtualschool.frameworks.register import Register
from virtualschool.plans.judging import judge_plan
from virtualschool.plans.rules import MET, NOT_MET
from virtualschool.reports import wording
from virtualschool.web import children, clock, plan_dates, plan_profiles, plan_records, stores
from virtualschool.web.models import Plan, PlanMark
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import evaluation_figures as figures
from virtualschool.web.presenters.figures_asked import Screen, newest, served, years_held

VERDICTS = {
    "worse": ("Worse here", "red"),
    "plans fail": ("Found in plans here", "orange"),
    "better": ("Better here", "green"),
    "plans pass": ("Not found in plans here", "green"),
    "nothing that can be told": ("Cannot tell", "grey"),
    "a figure to look at": ("A figure to look at", "blue"),
    "not tested": ("Nothing here to test it on", "grey"),
}
YEARS_OFFERED = 4
EACH_TERM = "PEP-T04"
RULES = {rule for failing in FAILINGS for rule in failing.plan_rules}


def year_of(viewer: Viewer, asked: int | None) -> int:
    """The year that was asked for, or the newest with results at 16, of which most figures are."""
    snapshot = stores.snapshot()
    if asked in years_held(snapshot):
        return asked  # type: ignore[return-value]
    try:
        return newest(snapshot, "attainment_8", "", viewer.la)
    except (VirtualSchoolError, IndexError, KeyError):  # The store holds no results: the newest year of care will do.
        return stores.newest_year(snapshot, viewer.la) or max(years_held(snapshot))


def ready(viewer: Viewer, framework: Framework, year: int) -> Readiness:
    snapshot = stores.snapshot()
    kept = keeping.held(snapshot.store.path, keeping.ELSEWHERE, viewer.la)
    checked = tuple(sorted((rule, one.checked, one.failed) for rule, one in plans_checked(viewer.la).items()))
    return _ready(str(snapshot.store.path), snapshot.name, framework.id, viewer.la, year, kept.sha256 if kept else "", checked)


@functools.lru_cache(maxsize=64)
def _ready(path: str, snapshot: str, framework: str, la: str, year: int, listed: str, checked: tuple) -> Readiness:
    from virtualschool.frameworks import named

    plans = {rule: PlansChecked(number, failed) for rule, number, failed in checked}
    given = figures.given(la)
    held = served(path, snapshot)
    return found_in(held, named(framework), la, year=year, elsewhere=given, plans=plans, asking=Screen(held))


def plans_checked(la: str) -> dict[str, PlansChecked]:
    """What the rules of plans find in the plans of this term, for every rule that tests a failing.

    A person's mark goes before the program's. Whether this term's plan is there in time is counted of every child who should have one,
    the other rules of plans that are no drafts. A rule that cannot tell, or does not apply, checked nothing.
    """
    today = clock.today()
    current = {child.token: child for child in children.everyone(la) if child.is_current}
    due = [one for one in plan_dates.standings(la, list(current.values()), plan_dates.term_on(la, today), today) if one.is_due]
    found: dict[str, PlansChecked] = {}
    if due:
        found[EACH_TERM] = PlansChecked(len(due), sum(one.state == "overdue" for one in due))
    begun = [one.plan for one in due if one.plan is not None and one.plan.state != "draft"]
    limits = plan_profiles.held(la).limits
    marks = marked(begun)
    number: Counter[tuple[str, str]] = Counter()
    for plan, record in plan_records.records(begun, current).items():
        for one in judge_plan(record, today, limits):
            number[one.rule, marks.get((plan, one.rule), one.state)] += 1
    for rule in RULES - {EACH_TERM}:
        if checked := number[rule, MET] + number[rule, NOT_MET]:
            found[rule] = PlansChecked(checked, number[rule, NOT_MET])
    return found


def marked(plans: list[Plan]) -> dict[tuple[int, str], str]:
    """The newest mark that a person gave a rule of a plan in its present version, those taken back left out."""
    version = {plan.pk: plan.version for plan in plans}
    newest = {
        (one.plan_id, one.rule): one.mark
        for one in PlanMark.objects.filter(plan__in=plans).order_by("pk")
        if one.version == version[one.plan_id]
    }
    return {key: mark for key, mark in newest.items() if mark}


def page(viewer: Viewer, framework: Framework, year: int) -> dict[str, Any]:
    """Everything of the page on readiness."""
    found = ready(viewer, framework, year)
    return {
        "year": year,
        "years": sorted(years_held(stores.snapshot()), reverse=True)[:YEARS_OFFERED],
        "areas": [area(one) for one in found.areas],
        "not_of_an_area": [differing(row) for row in found.elsewhere],
        "failings": [failing(one) for one in found.failings],
        "notes": found.told.notes,
        "marks": found.told.marks,
    }


def area(one: dict[str, Any]) -> dict[str, Any]:
    def titles(name: str) -> list[str]:
        return [measures.ALL[measure].title for measure in one[name]]

    return {
        "judgement": one["judgement"],
        "title": one["title"],
        "worse": [differing(row) for row in one["differs"] if row["tone"] == WORSE],
        "others": [differing(row) for row in one["differs"] if row["tone"] != WORSE],
        "too_few": titles("too_few_children"),
        "hidden": titles("hidden"),
        "no_figure": titles("no_figure"),
    }


def differing(row: dict[str, Any]) -> dict[str, Any]:
    measure = measures.ALL[row["measure"]]
    low, high = row["difference_low"], row["difference_high"]
    return {
        "measure": measure,
        "when": years.label(row["year"]),
        "beside": {"england": "England", "neighbours": "statistical neighbours"}.get(row["beside"], row["beside"]),
        "value": wording.amount(row["value"], measure),
        "other": wording.amount(row["other_value"], measure),
        "difference": wording.gap(row["difference"], measure),
        "interval": "" if low is None else f"{wording.number(low, measure.decimals)} to {wording.number(high, measure.decimals)}",
        "way": "above" if row["way"] == "above" else "below",
        "tone": row["tone"],
        "pupils": row["pupils"],
    }


def failing(one: dict[str, Any]) -> dict[str, Any]:
    words, tag = VERDICTS[one["verdict"]]
    tested = [f"{row['title']}: {VERDICTS.get(row['verdict'], (row['verdict'],))[0].lower()}" for row in one["measures"]]
    tested += [f"{row['failed']} of {row['checked']} plans this term fail {row['rule']}" for row in one["plans"]]
    return {
        "name": one["failing"],
        "words": one["words"],
        "reports": one["reports"],
        "of": one["of"],
        "since": one["from_2018"],
        "criterion": one["criterion"],
        "verdict": words,
        "tag": tag,
        "tested": tested,
        "figures": [
            f"{figures.INDICATORS[row['indicator']].title}: {figures.with_unit(row['value'], row['unit'])}" for row in one["figures"]
        ],
        "without": [figures.INDICATORS[name].title for name in one["without"]],
    }


# --- The register of outcomes ---


def register_of(la: str) -> Register | None:
    """The register that an authority gave, else the one that was given for all; None where there is none."""
    snapshot = stores.snapshot()
    kept = keeping.held(snapshot.store.path, keeping.OUTCOMES, la) or keeping.held(snapshot.store.path, keeping.OUTCOMES)
    return _register(str(snapshot.store.path), snapshot.name, str(kept.path)) if kept and kept.path.exists() else None


@functools.lru_cache(maxsize=8)
def _register(path: str, snapshot: str, file: str) -> Register:
    import pathlib

    return register.read(pathlib.Path(file), stores.places(served(path, snapshot)))
