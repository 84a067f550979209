"""Progress 8: a pupil's Attainment 8 beside the mean of pupils nationally with like results at key stage 2, divided by ten.

The national means come from DfE's table for the year (final before revised before provisional; never an unofficial one).
Where there is none, or the store is of an invented country, they come from the store's own pupils, but only if it holds about
the whole national cohort. With the store's own means the floor on extreme scores is set as DfE sets it, from 2018; with DfE's
table the floors are not known, and scores stand as they are. The scores of the four elements are worked out in the same way, each from
its own mean, and divided by the slots that make it up; they have no floor, since none was found for them.

Source: DfE, Progress 8 ready reckoner and its SQL; DfE, Secondary accountability measures guide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from virtualschool import codes
from virtualschool.outcomes.exact import exact
from virtualschool.outcomes.own_cohort import SIX, Group, groups, is_national
from virtualschool.tables import SCORE

MISSING_YEARS = {
    2020: "exams of 2020 were cancelled",
    2021: "exams of 2021 were cancelled",
    2025: "these pupils had no key stage 2 tests in 2020",
    2026: "these pupils had no key stage 2 tests in 2021",
}
FIRST_YEAR = 2016
FIRST_FLOOR = 2018
STATUSES = ("final", "revised", "provisional")
PER = 10

ELEMENTS = {"english": 2, "maths": 2, "ebacc": 3, "open": 3}
"""The elements, each with the slots that its score is divided by."""

GROUPS = ibis.table(
    {"group": "int32", "estimate": SCORE, "floor": SCORE, **{f"estimate_{name}": SCORE for name in ELEMENTS}}, name="progress_8_groups"
)
"""The prior attainment groups of one year: their estimates of Attainment 8 and its elements, and the lowest score that counts (null:
none)."""

SOURCE = ibis.table({"source": "string", "held": "boolean"}, name="progress_8_source")
"""One row: where the year's estimates come from, or why there are none; whether there are any."""


@dataclass(frozen=True)
class Estimates:
    """The estimates of a year and where they come from (`source`); no groups if there are none, and then why."""

    groups: tuple[Group, ...]
    source: str
    elements: Mapping[int, Mapping[str, Decimal]] = field(default_factory=dict)
    """The estimate of each element, by group; empty where they are not known."""


def why_not(year: int) -> str | None:
    """Why Progress 8 does not exist in a year, or None where it does."""
    if year < FIRST_YEAR:
        return f"Progress 8 begins in {FIRST_YEAR}."
    if year in MISSING_YEARS:
        return f"There is no Progress 8 in {year}: {MISSING_YEARS[year]}."
    return None


def official(year: int) -> Estimates | None:
    """DfE's estimates of a year, of the best status there is; None where no official table is held."""
    rows = [row for row in codes.load("attainment8_estimates") if row["year"] == str(year)]
    for status in STATUSES:
        if found := [row for row in rows if row["status"] == status]:
            made = (Group(int(row["group"]), 0, Decimal(row["attainment_8"]), None) for row in found)
            elements = {int(row["group"]): {name: Decimal(row[name]) for name in ELEMENTS} for row in found if row["english"]}
            return Estimates(tuple(made), f"official ({status})", elements)
    return None


def official_years() -> tuple[int, ...]:
    """The years with official estimates, in order."""
    return tuple(sorted({int(row["year"]) for row in codes.load("attainment8_estimates") if row["status"] in STATUSES}))


def own(
    year: int,
    counts: list[tuple[int, Decimal, int]],
    elements: Mapping[int, Mapping[str, Decimal]] | None = None,
    *,
    held: dict[str, int],
    printed: dict[str, int],
    invented: bool,
) -> Estimates:
    """Estimates from the store's own modelled pupils, if the store holds about as many pupils as were printed.

    `elements` are the means of the elements of the same pupils, by group. `held` and `printed` are pupils by what they are pupils of
    (attainment_8, progress_8); each that is printed must agree.
    """
    lack = "DfE's estimates are not for invented authorities" if invented else f"no official estimates of {year} are held"
    if "attainment_8" not in printed:
        return Estimates((), f"No estimates: {lack}, and no national number of pupils is held to compare the store's own with.")
    for name, number in sorted(printed.items()):
        if not is_national(held.get(name, 0), number):
            what = "pupils with Progress 8" if name == "progress_8" else "state-funded pupils at the end of key stage 4"
            return Estimates((), f"No estimates: {lack}, and the store holds {held.get(name, 0):,} of {number:,} {what}.")
    return Estimates(tuple(groups(counts, per=PER, with_floor=year >= FIRST_FLOOR)), "store", elements or {})


def element_means(sums: Iterable[dict]) -> dict[int, dict[str, Decimal]]:
    """The mean of each element by group, six decimals, from rows with `group`, and `sum_` and `n_` of each element."""
    found: dict[int, dict[str, Decimal]] = {}
    with localcontext() as context:
        context.prec = 40
        for row in sums:
            found[row["group"]] = {
                name: (Decimal(row[f"sum_{name}"]) / row[f"n_{name}"]).quantize(SIX, ROUND_HALF_UP) for name in ELEMENTS if row[f"n_{name}"]
            }
    return found


def table(estimates: Estimates) -> pa.Table:
    """The rows of GROUPS."""
    found = estimates.groups
    return pa.table(
        {
            "group": pa.array([group.number for group in found], pa.int32()),
            "estimate": pa.array([group.estimate for group in found], pa.decimal128(18, 6)),
            "floor": pa.array([group.floor for group in found], pa.decimal128(18, 6)),
            **{
                f"estimate_{name}": pa.array([estimates.elements.get(group.number, {}).get(name) for group in found], pa.decimal128(18, 6))
                for name in ELEMENTS
            },
        }
    )


def with_progress(pupils: ir.Table) -> ir.Table:
    """The pupils with attainment_8_estimate and progress_8_results, from attainment_8, prior_group and counts (in the calculation).

    Also progress_8_<element>_results, where the pupils have the elements of Attainment 8.
    """
    found = pupils.left_join(GROUPS, [("prior_group", "group")])
    if "attainment_8_english" in found.columns:
        scores = {name: element_score(found[f"attainment_8_{name}"], found[f"estimate_{name}"], slots) for name, slots in ELEMENTS.items()}
        found = found.mutate(
            **{
                f"progress_8_{name}_results": ibis.ifelse(found.counts.fill_null(False), score, ibis.null(SCORE))
                for name, score in scores.items()
            }
        )
    difference = found.attainment_8.cast(SCORE) - found.estimate
    progress = exact(difference.cast("decimal(12, 6)") * ibis.literal(Decimal("0.1"), type="decimal(2, 1)"), SCORE)
    capped = ibis.ifelse((progress < found.floor).fill_null(False), found.floor, progress)
    return found.mutate(
        attainment_8_estimate=found.estimate,
        progress_8_results=ibis.ifelse(found.counts.fill_null(False), capped, ibis.null(SCORE)),
    ).drop("group", "estimate", "floor", *(f"estimate_{name}" for name in ELEMENTS))


def element_score(score: ir.Value, estimate: ir.Value, slots: int) -> ir.Value:
    """An element of Progress 8: what the element's points differ from the estimate, by slot; DECIMAL, six decimals."""
    difference = exact(score.cast(SCORE) - estimate, SCORE)
    if slots == 2:
        return exact(difference.cast("decimal(12, 6)") * ibis.literal(Decimal("0.5"), type="decimal(2, 1)"), SCORE)
    # A third of millionths is never a tie, so that any way of rounding gives the same.
    millionths = (difference.cast("decimal(12, 6)") * ibis.literal(Decimal(1_000_000), type="decimal(7, 0)")).cast("int64")
    return (millionths / (slots * 1_000_000)).cast(SCORE)


def source_table(estimates: Estimates) -> pa.Table:
    """The row of SOURCE."""
    return pa.table({"source": pa.array([estimates.source], pa.string()), "held": pa.array([bool(estimates.groups)], pa.bool_())})


def with_source(pupils: ir.Table) -> ir.Table:
    """The pupils with progress_8 and progress_8_source, beside the columns that `with_progress` adds.

    In a file that gives DfE's scores, a pupil without one does not count in Progress 8.
    """
    found = with_progress(pupils).cross_join(SOURCE)
    source = ibis.cases(
        (found.progress_8_dfe.notnull(), "dfe"),
        (found.dfe_scores, "DfE gives no score: the pupil does not count in Progress 8."),
        (found.progress_8_results.notnull() | ~found.held, found.source),
        (found.prior_group.isnull(), "There is no key stage 2 result."),
        (found.attainment_8.isnull(), "There is no Attainment 8."),
        else_="The pupil does not count in Progress 8.",
    )
    worked = ibis.ifelse(found.dfe_scores, ibis.null(SCORE), found.progress_8_results)
    # A file with DfE's scores may lack those of the elements; then ours stand beside DfE's Progress 8 for the pupils who have one.
    given = found.dfe_scores & found.progress_8_dfe.isnull()
    elements = {
        f"progress_8_{name}": ibis.coalesce(
            found[f"progress_8_{name}_dfe"], ibis.ifelse(given, ibis.null(SCORE), found[f"progress_8_{name}_results"])
        )
        for name in ELEMENTS
    }
    return found.mutate(progress_8=ibis.coalesce(found.progress_8_dfe, worked), **elements, progress_8_source=source).drop(
        "source",
        "held",
        "in_model",
        "counts",
        "dfe_scores",
        *(f"progress_8_{name}_{whose}" for name in ELEMENTS for whose in ("dfe", "results")),
    )


def in_words(estimates: Estimates, year: int) -> str:
    """Where the estimates of a year come from, as a note of the build."""
    if not estimates.groups:
        return estimates.source
    if estimates.source == "store":
        return "estimates from the pupils of this store, which holds about the whole national cohort."
    floors = (
        " DfE's floors on extreme scores are not published: scores worked out here are before the floor." if year >= FIRST_FLOOR else ""
    )
    return f"{estimates.source} estimates.{floors}"
