"""The children behind a figure: who counts in it, for those who may open their records."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from virtualschool import measures
from virtualschool.benchmarks.request import COHORTS, as_held, conditions
from virtualschool.errors import unknown
from virtualschool.store import Snapshot
from virtualschool.web import stores
from virtualschool.web.presenters.figures_choice import Choice

PARTS = ("numerator", "denominator")


def tokens_behind(
    snapshot: Snapshot,
    la: str,
    measure: str,
    year: int,
    cohort: str = "",
    schools: str = "state",
    where: str = "",
    part: str = "denominator",
) -> set[str]:
    """The tokens of an authority's children who count in a figure, or of those who reached it (`numerator`).

    `where` has the words of `figures --where`. Raises WrongUse for a measure, cohort, part or condition that there is none of.
    """
    found = measures.named(measure)
    if part not in PARTS:
        raise unknown("Part", part, PARTS)
    chosen = cohort or found.cohort
    if chosen not in COHORTS:
        raise unknown("Cohort", chosen, COHORTS)
    engine = stores.engine(snapshot)
    if not found.of_children:
        return set()
    # Names are of the measures and of whitelisted columns; everything else is bound.
    tests, values = ["f.la = ?", "f.year = ?", f'f."{COHORTS[chosen]}"', f'f."{found.name}__d" IS NOT NULL'], [la, year]
    if part == "numerator":
        tests.append(f'f."{found.name}__n" <> 0')
    if found.of_schools and schools == "state":
        tests.append("f.state_funded IS NOT FALSE")
    for condition in conditions(where):
        test, bound = as_held(engine, condition).sql()
        tests.append(f"({test})")
        values += bound
    facts = f"SELECT la, child, year FROM (SELECT * FROM facts) f WHERE {' AND '.join(tests)}"
    query = f"SELECT DISTINCT c.token FROM ({facts}) counted JOIN children c USING (la, child, year) WHERE c.token IS NOT NULL"
    return {row["token"] for row in engine.rows(query, values)}


def both(choice: Choice, measure: str, year: int, group: Sequence[tuple[str, Any]] = ()) -> tuple[tuple[str, str], ...]:
    """The lists behind a figure, each with its words: who is counted, and of a count of children those whom it is true of."""
    parts = [("Counted", "denominator")]
    if measures.named(measure).counts in ("pupils", "events") and measures.named(measure).unit == "percent":
        parts.append(("Of them", "numerator"))
    found = ((words, address(choice, measure, year, part, group)) for words, part in parts)
    return tuple((words, to) for words, to in found if to)


def address(choice: Choice, measure: str, year: int, part: str, group: Sequence[tuple[str, Any]] = ()) -> str:
    """The address of the list of children behind one figure of the viewer's own authority; empty where there is no such list."""
    try:
        to = reverse("children-list")
    except NoReverseMatch:
        return ""
    narrowed = dict(choice.filters) | {column: ("not known" if value is None else str(value),) for column, value in group}
    pairs = [("measure", measure), ("year", str(year)), ("part", part)]
    pairs += [("cohort", choice.cohort)] if choice.cohort else []
    pairs += [("schools", choice.schools)] if choice.schools != "state" else []
    pairs += [(name, value) for name, values in narrowed.items() for value in values]
    return f"{to}?{urlencode(pairs)}"
