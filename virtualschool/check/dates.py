"""Days and ages that rules speak of, as expressions."""

import ibis
from ibis.expr.types import BooleanValue, DateValue, Table


def year_start(rows: Table) -> DateValue:
    """1 April on which the care year of each row begins."""
    return ibis.date(rows.year - 1, 4, 1)


def year_end(rows: Table) -> DateValue:
    """31 March on which the care year of each row ends."""
    return ibis.date(rows.year, 3, 31)


def birthday(born: DateValue, age: int) -> DateValue:
    """The day on which someone turns `age`; from 29 February it is 1 March in other years."""
    moved = (born.month() == 2) & (born.day() == 29) & ((born.year() + age) % 4 != 0)
    return ibis.date(
        born.year() + age, ibis.cases((moved, ibis.literal(3)), else_=born.month()), ibis.cases((moved, ibis.literal(1)), else_=born.day())
    )


def younger_than(born: DateValue, age: int, day: DateValue) -> BooleanValue:
    """Whether someone has not turned `age` by `day`."""
    return birthday(born, age) > day


def days_between(first: DateValue, last: DateValue):
    """Whole days from one day to a later one."""
    return last.delta(first, unit="day")
