"""What one recording document holds: what it is about, what the evidence says so far, what is recorded, and what can be filled in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from virtualschool.plans.progress import Record, Summary, WayFound
from virtualschool.plans.progress_documents import Asked, RecordingDocument, version
from virtualschool.plans.progress_ways import Kind
from virtualschool.reports import progress_words

STAYS = "This part stays in the home. Take it out before the document is passed on to anybody else."
SOME_STAY = (
    "What a children's home writes here on relationships and sex, sexual health, contraception, legal highs or drugs stays in the home. "
    "What is recorded of it so far is not shown here."
)
HOW = (
    "Write in the fields. The Tab key goes to the next one, Shift and Tab to the one before. In lists the arrow keys choose; the space "
    "bar ticks a box.",
    "Leave empty what you have nothing for. Save the document in Word's own format (docx), and send it back on the page of the child or "
    "the home.",
)
HOW_ON_PAPER = ("Write in the boxes. Leave empty what you have nothing for. Where there is no room left, go on with another copy.",)
MARK = "Confidential: about a child. For those who care for and teach the child."
MARK_HOME = "Confidential: for the home's own review."


@dataclass(frozen=True)
class Words:
    """What the evidence says so far, under a heading."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table of words, with one header row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """One kind of record: those recorded so far, shown as they are kept, and entries to fill in."""

    kind: Kind
    recorded: tuple[Mapping[str, Any], ...]
    entries: tuple[Mapping[str, str], ...]

    @property
    def note(self) -> str:
        return STAYS if self.kind.always_stays_home else SOME_STAY if self.kind.stay_home else ""


@dataclass(frozen=True)
class Sheet:
    """`reference` is what a filled one is known by when it comes back: document, version, token and authority. `facts` are pairs of a
    label and what is known; a label without anything is filled in by hand."""

    document: RecordingDocument
    reference: str
    facts: tuple[tuple[str, str], ...]
    told: tuple[Words | Grid, ...]
    parts: tuple[Part, ...]
    invented: bool = False

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def mark(self) -> str:
        return MARK_HOME if self.document.about == "home" else MARK


def blank(document: RecordingDocument) -> Sheet:
    """A document about nobody yet."""
    facts = (("Home", ""),) if document.about == "home" else (("Child", ""), ("Home or carer", ""))
    return Sheet(document, reference(document), facts, (), tuple(Part(one.kind, (), one.entries) for one in document.parts))


def filled(
    document: RecordingDocument,
    *,
    facts: Sequence[tuple[str, str]],
    records: Iterable[Record],
    summary: Summary | None = None,
    children: Grid | None = None,
    key: str = "",
    with_home_parts: bool = False,
    invented: bool = False,
) -> Sheet:
    """A document about a child or a home, with what is known. `records` are those that the reader may see; parts that stay in the home are
    there only `with_home_parts`."""
    held = sorted(records, key=lambda one: (one.on, one.number))
    parts = [_part(one, held) for one in document.parts if with_home_parts or not one.kind.always_stays_home]
    told = tuple(_told(document, summary, children))
    return Sheet(document, reference(document, key), tuple(facts), told, tuple(parts), invented)


def reference(document: RecordingDocument, key: str = "") -> str:
    return " ".join(filter(None, ("progress", document.name, str(version()), key)))


def _part(asked: Asked, records: Sequence[Record]) -> Part:
    own = [one.values for one in records if one.kind == asked.kind.name] if asked.recorded else []
    return Part(asked.kind, tuple(own), asked.entries)


def _told(document: RecordingDocument, summary: Summary | None, children: Grid | None) -> Iterable[Words | Grid]:
    for name in document.words:
        if name == "children" and children is not None:
            yield children
        if summary is None:
            continue
        if name == "summary":
            rows = tuple((one.way.title, progress_words.STATES[one.state], " ".join(_lines(one))) for one in summary.ways)
            yield Grid("What the evidence says so far", ("Way", "Change since the start", "What it rests on"), rows)
            if lines := progress_words.prompts(summary):
                yield Words("What to look at", tuple(lines))
        if name == "way":
            for found in summary.ways:
                if found.way.name == document.way:
                    yield Words("What the evidence says so far", (f"{progress_words.STATES[found.state]}.", *_lines(found)))
        if name == "goals" and summary.goals:
            rows = tuple(
                (str(one.number), str(one.record.values["adult_words"]), progress_words.goal_sentence(one)) for one in summary.goals
            )
            yield Grid("Goals and how far they have come", ("Goal", "In the adult's words", "How far"), rows)


def _lines(found: WayFound) -> list[str]:
    """What a way rests on, and what it still needs."""
    said = [progress_words.way_sentence(found)] if progress_words.way_sentence(found) else []
    own = [one for one in found.found if one.indicator.kind != "goal_rating"]  # Goals stand in a table of their own.
    said += [f"{progress_words.title(one)}. {progress_words.sentence(one)}" for one in own]
    lacking = progress_words.missing(found)
    return said + ([f"Missing: {'; '.join(lacking)}."] if lacking else [])


def weights(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide the columns of a table of words are beside one another: by their longest cells, none narrower than its longest word."""
    found = []
    for cells in zip(columns, *rows, strict=True):
        longest, words = max(map(len, cells)), [len(word) for cell in cells for word in cell.split()]
        found.append(max(min(longest, 60) ** 0.75, max(words, default=4) * 0.95, 4.5))
    return found
