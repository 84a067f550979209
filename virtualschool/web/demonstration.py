"""People of an invented authority, one for each role, so that a demonstration can be signed in to. Refused on a store of real children."""

from dataclasses import dataclass

from virtualschool.errors import WrongUse
from virtualschool.web import roles, stores

DOMAIN = "example.invalid"


@dataclass(frozen=True)
class SignIn:
    role: str
    words: str
    email: str


def people(la: str, password: str) -> list[SignIn]:
    """The accounts of the demonstration, made or given this password. The first of them is the head."""
    from virtualschool.web import (
        demonstration_attendance,
        demonstration_casework,
        demonstration_evaluation,
        demonstration_plan_quality,
        demonstration_premium,
        demonstration_voice,
    )
    from virtualschool.web.models import Membership, Person

    if not stores.is_invented():
        raise WrongUse("Demonstration", "this store holds real authorities.", "Invite people instead: virtualschool invite STORE")
    fill(la)
    made = []
    for name, role in roles.roles().items():
        if name in ("inspector", "child"):
            continue  # They come by a link that the head makes.
        email = f"{name.replace('_', '.')}@{DOMAIN}"
        person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, f"Invented {role.words}")
        person.set_password(password)
        person.save()
        membership, _ = Membership.objects.get_or_create(person=person, role=name, la="" if role.scope == "all" else la)
        bind(membership)
        made.append(SignIn(name, role.words, email))
    demonstration_voice.fill(la)
    demonstration_casework.fill(la)  # Its records belong to the people made just now.
    demonstration_plan_quality.fill(la)
    demonstration_premium.fill(la)
    demonstration_attendance.fill(la)
    demonstration_evaluation.fill(la)
    return made


def fill(la: str) -> None:
    """Puts invented records before an invented authority's people: a line for each subject that has some."""
    from virtualschool.web import (
        demonstration_figures,
        demonstration_people,
        demonstration_plans,
        demonstration_progress,
        demonstration_roll,
    )

    demonstration_roll.fill(la)
    demonstration_people.fill(la)
    demonstration_figures.fill(la)
    demonstration_plans.fill(la)
    demonstration_progress.fill(la)


def bind(membership) -> None:
    """Gives a demonstration's member the school, home or children that the role is about."""
    from collections import Counter

    from virtualschool.web import children
    from virtualschool.web.models import Relationship

    role = roles.roles()[membership.role]
    if role.scope not in ("school", "home", "own"):
        return
    current = [child for child in children.everyone(membership.la) if child.is_current]
    if role.scope == "own":
        if not membership.relationships.exists():
            Relationship.objects.bulk_create(
                Relationship(membership=membership, token=child.token) for child in sorted(current, key=lambda c: c.token)[:6]
            )
        return
    places = Counter(place for child in current if (place := child.school if role.scope == "school" else child.home))
    if places:
        place = max(sorted(places), key=lambda one: places[one])
        setattr(membership, role.scope, place)
        membership.save()
