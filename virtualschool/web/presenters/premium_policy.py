"""The policy of allocating the premium as its page and its files show it, beside what the ledger says was done."""

from dataclasses import dataclass
from typing import Any

from virtualschool.plans import premium as rules
from virtualschool.plans.premium import CENTRAL, DEVOLVED, pounds
from virtualschool.publish.rounding import percent
from virtualschool.reports.blocks import Block, Heading, Paragraph, Points
from virtualschool.reports.documents import Document
from virtualschool.web import clock, stores
from virtualschool.web.actions import premium_policy as actions
from virtualschool.web.models import PremiumPolicy
from virtualschool.web.presenters import premium
from virtualschool.web.templatetags.words import day

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
CLOSE = 10
"""Points of a hundred by which what was done may differ from the policy before the page points at it; ours."""


@dataclass(frozen=True)
class Done:
    """What the ledger of a financial year says of the looked-after premium: pence devolved and kept."""

    year: str
    devolved: int
    central: int

    @property
    def paid(self) -> int:
        return self.devolved + self.central

    @property
    def share(self) -> str:
        return f"{percent(self.devolved, self.paid)}%" if self.paid > 0 else ""

    def differs(self, policy: PremiumPolicy) -> bool:
        """Whether the share devolved lies further from the policy than CLOSE."""
        return self.paid > 0 and abs(100 * self.devolved - policy.devolved * self.paid) > CLOSE * self.paid

    @property
    def words(self) -> str:
        if self.paid <= 0:
            return f"Nothing was paid in {self.year} yet."
        return f"Of {pounds(self.paid)} paid in {self.year}, {pounds(self.devolved)} went to schools: {self.share}."


def done(la: str, year: str) -> Done:
    ledger = premium.ledgers(la, year).get("looked_after")
    return Done(year, ledger.paid(DEVOLVED) if ledger else 0, ledger.paid(CENTRAL) if ledger else 0)


def page(la: str, asked: str) -> dict[str, Any]:
    """The version asked for, or the one that holds; all versions; and what was done this financial year."""
    found = actions.versions(la)
    shown = next((one for one in found if str(one.version) == asked), found[0] if found else None)
    year = rules.financial_year_of(clock.today())
    so_far = done(la, year)
    return {
        "policy": shown,
        "is_current": bool(found) and shown is found[0],
        "versions": found,
        "done": so_far,
        "differs": shown is not None and shown is found[0] and so_far.differs(shown),
        "to_review": shown is not None and shown is found[0] and shown.review_on < clock.today(),
        "kept": 100 - shown.devolved if shown else None,
    }


def cited(one: PremiumPolicy) -> str:
    """The policy in one sentence, as reports cite it."""
    where = f" It stands at {one.place}." if one.place else ""
    return (
        f"Allocation policy, version {one.version}, approved by {one.approved_by} on {day(one.approved_on)} and published on "
        f"{day(one.published_on)}: {one.devolved}% goes to schools and {100 - one.devolved}% is held centrally.{where}"
    )


def document(one: PremiumPolicy) -> Document:
    """A version as a document to publish. It names no child and holds no figure of one."""
    name = stores.places().name(one.la)
    blocks: list[Block] = [Heading("The policy", "policy"), *(Paragraph(text) for text in _paragraphs(one.words))]
    blocks += [Heading("How much goes to schools", "devolved"), Paragraph(f"{one.devolved}% of the premium goes to schools.")]
    if one.devolved < 100:
        blocks += [Paragraph(f"{100 - one.devolved}% is held centrally. It pays for:"), Points(tuple(_paragraphs(one.kept_for)))]
    blocks += [Heading("How schools ask", "asking"), *(Paragraph(text) for text in _paragraphs(one.how_to_ask))]
    blocks += [
        Heading("What this is about", "about"),
        Paragraph(
            "The premium for looked-after children, which the virtual school head manages. Schools hold the premium for previously "
            "looked-after children themselves."
        ),
    ]
    return Document(
        title="Pupil Premium Plus: how it is allocated",
        subtitle=name,
        mark=f"Version {one.version}, published on {day(one.published_on)}",
        about=f"{name}, allocation of Pupil Premium Plus",
        summary=(
            f"Approved by {one.approved_by} on {day(one.approved_on)}.",
            f"To be looked at again by {day(one.review_on)}.",
        ),
        blocks=tuple(blocks),
        contents=False,
        internal=False,
        invented=stores.is_invented(),
    )


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def file(one: PremiumPolicy, kind: str) -> bytes:
    from virtualschool.reports.documents.pdf import pdf
    from virtualschool.reports.documents.word import word

    return word(document(one)) if kind == "docx" else pdf(document(one))
