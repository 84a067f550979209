"""The parts of the report that a person writes or checks: `parts.csv`."""

import csv
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True)
class Part:
    """A place for a person's words. `checked`: it is about single children or schools, and goes public only after a check."""

    name: str
    section: int
    title: str
    checked: bool
    prompt: str


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a list beside this module; lines that begin with # say what it is."""
    text = (resources.files("virtualschool.reports.annual") / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


PARTS: dict[str, Part] = {
    row["part"]: Part(row["part"], int(row["section"]), row["title"], row["checked"] == "yes", row["prompt"]) for row in rows("parts")
}
WRITTEN = [part for part in PARTS.values() if part.prompt]
"""Those that are written."""
TABLES = [part for part in PARTS.values() if not part.prompt]
"""Those that are drawn from what is held, and only checked: the check is of the table as it stands."""
