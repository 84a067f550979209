"""Readiness for inspection as pages show it: what differs, area by area, and the failings that reports name most, tested here.

Figures are as everybody may see them. What the plans say is counted from the plans that are written here, in the term of the day; a rule
that nothing here can count is left to whoever checks plans.
"""

import functools
from typing import Any

from virtualschool import measures, years
from virtualschool.errors import VirtualSchoolError
from virtualschool.frameworks import Framework, keeping, register
from virtualschool.frameworks.readiness import WORSE, PlansChecked, Readiness
from virtualschool.frameworks.readiness import readiness as found_in
from virtualschool.frameworks.register import Register
from virtualschool.reports import wording
from virtualschool.web import children, clock, plan_dates, stores
from virtualschool.web.models import PlanTarget, PlanText
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
    """What can be counted of the plans of this term by the rules of plans: whether each is there in time, has the child's view, and targets
    that are precise."""
    today = clock.today()
    current = [child for child in children.everyone(la) if child.is_current]
    due = [one for one in plan_dates.standings(la, current, plan_dates.term_on(la, today), today) if one.is_due]
    found: dict[str, PlansChecked] = {}
    if due:
        found["PEP-T04"] = PlansChecked(len(due), sum(one.state == "overdue" for one in due))
    begun = [one.plan for one in due if one.plan is not None]
    if begun:
        newest_texts = {
            (text.plan_id, text.field): text for text in PlanText.objects.filter(plan__in=begun, section="child").order_by("pk")
        }
        heard = {plan for (plan, _), text in newest_texts.items() if text.words.strip() or text.not_today}
        held = [plan for plan in begun if plan.state != "draft"]
        if held:
            found["PEP-V01"] = PlansChecked(len(held), sum(plan.pk not in heard for plan in held))
        targets: dict[tuple[int, int], PlanTarget] = {}
        for row in PlanTarget.objects.filter(plan__in=begun).order_by("pk"):
            targets[row.plan_id, row.number] = row
        by_plan: dict[int, list[bool]] = {}
        for row in targets.values():
            if not row.withdrawn:
                by_plan.setdefault(row.plan_id, []).append(bool(row.precise))
        if by_plan:
            found["PEP-G02"] = PlansChecked(len(by_plan), sum(not all(precise) for precise in by_plan.values()))
    return found


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
