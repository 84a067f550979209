"""The annual report on the web: who may read, write, check and take it away."""

import pytest
from django.urls import reverse

from virtualschool import reports
from virtualschool.reports.annual.contents import SECTIONS
from virtualschool.web.actions import annual_report
from virtualschool.web.models import Event

YEAR = 2025
HOME, PART = "improvement-report", "improvement-report-part"


@pytest.fixture
def kept_apart(store, monkeypatch, tmp_path):
    """Words and files of reports in a folder of this test."""
    monkeypatch.setattr(annual_report, "texts", lambda la, year: annual_report.Texts(tmp_path, la, year))
    monkeypatch.setattr(annual_report, "folder_of", lambda la, year, audience: tmp_path / "reports" / la / str(year) / audience)
    monkeypatch.setattr(annual_report, "years", lambda la: [2026, 2025])
    return tmp_path


def made(folder, la, audience, name):
    file = folder / "reports" / la / str(YEAR) / audience / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"report")
    return reverse("improvement-report-file", args=[YEAR, audience, name])


def test_a_head_writes_a_part_and_it_says_who_and_when(signed_in, kept_apart):
    head = signed_in("head")
    address = reverse(PART, args=[YEAR, "foreword"])
    assert head.post(address, {"act": "save", "words": "It was a good year."}).status_code == 302
    page = head.get(address).content.decode()
    assert "It was a good year." in page and "Saved last by Test head" in page
    assert Event.objects.filter(action="changed", kind="report").count() == 1
    assert "It was a good year." not in str(Event.objects.filter(kind="report").values_list("detail", flat=True))


def test_a_check_without_what_was_checked_is_refused(signed_in, kept_apart):
    head = signed_in("head")
    address = reverse(PART, args=[YEAR, "case_studies"])
    head.post(address, {"act": "save", "words": "A child liked school."})
    refused = head.post(address, {"act": "check", "checked": " "})
    assert refused.status_code == 400 and "does not say what was checked" in refused.content.decode()
    assert "To check before it is public" in head.get(reverse(HOME), {"year": YEAR}).content.decode()
    head.post(address, {"act": "check", "checked": "No name and no age."})
    assert "No name and no age." in head.get(address).content.decode()


def test_a_corporate_parent_sees_public_files_and_no_more(signed_in, kept_apart):
    public = made(kept_apart, "V01", "public", "V01-2025-board.pdf")
    internal = made(kept_apart, "V01", "internal", "V01-2025-board-internal.pdf")
    member = signed_in("corporate_parent")
    page = member.get(reverse(HOME), {"year": YEAR}).content.decode()
    assert public in page and internal not in page and "What people write" not in page
    assert member.get(public).status_code == 200
    assert member.get(internal).status_code == 404
    assert member.get(reverse(PART, args=[YEAR, "foreword"])).status_code == 404
    assert member.post(reverse(HOME), {"year": YEAR, "audience": "public"}).status_code == 404
    assert Event.objects.filter(action="downloaded", kind="report").count() == 1


def test_another_authoritys_report_is_not_there(signed_in, kept_apart):
    address = made(kept_apart, "V01", "public", "V01-2025-board.pdf")
    annual_report.texts("V01", YEAR).save("foreword", "Words of V01.", by="Somebody", when="today")
    other = signed_in("head", la="V02")
    assert other.get(address).status_code == 404
    assert address not in other.get(reverse(HOME), {"year": YEAR}).content.decode()
    assert "Words of V01." not in other.get(reverse(PART, args=[YEAR, "foreword"])).content.decode()


def test_files_are_made_by_the_worker_with_every_version(signed_in, kept_apart, monkeypatch):
    asked = []
    monkeypatch.setattr(reports, "write", lambda snapshot, *given: asked.append(given))
    head = signed_in("head")
    annual_report.tell("V01", YEAR, "public", annual_report.WAITING, "Test head")
    assert "Being made" in head.get(reverse(HOME), {"year": YEAR}).content.decode()
    annual_report.make("V01", YEAR, "public", "Test head")
    ((la, year, _, formats, audience, who, versions, given),) = asked
    assert set(given) <= {item.name for section in SECTIONS for item in section.items}
    assert (la, year, formats, audience, who) == ("V01", YEAR, reports.EVERY_FORMAT, "public", "Test head")
    assert set(versions) == {*reports.VERSIONS} - {"figures"}
    assert annual_report.state("V01", YEAR, "public")["state"] == annual_report.MADE
    assert "Made by Test head" in head.get(reverse(HOME), {"year": YEAR}).content.decode()
