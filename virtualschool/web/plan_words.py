"""Where what a file of plans tells stands in the words of a plan, and back: which column or row says what a field of a section says."""

import datetime
from decimal import Decimal
from typing import Any

Place = tuple[str, str]
"""A section and a field of it."""
CHILD_FIELD = {"learning": "learning", "progress": "learning", "achievements": "achievements", "hopes": "hopes", "help": "help"}
VIEW_FIELD = {
    "carer": ("carer", "going"),
    "parent": ("social_worker", "family"),
    "teacher": ("teacher", "progress"),
    "social_worker": ("social_worker", "changes"),
}
COLUMN_FIELD = {
    "support": ("teacher", "support"),
    "sen_provision": ("teacher", "support"),
    "absence_reasons": ("teacher", "attendance"),
    "transition_plan": ("teacher", "moving_on"),
    "aspiration": ("teacher", "careers"),
    "next_step": ("teacher", "careers"),
    "change_eased_by": ("social_worker", "planned_change"),
    "leisure": ("social_worker", "leisure"),
    "leisure_used": ("social_worker", "leisure"),
    "screening": ("social_worker", "wellbeing"),
    "pathway_aim": ("personal_adviser", "pathway"),
    "feedback": ("virtual_school", "feedback"),
}
"""Where the words of a column stand in a plan. Several that stand in one field are put below one another."""
MAIN_COLUMN = {place: column for column, place in reversed(COLUMN_FIELD.items())} | {("teacher", "careers"): "next_step"}
"""The column that says what stands in a field, where somebody has written in it here."""
VIEW_OF = {
    ("child", "learning"): ("child", "learning"),
    ("child", "achievements"): ("child", "achievements"),
    ("child", "hopes"): ("child", "hopes"),
    ("child", "help"): ("child", "help"),
    ("child", "other"): ("child", "other"),
    ("carer", "going"): ("carer", "learning"),
    ("carer", "would_help"): ("carer", "help"),
    ("social_worker", "family"): ("parent", "other"),
    ("social_worker", "changes"): ("social_worker", "other"),
    ("teacher", "progress"): ("teacher", "progress"),
}
"""Whose view on what a field says."""
CARER_DOES = ("carer", "will_do")


def view_place(row: dict[str, Any]) -> Place:
    if row["by"] == "child":
        return "child", CHILD_FIELD.get(row.get("topic") or "", "other")
    if row["by"] == "carer" and row.get("topic") == "help":
        return "carer", "would_help"
    return VIEW_FIELD[row["by"]]


def composed(fields: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> dict[Place, str]:
    """What a file tells of each field: from its table of texts where the plan has one, else from columns and rows, in their order."""
    if "texts" in rows:
        return {(one["section"], one["field"]): one.get("words") or "" for one in rows["texts"]}
    made: dict[Place, list[str]] = {}

    def add(place: Place, *parts: Any) -> None:
        if words := "; ".join(str(part) for part in parts if part not in (None, "")):
            lines = made.setdefault(place, [])
            if words not in lines:  # A view of a child may be told under two topics.
                lines.append(words)

    for column, place in COLUMN_FIELD.items():
        add(place, fields.get(column))
    for one in rows.get("views", []):
        add(view_place(one), one["words"])
    for one in rows.get("schools", []):
        ended = f"to {shown(one['to'])}" if one.get("to") else None
        add(("teacher", "history"), one["school"], f"from {shown(one.get('from'))}", ended, one.get("left_why"))
    for one in rows.get("attainment", []):
        standing = str(one.get("standing") or "").replace("_", " ")
        base = f"baseline {one['baseline']}" if one.get("baseline") else None
        add(("teacher", "progress"), one["subject"], one.get("result"), standing, base)
    for one in rows.get("needs", []):
        add(("teacher", "needs"), one["need"], one.get("cause"), one.get("evidence"))
    for one in rows.get("actions", []):
        place = CARER_DOES if one.get("owner_role") == "carer" else ("teacher", "support")
        add(place, one["action"], one.get("owner"), f"by {shown(one['due_on'])}" if one.get("due_on") else None)
    for one in rows.get("spend", []):
        amount = f"£{Decimal(one['amount']) / 100:.2f}" if one.get("amount") is not None else ""
        add(("teacher", "premium"), amount, one.get("what"), one.get("impact"))
    return {place: "\n".join(lines) for place, lines in made.items()}


def say(place: Place, words: str, on: datetime.date, fields: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
    """Makes columns and rows say what somebody wrote in a field, in the place of what they said of it."""
    if place in MAIN_COLUMN:
        fields[MAIN_COLUMN[place]] = words or None
    if place in VIEW_OF:
        kept = [one for one in rows.get("views", []) if view_place(one) != place]
        by, topic = VIEW_OF[place]
        # A child is asked what goes well and what is hard, which is both how learning goes and what came of it.
        topics = (topic, "progress") if place == ("child", "learning") else (topic,)
        new = [{"id": f"{by}-{one}", "by": by, "topic": one, "words": words.strip(), "said_on": on} for one in topics if words.strip()]
        rows["views"] = [*kept, *new]
    if place == CARER_DOES:
        kept = [one for one in rows.get("actions", []) if one.get("owner_role") != "carer"]
        rows["actions"] = [*kept, *([{"action": words, "owner": "carer", "owner_role": "carer"}] if words.strip() else [])]


def shown(value: datetime.date | str | None) -> str:
    from virtualschool.web.templatetags.words import day as in_words

    return in_words(datetime.date.fromisoformat(value) if isinstance(value, str) else value)
