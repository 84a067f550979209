"""Casework: education that is not full-time, children taught elsewhere, contacts, tasks, caseloads, and enquiries."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from web_day import TODAY

from virtualschool.web import stores
from virtualschool.web.actions import casework as actions
from virtualschool.web.models import Caseload, Contact, Enquiry, Event, NotFullTime, Protection, RollEntry, Share, Task, VisitElsewhere
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_casework as presenter

DAY = datetime.timedelta(days=1)
TOKEN_VIEWS = ("children-begin", "children-visit", "children-contact", "children-task", "children-answers")
LISTS = ("children-not-full-time", "children-elsewhere", "children-tasks", "children-caseloads")


def viewer(membership) -> Viewer:
    return Viewer(membership.person, membership)


def record(entry: RollEntry, **said) -> NotFullTime:
    said = {"kind": "no place", "starts": TODAY - 9 * DAY, "stage": "asked", **said}
    return NotFullTime.objects.create(token=entry.token, la=entry.la, **said)


def text(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


def test_days_without_a_school_place_are_counted_and_the_longest_stands_first(member, roll):
    one, two = roll("V01", 2)
    record(one, starts=TODAY)
    record(two, starts=TODAY - 30 * DAY)
    lines = presenter.not_full_time(viewer(member("head")))
    assert [(line.child.token, line.days) for line in lines] == [(two.token, 31), (one.token, 1)]


@pytest.mark.parametrize(
    ("due", "days", "says"),
    [(-1, 1, ": overdue by 1 day"), (-10, 10, ": overdue by 10 days"), (0, 0, ""), (1, 0, ""), (None, 0, "No end date")],
)
def test_an_end_date_that_is_past_stands_out_in_words(member, roll, due, days, says):
    (entry,) = roll("V01", 1)
    record(entry, starts=TODAY - 40 * DAY, due=None if due is None else TODAY + due * DAY)
    (line,) = presenter.not_full_time(viewer(member("head")))
    assert line.overdue == days and line.ends.endswith(says) and ("overdue" in line.ends) is bool(days)


def test_a_record_that_ended_is_on_a_list_of_its_own(member, roll):
    (entry,) = roll("V01", 1)
    record(entry, starts=TODAY - 9 * DAY, ended=TODAY - 5 * DAY)
    assert presenter.not_full_time(viewer(member("head"))) == []
    (line,) = presenter.not_full_time(viewer(member("head")), ended=True)
    assert line.days == 5 and line.overdue == 0


def test_a_record_is_begun_changed_and_ended_on_pages(signed_in, roll):
    (entry,) = roll("V01", 1, name="Ada Invented")
    team = signed_in("team")
    sent = {
        "kind": "reduced timetable",
        "starts": text(TODAY - DAY),
        "due": text(TODAY + 20 * DAY),
        "hours": "12.5",
        "approver": "H Teacher",
    }
    assert team.post(reverse("children-begin", args=[entry.token]), sent).status_code == 302
    made = NotFullTime.objects.get()
    assert (made.token, made.la, made.hours, made.made_by) == (entry.token, "V01", Decimal("12.5"), team.membership.person)
    page = team.get(reverse("children-not-full-time")).content.decode()
    assert "Ada Invented" in page and "12.5 hours a week, approved by H Teacher" in page
    change = {"due": sent["due"], "hours": "12.5", "approver": "H Teacher", "ended": text(TODAY)}
    assert team.post(reverse("children-change", args=[entry.token, made.pk]), change).status_code == 302
    made.refresh_from_db()
    assert made.ended == TODAY and [event.action for event in Event.objects.filter(kind="casework").exclude(action="viewed")] == [
        "began",
        "ended",
    ]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"kind": "reduced timetable", "hours": "10"}, "Reduced timetable: hours, approver or end date is missing."),
        ({"kind": "no place"}, "Stage: it is not said."),
        ({"kind": "unregistered provision"}, "Provider: it is not said."),
        ({"kind": "no place", "stage": "asked", "starts": text(TODAY + DAY)}, "First day: it is a day to come."),
        ({"kind": "no place", "stage": "asked", "due": text(TODAY - 2 * DAY)}, "End date: it is before the first day."),
        ({"kind": "no place", "stage": "asked", "hours": "41"}, "Hours a week: it is not between 0 and 40."),
        ({"kind": ""}, "Choose one: kind."),
    ],
)
def test_what_a_record_lacks_is_said_and_nothing_is_kept(signed_in, roll, sent, says):
    (entry,) = roll("V01", 1)
    answer = signed_in("head").post(reverse("children-begin", args=[entry.token]), {"starts": text(TODAY), **sent})
    assert answer.status_code == 400 and says in answer.content.decode() and not NotFullTime.objects.exists()


def test_a_second_open_record_of_a_kind_is_refused(signed_in, roll):
    (entry,) = roll("V01", 1)
    record(entry)
    answer = signed_in("head").post(
        reverse("children-begin", args=[entry.token]), {"kind": "no place", "stage": "asked", "starts": text(TODAY)}
    )
    assert answer.status_code == 400 and NotFullTime.objects.count() == 1


@pytest.mark.parametrize(("school", "group", "listed"), [("", "9", True), ("900001", "9", False), ("", "13", False), ("", "R", True)])
def test_a_child_of_school_age_without_a_school_and_a_record_is_named(member, roll, school, group, listed):
    (entry,) = roll("V01", 1, school=school, year_group=group)
    head = viewer(member("head"))
    assert bool(presenter.without_place(head)) is listed
    record(entry)
    assert presenter.without_place(head) == []


# --- Taught elsewhere ---


def school_in(la: str) -> str:
    return next(urn for urn, row in stores.schools(stores.snapshot()).items() if row["la"] == la)


def test_children_at_schools_of_other_authorities_are_listed_those_without_a_visit_first(member, roll):
    one, two = roll("V01", 2, school=school_in("V02"))
    roll("V01", 1, skip=2, school=school_in("V01"))
    VisitElsewhere.objects.create(token=one.token, la="V01", visited=TODAY - 9 * DAY, provision="p", progress="q", contact="c")
    lines = presenter.elsewhere(viewer(member("head")))
    assert [(line.child.token, line.last) for line in lines] == [(two.token, "No visit noted"), (one.token, "19 April 2025, 9 days ago")]
    assert {line.authority for line in lines} == {stores.places().name("V02")}


def test_a_visit_is_noted_with_provision_progress_and_contact(signed_in, roll):
    (entry,) = roll("V01", 1, school=school_in("V02"))
    browser = signed_in("team")
    sent = {"visited": text(TODAY), "provision": "Full timetable", "progress": "On course", "contact": "D Teacher, office"}
    browser.post(reverse("children-visit", args=[entry.token]), sent)
    page = browser.get(reverse("children-elsewhere")).content.decode()
    for words in ("Full timetable", "On course", "D Teacher, office", "0 days ago"):
        assert words in page


# --- Contacts, tasks, caseloads ---


def test_a_contact_with_an_action_makes_a_task_with_owner_and_due_date(signed_in, member, roll):
    (entry,) = roll("V01", 1)
    owner, browser = member("team"), signed_in("head")
    sent = {"day": text(TODAY), "with_whom": "school", "how": "call", "what": "About attendance", "action": "Ask for the plan",
            "owner": owner.pk, "due": text(TODAY + 3 * DAY)}  # fmt: skip
    assert browser.post(reverse("children-contact", args=[entry.token]), sent).status_code == 302
    task = Task.objects.get()
    assert (task.what, task.owner, task.due, task.contact) == ("Ask for the plan", owner, TODAY + 3 * DAY, Contact.objects.get())
    page = browser.get(reverse("children-child", args=[entry.token])).content.decode()
    assert "About attendance" in page and "Ask for the plan" in page
    assert "attendance" not in str(list(Event.objects.values_list("detail", "reason")))


def test_an_action_without_a_day_is_asked_for_one(signed_in, roll):
    (entry,) = roll("V01", 1)
    sent = {"day": text(TODAY), "with_whom": "school", "how": "call", "what": "x", "action": "Ask"}
    answer = signed_in("head").post(reverse("children-contact", args=[entry.token]), sent)
    assert "Give the day by which the action is due." in answer.content.decode() and not Contact.objects.exists()


def test_tasks_stand_by_due_date_mine_or_everybodys_and_are_done_once(signed_in, roll):
    (entry,) = roll("V01", 1)
    browser = signed_in("team")
    own = {"token": entry.token, "la": "V01"}
    late = Task.objects.create(**own, what="Late one", due=TODAY - DAY, owner=browser.membership)
    Task.objects.create(**own, what="Nobody's", due=TODAY)
    mine, everybodys = (browser.get(reverse("children-tasks"), {"whose": whose}).content.decode() for whose in ("mine", "all"))
    assert "Late one" in mine and "Overdue by 1 day" in mine and "Nobody" not in mine.replace("Nobody is", "")
    assert everybodys.index("Late one") < everybodys.index("Due today")
    for _ in range(2):
        browser.post(reverse("children-task-done", args=[entry.token, late.pk]), {"back": "tasks"})
    late.refresh_from_db()
    assert late.done == TODAY and Event.objects.filter(action="finished a task").count() == 1


def test_a_child_has_one_who_answers_and_the_caseload_counts(signed_in, member, roll):
    one, two = roll("V01", 2)
    browser, first, second = signed_in("head"), member("team", name="First"), member("team", name="Second")
    for owner in (first, second, second):
        browser.post(reverse("children-answers", args=[one.token]), {"owner": owner.pk})
    assert Caseload.objects.get(ends__isnull=True).member == second and Caseload.objects.count() == 2
    loads = {load.member: len(load.children) for load in presenter.caseloads(viewer(browser.membership))}
    assert (loads[first], loads[second], loads[None]) == (0, 1, 1)
    second.ends = TODAY
    second.save()
    assert actions.answering("V01") == {} and two.token


def test_only_members_of_the_authority_are_given_children(signed_in, member, roll):
    (entry,) = roll("V01", 1)
    for stranger in (member("team", "V02"), member("teacher", "V01", school="900001")):
        answer = signed_in("head").post(reverse("children-answers", args=[entry.token]), {"owner": stranger.pk})
        assert answer.status_code == 400 and not Caseload.objects.exists()


# --- Borders ---


def test_another_authoritys_casework_is_on_no_page(signed_in, roll):
    (entry,) = roll("V02", 1, name="Else Where", school=school_in("V01"))
    made = record(entry)
    task = Task.objects.create(token=entry.token, la="V02", what="Other task", due=TODAY)
    browser = signed_in("head")
    for view in LISTS:
        page = browser.get(reverse(view), {"whose": "all"}).content.decode()
        assert "Else Where" not in page and "Other task" not in page and entry.token not in page
    for view in TOKEN_VIEWS:
        assert browser.get(reverse(view, args=[entry.token])).status_code == 404
    assert browser.get(reverse("children-change", args=[entry.token, made.pk])).status_code == 404
    assert browser.post(reverse("children-task-done", args=[entry.token, task.pk])).status_code == 404


def test_a_child_who_is_shared_brings_no_casework_along_and_gets_none(signed_in, roll):
    (entry,) = roll("V02", 1, name="Ada Invented")
    record(entry, note="Their own note")
    Contact.objects.create(token=entry.token, la="V02", day=TODAY, with_whom="school", how="call", what="Their own contact")
    Share.objects.create(token=entry.token, la="V02", with_la="V01", kinds=["children", "record", "casework"], gateway="for a test")
    browser = signed_in("head")
    page = browser.get(reverse("children-child", args=[entry.token])).content.decode()
    assert "Ada Invented" in page and "Their own" not in page and "No school place since" not in page
    assert browser.post(reverse("children-task", args=[entry.token]), {"what": "x", "due": text(TODAY)}).status_code == 404


@pytest.mark.parametrize("role", ["teacher", "home", "social_worker", "analyst"])
def test_casework_is_for_the_virtual_school_alone(signed_in, roll, relate, role):
    (entry,) = roll("V01", 1, school="900001", home="Invented House")
    Contact.objects.create(token=entry.token, la="V01", day=TODAY, with_whom="school", how="call", what="Private words")
    browser = signed_in(role, **({"school": "900001"} if role == "teacher" else {"home": "Invented House"} if role == "home" else {}))
    if role == "social_worker":
        relate(browser.membership, entry.token)
    assert "Private words" not in browser.get(reverse("children-child", args=[entry.token])).content.decode()
    for view in LISTS:
        assert browser.get(reverse(view)).status_code == 404
    for view in TOKEN_VIEWS:
        assert browser.get(reverse(view, args=[entry.token])).status_code == 404


def test_a_protected_childs_casework_is_on_no_list(signed_in, roll):
    (entry,) = roll("V01", 1, name="Ada Invented", school="", year_group="9")
    record(entry)
    Task.objects.create(token=entry.token, la="V01", what="A task", due=TODAY)
    Protection.objects.create(token=entry.token, la="V01")
    browser = signed_in("head")
    for view in LISTS:
        page = browser.get(reverse(view), {"whose": "all"}).content.decode()
        assert "Ada Invented" not in page and "A task" not in page


# --- Enquiries ---

ASKED = {"day": text(TODAY), "group": "kinship care", "given": "advice", "topic": "admissions", "asked_by": "parent", "people": "1"}


def test_enquiries_are_counted_by_term_kind_and_school_and_name_nobody(signed_in):
    browser, urn = signed_in("team"), school_in("V01")
    browser.post(reverse("children-enquiry"), ASKED)
    browser.post(reverse("children-enquiry"), {**ASKED, "day": "10/10/2024", "given": "training", "people": "30", "school": urn})
    found = presenter.enquiries(viewer(browser.membership))
    assert (found["all"], found["people"]) == (2, 31)
    assert found["tables"]["Term"] == [("Summer 2024/25", 1), ("Autumn 2024/25", 1)]
    assert found["tables"]["What was given"] == [("Advice", 1), ("Training", 1)]
    assert [count for _, count in found["tables"]["School"]] == [1]
    assert "Children in kinship care" in browser.get(reverse("children-enquiries")).content.decode()
    free = [field for field in Enquiry._meta.get_fields() if field.get_internal_type() == "TextField"]
    assert free == []


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"school": "123456"}, "School: there is none of this URN in the store."),
        ({"day": text(TODAY + DAY)}, "Day: it is a day to come."),
        ({"people": ""}, "Say how many took part."),
        ({"topic": "Ada Invented"}, "Choose one of the list."),
    ],
)
def test_an_enquiry_that_cannot_be_is_explained(signed_in, sent, says):
    answer = signed_in("head").post(reverse("children-enquiry"), {**ASKED, **sent})
    assert answer.status_code == 400 and says in answer.content.decode() and not Enquiry.objects.exists()


def test_another_authoritys_enquiries_are_not_counted(signed_in):
    signed_in("head", "V02").post(reverse("children-enquiry"), ASKED)
    assert presenter.enquiries(viewer(signed_in("head").membership))["all"] == 0
    assert signed_in("teacher", school="900001").get(reverse("children-enquiries")).status_code == 404


def test_the_demonstration_has_casework_for_every_list(member, store):
    from virtualschool.web import demonstration_casework, demonstration_roll

    head = member("head")
    demonstration_roll.fill("V01")
    for _ in range(2):
        demonstration_casework.fill("V01")
    seen = viewer(head)
    assert len(presenter.not_full_time(seen)) == len(demonstration_casework.RECORDS) and any(
        one.overdue for one in presenter.not_full_time(seen)
    )
    assert presenter.tasks(seen, "all") and presenter.elsewhere(seen) and presenter.enquiries(seen)["all"] == 40
    assert sum(len(load.children) for load in presenter.caseloads(seen) if load.member) > 50
