"""Why a child and a pupil are held to be one person, or might be: in words, and step by step for a waterfall chart.

Both come from rows of `link_evidence`, and tell what agrees, never a value: of a pupil who may not be in care, nobody reads
more than that. The weight of a comparison is in bits: one bit doubles the odds that the two are the same child.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from virtualschool import tables

NOT_KNOWN = "not known"
SUBJECTS = {
    "number": "UPN",
    "birth": "birth date",
    "sex": "sex",
    "place": "where they lived",
    "school": "school",
    "moves": "moves",
    "ethnicity": "ethnicity",
    "needs": "special needs",
    "meals": "free school meals",
    "company": "who came with the child",
    "arrival": "arrival",
    "name": "name",
}
"""What each comparison is about, in a word or two."""
PHRASES = {
    ("number", "same"): "the same UPN",
    ("number", "same as a former one"): "the UPN the same as a former one",
    ("number", "one character off"): "UPN but for one character",
    ("number", "two characters off"): "UPN but for two characters",
    ("number", "same school and year"): "UPNs given by the same school in the same year",
    ("birth", "same"): "birth date the same",
    ("birth", "nearly the same"): "birth date nearly the same",
    ("birth", "same month"): "born in the same month",
    ("birth", "same day and month"): "birthday the same, but not the year",
    ("sex", "same"): "sex the same",
    ("place", "elsewhere"): "the child and the pupil lived in different places",
    ("place", "same authority"): "lived in the same authority",
    ("place", "same postcode district"): "lived in the same postcode district",
    ("place", "same postcode sector"): "lived in the same postcode sector",
    ("place", "same postcode, at another time"): "the same postcode, at another time",
    ("place", "same postcode, at its time"): "the same postcode at the same time",
    ("place", "two postcodes the same, each at its time"): "two postcodes the same, each at the same time",
    ("school", "in another authority"): "school in another authority than the child lived in",
    ("school", "in the same authority, at another time"): "school in an authority the child lived in at another time",
    ("school", "in the same authority"): "school in the authority the child lived in",
    ("school", "within 10 miles"): "school within 10 miles of where the child lived",
    ("school", "within 3 miles"): "school within 3 miles of where the child lived",
    ("school", "in two authorities, each at its time"): "schools in two authorities, each when the child lived there",
    ("moves", "joined schools soon after two moves"): "joined schools soon after the child moved, twice",
    ("moves", "joined a school soon after a move"): "joined a school soon after the child moved",
    ("moves", "joined a school some weeks after a move"): "joined a school some weeks after the child moved",
    ("moves", "joined a school the next September after a move"): "joined a school the September after the child moved, when most stay",
    ("moves", "joined a school soon after one of many moves"): "joined a school soon after one of the child's many moves",
    ("moves", "joined no school after a move"): "joined no school after the child moved",
    ("moves", "joined no school after a few moves"): "joined no school after the child moved a few times",
    ("moves", "joined no school after many moves"): "joined no school after the child moved many times",
    ("ethnicity", "same"): "ethnicity the same",
    ("ethnicity", "same group"): "ethnic group the same",
    ("needs", "no disability, no special needs"): "no disability in the return, and no special needs at school",
    ("needs", "no disability, support"): "no disability in the return, and SEN support at school",
    ("needs", "no disability, plan"): "no disability in the return, and a plan for special needs at school",
    ("needs", "disability, no special needs"): "a disability in the return, and no special needs at school",
    ("needs", "disability, support"): "a disability in the return, and SEN support at school",
    ("needs", "disability, plan"): "a disability in the return, and a plan for special needs at school",
    ("meals", "never free"): "never free school meals",
    ("meals", "free at times"): "free school meals at times",
    ("meals", "always free"): "free school meals always",
    ("company", "never at one school"): "at no school of a child who came into care on the same day",
    ("company", "at one school"): "at one school with a child who came into care on the same day",
    ("company", "at one school, and moved together"): "at one school with a child who moved on the same days",
    ("arrival", "seen before the child arrived"): "the pupil was here before the child arrived",
    ("arrival", "not seen before the child arrived"): "the pupil was not here before the child arrived",
    ("name", "same"): "name the same",
    ("name", "nearly the same"): "name nearly the same",
    ("name", "one of two names the same"): "one of two names the same",
}
VALUES = ("needs", "meals")
"""Comparisons whose level tells something of the pupil: of a proposal only whether it fits is told."""
SILENT = 0.05
"""Bits below which a comparison says nothing: it changes the odds by less than 4 in 100."""
LEAST = 0.0005
"""Below this a share would be printed as 0.0%, and as much below 1 as 100.0%, which no link is."""


@dataclass(frozen=True)
class Step:
    """One step of a waterfall: from `before` to `after`, by `bits`.

    `kind` is start, for, against, neither or sum; `said` is what was found, `odds` what the weight means in odds.
    """

    name: str
    said: str
    kind: str
    bits: float
    before: float
    after: float
    odds: str


def in_words(row: Mapping[str, Any], others: Sequence[Mapping[str, Any]] = ()) -> str:
    """The evidence of one pair as a sentence, and how sure it is. `others` are the child's other rows.

    `The same UPN; birth date the same; sex the same; ethnicity differs. 99.8% sure; the next pupil who fits is 0.1%.`
    """
    compared = [phrase(name, row, at_start=at == 0) for at, name in enumerate(known(row))]
    said = "; ".join(compared) + "." if compared else "Nothing could be compared."
    unknown = [SUBJECTS.get(name, name) for name in tables.COMPARISONS if row[name] == NOT_KNOWN]
    told = f" Not known: {', '.join(unknown)}." if unknown else ""
    if row["probability"] is None:
        return said + told
    sure = f"{percent(row['probability'])} sure"
    rivals = [other["probability"] for other in others if other["rank"] != row["rank"] and other["probability"] is not None]
    beside = f"; the next pupil who fits is {percent(max(rivals))}" if rivals else "; no other pupil fits"
    return f"{said} {sure[:1].upper() + sure[1:]}{beside}.{told}"


def steps(row: Mapping[str, Any]) -> tuple[Step, ...]:
    """The waterfall of one pair: the start, a step for each comparison that was made, and the sum."""
    start, total = float(row["start_weight"] or 0), float(row["weight"] or 0)
    found = [Step("Start", "before anything is compared", "start", start, 0.0, start, odds(start, whole=True))]
    at = start
    for name in known(row):
        bits = float(row[f"{name}_weight"] or 0)
        kind = "neither" if abs(bits) < SILENT else "for" if bits > 0 else "against"
        subject = SUBJECTS.get(name, name)
        found.append(Step(subject[:1].upper() + subject[1:], phrase(name, row), kind, bits, at, at + bits, odds(bits)))
        at += bits
    return (*found, Step("Sum", "everything together", "sum", total, 0.0, total, odds(total, whole=True)))


def known(row: Mapping[str, Any]) -> list[str]:
    """The comparisons that could be made, in their order."""
    return [name for name in tables.COMPARISONS if row[name] not in (None, NOT_KNOWN)]


def phrase(name: str, row: Mapping[str, Any], *, at_start: bool = False) -> str:
    """What one comparison found, in words; of a proposal nothing that tells of the pupil."""
    level = row[name]
    subject = SUBJECTS.get(name, name)
    if name in VALUES and row["standing"] != "linked":
        bits = float(row[f"{name}_weight"] or 0)
        said = f"{subject} {'say nothing either way' if abs(bits) < SILENT else 'fit' if bits > 0 else 'do not fit'}"
    else:
        said = PHRASES.get((name, level)) or (f"{subject} {level}" if level == "differs" else f"{subject}: {level}")
    return said[:1].upper() + said[1:] if at_start else said


def percent(share: Any) -> str:
    """A share with one decimal: `0.1%`, `less than 0.1%`, `more than 99.9%`."""
    value = float(share)
    if 0 < value < LEAST:
        return "less than 0.1%"
    return "more than 99.9%" if value > 1 - LEAST else f"{100 * value:.1f}%"


def odds(bits: float, *, whole: bool = False) -> str:
    """A weight in words: `8 times as likely`, `4 times less likely`; the odds themselves if `whole`: `1 to 8 million`."""
    if whole:
        return "even odds" if abs(bits) < SILENT else f"{size(2**bits)} to 1" if bits > 0 else f"1 to {size(2**-bits)}"
    if abs(bits) < SILENT:
        return "says nothing either way"
    return f"{size(2**bits)} times as likely" if bits > 0 else f"{size(2**-bits)} times less likely"


def size(number: float) -> str:
    """A number of two or three figures that count, in words where it is large: 1.4, 23, 5,200, 8.4 million."""
    for unit, words in ((1e12, " million million"), (1e9, " thousand million"), (1e6, " million")):
        if number >= unit * 0.9995:
            return size(number / unit) + words
    if number < 10:
        return f"{number:.1f}".removesuffix(".0")
    return f"{number:,.0f}" if number < 100 else f"{float(f'{number:.2g}'):,.0f}"
