"""The premium on pages: who asks, who decides, that money adds up to the penny, and what the worklist says of it."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from web_day import TODAY

from virtualschool.errors import WrongUse
from virtualschool.plans import premium as rules
from virtualschool.web import clock, stores
from virtualschool.web.actions import premium as actions
from virtualschool.web.models import (
    Event,
    Plan,
    PremiumEffect,
    PremiumFile,
    PremiumGrant,
    PremiumLine,
    PremiumPlace,
    PremiumProgramme,
    PremiumRequest,
    PremiumShare,
    PremiumStep,
    Protection,
    RollEntry,
    TeacherAssessment,
)
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import premium as presenter
from virtualschool.web.presenters import premium_effects
from virtualschool.web.worklist import RULES
from virtualschool.web.worklist.evidence import Evidence, working_days_after

DAY = datetime.timedelta(days=1)
YEAR = rules.financial_year_of(TODAY)
LEDGER = ("ledger", "payments", "programmes", "spend", "need", "effects", "files")


def viewer(membership) -> Viewer:
    return Viewer(membership.person, membership)


def planned(entry: RollEntry, text: str = "Reads 60 of the first 100 words by July") -> Plan:
    plan = Plan.objects.create(la=entry.la, token=entry.token, school_year=2025, term="summer", kind="primary")
    plan.targets.create(number=1, text=text)
    return plan


def asked(entry: RollEntry, **said) -> PremiumRequest:
    given = {"target": "Reads 60", "strand": "looked_after", "pence": 55005, "purpose": "literacy", "what": "Tutor", "baseline": "38"}
    given |= {"measure": "words read", "asked_on": TODAY, "school": entry.school, **said}
    return PremiumRequest.objects.create(la=entry.la, token=entry.token, **given)


def paid(la: str = "V01", tokens=(), **said) -> PremiumLine:
    given = {"reference": f"R{PremiumLine.objects.count()}", "on": TODAY, "pence": 1000, "strand": "looked_after", "where": "central"}
    given |= {"purpose": "literacy", "target": "Reads 60", **said}
    line = PremiumLine.objects.create(la=la, financial_year=rules.financial_year_of(given["on"]), **given)
    actions.share_out(line, list(tokens), Viewer())
    return line


def text_of(page) -> str:
    return page.content.decode()


# --- Who sees and does what ---


def test_a_designated_teacher_sees_and_asks_for_the_children_of_the_school_and_for_no_others(signed_in, roll):
    own, other = roll("V01", 1, school="900001")[0], roll("V01", 1, skip=1, school="900002")[0]
    asked(own, what="Mine to see")
    asked(other, what="Not mine to see")
    teacher = signed_in("teacher", school="900001")
    page = text_of(teacher.get(reverse("premium")))
    assert "Mine to see" in page and "Not mine to see" not in page
    for name in ("premium-child", "premium-ask"):
        assert teacher.get(reverse(name, args=[own.token])).status_code == 200
        assert teacher.get(reverse(name, args=[other.token])).status_code == 404
    assert teacher.get(reverse("premium-request", args=[PremiumRequest.objects.get(token=other.token).pk])).status_code == 404
    for name in LEDGER:
        assert teacher.get(reverse(f"premium-{name}")).status_code == 404


def test_another_authoritys_money_is_on_no_page(signed_in, roll):
    (entry,) = roll("V01", 1, name="Ada Invented")
    line = paid(tokens=[entry.token], what="Only in V01")
    made = asked(entry, what="Only in V01")
    head = signed_in("head", la="V02")
    for name in ("", *(f"-{one}" for one in LEDGER)):
        page = text_of(head.get(reverse(f"premium{name}")))
        assert "Only in V01" not in page and "Ada Invented" not in page and "£10.00" not in page
    for name, part in (("request", made.pk), ("decide", made.pk), ("pay", made.pk), ("back", line.pk)):
        assert head.get(reverse(f"premium-{name}", args=[part])).status_code == 404
    assert head.get(reverse("premium-effect", args=[entry.token, line.pk])).status_code == 404


def test_a_request_goes_from_the_school_to_the_head_to_the_ledger_and_back_with_its_effect(signed_in, roll):
    (entry,) = roll("V01", 1, school="900001")
    planned(entry)
    teacher, head, team = signed_in("teacher", school="900001"), signed_in("head"), signed_in("team")
    sent = {"target": "1", "purpose": "literacy", "what": "Tutor, 12 weeks", "pence": "£1,550.05", "strand": "looked_after"}
    sent |= {"baseline": "38 words", "measure": "words read aloud", "child_said": "ok if its not in art"}
    assert teacher.post(reverse("premium-ask", args=[entry.token]), sent).status_code == 302
    made = PremiumRequest.objects.get()
    assert (made.la, made.token, made.pence, made.state, made.school) == ("V01", entry.token, 155005, "asked", "900001")
    assert made.target.startswith("Reads 60") and made.child_said == "ok if its not in art"
    decide, pay = reverse("premium-decide", args=[made.pk]), reverse("premium-pay", args=[made.pk])
    for one in (teacher, team):
        assert one.post(decide, {"act": "approve"}).status_code == 404
    assert head.post(pay, {"on": "28/04/2025", "reference": "R1", "where": "devolved"}).status_code == 400  # not approved yet
    assert head.post(decide, {"act": "approve"}).status_code == 302
    assert team.post(pay, {"on": "28/04/2025", "reference": "R1", "where": "devolved"}).status_code == 302
    line = PremiumLine.objects.get()
    assert (line.pence, line.where, line.school, line.financial_year) == (155005, "devolved", "900001", "2025-26")
    assert list(PremiumShare.objects.values_list("token", "pence")) == [(entry.token, 155005)]
    said = {
        "baseline": "38 words",
        "measure": "words read aloud",
        "end_value": "61 words",
        "result": "met",
        "next_step": "Stop; goes on alone",
    }
    said |= {"child_said": " i can read the sports page ", "teacher_said": "", "carer_said": ""}
    assert teacher.post(reverse("premium-effect", args=[entry.token, line.pk]), said).status_code == 302
    made.refresh_from_db()
    assert made.state == "effect known" and PremiumEffect.objects.get().child_said == " i can read the sports page "
    assert list(PremiumStep.objects.values_list("state", flat=True)) == ["asked", "approved", "paid", "effect known"]
    page = text_of(teacher.get(reverse("premium-child", args=[entry.token])))
    assert "£1,550.05" in page and "61 words" in page
    told = Event.objects.filter(token=entry.token).exclude(action="viewed").exclude(action="refused")
    assert [event.action for event in told] == ["asked", "approved", "paid", "said the effect"]
    assert "Tutor" not in str([event.detail for event in told])


def test_a_refusal_needs_its_reason_and_the_school_reads_it(signed_in, roll):
    (entry,) = roll("V01", 1, school="900001")
    made = asked(entry)
    head = signed_in("head")
    page = head.post(reverse("premium-decide", args=[made.pk]), {"act": "decline", "why": ""})
    assert page.status_code == 400 and "Fill in: why it is declined." in text_of(page)
    assert head.post(reverse("premium-decide", args=[made.pk]), {"act": "decline", "why": "The EHC plan pays."}).status_code == 302
    teacher = signed_in("teacher", school="900001")
    assert "The EHC plan pays." in text_of(teacher.get(reverse("premium-request", args=[made.pk])))
    assert PremiumLine.objects.count() == 0


def test_without_a_plan_and_a_target_nothing_can_be_asked(signed_in, roll):
    (entry,) = roll("V01", 1)
    team = signed_in("team")
    assert "There is no education plan yet." in text_of(team.get(reverse("premium-ask", args=[entry.token])))
    team.post(reverse("premium-ask", args=[entry.token]), {"target": "1", "purpose": "literacy", "pence": "5"})
    assert PremiumRequest.objects.count() == 0


# --- Money adds up ---


def test_a_programmes_cost_is_shared_over_who_takes_part_on_the_day(signed_in, roll):
    one, two, three, left = roll("V01", 4)
    programme = PremiumProgramme.objects.create(la="V01", name="Maths club", purpose="numeracy", starts=TODAY - 30 * DAY)
    for entry in (one, two, three, left):
        ends = TODAY if entry is left else None
        PremiumPlace.objects.create(programme=programme, la="V01", token=entry.token, starts=TODAY - 30 * DAY, ends=ends)
    sent = {
        "on": "28/04/2025",
        "reference": "P1",
        "pence": "100.00",
        "strand": "looked_after",
        "where": "central",
        "programme": programme.pk,
    }
    assert signed_in("team").post(reverse("premium-add"), sent).status_code == 302
    shares = dict(PremiumShare.objects.values_list("token", "pence"))
    assert set(shares) == {one.token, two.token, three.token} and sorted(shares.values()) == [3333, 3333, 3334]
    line = PremiumLine.objects.get()
    assert (line.purpose, line.cohort) == ("numeracy", "Maths club")


def test_money_that_came_back_is_a_line_of_its_own_and_never_more_than_was_paid(rf, member, roll):
    one, two = roll("V01", 2)
    line = paid(tokens=[one.token, two.token], pence=1001)
    request = rf.get("/")
    request.viewer = viewer(member("team"))
    actions.take_back(request, line, pence=501, on=TODAY, reference="B1", why="Tutor was ill")
    with pytest.raises(WrongUse, match=r"what is left of the payment, £5\.00"):
        actions.take_back(request, line, pence=501, on=TODAY, reference="B2", why="Again")
    line.refresh_from_db()
    assert line.pence == 1001  # the payment stands as it was
    back = PremiumLine.objects.get(corrects=line)
    assert back.pence == -501 == sum(share.pence for share in back.shares.all())
    held = presenter.ledgers("V01", YEAR)["looked_after"]
    assert held.paid() == 500 == sum(held.by_child().values())


def test_every_table_of_spend_adds_up_also_with_a_child_whose_record_is_protected(member, roll):
    one, two = roll("V01", 2)
    paid(tokens=[one.token, two.token], pence=1001, where="devolved", school="900001")
    paid(tokens=[two.token], pence=333, purpose="numeracy")
    paid(pence=20000, purpose="central_service", cohort="All in year 11", target="")
    Protection.objects.create(la="V01", token=two.token, why="court")
    found = presenter.sums(viewer(member("team")), YEAR)
    assert {table.heading: table.total for table in found} == dict.fromkeys((table.heading for table in found), "£213.34")
    assert all(table.adds_up for table in found)
    rows = {words: pence for words, pence, _, _ in found[-1].rows}
    assert set(rows.values()) == {501, 833, 20000} or set(rows.values()) == {500, 834, 20000}
    assert "1 child whose record you may not see" in rows and "For a cohort" in rows


def test_the_ledger_says_what_is_devolved_central_committed_and_goes_back(signed_in, roll):
    (entry,) = roll("V01", 1)
    head = signed_in("head")
    sent = {"financial_year": YEAR, "strand": "looked_after", "pence_a_child": "", "provisional_children": "4", "final_children": "3"}
    assert head.post(reverse("premium-grant"), {**sent, "planned": "1000"}).status_code == 302
    assert PremiumGrant.objects.get().pence_a_child == 263000  # the published rate of 2025-26
    paid(tokens=[entry.token], pence=55000, where="devolved")
    paid(tokens=[entry.token], pence=100001)
    asked(entry, state="approved", decided_on=TODAY, pence=45000)
    asked(entry, pence=99900)  # not decided: no money yet
    (row,) = presenter.strand_rows("V01", YEAR)
    lines = {words: amount for words, amount, _ in row.lines}
    assert lines == {
        "Provisional": "£10,520.00",
        "Final": "£7,890.00",
        "Final less provisional": "-£2,630.00",
        "Devolved to schools": "£550.00",
        "Held and spent centrally": "£1,000.01",
        "Approved and not paid": "£450.00",
        "Not committed": "£5,889.99",
        "Planned besides": "£1,000.00",
        "Forecast of what is paid by 31 March": "£3,000.01",
        "Would go back by the forecast": "£4,889.99",
        "Would go back if nothing more is paid": "£6,339.99",
    }
    page = text_of(head.get(reverse("premium-ledger")))
    assert "Schools hold it themselves" in page and "it is not the Virtual School’s" in page and "£5,889.99" in page


def test_a_grant_without_a_published_rate_asks_for_the_authoritys_own_and_a_new_one_takes_the_place_of_the_old(signed_in):
    head = signed_in("head")
    sent = {"financial_year": "2026-27", "strand": "looked_after", "provisional_children": "10"}
    page = head.post(reverse("premium-grant"), sent)
    assert page.status_code == 400 and "Enter the rate of your own allocation." in text_of(page)
    assert head.post(reverse("premium-grant"), {**sent, "pence_a_child": "2700"}).status_code == 302
    assert head.post(reverse("premium-grant"), {**sent, "pence_a_child": "2700", "final_children": "9"}).status_code == 302
    whole = {"financial_year": "2026-27", "strand": "post_16", "provisional_pence": "40000"}
    assert head.post(reverse("premium-grant"), whole).status_code == 302
    held = presenter.ledgers("V01", "2026-27")
    assert held["looked_after"].allocation.pence == 2430000 and held["post_16"].allocation.pence == 4000000
    assert PremiumGrant.objects.count() == 3
    early = {"financial_year": "2013-14", "strand": "looked_after", "pence_a_child": "900", "provisional_children": "10"}
    assert "the ledger begins with 2014-15" in text_of(head.post(reverse("premium-grant"), early))


# --- Files ---


def test_payments_by_file_are_read_shown_and_kept_with_an_account_of_every_row(signed_in, roll):
    one, two = roll("V01", 2)
    paid(reference="THERE")
    rows = [
        "reference,date,amount,where,purpose,children,target",
        f"F1,01/04/2025,10.01,devolved,literacy,{one.child}; {two.token},Reads 60",
        "F2,01/04/2025,5,central,sweets,,",
        "THERE,01/04/2025,5,central,literacy,,",
        "F3,01/05/2025,5,central,literacy,,",  # a day to come
    ]
    team = signed_in("team")
    sent = SimpleUploadedFile("money of Ada.csv", "\n".join(rows).encode())
    page = team.post(reverse("premium-files"), {"file": sent}, follow=True)
    held = PremiumFile.objects.get()
    assert (held.read, held.kept, held.set_aside, held.name) == (4, 1, 3, "payments.csv")
    assert "Keep 1 payment" in text_of(page) and one.child not in str(held.findings)
    assert PremiumLine.objects.count() == 1
    team.post(reverse("premium-file", args=[held.pk]), {"act": "keep"})
    line = PremiumLine.objects.get(reference="F1")
    assert sorted(line.shares.values_list("pence", flat=True)) == [500, 501]
    held.refresh_from_db()
    assert (held.state, held.held) == ("kept", [])
    again = team.post(reverse("premium-files"), {"file": SimpleUploadedFile("a.csv", "\n".join(rows).encode())})
    assert "It was brought and kept before." in text_of(again)


def test_an_extract_of_the_finance_system_is_set_beside_the_ledger_to_the_penny(signed_in, store):
    paid(reference="A", pence=1000)
    paid(reference="B", pence=2000)
    extract = SimpleUploadedFile("bank.csv", b"reference,amount\nA,10.00\nB,20.01\nC,5.00\n")
    page = text_of(signed_in("team").post(reverse("premium-files"), {"file": extract}, follow=True))
    assert "£20.01" in page and "nothing" in page and "1 agree to the penny" in page
    assert PremiumFile.objects.get().held == [
        {"agreed": 1, "years": [YEAR]},
        {"reference": "B", "ledger": 2000, "extract": 2001},
        {"reference": "C", "ledger": None, "extract": 500},
    ]


def test_downloads_bear_their_mark_leave_an_event_and_can_be_brought_again(signed_in, roll):
    (entry,) = roll("V01", 1)
    paid(tokens=[entry.token], what="=SUM(A1)", reference="R9")
    team = signed_in("team")
    answer = team.get(reverse("premium-download", args=["payments", "csv"]))
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[0] == "reference,date,amount,where,purpose,strand,children,school,target,cohort,what"
    assert f"R9,28/04/2025,10.00,central,literacy,looked_after,{entry.token},,Reads 60,,'=SUM(A1)" in text and "Official-sensitive" in text
    for what in ("children", "need"):
        assert team.get(reverse("premium-download", args=[what, "xlsx"])).content[:2] == b"PK"
    assert Event.objects.filter(action="downloaded", kind="premium_ledger").count() == 3
    assert team.get(reverse("premium-download", args=["names", "csv"])).status_code == 404


# --- Need and effect ---


def test_need_found_in_the_store_is_set_beside_spend(member, roll):
    entries = roll("V01", 30)
    held = premium_effects.needs(viewer(member("team")), YEAR)
    before = {name: number for name, _, number in held["groups"]}
    assert before["need, no spend"] > 0 and "need answered" not in before and held["children"] >= 30
    for entry in entries:
        paid(tokens=[entry.token], purpose="sport_arts_music")
    after = {name: number for name, _, number in premium_effects.needs(viewer(member("team")), YEAR)["groups"]}
    assert after.get("need, spend elsewhere", 0) + after.get("spend, no need found", 0) == 30
    assert sum(after.values()) == sum(before.values())


def test_a_teachers_newest_assessment_is_a_need_for_who_may_see_plans(member, roll):
    (entry,) = roll("V02", 1)
    said = {"la": "V02", "token": entry.token, "subject": "Art"}
    TeacherAssessment.objects.create(school_year=2025, term="autumn", from_phase=False, **said)

    def words(role):
        held = premium_effects.needs(viewer(member(role, la="V02")), YEAR)
        return {line.words: line.children for line, _ in held["by_need"]}

    new = "Not on track in another subject, as teachers assess"
    assert words("head")[new] == 1 and new not in words("analyst")
    TeacherAssessment.objects.create(school_year=2025, term="spring", from_phase=True, **said)
    assert new not in words("head")
    TeacherAssessment.objects.filter(term="spring").update(school_year=2023, from_phase=False)
    TeacherAssessment.objects.filter(term="autumn").delete()
    assert new not in words("head")  # Two years old.


def test_the_effect_of_few_children_cannot_be_told(signed_in, roll):
    for entry in roll("V01", 3):
        paid(tokens=[entry.token], on=datetime.date(2024, 5, 1), purpose="attendance_inclusion")
    page = text_of(signed_in("head").get(reverse("premium-effects") + "?year=2024-25"))
    assert "Cannot tell" in page and "Attendance and inclusion" in page and "2023/24" in page and "2024/25" in page


# --- The worklist ---


def one(rule: str, la: str = "V01", today: datetime.date = TODAY) -> list:
    seen = Evidence(la, clock.today(), stores.snapshot())
    object.__setattr__(seen, "today", today)
    return list(RULES[rule].find(seen))


def test_the_worklist_asks_for_a_decision_within_five_working_days(roll):
    (entry,) = roll("V01", 1)
    made = asked(entry)
    asked(entry, state="declined")
    assert [(item.key, item.token, item.due) for item in one("premium_to_decide")] == [
        (f"request {made.pk}", entry.token, working_days_after(TODAY, 5))
    ]
    assert RULES["premium_to_decide"].kind == "premium_decide" and not one("premium_to_decide", "V02")


def test_the_worklist_asks_for_what_is_approved_to_be_paid(roll):
    (entry,) = roll("V01", 1)
    asked(entry, state="approved", decided_on=TODAY)
    asked(entry)
    assert [(item.token, item.due) for item in one("premium_to_pay")] == [(entry.token, working_days_after(TODAY, 20))]
    assert not one("premium_to_pay", "V02")


def test_the_worklist_asks_for_the_effect_twelve_weeks_after_a_payment(roll):
    first, second, third = roll("V01", 3)
    old = paid(tokens=[first.token, second.token], on=TODAY - 84 * DAY)
    paid(tokens=[third.token], on=TODAY - 83 * DAY)
    PremiumEffect.objects.create(la="V01", token=second.token, line=old, on=TODAY, baseline="a", measure="b", result="met", next_step="c")
    assert [(item.token, item.due, item.count) for item in one("premium_effect_unknown")] == [(first.token, TODAY, 1)]
    assert not one("premium_effect_unknown", "V02")


def test_the_worklist_points_out_money_that_nobody_committed_from_31_october_on(roll):
    (entry,) = roll("V01", 1)
    PremiumGrant.objects.create(la="V01", financial_year=YEAR, strand="looked_after", pence_a_child=263000, provisional_children=1)
    assert not one("premium_not_committed", today=datetime.date(2025, 10, 30))
    (item,) = one("premium_not_committed", today=datetime.date(2025, 10, 31))
    assert "£2,630.00 is not committed" in item.words and item.due == datetime.date(2026, 3, 31)
    asked(entry, state="approved", decided_on=TODAY, pence=263000)
    assert not one("premium_not_committed", today=datetime.date(2025, 10, 31))


def test_the_worklist_says_when_more_was_paid_than_came(store):
    paid(pence=263001, target="", cohort="All")
    assert not one("premium_overspent")  # no grant is entered, so nothing is known
    PremiumGrant.objects.create(la="V01", financial_year=YEAR, strand="looked_after", pence_a_child=263000, provisional_children=1)
    (item,) = one("premium_overspent")
    assert "£0.01 was paid beyond the grant" in item.words


def test_the_worklist_counts_payments_that_are_tied_to_nothing(store):
    paid(target="", cohort="All in year 11")
    paid(target="", strand="authority")
    assert not one("premium_tied_to_nothing")
    loose = paid(target="")
    assert [item.count for item in one("premium_tied_to_nothing")] == [1]
    paid(target="", pence=-1000, corrects=loose)
    assert not one("premium_tied_to_nothing")


def test_the_worklist_counts_children_with_a_need_and_no_money_once_money_flows(roll):
    entries = roll("V01", 30)
    assert not one("need_without_spend")
    paid(tokens=[entries[0].token])
    (before,) = one("need_without_spend")
    for entry in entries[1:]:
        paid(tokens=[entry.token])
    after = one("need_without_spend")
    assert before.count > (after[0].count if after else 0)
