"""The manual's page on progress, written from its definitions: the six ways, what is recorded, when change is said, and the documents."""

from collections.abc import Callable

from virtualschool.plans.progress import Indicator, rules
from virtualschool.plans.progress_documents import documents
from virtualschool.plans.progress_ways import Kind, kinds, of_way, ways

Grid = Callable[..., list[str]]
TYPES = {"date": "date", "text": "a line", "words": "words", "whole": "whole number", "choice": "one of a list"}


def page(grid: Grid) -> str:
    rule = rules()
    text = [
        "# Progress from starting points",
        "",
        "What is recorded of a child in six ways, and the least evidence from which change is said. See",
        "[how to record progress](../how-to/record-progress.md).",
        "",
        "## When change is said",
        "",
        f"Version {rule.version} of the rules. A starting point is of the {rule.before_days} days before the child came or the first",
        f"{rule.baseline_days}; change needs {rule.observations} records at least {rule.apart_days} days apart, and {rule.sources} sources",
        "for a way. A review is due within "
        f"{rule.cadence['baseline']} days of arrival and then every {rule.cadence['review']}; a home's own every {rule.cadence['home']}.",
        "",
        *grid(
            ("indicator", "way", "set side by side", "better", "least change"),
            [
                (one.title, ways()[one.way].title, ", ".join(one.series) or "all of the child's", _better(one), _least(one))
                for one in rule.indicators
            ],
        ),
    ]
    for way in ways().values():
        needs = ", ".join(f"{kinds()[name].title.lower()} ({least})" for name, least in way.needs.items())
        text += ["", f"## {way.number}. {way.title}", "", f"{way.meaning} It rests on at least: {needs}."]
        for kind in [*of_way(way.name), *of_way(way.name, "home")]:
            text += ["", f"### {kind.title}", "", f"{kind.meaning} {_stays(kind)}".strip(), ""]
            asked = [
                (
                    one.ask,
                    TYPES[one.type] + (f", {one.least} to {one.most}" if one.most else ""),
                    "yes" if one.needed else "",
                    _values(one.values),
                )
                for one in kind.fields
            ]
            text += grid(("question", "answer", "needed", "values"), asked)
    text += ["", "## Documents", ""]
    listed = [
        (one.name, one.title, one.who, one.when, ", ".join(part.kind.title.lower() for part in one.parts)) for one in documents().values()
    ]
    return "\n".join([*text, *grid(("document", "title", "filled by", "when", "parts"), listed)])


def _better(one: Indicator) -> str:
    return "as the record says" if one.better.startswith("field:") else one.better


def _least(one: Indicator) -> str:
    least = f"{one.share} of the start" if one.share else f"{one.least}{'' if one.unit.startswith('%') else ' '}{one.unit}"
    return least + (f"; of at least {one.least_whole} {one.whole}" if one.least_whole else "")


def _stays(kind: Kind) -> str:
    if kind.always_stays_home:
        return "Stays in the home."
    if kind.stay_home:
        values = kind.field(kind.stays_home_by).values or {}
        return f"Stays in the home where it is about: {', '.join(words.lower() for key, words in values.items() if key in kind.stay_home)}."
    return "Of the home itself, and seen by it alone." if kind.about == "home" else ""


def _values(values) -> str:
    return ", ".join(values.values()) if values else ""
