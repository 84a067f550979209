"""What records give the annual report, and the check of its tables on the web."""

import datetime

import pytest
from django.urls import reverse

from virtualschool.web.actions import annual_records, annual_report
from virtualschool.web.models import Activity, Concern, Decision, Enquiry, OfficerCase, View

YEAR, DAY = 2025, datetime.date(2025, 2, 3)
PART = "improvement-report-part"


def rows(block):
    return [cell for row in block.rows for cell in row]


@pytest.fixture
def given(store, db):
    return lambda audience, checked=False: annual_records.given("V01", YEAR, audience, lambda part: checked)


def view(words, consent="quote", **more):
    return View.objects.create(
        la="V01", said_on=DAY, source="panel", group="primary", topic="learning", words=words, consent=consent, **more
    )


def test_only_words_with_consent_a_check_and_no_worry_are_told(given):
    view("I like maths.")
    view("Only for my adults.", consent="none")
    view("Count me.", consent="count")
    worry = view("Something that worried an adult.")
    Concern.objects.create(la="V01", view=worry, raised="adult", day=DAY)
    assert "I like maths." not in str(given("public"))
    for told in (str(given("public", checked=True)), str(given("internal"))):
        assert "I like maths." in told
        assert not any(words in told for words in ("Only for my adults.", "Count me.", "Something that worried"))


def test_a_decision_is_public_once_children_were_told_and_never_where_it_rests_on_a_worry(given):
    said = {"la": "V01", "state": "done", "on": DAY, "we_did": "We did it."}
    Decision.objects.create(you_said="Told to us.", told_on=DAY, **said)
    Decision.objects.create(you_said="Not yet told.", **said)
    worry = view("It worried somebody.")
    Concern.objects.create(la="V01", view=worry, raised="adult", day=DAY)
    Decision.objects.create(you_said="Rests on a worry.", told_on=DAY, **said).views.add(worry)
    (public,), (internal,) = (given(audience)["voice_changes"] for audience in ("public", "internal"))
    assert [row[0] for row in public.rows] == ["Told to us."]
    assert [row[0] for row in internal.rows] == ["Told to us.", "Not yet told."]


def test_cases_enquiries_and_activities_are_counted_and_small_numbers_hidden_from_the_public(given):
    for number in range(3):
        OfficerCase.objects.create(la="V01", token=f"token {number}", kind="attendance", opened=DAY, why="w", aim="a", review=DAY)
    Enquiry.objects.create(la="V01", day=DAY, group="kinship care", given="training", topic="trauma", asked_by="school", people=12)
    Activity.objects.create(la="V01", name="Day out", kind="day", starts=DAY)
    public, internal = given("public"), given("internal")
    assert rows(public["prevention"][0]) == ["Attendance", "c", "c", 0]
    assert rows(internal["prevention"][0]) == ["Attendance", 3, 3, 0]
    assert rows(public["wider_training"][0]) == ["Children in kinship care", 1, 12]
    assert rows(public["events"][0]) == ["Day out", "Activity day", "February 2025", 0]


def test_the_table_of_schools_is_checked_on_the_web_and_a_changed_table_undoes_it(signed_in, store, monkeypatch, tmp_path):
    table = ["100001 | academy | good | 7"]
    made = {"schools": lambda: "\n".join(table)}
    monkeypatch.setattr(annual_report, "texts", lambda la, year: annual_report.Texts(tmp_path, la, year, made))
    monkeypatch.setattr(annual_report, "years", lambda la: [YEAR])
    head = signed_in("head")
    address = reverse(PART, args=[YEAR, "schools"])
    home = reverse("improvement-report")
    assert address in head.get(home, {"year": YEAR}).content.decode()
    assert "Record the check in my name" in head.get(address).content.decode()
    head.post(address, {"act": "check", "checked": "Every school has six or more."})
    assert "Every school has six or more." in head.get(address).content.decode()
    table[0] = "100001 | academy | good | 8"
    assert "Nobody has checked this as it stands" in head.get(address).content.decode()
