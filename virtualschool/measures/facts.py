"""Writes what every measure makes of every child and pupil, once a build; a figure is then sums over these columns.

`facts` has a row for each child, authority and year, those in need or on a protection plan among them; `pupil_facts` one for
each pupil and year. Beside the columns that people filter by, measure m has `m__n` and `m__d`, its numerator and denominator,
null where the row does not count. A measure of progress has `m__u` for pupils: the score before the floor on extreme ones.
"""

from functools import cache

import ibis
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from sqlglot import exp

from virtualschool import measures, tables
from virtualschool.compiled import kept, of_code
from virtualschool.store import Draft


def facts(draft: Draft) -> None:
    """Writes `facts` and `pupil_facts`, clustered by year and authority. Children in need are rows of `facts` too."""
    of_children, of_pupils = compiled()
    rows = [of_children]
    if draft.engine.value("SELECT count(*) FROM children_in_need"):
        # The table has the columns of `children`, so the same query serves it under that name.
        rows.append(f'WITH "children" AS (SELECT * FROM "children_in_need") {of_children}')
    draft.write("facts", *rows, order_by=("year", "la", "child"))
    draft.write("pupil_facts", of_pupils, order_by=("year", "pupil"))


@cache
def compiled() -> tuple[str, str]:
    """The two queries; compiling them takes longer than running them on a small store."""
    return tuple(  # type: ignore[return-value]
        of_code(f"{build.__name__} {' '.join(measures.ALL)}", build, build).sql for build in (of_children, of_pupils)
    )


@cache
def compiled_children() -> exp.Select:
    return DuckDBCompiler().to_sqlglot(of_children())


@cache
def definitions() -> dict[str, str]:
    """The SQL of each measure's two columns, taken from the one query: to compile each by itself takes ten times as long."""
    return kept(f"measures {' '.join(measures.ALL)}", taken_apart, taken_apart)


def taken_apart() -> dict[str, str]:
    projections = {part.alias: part.this.sql(dialect="duckdb") for part in compiled_children().selects}
    return {name: f"{projections[f'{name}__n']} / {projections[f'{name}__d']}" for name in measures.ALL if f"{name}__n" in projections}


def of_children() -> ibis.Table:
    """One row for each child, authority and year: keys, filter columns, and two columns a measure."""
    children = tables.children.ibis()
    kept = ["la", "child", "year", *(column.name for column in tables.children.columns if column.filter), *origins(tables.children)]
    return children.select(*kept, **values(children, pupils=False))


def of_pupils() -> ibis.Table:
    """One row for each pupil and year, with `looked_after_12_months`: someone looked after by any authority, all year."""
    pupils, children = tables.pupils.ibis(), tables.children.ibis()
    looked_after = children.filter(children.looked_after_12_months, children.pupil.notnull()).select("pupil", "year").distinct()
    looked_after = looked_after.mutate(found=True)
    kept = ["pupil", "year", *(column.name for column in tables.pupils.columns if column.filter), *origins(tables.pupils)]
    named = pupils.select(*kept, **values(pupils, pupils=True))
    joined = named.left_join(looked_after, ["pupil", "year"])
    return joined.select(*(joined[name] for name in named.columns), looked_after_12_months=joined.found.fill_null(False))


def origins(table: tables.Table) -> list[str]:
    """The columns that say where values came from."""
    return [name for name in dict.fromkeys(measure.origin for measure in measures.ALL.values()) if name and name in table]


def values(table: ibis.Table, *, pupils: bool) -> dict[str, ibis.Value]:
    """Two columns for each measure that the table can have."""
    found = {}
    for measure in measures.ALL.values():
        if measure.of_pupils if pupils else measure.of_children:
            found[f"{measure.name}__n"], found[f"{measure.name}__d"] = measure.columns(table)
            if pupils and measure.interval == "dfe_progress":
                unadjusted = measure.numerator if measure.unadjusted is None else measure.unadjusted
                found[f"{measure.name}__u"] = unadjusted.resolve(table).cast("decimal(18, 6)")
    return found
