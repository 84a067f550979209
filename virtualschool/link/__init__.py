"""Which care record and which pupil are the same child.

`link` ties every child of a return to a pupil, or says why not. The rules stand in `exact`, what an identifier means in
`keys`, the reasons in `reasons`, how good the links are in `quality`.
"""

from collections.abc import Sequence

import ibis
import pyarrow as pa
from ibis import _

from virtualschool import tables
from virtualschool.link import exact, reasons
from virtualschool.link.exact import Rule
from virtualschool.link.keys import pupil_keys
from virtualschool.link.workings import lay_by
from virtualschool.store import Draft

MADE = pa.schema([(name, pa.string()) for name in ("la", "child", "pupil", "method", "rule", "agreed")])
SETTLED = pa.schema([(name, pa.string()) for name in ("la", "child", "reason")])


def link(draft: Draft, cascade: Sequence[Rule] = exact.CASCADE) -> None:
    """Writes `pupil_keys`, `links` and `unlinked`: each child of a header is in one of the last two, once."""
    seen = pupil_keys(draft)
    pairs = lay_by(draft, "pairs", exact.pairs(seen, tables.pupil_keys.ibis()))
    clashes = lay_by(draft, "clashes", exact.clashes(pairs))
    made, settled = run(draft, cascade, pairs, clashes)
    draft.write("links", made.mutate(weight=ibis.null("decimal(18, 6)")).select(*tables.links.names), order_by=tables.links.key)
    held = draft.engine.rows(seen.aggregate(first=seen.first_year.min(), last=seen.last_year.max()))[0]
    draft.write("unlinked", unlinked(made, settled, pairs, held["first"], held["last"]), order_by=tables.unlinked.key)


def run(draft: Draft, cascade: Sequence[Rule], pairs: ibis.Table, clashes: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    """What a cascade makes of pairs: the links, and the children it had to leave, with the reason.

    At each rule a child whose pairs are not clear is left for good: a weaker rule must not choose where a stronger one could
    not. Clear means one pupil for the child, and no other child of the authority, in care at the same time, for that pupil.
    """
    made = lay_by(draft, "links_made", MADE.empty_table())
    settled = lay_by(draft, "links_settled", SETTLED.empty_table())
    for rule in cascade:
        fresh = candidates(rule, pairs, clashes, made, settled)
        found = draft.engine.arrow(fresh)
        left = draft.engine.arrow(settled)
        was = draft.engine.arrow(made)
        rows = found.to_pylist()
        linked = [row for row in rows if row["reason"] is None]
        refused = {(row["la"], row["child"]): row["reason"] for row in rows if row["reason"] is not None}
        made = lay_by(
            draft,
            "links_made",
            pa.concat_tables(
                [
                    was,
                    pa.Table.from_pylist(
                        [{**row, "method": rule.method, "rule": rule.name, "agreed": rule.agreed} for row in linked], MADE
                    ),
                ]
            ),
        )
        settled = lay_by(
            draft,
            "links_settled",
            pa.concat_tables(
                [left, pa.Table.from_pylist([{"la": la, "child": child, "reason": why} for (la, child), why in refused.items()], SETTLED)]
            ),
        )
    return made, settled


def candidates(rule: Rule, pairs: ibis.Table, clashes: ibis.Table, made: ibis.Table, settled: ibis.Table) -> ibis.Table:
    """The pairs for which a rule holds, of children not yet settled: la, child, pupil, reason (null where it makes a link)."""
    open_pairs = pairs.filter(rule.holds(pairs)).select("la", "child", "pupil")
    open_pairs = open_pairs.anti_join(made, ["la", "child"]).anti_join(settled, ["la", "child"])
    taken = clashes.inner_join(made, [clashes.la == made.la, clashes.other == made.child, clashes.pupil == made.pupil])
    taken = taken.select("la", "child", "pupil").distinct().mutate(taken=ibis.literal(True))
    rivals = open_pairs.view()
    rivalled = clashes.inner_join(rivals, [clashes.la == rivals.la, clashes.other == rivals.child, clashes.pupil == rivals.pupil])
    rivalled = rivalled.select("la", "child", "pupil").distinct().mutate(rivalled=ibis.literal(True))
    key = ["la", "child", "pupil"]
    weighed = open_pairs.left_join(taken, key, rname="t_{name}").left_join(rivalled, key, rname="r_{name}")
    weighed = weighed.select(*key, "taken", "rivalled")
    several = (_.count().over(ibis.window(group_by=["la", "child"])) > 1) | _.rivalled.fill_null(False)
    weighed = weighed.mutate(several=several, taken=_.taken.fill_null(False))
    reason = ibis.cases((weighed.several, reasons.SEVERAL.name), (weighed.taken, reasons.PUPIL_TAKEN.name), else_=ibis.null("string"))
    return weighed.select(*key, reason=reason)


def unlinked(made: ibis.Table, settled: ibis.Table, pairs: ibis.Table, first_year: int | None, last_year: int | None) -> ibis.Table:
    """Every child of a header that has no link, with its reason: la, child, reason."""
    header = tables.header.ibis()
    newest = ibis.window(group_by=[header.la, header.child], order_by=[header.year.desc(), header.file.desc(), header.row.desc()])
    children = header.mutate(place=ibis.row_number().over(newest)).filter(_.place == 0).select("la", "child", "dob", "upn")
    children = children.anti_join(made, ["la", "child"]).left_join(settled, ["la", "child"], rname="settled_{name}")
    told = pairs.filter(pairs.exact & pairs.birth_known).group_by("la", "child")
    told = told.aggregate(near=_.nearly_born_any.any()).mutate(found=ibis.literal(True))
    children = children.left_join(told, ["la", "child"], rname="told_{name}")
    code = children.upn.upper().replace(" ", "")
    steps = [
        (ibis.literal(first_year is None), reasons.NO_EDUCATION),
        (children.reason.notnull(), None),
        (children.near.fill_null(False), reasons.SEX_DIFFERS),
        (children.found.fill_null(False), reasons.BIRTH_DIFFERS),
        *((code == reason.name, reason) for reason in (reasons.UN1, reasons.UN2, reasons.UN3, reasons.UN4, reasons.UN5)),
    ]
    if first_year is not None and last_year is not None:
        steps.append((age_before_school_year(children.dob, last_year) < 4, reasons.UNDER_AGE))
        steps.append((age_before_school_year(children.dob, first_year) >= 16, reasons.OVER_AGE))
    steps.append((code.isnull() | (code == "") | (code == "UN0"), reasons.NO_UPN))
    reason = ibis.cases(
        *((holds, children.reason if why is None else ibis.literal(why.name)) for holds, why in steps), else_=reasons.NOT_FOUND.name
    )
    return children.select("la", "child", reason=reason)


def age_before_school_year(dob: ibis.Value, year: "int | ibis.Value") -> ibis.Value:
    """Age on 31 August before the school year that ends in `year` began."""
    late = (dob.month() > 8).ifelse(1, 0)
    return (year - 1) - dob.year() - late
