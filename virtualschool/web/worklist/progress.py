"""Rules of a child's progress from starting points: a baseline or a twelve-week review whose day is past."""

from collections import defaultdict
from collections.abc import Iterable

from virtualschool.plans import progress as logic
from virtualschool.reports.progress_words import REVIEWS
from virtualschool.web.actions import progress as records
from virtualschool.web.models import ProgressRecord
from virtualschool.web.worklist.evidence import Evidence
from virtualschool.web.worklist.rules import Found, rule


@rule(
    "Progress review overdue",
    "Without a starting point no change can be shown; without a review nobody asks whether the help helps.",
    "Ask the home or the carer to hold it with the child, and to record it; the document can be filled without signing in.",
    kind="progress",
    view="children-progress-child",
)
def progress_review_overdue(seen: Evidence) -> Iterable[Found]:
    """Children looked after now of whom somebody records progress and whose baseline or next review is past its day.

    Of whom nobody records any, nothing is said: a home that keeps its records elsewhere is not late here.
    """
    current = {child.token: child for child in seen.children}
    rows: dict[str, list[ProgressRecord]] = defaultdict(list)
    for row in records.standing(ProgressRecord.objects.filter(la=seen.la, token__in=list(current), stays_home=False)):
        rows[row.token].append(row)
    for token, held in rows.items():
        for one in logic.due((records.as_record(row) for row in held), records.began(current[token]), seen.today):
            if one.late:
                yield Found(f"{token} {one.name} {one.by}", f"{REVIEWS[one.name]} of progress is overdue", token, one.by)
