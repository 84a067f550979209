"""A Monday in the browser: sign in, bring files, watch the build, look at figures and at a child, download, sign out."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_an_analyst_brings_a_return_watches_it_built_and_looks_at_what_came_of_it(visit, site, england):
    page = visit("analyst")
    page.get_by_role("link", name="Data", exact=True).click()
    page.set_input_files("#folder", england / "care" / "V01" / "2025")
    page.get_by_text(re.compile(r"\d+ files chosen")).wait_for()
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("button", name="Keep, and build them in").wait_for(timeout=120_000)
    assert page.get_by_role("heading", name="Row account").is_visible()
    page.get_by_role("button", name="Keep, and build them in").click()
    page.get_by_text("They are in the store").wait_for(timeout=240_000)
    page.goto(site.of("/data/history"))
    assert page.get_by_text("Current").count() == 1 and "000002-" in page.content()


def test_a_head_filters_figures_opens_a_child_and_signs_out(visit, site):
    page = visit("head")
    page.get_by_role("link", name="Figures", exact=True).click()
    page.get_by_role("link", name=re.compile("absence", re.I)).first.click()
    page.get_by_role("tab", name="Table").first.click()
    assert page.get_by_role("table").first.is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^CSV")).first.click()
    assert download.value.suggested_filename.endswith(".csv")
    page.get_by_role("link", name="Children", exact=True).click()
    page.locator("main tbody a").first.click()
    assert re.search(r"/children/child/[a-z2-7]{20}", page.url)
    page.get_by_role("button", name="Sign out").click()
    page.goto(site.of("/children"))
    assert "/accounts/login/" in page.url


def test_pages_read_and_forms_send_without_javascript(visit, site):
    page = visit("head", java_script_enabled=False)
    page.goto(site.of("/worklist"))
    page.locator("main table a").first.click()
    page.get_by_label(re.compile("What was done")).fill("rang the school")
    page.get_by_role("button", name="Mark as done").click()
    assert page.get_by_text("Saved.").is_visible()


def test_the_keyboard_alone_reaches_the_content_and_the_menu(visit, site):
    page = visit("head")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("() => location.hash") == "#main-content"
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("() => document.activeElement.getAttribute('href') || document.activeElement.tagName"))
    assert any(str(one).startswith("/worklist") for one in seen)
