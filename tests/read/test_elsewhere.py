"""Figures from elsewhere, as files of a build."""

from decimal import Decimal

from drawn_files import counts

HEADINGS = "indicator,numerator,denominator,period,source"


def test_the_list_is_told_by_its_columns_and_its_authority_by_its_path(folder):
    folder.write(
        "301/2025/any name.csv",
        f'{HEADINGS},group\ncomplaints_on_time_pct,41,48,2024/25,Log,\nunit_cost,"£1,250,000",800,2024/25,Finance,fostering\n',
    )
    reading = folder.read()
    assert counts(reading) == [("301/2025/any name.csv", "list.figures_elsewhere", "301", 2025, 2, 2, 0)]
    assert folder.rows("figures_elsewhere", "la", "indicator", "numerator", "denominator", "part") == [
        ("301", "complaints_on_time_pct", Decimal(41), Decimal(48), None),
        ("301", "unit_cost", Decimal(1_250_000), Decimal(800), "fostering"),
    ]


def test_a_figure_that_is_no_number_is_set_aside_with_a_finding(folder):
    folder.write("301/2025/list.csv", f"{HEADINGS}\ncomplaints_on_time_pct,85%,100,2024/25,Log\n")
    reading = folder.read()
    assert counts(reading)[0][-2:] == (0, 1)
    assert [finding.column for finding in reading.findings] == ["numerator"]
