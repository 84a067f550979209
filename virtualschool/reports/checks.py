"""What the check of a return says, as a report: which rules failed, which could not run and why, and every finding.

Findings give file, row and column, and nothing that belongs to a child.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from virtualschool.reports import wording
from virtualschool.reports.blocks import Block, Column, Heading, Paragraph, Report, Table

MARK = "For those who make the return: it tells where records are wrong, and nothing of what is in them."
SOURCE = "the files that were checked"


def report(checked: Any) -> Report:
    """The report of a check, for a page or a workbook."""
    las = sorted({authority(rule.la) for rule in checked.rules} | {authority(finding.la) for finding in checked.findings if finding.la})
    years = sorted({rule.year for rule in checked.rules if rule.year} | {finding.year for finding in checked.findings if finding.year})
    name = wording.listed(las) if las else authority(None)
    return Report(
        la=name,
        la_name=name,
        year=max(years, default=0),
        title=f"Check of the return of {name}" + (f", {wording.listed([str(year) for year in years])}" if years else ""),
        subtitle="The rules of the SSDA903 collection, and the types of what was read.",
        audience="internal",
        mark=MARK,
        summary=in_short(checked),
        blocks=tuple(blocks(checked)),
    )


def in_short(checked: Any) -> tuple[str, ...]:
    """The counts, a sentence each."""
    counts = {state: sum(rule.state == state for rule in checked.rules) for state in ("clean", "failed", "could not run")}
    if not checked.rules:
        ran = "No rule ran: no header and no episodes were found in these files."
    else:
        returns = len({(rule.la, rule.year) for rule in checked.rules})
        ran = (
            f"{len(checked.rules):,} rules checked in {wording.several(returns, 'return')} (an authority and a year): "
            f"{counts['clean']:,} clean, {counts['failed']:,} failed, {counts['could not run']:,} could not run."
        )
    return (ran, f"There {'is' if len(checked.findings) == 1 else 'are'} {wording.several(len(checked.findings), 'finding')}.")


def blocks(checked: Any) -> Iterator[Block]:
    yield Heading("Rules that failed", "failed")
    yield table(
        "failed",
        "Rules that failed, most findings first",
        (Column("Rule"), Column("Authority"), Column("Year"), Column("What is wrong"), Column("Findings", "count", 0)),
        [tuple(row.values()) for row in failed(checked)],
        "No rule failed.",
    )
    yield Heading("Rules that could not run", "could-not-run")
    yield Paragraph("A rule that could not run says nothing about the return, neither that it is right nor that it is wrong.")
    yield table(
        "could_not_run",
        "Rules that could not run, by reason",
        (Column("Authority"), Column("Year"), Column("Why"), Column("How many", "count", 0), Column("Rules")),
        [tuple(row.values()) for row in could_not_run(checked)],
        "Every rule ran.",
    )
    yield Heading("Findings", "findings")
    yield table(
        "findings",
        "Every finding, in the order of the files",
        tuple(Column(title) for title in ("File", "Row", "Column", "What is wrong", "What to do", "Rule")),
        [tuple(row.values()) for row in findings(checked)],
        "There are none.",
    )


def table(name: str, title: str, columns: Sequence[Column], rows: Sequence[tuple], none: str) -> Block:
    return Table(name, title, tuple(columns), tuple(rows), source=SOURCE) if rows else Paragraph(none)


def authority(la: str | None) -> str:
    return la if la and la.isalnum() else "an authority not known"


def failed(checked: Any) -> list[dict[str, Any]]:
    """A line for each rule that failed in a return, most findings first."""
    lines = [
        {"rule": rule.rule, "la": authority(rule.la), "year": str(rule.year), "what is wrong": rule.message, "findings": rule.failures}
        for rule in checked.rules
        if rule.state == "failed"
    ]
    return sorted(lines, key=lambda line: -line["findings"])


def could_not_run(checked: Any) -> list[dict[str, Any]]:
    """A line for each return and reason why rules could not run in it, with their codes."""
    held = sorted(
        (rule for rule in checked.rules if rule.state == "could not run"), key=lambda rule: (rule.la or "", rule.year or 0, rule.why)
    )
    lines = []
    for (la, year, why), rules in groupby(held, key=lambda rule: (rule.la, rule.year, rule.why)):
        codes = [rule.rule for rule in rules]
        lines.append({"la": authority(la), "year": str(year), "why": why, "rules": len(codes), "which": ", ".join(codes)})
    return lines


def findings(checked: Any) -> list[dict[str, Any]]:
    """A line for each finding; what is about a whole file has no row."""
    return [
        {
            "file": finding.file or "not known",
            "row": str(finding.row) if finding.row else "whole file",
            "column": finding.column or "whole record",
            "what is wrong": finding.wrong,
            "what to do": finding.do,
            "rule": finding.rule or "reading",
        }
        for finding in sorted(checked.findings, key=lambda finding: (finding.file, finding.row, finding.rule, finding.column))
    ]
