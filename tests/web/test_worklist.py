"""The worklist: what each rule finds, and what people do with it."""

import dataclasses
import datetime
import pathlib
import re

import pytest
from django.http import Http404
from web_day import TODAY

from virtualschool.web import clock, stores, worklist
from virtualschool.web.children import Child
from virtualschool.web.models import Plan, PlanTerm, RollEntry, RollFile, WorkItem
from virtualschool.web.worklist import RULES
from virtualschool.web.worklist.evidence import Evidence, working_days_after

WEEK, DAY = datetime.timedelta(days=7), datetime.timedelta(days=1)


class Drawn(Evidence):
    """Evidence drawn by hand."""

    def __init__(self, before=(), now=(), years=(), children=(), as_of=TODAY):
        object.__setattr__(self, "la", "V01")
        object.__setattr__(self, "today", TODAY)
        self.__dict__["rolls"] = [RollFile(la="V01", as_of=as_of), RollFile(la="V01", as_of=as_of - WEEK)]
        self.__dict__["now"] = {entry.token: entry for entry in now}
        self.__dict__["before"] = {entry.token: entry for entry in before}
        self.__dict__["years"] = {(token, year): {**EMPTY, **row} for token, year, row in years}
        self.__dict__["children"] = [Child(token, "V01") for token in children]
        self.__dict__["year"] = 2025


EMPTY = dict.fromkeys(("sessions_possible", "sessions_missed", "suspensions", "placements_in_year"))


def entry(token, **columns) -> RollEntry:
    return RollEntry(token=token, **{"school": "900001", "dob": datetime.date(2013, 5, 1), "placement": "foster", **columns})


def found(rule: str, evidence: Evidence) -> list[tuple]:
    return [(one.token, one.due) for one in RULES[rule].find(evidence)]


def test_working_days_leave_out_weekends_and_bank_holidays():
    # Easter Monday 21 April and early May bank holiday 5 May 2025.
    assert working_days_after(datetime.date(2025, 4, 17), 1) == datetime.date(2025, 4, 22)
    assert working_days_after(datetime.date(2025, 4, 28), 10) == datetime.date(2025, 5, 13)


def test_who_is_on_this_roll_and_not_on_the_last_joined_and_has_ten_working_days():
    seen = Drawn([entry("a")], [entry("a"), entry("b", entered_care=datetime.date(2025, 4, 24)), entry("c")])
    assert found("joined", seen) == [("b", datetime.date(2025, 5, 9)), ("c", datetime.date(2025, 5, 13))]


@pytest.mark.parametrize(("days", "words"), [(27, "Came into care"), (28, "Is new on the roll")])
def test_who_came_into_care_long_before_the_last_roll_is_new_on_the_roll(days, words):
    (one,) = RULES["joined"].find(Drawn([], [entry("a", entered_care=TODAY - WEEK - days * DAY)]))
    assert one.words == words and (one.due == datetime.date(2025, 5, 13)) == (days == 28)


def test_who_was_on_the_last_roll_and_is_not_on_this_left():
    assert found("left", Drawn([entry("a"), entry("b")], [entry("b")])) == [("a", datetime.date(2025, 5, 13))]


@pytest.mark.parametrize("change", [{"placement": "kinship"}, {"home": "SC1"}, {"placement_began": TODAY}])
def test_another_placement_home_or_first_day_is_a_move(change):
    moved = Drawn([entry("a"), entry("b")], [entry("a", **change), entry("b")])
    assert found("placement_moved", moved) == [("a", datetime.date(2025, 5, 6))]


def test_another_school_is_a_change_and_a_school_that_is_not_known_is_none():
    seen = Drawn([entry("a"), entry("b"), entry("c", school="")], [entry("a", school="900002"), entry("b", school=""), entry("c")])
    assert [token for token, _ in found("school_changed", seen)] == ["a"]


@pytest.mark.parametrize(
    ("born", "waits"),
    [
        (datetime.date(2020, 4, 28), True),  # five today
        (datetime.date(2020, 4, 29), False),
        (datetime.date(2008, 9, 2), True),  # year 11
        (datetime.date(2008, 9, 1), False),  # sixteen when the school year began
    ],
)
def test_a_child_of_school_age_without_a_school_has_no_place(born, waits):
    assert bool(found("no_school_place", Drawn(now=[entry("a", school="", dob=born)]))) is waits
    assert not found("no_school_place", Drawn(now=[entry("a", dob=born)]))


@pytest.mark.parametrize(
    ("missed_before", "missed_now", "possible", "rising"),
    [(20, 40, 400, True), (19, 39, 400, False), (21, 40, 400, False), (0, 30, 300, True), (0, 59, 59, False)],
)
def test_absence_that_is_persistent_and_five_points_higher_is_rising(missed_before, missed_now, possible, rising):
    years = [("a", 2024, {"sessions_possible": 400, "sessions_missed": missed_before})]
    years += [("a", 2025, {"sessions_possible": possible, "sessions_missed": missed_now})]
    assert bool(found("absence_rising", Drawn(years=years, children=["a"]))) is rising


def test_two_suspensions_in_the_newest_year_with_any_are_found_and_one_is_not():
    years = [("a", 2024, {"suspensions": 2}), ("b", 2024, {"suspensions": 1}), ("c", 2023, {"suspensions": 5})]
    assert [token for token, _ in found("suspended_again", Drawn(years=years, children="abc"))] == ["a"]


def test_three_placements_in_the_year_are_found_and_two_are_not():
    years = [("a", 2025, {"placements_in_year": 3}), ("b", 2025, {"placements_in_year": 2}), ("c", 2024, {"placements_in_year": 4})]
    assert [token for token, _ in found("many_placements", Drawn(years=years, children="abc"))] == ["a"]


def one(rule: str, la: str = "V01") -> list:
    return list(RULES[rule].find(Evidence(la, clock.today(), stores.snapshot())))


def test_links_to_judge_count_the_children_who_wait_for_a_person(store):
    engine = stores.engine()
    for la in ("V01", "V02"):
        waiting = engine.rows("SELECT DISTINCT child FROM unlinked WHERE reason = 'a person is to judge' AND la = ?", [la])
        assert [item.count for item in one("links_to_judge", la)] == ([len(waiting)] if waiting else [])


def test_unlinked_leaves_out_children_for_whom_nothing_is_to_be_done(store):
    engine = stores.engine()
    query = """
        SELECT u.child, reason, age, year_group FROM unlinked u JOIN children USING (la, child) WHERE la = 'V01' AND year = 2025 AND in_year
    """
    rows = engine.rows(query)
    nothing = {"UN1", "UN3", "over school age", "under school age", "a person is to judge"}
    expected = {row["child"] for row in rows if row["reason"] not in nothing and row["year_group"] and 5 <= row["age"] <= 15}
    assert sum(item.count for item in one("unlinked")) == len(expected)


def test_errors_in_the_newest_return_are_counted(store):
    expected = stores.engine().value("SELECT count(*) FROM findings WHERE la = 'V01' AND year = 2025")
    assert sum(item.count for item in one("errors_in_return")) == expected


def test_access_that_nobody_confirmed_for_ninety_days_is_to_be_confirmed(member):
    member("team", starts=TODAY - 91 * DAY, confirmed=None)
    member("team", starts=TODAY - 90 * DAY, confirmed=None)
    member("team", starts=TODAY - 200 * DAY, confirmed=TODAY - 5 * DAY)
    assert [item.count for item in one("access_to_confirm")] == [1]


SOON, LATE = datetime.date(2025, 5, 13), datetime.date(2025, 4, 25)


def a_plan(entry, **columns) -> Plan:
    return Plan.objects.create(la="V01", token=entry.token, **{"school_year": 2025, "term": "summer", "kind": "primary", **columns})


def a_term(cut_off) -> None:
    """The summer term of the day; ten working days from 28 April 2025 end on 13 May, with a bank holiday between."""
    PlanTerm.objects.create(
        la="V01", school_year=2025, term="summer", starts=datetime.date(2025, 4, 7), ends=datetime.date(2025, 7, 22), cut_off=cut_off
    )


@pytest.mark.parametrize(
    ("cut_off", "soon", "late"), [(SOON, True, False), (SOON + DAY, False, False), (TODAY, True, False), (LATE, False, True)]
)
def test_a_plan_is_due_within_ten_working_days_and_overdue_from_the_day_after(roll, cut_off, soon, late):
    (entry,) = roll("V01", 1, entered_care=datetime.date(2023, 1, 9), dob=datetime.date(2012, 1, 9), year_group="8")
    a_term(cut_off)
    expected = [(entry.token, cut_off)]
    assert [(item.token, item.due) for item in one("plan_due")] == (expected if soon else [])
    assert [(item.token, item.due) for item in one("plan_overdue")] == (expected if late else [])
    plan = a_plan(entry, state="met")
    plan.meetings.create(held_on=TODAY)
    assert not one("plan_due") and not one("plan_overdue")


def test_a_plan_that_was_met_about_without_the_childs_view_is_found_and_one_with_an_answer_is_not(roll):
    entries = roll("V01", 4, entered_care=datetime.date(2023, 1, 9))
    a_term(datetime.date(2025, 6, 27))
    silent, spoken, not_today, draft = (a_plan(entry, state="met") for entry in entries)
    Plan.objects.filter(pk=draft.pk).update(state="draft")
    spoken.texts.create(section="child", field="hopes", words="A dog")
    not_today.texts.create(section="child", field="hopes", not_today=True)
    silent.texts.create(section="child", field="hopes", words="A cat")
    silent.texts.create(section="child", field="hopes", words=" ")
    assert [item.token for item in one("plan_without_voice")] == [entries[0].token]


def test_a_target_past_its_day_is_found_until_it_is_reviewed_or_withdrawn(roll):
    (entry,) = roll("V01", 1)
    plan = a_plan(entry, term="spring", state="signed")
    for number, due in enumerate((TODAY - DAY, TODAY - 2 * DAY, TODAY), 1):
        plan.targets.create(number=number, text="Reads", due=due)
    assert [(item.token, item.due, item.count) for item in one("target_unreviewed")] == [(entry.token, TODAY - 2 * DAY, 2)]
    plan.targets.create(number=2, text="Reads", due=TODAY - 2 * DAY, outcome="met")
    plan.targets.create(number=1, text="Reads", due=TODAY - DAY, withdrawn=True)
    assert not one("target_unreviewed") and not one("target_unreviewed", "V02")


def test_every_rule_has_a_test():
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(pathlib.Path(__file__).parent.glob("test_*.py")))
    assert [name for name in RULES if not re.search(rf'(found|one)\("{name}"', text)] == []


@pytest.fixture
def items(store, roll):
    roll("V01", 3, as_of=TODAY - WEEK)
    roll("V01", 5)
    worklist.refresh("V01")
    return list(WorkItem.objects.filter(la="V01", rule="joined").order_by("token"))


def test_what_is_found_again_keeps_its_owner_and_what_is_found_no_more_goes(items, roll, member):
    first, second = items
    first.owner = member("team")
    first.save()
    RollEntry.objects.filter(token=second.token, file__as_of=TODAY).delete()
    worklist.refresh("V01", anew=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.gone is None and first.owner is not None and second.gone == TODAY


def test_nothing_is_made_anew_while_day_snapshot_and_roll_stand(items, django_assert_num_queries):
    with django_assert_num_queries(2):
        worklist.refresh("V01")


def post(browser, item, **data):
    return browser.post(f"/worklist/{item.pk}", data)


def test_an_item_is_put_off_with_a_reason_and_comes_back_on_its_day(items, signed_in, settings):
    browser, item = signed_in("head"), items[0]
    until = TODAY + WEEK
    assert b"it is empty" in browser.get(post(browser, item, act="put off", until=until.isoformat(), why=" ").url).content
    post(browser, item, act="put off", until=until.isoformat(), why="meeting on Friday")
    assert item not in WorkItem.objects.open_on(until - DAY) and item in WorkItem.objects.open_on(until)


@pytest.mark.parametrize("days", [0, -1, 93])
def test_an_item_is_not_put_off_to_the_past_or_beyond_a_term(items, signed_in, days):
    browser = signed_in("head")
    post(browser, items[0], act="put off", until=(TODAY + days * DAY).isoformat(), why="later")
    assert items[0] in WorkItem.objects.open_on(TODAY)


def test_an_item_that_is_done_is_off_the_list_and_can_be_brought_back(items, signed_in):
    browser, item = signed_in("head"), items[0]
    post(browser, item, act="finish", why="rang the school")
    item.refresh_from_db()
    assert item.done_by == browser.membership.person and item not in WorkItem.objects.open_on(TODAY)
    post(browser, item, act="bring back")
    assert item in WorkItem.objects.open_on(TODAY)


def test_an_item_is_given_to_a_member_of_the_authority_and_to_nobody_elses(items, signed_in, member):
    browser, item = signed_in("head"), items[0]
    post(browser, item, act="give", owner=member("team").pk)
    item.refresh_from_db()
    assert item.owner.role == "team"
    assert post(browser, item, act="give", owner=member("team", "V02").pk).status_code == 404


def test_another_authority_sees_none_of_it(items, signed_in):
    other = signed_in("head", "V02")
    assert other.get(f"/worklist/{items[0].pk}").status_code == 404
    assert post(other, items[0], act="finish").status_code == 404
    assert b"Invented Name" not in other.get("/worklist").content


def test_who_may_not_change_the_worklist_changes_nothing(items, signed_in):
    assert signed_in("teacher", school="900001").get("/worklist").status_code == 404


def test_a_rule_says_why_it_matters_and_what_to_do():
    for rule in RULES.values():
        assert all(getattr(rule, field.name) for field in dataclasses.fields(rule) if field.name != "find"), rule.name


def test_an_item_of_no_authority_is_not_there(items, signed_in):
    from types import SimpleNamespace

    from virtualschool.web.actions.worklist import item_of
    from virtualschool.web.permissions import NOBODY

    with pytest.raises(Http404):
        item_of(SimpleNamespace(viewer=NOBODY), items[0].pk)


def test_the_page_of_an_item_says_why_it_matters_and_what_to_do(items, signed_in):
    page = signed_in("head").get(f"/worklist/{items[0].pk}").content.decode()
    assert RULES["joined"].why in page and RULES["joined"].do in page and "Mark as done" in page


def test_an_item_about_a_protected_child_is_neither_listed_nor_counted_for_others(items, signed_in, member):
    from virtualschool.web.models import Protection

    named = member("head")
    Protection.objects.create(token=items[0].token, la="V01").named.add(named)
    seen = {who: signed_in(who).get("/worklist?rule=joined").context for who in (named, member("team"))}
    assert [(context["found"], len(context["lines"])) for context in seen.values()] == [(2, 2), (1, 1)]
