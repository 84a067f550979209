"""The end of key stage 4: DfE's pupil-level figures beside ours from results, in one row a pupil."""

from decimal import Decimal

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes import attainment_8, ebacc, prior, staging
from virtualschool.outcomes.ebacc import as_points
from virtualschool.outcomes.who import of_year, one_a_pupil, with_pupil
from virtualschool.tables import POINTS, SCORE

ELEMENTS = ("english", "maths", "ebacc", "open")
YOUNGER = tuple(str(year) for year in range(1, 11))
"""National curriculum years in which a result is an early one, so that a pupil with results alone is not yet at the end."""


def worked(year: int, *, by_upn: bool = True) -> ir.Table:
    """What the year's results come to, one row a pupil: Attainment 8, its elements, and the measures of the EBacc."""
    return summed(attainment_8.filled(attainment_8.counted(attainment_8.entries(year, by_upn=by_upn))), year)


def summed(rows: ir.Table, year: int) -> ir.Table:
    """The same from entries that have been laid into slots."""
    made = rows.group_by("pupil").aggregate(**attainment_8.elements(rows), **ebacc.parts(rows))
    made = made.mutate(**ebacc.measures(made, year))
    numbers = staging.of(attainment_8.NUMBERS, year).rename(name="pupil")
    made = made.join(numbers, [("pupil", "number")])
    return made.select(
        pupil=made.name,
        attainment_8_results=as_points(made.english + made.maths + made.ebacc + made.open),
        **{f"results_{name}": as_points(made[name]) for name in ELEMENTS},
        **{f"results_{name}": made[name] for name in ("english_maths_94", "english_maths_95", "ebacc_entered", "ebacc_aps")},
    )


def at_the_end(year: int, results: ir.Table | None, ks2: ir.Table, census: ir.Table, *, by_upn: bool = True) -> ir.Table:
    """The pupils at the end of key stage 4, one row each, with both sets of figures and the key stage 2 average.

    `results` is what `worked` gave, or None where the store holds no results of the year. A pupil with results and no row of the
    key stage 4 table is at its end unless the census has them in a younger year. One with a row and no results scores nothing,
    where DfE gives no figure that says otherwise.
    """
    rows = of_year(tables.ks4, year, by_upn=by_upn).filter(_.end_of_key_stage.fill_null(True))
    rows = one_a_pupil(rows.mutate(dfe_scores=rows.progress_8.notnull().any().over(group_by=rows.file)), _.attainment_8.isnull())
    rows = rows.rename(**{f"dfe_{name}": name for name in DFE}).mutate(in_table=True)
    if results is None:
        blank = {f"results_{name}": ibis.null(POINTS) for name in ELEMENTS}
        blank |= {f"results_{name}": ibis.null("boolean") for name in ("english_maths_94", "english_maths_95", "ebacc_entered")}
        found = rows.mutate(
            attainment_8_results=ibis.null(POINTS), results_ebacc_aps=ibis.null(SCORE), results_pupil=ibis.null("string"), **blank
        )
    else:
        results = results.rename(results_pupil="pupil")
        found = rows.outer_join(results, rows.pupil == results.results_pupil)
        found = found.mutate(pupil=ibis.coalesce(found.pupil, found.results_pupil))
        nothing = found.results_pupil.isnull() & (found.dfe_attainment_8.fill_null(Decimal(0)) == 0)
        zero = ibis.literal(Decimal(0), type=POINTS)
        found = found.mutate(
            **{name: ibis.ifelse(nothing, zero, found[name]) for name in ("attainment_8_results", *(f"results_{e}" for e in ELEMENTS))},
            **{
                f"results_{name}": ibis.ifelse(nothing, False, found[f"results_{name}"])
                for name in ("english_maths_94", "ebacc_entered", *(("english_maths_95",) if year >= 2017 else ()))
            },
            **(
                {"results_ebacc_aps": ibis.ifelse(nothing, ibis.literal(Decimal(0), type=SCORE), found.results_ebacc_aps)}
                if year >= ebacc.FIRST_POINT_SCORE
                else {}
            ),
        )
        younger = census.filter(_.year_group.isin(YOUNGER)).select(young="pupil")
        found = found.left_join(younger, found.pupil == younger.young).filter(_.in_table.notnull() | _.young.isnull()).drop("young")
    ks2 = ks2.select(ks2_pupil="pupil", ks2_sat="year", ks2_read="read_result", ks2_mat="maths_result")
    found = found.left_join(ks2, found.pupil == ks2.ks2_pupil)
    own = found.ks2_reading.notnull() | found.ks2_maths.notnull()
    found = found.mutate(
        given_average=found.ks2_average,
        tested=ibis.coalesce(found.ks2_year, ibis.ifelse(own, ibis.null("int32"), found.ks2_sat), year - prior.YEARS_BETWEEN).cast("int32"),
        ks2_reading=ibis.ifelse(own, found.ks2_reading, found.ks2_read),
        ks2_maths=ibis.ifelse(own, found.ks2_maths, found.ks2_mat),
    )
    found = prior.with_average(found)
    attained = ibis.coalesce(found.dfe_attainment_8, found.attainment_8_results)
    theirs = found.dfe_attainment_8.notnull()
    same = theirs & (found.dfe_attainment_8 == found.attainment_8_results).fill_null(False)
    return found.select(
        "pupil",
        "upn",
        "dob",
        "sex",
        "laestab",
        "school_urn",
        "ks2_prior",
        "in_progress_8",
        "in_progress_8_model",
        "attainment_8_results",
        nftype=found.school_type,
        attainment_8=attained,
        attainment_8_dfe=found.dfe_attainment_8,
        **{
            f"attainment_8_{name}": ibis.cases(
                (theirs & found[f"dfe_attainment_8_{name}"].notnull(), found[f"dfe_attainment_8_{name}"]),
                (~theirs | same, found[f"results_{name}"]),
            )
            for name in ELEMENTS
        },
        **{
            name: ibis.coalesce(found[f"dfe_{name}"], found[f"results_{name}"])
            for name in ("english_maths_94", "english_maths_95", "ebacc_entered")
        },
        ebacc_aps=ibis.coalesce(found.dfe_ebacc_aps.cast(SCORE), found.results_ebacc_aps),
        progress_8_dfe=found.dfe_progress_8,
        dfe_scores=found.dfe_scores.fill_null(False),
        ks4_source=ibis.cases(
            (theirs & found.attainment_8_results.notnull(), "both"), (theirs, "dfe"), (found.attainment_8_results.notnull(), "results")
        ),
        prior_group=prior.group(found.ks2_prior, year),
    )


DFE = (
    "attainment_8",
    *(f"attainment_8_{name}" for name in ELEMENTS),
    "progress_8",
    "english_maths_94",
    "english_maths_95",
    "ebacc_entered",
    "ebacc_aps",
)


def latest_ks2(before: int, *, by_upn: bool = True) -> ir.Table:
    """Each pupil's key stage 2 row of the last year before a key stage 4 year."""
    rows = with_pupil(tables.ks2.ibis().filter(_.year < before), by_upn=by_upn)
    return one_a_pupil(rows, ibis.desc(_.year))
