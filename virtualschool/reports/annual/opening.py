"""Sections 1 to 3: key messages on one page, purpose and law, and what came of last year's priorities."""

from collections.abc import Iterator, Sequence
from typing import Any

from virtualschool.reports import wording
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.figures import recorded
from virtualschool.reports.annual.section import Item, Section, from_file, written
from virtualschool.reports.blocks import Block, Column, KeyFigure, KeyFigures, Paragraph, Points, Table
from virtualschool.reports.contents import card

TEN = [
    "pep_in_time",
    "pep_quality",
    "absence_rate",
    "persistent_absence",
    "suspended_once_or_more",
    "permanent_exclusion_rate",
    "attainment_8",
    "progress_8",
    "placement_stability",
    "leavers_eet",
]
"""The figures of the first page: education plans, attendance, exclusion, results, stability and what came after."""
MOST = 3


def one_page(facts: Facts) -> Iterator[Block]:
    yield Paragraph(
        "Each figure has a 95% interval where it has one: with so few children, chance alone moves a figure about that much. We say that "
        "two figures differ only where chance alone would hardly make the difference."
    )
    yield KeyFigures("Ten figures of the year", tuple(key_figure(facts, name) for name in TEN))


def key_figure(facts: Facts, name: str) -> KeyFigure:
    return card(facts.asked, facts.measure(name), facts.trends[name])


def successes(facts: Facts) -> Iterator[Block]:
    yield from drafted(facts, better(facts, "better"), "better", "successes")


def concerns(facts: Facts) -> Iterator[Block]:
    yield from drafted(facts, better(facts, "worse"), "worse", "concerns")


def better(facts: Facts, tone: str) -> list[str]:
    """What the figures say stands apart from England, then what moved since the first year held, in that direction, each once."""
    found = []
    for name, rows in facts.trends.items():
        row, measure = facts.row(name), facts.measure(name)
        if row["value"] is None or measure.better == "neither":
            continue
        if wording.tone(wording.standing(row, measure, "england"), measure) == tone:
            beside = wording.comparisons(row, measure, {"england": "looked-after children in England"})
            found.append(f"{measure.title}: {wording.amount(row['value'], measure)}. {' '.join(beside)}")
        elif changed(rows, row, measure) == tone:
            first = next(past for past in rows if past["value"] is not None)
            found.append(
                f"{measure.title}: {wording.amount(row['value'], measure)}, and {wording.amount(first['value'], measure)} in "
                f"{first['year']}: "
                "more of a change than chance alone would usually make."
            )
    return found


def changed(rows: Sequence[dict[str, Any]], row: dict[str, Any], measure: Any) -> str:
    """Whether a figure got better or worse since the first year that has one, where the two intervals do not meet."""
    held = [past for past in rows if past["value"] is not None]
    if len(held) < 2 or any(one[limit] is None for one in (held[0], row) for limit in ("low", "high")):
        return ""
    if row["low"] > held[0]["high"]:
        return wording.tone("above", measure)
    return wording.tone("below", measure) if row["high"] < held[0]["low"] else ""


def drafted(facts: Facts, found: Sequence[str], tone: str, what: str) -> Iterator[Block]:
    if found:
        yield Points(tuple(found[:MOST]))
    if len(found) < MOST:
        number = {0: "no figure", 1: "one figure", 2: "two figures"}[len(found)]
        yield Paragraph(
            f"The data tell {number} that stand{'s' if len(found) == 1 else ''} clearly {tone} than looked-after children in England, or "
            f"than in "
            f"earlier years. Three {what} are wanted: a person adds the rest from what they know, under Key messages."
        )


# --- 2. Purpose ---

DUTIES = (
    (
        "Since 2014",
        "Every authority appoints an officer to promote the education of the children it looks after: the virtual school head.",
        "Children and Families Act 2014",
    ),
    (
        "Since September 2018",
        "Advice and information for previously looked-after children; schools' designated teachers serve them too.",
        "Children and Social Work Act 2017, section 4",
    ),
    (
        "Since September 2021",
        "Strategic lead for children with a social worker, now or in the last six years. Not statutory, paid by a grant.",
        "Department for Education, section 31 grant",
    ),
    ("Since September 2024", "Children in kinship care as well.", "Department for Education, section 31 grant"),
    (
        "From a day that regulations set",
        "Steps to promote the education of children in need and of children in kinship care, as a duty.",
        "Children's Wellbeing and Schools Act 2026, section 6",
    ),
)


def duties(facts: Facts) -> Iterator[Block]:
    yield Paragraph(
        f"The virtual school of {facts.la_name} is not a building. It works for the education of every child whom the authority "
        "looks after, "
        "wherever they live and learn, with schools, carers, social workers and the children themselves."
    )
    yield Table(
        "duties",
        "What the law and grants ask of a virtual school",
        (Column("When"), Column("What"), Column("Where it stands")),
        DUTIES,
        source="the acts named; Department for Education, pupil premium and virtual school grant conditions",
    )


def remit(facts: Facts) -> Iterator[Block]:
    yield Points(
        (
            "Children looked after by the authority: each by name, with a personal education plan.",
            "Previously looked-after children: advice and information for parents and schools.",
            "Children with a social worker, now or in the last six years: as a group, not child by child.",
            "Children in kinship care: as a group.",
        )
    )


# --- 3. Last year's priorities ---


def last_priorities(facts: Facts) -> Iterator[Block]:
    yield from recorded(facts, "last_priorities")


SECTIONS = (
    Section(
        1,
        "key-messages",
        "Foreword, key messages and the year on one page",
        (
            written("foreword"),
            written("key_messages"),
            Item("one_page", "The year on one page", one_page),
            Item("successes", "Successes that the figures show", successes),
            Item("concerns", "Concerns that the figures show", concerns),
            written("children_said"),
        ),
    ),
    Section(
        2,
        "purpose",
        "Purpose, role, law and governance",
        (
            Item("duties", "Duties", duties),
            Item("remit", "Remit", remit),
            from_file("team", "Team"),
            written("team"),
            from_file("board_meetings", "Board"),
            written("board"),
        ),
    ),
    Section(
        3,
        "last-year",
        "Last year's priorities: did we do it",
        (
            Item(
                "last_priorities",
                "Each priority: action, evidence, impact, what is still open",
                last_priorities,
                "load an action plan of last year, or annual_report.csv with the item last_priorities.",
            ),
            written("priorities_impact"),
        ),
    ),
)
