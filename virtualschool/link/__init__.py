"""Which care record and which pupil are the same child.

`link` ties every child of a return to a pupil, or says why not. The rules stand in `exact`, what an identifier means in
`keys`, the reasons in `reasons`, how good the links are in `quality`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

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
    engine = draft.engine
    judged = pairs.select("la", "child", "pupil", **{rule.name: rule.holds(pairs) for rule in cascade})
    found, left = run(cascade, engine.rows(judged), engine.rows(exact.clashes(pairs)))
    made = lay_by(draft, "links_made", pa.Table.from_pylist(found, MADE))
    settled = lay_by(draft, "links_settled", pa.Table.from_pylist(left, SETTLED))
    unknown = ibis.null("decimal(18, 6)")
    rows = made.mutate(weight=unknown, probability=unknown, until=ibis.null("date")).select(*tables.links.names)
    draft.write("links", rows, order_by=tables.links.key)
    held = engine.rows(seen.aggregate(first=seen.first_year.min(), last=seen.last_year.max()))[0]
    draft.write("unlinked", unlinked(made, settled, pairs, held["first"], held["last"]), order_by=tables.unlinked.key)


def run(cascade: Sequence[Rule], pairs: Sequence[Mapping], clashes: Iterable[Mapping]) -> tuple[list[dict], list[dict]]:
    """What a cascade makes of pairs: the links, and the children it had to leave, with the reason.

    A pair says of each rule whether it holds, under the rule's name. At each rule a child whose pairs are not clear is left for
    good: a weaker rule must not choose where a stronger one could not. Clear means one pupil for the child, and no other child
    of the authority, in care at the same time, for that pupil.
    """
    rivals: dict[tuple, set[tuple]] = defaultdict(set)
    for row in clashes:
        rivals[row["la"], row["child"], row["pupil"]].add((row["la"], row["other"], row["pupil"]))
    made: dict[tuple, dict] = {}
    settled: dict[tuple, str] = {}
    taken: set[tuple] = set()
    for rule in cascade:
        offered: dict[tuple, list[str]] = defaultdict(list)
        for row in pairs:
            child = (row["la"], row["child"])
            if row[rule.name] and child not in made and child not in settled:
                offered[child].append(row["pupil"])
        offers = {(*child, pupil) for child, pupils in offered.items() for pupil in pupils}
        fresh = []
        for child, pupils in offered.items():
            offer = (*child, pupils[0])
            if len(pupils) > 1 or rivals[offer] & offers:
                settled[child] = reasons.SEVERAL.name
            elif rivals[offer] & taken:
                settled[child] = reasons.PUPIL_TAKEN.name
            else:
                fresh.append(offer)
        for la, child, pupil in fresh:
            made[la, child] = {"la": la, "child": child, "pupil": pupil, "method": rule.method, "rule": rule.name, "agreed": rule.agreed}
        taken.update(fresh)
    return list(made.values()), [{"la": la, "child": child, "reason": why} for (la, child), why in settled.items()]


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
