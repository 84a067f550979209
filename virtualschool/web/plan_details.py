"""What is filled in beside the words of a plan, by whom: read from `plan_details.toml`."""

import functools
import pathlib
import tomllib
from dataclasses import dataclass

from virtualschool.plans.layout import Column, tables

FILE = pathlib.Path(__file__).parent / "plan_details.toml"


@dataclass(frozen=True)
class Group:
    name: str
    title: str
    writes: frozenset[str]
    columns: tuple[Column, ...]


@functools.cache
def groups() -> tuple[Group, ...]:
    """The groups of columns of the table of plans, in their order."""
    table = tables()["plans"]
    return tuple(
        Group(name, row["title"], frozenset(row["writes"]), tuple(table.column(column) for column in row["columns"]))
        for name, row in _held().items()
        if name != "lines"
    )


@functools.cache
def lists() -> tuple[tuple[str, ...], frozenset[str]]:
    """The tables that have a line for each thing, and who fills them in."""
    row = _held()["lines"]
    return tuple(row["columns"]), frozenset(row["writes"])


def from_files(table: str) -> tuple[str, ...]:
    """The columns of a table that no form asks for; what a file told there stays."""
    return tuple(_held()["lines"].get("from_files", {}).get(table, ()))


@functools.cache
def _held() -> dict[str, dict]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def words(name: str) -> str:
    """The name of a column or table in words."""
    return WORDS.get(name, name.replace("_", " ").capitalize())


WORDS = {
    "sdq_on": "Day of the SDQ",
    "sdq_score": "SDQ score",
    "sen": "Special educational needs",
    "sen_provision": "Provision for them",
    "sen_review_on": "Next review of it",
    "reduced_why": "Why the timetable is reduced",
    "reduced_approved_by": "Who approved that",
    "reduced_until": "The day it ends",
    "place_planned_on": "Without a place: full-time from",
    "school_changed_on": "Day of a change of school",
    "sent_on_to_school_on": "Day the new school had the plan",
    "attendance_percent": "Attendance this term, percent",
    "attendance_as_of": "Attendance counted to",
    "careers_talk_on": "Day of the last careers talk",
    "needs_virtual_school": "The Virtual School should be there",
    "parent": "A parent",
    "told_child_on": "Day the child was told what their views changed",
    "shared_on": "Day it went to the reviewing officer",
    "review_on": "Day of the next care review",
    "matches_case_system": "Agrees with the case system",
    "feedback_open": "Items of feedback on the last plan still open",
    "number": "1 for the first plan since care began",
    "available_on": "Day it could be used",
    "voice_method": "How views were gathered",
    "communication_need": "Does not speak or read easily",
    "pathway_aim": "Aim in the pathway plan",
    "carer_action_why_not": "Why the carer has no action",
    "attainment": "Attainment",
    "schools": "Schools so far",
    "needs": "Needs and strengths",
    "actions": "Who does what by when",
    "spend": "Spending",
    "attendance": "Attendance, week by week",
    "id": "Mark",
}
