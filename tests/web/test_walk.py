"""Every address, as everybody: who gets in is what the role table says, and what `who_may.csv` says.

The walk finds the addresses by itself. For each it asks the door (permissions.page) as every role, as two kinds of visitor who come by a
link, and as nobody; then, through the whole stack, as nobody, as somebody who may not, and as people of another authority who may see
such a page, but not this one.

`who_may.csv` is the same table kept as a file, so that whoever changes who gets in sees it in a diff. After a change that is meant:

    WRITE_WHO_MAY=1 .venv/bin/python -m pytest -q tests/web/test_walk.py
"""

import csv
import functools
import io
import os
import pathlib
from dataclasses import dataclass, field

import pytest
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from web_day import TODAY

from virtualschool.web import children, clock, events, links, roles, stores, worklist
from virtualschool.web.models import (
    Activity,
    AttendanceFile,
    Concern,
    Decision,
    EvaluationFinding,
    Message,
    Pack,
    Plan,
    PlanFile,
    PlanGrade,
    PlannedAction,
    PlanSample,
    PremiumFile,
    PremiumLine,
    PremiumPolicy,
    PremiumProgramme,
    PremiumRequest,
    Promise,
    Recommendation,
    Relationship,
    SampledPlan,
    SavedView,
    Survey,
    Upload,
    View,
    WorkItem,
)
from virtualschool.web.permissions import NOBODY, Page, Viewer

KEPT = pathlib.Path(__file__).with_name("who_may.csv")
OF_NO_AUTHORITY = {
    "part": "figures",
    "what": "payments",
    "name": "trend",
    "kind": "svg",
    "measure": "attainment_8",
    "framework": "ilacs-2026",
    "judgement": "ilacs.leaders",
    "criterion": "ilacs.leaders.feedback",
    "provider_id": "council",
    "secret": "none",
    "rule": "PEP-G02",
    "table": "needs",
    "uidb36": "1",
}
"""Parts of addresses that name nothing of an authority, with a value of each."""


def objects_of_others(head: Viewer) -> dict[str, dict]:
    """What stands in the addresses of other subjects: an object of V01 for each name of an address that has one."""
    item = WorkItem.objects.create(la="V01", rule=next(iter(worklist.RULES)), key="walked", words="Walked", found=TODAY)
    view = SavedView.objects.create(la="V01", name="Walked")
    view.versions.create(number=1, part="trend")
    upload = Upload.objects.create(la="V01", by=head.person)
    plan = Plan.objects.create(la="V01", token="walked", school_year=2025, term="summer", kind="primary")
    of_plans = ("plan", "version", "print", "history", "part", "meeting", "target-new", "target", "target-review", "state")
    return {
        **{f"plans-{name}": {"plan": plan.pk, "target": 1, "version": 1} for name in of_plans},
        **objects_of_quality(plan),
        **objects_of_voice(),
        **objects_of_premium(),
        **objects_of_improvement(),
        "home-work-item": {"number": item.pk},
        "data-upload": {"number": upload.pk},
        "plans-file": {"number": PlanFile.objects.create(la="V01", sha256="0" * 64).pk},
        "figures-saved-view": {"number": view.pk},
        "figures-saved-open": {"number": view.pk},
        "figures-saved-version": {"number": view.pk, "version": 1},
    }


def objects_of_premium() -> dict[str, dict]:
    day = clock.today()
    said = {"words": "Walked", "devolved": 100, "how_to_ask": "Walked", "approved_by": "Walked"}
    PremiumPolicy.objects.create(la="V01", version=1, approved_on=day, published_on=day, review_on=day, **said)
    asked = {"token": "walked", "la": "V01", "target": "t", "strand": "looked_after", "pence": 1, "purpose": "literacy", "what": "w"}
    request = {"number": PremiumRequest.objects.create(**asked, baseline="b", measure="m", asked_on=TODAY).pk}
    paid = {"la": "V01", "reference": "walked", "financial_year": "2025-26", "strand": "looked_after", "on": TODAY, "pence": 1}
    programme = {"number": PremiumProgramme.objects.create(la="V01", name="Walked", purpose="literacy", starts=TODAY).pk}
    return {
        **{f"premium-{name}": request for name in ("request", "decide", "pay")},
        "premium-back": {"number": PremiumLine.objects.create(**paid, where="central", purpose="literacy").pk},
        "premium-policy-file": {"version": 1, "kind": "pdf"},
        **{f"premium-{name}": programme for name in ("programme", "places")},
        "premium-file": {"number": PremiumFile.objects.create(la="V01", kind="lines", name="walked", sha256="0" * 64).pk},
        "children-attendance-file": {"number": AttendanceFile.objects.create(la="V01", layout="daily", name="walked", sha256="0" * 64).pk},
    }


def objects_of_quality(plan: Plan) -> dict[str, dict]:
    """What stands in the addresses of a plan's quality and of assessments."""
    by = {"profile": "red_amber_green", "profile_version": 1}
    grade = PlanGrade.objects.create(plan=plan, **by, grade="red", best="red", worst="red", given_on=TODAY)
    sample = PlanSample.objects.create(la="V01", school_year=2025, term="summer", **by, seed=1, share=10, least=1, of=1)
    SampledPlan.objects.create(sample=sample, plan=plan, version=1, first=grade)
    brought = PlanFile.objects.create(la="V01", kind="assessments", sha256="0" * 64)
    return {
        **{f"plans-{name}": {"plan": plan.pk} for name in ("quality", "mark", "details", "lines")},
        "plans-sample": {"number": sample.pk},
        "plans-second": {"number": sample.pk, "plan": plan.pk},
        "plans-assessments-file": {"number": brought.pk},
    }


def objects_of_voice() -> dict[str, dict]:
    """What stands in the addresses of what children say."""
    view = View.objects.create(la="V01", said_on=TODAY, source="panel", words="Walked")
    held = {
        "together": view,
        "worry": Concern.objects.create(la="V01", raised="adult", view=view, day=TODAY),
        "decision": Decision.objects.create(la="V01", you_said="Walked", we_did="Walked", state="done", on=TODAY),
        "promise": Promise.objects.create(la="V01", number=1, words="Walked", since=TODAY),
        "survey": Survey.objects.create(la="V01", name="Walked", on=TODAY, sha256="0" * 64, read=0, kept=0),
        "activity": Activity.objects.create(la="V01", name="Walked", kind="day", starts=TODAY),
    }
    made = {f"voice-{name}": {"number": one.pk} for name, one in held.items()}
    return made | {"voice-view": {"view": view.pk}, "voice-rate": {"part": 1}}


def objects_of_improvement() -> dict[str, dict]:
    """What stands in the addresses of self-evaluation and of the action plan."""
    about = {"la": "V01", "framework": "ilacs-2026"}
    action = PlannedAction.objects.create(la="V01", ref="A1", year=2026, priority="Walked", words="Walked", owner_name="Walked", due=TODAY)
    finding = EvaluationFinding.objects.create(**about, criterion="ilacs.leaders.feedback", side="gap", words="Walked", weight="some")
    asked = Recommendation.objects.create(**about, about="ilacs.leaders", words="Walked", source="Walked", made_on=TODAY, due=TODAY)
    held = {"action": action, "action-change": action, "finding": finding, "recommendation": asked}
    made = {f"improvement-{name}": {"key": one.key} for name, one in held.items()}
    report = {"improvement-report-part": {"year": 2025}, "improvement-report-file": {"year": 2025, "audience": "public"}}
    return made | report | {"improvement-take-back": {"kind": "finding", "key": finding.key}}


@dataclass
class Address:
    name: str
    callback: object
    parts: tuple[str, ...]
    made: dict = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return self.callback.page

    @property
    def path(self) -> str:
        return reverse(self.name, kwargs=self.made)

    @property
    def holds(self) -> bool:
        """Whether something of an authority stands in the address."""
        return any(part not in OF_NO_AUTHORITY for part in self.parts) and not self.name.startswith("account_")


def addresses() -> list[Address]:
    def under(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from under(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                yield Address(pattern.name, pattern.callback, tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex))

    return list({one.name: one for one in under(get_resolver().url_patterns)}.values())


def who_may(needed: Page, viewers: dict[str, Viewer], change: bool = False) -> list[str]:
    """Who gets through a door, by the role table alone."""
    if needed.kind == "":
        return [*viewers, "nobody"]
    if needed.kind == "signed-in":
        return list(viewers)
    found = []
    for name, viewer in viewers.items():
        role = viewer.role
        allowed = role.changes if (needed.change if change else needed.action) == "change" else role.sees
        if viewer.link is not None:
            allowed &= roles.purposes()[viewer.link.purpose].kinds
        if needed.kind in allowed:
            found.append(name)
    return found


@pytest.fixture
def world(member, roll):
    """A viewer of each role in V01, each with what the role is bound to; two who came by a link; and a child of whom all know."""
    (entry,) = roll("V01", 1, school="900001", home="Home One", social_worker_email="sw@example.invalid")
    viewers = {}
    for name, role in roles.roles().items():
        bound = {"school": {"school": "900001"}, "home": {"home": "Home One"}}.get(role.scope, {})
        one = member(name, "" if role.scope == "all" else "V01", **bound)
        if role.scope == "own":
            Relationship.objects.create(membership=one, token=entry.token)
        viewers[name] = Viewer(one.person, one)
    later = clock.now() + links.LIFE
    carer, inspector = viewers["carer"].membership, viewers["inspector"].membership
    pack = Pack.objects.create(
        key="walked-pack", la="V01", name="Walked", year=2025, snapshot=stores.snapshot().name, sha256="0" * 64, until=later
    )
    viewers["carer by link"] = Viewer(carer.person, carer, links.make(carer, entry.token, "plan", later, None)[0])
    viewers["inspector by link"] = Viewer(inspector.person, inspector, links.make(inspector, pack.key, "pack", later, None)[0])
    return viewers, entry, pack


def filled(found: list[Address], world) -> list[Address]:
    """Each address with something of V01 in it. Raises where the walk does not know what to put there."""
    viewers, entry, pack = world
    head = viewers["head"]
    made = {
        "people-one": {"number": viewers["team"].membership.pk},
        "messages-one": {"number": Message.objects.create(person=head.person, la="V01", kind="role given").pk},
        "people-pack": {"key": pack.key},
        "packs-one": {"key": pack.key},
        "packs-page": {"key": pack.key, "number": 1},
        "account_reset_password_from_key": {"key": "none"},
        "children-roll-file": {"number": entry.file_id},
        **objects_of_others(head),
    }
    for one in found:
        known = {**OF_NO_AUTHORITY, "token": entry.token, **made.get(one.name, {})}
        if "token" in one.parts:  # The child stands in the address, and nobody elsewhere comes as far as what else does.
            known = {**dict.fromkeys(one.parts, 1), **known}
        if unknown := [part for part in one.parts if part not in known]:
            raise AssertionError(
                f"{one.name}: say in test_walk.py (objects_of_others) which object of V01 stands for {unknown} in its address."
            )
        one.made = {part: known[part] for part in one.parts}
    return found


def ask(one: Address, viewer: Viewer, method: str) -> HttpResponse:
    """What a view answers to a viewer, without the rest of the stack."""
    request = getattr(RequestFactory(), method)(one.path)
    request.viewer, request.session = viewer, {}
    return one.callback(request, **one.made)


def door(one: Address, viewer: Viewer, method: str) -> bool:
    """Whether a viewer gets through the door of a view that has been put in place of the real one."""
    try:
        return ask(one, viewer, method).content == b"in"
    except Http404:
        return False


def test_everybody_gets_in_where_the_role_table_says_and_nowhere_else(world, monkeypatch):
    viewers, entry, _ = world
    found = filled(addresses(), world)
    monkeypatch.setattr(events, "record", lambda *given, **named: None)
    seen = functools.lru_cache(children.of)
    monkeypatch.setattr(children, "of", seen)
    stubbed = []
    for callback in {one.callback for one in found}:
        cell = callback.__closure__[callback.__code__.co_freevars.index("view")]
        stubbed.append((cell, cell.cell_contents))
        cell.cell_contents = lambda request, **named: HttpResponse("in")
    wrong, table = [], []
    try:
        for one in found:
            needed = one.page
            expected = who_may(needed, viewers), who_may(needed, viewers, change=True)
            if "token" in one.parts:
                # Behind the door of a child stands whether this viewer knows the child.
                knows = {name for name, viewer in viewers.items() if entry.token in {child.token for child in seen(viewer)}}
                expected = tuple([name for name in names if name in knows] for names in expected)
            for method, names in zip(("get", "post"), expected, strict=True):
                got_in = [name for name, viewer in (*viewers.items(), ("nobody", NOBODY)) if door(one, viewer, method)]
                if got_in != names:
                    wrong.append(f"{method} {one.name}: in were {got_in}, expected {names}")
            table.append((one.name, needed.kind or "anyone", needed.action, *(in_short(names, viewers) for names in expected)))
    finally:
        for cell, view in stubbed:
            cell.cell_contents = view
    assert wrong == []
    assert _kept(table)


def in_short(names: list[str], viewers) -> str:
    if set(viewers) <= set(names):
        return "everybody and nobody" if "nobody" in names else "everybody"
    return " ".join(name.replace(" ", "-") for name in names)


def _kept(table: list[tuple]) -> bool:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("address", "needs", "to", "who may see", "who may send"), *sorted(table)])
    if os.environ.get("WRITE_WHO_MAY"):
        KEPT.write_text(out.getvalue(), encoding="utf-8")
    was, now = set(KEPT.read_text(encoding="utf-8").splitlines()), set(out.getvalue().splitlines())
    changed = [f"- {line}" for line in sorted(was - now)] + [f"+ {line}" for line in sorted(now - was)]
    told = "Who may open what has changed. If that is meant: WRITE_WHO_MAY=1 .venv/bin/python -m pytest -q tests/web/test_walk.py\n"
    assert not changed, told + "\n".join(changed)
    return True


def test_nobody_is_led_to_the_sign_in_from_every_page_that_is_not_for_all(world):
    for one in filled(addresses(), world):
        if one.page.kind:
            page = Client().get(one.path)
            assert page.status_code == 302 and page.headers["Location"].startswith("/accounts/login/"), one.name


def test_who_may_not_see_a_page_is_told_that_there_is_none(world, signed_in):
    viewers, _, _ = world
    browsers = {}
    for one in filled(addresses(), world):
        allowed = who_may(one.page, viewers)
        refused = next((name for name in ("corporate_parent", "carer", "administrator", "analyst") if name not in allowed), "")
        if not refused:
            continue
        if refused not in browsers:
            browsers[refused] = signed_in(viewers[refused].membership)
        page = browsers[refused].get(one.path)
        assert page.status_code == 404 and b"Page not found" in page.content, (one.name, refused)


def test_people_of_another_authority_find_nothing_of_this_one(world, signed_in, monkeypatch):
    viewers, entry, _ = world
    found = [one for one in filled(addresses(), world) if one.holds]
    assert len(found) >= 15
    monkeypatch.setattr(children, "of", functools.lru_cache(children.of))
    browsers: dict[str, Client] = {}
    for one in found:
        names = [name for name in who_may(one.page, viewers) if name in roles.roles() and name != "national_host"]
        for name in names if one.page.kind != "signed-in" else ("head", "carer"):
            if name not in browsers:
                browsers[name] = signed_in(name, "V02", **({"school": "900001"} if name == "teacher" else {}))
            if "token" in one.parts and name != names[0]:
                # The child is looked for at the door, so who is not let through it comes to no view.
                with pytest.raises(Http404):
                    ask(one, Viewer(browsers[name].membership.person, browsers[name].membership), "get")
                continue
            page = browsers[name].get(one.path)
            assert page.status_code == 404, (one.name, name, page.status_code)
            assert entry.name.encode() not in page.content, (one.name, name)
