"""How things are said of links: shares, counts of children, and the page in a few sentences."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from virtualschool.publish.rounding import rounded
from virtualschool.reports import wording
from virtualschool.reports.blocks import Column

GROUP_WORDS = {
    "la": "Authority",
    "sex": "Sex",
    "age_band": "Age",
    "ethnic_group": "Ethnic group",
    "unaccompanied": "Unaccompanied asylum-seeking",
    "placement_type": "Placement",
    "out_of_authority": "Where placed",
}
VALUE_WORDS = {
    ("unaccompanied", "yes"): "unaccompanied",
    ("unaccompanied", "no"): "not unaccompanied",
    ("out_of_authority", "yes"): "outside the authority",
    ("out_of_authority", "no"): "inside the authority",
}
ENOUGH = 10
"""Children of whom a group must have so many before it is named as the least linked; of many small groups one is low by chance."""
NONE = "z"
"""Stands where there is no number."""


def column(title: str, unit: str = "count", decimals: int = 0) -> Column:
    """A column of numbers."""
    return Column(title, unit, decimals)


def percent(share: float | None, decimals: int = 1) -> Decimal | str:
    """A share as the cell of a column of percentages."""
    return NONE if share is None else rounded(Fraction(share) * 100, decimals)


def number(value: float | None, decimals: int) -> Decimal | str:
    return NONE if value is None else rounded(Fraction(value), decimals)


def in_percent(share: float, decimals: int = 1) -> str:
    """A share in a sentence: 93.1%; never 100.0% for what is not all, nor 0.0% for what is something."""
    value = rounded(Fraction(share) * 100, decimals)
    least = Decimal(1).scaleb(-decimals)
    if share < 1 and value == 100:
        return f"more than {100 - least}%"
    return f"less than {least}%" if share > 0 and value == 0 else f"{wording.number(value, decimals)}%"


def one_child(count: int, one: str, many: str) -> str:
    """`1 child waits`, `12 children wait`."""
    return f"{wording.several(count, 'child', 'children')} {one if count == 1 else many}"


def value_in_words(group: str, value: str, names: Mapping[str, str]) -> str:
    return names.get(value, value) if group == "la" else VALUE_WORDS.get((group, value), value)


def sentences(said: Mapping[str, Any]) -> Iterator[str]:
    """The page in short."""
    if not said["children"]:
        yield "The store holds no return, so there is nobody to link."
        return
    school = said["school_age"]
    first = f"{one_child(said['children'], 'is', 'are')} in the returns; {said['linked']:,} of them are linked to a pupil."
    if school["children"]:
        first += f" Of the {school['children']:,} of school age, {school['linked']:,} are ({in_percent(school['match_rate'])})."
    yield first
    yield from least_linked(said)
    if said["precision"] is not None and said["recall"] is not None:
        yield (
            f"Against the truth, {in_percent(said['precision'], 2)} of the links are right (precision), and "
            f"{in_percent(said['recall'], 1)} of the children who have a pupil are linked to it (recall)."
        )
        whole = said["calibration"]["linked"]
        if whole["links"]:
            yield (
                f"Likely links say of themselves that they are {in_percent(whole['said'])} sure on average, and "
                f"{in_percent(whole['precision'])} of them are right."
            )
    yield from furthest(said)


def least_linked(said: Mapping[str, Any]) -> Iterator[str]:
    """The group of school age whose match rate lies clearly below that of all, if there is one: the lowest."""
    whole = said["school_age"]["match_rate"]
    below = [
        row
        for row in said["by_group"]
        if row["group"] != "la"
        and row["value"] != "not known"
        and row["school_age"]["children"] >= ENOUGH
        and row["school_age"]["high"] < (whole or 0)
    ]
    if below:
        row = min(below, key=lambda row: row["school_age"]["match_rate"])
        of = row["school_age"]
        words = f"{value_in_words(row['group'], row['value'], said['la_names'])} ({GROUP_WORDS[row['group']].lower()})"
        yield (
            f"Of school age, least often linked: {words}, {of['linked']:,} of {of['children']:,}, {in_percent(of['match_rate'])} against "
            f"{in_percent(whole)} of all. Figures speak for these children less well."
        )


def furthest(said: Mapping[str, Any]) -> Iterator[str]:
    """How far the first headline figure could move, for children who have no link."""
    row = next((row for row in said["bounds"] if row["la"] == "all" and row["value"] is not None), None)
    if row is None:
        return
    title = f"{row['title']} of {row['year']}"
    if not row["without_link"]:
        yield f"{title}: every child who would count has a link, so that nothing can move it for want of links."
        return
    sign = "%" if row["unit"] == "percent" else ""
    yield (
        f"{title} is {row['value']}{sign} for linked children. If the {one_child(row['without_link'], 'who has', 'who have')} no link did "
        f"as badly as can be it would be {row['low']}{sign}, and as well as can be, {row['high']}{sign}."
    )
