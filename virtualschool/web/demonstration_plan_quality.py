"""Invented grades, marks, a sample marked twice, and teachers' assessments, so that these pages show an office at work."""

import datetime
import random
from typing import Any

from virtualschool.plans import moderation
from virtualschool.web import children, clock, plan_dates, plan_profiles
from virtualschool.web.actions.assessments import SUBJECTS
from virtualschool.web.actions.plans import kind_of
from virtualschool.web.models import Membership, Person, Plan, PlanGrade, PlanMark, PlanSample, SampledPlan, TeacherAssessment
from virtualschool.web.models.plans import CLOSED, COMPLETE, SIGNED
from virtualschool.web.plan_dates import TermOfYear
from virtualschool.web.presenters import children_facts

WEIGHTS = {"green": 5, "amber": 4, "red": 2}
REASONS = (
    "The targets say what will be seen",
    "Two targets have no baseline",
    "The carer's part is thin",
    "The child's words changed target 2",
)


def fill(la: str) -> None:
    """Grades of most signed plans of this term and the last, a sample of the last one, and assessments of both. Once."""
    if PlanGrade.objects.filter(plan__la=la).exists() or TeacherAssessment.objects.filter(la=la).exists():
        return
    today, chance = clock.today(), random.Random(f"plan quality of {la}")
    now = plan_dates.term_on(la, today)
    last = next((one for one in plan_dates.known_terms(la, today) if one.place < now.place), None)
    people = [one.person for one in Membership.objects.on(today).filter(la=la, role__in=("head", "team")).order_by("role")]
    for term in filter(None, (last, now)):
        _assess(la, term, chance)
        if people:
            _grade(la, term, people, chance, 0.8 if term == last else 0.4)
    if last is not None and len(people) > 1:
        _sample(la, last, people, chance)


def _by(person: Person) -> dict[str, Any]:
    return {"made_by": person, "by": f"{person}, Virtual School"}


def _grade(la: str, term: TermOfYear, people: list[Person], chance: random.Random, share: float) -> None:
    profile = plan_profiles.held(la).profile
    grades, marks = [], []
    rows = Plan.objects.filter(la=la, school_year=term.school_year, term=term.name, state__in=(SIGNED, COMPLETE)).order_by("pk")
    for plan in rows:
        if chance.random() > share:
            continue
        person = chance.choice(people)
        grade = chance.choices(profile.grades, [WEIGHTS.get(one, 1) for one in profile.grades])[0]
        made = {"profile": profile.name, "profile_version": profile.version, "best": profile.grades[0], "worst": profile.grades[-1]}
        said = {"feedback": "Keep the child's own words beside each target.", "reason": chance.choice(REASONS)}
        grades.append(PlanGrade(plan=plan, version=plan.version, grade=grade, given_on=clock.today(), **made, **said, **_by(person)))
        if chance.random() < 0.3:
            mark = {"rule": "PEP-G04", "mark": chance.choice(("met", "not met")), "why": "Read beside the last report"}
            marks.append(PlanMark(plan=plan, version=plan.version, **mark, **_by(person)))
    PlanGrade.objects.bulk_create(grades)
    PlanMark.objects.bulk_create(marks)


def _sample(la: str, term: TermOfYear, people: list[Person], chance: random.Random) -> None:
    """A sample of the term's grades, most of it marked a second time by somebody else."""
    profile = plan_profiles.held(la).profile
    rows = PlanGrade.objects.filter(plan__la=la, plan__school_year=term.school_year, plan__term=term.name).select_related("plan")
    grades = {one.plan_id: one for one in rows.order_by("pk")}
    known = {child.token: str(child.school or "") for child in children.everyone(la)}
    asked = [
        {"plan": str(number), "school": known.get(one.plan.token, ""), "reviewer": str(one.made_by_id)} for number, one in grades.items()
    ]
    if not asked:
        return
    drawn = moderation.sample(asked, 1, share=25)
    sample = PlanSample.objects.create(
        la=la, school_year=term.school_year, term=term.name, profile=profile.name, profile_version=profile.version, seed=1, share=25,
        least=3, of=len(asked), made_by=people[0],
    )  # fmt: skip
    made = []
    for row in drawn:
        first = grades[int(row["plan"])]
        one = SampledPlan(sample=sample, plan=first.plan, version=first.version, first=first)
        other = next((person for person in people if person.pk != first.made_by_id), None)
        if other is not None and chance.random() < 0.85:
            place = profile.grades.index(first.grade)
            near = [profile.grades[at] for at in (place - 1, place + 1) if 0 <= at < len(profile.grades)]
            one.second = first.grade if chance.random() < 0.75 else chance.choice(near)
            one.second_by, one.second_name, one.second_reason = other, str(other), chance.choice(REASONS)
            one.second_at = clock.now()
        made.append(one)
    SampledPlan.objects.bulk_create(made)


def _assess(la: str, term: TermOfYear, chance: random.Random) -> None:
    tokens = set(
        Plan.objects.filter(la=la, school_year=term.school_year, term=term.name).exclude(state=CLOSED).values_list("token", flat=True)
    )
    made = []
    begun = term.dates.starts + datetime.timedelta(days=30) if term.dates else clock.today()
    for child in sorted(children.everyone(la), key=lambda one: one.token):
        if child.token not in tokens or chance.random() < 0.1:
            continue
        group = str(children_facts.year_group(child) or "")
        for subject in SUBJECTS[kind_of(group)][:4]:
            good, better = chance.random() < 0.6, chance.random() < 0.55
            told: dict[str, Any] = {"from_phase": good, "from_entry": better if chance.random() < 0.85 else None}
            told |= {
                "baseline_phase": chance.choice(("working towards", "expected", "working towards")),
                "result": chance.choice(("working towards", "expected", "above expected")),
            }
            told |= {"year_group": group[:3], "assessed_on": min(begun, clock.today()), "by": "Invented Teacher, designated teacher"}
            made.append(TeacherAssessment(la=la, token=child.token, school_year=term.school_year, term=term.name, subject=subject, **told))
    TeacherAssessment.objects.bulk_create(made, batch_size=500)
