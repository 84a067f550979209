"""Attendance within the term on pages: files of marks, alerts, the prevention list, cases, charts, and who is away and missing."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from web_day import TODAY

from virtualschool.outcomes.marks import monday_of
from virtualschool.web import attendance_watch, stores
from virtualschool.web.actions import attendance as actions
from virtualschool.web.models import (
    AttendanceFile,
    AttendanceThreshold,
    AttendanceWeek,
    Event,
    MissingReport,
    NotFullTime,
    OfficerCase,
    OfficerStep,
    RollEntry,
)
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import attendance as presenter
from virtualschool.web.worklist import RULES
from virtualschool.web.worklist.evidence import Evidence

DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(weeks=1)
LAST = monday_of(TODAY) - WEEK
"""The Monday of the newest whole week."""


def weeks(entry: RollEntry, *told: str) -> None:
    """Weeks of marks up to the newest whole one: `/\\` five times over, or five pairs with blanks between them."""
    for back, pairs in enumerate(reversed(told)):
        monday = LAST - back * WEEK
        days = pairs.split() if " " in pairs else [pairs] * 5
        week = AttendanceWeek(la=entry.la, token=entry.token, monday=monday, school=entry.school)
        actions.write_week(week, {(monday + place * DAY).isoformat(): (*_pair(pair), "") for place, pair in enumerate(days)})
        week.save()


def _pair(pair: str) -> tuple[str, str]:
    first, second = pair.split(",") if "," in pair else pair
    return first, second


def one(rule: str, la: str = "V01") -> list:
    return list(RULES[rule].find(Evidence(la, TODAY, stores.snapshot())))


def viewer(membership) -> Viewer:
    return Viewer(membership.person, membership)


def text_of(page) -> str:
    return page.content.decode()


# --- Files ---


def test_marks_by_file_are_read_shown_and_kept_and_later_days_take_the_place_of_earlier_ones(signed_in, roll):
    one_, two = roll("V01", 2)
    rows = ["child,date,am,pm,school", f"{one_.child},24/04/2025,/,\\,900001", f"{two.token},24/04/2025,E,E,", "C-unknown,24/04/2025,/,/,"]
    team = signed_in("team")
    page = team.post(reverse("children-attendance-files"), {"file": SimpleUploadedFile("Ada.csv", "\n".join(rows).encode())}, follow=True)
    held = AttendanceFile.objects.get()
    assert (held.read, held.kept, held.set_aside, held.layout, held.name) == (3, 2, 1, "daily", "marks.csv")
    assert "Keep the marks" in text_of(page) and "C-unknown" not in text_of(page) and AttendanceWeek.objects.count() == 0
    team.post(reverse("children-attendance-file", args=[held.pk]), {"act": "keep"})
    week = AttendanceWeek.objects.get(token=one_.token)
    assert (week.monday, week.possible, week.attended, week.school) == (datetime.date(2025, 4, 21), 2, 2, "900001")
    assert AttendanceWeek.objects.get(token=two.token).suspended == 2
    again = [rows[0], f"{one_.child},24/04/2025,I,I,", f"{one_.child},25/04/2025,/,\\,"]
    team.post(reverse("children-attendance-files"), {"file": SimpleUploadedFile("b.csv", "\n".join(again).encode())})
    team.post(reverse("children-attendance-file", args=[AttendanceFile.objects.last().pk]), {"act": "keep"})
    week.refresh_from_db()
    assert (week.possible, week.attended, week.authorised, week.school) == (4, 2, 2, "900001")
    held.refresh_from_db()
    assert (held.state, held.held) == ("kept", [])


def test_a_file_that_is_discarded_leaves_nothing(signed_in, roll):
    (entry,) = roll("V01", 1)
    rows = f"child,date,am,pm\n{entry.child},24/04/2025,/,/\n"
    team = signed_in("team")
    team.post(reverse("children-attendance-files"), {"file": SimpleUploadedFile("a.csv", rows.encode())})
    team.post(reverse("children-attendance-file", args=[AttendanceFile.objects.get().pk]), {"act": "discard"})
    assert AttendanceWeek.objects.count() == 0 and AttendanceFile.objects.get().held == []


def test_another_authoritys_marks_and_cases_are_on_no_page(signed_in, roll):
    (entry,) = roll("V01", 1, name="Ada Invented")
    weeks(entry, *["UU"] * 5)
    case = OfficerCase.objects.create(la="V01", token=entry.token, kind="attendance", why="x", aim="y", opened=TODAY, review=TODAY)
    file = AttendanceFile.objects.create(la="V01", layout="daily", sha256="0" * 64)
    other = signed_in("head", la="V02")
    for name in ("", "-prevention", "-charts", "-cases", "-files"):
        assert "Ada Invented" not in text_of(other.get(reverse(f"children-attendance{name}")))
    for name in ("child", "open", "missing"):
        assert other.get(reverse(f"children-attendance-{name}", args=[entry.token])).status_code == 404
    assert other.get(reverse("children-attendance-case", args=[entry.token, case.pk])).status_code == 404
    assert other.get(reverse("children-attendance-file", args=[file.pk])).status_code == 404


# --- Alerts ---


def test_alerts_follow_the_authoritys_own_thresholds(signed_in, roll):
    low, well = roll("V01", 2)
    weeks(low, *["/\\"] * 3, "/\\ /\\ /\\ UU UU")  # 36 of 40
    weeks(well, *["/\\"] * 4)
    head = signed_in("head")
    assert "Nobody passes a threshold." in text_of(head.get(reverse("children-attendance")))
    sent = dict(actions.thresholds("V01"))
    assert head.post(reverse("children-attendance-thresholds"), {**sent, "attendance": 91}).status_code == 302
    page = text_of(head.get(reverse("children-attendance")))
    assert low.name in page and "Attended 36 of 40 sessions in four weeks" in page and well.name not in page
    assert head.post(reverse("children-attendance-thresholds"), {**sent, "attendance": 101}).status_code == 400
    assert actions.thresholds("V02")["attendance"] == 90 and AttendanceThreshold.objects.count() == 1
    assert signed_in("team").get(reverse("children-attendance-thresholds")).status_code == 404


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("attendance_below", ["UU"] * 4),
        ("attendance_fell", [*["/\\"] * 8, *["/U"] * 4]),
        ("away_now", ["/\\ /\\ II II II"]),
        ("unauthorised_absence", ["/U"] * 2),
        ("suspended_this_term", ["EE /\\ EE /\\ /\\"]),
        ("suspended_now", ["EE EE /\\ /\\ /\\"]),
        ("part_time_without_record", ["/,C2 /\\ /\\ /\\ /\\"]),
    ],
)
def test_the_worklist_says_what_the_marks_show(roll, rule, told):
    entry, quiet = roll("V01", 2)
    weeks(entry, *told)
    weeks(quiet, *["/\\"] * len(told))
    assert [item.token for item in one(rule)] == [entry.token]
    assert not one(rule, "V02")


def test_every_rule_of_marks_is_found_by_its_name(roll):
    """What each says of marks that show nothing: nothing."""
    (entry,) = roll("V01", 1)
    weeks(entry, *["/\\"] * 12)
    assert not one("attendance_below") and not one("attendance_fell") and not one("away_now") and not one("unauthorised_absence")
    assert not one("suspended_this_term") and not one("suspended_now") and not one("part_time_without_record")


def test_a_part_time_mark_with_a_record_of_it_is_no_matter(roll):
    (entry,) = roll("V01", 1)
    weeks(entry, "/,C2 /\\ /\\ /\\ /\\")
    NotFullTime.objects.create(la="V01", token=entry.token, kind="reduced timetable", starts=TODAY)
    assert not one("part_time_without_record")


def test_a_child_on_a_roll_of_whom_no_file_has_a_mark_is_asked_after(roll):
    (here,) = roll("V01", 1, school="900001", year_group="8")
    (silent,) = roll("V01", 1, skip=1, school="900001", year_group="8")
    (none,) = roll("V01", 1, skip=2, school="", year_group="8")
    (small,) = roll("V01", 1, skip=3, school="900001", year_group="N1")
    weeks(here, *["/\\"] * 2)  # ten school days
    found = {item.token for item in one("no_marks")}
    assert silent.token in found and not found & {here.token, none.token, small.token}
    AttendanceWeek.objects.all().delete()
    weeks(here, "/\\")
    assert not one("no_marks")  # too few days to say so


# --- Prevention and cases ---


def test_the_prevention_list_names_its_facts_and_the_worklist_counts_who_has_no_case(signed_in, roll):
    entry, once = roll("V01", 2)
    weeks(entry, "EE /\\ EE /\\ /\\")
    weeks(once, *["/\\"] * 1)
    team = signed_in("team")
    page = text_of(team.get(reverse("children-attendance-prevention")))
    assert entry.name in page and "Suspended 2 times in twelve weeks" in page
    before = one("at_risk_without_case")[0].count
    OfficerCase.objects.create(la="V01", token=entry.token, kind="exclusion", why="x", aim="y", opened=TODAY, review=TODAY)
    assert sum(item.count for item in one("at_risk_without_case")) == before - 1


def test_a_case_is_opened_worked_reviewed_and_closed_with_what_came_of_it(signed_in, roll):
    (entry,) = roll("V01", 1)
    weeks(entry, *["UU"] * 4)
    team = signed_in("team")
    page = text_of(team.get(reverse("children-attendance-open", args=[entry.token])))
    assert "Attended 0 of 40 sessions in four weeks" in page  # the facts stand ready
    sent = {"kind": "attendance", "why": "Four weeks away", "aim": "In school on 9 days of 10 by July", "due": "12/05/2025", "owner": ""}
    assert team.post(reverse("children-attendance-open", args=[entry.token]), sent).status_code == 302
    assert team.post(reverse("children-attendance-open", args=[entry.token]), sent).status_code == 400  # one is open
    case = OfficerCase.objects.get()
    address = reverse("children-attendance-case", args=[entry.token, case.pk])
    step = {"act": "step", "day": "28/04/2025", "what": "meeting", "note": "A later start on Mondays", "review": "19/05/2025"}
    assert team.post(address, step).status_code == 302
    assert team.post(address, {**step, "day": "29/04/2025"}).status_code == 400
    assert OfficerStep.objects.count() == 1
    assert team.post(address, {"act": "close", "end-outcome": "better", "end-learned": ""}).status_code == 400
    assert team.post(address, {"act": "close", "end-outcome": "better", "end-learned": "36 of 40 by the register"}).status_code == 302
    case.refresh_from_db()
    assert (case.review, case.closed, case.outcome) == (datetime.date(2025, 5, 19), TODAY, "better")
    assert team.post(address, step).status_code == 400
    told = Event.objects.filter(token=entry.token, kind="casework").exclude(action="viewed")
    assert [event.action for event in told] == ["opened a case", "noted a step", "closed a case"] and "later start" not in str(
        [event.detail for event in told]
    )


def test_the_worklist_asks_for_a_case_to_be_reviewed_on_its_day(roll):
    (entry,) = roll("V01", 1)
    for place, day in enumerate((TODAY, TODAY + DAY)):
        kind = ("attendance", "exclusion")[place]
        OfficerCase.objects.create(la="V01", token=entry.token, kind=kind, why="x", aim="y", opened=TODAY, review=day)
    assert [(item.token, item.due) for item in one("case_to_review")] == [(entry.token, TODAY)]


def test_a_changed_curriculum_is_on_record_with_what_was_changed(signed_in, roll):
    (entry,) = roll("V01", 1)
    team = signed_in("team")
    sent = {"kind": "changed curriculum", "starts": "01/04/2025", "hours": "25"}
    page = team.post(reverse("children-begin", args=[entry.token]), sent)
    assert page.status_code == 400 and "Curriculum: it is not said." in text_of(page)
    sent |= {"curriculum": "No French; motor vehicle on Fridays", "checked": "24/04/2025"}
    assert team.post(reverse("children-begin", args=[entry.token]), sent).status_code == 302
    page = text_of(team.get(reverse("children-not-full-time")))
    assert "No French; motor vehicle on Fridays" in page and "last looked at 24 April 2025" in page


# --- Away and missing ---


def test_who_is_missing_and_not_in_school_is_told_to_those_who_need_to_know_and_to_nobody_else(signed_in, roll):
    (entry,) = roll("V01", 1, school="900001", social_worker_email="sw@example.invalid")
    weeks(entry, "/\\ /\\ II II II")
    team = signed_in("team")
    address = reverse("children-attendance-missing", args=[entry.token])
    assert not one("away_and_missing")
    assert team.post(address, {"since": f"{LAST + 2 * DAY:%d/%m/%Y}", "told_by": "carer"}).status_code == 302
    (item,) = one("away_and_missing")
    assert (item.token, item.due) == (entry.token, TODAY) and RULES["away_and_missing"].kind == "missing"
    assert "6 sessions missed since" in text_of(team.get(address)) and "6 sessions missed since" in text_of(
        team.get(reverse("children-attendance"))
    )
    for role, more in (("analyst", {}), ("teacher", {"school": "900001"}), ("corporate_parent", {})):
        assert signed_in(role, **more).get(address).status_code == 404
    analyst = text_of(signed_in("analyst").get(reverse("children-child", args=[entry.token])))
    assert "issing since" not in analyst
    assert not [
        field for field in MissingReport._meta.get_fields() if "place" in field.name or "where" in field.name or "location" in field.name
    ]
    assert team.post(address, {"ended": f"{TODAY:%d/%m/%Y}"}).status_code == 302
    assert not one("away_and_missing") and MissingReport.objects.get().ended == TODAY


def test_who_was_seen_in_school_after_the_report_or_is_not_missing_is_not_told(roll):
    back, unmarked = roll("V01", 2)
    weeks(back, "/\\ II II /\\ /\\")
    for entry in (back, unmarked):
        MissingReport.objects.create(la="V01", token=entry.token, since=LAST + DAY, told_by="carer")
    assert [item.token for item in one("away_and_missing")] == [unmarked.token]


# --- Charts and one child ---


def test_a_group_of_ten_has_a_chart_with_its_signal_in_words_and_a_table(signed_in, roll):
    for entry in roll("V01", 12):
        weeks(entry, *["/\\"] * 7, "/\\ /\\ /\\ /\\ /I", *["/\\"] * 4, "II")
    page = text_of(signed_in("analyst").get(reverse("children-attendance-charts")))
    assert "Signals: outside the limits" in page and "The same as a table" in page and "90.0%" in page
    picture = signed_in("analyst").get(reverse("children-attendance-chart", args=["all"]))
    assert picture.status_code == 200 and picture["Content-Type"] == "image/svg+xml" and b"<svg" in picture.content
    assert signed_in("analyst").get(reverse("children-attendance-chart", args=["nobody"])).status_code == 404


def test_fewer_than_ten_children_have_no_chart(member, roll):
    for entry in roll("V01", 9):
        weeks(entry, "/\\")
    found = attendance_watch.groups(stores.snapshot(), "V01", presenter.current(viewer(member("head"))).values())
    assert all(len(tokens) >= 10 for _, tokens in found.values())


def test_one_childs_marks_are_counted_to_the_newest_day_of_any_child_and_are_the_same_as_among_all(roll):
    low, well = roll("V01", 2)
    weeks(low, "/\\ UU UU UU UU", "--")
    weeks(well, *["/\\"] * 2)
    AttendanceWeek.objects.filter(token=low.token, monday=LAST).delete()
    both, alone = attendance_watch.marks("V01", TODAY), attendance_watch.marks("V01", TODAY, low.token)
    assert alone.until == both.until == LAST + 4 * DAY
    assert dict(alone.by_child) == {low.token: both.by_child[low.token]}
    # A week of holiday, without a mark of any child, moves no day.
    AttendanceWeek.objects.create(la="V01", token=well.token, monday=LAST + WEEK, marks=[[(LAST + WEEK).isoformat(), "", ""]])
    later = LAST + 2 * WEEK
    assert attendance_watch.marks("V01", later, low.token).until == attendance_watch.marks("V01", later).until == LAST + 4 * DAY


def test_a_childs_page_has_each_mark_in_words_for_who_may_read_the_record(signed_in, roll):
    (entry,) = roll("V01", 1, school="900001")
    weeks(entry, "/\\ EE EE UI /\\")
    page = text_of(signed_in("teacher", school="900001").get(reverse("children-attendance-child", args=[entry.token])))
    assert "40.0%" in page and "Suspended or permanently excluded" in page and "Open a case" not in page and "Missing</a>" not in page
    assert signed_in("teacher", school="900002").get(reverse("children-attendance-child", args=[entry.token])).status_code == 404
