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
