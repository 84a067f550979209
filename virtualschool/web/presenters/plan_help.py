"""Where help with plans is needed: by school, term, age group or kind of plan, which rules are most often not met.

Counts of plans, not figures of a measure. Who may open the children behind them sees them as they are; for others small ones are hidden.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from virtualschool.plans.files import Plan as Record
from virtualschool.plans.judging import judge_plan
from virtualschool.plans.rules import MET, NOT_MET, Settings, by_id
from virtualschool.publish.counts import counts
from virtualschool.publish.rounding import percent, rounded
from virtualschool.web import children, clock, plan_dates, plan_profiles, plan_records
from virtualschool.web.models import Plan, PlanGrade, PlanMark, SampledPlan
from virtualschool.web.models.plans import CLOSED, KINDS
from virtualschool.web.permissions import Viewer
from virtualschool.web.plan_dates import TermOfYear
from virtualschool.web.presenters import children_facts
from virtualschool.web.presenters.children_changes import school_names

BY = {"school": "School", "term": "Term", "age": "Year group", "kind": "Phase"}
ASKED = {
    "Targets are precise": ("PEP-G02", "PEP-G03", "PEP-G06", "PEP-G07"),
    "The child's views are there": ("PEP-V01",),
    "They changed the plan": ("PEP-V04",),
    "The carer has a part": ("PEP-C01",),
    "Attendance is covered": ("PEP-S02",),
    "Spend is tied to a need": ("PEP-F01",),
    "The last targets were looked at": ("PEP-G09",),
    "The meeting was in time": ("PEP-T04",),
}
"""What inspectors look at first, and the rules that must all be met for it."""
WEIGHT = {"critical": 3, "major": 1, "minor": 0, "info": 0}
"""How a rule that is not met weighs in the order of the groups; ours."""
FEWEST = 3
"""Of fewer plans nothing can be said of a group as a group; ours."""


@dataclass(frozen=True)
class Judged:
    """A plan with the state of each rule, a person's mark before the program's."""

    plan: Plan
    groups: Mapping[str, tuple[Any, str]]
    """For each way to group: a key to sort by, and words."""
    states: Mapping[str, str]
    grade: str

    @property
    def weight(self) -> int:
        return sum(WEIGHT[by_id()[rule].severity] for rule, state in self.states.items() if state == NOT_MET)


def page(viewer: Viewer, query: Mapping[str, str]) -> dict[str, Any]:
    today, la = clock.today(), viewer.la
    terms = plan_dates.known_terms(la, today)
    asked = plan_dates.term_of(la, query.get("term", ""))
    now = plan_dates.term_on(la, today)
    chosen = [asked] if asked else [one for one in terms if one.place <= now.place][:3]
    by = query.get("by", "school") if query.get("by") in BY else "school"
    found = judged(viewer, chosen)
    held = plan_profiles.held(la)
    return {
        "by": by,
        "groupings": BY,
        "terms": terms,
        "asked": asked,
        "chosen": [one.words for one in sorted(chosen, key=lambda one: one.place)],
        "columns": list(ASKED),
        "lines": lines(found, by, viewer.audience, held.profile.grades),
        "common": common(found, viewer.audience),
        "plans": len(found) if viewer.audience == "internal" else counts([len(found)], "public")[0],
        "is_public": viewer.audience != "internal",
        "fewest": FEWEST,
        "profile": held.profile,
    }


def judged(viewer: Viewer, terms: list[TermOfYear]) -> list[Judged]:
    """The plans of some terms of the viewer's authority, with what holds of each rule."""
    la, keys = viewer.la, {(one.school_year, one.name) for one in terms}
    known = {child.token: child for child in children.everyone(la)}
    plans = [plan for plan in Plan.objects.filter(la=la).exclude(state=CLOSED) if plan.token in known]
    tokens = {plan.token for plan in plans if (plan.school_year, plan.term) in keys}
    records = plan_records.records([plan for plan in plans if plan.token in tokens], known)
    wanted = [plan for plan in plans if (plan.school_year, plan.term) in keys]
    numbers = [plan.pk for plan in wanted]
    # Of a plan that waits for its second mark nothing that people said is counted: in a small group it would tell the first mark.
    waiting = set(SampledPlan.objects.filter(plan__in=numbers, second="").values_list("plan", flat=True))
    told = [number for number in numbers if number not in waiting]
    marks: dict[int, dict[str, PlanMark]] = defaultdict(dict)
    for mark in PlanMark.objects.filter(plan__in=told).order_by("pk"):
        marks[mark.plan_id][mark.rule] = mark
    held = plan_profiles.held(la)
    grades = {one.plan_id: one for one in PlanGrade.objects.filter(plan__in=told, profile=held.profile.name).order_by("pk")}
    names, today = school_names(), clock.today()
    made = []
    for plan in wanted:
        states = dict(states_of(records[plan.pk], today, held.limits))
        states |= {rule: mark.mark for rule, mark in marks[plan.pk].items() if mark.mark and mark.version == plan.version}
        child, term = known[plan.token], TermOfYear(plan.school_year, plan.term)
        group = str(children_facts.year_group(child) or "")
        number = plan_dates.NURSERY.get(group, int(group) if group.isdigit() else 99)
        school = names.get(child.school, f"URN {child.school}") if child.school else "No school"
        groups = {
            "school": (school, school),
            "term": (term.place, term.words),
            "age": (number, children_facts.year_words(group) if group else "Not known"),
            "kind": (list(KINDS).index(plan.kind), KINDS[plan.kind]),
        }
        grade = grades.get(plan.pk)
        made.append(Judged(plan, groups, states, grade.grade if grade and grade.version == plan.version else ""))
    return made


_KNOWN: dict[tuple[Any, ...], dict[str, str]] = {}
MOST_KNOWN = 5_000


def states_of(record: Record, today: datetime.date, limits: Settings) -> dict[str, str]:
    """What each rule says of a plan. A plan that stands as it did is not judged again."""
    before = record.previous
    key = (hash(repr((record.fields, record.rows, before and (before.fields, before.rows)))), record.id, today, limits)
    if key not in _KNOWN:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = {one.rule: one.state for one in judge_plan(record, today, limits)}
    return _KNOWN[key]


def lines(found: list[Judged], by: str, audience: str, grades: tuple[str, ...]) -> list[dict[str, Any]]:
    """A line for each group, those that most need help first; groups of few plans last."""
    groups: dict[tuple[Any, str], list[Judged]] = defaultdict(list)
    for one in found:
        groups[one.groups[by]].append(one)
    made = []
    # All groups together: their total stands above the table, so a single hidden group would be what is left of it.
    numbers = counts([len(own) for own in groups.values()], audience)
    columns = [unveiled_by_none(list(groups.values()), numbers, rules, audience) for rules in ASKED.values()]
    for at, ((place, words), own) in enumerate(groups.items()):
        weight = sum(one.weight for one in own)
        cells = [column[at] for column in columns]
        graded = Counter(one.grade for one in own if one.grade)
        number = numbers[at]
        is_told = isinstance(number, int)
        made.append(
            {
                "words": words,
                "place": place,
                "plans": number,
                "cells": cells,
                "weight": rounded(Fraction(weight, len(own)), 1) if audience == "internal" else None,
                "grades": counted_grades(graded, grades, audience) if is_told else "c",
                "rank": (not is_told or len(own) < FEWEST, -weight / len(own) if by == "school" and is_told else 0, place),
                "few": len(own) < FEWEST and is_told,
            }
        )
    return sorted(made, key=lambda one: one["rank"])


def counted_grades(graded: Counter[str], grades: tuple[str, ...], audience: str) -> str:
    known = [grade for grade in grades if graded[grade]]
    shown = counts([graded[grade] for grade in known], audience)
    return ", ".join(f"{number} {grade}" for grade, number in zip(known, shown, strict=True))


def unveiled_by_none(groups: list[list[Judged]], numbers: list[int | str], rules: tuple[str, ...], audience: str) -> list[dict[str, Any]]:
    """The cells of a column. For the public those of a hidden group are hidden, and so many more that what is hidden cannot be had from
    the whole, which another table may tell."""
    cells = [cell(own, rules, audience) for own in groups]
    if audience == "internal":
        return cells
    told = [(cell(own, rules, "internal")["met"], cell(own, rules, "internal")["told"]) for own in groups]
    hidden = {at for at, one in enumerate(cells) if one["is_hidden"] or (isinstance(numbers[at], str) and told[at][1])}
    while hidden and (len(hidden) == 1 or counts(_parts(told, hidden), audience) != _parts(told, hidden)):
        left = [at for at, (_, number) in enumerate(told) if at not in hidden and number]
        if not left:
            break
        hidden.add(min(left, key=lambda at: (told[at][1], at)))
    covered = {"met": "c", "told": "c", "is_hidden": True, "share": None, "is_low": False, "none": False}
    return [covered if at in hidden or isinstance(numbers[at], str) else one for at, one in enumerate(cells)]


def _parts(told: list[tuple[int, int]], hidden: set[int]) -> list[int]:
    """How many plans of the hidden groups together meet something, and how many do not."""
    met = sum(told[at][0] for at in hidden)
    return [met, sum(told[at][1] for at in hidden) - met]


def cell(own: list[Judged], rules: tuple[str, ...], audience: str) -> dict[str, Any]:
    """How many plans of a group meet all of some rules, of those of which it can be told."""
    yes = sum(all(one.states[rule] == MET for rule in rules) for one in own)
    no = sum(any(one.states[rule] == NOT_MET for rule in rules) for one in own)
    met, not_met = counts([yes, no], audience)
    told = yes + no
    shown = isinstance(met, int) and isinstance(not_met, int)
    return {
        "met": met,
        "told": told if shown else "c",
        "is_hidden": not shown,
        "share": percent(yes, told) if told and shown else None,
        "is_low": bool(shown and told >= FEWEST and 2 * yes < told),
        "none": told == 0,
    }


def common(found: list[Judged], audience: str) -> list[dict[str, Any]]:
    """The ten rules that are most often not met, of the plans in which they can be told."""
    made: list[dict[str, Any]] = []
    for rule in by_id().values():
        states = Counter(one.states[rule.id] for one in found)
        no, yes = states[NOT_MET], states[MET]
        shown = counts([no, yes], audience)
        if no:
            made.append({"rule": rule, "not_met": shown[0], "told": no + yes if isinstance(shown[0], int) else "c", "number": no})
    ranked = sorted(made, key=lambda one: (-WEIGHT[one["rule"].severity], -one["number"], one["rule"].id))
    return sorted(ranked, key=lambda one: -one["number"])[:10]
