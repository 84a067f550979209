"""Teachers' termly assessments that hold, of an authority's children."""

from collections.abc import Iterable

from virtualschool.web.models import TeacherAssessment
from virtualschool.web.plan_dates import TermOfYear


def newest(la: str, tokens: Iterable[str] | None = None, term: TermOfYear | None = None) -> list[TeacherAssessment]:
    """The assessments that hold: the newest of each child, term and subject, in the order of terms and subjects."""
    rows = TeacherAssessment.objects.filter(la=la).order_by("pk")
    if tokens is not None:
        rows = rows.filter(token__in=list(tokens))
    if term is not None:
        rows = rows.filter(school_year=term.school_year, term=term.name)
    found = {(one.token, one.school_year, one.term, one.subject.casefold()): one for one in rows}
    return [one for one in found.values() if not one.withdrawn]
