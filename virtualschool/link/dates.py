"""Birth dates that are nearly the same."""

import ibis


def nearly(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """Whether two dates are the same but for one digit, for day and month swapped, or for one part that is one off."""
    day, month, year = one.day() - other.day(), one.month() - other.month(), one.year() - other.year()
    swapped = (one.day() == other.month()) & (one.month() == other.day()) & (year == 0)
    one_off = (day.abs() + month.abs() + year.abs()) == 1
    return (one != other) & (swapped | one_off | (digits_apart(one, other) == 1))


def digits_apart(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """How many of the eight digits of two dates differ."""
    places = [
        (one.day(), other.day(), (1, 10)),
        (one.month(), other.month(), (1, 10)),
        (one.year(), other.year(), (1, 10, 100, 1000)),
    ]
    differences = [((a // unit) % 10 != (b // unit) % 10).ifelse(1, 0) for a, b, units in places for unit in units]
    return sum(differences[1:], start=differences[0])
