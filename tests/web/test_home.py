"""The first page: headline figures, what has changed, what waits, each for who may see it."""

import datetime

from web_day import TODAY

WEEK = datetime.timedelta(days=7)


def test_a_head_sees_headline_figures_with_their_doubt_beside_england(signed_in):
    page = signed_in("head").get("/").content.decode()
    assert "Headline figures beside England" in page and "Overall absence" in page
    assert "Cannot tell from England" in page or "than England" in page
    assert "95% interval" in page and "internal, not for release" in page


def test_england_beside_exact_figures_is_what_everybody_may_see(signed_in, member):
    """Else England less one's own would tell of the other authorities."""
    from virtualschool.places import ENGLAND
    from virtualschool.web import asking, stores
    from virtualschool.web.permissions import Viewer
    from virtualschool.web.presenters import home

    membership = member("head")
    viewer = Viewer(membership.person, membership)
    rows = home._figures(viewer, stores.snapshot())
    assert {row["mark"] for row in rows} and len(rows) == len(home.HEADLINES) + len(home.OF_OWN_RECORDS)
    public = Viewer()
    for row in rows:
        (england,) = asking.figures(public, [row["measure"]], la=ENGLAND, year=str(row["year"])).rows
        assert [row[f"england_{part}"] for part in ("value", "low", "high")] == [england[part] for part in ("value", "low", "high")]


def test_what_has_changed_counts_who_joined_left_and_moved_between_two_rolls(signed_in, roll):
    roll("V01", 5, as_of=TODAY - WEEK, placement="foster")
    roll("V01", 1, as_of=TODAY, placement="foster")
    roll("V01", 1, as_of=TODAY, skip=1, placement="children's home")
    roll("V01", 2, as_of=TODAY, skip=5)
    page = signed_in("head").get("/")
    assert [(change.number, change.words) for change in page.context["changes"]] == [
        (2, "joined"),
        (3, "left"),
        (1, "moved placement"),
        (0, "changed school"),
    ]


def test_without_a_roll_the_page_says_what_to_load(signed_in):
    assert b"Load the weekly file of the case system" in signed_in("head").get("/").content


def test_a_corporate_parent_sees_public_figures_and_no_worklist(signed_in):
    page = signed_in("corporate_parent").get("/").content.decode()
    assert "Headline figures beside England" in page and "not for release" not in page and "What needs you" not in page


def test_a_teacher_sees_their_pupils_and_no_figures(signed_in, roll):
    (entry,) = roll("V01", 1, school="900001")
    roll("V01", 1, skip=1, school="900002")
    page = signed_in("teacher", school="900001").get("/").content.decode()
    assert entry.name in page and "Invented Name1" not in page and "Headline figures" not in page


def test_the_names_of_another_authority_are_not_on_the_page(signed_in, roll):
    roll("V01", 2, as_of=TODAY - WEEK)
    roll("V01", 3)
    page = signed_in("head", "V02").get("/").content.decode()
    assert "Invented Name" not in page


def test_nobody_is_led_to_sign_in(client, store):
    page = client.get("/")
    assert page.status_code == 302 and page.url == "/accounts/login/?next=/"


def test_figures_of_plans_are_on_the_first_page_once_an_authority_brought_plans_and_stand_beside_no_england(signed_in, roll):
    from virtualschool.web import asking, stores
    from virtualschool.web.permissions import Viewer

    held = stores.snapshot()
    brought = stores.engine(held).value("SELECT DISTINCT la FROM plans")
    (other,) = {"V01", "V02"} - {brought}
    roll(brought, 3)
    roll(other, 3)
    head = signed_in("head", la=brought)
    assert "Targets of plans that are precise" in head.get("/").content.decode()
    assert "Targets of plans that are precise" not in signed_in("head", la=other).get("/").content.decode()
    viewer = Viewer(head.membership.person, head.membership)
    row = asking.figures(viewer, ["pep_targets_precise"], held, la=brought, compare="england").rows[0]
    # The other brought none, so the two together are not the whole of this England.
    assert row["numerator"] and row["england_value"] is None


def test_a_rule_that_finds_much_hides_no_other_on_the_first_page(signed_in, monkeypatch):
    from virtualschool.web import stores, worklist
    from virtualschool.web.models import WorkItem
    from virtualschool.web.worklist.evidence import Evidence

    monkeypatch.setattr(worklist, "refresh", lambda la: Evidence(la, TODAY, stores.snapshot()))
    for number in range(30):
        WorkItem.objects.create(la="V01", rule="joined", key=f"j{number}", words=f"Much {number}", found=TODAY, due=TODAY - 9 * WEEK)
    WorkItem.objects.create(la="V01", rule="recommendation_late", key="once", words="Found once", found=TODAY, due=TODAY + 9 * WEEK)
    page = signed_in("head").get("/")
    words = [line.item.words for line in page.context["lines"]]
    assert words == ["Much 0", "Much 1", "Found once"] and page.context["waiting"] == 31
