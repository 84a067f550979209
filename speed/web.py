"""The pages at the size of England, with many people at once: milliseconds at the server and in the browser's place.

    .venv/bin/python speed/web.py                       ten years of 80,000 looked-after children, 20 people, a minute
    .venv/bin/python speed/web.py --small               a quick look, a twentieth of it
    .venv/bin/python speed/web.py --store FOLDER        keep the store there, and use it again the next time
    .venv/bin/python speed/web.py --seconds 60 --people 20

The store is made by plain arithmetic (web_sources.py); each of 20 authorities has a Virtual School Head, who signs in with password and
code, and two weekly rolls. Every head then opens pages, each time with other measures, filters and children: with a pause of one to three
seconds between two pages, as people read, once to warm up and once more, then without any pause. The server is `virtualschool serve` as
anyone starts it. `server` is what it says it took (its header Server-Timing), `cpu` the processor's part of it; `client` is from asking to
the last byte, waiting for a free thread included, on a machine that also runs the 20. An answer other than 200 is an error; a page that
left no event in the chain is lost.
"""

import argparse
import base64
import hashlib
import hmac
import http.client
import os
import pathlib
import random
import re
import shutil
import socket
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

PASSWORD = "invented for timing 1"
TODAY = "2026-04-20"
GOALS = {"first page": 200, "figures": 300, "one measure": 300}
"""Milliseconds at the server, 95th percentile."""
MEASURES = ("attainment_8", "english_maths_94", "absence_rate", "persistent_absence", "ehcp", "placements_3_plus", "suspended_once_or_more")
FILTERS = ("", "&sex=female", "&sex=male", "&sen=support", "&sen=EHCP", "&by=sex", "&by=sen", "&year=2024", "&year=2022", "&cohort=march")
PAGES = ("first page", "first page", "figures", "one measure", "children", "children", "one child", "worklist")


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said.add_argument("--small", action="store_true", help="a quick look")
    said.add_argument("--store", help="where the store is kept")
    said.add_argument("--people", type=int, default=20)
    said.add_argument("--seconds", type=float, default=60)
    given = said.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(given.store or pathlib.Path(scratch) / "store")
        if not (folder / "current").exists():
            import web_sources

            began = time.perf_counter()
            web_sources.store(folder, children=4_000 if given.small else 80_000)
            print(f"store made in {time.perf_counter() - began:.0f} s", flush=True)
        environment = {**os.environ, "VIRTUALSCHOOL_TODAY": TODAY, "VIRTUALSCHOOL_STORE": str(folder.resolve())}
        for taken_away in ("DJANGO_SETTINGS_MODULE", "VIRTUALSCHOOL_DATABASE", "VIRTUALSCHOOL_ADDRESS"):
            environment.pop(taken_away, None)
        made = subprocess.run(
            [sys.executable, __file__.replace("web.py", "web_people.py"), str(folder), str(given.people), PASSWORD],
            env=environment, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        heads = [Head(*line.split()) for line in made.splitlines()]
        port = free_port()
        with (pathlib.Path(scratch) / "log").open("w+") as log:
            serve = [sys.executable, "-m", "virtualschool", "serve", str(folder), "--port", str(port)]
            server = subprocess.Popen(serve, env=environment, stdout=log, stderr=subprocess.STDOUT)
            try:
                wait(port)
                ok = rounds(heads, port, folder, given)
            finally:
                server.terminate()
                server.wait(30)
            log.seek(0)
            if problems := log.read().strip():
                print(f"the server's log:\n{problems[:2000]}")
        if given.store is None:
            shutil.rmtree(folder, ignore_errors=True)
        sys.exit(0 if ok else 1)


@dataclass
class Head:
    """A Virtual School Head of one authority, and the cookies of their browser."""

    la: str
    email: str
    key: str
    """Of their authenticator app, in base 32."""
    cookies: dict[str, str] = field(default_factory=dict)
    children: list[str] = field(default_factory=list)

    def ask(self, port: int, path: str, form: dict[str, str] | None = None) -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Host": f"localhost:{port}"}
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://localhost:{port}{path}"}
        connection.request("GET" if form is None else "POST", path, urlencode(form) if form is not None else None, headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, body, answer.headers

    def sign_in(self, port: int) -> None:
        _, page, _ = self.ask(port, "/accounts/login/")
        status, _, headers = self.ask(
            port, "/accounts/login/", {"csrfmiddlewaretoken": token_of(page), "login": self.email, "password": PASSWORD}
        )
        for _ in range(2):  # A code may run out while it is on its way.
            place = headers.get("Location", "")
            if "factor" in place:
                _, page, _ = self.ask(port, place)
                status, _, headers = self.ask(port, place, {"csrfmiddlewaretoken": token_of(page), "code": code_of(self.key)})
                headers = headers if status == 302 else {"Location": place}
        if headers.get("Location") != "/":
            raise RuntimeError(f"{self.email} could not sign in: {status} {headers.get('Location')}")
        _, page, _ = self.ask(port, "/children/")
        self.children = sorted(set(re.findall(r"/children/child/([^/\"?]+)", page)))


def token_of(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)


def code_of(key: str) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(key), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def address(page: str, head: Head, chance: random.Random) -> str:
    measure, filtered = chance.choice(MEASURES), chance.choice(FILTERS)
    return {
        "first page": "/",
        "figures": "/figures?" + "&".join(f"measure={one}" for one in chance.sample(MEASURES, 4)) + filtered,
        "one measure": f"/figures/trend?measure={measure}{filtered}",
        "children": f"/children/?sort={chance.choice(('name', 'age', '-absence', 'school'))}&page={chance.randint(1, 5)}",
        "one child": f"/children/child/{quote(chance.choice(head.children))}" if head.children else "/children/",
        "worklist": "/worklist",
    }[page]


def rounds(heads: list[Head], port: int, folder: pathlib.Path, given: argparse.Namespace) -> bool:
    at_once(heads, lambda head: head.sign_in(port))
    if not all(head.children for head in heads):
        sys.exit(f"{sum(not head.children for head in heads)} of {len(heads)} could not sign in")
    print(f"{len(heads)} people signed in at once", flush=True)
    ok = True
    for words, pause, judged in (
        ("everything asked for the first time", (1.0, 3.0), False),
        ("one to three seconds between pages", (1.0, 3.0), True),
        ("no pause", (0.0, 0.0), False),
    ):
        before, taken, errors = viewed(folder), defaultdict(list), []
        until = time.monotonic() + given.seconds

        def work(head: Head, words=words, pause=pause, taken=taken, errors=errors, until=until) -> None:
            chance = random.Random(f"{head.email} {words}")
            while time.monotonic() < until:
                page = chance.choice(PAGES)
                began = time.perf_counter()
                try:
                    status, _, headers = head.ask(port, address(page, head, chance))
                except OSError as fault:
                    status, headers = type(fault).__name__, {}
                client = (time.perf_counter() - began) * 1000
                server = re.search(r"total;dur=([\d.]+), cpu;dur=([\d.]+)", headers.get("Server-Timing", ""))
                if status != 200 or not server:
                    errors.append((page, status, headers.get("Location", "")))
                taken[page].append((*map(float, server.groups()), client) if server else (client, client, client))
                time.sleep(chance.uniform(*pause))

        began = time.monotonic()
        at_once(heads, work)
        ok = table(words, taken, errors, time.monotonic() - began, viewed(folder) - before, judged) and ok
    return ok


def table(words: str, taken: dict, errors: list, seconds: float, seen: int, judged: bool) -> bool:
    asked = sum(map(len, taken.values()))
    print(f"\n{time.strftime('%d %B %Y %H:%M')}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(
        f"{asked} pages in {seconds:.0f} s, {words}: {asked / seconds:.1f} a second, {len(errors)} errors, "
        f"{asked - len(errors) - seen} lost"
    )
    print(f"{'page':<14}{'asked':>7}{'cpu 50%':>9}{'server 50%':>12}{'95%':>8}{'client 50%':>12}{'95%':>8}{'goal 95%':>10}")
    met = not errors and asked - len(errors) == seen
    for page in sorted(taken):
        at_server, processor, at_client = zip(*taken[page], strict=True)
        goal = GOALS.get(page)
        met = met and (not judged or goal is None or quantile(at_server, 95) < goal)
        numbers = [
            quantile(processor, 50),
            quantile(at_server, 50),
            quantile(at_server, 95),
            quantile(at_client, 50),
            quantile(at_client, 95),
        ]
        shown = "".join(f"{number:>{width}.0f}" for number, width in zip(numbers, (9, 12, 8, 12, 8), strict=True))
        print(f"{page:<14}{len(at_server):>7}{shown}{goal or '':>10}")
    for page, status, place in errors[:5]:
        print(f"error: {page} {status} {place}")
    return met


def quantile(values: tuple[float, ...], hundredths: int) -> float:
    return statistics.quantiles([*values, *values] if len(values) == 1 else values, n=100, method="inclusive")[hundredths - 1]


def viewed(folder: pathlib.Path) -> int:
    """Events of pages that were opened, as the chain has them."""
    with sqlite3.connect(folder / "web.sqlite3") as database:
        return database.execute("SELECT count(*) FROM web_event WHERE action = 'viewed'").fetchone()[0]


def at_once(heads: list[Head], work) -> None:
    threads = [threading.Thread(target=work, args=(head,)) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait(port: int) -> None:
    for _ in range(240):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit("the server did not come up")


if __name__ == "__main__":
    main()
