"""The published policy of allocating the premium: who publishes and reads it, and that a version is never altered."""

import datetime
import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from web_day import TODAY

from virtualschool.reports.blocks import Paragraph
from virtualschool.web import stores
from virtualschool.web.actions import annual_records
from virtualschool.web.actions import premium_policy as policies
from virtualschool.web.models import Event, PremiumGrant, PremiumLine, PremiumPolicy
from virtualschool.web.presenters import premium as presenter
from virtualschool.web.worklist import RULES
from virtualschool.web.worklist.evidence import Evidence

SAID = {
    "policy": "It follows need.",
    "devolved": "80",
    "kept_for": "Attendance mentors",
    "how_to_ask": "In the plan, at any time.",
    "place": "",
    "approved_by": "Governing board",
    "approved_on": "01/04/2025",
    "review_on": "01/04/2026",
}


@pytest.fixture
def head(signed_in):
    return signed_in("head")


def publish(browser, **said):
    return browser.post(reverse("premium-policy-write"), {**SAID, **said})


def held(**said) -> PremiumPolicy:
    given = {"version": 1, "words": "Need.", "devolved": 80, "kept_for": "Mentors", "how_to_ask": "Ask.", "approved_by": "Board"}
    given |= {"approved_on": TODAY, "published_on": TODAY, "review_on": TODAY + datetime.timedelta(days=300), **said}
    return PremiumPolicy.objects.create(la="V01", **given)


def test_the_head_publishes_versions_and_schools_of_the_authority_alone_read_the_one_that_holds(head, signed_in):
    assert publish(head).status_code == 302
    assert publish(head, devolved="70", policy="It follows need, still.").status_code == 302
    assert list(PremiumPolicy.objects.order_by("version").values_list("version", "devolved")) == [(1, 80), (2, 70)]
    page = signed_in("teacher", school="900001").get(reverse("premium-policy")).content.decode()
    assert "It follows need, still." in page and "70%" in page and "30%" in page and "28 April 2025" in page
    old = head.get(reverse("premium-policy") + "?version=1").content.decode()
    assert "which holds no more" in old and "80%" in old
    assert "It follows need" not in signed_in("head", la="V02").get(reverse("premium-policy")).content.decode()
    assert Event.objects.filter(action="published the policy").count() == 2


@pytest.mark.parametrize(
    "said, wrong",
    [
        ({"approved_on": "29/04/2025"}, "it is a day to come"),
        ({"review_on": "28/04/2025"}, "it is not a day to come"),
        ({"kept_for": " "}, "nothing says what for"),
        ({"devolved": "101"}, "from 0 to 100"),
        ({"devolved": "a lot"}, "whole number"),
        ({"place": "javascript:alert(1)"}, "whole address"),
    ],
)
def test_a_policy_that_cannot_be_is_not_published(head, said, wrong):
    answer = publish(head, **said)
    assert answer.status_code == 400 and wrong in answer.content.decode()
    assert not PremiumPolicy.objects.exists()


def test_only_the_head_publishes(signed_in, db):
    for role in ("team", "analyst", "teacher"):
        assert publish(signed_in(role, **({"school": "900001"} if role == "teacher" else {}))).status_code == 404


def test_the_page_sets_what_was_done_beside_the_policy(head):
    held()
    given = {"la": "V01", "financial_year": "2025-26", "strand": "looked_after", "on": TODAY, "purpose": "literacy"}
    PremiumLine.objects.create(reference="A", pence=60000, where="devolved", **given)
    PremiumLine.objects.create(reference="B", pence=40000, where="central", **given)
    page = head.get(reverse("premium-policy")).content.decode()
    assert "£600.00 went to schools: 60.0%" in page or "£600.00 went to schools: 60%" in page
    assert "Not what the policy says" in page
    PremiumLine.objects.create(reference="C", pence=40000, where="devolved", **given)
    assert "Not what the policy says" not in head.get(reverse("premium-policy")).content.decode()


def test_a_version_can_be_taken_away_as_word_and_pdf(head):
    held()
    word = head.get(reverse("premium-policy-file", args=[1, "docx"])).content
    assert "Mentors" in zipfile.ZipFile(BytesIO(word)).read("word/document.xml").decode()
    assert head.get(reverse("premium-policy-file", args=[1, "pdf"])).content.startswith(b"%PDF")
    assert head.get(reverse("premium-policy-file", args=[2, "pdf"])).status_code == 404
    assert head.get(reverse("premium-policy-file", args=[1, "exe"])).status_code == 404


def test_the_condition_of_the_grant_and_the_annual_report_cite_the_policy(store, db):
    def condition():
        return next(one for one in presenter.conditions("V01", "2025-26") if one.name == "PPP-08")

    assert not condition().kept
    old = held(published_on=datetime.date(2024, 4, 1), approved_on=datetime.date(2024, 3, 20), devolved=60)
    held(version=2)
    assert condition().kept and "Version 2" in condition().found
    assert policies.current("V01", datetime.date(2025, 3, 31)) == old
    (told,) = annual_records.policy("V01", "2024-25")
    assert isinstance(told, Paragraph) and told.text.startswith("Allocation policy, version 1, approved by Board on 20 March 2024")
    assert "60% goes to schools and 40% is held centrally" in told.text


def test_the_worklist_asks_for_a_policy_once_there_is_a_grant_and_again_when_its_review_is_past(store, db):
    def found(name: str):
        return list(RULES[name].find(Evidence("V01", TODAY, stores.snapshot())))

    assert not found("premium_policy_due")
    PremiumGrant.objects.create(la="V01", financial_year="2025-26", strand="looked_after", provisional_pence=100)
    assert [one.words for one in found("premium_policy_due")] == ["No policy of allocating the premium is published"]
    held(review_on=TODAY)
    assert not found("premium_policy_due")
    PremiumPolicy.objects.update(review_on=TODAY - datetime.timedelta(days=1))
    assert [one.due for one in found("premium_policy_due")] == [TODAY - datetime.timedelta(days=1)]
