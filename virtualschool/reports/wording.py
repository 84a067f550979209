"""How a figure is said: the number with its unit, its interval, and what can be told beside another figure.

A sentence says no more than the figures do. Where chance alone could make the difference we cannot tell whether the two
differ, and the sentence says so.
"""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

SYMBOLS = {
    "c": "hidden, because it is about few children or would show such a figure",
    "k": "rounds to zero, but is not zero",
    "u": "rests on too few children to be relied on",
    "x": "not available",
    "z": "not applicable",
}
"""What stands in the place of a number, as in the government's statistics."""

OLDER = {".": "z", "..": "x", ":": "x", "-": "x", "~": "k", "low": "k"}
"""Symbols of older releases and of LAIT, by those of today; DfE prints `.` for not applicable and `-` or `:` for not available."""

SHORT = {"c": "hidden", "k": "near 0", "u": "unreliable", "x": "not available", "z": "not applicable"}

COMPARATORS = {
    "england": "England",
    "region": "its region",
    "neighbours": "its statistical neighbours",
}


def number(value: Any, decimals: int) -> str:
    """The value with so many decimals, a comma for thousands and a true minus sign."""
    return f"{Decimal(str(value)):,.{decimals}f}".replace("-", "−")


def amount(value: Any, measure: Any) -> str:
    """A value in its unit, short: `34.0%`, `24.3`."""
    return number(value, measure.decimals) + ("%" if measure.unit == "percent" else "")


def gap(difference: Any, measure: Any) -> str:
    """The size of a difference, in words: `2.1 percentage points`, `0.31 points`."""
    size = abs(Decimal(str(difference)))
    unit = {"percent": "percentage point", "points": "point", "score": "point"}.get(measure.unit, "")
    if not unit:
        return number(size, measure.decimals)
    return f"{number(size, measure.decimals)} {unit}{'' if size == 1 else 's'}"


def unit_word(measure: Any) -> str:
    """The unit that stands after a number; a percentage has its sign, a score none."""
    return "points" if measure.unit == "points" else ""


def axis(measure: Any) -> str:
    return "Percent" if measure.unit == "percent" else measure.unit[:1].upper() + measure.unit[1:]


def interval(row: Mapping[str, Any], measure: Any) -> str:
    """`95% interval 17.0 to 21.6`, or nothing when there is none."""
    if row["low"] is None or row["high"] is None:
        return ""
    return f"95% interval {amount(row['low'], measure)} to {amount(row['high'], measure)}"


def reason(row: Mapping[str, Any]) -> str:
    """Why there is no figure, as a sentence."""
    why = row.get("note") or SYMBOLS.get(of_today(row.get("symbol") or ""), "not known")
    return sentence(why)


def of_today(symbol: str) -> str:
    """A symbol as it is written today; one that nobody knows says that there is no figure."""
    found = OLDER.get(symbol, symbol)
    return found if found in SYMBOLS or not found else "x"


def sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def standing(row: Mapping[str, Any], measure: Any, name: str) -> str:
    """How a figure stands to a comparator: above, below, cannot tell, or unknown.

    Above and below are said when the 95% interval of the difference does not reach nought. That interval is put together from
    those of the two figures (Newcombe's method: distances to the limits add up as squares); a comparator whose limits are not
    known (`<name>_low`, `<name>_high`) is taken as exact. A figure without an interval cannot be told from another.
    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions (1998).
    """
    value, other = row["value"], row.get(f"{name}_value")
    if value is None or other is None:
        return "unknown"
    if row["low"] is None or row["high"] is None:
        return "cannot tell"
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if value > other:
        doubt = math.hypot(value - row["low"], 0 if high is None else high - other)
        return "above" if value - other > doubt else "cannot tell"
    doubt = math.hypot(row["high"] - value, 0 if low is None else other - low)
    return "below" if other - value > doubt else "cannot tell"


def tone(stands: str, measure: Any) -> str:
    """Whether that is better, worse, or neither."""
    if stands not in ("above", "below") or measure.better == "neither":
        return "neither"
    return "better" if (stands == "above") == (measure.better == "higher") else "worse"


def at_a_glance(stands: str, measure: Any, who: str) -> str:
    """One short line for a card: `Better than England`, `Cannot tell from England`."""
    if stands == "unknown":
        return f"No figure for {who}"
    return f"Cannot tell from {who}" if stands == "cannot tell" else f"{one_word(stands, measure).capitalize()} than {who}"


def one_word(stands: str, measure: Any) -> str:
    """The same in a cell of a table: better, worse, higher, lower, cannot tell, no figure."""
    if stands not in ("above", "below"):
        return "no figure" if stands == "unknown" else stands
    return {"better": "better", "worse": "worse", "neither": "higher" if stands == "above" else "lower"}[tone(stands, measure)]


def comparisons(row: Mapping[str, Any], measure: Any, others: Mapping[str, str]) -> list[str]:
    """A figure beside comparators, in as few sentences as say it: those it differs from, those it may not, those unknown.

    `others` gives each comparator's words: {"england": "England"}.
    """
    said = []
    known = {name: who for name, who in others.items() if row.get(f"{name}_value") is not None}
    if row["value"] is None:
        named = listed([f"{who} {amount(row[f'{name}_value'], measure)}" for name, who in known.items()])
        return [sentence(named)] if known else []
    doubt = [name for name in known if standing(row, measure, name) == "cannot tell"]
    for stands, way in (("above", "Higher"), ("below", "Lower")):
        apart = [name for name in known if standing(row, measure, name) == stands]
        if apart:
            named = listed([f"{known[name]} ({amount(row[f'{name}_value'], measure)})" for name in apart])
            sizes = listed(
                [number(abs(_difference(row, name)), measure.decimals) for name in apart[:-1]] + [gap(_difference(row, apart[-1]), measure)]
            )
            said.append(f"{way} than {named} by {sizes}, more than chance alone would usually make.")
    if doubt:
        named = listed([f"{known[name]} ({amount(row[f'{name}_value'], measure)})" for name in doubt], "or")
        why = "it has no interval" if row["low"] is None else "chance alone could make the difference"
        said.append(f"We cannot tell whether it differs from {named}: {why}.")
    if missing := [who for name, who in others.items() if name not in known]:
        said.append(f"No figure for {listed(missing)}.")
    return said


def _difference(row: Mapping[str, Any], name: str) -> Decimal:
    known = row.get(f"{name}_difference")
    return Decimal(str(known)) if known is not None else Decimal(str(row["value"])) - Decimal(str(row[f"{name}_value"]))


def change(first: Mapping[str, Any], last: Mapping[str, Any]) -> str:
    """What the first and last year of a trend allow to be said, in a title's few words."""
    since = f"{first['year']}"
    if first["year"] == last["year"]:
        return f"only {since} has a figure"
    if any(row[limit] is None for row in (first, last) for limit in ("low", "high")):
        return f"{since} to {last['year']}"
    if last["low"] > first["high"]:
        return f"higher in {last['year']} than in {since}"
    if last["high"] < first["low"]:
        return f"lower in {last['year']} than in {since}"
    return f"no clear change from {since} to {last['year']}"


def several(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" {last} " + words[-1] if words else ""
