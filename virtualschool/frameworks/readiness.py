"""Readiness for inspection: what the figures say differs, judgement by judgement, and the failings that reports name most, each tested.

The failings are of published reports on personal education plans (`failings.csv`, with counts). A failing is tested on our measures by
the exception page, on figures from elsewhere, and on the plans themselves where somebody gives what their checks found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from virtualschool import measures
from virtualschool.benchmarks.exceptions import TOO_FEW
from virtualschool.frameworks.elsewhere import CriterionFigures, Elsewhere, criteria_figures
from virtualschool.frameworks.framework import Framework
from virtualschool.frameworks.indicators import INDICATORS, rows
from virtualschool.publish.exceptions import HIDDEN, NO_FIGURE, exceptions_told
from virtualschool.publish.passed import Asking
from virtualschool.publish.told import Told
from virtualschool.store import Snapshot

WORSE, BETTER, NOTHING_TOLD, NOT_TESTED = "worse", "better", "nothing that can be told", "not tested"


@dataclass(frozen=True)
class Failing:
    """What reports find wanting. `reports` of `OF` name it, `from_2018` of them since 2018; counts are approximate and overlap."""

    name: str
    words: str
    reports: int
    to_2017: int
    from_2018: int
    criterion: str
    measures: tuple[str, ...]
    figures: tuple[str, ...]
    plan_rules: tuple[str, ...]


OF = 378
"""Reports, 2013 to March 2025, that mention personal education plans."""

FAILINGS: tuple[Failing, ...] = tuple(
    Failing(
        row["failing"],
        row["words"],
        int(row["reports"]),
        int(row["to_2017"]),
        int(row["from_2018"]),
        row["criterion"],
        tuple(row["measures"].split()),
        tuple(row["figures"].split()),
        tuple(row["plan_rules"].split()),
    )
    for row in rows("failings")
)


@dataclass(frozen=True)
class PlansChecked:
    """What the checks of plans found of one rule: how many plans were checked, and how many failed it."""

    checked: int
    failed: int


@dataclass(frozen=True)
class Readiness:
    """What differs by judgement, and the failings tested; `criteria` says which of them have figures in this store."""

    framework: Framework
    areas: tuple[dict[str, Any], ...]
    failings: tuple[dict[str, Any], ...]
    elsewhere: tuple[dict[str, Any], ...]
    criteria: tuple[CriterionFigures, ...]
    told: Told

    def to_json(self) -> dict[str, Any]:
        return {
            "framework": self.framework.id,
            "la": self.told.about["la"],
            "la_name": self.told.about["la_name"],
            "years": self.told.about["years"],
            "marks": list(self.told.marks),
            "notes": list(self.told.notes),
            "areas": list(self.areas),
            "failings": list(self.failings),
            "not_of_an_area": list(self.elsewhere),
            "criteria": [one.to_json() for one in self.criteria],
        }


def readiness(
    snapshot: Snapshot,
    framework: Framework,
    la: str,
    *,
    year: int,
    audience: str = "public",
    elsewhere: Elsewhere | None = None,
    plans: Mapping[str, PlansChecked] | None = None,
    asking: Asking | None = None,
) -> Readiness:
    """What an inspection under a framework would find in the figures of an authority and year.

    `plans` says, by the rule of `failings.csv`, what checks of the authority's plans found; `elsewhere` are figures from elsewhere.
    A page gives an `asking` of its own.
    """
    names = sorted({*by_measure(framework), *(name for failing in FAILINGS for name in failing.measures)})
    told = exceptions_told(snapshot, la, year=year, names=names, audience=audience, asking=asking)
    placed = by_measure(framework)
    with_figures = [name for name, state in told.about["states"].items() if state != NO_FIGURE]
    return Readiness(
        framework,
        tuple(area(framework, judgement, told) for judgement in framework.judgements if measures_of(framework, judgement)),
        tuple(tested(failing, told, elsewhere, plans or {}) for failing in FAILINGS),
        tuple(short(row) for row in told.rows if row["measure"] not in placed),
        tuple(criteria_figures(framework, elsewhere, with_figures)),
        told,
    )


def by_measure(framework: Framework) -> dict[str, list[str]]:
    """The judgements whose criteria rest on each of our measures."""
    found: dict[str, list[str]] = {}
    for criterion in framework.criteria:
        for figure in criterion.figures:
            for name in INDICATORS[figure].measures:
                if criterion.judgement not in found.setdefault(name, []):
                    found[name].append(criterion.judgement)
    return found


def measures_of(framework: Framework, judgement: str) -> list[str]:
    return [name for name, judgements in by_measure(framework).items() if judgement in judgements]


def area(framework: Framework, judgement: str, told: Told) -> dict[str, Any]:
    """What differs among the measures of a judgement, the worse first, and what could not be told."""
    names = measures_of(framework, judgement)
    its = sorted((short(row) for row in told.rows if row["measure"] in names), key=lambda row: row["tone"] != WORSE)
    states = told.about["states"]
    return {
        "judgement": judgement,
        "title": framework.judgements[judgement].title,
        "differs": its,
        "worse": sum(row["tone"] == WORSE for row in its),
        "better": sum(row["tone"] == BETTER for row in its),
        **{state.replace(" ", "_"): [name for name in names if states[name] == state] for state in (TOO_FEW, HIDDEN, NO_FIGURE)},
    }


def short(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("measure", "title", "year", "beside", "pupils", "value", "other_value", "difference", "difference_low", "difference_high")
    return {name: row[name] for name in (*kept, "way", "tone")}


def tested(failing: Failing, told: Told, elsewhere: Elsewhere | None, plans: Mapping[str, PlansChecked]) -> dict[str, Any]:
    """A failing with what tests it here, and in a word what came of it."""
    found = [of_measure(name, told) for name in failing.measures]
    figures = [figure.to_json() for name in failing.figures for figure in (elsewhere.of(name)[:1] if elsewhere else [])]
    checks: list[dict[str, Any]] = [
        {"rule": rule, "checked": plans[rule].checked, "failed": plans[rule].failed} for rule in failing.plan_rules if rule in plans
    ]
    return {
        "failing": failing.name,
        "words": failing.words,
        "reports": failing.reports,
        "of": OF,
        "from_2018": failing.from_2018,
        "criterion": failing.criterion,
        "measures": found,
        "figures": figures,
        "plans": checks,
        "verdict": verdict([one["verdict"] for one in found], figures, checks),
        "without": [name for name in failing.figures if name not in {figure["indicator"] for figure in figures}],
    }


def of_measure(name: str, told: Told) -> dict[str, Any]:
    measure = measures.named(name)
    its = [row for row in told.rows if row["measure"] == name]
    tones = {row["tone"] for row in its}
    state = told.about["states"][name]
    said = WORSE if WORSE in tones else BETTER if BETTER in tones else NOTHING_TOLD if state == "tested" else state
    return {"measure": name, "title": measure.title, "verdict": said, "beside": [row["beside"] for row in its], "awaits": measure.awaits}


def verdict(said: Sequence[str], figures: Sequence[Any], checks: Sequence[Mapping[str, Any]]) -> str:
    """Worse where a measure is, or else what there is to look at; a figure from elsewhere has nothing to be set beside."""
    if WORSE in said:
        return WORSE
    if any(one["failed"] for one in checks):
        return "plans fail"
    if any(one in (NOTHING_TOLD, BETTER) for one in said):
        return BETTER if BETTER in said else NOTHING_TOLD
    if checks:
        return "plans pass"
    return "a figure to look at" if figures else NOT_TESTED
