"""What the store says about a child that belongs in a plan: attendance, suspensions, needs and attainment, each with its year."""

from decimal import Decimal
from typing import Any

from virtualschool.publish.rounding import percent
from virtualschool.web import stores
from virtualschool.web.children import Child
from virtualschool.years import label

COLUMNS = {
    "sen": "Special educational needs",
    "primary_need": "Primary need",
    "suspensions": "Suspensions",
    "permanent_exclusions": "Permanent exclusions",
    "school_moves": "Moves of school",
    "good_development": "Good level of development",
    "phonics": "Phonics standard",
    "ks2_read_expected": "Reading at the expected standard, key stage 2",
    "ks2_writing_expected": "Writing at the expected standard, key stage 2",
    "ks2_maths_expected": "Maths at the expected standard, key stage 2",
    "attainment_8": "Attainment 8",
    "english_maths_94": "English and maths at grade 4",
    "level_3": "Level 3 by 19",
    "sdq_score": "SDQ score",
}


def facts_of(child: Child) -> tuple[str, list[dict[str, Any]]]:
    """The snapshot, and a line for each fact that is known: column, words, value and the school year it is of."""
    row = child.row
    lines = []
    if row.get("sessions_possible") and row.get("sessions_missed") is not None:
        missed, possible = row["sessions_missed"], row["sessions_possible"]
        share = percent(missed, possible)
        lines.append({"column": "sessions_missed", "words": "Absence", "value": f"{share}% ({missed} of {possible} sessions)"})
    for column, words in COLUMNS.items():
        value = row.get(column)
        if value is not None and value != "":
            lines.append({"column": column, "words": words, "value": _said(value)})
    return stores.snapshot().name, [{**line, "year": label(row["year"])} for line in lines]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
