"""The register of outcomes, by hand. Every authority, date and grade in it is invented."""

from datetime import date

import pytest

from virtualschool.errors import Unreadable, WrongUse
from virtualschool.frameworks import frameworks, keeping
from virtualschool.frameworks.register import COLUMNS, read
from virtualschool.places import Authority, Neighbour, Places

PLACES = Places(
    [Authority("V01", "Ambelshire"), Authority("V02", "Borrowford"), Authority("V03", "Caldor")],
    [],
    [Neighbour("V01", "V02", 1, None, None, "invented"), Neighbour("V01", "V03", 2, None, None, "invented")],
)
LEADERS, CARE, LEAVERS = "ilacs.leaders", "ilacs.children_in_care", "ilacs.care_leavers"


def line(la, day, kind, framework, area, grade, source="Invented"):
    return ",".join((la, day, kind, framework, area, grade, source))


HEAD = ",".join(COLUMNS)


def register(folder, *rows, head=HEAD):
    file = folder / "outcomes.csv"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return read(file, PLACES)


@pytest.fixture
def found(tmp_path):
    return register(
        tmp_path,
        line("V01", "2024-06-03", "short", "ilacs-2023", CARE, "good"),
        line("V01", "2024-06-03", "short", "ilacs-2023", LEAVERS, "Requires improvement"),
        line("V01", "2019-02-04", "standard", "ilacs-2018", LEADERS, "good"),
        line("V01", "2015-05-11", "full", "single-inspection-2013", "sif.looked_after", "good"),
        line("V01", "2015-05-11", "full", "single-inspection-2013", "sif.care_leavers", "outstanding"),
        line("V02", "12/09/2023", "Standard", "ilacs-2023", CARE, "good"),
        line("V02", "12/09/2023", "Standard", "ilacs-2023", LEAVERS, "good"),
        line("V02", "01/02/2025", "focused visit", "ilacs-2023", "", ""),
    )


def test_an_authority_sees_its_judgements_over_time(found):
    assert [(one.date.year, one.framework.id, len(one.grades)) for one in found.of("V01")] == [
        (2015, "single-inspection-2013", 2),
        (2019, "ilacs-2018", 1),
        (2024, "ilacs-2023", 2),
    ]
    assert (found.account.read, found.account.kept, found.account.findings) == (8, 8, [])
    assert found.is_invented


def test_it_sees_the_last_graded_inspection_of_each_neighbour(found):
    near = [(la, one.date if one else None) for la, one in found.neighbours("V01", 2024)]
    assert near == [("V02", date(2023, 9, 12)), ("V03", None)]
    assert found.latest("V02", graded=False).type == "focused visit"


def test_it_counts_how_often_care_leavers_are_graded_apart(found):
    assert found.apart_counts() == [
        {"framework": "single-inspection-2013", "inspections": 1, "care_leavers_graded": 1, "same": 0, "higher": 1, "lower": 0},
        {"framework": "ilacs-2018", "inspections": 1, "care_leavers_graded": 0, "same": 0, "higher": 0, "lower": 0},
        {"framework": "ilacs-2023", "inspections": 2, "care_leavers_graded": 2, "same": 1, "higher": 0, "lower": 1},
    ]


def test_only_a_standard_or_short_inspection_before_the_day_counts_as_inspected(found):
    assert found.was_inspected("V01", date(2023, 1, 1))
    assert not found.was_inspected("V01", date(2019, 2, 4))
    assert not found.was_inspected("V02", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("row", "column", "wrong"),
    [
        (line("V09", "2024-06-03", "short", "ilacs-2023", CARE, "good"), "la", "there is no authority 'V09'."),
        (line("V01", "June 2024", "short", "ilacs-2023", CARE, "good"), "date", "this is not a date."),
        (line("V01", "2024-06-03", "visit", "ilacs-2023", CARE, "good"), "type", "'visit' is no type of inspection."),
        (line("V01", "2024-06-03", "short", "ilacs-2024", CARE, "good"), "framework", "'ilacs-2024' is no framework for authorities."),
        (
            line("V01", "2024-06-03", "full", "sccif-childrens-homes", "sccif.leaders", "good"),
            "framework",
            "'sccif-childrens-homes' is no framework for authorities.",
        ),
        (line("V01", "2024-06-03", "short", "ilacs-2023", "care", "good"), "area", "ilacs-2023 has no judgement 'care'."),
        (line("V01", "2024-06-03", "short", "ilacs-2023", CARE, "adequate"), "grade", "'adequate' is no grade of ilacs-2023."),
        (line("V01", "2024-06-03", "short", "ilacs-2023", CARE, ""), "grade", "'' is no grade of ilacs-2023."),
        (line("V01", "2024-06-03", "short", "ilacs-2023", CARE, "good", ""), "source", "it is empty."),
        (line("V01", "2024-06-03", "monitoring visit", "ilacs-2023", CARE, "good"), "grade", "a monitoring visit gives no grades."),
        (
            line("V01", "2026-06-03", "short", "ilacs-2026", "ilacs.overall", "good"),
            "area",
            f"ilacs-2026 has no judgement 'ilacs.overall'. {frameworks()['ilacs-2026'].overall_note}",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_set_aside_with_its_reason(tmp_path, row, column, wrong):
    found = register(tmp_path, row)
    assert [(one.row, one.column, one.wrong) for one in found.account.findings] == [(2, column, wrong)]
    assert (found.account.read, found.account.kept, found.account.set_aside) == (1, 0, 1)


def test_a_judgement_that_stands_twice_is_set_aside(tmp_path):
    own = ("V01", "2024-06-03", "short", "ilacs-2023", CARE)
    found = register(tmp_path, line(*own, "good"), line(*own, "outstanding"))
    assert [one.wrong for one in found.account.findings] == ["row 2 has this judgement already, with another grade."]
    assert found.latest("V01").grades == {CARE: "good"}


def test_grades_against_a_must_rule_and_dates_out_of_force_are_kept_and_told(tmp_path):
    found = register(
        tmp_path,
        line("V01", "2010-06-03", "full", "ofsted-2009-lac", "lac.safe", "inadequate"),
        line("V01", "2010-06-03", "full", "ofsted-2009-lac", "lac.overall", "good"),
        line("V02", "2022-12-01", "short", "ilacs-2023", CARE, "good"),
        line("V02", "2012-12-31", "full", "ofsted-2009-lac", "lac.safe", "good"),
    )
    assert (found.account.kept, [(one.row, one.rule) for one in found.account.findings]) == (4, [(2, "rule"), (4, "date")])


def test_a_file_that_is_no_register_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="it has no column source"):
        register(tmp_path, head="la,date,type,framework,area,grade")


def test_every_authority_has_to_have_been_inspected_before_care_leavers_are_judged_apart(tmp_path):
    some = register(tmp_path, line("V01", "2019-02-04", "standard", "ilacs-2018", LEADERS, "good"))
    assert some.were_inspected(date(2023, 1, 1), "V01") and not some.were_inspected(date(2023, 1, 1), "V02")
    assert not some.were_inspected(date(2023, 1, 1))
    every = register(tmp_path, *(line(la, "2019-02-04", "short", "ilacs-2018", LEADERS, "good") for la in ("V01", "V02", "V03")))
    assert every.were_inspected(date(2023, 1, 1)) and not every.were_inspected(date(2019, 1, 1))


def test_a_list_that_was_given_is_kept_with_who_gave_it_and_the_last_one_holds(tmp_path):
    store, file = tmp_path / "store", tmp_path / "outcomes.csv"
    assert keeping.held(store, keeping.OUTCOMES) is None
    for text in ("first", "second"):
        file.write_text(text, encoding="utf-8")
        keeping.keep(store, keeping.OUTCOMES, file, who="A. Person", when="2026-11-02")
    assert [one.path.read_text(encoding="utf-8") for one in keeping.given(store, keeping.OUTCOMES)] == ["first", "second"]
    assert keeping.held(store, keeping.OUTCOMES).path.read_text(encoding="utf-8") == "second"
    assert keeping.held(store, keeping.ELSEWHERE) is None
    with pytest.raises(WrongUse, match="Say who gives it"):
        keeping.keep(store, keeping.OUTCOMES, file, who=" ", when="2026-11-02")
