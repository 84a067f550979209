"""What holds on every answer and in the whole repository: headers, addresses, files, secrets, and nobody real."""

import csv
import json
import pathlib
import re
import subprocess

import pytest
from django.conf import settings as own
from django.urls import get_resolver
from django.urls.converters import IntConverter
from django.urls.resolvers import URLPattern, URLResolver

from virtualschool.reports.cells import safe
from virtualschool.web import children, limits, materials
from virtualschool.web.models import Event, Person
from virtualschool.web.presenters import children_files

ROOT = pathlib.Path(__file__).parents[2]
PACKAGE = ROOT / "virtualschool"


# --- Answers ---


def policy(answer) -> dict[str, list[str]]:
    said = answer.headers["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in said.split(";") if part.strip()}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/people/", 200),
        ("/nothing-here", 404),
        ("/accounts/logout/", 200),
        ("/figures?year=soon", 400),
        ("/figures/downloads/figures/measures.csv", 200),
        ("/static/own/app.css", 200),
        ("/health", 200),
        ("/acting-as", 404),
        ("/accounts/factor/", 302),
    ],
)
def test_every_kind_of_answer_has_a_strict_policy_and_its_headers(signed_in, path, status):
    answer = signed_in("head").get(path)
    assert answer.status_code == status
    said = policy(answer)
    assert said["default-src"] == ["'none'"] and said["script-src"] == said["style-src"] == ["'self'"]
    assert said["frame-ancestors"] == said["base-uri"] == said["object-src"] == ["'none'"]
    assert not re.search(r"unsafe|https?://|\*", answer.headers["Content-Security-Policy"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Referrer-Policy"] == "same-origin"
    if not path.startswith("/static"):
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "no-store" in answer.headers["Cache-Control"] and answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_fault_is_answered_with_the_same_policy_and_without_its_words(signed_in, monkeypatch):
    head = signed_in("head")
    head.raise_request_exception = False
    monkeypatch.setattr(children, "of", fails)
    answer = head.get("/")
    assert answer.status_code == 500 and "Invented" not in answer.content.decode()
    assert policy(answer)["script-src"] == ["'self'"]


def fails(*given, **more):
    raise ValueError("Invented Name0 could not be read")


def test_no_template_has_script_or_style_inside():
    inside = re.compile(r"<script(?![^>]*\bsrc=)|<style|\bstyle=\"|\son[a-z]+=\"|javascript:", re.IGNORECASE)
    faults = [file.name for file in (PACKAGE / "web" / "templates").rglob("*.html") if inside.search(file.read_text(encoding="utf-8"))]
    assert faults == []


def test_no_page_loads_anything_from_another_machine():
    loads = re.compile(r"(?:src|srcset|action)=\"(?:https?:)?//|<link[^>]*href=\"(?:https?:)?//|@import|url\((?:[\"']?)(?:https?:)?//")
    files = [*(PACKAGE / "web" / "templates").rglob("*.html"), *(PACKAGE / "web" / "static" / "own").rglob("*.*")]
    assert [file.name for file in files if file.suffix in (".html", ".css", ".js") and loads.search(file.read_text(encoding="utf-8"))] == []


def test_a_form_without_its_token_changes_nothing(signed_in):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in("head").cookies
    assert (
        strict.post("/people/complaints", {"act": "add", "received": "2025-04-01", "subject": "wrong", "reference": "x"}).status_code == 403
    )
    assert strict.post("/accounts/login/", {"login": "a@example.invalid", "password": "x"}).status_code == 403


# --- Addresses ---

OPAQUE = {"token", "secret", "key", "number", "version", "uidb36", "provider_id"}
DEFINED = {
    "measure",
    "part",
    "name",
    "kind",
    "record",
    "document",
    "style",
    "framework",
    "criterion",
    "judgement",
    "rule",
    "audience",
    "table",
    "what",
}
"""What an address may hold: opaque marks, numbers of rows, and names of what is defined here: measures, parts, documents, rules."""


def patterns(held, before=""):
    for one in held:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern), one


def test_addresses_hold_opaque_tokens_numbers_and_names_of_measures_alone():
    for address, one in patterns(get_resolver().url_patterns):
        converters = getattr(one.pattern, "converters", {})
        words = {name for name in one.pattern.regex.groupindex if not isinstance(converters.get(name), IntConverter)}
        assert words <= OPAQUE | DEFINED, address


def test_no_link_of_a_childs_page_holds_its_name_date_of_birth_or_identifier(signed_in, roll):
    (entry,) = roll("V01", 1)
    head = signed_in("head")
    for path in ("/children/", f"/children/child/{entry.token}", "/", "/worklist"):
        shown = head.get(path).content.decode()
        links = re.findall(r"(?:href|action|src)=\"([^\"]*)\"", shown)
        for held in (entry.name.split()[-1], entry.dob.isoformat(), f"{entry.dob:%d/%m/%Y}"):
            assert not [one for one in links if held in one]
        # An identifier is short, so it is looked for as a whole part of an address.
        assert not [one for one in links if entry.child in re.split(r"[/?&=]", one)]


# --- Files that leave ---


@pytest.mark.parametrize(
    ("cell", "made"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "+44"),
        ("-2.5", "-2.5"),
        ("-2.5%", "-2.5%"),
        ("-1+cmd|x", "'-1+cmd|x"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("plain", "plain"),
        ("", ""),
        (-3, -3),
        (None, None),
    ],
)
def test_no_cell_is_taken_for_a_formula(cell, made):
    assert safe(cell) == made


READ_BY_THE_PROGRAM = {"store_files.py", "demonstration_evaluation.py", "following.py"}
"""Modules whose files the program itself reads: there a word stays what somebody wrote."""


def test_every_module_that_writes_csv_or_workbooks_for_people_makes_its_cells_safe():
    faults = []
    for file in [*(PACKAGE / "web").rglob("*.py"), *(PACKAGE / "reports").rglob("*.py")]:
        text = file.read_text(encoding="utf-8")
        if file.name in READ_BY_THE_PROGRAM:
            continue
        if re.search(r"csv\.(Dict)?[wW]riter\(", text) and "reports.cells import safe" not in text:
            faults.append(file.name)
        if re.search(r"Workbook\(", text) and '"strings_to_formulas": False' not in text:
            faults.append(file.name)
    assert faults == []


def test_a_name_that_begins_like_a_formula_is_text_in_the_file_of_children(signed_in, roll):
    roll("V01", 1, preferred_name="=HYPERLINK(1)")
    content = signed_in("head").post("/children/export", {"style": "csv", "reason": "for a test of cells"})
    assert content.status_code == 200
    rows = list(csv.reader(content.content.decode("utf-8-sig").splitlines()))
    assert "'=HYPERLINK(1)" in {cell for row in rows for cell in row} and children_files.safe is safe


# --- Limits ---


def test_downloads_and_secrets_are_limited_by_the_hour_and_leave_one_event(signed_in, monkeypatch, client):
    monkeypatch.setattr(limits, "time", type("Stopped", (), {"time": staticmethod(lambda: 3_600_000)}))
    for name in ("invitation", "figures-download"):
        monkeypatch.setitem(limits.LIMITED, name, limits.Limit(f"{name} of a test", 3))
    head = signed_in("head")
    assert [head.get("/figures/downloads/figures/measures.csv").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert signed_in("analyst").get("/figures/downloads/figures/measures.csv").status_code == 200
    assert [client.get(f"/invitation/{number}").status_code == 429 for number in range(5)] == [False, False, False, True, True]
    assert Event.objects.filter(action="too many").count() == 2


# --- The repository ---


MADE_HERE = {".venv", ".git", "node_modules", "assets", "demo", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
"""Folders that are made beside the files of the project, and are none of them."""


def tracked() -> list[pathlib.Path]:
    """The files of the project: those that git lists, or where this is no working copy of git, all but what is made here."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        return [file for file in sorted(ROOT.rglob("*")) if file.is_file() and not MADE_HERE & set(file.relative_to(ROOT).parts)]
    return [ROOT / name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> list[tuple[pathlib.Path, str]]:
    made = []
    for file in tracked():
        if file.suffix in (".py", ".md", ".csv", ".toml", ".txt", ".html", ".js", ".css", ".json", ".yml", ".xml", ".sql", ""):
            made.append((file.relative_to(ROOT), file.read_text(encoding="utf-8", errors="ignore")))
    return made


SECRETS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a token": re.compile(
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40,}|xox[baprs]-[\w-]{10,}|sk_live_\w{20,}|eyJhbGciOi[\w-]{20,}\.)"
    ),
    "an address with a password": re.compile(r"\b(?:postgres(?:ql)?|smtp|https?)://[\w.-]+:(?!password@|secret@|\{)[^@\s:/\"']{4,}@"),
}


def test_no_secret_is_in_the_repository():
    found = [f"{file}: {what}" for file, text in texts() for what, pattern in SECRETS.items() if pattern.search(text)]
    assert found == [] and not [
        file for file in tracked() if file.name in ("web.key", ".env", "web.sqlite3") or file.suffix in (".pem", ".key")
    ]


UPN = re.compile(r"(?<![0-9A-Za-z])[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z](?![0-9A-Za-z])")
PRINTED_UPNS = {
    "H801200001001", "U80120000100A", "X00180001701A", "T213456718001", "W938400119023", "K380930001701", "G213100119001",
    "A123456789012", "D000000000002",
}  # fmt: skip
"""Numbers with a right check letter that stand for nobody: examples by which the letter is tested, and digits in a row."""
POSTCODE = re.compile(r"\b([A-Z]{1,2})[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}\b")
AREAS = re.compile(
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|EC?|E[HNX]|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|"
    "O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
"""The areas of postcodes that are in use."""
PLACEHOLDERS = {"BB2 2BB", "CF1 1AA"}
"""Letters and digits in a row, which no test takes for a place; CF1 is no district any more."""
NHS = re.compile(r"(?<![\d.])(\d{3})[ -](\d{3})[ -](\d{4})(?!\d)")
MOBILE = re.compile(r"(?<!\d)07(?!700 ?900)\d{3} ?\d{6}(?!\d)")
"""Numbers of real mobiles; 07700 900000 to 900999 are kept for drama (Ofcom)."""


def is_nhs_number(digits: str) -> bool:
    """NHS data dictionary: ten digits, the last a check by weights 10 to 2, modulo 11."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check % 11 == int(digits[9]) and check != 10


def real_looking(text: str) -> list[str]:
    """What in a text could belong to a real child: a UPN with its letter, an NHS number with its digit, a postcode, a mobile's number."""
    from virtualschool.link.keys import check_letter

    found = [one for one in UPN.findall(text) if check_letter(one) == one[0] and one not in PRINTED_UPNS]
    found += ["NHS number" for parts in NHS.findall(text) if is_nhs_number("".join(parts))]
    found += [one[0] for one in POSTCODE.finditer(text) if AREAS.fullmatch(one[1]) and one[0] not in PLACEHOLDERS]
    return found + MOBILE.findall(text)


@pytest.mark.parametrize("text", ["B801200001002", "943 476 5919", "SW1A 2AA", "07911 123456"])
def test_the_scan_finds_what_looks_real(text):
    found = real_looking(f"name,{text},x")
    assert found if text[0] != "B" else is_scanned_upn()


def is_scanned_upn() -> bool:
    from virtualschool.link.keys import check_letter

    upn = f"{check_letter('A801200001002')}801200001002"
    return real_looking(f"name,{upn},x") == [upn]


def test_nobody_real_looking_is_in_tests_data_or_manual():
    own_file = pathlib.Path(__file__).relative_to(ROOT)
    places = ("tests", "docs", "speed", "virtualschool", "README.md", "DEVELOPERS.md")
    found = {str(file): real_looking(text) for file, text in texts() if file != own_file and str(file).startswith(places)}
    assert {file: what for file, what in found.items() if what} == {}


# --- What the program is made of ---


def test_every_package_is_pinned_with_hashes_and_in_the_bill_of_materials():
    held = materials.parts()
    made = materials.bill(held)
    assert made["bomFormat"] == "CycloneDX" and len(made["components"]) == len(held) > 50
    django = next(one for one in made["components"] if one["name"] == "django")
    assert django["purl"] == f"pkg:pypi/django@{django['version']}" and django["hashes"]
    assert all(one.hashes for one in held)
    assert made == materials.bill(materials.parts())


def advisory(number: str, name: str, **affected) -> dict:
    return {"id": number, "summary": "invented", "affected": [{"package": {"ecosystem": "PyPI", "name": name}, **affected}]}


def test_the_audit_finds_versions_that_are_known_to_be_wrong_and_says_when_it_could_not_look(tmp_path, capsys):
    version = next(one.version for one in materials.parts() if one.name == "django")
    spans = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99"}]}]
    fixed = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.0"}]}]
    (tmp_path / "a.json").write_text(json.dumps(advisory("X-1", "Django", versions=[version])))
    (tmp_path / "b.json").write_text(json.dumps(advisory("X-2", "django", ranges=spans)))
    (tmp_path / "c.json").write_text(json.dumps(advisory("X-3", "django", ranges=fixed)))
    (tmp_path / "d.json").write_text(json.dumps(advisory("X-4", "nobody-has-this", ranges=spans)))
    assert materials.main(["--audit", str(tmp_path)]) == 1
    assert [line.split()[2] for line in capsys.readouterr().out.splitlines()] == ["X-1", "X-2"]
    (tmp_path / "a.json").unlink(), (tmp_path / "b.json").unlink()
    assert materials.main(["--audit", str(tmp_path)]) == 0
    assert materials.main(["--audit"]) == 2 and "Not audited" in capsys.readouterr().err


# --- A store that was just made ---


def test_nobody_has_an_account_and_no_password_is_known_until_someone_is_invited(db):
    assert not Person.objects.exists()
    assert not re.search(r"PASSWORD *= *[\"'][^\"']", (PACKAGE / "web" / "settings.py").read_text(encoding="utf-8"))


def test_a_consistent_identifier_is_off_and_in_no_table():
    from virtualschool import tables

    assert own.CONSISTENT_IDENTIFIER is False
    assert not [
        column.name for table in tables.ALL.values() for column in table.columns if "consistent" in column.name or "nhs" in column.name
    ]


def test_nothing_in_the_package_calls_another_machine():
    """Modules that open connections outward: signing in with the council and mail are the libraries' own, by setting."""
    calls = re.compile(
        r"^\s*(?:from|import) (requests|httpx|aiohttp|urllib3|urllib\.request|http\.client|ftplib|smtplib|telnetlib)\b", re.MULTILINE
    )
    assert [file.name for file in PACKAGE.rglob("*.py") if calls.search(file.read_text(encoding="utf-8"))] == []
