"""One row a pupil and year from what each source says: who, where, attained and attended."""

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes import absence, characteristics
from virtualschool.outcomes.phonics import YEAR_1, YEAR_2
from virtualschool.outcomes.schools import with_school

WHO = ("upn", "dob", "sex", "laestab", "school_urn")
SOURCES = ("ks4", "ks2", "census", "ks1", "attended", "early_years", "phonics", "multiplication", "post_16")
"""Where the school comes from, first to last: a result counts for the school that entered the pupil."""

PEOPLE = ("census", "ks4", "ks2", "ks1", "early_years", "phonics", "multiplication", "post_16")
STAGES = ("early_years", "ks1", "multiplication", "ks2", "ks4", "post_16")
"""Sources whose rows are of pupils at the end of a stage, or who were to take a check."""


def pupils_of(
    census: ir.Table,
    early_years: ir.Table,
    phonics: ir.Table,
    ks1: ir.Table,
    multiplication: ir.Table,
    ks2: ir.Table,
    ks4: ir.Table,
    post_16: ir.Table,
    attended: ir.Table,
    excluded: ir.Table,
    phonics_before: ir.Table,
    excluded_before: ir.Table,
    *,
    exclusions_held: bool,
    exclusions_held_before: bool,
    phonics_held_before: bool,
) -> ir.Table:
    """The rows of tables.pupils for a year, from one row a pupil of each source.

    Whether a pupil met the phonics standard by the end of year 2 is known only where the checks of year 1 are held as well: whoever met it
    then has no other. The two sources of earlier years (`phonics_before`, `excluded_before`) add to pupils that the year has, and none of
    their own.
    """
    sources = {
        "census": census,
        "early_years": early_years,
        "phonics": phonics,
        "ks1": ks1,
        "multiplication": multiplication,
        "ks2": ks2,
        "ks4": ks4,
        "post_16": post_16,
        "attended": attended,
        "excluded": excluded,
    }
    found = ibis.union(*(source.select("pupil", "year") for source in sources.values()), distinct=True)
    sources |= {"phonics_before": phonics_before, "excluded_before": excluded_before}
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
    year_group = ibis.coalesce(
        found.census__year_group,
        ibis.cases(
            (at("ks4"), "11"),
            (at("ks2"), "6"),
            (at("multiplication"), "4"),
            (at("ks1"), "2"),
            (at("early_years"), "R"),
            else_=found.phonics__phonics_year_group,
        ),
    )

    def of_excluded(name: str, source: str, held: bool) -> ir.Value:
        """A pupil's value; none for a pupil on the census without a record, if the exclusions of the year are held."""
        known = ibis.cases((at(source), found[f"{source}__{name}"]), (rolled, none), else_=ibis.null("int32"))
        return known if held else ibis.null("int32")

    made = {
        "upn": first("upn", PEOPLE),
        "dob": dob,
        "sex": characteristics.sex_in_words(first("sex", PEOPLE)),
        "age": age,
        **{name: found[f"census__{name}"] for name in ("ethnicity", "language", "fsm", "sen", "primary_need", "school_moves")},
        "ethnic_group": found.census__ethnic_group.fill_null("not known"),
        "year_group": year_group,
        "on_roll_january": found.census__on_roll_january,
        **{f"at_{name}": at(name) for name in STAGES},
        **{column: found[f"{name}__{column}"] for name in STAGES for column in sources[name].columns if column in OUTCOMES},
        "phonics": ibis.ifelse(year_group == YEAR_1, found.phonics__phonics_met, ibis.null("boolean")),
        "phonics_by_year_2": ibis.ifelse(
            (year_group == YEAR_2) if phonics_held_before else False,
            ibis.cases(
                (found.phonics_before__met_before.fill_null(False), True),
                else_=ibis.coalesce(found.phonics__phonics_met, found.phonics_before__met_before),
            ),
            ibis.null("boolean"),
        ),
        **{name: ibis.ifelse(of_age, found[f"attended__{name}"], ibis.null("int32")) for name in absence.SESSIONS},
        **{name: of_excluded(name, "excluded", exclusions_held) for name in ("suspensions", "permanent_exclusions", "suspension_months")},
        "suspension_months_before": of_excluded("suspension_months_before", "excluded_before", exclusions_held_before),
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
