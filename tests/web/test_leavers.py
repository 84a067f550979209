"""Care leavers by the way they came, and the child-level lists for an inspection."""

import io

import openpyxl
import pytest
from django.urls import reverse

from virtualschool.reports import annex_a
from virtualschool.web import stores
from virtualschool.web.models import Event, Protection
from virtualschool.web.presenters import children_leavers


def of_store(la: str) -> list[dict]:
    held = stores.snapshot()
    query = "SELECT * FROM children WHERE la = ? AND care_leaver AND year = (SELECT max(year) FROM children WHERE la = ?)"
    return stores.engine(held).rows(query, [la, la])


def test_the_page_lists_the_authoritys_care_leavers_and_no_others(signed_in):
    browser = signed_in("head")
    tokens = set()
    for ages in children_leavers.AGES:
        for number in (1, 2, 3, 4):
            page = browser.get(reverse("children-leavers"), {"ages": ages, "page": number})
            tokens |= {line["child"].token for line in page.context["lines"]}
    sealed = stores.sealed(stores.snapshot())
    assert tokens == {row["token"] for row in of_store("V01") if 17 <= row["age_on_31_march"] <= 21} - sealed
    assert not tokens & {row["token"] for row in of_store("V02")}


@pytest.mark.parametrize(
    ("who", "is_one"),
    [
        ("none", lambda row: (row["leaver_activity"] or "").startswith("none")),
        ("touch", lambda row: row["in_touch"] != "in touch"),
        ("unsuitable", lambda row: row["accommodation_suitable"] is False),
        ("plan", lambda row: not row["pathway_current"]),
    ],
)
def test_the_list_narrows_to_who_needs_something(signed_in, who, is_one):
    page = signed_in("head").get(reverse("children-leavers"), {"who": who})
    wanted = [row for row in of_store("V01") if 19 <= row["age_on_31_march"] <= 21 and is_one(row)]
    assert wanted and page.context["page"].paginator.count == len(wanted)


def test_figures_by_the_way_they_came_add_up_for_the_head(signed_in):
    page = signed_in("head").get(reverse("children-leavers"), {"outcome": "in_touch"})
    wanted = [row for row in of_store("V01") if 19 <= row["age_on_31_march"] <= 21]
    assert len(page.context["routes"]) == len(children_leavers.ROUTE)
    for route in page.context["routes"]:
        assert sum(line["denominator"] for line in route["lines"]) == len(wanted)
        assert sum(line["numerator"] for line in route["lines"]) == sum(row["in_touch"] == "in touch" for row in wanted)


def test_the_lists_hold_children_in_care_and_leavers_joined_to_education(signed_in):
    browser = signed_in("head")
    answer = browser.post(reverse("children-lists"), {"reason": "ILACS inspection"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["About", *annex_a.SHEETS]
    for name, columns in annex_a.SHEETS.items():
        assert [cell.value for cell in book[name][3]] == [one.heading for one in columns]
    ids = {name: [row[0] for row in book[name].iter_rows(min_row=4, values_only=True)] for name in annex_a.SHEETS}
    assert ids["List 9"] == ids["List 9 education"] and ids["List 8"] == ids["List 8 education"]
    sealed = stores.sealed(stores.snapshot())
    assert ids["List 9"] == sorted(row["child"] for row in of_store("V01") if row["token"] not in sealed)
    event = Event.objects.filter(action="downloaded", kind="children", la="V01").order_by("pk").last()
    assert event.reason == "ILACS inspection" and event.detail["children"] == len({*ids["List 8"], *ids["List 9"]})


def test_a_protected_child_is_on_no_list_and_the_workbook_says_that_somebody_is_left_out(signed_in, member):
    browser = signed_in("head")
    child = next(row for row in of_store("V01"))
    Protection.objects.create(token=child["token"], la="V01", why="at risk", made_by=member("head").person)
    book = openpyxl.load_workbook(io.BytesIO(browser.post(reverse("children-lists"), {"reason": "ILACS inspection"}).content))
    assert child["child"] not in [row[0] for row in book["List 9"].iter_rows(min_row=4, values_only=True)]
    assert any("not here, because you may not see them" in str(cell.value) for cell in book["About"]["A"])


def test_nobody_takes_the_lists_without_a_reason_and_a_school_does_not_know_that_they_exist(signed_in):
    assert signed_in("head").post(reverse("children-lists"), {"reason": ""}).status_code == 400
    assert signed_in("teacher", school="900001").get(reverse("children-lists")).status_code == 404
