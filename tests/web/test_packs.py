"""Packs for inspectors: fixed, for a time, and marked with who reads them."""

import datetime
import re
import shutil

import pytest
from django.test import Client

from virtualschool.web import clock, stores
from virtualschool.web.actions import packs as acts
from virtualschool.web.models import Event, Membership, OneTimeLink, Pack

NEW = {"name": "Inspection of May", "sections": ["headlines", "attendance"], "days": "7"}


@pytest.fixture(scope="module")
def copied(built, tmp_path_factory):
    """A store of these tests' own: a pack is a release, and a release is entered in the store's ledger."""
    place = tmp_path_factory.mktemp("packs") / "store"
    shutil.copytree(built, place)
    return place


@pytest.fixture(autouse=True)
def own_store(store, copied, settings):
    settings.STORE = copied
    (copied / "records" / "releases").unlink(missing_ok=True)


@pytest.fixture
def opened(signed_in):
    """A pack of V01, the head's browser, and the address that lets an inspector in."""
    head = signed_in("head")
    head.post("/people/packs", NEW)
    (pack,) = Pack.objects.all()
    page = head.post(f"/people/packs/{pack.key}", {"act": "let in", "name": "Ina Spector"}).content.decode()
    (address,) = re.findall(r'value="http://testserver([^"]+)"', page)
    return pack, head, address


def test_an_inspector_reads_the_pack_and_nothing_else_and_each_page_bears_their_name(opened, roll):
    pack, _, address = opened
    (entry,) = roll("V01", 1)
    inspector = Client()
    assert inspector.post(address).headers["Location"] == f"/packs/{pack.key}"
    pages = [inspector.get(f"/packs/{pack.key}{number}").content.decode() for number in ("", "/1", "/2")]
    assert all("read by Ina Spector" in page and "Inspection of May" in page and "vs-watermark" in page for page in pages)
    assert "Headline figures beside England" in pages[1] and "Overall absence (%)" in pages[1] and "Persistent absence (%)" in pages[2]
    assert inspector.get(f"/packs/{pack.key}/3").status_code == 404
    closed = [
        "/people/packs",
        f"/people/packs/{pack.key}",
        "/people/events",
        f"/people/child/{entry.token}/ways-in",
        "/messages/",
        "/visit",
    ]
    assert {inspector.get(one).status_code for one in closed} == {404}
    assert Event.objects.filter(kind="packs", action="viewed", role="inspector").count() == 3
    again = Client()
    assert again.post(address).status_code == 302 and again.get(f"/packs/{pack.key}").status_code == 200


def test_the_figures_of_a_pack_are_those_that_are_published_for_the_public(opened):
    from virtualschool import pipeline

    pack, _, _ = opened
    shown = {row[0]: row[2:4] for row in pack.pages[0]["rows"]}
    told = pipeline.figures(stores.store(), ["absence_rate"], audience="public", la="V01")
    (row,) = told.rows
    assert (stores.store().path / "records" / "releases").is_file()
    assert shown["Overall absence (%)"] == [told.text(row, "pupils"), told.text(row)]


def test_a_pack_ends_with_its_day_and_when_it_is_closed(opened, monkeypatch):
    pack, head, address = opened
    inspector, now = Client(), clock.now()
    inspector.post(address)
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(days=7, minutes=1))
    assert Client().get(address).status_code == 404 and acts.may_read(_viewer(), pack.key) is None
    monkeypatch.setattr(clock, "now", lambda: now)
    assert inspector.get(f"/packs/{pack.key}").status_code == 200
    head.post(f"/people/packs/{pack.key}", {"act": "close"})
    assert inspector.get(f"/packs/{pack.key}").status_code == 302 and Client().get(address).status_code == 404


def _viewer():
    from virtualschool.web.permissions import Viewer

    link = OneTimeLink.objects.get()
    return Viewer(link.membership.person, link.membership, link)


def test_a_pack_stays_as_it_was_made_and_shows_when_it_was_altered(opened):
    pack, head, _ = opened
    assert pack.snapshot == stores.snapshot().name and acts.digest(pack.pages) == pack.sha256
    pages = pack.pages
    pages[0]["rows"][0][3] = "99.9"
    Pack.objects.filter(pk=pack.pk).update(pages=pages)
    assert b"not as it was made" in head.get(f"/people/packs/{pack.key}").content


def test_another_authority_neither_reads_nor_closes_a_pack(opened, signed_in):
    pack, _, _ = opened
    other = signed_in("head", "V02")
    assert other.get(f"/packs/{pack.key}").status_code == 404 and other.get(f"/people/packs/{pack.key}").status_code == 404
    assert b"Inspection of May" not in other.get("/people/packs").content
    other.post(f"/people/packs/{pack.key}", {"act": "close"})
    assert Pack.objects.get().closed is None


@pytest.mark.parametrize("changed", [{"days": "43"}, {"days": "0"}, {"sections": []}, {"name": ""}])
def test_a_pack_needs_a_name_a_section_and_an_end(signed_in, changed):
    page = signed_in("head").post("/people/packs", NEW | changed)
    assert b"There is a problem" in page.content and not Pack.objects.exists()


def test_an_inspector_is_a_member_until_the_pack_ends_and_no_longer(opened):
    pack, _, _ = opened
    membership = Membership.objects.get(role="inspector")
    assert membership.ends == pack.until.astimezone(clock.LONDON).date() + datetime.timedelta(days=1)
    assert not membership.person.has_usable_password()
