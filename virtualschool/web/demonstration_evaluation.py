"""Self-evaluation and an action plan of an invented authority, and an invented register of outcomes. Every word and grade is invented."""

import csv
import dataclasses
import datetime
import io
import pathlib
import random
import tempfile
from decimal import Decimal
from fractions import Fraction
from typing import Any

from virtualschool.frameworks import Framework, action_plan_file, evaluation_file, frameworks, judge, keeping
from virtualschool.frameworks.framework import OVERALL
from virtualschool.publish.rounding import rounded
from virtualschool.web import clock, stores
from virtualschool.web.actions import action_plan as plans
from virtualschool.web.actions import evaluation as actions
from virtualschool.web.models import (
    EvaluationEvidence,
    EvaluationFinding,
    EvaluationGrade,
    EvaluationOwner,
    PlannedAction,
    Recommendation,
)
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import evaluation, evaluation_figures
from virtualschool.years import school_year_of

WHO = "Demonstration"
DAY = datetime.timedelta(days=1)
CARE = "ilacs.children_in_care"
PEP, INCLUSION, PROGRESS, SCHOOL, EET = (
    f"{CARE}.pep", f"{CARE}.attendance_inclusion", f"{CARE}.progress", f"{CARE}.virtual_school", "ilacs.care_leavers.eet",
)  # fmt: skip
OWNED = {PEP: 0, INCLUSION: 1, PROGRESS: 1, SCHOOL: 0, EET: 0}
"""Criteria that somebody owns, by the place of the owner among the members."""
DOCUMENTS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        PEP,
        "document",
        "audit_report",
        "Thirty plans were read: most are complete, and targets are precise in about half.",
        "Invented audit, spring",
    ),
    (
        INCLUSION,
        "document",
        "minutes",
        "The attendance panel met each week and looked at every child below 90%.",
        "Invented panel, minutes of May",
    ),
    (SCHOOL, "document", "training_record", "Training on attachment was given to 62 designated teachers.", "Invented training log"),
    (
        PEP,
        "voice",
        "",
        "Children say that meetings are shorter now, and that they still hear too late what was decided.",
        "Invented council, June",
    ),
    (INCLUSION, "voice", "", "Children say that a lift on the first morning after a move made the difference.", "Invented survey, spring"),
)
FINDINGS: tuple[tuple[str, str, str, str, str], ...] = (
    (PEP, "strength", "Plans are there and reviewed each term for nearly every child.", "some", ""),
    (PEP, "gap", "Targets of older children are vague.", "great", "Coach designated teachers on precise targets"),
    (
        INCLUSION,
        "gap",
        "Absence rises in the weeks after a placement move.",
        "great",
        "A school place and transport agreed before each move",
    ),
    (INCLUSION, "strength", "Nobody was permanently excluded.", "great", ""),
    (EET, "gap", "Little is known of those who left learning at 17.", "some", ""),
)
PINNED = ((INCLUSION, "persistent_absence"), (PROGRESS, "attainment_8"), (EET, "leavers_eet"))
ACTIONS: tuple[dict[str, Any], ...] = (
    {"priority": "Be in school", "words": "Agree a school place and transport before a placement moves",
     "measure": "persistent_absence",
     "criteria": [INCLUSION], "due": 120, "share": Decimal("0.9"),
     "milestones": [("Protocol agreed with placements team", -40, True), ("First term of moves reviewed", -6, False),
                    ("Second review", 90, False)]},
    {"priority": "Be in school", "words": "Ring home and school by ten on the first day of absence",
     "measure": "absence_rate", "criteria": [INCLUSION],
     "due": -12, "share": Decimal("0.95"), "milestones": []},
    {"priority": "Plans that help", "words": "Coach designated teachers on precise targets",
     "measure": "", "criteria": [PEP], "due": 60,
     "success": "Nine targets in ten are precise when thirty plans are read again", "indicators": ["pep_smart_target_pct"],
     "milestones": [("Four half-day sessions held", 20, False)]},
    {"priority": "After 16", "words": "Know each term where every 17-year-old is, and act within a week",
     "measure": "leavers_eet", "criteria": [EET],
     "due": 200, "share": Decimal("1.1"), "milestones": []},
    {"priority": "Plans that help", "words": "Write to children what was decided within a week",
     "measure": "", "criteria": [PEP], "due": -30,
     "status": "done",
     "success": "Children say so in the survey", "impact": "Two in three children now say that they heard what was decided.",
     "evidence": "Invented survey, summer", "milestones": []},
)  # fmt: skip
"""Actions by days from today. `share` is the target as a share of where the measure stands."""
ASKED: tuple[tuple[str, str, str, bool, int, int], ...] = (
    (PEP, "Make sure that targets in plans are precise and followed up", "Invented inspection report, recommendation 2", False, -300, 60),
    (
        INCLUSION,
        "Act on every child without a school place within ten school days",
        "Invented inspection report, required action",
        True,
        -300,
        -20,
    ),
)
ELSEWHERE = (
    ("complaints_on_time_pct", 41, 48), ("advocacy_uptake", 63, ""), ("pep_smart_target_pct", 154, 296), ("pep_child_voice_pct", 171, 188),
    ("personal_adviser_allocated_pct", 96, 101), ("pathway_plan_current_pct", 84, 101), ("identity_documents_pct", 71, 101),
    ("audit_completed_pct", 44, 60), ("audit_good_pct", 27, 44), ("caseload_average", 612, 38),
    ("vacancy_rate", 9, 61), ("agency_rate", 7, 61),
    ("feel_safe_survey_pct", 88, 97), ("satisfaction_survey_pct", 71, 97), ("visit_on_time_pct", 402, 431), ("mental_health_wait", 63, ""),
    ("supervision_on_time_pct", 188, 212), ("care_plan_current_pct", 201, 214), ("council_activity", 9, ""), ("reduced_timetables", 7, ""),
)  # fmt: skip


@dataclasses.dataclass
class Request:
    """What an action asks of a request: who asks."""

    viewer: Viewer
    resolver_match: Any = None


def fill(la: str) -> None:
    """Writes the records once, where there are people to own them."""
    members = actions.members(la)
    if not members or EvaluationEvidence.objects.filter(la=la).exists():
        return
    framework, today = evaluation.in_use(), clock.today()
    if framework.judgements.get(CARE) is None:
        return  # The records are written for the editions of ILACS.
    lists(la)
    request = Request(Viewer(members[0].person, members[0]))
    by = members[0].person
    common = {"la": la, "framework": framework.id, "made_by": by}
    known = {one.id for one in framework.criteria}
    EvaluationOwner.objects.bulk_create(
        EvaluationOwner(**common, criterion=name, owner=members[place % len(members)]) for name, place in OWNED.items() if name in known
    )
    EvaluationEvidence.objects.bulk_create(
        EvaluationEvidence(**common, criterion=name, kind=kind, document=document, words=words, where=where, day=today - 20 * DAY)
        for name, kind, document, words, where in DOCUMENTS
        if name in known
    )
    EvaluationFinding.objects.bulk_create(
        EvaluationFinding(**common, criterion=name, side=side, words=words, weight=weight, action=action, day=today - 14 * DAY)
        for name, side, words, weight, action in FINDINGS
        if name in known
    )
    rows = evaluation_figures.live(request.viewer, [measure for _, measure in PINNED])
    for name, measure in PINNED:
        if measure in rows and name in known:
            pinned = evaluation_figures.pinned_of(rows[measure], stores.snapshot().name)
            EvaluationEvidence.objects.create(
                **common, criterion=name, kind="figure", words="As it stood when we began.", day=today - 20 * DAY,
                figure=dataclasses.asdict(pinned) | {"beside": dict(pinned.beside)},
            )  # fmt: skip
    EvaluationGrade.objects.create(
        **common, judgement="ilacs.care_leavers", grade="requires_improvement", day=today - 7 * DAY,
        reason="Invented: the offer is sound, and too few are in learning or work at 19 to 21.",
    )  # fmt: skip
    for number, (about, words, source, required, made_on, due) in enumerate(ASKED):
        Recommendation.objects.create(
            **common, about=about, words=words, source=source, required=required, made_on=today + made_on * DAY, due=today + due * DAY,
            owner=members[number % len(members)],
        )  # fmt: skip
    evaluation_file.keep(stores.snapshot().store.path, actions.standing(la, framework))
    plan(la, members, {name: row.values for name, row in rows.items()}, today)


def plan(la: str, members: list, rows: dict[str, Any], today: datetime.date) -> None:
    """The plan of the year, and one action of the year before that it goes on with."""
    year = school_year_of(today)
    for number, said in enumerate(ACTIONS, 1):
        member = members[number % len(members)]
        row = PlannedAction(
            la=la, ref=f"A{number}", year=year, priority=said["priority"], words=said["words"], owner=member, owner_name=str(member.person),
            start=today - 60 * DAY, due=today + said["due"] * DAY, criteria=said["criteria"], measure=said["measure"],
            indicators=said.get("indicators", []), success=said.get("success", ""), board="Corporate parenting board",
            status=said.get("status", "open"), impact=said.get("impact", ""), evidence=said.get("evidence", ""), made_by=members[0].person,
            milestones=[
                {"words": words, "due": (today + due * DAY).isoformat(), "done": (today + (due - 2) * DAY).isoformat() if done else None}
                for words, due, done in said["milestones"]
            ],
        )  # fmt: skip
        row.start = min(row.start, row.due)
        row.closed = today - 3 * DAY if row.status != "open" else None
        stands = rows.get(said["measure"], {})
        if said["measure"] and stands.get("value") is not None:
            row.baseline, row.baseline_year = Decimal(str(stands["value"])), stands["year"]
            row.target, row.target_year = min(rounded(Fraction(row.baseline * said["share"]), 1), Decimal(100)), stands["year"]
        elif said["measure"]:
            row.success = "The figure is better than last year's"
        row.save()
    action_plan_file.keep(stores.snapshot().store.path, plans.plan(la))


# --- Lists ---


def lists(la: str) -> None:
    """Gives the invented lists to the store, each once: figures from elsewhere of the authority, and a register of every authority."""
    store, when = stores.snapshot().store.path, clock.now().isoformat()
    year = school_year_of(clock.today())
    if keeping.held(store, keeping.ELSEWHERE, la) is None:
        rows = [
            {
                "indicator": name,
                "numerator": part,
                "denominator": whole,
                "period": f"{year - 2}/{(year - 1) % 100:02d}",
                "source": "Invented log",
            }
            for name, part, whole in ELSEWHERE
        ]
        give(store, keeping.ELSEWHERE, "invented figures from elsewhere.csv", rows, la, when)
    if keeping.held(store, keeping.OUTCOMES) is None:
        give(store, keeping.OUTCOMES, "invented outcomes.csv", outcomes(), "", when)


def give(store: pathlib.Path, kind: str, name: str, rows: list[dict[str, Any]], la: str, when: str) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / name
        file.write_text(out.getvalue(), encoding="utf-8")
        keeping.keep(store, kind, file, la=la, who=WHO, when=when)


INSPECTED = (
    ("ofsted-2009-lac", "full", 2010),
    ("ilacs-2018", "standard", 2018),
    ("ilacs-2018", "focused visit", 2020),
    ("ilacs-2023", "short", 2023),
)
"""The inspections that each invented authority had: structure, type, and the first year in which one was."""
SOURCE = "Invented for the demonstration"


def outcomes() -> list[dict[str, Any]]:
    """A register of the store's authorities: invented days and grades, which keep to the rules of each structure."""
    chance, known = random.Random("invented outcomes"), frameworks()
    rows: list[dict[str, Any]] = []
    today = clock.today()
    for la in sorted(stores.places().in_year(today.year)):
        quality = chance.choice((0, 1, 1, 2))
        for name, kind, first in INSPECTED:
            day = datetime.date(first + chance.randrange(2), chance.randrange(2, 12), chance.randrange(1, 28))
            line = {"la": la, "date": day.isoformat(), "type": kind, "framework": name}
            if kind == "focused visit":
                rows.append({**line, "area": "", "grade": "", "source": SOURCE})
                continue
            quality = min(max(quality + chance.choice((-1, 0, 0, 1)), 0), 3)
            rows += [
                {**line, "area": area, "grade": grade, "source": SOURCE} for area, grade in graded(known[name], quality, chance).items()
            ]
    return rows


def graded(framework: Framework, quality: int, chance: random.Random) -> dict[str, str]:
    """Grades about one level, the overall one no higher than rules leave and no higher than most areas."""
    steps = list(framework.grades)
    given: dict[str, str] = {}
    for name, judgement in framework.judgements.items():
        if judgement.role != OVERALL:
            given[name] = steps[min(max(quality + chance.choice((-1, 0, 0, 0, 1)), 0), 3)]
    if framework.overall:
        allowed = judge(framework, given).allowed[framework.overall.id]
        given[framework.overall.id] = allowed[min(quality, len(allowed) - 1)]
    return given
