"""The figures that criteria rest on, and the kinds of evidence beside them: lists of this folder."""

import csv
import pathlib
from dataclasses import dataclass

FOLDER = pathlib.Path(__file__).parent


@dataclass(frozen=True)
class Indicator:
    """A figure that criteria ask for.

    `unit` is percent, percentage points, count, rate, days, score, rank, gbp or profile; `where` is where an authority keeps it;
    `measures` are the measures of this program that give it or come nearest. Where there is none it comes from elsewhere.
    """

    name: str
    title: str
    unit: str
    better: str
    where: str
    measures: tuple[str, ...]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of this folder's lists."""
    lines = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


INDICATORS: dict[str, Indicator] = {
    row["indicator"]: Indicator(row["indicator"], row["title"], row["unit"], row["better"], row["where"], tuple(row["measures"].split()))
    for row in rows("indicators")
}
EVIDENCE: dict[str, str] = {row["kind"]: row["words"] for row in rows("evidence_kinds")}
