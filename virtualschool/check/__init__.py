"""Says what is wrong in the returns that were read: every rule clean, failed, or could not run and why.

A rule stands in the module of the table it is about; see `rules.Rule`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import ibis
import pyarrow as pa

from virtualschool import registry, tables
from virtualschool.check.rules import Rule
from virtualschool.compiled import of_code
from virtualschool.errors import Finding
from virtualschool.read.account import FINDINGS
from virtualschool.store import Draft, Engine


@dataclass(frozen=True)
class Outcome:
    """What came of one rule in one return: `clean`, `failed`, or `could not run` with the reason."""

    rule: str
    message: str
    la: str
    year: int
    state: str
    failures: int = 0
    why: str = ""


@dataclass(frozen=True)
class Checked:
    """Outcomes of every rule in every return, and the findings (rows that fail)."""

    rules: list[Outcome] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their codes."""
    return tuple(sorted(registry.definitions("virtualschool.check", Rule), key=lambda rule: (len(rule.code), rule.code, rule.first_year)))


def check(draft: Draft, *, year: int | None = None, chosen: Iterable[Rule] | None = None) -> Checked:
    """Runs the rules over the returns of a draft (or of one year) and adds what fails to its `findings`.

    A rule whose tables a return lacks could not run there; it is never clean by silence.
    """
    engine = draft.engine
    returns = engine.rows("SELECT DISTINCT la, year FROM header UNION SELECT DISTINCT la, year FROM episodes ORDER BY la, year")
    returns = [held for held in returns if year is None or held["year"] == year]
    present = {table.name: held_in(engine, table) for table in tables.CARE}
    names = {row["number"]: row["file"] for row in engine.rows("SELECT number, file FROM files")} if has(engine, "files") else {}
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    for rule in chosen or rules():
        failed = failures(engine, rule) if any(rule.holds_in(held["year"]) for held in returns) else []
        for held in returns:
            where = (held["la"], held["year"])
            if not rule.holds_in(held["year"]):
                continue
            lacking = [table.name for table in rule.needs if where not in present[table.name]]
            why = ""
            if lacking:
                why = f"There is no {' or '.join(lacking)} file in this return."
            elif rule.beside_last_year and (held["la"], held["year"] - 1) not in present[rule.needs[0].name]:
                why = "The return of the year before is not here."
            if why:
                outcomes.append(Outcome(rule.code, rule.message, *where, "could not run", 0, why))
                continue
            here = [row for row in failed if (row["la"], row["year"]) == where]
            outcomes.append(Outcome(rule.code, rule.message, *where, "failed" if here else "clean", len(here)))
            columns = ", ".join(column.upper() for column in rule.columns)
            findings += [Finding(names.get(row["file"], ""), row["row"], columns, rule.message, rule.do, rule.code, *where) for row in here]
    append(draft, findings)
    return Checked(outcomes, findings)


def compile_rules() -> None:
    """Makes the SQL of every rule ready, so that `check` only has to run it."""
    for rule in rules():
        compiled(rule)


def failures(engine: Engine, rule: Rule) -> list[dict]:
    """The failing records of a rule in the years it holds for: la, year, file, row."""
    return engine.rows(f"SELECT DISTINCT la, year, file, row FROM ({compiled(rule)}) ORDER BY la, year, file, row")


@cache
def compiled(rule: Rule) -> str:
    """The SQL of a rule over the years it holds for; compiling takes longer than running, so once is enough."""

    def failing() -> ibis.Table:
        held = [table.ibis().filter(lambda t: (t.year >= rule.first_year) & (t.year <= (rule.last_year or 9999))) for table in rule.needs]
        return rule.failing(*held)

    return of_code(f"rule {rule.code} {rule.first_year} {[table.name for table in rule.needs]}", failing, rule.failing).sql


def held_in(engine: Engine, table: tables.Table) -> set[tuple[str, int]]:
    return {(row["la"], row["year"]) for row in engine.rows(f'SELECT DISTINCT la, year FROM "{table.name}"')}


def has(engine: Engine, name: str) -> bool:
    return bool(engine.rows("SELECT 1 FROM duckdb_views() WHERE view_name = ?", [name]))


def append(draft: Draft, findings: Sequence[Finding]) -> None:
    """Adds findings to the draft's table of them, which reading began."""
    more = pa.Table.from_pylist([vars(finding) for finding in findings], schema=FINDINGS)
    if has(draft.engine, "findings"):
        more = pa.concat_tables([draft.engine.arrow("SELECT * FROM findings").cast(FINDINGS), more])
    draft.write("findings", more)
