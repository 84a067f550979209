"""Whether a figure is provisional or final: by what a person recorded, by the name of the file, or by whose release it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.blocks import Block, Column, Table

RESULTS = {
    "absence": (("absence_rate", "persistent_absence", "severe_absence"), ("npd.absence",)),
    "exclusions": (("suspended", "suspension", "permanent_exclusion"), ("npd.exclusions",)),
    "early years": (("good_level",), ("npd.early_years",)),
    "phonics": (("phonics",), ("npd.phonics",)),
    "key stage 2": (("ks2_",), ("npd.ks2",)),
    "key stage 4": (("attainment_8", "progress_8", "english_maths", "ebacc"), ("npd.ks4", "npd.ks4_results")),
    "16 to 18": (("post_16",), ("npd.key_stage_5",)),
    "school census": (("sen_support", "ehcp", "school_moved"), ("npd.census",)),
}
"""What pupil data there is: how the names of its measures begin, and the kinds of file that it comes in."""
WORDS = ("provisional", "revised", "amended", "validated", "final")
NOT_SAID = "not said whether provisional or final"
ITEM = "provisional_or_final"


def drawn_from(name: str, row: Mapping[str, Any], own_records: bool) -> str:
    """What a figure is drawn from, in a few words."""
    if row.get("source") == "published":
        return "DfE's published figures"
    if own_records:
        return "the authority's own records"
    return next((words for words, (starts, _) in RESULTS.items() if name.startswith(starts)), "the SSDA903 return")


def standing(facts: Facts, name: str) -> str:
    """Provisional, final, or in words why neither can be said."""
    row = facts.row(name)
    source = drawn_from(name, row, bool(facts.measure(name).own_records))
    told = {line.group.casefold(): line.words for line in facts.lines(ITEM) if line.words}
    if words := told.get(name) or told.get(source.casefold()):
        return words
    if source == "DfE's published figures":
        return f"as published, release {row['release']}" if row.get("release") else "as published"
    if source not in RESULTS:
        return "as returned" if source == "the SSDA903 return" else "as recorded"
    kinds = RESULTS[source][1]
    named = {
        found[0].lower()
        for file in facts.asked.manifest.get("files", ())
        if file["kind"] in kinds and file["year"] in (None, facts.year)
        for found in [re.findall("|".join(WORDS), file["file"], re.IGNORECASE)]
        if found
    }
    return " and ".join(sorted(named)) or NOT_SAID


def in_source(facts: Facts, names: Sequence[str]) -> str:
    """The standing of a table's figures, for the line that says where they come from."""
    found: dict[str, str] = {}
    for name in names:
        if facts.has(name):
            found[drawn_from(name, facts.row(name), bool(facts.measure(name).own_records))] = standing(facts, name)
    return "; ".join(f"{source}: {said}" for source, said in found.items())


def table(facts: Facts) -> Iterator[Block]:
    """Each figure of the report with what it is drawn from, and whether that is provisional or final."""
    lines = []
    for name in facts.trends:
        if facts.has(name):
            measure = facts.measure(name)
            lines.append((measure.title, drawn_from(name, facts.row(name), bool(measure.own_records)), standing(facts, name)))
    if lines:
        yield Table(
            "standing",
            f"Provisional or final: the figures of {facts.year}",
            (Column("Measure"), Column("Drawn from"), Column("Standing")),
            tuple(lines),
            notes=(
                "By what the authority recorded, else by the words provisional, revised, amended, validated or final in the name of a "
                "file. Where neither says, ask whoever loaded the file.",
            ),
            source=facts.asked.source,
        )
