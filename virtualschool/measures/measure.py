"""A measure: what we work out for a group of children, as one object with its expression, its words and its years."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import ibis
import ibis.expr.operations as operations

from virtualschool import tables, years
from virtualschool.store import sql

INTERVALS = {
    "wilson": "Wilson's 95% interval for a proportion.",
    "t": "95% interval of a mean by Student's t.",
    "dfe_progress": "DfE's 95% interval: mean ± 1.96 × national standard deviation ÷ √pupils.",
    "ratio": "95% interval of a ratio of two totals, over pupils.",
    "none": "No interval.",
}
CHOICES = {
    "interval": tuple(INTERVALS),
    "unit": ("percent", "points", "score", "number"),
    "better": ("higher", "lower", "neither"),
    "counts": ("pupils", "events", "points", "sessions"),
    "cohort": ("12months", "march", "year", "leavers"),
}

ONCE = ("at_ks", "at_early_years", "at_multiplication", "at_post_16", "phonics")
"""What the columns begin with that say who is at the end of a stage: a child is there in one year only."""


@dataclass(frozen=True, eq=False)
class Measure:
    """One measure of a group: the sum of `numerator` over the sum of `denominator`, of those who are `eligible`.

    The three are Ibis expressions over a row of `children` (and, if `of_pupils`, of `pupils`), written with `_`. A row in which
    either is null does not count. A percentage is kept as a fraction; `publish` turns it into percent with `decimals` places.
    """

    name: str
    title: str
    meaning: str
    eligible: Any
    numerator: Any
    unit: str
    better: str
    first_year: int
    source: str
    denominator: Any = 1
    interval: str = "wilson"
    decimals: int = 1
    last_year: int | None = None
    missing_years: Mapping[int, str] = field(default_factory=dict)
    """Years in between in which it cannot exist, each with the reason as a sentence."""
    after_last_year: str = ""
    """Why it ends with `last_year`."""
    counts: str = "pupils"
    """What the numerator counts. Small counts of pupils and events are hidden; totals of points and sessions are not counts."""
    shares: str = ""
    """The whole that it makes up with the other measures of the same word, so that all but one of them give the last away."""
    release: str = "attainment"
    """The DfE release whose hiding it follows: a row of codes/disclosure.csv."""
    national_sd: str = ""
    """For `dfe_progress`: the series of codes/ that holds the national standard deviation."""
    unadjusted: Any = None
    """For `dfe_progress`: a pupil's score before the floor on extreme scores, from which the national deviation is worked out."""
    origin: str = ""
    """The column that says where each value came from, or why there is none; the figure repeats it."""
    cohort: str = "12months"
    of_schools: bool = True
    """Counted over pupils of schools, so that `--schools` applies."""
    of_pupils: bool = True
    """Can be worked out for all pupils too."""
    of_children: bool = True
    """Can be worked out from children's records; without it, figures are those that DfE printed and no others."""
    own_records: str = ""
    """Which records that authorities bring of their own accord it rests on (plans, payments …): it is worked out of a place only where
    every authority of it has brought some."""
    uncertain: str = ""
    """What of the definition is not settled by a source that was found, in sentences."""
    awaits: str = ""
    """Why there is no figure yet, as a sentence: what it needs is in no file that is read. It has its place nevertheless."""

    def __post_init__(self) -> None:
        for name, choices in CHOICES.items():
            if (got := getattr(self, name)) not in choices:
                raise ValueError(f"Measure '{self.name}': `{name}` must be one of {', '.join(choices)}, got '{got}'.")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name) or "__" in self.name:
            raise ValueError(f"Measure '{self.name}': `name` must be small letters, digits and single underscores.")
        for name in ("title", "meaning", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"Measure '{self.name}': `{name}` must say something, got nothing.")
        if not 0 <= self.decimals <= 4:
            raise ValueError(f"Measure '{self.name}': `decimals` must be from 0 to 4, got {self.decimals}.")
        if self.last_year is not None and self.last_year < self.first_year:
            raise ValueError(f"Measure '{self.name}': `last_year` must not be before {self.first_year}, got {self.last_year}.")
        if strange := [year for year in self.missing_years if not self.first_year < year or (self.last_year and year >= self.last_year)]:
            raise ValueError(f"Measure '{self.name}': `missing_years` must lie between the first and the last year, got {strange[0]}.")
        if self.interval == "dfe_progress" and not self.national_sd:
            raise ValueError(f"Measure '{self.name}': `national_sd` must name a series when the interval is dfe_progress.")

    def exists_for(self, year: int) -> bool:
        return not self.why_not(year)

    def why_not(self, year: int) -> str:
        """Why the measure cannot exist in a year, as a sentence; empty if it can."""
        if year < self.first_year:
            return f"{self.title} begins with {self.first_year}."
        if self.last_year is not None and year > self.last_year:
            return f"{self.title} ends with {self.last_year}. {self.after_last_year}".strip()
        return self.missing_years.get(year, "")

    @property
    def years_in_words(self) -> str:
        """`from 2016, without 2020 and 2021`"""
        span = f"from {self.first_year}" + (f" to {self.last_year}" if self.last_year else "")
        return span + (f", without {years.runs(self.missing_years)}" if self.missing_years else "")

    def columns(self, table: ibis.Table) -> tuple[ibis.Value, ibis.Value]:
        """Numerator and denominator of each row of a table, exact decimals; null where the row does not count."""
        eligible, numerator, denominator = (
            value if isinstance(value, ibis.Value) else ibis.literal(value)
            for value in (part.resolve(table) if hasattr(part, "resolve") else part for part in self.parts)
        )
        counts = eligible & known(numerator) & known(denominator)
        return tuple(  # type: ignore[return-value]
            ibis.ifelse(counts, decimal(value), ibis.null("decimal(18, 6)")) for value in (numerator, denominator)
        )

    @cached_property
    def counts_once(self) -> bool:
        """Whether a child counts in one year only, as at the end of a key stage; in other measures the same children come again."""
        eligible = self.eligible.resolve(children()) if hasattr(self.eligible, "resolve") else None
        if eligible is None:
            return False
        return any(field.name.startswith(ONCE) for field in eligible.op().find(operations.Field))

    @property
    def parts(self) -> tuple:
        return self.eligible, self.numerator, self.denominator

    @cached_property
    def sql(self) -> str:
        """What it compiles to over `children` on the embedded engine."""
        # Compiling takes time by the columns of the table, so the table has only those that are used.
        whole = children()
        used = {field.name for part in self.columns(whole) for field in part.op().find(operations.Field)} or {"la"}
        table = ibis.table({name: kind for name, kind in whole.schema().items() if name in used}, name="children")
        numerator, denominator = self.columns(table)
        return sql(table.select(numerator.name("n"), denominator.name("d")))

    @property
    def definition(self) -> str:
        """The SQL of its two columns."""
        from virtualschool import measures  # All are compiled together, and this module comes before them.
        from virtualschool.measures.facts import definitions

        if measures.ALL.get(self.name) is self and self.of_children:
            return definitions()[self.name]
        return self.sql

    @cached_property
    def version(self) -> str:
        """A short hash of its SQL and words: another definition is another version."""
        said = [self.name, self.title, self.meaning, self.unit, self.better, self.interval, str(self.decimals), self.years_in_words]
        said += [f"{year} {why}" for year, why in sorted(self.missing_years.items())]
        said += [self.release, self.counts, self.cohort, self.source, *filter(None, [self.uncertain, self.awaits]), self.definition]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]

    def describe(self) -> dict[str, Any]:
        """What `measures` says of it; JSON-ready."""
        return {
            "name": self.name,
            "title": self.title,
            "meaning": self.meaning,
            "unit": self.unit,
            "better": self.better,
            "decimals": self.decimals,
            "interval": INTERVALS[self.interval],
            "cohort": self.cohort,
            "years": self.years_in_words,
            "first_year": self.first_year,
            "last_year": self.last_year,
            "missing_years": {str(year): why for year, why in sorted(self.missing_years.items())},
            "all_pupils": self.of_pupils,
            "source": self.source,
            "uncertain": self.uncertain,
            "version": self.version,
        }


@cache
def children() -> ibis.Table:
    return tables.children.ibis()


def known(value: ibis.Value) -> ibis.Value:
    """Whether a value is known. `NOT x IS NOT NULL` is read as `NOT (x IS NOT NULL)`, so that a denial is asked of what it denies."""
    while isinstance(value.op(), operations.Not):
        value = value.op().arg.to_expr()
    return value.notnull()


def decimal(value: ibis.Value) -> ibis.Value:
    return (value.cast("int32") if value.type().is_boolean() else value).cast("decimal(18, 6)")
