"""The exact rules: UPN with birth date and sex, in full or nearly. A cascade is a list of rules, run in order.

One pass over the education files gathers every pair of a child and a pupil that has anything to do with one another, and says
what agrees in it; a rule is then a question about a pair. A step of another kind (likely links) is one more entry at the end
of `CASCADE`, over pairs with more columns.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.link.keys import ADOPTED, identifier


@dataclass(frozen=True)
class Rule:
    """One step of the cascade. `holds` says of a pair whether it may be a link; `agreed` is what agreed, in words."""

    name: str
    agreed: str
    holds: Callable[[ibis.Table], ibis.Value]
    method: str = "exact"


U1 = Rule("U1", "UPN, birth date and sex", lambda pair: pair.current & pair.born)
U1_FORMER = Rule("U1 former", "former UPN, birth date and sex", lambda pair: pair.exact & pair.born)
U2 = Rule("U2", "UPN and birth date; sex differs or is not known", lambda pair: pair.exact & pair.born_any)
U2_NEARLY = Rule("U2 nearly", "UPN and sex; birth date nearly", lambda pair: pair.exact & pair.nearly_born)
U3 = Rule("U3", "UPN but for one character, birth date and sex", lambda pair: pair.one_edit)
U4 = Rule(
    # A school's results list may give UPNs only. Nothing speaks against these links, and nothing but the number for them.
    "U4",
    "UPN; the pupil's records hold no birth date",
    lambda pair: pair.exact & ~pair.birth_known & ~pair.sex_differs,
)

CASCADE = (U1, U1_FORMER, U2, U2_NEARLY, U3, U4)

SEXES = (("1", "M"), ("M", "M"), ("2", "F"), ("F", "F"))


def sex_of(code: ibis.Value) -> ibis.Value:
    """M or F of a return's code, in either coding and any year; null for U and what is not a code."""
    return ibis.cases(*((code == known, sex) for known, sex in SEXES), else_=ibis.null("string"))


# --- The children ---


def adoptions() -> ibis.Table:
    """Children who were adopted: la, child, adopted (the first order's day), adoption_year (its care year)."""
    episodes = tables.episodes.ibis()
    ended = episodes.filter(episodes.rec.isin(ADOPTED) & episodes.dec.notnull())
    adopted = ended.group_by("la", "child").aggregate(adopted=_.dec.min())
    after_march = (adopted.adopted.month() >= 4).ifelse(1, 0)
    return adopted.mutate(adoption_year=(adopted.adopted.year() + after_march).cast("int32"))


def numbers() -> ibis.Table:
    """The UPNs of each child over all returns: la, child, upn.

    Of a child who was adopted, those given before the year of the order; if there are none, those of that year. A number that
    came with the order, or after it, belongs to another identity, which is not ours to join to this one.
    """
    header = tables.header.ibis()
    adopted = adoptions()
    given = header.select("la", "child", "year", upn=identifier(header.upn)).filter(_.upn.notnull())
    given = given.left_join(adopted, ["la", "child"]).drop("la_right", "child_right")
    own = ibis.window(group_by=[given.la, given.child])
    earlier = (given.year < given.adoption_year).fill_null(False)
    given = given.mutate(earlier=earlier, any_earlier=earlier.cast("int32").max().over(own) == 1)
    kept = given.filter(given.adoption_year.isnull() | given.earlier | (~given.any_earlier & (given.year == given.adoption_year)))
    return kept.select("la", "child", "upn").distinct()


def births() -> ibis.Table:
    """The birth dates and sexes of each child over all returns: la, child, dob, sex."""
    header = tables.header.ibis()
    return header.select("la", "child", "dob", sex=sex_of(header.sex)).distinct()


def stays() -> ibis.Table:
    """When each child was in an authority's care: la, child, since, until; a child without episodes is there in its returns' years."""
    episodes, header = tables.episodes.ibis(), tables.header.ibis()
    in_care = episodes.select(
        "la", "child", since=episodes.decom, until=ibis.coalesce(episodes.dec, ibis.date(episodes.year, ibis.literal(4), ibis.literal(1)))
    )
    others = header.anti_join(episodes, ["la", "child"])
    listed = others.select(
        "la",
        "child",
        since=ibis.date(others.year - 1, ibis.literal(4), ibis.literal(1)),
        until=ibis.date(others.year, ibis.literal(4), ibis.literal(1)),
    )
    return ibis.union(in_care, listed, distinct=True)


# --- Pairs: who could be whom ---


def pairs(seen: ibis.Table, keys: ibis.Table) -> ibis.Table:
    """Each child with each pupil whose UPN is the same or one edit away, and what agrees.

    One row for each la, child, pupil: current (the present UPN is the same), exact (the present or a former one is), born (birth
    date and sex agree in one record), born_any (birth dates agree), nearly_born (sex agrees, birth dates nearly),
    nearly_born_any, one_edit (with birth date and sex), birth_known (the pupil's records hold a birth date), sex_differs (known
    on both sides, never the same).
    """
    same, near = same_number(seen, keys), one_edit_away(seen, keys)
    compared = compare(ibis.union(same.select("la", "child", "pupil"), near, distinct=True), seen, keys)
    kinds = same.group_by("la", "child", "pupil").aggregate(current=(_.kind == "upn").any())
    edits = near.distinct().mutate(edited=ibis.literal(True))
    both = compared.left_join(kinds, ["la", "child", "pupil"], rname="kinds_{name}")
    both = both.left_join(edits, ["la", "child", "pupil"], rname="edits_{name}")
    return both.select(
        "la",
        "child",
        "pupil",
        "born",
        "born_any",
        "nearly_born",
        "nearly_born_any",
        "birth_known",
        "sex_differs",
        current=both.current.fill_null(False),
        exact=both.kinds_pupil.notnull(),
        one_edit=both.edited.fill_null(False) & both.kinds_pupil.isnull(),
    )


def same_number(seen: ibis.Table, keys: ibis.Table) -> ibis.Table:
    """Children and the pupils who bear their UPN now or bore it: la, child, pupil, kind."""
    given = numbers()
    borne = given.semi_join(seen, "upn")
    upns, formers = keys.filter(keys.kind == "upn"), keys.filter(keys.kind == "former_upn")
    present = borne.left_join(upns, borne.upn == upns.identifier)
    present = present.select("la", "child", pupil=ibis.coalesce(_.pupil, _.upn), kind=ibis.literal("upn"))
    former = given.inner_join(formers, given.upn == formers.identifier)
    return ibis.union(present, former.select("la", "child", "pupil", "kind"), distinct=True)


def one_edit_away(seen: ibis.Table, keys: ibis.Table) -> ibis.Table:
    """Children and the pupils of one birth date and sex whose UPN is one character off theirs: la, child, pupil.

    One character written wrong, left out or put in, or two neighbours swapped. Either the first eight or the last five
    characters are then untouched, so only such pairs are compared. The check letter makes two true UPNs differ in two places
    or more, so twins at one school are not taken for one another.
    """
    given, born = numbers(), births()
    children = given.inner_join(born, ["la", "child"]).select("la", "child", "dob", "sex", number=given.upn)
    children = children.filter(children.dob.notnull() & children.sex.notnull() & (children.number.length() >= 12))
    found = seen.filter(seen.dob.notnull() & seen.sex.notnull())
    bearers = ibis.union(
        found.select("dob", "sex", bearer=found.upn, kind=ibis.literal("upn")),
        found.select("dob", "sex", bearer=found.former_upn, kind=ibis.literal("former_upn")),
    ).filter(_.bearer.notnull())
    alike = [children.dob == bearers.dob, children.sex == bearers.sex]
    heads = children.inner_join(bearers, [*alike, children.number.substr(0, 8) == bearers.bearer.substr(0, 8)])
    tails = children.inner_join(bearers, [*alike, children.number.right(5) == bearers.bearer.right(5)])
    columns = ("la", "child", "number", "bearer", "kind")
    either = ibis.union(heads.select(*columns), tails.select(*columns), distinct=True)
    edited = either.filter((either.number.levenshtein(either.bearer) == 1) | neighbours_swapped(either.number, either.bearer))
    meant = edited.left_join(keys, [edited.bearer == keys.identifier, edited.kind == keys.kind], rname="key_{name}")
    meant = meant.select("la", "child", pupil=ibis.coalesce(_.pupil, (_.kind == "upn").ifelse(_.bearer, ibis.null("string"))))
    return meant.filter(_.pupil.notnull()).distinct()


def neighbours_swapped(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """Whether two UPNs are the same but for two neighbouring characters, swapped."""
    ways = [
        one.substr(0, place) + one.substr(place + 1, 1) + one.substr(place, 1) + one.substr(place + 2, 13) == other for place in range(12)
    ]
    return (one != other) & ibis.or_(*ways)


def compare(couples: ibis.Table, seen: ibis.Table, keys: ibis.Table) -> ibis.Table:
    """What agrees between child and pupil, over every record of either: la, child, pupil, born, born_any, nearly_born …"""
    wanted = couples.select("pupil").distinct()
    known = keys.filter(keys.kind == "upn").semi_join(wanted, "pupil").select("identifier", "pupil")
    known = ibis.union(known, wanted.select(identifier="pupil", pupil="pupil"))
    # The pupil's own records, and those of a UPN of the pupil's that give no PMR, or this one.
    by_pmr = wanted.inner_join(seen, wanted.pupil == seen.pmr).select("pupil", "dob", "sex")
    by_upn = known.inner_join(seen, known.identifier == seen.upn).filter(_.pmr.isnull() | (_.pmr == _.pupil))
    records = ibis.union(by_pmr, by_upn.select("pupil", "dob", "sex"), distinct=True)
    born = births()
    told = couples.inner_join(born, ["la", "child"]).select("la", "child", "pupil", our_dob=born.dob, our_sex=born.sex)
    # A pupil of the keys may be known under other UPNs only; the pair stays, with nothing that agrees.
    told = told.left_join(records, "pupil", rname="record_{name}")
    same_sex = (told.our_sex == told.sex).fill_null(False)
    same_birth = (told.our_dob == told.dob).fill_null(False)
    told = told.mutate(
        same_sex=same_sex,
        same_birth=same_birth,
        near=nearly(told.our_dob, told.dob).fill_null(False),
        sexes=told.our_sex.notnull() & told.sex.notnull(),
    )
    return told.group_by("la", "child", "pupil").aggregate(
        born=(_.same_birth & _.same_sex).any(),
        born_any=_.same_birth.any(),
        nearly_born=(_.near & _.same_sex).any(),
        nearly_born_any=_.near.any(),
        birth_known=_.dob.notnull().any(),
        sex_differs=_.sexes.any() & ~_.same_sex.any(),
    )


def nearly(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """Whether two dates are the same but for one digit, for day and month swapped, or for one part that is one off."""
    day, month, year = one.day() - other.day(), one.month() - other.month(), one.year() - other.year()
    swapped = (one.day() == other.month()) & (one.month() == other.day()) & (year == 0)
    one_off = (day.abs() + month.abs() + year.abs()) == 1
    return (one != other) & (swapped | one_off | (digits_apart(one, other) == 1))


def digits_apart(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """How many of the eight digits of two dates differ."""
    places = [
        (one.day(), other.day(), (1, 10)),
        (one.month(), other.month(), (1, 10)),
        (one.year(), other.year(), (1, 10, 100, 1000)),
    ]
    differences = [((a // unit) % 10 != (b // unit) % 10).ifelse(1, 0) for a, b, units in places for unit in units]
    return sum(differences[1:], start=differences[0])


def clashes(pairs: ibis.Table) -> ibis.Table:
    """Two children of one authority, in care at the same time, who could be the same pupil: la, child, other, pupil."""
    second = pairs.view()
    twice = pairs.inner_join(second, [pairs.la == second.la, pairs.pupil == second.pupil, pairs.child != second.child])
    twice = twice.select("la", "child", "pupil", other=second.child)
    ours, theirs = stays(), stays().view()
    met = twice.inner_join(ours, ["la", "child"]).select("la", "child", "pupil", "other", "since", "until")
    met = met.inner_join(
        theirs,
        [met.la == theirs.la, met.other == theirs.child, met.since < theirs["until"], theirs.since < met["until"]],
    )
    return met.select("la", "child", "other", "pupil").distinct()
