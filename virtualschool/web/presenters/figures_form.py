"""The form in which figures are chosen: measures by subject, years, cohort, schools, filters and a breakdown."""

import functools
from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from virtualschool import codes, measures, registry, tables, years
from virtualschool.benchmarks.request import COHORTS, FILTERS, NOT_KNOWN, words_held
from virtualschool.measures import Measure
from virtualschool.places import Authority
from virtualschool.store import Engine
from virtualschool.web.presenters import figures_choice as choices
from virtualschool.web.presenters.figures_asked import Figures, served, years_held

FIRST = ("key_stage_4", "key_stage_2", "absence", "exclusions", "special_needs", "strengths_and_difficulties", "placements")
"""Subjects that most people look for first; the others follow by their names."""
BOXES = 8
"""Columns of so many values are boxes to tick; of more, a list to choose from."""


@functools.cache
def subjects() -> tuple[tuple[str, tuple[Measure, ...]], ...]:
    """The measures of each subject, under its words."""
    found: dict[str, list[Measure]] = {}
    listed: set[str] = set()
    for module in registry.modules("virtualschool.measures"):
        for value in vars(module).values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Measure) and measures.ALL.get(one.name) is one and one.name not in listed:
                    listed.add(one.name)
                    found.setdefault(module.__name__.rpartition(".")[2], []).append(one)
    order = sorted(found, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
    return tuple((name.replace("_", " ").capitalize(), tuple(found[name])) for name in order)


@functools.cache
def options() -> str:
    """The options of a list of all measures, under their subjects: laid out once, since every page has several such lists."""
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        (
            (title, format_html_join("", '<option value="{}">{}</option>', ((one.name, one.title) for one in of)))
            for title, of in subjects()
        ),
    )


def options_with(name: str) -> str:
    """The same with one chosen."""
    # A measure's name is small letters, so that nothing in it is markup.
    return mark_safe(options().replace(f'value="{name}"', f'value="{name}" selected')) if name else options()


def form(figures: Figures) -> dict[str, Any]:
    """What the template of the form needs."""
    choice = figures.choice
    return {
        "chosen": [options_with(name) for name in ([*choice.measures, "", "", ""][: max(3, len(choice.measures) + 1)])],
        "years": [(year, years.label(year)) for year in sorted(years_held(figures.snapshot), reverse=True)],
        "cohorts": [(row["cohort"], choices.cohort_words(row["cohort"])) for row in codes.load("cohorts") if row["cohort"] in COHORTS],
        "filters": filters(str(figures.snapshot.store.path), figures.snapshot.name, tuple(choice.filters.items())),
        "columns": [(name, choices.label(name)) for names in choices.GROUPS.values() for name in names if FILTERS[name].type != "integer"],
        "tags": tags(choice),
        "places": [] if figures.viewer.la else [(one.la, one.name) for one in sorted(figures.known.authorities.values(), key=by_name)],
        "by": [*choice.by, "", ""][:2],
        "other_filters": [
            (name, value)
            for name, values in choice.filters.items()
            if not any(name in listed for listed in choices.GROUPS.values())
            for value in values
        ],
    }


def by_name(authority: Authority) -> str:
    return authority.name


@functools.lru_cache(maxsize=64)
def filters(path: str, snapshot: str, chosen: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """The part of the form with a thousand values in it, laid out once for each set of filters."""
    engine = served(path, snapshot).engine()
    groups = [(title, [column(engine, name, dict(chosen).get(name, ())) for name in names]) for title, names in choices.GROUPS.items()]
    return render_to_string("pages/figures/filters.html", {"groups": groups})


def column(engine: Engine, name: str, chosen: Sequence[str]) -> dict[str, Any]:
    """One column of the form: how it is chosen, its values, and which of them are."""
    of = FILTERS[name]
    folded = {value.casefold() for value in chosen}
    listed = [] if of.type == "integer" else values_of(engine, of)
    return {
        "name": name,
        "label": choices.label(name),
        "kind": "number" if of.type == "integer" else "boxes" if len(listed) <= BOXES else "list",
        "values": [(value, choices.words(name, value), value.casefold() in folded) for value in listed],
        "text": ", ".join(chosen),
        "chosen": len(chosen),
    }


def values_of(engine: Engine, of: tables.Column) -> Sequence[str]:
    if of.type == "boolean":
        return ("yes", "no")
    listed = of.values or tuple(sorted(words_held(engine, of.name).values(), key=in_order))
    return (*listed, *([] if NOT_KNOWN in listed else [NOT_KNOWN]))


def in_order(value: str) -> tuple:
    """Numbers by size, before words by letter."""
    return (0, int(value), "") if value.lstrip("-").isdigit() else (1, 0, value)


def tags(choice: choices.Choice) -> list[dict[str, str]]:
    """The filters that are set, each with the choice without it."""
    return [
        {"words": f"{choices.label(name)}: {choices.words(name, value)}", "without": choice.without(name, value).query() or "?"}
        for name, values in choice.filters.items()
        for value in values
    ]
