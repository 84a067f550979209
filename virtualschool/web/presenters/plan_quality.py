"""A plan's quality as pages show it: every rule with what the program says and what people mark, and what the profile suggests."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from virtualschool.plans import profiles
from virtualschool.plans.judging import judge_plan
from virtualschool.plans.profiles import Suggestion
from virtualschool.plans.rules import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, Outcome, Rule, by_id, version
from virtualschool.web import clock, plan_details, plan_profiles, plan_records
from virtualschool.web.actions import plan_details as details
from virtualschool.web.actions import plan_quality as actions
from virtualschool.web.actions.plans import is_open
from virtualschool.web.children import Child
from virtualschool.web.models import Plan, PlanGrade, PlanMark
from virtualschool.web.permissions import Viewer

PARTS = {
    "T": "Time",
    "P": "People",
    "V": "The child's views",
    "C": "The carer",
    "S": "What the law asks a plan to hold",
    "N": "Needs",
    "G": "Targets",
    "F": "Premium",
    "X": "Moving on",
    "A": "Attendance and inclusion",
    "R": "The record",
}
"""The parts of a plan, by the letter of their rules."""
TAGS = {MET: "green", NOT_MET: "red", CANNOT_TELL: "yellow", DOES_NOT_APPLY: "grey"}
WORDS = {MET: "Met", NOT_MET: "Not met", CANNOT_TELL: "Cannot tell", DOES_NOT_APPLY: "Does not apply"}
OPEN = (NOT_MET, CANNOT_TELL)
LOOKED_AT = {"N03": "sdq_score"}
"""Rules whose words say something of a column that not everybody reads."""


@dataclass(frozen=True)
class Line:
    """A rule of one plan: what the program says, and the newest mark of a person beside it."""

    rule: Rule
    outcome: Outcome
    mark: PlanMark | None

    @property
    def state(self) -> str:
        """What holds: a person's mark before the program's."""
        return self.mark.mark if self.mark else self.outcome.state

    @property
    def tag(self) -> str:
        return TAGS[self.outcome.state]

    @property
    def words(self) -> str:
        return WORDS[self.outcome.state]

    @property
    def mark_tag(self) -> str:
        return TAGS[self.mark.mark] if self.mark else ""

    @property
    def differs(self) -> bool:
        return self.mark is not None and self.mark.mark != self.outcome.state


@dataclass(frozen=True)
class Quality:
    """A plan's rules in their order, and what the authority's profile makes of them."""

    lines: list[Line]
    suggestion: Suggestion
    held: plan_profiles.Held

    @property
    def counts(self) -> dict[str, int]:
        number = Counter(line.state for line in self.lines)
        return {state: number[state] for state in WORDS}

    @property
    def said(self) -> str:
        counts = self.counts
        return f"{counts[MET]} met, {counts[NOT_MET]} not met, {counts[CANNOT_TELL]} cannot be told, {counts[DOES_NOT_APPLY]} do not apply"


def outcomes(plan: Plan, child: Child) -> list[Outcome]:
    """What the program says of a plan as it stands, by the authority's limits."""
    found = judge_plan(plan_records.record(plan, child), clock.today(), plan_profiles.held(plan.la).limits)
    return [in_words(one) for one in found]


UNTOLD = re.compile(r"(?:plans\.)?([a-z_]+)(?:, or the table [a-z_]+)?")


def in_words(one: Outcome) -> Outcome:
    """The same, with what is not told named as the pages name it."""
    before = "The files do not tell "
    if not one.said.startswith(before):
        return one
    match = UNTOLD.fullmatch(one.said.removeprefix(before).removesuffix("."))
    if match is None:
        return replace(one, said="The plan before is not held here.", add=by_id()[one.rule].add)
    what = plan_details.words(match[1])
    what = what if what[:3].isupper() else what[:1].lower() + what[1:]
    return replace(one, said=f"It is not told: {what}.", add=by_id()[one.rule].add)


def quality(viewer: Viewer, child: Child, plan: Plan) -> Quality:
    """The rules of a plan for a viewer. Of a plan that waits for its second mark nobody sees others' marks but who gave the first."""
    held = plan_profiles.held(plan.la)
    waiting = actions.waiting_for_second(plan)
    marks = marks_of(plan)
    if not actions.sees_marks_of(viewer, plan, waiting):
        own = viewer.person.pk if viewer.person else None
        marks = {rule: mark for rule, mark in marks.items() if mark.made_by_id == own}
    lines = [Line(by_id()[one.rule], one, marks.get(one.rule)) for one in outcomes(plan, child)]
    together = [replace(line.outcome, state=line.state) for line in lines]
    shown = [line for line in lines if viewer.may_read(LOOKED_AT.get(line.rule.id[4:], "plan"))]
    return Quality(shown, profiles.suggest(together, held.profile), held)


def marks_of(plan: Plan) -> dict[str, PlanMark]:
    """The newest mark of each rule in this version, those taken back left out."""
    newest = {one.rule: one for one in plan.marks.filter(version=plan.version).order_by("pk")}
    return {rule: one for rule, one in newest.items() if one.mark}


def page(viewer: Viewer, child: Child, plan: Plan, shown: str) -> dict[str, Any]:
    """Everything that the page of a plan's quality shows. `shown` is open (not met or not told), or all."""
    found = quality(viewer, child, plan)
    waiting = actions.waiting_for_second(plan)
    sees = actions.sees_marks_of(viewer, plan, waiting)
    grades = list(plan.grades.order_by("-pk")) if sees else []
    parts = []
    for letter, title in PARTS.items():
        own = [line for line in found.lines if line.rule.id[4] == letter]
        seen = [line for line in own if shown == "all" or line.state in OPEN or line.mark]
        if seen:
            open_ones = sum(line.state in OPEN for line in own)
            parts.append({"letter": letter, "title": title, "lines": seen, "open": open_ones, "of": len(own)})
    return {
        "quality": found,
        "parts": parts,
        "shown": shown,
        "profile": found.held.profile,
        "rules_version": version(),
        "suggestion": found.suggestion,
        "grades": grades,
        "grade": next((one for one in grades if one.version == plan.version), None),
        "is_blind": not sees,
        "waiting": waiting,
        "may_mark": actions.may_mark(viewer, child),
        "may_detail": is_open(plan) and bool(details.own_groups(viewer, child)),
        "counts": [(state, WORDS[state], TAGS[state], number) for state, number in found.counts.items()],
    }


def suggestion_of(viewer: Viewer, child: Child, plan: Plan) -> Suggestion:
    """What the profile suggests to this viewer, who may not see what others marked."""
    return quality(viewer, child, plan).suggestion


def grade_of(plan: Plan) -> PlanGrade | None:
    """The grade that holds of the present version."""
    return plan.grades.filter(version=plan.version).order_by("-pk").first()
