"""Tables of the annual report from records that people keep: the premium, what children said, casework, activities, and own grades.

Plain values go in and blocks come out: nothing here knows a database. Numbers are true as they come in; for the public, small numbers of
children are hidden here, and an amount of money with the number of children whose money it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from virtualschool.frameworks import frameworks
from virtualschool.frameworks.evaluation_file import SelfEvaluation
from virtualschool.plans.premium import pounds
from virtualschool.publish.counts import counts
from virtualschool.publish.hiding import HIDDEN
from virtualschool.reports.blocks import Block, Cell, Column, Note, Table


@dataclass(frozen=True)
class Money:
    """Pence of one row, with how many children it is for; none where it is for a group and no child's part."""

    words: str
    pence: int
    children: int


@dataclass(frozen=True)
class Received:
    """A strand's grant in pence. `children` is the number it was worked out by; none where it goes by no number of children."""

    strand: str
    provisional: int
    final: int | None
    children: int | None


@dataclass(frozen=True)
class Counted:
    """A row of words with numbers, in the order of the columns."""

    words: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Decided:
    """You said, we did."""

    you_said: str
    we_did: str
    state: str
    why_not: str
    on: date


@dataclass(frozen=True)
class Quote:
    """A child's words that the child lets us use, without a name. `group` is empty where few of the group spoke."""

    words: str
    topic: str
    group: str


# --- Money ---


def received(rows: Sequence[Received], year: str, audience: str) -> list[Block]:
    if not rows:
        return []
    seen = [Money(row.strand, row.final if row.final is not None else row.provisional, row.children or 0) for row in rows]
    shown = amounts(seen, audience)
    lines = tuple(
        (
            row.strand,
            *((HIDDEN, HIDDEN) if cell == HIDDEN else (pounds(row.provisional), "not yet" if row.final is None else pounds(row.final))),
        )
        for row, cell in zip(rows, shown, strict=True)
    )
    columns = (Column("Strand"), Column("Provisional"), Column("Final"))
    return [Table("premium_received_ledger", f"Pupil Premium Plus received, {year}", columns, lines, source="the premium's ledger")]


def money(name: str, title: str, first: str, rows: Sequence[Money], audience: str, notes: tuple[str, ...] = ()) -> list[Block]:
    """A table of amounts. What is hidden is the amount too: with one child it would be that child's money."""
    if not rows:
        return []
    numbers = counts([row.children for row in rows], audience)
    shown = amounts(rows, audience)
    lines: tuple[tuple[Cell, ...], ...] = tuple(
        (row.words, amount, HIDDEN if amount == HIDDEN and row.children else number)
        for row, amount, number in zip(rows, shown, numbers, strict=True)
    )
    columns = (Column(first), Column("Amount"), Column("Children", "count", 0))
    return [Table(name, title, columns, lines, notes=notes, source="the premium's ledger")]


def amounts(rows: Sequence[Money], audience: str) -> list[str]:
    """Each amount in pounds, or `c`. For the public hidden where it is of 1 to 5 children, and never one alone, which the sum of the
    others would give away."""
    numbers = counts([row.children for row in rows], audience)
    secret = {at for at, number in enumerate(numbers) if number == HIDDEN}
    if len(secret) == 1:
        left = [at for at, row in enumerate(rows) if at not in secret and row.pence]
        secret |= {min(left, key=lambda at: (abs(rows[at].pence), at))} if left else set()
    return [HIDDEN if at in secret else pounds(row.pence) for at, row in enumerate(rows)]


# --- Counts of children ---


def counted(name: str, title: str, columns: Sequence[str], rows: Sequence[Counted], audience: str, source: str) -> list[Block]:
    """A table of counts; a row that is hidden in one column is hidden in all, as columns are parts of others."""
    if not rows:
        return []
    down = [counts([row.numbers[at] for row in rows], audience) for at in range(len(columns) - 1)]
    hidden = {at for column in down for at, number in enumerate(column) if number == HIDDEN}
    if len(hidden) == 1 and (left := [at for at, row in enumerate(rows) if at not in hidden and any(row.numbers)]):
        hidden.add(min(left, key=lambda at: (rows[at].numbers, at)))
    lines = tuple(
        (row.words, *((HIDDEN if number else 0) if at in hidden else number for number in row.numbers)) for at, row in enumerate(rows)
    )
    heads = (Column(columns[0]), *(Column(words, "count", 0) for words in columns[1:]))
    return [Table(name, title, heads, lines, source=source)]


# --- What children said ---


def said(groups: Mapping[str, int | str], topics: Mapping[str, int | str], year: str) -> list[Block]:
    """What children said, by age group and by what it was about. The counts come as the audience may see them."""
    made: list[Block] = []
    for name, first, held in (("age", "Age group", groups), ("topic", "About", topics)):
        if any(held.values()):
            columns = (Column(first), Column("Children who spoke", "count", 0))
            title = f"What children said, by {'age group' if name == 'age' else 'what it was about'}, {year}"
            notes = (
                "Children who let us count what they said, each once, and a panel as one; without statements about which somebody worried.",
            )
            made.append(
                Table(f"said_by_{name}", title, columns, tuple(held.items()), notes=notes, source="views recorded by the authority")
            )
    return made


def quotes(rows: Sequence[Quote], year: str, checked: bool, audience: str) -> list[Block]:
    """Children's own words: for the public only once somebody checked that no child can be known by them."""
    if not rows:
        return []
    if audience == "public" and not checked:
        return [
            Note(
                "Children's own words: not in the public report",
                "Nobody has recorded a check that no child can be known by them. A named person reads them and records the check, with the "
                "day and what was checked; then they are shown here.",
            )
        ]
    columns = (Column("Their words"), Column("About"), Column("Age group"))
    lines = tuple((row.words, row.topic, row.group or "not told") for row in rows)
    source = "children who let us use their words, without their names"
    return [Table("children_quotes", f"In children's own words, {year}", columns, lines, source=source)]


def quotes_text(rows: Sequence[Quote]) -> str:
    """The quotes as the text that a check is of."""
    return "\n".join(f"{row.words} | {row.topic} | {row.group}" for row in rows)


def decided(rows: Sequence[Decided], year: str) -> list[Block]:
    if not rows:
        return []
    columns = (Column("You said"), Column("We did"), Column("State"), Column("If not, why"), Column("Decided"))
    lines = tuple((row.you_said, row.we_did, row.state, row.why_not or "–", f"{row.on:%-d %B %Y}") for row in rows)
    return [Table("you_said_we_did", f"You said, we did, {year}", columns, lines, source="decisions recorded by the authority")]


# --- Activities ---


def activities(name: str, rows: Sequence[tuple[str, str, str, int | str]], year: str) -> list[Block]:
    """What children took part in, with how many, as the audience may see it."""
    if not rows:
        return []
    columns = (Column("Activity"), Column("Kind"), Column("Began"), Column("Children", "count", 0))
    words = "Leisure" if name == "leisure" else "Events and enrichment"
    return [Table(f"{name}_took_part", f"{words}, {year}", columns, tuple(rows), source="activities recorded by the authority")]


# --- Own grades ---


def grades(held: SelfEvaluation, audience: str) -> list[Block]:
    """The grades that people recorded, with their reasons. Who recorded each is for the internal report."""
    framework = frameworks().get(held.framework)
    if framework is None or not held.grades:
        return []
    is_internal = audience == "internal"
    lines = []
    for grade in held.grades:
        judgement = framework.judgements.get(grade.judgement)
        row = [judgement.title if judgement else grade.judgement, framework.grades.get(grade.grade, grade.grade), grade.reason]
        lines.append((*row, *([grade.by] if is_internal else []), f"{grade.when:%-d %B %Y}"))
    heads = ("Judgement", "Own grade", "Reason", *(("By",) if is_internal else ()), "Recorded")
    notes = ("People recorded these grades; the program gives none.",)
    source = "the self-evaluation"
    title = f"Own grades under {framework.title}, {framework.edition}"
    return [Table("own_grades", title, tuple(Column(words) for words in heads), tuple(lines), notes=notes, source=source)]
