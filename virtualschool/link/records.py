"""What the education files say of pupils: every record that names one, the records of some pupils, and how common a thing is."""

from collections.abc import Iterable

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.link.children import told_between
from virtualschool.link.geography import district, sector

ROLLS = tuple(table for table in tables.EDUCATION if table.name not in ("ks4_results", "exclusions"))
"""Tables in which a pupil has one row or few a year, so that shares of rows are shares of pupils."""
SEEN = {
    "source": "string", "year": "int32", "term": "string", "pmr": "string", "upn": "string", "former_upn": "string", "dob": "date",
    "sex": "string", "laestab": "string", "home": "string", "ethnicity": "string", "sen": "string", "entry_date": "date",
    "fsm": "boolean", "forename": "string", "surname": "string", "uln": "string",
}  # fmt: skip
ONLY_CENSUS = ("term", "ethnicity", "sen", "entry_date", "fsm")


def sightings(education: Iterable[tables.Table] = tables.EDUCATION) -> ibis.Table:
    """Every record of an education table, with the columns of SEEN; those that name nobody fall out where they are joined."""
    return ibis.union(*(sighting(table) for table in education))


def sighting(table: tables.Table) -> ibis.Table:
    rows = table.ibis()
    census = table is tables.census
    return rows.select(
        source=ibis.literal(table.name),
        year=rows.year,
        term=rows.term if census else ibis.null("string"),
        pmr=rows.pmr,
        upn=number(rows.upn),
        former_upn=number(rows.former_upn),
        dob=rows.dob,
        sex=rows.sex,
        laestab=rows.laestab,
        home=rows.postcode if census else ibis.null("string"),
        ethnicity=rows.ethnicity if census else ibis.null("string"),
        sen=rows.sen if census else ibis.null("string"),
        entry_date=rows.entry_date if census else ibis.null("date"),
        fsm=rows.fsm if census else ibis.null("boolean"),
        forename=rows.forename if census else ibis.null("string"),
        surname=rows.surname if census else ibis.null("string"),
        uln=rows.uln if census else ibis.null("string"),
    )


def near_number(seen: ibis.Table, numbers: ibis.Table, concerned: ibis.Table, learners: ibis.Table) -> ibis.Table:
    """The records that bear a UPN of a child, as the present or a former one, or one of a chain (`concerned`), or a ULN of a child
    (`learners`), with the columns of SEEN."""
    upns = ibis.union(numbers.select("upn"), concerned.select("upn"), distinct=True)
    met = seen.upn.isin(upns.upn) | seen.former_upn.isin(upns.upn) | seen.uln.isin(learners.uln)
    return seen.filter(met).select(*SEEN)


def near_reference(seen: ibis.Table, near: ibis.Table) -> ibis.Table:
    """The other records of references whose records with the child's UPN tell no birth date, with the columns of SEEN.

    A list may tie UPNs to references and say no more of a pupil.
    """
    told = near.filter(near.pmr.notnull()).group_by("pmr").aggregate(born=_.dob.notnull().any())
    return seen.semi_join(told.filter(~_.born), "pmr")


def both(by_number: ibis.Table, by_reference: ibis.Table) -> ibis.Table:
    """The records of two tables, with the columns of SEEN."""
    return ibis.union(by_number.select(*SEEN), by_reference.select(*SEEN))


TOLD = (
    "seen_on", "pupil", "upn", "former_upn", "dob", "sex", "home", "home_sector", "home_district", "home_la", "at_la", "at_east",
    "at_north", "laestab", "ethnicity", "sen", "entry_date", "fsm", "forename", "surname",
)  # fmt: skip


def placed(
    by_number: ibis.Table, by_reference: ibis.Table, near: ibis.Table, keys: ibis.Table, schools: ibis.Table, known: ibis.Table
) -> ibis.Table:
    """All records that have to do with a child, some of them twice, with the columns of TOLD: pupil is who bears the record, at_la,
    at_east, at_north are the school's authority and place. Without those that name nobody.

    `schools` and `known` say where schools and postcodes are (geography).
    """
    told = with_authority(ibis.union(by_number.select(*SEEN), by_reference.select(*SEEN), near.select(*SEEN)), schools)
    homes = known.select(known_code="postcode", home_la="in_la")
    told = told.left_join(homes, told.home == homes.known_code)
    # A reference says whose a record is; only where there is none does the number.
    told = told.mutate(loose=told.pmr.isnull().ifelse(told.upn, ibis.null("string")))
    upns = keys.filter(keys.kind == "upn").select("identifier", meant="pupil")
    told = told.left_join(upns, told.loose == upns.identifier)
    told = told.mutate(pupil=ibis.coalesce(told.pmr, told.meant, told.upn)).filter(_.pupil.notnull())
    return told.mutate(
        seen_on=seen_on(told.year, told.term),
        home_sector=sector(told.home),
        home_district=district(told.home),
        at_la=told.in_la,
        at_east=told.school_east,
        at_north=told.school_north,
    ).select(*TOLD)


def pupils_of(pairs: ibis.Table) -> ibis.Table:
    """The pupils of some pairs: pupil."""
    return pairs.select("pupil").distinct()


def people(pairs: ibis.Table, seen: ibis.Table, keys: ibis.Table) -> ibis.Table:
    """Birth dates and sexes of the pupils of some pairs: pupil, dob, sex."""
    return own_records(pupils_of(pairs), seen, keys, "dob", "sex")


def number(column: ibis.Value) -> ibis.Value:
    """A UPN of an education file, which reading has spelled in one way; null where it is a code for none."""
    return (in_bytes(column) > 3).ifelse(column, ibis.null("string"))


@ibis.udf.scalar.builtin(name="strlen")
def in_bytes(_word: str) -> int:  # type: ignore[empty-body]
    """The length of a word in bytes, for which its letters need not be told apart."""


def own_records(pupils: ibis.Table, seen: ibis.Table, keys: ibis.Table, *columns: str, loose: "ibis.Table | None" = None) -> ibis.Table:
    """The records of some pupils, each different one once: pupil and `columns`.

    A pupil's records are those with its matching reference, and those of a UPN of the pupil's that give no reference. `loose` are
    the records without a reference, where it is known which they are.
    """
    meant = keys.filter(keys.kind == "upn").semi_join(pupils, "pupil").select("identifier", "pupil")
    meant = ibis.union(meant, pupils.select(identifier="pupil", pupil="pupil"), distinct=True)
    by_pmr = seen.inner_join(pupils.select("pupil"), seen.pmr == pupils.pupil)
    loose = seen.filter(seen.pmr.isnull()) if loose is None else loose
    by_upn = loose.inner_join(meant, loose.upn == meant.identifier)
    return ibis.union(by_pmr.select("pupil", *columns), by_upn.select("pupil", *columns), distinct=True)


def seen_on(year: ibis.Value, term: ibis.Value) -> ibis.Value:
    """About the day of a record: census days lie within a week of these; results and absence are taken for the spring's."""

    def day(of: ibis.Value, month: int, number: int) -> ibis.Value:
        return ibis.date(of.cast("int32"), ibis.literal(month), ibis.literal(number))

    return ibis.cases((term == "autumn", day(year - 1, 10, 5)), (term == "summer", day(year, 5, 18)), else_=day(year, 1, 18))


# --- How common a thing is among all pupils: what agreement by chance is worth ---


def roll_births() -> ibis.Table:
    """source, year, dob, sex, pupils, homes, schools: how many rows of each table and year have a birth date and sex, and how many
    of these tell a home, and a school."""
    held = []
    for table in ROLLS:
        rows = table.ibis()
        home = rows.postcode.count() if "postcode" in rows.columns else ibis.literal(0, "int64")
        counted = rows.group_by("year", "dob", "sex").aggregate(pupils=rows.count(), homes=home, schools=rows.laestab.count())
        held.append(counted.select("year", "dob", "sex", "pupils", "homes", "schools", source=ibis.literal(table.name)))
    return ibis.union(*held)


def rolls_held(counted: ibis.Table) -> ibis.Table:
    """source, year, homes, schools: how many rows of each table and year tell a home, and a school. `counted` is roll_births.

    The one with most homes is the roll against which chance is reckoned; without homes, the one with most schools.
    """
    return counted.group_by("source", "year").aggregate(homes=whole_sum(_.homes), schools=whole_sum(_.schools))


def with_schools(shares: ibis.Table) -> ibis.Table:
    """The authorities at whose schools the roll has pupils: held_la."""
    return shares.select(held_la="in_la").distinct()


def of_births(counted: ibis.Table) -> ibis.Table:
    """dob, sex, pupils: how many pupils are held of each birth date and sex, as the table and year with most of them have it.

    Their sum is about the number of pupils held in all: files of some year groups only, and of several years, overlap.
    """
    return counted.filter(counted.dob.notnull()).group_by("dob", "sex").aggregate(pupils=_.pupils.max())


def of_schools(roll: ibis.Table, schools: ibis.Table) -> ibis.Table:
    """in_la, ethnicity, pupils, among: where pupils go to school and their ethnicities there, with all pupils of the authority."""
    counted = roll.group_by("laestab", "ethnicity").aggregate(n=_.count())
    counted = with_authority(counted, schools).mutate(ethnicity=_.ethnicity.upper().substr(0, 4))
    counted = counted.group_by("in_la", "ethnicity").aggregate(pupils=whole_sum(_.n))
    return counted.mutate(among=as_whole(_.pupils.sum().over(ibis.window(group_by="in_la"))))


def whole_sum(counts: ibis.Value) -> ibis.Value:
    """A sum of counts, as every engine writes it: each has a type of its own for sums of whole numbers."""
    return as_whole(counts.sum())


def as_whole(total: ibis.Value) -> ibis.Value:
    return total.cast("decimal(18, 0)").cast("int64")


def with_authority(rows: ibis.Table, schools: ibis.Table) -> ibis.Table:
    """The rows with in_la, east, north of their school; the first three digits of a school that the register lacks."""
    found = rows.left_join(schools, "laestab", rname="s_{name}")
    return found.mutate(in_la=ibis.coalesce(found.school_la, found.laestab.substr(0, 3)))


def by_postcode(roll: ibis.Table) -> ibis.Table:
    """home, sector, district, pupils."""
    counted = roll.filter(roll.home.notnull()).group_by("home").aggregate(pupils=_.count())
    return counted.mutate(sector=sector(counted.home), district=district(counted.home))


def of_homes(homes: ibis.Table, places: ibis.Table) -> ibis.Table:
    """How many pupils live where children lived: kind (code, sector, district), place, pupils. `homes` is by_postcode."""
    codes = homes.semi_join(places.select(home="code").distinct(), "home")
    sectors = homes.filter(homes.sector.notnull()).group_by("sector").aggregate(pupils=whole_sum(_.pupils))
    districts = homes.filter(homes.district.notnull()).group_by("district").aggregate(pupils=whole_sum(_.pupils))
    return ibis.union(
        codes.select(kind=ibis.literal("code"), place="home", pupils="pupils"),
        sectors.select(kind=ibis.literal("sector"), place="sector", pupils="pupils"),
        districts.select(kind=ibis.literal("district"), place="district", pupils="pupils"),
    )


def with_counts(places: ibis.Table, homes: ibis.Table, shares: ibis.Table) -> ibis.Table:
    """Places with how many pupils live there: pupils_code, pupils_sector, pupils_district; and go to school in the authority: pupils_la;
    and the days between which a record may tell of them: first_day, last_day."""
    rows = told_between(places)
    for kind in ("code", "sector", "district"):
        counted = homes.filter(homes.kind == kind).select(**{f"of_{kind}": "place", f"pupils_{kind}": "pupils"})
        rows = rows.left_join(counted, rows[kind] == counted[f"of_{kind}"])
    rows = rows.left_join(of_authorities(shares), "in_la", rname="n_{name}")
    return rows.select(*places.columns, "first_day", "last_day", "pupils_code", "pupils_sector", "pupils_district", "pupils_la")


def of_authorities(shares: ibis.Table) -> ibis.Table:
    """in_la, pupils_la: pupils at an authority's schools."""
    return shares.group_by("in_la").aggregate(pupils_la=_.among.max())
