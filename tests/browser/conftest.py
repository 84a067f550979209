"""A served store, on each database, and a browser that is closed to the rest of the world. Skipped where Chromium is not installed."""

import contextlib
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from built_store import built, england, run, shared

__all__ = ["built", "england", "run", "shared"]

PASSWORD = "invented-password-1"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
POSTGRESQL = os.environ.get("VIRTUALSCHOOL_TEST_POSTGRESQL", "")
"""The address of a PostgreSQL database that the tests may empty: postgresql://user:password@localhost/name."""
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage")


def needed(there: object, what: str) -> None:
    """Skips with the reason where something is not installed; in CI that is a fault."""
    if not there:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(what)


@dataclass
class Site:
    """A served store: its address, its folder, and the database that its own records are in."""

    address: str
    store: pathlib.Path
    database: str
    log: pathlib.Path
    said: list[str] = field(default_factory=list)

    def of(self, path: str) -> str:
        return self.address + path


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def site(request, built, england, tmp_path_factory) -> Iterator[Site]:
    if request.param == "postgresql":
        needed(POSTGRESQL, "VIRTUALSCHOOL_TEST_POSTGRESQL names no database")
    folder = tmp_path_factory.mktemp(request.param)
    store = folder / "store"
    shutil.copytree(built, store)
    environment = {**os.environ, "VIRTUALSCHOOL_TODAY": "2025-04-28", "VIRTUALSCHOOL_STORE": str(store)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("VIRTUALSCHOOL_DATABASE", None)
    if request.param == "postgresql":
        environment["VIRTUALSCHOOL_DATABASE"] = POSTGRESQL
        emptied()
    make = f"""
import pathlib
from virtualschool.web import serving
serving.ready(pathlib.Path({str(store)!r}))
from virtualschool.web import demonstration
demonstration.people("V01", {PASSWORD!r})
"""
    subprocess.run([sys.executable, "-c", make], env=environment, check=True, timeout=240)
    port = free_port()
    log = folder / "log"
    with log.open("w") as out:
        serve = [sys.executable, "-m", "virtualschool", "serve", str(store), "--port", str(port)]
        process = subprocess.Popen(serve, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            made = Site(f"http://localhost:{port}", store, request.param, log)
            answers(made, process)
            yield made
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


def emptied() -> None:
    import psycopg

    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def answers(site: Site, process: subprocess.Popen) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(site.of("/health"), timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.25)
    raise AssertionError(f"The pages did not come up: {site.log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def chromium():
    needed(CHROMIUM, "Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """Opens a window as someone: visit("head"), visit("head", width=320). What the browser complains of fails the test."""
    opened = []
    complaints: list[str] = []

    def made(role: str = "", width: int = 1280, **more):
        context = chromium.new_context(viewport={"width": width, "height": 900}, accept_downloads=True, **more)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.on("request", lambda request: complaints.append(f"asked {request.url}") if strange(request.url, site) else None)
        opened.append(context)
        if role:
            sign_in(page, site, role)
        return page

    yield made
    for context in opened:
        context.close()
    assert [one for one in complaints if "status of 404" not in one] == []


def strange(address: str, site: Site) -> bool:
    """Whether a page asks another machine for something."""
    return not re.match(rf"({re.escape(site.address)}|data:|blob:|about:)", address)


def sign_in(page, site: Site, role: str) -> None:
    page.goto(site.of("/"))
    page.get_by_label(re.compile("^email", re.I)).fill(f"{role.replace('_', '.')}@example.invalid")
    page.get_by_label(re.compile("^password", re.I)).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.I)).click()
    page.wait_for_url(site.of("/"))
