"""Which pupil a row of an education table is about: the pupil of its matching reference, else of its UPN."""

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes.staging import now


def with_pupil(rows: ir.Table, *, by_upn: bool = True) -> ir.Table:
    """The rows with a column `pupil`; those that name nobody are left out.

    An identifier that pupil_keys does not hold means the pupil of that name. `by_upn=False` spares a look-up in a large
    table where every row has a matching reference.
    """
    keys = tables.pupil_keys.ibis()
    # Most references are the pupil's own name, so only the others are looked up: a small table in place of a large one.
    by_reference = keys.filter(_.kind == "pmr", _.identifier != _.pupil).select(key_pmr="identifier", pupil_of_pmr="pupil")
    found = rows.left_join(by_reference, rows.pmr == by_reference.key_pmr).drop("key_pmr")
    found = found.mutate(pupil=ibis.coalesce(found.pupil_of_pmr, found.pmr)).drop("pupil_of_pmr")
    if by_upn:
        upns = keys.filter(_.kind == "upn").select(key_upn="identifier", pupil_of_upn="pupil")
        sought = found.mutate(sought=ibis.ifelse(found.pupil.isnull(), found.upn, ibis.null("string")))
        found = sought.left_join(upns, sought.sought == upns.key_upn)
        found = found.mutate(pupil=ibis.coalesce(found.pupil, found.pupil_of_upn, found.sought))
        found = found.drop("sought", "key_upn", "pupil_of_upn")
    return found.filter(_.pupil.notnull())


def of_year(table: tables.Table, *, by_upn: bool = True) -> ir.Table:
    """The table's rows of the year that is worked on, each with its pupil."""
    return with_pupil(now(table), by_upn=by_upn)


REPEATED = ibis.table({"pupil": "string"}, name="repeated")


def repeated(table: tables.Table, *, by_upn: bool = True) -> ir.Table:
    """The pupils with more than one row of the table in the year."""
    return of_year(table, by_upn=by_upn).group_by("pupil").aggregate(n=_.count()).filter(_.n > 1).select("pupil")


def once_and_several(rows: ir.Table, table: tables.Table) -> tuple[ir.Table, ir.Table]:
    """The rows of pupils who have one, and of those who have several. Nearly all have one, and sorting is what takes time."""
    several = ibis.table(REPEATED.schema(), name=f"repeated_{table.name}")
    return rows.anti_join(several, "pupil"), rows.semi_join(several, "pupil")


def one_of_year(table: tables.Table, *first, by_upn: bool = True) -> ir.Table:
    """One row a pupil of the year's, as one_a_pupil chooses."""
    once, several = once_and_several(of_year(table, by_upn=by_upn), table)
    return ibis.union(once, one_a_pupil(several, *first).select(*once.columns))


def one_a_pupil(rows: ir.Table, *first) -> ir.Table:
    """One row a pupil: the first in the order given (keys over `_`); what is alike in that goes by file and row."""
    nth = ibis.row_number().over(group_by=[_.pupil], order_by=[*first, _.file, _.row])
    return rows.mutate(nth=nth).filter(_.nth == 0).drop("nth")
