"""What children took part in, and how each rates their own confidence, self-esteem and resilience before and after."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from virtualschool.errors import WrongUse
from virtualschool.web import children, clock, events
from virtualschool.web.actions import voice_safety
from virtualschool.web.actions.voice import aged, is_child, is_office
from virtualschool.web.children import Child
from virtualschool.web.models import Activity, Rating, TookPart, View
from virtualschool.web.models.voice import FEELINGS, KINDS
from virtualschool.web.permissions import Viewer


def begin(request: Any, *, name: str, kind: str, starts: datetime.date, ends: datetime.date | None) -> Activity:
    if not name.strip() or kind not in KINDS or (ends and ends < starts):
        raise WrongUse("Activity", "name or kind is missing, or it ends before it begins.", "Correct it.")
    made = Activity.objects.create(
        la=request.viewer.la, name=name.strip(), kind=kind, starts=starts, ends=ends, made_by=request.viewer.person
    )
    events.record(request, "wrote an activity", "voice", activity=made.pk)
    return made


def take_part(request: Any, activity: Activity, tokens: Sequence[str]) -> int:
    """Writes down who took part; how many are new. Raises WrongUse for a child whom the viewer may not see."""
    seen = {child.token for child in children.of(request.viewer) if child.la == activity.la}
    if set(tokens) - seen:
        raise WrongUse("Children", "one of them is not here for you.", "Choose from the list.")
    held = set(activity.parts.values_list("token", flat=True))
    new = [token for token in dict.fromkeys(tokens) if token not in held]
    with transaction.atomic():
        for token in new:
            TookPart.objects.create(activity=activity, la=activity.la, token=token, made_by=request.viewer.person)
            events.record(request, "noted taking part", "voice", token=token, activity=activity.pk)
    return len(new)


def may_rate(viewer: Viewer, child: Child) -> bool:
    """The child, or somebody of the Virtual School who writes down what the child says."""
    return child.la == viewer.la and viewer.may("voice", "change") and (is_child(viewer) or is_office(viewer))


def rate(request: Any, child: Child, part: TookPart, moment: str, *, words: str = "", **said: int | None) -> Rating:
    """A child's own rating, 1 to 5 each; any of them may be left out, and not all. Words are kept exactly, and read as any of a child's."""
    viewer = request.viewer
    if not may_rate(viewer, child) or part.token != child.token or part.la != child.la:
        raise WrongUse("Rating", "it is not yours to give.", "Ask the child.")
    given = {name: said.get(name) for name in FEELINGS}
    if (
        moment not in Rating.MOMENTS
        or all(value is None for value in given.values())
        or any(value is not None and not 1 <= value <= 5 for value in given.values())
    ):
        raise WrongUse("Rating", "nothing is rated, or not from 1 to 5.", "Choose a number for at least one.")
    with transaction.atomic():
        made = Rating.objects.create(
            part=part,
            la=part.la,
            token=part.token,
            moment=moment,
            on=clock.today(),
            words=words,
            by_child=is_child(viewer),
            made_by=viewer.person,
            **given,
        )
        if words.strip():
            view = View.objects.create(
                la=part.la,
                token=part.token,
                said_on=clock.today(),
                source="said" if is_child(viewer) else "talk",
                topic="friends",
                words=words,
                made_by=viewer.person,
                by=f"{viewer.name}, {viewer.role.words.lower()}",
                **aged(child, clock.today()),
            )
            voice_safety.look_at(view)
        events.record(request, "rated", "voice", token=part.token, part=part.pk, moment=moment)
    return made
