"""Plans and assessments of an authority taken away as files: in our documented layout, so that they are read again as the same."""

import io
import pathlib
import zipfile
from typing import Any

from virtualschool.errors import WrongUse
from virtualschool.plans import writing
from virtualschool.plans.files import Plan as Record
from virtualschool.web import children, events, plan_records
from virtualschool.web.actions.plans import is_office
from virtualschool.web.models import Plan, TeacherAssessment
from virtualschool.web.plan_dates import TermOfYear

STYLES = {"csv": "CSV, a file for each table, in one zip", "json": "JSON, one file"}


def held(la: str, term: TermOfYear | None = None, tokens: set[str] | None = None) -> tuple[list[Record], list[dict[str, Any]]]:
    """The plans and assessments of an authority, of one term or all, as records; with `tokens` only those of these children."""
    plans = [plan for plan in Plan.objects.filter(la=la).order_by("school_year", "pk") if tokens is None or plan.token in tokens]
    known = {child.token: child for child in children.everyone(la)}
    made = plan_records.records(plans, known)
    wanted = [made[plan.pk] for plan in plans if term is None or (plan.school_year, plan.term) == (term.school_year, term.name)]
    newest: dict[tuple[Any, ...], TeacherAssessment] = {}
    rows = TeacherAssessment.objects.filter(la=la).order_by("pk")
    for one in rows if term is None else rows.filter(school_year=term.school_year, term=term.name):
        newest[one.token, one.school_year, one.term, one.subject.casefold()] = one
    return wanted, [assessment(one) for one in newest.values() if not one.withdrawn and (tokens is None or one.token in tokens)]


def assessment(one: TeacherAssessment) -> dict[str, Any]:
    """A teacher's assessment as files have it."""
    names = ("result", "baseline_phase", "baseline_entry", "why_not")
    return {
        "child": one.token,
        "la": one.la,
        "school_year": one.school_year,
        "term": one.term,
        "year_group": one.year_group or None,
        "subject": one.subject,
        "from_phase": one.from_phase,
        "from_entry": one.from_entry,
        "assessed_on": one.assessed_on,
        **{name: getattr(one, name) or None for name in names},
    }


def take(request: Any, term: TermOfYear | None, style: str, reason: str) -> bytes:
    """The files for a person to take away, of the children whom they may see.

    Raises WrongUse without a reason, or where there is nothing.
    """
    viewer = request.viewer
    if not is_office(viewer):
        raise WrongUse("Export", "you do not take plans away.", "Ask the Virtual School.")
    if style not in STYLES:
        raise WrongUse("Format", "there is none of that name.", "Choose CSV or JSON.")
    if len(reason.strip()) < 5:
        raise WrongUse("Reason", "it is empty or too short.", "Say in a few words what the files are for.")
    plans, assessed = held(viewer.la, term, {child.token for child in children.of(viewer) if child.la == viewer.la})
    if not plans and not assessed:
        raise WrongUse("Plans", "there are none.", "Choose another term.")
    about = term.key if term else "all"
    events.record(
        request, "downloaded", "plan", plans=len(plans), assessments=len(assessed), style=style, term=about, reason=reason.strip()
    )
    if style == "json":
        return writing.as_json(plans, assessed).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in writing.as_csv(plans, assessed).items():
            made.writestr(name, text)
    return out.getvalue()


def write(la: str, folder: pathlib.Path) -> tuple[int, int]:
    """Writes the files of an authority into FOLDER/LA/plans, where a build takes them in; how many plans and assessments they hold."""
    plans, assessed = held(la)
    if not plans and not assessed:
        return 0, 0
    place = folder / la / "plans"
    place.mkdir(parents=True, exist_ok=True)
    for name, text in writing.as_csv(plans, assessed).items():
        (place / name).write_text(text, encoding="utf-8", newline="")
    return len(plans), len(assessed)
