"""One row a pupil and year from what each source says: who, where, attained and attended."""

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes import absence, characteristics
from virtualschool.outcomes.schools import with_school

WHO = ("upn", "dob", "sex", "laestab", "school_urn")
SOURCES = ("ks4", "ks2", "census", "ks1", "attended")
"""Where the school comes from, first to last: a result counts for the school that entered the pupil."""

PEOPLE = ("census", "ks4", "ks2", "ks1")


def pupils_of(
    census: ir.Table, ks1: ir.Table, ks2: ir.Table, ks4: ir.Table, attended: ir.Table, excluded: ir.Table, *, exclusions_held: bool
) -> ir.Table:
    """The rows of tables.pupils for a year, from one row a pupil of each source."""
    sources = {"census": census, "ks1": ks1, "ks2": ks2, "ks4": ks4, "attended": attended, "excluded": excluded}
    found = ibis.union(*(source.select("pupil", "year") for source in sources.values()), distinct=True)
    for name, source in sources.items():
        found = found.left_join(source.rename(**{f"{name}__{column}": column for column in source.columns}), [("pupil", f"{name}__pupil")])

    def first(column: str, among: tuple[str, ...]) -> ir.Value:
        return ibis.coalesce(*[found[f"{name}__{column}"] for name in among if f"{name}__{column}" in found.columns])

    def at(name: str) -> ir.BooleanValue:
        return found[f"{name}__pupil"].notnull()

    dob = first("dob", PEOPLE)
    age = characteristics.age(dob, found.year)
    of_age = absence.of_age(age)
    has_school = {name: ibis.coalesce(found[f"{name}__school_urn"], found[f"{name}__laestab"]).notnull() for name in SOURCES}
    # URN and LAESTAB come from one source, so that they are one school's.
    school = {
        column: ibis.cases(*((has_school[name], found[f"{name}__{column}"]) for name in SOURCES)) for column in ("school_urn", "laestab")
    }
    rolled = at("census")
    none = ibis.literal(0, type="int32")
    made = {
        "upn": first("upn", PEOPLE),
        "dob": dob,
        "sex": characteristics.sex_in_words(first("sex", PEOPLE)),
        "age": age,
        **{name: found[f"census__{name}"] for name in ("ethnicity", "language", "fsm", "sen", "primary_need", "school_moves")},
        "ethnic_group": found.census__ethnic_group.fill_null("not known"),
        "year_group": ibis.coalesce(found.census__year_group, ibis.cases((at("ks4"), "11"), (at("ks2"), "6"), (at("ks1"), "2"))),
        "on_roll_january": found.census__on_roll_january,
        **{f"at_{name}": at(name) for name in ("ks1", "ks2", "ks4")},
        **{column: found[f"{name}__{column}"] for name in ("ks1", "ks2", "ks4") for column in sources[name].columns if column in OUTCOMES},
        **{name: ibis.ifelse(of_age, found[f"attended__{name}"], ibis.null("int32")) for name in absence.SESSIONS},
        **{
            name: ibis.coalesce(found[f"excluded__{name}"], ibis.ifelse(rolled, none, ibis.null("int32")))
            if exclusions_held
            else ibis.null("int32")
            for name in ("suspensions", "permanent_exclusions")
        },
    }
    # Laid under other names first: some sources have columns of the same name.
    rows = found.select(
        pupil="pupil",
        year="year",
        **{f"made_{name}": value for name, value in made.items()},
        **school,
        nftype=ibis.coalesce(found.ks4__nftype, found.ks2__nftype),
        on_census=rolled,
    )
    # The filter keeps every row; it ends the chain of joins, which the next join could not add to.
    rows = with_school(rows.filter(_.pupil.notnull()))
    columns = {}
    for column in tables.pupils.columns:
        if f"made_{column.name}" in rows.columns:
            value = rows[f"made_{column.name}"]
        else:
            value = rows[column.name]
        kind = tables.pupils.ibis()[column.name].type()
        columns[column.name] = value if value.type() == kind else value.cast(kind)
    return rows.select(**columns)


OUTCOMES = {column.name for column in tables.OUTCOMES}
