"""What people do with an item of the worklist: take it, give it, put it off with a reason, call it done, bring it back."""

import datetime
from typing import Any

from django.http import Http404

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events
from virtualschool.web.models import Membership, WorkItem
from virtualschool.web.worklist import RULES

LONGEST = datetime.timedelta(days=92)
"""The longest that something may be put off at once: a term; ours."""


def item_of(request: Any, number: int) -> WorkItem:
    """An item of the viewer's authority and role; raises Http404 in every other case."""
    item = WorkItem.objects.filter(pk=number, la=request.viewer.la).first()
    if item is None or item.rule not in RULES or not request.viewer.may(RULES[item.rule].kind):
        raise Http404
    return item


def give(request: Any, item: WorkItem, owner: Membership | None) -> None:
    """Gives an item to a member of the authority who may change the worklist, or to nobody."""
    if owner is not None and (owner.la != item.la or not Membership.objects.on(clock.today()).filter(pk=owner.pk).exists()):
        raise Http404
    item.owner = owner
    item.save(update_fields=["owner"])
    _note(request, item, "gave", to=owner.person.email if owner else "")


def put_off(request: Any, item: WorkItem, until: datetime.date, why: str) -> None:
    """Puts an item off until a day. Raises WrongUse without a reason, for a day that is not to come, or for longer than a term."""
    today = clock.today()
    if not why.strip():
        raise WrongUse("Reason", "it is empty.", "Say in a few words why this can wait.")
    if not today < until <= today + LONGEST:
        raise WrongUse("Day", "it is not within the next three months.", "Choose a day from tomorrow on.")
    item.snoozed_until, item.snoozed_why = until, why.strip()
    item.save(update_fields=["snoozed_until", "snoozed_why"])
    _note(request, item, "put off", until=until.isoformat())


def finish(request: Any, item: WorkItem, why: str = "") -> None:
    item.done, item.done_by, item.done_why = clock.now(), request.viewer.person, why.strip()
    item.save(update_fields=["done", "done_by", "done_why"])
    _note(request, item, "finished")


def bring_back(request: Any, item: WorkItem) -> None:
    item.done = item.done_by = item.snoozed_until = None
    item.save(update_fields=["done", "done_by", "snoozed_until"])
    _note(request, item, "brought back")


def _note(request: Any, item: WorkItem, action: str, **detail: Any) -> None:
    events.record(request, action, "worklist", token=item.token, rule=item.rule, item=item.pk, **detail)
