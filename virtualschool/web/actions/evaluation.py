"""Self-evaluation: what people record of it. Each change is a new row and leaves an event without words.

The program gives no grade. It refuses one that a must rule forbids, unless a head overrides the rule with a reason, and keeps with a grade
what warned of it. Nothing here is about a child, and the forms say so.
"""

import dataclasses
import datetime
import pathlib
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.http import Http404

from virtualschool.errors import WrongUse
from virtualschool.frameworks import Framework, evaluation, evaluation_file, frameworks
from virtualschool.web import clock, events, roles
from virtualschool.web.models import (
    EvaluationEvidence,
    EvaluationFinding,
    EvaluationGrade,
    EvaluationOwner,
    Membership,
    Recommendation,
    WorkStamp,
)
from virtualschool.web.models.evaluation import Versioned

OVERRIDES = ("head",)
"""Who may record a grade against a must rule."""
Row = TypeVar("Row", bound=Versioned)


# --- Who ---


def members(la: str) -> list[Membership]:
    """Who may own a criterion or an action: members of the authority today who change evaluation, by name."""
    names = [name for name, role in roles.roles().items() if role.may("evaluation", "change")]
    found = Membership.objects.on(clock.today()).filter(la=la, role__in=names).select_related("person")
    return sorted(found, key=lambda one: (str(one.person).casefold(), one.pk))


def member_of(la: str, member: Membership | None) -> Membership | None:
    """The member, or nobody; raises Http404 for one who cannot own anything here."""
    if member is not None and member not in members(la):
        raise Http404
    return member


def row_of(request: Any, model: type[Row], key: str) -> Row:
    """The row that holds of a key of the viewer's authority; raises Http404 for every other."""
    found = model.objects.standing(request.viewer.la, key=key).first()
    if found is None:
        raise Http404
    return found


# --- What stands ---


def grades(la: str, framework: Framework) -> dict[str, EvaluationGrade]:
    """The grade that stands of each judgement that has one."""
    rows = EvaluationGrade.objects.filter(la=la, framework=framework.id).select_related("made_by").order_by("pk")
    newest = {row.judgement: row for row in rows}
    return {name: row for name, row in newest.items() if row.grade and name in framework.judgements}


def given(la: str, framework: Framework) -> dict[str, str]:
    return {name: row.grade for name, row in grades(la, framework).items() if row.grade in framework.grades}


def owners(la: str, framework: Framework) -> dict[str, Membership]:
    """Who owns each criterion that somebody owns, and is still a member."""
    rows = EvaluationOwner.objects.filter(la=la, framework=framework.id).select_related("owner__person").order_by("pk")
    newest = {row.criterion: row.owner for row in rows}
    today = clock.today()
    return {name: one for name, one in newest.items() if one is not None and (one.ends is None or one.ends > today)}


# --- Criteria ---


def own(request: Any, framework: Framework, criterion: str, member: Membership | None) -> None:
    """From now on this member owns the criterion, or nobody does."""
    _criterion(framework, criterion)
    member_of(request.viewer.la, member)
    if owners(request.viewer.la, framework).get(criterion) == member:
        return
    EvaluationOwner.objects.create(
        la=request.viewer.la, framework=framework.id, criterion=criterion, owner=member, made_by=request.viewer.person
    )
    _note(request, "gave", framework, about=criterion, to=member.person.email if member else "")


def add_evidence(request: Any, framework: Framework, criterion: str, **said: Any) -> EvaluationEvidence:
    """A document, a note, or what children said. Raises WrongUse for what cannot be recorded."""
    evaluation.evidence(
        framework,
        evaluation.Evidence(
            criterion, said["kind"], said["words"], request.viewer.name, clock.today(), document=said["document"], where=said["where"]
        ),
    )
    if said.get("dated") and said["dated"] > clock.today():
        raise WrongUse("Date", "it is a day to come.", "Give the day of the document, or leave it empty.")
    made = EvaluationEvidence.objects.create(**_whose(request), framework=framework.id, criterion=criterion, **said)
    _note(request, "recorded evidence", framework, about=criterion, evidence=made.kind)
    return made


def pin(request: Any, framework: Framework, criterion: str, figure: evaluation.Pinned, words: str, key: str = "") -> EvaluationEvidence:
    """A figure pinned to its snapshot. With `key` it takes the place of what was pinned under it before."""
    _criterion(framework, criterion)
    said = dataclasses.asdict(figure) | {"beside": dict(figure.beside)}
    begun = row_of(request, EvaluationEvidence, key).begun if key else clock.now()
    keyed = {"key": key} if key else {}
    made = EvaluationEvidence.objects.create(
        **_whose(request),
        framework=framework.id,
        criterion=criterion,
        kind=evaluation.FIGURE,
        words=words,
        figure=said,
        begun=begun,
        **keyed,
    )
    _note(request, "pinned a figure", framework, about=criterion, measure=figure.measure, year=figure.year)
    return made


def write_finding(request: Any, framework: Framework, criterion: str, before: EvaluationFinding | None = None, **said: Any):
    """A strength or a gap, or `before` changed. Raises WrongUse for what cannot be recorded, or was changed by somebody meanwhile."""
    found = evaluation.Finding(criterion, said["side"], said["words"], said["weight"], request.viewer.name, clock.today(), said["action"])
    evaluation.finding(framework, found)
    keyed = {"key": before.key, "begun": before.begun} if before else {}
    made = EvaluationFinding.objects.create(**_whose(request), framework=framework.id, criterion=criterion, **keyed, **said)
    _note(request, "changed a finding" if before else "recorded a finding", framework, about=criterion, side=made.side, weight=made.weight)
    return made


def take_back(request: Any, row: Versioned, why: str) -> None:
    """Takes evidence, a finding or a recommendation back. It stays in the history. Raises WrongUse without a reason."""
    if not why.strip():
        raise WrongUse("Reason", "it is empty.", "Say in a few words why it is taken back.")
    named = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    kept = {**named, "made": clock.now(), "day": clock.today(), "made_by_id": request.viewer.person.pk}
    type(row).objects.create(**{**kept, "withdrawn": True, "why": why.strip()[:500]})
    events.record(request, "took back", "evaluation", record=type(row).__name__, key=row.key)
    if named["framework"] in frameworks():
        _copy(request.viewer.la, frameworks()[named["framework"]])
    _look_again(request)


# --- Grades ---


@transaction.atomic
def grade(request: Any, framework: Framework, judgement: str, graded: str, reason: str, override: str = "") -> EvaluationGrade:
    """A grade recorded by the viewer. Raises WrongUse without a reason, and for one that a must rule forbids and no head overrides."""
    _judgement(framework, judgement)
    viewer = request.viewer
    if override.strip() and (viewer.role is None or viewer.role.name not in OVERRIDES):
        raise WrongUse(
            "Override", "only the Virtual School Head may override a rule.", "Record a grade that is permitted, or ask the head."
        )
    said = evaluation.grade(
        framework,
        given(viewer.la, framework),
        judgement,
        graded,
        by=viewer.name,
        when=clock.today(),
        reason=reason,
        override=override,
        override_by=viewer.name if override.strip() else "",
    )
    made = EvaluationGrade.objects.create(
        la=viewer.la, framework=framework.id, judgement=judgement, grade=graded, reason=reason.strip(), warned_by=list(said.warned_by),
        against=list(said.against), override=said.override.strip(), made_by=viewer.person,
    )  # fmt: skip
    _note(request, "recorded a grade", framework, about=judgement, against=made.against, warned_by=made.warned_by)
    return made


def take_back_grade(request: Any, framework: Framework, judgement: str, reason: str) -> None:
    """Leaves a judgement without a grade again."""
    _judgement(framework, judgement)
    if not reason.strip():
        raise WrongUse("Reason", "it is empty.", "Say why the grade no longer stands.")
    if judgement in grades(request.viewer.la, framework):
        EvaluationGrade.objects.create(
            la=request.viewer.la, framework=framework.id, judgement=judgement, reason=reason.strip(), made_by=request.viewer.person
        )
        _note(request, "took back a grade", framework, about=judgement)


# --- A change of framework ---


def carried(la: str, old: Framework, new: Framework) -> tuple[list[tuple[EvaluationEvidence, list[str]]], list[EvaluationEvidence]]:
    """What would be carried from one framework to another: evidence with its new places, and what finds none. What was carried before
    is not among them."""
    done = set(EvaluationEvidence.objects.filter(la=la, framework=new.id).exclude(carried_from="").values_list("carried_from", "criterion"))
    moved: list[tuple[EvaluationEvidence, list[str]]] = []
    left: list[EvaluationEvidence] = []
    for row in EvaluationEvidence.objects.standing(la, framework=old.id):
        plain = evaluation.Evidence(row.criterion, row.kind, row.words, str(row.made_by or ""), row.day, origin=row.origin)
        to, _ = evaluation.move([plain], old, new)
        places = [one.criterion for one in to if (row.key, one.criterion) not in done]
        if places:
            moved.append((row, places))
        elif not to:
            left.append(row)
    return moved, left


@transaction.atomic
def carry(request: Any, old: Framework, new: Framework) -> int:
    """Carries evidence to the criteria of another framework that match best; how many places it found. The old stays where it is."""
    if old.id == new.id:
        raise WrongUse("Framework", "it is the same one.", "Choose two.")
    moved, left = carried(request.viewer.la, old, new)
    rows = [
        EvaluationEvidence(
            la=request.viewer.la, framework=new.id, criterion=place, kind=row.kind, words=row.words, document=row.document, where=row.where,
            dated=row.dated, figure=row.figure, origin=row.origin or row.criterion, carried_from=row.key, made_by=request.viewer.person,
        )
        for row, places in moved
        for place in places
    ]  # fmt: skip
    EvaluationEvidence.objects.bulk_create(rows)
    _note(request, "carried evidence", new, about=old.id, carried=len(rows), left=len(left))
    return len(rows)


# --- What was asked for ---


def recommend(request: Any, before: Recommendation | None = None, *, owner: Membership | None, **said: Any) -> Recommendation:
    """A recommendation or required action, or `before` changed. Raises WrongUse for days that cannot be, and done without an outcome."""
    member_of(request.viewer.la, owner)
    today = clock.today()
    if not said["words"].strip() or not said["source"].strip():
        raise WrongUse("Recommendation", "its words or source are empty.", "Say what is asked, and where it was written.")
    if said["made_on"] > today:
        raise WrongUse("Made on", "it is a day to come.", "Give the day on which it was made.")
    if said["due"] < said["made_on"]:
        raise WrongUse("Due", "it is before the day on which it was made.", "Give a later day.")
    done: datetime.date | None = said.get("done")
    if done and not said["made_on"] <= done <= today:
        raise WrongUse("Done", "it is before it was made, or a day to come.", "Give the day on which it was done, or leave it empty.")
    if done and not said["outcome"].strip():
        raise WrongUse("Outcome", "it is empty.", "Say what was done and how that is known.")
    keyed = {"key": before.key, "begun": before.begun} if before else {}
    made = Recommendation.objects.create(**_whose(request), owner=owner, **keyed, **said)
    events.record(request, "changed" if before else "recorded", "evaluation", record="recommendation", key=made.key, done=bool(done))
    if made.framework in frameworks():
        _copy(request.viewer.la, frameworks()[made.framework])
    _look_again(request)
    return made


# --- Small steps ---


def _whose(request: Any) -> dict[str, Any]:
    return {"la": request.viewer.la, "made_by": request.viewer.person}


def _criterion(framework: Framework, name: str) -> None:
    if name not in {one.id for one in framework.criteria} | set(framework.judgements):
        raise Http404


def _judgement(framework: Framework, name: str) -> None:
    if name not in framework.judgements:
        raise Http404


def _note(request: Any, action: str, framework: Framework, **detail: Any) -> None:
    events.record(request, action, "evaluation", framework=framework.id, **detail)
    _copy(request.viewer.la, framework)


def _copy(la: str, framework: Framework) -> None:
    """Writes the copy that reports read, once what was changed is kept."""
    store = pathlib.Path(settings.STORE)
    transaction.on_commit(lambda: evaluation_file.keep(store, standing(la, framework)))


def standing(la: str, framework: Framework) -> evaluation_file.SelfEvaluation:
    """What stands under a framework, as plain values."""

    def who(row: Any) -> str:
        return str(row.made_by or "")

    graded = (
        evaluation.Grade(
            framework.id, row.judgement, row.grade, who(row), row.day, row.reason, tuple(row.warned_by), tuple(row.against), row.override,
            who(row) if row.override else "",
        )
        for row in grades(la, framework).values()
    )  # fmt: skip
    findings = (
        evaluation.Finding(row.criterion, row.side, row.words, row.weight, who(row), row.day, row.action)
        for row in EvaluationFinding.objects.standing(la, framework=framework.id)
    )
    evidence = (
        evaluation.Evidence(
            row.criterion, row.kind, row.words, who(row), row.day, evaluation.Pinned(**row.figure) if row.figure else None, row.document,
            row.where, row.origin,
        )
        for row in EvaluationEvidence.objects.standing(la, framework=framework.id)
    )  # fmt: skip
    asked = (
        evaluation.Recommendation(
            framework.id, row.about, row.words, row.source, row.made_on, row.due, row.required, str(row.owner.person) if row.owner else "",
            row.done,
        )
        for row in Recommendation.objects.standing(la, framework=framework.id).select_related("owner__person")
    )  # fmt: skip
    return evaluation_file.SelfEvaluation(la, framework.id, tuple(graded), tuple(findings), tuple(evidence), tuple(asked))


def _look_again(request: Any) -> None:
    """The worklist knows recommendations and actions; it is made again when somebody next asks for it."""
    WorkStamp.objects.filter(la=request.viewer.la).delete()
