"""Every education file is told from every other, and the samples of real layouts are all known."""

import pytest
from given import reading

from virtualschool.read import analysts, assessments, attendance, collect, exams, giap, headings, lists, npd
from virtualschool.read.kinds import Kind, Reshape

KINDS = [
    kind
    for module in (npd, giap, assessments, attendance, exams, lists, analysts, collect)
    for kind in vars(module).values()
    if isinstance(kind, Kind)
]
OVERLAP = {"analysts.ks4_without_flags": ("English & maths GCSEs A*-C?", "Entry ALL EBacc")}
"""Headings that a kind may have and that make it another."""


def line(kind: Kind) -> tuple[str, ...]:
    """One heading for each column of a kind, as it spells it first, but for those that say it is another."""
    other = {headings.fold(heading) for heading in (*kind.forbids, *OVERLAP.get(kind.name, ()))}
    firsts = [kind.headings(column)[0] for column in kind.columns if kind.headings(column)]
    filled = (heading.replace("[term]", "Spr").replace("[yy]", "18") for heading in firsts)
    return tuple(dict.fromkeys(heading for heading in filled if headings.fold(heading) not in other))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kinds_own_headings_tell_it_and_no_other(kind):
    told = headings.recognise(line(kind))
    assert not isinstance(told, Reshape), told.name
    assert told.kind.name == kind.name


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_case_and_order_of_headings_do_not_matter(kind):
    told = headings.recognise(tuple(heading.upper() for heading in reversed(line(kind))))
    assert told.kind.name == kind.name


def test_each_kind_says_its_source():
    assert [kind.name for kind in KINDS if not kind.source] == []


SAMPLES = {
    "la_education_extracts/attendance_original_jan22.csv": "analysts.attendance",
    "la_education_extracts/attendance_original_may22.csv": "analysts.attendance",
    "la_education_extracts/attendance_original_oct21.csv": "analysts.attendance",
    "la_education_extracts/ccis_original_mar22.csv": "unused.ccis",
    "la_education_extracts/census_original_jan20.csv": "analysts.census",
    "la_education_extracts/census_original_jan21.csv": "analysts.census",
    "la_education_extracts/census_original_jan22.csv": "analysts.census",
    "la_education_extracts/characteristics_original_mar22.csv": "unused.characteristics",
    "la_education_extracts/ks2_original_sep20.csv": "unused.key_stage_2_levels",
    "la_education_extracts/ks4_original_sep20.csv": "analysts.ks4",
    "la_education_extracts/secondary_schools_original.csv": "unused.schools_without_urn",
    "neet_templates/tempalte_ks4.csv": "unused.template_ks4",
    "neet_templates/template_attendance.csv": "unused.template_attendance",
    "neet_templates/template_census.csv": "unused.template_census",
    "neet_templates/template_exclusions.csv": "unused.template_exclusions",
    "neet_templates/template_nccis.csv": "unused.template_nccis",
    "school_census_collect/2024_autumn_fsmperiodsonroll.csv.gz": "collect.free_meals",
    "school_census_collect/2024_autumn_pupilnolongeronroll.csv": "collect.pupils_no_longer_on_roll",
    "school_census_collect/2024_autumn_pupilonroll.csv.gz": "collect.pupils_on_roll",
    "school_census_collect/2024_autumn_summerhalfterm2sessiondetailsoffroll.csv": "collect.sessions",
    "school_census_collect/2024_autumn_summerhalfterm2sessiondetailsonroll.csv.gz": "collect.sessions",
    "school_census_collect/2024_autumn_termlyexclusionsoffroll.csv": "collect.exclusions",
    "school_census_collect/2024_autumn_termlyexclusionsonroll.csv.gz": "collect.exclusions",
    "school_census_collect/2024_autumn_termlysessiondetailsoffroll.csv": "collect.sessions",
    "school_census_collect/2024_autumn_termlysessiondetailsonroll.csv.gz": "collect.sessions",
    "school_census_collect/2025_spring_fsmperiod.csv.gz": "collect.free_meals",
    "school_census_collect/2025_spring_pupilnolongeronroll.csv": "collect.pupils_no_longer_on_roll",
    "school_census_collect/2025_spring_pupilonroll.csv.gz": "collect.pupils_on_roll",
    "school_census_collect/2025_spring_senneeds.csv.gz": "collect.needs",
    "school_census_collect/2025_spring_termlyexclusionsoffroll.csv": "collect.exclusions",
    "school_census_collect/2025_spring_termlyexclusionsonroll.csv.gz": "collect.exclusions",
    "school_census_collect/2025_spring_termlysessiondetailsoffroll.csv": "collect.sessions",
    "school_census_collect/2025_spring_termlysessiondetailsonroll.csv.gz": "collect.sessions",
}


def test_every_sample_of_an_education_file_is_known_and_its_account_is_true(tmp_path, real_data):
    found = reading(real_data / "samples_npd", tmp_path / "store")
    assert {name: account["kind"] for name, account in found.accounts.items() if name in SAMPLES} == SAMPLES
    for account in found.accounts.values():
        assert account["read"] == account["kept"] + account["set_aside"], account["file"]
    # A roll's records are each a pupil of the census; an exclusion stays whether or not its pupil is found.
    assert len(found.rows("census", "row")) == 9088 + 308 + 9498 + 375
    assert len(found.rows("exclusions", "row")) == 10373 + 318 + 10064 + 516
    assert sorted(set(found.rows("census", "year", "term"))) == [(2025, "autumn"), (2025, "spring")]
    assert sorted(set(found.rows("absence", "year", "term"))) == [(2024, "summer"), (2025, "autumn")]
