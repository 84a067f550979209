"""Who has access: invited, changed, confirmed, ended; and those who come by a link for one visit."""

import datetime
import re

import pytest
from django.test import Client
from web_day import TODAY

from virtualschool.web import children, clock, links
from virtualschool.web.actions import people as acts
from virtualschool.web.models import Event, Invitation, Membership, Message, OneTimeLink, Person
from virtualschool.web.permissions import Viewer

DAY = datetime.timedelta(days=1)
NEW = {"name": "Someone New", "email": "new@example.invalid", "role": "team", "school": "", "home": "", "ends": ""}
PASSWORD = "three small words"


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def link_on(page) -> str:
    (address,) = re.findall(r'value="http://testserver([^"]+)"', page.content.decode())
    return address


def test_an_invitation_opens_an_account_once_and_for_a_week(signed_in, monkeypatch):
    head = signed_in("head")
    page = head.post("/people/invite", NEW)
    address, new = link_on(page), Client()
    assert b"Welcome, Someone New" in new.get(address).content
    weak = new.post(address, {"password": "password", "again": "password"})
    assert weak.status_code == 200 and b"too short" in weak.content
    assert new.post(address, {"password": PASSWORD, "again": PASSWORD}).headers["Location"] == "/"
    person = Person.objects.get(email=NEW["email"])
    assert new.session["_auth_user_id"] == str(person.pk) and person.check_password(PASSWORD)
    assert Client().get(address).status_code == 404
    assert Invitation.objects.get().secret_hash not in address

    late = link_on(head.post("/people/invite", NEW | {"email": "late@example.invalid"}))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + acts.LIFE + DAY)
    assert Client().get(late).status_code == 404
    said = list(Event.objects.filter(kind="people", action__in=("gave role", "accepted invitation")).values_list("action", "la"))
    assert said == [("gave role", "V01"), ("accepted invitation", "V01"), ("gave role", "V01")]


def test_someone_with_an_account_gets_the_role_at_once_and_a_message(signed_in, member):
    there = member("team", "V02").person
    there.set_password(PASSWORD)
    there.save()
    page = signed_in("head").post("/people/invite", NEW | {"email": there.email})
    assert b'value="http' not in page.content and Message.objects.get(person=there).kind == "role given"
    assert set(Membership.objects.on(TODAY).filter(person=there).values_list("la", flat=True)) == {"V01", "V02"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"role": "national_host"}, "Select a valid choice"),
        ({"role": "inspector"}, "Select a valid choice"),
        ({"role": "teacher"}, "this role is bound to one"),
        ({"email": "not an address"}, "Enter one address"),
        ({"ends": "2025-04-28"}, "Choose a day from tomorrow on"),
    ],
)
def test_a_role_that_cannot_be_given_says_why(signed_in, changed, said):
    page = signed_in("head").post("/people/invite", NEW | changed)
    assert said in page.content.decode() and not Person.objects.filter(email=NEW["email"]).exists()


def test_nobody_gives_themselves_a_role_and_an_administrators_gift_is_told_to_the_head(signed_in, member):
    head, administrator = member("head"), signed_in("administrator")
    page = administrator.post("/people/invite", NEW | {"email": administrator.membership.person.email, "role": "head"})
    assert b"it is your own" in page.content
    administrator.post("/people/invite", NEW | {"role": "head"})
    assert Message.objects.get(person=head.person).kind == "role given by an administrator"


def test_a_role_ends_with_the_click_and_not_at_the_end_of_a_session(signed_in, member, roll):
    (entry,) = roll("V01", 1)
    head, team = signed_in("head"), signed_in("team")
    ways = f"/people/child/{entry.token}/ways-in"
    assert team.get(ways).status_code == 200
    head.post(f"/people/{team.membership.pk}", {"act": "end"})
    assert team.get(ways).status_code == 404
    assert Membership.objects.get(pk=team.membership.pk).ends == TODAY


def test_people_of_another_authority_are_neither_listed_nor_opened_nor_changed(signed_in, member):
    other = member("team", "V02", name="Elsewhere Person")
    head = signed_in("head")
    for address in ("/people/", "/people/?ended=1", "/people/confirm"):
        assert b"Elsewhere Person" not in head.get(address).content
    assert head.get(f"/people/{other.pk}").status_code == 404
    assert head.post(f"/people/{other.pk}", {"act": "end"}).status_code == 404
    assert Membership.objects.get(pk=other.pk).ends is None


def test_a_new_link_is_refused_for_who_also_has_a_role_elsewhere(signed_in, member):
    teacher = member("teacher", school="900001")
    Membership.objects.create(person=teacher.person, role="teacher", la="V02", school="900001")
    head = signed_in("head")
    page = head.post(f"/people/{teacher.pk}", {"act": "renew"}, follow=True)
    assert b"also has a role elsewhere" in page.content and not Invitation.objects.exists()


def test_a_new_link_ends_the_ones_before(signed_in):
    head = signed_in("head")
    first = link_on(head.post("/people/invite", NEW))
    number = Membership.objects.get(person__email=NEW["email"]).pk
    second = link_on(head.post(f"/people/{number}", {"act": "renew"}))
    assert Client().get(first).status_code == 404 and Client().get(second).status_code == 200


def test_a_new_link_does_not_get_past_a_second_factor(signed_in, member):
    from allauth.mfa.models import Authenticator

    head, other = signed_in("head"), member("head")
    other.person.set_password(PASSWORD)
    other.person.save()
    Authenticator.objects.create(user=other.person, type="totp", data={"secret": "x"})
    address, thief = link_on(head.post(f"/people/{other.pk}", {"act": "renew"})), Client()
    chosen = thief.post(address, {"password": "another three words", "again": "another three words"})
    assert chosen.headers["Location"] == "/accounts/login/" and "_auth_user_id" not in thief.session
    thief.post("/accounts/login/", {"login": other.person.email, "password": "another three words"})
    assert "_auth_user_id" not in thief.session
    assert Message.objects.get(person=other.person).kind == "way in renewed"


def test_a_second_factor_is_taken_away_by_a_head_and_not_by_an_administrator(signed_in, member):
    from allauth.mfa.models import Authenticator

    team = member("team")
    Authenticator.objects.create(user=team.person, type="totp", data={"secret": "x"})
    page = signed_in("administrator").post(f"/people/{team.pk}", {"act": "reset factor"}, follow=True)
    assert b"only a Virtual School Head takes one away" in page.content and Authenticator.objects.exists()
    signed_in("head").post(f"/people/{team.pk}", {"act": "reset factor"})
    assert not Authenticator.objects.exists()


def test_nobody_changes_their_own_role(signed_in):
    head = signed_in("head")
    page = head.post(f"/people/{head.membership.pk}", {"act": "end"}, follow=True)
    assert b"this is you" in page.content and Membership.objects.get(pk=head.membership.pk).ends is None


@pytest.mark.parametrize(("ago", "due"), [(90, False), (91, True), (200, True)])
def test_access_is_confirmed_every_quarter(signed_in, member, ago, due):
    one = member("team", name="Long There", confirmed=TODAY - ago * DAY)
    head = signed_in(member("head", confirmed=TODAY))
    assert (one in acts.to_confirm("V01")) == due
    head.post("/people/confirm", {"needed": [str(one.pk)]})
    assert (Membership.objects.get(pk=one.pk).confirmed == TODAY) == due


def test_a_head_is_reminded_once_a_quarter_and_only_where_somebody_waits(member, monkeypatch):
    head = member("head", confirmed=TODAY)
    acts.remind(head.person)
    assert not Message.objects.exists()
    member("team", name="Long There", confirmed=TODAY - 100 * DAY)
    member("team", "V02", name="Elsewhere", confirmed=TODAY - 100 * DAY)
    for _ in range(2):
        acts.remind(head.person)
    assert Message.objects.get().kind == "access to confirm"
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 92 * DAY)
    acts.remind(head.person)
    assert Message.objects.count() == 2


def test_one_account_of_two_authorities_sees_one_at_a_time(signed_in, member, roll):
    here, there = roll("V01", 1), roll("V02", 1)
    one = member("team", "V01")
    two = Membership.objects.create(person=one.person, role="team", la="V02")
    browser = signed_in(one)
    ways = "/people/child/{}/ways-in"
    assert [browser.get(ways.format(entry.token)).status_code for entry in (*here, *there)] == [200, 404]
    browser.post("/acting-as", {"membership": two.pk})
    assert [browser.get(ways.format(entry.token)).status_code for entry in (*here, *there)] == [404, 200]
    other = member("head", "V02")
    assert browser.post("/acting-as", {"membership": other.pk}).status_code == 404


def test_a_child_given_by_name_is_seen_until_it_is_taken_away(signed_in, member, roll):
    (entry,) = roll("V01", 1)
    carer, head = member("carer"), signed_in("head")
    seen = lambda: {child.token for child in children.of(Viewer(carer.person, carer))}  # noqa: E731
    head.post(f"/people/{carer.pk}", {"act": "give child", "token": entry.token})
    assert seen() == {entry.token}
    head.post(f"/people/{carer.pk}", {"act": "end child", "tie": carer.relationships.get().pk})
    assert seen() == set()


def test_a_child_of_another_authority_is_not_given_to_anybody(signed_in, member, roll):
    (entry,) = roll("V02", 1)
    carer = member("carer")
    assert signed_in("head").post(f"/people/{carer.pk}", {"act": "give child", "token": entry.token}).status_code == 404
    assert not carer.relationships.exists()


def test_the_page_of_roles_is_the_role_table(signed_in):
    from virtualschool.web import roles

    page = signed_in("administrator").get("/people/roles")
    shown = {row["words"]: row for row in page.context["roles"]}
    assert list(shown) == [role.words for role in roles.roles().values()]
    teacher = roles.roles()["teacher"]
    assert set(shown[teacher.words]["changes"]) == {roles.kinds()[kind] for kind in teacher.changes}
    assert "Children at their school today" in page.content.decode()


# Links for one visit.


def way_in(head: Client, token: str, role: str = "carer", **more) -> str:
    page = head.post(f"/people/child/{token}/ways-in", {"act": "make", "role": role, "name": "Kind Carer", "email": "", **more})
    return link_on(page)


def test_a_link_opens_one_visit_to_one_child_and_nothing_else(signed_in, roll):
    one, other = roll("V01", 2)
    address = way_in(signed_in("team"), one.token)
    visitor = Client()
    landing = visitor.get(address).content.decode()
    assert "This link is for Kind Carer" in landing and one.name not in landing
    assert visitor.post(address).headers["Location"] == "/visit"
    shown = visitor.get("/visit").content.decode()
    assert one.name in shown and "carer&#x27;s part" in shown and "Leave" in shown
    (link,) = OneTimeLink.objects.all()
    viewer = Viewer(link.membership.person, link.membership, link)
    assert [child.token for child in children.of(viewer)] == [one.token]
    assert viewer.may("plan", "change") and not viewer.may("children") and not viewer.may("record")
    assert visitor.get(f"/people/child/{other.token}/ways-in").status_code == 404
    for guarded in ("/people/", "/messages/", "/accounts/"):
        assert visitor.get(guarded).status_code == 404
    assert visitor.get("/accounts/factor/set-up/").status_code == 302 and visitor.get("/").status_code == 200
    visitor.post("/accounts/logout/")
    assert visitor.get("/visit").status_code == 302
    assert Client().get(address).status_code == 404 and Client().post(address).status_code == 404


def test_looking_at_a_link_does_not_use_it_up(signed_in, roll):
    (entry,) = roll("V01", 1)
    address = way_in(signed_in("head"), entry.token)
    for _ in range(3):
        assert Client().get(address).status_code == 200
    assert Client().post(address).status_code == 302


def test_a_child_is_greeted_by_the_name_they_like(signed_in, roll):
    (entry,) = roll("V01", 1, preferred_name="Bee")
    visitor = Client()
    visitor.post(way_in(signed_in("head"), entry.token, "child", name="Bee"))
    page = visitor.get("/visit").content.decode()
    assert "Hello Bee" in page and entry.name not in page


def test_without_a_roll_a_visit_shows_no_identifier_in_place_of_a_name(signed_in, store):
    from virtualschool.web import stores

    head = signed_in("head")
    child = next(one for one in children.everyone("V01") if one.is_current)
    visitor = Client()
    visitor.post(way_in(head, child.token))
    page = visitor.get("/visit").content.decode()
    assert "The child's education plan" in page
    assert str(stores.children_rows(stores.snapshot(), "V01")[child.token]["child"]) not in page


@pytest.mark.parametrize(("hours", "works"), [(71, True), (73, False)])
def test_a_link_waits_three_days(signed_in, roll, monkeypatch, hours, works):
    (entry,) = roll("V01", 1)
    address, now = way_in(signed_in("head"), entry.token), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(hours=hours))
    assert (Client().post(address).status_code == 302) == works


def test_a_link_that_is_withdrawn_ends_the_visit_that_is_under_way(signed_in, roll):
    (entry,) = roll("V01", 1)
    head, visitor = signed_in("head"), Client()
    visitor.post(way_in(head, entry.token))
    assert visitor.get("/visit").status_code == 200
    head.post(f"/people/child/{entry.token}/ways-in", {"act": "withdraw", "link": OneTimeLink.objects.get().pk})
    assert visitor.get("/visit").status_code == 302


def test_a_visit_ends_when_nothing_happens_and_when_someone_signs_in(signed_in, roll, monkeypatch):
    (entry,) = roll("V01", 1)
    head = signed_in("head")
    visitor, now = Client(), clock.now()
    visitor.post(way_in(head, entry.token))
    visitor.get("/visit")
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(minutes=16))
    assert visitor.get("/visit").headers["Location"] == "/session-ended"
    monkeypatch.setattr(clock, "now", lambda: now)
    again = Client()
    again.post(way_in(head, entry.token))
    person = head.membership.person
    person.set_password(PASSWORD)
    person.save()
    again.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert links.VISIT not in again.session and again.get("/accounts/").status_code == 200


# On the machine itself.


def test_the_first_person_is_let_in_from_the_machine_itself(store):
    from virtualschool.web import by_command

    said = by_command.invite("V01", "head", "First@example.invalid", "First Head")
    (path,) = re.findall(r"http://localhost:8000(/invitation/\S+)", said)
    assert b"Welcome, First Head" in Client().get(path).content
    assert Membership.objects.get().la == "V01" and Event.objects.get(action="gave role").person == "on the machine itself"


@pytest.mark.parametrize(
    ("la", "role", "email", "said"),
    [
        ("V01", "boss", "a@example.invalid", "boss"),
        (
            "V99",
            "head",
            "a@example.invalid",
            "Authority 'V99': the store holds no children of it. Name one whose returns were built: --la CODE",
        ),
        ("V01", "head", "nobody", "Email address: this is not one. Write it like name@council.gov.uk."),
    ],
)
def test_who_cannot_be_let_in_is_told_why(store, la, role, email, said):
    from virtualschool.errors import WrongUse
    from virtualschool.web import by_command

    with pytest.raises(WrongUse) as fault:
        by_command.invite(la, role, email, "A. Person")
    assert said in str(fault.value) and not Person.objects.exists()
