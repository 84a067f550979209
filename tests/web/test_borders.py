"""Borders around a record: shared across authorities, protected, opened in need, sealed by an adoption."""

import datetime

import pytest
from web_day import TODAY

from virtualschool.errors import WrongUse
from virtualschool.web import children, clock, stores
from virtualschool.web.actions import sharing as acts
from virtualschool.web.models import BreakGlass, Event, Message, Protection, Share
from virtualschool.web.permissions import Viewer

DAY = datetime.timedelta(days=1)
WHY = "Missing since last night, the police ask for the school."


def viewer(membership) -> Viewer:
    return Viewer(membership.person, membership)


def tokens(membership) -> set[str]:
    return {child.token for child in children.of(viewer(membership))}


def decide(browser, token: str, **changed):
    given = {
        "decision": "share",
        "with_la": "V02",
        "with_school": "",
        "kinds": ["plan"],
        "gateway": "She goes to school there.",
        "ends": "2025-08-01",
    }
    return browser.post(f"/people/child/{token}/sharing", given | changed)


def test_a_shared_record_is_seen_across_the_border_until_the_share_ends(signed_in, member, roll, settings):
    (entry,) = roll("V01", 1)
    head, other = signed_in("head"), member("head", "V02")
    assert entry.token not in tokens(other)
    assert decide(head, entry.token).status_code == 302
    assert entry.token in tokens(other)
    made = Share.objects.get()
    assert (made.la, made.with_la, made.kinds, made.starts, made.ends) == ("V01", "V02", ["plan"], TODAY, datetime.date(2025, 8, 1))
    assert Message.objects.get(person=other.person).kind == "record shared"
    settings.TODAY = "2025-08-01"
    assert entry.token not in tokens(other)


def test_a_share_ends_with_the_click_and_others_cannot_end_it(signed_in, member, roll):
    (entry,) = roll("V01", 1)
    head, other = signed_in("head"), signed_in("head", "V02")
    decide(head, entry.token)
    made = Share.objects.get()
    assert other.post("/people/sharing", {"share": made.pk}).status_code == 404
    assert entry.token in tokens(other.membership)
    head.post("/people/sharing", {"share": made.pk})
    assert entry.token not in tokens(other.membership)
    assert list(Event.objects.filter(kind="sharing", token=entry.token).exclude(action="viewed").values_list("action", flat=True)) == [
        "shared",
        "ended share",
    ]


def test_a_decision_not_to_share_is_written_down_and_opens_nothing(signed_in, member, roll):
    (entry,) = roll("V01", 1)
    head, other = signed_in("head"), member("head", "V02")
    decide(head, entry.token, decision="refuse", gateway="It would put her at risk: see the safety plan.")
    assert Share.objects.get().refused and entry.token not in tokens(other)
    assert b"Not shared" in head.get("/people/sharing").content


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"gateway": ""}, "Write the legal ground"),
        ({"gateway": "ok"}, "Reason: it is missing."),
        ({"with_la": ""}, "there must be one"),
        ({"with_school": "900001"}, "there must be one"),
        ({"kinds": []}, "nothing is chosen"),
        ({"ends": ""}, "a share ends, within a year"),
        ({"ends": TODAY.isoformat()}, "a share ends, within a year"),
        ({"ends": "2027-08-01"}, "a share ends, within a year"),
        ({"with_la": "", "with_school": "school"}, "six digits"),
    ],
)
def test_a_share_needs_whom_what_why_and_until_when(signed_in, roll, changed, said):
    (entry,) = roll("V01", 1)
    page = decide(signed_in("head"), entry.token, **changed)
    assert page.status_code == 200 and said in page.content.decode() and not Share.objects.exists()


def test_who_a_record_is_shared_with_cannot_share_it_on(signed_in, roll):
    (entry,) = roll("V01", 1)
    decide(signed_in("head"), entry.token, kinds=["plan", "record"])
    other = signed_in("head", "V02")
    assert decide(other, entry.token, with_la="V01").status_code == 404
    assert other.get(f"/people/child/{entry.token}/protection").status_code == 404


def test_a_school_sees_what_is_shared_with_it(signed_in, member, roll):
    (entry,) = roll("V01", 1, school="900002")
    teacher = member("teacher", "V02", school="900001")
    decide(signed_in("head"), entry.token, with_la="", with_school="900001")
    assert tokens(teacher) == {entry.token}


# Protected records.


def test_a_protected_record_is_nowhere_but_before_the_people_named(signed_in, member, roll):
    (entry,) = roll("V01", 1)
    head, team, named = signed_in("head"), member("team"), member("team", name="Named Person")
    page = head.post(f"/people/child/{entry.token}/protection", {"named": [str(named.pk)], "why": "Safety plan of 3 March."}, follow=True)
    assert b"Only the people named see" in page.content
    assert entry.token in tokens(named) and entry.token in tokens(head.membership)
    assert entry.token not in tokens(team)
    second = signed_in("head")
    assert entry.token not in tokens(second.membership)
    shown = second.get("/people/protected").content.decode()
    assert "One for which you are not named" in shown and entry.name not in shown and entry.token not in shown and "Named Person" in shown
    assert second.get(f"/people/child/{entry.token}/protection").status_code == 404


def test_a_protection_ends_only_by_who_is_named(signed_in, member, roll):
    (entry,) = roll("V01", 1)
    head, team = signed_in("head"), member("team")
    head.post(f"/people/child/{entry.token}/protection", {"why": "Safety plan of 3 March."})
    with pytest.raises(WrongUse, match="you are not named"):
        acts.end_protection(viewer(member("head")), Protection.objects.get(), "It is over now.")
    head.post(f"/people/child/{entry.token}/protection", {"act": "end", "why": "The plan has ended."})
    assert entry.token in tokens(team)


@pytest.fixture
def protected(signed_in, roll):
    """A protected child of V01, and the browser of the head who is named for it."""
    (entry,) = roll("V01", 1)
    head = signed_in("head")
    head.post(f"/people/child/{entry.token}/protection", {"why": "Safety plan of 3 March."})
    return entry, head


def test_a_protected_record_is_opened_in_need_for_four_hours_and_the_head_is_told_until_they_acknowledge(protected, signed_in, monkeypatch):
    entry, head = protected
    team = signed_in("team")
    page = team.post("/people/need", {"child": entry.child, "why": WHY})
    assert b"is open to you" in page.content and entry.token in tokens(team.membership)
    assert Message.objects.get(person=head.membership.person).kind == "protected record opened"
    assert Event.objects.get(action="opened in need").reason == WHY
    banner = b"A protected record was opened in need"
    assert banner in head.get("/accounts/").content and banner not in team.get("/accounts/").content
    shown = head.get("/people/protected").content.decode()
    assert WHY in shown and entry.name in shown
    head.post("/people/protected", {"opening": BreakGlass.objects.get().pk})
    assert banner not in head.get("/accounts/").content
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(hours=4, minutes=1))
    assert entry.token not in tokens(team.membership)


def test_a_record_can_be_asked_for_by_name_and_date_of_birth(protected, signed_in):
    entry, _ = protected
    page = signed_in("team").post("/people/need", {"name": entry.name.upper(), "born": entry.dob.isoformat(), "why": WHY})
    assert b"is open to you" in page.content


def test_asking_for_a_record_tells_nothing_of_children_who_are_not_protected_or_not_there(protected, signed_in, roll):
    entry, _ = protected
    (open_one,) = roll("V01", 1, skip=5)
    team, elsewhere = signed_in("team"), signed_in("team", "V02")

    def said(browser, child: str) -> bytes:
        page = browser.post("/people/need", {"child": child, "why": WHY}).content
        assert b"no protected record answers to that" in page
        return page

    said(team, open_one.child), said(team, "nobody"), said(elsewhere, entry.child)
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize("why", ["", "urgent", "x" + " " * 40])
def test_a_record_is_not_opened_without_a_sentence_that_says_why(protected, signed_in, why):
    entry, _ = protected
    signed_in("team").post("/people/need", {"child": entry.child, "why": why})
    assert not BreakGlass.objects.exists()


def test_who_opened_a_record_cannot_acknowledge_that_themselves(protected, signed_in):
    entry, _ = protected
    second = signed_in("head")
    second.post("/people/need", {"child": entry.child, "why": WHY})
    second.post("/people/protected", {"opening": BreakGlass.objects.get().pk})
    assert BreakGlass.objects.get().looked_at is None


@pytest.mark.parametrize("role", ["analyst", "teacher", "home", "carer", "administrator", "corporate_parent"])
def test_other_roles_have_no_way_to_open_a_protected_record(signed_in, role):
    assert signed_in(role).get("/people/need").status_code == 404


# Sealed records.


def test_a_child_whose_care_ended_with_an_adoption_is_nowhere_even_when_a_roll_still_has_it(store, member, roll):
    held = stores.snapshot()
    query = """
        SELECT DISTINCT token FROM children JOIN episodes USING (la, child, year)
        WHERE rec IN ('E11', 'E12') AND la = 'V01' AND NOT at_31_march
    """
    adopted = {row["token"] for row in stores.engine(held).rows(query)}
    (entry,) = roll("V01", 1)
    entry.token = min(adopted)
    entry.save()
    everyone = {child.token for child in children.everyone("V01")}
    assert len(adopted) >= 3 and everyone and not adopted & everyone
    assert not adopted & tokens(member("head"))
