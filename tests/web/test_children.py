"""The list of children: who is on it, how it narrows and sorts, and how it is taken away."""

import csv
import io

import pytest
from django.urls import reverse

from virtualschool.web import roles, stores
from virtualschool.web.actions import children_export
from virtualschool.web.models import Event, Message, Protection, RollEntry, Share
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_facts, children_files, children_list
from virtualschool.web.presenters.behind import tokens_behind


def seen(browser, **query) -> str:
    answer = browser.get(reverse("children-list"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def asked(membership, search: str = "", **query) -> children_list.Listing:
    from django.http import QueryDict

    made = QueryDict(mutable=True)
    made.update(query)
    return children_list.listing(Viewer(membership.person, membership), made, search)


def test_the_list_has_the_authoritys_children_and_no_others(member):
    for la in ("V01", "V02"):
        found = asked(member("head", la), who="record").children
        assert found and {child.la for child in found} == {la}


def test_another_authoritys_children_are_not_on_the_page(signed_in, roll):
    (ours,), (theirs,) = roll("V01", 1), roll("V02", 1, name="Else Where")
    page = seen(signed_in("head"))
    assert ours.name in page and theirs.name not in page and theirs.token not in page


def test_a_teacher_sees_only_the_own_school_and_only_columns_of_the_role(signed_in, roll):
    roll("V01", 1, school="900001", placement="foster", social_worker="S Worker", flags=["on edge"], name="Ada Invented")
    roll("V01", 1, skip=1, school="900002", name="Bob Invented")
    teacher = signed_in("teacher", school="900001")
    page = seen(teacher)
    assert "Ada Invented" in page and "Bob Invented" not in page and "S Worker" in page
    assert "foster" not in page and "on edge" not in page and "Placement" not in page and "Flags" not in page


def test_filters_offer_only_what_the_role_may_read(member):
    for role in ("head", "teacher", "home"):
        who = member(role, school="900001" if role == "teacher" else "")
        offered = children_list._offered(Viewer(who.person, who))
        assert offered and all(roles.roles()[role].may_read(name) for name in offered)
    head = member("head")
    assert "sdq_band" in children_list._offered(Viewer(head.person, head))


def test_a_teacher_filters_and_takes_away_what_a_school_knows_and_no_care_history():
    known = {name for name in children_list.FILTERS if roles.roles()["teacher"].may_read(name)}
    assert known == {
        *("sex", "year_group", "age", "age_on_31_march", "age_band", "looked_after_12_months", "at_31_march", "in_year"),
        *("school", "school_la", "school_type", "school_phase", "school_inspection", "state_funded", "school_moves"),
    }


def test_a_filter_narrows_to_its_value_and_says_so(signed_in, member, roll):
    roll("V01", 2, school="900001", year_group="9")
    roll("V01", 1, skip=2, school="900002", year_group="10")
    found = asked(member("head"), year_group="9")
    assert len(found.children) == 2 and found.everyone == 3
    assert [(one.words, one.in_words) for one in found.chosen] == [("Year group", "Year 9")]
    assert [child.school for child in asked(member("head"), school="900002").children] == ["900002"]
    assert "Year group: Year 9" in seen(signed_in("head"), year_group="9")


def test_flags_and_people_are_filtered_without_their_names_in_the_address(member, roll):
    roll("V01", 1, social_worker="S Worker", flags=["new school", "on edge"])
    roll("V01", 1, skip=1, social_worker="T Worker")
    found = asked(member("head"))
    choices = {one.name: dict(one.choices) for one in found.filters}
    (key,) = [key for key, words in choices["flags"].items() if words == "on edge"]
    worker = next(key for key, words in choices["social_worker"].items() if words == "T Worker")
    assert "edge" not in key and "worker" not in worker.casefold()
    assert len(asked(member("head"), flags=key).children) == 1 and len(asked(member("head"), social_worker=worker).children) == 1


def test_the_order_is_by_the_column_then_by_name_and_what_is_not_known_is_last(member, roll):
    names = {"Cat Invented": "9", "Ada Invented": "9", "Bob Invented": "R"}
    for number, (name, group) in enumerate(names.items()):
        roll("V01", 1, skip=number, name=name, year_group=group)
    order = [child.name for child in asked(member("head"), sort="year_group").children]
    assert order == ["Bob Invented", "Ada Invented", "Cat Invented"]
    back = [child.name for child in asked(member("head"), sort="-year_group").children]
    assert back == ["Ada Invented", "Cat Invented", "Bob Invented"]
    fact = children_facts.Fact("x", "X", lambda child: None if child.name == "Bob Invented" else 1, str)
    head = member("head")
    for backwards in (False, True):
        placed = children_list.in_order(Viewer(head.person, head), asked(head).children, fact, backwards)
        assert placed[-1].name == "Bob Invented"


def test_pages_of_fifty_hold_everybody_once(signed_in, member):
    browser, links = signed_in("head"), []
    everyone = [child.token for child in asked(member("head"), who="record").children]
    for number in range(1, len(everyone) // 50 + 2):
        page = seen(browser, who="record", page=number)
        links += [token for token in everyone if f"/child/{token}" in page]
    assert sorted(links) == sorted(everyone) and len(everyone) > 100


@pytest.mark.parametrize(
    ("search", "finds"),
    [("ada", True), ("INV ad", True), ("zoe", True), ("zoë", True), ("obrien", True), ("da", False), ("ada bob", False)],
)
def test_a_name_is_found_by_how_its_words_begin(member, roll, search, finds):
    roll("V01", 1, name="Ada Zoë O’Brien Invented", preferred_name="Addie")
    assert bool(asked(member("head"), search).children) is finds


def test_a_search_stands_in_the_session_and_in_no_address(signed_in, roll):
    roll("V01", 1, name="Ada Invented")
    roll("V01", 1, skip=1, name="Bob Invented")
    browser = signed_in("head")
    answer = browser.post(reverse("children-search"), {"name": "ada", "back": reverse("children-list") + "?sort=age"})
    assert answer["Location"] == reverse("children-list") + "?sort=age"
    page = seen(browser)
    assert "Ada Invented" in page and "Bob Invented" not in page
    assert "ada" not in str(Event.objects.get(action="searched").detail)
    assert browser.post(reverse("children-search"), {"name": "", "back": "https://example.invalid/"})["Location"] == reverse(
        "children-list"
    )
    assert "Bob Invented" in seen(browser)


def test_the_children_behind_a_number_are_those_who_count_in_it(member, store):
    held = stores.snapshot()
    behind = tokens_behind(held, "V01", "suspended_once_or_more", 2024, part="numerator")
    found = asked(member("head"), measure="suspended_once_or_more", year="2024", part="numerator")
    sealed = stores.sealed(held)
    assert behind and {child.token for child in found.children} == behind - sealed
    assert found.counted == len(behind) and found.hidden == len(behind & sealed)
    assert "2023/24: children it is true of" in found.behind


def test_the_children_behind_a_number_are_narrowed_as_the_number_was(member, store):
    whole = asked(member("head"), measure="absence_rate", year="2024").children
    girls = asked(member("head"), measure="absence_rate", year="2024", sex="female").children
    assert 0 < len(girls) < len(whole) and {child.row["sex"] for child in girls} == {"female"}


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"measure": "no_such", "year": "2024"}, "there is none of that name."),
        ({"measure": "absence_rate", "year": "x"}, "this is not a year."),
        ({"measure": "absence_rate", "year": "2024", "part": "x"}, "there is none of that name."),
    ],
)
def test_an_address_of_no_number_is_explained(signed_in, query, says):
    assert says in seen(signed_in("head"), **query)


def test_who_may_not_see_exact_figures_sees_no_children_behind_one(signed_in, roll):
    roll("V01", 1, school="900001")
    assert "only to who may see exact figures" in seen(signed_in("teacher", school="900001"), measure="absence_rate", year="2024")


def test_a_protected_child_is_on_the_list_of_nobody_else(signed_in, roll):
    (entry,) = roll("V01", 1, name="Ada Invented")
    Protection.objects.create(token=entry.token, la="V01")
    assert "Ada Invented" not in seen(signed_in("head"))


def test_a_shared_child_shows_no_more_than_is_shared(member, roll):
    (entry,) = roll("V02", 1, name="Ada Invented", social_worker="S Worker")
    Share.objects.create(token=entry.token, la="V02", with_la="V01", kinds=["children"], gateway="for a test")
    head = member("head")
    viewer = Viewer(head.person, head)
    (line,) = [one for one in children_list.lines(viewer, asked(head).children) if one["child"].la == "V02"]
    assert not line["opens"] and {fact.name: words for fact, words in line["cells"]}["social_worker"] == "not known"


# --- Files ---


def take(browser, **sent):
    return browser.post(reverse("children-export"), {"style": "csv", "reason": "for a test of the file", **sent})


def test_a_file_has_the_columns_of_the_role_and_a_mark(signed_in, roll):
    roll("V01", 2, school="900001", placement="foster", name="=Ada()", social_worker="@S Worker")
    answer = take(signed_in("teacher", school="900001"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert "Placement" not in rows[0] and "Legal status" not in rows[0] and "Identifier" not in rows[0]
    assert rows[1][0] == "'=Ada()" and "'@S Worker" in rows[1] and len(rows) == 4
    assert rows[-1][0].startswith("Official-sensitive: personal data about 2 children. Downloaded by teacher.v01")
    assert "Ada" not in answer["Content-Disposition"]
    head = take(signed_in("head")).content.decode("utf-8-sig")
    assert "Legal status" in head and "Identifier" in head


def test_a_workbook_has_no_formula(signed_in, roll):
    from openpyxl import load_workbook

    roll("V01", 1, name="=Ada()")
    sheet = load_workbook(io.BytesIO(take(signed_in("head"), style="xlsx").content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "=Ada()" in {cell.value for cell in cells if cell.data_type == "s"} and not [cell for cell in cells if cell.data_type == "f"]


def test_taking_a_file_wants_a_reason_and_leaves_an_event_without_names(signed_in, roll):
    roll("V01", 2, name="Ada Invented")
    browser = signed_in("head")
    assert take(browser, reason="").status_code == 400 and not Event.objects.filter(action="downloaded").exists()
    take(browser)
    event = Event.objects.get(action="downloaded")
    assert (event.detail["children"], event.detail["style"], event.reason) == (2, "csv", "for a test of the file")
    assert "Ada" not in str(event.detail)


def test_a_file_holds_only_so_many_children(signed_in, roll, monkeypatch):
    roll("V01", 3)
    monkeypatch.setattr(children_export, "AT_ONCE", 2)
    answer = take(signed_in("head"))
    assert answer.status_code == 400 and "it has 3 children, and a file may have 2. Narrow it with a filter." in answer.content.decode()


def test_the_head_is_told_once_when_someone_takes_unusually_many(signed_in, roll, monkeypatch, member):
    roll("V01", 3)
    head, browser = member("head"), signed_in("analyst")
    monkeypatch.setattr(children_export, "UNUSUAL", 6)
    for _ in range(4):
        take(browser)
    assert Event.objects.filter(action="unusual downloads").count() == 1
    assert [one.person for one in Message.objects.filter(kind="unusual downloads")] == [head.person]


def test_cells_that_begin_a_formula_are_made_harmless():
    cells = {"=1+1": "'=1+1", "+a": "'+a", "-a": "'-a", "@x": "'@x", "\tx": "'\tx", "x=1": "x=1", 5: 5}
    assert {cell: children_files._safe(cell) for cell in cells} == cells


def test_the_list_says_what_to_load_where_there_is_no_roll(signed_in):
    assert "There is no roll with names yet." in seen(signed_in("head")) and not RollEntry.objects.exists()
