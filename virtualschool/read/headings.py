"""Which kind a file is, told by its headings, and which heading gives which column."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from virtualschool import registry
from virtualschool.read.kinds import Assembly, Kind, Reshape

TWO, FOUR = re.compile(r"(?=\d\d)"), re.compile(r"(?=(?:19|20)\d\d)")
TERM = re.compile("autumn|spring|summer|aut|spr|sum")
TERMS = {"aut": "autumn", "spr": "spring", "sum": "summer"}


@dataclass(frozen=True)
class Recognised:
    """What a line of headings says: the kind, the places (0-based) of the headings of each column, and the year and term they tell.

    `ignored` are the headings that give no column; `doubtful` those of another year or term than the rest, left out.
    """

    kind: Kind
    columns: dict[str, tuple[int, ...]]
    year: int | None = None
    term: str | None = None
    ignored: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    def heading_of(self, column: str, headings: tuple[str, ...]) -> str:
        """The heading as the file has it, for a message."""
        return headings[self.columns[column][0]].strip() if column in self.columns else column


def fold(heading: str) -> str:
    """A heading without case, spaces and punctuation; one that is nothing else (an attendance mark) stands as it is."""
    return re.sub(r"[\W_]+", "", heading.casefold()) or heading.strip().casefold()


def recognise(headings: tuple[str, ...]) -> Reshape | Recognised | None:
    """The kind with these headings, or None."""
    return _recognise(tuple(headings))


def known(headings: tuple[str, ...]) -> int:
    """How many of these cells are headings of any kind."""
    vocabulary = _vocabulary()
    return sum(any(template in vocabulary for template, _, _ in _readings(folded)) for folded in {fold(heading) for heading in headings})


def nearest(headings: tuple[str, ...]) -> tuple[Kind, tuple[str, ...], tuple[str, ...]] | None:
    """The kind that comes nearest, the headings that it needs and are not there, and those there that it does not know.

    None when no heading is known to any kind.
    """
    best = None
    for kind in kinds():
        found = _columns(kind, headings)
        if not found.columns:
            continue
        lacking = tuple(kind.headings(column)[0] for column in kind.needs if column not in found.columns)
        ids = sum(1 for column in found.columns if column in ("la", "year", "child", "upn", "dob", "sex"))
        rank = (len(found.columns) - len(lacking), len(found.columns) - ids, -len(lacking))
        if best is None or rank > best[0]:
            best = (rank, kind, lacking, found.ignored)
    return best[1:] if best else None


def kinds() -> tuple[Kind, ...]:
    return registry.definitions("virtualschool.read", Kind)


def reshapes() -> tuple[Reshape, ...]:
    return registry.definitions("virtualschool.read", Reshape)


def assemblies() -> tuple[Assembly, ...]:
    return registry.definitions("virtualschool.read", Assembly)


# --- How it is done ---


@cache
def _recognise(headings: tuple[str, ...]) -> Reshape | Recognised | None:
    for reshape in reshapes():
        if reshape.recognises(headings):
            return reshape
    folded = {fold(heading) for heading in headings}
    candidates = {name for heading in folded for template, _, _ in _readings(heading) for name in _vocabulary().get(template, ())}
    best: Recognised | None = None
    for kind in kinds():
        if kind.name not in candidates or folded & {fold(heading) for heading in kind.forbids}:
            continue
        found = _columns(kind, headings)
        if all(column in found.columns for column in kind.needs) and (best is None or _rank(found) > _rank(best)):
            best = found
    return best


def _rank(found: Recognised) -> tuple[int, int]:
    return len({place for places in found.columns.values() for place in places}), len(found.kind.needs)


def _columns(kind: Kind, headings: tuple[str, ...]) -> Recognised:
    matched: list[tuple[str, int, int, int | None, str | None]] = []  # column, rank of its name, place, year, term
    names = _names(kind)
    for place, heading in enumerate(headings):
        for template, year, term in _readings(fold(heading)):
            matched.extend((column, rank, place, year, term) for column, rank in names.get(template, ()))
    told = Counter((year, term) for _, _, _, year, term in matched if year or term)
    main = max(told, key=lambda pair: (told[pair], pair[0] or 0, pair[1] or ""), default=(None, None))
    columns: dict[str, list[tuple[int, int]]] = {}
    doubtful = []
    for column, rank, place, year, term in matched:
        if (year or term) and (year, term) != main:
            doubtful.append(place)
        else:
            columns.setdefault(column, []).append((rank, place))
    used = {place for places in columns.values() for _, place in places}
    return Recognised(
        kind,
        {column: tuple(dict.fromkeys(place for _, place in sorted(places))) for column, places in columns.items()},
        main[0],
        main[1],
        tuple(heading for place, heading in enumerate(headings) if place not in used and heading.strip()),
        tuple(headings[place] for place in sorted(set(doubtful) - used)),
    )


@cache
def _readings(folded: str) -> tuple[tuple[str, int | None, str | None], ...]:
    """A folded heading as it stands, and with each of its digits and terms that may be a year or term as a placeholder."""
    found: list[tuple[str, int | None, str | None]] = [(folded, None, None)] if folded else []
    digits = [
        (match.start(), match.start() + 2, "[yy]", 2000 + int(folded[match.start() : match.start() + 2])) for match in TWO.finditer(folded)
    ]
    digits += [
        (match.start(), match.start() + 4, "[yyyy]", int(folded[match.start() : match.start() + 4])) for match in FOUR.finditer(folded)
    ]
    terms = [(match.start(), match.end(), "[term]", TERMS[match[0][:3]]) for match in TERM.finditer(folded)]
    for year in (*digits, None):
        for term in (*terms, None):
            spans = sorted(span for span in (year, term) if span)
            if not spans or (len(spans) == 2 and spans[0][1] > spans[1][0]):
                continue
            template = folded
            for start, end, placeholder, _ in reversed(spans):
                template = template[:start] + placeholder + template[end:]
            word = term[3] if term else None
            # An item of the autumn census bears the year in which the census was taken; its school year ends in the next.
            found.append((template, year[3] + (word == "autumn") if year else None, word))
    return tuple(found)


@cache
def _names(kind: Kind) -> dict[str, list[tuple[str, int]]]:
    """The columns that each folded heading gives, with the rank of the heading among those of the column."""
    names: dict[str, list[tuple[str, int]]] = {}
    for column in kind.columns:
        seen = set()
        for rank, heading in enumerate(kind.headings(column)):
            template = _template(heading)
            if template not in seen:
                seen.add(template)
                names.setdefault(template, []).append((column, rank))
    return names


@cache
def _vocabulary() -> dict[str, set[str]]:
    """The kinds that know each folded heading."""
    words: dict[str, set[str]] = {}
    for kind in kinds():
        for template in _names(kind):
            words.setdefault(template, set()).add(kind.name)
    return words


@cache
def _template(heading: str) -> str:
    parts = re.split(r"(\[yyyy\]|\[yy\]|\[term\])", heading)
    return (
        fold(heading)
        if len(parts) == 1
        else "".join(part if part.startswith("[") else re.sub(r"[\W_]+", "", part.casefold()) for part in parts)
    )
