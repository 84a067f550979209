"""The authority's policy of allocating the premium: each version is published once and stays; the newest counts."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import Http404

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events
from virtualschool.web.models import PremiumPolicy, WorkStamp


def versions(la: str, on: datetime.date | None = None) -> list[PremiumPolicy]:
    """The versions that were published by a day, the newest first."""
    return list(PremiumPolicy.objects.filter(la=la, published_on__lte=on or clock.today()).order_by("-version"))


def current(la: str, on: datetime.date | None = None) -> PremiumPolicy | None:
    """The version that held on a day."""
    return next(iter(versions(la, on)), None)


def publish(request: Any, **said: Any) -> PremiumPolicy:
    """A new version, published today. Raises WrongUse for an approval to come, or a review that is not."""
    viewer = request.viewer
    if not viewer.may("premium_decide", "change"):
        raise Http404
    today = clock.today()
    if said["approved_on"] > today:
        raise WrongUse("Approved on", "it is a day to come.", "Publish it once it is approved.")
    if said["review_on"] <= today:
        raise WrongUse("Review by", "it is not a day to come.", "Give the day by which you will look at it again.")
    if said["devolved"] < 100 and not said["kept_for"].strip():
        raise WrongUse("What is kept", "a share is kept, and nothing says what for.", "Say what the share that is kept pays for.")
    with transaction.atomic():
        last = PremiumPolicy.objects.filter(la=viewer.la).aggregate(last=Max("version"))["last"] or 0
        by = f"{viewer.name}, {viewer.role.words.lower()}" if viewer.role is not None else viewer.name
        try:
            made = PremiumPolicy.objects.create(la=viewer.la, version=last + 1, published_on=today, made_by=viewer.person, by=by, **said)
        except IntegrityError as fault:
            raise WrongUse("Policy", "somebody published a version just now.", "Read it, and publish yours if it still holds.") from fault
        WorkStamp.objects.filter(la=viewer.la).delete()
        events.record(request, "published the policy", "premium", version=made.version)
    return made
