"""What someone may not see is in no list, sum, file, message or small number either: of plans, premium and what children say."""

import datetime
import json

import pytest
from django.urls import reverse
from web_day import TODAY

from virtualschool.plans import premium as rules
from virtualschool.web import stores
from virtualschool.web.actions import plan_reminders, premium
from virtualschool.web.actions import voice as voice_actions
from virtualschool.web.models import (
    Activity,
    Message,
    Plan,
    PlanGrade,
    PlanSample,
    PlanTerm,
    PlanText,
    PremiumLine,
    Protection,
    Rating,
    SampledPlan,
    TeacherAssessment,
    TookPart,
    View,
)
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import plan_help
from virtualschool.web.presenters import premium as ledger
from virtualschool.web.presenters import voice as voice_presenter

SUMMER = {"school_year": 2025, "term": "summer"}


@pytest.fixture
def term(store):
    return PlanTerm.objects.create(
        la="V01", **SUMMER, starts=datetime.date(2025, 4, 21), ends=datetime.date(2025, 7, 22), cut_off=datetime.date(2025, 5, 6)
    )


@pytest.fixture
def entries(term, roll):
    return roll("V01", 3, school="900001")


def begun(entry, **more) -> Plan:
    return Plan.objects.create(la="V01", token=entry.token, kind="secondary", **SUMMER, **more)


def protect(entry, *named) -> None:
    Protection.objects.create(la="V01", token=entry.token, why="court").named.set(named)


def said(token: str, words: str, **more) -> View:
    return View.objects.create(la="V01", token=token, words=words, **{"said_on": TODAY, "source": "said", "consent": "quote", **more})


def test_plans_that_are_taken_away_leave_out_protected_children_for_who_is_not_named(entries, signed_in):
    officer, head = signed_in("team"), signed_in("head")
    for entry in entries[:2]:
        begun(entry)
        TeacherAssessment.objects.create(la="V01", token=entry.token, **SUMMER, subject="Maths", from_phase=True)
    protect(entries[0], head.membership)

    def tokens(browser) -> set[str]:
        held = json.loads(browser.post("/plans/export", {"style": "json", "term": "", "reason": "for the board"}).content)
        return {one["child"] for one in (*held["plans"], *held["assessments"])}

    assert tokens(officer) == {entries[1].token}
    assert tokens(head) == {entries[0].token, entries[1].token}


def test_a_sample_tells_no_words_about_a_protected_childs_plan(entries, signed_in):
    officer, head = signed_in("team"), signed_in("head")
    plan = begun(entries[0])
    given = {"profile": "red_amber_green", "profile_version": 1}
    first = PlanGrade.objects.create(plan=plan, version=1, grade="red", best="red", worst="red", given_on=TODAY, by="A", **given)
    sample = PlanSample.objects.create(la="V01", **SUMMER, **given, seed=1, share=10, least=1, of=1)
    SampledPlan.objects.create(
        sample=sample, plan=plan, version=1, first=first, second="amber", second_name="B", second_reason="Hides from Dad", agreed="red",
        agreed_by="A", agreed_why="Moved to Leeds",
    )  # fmt: skip
    protect(entries[0], head.membership)
    address = reverse("plans-sample", args=[sample.pk])
    for words in ("Hides from Dad", "Moved to Leeds"):
        assert words in head.get(address).content.decode() and words not in officer.get(address).content.decode()


def test_a_payment_for_a_protected_child_tells_neither_target_nor_school(entries, signed_in):
    officer, head = signed_in("team"), signed_in("head")
    year = rules.financial_year_of(TODAY)
    line = PremiumLine.objects.create(
        la="V01", financial_year=year, reference="R1", on=TODAY, pence=1000, strand="looked_after", where="devolved", purpose="literacy",
        target="Speaks again after the move", school="900001", what="Sessions with Ada",
    )  # fmt: skip
    premium.share_out(line, [entries[0].token], Viewer())
    protect(entries[0], head.membership)
    addresses = [reverse("premium-payments"), reverse("premium-spend"), reverse("premium-download", args=["payments", "csv"])]
    for address in addresses:
        shown = officer.get(f"{address}?year={year}").content.decode()
        assert "Speaks again" not in shown and "900001" not in shown and "Ada" not in shown, address
        assert "Speaks again" in head.get(f"{address}?year={year}").content.decode(), address
    by = ledger.sums(Viewer(officer.membership.person, officer.membership), year)
    assert all(one.adds_up and one.paid == 1000 for one in by)
    names = {row[0] for one in by if one.heading in ("School", "Authority", "Target or cohort") for row in one.rows}
    assert names == {"Of children whose record you may not see"}


def test_what_an_adopted_child_said_is_read_told_and_exported_no_more(entries, signed_in, monkeypatch):
    view = said(entries[0].token, "My new mum is called Invented Name")
    said(entries[1].token, "I like art")
    gone = frozenset({entries[0].token})
    monkeypatch.setattr(stores, "sealed", lambda held: gone)
    head = signed_in("head")
    assert "new mum" not in head.get(reverse("voice-said")).content.decode()
    assert "I like art" in head.get(reverse("voice-said")).content.decode()
    assert head.get(reverse("voice-view", args=[view.token, view.pk])).status_code == 404
    assert "new mum" not in head.get(reverse("voice-export")).content.decode()
    told = voice_presenter.told_to_others("V01", TODAY, TODAY)
    assert [one["words"] for one in told["quotes"]] == ["I like art"]


def test_a_school_does_not_read_what_a_child_has_since_written_anew_or_taken_out(entries, signed_in, member):
    plan = begun(entries[0])
    teacher = member("teacher", school="900001")
    viewer = Viewer(teacher.person, teacher)
    for field, after in (("learning", "The truth is another"), ("hopes", "")):
        first = PlanText.objects.create(plan=plan, version=1, section="child", field=field, words="All is well", school_may_read=True)
        said(plan.token, first.words, source="plan", text=first, school_may_read=True)
        assert voice_actions.readable(viewer).count() == 1
        second = PlanText.objects.create(plan=plan, version=1, section="child", field=field, words=after)
        if after:
            said(plan.token, after, source="plan", text=second)
        assert not voice_actions.readable(viewer).exists()
    head = member("head")
    assert [one.words for one in voice_actions.readable(Viewer(head.person, head))] == ["The truth is another"]


def test_how_a_child_rates_themselves_is_not_for_school(entries, signed_in):
    day = Activity.objects.create(la="V01", name="Sailing day", kind="day", starts=TODAY)
    part = TookPart.objects.create(activity=day, la="V01", token=entries[0].token)
    Rating.objects.create(part=part, la="V01", token=part.token, moment="before", on=TODAY, confidence=1)
    address = reverse("voice-child", args=[part.token])
    assert "Sailing day" in signed_in("head").get(address).content.decode()
    answer = signed_in("teacher", school="900001").get(address)
    assert answer.status_code == 200 and "Sailing day" not in answer.content.decode()


def test_only_who_is_named_for_a_protected_child_is_reminded_of_the_plan(entries, member):
    teacher, named = member("teacher", school="900001"), member("teacher", school="900001", name="Named Teacher")
    for entry in entries:
        protect(entry, named)
    plan_reminders.remind("V01")
    assert {one.person for one in Message.objects.all()} == {named.person}
    assert teacher.person != named.person


def plan_in(school: str, met: bool) -> plan_help.Judged:
    states = {rule: "met" if met else "not met" for rules in plan_help.ASKED.values() for rule in rules}
    return plan_help.Judged(Plan(), {"school": (school, school)}, states, "")


def test_what_is_hidden_of_a_school_cannot_be_had_from_the_whole():
    """Schools of 20, 12 and 2 plans under a total of 34: with one hidden, it is what is left."""
    found = [plan_in("A", at < 10) for at in range(20)] + [plan_in("B", at < 6) for at in range(12)] + [plan_in("C", True)] * 2
    lines = {one["words"]: one for one in plan_help.lines(found, "school", "public", ("red", "green"))}
    assert [lines[name]["plans"] for name in "ABC"] == [20, "c", "c"]
    assert not lines["A"]["cells"][0]["is_hidden"]
    for name in "BC":
        assert all(cell["is_hidden"] and not cell["share"] for cell in lines[name]["cells"])
        assert (lines[name]["few"], lines[name]["grades"], lines[name]["weight"]) == (False, "c", None)
    exact = {one["words"]: one for one in plan_help.lines(found, "school", "internal", ("red", "green"))}
    assert [exact[name]["plans"] for name in "ABC"] == [20, 12, 2] and exact["C"]["few"] and exact["C"]["cells"][0]["met"] == 2


def test_a_cell_that_alone_is_hidden_of_a_column_takes_another_with_it():
    """Each school may be shown; of what is asked first, 2 of 12 meet it in B alone."""
    found = [plan_in("A", at < 10) for at in range(20)] + [plan_in("B", at < 2) for at in range(12)]
    found += [plan_in("C", at < 8) for at in range(14)]
    lines = {one["words"]: one for one in plan_help.lines(found, "school", "public", ())}
    assert [lines[name]["plans"] for name in "ABC"] == [20, 12, 14]
    assert [lines[name]["cells"][0]["is_hidden"] for name in "ABC"] == [False, True, True]
