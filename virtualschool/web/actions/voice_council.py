"""What becomes of views: panels and surveys that ask for them, whom they were brought to, what was decided, the pledge, and complaints that
were looked at with children. No child is named in any of it."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from virtualschool import measures
from virtualschool.errors import Finding, WrongUse
from virtualschool.plans.surveys import group_of, read_survey
from virtualschool.web import children, clock, events
from virtualschool.web.actions import voice, voice_safety
from virtualschool.web.models import (
    Complaint,
    ComplaintLook,
    Decision,
    Hearing,
    Panel,
    Promise,
    PromiseLook,
    Survey,
    SurveyAnswer,
    View,
    WorkStamp,
)
from virtualschool.web.models.voice import FORUMS, GROUPS, KEPT, STATES, TOPICS

SHOWN = 200
"""Findings of a survey that are kept for its page."""


def hold_panel(request: Any, *, on: datetime.date, group: str, asked: str, came: int, said: Sequence[tuple[str, str]]) -> Panel:
    """A meeting of a council of children, and what they said together: pairs of a topic and words. What a panel says may be told."""
    _past("Day", on)
    if group not in GROUPS or not asked.strip() or not 1 <= came <= 500:
        raise WrongUse("Panel", "group, subject or number of children is missing.", "Fill in all three.")
    with transaction.atomic():
        made = Panel.objects.create(la=request.viewer.la, on=on, group=group, asked=asked.strip(), came=came, made_by=request.viewer.person)
        for topic, words in said:
            if words.strip():
                view = View.objects.create(
                    la=made.la,
                    said_on=on,
                    group=group,
                    source="panel",
                    topic=topic if topic in TOPICS else "other",
                    words=words,
                    consent="quote",
                    panel=made,
                    made_by=request.viewer.person,
                    by=f"{request.viewer.name}, {request.viewer.role.words.lower()}",
                )
                voice_safety.look_at(view)
        events.record(request, "noted a panel", "voice", panel=made.pk)
        WorkStamp.objects.filter(la=made.la).delete()
    return made


def bring_survey(request: Any, *, name: str, on: datetime.date, file: str, content: bytes) -> Survey:
    """A survey from a CSV file, with an account of its rows. A child whom nobody knows here is set aside. Words become views of their own.

    Raises Unreadable for a file that is no table of answers, WrongUse where the same file was brought before.
    """
    la = request.viewer.la
    _past("Day", on)
    digest = hashlib.sha256(content).hexdigest()
    if Survey.objects.filter(la=la, sha256=digest).exists():
        raise WrongUse(f"File {file}", "it was brought before.", "Look at the survey in the list.")
    found = read_survey(content, file)
    known = {key: child for child in children.everyone(la) for key in _keys(child)}
    strangers = [one for one in found.kept if one.child and one.child not in known]
    kept = [one for one in found.kept if not one.child or one.child in known]
    findings = [asdict(one) for one in found.findings[:SHOWN]]
    if strangers:
        wrong = f"{len(strangers)} answers are of children who are not known here; they are set aside."
        findings.append(asdict(Finding(file, 0, "child", wrong, "Write the token or the identifier of the return.", "unknown child", la)))
    with transaction.atomic():
        made = Survey.objects.create(
            la=la,
            name=name.strip(),
            on=on,
            sha256=digest,
            read=found.read,
            kept=len(kept),
            findings=findings,
            made_by=request.viewer.person,
        )
        answers, views = [], []
        for one in kept:
            child = known.get(one.child)
            day = one.answered_on if one.answered_on and one.answered_on <= clock.today() else on
            told = voice.aged(child, day) if child else {"age": one.age, "group": one.group or group_of(one.age)}
            token = child.token if child else ""
            answers.append(SurveyAnswer(survey=made, la=la, token=token, group=told["group"], question=one.question, answer=one.answer))
            if one.words:
                views.append(
                    View(
                        la=la,
                        token=token,
                        said_on=day,
                        **told,
                        source="survey",
                        words=one.words,
                        consent=one.consent,
                        survey=made,
                        made_by=request.viewer.person,
                    )
                )
        SurveyAnswer.objects.bulk_create(answers, batch_size=500)
        for view in View.objects.bulk_create(views, batch_size=500):
            voice_safety.look_at(view)
        events.record(request, "brought a survey", "voice", survey=made.pk, read=made.read, kept=made.kept)
    return made


def decide(request: Any, decision: Decision | None, *, views: Sequence[int] = (), **said: Any) -> Decision:
    """A decision that views changed, or what it is from now on. Raises WrongUse where nothing could be done and no reason is given."""
    if said["state"] not in STATES or not said["you_said"].strip() or not said["we_did"].strip():
        raise WrongUse("Decision", "what children said or what was done is missing.", "Fill in both.")
    if said["state"] == "not_done" and not said.get("why_not", "").strip():
        raise WrongUse("Reason", "it could not be done, and no reason is given.", "Say why, in words a child can read.")
    if (told := said.get("told_on")) and not said["on"] <= told <= clock.today():
        raise WrongUse("Told on", "it is before the decision, or a day to come.", "Give the day on which children were told.")
    _past("Day", said["on"])
    chosen = _views(request, views)
    with transaction.atomic():
        if decision is None:
            decision = Decision.objects.create(la=request.viewer.la, made_by=request.viewer.person, **said)
        else:
            for name, value in said.items():
                setattr(decision, name, value)
            decision.save()
        decision.views.set(chosen)
        events.record(request, "wrote a decision", "voice", decision=decision.pk, views=len(chosen))
    return decision


def bring(request: Any, *, views: Sequence[int] = (), **said: Any) -> Hearing:
    """Views brought to people who decide."""
    if said["forum"] not in FORUMS or not said["what"].strip() or not said["brought_by"].strip():
        raise WrongUse("Where it went", "to whom, what or by whom is missing.", "Fill in all three.")
    _past("Day", said["on"])
    made = Hearing.objects.create(la=request.viewer.la, made_by=request.viewer.person, **said)
    made.views.set(_views(request, views))
    events.record(request, "brought views", "voice", hearing=made.pk, forum=made.forum)
    return made


def promise(request: Any, *, number: int, words: str, since: datetime.date) -> Promise:
    la = request.viewer.la
    if not words.strip() or Promise.objects.filter(la=la, number=number, ended__isnull=True).exists():
        raise WrongUse("Promise", "its words are missing, or there is one of this number.", "Give it words and the next number.")
    made = Promise.objects.create(la=la, number=number, words=words.strip(), since=since, made_by=request.viewer.person)
    events.record(request, "wrote a promise", "voice", promise=made.pk)
    return made


def look_at_promise(request: Any, promise: Promise, **said: Any) -> PromiseLook:
    """Whether a promise is kept, with the evidence. Raises WrongUse without evidence, or for a measure that there is not."""
    if said["kept"] not in KEPT or not said["evidence"].strip():
        raise WrongUse("Evidence", "it is missing.", "Say how it is known that the promise is kept, or is not.")
    if said.get("measure") and said["measure"] not in measures.ALL:
        raise WrongUse("Figure", "there is no measure of this name.", "Choose one of the list, or none.")
    _past("Day", said["on"])
    made = PromiseLook.objects.create(promise=promise, made_by=request.viewer.person, **said)
    events.record(request, "looked at a promise", "voice", promise=promise.pk, kept=made.kept)
    return made


def look_at_complaint(request: Any, *, complaint: int | None, **said: Any) -> ComplaintLook:
    """A complaint that children looked at with the council. Raises WrongUse where nothing changed and no reason is given."""
    held = Complaint.objects.filter(la=request.viewer.la, pk=complaint).first() if complaint else None
    if complaint and held is None:
        raise WrongUse("Complaint", "there is none of this number.", "Choose one of the list.")
    said["reference"] = said["reference"].strip() or (held.reference if held else "")
    if not said["reference"]:
        raise WrongUse("Reference", "it is missing.", "Give where the complaint is kept; what it says stays there.")
    if not said["changed"].strip() and not said["why_not"].strip():
        raise WrongUse("What changed", "neither a change nor a reason for none is given.", "Write one of them.")
    _past("Day", said["on"])
    made = ComplaintLook.objects.create(la=request.viewer.la, complaint=held, made_by=request.viewer.person, **said)
    events.record(request, "looked at a complaint", "voice", look=made.pk)
    return made


def _views(request: Any, numbers: Sequence[int]) -> list[View]:
    """Views that may be linked with something that many read: those whose consent allows it and about which nobody worries."""
    wanted = {int(one) for one in numbers}
    found = list(voice.usable(voice.readable(request.viewer)).filter(pk__in=wanted))
    if len(found) != len(wanted):
        raise WrongUse("Views", "one of them may not be used.", "Choose from the list; a child may have changed their mind.")
    return found


def _keys(child: children.Child) -> set[str]:
    return {str(one) for one in (child.token, child.row.get("child"), getattr(child.entry, "child", "")) if one}


def _past(words: str, day: datetime.date) -> None:
    if day > clock.today():
        raise WrongUse(words, "it is a day to come.", "Give today or a day that is past.")
