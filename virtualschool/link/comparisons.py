"""What agrees between a child and a pupil, one comparison after another, each in a few levels.

Every comparison takes pairs (la, child, pupil) and gives each pair at most one row: its level, as a place in LEVELS, and where
agreement by chance depends on the value, how many pupils share it. A pair without a row is at level 0, not known. Where the pairs
are numbered (`pair`), so are the rows, instead of the three names: numbers are quicker to put together.
"""

import ibis
from ibis import _

from virtualschool.link.ages import age_before_school_year
from virtualschool.link.children import OWN, UNTOLD, as_day, letters
from virtualschool.link.dates import nearly
from virtualschool.link.geography import whole
from virtualschool.link.records import of_authorities, own_records, seen_on

PAIR = (*OWN, "pupil")
NOT_KNOWN = "not known"
LEVELS: dict[str, tuple[str, ...]] = {
    "number": (
        NOT_KNOWN,
        "differs",
        "same school and year",
        "two characters off",
        "one character off",
        "same as a former one",
        "same",
    ),
    "birth": (NOT_KNOWN, "differs", "same day and month", "same month", "nearly the same", "same"),
    "sex": (NOT_KNOWN, "differs", "same"),
    "place": (
        NOT_KNOWN,
        "elsewhere",
        "same authority",
        "same postcode district",
        "same postcode sector",
        "same postcode, at another time",
        "same postcode, at its time",
        "two postcodes the same, each at its time",
    ),
    "school": (
        NOT_KNOWN,
        "in another authority",
        "in the same authority, at another time",
        "in the same authority",
        "within 10 miles",
        "within 3 miles",
        "in two authorities, each at its time",
    ),
    "moves": (
        NOT_KNOWN,
        "joined no school after many moves",
        "joined no school after a few moves",
        "joined no school after a move",
        "joined a school some weeks after a move",
        "joined a school the next September after a move",
        "joined a school soon after one of many moves",
        "joined a school soon after a move",
        "joined schools soon after two moves",
    ),
    "ethnicity": (NOT_KNOWN, "differs", "same group", "same"),
    "needs": (
        NOT_KNOWN,
        "no disability, no special needs",
        "no disability, support",
        "no disability, plan",
        "disability, no special needs",
        "disability, support",
        "disability, plan",
    ),
    "meals": (NOT_KNOWN, "never free", "free at times", "always free"),
    "company": (NOT_KNOWN, "never at one school", "at one school", "at one school, and moved together"),
    "arrival": (NOT_KNOWN, "seen before the child arrived", "not seen before the child arrived"),
    "name": (NOT_KNOWN, "differs", "one of two names the same", "nearly the same", "same"),
}
"""The levels of each comparison, from what speaks most against a pair to what speaks most for it, as far as they have an order."""
PARTS = (
    "by_birth",
    "by_birth_shared",
    "by_number",
    "by_place",
    "by_school",
    "by_moves",
    "by_ethnicity",
    "by_needs",
    "by_meals",
    "by_company",
    "by_arrival",
    "by_name",
)
"""The tables that `together` lays side by side, by their names in the plan."""
AREAS = ("code", "sector", "district", "la")
"""Of which records.with_counts says how many pupils live there."""
MILE = 1609
TYPED, SHORT = 5, 3
"""Letters that a name has to have before two typing errors, or a short form, are still that name."""
MANY_MOVES = 4
UNTOLD_MOVE = 14
"""Days before the last record in which a move is too fresh for a school to have been joined; ours."""
PRIMARY_AGE = 11
"""Age before the school year from which a pupil goes to a secondary school."""
FIRST_YEAR, LAST_YEAR = 4, 15
"""Ages before the first school year and the last one that all go through."""
NEW_SCHOOL = (7, 11)
"""Ages at which many begin a junior school, and nearly all a secondary one."""


def level(comparison: str, *cases: tuple[ibis.Value, str], otherwise: str = NOT_KNOWN) -> ibis.Value:
    """The place in LEVELS of the first case that holds."""
    order = LEVELS[comparison]
    return ibis.cases(*((holds, order.index(words)) for holds, words in cases), else_=order.index(otherwise)).cast("int8")


def key(pairs: ibis.Table) -> tuple[str, ...]:
    """The columns that tell the pairs apart: their number where they have one."""
    return ("pair",) if "pair" in pairs.columns else PAIR


def numbered(pairs: ibis.Table) -> ibis.Table:
    """The pairs with their names and their number."""
    return pairs.select(*PAIR, *(name for name in key(pairs) if name not in PAIR))


def births(pairs: ibis.Table, people: ibis.Table, born: ibis.Table) -> ibis.Table:
    """la, child, pupil, birth, sex, and what the exact rules ask: born (birth date and sex agree in one record), born_any (birth dates
    agree), nearly_born, nearly_born_any (birth dates nearly), birth_known (the pupil's), sex_differs (known on both sides).

    `people` has pupil, dob, sex; `born` la, child, dob, sex.
    """
    theirs = people.select("pupil", their_dob="dob", their_sex="sex").distinct()
    told = numbered(pairs).inner_join(born, OWN).left_join(theirs, "pupil", rname="p_{name}")
    day = told.dob.day() == told.their_dob.day()
    month = told.dob.month() == told.their_dob.month()
    year = told.dob.year() == told.their_dob.year()
    told = told.mutate(
        same_sex=(told.sex == told.their_sex).fill_null(False),
        same_birth=(told.dob == told.their_dob).fill_null(False),
        near=nearly(told.dob, told.their_dob).fill_null(False),
        same_month=(month & year).fill_null(False),
        same_day=(month & day).fill_null(False),
        sexes=told.sex.notnull() & told.their_sex.notnull(),
        dates=told.dob.notnull() & told.their_dob.notnull(),
    )
    found = told.group_by(*key(pairs)).aggregate(
        born=(_.same_birth & _.same_sex).any(),
        born_any=_.same_birth.any(),
        nearly_born=(_.near & _.same_sex).any(),
        nearly_born_any=_.near.any(),
        birth_known=_.their_dob.notnull().any(),
        sex_same=_.same_sex.any(),
        sexes=_.sexes.any(),
        dates=_.dates.any(),
        same_month=_.same_month.any(),
        same_day=_.same_day.any(),
    )
    return found.select(
        *key(pairs),
        "born",
        "born_any",
        "nearly_born",
        "nearly_born_any",
        "birth_known",
        sex_differs=_.sexes & ~_.sex_same,
        sex=level("sex", (_.sex_same, "same"), (_.sexes, "differs")),
        birth=level(
            "birth",
            (_.born_any, "same"),
            (_.nearly_born_any, "nearly the same"),
            (_.same_month, "same month"),
            (_.same_day, "same day and month"),
            (_.dates, "differs"),
        ),
    )


def born_alike(pairs: ibis.Table, born: ibis.Table, common: ibis.Table) -> ibis.Table:
    """la, child, pupil, born_alike: how many pupils have the child's birth date and sex; of several, the most."""
    alike = born.inner_join(common, ["dob", "sex"]).group_by(*OWN).aggregate(born_alike=_.pupils.max())
    return numbered(pairs).inner_join(alike, OWN).select(*key(pairs), "born_alike")


def number(pairs: ibis.Table, records: ibis.Table, numbers: ibis.Table) -> ibis.Table:
    """la, child, pupil, number: the best of the child's UPNs with the pupil's."""
    borne = ibis.union(
        records.select("pupil", bearer="upn", now=ibis.literal(True)),
        records.select("pupil", bearer="former_upn", now=ibis.literal(False)),
        distinct=True,
    ).filter(_.bearer.notnull())
    told = numbered(pairs).inner_join(numbers, OWN).inner_join(borne, "pupil")
    # The distance is worked out only where part of the numbers agrees: one in a thousand.
    close = (told.upn.substr(0, 8) == told.bearer.substr(0, 8)) | (told.upn.right(5) == told.bearer.right(5))
    edits = close.ifelse(told.upn.levenshtein(told.bearer), 13)
    best = ibis.cases(
        (told.upn == told.bearer, told.now.ifelse(6, 5)),
        (edits == 1, 4),
        (close.ifelse(neighbours_swapped(told.upn, told.bearer), False), 4),
        (edits == 2, 3),
        (told.upn.substr(1, 9) == told.bearer.substr(1, 9), 2),
        else_=1,
    )
    return told.select(*key(pairs), best=best).group_by(*key(pairs)).aggregate(number=_.best.max().cast("int8"))


def neighbours_swapped(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """Whether two UPNs are the same but for two neighbouring characters, swapped."""
    ways = [
        one.substr(0, place) + one.substr(place + 1, 1) + one.substr(place, 1) + one.substr(place + 2, 13) == other for place in range(12)
    ]
    return (one != other) & ibis.or_(*ways)


def lived_at(place: ibis.Table) -> ibis.Value:
    """Whether the child lived at a place on the day of a record, or near it."""
    return (place.seen_on >= place.first_day) & (place.seen_on <= place.last_day)


def place(pairs: ibis.Table, records: ibis.Table, places: ibis.Table) -> ibis.Table:
    """la, child, pupil, place, there (pupils who live at what agrees: the rarest such place).

    `places` are those of records.with_counts.
    """
    own = key(pairs)
    # Areas without their days, of which there are few; days only of the same postcode, which is seldom.
    lived = places.select(*OWN, "code", "sector", "district", "in_la", *(f"pupils_{area}" for area in AREAS)).distinct()
    homes = records.filter(records.home.notnull())
    areas = homes.select("pupil", "home", "home_sector", "home_district", "home_la").distinct()
    told = numbered(pairs).inner_join(lived, OWN).inner_join(areas, "pupil")
    told = told.mutate(
        # The place in LEVELS. Asked in this order, areas of few pairs are looked at.
        found=ibis.cases(
            ((told.code == told.home) & whole(told.code), 5),
            (told.sector == told.home_sector, 4),
            (told.district == told.home_district, 3),
            (told.in_la == told.home_la, 2),
            else_=1,
        ).cast("int8"),
        same=((told.code == told.home) & whole(told.code)).fill_null(False),
        same_sector=(told.sector == told.home_sector).fill_null(False),
        same_district=(told.district == told.home_district).fill_null(False),
        same_la=(told.in_la == told.home_la).fill_null(False),
    )
    found = told.group_by(*own).aggregate(
        best=_.found.max(),
        by_code=_.pupils_code.min(where=_.same),
        by_sector=_.pupils_sector.min(where=_.same_sector),
        by_district=_.pupils_district.min(where=_.same_district),
        by_la=_.pupils_la.min(where=_.same_la),
    )
    at_codes = places.filter(whole(places.code)).select(*OWN, home="code", first_day="first_day", last_day="last_day")
    met = numbered(pairs).inner_join(at_codes, OWN).inner_join(homes.select("pupil", "home", "seen_on"), ["pupil", "home"])
    then = met.filter(lived_at(met)).group_by(*own).aggregate(first=_.home.min(), last=_.home.max())
    found = found.left_join(then, own, rname="then_{name}")
    return found.select(
        *own,
        place=ibis.cases((found["first"] != found["last"], 7), (found["first"].notnull(), 6), else_=found.best).cast("int8"),
        there=ibis.coalesce(_.by_code, _.by_sector, _.by_district, _.by_la),
    )


def school(pairs: ibis.Table, records: ibis.Table, places: ibis.Table, stays: ibis.Table, shares: ibis.Table) -> ibis.Table:
    """la, child, pupil, school, pupils_there (pupils at schools of the authority of the school that agrees).

    Where a child lived is compared with where the pupil went to school in the same months, or else at another time; where the return
    gives no postcode, the authority that looked after the child. `places` and `stays` have first_day, last_day and in_la.
    """
    own = key(pairs)
    at = records.filter(records.at_la.notnull()).select("pupil", "seen_on", "at_la", "at_east", "at_north")
    counted = of_authorities(shares).select(counted_la="in_la", at_pupils="pupils_la")
    at = at.left_join(counted, at.at_la == counted.counted_la)
    columns = (*OWN, "first_day", "last_day", "in_la", "east", "north")
    lived = ibis.union(places.select(*columns), stays.mutate(east=ibis.null("int32"), north=ibis.null("int32")).select(*columns))
    met = numbered(pairs).inner_join(lived.select(*OWN, at_la="in_la").distinct(), OWN)
    met = met.inner_join(at.select("pupil", "at_la", "at_pupils").distinct(), ["pupil", "at_la"])
    ever = met.group_by(*own).aggregate(records=_.count(), pupils_ever=_.at_pupils.min())
    told = numbered(pairs).inner_join(lived, OWN).inner_join(at, "pupil")
    told = told.filter(lived_at(told))
    east, north = told.east.cast("int64") - told.at_east.cast("int64"), told.north.cast("int64") - told.at_north.cast("int64")
    told = told.mutate(square=east * east + north * north, same=(told.in_la == told.at_la).fill_null(False))
    # The place in LEVELS.
    near = ibis.cases((told.square <= (3 * MILE) ** 2, 5), (told.square <= (10 * MILE) ** 2, 4), (told.same, 3), else_=0)
    told = told.mutate(found=ibis.greatest(near, told.in_la.notnull().ifelse(1, 0)).cast("int8"))
    then = told.group_by(*own).aggregate(
        best=_.found.max(),
        first=_.at_la.min(where=_.same),
        last=_.at_la.max(where=_.same),
        pupils_then=_.at_pupils.min(where=_.found >= 3),
    )
    found = numbered(pairs).left_join(then, own, rname="then_{name}").left_join(ever, own, rname="ever_{name}")
    found = found.filter(found.best.notnull() | found.records.notnull())
    return found.select(
        *own,
        pupils_there=ibis.coalesce(_.pupils_then, _.pupils_ever),
        school=ibis.cases(
            (found["first"] != found["last"], 6),
            else_=ibis.greatest(found.best.fill_null(0), found.records.notnull().ifelse(2, 0)),
        ).cast("int8"),
    )


def moves(pairs: ibis.Table, records: ibis.Table, moved: ibis.Table) -> ibis.Table:
    """la, child, pupil, moves: whether the pupil joined a school in the weeks after a move of placement, outside the first half of
    September; or then, within a year of a move, at an age at which most stay where they are.

    Two moves with two joinings say more than one; and one of many moves less, which a joining meets by chance. Moves after the last
    record, or days before it, are left out: what came of them nobody has told yet.
    """
    last = as_day(records.seen_on.max() - ibis.interval(days=UNTOLD_MOVE)).as_scalar()
    moved = moved.filter(moved.moved <= last)
    joined = records.filter(records.entry_date.notnull()).select("pupil", "entry_date", "dob").distinct()
    told = numbered(pairs).inner_join(moved, OWN).inner_join(joined, "pupil")
    autumn = (told.entry_date.month() == 9) & (told.entry_date.day() <= 15)
    age = age_before_school_year(told.dob, told.entry_date.year() + 1)
    unusual = (age.between(FIRST_YEAR + 1, LAST_YEAR) & ~age.isin(NEW_SCHOOL)).fill_null(False)
    from_then = (told.entry_date >= told.joined_from).ifelse(~autumn, False)
    told = told.mutate(
        soon=from_then & (told.entry_date <= told.joined_soon),
        late=from_then & (told.entry_date <= told.joined_late),
        september=((told.entry_date >= told.moved) & (told.entry_date <= told.joined_year)).ifelse(autumn & unusual, False),
    )
    found = told.group_by(*key(pairs)).aggregate(
        late=_.late.any(),
        soon=_.soon.any(),
        september=_.september.any(),
        first_move=_.moved.min(where=_.soon),
        last_move=_.moved.max(where=_.soon),
        first_joined=_.entry_date.min(where=_.soon),
        last_joined=_.entry_date.max(where=_.soon),
        times=_.moved.nunique(),
    )
    many = found.times >= MANY_MOVES
    twice = (found.first_move < found.last_move) & (found.first_joined < found.last_joined)
    return found.select(
        *key(pairs),
        moves=level(
            "moves",
            (twice, "joined schools soon after two moves"),
            (many & found.soon, "joined a school soon after one of many moves"),
            (found.soon, "joined a school soon after a move"),
            (found.september, "joined a school the next September after a move"),
            (found.late, "joined a school some weeks after a move"),
            (many, "joined no school after many moves"),
            (found.times > 1, "joined no school after a few moves"),
            otherwise="joined no school after a move",
        ),
    )


def ethnicity(pairs: ibis.Table, records: ibis.Table, features: ibis.Table, shares: ibis.Table) -> ibis.Table:
    """la, child, pupil, ethnicity, alike (pupils of the child's ethnicity at schools of the pupil's authority), among (all there).

    `shares`: in_la, ethnicity, pupils, among.
    """
    said = records.filter(records.ethnicity.notnull() & ~records.ethnicity.isin(UNTOLD))
    theirs = said.select("pupil", "at_la", theirs=main_code(said.ethnicity)).distinct()
    ours = features.filter(features.ethnic.notnull()).select(*OWN, ours=main_code(features.ethnic))
    told = numbered(pairs).inner_join(ours, OWN).inner_join(theirs, "pupil")
    told = told.left_join(shares, [told.at_la == shares.in_la, told.ours == shares.ethnicity], rname="s_{name}")
    told = told.mutate(same=told.ours == told.theirs, group=told.ours.substr(0, 1) == told.theirs.substr(0, 1))
    found = told.group_by(*key(pairs)).aggregate(same=_.same.any(), group=_.group.any(), alike=_.pupils.max(), among=_.among.max())
    return found.select(
        *key(pairs), "alike", "among", ethnicity=level("ethnicity", (_.same, "same"), (_.group, "same group"), otherwise="differs")
    )


def main_code(code: ibis.Value) -> ibis.Value:
    """The main code of an ethnicity: extended codes keep its first four letters."""
    return code.upper().substr(0, 4)


def needs(pairs: ibis.Table, records: ibis.Table, features: ibis.Table) -> ibis.Table:
    """la, child, pupil, needs: a disability as category of need, beside the most that the pupil's special needs ever were."""
    said = records.filter(records.sen.notnull())
    most = said.group_by("pupil").aggregate(plan=_.sen.isin(("E", "S")).any(), support=_.sen.isin(("K", "A", "P")).any())
    told = numbered(pairs).inner_join(features.select(*OWN, "disabled"), OWN).inner_join(most, "pupil")
    steps = [
        (disabled & holds, f"{words}, {need}")
        for disabled, words in ((told.disabled, "disability"), (~told.disabled, "no disability"))
        for holds, need in ((told.plan, "plan"), (told.support, "support"), (ibis.literal(True), "no special needs"))
    ]
    return told.select(*key(pairs), needs=level("needs", *steps))


def meals(pairs: ibis.Table, records: ibis.Table) -> ibis.Table:
    """la, child, pupil, meals: on how many records the pupil has free school meals. More of those who come into care have them."""
    said = records.filter(records.fsm.notnull()).group_by("pupil").aggregate(some=_.fsm.any(), every=_.fsm.all())
    told = numbered(pairs).inner_join(said, "pupil")
    return told.select(*key(pairs), meals=level("meals", (told.every, "always free"), (told.some, "free at times"), otherwise="never free"))


def companions(pairs: ibis.Table, made: ibis.Table, moved: ibis.Table, features: ibis.Table, adopted: ibis.Table) -> ibis.Table:
    """Children of the authority who have a link and came into care on the same day as a child, or moved on two days with it: la, child,
    companion (the pupil of the link), often (they moved together).

    Most are brothers and sisters. Nobody who came alone is one, and nobody whose record an adoption seals.
    """
    days = moved.inner_join(features.filter(~features.unaccompanied).select(*OWN, "begun"), OWN).anti_join(adopted, OWN)
    theirs = days.inner_join(made.select(*OWN, companion="pupil"), OWN)
    theirs = theirs.select("la", "moved", "companion", other="child", their_begun="begun")
    ours = days.semi_join(pairs, OWN).select(*OWN, "moved", "begun")
    met = ours.inner_join(theirs, ["la", "moved"]).filter(_.child != _.other)
    met = met.group_by(*OWN, "companion").aggregate(days=_.moved.nunique(), entered=(_.begun == _.their_begun).any())
    met = met.filter(met.entered | (met.days > 1))
    return met.select(*OWN, "companion", often=met.days > 1)


def companion_schools(companions: ibis.Table, records: ibis.Table) -> ibis.Table:
    """Where the companions of each child went to school: la, child, companion, often, seen_on, primary (of primary age), their_school."""
    at = at_school(records).select("seen_on", "primary", companion="pupil", their_school="laestab")
    return companions.inner_join(at, "companion").select(*OWN, "companion", "often", "seen_on", "primary", "their_school")


def company(pairs: ibis.Table, records: ibis.Table, theirs: ibis.Table) -> ibis.Table:
    """la, child, pupil, company: whether the pupil went to one school with the pupil of a companion, on the same day.

    Only where both were of primary age, or both of secondary age. `theirs` is companion_schools.
    """
    # Those schools are few, and worked out before: put together with all records by their days alone, they would be millions.
    told = numbered(pairs).inner_join(theirs, OWN)
    told = told.filter(told.pupil != told.companion).inner_join(at_school(records), ["pupil", "seen_on", "primary"])
    # The place in LEVELS.
    found = told.mutate(found=(told.laestab == told.their_school).ifelse(told.often.ifelse(3, 2), 1).cast("int8"))
    return found.group_by(*key(pairs)).aggregate(company=_.found.max())


def at_school(records: ibis.Table) -> ibis.Table:
    """Which school pupils went to when, and whether they were of primary age: pupil, seen_on, laestab, primary."""
    school_year = records.seen_on.year() + (records.seen_on.month() > 8).ifelse(1, 0)
    at = records.filter(records.laestab.notnull() & records.dob.notnull())
    return at.select("pupil", "seen_on", "laestab", primary=age_before_school_year(records.dob, school_year) < PRIMARY_AGE).distinct()


def arrived(pairs: ibis.Table, features: ibis.Table) -> ibis.Table:
    """Pairs of unaccompanied children, with the day on which their care began: la, child, pupil, begun."""
    came = features.filter(features.unaccompanied & features.begun.notnull()).select(*OWN, "begun")
    met = numbered(pairs).inner_join(came, OWN)
    return met.select(*numbered(pairs).columns, "begun")


def arrival(arrived: ibis.Table, seen: ibis.Table, keys: ibis.Table, loose: ibis.Table) -> ibis.Table:
    """la, child, pupil, arrival: of unaccompanied children only. A pupil seen months before the child came to England is another.

    All records of the pupil are asked, not only those that have to do with the child.
    """
    years = own_records(arrived.select("pupil").distinct(), seen, keys, "year", "term", loose=loose)
    first = years.mutate(seen_on=seen_on(years.year, years.term)).group_by("pupil").aggregate(first=_.seen_on.min())
    told = arrived.inner_join(first, "pupil")
    before = told.first < told.begun - ibis.interval(days=120)
    return told.select(
        *key(arrived),
        arrival=level("arrival", (before, "seen before the child arrived"), otherwise="not seen before the child arrived"),
    )


def name(pairs: ibis.Table, records: ibis.Table, named: ibis.Table) -> ibis.Table:
    """la, child, pupil, name: the best of the child's names with the pupil's, in letters only. No name leaves here, only the level.

    Nearly the same are names with up to two typing errors each, a short form of the forename (Sam, Samuel), and forename and
    surname changed round. `named` is children.names.
    """
    told = records.filter(records.forename.notnull() | records.surname.notnull()).select("pupil", "forename", "surname").distinct()
    theirs = told.select("pupil", their_forename=letters(told.forename), their_surname=letters(told.surname)).distinct()
    met = numbered(pairs).inner_join(named, OWN).inner_join(theirs, "pupil")
    met = met.mutate(
        first=(met.forename == met.their_forename).fill_null(False),
        last=(met.surname == met.their_surname).fill_null(False),
        swapped=((met.forename == met.their_surname) & (met.surname == met.their_forename)).fill_null(False),
        both_known=met.forename.notnull() & met.their_forename.notnull() & met.surname.notnull() & met.their_surname.notnull(),
    )
    met = met.mutate(
        typed=(met.first | typed(met.forename, met.their_forename)) & (met.last | typed(met.surname, met.their_surname)),
        short=met.last & (begins(met.forename, met.their_forename) | begins(met.their_forename, met.forename)),
    )
    found = met.select(
        *key(pairs),
        best=level(
            "name",
            (met.first & met.last, "same"),
            (met.typed | met.short | met.swapped, "nearly the same"),
            (met.first | met.last, "one of two names the same"),
            (met.both_known, "differs"),
        ),
    )
    return found.filter(found.best > 0).group_by(*key(pairs)).aggregate(name=_.best.max())


def typed(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """Whether two names are one but for two letters."""
    long = (one.length() >= TYPED) & (other.length() >= TYPED) & ((one.length() - other.length()).abs() <= 2)
    return (long.fill_null(False).ifelse(one.levenshtein(other), 3) <= 2).fill_null(False)


def begins(one: ibis.Value, other: ibis.Value) -> ibis.Value:
    """Whether a name begins with another, which is long enough to say something."""
    return ((other.length() >= SHORT) & one.startswith(other)).fill_null(False)


def together(pairs: ibis.Table, *parts: ibis.Table) -> ibis.Table:
    """The pairs with the levels of every comparison; 0 where one has no row."""
    rows = numbered(pairs)
    own = rows.columns
    levels = {name: ibis.literal(0, "int8") for name in LEVELS}
    for number, part in enumerate(parts):
        rows = rows.left_join(part, key(pairs), rname=f"part_{number}_{{name}}")
    made = {name: rows[name].fill_null(0) if name in rows.columns else none for name, none in levels.items()}
    others = [column for column in rows.columns if column not in made and not column.startswith("part_") and column not in own]
    return rows.select(*own, *others, **made)


def ready(pairs: ibis.Table, made: ibis.Table, sought: ibis.Table, impossible: ibis.Table, *parts: ibis.Table) -> ibis.Table:
    """The pairs as they are weighed, with the levels of every comparison (`parts`, in the order of PARTS), and linked (the pair is a
    link), certain (the child has one), group (of a child to be judged).

    Without pairs that cannot be, since another child has the pupil: those of a link stay.
    """
    fixed = made.select(*PAIR, linked=ibis.literal(True))
    known = made.select(*OWN, certain=ibis.literal(True)).distinct()
    barred = impossible.select(*PAIR, barred=ibis.literal(True)).distinct()
    compared = together(pairs, *parts)
    rows = compared.left_join(fixed, PAIR, rname="f_{name}").left_join(known, OWN, rname="k_{name}")
    rows = rows.left_join(barred, PAIR, rname="b_{name}").left_join(sought, OWN, rname="s_{name}")
    rows = rows.filter(rows.linked.notnull() | rows.barred.isnull())
    return rows.select(
        *compared.columns,
        linked=_.linked.fill_null(False),
        certain=_.certain.fill_null(False),
        group=_.group.fill_null(-1),
    )
