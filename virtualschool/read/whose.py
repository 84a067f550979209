"""Whose a file is, and when: the authority and year that its columns, its dates, its path or the command tell.

One folder is one return, but where the names of its files bear codes or years of their own, each of these is one. The authority:
a column LA; else a part of the path that is a code; else what the command says. The year: a column; else the care year that
holds most DECOM and DEC of the return; else a part of the path.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from virtualschool import codes, years

UNKNOWN = "???"
"""The authority of records that nothing tells the authority of. They are kept, and a finding says so."""
INVENTED = re.compile(r"V\d{2,3}")
ALWAYS = (0, 9999)


@dataclass
class Authorities:
    """The codes and names of authorities that are known: those of England, and those of the files being read."""

    known: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)

    @classmethod
    def of_england(cls) -> "Authorities":
        authorities = cls()
        for row in codes.load("authorities"):
            names = (row["name"], row["ons_code"], *row["former_ons_codes"].split(), *row["other_names"].split("|"))
            authorities.add(row["la"], names, int(row["first_year"] or 0), int(row["last_year"] or 9999))
        return authorities

    def add(self, la: str, names: Iterable[str | None], first_year: int | None = None, last_year: int | None = None) -> None:
        self.codes.add(la)
        self.known[la.casefold()] = [(la, *ALWAYS)]
        for name in filter(None, names):
            for folded in {_folded(name), _short(name)}:
                found = self.known.setdefault(folded, [])
                if la not in {code for code, _, _ in found}:
                    found.append((la, first_year or 0, last_year or 9999))

    def is_code(self, text: str) -> bool:
        return text in self.codes or bool(INVENTED.fullmatch(text))

    def code(self, text: str) -> str | None:
        """The code of an authority written by code or name; None where there is none, or the name has meant several."""
        meant = {row["la_code"] for row in self.lookup([text]).to_pylist()}
        return meant.pop() if len(meant) == 1 else None

    def lookup(self, written: Iterable[str | None]) -> pa.Table:
        """The codes that the words of a column LA mean, each with the years in which it does: table `authority_names`."""
        rows: dict[tuple[str, int, int], str] = {}
        for text in sorted(set(filter(None, written))):
            text = text.strip(" \t\r\n\u00a0").upper()
            meant = self.known.get(text.casefold()) or self.known.get(_folded(text)) or self.known.get(_short(text))
            if INVENTED.fullmatch(text):
                meant = [(text, *ALWAYS)]
            elif meant is None and re.fullmatch(r"\d{3}\.0+", text):
                meant = self.known.get(text[:3])
            if meant and len(meant) == 1:
                meant = [(meant[0][0], *ALWAYS)]
            for la, first, last in _one_after_another(meant or []):
                rows[text, first, last] = la
        keys = sorted(rows)
        return pa.table(
            {
                "written": pa.array([text for text, _, _ in keys], pa.string()),
                "first_year": pa.array([first for _, first, _ in keys], pa.int32()),
                "last_year": pa.array([last for _, _, last in keys], pa.int32()),
                "la_code": pa.array([rows[key] for key in keys], pa.string()),
            }
        )


@dataclass(frozen=True)
class Told:
    """What a path tells: authority, year and term of its parts, the nearest to the file first; code and year of the file's own name."""

    la: str | None
    year: int | None
    term: str | None
    own_la: str | None
    own_year: int | None
    word_la: str | None
    """The authority that a word of a folder's name tells (`302_2022-23`): the command is believed before it."""


WHOLE_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d[-_.]?[01]\d[-_.]?[0-3]\d(?!\d)|(?<!\d)[0-3]\d[-_.][01]\d[-_.](?:19|20)\d\d(?!\d)")
"""The day of an export, which tells no year of what is in it."""


def path(root: str, name: str, authorities: Authorities) -> Told:
    """What the path of a file tells. The names of the folder that was given, and of those in it, are also taken word by word."""
    *folders, file = name.split("/")
    stem = re.sub(r"(\.(csv|xml|xlsx|parquet|gz|txt))+$", "", file, flags=re.IGNORECASE)
    own_la = next(filter(authorities.is_code, words(stem)), None)
    own_year = next(filter(None, map(_year, words(stem))), None)
    above = [part for part in (*reversed(folders), *reversed(root.split("/"))) if part]
    near = above[: len(folders) + 1]
    la = own_la or next(filter(authorities.is_code, above), None)
    word_la = next(filter(None, (la_of(part, authorities) for part in near)), None)
    near_years = (_year(word) for part in near for word in words(part))
    year = own_year or next(filter(None, (*near_years, *map(_year, above))), None)
    term = next((word for part in (stem, *above) for word in re.split(r"[\W_\d]+", part.casefold()) if word in years.TERMS), None)
    return Told(la, year, term, own_la, own_year, word_la)


def words(part: str) -> list[str]:
    """A part of a path whole, the spans of years in it (`2023-24`), and its words."""
    part = WHOLE_DATE.sub(" ", part).strip()
    spans = re.findall(r"(?<!\d)(?:19|20)\d\d[-_/](?:(?:19|20)\d\d|\d\d)(?!\d)", part)
    return [part, *spans, *re.split(r"[\s_.-]+", part)]


def la_of(part: str, authorities: Authorities) -> str | None:
    """The code that is a word of a folder's name, or that its name means without years (`302_2022-23`, `Barnet 2023`)."""
    code = next(filter(authorities.is_code, words(part)), None)
    return code or authorities.code(re.sub(r"[\s_.-]*(?:19|20)\d\d(?:[-_/]\d\d(?:\d\d)?)?[\s_.-]*", " ", part).replace("_", " "))


def care_year(began: Counter, ended: Counter, of_path: int | None) -> tuple[int | None, int | None]:
    """The care year of a return by the days on which its episodes began and ended (each counted), and the year that most fall in.

    The two differ where the path tells a year that all of these days allow: each episode that ended did so in it, and none
    began after it. Children long in care would else draw a small return into the year in which they came.
    """
    counts: Counter[int] = Counter()
    for days in (began, ended):
        for day, count in days.items():
            counts[years.care_year_of(day)] += count
    if not counts:
        return of_path, None
    most = max(counts, key=lambda year: (counts[year], year))
    if of_path and all(years.care_year_of(day) == of_path for day in ended) and all(years.care_year_of(day) <= of_path for day in began):
        return of_path, most
    return most, most


def _one_after_another(meant: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Codes that one name had in turn, without gaps: the first back to the beginning, the last to the end."""
    ordered = sorted(meant, key=lambda one: (one[1], one[2], one[0]))
    starts = [0, *(one[1] for one in ordered[1:])]
    ends = [*(start - 1 for start in starts[1:]), ALWAYS[1]]
    return [(one[0], start, end) for one, start, end in zip(ordered, starts, ends, strict=False) if start <= end]


def _year(text: str) -> int | None:
    found = years.from_text(text.replace("_", "/"))
    return found if found and 2000 <= found <= 2100 else None


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold().replace("&", " and ")).strip()


def _short(name: str) -> str:
    """An authority's name without the words for what it is."""
    words = r"\b(the|royal|london|metropolitan|district|borough|county|city|unitary|council|authority|of)\b"
    return re.sub(r"\s+", " ", re.sub(words, " ", _folded(name))).strip() or _folded(name)
