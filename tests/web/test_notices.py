"""Notices about privacy, the accessibility statement, and what is to be settled before use."""

import html
import re

import pytest

from virtualschool.web.actions import governance


def words_of(page: str) -> str:
    return _plain(page[page.index("<main") : page.index("</main>")])


def _plain(inner: str) -> str:
    ended = re.sub(r"</(?:p|li|h1|h2|h3)>", ". ", inner)
    return re.sub(r"(?:\s*[.!?,:])*\.\s", ". ", re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", ended))))


def syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1))


def reading_age(text: str) -> float:
    """Flesch and Kincaid's grade (Kincaid and others, 1975), five years added: the age at which it is read in school."""
    sentences = [one for one in re.split(r"[.!?:]+\s", text) if re.search(r"[A-Za-z]", one)]
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + 5


def test_both_notices_are_linked_from_the_sign_in_and_from_every_page(client, signed_in):
    sign_in = client.get("/accounts/login/").content.decode()
    assert sign_in.count('href="/privacy"') == 2 and sign_in.count('href="/privacy/children"') == 2
    for path in ("/", "/children/", "/figures", "/people/"):
        shown = signed_in("head").get(path).content.decode()
        assert 'href="/privacy"' in shown and 'href="/privacy/children"' in shown and 'href="/accessibility"' in shown
    assert client.get("/privacy").status_code == client.get("/privacy/children").status_code == 200


def test_the_notice_for_children_is_read_at_about_nine_years(client, store):
    age = reading_age(words_of(client.get("/privacy/children").content.decode()))
    adults = reading_age(words_of(client.get("/privacy").content.decode()))
    assert age <= 9 < adults


@pytest.mark.parametrize(
    "part", ["controller", "legal obligation", "75 years from birth", "Information Commissioner", "30 days", "correct", "Cookies"]
)
def test_the_notice_says_who_why_how_long_and_which_rights(client, store, part):
    assert part in client.get("/privacy").content.decode()


@pytest.mark.parametrize(
    "part",
    ["Feedback and contact", "Enforcement procedure", "Compliance status", "Non-accessible content", "Preparation of this statement",
     "(No. 2) Accessibility Regulations 2018", "equalityadvisoryservice.com", "22 November 2026", "Not tested yet"],
)  # fmt: skip
def test_the_accessibility_statement_has_the_parts_of_the_model_form(client, store, part):
    assert part in client.get("/accessibility").content.decode()


def test_a_contact_that_is_set_stands_on_all_three_pages(client, store, settings):
    settings.CONTACT = "data@council.example"
    for path in ("/privacy", "/privacy/children", "/accessibility"):
        assert "mailto:data@council.example" in client.get(path).content.decode()


def test_every_page_says_that_a_program_decides_nothing(signed_in):
    head = signed_in("head")
    for path in ("/", "/figures", "/figures/factors?measure=attainment_8", "/children/", "/worklist"):
        assert "no decision about a child is made here by a program" in head.get(path).content.decode()


def test_what_is_to_be_settled_before_use_is_open_until_it_is(signed_in, settings):
    for name in ("CONTACT", "NOTICE", "POLICY", "AGREEMENT", "HOSTED", "CASE_SYSTEM", "OIDC"):
        setattr(settings, name, "")
    assert not any(one.settled for one in governance.settled())
    assert "8 of 8 still open" in signed_in("administrator").get("/people/before-use").content.decode()
    settings.POLICY, settings.HOSTED = "Records office, file 12", "United Kingdom"
    assert [one.words for one in governance.settled() if one.settled] == [
        "The appropriate policy document",
        "Country in which the machine stands",
    ]
