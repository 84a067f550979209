"""The children without a link: who they are before anything is weighed, and the reason that each is left with."""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.link import reasons
from virtualschool.link.ages import age_before_school_year
from virtualschool.link.children import OWN, numbers
from virtualschool.link.sources import Sources
from virtualschool.store import Draft

CODES = (reasons.UN1, reasons.UN2, reasons.UN3, reasons.UN4, reasons.UN5)
OUTSIDE_ENGLAND = ("WAL", "SCO", "NIR")
RESIDENTIAL_SCHOOL = "S1"
FIRST_SCHOOL_AGE, LAST_SCHOOL_AGE = 4, 16


def newest_headers() -> ibis.Table:
    """What the newest return says of each child: la, child, dob, upn."""
    header = tables.header.ibis()
    newest = ibis.window(group_by=[header.la, header.child], order_by=[header.year.desc(), header.file.desc(), header.row.desc()])
    return header.mutate(place=ibis.row_number().over(newest)).filter(_.place == 0).select(*OWN, "dob", "upn")


def years_held(draft: Draft) -> tuple[int | None, int | None]:
    """The first and last school year of any education file."""
    held = [table.ibis().aggregate(first=_.year.min(), last=_.year.max()) for table in tables.EDUCATION]
    row = draft.engine.rows(ibis.union(*held).aggregate(first=_["first"].min(), last=_["last"].max()))[0]
    return row["first"], row["last"]


def listed(draft: Draft) -> list[dict]:
    """Every child of a header and the group that tells how likely it is to be among the pupils: la, child, group."""
    first, last = years_held(draft)
    if first is None or last is None:
        return []
    rows = newest_headers().left_join(numbers().select(*OWN).distinct().mutate(numbered=ibis.literal(True)), OWN, rname="n_{name}")
    age = ibis.cases(
        (age_before_school_year(_.dob, last) < FIRST_SCHOOL_AGE, "under school age"),
        (age_before_school_year(_.dob, first) >= LAST_SCHOOL_AGE, "past school age"),
        else_="of school age",
    )
    number = _.numbered.fill_null(False).ifelse("number not found, ", "no number, ")
    return draft.engine.rows(rows.select(*OWN, group=number.concat(age)).order_by(*OWN))


def write(draft: Draft, sources: Sources, settled: ibis.Table) -> None:
    """Writes `unlinked`: every child of a header that is not in `links`, with its reason. `settled` has reasons that are known already."""
    first, last = years_held(draft)
    children = newest_headers().anti_join(tables.links.ibis(), OWN).left_join(settled, OWN, rname="settled_{name}")
    told = tables_of_pairs().group_by(*OWN).aggregate(near=_.nearly_born_any.any(), alike=_.nearly_born.any())
    children = children.left_join(told.mutate(found=ibis.literal(True)), OWN, rname="told_{name}")
    children = children.left_join(last_places(sources), OWN, rname="place_{name}")
    arrived = sources.features.filter(sources.features.unaccompanied).select(*OWN, arrived="begun")
    children = children.left_join(arrived, OWN, rname="arrived_{name}")
    code = children.upn.upper().replace(" ", "")
    steps = [
        (ibis.literal(first is None), reasons.NO_EDUCATION),
        (children.reason.notnull(), None),
        (children.alike.fill_null(False), reasons.SWAPPED),
        (children.near.fill_null(False), reasons.SEX_DIFFERS),
        (children.found.fill_null(False), reasons.BIRTH_DIFFERS),
        *((code == reason.name, reason) for reason in CODES),
    ]
    if first is not None and last is not None:
        newly = ibis.date(ibis.literal(last - 1, "int32"), ibis.literal(4), ibis.literal(1))
        steps += [
            (age_before_school_year(children.dob, last) < FIRST_SCHOOL_AGE, reasons.UNDER_AGE),
            (age_before_school_year(children.dob, first) >= LAST_SCHOOL_AGE, reasons.OVER_AGE),
            (children.in_la.isin(OUTSIDE_ENGLAND), reasons.WALES_OR_SCOTLAND),
            (children.arrived >= newly, reasons.ARRIVED),
            (children.residential, reasons.INDEPENDENT),
            (children.elsewhere, reasons.NOT_HELD),
        ]
    steps.append((code.isnull() | (code == "") | (code == "UN0"), reasons.NO_UPN))
    reason = ibis.cases(
        *((holds.fill_null(False), children.reason if why is None else ibis.literal(why.name)) for holds, why in steps),
        else_=reasons.NOT_FOUND.name,
    )
    draft.write("unlinked", children.select(*OWN, reason=reason), order_by=tables.unlinked.key)


def tables_of_pairs() -> ibis.Table:
    """What the pairs with the same UPN agree in, as the exact rules left it: la, child, nearly_born, nearly_born_any."""
    columns = {"la": "string", "child": "string", "pupil": "string", "nearly_born": "boolean", "nearly_born_any": "boolean",
               "birth_known": "boolean"}  # fmt: skip
    pairs = ibis.table(columns, name="pairs_born")
    return pairs.filter(pairs.birth_known)


def last_places(sources: Sources) -> ibis.Table:
    """Where each child was placed last: la, child, in_la, residential (in a residential school), elsewhere (no file of a school there)."""
    episodes, places = tables.episodes.ibis(), sources.places
    kinds = episodes.group_by(*OWN).aggregate(last_kind=_.place.argmax(_.decom))
    placed = places.filter(~places.at_home).group_by(*OWN).aggregate(in_la=_.in_la.argmax(_.since))
    held = sources.with_schools.mutate(there=ibis.literal(True))
    found = kinds.left_join(placed, OWN, rname="p_{name}").mutate(school_la=ibis.coalesce(_.in_la, _.la))
    found = found.left_join(held, found.school_la == held.held_la)
    return found.select(*OWN, "in_la", residential=_.last_kind == RESIDENTIAL_SCHOOL, elsewhere=_.there.isnull())
