"""The premium's ledger: rates, allocation, the way of a request, shares and reconciliation to the penny."""

from datetime import date

import pytest

from virtualschool.errors import WrongUse
from virtualschool.plans.layout import tables
from virtualschool.plans.premium import (
    Allocation,
    Ledger,
    Line,
    Request,
    checked_purpose,
    financial_year_of,
    move,
    pounds,
    purposes,
    rate,
    rates,
    shares,
)
from virtualschool.plans.premium_need import NEEDS


def test_rates_are_held_by_year_with_their_source():
    assert [rate("looked_after", year).pence for year in ("2014-15", "2019-20", "2020-21", "2022-23", "2023-24", "2024-25", "2025-26")] == [
        190000,
        230000,
        234500,
        241000,
        253000,
        257000,
        263000,
    ]
    assert rate("early_years", "2024-25").pence == 38800
    assert {held.confirmed for held in rates().values()} == {"yes", "second", "no"}
    # 1,320 was the primary rate for free school meals.
    assert not any(held.pence == 132000 for held in rates().values())


def test_a_year_without_a_published_rate_asks_for_the_authoritys_own():
    with pytest.raises(WrongUse, match="no published figure was found"):
        rate("looked_after", "2026-27")
    assert rate("looked_after", "2026-27", {("looked_after", "2026-27"): 269000}).pence == 269000
    with pytest.raises(WrongUse, match="not a financial year"):
        rate("looked_after", "2026")


def test_money_for_previously_looked_after_children_is_not_the_virtual_schools():
    with pytest.raises(WrongUse, match="schools hold that money themselves"):
        rate("previously_looked_after", "2024-25")
    with pytest.raises(WrongUse, match="schools hold that money themselves"):
        Ledger(Allocation("2024-25", "previously_looked_after", 257000, 10), ())


def test_the_final_allocation_takes_the_place_of_the_provisional():
    june = Allocation("2024-25", "looked_after", 257000, 410)
    assert (june.pence, june.final, june.variance) == (105370000, None, None)
    december = Allocation("2024-25", "looked_after", 257000, 410, 402)
    assert (december.pence, december.variance) == (103314000, -2056000)


def test_a_financial_year_turns_on_the_first_of_april():
    assert [financial_year_of(day) for day in (date(2025, 3, 31), date(2025, 4, 1))] == ["2024-25", "2025-26"]
    assert financial_year_of(date(2099, 4, 1)) == "2099-00"


REQUEST = Request("R1", "P2", "1", 55000, "literacy", date(2024, 9, 20))


def test_a_request_goes_its_way_step_by_step():
    approved = move(REQUEST, "approved", date(2024, 9, 24), by="V. Head")
    paid = move(approved, "paid", date(2024, 10, 1))
    done = move(paid, "effect known", date(2025, 1, 10), effect="cannot tell")
    assert (approved.decided_by, paid.paid_on, done.effect) == ("V. Head", date(2024, 10, 1), "cannot tell")
    for request, to, more, wrong in (
        (REQUEST, "paid", {}, "cannot become 'paid'"),
        (REQUEST, "approved", {}, "a named person's"),
        (REQUEST, "declined", {"by": "V. Head"}, "needs its reason"),
        (paid, "effect known", {"effect": " "}, "nothing is said of the effect"),
        (done, "paid", {}, "cannot become 'paid'"),
    ):
        with pytest.raises(WrongUse, match=wrong):
            move(request, to, date(2025, 1, 1), **more)


def test_shares_add_up_to_the_penny():
    assert shares(1000, ["c", "a", "b"]) == {"a": 334, "b": 333, "c": 333}
    assert shares(-1000, ["a", "b", "c"]) == {"a": -333, "b": -333, "c": -334}
    for pence in range(-50, 50):
        for number in range(1, 8):
            held = shares(pence, [str(place) for place in range(number)]).values()
            assert sum(held) == pence and max(held) - min(held) <= 1
    with pytest.raises(WrongUse):
        shares(100, ["a", "a"])
    with pytest.raises(WrongUse):
        shares(100, [])


def line(key, pence, **more):
    held = {"on": date(2024, 10, 1), "strand": "looked_after", "where": "devolved", "purpose": "literacy", "children": ("a",)}
    return Line(key, pence=pence, **{**held, **more})


LEDGER = Ledger(
    Allocation("2024-25", "looked_after", 257000, 4, 3),  # £7,710.00
    (
        line("1", 55000, school="S1"),
        line("2", 100001, where="central", purpose="semh_therapeutic", children=("a", "b", "c")),
        line("3", 200000, where="central", purpose="central_service", children=()),
        line("4", -5000, school="S1"),
    ),
    (move(REQUEST, "approved", date(2024, 9, 24), by="V. Head"),),
    planned=100000,
)


def test_a_ledger_says_what_is_devolved_central_committed_and_left():
    assert (LEDGER.paid(), LEDGER.paid("devolved"), LEDGER.paid("central")) == (350001, 50000, 300001)
    assert (LEDGER.unspent, LEDGER.committed, LEDGER.uncommitted) == (771000 - 350001, 55000, 365999)
    assert (LEDGER.forecast, LEDGER.forecast_clawback, LEDGER.clawback, LEDGER.overspent) == (505001, 265999, 420999, 0)


def test_spend_by_child_and_purpose_adds_up_to_what_was_paid():
    assert LEDGER.by_child() == {"": 200000, "a": 50000 + 33334, "b": 33334, "c": 33333}
    for parts in (LEDGER.by_child(), LEDGER.by("purpose"), LEDGER.by("school"), LEDGER.by("where")):
        assert sum(parts.values()) == LEDGER.paid()


def test_what_the_bank_has_otherwise_is_told_to_the_penny():
    bank = [(one.id, one.pence) for one in LEDGER.lines]
    assert LEDGER.differences(bank) == []
    assert LEDGER.differences([*bank[1:], ("2", 1), ("9", 100)]) == [
        "Line 1: in the ledger £550.00, in the bank nothing.",
        "Line 2: in the ledger £1,000.01, in the bank £1,000.02.",
        "Line 9: in the bank £1.00, in the ledger nothing.",
    ]


def test_a_line_of_another_year_or_strand_or_written_twice_is_refused():
    for wrong, bad in (
        ("Nothing is carried over", line("9", 1, on=date(2025, 4, 1))),
        ("it is of the strand post_16", line("9", 1, strand="post_16")),
        ("it is there twice", line("1", 1)),
        ("none of that name", line("9", 1, where="elsewhere")),
    ):
        with pytest.raises(WrongUse, match=wrong):
            Ledger(LEDGER.allocation, (*LEDGER.lines, bad))


def test_alerts_come_on_their_days():
    assert LEDGER.alerts(date(2024, 10, 30)) == []
    assert LEDGER.alerts(date(2024, 10, 31)) == [
        "Not committed on 31 October 2024 or after: £3,659.99. What is unspent on 31 March goes back."
    ]
    assert "1 March 2025" in LEDGER.alerts(date(2025, 3, 31))[0]
    own = Ledger(Allocation("2024-25", "authority", 0, 0, provisional_whole=500), ())
    assert own.alerts(date(2025, 3, 31)) == []  # the authority's own money goes nowhere
    over = Ledger(LEDGER.allocation, (line("1", 771001),), (move(LEDGER.requests[0], "paid", date(2024, 10, 1)),))
    assert over.alerts(date(2024, 5, 1)) == ["More was paid than came: £0.01.", "Paid, and the effect is not known yet: 1."]


def test_pence_are_shown_as_pounds():
    assert [pounds(pence) for pence in (0, 5, 123456, -7)] == ["£0.00", "£0.05", "£1,234.56", "-£0.07"]


def test_money_that_follows_no_count_of_children_is_given_whole():
    whole = Allocation("2024-25", "post_16", 0, 0, provisional_whole=4000000)
    assert (whole.pence, whole.final, whole.variance) == (4000000, None, None)
    final = Allocation("2024-25", "post_16", 0, 0, provisional_whole=4000000, final_whole=4100050)
    assert (final.pence, final.variance) == (4100050, 100050)


def test_a_purpose_is_paid_from_the_strands_that_may():
    assert set(purposes()) == set(tables()["spend"].column("purpose").values)
    assert {need for one in purposes().values() for need in one.needs} <= set(NEEDS)
    assert {need for one in purposes().values() for need in one.needs} == set(NEEDS)
    assert {one.tier for one in purposes().values()} == {"teaching", "targeted", "wider"}
    assert checked_purpose("literacy", "looked_after") == "literacy"
    with pytest.raises(WrongUse, match="looked_after does not pay for it"):
        checked_purpose("post16_careers", "looked_after")
    with pytest.raises(WrongUse, match="none of that name"):
        checked_purpose("sweets", "looked_after")
