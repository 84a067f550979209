"""Attainment 8: which of a pupil's results fill the ten weighted slots, and their sum.

English and mathematics one slot each, counted twice (English only if language and literature were both taken), three
slots for the EBacc subjects, three open ones for the best of what is left. An empty slot scores nothing.

Source: DfE, Secondary accountability measures guide; DfE, EBacc qualifications list 2016 to 2021 (what counts where).
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes.points import MEANINGS, SPELLING
from virtualschool.outcomes.staging import now
from virtualschool.outcomes.who import with_pupil

EBACC_SLOTS = OPEN_SLOTS = 3


def spellings() -> ir.Table:
    """The different ways in which the year's results are written: the columns of points.SPELLING."""
    return now(tables.ks4_results).select(*SPELLING).distinct()


NUMBERS = ibis.table({"pupil": "string", "number": "int32"}, name="result_pupils")
"""A number for each pupil with results in a year: results are sorted by the million, and numbers sort faster than names."""


def numbered(*, by_upn: bool = True) -> ir.Table:
    """The rows of NUMBERS."""
    results = now(tables.ks4_results).select("pmr", "upn").distinct()
    pupils = with_pupil(results, by_upn=by_upn).select("pupil").distinct()
    return pupils.mutate(number=ibis.row_number().over(order_by=_.pupil).cast("int32"))


def entries(*, by_upn: bool = True, also: tuple[str, ...] = ()) -> ir.Table:
    """The year's results that DfE has not discounted, each with the number of its pupil and its meaning: the columns of ENTRY.

    One row a result. `pupil` is the number in NUMBERS. `also` names further columns of the results or their meanings.
    """
    results = now(tables.ks4_results).filter(~_.discounted.fill_null(False))
    meant = MEANINGS.rename({f"said_{name}": name for name in SPELLING})
    named = with_pupil(results, by_upn=by_upn).join(NUMBERS, "pupil").drop("pupil").rename(pupil="number")
    return named.join(meant, [named[name].identical_to(meant[f"said_{name}"]) for name in SPELLING]).select(*ENTRY, *also)


ENTRY = ("pupil", "year", "name", "grade", "kind", "part", "same", "advanced", "points", "slots", "exam_date", "file", "row")


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


def filled(counting: ir.Table) -> ir.Table:
    """The counting entries with the slots that each fills: `own` of its kind (english, maths or ebacc) and `opens` of the open ones.

    The best fill first. A double award may fill two slots, and they need not be of one kind.
    """
    room = counting.kind.cases(("english", 1), ("maths", 1), ("ebacc", EBACC_SLOTS), else_=0)
    best_first = [ibis.desc(_.points), _.part, _.file, _.row]
    by_kind = counting.mutate(room=room, reach=_.slots.sum().over(ibis.cumulative_window(group_by=[_.pupil, _.kind], order_by=best_first)))
    own = by_kind.mutate(own=fitting(by_kind.room, by_kind.reach, by_kind.slots))
    # A second result in mathematics can go nowhere else; everything else that is left and counts may fill an open slot.
    own = own.mutate(left=ibis.ifelse(own.kind.isin(("maths", "none")), 0, own.slots - own.own))
    open_reach = _.left.sum().over(ibis.cumulative_window(group_by=[_.pupil], order_by=best_first))
    rest = own.mutate(open_reach=open_reach)
    return rest.mutate(opens=fitting(ibis.literal(OPEN_SLOTS), rest.open_reach, rest.left)).drop("room", "reach", "left", "open_reach")


def fitting(room: ir.Value, reach: ir.Value, wanted: ir.Value) -> ir.Value:
    """How many slots an entry gets of `room`, if it wants `wanted` and it and the better ones want `reach` together."""
    return ibis.greatest(ibis.least(wanted, room - (reach - wanted)), 0).cast("int32")


def slots(rows: ir.Table) -> ir.Table:
    """The filled slots: pupil, slot, subject, grade, points (hundredths, unweighted), weight, and file and row of the result."""
    both = rows.group_by("pupil").aggregate(both=taken_both(rows)).rename(both_pupil="pupil")
    held = rows.join(both, [("pupil", "both_pupil")])
    columns = ("pupil", "points", "part", "both", "file", "row")
    uses = [
        held.filter(taken > nth).select(*columns, subject=_.name, grade=_.grade, slot=slot)
        for taken, slot in ((_.own, _.kind), (_.opens, ibis.literal("open")))
        for nth in (0, 1)
    ]
    used = ibis.union(*uses)
    weight = ibis.cases((used.slot == "maths", 2), ((used.slot == "english") & used.both, 2), else_=1)
    return used.select("pupil", "slot", "subject", "grade", "points", "part", "file", "row", weight=weight)


def taken_both(rows: ir.Table) -> ir.BooleanScalar:
    """Whether a pupil took English language and literature; the combined English of 2016 stands for both."""
    language = (rows.part == "language").any().fill_null(False)
    literature = (rows.part == "literature").any().fill_null(False)
    return (language & literature) | (rows.part == "both").any().fill_null(False)


def elements(rows: ir.Table) -> dict[str, ir.Value]:
    """The aggregates that make a pupil's elements, in hundredths and weighted: english, maths, ebacc and open."""

    def total(kind: str) -> ir.Value:
        return (rows.points * rows.own).sum(where=rows.kind == kind).fill_null(0)

    return {
        "english": total("english") * ibis.ifelse(taken_both(rows), 2, 1),
        "maths": total("maths") * 2,
        "ebacc": total("ebacc"),
        "open": (rows.points * rows.opens).sum().fill_null(0),
    }
