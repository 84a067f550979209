"""Birth dates that are nearly the same."""

import ibis


def nearly(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """Whether two dates are the same but for one digit, for day and month swapped, or for one part that is one off."""
    days, months, years = (one.day(), other.day()), (one.month(), other.month()), (one.year(), other.year())
    same_day, same_month, same_year = days[0] == days[1], months[0] == months[1], years[0] == years[1]
    # Two of the three parts are the same, or two are swapped: asked first, since it is cheap and seldom so.
    return ibis.cases(
        (same_year & same_month, beside(*days) & ~same_day),
        (same_year & same_day, beside(*months)),
        (same_month & same_day, beside(*years) | hundreds(*years)),
        (same_year, (days[0] == months[1]) & (months[0] == days[1])),
        else_=False,
    )


def beside(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """Whether two numbers are one apart, or differ in their last digit only, or in the one before only."""
    units, tens = one % 10 == other % 10, one - one % 10 == other - other % 10
    return ((one - other).abs() == 1) | tens | (units & (one - one % 100 == other - other % 100))


def hundreds(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """Whether two years differ in one of their first two digits only."""
    apart = (one - other).abs()
    same_thousand = one - one % 1000 == other - other % 1000
    return (apart % 1000 == 0) | ((apart % 100 == 0) & same_thousand)
