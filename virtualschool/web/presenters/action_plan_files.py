"""The action plan of a year as files: CSV and Excel lists, JSON, a Word document that can be edited, and a tagged PDF to print."""

import io
import json
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from virtualschool import years
from virtualschool.frameworks import action_plan_file
from virtualschool.frameworks.action_plan import Action, Progress, counted
from virtualschool.reports.blocks import Block, Column, Heading, Paragraph, Points, Table
from virtualschool.reports.cells import safe
from virtualschool.reports.documents import Document
from virtualschool.web import clock, stores
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import action_plan as presenter
from virtualschool.web.templatetags.words import day, moment

KINDS = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
    "json": ("JSON", "application/json"),
}


def made(viewer: Viewer, year: int, kind: str) -> tuple[bytes, str]:
    """The file, and its name."""
    name = f"action-plan-{viewer.la}-{year}"
    actions, told = presenter.for_files(viewer, year, f"action plan {viewer.la} {year}")
    rows = table(actions, told)
    if kind == "csv":
        content = as_csv(rows)
    elif kind == "xlsx":
        content = as_xlsx(viewer, rows)
    elif kind == "json":
        content = as_json(viewer.la, actions, told)
    else:
        written = document(viewer, year, actions, told)
        content = as_word(written) if kind == "docx" else as_pdf(written)
    return content, f"{name}.{kind}"


def table(actions: Sequence[Action], told: Sequence[Progress]) -> list[dict[str, Any]]:
    rows = action_plan_file.table(actions)
    return [{**row, "progress": one.verdict, "progress_in_words": one.sentence} for row, one in zip(rows, told, strict=True)]


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    import csv

    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*action_plan_file.COLUMNS, "progress", "progress_in_words"])
    writer.writeheader()
    writer.writerows({name: safe(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_json(la: str, actions: Sequence[Action], told: Sequence[Progress]) -> bytes:
    rows = [
        {**action_plan_file.plain(action), "progress": {"verdict": one.verdict, "sentence": one.sentence}}
        for action, one in zip(actions, told, strict=True)
    ]
    return (json.dumps({"la": la, "actions": rows}, indent=1, ensure_ascii=False) + "\n").encode()


def as_xlsx(viewer: Viewer, rows: list[dict[str, Any]]) -> bytes:
    """A workbook of one sheet: headings that stay in view, filters; nothing in it is a formula or a link."""
    out = io.BytesIO()
    headings = [*action_plan_file.COLUMNS, "progress", "progress_in_words"]
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Actions")
        bold, wrapped = (
            book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        sheet.write_string(0, 0, f"Action plan. Downloaded by {viewer.email} on {moment(clock.now())}. No child is named in it.")
        for place, heading in enumerate(headings):
            sheet.write_string(2, place, heading.replace("_", " ").capitalize(), bold)
        for number, row in enumerate(rows, 3):
            for place, heading in enumerate(headings):
                cell = row[heading]
                if isinstance(cell, int):
                    sheet.write_number(number, place, cell, wrapped)
                elif cell not in (None, ""):
                    sheet.write_string(number, place, str(cell), wrapped)
        sheet.freeze_panes(3, 1)
        sheet.autofilter(2, 0, 2 + max(len(rows), 1), len(headings) - 1)
        sheet.set_column(0, len(headings) - 1, 18)
        sheet.set_column(4, 4, 50)
    return out.getvalue()


# --- Documents ---


def document(viewer: Viewer, year: int, actions: Sequence[Action], told: Sequence[Progress]) -> Document:
    """The plan as a document: counts, a table of each priority, and every action in full."""
    name = stores.places().name(viewer.la)
    counts = counted(actions, clock.today())
    summary = (
        f"{len(actions)} actions: {counts['open']} open, of which {counts['late']} late; {counts['done']} done, "
        f"{counts['carried forward']} carried forward, {counts['dropped']} dropped.",
        f"Progress is read from the figures on {day(clock.today())} with their doubt: met or missed only where the whole interval says so.",
    )
    blocks: list[Block] = []
    priorities: dict[str, list[tuple[Action, Progress]]] = {}
    for action, one in zip(actions, told, strict=True):
        priorities.setdefault(action.priority, []).append((action, one))
    for number, (priority, held) in enumerate(priorities.items(), 1):
        blocks.append(Heading(priority, f"priority-{number}"))
        blocks.append(overview(number, priority, held))
        for action, one in held:
            blocks += in_full(action, one)
    if not actions:
        blocks.append(Paragraph(f"There is no action in the plan of {years.label(year)}."))
    return Document(
        title=f"Action plan {years.label(year)}",
        subtitle=name,
        mark="For the authority's own use. No child is named in it.",
        about=f"{name}, action plan {years.label(year)}",
        summary=summary,
        blocks=tuple(blocks),
        contents=len(priorities) > 6,
        internal=True,
        invented=stores.is_invented(),
    )


def overview(number: int, priority: str, held: Sequence[tuple[Action, Progress]]) -> Table:
    columns = tuple(Column(title) for title in ("No.", "Action", "Lead", "Due", "Status", "Progress"))
    rows = tuple((one.id, one.words, one.owner, day(one.due), status(one), told.verdict.capitalize()) for one, told in held)
    return Table(f"plan_{number}", f"Actions: {priority}", columns, rows)


def in_full(one: Action, told: Progress) -> list[Block]:
    facts = [
        f"Lead: {one.owner}" + (f", with {one.support}" if one.support else "") + f". Due {day(one.due)}. {status(one)}.",
        told.sentence,
        *(
            f"Milestone by {day(mile.due)}: {mile.words}"
            + (f" (reached {day(mile.done)})" if mile.done else " (late)" if mile.is_late(clock.today()) else "")
            for mile in one.milestones
        ),
    ]
    for words, text in (("Resource", one.resource), ("Risk", one.risk), ("Reported to", one.board), ("Drawn from", one.drawn_from),
                        ("What changed for children", one.impact), ("How that is known", one.evidence), ("Reason", one.note)):  # fmt: skip
        if text:
            facts.append(f"{words}: {text}")
    titles = [title["words"] for title in presenter.titles_of(one.criteria)]
    facts.append(f"Answers: {'; '.join(titles)}")
    return [Heading(f"{one.id} {one.words}", f"action-{one.year}-{one.id}", 3), Points(tuple(facts))]


def status(one: Action) -> str:
    closed = f" on {day(one.closed)}" if one.closed else ""
    return f"{one.status.capitalize()}{closed}" + (", late" if one.is_late(clock.today()) else "")


def as_word(written: Document) -> bytes:
    from virtualschool.reports.documents.word import word

    return word(written)


def as_pdf(written: Document) -> bytes:
    from virtualschool.reports.documents.pdf import pdf

    return pdf(written)
