"""What a report is made of, whatever the format: headings, paragraphs, notes, key figures, tables and charts.

A report is a title, what it is about, and its blocks in reading order. A writer (html, xlsx) turns each block into its
format and adds nothing to what is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class Heading:
    """A heading. Level 2 begins a part of the report, 3 and 4 stand within one; `name` is its address."""

    text: str
    name: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Points:
    """A short list of sentences."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """Something a reader must not miss: why there is no figure, or how far one can be trusted."""

    title: str
    text: str


@dataclass(frozen=True)
class KeyFigure:
    """One figure, with its interval and what can be said of it beside others.

    `value` is as shown (`24.3`, `34%`); when there is no figure it is a dash and `symbol` and the sentences say why.
    `standing` is one or two words a reader can see at a glance: `above England`, `cannot tell`, `no figure`.
    """

    title: str
    value: str
    unit: str
    interval: str
    standing: str
    tone: str
    sentences: tuple[str, ...]
    symbol: str = ""


@dataclass(frozen=True)
class KeyFigures:
    title: str
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table. `decimals` is set for numbers, and then `unit` says what they count."""

    title: str
    unit: str = ""
    decimals: int | None = None

    @property
    def is_number(self) -> bool:
        return self.decimals is not None


@dataclass(frozen=True)
class Table:
    """A table with one header row and no merged cells. A cell without a value holds a symbol, never nothing."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    open: bool = True
    """Whether a page shows it at once; a long one, or the one under a chart, can be opened."""


@dataclass(frozen=True)
class Mark:
    """One mark of a chart: a value with its interval, in a series, at a place on the axis.

    `at` is a year in a trend and a row's words in a comparison. `value` is null where there is no figure, and `why` the
    words that stand in its place.
    """

    at: str
    series: str
    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""
    group: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart and the table of what it draws.

    `kind` is trend (years along the bottom, a line for each series), dots (a row for each place or group), bars (a row for
    each group, from `low` to `high`), waterfall (bars of which each begins where the one above ends), funnel or control (`funnels`).
    `series` gives the role
    of each series: own, england, region, neighbours or other, and of bars for, against or whole; roles and not names choose
    colour and shape.
    """

    name: str
    kind: str
    title: str
    description: str
    axis: str
    marks: tuple[Mark, ...]
    series: tuple[tuple[str, str], ...]
    table: Table
    reference: tuple[str, float] | None = None


@dataclass(frozen=True)
class Gap:
    """What a document should say and cannot, because nobody loaded or recorded it: what is missing, and what to load or record."""

    title: str
    load: str

    @property
    def text(self) -> str:
        return f"No data: {self.load}"


@dataclass(frozen=True)
class Place:
    """A place for a person's own words. `text` is what somebody wrote, its paragraphs a blank line apart; `prompt` helps whoever writes."""

    name: str
    title: str
    prompt: str
    text: str = ""
    by: str = ""
    when: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text.replace("\r\n", "\n").split("\n\n") if part.strip())

    @property
    def written(self) -> str:
        """Who wrote it and when, as a sentence; nothing where nobody is named."""
        return f"Written by {self.by}{f', {self.when}' if self.when else ''}." if self.by else ""


@dataclass(frozen=True)
class Answer:
    """A question of a form with room for `lines` lines; `text` is what is known already."""

    label: str
    text: str = ""
    hint: str = ""
    lines: int = 1


@dataclass(frozen=True)
class Choice:
    """A question of a form with boxes to tick; those `chosen` are ticked."""

    label: str
    options: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    hint: str = ""


Block = Heading | Paragraph | Points | Note | KeyFigures | Table | Chart | Gap | Place | Answer | Choice


@dataclass(frozen=True)
class Report:
    """What a report says. `audience` is public or internal; `mark` is what every part of an output bears."""

    la: str
    la_name: str
    year: int
    title: str
    subtitle: str
    audience: str
    mark: str
    summary: tuple[str, ...]
    blocks: tuple[Block, ...]
    invented: bool = False

    def parts(self) -> Iterator[tuple[Heading, list[Block]]]:
        """The parts of the report, each with the heading that begins it."""
        part: list[Block] = []
        heading = None
        for block in self.blocks:
            if isinstance(block, Heading) and block.level == 2:
                if heading:
                    yield heading, part
                heading, part = block, []
            else:
                part.append(block)
        if heading:
            yield heading, part

    def tables(self) -> Iterator[Table]:
        """Every table in reading order, those under charts among them."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Chart):
                yield block.table
