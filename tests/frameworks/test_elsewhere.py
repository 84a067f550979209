"""Figures from elsewhere: hand-written files, and what criteria have of them. All numbers are invented."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from virtualschool.errors import Unreadable
from virtualschool.frameworks import elsewhere, named
from virtualschool.frameworks.elsewhere import COLUMNS, counted, criteria_figures, period_end, read
from virtualschool.frameworks.indicators import INDICATORS

HEAD = ",".join(COLUMNS)


def given_file(folder, *rows, head=HEAD):
    file = folder / "elsewhere.csv"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return file


def said(found):
    return [(one.row, one.column, one.wrong) for one in found.account.findings]


def test_a_percentage_is_part_over_whole(tmp_path):
    (figure,) = read(given_file(tmp_path, "complaints_on_time_pct,41,48,2024/25,Complaints log")).figures
    assert (figure.printed, figure.until, figure.source) == (Decimal("85.4"), date(2025, 8, 31), "Complaints log")


def test_a_percentage_can_be_none_or_all_of_them(tmp_path):
    found = read(given_file(tmp_path, "advocacy_uptake,40,40,2025,Log", "advocacy_uptake,0,40,2024,Log"))
    assert [one.printed for one in found.figures] == [100, 0]


def test_each_unit_is_worked_out_in_its_own_way(tmp_path):
    file = given_file(
        tmp_path,
        'unit_cost,"£1,250,000",800,2025-03,Finance',
        "caseload_average,912,57,2025-09-30,Workforce census",
        "data_quality_score,30,1200,2025,Validators",
        "mental_health_wait,63,,autumn 2024,Health",
        "council_activity,9,,2025,Participation log",
        "budget_variance,1050,1000,2025,Finance",
        "workforce_diversity_gap,-3.25,,2025,HR",
    )
    printed = [str(one.printed) for one in read(file).figures]
    assert printed == ["1562.50", "16.00", "2.5", "63", "9", "105.0", "-3.3"]


@pytest.mark.parametrize(
    ("row", "column", "wrong"),
    [
        ("complaint_on_time,1,2,2025,Log", "indicator", "there is no indicator 'complaint_on_time'."),
        ("advocacy_uptake,6,5,2025,Log", "numerator", "it is more than the denominator."),
        ("advocacy_uptake,6,,2025,Log", "denominator", "it is empty, and a percent needs one."),
        ("advocacy_uptake,0,0,2025,Log", "denominator", "it is nothing or less."),
        ("advocacy_uptake,34%,100,2025,Log", "numerator", "this is a percentage."),
        ("advocacy_uptake,many,100,2025,Log", "numerator", "this is not a number."),
        ("advocacy_uptake,-1,100,2025,Log", "numerator", "it is below nothing."),
        ("advocacy_uptake,nan,100,2025,Log", "numerator", "this is not a number."),
        ("advocacy_uptake,1,100,last year,Log", "period", "this is no period."),
        ("advocacy_uptake,1,100,2025,", "source", "it is empty."),
        ("advocacy_uptake,1,100,2025,Log,and more", "", "it has more values than there are headings."),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside_with_its_reason(tmp_path, row, column, wrong):
    found = read(given_file(tmp_path, "complaints_on_time_pct,41,48,2025,Log", row))
    assert said(found) == [(3, column, wrong)]
    assert (found.account.read, found.account.kept, found.account.set_aside) == (2, 1, 1)


def test_one_indicator_and_period_stands_once_unless_groups_tell_it_apart(tmp_path):
    rows = ("unit_cost,100,,2025,Finance,fostering", "unit_cost,900,,2025,Finance,homes", "unit_cost,950,,2025,Finance,homes")
    found = read(given_file(tmp_path, *rows, head=HEAD + ",Group"))
    assert [one.group for one in found.figures] == ["fostering", "homes"]
    assert said(found) == [(4, "indicator", "row 3 has this indicator and period already.")]


def test_headings_may_stand_in_any_order_and_others_are_left_alone(tmp_path):
    found = read(given_file(tmp_path, "Log,2025,2,1,advocacy_uptake,x", head="Source,PERIOD,Denominator,numerator,Indicator,Colour"))
    assert (len(found.figures), found.account.ignored) == (1, ("Colour",))


def test_a_file_without_the_columns_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"it has no column denominator, source\. Its first line must name"):
        read(given_file(tmp_path, head="indicator,numerator,period"))
    with pytest.raises(Unreadable, match="there is no such file"):
        read(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2025", (2025, 8, 31)),
        ("2024/25", (2025, 8, 31)),
        ("2025-02", (2025, 2, 28)),
        ("2024-02-29", (2024, 2, 29)),
        ("autumn 2024", (2024, 12, 31)),
        ("Spring 2025", (2025, 3, 31)),
        ("2025-02-30", None),
        ("autumn", None),
        ("", None),
    ],
)
def test_a_period_is_a_year_a_month_a_day_or_a_term(text, end):
    assert period_end(text) == (date(*end) if end else None)


def test_every_indicator_can_come_from_elsewhere(tmp_path):
    found = read(given_file(tmp_path, *(f"{name},1,2,2025,Invented" for name in INDICATORS)))
    assert len(found.figures) == 120 and not found.account.findings


cells = st.text(st.characters(codec="utf-8", exclude_characters='\r\n"\x00,;|\t'), max_size=12)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["advocacy_uptake", "unit_cost", "nothing"]), cells, cells, cells, cells), max_size=6))
def test_rows_read_are_rows_kept_and_set_aside(tmp_path_factory, rows):
    found = read(given_file(tmp_path_factory.mktemp("any"), *(",".join(row) for row in rows)))
    assert found.account.read == len(rows) == found.account.kept + found.account.set_aside
    assert len(found.account.findings) == found.account.set_aside and len(found.figures) == found.account.kept


# --- What criteria have ---


def test_a_criterion_says_which_figures_it_has_and_of_which_it_has_none(tmp_path):
    elsewhere = read(given_file(tmp_path, "complaints_on_time_pct,41,48,2025,Log", "complaints_on_time_pct,30,48,2024,Log"))
    found = {one.criterion.id: one for one in criteria_figures(named("ofsted-2009-lac"), elsewhere)}
    complaints = found["lac.responsiveness.27g"]
    assert [(one.indicator.name, one.state) for one in complaints.held] == [
        ("complaints_on_time_pct", "given"),
        ("satisfaction_survey_pct", "none"),
    ]
    assert [one.period for one in complaints.held[0].figures] == ["2025", "2024"]
    assert complaints.without == ("satisfaction_survey_pct",)
    assert found["lac.safe.32h"].held[0].measures == ("placements_3_plus",)


def test_a_measure_without_a_figure_does_not_count():
    framework = named("ofsted-2009-lac")
    all_of_them = counted(criteria_figures(framework))
    assert sum(all_of_them.values()) == 131
    none = counted(criteria_figures(framework, with_figures=()))
    assert (none["every figure"], none["some"]) == (0, 0)
    assert none["rest on other evidence"] == all_of_them["rest on other evidence"] == sum(not one.figures for one in framework.criteria)


def test_measures_of_plans_give_the_criterion_of_plans_its_figures_where_they_have_some():
    framework = named("ilacs-2026")
    (pep,) = [one for one in criteria_figures(framework) if one.criterion.id == "ilacs.children_in_care.pep"]
    assert pep.without == () and {"pep_targets_precise", "pep_carer_part"} <= {name for one in pep.held for name in one.measures}
    (pep,) = [one for one in criteria_figures(framework, with_figures=()) if one.criterion.id == "ilacs.children_in_care.pep"]
    assert "pep_current_pct" in pep.without


# --- Figures that a store holds ---


class Stored:
    """An engine that holds these rows of the list, in the order in which they were read."""

    def __init__(self, *rows):
        names = ("indicator", "numerator", "denominator", "period", "source", "part", "row")
        self.held = [dict(zip(names, row, strict=True)) for row in rows]

    def rows(self, query, values):
        return self.held if values == ["V01"] else []


def test_the_figures_of_a_store_are_read_and_the_last_of_a_period_counts():
    engine = Stored(
        ("complaints_on_time_pct", Decimal("30.000000"), Decimal("48.000000"), "2024/25", "Log", None, 2),
        ("complaints_on_time_pct", Decimal("41.000000"), Decimal("48.000000"), "2024/25", "Log", None, 3),
        ("no_such_thing", Decimal(1), None, "2024/25", "Log", None, 4),
    )
    found = elsewhere.of_store(engine, "V01")
    assert [(str(one.numerator), float(one.printed)) for one in found.figures] == [("41", 85.4)]
    assert (found.account.read, found.account.kept, found.account.set_aside) == (3, 2, 1)
    assert elsewhere.of_store(engine, "V02") is None


def test_a_list_that_was_brought_later_counts_before_what_the_store_holds():
    def of(amount, period):
        return elsewhere.of_store(Stored(("complaints_on_time_pct", Decimal(amount), Decimal(48), period, "Log", None, 2)), "V01")

    both = elsewhere.together(of(30, "2023/24"), of(41, "2024/25"))
    assert [str(one.numerator) for one in both.of("complaints_on_time_pct")] == ["41", "30"]
    again = elsewhere.together(of(30, "2024/25"), of(41, "2024/25"))
    assert [str(one.numerator) for one in again.of("complaints_on_time_pct")] == ["41"]
    assert elsewhere.together(None, None) is None
