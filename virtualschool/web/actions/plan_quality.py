"""What people do about a plan's quality: mark a rule beside the program, give the grade, draw a sample, mark it blind, and agree.

The program suggests and never grades. While a plan of a sample waits for its second mark, nobody but the first marker sees the first.
"""

from typing import Any

from django.db import transaction

from virtualschool.errors import WrongUse, unknown
from virtualschool.plans import moderation, profiles
from virtualschool.plans.profiles import Suggestion
from virtualschool.plans.rules import by_id, defaults
from virtualschool.web import clock, events, plan_profiles
from virtualschool.web.actions.plans import is_office
from virtualschool.web.children import Child
from virtualschool.web.models import Plan, PlanGrade, PlanMark, PlanSample, PlanSetting, SampledPlan
from virtualschool.web.models.plan_quality import MARKS
from virtualschool.web.permissions import Viewer
from virtualschool.web.plan_dates import TermOfYear


def may_mark(viewer: Viewer, child: Child) -> bool:
    """Whether a viewer judges the quality of this child's plans: those of the Virtual School."""
    return is_office(viewer, child) and viewer.may("plan", "change")


def set_mark(request: Any, child: Child, plan: Plan, rule: str, mark: str, why: str) -> PlanMark:
    """A person's own mark of a rule; an empty one takes it back. Raises WrongUse without a reason."""
    _must_be_office(request.viewer, child)
    if rule not in by_id():
        raise unknown("Rule", rule, by_id())
    if mark and mark not in MARKS:
        raise unknown("Mark", mark, MARKS)
    if mark and len(why.strip()) < 3:
        raise WrongUse("Why", "it is empty.", "Say what you saw in the plan; it stands beside the mark.")
    made = PlanMark.objects.create(plan=plan, rule=rule, mark=mark, why=why.strip() if mark else "", **_own(request.viewer, plan))
    events.record(request, "marked" if mark else "took back mark", "plan", token=plan.token, plan=plan.pk, rule=rule)
    return made


def give_grade(request: Any, child: Child, plan: Plan, suggestion: Suggestion, grade: str, reason: str, feedback: str) -> PlanGrade:
    """The grade of a named person. Raises WrongUse as profiles.give does."""
    viewer = request.viewer
    _must_be_office(viewer, child)
    if waiting_for_second(plan) is not None:
        raise WrongUse("Grade", "the plan waits for its second mark in a sample.", "Give it on the page of the sample.")
    profile = plan_profiles.held(plan.la).profile
    given = profiles.give(profile, suggestion, grade, viewer.name, reason)
    made = PlanGrade.objects.create(
        plan=plan,
        profile=profile.name,
        profile_version=profile.version,
        grade=given.grade,
        reason=given.reason,
        feedback=feedback.strip(),
        best=suggestion.best,
        worst=suggestion.worst,
        given_on=clock.today(),
        **_own(viewer, plan),
    )
    events.record(request, "graded", "plan", token=plan.token, plan=plan.pk, version=plan.version)
    return made


# --- Samples ---


def waiting_for_second(plan: Plan) -> SampledPlan | None:
    """The place of a plan's version in a sample in which it waits for the second mark."""
    return SampledPlan.objects.filter(plan=plan, version=plan.version, second="").select_related("first", "sample").first()


def sees_marks_of(viewer: Viewer, plan: Plan, waiting: SampledPlan | None) -> bool:
    """Whether a viewer sees what others marked in a plan: while it waits for its second mark, only who gave the first."""
    return waiting is None or (viewer.person is not None and waiting.first.made_by_id == viewer.person.pk)


def may_draw(viewer: Viewer) -> bool:
    return viewer.role is not None and viewer.role.name == "head"


def draw(request: Any, term: TermOfYear, schools: dict[str, str], *, share: int, least: int, seed: int) -> PlanSample:
    """A sample of the plans of a term that have a grade. `schools` are by the child's token. Raises WrongUse where there are none."""
    viewer = request.viewer
    if not may_draw(viewer):
        raise WrongUse("Sample", "you do not draw one.", "Ask the Virtual School Head.")
    grades = newest_grades(viewer.la, term)
    taken = set(SampledPlan.objects.filter(sample__la=viewer.la).values_list("plan", "version"))
    free = {grade.plan.pk: grade for grade in grades if (grade.plan_id, grade.version) not in taken}
    if not free:
        raise WrongUse("Sample", "no plan of the term has a grade that was not sampled before.", "Grade plans first.")
    rows = [
        {"plan": str(number), "school": schools.get(grade.plan.token, ""), "reviewer": str(grade.made_by_id)}
        for number, grade in sorted(free.items())
    ]
    drawn = moderation.sample(rows, seed, share=share, least=least)
    profile = plan_profiles.held(viewer.la).profile
    with transaction.atomic():
        made = PlanSample.objects.create(
            la=viewer.la,
            school_year=term.school_year,
            term=term.name,
            profile=profile.name,
            profile_version=profile.version,
            seed=seed,
            share=share,
            least=least,
            of=len(free),
            made_by=viewer.person,
        )
        for row in drawn:
            first = free[int(row["plan"])]
            SampledPlan.objects.create(sample=made, plan=first.plan, version=first.version, first=first)
        events.record(request, "drew sample", "plan", sample=made.pk, plans=len(drawn))
    return made


def newest_grades(la: str, term: TermOfYear) -> list[PlanGrade]:
    """The grade that holds of each plan of a term: of its present version, and by the profile that the authority uses now."""
    profile = plan_profiles.held(la).profile
    found: dict[int, PlanGrade] = {}
    rows = PlanGrade.objects.filter(plan__la=la, plan__school_year=term.school_year, plan__term=term.name).select_related("plan", "made_by")
    for one in rows.order_by("pk"):
        if one.version == one.plan.version and one.profile == profile.name:
            found[one.plan_id] = one
    return list(found.values())


def mark_second(request: Any, one: SampledPlan, grade: str, reason: str) -> None:
    """The second grade of a plan, by another person than the first. Raises WrongUse where it cannot be given."""
    viewer = request.viewer
    if not is_office(viewer) or one.sample.la != viewer.la:
        raise WrongUse("Mark", "you do not mark this sample.", "Ask the Virtual School.")
    known = plan_profiles.held(one.sample.la).profiles
    profile = known.get(one.sample.profile)
    if profile is None or grade not in profile.grades:
        raise unknown("Grade", grade, profile.grades if profile else [])
    if len(reason.strip()) < 3:
        raise WrongUse("Why", "it is empty.", "Say what the grade rests on, to talk about it with the other.")
    place = moderation.DoubleMark(
        str(one.plan_id), str(one.first.made_by_id), one.first.grade, str(one.second_by_id or ""), one.second or None
    )
    done = moderation.mark_second(place, str(viewer.person.pk), grade)
    one.second, one.second_reason, one.second_by, one.second_name = done.second or "", reason.strip(), viewer.person, viewer.name
    one.second_at = clock.now()
    one.save()
    events.record(request, "marked second", "plan", token=one.plan.token, plan=one.plan_id, sample=one.sample_id)


def agree(request: Any, one: SampledPlan, grade: str, why: str) -> PlanGrade:
    """What the two agree on where they differ; it is the plan's grade from now on."""
    viewer = request.viewer
    if not is_office(viewer) or one.sample.la != viewer.la:
        raise WrongUse("Mark", "you do not mark this sample.", "Ask the Virtual School.")
    if not one.second or one.second == one.first.grade or one.agreed:
        raise WrongUse("Grade", "there is nothing to agree on.", "Both marks are in and differ, and nothing was agreed.")
    profile = plan_profiles.held(one.sample.la).profiles[one.sample.profile]
    if grade not in profile.grades:
        raise unknown("Grade", grade, profile.grades)
    if len(why.strip()) < 3:
        raise WrongUse("Why", "it is empty.", "Say what you agreed and what it rests on.")
    with transaction.atomic():
        one.agreed, one.agreed_why, one.agreed_by, one.agreed_at = grade, why.strip(), viewer.name, clock.now()
        one.save()
        made = PlanGrade.objects.create(
            plan=one.plan,
            profile=one.first.profile,
            profile_version=one.first.profile_version,
            grade=grade,
            reason=f"Agreed after two marked it: {why.strip()}",
            feedback=one.first.feedback,
            best=one.first.best,
            worst=one.first.worst,
            given_on=clock.today(),
            **_own(viewer, one.plan),
        )
        events.record(request, "agreed grade", "plan", token=one.plan.token, plan=one.plan_id, sample=one.sample_id)
    return made


# --- Settings ---


def give_setting(request: Any, profile: str, own_profiles: str, limits: dict[str, Any]) -> PlanSetting:
    """The authority's profile and limits from now on. Raises WrongUse or Unreadable for what cannot be."""
    viewer = request.viewer
    known = dict(profiles.profiles())
    if own_profiles.strip():
        own = profiles.parsed(own_profiles, "own profiles")
        before = plan_profiles.held(viewer.la).profiles
        for name, one in own.items():
            if name in profiles.profiles():
                raise WrongUse(f"Profile '{name}'", "the program has one of that name.", "Give yours a name of its own.")
            if name in before and before[name] != one and before[name].version == one.version:
                raise WrongUse(f"Profile '{name}'", "it was changed and bears the version it had.", "Give it the next version.")
        known |= own
    if profile not in known:
        raise unknown("Profile", profile, known)
    usual = defaults()
    usual.with_own(limits)
    different = {name: value for name, value in limits.items() if value != getattr(usual, name)}
    made = PlanSetting.objects.create(
        la=viewer.la, profile=profile, own_profiles=own_profiles.strip(), limits=different, made_by=viewer.person
    )
    events.record(request, "gave plan settings", "settings", profile=profile, limits=sorted(different))
    return made


def _must_be_office(viewer: Viewer, child: Child) -> None:
    if not may_mark(viewer, child):
        raise WrongUse("Plan", "you do not judge its quality.", "Ask the Virtual School.")


def _own(viewer: Viewer, plan: Plan) -> dict[str, Any]:
    by = f"{viewer.name}, {viewer.role.words.lower()}" if viewer.role else viewer.name
    return {"version": plan.version, "made_by": viewer.person, "by": by}
