"""Children in need, from the census's file to a figure: counted again from the files."""

import csv
from fractions import Fraction

import pytest

YEAR = 2024


@pytest.fixture(scope="module")
def scores(england) -> dict[str, list[Fraction]]:
    """Attainment 8 of each group, from the files as they stand."""
    with (england / "education" / str(YEAR) / "ks4.csv").open() as opened:
        reached = {row["KS4_PupilMatchingRefAnonymous"]: Fraction(row["KS4_ATT8"]) for row in csv.DictReader(opened)}
    found: dict[str, list[Fraction]] = {"cin": [], "cpp": []}
    with (england / "education" / str(YEAR) / "cin.csv").open() as opened:
        for row in csv.DictReader(opened):
            planned = row["CIN_CPPstartDate"] and not row["CIN_CPPendDate"]
            group = "cpp" if planned else "cin" if row["CIN_CINAt31March"] == "1" else ""
            pupil = row["CIN_PupilMatchingRefAnonymous"]
            if group and row["CIN_OpenCaseInformation"] != "CLA" and pupil in reached:
                found[group].append(reached[pupil])
    return found


@pytest.mark.parametrize("cohort", ["cin", "cpp"])
def test_a_figure_of_england_is_what_the_files_say(run, built, scores, cohort):
    asked = ("--year", YEAR, "--la", "england", "--schools", "all", "--audience", "internal")
    [row] = run.json("figures", built, "attainment_8", "--cohort", cohort, *asked)
    of = scores[cohort]
    assert len(of) > 2
    assert (row["pupils"], row["numerator"]) == (len(of), float(sum(of)))


def test_the_gap_to_children_in_need_is_from_their_records(run, built):
    [row] = run.json("figures", built, "absence_rate", "--year", YEAR, "--la", "V01", "--compare", "children_in_need")
    assert row["children_in_need_source"] == "pupils"
    [need] = run.json("figures", built, "absence_rate", "--year", YEAR, "--la", "england", "--cohort", "cin")
    assert row["children_in_need_value"] == need["value"]
