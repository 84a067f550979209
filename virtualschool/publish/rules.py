"""DfE's rules of disclosure as named settings: what each release hides, rounds and prints. The rules are data: codes/disclosure.csv."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from virtualschool import codes
from virtualschool.benchmarks.figure import Sums
from virtualschool.errors import unknown
from virtualschool.measures import Measure

HIDDEN = "c"


@dataclass(frozen=True)
class Rule:
    """What one release hides, rounds and prints; the head of codes/disclosure.csv says what each part means."""

    setting: str
    name: str
    pupils_from: int
    count_from: int
    zero_shown: bool
    share_from: int
    share_none_or_all_from: int | None
    national_to: int
    authority_to: int
    symbols: tuple[tuple[str, str], ...]
    """What the release prints for c, z, x and k."""

    def shows(self, measure: Measure, sums: Sums) -> bool:
        """Whether a figure made of these sums may be shown."""
        if sums.pupils == 0:
            return True
        if sums.pupils < self.pupils_from:
            return False
        if measure.counts not in ("pupils", "events"):
            return True
        if sums.numerator == 0:
            return self.zero_shown and (sums.pupils >= self.share_from or self.share_none_or_all_from is not None)
        if sums.numerator < self.count_from:
            return False
        if measure.counts == "events" or sums.pupils >= self.share_from:
            return True
        all_of_them = sums.numerator == sums.denominator
        return all_of_them and self.share_none_or_all_from is not None and sums.pupils >= self.share_none_or_all_from

    def shows_pupils(self, pupils: int) -> bool:
        """Whether it may be shown that so many pupils count in a figure."""
        return pupils == 0 or pupils >= self.pupils_from

    def symbol(self, current: str) -> str:
        """What the release prints where the symbols of today have `current`."""
        return dict(self.symbols).get(current, current)


RuleFor = Callable[[Measure, int], Rule]


@cache
def _rows() -> tuple[tuple[dict[str, str], Rule], ...]:
    found = []
    for row in codes.load("disclosure"):
        symbols = tuple(zip("czxk", (row["hidden"], row["not_applicable"], row["not_available"], row["rounds_to_zero"]), strict=True))
        rule = Rule(
            row["setting"],
            row["name"],
            int(row["pupils_from"]),
            int(row["count_from"]),
            row["zero_shown"] == "yes",
            int(row["share_from"]),
            int(row["share_none_or_all_from"]) if row["share_none_or_all_from"] else None,
            int(row["national_to"]),
            int(row["authority_to"]),
            symbols,
        )
        found.append((row, rule))
    return tuple(found)


def settings() -> tuple[str, ...]:
    """The names of all settings, in order."""
    return tuple(dict.fromkeys(rule.setting for _, rule in _rows()))


@cache
def rule(measure: Measure, year: int) -> Rule:
    """The rule of the DfE release that a measure belongs to, as it holds for a year."""
    for row, found in _rows():
        if measure.release in row["releases"].split("|") and codes.in_year(row, year):
            return found
    raise ValueError(f"Measure '{measure.name}': `release` must be in a row of codes/disclosure.csv for {year}, got '{measure.release}'.")


def rule_of(setting: str | None) -> RuleFor:
    """Which rule a measure and year follow: that of their own release, or of the one setting that is named.

    Raises WrongUse, with the nearest names, for a setting that there is none of.
    """
    if setting is None:
        return rule
    named = {name.casefold(): name for name in settings()}
    if setting.casefold() not in named:
        raise unknown("Rule", setting, settings())
    return partial(_named, named[setting.casefold()])


def _named(setting: str, measure: Measure, year: int) -> Rule:
    """The part of a setting for the release of a measure; its first part if it has none for it. Its years do not matter."""
    rows = [(row, rule) for row, rule in _rows() if rule.setting == setting]
    return next((rule for row, rule in rows if measure.release in row["releases"].split("|")), rows[0][1])
