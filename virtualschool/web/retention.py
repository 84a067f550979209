"""How long records are kept: the table of classes, and the first day on which a record of a class may be disposed of."""

import calendar
import datetime
import pathlib
import tomllib
from dataclasses import dataclass

from django.conf import settings

from virtualschool.errors import WrongUse

FILE = pathlib.Path(__file__).parent / "retention.toml"
ADULT = 18


@dataclass(frozen=True)
class Kept:
    """One class of records. Years, each counted from one day; `local` is by the authority's schedule, and not known here."""

    name: str
    words: str
    source: str
    from_birth: int | None = None
    from_death_under_18: int | None = None
    from_event: int | None = None
    event: str = ""
    local: bool = False


def classes() -> dict[str, Kept]:
    """The classes by name, with those of the authority's own file in the place of ours. Raises WrongUse where that file cannot be read."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if settings.RETENTION:
        try:
            rows |= tomllib.loads(pathlib.Path(settings.RETENTION).read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise WrongUse(
                "VIRTUALSCHOOL_RETENTION", "the file cannot be read.", "Write it as virtualschool/web/retention.toml is."
            ) from fault
    return {name: Kept(name, **row) for name, row in rows.items()}


def due(
    kept: Kept, born: datetime.date | None = None, died: datetime.date | None = None, event: datetime.date | None = None
) -> datetime.date | None:
    """The first day on which a record may be disposed of; None where it is kept on, because no day is known from which to count."""
    if kept.from_event is not None:
        return None if event is None else years_after(event, kept.from_event)
    if kept.from_birth is None or born is None:
        return None
    if died is not None and kept.from_death_under_18 is not None and died < years_after(born, ADULT):
        return years_after(died, kept.from_death_under_18)
    return years_after(born, kept.from_birth)


def years_after(day: datetime.date, years: int) -> datetime.date:
    """The anniversary; of 29 February in other years 1 March, so that nothing goes a day too early."""
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return datetime.date(year, 3, 1)
    return day.replace(year=year)
