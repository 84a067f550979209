"""Text as values: both sides of what is read and what is not."""

import datetime
from decimal import Decimal

import pytest

from virtualschool import tables
from virtualschool.read import values
from virtualschool.store import Engine

DAY = tables.day("some_day", "A day.")
END_OF_MARCH = datetime.date(2026, 3, 31)


@pytest.fixture(scope="module")
def engine():
    return Engine.open(threads=1)


def read(engine, column, text):
    """The text as a value of the column, as a whole kind of one column reads it."""
    expression = f"({values.without_time(values.trimmed('text'))})" if column.type == "date" else f"({values.trimmed('text')})"
    return engine.value(
        f"SELECT {values.typed(column, 'trimmed')} FROM (SELECT {expression} AS trimmed FROM (SELECT CAST(? AS VARCHAR) AS text))", [text]
    )


@pytest.mark.parametrize(
    "text",
    [
        "31/03/2026",
        "31/3/2026",
        " 31/03/2026 ",
        "31/03/26",
        "31-03-2026",
        "31.03.2026",
        "2026-03-31",
        "2026/03/31",
        "2026-3-31",
        "20260331",
        "31-Mar-26",
        "31-MAR-2026",
        "31 March 2026",
        "2026-Mar-31",
        "2026-Mar-31 00:00:00",
        "2026-03-31 00:00:00",
        "2026-03-31T00:00:00",
        "2026-03-31T00:00:00.000Z",
        "31/03/2026 00:00",
        "46112",
        "46112.0",
        "\u00a031/03/2026\u00a0",
    ],
)
def test_a_day_is_read_however_it_is_written(engine, text):
    assert read(engine, DAY, text) == END_OF_MARCH


@pytest.mark.parametrize(
    "text", ["31/02/2026", "13/31/2026", "2026", "soon", "zz/03/2026", "31/03", "1/4/202", "2026-13-01", "31032026", "-1"]
)
def test_what_is_no_day_is_null(engine, text):
    assert read(engine, DAY, text) is None


def test_the_day_comes_before_the_month(engine):
    assert read(engine, DAY, "01/04/2026") == datetime.date(2026, 4, 1)


def test_two_digits_of_a_year_are_of_this_century_up_to_68(engine):
    assert read(engine, DAY, "01/04/68") == datetime.date(2068, 4, 1)
    assert read(engine, DAY, "01/04/69") == datetime.date(1969, 4, 1)


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("-3", -3), ("134.0", 134), ("0", 0), ("1,234", 1234), ("007", 7), ("12.", 12)])
def test_a_whole_number_is_read(engine, text, number):
    assert read(engine, tables.integer("n", "A number."), text) == number


@pytest.mark.parametrize("text", ["1.5", "1e3", "0x10", "1_000", "12a", "1,23", "99999999999", "one", "-"])
def test_what_is_no_whole_number_is_null_and_never_rounded(engine, text):
    assert read(engine, tables.integer("n", "A number."), text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("46.25", "46.25"), ("46", "46"), (".5", "0.5"), ("-0.125", "-0.125"), ("1,234.5", "1234.5"), ("1e2", "100")]
)
def test_a_number_of_points_is_read_exactly(engine, text, number):
    assert read(engine, tables.points("p", "Points."), text) == Decimal(number)


@pytest.mark.parametrize("text", ["nan", "inf", "4 6", "SUPP", "12345678901"])
def test_what_is_no_number_is_null(engine, text):
    assert read(engine, tables.points("p", "Points."), text) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [(yes, True) for yes in ("1", "Y", "yes", "TRUE", "t", "1.0")] + [(no, False) for no in ("0", "n", "No", "False", "F", "0.0")],
)
def test_yes_and_no_are_read(engine, text, answer):
    assert read(engine, tables.yes_no("q", "A question."), text) is answer


@pytest.mark.parametrize("text", ["2", "maybe", "-1", "YN"])
def test_what_is_neither_yes_nor_no_is_null(engine, text):
    assert read(engine, tables.yes_no("q", "A question."), text) is None


@pytest.mark.parametrize("text", ["2026", "2025/26", "2025-26", "202526", "2025/2026", "2025_26", "FY2026", "2026.0"])
def test_a_year_is_the_one_it_ends_in(engine, text):
    assert read(engine, tables.integer("year", "Year."), text) == 2026


@pytest.mark.parametrize("text", ["2025/27", "26", "1826", "20256", "2025/25", "year"])
def test_what_is_no_year_is_null(engine, text):
    assert read(engine, tables.integer("year", "Year."), text) is None


@pytest.mark.parametrize("text", ["", "   ", "\t", "\u00a0", "NULL"])
def test_blank_is_null(engine, text):
    assert read(engine, tables.text("t", "Text."), text) is None
