"""Figures that DfE printed for real authorities, worked out again from children whose scores add up to the printed sums.

Source of inputs and answers: DfE, Outcomes for children in need, including children looked after, and Children looked after in
England (open data files). Every case goes the whole way: children, facts, figures, publish.
"""

from datetime import date
from decimal import Decimal

import pytest
from drawn_cohorts import built, children, figures, standing

from virtualschool import places

PROGRESS_8 = [
    # year, la, pupils, sum of scores, average, low, high
    (2019, "Wokingham", 7, "-6.254", -0.89, -1.84, 0.06),
    (2019, "Northumberland", 25, "-38.604", -1.54, -2.05, -1.04),
    (2022, "Hammersmith and Fulham", 8, "-15.928", -1.99, -2.97, -1.02),
    (2022, "Milton Keynes", 28, "-43.571", -1.56, -2.08, -1.03),
    (2023, "Kingston upon Thames", 6, "-5.791", -0.97, -2.1, 0.17),
    (2023, "North Yorkshire", 26, "-51.002", -1.96, -2.51, -1.42),
    (2024, "Kensington and Chelsea", 8, "-21.254", -2.66, -3.64, -1.68),
    (2024, "Doncaster", 29, "-21.747", -0.75, -1.27, -0.23),
]
KEY_STAGE_2 = [
    (2019, "reading", "St. Helens", 20, "-13.79", -0.69, -3.4, 2.02),
    (2022, "reading", "Somerset", 18, "-70.002226", -3.89, -6.79, -0.98),
    (2023, "reading", "Rotherham", 20, "33.202671", 1.66, -1.1, 4.42),
    (2019, "writing", "Doncaster", 20, "-8.85", -0.44, -2.94, 2.05),
    (2022, "writing", "Middlesbrough", 18, "1.867333", 0.1, -2.69, 2.89),
    (2023, "writing", "Herefordshire, County of", 20, "-5.246667", -0.26, -2.91, 2.39),
    (2019, "maths", "Southwark", 20, "-31.64", -1.58, -3.94, 0.78),
    (2022, "maths", "Middlesbrough", 18, "0.644434", 0.04, -2.67, 2.74),
    (2023, "maths", "Herefordshire, County of", 20, "-8.165421", -0.41, -3.0, 2.18),
]
ATTAINMENT_8 = [
    # year, la, pupils, sum of points, average, reached grade 4 in both, percent
    (2019, "Waltham Forest", 29, "616", 21.2, 6, 20.7),
    (2021, "Stockport", 28, "585.25", 20.9, 6, 21.4),
    (2023, "Bury", 33, "628.25", 19.0, 8, 24.2),
    (2025, "Cornwall", 35, "639.5", 18.3, 9, 25.7),
]
ABSENCE = [
    # year, la, pupils, possible, missed, percent, persistent, percent, severe, percent
    (2019, "Oldham", 258, 91915, 7163, 7.8, 43, 16.7, 13, 5.0),
    (2022, "St. Helens", 243, 86330, 7318, 8.5, 49, 20.2, 14, 5.8),
    (2024, "Oldham", 241, 86884, 7970, 9.2, 50, 20.7, 14, 5.8),
    (2025, "Rochdale", 269, 93953, 9671, 10.3, 61, 22.7, 20, 7.4),
]
SDQ = [
    # la, aged 5 to 16, received, normal, borderline, concern, percent of each, mean
    ("Bexley", 160, 154, 72, 24, 58, (96, 47, 16, 38)),
    ("Newham", 202, 125, 73, 13, 39, (62, 58, 10, 31)),
]


def codes_of() -> dict[str, str]:
    names = {row[1] for row in PROGRESS_8 + ATTAINMENT_8 + ABSENCE} | {row[2] for row in KEY_STAGE_2} | {row[0] for row in SDQ}
    return {name: places.england().authority(name).la for name in (*names, "Bracknell Forest", "Darlington", "Gateshead")}


def spread(number: int, total: str, column: str) -> list[dict]:
    """Values for so many children that add up to a total, six decimals each."""
    each = (Decimal(total) / number).quantize(Decimal("0.01"))
    return [{column: each} for _ in range(number - 1)] + [{column: Decimal(total) - each * (number - 1)}]


def shares(number: int, *parts: tuple[int, int]) -> list[int]:
    """Sessions missed: each part is (children, sessions each); the rest miss none."""
    found = [sessions for count, sessions in parts for _ in range(count)]
    return found + [0] * (number - len(found))


def absent(number: int, possible: int, missed: int, persistent: int, severe: int) -> list[dict]:
    """Children whose sessions add up, and of whom so many miss a tenth and a half of their own."""
    each = possible // number
    sessions = [each + (at < possible - each * number) for at in range(number)]
    reached = [-(-sessions[at] // 2) if at < severe else -(-sessions[at] // 10) if at < persistent else 0 for at in range(number)]
    left = missed - sum(reached)
    for at in range(number):
        # Those who are severely absent, or just under a tenth, take up the rest without crossing a mark.
        room = (
            sessions[at] - reached[at]
            if at < severe
            else (sessions[at] - 1) // 2 - reached[at]
            if at < persistent
            else (sessions[at] - 1) // 10
        )
        taken = min(left, room)
        reached[at], left = reached[at] + taken, left - taken
    assert left == 0
    return [{"sessions_possible": possible_, "sessions_missed": missed_} for possible_, missed_ in zip(sessions, reached, strict=True)]


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """A store of all the cases."""
    la = codes_of()
    rows: list[dict] = []
    for year, name, number, total, *_ in PROGRESS_8:
        rows += [row for value in spread(number, total, "progress_8") for row in children(la[name], year, 1, at_ks4=True, **value)]
    for year, subject, name, number, total, *_ in KEY_STAGE_2:
        column = {"reading": "ks2_read_progress"}.get(subject, f"ks2_{subject}_progress")
        rows += [row for value in spread(number, total, column) for row in children(la[name], year, 1, at_ks2=True, **value)]
    for year, name, number, total, _, reached, _ in ATTAINMENT_8:
        for at, value in enumerate(spread(number, total, "attainment_8")):
            rows += children(la[name], year, 1, at_ks4=True, english_maths_94=at < reached, **value)
    for year, name, number, possible, missed, _, persistent, _, severe, _ in ABSENCE:
        for value in absent(number, possible, missed, persistent, severe):
            rows += children(la[name], year, 1, age=12, **value)
    for name, aged, received, normal, borderline, concern, _ in SDQ:
        scores = [10] * normal + [15] * borderline + [20] * concern + [None] * (aged - received)
        rows += [row for found in scores for row in children(la[name], 2025, 1, dob=date(2013, 5, 1), sdq_score=found)]
    rows += children(la["Bracknell Forest"], 2023, 18, placements_in_year=3) + children(
        la["Bracknell Forest"], 2023, 139, placements_in_year=2
    )
    for name, number, total, five, four in (("Darlington", 18, "398.75", 2, 4), ("Gateshead", 41, "1098.75", 9, 15)):
        for at, value in enumerate(spread(number, total, "attainment_8")):
            rows += children(la[name], 2024, 1, at_ks4=True, english_maths_95=at < five, english_maths_94=at < four, **value)
    with standing(tmp_path_factory.mktemp("worked")) as store:
        built(store, rows)
        yield store


def one(store, measure: str, la: str, year: int) -> dict:
    (row,) = figures(store, measure, la=la, year=year)
    return row


@pytest.mark.parametrize(("year", "la", "pupils", "total", "average", "low", "high"), PROGRESS_8)
def test_progress_8_is_as_printed(worked, year, la, pupils, total, average, low, high):
    row = one(worked, "progress_8", la, year)
    assert (row["pupils"], row["numerator"], row["value"], row["low"], row["high"]) == (pupils, float(total), average, low, high)


@pytest.mark.parametrize(("year", "subject", "la", "pupils", "total", "average", "low", "high"), KEY_STAGE_2)
def test_key_stage_2_progress_is_as_printed(worked, year, subject, la, pupils, total, average, low, high):
    row = one(worked, f"ks2_{subject}_progress", la, year)
    assert (row["pupils"], row["value"], row["low"], row["high"]) == (pupils, average, low, high)


@pytest.mark.parametrize(("year", "la", "pupils", "total", "average", "reached", "percent"), ATTAINMENT_8)
def test_attainment_8_and_english_and_maths_are_as_printed(worked, year, la, pupils, total, average, reached, percent):
    row = one(worked, "attainment_8", la, year)
    assert (row["pupils"], row["numerator"], row["value"]) == (pupils, float(total), average)
    row = one(worked, "english_maths_94", la, year)
    assert (row["pupils"], row["numerator"], row["value"]) == (pupils, reached, percent)


@pytest.mark.parametrize(("year", "la", "pupils", "possible", "missed", "rate", "some", "share", "most", "part"), ABSENCE)
def test_absence_is_as_printed(worked, year, la, pupils, possible, missed, rate, some, share, most, part):
    row = one(worked, "absence_rate", la, year)
    assert (row["pupils"], row["numerator"], row["denominator"], row["value"]) == (pupils, missed, possible, rate)
    row = one(worked, "persistent_absence", la, year)
    assert (row["numerator"], row["denominator"], row["value"]) == (some, pupils, share)
    row = one(worked, "severe_absence", la, year)
    assert (row["numerator"], row["denominator"], row["value"]) == (most, pupils, part)


@pytest.mark.parametrize(("la", "aged", "received", "normal", "borderline", "concern", "percents"), SDQ)
def test_sdq_bands_are_as_printed(worked, la, aged, received, normal, borderline, concern, percents):
    found = [one(worked, measure, la, 2025) for measure in ("sdq_coverage", "sdq_normal", "sdq_borderline", "sdq_concern")]
    assert [row["denominator"] for row in found] == [aged, received, received, received]
    assert [row["numerator"] for row in found] == [received, normal, borderline, concern]
    assert tuple(row["value"] for row in found) == percents


def test_three_or_more_placements_are_as_printed(worked):
    row = one(worked, "placements_3_plus", "Bracknell Forest", 2023)
    assert (row["cohort"], row["denominator"], row["numerator"], row["value"]) == ("march", 157, 18, 11.0)


def test_small_numbers_are_hidden_as_dfe_hid_them(worked):
    found = {
        la: {m: one(worked, m, la, 2024) for m in ("attainment_8", "english_maths_95", "english_maths_94")}
        for la in ("Darlington", "Gateshead")
    }
    assert [found["Gateshead"][m]["value"] for m in found["Gateshead"]] == [26.8, 22.0, 36.6]
    assert found["Darlington"]["attainment_8"]["value"] == 22.2
    for measure in ("english_maths_95", "english_maths_94"):
        row = found["Darlington"][measure]
        assert [row[key] for key in ("pupils", "numerator", "denominator", "value", "low", "high", "symbol", "note")] == [None] * 6 + [
            "c",
            "",
        ]
