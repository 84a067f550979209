"""Pages over the small invented store, as people of each role see them."""

import datetime

import pytest
from built_store import built, england, run, shared
from web_day import TODAY

from virtualschool.web import clock, stores
from virtualschool.web.migrations import _events_stand
from virtualschool.web.models import Membership, Person, Relationship, RollEntry, RollFile

__all__ = ["built", "england", "run", "shared"]


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/web" in item.path.as_posix():
            item.add_marker(pytest.mark.django_db(databases="__all__"))


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables are made from the models, which takes a tenth of the time; that migrations make the same is a test of its own."""
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database refuses to change events here as it does where it was made by migrations."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        _events_stand.stand(None, editor)


@pytest.fixture
def store(built, settings, db):
    """The store that pages read, on the day of the tests. Static files are plain, since none is collected."""
    settings.STORE = built
    settings.TODAY = TODAY.isoformat()
    return built


@pytest.fixture
def member(store):
    """Makes a person with one membership: member("head", la="V01")."""

    def made(role: str, la: str = "V01", name: str = "", **bound) -> Membership:
        email = f"{name or role}.{la or 'all'}.{Person.objects.count()}@example.invalid".lower().replace(" ", ".")
        person = Person.objects.create_user(email, name or f"Test {role}")
        return Membership.objects.create(person=person, role=role, la=la, **{"confirmed": TODAY, **bound})

    return made


@pytest.fixture
def signed_in(client, member):
    """A browser in which someone of a role is signed in: signed_in("head", la="V02")."""
    from django.test import Client

    def browser(role: str | Membership, la: str = "V01", **bound) -> Client:
        membership = role if isinstance(role, Membership) else member(role, la, **bound)
        one = Client()
        one.force_login(membership.person, backend="allauth.account.auth_backends.AuthenticationBackend")
        one.membership = membership
        return one

    return browser


@pytest.fixture
def roll(store):
    """Puts children of the store on today's roll under invented names: roll("V01", 3, school="900001") gives their entries."""

    def made(la: str = "V01", children: int = 3, as_of: datetime.date = TODAY, skip: int = 0, **columns) -> list[RollEntry]:
        held = stores.snapshot()
        rows = [
            row for row in stores.children_rows(held, la).values() if row["at_31_march"] and row["year"] == stores.newest_year(held, la)
        ]
        file, _ = RollFile.objects.get_or_create(la=la, as_of=as_of, defaults={"sha256": "0" * 64, "loaded": clock.now()})
        entries = []
        for number, row in enumerate(rows[skip : skip + children], skip):
            given = {"name": f"Invented Name{number}", "dob": row["dob"], "school": str(row["school"] or "")}
            given |= {"year_group": str(row["year_group"] or ""), **columns}
            entries.append(RollEntry(file=file, la=la, child=row["child"], token=row["token"], **given))
        return RollEntry.objects.bulk_create(entries)

    return made


@pytest.fixture
def relate():
    def related(membership: Membership, token: str, **dates) -> Relationship:
        return Relationship.objects.create(membership=membership, token=token, **dates)

    return related
