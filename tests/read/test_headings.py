"""Which kind a line of headings is."""

import pytest

from virtualschool.read import headings, ssda903
from virtualschool.read.kinds import Kind

EPISODES = "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN"
MODULES = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "episodes": EPISODES,
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "uasc": "CHILD SEX DOB DUC",
    "oc2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE "
    "INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "ad1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "placed_for_adoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "previous_permanence": "CHILD DOB PREV_PERM LA_PERM DATE_PERM",
    "missing": "CHILD DOB MISSING MIS_START MIS_END",
    "sw_episodes": "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
    "dolo": "CHILD DOB DOLO_START DOLO_END",
}


def test_the_twelve_modules_are_those_of_the_return():
    assert {kind.name for kind in headings.kinds() if kind.name.startswith("ssda903.")} == {f"ssda903.{name}" for name in MODULES}


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("change", [str, str.lower, str.title, lambda text: text.replace("_", " "), lambda text: f" {text} "])
def test_a_module_is_told_by_its_headings_in_any_case_and_order(module, change):
    written = [change(heading) for heading in MODULES[module].split()]
    for line in (tuple(written), tuple(reversed(written))):
        found = headings.recognise(line)
        assert found.kind.name == f"ssda903.{module}"
        assert found.ignored == ()
        assert {line[places[0]].strip().upper().replace(" ", "_") for places in found.columns.values()} == set(MODULES[module].split())


@pytest.mark.parametrize("module", MODULES)
def test_a_pooled_file_has_columns_for_authority_and_year(module):
    found = headings.recognise((*MODULES[module].split(), "LA", "YEAR"))
    assert found.kind.name == f"ssda903.{module}"
    assert found.columns["la"] == (len(MODULES[module].split()),)


def test_headings_that_no_column_has_are_ignored_and_listed():
    assert headings.recognise((*EPISODES.split(), "NOTES")).ignored == ("NOTES",)


def test_a_file_without_a_heading_that_is_needed_is_not_of_the_kind():
    found = headings.recognise(tuple(EPISODES.replace("DECOM ", "").split()))
    assert found is None or found.kind is not ssda903.episodes


def test_the_nearest_kind_is_named_with_what_differs():
    kind, lacking, strange = headings.nearest(("CHILD", "DECOM", "PLACE", "Colour"))
    assert (kind.name, lacking, strange) == ("ssda903.episodes", ("RNE", "LS"), ("Colour",))


def test_nothing_is_near_a_file_of_other_headings():
    assert headings.nearest(("Colour", "Shape")) is None


CENSUS = Kind(
    "census",
    ssda903.oc3.table,
    needs=("activ",),
    names={"activ": ("Activity_[term][yy]",), "accom": ("Lives_[term][yy]", "Lives"), "in_touch": ("Touch_ab[yyyy]",)},
)


def columns(*line):
    found = headings._columns(CENSUS, line)
    return found.columns, found.year, found.term, found.doubtful


def test_a_pattern_tells_year_and_term():
    assert columns("activity_spr18", "LIVES_SPR18") == ({"activ": (0,), "accom": (1,)}, 2018, "spring", ())


def test_an_autumn_item_is_of_the_school_year_that_follows():
    assert columns("Activity_Aut17")[1:3] == (2018, "autumn")


def test_four_digits_are_a_year_as_they_stand():
    assert columns("Touch_ab2019")[:2] == ({"in_touch": (0,)}, 2019)


def test_headings_of_another_year_than_most_are_left_out_and_told():
    assert columns("Activity_Spr18", "Lives_Spr18", "Activity_Spr19") == (
        {"activ": (0,), "accom": (1,)},
        2018,
        "spring",
        ("Activity_Spr19",),
    )


def test_of_two_headings_of_one_column_the_first_named_comes_first():
    assert columns("Lives", "Lives_Sum20")[0] == {"accom": (1, 0)}
