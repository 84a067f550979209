"""How the proposals that a person is to judge are printed: what agrees and what does not, never what a record says."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from virtualschool.link.explaining import SUBJECTS
from virtualschool.link.review import AGREES, DIFFERS, NEARLY, Proposal
from virtualschool.reports.listing import as_csv, as_json, lay


def proposals(found: Sequence[Proposal], la: str, style: str) -> None:
    """The queue of an authority: a table for a person, CSV or JSON for a program."""
    if style == "json":
        as_json([asdict(proposal) for proposal in found])
    elif style == "csv":
        as_csv([flat(proposal) for proposal in found])
    elif found:
        lay(f"To judge for {la}, most worth first", [line(proposal) for proposal in found])
    else:
        print(f"There is nothing to judge for {la}.")


def flat(proposal: Proposal) -> dict[str, Any]:
    """A proposal as one row: a column for each comparison."""
    row = asdict(proposal)
    compared = row.pop("compared")
    return row | {"bears_on": "; ".join(proposal.bears_on)} | compared


def line(proposal: Proposal) -> dict[str, Any]:
    def of(*states: str) -> str:
        return ", ".join(SUBJECTS[name] for name, state in proposal.compared.items() if state in states)

    return {
        "item": proposal.item,
        "child": proposal.child,
        "how sure": proposal.sureness,
        "agrees": of(AGREES),
        "nearly": of(NEARLY),
        "differs": of(DIFFERS),
        "bears on": "; ".join(proposal.bears_on),
        "others": proposal.others,
        "not sure": proposal.unsure or "",
    }
