"""Activities as pages show them: who took part, how they rate themselves before and after, beside attendance and wellbeing."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from virtualschool.plans.before_and_after import CANNOT_TELL, DOWN, FEWEST, TOO_FEW, UP, change
from virtualschool.publish.rounding import percent, rounded
from virtualschool.web import children
from virtualschool.web.children import Child
from virtualschool.web.models import Activity, Rating, TookPart
from virtualschool.web.models.voice import FEELINGS
from virtualschool.web.permissions import Viewer

SENTENCES = {
    UP: "Ratings went up by more than chance alone would make them. It is not shown that the activity did it.",
    DOWN: "Ratings went down by more than chance alone would make them. It is not shown that the activity did it.",
    CANNOT_TELL: "It cannot be told whether ratings changed.",
    TOO_FEW: f"Fewer than {FEWEST} children rated before and after, so nothing is said of a change.",
}
FEW_SESSIONS = 60


@dataclass(frozen=True)
class Feeling:
    """How ratings of one feeling changed, over the children who rated both times."""

    words: str
    pairs: int
    mean: str
    limits: str
    up: int
    same: int
    down: int
    said: str


@dataclass(frozen=True)
class Person:
    """One child's part: ratings as before → after, attendance and SDQ as far as the viewer may read them."""

    part: TookPart
    child: Child
    ratings: list[tuple[str, str]]
    absence: str
    sdq: str


@dataclass(frozen=True)
class Beside:
    """What is known of a group besides: how many, the share of sessions missed, and the mean SDQ score with how many have one."""

    words: str
    children: int
    absence: str
    sdq: str


def people(viewer: Viewer, activity: Activity) -> list[Person]:
    known = {child.token: child for child in children.of(viewer)}
    made = []
    for part in activity.parts.prefetch_related("ratings"):
        if (child := known.get(part.token)) is not None:
            before, after = newest(part)
            rated = [(words, f"{_number(before, name)} → {_number(after, name)}") for name, words in FEELINGS.items()]
            made.append(Person(part, child, rated, _absence(viewer, child), _sdq(viewer, child)))
    return sorted(made, key=lambda one: (one.child.name.casefold(), one.part.pk))


def newest(part: TookPart) -> tuple[Rating | None, Rating | None]:
    held = {one.moment: one for one in part.ratings.all()}
    return held.get("before"), held.get("after")


def feelings(parts: list[TookPart]) -> list[Feeling]:
    """The change of each feeling; the mean is shown from ten children on, for of fewer it says nothing."""
    made = []
    for name, words in FEELINGS.items():
        pairs = [(getattr(before, name, None), getattr(after, name, None)) for before, after in map(newest, parts)]
        found = change(pairs)
        is_shown = found.said != TOO_FEW
        mean = _signed(Fraction(found.total, found.pairs)) if is_shown else ""
        limits = " to ".join(_signed(Fraction(one)) for one in found.interval) if is_shown and found.interval else ""
        made.append(Feeling(words, found.pairs, mean, limits, found.up, found.same, found.down, SENTENCES[found.said]))
    return made


def beside(viewer: Viewer, took_part: set[str]) -> list[Beside]:
    """Attendance and SDQ of those who took part and of all others in care now: beside one another, and no effect of anything."""
    if not viewer.may("exact_figures"):
        return []
    current = [child for child in children.of(viewer) if child.is_current and child.la == viewer.la]
    groups = (
        ("Took part", [child for child in current if child.token in took_part]),
        ("All others in care now", [child for child in current if child.token not in took_part]),
    )
    return [_beside(words, held) for words, held in groups]


def _beside(words: str, held: list[Child]) -> Beside:
    rows = [child.row for child in held if child.row.get("sessions_possible")]
    possible, missed = sum(row["sessions_possible"] for row in rows), sum(row["sessions_missed"] or 0 for row in rows)
    scores = [int(child.row["sdq_score"]) for child in held if child.row.get("sdq_score") is not None]
    absence = f"{percent(missed, possible)}% of sessions missed, {len(rows)} children" if possible else "not known"
    sdq = f"{rounded(Fraction(sum(scores), len(scores)), 1)}, {len(scores)} children" if scores else "not known"
    return Beside(words, len(held), absence, sdq)


def _absence(viewer: Viewer, child: Child) -> str:
    possible, missed = child.row.get("sessions_possible"), child.row.get("sessions_missed")
    if not viewer.may("record") or not possible or possible < FEW_SESSIONS:
        return ""
    return f"{percent(missed or 0, possible)}%"


def _sdq(viewer: Viewer, child: Child) -> str:
    score = child.row.get("sdq_score")
    return str(score) if score is not None and viewer.may_read("sdq_score") else ""


def _number(rating: Rating | None, name: str) -> str:
    value: Any = getattr(rating, name, None)
    return "–" if value is None else str(value)


def _signed(value: Fraction | Decimal) -> str:
    shown = rounded(Fraction(value), 2)
    return f"+{shown}" if shown > 0 else str(shown)
