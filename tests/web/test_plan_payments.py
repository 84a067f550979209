"""Payments that files of plans tell of: entered once, to the penny, and never again when the file comes twice."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from virtualschool.web.models import PlanFile, PremiumEffect, PremiumLine, PremiumShare


@pytest.fixture
def entries(roll):
    return roll("V01", 2, school="900001")


@pytest.fixture
def head(signed_in):
    return signed_in("head")


def keep(browser, plans: list[dict]) -> PlanFile:
    sent = SimpleUploadedFile("plans.json", json.dumps({"plans": plans}).encode())
    answer = browser.post("/plans/files", {"files": [sent]})
    assert answer.status_code == 302, answer.content.decode()
    file = PlanFile.objects.latest("pk")
    assert browser.get(f"/plans/files/{file.pk}").status_code == 200
    assert browser.post(f"/plans/files/{file.pk}", {"act": "keep"}).status_code == 302
    file.refresh_from_db()
    return file


def plan(entry, *spend, number=1, **more) -> dict:
    held = {"plan": f"S-{number}", "child": entry.child, "meeting_on": "2025-04-22", "term": "summer", "spend": list(spend)}
    return {**held, "targets": [{"id": "t1", "target": "Spells 20 words by July, from 8 now"}], **more}


TUITION = {"line": "1", "amount": "270.50", "purpose": "literacy", "paid_on": "2025-04-28", "target": "t1", "what": "Six hours"}


def test_a_line_of_spend_with_a_day_is_a_payment_and_one_without_is_planned(head, entries):
    file = keep(head, [plan(entries[0], TUITION, {"line": "2", "amount": "100", "purpose": "eal"})])
    line = PremiumLine.objects.get()
    assert (line.reference, line.pence, line.where, line.purpose, line.financial_year) == (
        "S-1 1",
        27050,
        "devolved",
        "literacy",
        "2025-26",
    )
    assert (line.target, line.school, line.plan_file) == ("Spells 20 words by July, from 8 now", "900001", file)
    assert PremiumShare.objects.get().token == entries[0].token
    assert file.payments == {"new": [1, 27050], "planned": [1, 10000]}
    told = head.get(f"/plans/files/{file.pk}").content.decode()
    assert "£370.50" in told and "£270.50" in told and "All lines of spend" in told


def test_a_file_that_comes_again_enters_nothing_twice_and_still_adds_up(head, entries):
    keep(head, [plan(entries[0], TUITION)])
    again = keep(head, [plan(entries[0], TUITION, {**TUITION, "line": "3", "amount": "10.01"}, support="More help")])
    assert again.payments == {"new": [1, 1001], "there": [1, 27050]}
    assert sorted(PremiumLine.objects.values_list("reference", "pence")) == [("S-1 1", 27050), ("S-1 3", 1001)]


def test_what_the_ledger_has_otherwise_is_said_and_not_entered(head, entries):
    keep(head, [plan(entries[0], TUITION)])
    other = keep(head, [plan(entries[0], {**TUITION, "amount": "280.50"}, {**TUITION, "line": "9", "paid_on": "2031-01-01"})])
    assert other.payments == {"aside": [2, 28050 + 27050]}
    assert {(one["column"], one["row"]) for one in other.findings} == {("reference", 1), ("paid_on", 1)}
    assert PremiumLine.objects.get().pence == 27050


def test_lines_of_one_reference_are_one_payment_shared_as_the_file_says(head, entries):
    part = {**TUITION, "reference": "INV-7", "devolved": "no"}
    file = keep(head, [plan(entries[0], part), plan(entries[1], {**part, "amount": "29.50"}, number=2)])
    line = PremiumLine.objects.get()
    assert (line.reference, line.pence, line.where, line.school) == ("INV-7", 30000, "central", "")
    assert dict(line.shares.values_list("token", "pence")) == {entries[0].token: 27050, entries[1].token: 2950}
    assert file.payments == {"new": [2, 30000]}


def test_what_a_later_file_says_of_the_effect_is_kept_with_the_payment(head, entries):
    paid = {**TUITION, "reference": "INV-7"}
    keep(head, [plan(entries[0], paid)])
    later = {**paid, "term": "last", "baseline": "8 of 20", "measure": "test", "end_value": "20 of 20", "result": "met"}
    told = {**later, "child_said": "I can spell now", "next_step": "Stop"}
    keep(head, [plan(entries[0], told, number=2, meeting_on="2025-06-10", term="summer")])
    keep(head, [plan(entries[0], told, {**TUITION, "term": "last"}, number=2, meeting_on="2025-06-10", term="summer")])
    effect = PremiumEffect.objects.get()
    assert (effect.result, effect.end_value, effect.child_said, effect.line.reference) == ("met", "20 of 20", "I can spell now", "INV-7")
    assert PremiumLine.objects.count() == 1
