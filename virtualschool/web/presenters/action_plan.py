"""The action plan as pages and files show it: actions with their progress, proposals to take on, what was asked for, and capacity."""

import functools
from collections.abc import Sequence
from typing import Any

from virtualschool import measures, years
from virtualschool.errors import VirtualSchoolError
from virtualschool.frameworks import Framework, frameworks
from virtualschool.frameworks import action_plan as plans
from virtualschool.frameworks.action_plan import Action, Progress, Reading, progress
from virtualschool.frameworks.readiness import WORSE
from virtualschool.publish.goals import record_told
from virtualschool.reports import wording
from virtualschool.reports.contents import HEADLINES
from virtualschool.web import clock, stores
from virtualschool.web.actions import action_plan as actions
from virtualschool.web.actions.evaluation import grades
from virtualschool.web.models import ActionResult, PlannedAction, ProposalPassed, Recommendation
from virtualschool.web.models.action_plan import ORIGINS, STATES
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import evaluation, readiness
from virtualschool.web.presenters import evaluation_figures as figures
from virtualschool.web.presenters.figures_asked import Figures, served

VERDICTS = {
    plans.MET: ("Met", "green"),
    plans.MISSED: ("Missed", "red"),
    plans.CANNOT_TELL: ("Cannot tell", "grey"),
    plans.TOO_FEW: ("Too few children to tell", "grey"),
    plans.NOT_YET: ("No figure yet", "blue"),
    plans.NO_FIGURE: ("No figure", "grey"),
    plans.HIDDEN: ("Hidden: few children", "grey"),
    plans.NO_TARGET: ("No target", "grey"),
}


# --- The plan ---


def year_now() -> int:
    """The school year of today: the plan that people work on."""
    return years.school_year_of(clock.today())


def listed(viewer: Viewer, year: int) -> dict[str, Any]:
    """The plan of a year by priority, with progress read from the figures now."""
    rows = actions.rows(viewer.la, year=year)
    lines = [line(viewer, row) for row in rows]
    priorities: dict[str, list[dict[str, Any]]] = {}
    for one in lines:
        priorities.setdefault(one["row"].priority, []).append(one)
    held = sorted({row.year for row in actions.rows(viewer.la)} | {year_now()}, reverse=True)
    return {
        "year": year,
        "years": held,
        "priorities": priorities,
        "counts": plans.counted([one["action"] for one in lines], clock.today()),
        "number": len(lines),
    }


def line(viewer: Viewer, row: PlannedAction, figures_asked: Figures | None = None) -> dict[str, Any]:
    """One action with its progress, what is late of it, and what was noted last."""
    today = clock.today()
    noted = ActionResult.objects.filter(la=row.la, action=row.key).order_by("-pk").first()
    action = actions.action_of(row, noted)
    reading = figures.reading(viewer, row.measure, row.target_year, figures_asked) if row.measure else None
    told = progress(action, reading)
    words, tag = VERDICTS[told.verdict]
    return {
        "row": row,
        "action": action,
        "reading": reading,
        "told": told,
        "verdict": words,
        "tag": tag,
        "measure": measures.ALL.get(row.measure),
        "target": amount(row.target, row.measure),
        "baseline": amount(row.baseline, row.measure),
        "is_late": action.is_late(today),
        "late_milestones": action.late_milestones(today),
        "milestones": [
            {"number": number, "milestone": one, "is_late": one in action.late_milestones(today)}
            for number, one in enumerate(action.milestones)
        ],
        "state": STATES[row.status],
        "noted": noted,
    }


def amount(value: Any, name: str) -> str:
    if value is None:
        return ""
    measure = measures.ALL.get(name)
    return wording.amount(value, measure) if measure else f"{value.normalize():f}"


def action_page(viewer: Viewer, row: PlannedAction) -> dict[str, Any]:
    """One action: everything of it, its results, and how it came to read so."""
    versions = list(PlannedAction.objects.filter(la=row.la, key=row.key).select_related("made_by").order_by("-pk"))
    results = ActionResult.objects.filter(la=row.la, action=row.key).select_related("made_by").order_by("-pk")
    later = PlannedAction.objects.standing(row.la, key=row.carried_to).first() if row.carried_to else None
    titles = titles_of(row.criteria)
    return {
        **line(viewer, row),
        "criteria": titles,
        "indicators": [figures.INDICATORS[name] for name in row.indicators if name in figures.INDICATORS],
        "given": given(viewer, row),
        "origin": ORIGINS.get(row.origin, row.origin),
        "later": later,
        "results": [{"row": one, "verdict": VERDICTS[one.verdict][0], "value": result_words(one, row.measure)} for one in results],
        "versions": changes(versions),
    }


def result_words(one: ActionResult, name: str) -> str:
    measure = measures.ALL.get(name)
    if one.value is None or measure is None:
        return "hidden" if one.symbol == "c" else "no figure"
    row = {"value": one.value, "low": one.low, "high": one.high}
    return wording.amount(one.value, measure) + (f" ({said})" if (said := wording.interval(row, measure)) else "")


def given(viewer: Viewer, row: PlannedAction) -> list[Any]:
    """The newest figures from elsewhere of an action's indicators."""
    held = figures.given(viewer.la)
    return [figures.of_given(held.of(name)[0]) for name in row.indicators if held and held.of(name)]


def titles_of(names: Sequence[str]) -> list[dict[str, str]]:
    """Criteria in words, each with the framework that it stands in."""
    found = []
    for name in names:
        for framework in frameworks().values():
            if name in framework.judgements or any(one.id == name for one in framework.criteria):
                found.append({"framework": framework.id, "name": name, "words": evaluation.titled(framework, name)})
                break
    return found


LOUD = {
    "priority": "priority", "words": "action", "owner_name": "lead", "start": "first day", "due": "due", "criteria": "criteria",
    "measure": "measure", "baseline": "baseline", "target": "target", "target_year": "target year", "success": "how success is known",
    "milestones": "milestones",
    "support": "who helps", "resource": "resource", "risk": "risk", "board": "reported to", "status": "status", "impact": "what changed",
    "evidence": "how it is known", "note": "reason",
}  # fmt: skip


def changes(versions: Sequence[PlannedAction]) -> list[dict[str, Any]]:
    """What each version changed, the newest first."""
    found = []
    for number, row in enumerate(versions):
        before = versions[number + 1] if number + 1 < len(versions) else None
        what = [words for name, words in LOUD.items() if before and getattr(row, name) != getattr(before, name)]
        found.append({"row": row, "what": f"Changed: {', '.join(what)}" if before and what else "Saved again" if before else "Written"})
    return found


def summary(viewer: Viewer) -> dict[str, Any]:
    """What the first page says of the plan: counts, and what is late."""
    today = clock.today()
    rows = actions.rows(viewer.la, year=year_now())
    listed_actions = [actions.action_of(row) for row in rows]
    late = [row for row, action in zip(rows, listed_actions, strict=True) if action.is_late(today) or action.late_milestones(today)]
    return {"counts": plans.counted(listed_actions, today), "late": late, "year": year_now(), "number": len(rows)}


# --- Proposals ---


def proposals(viewer: Viewer, framework: Framework, year: int) -> dict[str, Any]:
    """What could be taken into the plan: gaps that were recorded, areas without evidence, figures that differ for the worse, failings that
    the figures or plans here show, what was asked for, and what is open of earlier years. A person takes each on, or says why not."""
    taken = set(PlannedAction.objects.filter(la=viewer.la, year=year).exclude(proposal="").values_list("proposal", flat=True))
    passed = {one.proposal: one for one in ProposalPassed.objects.filter(la=viewer.la, year=year).select_related("made_by")}
    found = [*of_gaps(viewer, framework), *of_figures(viewer, framework), *of_requests(viewer), *of_earlier(viewer, year)]
    return {
        "waiting": [one for one in found if one["key"] not in taken and one["key"] not in passed],
        "taken": [one for one in found if one["key"] in taken],
        "passed": [{**one, "answer": passed[one["key"]]} for one in found if one["key"] in passed],
    }


def proposal(key: str, origin: str, words: str, why: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "origin": origin, "origin_words": ORIGINS[origin], "words": words, "why": why,
            "criteria": [], "measure": "", "priority": "", "earlier": None, **more}  # fmt: skip


def of_gaps(viewer: Viewer, framework: Framework) -> list[dict[str, Any]]:
    records = evaluation.Records(viewer, framework)
    found = []
    for judgement in framework.judgements.values():
        ids = [one.id for one in judgement.criteria]
        for name in (*ids, judgement.id):
            for row in records.findings.get(name, []):
                if row.side == "gap":
                    found.append(
                        proposal(
                            f"gap:{row.key}",
                            plans.EVIDENCE_GAP,
                            row.action or f"Close the gap: {row.words}",
                            f"A gap was recorded, weight {row.get_weight_display().lower()}: {row.words}",
                            criteria=[name],
                            priority=judgement.title,
                        )
                    )
        bare = [name for name in ids if not records.evidence.get(name)]
        if bare and len(bare) < len(ids):
            found.append(
                proposal(
                    f"evidence:{framework.id}:{judgement.id}",
                    plans.EVIDENCE_GAP,
                    f"Gather evidence: {judgement.title}",
                    f"{len(bare)} of {len(ids)} criteria have no evidence of any kind.",
                    criteria=bare[:5],
                    priority="Know ourselves",
                )
            )
    return found


def of_figures(viewer: Viewer, framework: Framework) -> list[dict[str, Any]]:
    try:
        ready = readiness.ready(viewer, framework, readiness.year_of(viewer, None))
    except VirtualSchoolError:
        return []  # A store without returns or results has nothing to compare.
    by_measure: dict[str, list[Any]] = {}
    for area in ready.areas:
        for row in area["differs"]:
            if row["tone"] == WORSE:
                by_measure.setdefault(row["measure"], []).append({**row, "judgement": area["judgement"]})
    found = []
    for name, rows in by_measure.items():
        shown = [readiness.differing(row) for row in rows]
        beside = wording.listed(list(dict.fromkeys(f"{one['beside']} ({one['other']})" for one in shown)))
        judgement = rows[0]["judgement"]
        resting = [
            one.id
            for one in framework.judgements[judgement].criteria
            if any(name in figures.INDICATORS[figure].measures for figure in one.figures)
        ]
        found.append(
            proposal(
                f"exception:{name}",
                plans.EXCEPTION,
                f"Change what lies behind: {measures.ALL[name].title}",
                f"{measures.ALL[name].title} was {shown[0]['value']} in {shown[0]['when']}, {shown[0]['way']} {beside} by more than "
                "chance.",
                criteria=resting or [judgement],
                measure=name,
                priority=framework.judgements[judgement].title,
            )
        )
    for one in ready.failings:
        if one["verdict"] in ("worse", "plans fail"):
            shown_failing = readiness.failing(one)
            known = one["criterion"] in {criterion.id for criterion in framework.criteria}
            found.append(
                proposal(
                    f"failing:{one['failing']}",
                    plans.FAILING,
                    f"Put right: {one['words']}",
                    f"{one['reports']} of {one['of']} reports name it. Here: {'; '.join(shown_failing['tested'])}.",
                    criteria=[one["criterion"]] if known else [],
                    priority="Education plans",
                )
            )
    return found


def of_requests(viewer: Viewer) -> list[dict[str, Any]]:
    return [
        proposal(
            f"recommendation:{row.key}",
            plans.RECOMMENDATION,
            row.words,
            f"{'A required action' if row.required else 'Recommended'} by {row.source}, due {row.due:%-d %B %Y}.",
            criteria=[row.about],
            priority="What was asked of us",
        )
        for row in Recommendation.objects.standing(viewer.la)
        if row.done is None
    ]


def of_earlier(viewer: Viewer, year: int) -> list[dict[str, Any]]:
    return [
        proposal(
            f"last:{row.key}",
            plans.LAST_YEAR,
            row.words,
            f"Open in the plan of {years.label(row.year)} ({row.ref}), lead {row.owner_name}.",
            criteria=list(row.criteria),
            measure=row.measure,
            priority=row.priority,
            earlier=row,
        )
        for row in actions.rows(viewer.la)
        if row.year < year and row.status == plans.OPEN
    ]


# --- What was asked for ---


def recommendations(viewer: Viewer) -> list[dict[str, Any]]:
    """Recommendations and required actions: those that wait first, by the day on which they are due."""
    today = clock.today()
    answered: dict[str, list[PlannedAction]] = {}
    for row in PlannedAction.objects.standing(viewer.la).exclude(proposal=""):
        answered.setdefault(row.proposal, []).append(row)
    lines = []
    for row in Recommendation.objects.standing(viewer.la).select_related("owner__person"):
        framework = frameworks().get(row.framework)
        lines.append(
            {
                "row": row,
                "about": evaluation.titled(framework, row.about) if framework else row.about,
                "is_late": row.done is None and today > row.due,
                "actions": answered.get(f"recommendation:{row.key}", []),
            }
        )
    return sorted(lines, key=lambda one: (one["row"].done is not None, one["row"].due))


# --- Capacity to improve ---


def capacity(viewer: Viewer, framework: Framework) -> dict[str, Any]:
    """What speaks to capacity to improve: what was asked for and done, what plans delivered, what moved since the last inspection."""
    judgement = next((one for one in framework.judgements.values() if one.role == "capacity"), None)
    register = readiness.register_of(viewer.la)
    last = register.latest(viewer.la, graded=False) if register else None
    asked = recommendations(viewer)
    by_year: dict[int, list[Action]] = {}
    for row in actions.rows(viewer.la):
        by_year.setdefault(row.year, []).append(actions.action_of(row))
    records = evaluation.Records(viewer, framework)
    return {
        "judgement": judgement,
        "line": evaluation.area_line(records, judgement) if judgement else None,
        "grades": grades(viewer.la, framework),
        "last": last,
        "asked": {
            "all": len(asked),
            "in_time": sum(one["row"].done is not None and one["row"].done <= one["row"].due for one in asked),
            "afterwards": sum(one["row"].done is not None and one["row"].done > one["row"].due for one in asked),
            "late": sum(one["is_late"] for one in asked),
            "waiting": sum(one["row"].done is None and not one["is_late"] for one in asked),
        },
        "plans": [
            {"year": year, "number": len(held), **plans.counted(held, clock.today())}
            for year, held in sorted(by_year.items(), reverse=True)
        ],
        "moved": moved(viewer.la, last.date.isoformat()) if last else [],
    }


def moved(la: str, since: str) -> list[dict[str, Any]]:
    snapshot = stores.snapshot()
    return _moved(str(snapshot.store.path), snapshot.name, la, since)


@functools.lru_cache(maxsize=32)
def _moved(path: str, snapshot: str, la: str, since: str) -> list[dict[str, Any]]:
    """The headline measures since a day, as everybody may see them: the last year before it, the newest, and what changed."""
    told = record_told(served(path, snapshot), HEADLINES, la=la, since=since)
    by_measure: dict[str, list[dict[str, Any]]] = {}
    for row in told.rows:
        by_measure.setdefault(row["measure"], []).append(row)
    lines = []
    for name, rows in by_measure.items():
        measure, first, newest = measures.named(name), rows[0], rows[-1]
        lines.append(
            {
                "title": measure.title,
                "first": f"{figures.value_of(first, measure)} ({years.label(first['year'])})",
                "newest": f"{figures.value_of(newest, measure)} ({years.label(newest['year'])})",
                "changed": newest["changed"] if newest["change_from"] is not None else "one year only",
            }
        )
    return lines


# --- Files ---


def for_files(viewer: Viewer, year: int, release_as: str) -> tuple[list[Action], list[Progress]]:
    """The actions of a year with their progress, for a file: its figures are a release, held against those before."""
    rows = actions.rows(viewer.la, year=year)
    names = list(dict.fromkeys(row.measure for row in rows if row.measure))
    asked = figures.asked_of(viewer, names, release_as=release_as) if names else None
    made, told = [], []
    for row in rows:
        reading: Reading | None = figures.reading(viewer, row.measure, row.target_year, asked) if row.measure else None
        action = actions.action_of(row)
        made.append(action)
        told.append(progress(action, reading))
    if asked:
        asked.enter()
    return made, told
