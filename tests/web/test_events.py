"""Events are written once, chained, and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from virtualschool.web import events
from virtualschool.web.models import Event


def test_events_follow_one_another_and_are_whole(db):
    for number in range(3):
        events.add(action="viewed", person="a@example.invalid", detail={"number": number})
    assert events.first_broken() is None and Event.objects.count() == 3


@pytest.mark.parametrize("act", ["UPDATE web_event SET reason = 'another'", "DELETE FROM web_event"])
def test_the_database_refuses_to_change_an_event(db, act):
    events.add(action="viewed")
    with pytest.raises(DatabaseError, match="stand as they were written"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)


def test_an_event_that_was_altered_behind_the_database_is_found(db):
    for _ in range(3):
        events.add(action="viewed")
    second = Event.objects.order_by("id")[1]
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER events_no_UPDATE")
        cursor.execute("UPDATE web_event SET person = 'someone' WHERE id = %s", [second.pk])
    assert events.first_broken().pk == second.pk


# The page of who looked at what.


def test_a_head_sees_who_looked_at_a_child_and_how_often(signed_in, roll):
    (entry,) = roll("V01", 1)
    team, head = signed_in("team"), signed_in("head")
    for _ in range(3):
        team.get(f"/people/child/{entry.token}/ways-in")
    page = head.get(f"/people/child/{entry.token}/looked")
    (row,) = [row for row in page.context["by_person"] if row["person"] == team.membership.person.email]
    assert row["times"] == 3 and entry.name in page.content.decode()
    listed = head.get("/people/events", {"person": team.membership.pk, "action": "viewed"}).content.decode()
    assert listed.count("Test team<br>") == 3 and entry.name in listed and entry.token not in listed


def test_an_administrator_sees_events_and_no_child(signed_in, roll):
    (entry,) = roll("V01", 1)
    signed_in("team").get(f"/people/child/{entry.token}/ways-in")
    administrator = signed_in("administrator")
    page = administrator.get("/people/events").content.decode()
    assert "Test team" in page and "a child" in page and entry.name not in page and entry.token not in page
    assert administrator.get(f"/people/child/{entry.token}/looked").status_code == 404


def test_the_events_of_another_authority_are_not_shown(signed_in, roll):
    (entry,) = roll("V01", 1)
    signed_in("team").get(f"/people/child/{entry.token}/ways-in")
    other = signed_in("head", "V02")
    assert "Test team" not in other.get("/people/events").content.decode()
    assert other.get(f"/people/child/{entry.token}/looked").status_code == 404


def test_the_responsible_authority_sees_who_looked_where_it_shared(signed_in, roll):
    from virtualschool.web.models import Share

    (entry,) = roll("V01", 1)
    Share.objects.create(
        token=entry.token, la="V01", with_la="V02", kinds=["record", "events"], gateway="school there", starts="2020-01-01"
    )
    events.add(action="viewed", kind="record", la="V02", person="there@example.invalid", token=entry.token)
    events.add(action="viewed", kind="record", la="V03", person="elsewhere@example.invalid", token=entry.token)
    page = signed_in("head").get(f"/people/child/{entry.token}/looked").content.decode()
    assert "there@example.invalid" in page and "elsewhere@" not in page


def test_a_head_looks_through_the_chain_with_a_button(signed_in):
    head = signed_in("head")
    assert b"events stand as they were written" in head.post("/people/events/verify", follow=True).content
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER events_no_UPDATE")
        cursor.execute("UPDATE web_event SET person = 'someone' WHERE id = (SELECT min(id) FROM web_event)")
    assert b"is not as it was written" in head.post("/people/events/verify", follow=True).content


def test_the_command_looks_through_the_chain_too(db):
    from virtualschool.errors import WrongUse
    from virtualschool.web import by_command

    events.add(action="viewed", kind="record", person="a@example.invalid", la="V01")
    assert list(by_command.verified()) == ["1 events, each as it was written and in its place."]
    (line,) = by_command.newest(5)
    assert line.split("  ")[1:] == ["a@example.invalid", "V01", "viewed", "record"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER events_no_UPDATE")
        cursor.execute("UPDATE web_event SET person = 'someone'")
    with pytest.raises(WrongUse, match="is not as it was written"):
        list(by_command.verified())


def test_the_heads_are_told_once_a_day_when_someone_opens_unusually_many_records(member):
    from types import SimpleNamespace

    from virtualschool.web.models import Message
    from virtualschool.web.permissions import Viewer

    head, team = member("head"), member("team")
    request = SimpleNamespace(viewer=Viewer(team.person, team))
    for number in range(events.UNUSUAL + 1):
        for _ in range(2):
            events.record(request, "viewed", "record", token=f"t{number}")
        assert Message.objects.count() == (1 if number == events.UNUSUAL else 0)
    events.record(request, "viewed", "record", token="another")
    assert Message.objects.get().person == head.person and Message.objects.get().kind == "unusual volume"


# The national host.


def test_a_national_host_sees_pseudonyms_and_figures_and_opens_no_record(signed_in, roll):
    from virtualschool.web import stores

    entries = roll("V01", 3)
    host = signed_in("national_host", "")
    page = host.get("/national/children", {"la": "V01"})
    shown = page.content.decode()
    assert len(page.context["rows"]) == 50 and page.context["found"] > 50
    for row in stores.children_rows(stores.snapshot(), "V01").values():
        assert row["child"] not in shown and row["token"] not in shown and row["token"][:6] not in shown
    assert not any(entry.name in shown for entry in entries)
    assert {row.authority for row in page.context["rows"]} == {stores.places().name("V01")}
    told = host.get("/national/")
    assert len(told.context["told"]["rows"]) >= 2 and b"Attainment 8" in told.content
    assert host.get(f"/people/child/{entries[0].token}/looked").status_code == 404


def test_a_pseudonym_changes_with_the_year_and_with_the_key(settings):
    from virtualschool.web.presenters import national

    first = national.pseudonym("token", 2025)
    assert first == national.pseudonym("token", 2025) != national.pseudonym("token", 2026) and "token" not in first
    settings.SECRET_KEY = "another"
    assert national.pseudonym("token", 2025) != first
