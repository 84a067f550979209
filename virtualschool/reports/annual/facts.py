"""What the annual report knows: published figures of one authority and year, what people recorded, and what they wrote.

Figures are asked for in a few questions, each for all the measures it is about, so that a hundred authorities' reports are no long wait.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from virtualschool.measures import Measure
from virtualschool.publish.counts import counts
from virtualschool.reports.annual.recorded import Line, Recorded
from virtualschool.reports.annual.texts import Text, Texts
from virtualschool.reports.asking import BESIDE, Asked, limits_of_mean
from virtualschool.reports.blocks import Block

BESIDE_ALL = f"{BESIDE},all_pupils"
IN_NEED = ("absence_rate", "persistent_absence", "suspended_once_or_more", "attainment_8", "ks2_rwm")
YEARS = 4
"""The report's year and three before it."""

TRENDED = [
    "absence_rate",
    "persistent_absence",
    "severe_absence",
    "attendance_all_looked_after",
    "suspended_once_or_more",
    "suspension_rate",
    "permanent_exclusion_rate",
    "good_level_of_development",
    "phonics",
    "ks2_rwm",
    "ks2_reading",
    "ks2_writing",
    "ks2_maths",
    "ks2_reading_progress",
    "ks2_writing_progress",
    "ks2_maths_progress",
    "attainment_8",
    "progress_8",
    "english_maths_94",
    "english_maths_95",
    "ebacc_entered",
    "ebacc_aps",
    "pep_in_place",
    "pep_in_time",
    "pep_started_in_10_days",
    "pep_reviewed_each_term",
    "pep_quality",
    "pep_targets_precise",
    "pep_targets_met",
    "pep_child_voice",
    "pep_carer_part",
    "views_recorded",
    "views_changed_something",
    "premium_spent",
    "premium_devolved",
    "premium_effect_recorded",
    "sdq_score",
    "sdq_coverage",
    "sdq_normal",
    "sdq_borderline",
    "sdq_concern",
    "sen_support",
    "ehcp",
    "placements_3_plus",
    "placement_stability",
    "placed_out_of_authority",
    "placed_over_20_miles_outside",
    "school_moved",
    "missing_once_or_more",
    "reviews_all_views_given",
    "reviews_attended",
    "post_16_level_3",
    "post_16_two_level_3",
    "post_16_retained",
    "leavers_in_touch",
    "leavers_eet",
    "leavers_neet",
    "leavers_higher_education",
    "leavers_apprenticeship",
    "leavers_suitable",
    "leavers_17_18_in_touch",
    "leavers_17_18_eet",
    "leavers_17_18_neet",
    "leavers_17_18_apprenticeship",
    "leavers_17_18_suitable",
    "health_assessment",
    "dental_check",
]
PLACED = [
    "absence_rate",
    "persistent_absence",
    "suspended_once_or_more",
    "good_level_of_development",
    "phonics",
    "ks2_rwm",
    "attainment_8",
    "progress_8",
    "english_maths_94",
    "sdq_score",
    "leavers_eet",
    "placement_stability",
    "pep_quality",
]
"""Those set beside each neighbour by itself."""
ROLL = [
    "age_band",
    "sex",
    "ethnic_group",
    "sen",
    "unaccompanied",
    "disability",
    "length_of_care",
    "placement_type",
    "out_of_authority",
    "distance_band",
    "legal_status",
    "school_phase",
    "school_type",
    "school_inspection",
    "placements_in_year",
]
"""The columns by which children looked after on 31 March are counted, one at a time."""
GROUPED = ("absence_rate", "persistent_absence", "suspended_once_or_more", "attainment_8")
"""The measures that are told for groups of children. Of most others a group within one authority is too small to be shown."""
GROUPS = ("school_phase", "placement_type", "out_of_authority", "sex", "sen", "ethnic_group", "unaccompanied")


class Figures(Protocol):
    """Published rows of one authority and year, however they were come by."""

    def trend(self) -> list[dict[str, Any]]: ...
    def places(self) -> list[dict[str, Any]]: ...
    def groups(self, column: str) -> list[dict[str, Any]]: ...
    def in_need(self, cohort: str) -> list[dict[str, Any]]: ...


@dataclass(frozen=True)
class Asking:
    """Those of one report, asked for when they are wanted."""

    asked: Asked

    def trend(self) -> list[dict[str, Any]]:
        held = [year for year in self.asked.years_held if year <= self.asked.year]
        first = max(min(held), self.asked.year - YEARS + 1)
        return self.asked.ask(TRENDED, year=f"{first}-{self.asked.year}", la=self.asked.la, compare=BESIDE_ALL)

    def places(self) -> list[dict[str, Any]]:
        return self.asked.ask(PLACED, year=str(self.asked.year), la=",".join(self.asked.roles))

    def groups(self, column: str) -> list[dict[str, Any]]:
        return self.asked.ask(GROUPED, year=str(self.asked.year), la=self.asked.la, by=column)

    def in_need(self, cohort: str) -> list[dict[str, Any]]:
        return self.asked.ask(IN_NEED, year=str(self.asked.year), la=self.asked.la, cohort=cohort, compare="england")


class Facts:
    """The figures, records and texts of one authority and year, each question asked once and only if something needs it."""

    def __init__(
        self,
        asked: Asked,
        recorded: Recorded,
        texts: Texts,
        given: Mapping[str, Sequence[Block]] | None = None,
        figures: Figures | None = None,
    ) -> None:
        self.asked, self.recorded, self.texts = asked, recorded, texts
        self.figures = figures or Asking(asked)
        self.targets: dict[str, Decimal] = {}
        """Targets of the action plan, by measure."""
        self.given = dict(given or {})
        """Blocks of the application's records, by the name of the item that they fill."""

    @property
    def la_name(self) -> str:
        return self.asked.la_name

    @property
    def year(self) -> int:
        return self.asked.year

    @property
    def is_public(self) -> bool:
        return self.asked.audience == "public"

    def measure(self, name: str) -> Measure:
        found: Measure = self.asked.measures[name]
        return found

    @cached_property
    def trends(self) -> dict[str, list[dict[str, Any]]]:
        """For each measure a row a year, the oldest first; that of the report's year with the limits of its comparators."""
        rows = self.figures.trend()
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in TRENDED}
        for row in rows:
            found[row["measure"]].append(self.limited(row) if row["year"] == self.year else row)
        return found

    def row(self, name: str) -> dict[str, Any]:
        """The row of a measure in the report's year."""
        return next(row for row in self.trends[name] if row["year"] == self.year)

    def has(self, name: str) -> bool:
        """Whether there is a figure, or one that is hidden."""
        row = self.row(name)
        return row["value"] is not None or row["symbol"] == "c"

    @cached_property
    def places(self) -> dict[str, list[dict[str, Any]]]:
        """For each measure that is set beside others the authority, England, the region and each neighbour, with `role`."""
        roles = self.asked.roles
        order = list(roles)
        rows = self.figures.places()
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in PLACED}
        for row in sorted((row for row in rows if row["la"] in roles), key=lambda row: order.index(row["la"])):
            found[row["measure"]].append({**row, "role": roles[row["la"]]})
        return found

    def limited(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row with the limits of its comparators, where these are known."""
        limits: dict[str, Any] = {}
        for name in BESIDE.split(","):
            others = [one for one in self.places.get(row["measure"], ()) if one["role"] == name and one["value"] is not None]
            limits[f"{name}_low"], limits[f"{name}_high"] = limits_of_mean(others)
        return {**row, **limits}

    def groups(self, column: str) -> dict[str, list[dict[str, Any]]]:
        """For each measure of `GROUPED` a row for each value of a column of `GROUPS`, in the report's year."""
        if column not in self._groups:
            rows = self.figures.groups(column)
            self._groups[column] = {name: [row for row in rows if row["measure"] == name] for name in GROUPED}
        return self._groups[column]

    @cached_property
    def _groups(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        return {}

    def in_need(self, cohort: str) -> list[dict[str, Any]]:
        """Rows of children in need (cin) or on a protection plan (cpp), of each measure of `IN_NEED`."""
        return self.figures.in_need(cohort)

    # --- Plain counts of children ---

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many children were looked after: on 31 March, for the twelve months, at any time in the year."""
        row = self.asked.engine.rows(
            "SELECT count(*) FILTER (at_31_march) AS march, count(*) FILTER (looked_after_12_months) AS whole, "
            "count(*) FILTER (in_year) AS ever, count(*) FILTER (at_31_march AND linked) AS linked FROM children WHERE la = ? AND year = ?",
            [self.asked.la, self.year],
        )[0]
        return dict(row)

    @cached_property
    def rolls(self) -> dict[str, list[tuple[str, int]]]:
        """Children looked after on 31 March by each column of `ROLL`: its values with how many, true numbers, for `roll` alone."""
        found: dict[str, list[tuple[str, int]]] = {}
        for column in ROLL:
            rows = self.asked.engine.rows(
                f'SELECT CAST("{column}" AS VARCHAR) AS value, count(*) AS n FROM children WHERE la = ? AND year = ? AND at_31_march '
                "GROUP BY ALL ORDER BY value NULLS LAST",
                [self.asked.la, self.year],
            )
            found[column] = [("not known" if row["value"] is None else str(row["value"]), row["n"]) for row in rows]
        return found

    def roll(self, column: str) -> list[tuple[str, int | str]]:
        """Children looked after on 31 March by a column, as the report's audience may see them."""
        held = self.rolls[column]
        return list(zip([value for value, _ in held], counts([number for _, number in held], self.asked.audience), strict=True))

    def total(self, name: str) -> int | str:
        return counts([self.totals[name]], self.asked.audience)[0]

    # --- What people recorded and wrote ---

    def lines(self, item: str) -> list[Line]:
        """The lines that somebody recorded for an item."""
        return self.recorded.of(item)

    def text(self, name: str) -> Text | None:
        """What a person wrote; for the public, what is about children only once a person checked that none can be known."""
        return self.texts.latest(name)

    def may_show(self, name: str) -> bool:
        """Whether a part about single children or schools may be in this report."""
        return not self.is_public or self.texts.is_checked(name)
