"""The reference page on frameworks, written from their files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from virtualschool.frameworks import elsewhere, register
from virtualschool.frameworks.framework import Criterion, Framework, Rule, State
from virtualschool.frameworks.indicators import EVIDENCE, INDICATORS
from virtualschool.frameworks.judging import strength
from virtualschool.frameworks.loading import frameworks
from virtualschool.frameworks.readiness import FAILINGS, OF

Grid = Callable[[Sequence[str], Iterable[Sequence[Any]]], list[str]]
"""Makes a Markdown table of headings and rows."""

STRENGTHS = (
    ("must", "the source leaves no choice", "caps the grade; a grade above it needs an override by a named person, with a reason"),
    ("likely", "the source says it is likely, or unlikely", "warns, and asks for a reason"),
    ("observed", "read in no framework, but holds in the published outcomes that were counted", "warns, with the counts"),
    ("may", "the source says it can be", "prompts"),
    ("unconfirmed", "a must that nobody has read in the framework", "is told, and binds nothing"),
)


def page(grid: Grid) -> str:
    """The page as Markdown."""
    known = frameworks().values()
    text = [
        "# Frameworks",
        "",
        "Inspection frameworks that the program holds, each a file in `virtualschool/frameworks/`. Criteria are in our own words. See",
        "[how to judge against a framework](../how-to/judge-against-a-framework.md) and [why it is so](../explanation/frameworks.md).",
        "",
        *grid(("framework", "title", "edition", "of", "overall grade", "criteria", "rules"), [line(one) for one in known]),
        "",
        "Rules have these strengths.",
        "",
        *grid(("strength", "means", "what it does"), STRENGTHS),
    ]
    for one in known:
        text += ["", *section(one, grid)]
    text += ["", *files(grid), "", *failings(grid), "", *lists(grid)]
    return "\n".join(text)


def line(one: Framework) -> tuple[str, ...]:
    overall = "yes" if one.overall else "none"
    held = str(len(one.criteria)) if one.held else "not held"
    return f"[`{one.id}`](#{one.id})", one.title, one.edition, one.subject, overall, held, str(len(one.rules))


def section(one: Framework, grid: Grid) -> Iterator[str]:
    yield from (f"## {one.id}", "", f"**{one.title}**, {one.edition}.", "")
    for said in (one.overall_note, one.note, one.best_fit, one.criteria_basis):
        if said:
            yield from (said, "")
    yield from grid(("state", "from", "source", "note"), [(state.state, state.since, state.source, note_of(state)) for state in one.states])
    yield from ("", f"Grades, the lowest first: {', '.join(f'`{name}` ({label})' for name, label in one.grades.items())}.", "")
    rows = [
        (f"`{name}`", judgement.title, f"`{judgement.within}`" if judgement.within else "") for name, judgement in one.judgements.items()
    ]
    yield from grid(("judgement", "title", "part of"), rows)
    if one.rules:
        yield ""
        yield from grid(("rule", "strength", "of", "says", "source"), [rule_line(rule) for rule in one.rules])
    own = [criterion for criterion in one.criteria if criterion.written_in == one.id]
    if own:
        yield ""
        heads = ("criterion", "what good looks like", "figures", "evidence")
        yield from grid(heads, [criterion_line(criterion) for criterion in own])
    if taken := dict.fromkeys(criterion.written_in for criterion in one.criteria if criterion.written_in != one.id):
        yield from ("", f"Criteria taken over from {', '.join(f'[`{name}`](#{name})' for name in taken)}.")
    if one.national:
        yield from ("", "National framework: " + "; ".join(f"{name} {words}" for name, words in one.national.items()) + ".")
    yield ""
    yield from (f"- {name}: {words}." for name, words in one.sources.items())


def note_of(state: State) -> str:
    needs = f"Needs a {' or '.join(state.needs)} inspection under {', '.join(state.under)} before." if state.needs else ""
    return " ".join(filter(None, (state.note, needs)))


def rule_line(rule: Rule) -> tuple[str, ...]:
    more = " ".join(filter(None, (f"Counted: {rule.counted}." if rule.counted else "", rule.caution)))
    return f"`{rule.id}`", strength(rule), f"`{rule.target}`" if rule.target else "", f"{rule.words} {more}".strip(), rule.source


def criterion_line(one: Criterion) -> tuple[str, ...]:
    share = f" ({one.national}, {one.share}%)" if one.share else ""
    return f"`{one.id}`", one.words + share, " ".join(f"`{name}`" for name in one.figures), ", ".join(one.evidence)


def files(grid: Grid) -> list[str]:
    return [
        "## The files that can be given",
        "",
        "CSV (also gzipped) or Excel; headings in any order, others are left alone. A row that cannot be used is set aside and says why.",
        "",
        f"**Figures from elsewhere**: `{','.join(elsewhere.COLUMNS)}`, and `{elsewhere.GROUP}` where a figure is one of several.",
        "",
        *grid(
            ("column", "what stands there"),
            (
                ("`indicator`", "a name of the list below"),
                ("`numerator`", "a number: the part of a percentage, or the count, days, score or money itself"),
                ("`denominator`", f"what it is out of; needed where the unit is {', '.join(elsewhere.OVER)}"),
                ("`period`", "2025 or 2024/25 (the year to August 2025), 2025-03, 2025-03-31, autumn 2024; 2011-12 is a month"),
                ("`source`", "where it is from"),
            ),
        ),
        "",
        f"**Inspection outcomes**: `{','.join(register.COLUMNS)}`, one line for each judgement.",
        "",
        *grid(
            ("column", "what stands there"),
            (
                ("`la`", "the authority's code or name"),
                ("`date`", "2025-01-31 or 31/01/2025"),
                ("`type`", ", ".join(register.TYPES)),
                ("`framework`", "a name of the list above that is for authorities"),
                ("`area`, `grade`", f"a judgement and grade of that framework; empty for a {' or a '.join(register.VISITS)}"),
                ("`source`", "where it was published"),
            ),
        ),
    ]


def failings(grid: Grid) -> list[str]:
    rows = [
        (
            one.words,
            one.reports,
            one.from_2018,
            " ".join(f"`{name}`" for name in one.measures),
            " ".join(f"`{name}`" for name in one.figures),
            " ".join(one.plan_rules),
        )
        for one in FAILINGS
    ]
    return [
        "## What reports find wanting",
        "",
        f"In personal education plans: {OF} published reports that mention them, 2013 to March 2025, coded by key word. Counts are",
        "of reports, approximate, and overlap. `virtualschool readiness` tests each as far as there is something to test it on.",
        "",
        *grid(("failing", "reports", "since 2018", "tested on", "from elsewhere", "checks of plans"), rows),
    ]


def lists(grid: Grid) -> list[str]:
    indicators = [
        (f"`{one.name}`", one.title, one.unit, one.better, one.where, " ".join(f"`{name}`" for name in one.measures))
        for one in INDICATORS.values()
    ]
    return [
        "## Figures",
        "",
        "The figures that criteria name. Where no measure of ours gives one or comes near, it can only come from elsewhere.",
        "",
        *grid(("indicator", "title", "unit", "better", "kept in", "our measures"), indicators),
        "",
        "## Kinds of evidence",
        "",
        *grid(("kind", "what it is"), [(f"`{kind}`", words) for kind, words in EVIDENCE.items()]),
    ]
