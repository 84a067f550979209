"""The authority's own list of those who leave care."""

from datetime import date

from drawn_files import counts, told

HEADINGS = "CHILD,ELIGIBILITY,PATHWAY_PLAN,PATHWAY_REVIEW,PATHWAY_PART,STAYING_PUT,VOCATIONAL_MATCH,TRANSITION_PLAN"


def test_the_list_is_told_by_its_columns_and_its_year_and_authority_by_its_path(folder):
    folder.write("301/2026/any name.csv", f"{HEADINGS}\nA1,Former relevant,01/02/2025,30/09/2025,yes,no,1,\nA2,eligible,,,,,,yes\n")
    reading = folder.read()
    assert counts(reading) == [("301/2026/any name.csv", "list.leaving_care", "301", 2026, 2, 2, 0)]
    assert told(reading) == []
    columns = (
        "child",
        "eligibility",
        "pathway_plan",
        "pathway_review",
        "pathway_part",
        "staying_put",
        "vocational_match",
        "transition_plan",
    )
    assert folder.rows("leaving_care", *columns) == [
        ("A1", "former_relevant", date(2025, 2, 1), date(2025, 9, 30), True, False, True, None),
        ("A2", "eligible", None, None, None, None, None, True),
    ]


def test_a_word_that_is_none_of_the_law_is_a_finding_and_the_row_is_kept(folder):
    folder.write("301/2026/list.csv", f"{HEADINGS}\nA1,leaver,31/02/2025,,,,,\n")
    reading = folder.read()
    assert counts(reading)[0][-2:] == (1, 0)
    assert folder.rows("leaving_care", "child", "eligibility", "pathway_plan") == [("A1", None, None)]
    assert sorted(finding.column for finding in reading.findings) == ["ELIGIBILITY", "PATHWAY_PLAN"]
