"""What a report says of where its figures come from: links, DfE's fields beside ours, files, lineage.

Counts of children go through `publish.counts`. Rows of a care file are children too (a return with
three rows of unaccompanied children tells their number), so the public account gives whole families of files.
"""

import re
from collections.abc import Iterator
from typing import Any

from virtualschool import tables, years
from virtualschool.link.reasons import BY_NAME
from virtualschool.publish.counts import counts
from virtualschool.reports import wording
from virtualschool.reports.blocks import Block, Cell, Column, Heading, Note, Paragraph, Points, Table
from virtualschool.reports.wording import several


def links(asked: Any) -> Iterator[Block]:
    """How many of the authority's children of the year are linked to a pupil, and why the others are not."""
    yield Heading("Children linked to a pupil", "links")
    rows = asked.engine.rows(
        """
        SELECT c.linked AS linked, count(*) AS children, coalesce(u.reason, 'not recorded') AS why,
               CASE l.method WHEN 'likely' THEN 'likely: everything known was weighed' WHEN 'person' THEN 'person: somebody judged it'
               ELSE coalesce(l.rule || ': ' || coalesce(l.agreed, l.method), 'not recorded') END AS how
        FROM children c LEFT JOIN links l USING (la, child) LEFT JOIN unlinked u USING (la, child)
        WHERE c.la = ? AND c.year = ? AND c.looked_after_12_months
        GROUP BY ALL ORDER BY linked DESC, children DESC, how, why
        """,
        [asked.la, asked.year],
    )
    if not rows:
        yield Note("No children of this return", f"The store holds no return of {asked.la_name} for {asked.year}; figures are DfE's own.")
        return
    groups = {name: [row for row in rows if row["linked"] is linked] for name, linked in (("yes", True), ("no", False))}
    totals = {name: sum(row["children"] for row in found) for name, found in groups.items()}
    shown = {name: counts([total], asked.audience)[0] for name, total in totals.items()}
    known = all(isinstance(total, int) for total in shown.values())
    if known:
        yield Paragraph(
            f"{sum(totals.values()):,} children were looked after for the twelve months; {totals['yes']:,} of them are linked to a pupil. "
            "A child without a link is in no figure about school, so that such a figure does not speak for all."
        )
    else:
        yield Paragraph("Few children are linked, or few are not, so that the numbers are hidden. A child without a link is in no figure.")
    lines: list[tuple[Cell, ...]] = []
    for name, found in groups.items():
        inside = counts([row["children"] for row in found], asked.audience)
        for row, count in zip(found, inside, strict=True):
            reason = BY_NAME.get(row["why"])
            said = row["how"] if name == "yes" else f"{reason.name}: {reason.words}" if reason else row["why"]
            lines.append((name, said, reason.next_step if reason and name == "no" else "nothing", count))
        lines.append((name, "all of these", "see above", shown[name]))
    yield Table(
        name="links_made",
        title=f"Children of {asked.la_name} looked after for the twelve months to March {asked.year}, by link to a pupil",
        columns=(Column("Linked"), Column("How, or why not"), Column("What to do"), Column("Children", "count", 0)),
        rows=tuple(lines),
        source=asked.source,
    )


TWO_WAYS = (
    ("Attainment 8", "attainment_8_dfe", "attainment_8_results"),
    ("Progress 8", "progress_8_dfe", "progress_8_results"),
)


def two_ways(asked: Any) -> Iterator[Block]:
    """Where DfE's pupil-level field and our own computation from results differ."""
    yield Heading("DfE's own values beside ours", "two-ways")
    yield Paragraph(
        "Where a file has DfE's value for a pupil, the figures use it. Where results are held too, we also work the value out, and count "
        "the children whose two values differ."
    )
    rows: list[tuple[Cell, ...]] = []
    for title, dfe, ours in TWO_WAYS:
        found = asked.engine.rows(
            f"SELECT count(*) FILTER ({dfe} IS NOT NULL AND {ours} IS NOT NULL) AS both, "
            f"count(*) FILTER ({dfe} IS NOT NULL AND {ours} IS NULL) AS dfe_only, "
            f"count(*) FILTER ({dfe} IS NULL AND {ours} IS NOT NULL) AS ours_only, "
            f"count(*) FILTER (round({dfe}, 2) <> round({ours}, 2)) AS differ "
            "FROM children WHERE la = ? AND year = ? AND looked_after_12_months AND at_ks4",
            [asked.la, asked.year],
        )[0]
        if not any(found.values()):
            continue
        line = [found["both"] - found["differ"], found["differ"], found["dfe_only"], found["ours_only"]]
        rows.append((title, *counts(line, asked.audience)))
    if not rows:
        yield Note("Nothing to compare", f"The store has no key stage 4 of {asked.la_name}'s children in {asked.year}.")
        return
    yield Table(
        name="two_ways",
        title=f"Children at the end of key stage 4 in {asked.year}, by where their value comes from",
        columns=(
            Column("Value"),
            Column("Both, the same to two places", "count", 0),
            Column("Both, different", "count", 0),
            Column("DfE's only", "count", 0),
            Column("Ours only", "count", 0),
        ),
        rows=tuple(rows),
        source=asked.source,
    )


FAMILIES = {
    "care": "Care returns",
    "plans": "Education plans",
    "education": "Education files",
    "reference": "Reference and published files",
}


def files(asked: Any) -> Iterator[Block]:
    """The row account: read is kept and set aside together, file by file or family by family."""
    yield Heading("Files read", "files")
    mine = [entry for entry in asked.manifest.get("files", []) if entry.get("la") in (None, asked.la)]
    read, kept, aside = (sum(entry[name] or 0 for entry in mine) for name in ("read", "kept", "set_aside"))
    yield Paragraph(
        f"{several(len(mine), 'file')} about {asked.la_name} or the whole country: {several(read, 'row')} read, {kept:,} kept and "
        f"{aside:,} set aside with a reason. "
        f"Reading and checking left {several(asked.manifest.get('findings', 0), 'finding')} in the whole store."
    )
    if asked.audience == "internal":
        yield Table(
            name="files",
            title="Every file, and what became of its rows",
            columns=(
                Column("File"),
                Column("Kind"),
                Column("Year"),
                Column("Rows read", "count", 0),
                Column("Kept", "count", 0),
                Column("Set aside", "count", 0),
            ),
            rows=tuple(
                (
                    entry["file"] + (f" ({entry['part']})" if entry.get("part") else ""),
                    entry["kind"] or "not known",
                    str(entry["year"] or "several"),
                    entry["read"],
                    entry["kept"],
                    entry["set_aside"],
                )
                for entry in mine
            ),
            source=asked.source,
            open=False,
        )
        return
    families: dict[str, list[dict]] = {}
    for entry in mine:
        families.setdefault(family(entry.get("kind") or ""), []).append(entry)
    yield Table(
        name="files",
        title="Files by family, and what became of their rows",
        columns=(Column("Files"), Column("Number", "count", 0), *(Column(name, "count", 0) for name in ("Rows read", "Kept", "Set aside"))),
        rows=tuple(
            (name, len(found), *(sum(entry[count] or 0 for entry in found) for count in ("read", "kept", "set_aside")))
            for name, found in sorted(families.items())
        ),
        source=asked.source,
    )


def family(kind: str) -> str:
    """The family of files that a kind (`ssda903.episodes`, `npd.ks4`) belongs to."""
    table = tables.ALL.get(kind.rpartition(".")[2])
    if kind.startswith("ssda903"):
        return FAMILIES["care"]
    if kind.startswith("plans."):
        return FAMILIES["plans"]
    return FAMILIES.get(table.family, "Other files") if table else ("Education files" if kind.startswith("npd") else "Other files")


def lineage(asked: Any) -> Iterator[Block]:
    """What the figures were made from, so that anyone can make them again."""
    manifest = asked.manifest
    inputs = list(manifest.get("inputs", []))
    yield Heading("How to make these figures again", "lineage")
    yield Points(
        (
            f"Snapshot {asked.snapshot.name}, made by version {manifest.get('version', 'not recorded')} "
            f"from {several(len(inputs), 'file')}.",
            f"This report: virtualschool report STORE --la {asked.la} --year {asked.year} --to FOLDER --audience {asked.audience}",
            *(mark for mark in asked.marks if not mark.startswith("Internal")),
            f"Any figure: virtualschool figures STORE MEASURE --la {asked.la} --year {asked.year} --compare england,region,neighbours",
            *(wording.sentence(note) for note in manifest.get("notes", []) if of_year(note, asked.year)),
        )
    )
    versions = manifest.get("measures", {})
    yield Table(
        name="versions",
        title="Versions of the measures",
        columns=(Column("Measure"), Column("Name in commands"), Column("Version"), Column("Years")),
        rows=tuple(
            (measure.title, name, str(versions.get(name, measure.version)), when(measure, asked.year))
            for name, measure in asked.measures.items()
        ),
        open=False,
    )
    yield Table(
        name="inputs",
        title="Files that the snapshot was made from",
        columns=(Column("File"), Column("SHA-256")),
        rows=tuple((str(entry.get("name") or entry.get("file") or "input"), entry["sha256"]) for entry in inputs if about(entry, asked)),
        notes=("Files of other authorities are part of the snapshot and are left out of this list.",),
        open=False,
    )


def when(measure: Any, last: int) -> str:
    """The years in which a measure exists, in words."""
    return years.runs(year for year in range(2016, last + 1) if measure.exists_for(year)) or "none yet"


def of_year(note: str, year: int) -> bool:
    """Whether a note of the build is about the report's year, or about no year in particular."""
    named = re.findall(r"\b20\d\d\b", note)
    return not named or str(year) in named


def about(entry: dict, asked: Any) -> bool:
    return entry.get("la") in (None, asked.la)
