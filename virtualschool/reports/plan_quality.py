"""What `pep targets` and `pep check` print: a table for a person, CSV or JSON for a program."""

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from virtualschool.errors import Finding
from virtualschool.plans.files import Plans
from virtualschool.plans.profiles import Suggestion
from virtualschool.plans.rules import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, Outcome, by_id
from virtualschool.plans.target_file import TargetFile
from virtualschool.plans.targets import DECIDING, Judged
from virtualschool.reports import listing

TARGET_COLUMNS = ("id", "precise", "met", "missing", "add")
OUTCOME_COLUMNS = ("plan", "rule", "title", "severity", "outcome", "said", "add", "prompt")
NO_GRADE = "These are prompts for a person, and no grade."


def target_json(judged: Judged) -> dict[str, Any]:
    """One target as JSON: `missing` has each rule that is not met, why, what to add, and whether it decides."""
    return {
        "id": judged.id,
        "precise": judged.precise,
        "met": judged.met,
        "missing": [
            {"rule": mark.rule, "title": by_id()[mark.rule].title, "said": mark.said, "add": mark.add, "decides": mark.rule in DECIDING}
            for mark in judged.missing
        ],
        "notes": list(judged.notes),
    }


def targets(found: TargetFile, style: str) -> None:
    """Targets as judged, on standard output; findings in the file on standard error."""
    tell(found.findings)
    if style == "json":
        return listing.as_json([target_json(one) for one in found.judged])
    rows = [
        {
            "id": one.id,
            "precise": "yes" if one.precise else "no",
            "met": " ".join(one.met),
            "missing": " ".join(mark.rule for mark in one.missing),
            "add": " ".join(mark.add for mark in one.missing if style == "csv" or mark.rule in DECIDING),
        }
        for one in found.judged
    ]
    if style == "csv":
        return listing.as_csv(rows)
    listing.lay("Targets", [{name: row[name] for name in ("id", "precise", "missing", "add")} for row in rows])
    precise = sum(one.precise for one in found.judged)
    print(f"Precise: {precise} of {len(found.judged)}. Precise means {', '.join(DECIDING)}; the others are reported and do not decide.")
    print(f"{account_line(found.account)} {NO_GRADE}")
    return None


def plans(read: Plans, judged: Sequence[tuple[str, list[Outcome], Suggestion | None]], style: str) -> None:
    """Plans as judged by every rule, with the row account and the findings of their files."""
    if style == "json":
        return listing.as_json(
            {
                "files": [account.to_json() for account in read.files],
                "findings": [vars(finding) for finding in read.findings],
                "plans": [
                    {
                        "plan": plan,
                        "counts": {state.replace(" ", "_"): number for state, number in counts(outcomes).items()},
                        "outcomes": [one.to_json() for one in outcomes],
                        "suggestion": suggestion.to_json() if suggestion else None,
                    }
                    for plan, outcomes, suggestion in judged
                ],
            }
        )
    if style == "csv":
        tell(read.findings)
        return listing.as_csv([{"plan": plan, **one.to_json()} for plan, outcomes, _ in judged for one in outcomes])
    listing.lay("Row account", [listing.file_line(account.to_json()) for account in read.files])
    if read.findings:
        listing.lay("Findings in the files", [{"where": where(one), "wrong": one.wrong, "do": one.do} for one in read.findings])
    for plan, outcomes, suggestion in judged:
        shown = [
            {"rule": one.rule, "severity": by_id()[one.rule].severity, "what": one.said, "add": one.add}
            for one in outcomes
            if one.state == NOT_MET
        ]
        if shown:
            listing.lay(f"Plan {plan}: not met", shown)
        said = ", ".join(f"{state} {number}" for state, number in counts(outcomes).items())
        print(f"Plan {plan}: {said}." + (f" Suggested {suggestion.words}." if suggestion else ""))
    unknown = Counter(one.said for _, outcomes, _ in judged for one in outcomes if one.state == CANNOT_TELL)
    if unknown:
        print()
        listing.lay("Cannot tell", [{"why": why, "times": number} for why, number in unknown.most_common()])
    print(NO_GRADE)
    return None


def counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    held = Counter(one.state for one in outcomes)
    return {state: held[state] for state in (MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY)}


def where(finding: Finding) -> str:
    return ", ".join(part for part in (finding.file, f"row {finding.row}" if finding.row else "", finding.column) if part)


def account_line(account) -> str:
    return f"Rows read {account.read}, kept {account.kept}, set aside {account.set_aside}."


def tell(findings: Sequence[Finding]) -> None:
    for finding in findings:
        print(finding, file=sys.stderr)
