"""A section of the annual report and the items it must hold: each gives its blocks, or a gap that names what to load."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.figures import measured, recorded
from virtualschool.reports.annual.parts import PARTS
from virtualschool.reports.annual.recorded import FILE
from virtualschool.reports.blocks import Block, Gap, Heading, Note, Paragraph, Place

Made = Callable[[Facts], Iterable[Block]]


@dataclass(frozen=True)
class Item:
    """One thing that a section must hold. `load` ends the sentence `No data:` where nothing can be said of it."""

    name: str
    title: str
    blocks: Made
    load: str = ""
    is_written: bool = False
    """Whether it is a place for a person's words."""

    @property
    def address(self) -> str:
        return self.name.replace("_", "-") + ("-in-words" if self.is_written else "")

    def drawn(self, facts: Facts) -> list[Block]:
        """What is recorded of it in the application, then what it says by itself, or the gap."""
        given = () if self.is_written else facts.given.get(self.name, ())
        found = [*given, *self.blocks(facts)]
        return found or [Gap(self.title, self.load)]


@dataclass(frozen=True)
class Section:
    """A section by its number, with its items in order."""

    number: int
    name: str
    title: str
    items: tuple[Item, ...]

    def drawn(self, facts: Facts) -> Iterator[Block]:
        yield Heading(f"{self.number}. {self.title}", self.name)
        for item in self.items:
            yield Heading(item.title, f"{self.name}-{item.address}", 3)
            yield from item.drawn(facts)


def written(part: str) -> Item:
    """A place for a person's words; what is about single children goes public only after a check."""
    about = PARTS[part]

    def blocks(facts: Facts) -> Iterator[Block]:
        text = facts.text(part)
        if text and about.checked and not facts.may_show(part):
            yield withheld(about.title)
            return
        yield Place(part, about.title, about.prompt, text.words if text else "", text.by if text else "", text.when if text else "")
        if text and about.checked and (check := facts.texts.check_of(part)):
            yield Paragraph(f"Checked by {check.by}, {check.when}, that no child can be known by it: {check.checked}")

    return Item(part, about.title, blocks, is_written=True)


def withheld(title: str) -> Note:
    return Note(
        f"{title}: not in the public report",
        "Nobody has recorded a check that no child can be known by it. A named person reads it and records the check, with the day and "
        "what "
        "was checked; then it is shown here.",
    )


def from_file(name: str, title: str, also: str = "", first: Made | None = None) -> Item:
    """Something that stands in the store or is recorded in a file; `also` names where else it could come from."""
    load = f"load {FILE} with the item {name}{f', or {also}' if also else ''}."

    def blocks(facts: Facts) -> Iterator[Block]:
        if first:
            yield from first(facts)
        yield from recorded(facts, name)

    return Item(name, title, blocks, load)


def of_measures(name: str, title: str, names: str, charted: str, load: str) -> Item:
    """Measures with sentences, charts and a table."""
    listed, drawn = names.split(), charted.split()

    def blocks(facts: Facts) -> Iterator[Block]:
        yield from measured(facts, listed, name, f"{title}, {facts.la_name}, {facts.year}", drawn)

    return Item(name, title, blocks, load)
