"""Each page against WCAG 2.2 AA with axe, wide and at 320 pixels, for a person who may see it."""

import pathlib
import re
import sqlite3

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
ONCE = pytest.mark.parametrize("site", ["sqlite"], indirect=True)
"""Pages are the same on every database, so they are looked at once."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TEMPLATES = pathlib.Path(__file__).parents[2] / "virtualschool" / "web" / "templates"


def violations(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in found for node in one["nodes"][:3]]


def addresses(site) -> list[str]:
    """Every address that needs no part, or only the token of a child, from the application's own list."""
    import os
    import subprocess
    import sys

    script = """
import django; django.setup()
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
def walk(patterns, before=""):
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver): yield from walk(one.url_patterns, here)
        elif getattr(one.callback, "page", None) and not one.callback.page.kind == "": yield here
print("\\n".join(sorted(set(walk(get_resolver().url_patterns)))))
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "virtualschool.web.settings", "VIRTUALSCHOOL_STORE": str(site.store)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@ONCE
def test_no_page_of_a_head_breaks_wcag_or_overflows_a_phone(visit, site):
    wide, narrow = visit("head"), visit("head", width=320)
    wide.goto(site.of("/children"))
    token = re.search(r"/children/child/([a-z2-7]{20})", wide.content())
    faults, looked = [], 0
    for pattern in addresses(site):
        path = "/" + (pattern.replace("<str:token>", token.group(1)).replace("<slug:token>", token.group(1)) if token else pattern)
        if "<" in path:
            path = "/" + pattern.replace("<slug:measure>", "absence_rate").replace("<str:measure>", "absence_rate")
        if "<" in path:
            continue
        asked = wide.context.request.get(site.of(path))
        if (
            asked.status != 200
            or "text/html" not in asked.headers.get("content-type", "")
            or "attachment" in asked.headers.get("content-disposition", "")
        ):
            continue
        wide.goto(site.of(path), wait_until="load")
        looked += 1
        faults += [f"{path} {one}" for one in violations(wide)]
        narrow.goto(site.of(path))
        over = narrow.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [f"{path} is {over} pixels wider than a window of 320"] if over > 0 else []
    assert not faults, "\n".join(faults)
    assert looked >= 40


@ONCE
def test_the_page_to_sign_in_breaks_no_rule(visit, site):
    page = visit()
    page.goto(site.of("/accounts/login/"))
    assert violations(page) == []


@ONCE
def test_the_records_of_the_walk_name_no_child(site):
    """The log of the served pages holds no name of the roll."""
    with sqlite3.connect(site.store / "web.sqlite3") as database:
        names = [row[0] for row in database.execute("SELECT name FROM web_rollentry")]
    text = site.log.read_text()
    assert [name for name in names if name in text] == []
