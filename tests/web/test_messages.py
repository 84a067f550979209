"""Messages hold a link and no child's detail, in the application and out of it."""

import re

import pytest
from web_day import TODAY

from virtualschool.web.actions import messages as acts
from virtualschool.web.actions import sharing
from virtualschool.web.models import Message
from virtualschool.web.permissions import Viewer


@pytest.fixture
def posted(settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return mailoutbox


@pytest.mark.parametrize("kind", acts.KINDS)
def test_a_message_out_holds_its_own_words_and_a_link_and_nothing_of_a_child(kind, posted, member, roll):
    (entry,) = roll("V01", 1, preferred_name="Bee", upn="A123456789012")
    head = member("head").person
    head.email = "head@council.example"
    head.save()
    acts.tell([head, head], kind, f"/children/{entry.token}", "V01")
    (message,) = posted
    said = f"{message.subject} {message.body}"
    words = acts.KINDS[kind]
    (made,) = Message.objects.all()
    assert said == f"Virtual School: {words.subject} {words.words}\n\nSign in to see it: http://localhost:8000/messages/{made.pk}\n"
    for secret in (entry.name, entry.name.split()[-1], "Bee", entry.child, entry.upn, entry.token, entry.dob.isoformat()):
        assert secret and secret not in said
    assert Message.objects.get().sent is not None


def test_without_the_councils_server_a_message_waits_in_the_application_alone(member, mailoutbox, signed_in):
    head = signed_in("head")
    acts.tell([head.membership.person], "unusual volume", "/people/events", "V01")
    assert mailoutbox == [] and b"Messages (1 new)" in head.get("/accounts/").content
    assert b"Someone looked at unusually many records" in head.get("/messages/").content
    number = Message.objects.get().pk
    assert b'href="/people/events"' in head.get(f"/messages/{number}").content
    assert b"new)" not in head.get("/accounts/").content


def test_nobody_reads_the_messages_of_others(signed_in):
    head, other = signed_in("head"), signed_in("head")
    acts.tell([head.membership.person], "unusual volume", "/people/events", "V01")
    number = Message.objects.get().pk
    assert other.get(f"/messages/{number}").status_code == 404
    other.post("/messages/")
    assert Message.objects.get().read is None


def test_nothing_is_sent_to_somebody_who_comes_by_link(posted, signed_in, roll):
    from virtualschool.web.actions import people

    (entry,) = roll("V01", 1)
    head = signed_in("head")
    viewer = Viewer(head.membership.person, head.membership)
    (child,) = [one for one in sharing.children.of(viewer) if one.token == entry.token]
    link, _ = people.let_in_once(viewer, child, "carer", "Kind Carer", "", "plan")
    people.end(viewer, link.membership)
    assert posted == [] and Message.objects.get().person == link.membership.person
    assert link.membership.ends == TODAY


def test_an_invitation_is_also_sent_where_the_councils_server_is_set_and_shown_in_any_case(posted, signed_in, monkeypatch):
    new = {"name": "Someone New", "email": "new@council.example", "role": "team", "school": "", "home": "", "ends": ""}
    head = signed_in("head")
    page = head.post("/people/invite", new).content.decode()
    (message,) = posted
    (address,) = re.findall(r'value="(http://testserver/invitation/[^"]+)"', page)
    assert message.to == ["new@council.example"] and address in message.body and "was sent to new@council.example" in page

    def broken(*given, **named):
        raise ConnectionRefusedError

    monkeypatch.setattr(acts, "send_mail", broken)
    page = head.post("/people/invite", new | {"email": "other@council.example"}).content.decode()
    assert "Pass this link on" in page and "/invitation/" in page
