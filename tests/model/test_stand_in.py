"""The stand-in for Progress 8, on pupils whose expectation can be worked out by hand."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from drawn_cohorts import children, facts_of, pupils, standing, write

from virtualschool import measures, tables
from virtualschool.errors import WrongUse
from virtualschool.model import keeping, stand_in
from virtualschool.model.in_place import STAND_INS, offer
from virtualschool.publish.stand_in import hide_small_rests, stand_in_told


@dataclass
class Held:
    """As much of a snapshot as the door asks for."""

    drawn: object

    @property
    def store(self):
        return self.drawn.draft.store

    def has(self, table: str) -> bool:
        return table in self.drawn.draft.tables

    def engine(self):
        return self.drawn.engine


def year_11(number: int, ks1: str, attainment: int, la: str | None = None, **more):
    """So many pupils at the end of key stage 4 in 2025 with one result at key stage 1, in care in an authority or not."""
    now = pupils(2025, number, at_ks4=True, attainment_8=Decimal(attainment), state_funded=True, school="100", school_type="mainstream")
    then = [
        {"pupil": row["pupil"], "year": 2016, "at_ks1": True, "ks1_reading": ks1, "ks1_writing": ks1, "ks1_maths": ks1} for row in now
    ] if ks1 else []  # fmt: skip
    common = {"linked": True, "age": 15, "at_ks4": True, "attainment_8": Decimal(attainment), "state_funded": True, **more}
    cared = [
        {**row, "pupil": pupil["pupil"]} for row, pupil in zip(children(la, 2025, number, **common), now, strict=True)
    ] if la else []  # fmt: skip
    return now + then, cared


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """300 pupils who were working towards the standard at seven, of whom 20 are in care, and 300 who met it, of whom 10 are."""
    groups = [
        year_11(280, "WTS", 30),
        year_11(12, "WTS", 20, "V01", sex="male"),
        year_11(8, "WTS", 26, "V01", sex="female"),
        year_11(290, "EXS", 50),
        year_11(10, "EXS", 40, "V02", sex="male"),
        year_11(11, "", 10, "V03", sex="male"),
    ]
    with standing(tmp_path_factory.mktemp("stand_in")) as store:
        write(store, tables.authorities, [{"la": la, "name": la, "first_year": 2016} for la in ("V01", "V02", "V03")])
        write(store, tables.pupils, [row for held, _ in groups for row in held])
        write(store, tables.children, [row for _, cared in groups for row in cared])
        facts_of(store, "attainment_8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(keeping, "MODELLED", {})
            patch.setattr(stand_in, "STAND_INS", {"progress_8": STAND_INS["progress_8"]})
            keeping.models(store.draft)
        yield store


def told(drawn, **asked):
    return stand_in_told(Held(drawn), "progress_8", **asked)


def test_a_group_is_set_beside_all_pupils_with_the_same_result_at_seven(drawn):
    # Working towards: (280 × 30 + 12 × 20 + 8 × 26) / 300 = 29.493…; the twenty of V01 have (240 + 208) / 20 = 22.4.
    rows = {row["la"]: row for row in told(drawn, year="2025").rows}
    assert (rows["V01"]["baseline"], rows["V01"]["difference"], rows["V01"]["children"]) == ("ks1", round(22.4 - 29.4933, 1), 20)
    assert rows["V01"]["verdict"] == "below what was expected"
    assert rows["V01"]["unit"] == "points"


def test_nothing_is_said_of_ten_children(drawn):
    found = told(drawn)
    assert "V02" not in {row["la"] for row in found.rows}
    assert {row["sex"] for row in told(drawn, by="sex").rows if row["la"] == "V01"} == {"male"}


def test_what_is_said_of_most_is_hidden_where_it_would_tell_of_the_few_others(drawn):
    # Twelve boys of V01 and eight girls: the boys alone would tell of the girls, beside the figure of all.
    (boys,) = [row for row in told(drawn, by="sex").rows if row["la"] == "V01"]
    assert (boys["difference"], boys["children"], boys["symbol"]) == (None, None, "c")
    (seen,) = [row for row in told(drawn, by="sex", audience="internal").rows if row["la"] == "V01"]
    assert (seen["children"], seen["difference"]) == (12, round(20 - 29.4933, 1))


def test_what_is_said_of_groups_never_leaves_few_over():
    # Of 32 children of a place, 15 and 12 have rows; the other five could be had from them and all, so the twelve are hidden too.
    common = {"year": 2025, "la": "V01", "baseline": "ks1", "rest": 20, "symbol": ""}
    rows = [{**common, "exactly": 15, "difference": 1.0, "group": "a"}, {**common, "exactly": 12, "difference": 2.0, "group": "b"}]
    assert [row["difference"] for row in hide_small_rests(rows, {(2025, "V01", "ks1"): 32})] == [1.0, None]
    assert [row["difference"] for row in hide_small_rests(rows, {(2025, "V01", "ks1"): 27})] == [1.0, 2.0]
    assert [row["difference"] for row in hide_small_rests(rows, {(2025, "V01", "ks1"): 38})] == [1.0, 2.0]


def test_england_is_not_shown_where_it_would_tell_of_a_small_authority():
    common = {"year": 2025, "baseline": "ks1", "rest": 0, "symbol": "", "group": None}
    authority = {**common, "la": "V01", "exactly": 20, "difference": 2.0}
    for others, shown in ((0, 1.0), (10, None), (11, 1.0)):
        england = {**common, "la": "england", "exactly": 20 + others, "difference": 1.0}
        assert [row["difference"] for row in hide_small_rests([england, authority], {})] == [shown, 2.0]


def test_children_without_any_result_are_never_added_to_the_others(drawn):
    found = told(drawn)
    assert "V03" not in {row["la"] for row in found.rows}
    assert any("Children of 10 authorities and more are needed" in note for note in found.notes)


@pytest.mark.parametrize("column", ["school", "school_type", "child", "token", "age"])
def test_it_is_refused_for_schools_for_a_child_and_for_other_columns(drawn, column):
    with pytest.raises(WrongUse, match=f"Column '{column}'"):
        told(drawn, by=column)


def test_a_measure_without_a_stand_in_is_refused(drawn):
    with pytest.raises(WrongUse, match="nothing stands in its place"):
        stand_in_told(Held(drawn), "attainment_8")


def test_no_expectation_of_a_child_is_kept():
    for table in tables.MODELS:
        assert not {"child", "pupil", "token", "upn"} & set(table.names), table.name


def test_a_group_of_fewer_than_11_has_no_row_at_all(drawn):
    assert drawn.engine.value("SELECT min(children) FROM model_places") >= 11


def test_a_figure_that_cannot_exist_names_what_can_be_had_in_its_place():
    assert offer("progress_8", 2025) == (
        "Attainment 8 against expected, in points, can be had in its place, and is not the same: virtualschool stand-in."
    )
    assert offer("progress_8", 2024) == ""
    assert offer("attainment_8", 2025) == ""


def test_an_element_names_the_stand_in_of_the_whole_and_writing_says_why_it_has_none():
    whole = "Attainment 8 against expected, in points, can be had in its place, and is not the same: virtualschool stand-in."
    for element in ("english", "maths", "ebacc", "open"):
        assert offer(f"progress_8_{element}", 2025) == f"An element has no stand-in; of the whole, {whole}"
        assert offer(f"progress_8_{element}", 2024) == ""
    assert offer("ks2_writing_progress", 2024) == "Nothing stands in its place: writing has a teacher's assessment and no score."
    assert offer("ks2_writing_progress", 2023) == ""
    assert offer("attainment_8", 2025) == ""


def test_its_name_and_unit_are_not_those_of_progress_8(drawn):
    rows = told(drawn).rows
    assert {row["measure"] for row in rows} == {"attainment_8_against_expected"}
    assert "attainment_8_against_expected" not in measures.ALL
