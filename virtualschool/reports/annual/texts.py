"""What people wrote for a report, and who checked that no child can be known by it. Append-only, among the records of a store.

`records/annual_report/<la>-<year>.jsonl` has a line for each text that was saved (`text`: part, words, by, when, draft) and for each
check (`check`: part, by, when, what was checked, and the SHA-256 of the words that were read). The line written last holds; none is
ever changed. A check is of the words or the table as they stood: once they change, they have to be checked again.
"""

import fcntl
import hashlib
import json
import pathlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from virtualschool.errors import Damaged, WrongUse, unknown
from virtualschool.reports.annual.parts import PARTS

LONGEST = 40_000
"""Letters of one text."""


@dataclass(frozen=True)
class Text:
    """What somebody wrote for a part of the report. `draft` says that it is not to be shown yet."""

    part: str
    words: str
    by: str
    when: str
    draft: bool = False


@dataclass(frozen=True)
class Check:
    """That a person read a part and found that no child can be known by it."""

    part: str
    by: str
    when: str
    checked: str
    sha256: str


class Texts:
    """The texts and checks of one authority's report of a year."""

    def __init__(self, store: pathlib.Path, la: str, year: int, tables: Mapping[str, Callable[[], str]] | None = None) -> None:
        self.la, self.year = la, year
        self.tables = tables or {}
        """Of each part that is a table, what gives it as text; the text is empty where there is nothing in it."""
        self.file = store / "records" / "annual_report" / f"{la}-{year}.jsonl"
        self.texts: list[Text] = []
        self.checks: list[Check] = []
        self._read()

    def _read(self) -> None:
        if not self.file.exists():
            return
        for number, line in enumerate(self.file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                held = json.loads(line)
                kind = held.pop("kind")
                (self.texts if kind == "text" else self.checks).append((Text if kind == "text" else Check)(**held))  # type: ignore[arg-type]
            except (ValueError, KeyError, TypeError) as fault:
                raise Damaged(
                    f"{self.file.name}, line {number}", "it is not as it was written.", "Take it back from the last backup."
                ) from fault

    # --- Reading ---

    def latest(self, part: str, drafts: bool = False) -> Text | None:
        """The text of a part that was saved last; drafts only where they are asked for. An empty one takes the text back."""
        found = [one for one in self.texts if one.part == part and (drafts or not one.draft)]
        return found[-1] if found and found[-1].words.strip() else None

    def history(self, part: str) -> list[Text]:
        """Every text of a part, the newest first."""
        return [one for one in reversed(self.texts) if one.part == part]

    def check_of(self, part: str) -> Check | None:
        """The check that holds for a part as it stands; None where nobody checked these words."""
        made = [one for one in self.checks if one.part == part]
        words = self.words(part) if made else ""
        if not words:
            return None
        standing = digest(words)
        found = [one for one in made if one.sha256 == standing]
        return found[-1] if found else None

    def is_checked(self, part: str) -> bool:
        return self.check_of(part) is not None

    def words(self, part: str) -> str:
        """What a check of a part is of: its words, or its table as text."""
        if part in self.tables:
            return self.tables[part]()
        found = self.latest(part)
        return found.words if found else ""

    # --- Writing ---

    def save(self, part: str, words: str, *, by: str, when: str, draft: bool = False) -> Text:
        """Saves a text. Raises WrongUse for a part there is none of, for nobody, and for one that is too long."""
        known(part)
        if not by.strip():
            raise WrongUse(f"The text of {part}", "it has no name.", "Say who writes it.")
        if len(words) > LONGEST:
            raise WrongUse(f"The text of {part}", f"it has more than {LONGEST:,} letters.", "Shorten it, or add an annex of your own.")
        text = Text(part, words.strip(), by.strip(), when, draft)
        self._add("text", text)
        self.texts.append(text)
        return text

    def check(self, part: str, *, by: str, when: str, checked: str) -> Check:
        """Records that a person read a part as it stands now. Raises WrongUse without a name and without what was checked."""
        known(part)
        if not by.strip() or not when.strip() or not checked.strip():
            raise WrongUse(
                f"The check of {part}",
                "it has no name, no day, or does not say what was checked.",
                "Give all three: who read it, when, and what was looked for.",
            )
        words = self.words(part)
        if not words:
            raise WrongUse(
                f"The check of {part}", "there is nothing in it to read.", "Write it, or load what its table is drawn from, first."
            )
        check = Check(part, by.strip(), when, checked.strip(), digest(words))
        self._add("check", check)
        self.checks.append(check)
        return check

    def _add(self, kind: str, line: Any) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as opened:
                fcntl.flock(opened, fcntl.LOCK_EX)
                opened.write(json.dumps({"kind": kind, **line.__dict__}, ensure_ascii=False, sort_keys=True) + "\n")
        except OSError as fault:
            raise WrongUse(
                f"Records {self.file.parent}", "they cannot be written.", "Ask whoever keeps the store for leave to write."
            ) from fault


def known(part: str) -> None:
    if part not in PARTS:
        raise unknown("Part", part, PARTS)


def digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
