"""What is done on the machine itself and not on a page: letting the first person in, and looking whether events stand."""

import pathlib
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from virtualschool.errors import WrongUse, unknown
from virtualschool.web import clock, events, roles, stores
from virtualschool.web.actions import people
from virtualschool.web.models import Event, Membership


def invite(la: str, role: str, email: str, name: str, school: str = "", home: str = "") -> str:
    """What to tell the new person: a link that works once, or that they have a way in already.

    Raises WrongUse for a role or an authority that is not there, and for what is no address.
    """
    if role not in roles.roles() or role == "inspector":
        raise unknown("Role", role, [one for one in roles.roles() if one != "inspector"])
    if roles.roles()[role].scope == "all":
        la = ""
    elif stores.newest_year(stores.snapshot(), la or "-") is None:
        raise WrongUse(f"Authority '{la}'", "the store holds no children of it.", "Name one whose returns were built: --la CODE")
    try:
        validate_email(email)
    except ValidationError as fault:
        raise WrongUse("Email address", "this is not one.", "Write it like name@council.gov.uk.") from fault
    _, secret = people.invite(None, la, role, email, name, school=school, home=home)
    if not secret:
        return "They have an account already and see the role when they next sign in."
    until = (clock.now() + people.LIFE).astimezone(clock.LONDON)
    address = f"{settings.ADDRESS or 'http://localhost:8000'}{reverse('invitation', args=[secret])}"
    return f"{address}\n\nThe link works once, until {until.day} {until:%B %Y, %H:%M}. Pass it on to nobody else; it is shown only now."


def remind(la: str = "") -> Iterator[str]:
    """A line for each authority: of how many dates of plans how many people were reminded."""
    from virtualschool.web.actions import plan_reminders

    for one in [la] if la else authorities():
        told = plan_reminders.remind(one)
        who, what = told["people"], told["dates"]
        yield f"{one}: {who} {'person' if who == 1 else 'people'} reminded of {what} {'date' if what == 1 else 'dates'}."


def export_plans(folder: pathlib.Path, la: str = "") -> Iterator[str]:
    """Writes plans, assessments, what children said and premium of each authority as files that a build reads; a line
    for each."""
    from virtualschool.web import store_files
    from virtualschool.web.actions import plan_export

    for one in [la] if la else authorities():
        plans, assessed = plan_export.write(one, folder)
        store_files.besides(one, folder)
        yield f"{one}: {plans} plans and {assessed} assessments in {folder / one / 'plans'}." if plans or assessed else f"{one}: none."


def authorities() -> list[str]:
    """The authorities that people work for here."""
    return sorted(set(Membership.objects.exclude(la="").values_list("la", flat=True)))


def newest(number: int) -> Iterator[str]:
    """The newest events, a line each: when, who, as what, what, on which page. No child: only the opaque token."""
    for event in reversed(Event.objects.order_by("-id")[:number]):
        when = event.when.astimezone(clock.LONDON)
        said = (
            f"{when:%Y-%m-%d %H:%M:%S}",
            event.person or "nobody",
            event.role,
            event.la,
            event.action,
            event.kind,
            event.page,
            event.token,
        )
        yield "  ".join(filter(None, said))


def verified() -> Iterator[str]:
    """That all events stand, and how many. Raises WrongUse where one was altered or taken out."""
    broken = events.first_broken()
    if broken is not None:
        raise WrongUse(
            f"Event {broken.pk}",
            "it, or the one before it, is not as it was written.",
            "Bring the database back from a backup beside this one, compare from that event on, and find out who could write to it.",
        )
    yield f"{Event.objects.count()} events, each as it was written and in its place."
