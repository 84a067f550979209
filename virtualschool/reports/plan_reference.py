"""The manual's pages on plans, written from their definitions: the files that can be given, and the rules of quality."""

from collections.abc import Callable

from virtualschool.plans import profiles, rules
from virtualschool.plans.layout import assessments, tables

Grid = Callable[..., list[str]]
JUDGED_BY = {"program": "program", "words": "words (prompts a person)", "person": "person"}
TYPES = {
    "date": "date",
    "whole": "whole number",
    "number": "number",
    "money": "pounds",
    "yesno": "yes or no",
    "text": "text",
    "exact": "text, kept exactly",
}


def files_page(grid: Grid) -> str:
    text = [
        "# Files of plans",
        "",
        "Personal education plans, their targets, views, attendance and spend, whichever supplier's system they come from. As CSV: a",
        "folder with a file for each table, recognised by its columns, never by its name; only `plans` is needed. As JSON: one file,",
        '`{"plans": [{"plan": "P1", "child": "…", "targets": [{"target": "…"}], "views": [{"by": "child", "words": "…"}]}]}`, with the',
        "columns of `plans` and a list for each other table.",
        "",
        "Headings are compared without case, spaces and punctuation; columns that are not known are left out and named. Dates are written",
        "31/03/2026 or 2026-03-31, money in pounds. A row that lacks a column marked *required*, names a plan that is not there or repeats",
        "one is set aside and counted; a value that cannot be read becomes blank, with a finding. A column that no file has is *not*",
        "*known*, and a rule that needs it says *cannot tell*; a cell that is blank was left blank, and the rule says *not met*.",
        "",
        "A file of teachers' assessments (`assessments`, the last table below) stands by itself: it belongs to no plan.",
        "",
        "`virtualschool build` reads the CSV files of a folder into the store (see [Files](files.md)); the pages read CSV and JSON.",
        "",
        "Write no name: `child` is a token, or the identifier of the return. See [how to judge plans](../how-to/judge-plans.md).",
    ]
    for table in (*tables().values(), assessments()):
        needs = ", ".join(f"`{need}`" for need in table.needs)
        text += ["", f"## {table.name}", "", f"{table.meaning} Recognised by {needs}.", ""]
        shown = [
            (
                f"`{column.name}`",
                column.meaning,
                (" ".join(f"`{value}`" for value in column.values) or TYPES[column.type]) + (", *required*" if column.required else ""),
            )
            for column in table.columns
        ]
        text += grid(("column", "meaning", "type or values"), shown)
    return "\n".join(text)


def rules_page(grid: Grid) -> str:
    held = rules.held()
    text = [
        "# Rules of a plan's quality",
        "",
        f"{len(rules.all_rules())} rules, version {rules.version()}. Each is *met*, *not met*, *cannot tell* or *does not apply*. No rule",
        "gives a grade; a profile turns outcomes into a suggestion, and a named person gives the grade.",
        "",
        *grid(("severity", "means"), held["severity"].items()),
        "",
        "Limits that an authority may set itself:",
        "",
        *grid(("setting", "value"), [(f"`{name}`", value) for name, value in held["settings"].items()]),
    ]
    for rule in rules.all_rules():
        text += ["", f"## {rule.id}", "", f"**{rule.title}.** {rule.words}", ""]
        theme = rule.theme.replace("_", " ")
        text += grid(
            ("", ""),
            [
                ("judged by", ", ".join(JUDGED_BY[by] for by in rule.judged_by)),
                ("needs", " ".join(f"`{need}`" for need in rule.needs)),
                ("severity", rule.severity),
                ("basis", ", ".join(rule.basis) + (f" ({', '.join(rule.source)})" if rule.source else "")),
                ("if not met", rule.add),
                *([("asks a person", rule.prompt)] if rule.prompt else []),
                *([("what inspectors criticise", f"{theme}: {held['themes'][rule.theme]} of 378 reports")] if rule.theme else []),
                *([("note", rule.note)] if rule.note else []),
            ],
        )
    text += ["", "## Profiles", ""]
    for profile in profiles.profiles().values():
        steps = "; ".join(
            step.grade + (f" (at most {', '.join(f'{number} {name}' for name, number in step.most.items())})" if step.most else " (else)")
            for step in profile.steps
        )
        text += [f"- `{profile.name}`, version {profile.version}: {profile.title}. {profile.basis}. {steps}."]
    text += ["", "## Sources", "", *(f"- {name}: {source}" for name, source in held["sources"].items())]
    text += ["", *(f"- {name}: {meaning}" for name, meaning in held["basis"].items())]
    return "\n".join(text)
