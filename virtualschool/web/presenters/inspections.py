"""The register of inspection outcomes, and the list of figures from elsewhere, as pages show them."""

import pathlib
from typing import Any

from django.conf import settings

from virtualschool.frameworks import frameworks, keeping
from virtualschool.frameworks.elsewhere import Figure, counted, criteria_figures
from virtualschool.frameworks.given import Account
from virtualschool.frameworks.indicators import INDICATORS
from virtualschool.frameworks.register import Inspection, Register
from virtualschool.web import clock, stores
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import evaluation, readiness
from virtualschool.web.presenters import evaluation_figures as figures
from virtualschool.years import care_year_of

FINDINGS_SHOWN = 40
WAYS = {"same": "the same", "higher": "higher", "lower": "lower"}


def account_words(account: Account | None) -> dict[str, Any] | None:
    if account is None:
        return None
    found = sorted(account.findings, key=lambda one: (one.row, one.column))
    return {"account": account, "findings": found[:FINDINGS_SHOWN], "more": max(len(found) - FINDINGS_SHOWN, 0)}


# --- The register ---


def register_page(viewer: Viewer) -> dict[str, Any]:
    """The authority's inspections over time, its neighbours' last, how often care leavers are graded apart, and those of one structure."""
    register = readiness.register_of(viewer.la)
    if register is None:
        return {"register": None}
    newest = max((one.date for one in register.inspections), default=clock.today())
    last = care_year_of(newest)
    near = [
        {"name": register.places.name(code), "last": inspection(one) if one else None} for code, one in register.neighbours(viewer.la, last)
    ]
    return {
        "register": register,
        "read": account_words(register.account),
        "invented": register.is_invented,
        "own": [inspection(one) for one in reversed(register.of(viewer.la))],
        "near": near,
        "apart": apart(register),
        "structures": structures(register),
    }


def inspection(one: Inspection) -> dict[str, Any]:
    """One inspection in words: grades in the order of its framework, each with its judgement."""
    framework = one.framework
    grades = [
        {"title": judgement.title, "grade": framework.grades[one.grades[name]], "is_overall": judgement.role == "overall"}
        for name, judgement in framework.judgements.items()
        if name in one.grades
    ]
    return {"date": one.date, "type": one.type.capitalize(), "framework": framework, "grades": grades, "source": "; ".join(one.sources)}


def apart(register: Register) -> list[dict[str, Any]]:
    """How often care leavers were graded by themselves, and otherwise than children in care, by framework."""
    known = frameworks()
    return [{**row, "framework": known[row["framework"]]} for row in register.apart_counts()]


def structures(register: Register) -> list[dict[str, Any]]:
    """Inspections and authorities under each structure, with its first and last day in the register."""
    found: dict[str, list[Inspection]] = {}
    for one in register.inspections:
        found.setdefault(one.framework.id, []).append(one)
    return [
        {
            "framework": held[0].framework,
            "inspections": len(held),
            "authorities": len({one.la for one in held}),
            "graded": sum(bool(one.grades) for one in held),
            "first": min(one.date for one in held),
            "last": max(one.date for one in held),
        }
        for held in found.values()
    ]


# --- Figures from elsewhere ---


def given_page(viewer: Viewer) -> dict[str, Any]:
    """What the newest list gives of each indicator, and what criteria of the framework in force still lack."""
    held = figures.given(viewer.la)
    kept = keeping.held(pathlib.Path(settings.STORE), keeping.ELSEWHERE, viewer.la)
    framework = evaluation.in_use()
    lines = []
    for name, indicator in INDICATORS.items():
        its = held.of(name) if held else []
        newest = [one for one in its if one.until == its[0].until] if its else []
        lines.append(
            {
                "indicator": indicator,
                "figures": [said(one) for one in newest],
                "earlier": len(its) - len(newest),
                "measured": bool(indicator.measures),
            }
        )
    return {
        "kept": kept,
        "given": [one for one in lines if one["figures"]],
        "lacking": [one for one in lines if not one["figures"] and not one["measured"]],
        "measured": sum(one["measured"] for one in lines),
        "counts": counted(criteria_figures(framework, held)),
        "framework": framework,
        "read": account_words(held.account if held else None),
        "invented": stores.is_invented(),
    }


def said(figure: Figure) -> dict[str, Any]:
    return {
        "value": figures.with_unit(figure.printed, figure.indicator.unit),
        "of": f"{figure.numerator:,f} of {figure.denominator:,f}" if figure.denominator is not None else "",
        "group": figure.group,
        "period": figure.period,
        "source": figure.source,
    }
