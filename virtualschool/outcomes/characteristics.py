"""Who a pupil is in a school year, in words: from the January census, else that of the autumn or summer.

Source: DfE, school census guides; codes in codes/ethnicity, languages, sen and primary_needs.
"""

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from virtualschool import codes, tables
from virtualschool.outcomes.who import of_year, once_and_several

TERMS = ("spring", "autumn", "summer")
"""January counts; the others serve pupils who are not in it."""

SOLE_OR_MAIN = ("C", "M")
LETTERS = {"W": "White", "M": "Mixed", "A": "Asian", "C": "Asian", "B": "Black", "O": "Other"}
"""Ethnic groups by the first letter of the codes that authorities add to DfE's list."""

ETHNICITIES = ibis.table({"code": "string", "label": "string", "ethnic_group": "string"}, name="ethnicity_codes")
LANGUAGES = ibis.table({"code": "string", "label": "string"}, name="language_codes")
NEEDS = ibis.table({"code": "string", "label": "string"}, name="need_codes")
PROVISIONS = ibis.table({"code": "string", "level": "int32"}, name="sen_codes")


def code_tables() -> list[tuple[ir.Table, pa.Table]]:
    """The code lists that `at_census` looks up, each with its rows."""

    def texts(name: str, *columns: str) -> pa.Table:
        rows = codes.load(name)
        return pa.table({column: pa.array([row[column] or None for row in rows], pa.string()) for column in columns})

    ethnicity = texts("ethnicity", "code", "label", "group").rename_columns(["code", "label", "ethnic_group"])
    sen = codes.load("sen")
    levels = pa.table(
        {"code": pa.array([r["code"] for r in sen], pa.string()), "level": pa.array([int(r["level"]) for r in sen], pa.int32())}
    )
    return [
        (ETHNICITIES, ethnicity),
        (LANGUAGES, texts("languages", "code", "label")),
        (NEEDS, texts("primary_needs", "code", "label")),
        (PROVISIONS, levels),
    ]


def at_census(*, by_upn: bool = True) -> ir.Table:
    """The year's pupils on a census, one row each: the characteristics as words, the main school, on_roll_january and school_moves."""
    rows = of_year(tables.census, by_upn=by_upn)
    level = PROVISIONS.select(sen_code="code", sen_level="level")
    rows = rows.left_join(level, rows.sen.upper() == level.sen_code)
    here = rows.on_roll.fill_null(True)
    main = rows.enrol_status.upper().isin(SOLE_OR_MAIN).fill_null(True)
    nth_term = ibis.cases(*((rows.term == term, n) for n, term in enumerate(TERMS)), else_=0)
    rows = rows.mutate(here=here, main=main, nth_term=nth_term)
    once, several = once_and_several(rows, tables.census)
    once = once.mutate(on_roll_january=january(once), school_moves=joined(once).cast("int32"))
    found = ibis.union(once.select(*CHOSEN), main_of_several(several).select(*CHOSEN))
    ethnicity = ETHNICITIES.rename(ethnicity_code="code", ethnicity_label="label", coded_group="ethnic_group")
    found = found.left_join(ethnicity, found.ethnicity.strip().upper() == ethnicity.ethnicity_code)
    language = LANGUAGES.rename(language_code="code", language_label="label")
    found = found.left_join(language, found.language.strip().upper() == language.language_code)
    need = NEEDS.rename(need_code="code", need_label="label")
    found = found.left_join(need, found.primary_need.strip().upper() == need.need_code)
    return found.select(
        "pupil",
        "year",
        "upn",
        "dob",
        "sex",
        "laestab",
        "school_urn",
        "fsm",
        "on_roll_january",
        "school_moves",
        "year_group",
        ethnicity=found.ethnicity_label,
        ethnic_group=ibis.coalesce(
            found.coded_group,
            ibis.ifelse(
                found.ethnicity.strip().length() == 4,
                found.ethnicity.strip().upper().substr(0, 1).cases(*LETTERS.items(), else_=None),
                ibis.null("string"),
            ),
            ibis.literal("not known"),
        ),
        language=ibis.cases(
            (found.language_code.notnull(), found.language_label),
            (found.language.notnull(), "other than English"),
        ),
        sen=found.sen_level.cases((0, "none"), (1, "support"), (2, "EHCP")),
        primary_need=found.need_label,
    )


CHOSEN = (
    *("pupil", "year", "upn", "dob", "sex", "laestab", "school_urn", "fsm", "on_roll_january", "school_moves", "year_group"),
    *("ethnicity", "language", "sen_level", "primary_need"),
)


def main_of_several(rows: ir.Table) -> ir.Table:
    """One row a pupil of those on several rolls or at several censuses: the main school of the first term of TERMS that has them."""
    best = ibis.window(
        group_by=rows.pupil,
        order_by=[rows.nth_term, ibis.desc(rows.here), ibis.desc(rows.main), ibis.desc(rows.entry_date), rows.laestab, rows.file, rows.row],
    )
    chosen = rows.mutate(nth=ibis.row_number().over(best)).filter(_.nth == 0)
    # A pupil on several rolls has the highest provision of any of them.
    levels = [rows.sen_level.max(where=(rows.nth_term == n) & rows.here) for n in range(len(TERMS))]
    highest = rows.group_by("pupil").aggregate(
        sen_level=ibis.coalesce(*levels, rows.sen_level.max()), on_roll_january=january(rows).any(), school_moves=moves(rows)
    )
    return chosen.drop("sen_level").join(highest, "pupil")


def january(rows: ir.Table) -> ir.BooleanValue:
    """Whether a row is that of a pupil on roll in January, sole or dual main."""
    return ((rows.nth_term == 0) & rows.here & rows.main).fill_null(False)


def joined(rows: ir.Table) -> ir.BooleanValue:
    """Whether a row is of a school joined from October to July."""
    return rows.entry_date.between(ibis.date(rows.year - 1, 10, 1), ibis.date(rows.year, 7, 31)).fill_null(False) & rows.main


def moves(rows: ir.Table) -> ir.Value:
    """Moves of school outside the summer: schools joined from October to July, or, without dates, schools but the first."""
    by_date = rows.laestab.nunique(where=joined(rows))
    schools = rows.laestab.nunique(where=rows.main)
    return ibis.ifelse(rows.entry_date.count() > 0, by_date, ibis.greatest(schools - 1, 0)).cast("int32")


def age(dob: ir.DateValue, year: ir.Value) -> ir.Value:
    """Whole years on 31 August before the school year began."""
    later = (dob.month() > 8).cast("int32")
    return (year - 1 - dob.year() - later).cast("int32")


def sex_in_words(sex: ir.StringValue) -> ir.Value:
    return sex.cases(("F", "female"), ("M", "male"))
