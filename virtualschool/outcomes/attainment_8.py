"""Attainment 8: which of a pupil's results fill the ten weighted slots, and their sum.

English and mathematics one slot each, counted twice (English only if language and literature were both taken), three
slots for the EBacc subjects, three open ones for the best of what is left. An empty slot scores nothing.

Source: DfE, Secondary accountability measures guide; DfE, EBacc qualifications list 2016 to 2021 (what counts where).
"""

import datetime

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


def entries(*, by_upn: bool = True, also: tuple[str, ...] = ()) -> ir.Table:
    """The year's results that may count, each with its pupil and its meaning: the columns of ENTRY.

    One row a result. `also` names further columns of the results or their meanings.
    """
    results = admitted(now(tables.ks4_results))
    meant = MEANINGS.rename({f"said_{name}": name for name in SPELLING})
    named = with_pupil(results, by_upn=by_upn)
    return named.join(meant, [named[name].identical_to(meant[f"said_{name}"]) for name in SPELLING]).select(*ENTRY, *also)


WITHOUT_PANDEMIC = (2022, 2023)
PANDEMIC = (datetime.date(2020, 1, 1), datetime.date(2021, 8, 31))


def admitted(results: ir.Table) -> ir.Table:
    """The results that DfE has not discounted; in 2022 and 2023 without those gained from January 2020 to August 2021.

    Source: DfE, Key stage 4 performance: methodology.
    """
    left_out = results.year.isin(WITHOUT_PANDEMIC) & results.exam_date.between(*PANDEMIC).fill_null(False)
    return results.filter(~results.discounted.fill_null(False), ~left_out)


ENTRY = ("pupil", "year", "name", "grade", "kind", "part", "same", "advanced", "points", "slots", "exam_date", "file", "row")


REPEATED = ibis.table({"pupil": "string", "same": "int32"}, name="repeated_results")


def repeated(entered: ir.Table) -> ir.Table:
    """The rows of REPEATED: pupils and subjects with more than one entry. There are few, so sorting them alone is quick."""
    return entered.group_by("pupil", "same").aggregate(n=_.count()).filter(_.n > 1).select("pupil", "same")


def counted(entered: ir.Table) -> ir.Table:
    """The entries that count: of several in one subject or with one discount code, an AS before a GCSE, then the first that was sat.

    Results of one day, or without a date, cannot be told apart by time: the best of them counts. REPEATED must have been staged.
    """
    several = entered.semi_join(REPEATED, ["pupil", "same"])
    attempt = ibis.row_number().over(
        group_by=[_.pupil, _.same],
        order_by=[ibis.desc(_.advanced), ibis.asc(_.exam_date, nulls_first=False), ibis.desc(_.points), _.file, _.row],
    )
    first = several.mutate(attempt=attempt).filter(_.attempt == 0).drop("attempt")
    return ibis.union(entered.anti_join(REPEATED, ["pupil", "same"]), first.select(*entered.columns))


def filled(counting: ir.Table) -> ir.Table:
    """The counting entries with the slots that each fills: `own` of its kind (english, maths or ebacc) and `opens` of the open ones.

    The best fill first. A double award may fill two slots, and they need not be of one kind.
    """
    # How many slots the pupil's entries ask for, down to each in order of points, says at once which of them there is room for.
    in_order = ibis.cumulative_window(group_by=[_.pupil], order_by=[ibis.desc(_.points), _.file, _.row])

    def wanted(*kinds: str) -> ir.Value:
        return ibis.ifelse(_.kind.isin(kinds), _.slots, 0).sum().over(in_order)

    rows = counting.mutate(
        english_wanted=wanted("english"),
        maths_wanted=wanted("maths"),
        ebacc_wanted=wanted("ebacc"),
        wanted=wanted("english", "ebacc", "open"),
    )
    room = rows.kind.cases(("english", 1), ("maths", 1), ("ebacc", EBACC_SLOTS), else_=0)
    reach = rows.kind.cases(("english", rows.english_wanted), ("maths", rows.maths_wanted), ("ebacc", rows.ebacc_wanted), else_=0)
    own = rows.mutate(own=ibis.ifelse(rows.kind.isin(("english", "maths", "ebacc")), fitting(room, reach, rows.slots), 0).cast("int32"))
    # A second result in mathematics can go nowhere else; everything else that is left and counts may fill an open slot.
    left = ibis.ifelse(own.kind.isin(("maths", "none")), 0, own.slots - own.own)
    placed = ibis.least(own.english_wanted, 1) + ibis.least(own.ebacc_wanted, EBACC_SLOTS)
    opens = fitting(ibis.literal(OPEN_SLOTS), own.wanted - placed, left)
    return own.mutate(opens=opens).drop("english_wanted", "maths_wanted", "ebacc_wanted", "wanted")


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
