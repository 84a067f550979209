"""One child: the timeline, the record by level, and the page for a meeting."""

import dataclasses
import datetime

import pytest
from django.urls import reverse

from virtualschool.web import children, stores
from virtualschool.web.children import Child
from virtualschool.web.models import Event, Plan, PlanStep
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_meeting, timeline
from virtualschool.web.presenters.timeline import Lane, Mark

DAY = datetime.date


def lanes(membership, child) -> dict[str, Lane]:
    return {lane.name: lane for lane in timeline.timeline(Viewer(membership.person, membership), child)}


def told(query: str) -> dict:
    """The first row of the store of which something is true: `children` as c."""
    return stores.engine(stores.snapshot()).rows(f"{query} ORDER BY 1, 2, 3 LIMIT 1")[0]


def child_of(token: str, la: str = "V01") -> Child:
    return next(child for child in children.everyone(la) if child.token == token)


def episode(decom: str, dec: str | None, **more) -> dict:
    blank = {"rne": "L", "ls": "C2", "place": "U6", "place_provider": "PR1", "home_post": None, "pl_post": None, "urn": None}
    ends = DAY.fromisoformat(dec) if dec else None
    return {**blank, "decom": DAY.fromisoformat(decom), "dec": ends, "ends": ends, "is_open": ends is None, **more}


def spans(marks) -> list[tuple]:
    return [(mark.words, f"{mark.starts}", f"{mark.ends}" if mark.ends else None) for mark in marks]


CARE = [
    episode("2020-01-10", "2020-06-01", rne="S", ls="V2"),
    episode("2020-06-01", "2021-02-01", rne="L", ls="C2"),
    episode("2021-02-01", "2021-03-01", rne="P", place="K2"),
    episode("2022-05-05", None, rne="S", ls="C2"),
]


def test_a_period_of_care_goes_on_through_changes_and_a_gap_begins_another():
    assert spans(timeline.periods(CARE)) == [("In care", "2020-01-10", "2021-03-01"), ("In care", "2022-05-05", None)]


def test_a_legal_status_stands_until_it_changes():
    assert spans(timeline.legal(CARE)) == [
        ("section 20", "2020-01-10", "2020-06-01"),
        ("full care order", "2020-06-01", "2021-03-01"),
        ("full care order", "2022-05-05", None),
    ]


def test_a_placement_goes_on_where_only_the_legal_status_changes(member):
    head = member("head")
    made = timeline.placements(stores.engine(), CARE, Viewer(head.person, head))
    assert [(f"{mark.starts}", mark.is_open) for mark in made] == [("2020-01-10", False), ("2021-02-01", False), ("2022-05-05", True)]


def test_distance_is_in_whole_miles_and_no_postcode_is_shown(member):
    head = member("head")
    row = told("SELECT child, home_post, pl_post FROM episodes WHERE la = 'V01' AND home_post <> pl_post AND pl_post IS NOT NULL")
    run = [episode("2020-01-10", None, home_post=row["home_post"], pl_post=row["pl_post"])]
    (mark,) = timeline.placements(stores.engine(), run, Viewer(head.person, head))
    assert "miles from home" in mark.words and row["pl_post"] not in mark.words


def test_the_timeline_has_what_the_store_holds_of_the_child(member, store):
    row = told(
        "SELECT token, year, sessions_missed, sessions_possible, suspensions FROM children "
        "WHERE la = 'V01' AND suspensions > 0 AND at_31_march"
    )
    found = lanes(member("head"), child_of(row["token"]))
    words = f"({row['sessions_missed']} of {row['sessions_possible']})"
    assert any(words in mark.words for mark in found["attendance"].marks)
    of_year = [mark for mark in found["suspensions"].marks if DAY(row["year"] - 1, 9, 1) <= mark.starts <= DAY(row["year"], 8, 31)]
    assert len([mark for mark in of_year if mark.words.startswith("Suspension")]) == row["suspensions"]
    assert found["care"].marks and found["placements"].marks


def test_results_stand_in_the_summer_of_their_key_stage(member, store):
    query = "SELECT token, year, attainment_8 FROM children WHERE la = 'V01' AND at_ks4 AND attainment_8 IS NOT NULL ORDER BY token"
    sealed = stores.sealed(stores.snapshot())
    row = next(row for row in stores.engine().rows(query) if row["token"] not in sealed)
    (mark,) = [mark for mark in lanes(member("head"), child_of(row["token"]))["results"].marks if mark.short == "Key stage 4"]
    assert mark.when == f"Summer {row['year']}" and mark.words.startswith("Key stage 4: Attainment 8 ")


def test_each_role_reads_the_lanes_of_its_level(member, roll):
    (entry,) = roll("V01", 1, school="900001")
    child = child_of(entry.token)
    assert set(lanes(member("teacher", school="900001"), child)) == {"schools", "attendance", "results", "plans"}
    assert set(lanes(member("home"), child)) == {
        "care",
        "placements",
        "schools",
        "attendance",
        "suspensions",
        "results",
        "reviews",
        "plans",
    }
    assert set(lanes(member("head"), child)) > {"legal", "sdq", "missing"}


def test_a_new_authority_does_not_inherit_the_timeline_of_the_old_one(member, store):
    query = """
        SELECT a.token, a.la AS la, b.la AS other FROM children a JOIN children b USING (token)
        WHERE a.la = 'V01' AND b.la = 'V02' ORDER BY 1 LIMIT 1
    """
    found = stores.engine().rows(query)
    token = found[0]["token"] if found else told("SELECT token, la, year FROM children WHERE la = 'V02'")["token"]
    past = timeline.history(stores.snapshot(), stores.engine(), Child(token, "V01"))
    assert {row["la"] for row in past.rows} <= {"V01"}
    if not found:
        assert past.rows == []


def test_nothing_from_before_an_adoption_stands_on_a_timeline(member, roll, monkeypatch):
    (entry,) = roll("V01", 1)
    head, child, known = member("head"), child_of(entry.token), timeline.history
    whole = lanes(head, child)
    since = whole["care"].marks[-1].starts + datetime.timedelta(days=1)
    monkeypatch.setattr(timeline, "history", lambda *asked: dataclasses.replace(known(*asked), since=since))
    left = lanes(head, child)
    assert whole["care"].marks and not [mark for lane in left.values() for mark in lane.marks if mark.starts < since]


def test_the_picture_and_the_table_hold_the_same(signed_in, roll):
    (entry,) = roll("V01", 1)
    page = signed_in("head").get(reverse("children-child", args=[entry.token])).content.decode()
    assert "<svg" in page and "style=" not in page
    for words in ("In care", "Placements", "School", "Absence"):
        assert page.count(words) >= 2


def test_the_axis_runs_from_the_first_mark_to_today(settings):
    settings.TODAY = "2025-04-28"
    lane = Lane(
        "care",
        "In care",
        "x",
        [Mark("In care", DAY(2020, 5, 1), DAY(2021, 5, 1), short="In care"), Mark("In care", DAY(2024, 1, 1), None, True)],
    )
    other = Lane("reviews", "Reviews", "x", [Mark("Review", DAY(2024, 6, 1))])
    made = timeline.drawn([lane, other, Lane("none", "None", "x")])
    bars = made["rows"][0]["bars"]
    assert made["years"][0] == {"x": timeline.LEFT, "words": 2020} and len(made["rows"]) == 2
    assert bars[0]["x"] < bars[0]["x"] + bars[0]["wide"] < bars[1]["x"] and abs(bars[1]["x"] + bars[1]["wide"] + 1 - made["today"]) < 0.2
    assert made["rows"][1]["points"][0]["title"] == "Reviews: Review, 1 June 2024"


def test_a_plan_stands_on_the_day_of_its_meeting_and_is_the_authoritys_own(member, roll):
    (entry,) = roll("V01", 1)
    held = Plan.objects.create(la="V01", token=entry.token, school_year=2025, term="autumn", kind="primary", state="signed")
    PlanStep.objects.create(plan=held, state="met", on=DAY(2024, 11, 5))
    Plan.objects.create(la="V01", token=entry.token, school_year=2025, term="summer", kind="primary")
    Plan.objects.create(la="V02", token=entry.token, school_year=2024, term="summer", kind="primary")
    marks = lanes(member("head"), child_of(entry.token))["plans"].marks
    assert [(mark.time, mark.words) for mark in marks] == [
        ("5 November 2024", "Autumn 2024/25 plan: signed off"),
        ("Summer 2024/25", "Summer 2024/25 plan: draft"),
    ]
    assert "plans" not in lanes(member("analyst"), child_of(entry.token))


def test_the_school_of_the_roll_goes_on_from_the_same_school_of_the_files(member, roll):
    held = stores.snapshot()
    rows = stores.children_rows(held, "V01").values()
    school = next(row["school"] for row in rows if row["at_31_march"] and row["year"] == 2025 and row["school"])
    (entry,) = roll("V01", 1, school=school, school_name="Invented School")
    marks = lanes(member("head"), child_of(entry.token))["schools"].marks
    assert marks[-1].is_open and len([mark for mark in marks if mark.is_open]) == 1


# --- The page ---


def test_another_authoritys_child_opens_for_nobody(signed_in, roll):
    (entry,) = roll("V02", 1)
    for view in ("children-child", "children-meeting"):
        for role in ("head", "team", "analyst"):
            assert signed_in(role).get(reverse(view, args=[entry.token])).status_code == 404


def test_a_teacher_opens_only_children_of_the_own_school_and_sees_no_care_record(signed_in, roll):
    (here,) = roll("V01", 1, school="900001", placement_address="1 Made Up Lane", carer="C Carer")
    (there,) = roll("V01", 1, skip=1, school="900002")
    teacher = signed_in("teacher", school="900001")
    assert teacher.get(reverse("children-child", args=[there.token])).status_code == 404
    page = teacher.get(reverse("children-child", args=[here.token])).content.decode()
    for words in ("Made Up Lane", "C Carer", "Legal status", "SDQ", "Category of need", "Unaccompanied", "Placement"):
        assert words not in page


def test_a_child_who_was_adopted_opens_for_nobody(signed_in, store):
    token = sorted(stores.sealed(stores.snapshot()))[0]
    assert signed_in("head").get(reverse("children-child", args=[token])).status_code == 404
    assert Event.objects.filter(action="refused", token=token).exists()


# --- For a meeting ---

DELICATE = ("Placement address", "Category of need", "Legal status", "SDQ", "Unaccompanied", "Siblings", "mother")


@pytest.mark.parametrize("audience", list(children_meeting.AUDIENCES))
def test_what_could_harm_is_left_out_of_every_meetings_page_by_default(signed_in, member, roll, audience):
    (entry,) = roll("V01", 1, placement_address="1 Made Up Lane")
    browser = signed_in("head")
    viewer = Viewer(browser.membership.person, browser.membership)
    asked = {"for": audience, "made": "1", "with": children_meeting.preset(viewer, audience)}
    page = browser.get(reverse("children-meeting", args=[entry.token]), asked).content.decode()
    assert "School and year group" in page and "Made Up Lane" not in page
    assert not [words for words in DELICATE if words in page]
    said = Event.objects.get(action="printed")
    assert (said.token, said.detail["audience"], said.detail["added"]) == (entry.token, audience, [])


def test_what_someone_adds_is_on_the_page_and_written_down(signed_in, roll):
    (entry,) = roll("V01", 1, placement_address="1 Made Up Lane")
    page = signed_in("head").get(
        reverse("children-meeting", args=[entry.token]), {"for": "panel", "made": "1", "with": ["address", "mother", "siblings"]}
    )
    assert "1 Made Up Lane" in page.content.decode() and "who the child&#x27;s siblings are" in page.content.decode()
    assert Event.objects.get(action="printed").detail["added"] == ["address", "siblings", "mother"]


def test_nobody_adds_what_they_may_not_read(signed_in, roll):
    (entry,) = roll("V01", 1, school="900001", placement_address="1 Made Up Lane")
    asked = {"for": "school", "made": "1", "with": ["address", "legal", "care", "suspensions", "school"]}
    page = signed_in("teacher", school="900001").get(reverse("children-meeting", args=[entry.token]), asked).content.decode()
    assert "Made Up Lane" not in page and Event.objects.get(action="printed").detail["sections"] == ["school"]


def test_the_choice_for_a_meeting_offers_only_what_may_be_read(signed_in, roll):
    (entry,) = roll("V01", 1, school="900001")
    address = reverse("children-meeting", args=[entry.token])
    page = signed_in("teacher", school="900001").get(address, {"for": "school"}).content.decode()
    assert 'value="results"' in page and 'value="legal"' not in page and 'value="tasks"' not in page
    assert "Who is the page about" in signed_in("head").get(address).content.decode()
