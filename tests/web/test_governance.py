"""Complaints about personal data, incidents, and how long records are kept."""

import csv
import datetime
import io
import json
import zipfile

import pytest
from web_day import TODAY

from virtualschool.errors import WrongUse
from virtualschool.web import clock, retention, stores
from virtualschool.web.actions import governance
from virtualschool.web.actions import retention as disposing
from virtualschool.web.models import Complaint, Disposal, Event, Incident, LegalHold, RollEntry
from virtualschool.web.permissions import Viewer

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


def viewer(membership) -> Viewer:
    return Viewer(membership.person, membership)


def complaint(browser, received=TODAY):
    given = {"act": "add", "received": received.isoformat(), "subject": "wrong", "reference": "DP/12"}
    answer = browser.post("/people/complaints", given)
    return answer, Complaint.objects.order_by("-id").first()


def test_a_complaint_has_thirty_days_to_be_acknowledged_and_says_when_they_are_over(signed_in):
    head = signed_in("head")
    complaint(head, TODAY - 30 * DAY)
    assert "By 28 April 2025: 0 days left" in head.get("/people/complaints").content.decode()
    Complaint.objects.update(received=TODAY - 31 * DAY)
    assert "Overdue since 27 April 2025" in head.get("/people/complaints").content.decode()


def test_a_complaint_is_acknowledged_answered_and_leaves_events(signed_in):
    head = signed_in("administrator")
    _, made = complaint(head)
    head.post("/people/complaints", {"act": "acknowledge", "complaint": made.pk})
    head.post("/people/complaints", {"act": "answer", "complaint": made.pk, "outcome": ""})
    made.refresh_from_db()
    assert (made.acknowledged, made.answered) == (TODAY, None)
    head.post("/people/complaints", {"act": "answer", "complaint": made.pk, "outcome": "Corrected on the same day."})
    made.refresh_from_db()
    assert made.answered == TODAY
    said = list(Event.objects.filter(page="people-complaints", kind="settings").exclude(action="viewed").values_list("action", flat=True))
    assert said == ["wrote down a complaint", "acknowledged a complaint", "answered a complaint"]


def test_a_complaint_of_a_day_to_come_is_refused(signed_in):
    complaint(signed_in("head"), TODAY + DAY)
    assert not Complaint.objects.exists()


def test_an_incident_has_seventy_two_hours_and_is_not_closed_without_its_answers(member):
    head = viewer(member("head"))
    now = clock.now()
    made = governance.report(head, now - 71 * HOUR, "A file went to the wrong school.", 3, "high")
    assert governance.tell_by(made) - now == HOUR
    for missing in ("learned", "children_told_by", "why_not_told"):
        said = {"learned": "Addresses are chosen from a list.", "children_told_by": "Their social workers, in person.",
                "why_not_told": "The file was not opened."} | {missing: ""}  # fmt: skip
        with pytest.raises(WrongUse):
            governance.close(head, made, **said)
    governance.told(head, made)
    governance.close(head, made, "Addresses are chosen from a list.", "Their social workers, in person.", "")
    assert made.closed and made.commissioner_told
    with pytest.raises(WrongUse):
        governance.report(head, now + HOUR, "Not yet.", 0, "none")


def test_the_page_of_incidents_counts_the_hours(signed_in):
    head = signed_in("head")
    since = (clock.now() - 10 * HOUR).astimezone(clock.LONDON).strftime("%Y-%m-%dT%H:%M")
    head.post("/people/incidents", {"act": "add", "aware": since, "what": "A laptop was lost.", "people": 0, "harm": "risk"})
    assert "61 hours left" in head.get("/people/incidents").content.decode()
    Incident.objects.update(aware=clock.now() - 73 * HOUR)
    assert "72 hours over since" in head.get("/people/incidents").content.decode()


@pytest.mark.parametrize("page", ["complaints", "incidents", "retention"])
def test_another_authority_sees_and_changes_none_of_it(signed_in, page):
    head, other = signed_in("head"), signed_in("head", "V02")
    _, made = complaint(head)
    governance.report(viewer(head.membership), clock.now(), "Seen by nobody else.", 1, "none")
    disposing.hold(viewer(head.membership), "a-token", "claim for nobody else")
    shown = other.get(f"/people/{page}").content.decode()
    assert "DP/12" not in shown and "nobody else" not in shown
    held = LegalHold.objects.get()
    assert other.post("/people/complaints", {"act": "acknowledge", "complaint": made.pk}).status_code == 404
    assert other.post("/people/incidents", {"act": "told", "incident": Incident.objects.get().pk}).status_code == 404
    assert other.post("/people/retention", {"act": "end hold", "hold": held.pk}).status_code == 404


@pytest.mark.parametrize("role", ["team", "analyst", "teacher", "corporate_parent", "social_worker"])
def test_other_roles_are_told_that_there_is_no_such_page(signed_in, role):
    browser = signed_in(role)
    assert {browser.get(f"/people/{page}").status_code for page in ("complaints", "incidents", "retention")} == {404}


# --- How long records are kept ---

BORN = datetime.date(2010, 6, 15)


@pytest.mark.parametrize(
    ("record", "dates", "due"),
    [
        ("looked_after", {"born": BORN}, datetime.date(2085, 6, 15)),
        ("looked_after", {"born": BORN, "died": datetime.date(2028, 6, 14)}, datetime.date(2043, 6, 14)),
        ("looked_after", {"born": BORN, "died": datetime.date(2028, 6, 15)}, datetime.date(2085, 6, 15)),
        ("looked_after", {"born": datetime.date(2012, 2, 29)}, datetime.date(2087, 3, 1)),
        ("looked_after", {}, None),
        ("adoption", {"born": BORN, "event": datetime.date(2016, 2, 29)}, datetime.date(2116, 2, 29)),
        ("adoption", {"born": BORN}, None),
        ("care_leaver", {"born": BORN}, datetime.date(2085, 6, 15)),
        ("home", {"born": BORN, "died": datetime.date(2020, 1, 1)}, datetime.date(2035, 1, 1)),
        ("child_in_need", {"born": BORN}, None),
        ("event", {"event": datetime.date(2026, 4, 20)}, datetime.date(2033, 4, 20)),
        ("draft", {"event": datetime.date(2026, 4, 20)}, datetime.date(2027, 4, 20)),
    ],
)
def test_each_class_is_due_on_its_day_and_one_without_a_day_is_kept(settings, record, dates, due):
    assert retention.due(retention.classes()[record], **dates) == due


def test_an_authoritys_schedule_takes_the_place_of_ours(settings, tmp_path):
    settings.RETENTION = str(tmp_path / "schedule.toml")
    (tmp_path / "schedule.toml").write_text('[child_in_need]\nwords = "Child in need"\nsource = "Our schedule"\nfrom_birth = 25\n')
    assert retention.due(retention.classes()["child_in_need"], born=BORN) == datetime.date(2035, 6, 15)
    settings.RETENTION = str(tmp_path / "none.toml")
    with pytest.raises(WrongUse):
        retention.classes()


@pytest.fixture
def old(roll, monkeypatch):
    """A child of the return who was on an old roll and is on none today, so old that the records are due; the token."""
    entry, other = roll("V01", 2, as_of=TODAY - 7 * DAY)
    roll("V01", 1, as_of=TODAY, skip=1)
    held, real = stores.snapshot(), stores.children_rows
    aged = {**real(held, "V01"), entry.token: real(held, "V01")[entry.token] | {"dob": datetime.date(1950, 4, 28)}}
    monkeypatch.setattr(stores, "children_rows", lambda of, la: aged if la == "V01" else real(of, la))
    return entry.token, other.token


def test_records_are_disposed_of_when_due_by_two_people_and_leave_a_tombstone(old, member, signed_in):
    token, other = old
    first, second = viewer(member("head")), viewer(member("administrator"))
    assert disposing.due_on("V01", TODAY - DAY) == {}
    made = disposing.ask(first, token)
    with pytest.raises(WrongUse, match="who asks cannot approve"):
        disposing.approve(first, made)
    assert RollEntry.objects.filter(token=token).exists()
    disposing.approve(second, made)
    assert not RollEntry.objects.filter(token=token).exists() and RollEntry.objects.filter(token=other).count() == 2
    left = Disposal.objects.get()
    assert (left.token, left.due, left.gone, left.asked_by, left.approved_by) == (
        token,
        TODAY,
        {"rollentry": 1},
        first.person,
        second.person,
    )
    assert [one.action for one in Event.objects.filter(token=token)] == ["asked for disposal", "disposed"]
    with pytest.raises(WrongUse):
        disposing.approve(second, made)


def test_what_is_held_or_not_due_is_not_disposed_of(old, member):
    token, other = old
    first, second = viewer(member("head")), viewer(member("administrator"))
    with pytest.raises(WrongUse, match="not due"):
        disposing.ask(first, other)
    made = disposing.ask(first, token)
    held = disposing.hold(first, token, "Inquiry 4 of 2025")
    with pytest.raises(WrongUse, match="held"):
        disposing.approve(second, made)
    disposing.end_hold(first, held)
    disposing.approve(second, made)
    assert not RollEntry.objects.filter(token=token).exists()


def test_the_page_of_retention_takes_both_steps_and_names_nobody(old, signed_in):
    token, _ = old
    name = RollEntry.objects.get(token=token).name
    first, second = signed_in("head"), signed_in("administrator")
    shown = first.get("/people/retention").content.decode()
    assert "75 years from birth; 15 years from death under 18" in shown and "due since 28 April 2025" in shown and name not in shown
    first.post("/people/retention", {"act": "ask", "token": token})
    number = Disposal.objects.get().pk
    first.post("/people/retention", {"act": "approve", "disposal": number})
    assert Disposal.objects.get().approved is None
    second.post("/people/retention", {"act": "approve", "disposal": number})
    assert Disposal.objects.get().approved is not None


def test_the_whole_file_of_a_child_is_one_pack_of_open_formats(signed_in, roll):
    entry, other = roll("V01", 2, preferred_name="=Quill")
    head = signed_in("head")
    path = f"/people/child/{entry.token}/whole-file"
    assert "application/zip" not in head.post(path, {"reason": ""}).headers["Content-Type"]
    assert head.get(path).status_code == 200
    answer = head.post(path, {"reason": "The person asks to see it."})
    made = zipfile.ZipFile(io.BytesIO(answer.content))
    (said,) = json.loads(made.read("records/rollentry.json"))
    rows = list(csv.DictReader(made.read("store/children.csv").decode().splitlines()))
    assert (said["name"], said["token"]) == (entry.name, entry.token) and {row["token"] for row in rows} == {entry.token}
    assert all(other.name not in made.read(name).decode() for name in made.namelist())
    assert head.membership.person.email in made.read("looked.csv").decode() and entry.name not in answer.headers["Content-Disposition"]
    event = Event.objects.get(action="downloaded", token=entry.token)
    assert event.reason == "The person asks to see it."


def test_the_whole_file_is_for_the_head_of_the_own_authority_alone(signed_in, roll):
    (entry,) = roll("V01", 1)
    path = f"/people/child/{entry.token}/whole-file"
    assert signed_in("head", "V02").post(path, {"reason": "somebody else"}).status_code == 404
    for role in ("team", "administrator", "analyst", "social_worker"):
        assert signed_in(role).post(path, {"reason": "somebody else"}).status_code == 404
