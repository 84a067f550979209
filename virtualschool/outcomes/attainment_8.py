"""Attainment 8: which of a pupil's results fill the ten weighted slots, and their sum.

English and mathematics one slot each, counted twice (English only if language and literature were both taken), three
slots for the EBacc subjects, three open ones for the best of what is left. An empty slot scores nothing.

Source: DfE, Secondary accountability measures guide; DfE, EBacc qualifications list 2016 to 2021 (what counts where).
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes import staging
from virtualschool.outcomes.points import MEANINGS, SPELLING
from virtualschool.outcomes.who import with_pupil

EBACC_SLOTS = OPEN_SLOTS = 3


def spellings(year: int) -> ir.Table:
    """The different ways in which the year's results are written: the columns of points.SPELLING."""
    return tables.ks4_results.ibis().filter(_.year == year).select(*SPELLING).distinct()


def entries(year: int, *, by_upn: bool = True, also: tuple[str, ...] = ()) -> ir.Table:
    """The year's results that DfE has not discounted, each with its pupil and its meaning. One row a result: the columns of ENTRY.

    `also` names further columns of the results or their meanings.
    """
    results = tables.ks4_results.ibis().filter(_.year == year, ~_.discounted.fill_null(False))
    meant = staging.of(MEANINGS, year).rename({f"said_{name}": name for name in SPELLING})
    named = with_pupil(results, by_upn=by_upn)
    return named.join(meant, [named[name].identical_to(meant[f"said_{name}"]) for name in SPELLING]).select(*ENTRY, *also)


ENTRY = ("pupil", "name", "grade", "kind", "part", "same", "advanced", "points", "slots", "exam_date", "file", "row")


def counted(entered: ir.Table) -> ir.Table:
    """The entries that count: of several in one subject or with one discount code, an AS before a GCSE, then the first that was sat.

    Results of one day, or without a date, cannot be told apart by time: the best of them counts.
    """
    order = ibis.window(
        group_by=[entered.pupil, entered.same],
        order_by=[
            ibis.desc(entered.advanced),
            ibis.asc(entered.exam_date, nulls_first=False),
            ibis.desc(entered.points),
            entered.file,
            entered.row,
        ],
    )
    return entered.mutate(attempt=ibis.row_number().over(order)).filter(_.attempt == 0).drop("attempt")


def ranked(counting: ir.Table) -> ir.Table:
    """The counting entries with the slot that each fills, or null. A double award stands twice, once for each slot it may fill.

    Added columns: copy (0, or 1 for the second of a double award), slot (english, maths, ebacc, open or null), place (0 is the best).
    """
    counting = counting.filter(_.kind != "none")
    copies = ibis.union(
        counting.mutate(copy=ibis.literal(0, type="int32")),
        counting.filter(_.slots == 2).mutate(copy=ibis.literal(1, type="int32")),
    )
    best_first = [ibis.desc(_.points), _.part, _.file, _.row, _.copy]
    by_kind = copies.mutate(place=ibis.row_number().over(group_by=[_.pupil, _.kind], order_by=best_first).cast("int32"))
    first = by_kind.mutate(
        slot=ibis.cases(
            ((_.kind == "english") & (_.place == 0), "english"),
            ((_.kind == "maths") & (_.place == 0), "maths"),
            ((_.kind == "ebacc") & (_.place < EBACC_SLOTS), "ebacc"),
        )
    )
    # A second result in mathematics can go nowhere else; everything else that is left may fill an open slot.
    first = first.mutate(left=_.slot.isnull() & (_.kind != "maths"))
    rest = first.mutate(among=ibis.row_number().over(group_by=[_.pupil, _.left], order_by=best_first).cast("int32"))
    opens = rest.left & (rest.among < OPEN_SLOTS)
    return rest.mutate(
        slot=ibis.ifelse(opens, "open", rest.slot),
        place=ibis.ifelse(opens, rest.among, rest.place),
    ).drop("left", "among")


def slots(filled: ir.Table) -> ir.Table:
    """The filled slots: pupil, slot, place, subject, grade, points (hundredths, unweighted) and weight."""
    both = filled.group_by("pupil").aggregate(both=taken_both(filled))
    held = filled.filter(_.slot.notnull()).join(both, "pupil")
    weight = ibis.cases((_.slot == "maths", 2), ((_.slot == "english") & _.both, 2), else_=1)
    return held.select("pupil", "slot", "place", subject=_.name, grade=_.grade, points=_.points, weight=weight)


def taken_both(filled: ir.Table) -> ir.BooleanScalar:
    """Whether a pupil took English language and literature; the combined English of 2016 stands for both."""
    language = (filled.part == "language").any().fill_null(False)
    literature = (filled.part == "literature").any().fill_null(False)
    return (language & literature) | (filled.part == "both").any().fill_null(False)


def elements(filled: ir.Table) -> dict[str, ir.Value]:
    """The aggregates that make a pupil's elements, in hundredths and weighted: english, maths, ebacc and open."""

    def total(slot: str) -> ir.Value:
        return filled.points.sum(where=filled.slot == slot).fill_null(0)

    return {
        "english": total("english") * ibis.ifelse(taken_both(filled), 2, 1),
        "maths": total("maths") * 2,
        "ebacc": total("ebacc"),
        "open": total("open"),
    }
