"""Pages of figures, as people of each role see them."""

import csv
import io
import json
from collections import Counter
from types import SimpleNamespace

import pytest

from virtualschool import measures
from virtualschool.publish.ledger import Ledger
from virtualschool.publish.told import Told
from virtualschool.web import stores
from virtualschool.web.models import Event, SavedView
from virtualschool.web.presenters import figures_asked, figures_pieces, figures_trend
from virtualschool.web.presenters.behind import tokens_behind

MEASURE = "measure=persistent_absence"
PARTS = ("trend", "authorities", "gap", "groups", "factors")


@pytest.fixture
def kept_as_it_was(store):
    """The records of the shared store, put back after a test that writes to them."""
    records = [store / "records" / name for name in ("internal.log", "releases")]
    before = {file: file.read_bytes() if file.exists() else None for file in records}
    yield store
    for file, was in before.items():
        file.unlink(missing_ok=True) if was is None else file.write_bytes(was)


@pytest.fixture
def head(kept_as_it_was, signed_in):
    return signed_in("head")


@pytest.fixture
def corporate_parent(kept_as_it_was, signed_in):
    return signed_in("corporate_parent")


def last_event() -> Event:
    return Event.objects.latest("id")


# --- Who sees what ---


def test_a_head_sees_exact_figures_which_are_marked_and_logged_under_their_name(head, kept_as_it_was):
    page = head.get(f"/figures/trend?{MEASURE}")
    said = page.content.decode()
    assert page.status_code == 200 and "Exact figures, not for release" in said
    assert f"Marked internal, not for release. Made by {head.membership.person.email}" in said
    logged = (kept_as_it_was / "records" / "internal.log").read_text().splitlines()
    assert json.loads(logged[-1])["who"] == head.membership.person.email


def test_what_is_kept_is_logged_again_whenever_it_is_seen_exactly(head, kept_as_it_was):
    def logged() -> int:
        lines = (kept_as_it_was / "records" / "internal.log").read_text().splitlines()
        return sum(json.loads(line).get("who") == head.membership.person.email and "expected" in line for line in lines)

    head.get("/figures/factors?measure=attainment_8")
    first = logged()
    head.get("/figures/factors?measure=attainment_8")
    assert logged() == first + 1


def test_a_corporate_parent_sees_public_figures_and_leaves_nothing_in_the_log(corporate_parent, kept_as_it_was):
    log = kept_as_it_was / "records" / "internal.log"
    before = log.read_bytes() if log.exists() else b""
    for part in ("", *(f"/{name}" for name in PARTS)):
        said = corporate_parent.get(f"/figures{part}?{MEASURE}").content.decode()
        assert "Marked internal" not in said and "Exact figures" not in said and "Children behind it" not in said
    assert (log.read_bytes() if log.exists() else b"") == before


def test_a_shared_address_shows_what_the_other_viewers_role_may_see(head, corporate_parent):
    address = f"/figures/trend?{MEASURE}&sex=female&sen=EHCP&fsm=yes"
    assert head.get(address).status_code == 200
    refused = corporate_parent.get(address)
    assert refused.status_code == 400
    assert "Figures for everyone take 2 columns at once, filters and breakdown together." in refused.content.decode()


def test_nobody_chooses_another_authority_by_its_code(head, signed_in):
    own = head.get(f"/figures/trend?{MEASURE}&la=V02").content.decode()
    assert f"--la {head.membership.la} " in own and "--la V02 " not in own


def test_who_has_no_figures_is_told_that_there_is_no_such_page(signed_in, store):
    assert signed_in("teacher", school="900001").get("/figures").status_code == 404
    assert signed_in("administrator").get(f"/figures/downloads/trend/trend.csv?{MEASURE}").status_code == 404


def test_no_child_of_any_authority_is_named_on_a_page_of_figures(head):
    held = stores.snapshot()
    tokens = [*stores.children_rows(held, "V01"), *stores.children_rows(held, "V02")]
    for part in ("", "/trend", "/groups"):
        said = head.get(f"/figures{part}?{MEASURE}").content.decode()
        assert not [token for token in tokens if token in said]


def test_another_authoritys_small_numbers_are_hidden_from_a_head(head):
    measure, year = "ks2_rwm", stores.newest_year(stores.snapshot())
    viewer = figures_asked.Viewer(head.membership.person, head.membership)
    asked = figures_asked.Figures(viewer, figures_asked.Choice((measure,), year=year))
    public = asked.public([measure], "V02", str(year), ("sex", "sen"))
    assert public.published.audience == "public"
    assert all(line.row["symbol"] == "c" or (line.row["pupils"] or 0) >= 6 for line in public.lines)


# --- What is asked ---


def test_a_form_leads_to_an_address_worth_sharing(head):
    sent = head.get(f"/figures/trend?{MEASURE}&measure=&since=&year=&sex=female&by=")
    assert sent.status_code == 302 and sent.url == f"/figures/trend?{MEASURE}&sex=female"


def test_a_part_without_a_measure_begins_with_the_first_headline_measure(head):
    assert head.get("/figures/gap?sex=female").url == "/figures/gap?measure=attainment_8&sex=female"


def test_a_year_that_is_not_held_is_refused_with_what_is(head):
    page = head.get(f"/figures/trend?{MEASURE}&year=2031")
    assert page.status_code == 400 and "the store holds nothing for it" in page.content.decode()


def test_a_year_in_which_a_measure_cannot_exist_has_its_reason_in_words_of_a_page(head):
    said = head.get("/figures/trend?measure=progress_8&year=2026").content.decode()
    assert "cancelled in 2020 and 2021" in said
    assert "virtualschool stand-in" not in said


def test_what_stands_in_for_a_measure_is_labelled_and_says_that_it_is_not_the_measure():
    row = {
        "la_name": "Ambelshire",
        "year": 2025,
        "difference": 1.5,
        "low": 0.5,
        "high": 2.5,
        "children": 30,
        "verdict": "above what was expected",
    }
    told = Told(
        [row], ["Public"], [], {"title": "Attainment 8 against expected", "unit": "points", "measure": "attainment_8_against_expected"}
    )
    asked = SimpleNamespace(choice=figures_asked.Choice(("progress_8",)), stand_in=lambda name: told)
    piece = figures_trend.stand_in(asked, measures.named("progress_8"))
    assert piece.label == "Stand-in"
    assert piece.sentence.endswith("is not average progress 8 score: 2025: above what was expected.")


def test_a_part_that_does_not_use_filters_says_so_and_does_not_name_them(head):
    said = head.get(f"/figures/authorities?{MEASURE}&sex=female").content.decode()
    assert "your filters are not used here" in said
    assert "; sex: female" not in said


def test_a_value_that_there_is_none_of_is_refused(head):
    page = head.get(f"/figures/trend?{MEASURE}&sen=maybe")
    assert page.status_code == 400 and "maybe" in page.content.decode()


def test_every_part_says_in_a_sentence_what_it_shows(head):
    for part in PARTS:
        page = head.get(f"/figures/{part}?{MEASURE}")
        assert page.status_code == 200
        for piece in page.context["pieces"]:
            assert piece["sentence"].endswith(".") and piece["title"]


# --- The children behind a figure ---


def facts(la: str, year: int) -> list[dict]:
    return stores.engine().rows("SELECT * FROM facts f JOIN children c USING (la, child, year) WHERE la = ? AND year = ?", [la, year])


@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_the_children_behind_a_figure_are_those_that_a_slow_count_finds(store, part):
    held = stores.snapshot()
    year = stores.newest_year(held)
    counted = {
        row["token"]
        for row in facts("V01", year)
        if row["looked_after_12_months"]
        and row["state_funded"] is not False
        and row["sex"] == "female"
        and row["persistent_absence__d"] is not None
        and (part == "denominator" or row["persistent_absence__n"])
    }
    assert counted
    assert tokens_behind(held, "V01", "persistent_absence", year, where='sex = "female"', part=part) == counted


def test_as_many_children_are_behind_a_figure_as_it_counts(head):
    found = head.get(f"/figures?{MEASURE}").context["overview"]["lines"][0]
    held = stores.snapshot()
    year = stores.newest_year(held)
    assert found["children"] == f"{len(tokens_behind(held, 'V01', 'persistent_absence', year)):,}"


def test_no_child_of_another_authority_is_behind_a_figure(store):
    held = stores.snapshot()
    year = stores.newest_year(held)
    assert tokens_behind(held, "V01", "persistent_absence", year) <= set(stores.children_rows(held, "V01"))


def test_a_comparator_that_is_hidden_says_so_and_one_that_is_not_there_says_that():
    assert figures_pieces.beside({"england_value": None, "england_source": "pupils, c"}, "england") == "c"
    assert figures_pieces.beside({"england_value": None, "england_source": "none: no figure"}, "england") == "x"
    assert figures_pieces.beside({"england_value": 0.0, "england_source": "pupils"}, "england") == 0


# --- Pictures and files ---


def test_a_chart_is_drawn_on_the_server_and_told_to_the_browser_as_data(head):
    page = head.get(f"/figures/trend?{MEASURE}")
    chart = page.context["pieces"][0]["chart"]
    drawn = head.get(chart["narrow"])
    assert drawn["Content-Type"] == "image/svg+xml" and b"<title" in drawn.content and b"style=" not in drawn.content
    assert json.loads(head.get(chart["data"]).content)["config"]["aria"] is False
    assert f'alt="{chart["description"]}"' in page.content.decode().replace("&#x27;", "'")


def test_a_download_leaves_an_event_without_a_child(head):
    head.get(f"/figures/downloads/groups/by-sex.csv?{MEASURE}")
    event = last_event()
    assert (event.action, event.kind, event.token) == ("downloaded", "exact_figures", "")
    assert event.detail["measures"] == ["persistent_absence"] and event.detail["format"] == "csv"


def test_a_csv_bears_its_mark_on_every_row_and_no_formula(head):
    got = head.get(f"/figures/downloads/trend/trend.csv?{MEASURE}")
    rows = list(csv.DictReader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert rows and all(row["About these figures"].startswith("Marked internal, not for release.") for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "@")]
    assert got["Content-Disposition"].endswith('-internal.csv"')


def test_what_the_public_downloads_is_a_release_in_the_ledger_and_what_is_internal_is_not(head, corporate_parent, kept_as_it_was):
    ledger = Ledger(kept_as_it_was)
    before = len(ledger.entries())
    head.get(f"/figures/downloads/trend/trend.csv?{MEASURE}")
    assert len(ledger.entries()) == before
    assert corporate_parent.get(f"/figures/downloads/trend/trend.csv?{MEASURE}").status_code == 200
    entered = ledger.entries()[before:]
    assert [entry.who for entry in entered] == [corporate_parent.membership.person.email]
    assert {one.measure for one in entered[0].seen} == {"persistent_absence"}


def test_a_workbook_opens_and_has_the_table(head):
    from openpyxl import load_workbook

    got = head.get(f"/figures/downloads/figures/measures.xlsx?{MEASURE}")
    sheet = load_workbook(io.BytesIO(got.content))["Table_1"]
    assert "Persistent absence" in [cell.value for row in sheet.iter_rows() for cell in row]


# --- Saved views ---


def save(browser, **sent):
    return browser.post("/figures/saved", {"part": "trend", "query": f"?{MEASURE}", "act": "new", "name": "", **sent})


def test_a_view_is_saved_under_a_name_and_a_change_makes_a_version(head):
    opened = save(head, name="Board")
    view = SavedView.objects.get(la="V01", name="Board")
    assert opened.url == f"/figures/trend?{MEASURE}&view={view.pk}"
    save(head, act="version", view=view.pk, query=f"?{MEASURE}&sex=female")
    assert [one.number for one in view.versions.all()] == [2, 1]
    assert head.get(f"/figures/saved/{view.pk}/open").url == f"/figures/trend?{MEASURE}&sex=female&view={view.pk}"
    assert head.get(f"/figures/saved/{view.pk}/open/1").url == f"/figures/trend?{MEASURE}&view={view.pk}"
    listed = head.get("/figures/saved").content.decode()
    assert "Board" in listed and "Over the years: Persistent absence; sex: female" in listed


def test_a_saved_view_belongs_to_one_authority_and_a_name_to_one_view(head, signed_in):
    save(head, name="Board")
    view = SavedView.objects.get(name="Board")
    other = signed_in("head", la="V02")
    assert other.get(f"/figures/saved/{view.pk}/open").status_code == 404
    assert other.post(f"/figures/saved/{view.pk}").status_code == 404
    assert "Board" not in other.get("/figures/saved").content.decode()
    save(head, name="board")
    assert Counter(SavedView.objects.filter(la="V01").values_list("name", flat=True)) == {"Board": 1}


def test_a_view_that_is_taken_off_the_list_gives_its_name_free(head):
    save(head, name="Board")
    view = SavedView.objects.get(name="Board")
    head.post(f"/figures/saved/{view.pk}")
    assert head.get(f"/figures/saved/{view.pk}/open").status_code == 404
    save(head, name="Board")
    assert SavedView.objects.filter(name="Board", removed__isnull=True).count() == 1


def test_what_is_no_choice_is_not_saved(head):
    save(head, name="Odd", query="?measure=none_such")
    assert not SavedView.objects.filter(name="Odd").exists()
