"""The reference pages, written from the definitions: `python -m virtualschool.reports.reference docs/reference`.

A page says what the program knows and nothing else, so that it is never out of date; a test writes them again and compares.
"""

import enum
import pathlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

from virtualschool import codes, measures, tables
from virtualschool.check import rules
from virtualschool.frameworks import manual
from virtualschool.link.exact import CASCADE
from virtualschool.link.reasons import REASONS
from virtualschool.read import headings
from virtualschool.reports import plan_reference, progress_reference

HEAD = "<!-- Written by `make docs` from the definitions; change those, not this page. -->\n\n"


def pages() -> dict[str, str]:
    """Every page of the reference: file name and text."""
    written = {
        "README.md": contents(),
        "measures.md": measures_page(),
        "columns.md": columns_page(),
        "files.md": files_page(),
        "codes.md": codes_page(),
        "checks.md": checks_page(),
        "links.md": links_page(),
        "frameworks.md": manual.page(grid),
        "plans.md": plan_reference.files_page(grid),
        "plan-rules.md": plan_reference.rules_page(grid),
        "progress.md": progress_reference.page(grid),
        "commands.md": commands_page(),
    }
    return {name: HEAD + text.rstrip() + "\n" for name, text in written.items()}


def write(folder: pathlib.Path) -> list[pathlib.Path]:
    """Writes the pages to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages()]


def contents() -> str:
    return lines(
        "# Reference",
        "",
        "- [Measures](measures.md): what each means, its years, interval and source",
        "- [Columns](columns.md): what figures can be filtered and broken down by",
        "- [Files](files.md): what can be read, and the headings each column may bear",
        "- [Codes](codes.md): the code lists the program carries, with their sources",
        "- [Checks](checks.md): the rules that returns are checked by",
        "- [Links](links.md): the rules that tie a child to a pupil, and the reasons why one has none",
        "- [Frameworks](frameworks.md): inspection frameworks, their rules and criteria, and the files that can be given",
        "- [Files of plans](plans.md): the tables of education plans that can be given, as CSV or JSON",
        "- [Rules of a plan's quality](plan-rules.md): what plans and targets are judged by, and the grading profiles",
        "- [Progress](progress.md): what is recorded of a child's progress, when change is said, and the documents",
        "- [Commands](commands.md): every command and its options",
    )


# --- Measures ---


def measures_page() -> str:
    text = [
        "# Measures",
        "",
        "A year is the calendar year it ends in. A figure is the sum of the numerator over the sum of the denominator",
    ]
    text[-1] += " of the children who count. Limits are of 95% intervals."
    text += [
        "",
        "Each measure is of one cohort unless `--cohort` names another; the word stands on every row. An empty cell: none was found.",
    ]
    text += ["See [which children a figure is about](../explanation/cohorts.md).", "", *cohorts_table()]
    rows = [(f"[`{name}`](#{name})", found.title, found.unit, found.years_in_words) for name, found in measures.ALL.items()]
    text += ["", *grid(("name", "measure", "unit", "years"), rows)]
    for measure in measures.ALL.values():
        text += ["", f"## {measure.name}", "", f"**{measure.title}.** {measure.meaning}", ""]
        text += grid(("", ""), list(facts_of(measure)))
        if measure.missing_years or measure.after_last_year:
            text += ["", "Years in which it cannot exist:", ""]
            text += [f"- {year}: {why}" for year, why in sorted(measure.missing_years.items())]
            text += [f"- after {measure.last_year}: {measure.after_last_year}"] if measure.after_last_year else []
    return lines(*text)


def facts_of(measure: Any) -> Iterator[tuple[str, str]]:
    yield "years", measure.years_in_words
    yield "unit", f"{measure.unit}, {measure.decimals} decimals" if measure.decimals != 1 else f"{measure.unit}, 1 decimal"
    yield "better", measure.better
    yield "interval", measures.INTERVALS[measure.interval]
    yield "cohort", f"`{measure.cohort}`: {COHORTS[measure.cohort]}"
    yield "all pupils too", "yes" if measure.of_pupils else "no"
    yield "hidden as in", f"DfE's release on {measure.release}"
    yield "source", measure.source
    if measure.uncertain:
        yield "uncertain", measure.uncertain
    if measure.awaits:
        yield "no figure yet", measure.awaits


COHORTS = {row["cohort"]: row["words"] for row in codes.load("cohorts")}


def cohorts_table() -> list[str]:
    """Every cohort, and what DfE and NCER call it."""
    heads = ("cohort", "children", "DfE calls it", "NCER has it as", "from records")
    return grid(heads, [(f"`{row['cohort']}`", row["words"], row["dfe"], row["ncer"], row["records"]) for row in codes.load("cohorts")])


# --- Columns ---


def columns_page() -> str:
    rows = [
        (
            f"`{column['name']}`",
            column["meaning"],
            column["type"] + (f", {column['unit']}" if column["unit"] else ""),
            ", ".join(column["values"]),
            "yes" if column["all_pupils"] else "no",
        )
        for column in measures.columns()
    ]
    return lines(
        "# Columns",
        "",
        'Figures can be broken down by these columns (`--by sex,sen`) and filtered (`--where "age >= 10 and sen in (support, EHCP)"`).',
        "A value that is not known is written `not known`. The last column says whether all pupils have it, so that looked-after",
        "children can be put beside them.",
        "",
        *grid(("column", "meaning", "type", "values", "all pupils"), rows),
    )


# --- Files ---

FAMILIES = {
    "care": "The SSDA903 return",
    "plans": "Education plans and teachers' assessments",
    "lists": "An authority's own lists of figures",
    "education": "Education",
    "reference": "Schools, postcodes, authorities and published statistics",
}


def files_page() -> str:
    text = [
        "# Files",
        "",
        "A file is recognised by its columns, never by its name. Headings are compared without case, spaces and punctuation, in any",
        "order; columns that are not known are left alone. CSV (also gzipped), XML, Excel and Parquet files are read. `[yy]`, `[yyyy]` and",
        "`[term]` in a heading stand for digits and a term. A record that lacks a column marked *required*, or in which it cannot be read,",
        "is set aside and counted.",
        "",
        "Schools, postcodes, authorities and neighbours can be given as a CSV whose headings are the names in the first column.",
    ]
    kinds: dict[str, list] = {}
    for kind in headings.kinds():
        kinds.setdefault(kind.table.name, []).append(kind)
    layouts: dict[str, list] = {}
    for reshape in headings.reshapes():
        layouts.setdefault(reshape.table.name, []).append(reshape)
    for family, title in FAMILIES.items():
        text += ["", f"## {title}"]
        for table in (table for table in tables.ALL.values() if table.family == family):
            text += ["", f"### {table.name}", "", f"{table.meaning} Key: {', '.join(table.key) or 'none'}."]
            for kind in kinds.get(table.name, []):
                needs = ", ".join(f"`{column}`" for column in kind.needs)
                source = f" Source: {kind.source}." if kind.source else ""
                text += ["", f"`{kind.name}` is recognised by {needs}.{source}"]
            for layout in layouts.get(table.name, []):
                source = f" Source: {layout.source}." if layout.source else ""
                text += ["", f"`{layout.name}` is a layout of its own, recognised by its headings.{source}"]
            text += ["", *grid(("column", "meaning", "type", "headings"), list(columns_of(table, kinds.get(table.name, []))))]
            if family == "reference" and table.name != "published":
                text += ["", "As CSV:", "", "```", ",".join(name for name in table.names if name not in ("file", "row")), "```"]
    return lines(*text)


def columns_of(table: tables.Table, kinds: Sequence[Any]) -> Iterator[tuple[str, ...]]:
    for column in table.columns:
        if column.name in ("file", "row"):
            continue
        common = spelled(column.names)
        more = [f"{kind.name}: {own}" for kind in kinds if (own := spelled(kind.names.get(column.name, ()), but=column.names))]
        kind = column.type.replace("decimal(9,4)", "number").replace("decimal(18,6)", "number")
        meaning = column.meaning + (f" One of {', '.join(column.values)}." if column.values else "")
        yield f"`{column.name}`", meaning, kind + (", *required*" if column.required else ""), "<br>".join(filter(None, (common, *more)))


def spelled(names: Iterable[str], but: Iterable[str] = ()) -> str:
    """Headings in code quotes, each spelling that compares as another once."""
    seen = {headings.fold(name) for name in but}
    kept = []
    for name in names:
        if headings.fold(name) not in seen:
            seen.add(headings.fold(name))
            kept.append(f"`{name}`")
    return " ".join(kept)


# --- Codes ---

LONGEST = 60
"""Longer lists are described and not printed; they are read where they stand."""


def codes_page() -> str:
    text = [
        "# Codes",
        "",
        "Each list is a CSV in `virtualschool/codes/`; a code is one line of it, with the first and last year in which it holds. Lists of",
        f"more than {LONGEST} lines are described here and not printed.",
    ]
    for name in code_lists():
        rows = codes.load(name)
        text += ["", f"## {name}", "", *comment(name), "", f"`{name}.csv`, {len(rows):,} lines."]
        if name == "ssda903":
            text += list(code_sets(rows))
        elif rows and len(rows) <= LONGEST:
            text += ["", *grid(tuple(rows[0]), [tuple(row.values()) for row in rows])]
        elif rows:
            text[-1] = f"`{name}.csv`, {len(rows):,} lines of {', '.join(f'`{column}`' for column in rows[0])}."
    return lines(*text)


def code_lists() -> list[str]:
    return sorted(
        entry.name.removesuffix(".csv") for entry in resources.files("virtualschool.codes").iterdir() if entry.name.endswith(".csv")
    )


def comment(name: str) -> list[str]:
    """The lines at the head of a list that say what it is and where it comes from."""
    said = (resources.files("virtualschool.codes") / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    head = [line.removeprefix("#").strip() for line in said if line.startswith("#")]
    return [escape(line) for line in head]


def code_sets(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    sets: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        sets.setdefault(row["codeset"], []).append(row)
    for name, found in sets.items():
        yield from ("", f"### {name}", "")
        shown = [tuple(row[column] for column in ("code", "label", "words", "first_year", "last_year")) for row in found]
        yield from grid(("code", "label", "in words", "first year", "last year"), shown)


# --- Checks ---


def checks_page() -> str:
    found = rules()
    text = [
        "# Checks",
        "",
        f"`virtualschool check` runs {len(found)} rules over a return. A rule whose tables are missing could not run, and says so.",
        "The codes are DfE's, so that a rule can be looked up.",
    ]
    by_table: dict[str, list] = {}
    for rule in found:
        by_table.setdefault(rule.needs[0].name, []).append(rule)
    for table, its in by_table.items():
        rows = [
            (
                rule.code,
                rule.message,
                " ".join(f"`{column}`" for column in rule.columns),
                f"{rule.first_year} to {rule.last_year or 'now'}",
                " ".join([*(f"`{need.name}`" for need in rule.needs[1:]), *(["last year's return"] if rule.beside_last_year else [])]),
            )
            for rule in its
        ]
        text += ["", f"## {table}", "", *grid(("rule", "message", "columns", "years", "needs besides"), rows)]
    sources = sorted({rule.source for rule in found})
    text += ["", *(f"Source: {source}." for source in sources)]
    return lines(*text)


# --- Links ---


def links_page() -> str:
    return lines(
        "# Links",
        "",
        "A child of a return is linked to a pupil by the first of these rules that holds for just one pupil.",
        "",
        *grid(("rule", "what agrees", "method"), [(rule.name, rule.agreed, rule.method) for rule in CASCADE]),
        "",
        "A child whom no rule settles is weighed against every pupil who could be meant (method likely), and what is not sure enough a "
        "person decides (method person): see [How children are linked](../explanation/linking.md).",
        "",
        "A child without a link has one of these reasons, the first that holds.",
        "",
        *grid(("reason", "meaning", "what to do"), [(reason.name, reason.words, reason.next_step) for reason in REASONS]),
    )


# --- Commands ---


def commands_page() -> str:
    import typer

    from virtualschool.cli import app

    group: Any = typer.main.get_command(app)
    text = [
        "# Commands",
        "",
        "Exit: 0 done; 1 only from `check` and `pep check`, with findings; 2 wrong use; 3 a fault of the program.",
        "",
    ]
    text += ["Results go to standard output, everything else to standard error. `virtualschool COMMAND --help` says the same as this page."]
    for name, command in every_command(group):
        named = [part for part in command.params if part.param_type_name == "argument"]
        options = [part for part in command.params if part.param_type_name == "option" and "--help" not in part.opts]
        usage = " ".join(
            ["virtualschool", name, *(part.metavar or part.name.upper() for part in named), *(["[OPTIONS]"] if options else [])]
        )
        text += ["", f"## {name}", "", *described(command.help or ""), "", "```", usage, "```"]
        if named:
            text += ["", *grid(("argument", "meaning"), [(part.metavar or part.name.upper(), part.help or "") for part in named])]
        if options:
            text += ["", *grid(("option", "values", "default", "meaning"), [option(part) for part in options])]
    return lines(*text)


def every_command(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Each command with the words by which it is called; a group's own commands stand in its place."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def described(text: str) -> list[str]:
    """A command's help: what it does, and its example as code."""
    plain = re.sub(r"\[bold\](.*?)\[/bold\]", r"`\1`", text)
    return [line.strip() for line in plain.strip().splitlines()]


WORDS = {pathlib.Path: "path", int: "number", str: "text", bool: ""}


def option(part: Any) -> tuple[str, str, str, str]:
    kind = part.type_descriptor.annotation
    if kind is bool:
        values = ""
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        values = ", ".join(choice.value for choice in kind)
    else:
        values = part.metavar or WORDS.get(kind, "")
    default = getattr(part.default, "value", part.default)
    given = "" if default is None or kind is bool or callable(default) else str(default)
    return " ".join(f"`{name}`" for name in part.opts), values, given, part.help or ""


# --- Markdown ---


def grid(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """A Markdown table."""
    line = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return line + ["| " + " | ".join(escape(str(value)) for value in row) + " |" for row in rows]


def escape(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def lines(*text: str) -> str:
    return "\n".join(text)


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))
