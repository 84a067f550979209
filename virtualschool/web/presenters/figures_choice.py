"""What someone chose to see: measures, years, cohort, schools, filters, a breakdown. The address holds all of it and nothing else.

    measure=attainment_8&since=2022&year=2026&cohort=march&schools=all&sex=female&age=10-15&by=sen

A key that stands several times is several values; each column that people may filter by (`benchmarks.FILTERS`) is a key. A number may
be a span, 10-15. For the public one filter has one value, and filters and breakdown are two columns at most, since everything is
hidden over the whole table of those columns.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from virtualschool import codes, measures
from virtualschool.benchmarks.request import COHORTS, FILTERS
from virtualschool.errors import WrongUse, unknown

MOST_MEASURES = 12
MOST_COLUMNS = 2
"""Columns that a figure for the public is filtered and broken down by, at most."""
SHOWN_FOR = "for"
"""The key that asks for what the public may see: `for=public`."""


@dataclass(frozen=True)
class Choice:
    """One choice, whoever made it. `filters` has the words of each column as they stand in the address."""

    measures: tuple[str, ...] = ()
    year: int | None = None
    since: int | None = None
    cohort: str = ""
    schools: str = "state"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    together: int = 1
    la: str = ""
    """A place, for those who belong to none."""
    public: bool = False

    @property
    def measure(self) -> str:
        return self.measures[0] if self.measures else ""

    @property
    def where(self) -> str:
        """The filters in the words of `--where`."""
        return " and ".join(test for name, values in self.filters.items() for test in tests(name, values))

    @property
    def why_not_public(self) -> str:
        """Why the public may not see figures of this choice, as a sentence; empty where it may."""
        if self.schools != "state":
            return "Figures for everyone are of state-funded schools, as DfE's are."
        if len({*self.filters, *self.by}) > MOST_COLUMNS:
            return f"Figures for everyone take {MOST_COLUMNS} columns at once, filters and breakdown together."
        if any(len(values) > 1 or is_span(name, values[0]) for name, values in self.filters.items()):
            return "Figures for everyone take one value of a column at a time."
        if set(self.filters) & set(self.by):
            return "A figure for everyone is not broken down by a column that it is filtered by."
        return ""

    def asked(self) -> dict[str, Any]:
        """Cohort and schools, as questions take them."""
        return {"cohort": self.cohort or None, "schools": self.schools}

    def pairs(self) -> list[tuple[str, str]]:
        """The choice as it stands in an address, always in the same order."""
        plain = (
            ("la", self.la),
            ("since", self.since),
            ("year", self.year),
            ("cohort", self.cohort),
            ("schools", self.schools if self.schools != "state" else ""),
            ("together", self.together if self.together > 1 else ""),
            (SHOWN_FOR, "public" if self.public else ""),
        )
        found = [("measure", name) for name in self.measures] + [(name, str(value)) for name, value in plain if value]
        found += [(name, value) for name, values in self.filters.items() for value in values]
        return found + [("by", name) for name in self.by]

    def query(self, **changed: Any) -> str:
        """The query of an address, with some parts changed: `?measure=attainment_8&year=2026`."""
        pairs = replace(self, **changed).pairs()
        return f"?{urlencode(pairs)}" if pairs else ""

    def without(self, column: str, value: str) -> "Choice":
        left = {name: tuple(one for one in values if (name, one) != (column, value)) for name, values in self.filters.items()}
        return replace(self, filters={name: values for name, values in left.items() if values})


def of(query: Any) -> Choice:
    """The choice of an address's query. Raises WrongUse for what there is none of."""
    names = tuple(dict.fromkeys(measures.named(name).name for name in query.getlist("measure") if name))[:MOST_MEASURES]
    year, since = year_of(query.get("year")), year_of(query.get("since"))
    if year and since and since > year:
        year, since = since, year
    return Choice(
        measures=names,
        year=year,
        since=since if since != year else None,
        cohort=known("Cohort", query.get("cohort") or "", ("", *COHORTS)),
        schools=known("Schools", query.get("schools") or "state", ("state", "all")),
        filters=filters_of(query),
        by=tuple(dict.fromkeys(known("Column", name, FILTERS) for name in query.getlist("by") if name)),
        together=min(max(int(text), 1), 5) if (text := query.get("together") or "").isdigit() else 1,
        la=(query.get("la") or "")[:12],
        public=query.get(SHOWN_FOR) == "public",
    )


def filters_of(query: Any) -> dict[str, tuple[str, ...]]:
    """The values of each column that is filtered by, in the order of the columns."""
    found = {name: tuple(dict.fromkeys(value.strip() for given in query.getlist(name) for value in parts(name, given))) for name in FILTERS}
    found = {name: tuple(filter(None, values)) for name, values in found.items()}
    return {name: values for name, values in found.items() if values}


def parts(name: str, given: str) -> list[str]:
    """The values of one field: numbers may be listed with commas."""
    return given.split(",") if FILTERS[name].type == "integer" else [given]


def known(what: str, given: str, choices: Iterable[str]) -> str:
    if given not in (listed := list(choices)):
        raise unknown(what, given, [name for name in listed if name])
    return given


def year_of(text: str | None) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"20\d\d", text):
        raise WrongUse(f"Year '{text}'", "this is not a year.", "Write the year in which the school year ends: 2026.")
    return int(text)


# --- Words of --where ---


def tests(name: str, values: Sequence[str]) -> list[str]:
    """The conditions of one column."""
    if len(values) == 1 and is_span(name, values[0]):
        first, last = values[0].split("-")
        return [f"{name} >= {first}", f"{name} <= {last}"]
    if len(values) == 1:
        return [f"{name} = {quoted(values[0])}"]
    return [f"{name} in ({', '.join(map(quoted, values))})"]


def is_span(name: str, value: str) -> bool:
    return FILTERS[name].type == "integer" and bool(re.fullmatch(r"\d{1,6}-\d{1,6}", value))


def quoted(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'


# --- In words ---

LABELS = {
    "sen": "Special educational needs",
    "fsm": "Free school meals",
    "age": "Age at the start of the school year",
    "ethnic_group": "Ethnic group",
    "disability": "Disabled",
    "unaccompanied": "Unaccompanied asylum seeker",
    "age_band": "Age band, 31 March",
    "placement_type": "Kind of placement",
    "placement_provider": "Placement provider",
    "placement_la": "Authority of the placement",
    "out_of_authority": "Placed outside the authority",
    "distance_band": "Distance from home",
    "entered": "Came into care before or during the key stage",
    "sdq_score": "SDQ score",
    "sdq_band": "SDQ band",
    "sdq_reason": "Why there is no SDQ score",
    "sdq_year": "Year of the SDQ score",
    "route_sen": "Special needs when last at school",
    "route_english_maths": "English and maths at grade 4, end of key stage 4",
    "route_placement": "Last placement in care",
    "route_age_at_entry": "Age when care began",
    "route_length_of_care": "Length of the last period of care",
    "leaving_eligibility": "Leaving care eligibility",
    "school": "School (URN)",
    "school_la": "Authority of the school",
}
VALUES = {
    ("sen", "none"): "no SEN",
    ("sen", "support"): "SEN support",
    ("sen", "EHCP"): "EHC plan",
    ("route_sen", "none"): "no SEN",
    ("route_sen", "support"): "SEN support",
}
GROUPS = {
    "The child": (
        "sex", "age", "year_group", "ethnic_group", "ethnicity", "language", "fsm", "sen", "primary_need", "disability", "unaccompanied",
    ),
    "Care": (
        "placement_type", "placement_provider", "out_of_authority", "distance_band", "legal_status", "category_of_need", "length_of_care",
        "entered", "age_band", "age_at_entry", "placements_in_year", "placement_changed", "sdq_band", "social_workers_in_year",
    ),
    "School": ("school_type", "school_phase", "school_inspection", "school_moves"),
    "Care leavers": (
        "route_english_maths", "route_sen", "route_placement", "route_age_at_entry", "route_length_of_care", "leaving_eligibility",
    ),
}  # fmt: skip
"""What the form offers; an address may name any column."""


def label(column: str) -> str:
    return LABELS.get(column) or column.replace("_", " ").capitalize()


def words(column: str, value: Any) -> str:
    """A value of a column in words."""
    return "not known" if value is None else VALUES.get((column, str(value)), str(value))


def cohort_words(name: str) -> str:
    return next((f"Children {row['words']}" for row in codes.load("cohorts") if row["cohort"] == name), name).replace(
        "Children care", "Care"
    )
