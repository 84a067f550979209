"""What the measures made from the looked-after children return have in common: shares of children, hidden as DfE's release on
children looked after hides them, over no pupils of schools."""

from typing import Any

from virtualschool.measures.measure import Measure

GUIDANCE = "DfE, Children looked after in England: data guidance"


def share(name: str, title: str, meaning: str, reached: Any, eligible: Any = True, *, better: str = "lower", **more: Any) -> Measure:
    """The percentage of children `eligible` who `reached`; a child of whom either is not known does not count."""
    given: dict[str, Any] = {
        "unit": "percent",
        "decimals": 0,
        "release": "looked after",
        "first_year": 2016,
        "of_schools": False,
        "of_pupils": False,
    }
    return Measure(name=name, title=title, meaning=meaning, eligible=eligible, numerator=reached, better=better, **(given | more))


def events(name: str, title: str, meaning: str, number: Any, eligible: Any = True, *, better: str = "lower", **more: Any) -> Measure:
    """Events pooled over the children `eligible`, over children or over other events."""
    given: dict[str, Any] = {"unit": "number", "decimals": 1, "interval": "ratio", "counts": "events"}
    return share(name, title, meaning, number, eligible, better=better, **(given | more))
