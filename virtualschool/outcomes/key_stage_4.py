"""The end of key stage 4: DfE's pupil-level figures beside ours from results, in one row a pupil."""

from decimal import Decimal

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes import attainment_8, ebacc, prior
from virtualschool.outcomes.ebacc import as_points
from virtualschool.outcomes.rules import Rules
from virtualschool.outcomes.staging import before
from virtualschool.outcomes.who import of_year, one_a_pupil, with_pupil
from virtualschool.tables import POINTS, SCORE

ELEMENTS = ("english", "maths", "ebacc", "open")
FLAGS = ("english_maths_94", "english_maths_95", "ebacc_entered", "ebacc_94", "ebacc_95")
FROM_2017 = ("english_maths_95", "ebacc_94", "ebacc_95")
"""Flags that begin with grades 9 to 1."""
YOUNGER = tuple(str(year) for year in range(1, 11))
"""National curriculum years in which a result is an early one, so that a pupil with results alone is not yet at the end."""


def repeated(*, by_upn: bool = True) -> ir.Table:
    """The pupils and subjects with several results in the year: the rows of attainment_8.REPEATED."""
    return attainment_8.repeated(attainment_8.entries(by_upn=by_upn))


def worked(rules: Rules, *, by_upn: bool = True) -> ir.Table:
    """What the year's results come to, one row a pupil: Attainment 8, its elements, and the measures of the EBacc."""
    return summed(attainment_8.filled(attainment_8.counted(attainment_8.entries(by_upn=by_upn))), rules)


def summed(rows: ir.Table, rules: Rules) -> ir.Table:
    """The same from entries that have been laid into slots."""
    made = rows.group_by("pupil").aggregate(year=rows.year.max(), **attainment_8.elements(rows), **ebacc.parts(rows))
    made = made.mutate(**ebacc.measures(made, rules))
    return made.select(
        "pupil",
        "year",
        attainment_8_results=as_points(made.english + made.maths + made.ebacc + made.open),
        **{f"results_{name}": as_points(made[name]) for name in ELEMENTS},
        **{f"results_{name}": made[name] for name in FLAGS},
        results_ebacc_aps=made.ebacc_aps,
    )


def at_the_end(
    rules: Rules, results: ir.Table, census: ir.Table, *, results_held: bool, by_upn: bool = True, by_upn_ks2: bool = True
) -> ir.Table:
    """The pupils at the end of key stage 4, one row each: both sets of figures, the key stage 2 average and its group.

    `results` is what `worked` gave. A pupil with results and no row of the key stage 4 table is at its end unless the table or the
    census says otherwise. If there are results of the year, one with a row and no results scores nothing, where DfE gives no figure
    that says otherwise.
    """
    rows = of_year(tables.ks4, by_upn=by_upn)
    not_yet = ibis.union(
        rows.filter(~_.end_of_key_stage.fill_null(True)).select(not_yet="pupil"),
        census.filter(_.year_group.isin(YOUNGER)).select(not_yet="pupil"),
        distinct=True,
    )
    rows = rows.filter(_.end_of_key_stage.fill_null(True))
    rows = one_a_pupil(rows.mutate(dfe_scores=rows.progress_8.notnull().any().over(group_by=rows.file)), _.attainment_8.isnull())
    rows = rows.rename(**{f"dfe_{name}": name for name in DFE}).mutate(in_table=True)
    found = rows.outer_join(results.rename(results_pupil="pupil", results_year="year"), [("pupil", "results_pupil")])
    found = found.mutate(pupil=ibis.coalesce(found.pupil, found.results_pupil), year=ibis.coalesce(found.year, found.results_year))
    found = found.left_join(not_yet, [("pupil", "not_yet")]).filter(_.in_table.notnull() | _.not_yet.isnull()).drop("not_yet")
    if results_held:
        found = found.mutate(**nothing_scored(found, rules))
    found = with_prior(found, by_upn=by_upn_ks2)
    return side_by_side(found.mutate(prior_group=prior.group(found.ks2_prior, rules)))


def nothing_scored(pupils: ir.Table, rules: Rules) -> dict[str, ir.Value]:
    """The figures from results, nought for pupils without a result."""
    none = pupils.results_pupil.isnull() & (pupils.dfe_attainment_8.fill_null(Decimal(0)) == 0)
    zero = ibis.literal(Decimal(0), type=POINTS)
    flags = [name for name in FLAGS if name not in FROM_2017 or rules.grade_5]
    made = {name: ibis.ifelse(none, zero, pupils[name]) for name in ("attainment_8_results", *(f"results_{e}" for e in ELEMENTS))}
    made |= {f"results_{name}": ibis.ifelse(none, False, pupils[f"results_{name}"]) for name in flags}
    if rules.point_score:
        made["results_ebacc_aps"] = ibis.ifelse(none, ibis.literal(Decimal(0), type=SCORE), pupils.results_ebacc_aps)
    return made


def with_prior(pupils: ir.Table, *, by_upn: bool = True) -> ir.Table:
    """The pupils with ks2_prior, from the key stage 4 table where it has the results, else from key stage 2 of an earlier year."""
    earlier = one_a_pupil(with_pupil(before(tables.ks2), by_upn=by_upn), ibis.desc(_.year))
    earlier = earlier.select(ks2_pupil="pupil", ks2_sat="year", ks2_read="read_result", ks2_mat="maths_result")
    found = pupils.left_join(earlier, [("pupil", "ks2_pupil")])
    own = found.ks2_reading.notnull() | found.ks2_maths.notnull()
    sat = ibis.coalesce(found.ks2_year, ibis.ifelse(own, ibis.null("int32"), found.ks2_sat), found.year - prior.YEARS_BETWEEN)
    found = found.mutate(
        given_average=found.ks2_average,
        tested=sat.cast("int32"),
        ks2_reading=ibis.ifelse(own, found.ks2_reading, found.ks2_read),
        ks2_maths=ibis.ifelse(own, found.ks2_maths, found.ks2_mat),
    )
    return prior.with_average(found)


def side_by_side(found: ir.Table) -> ir.Table:
    """The columns of key stage 4: DfE's figure where the file has it, else ours."""
    theirs, ours = found.dfe_attainment_8.notnull(), found.attainment_8_results.notnull()
    same = theirs & (found.dfe_attainment_8 == found.attainment_8_results).fill_null(False)
    return found.select(
        "pupil",
        "year",
        "upn",
        "dob",
        "sex",
        "laestab",
        "school_urn",
        "ks2_prior",
        "prior_group",
        "in_progress_8",
        "in_progress_8_model",
        "attainment_8_results",
        nftype=found.school_type,
        attainment_8=ibis.coalesce(found.dfe_attainment_8, found.attainment_8_results),
        attainment_8_dfe=found.dfe_attainment_8,
        # Elements come from where Attainment 8 comes from, so that they add up to it.
        **{
            f"attainment_8_{name}": ibis.cases(
                (theirs & found[f"dfe_attainment_8_{name}"].notnull(), found[f"dfe_attainment_8_{name}"]),
                (~theirs | same, found[f"results_{name}"]),
            )
            for name in ELEMENTS
        },
        **{name: ibis.coalesce(found[f"dfe_{name}"], found[f"results_{name}"]) for name in FLAGS},
        ebacc_aps=ibis.coalesce(found.dfe_ebacc_aps.cast(SCORE), found.results_ebacc_aps),
        progress_8_dfe=ibis.ifelse(found.in_progress_8.fill_null(True), found.dfe_progress_8, ibis.null(SCORE)),
        **{
            f"progress_8_{name}_dfe": ibis.ifelse(found.in_progress_8.fill_null(True), found[f"dfe_progress_8_{name}"], ibis.null(SCORE))
            for name in ELEMENTS
        },
        dfe_scores=found.dfe_scores.fill_null(False),
        ks4_source=ibis.cases((theirs & ours, "both"), (theirs, "dfe"), (ours, "results")),
    )


DFE = (
    "attainment_8",
    *(f"attainment_8_{name}" for name in ELEMENTS),
    "progress_8",
    *(f"progress_8_{name}" for name in ELEMENTS),
    *FLAGS,
    "ebacc_aps",
)
COLUMNS = (
    "ks2_prior",
    "prior_group",
    "attainment_8",
    "attainment_8_dfe",
    "attainment_8_results",
    *(f"attainment_8_{name}" for name in ELEMENTS),
    *FLAGS,
    "ebacc_aps",
    "progress_8_dfe",
    *(f"progress_8_{name}_dfe" for name in ELEMENTS),
    "ks4_source",
)
