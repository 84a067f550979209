"""What the commands print on standard output: a table for a person, CSV or JSON for a program."""

import contextlib
import csv
import json
import os
import pathlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from virtualschool import measures, years
from virtualschool.errors import Finding, WrongUse, unknown
from virtualschool.reports import checks
from virtualschool.reports.cells import safe

FILES_LISTED = 60
"""More files than this are summed up by kind after a build; `status` lists every one."""


def account(manifest: Mapping) -> None:
    """The row account of a build: rows read, kept and set aside, for each file, or by kind where there are many."""
    files = manifest["files"]
    if len(files) <= FILES_LISTED:
        lay("Row account", [file_line(file) for file in files])
    else:
        kinds: dict[str, dict[str, Any]] = {}
        for file in files:
            line = kinds.setdefault(file["kind"], {"kind": file["kind"], "files": 0, "read": 0, "kept": 0, "set aside": 0})
            line["files"] += 1
            for name in ("read", "kept", "set_aside"):
                line[name.replace("_", " ")] += file[name]
        lay(
            f"Row account of {len(files):,} files (each one: virtualschool status STORE)",
            sorted(kinds.values(), key=lambda line: line["kind"]),
        )
    linked, children = manifest["links"]["linked"], manifest["links"]["children"]
    print(f"Findings: {manifest['findings']:,}.  Children linked to a pupil: {linked:,} of {children:,}.")
    for note in over_years(manifest.get("notes", ())):
        print(f"Note: {note}")


def over_years(notes: Sequence[str]) -> list[str]:
    """Notes that say the same of several years, said once."""
    said: dict[str, list[int]] = {}
    for note in notes:
        found = re.search(r"\b20\d\d\b", note)
        said.setdefault(note.replace(found[0], "{}", 1) if found else note, []).extend([int(found[0])] if found else [])
    return [note.replace("{}", years.runs(held), 1) for note, held in said.items()]


def file_line(file: Mapping) -> dict[str, Any]:
    return {
        "file": file["file"] + (f" [{file['part']}]" if file["part"] else ""),
        "kind": file["kind"],
        "year": file["year"],
        "la": file["la"],
        "read": file["read"],
        "kept": file["kept"],
        "set aside": file["set_aside"],
    }


def status(snapshot, style: str) -> None:
    """What a store holds: snapshot, files, links, findings."""
    manifest = snapshot.manifest
    said = {name: manifest[name] for name in ("files", "links", "findings")}
    if style == "json":
        return as_json({"snapshot": snapshot.name, **said})
    if style == "csv":
        return in_csv([file_line(file) for file in manifest["files"]], ("file", "kind", "year", "la", "read", "kept", "set aside"))
    print(f"Snapshot {snapshot.name}, made by version {manifest['version']}.")
    lay("Files", [file_line(file) for file in manifest["files"]])
    print(f"Findings: {manifest['findings']:,}.  Children linked to a pupil: {said['links']['linked']:,} of {said['links']['children']:,}.")
    return None


FINDING = tuple(part.name for part in fields(Finding))


def findings(snapshot, style: str) -> None:
    """What is wrong in the files of a store: a row for each finding, as the check of a return has them."""
    columns = ", ".join(f'"{name}"' for name in FINDING)
    found = snapshot.engine().rows(f"SELECT {columns} FROM findings ORDER BY la NULLS FIRST, year, file, row, rule, {columns}")
    if style == "json":
        return as_json(found)
    if style == "csv":
        return in_csv(found, FINDING)
    names = {"wrong": "what is wrong", "do": "what to do"}
    lay("Findings", [{names.get(name, name): cell(value) for name, value in row.items()} for row in found[:FINDINGS_LISTED]])
    if len(found) > FINDINGS_LISTED:
        print(f"The first {FINDINGS_LISTED:,} of {len(found):,} findings. Every one: --format csv or json.")
    elif not found:
        print("There are no findings.")
    return None


def in_csv(rows: Sequence[Mapping], names: Sequence[str], out: TextIO | None = None) -> None:
    """Rows as CSV. The heading stands even when there are none, so that a program finds its columns."""
    writer = csv.DictWriter(out or sys.stdout, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


LINK_STYLES = ("table", "csv", "json", "html")
LINK_COLUMNS = ("la", "child", "pupil", "method", "rule", "weight", "probability", "agreed", "until", "reason", "next_step", "token")


def link_style(style: str) -> None:
    """Raises WrongUse for a format that links cannot be told in, before anything is read."""
    if style not in LINK_STYLES:
        raise unknown("Format", style, LINK_STYLES)


def links(said: Any, style: str, output: pathlib.Path | None = None) -> None:
    """How many children are linked, how, why not, how sure and how right, or as CSV every child; on standard output or in a file."""
    with written(output) as out:
        if style == "json":
            as_json(said, out)
        elif style == "csv":
            in_csv(said, list(said[0]) if said else LINK_COLUMNS, out)
        elif style == "html":
            from virtualschool.reports import linking
            from virtualschool.reports.html import html

            out.write(html(linking.report(said)))
        else:
            lay_links(said, out)


def can_be_written(output: pathlib.Path | None) -> None:
    """Raises WrongUse if there can be no file of that name, before anything is worked out or noted as released."""
    if output is not None and (output.is_dir() or not os.access(output if output.exists() else output.absolute().parent, os.W_OK)):
        raise no_file(output)


def no_file(output: pathlib.Path) -> WrongUse:
    return WrongUse(f"Output {output}", "no file can be written there.", "Name a file in a folder that exists.")


@contextlib.contextmanager
def written(output: pathlib.Path | None) -> Iterator[TextIO]:
    """Standard output, or the file named instead. Raises WrongUse if there can be no file of that name."""
    if output is None:
        yield sys.stdout
        return
    try:
        opened = output.open("w", encoding="utf-8", newline="")
    except OSError as fault:
        raise no_file(output) from fault
    with opened:
        yield opened


def lay_links(said: Mapping, out: TextIO) -> None:
    from virtualschool.reports import linking_steps

    print(said["mark"], file=out)
    print(file=out)
    if said["child"] is not None:
        for one in said["child"]:
            print(f"{said['la_names'].get(one['la'], one['la'])}, {years.runs(one['years'])}", file=out)
            for sentence in linking_steps.in_short(one):
                print(f"  {sentence}", file=out)
            print(file=out)
            if one["steps"]:
                lay("", linking_steps.lines(one["steps"]), out)
        return
    lay(
        "Links",
        [{"what": name.replace("_", " "), "figure": said[name]} for name in ("children", "linked", "precision", "recall", "f1")],
        out,
    )
    lay("By method", [{"method": name, "children": count} for name, count in said["by_method"].items()], out)
    lay("Not linked", [{"why not linked": name, "children": count} for name, count in said["by_reason"].items()], out)
    lay(
        "By group", [in_a_line(row, ("group", "value", "children", "linked", "match_rate", "low", "high")) for row in said["by_group"]], out
    )
    if said["calibration"] is not None:
        judged = ("method", "links", "right", "precision", "precision_low", "precision_high", "recall", "recall_so_far", "f1_so_far")
        lay("How right, by method", [in_a_line(row, judged) for row in said["quality_by_method"]], out)
        floors = ("floor", "links", "right", "precision", "said", "precision_all", "recall_all", "f1_all")
        lay("If the floor stood elsewhere", [in_a_line(row, floors) for row in said["by_threshold"]], out)
        whole = {"from": "all", "to": "", **said["calibration"]["all"]}
        bands = ("from", "to", "links", "right", "said", "precision", "precision_low", "precision_high", "difference")
        lay("Whether they are as right as they say", [in_a_line(row, bands) for row in [*said["calibration"]["bands"], whole]], out)
    bounds = ("title", "unit", "year", "linked", "without_link", "value", "low", "high")
    lay("How far headline figures could move", [{name: row[name] for name in bounds} for row in said["bounds"] if row["la"] == "all"], out)


def in_a_line(row: Mapping, names: Sequence[str]) -> dict[str, Any]:
    """Parts of a row, with shares to four places."""
    return {name: Figure(f"{row[name]:.4f}") if isinstance(row[name], float) else row[name] for name in names}


CHECK_STYLES = ("table", "csv", "json", "html", "xlsx")
FINDINGS_LISTED = 50
"""More findings than this are only counted on a terminal; every other style has them all."""


def check_style(style: str, output: pathlib.Path | None) -> None:
    """Raises WrongUse for a format that a check cannot be written in, before anything is read."""
    if style not in CHECK_STYLES:
        raise unknown("Format", style, CHECK_STYLES)
    if style == "xlsx" and output is None:
        raise WrongUse("Format 'xlsx'", "a workbook cannot be printed.", "Say where to write it: --output FILE.xlsx")
    can_be_written(output)


def checked(found, style: str, output: pathlib.Path | None = None) -> None:
    """What a check found, on standard output or in a file."""
    if style == "xlsx" and output is not None:
        from virtualschool.reports import xlsx

        xlsx.write(checks.report(found), output)
    else:
        with written(output) as out:
            print_check(found, style, out)


def print_check(found, style: str, out: TextIO) -> None:
    if style == "html":
        from virtualschool.reports.html import html

        out.write(html(checks.report(found)))
    elif style == "json":
        said = {state.replace(" ", "_"): sum(rule.state == state for rule in found.rules) for state in ("clean", "failed", "could not run")}
        as_json({**said, "rules": [vars(rule) for rule in found.rules], "findings": [vars(finding) for finding in found.findings]}, out)
    elif style == "csv":
        in_csv([vars(finding) for finding in found.findings], FINDING, out)
    else:
        for sentence in checks.in_short(found):
            print(sentence, file=out)
        print(file=out)
        lines = checks.findings(found)
        shown = lines if len(lines) <= FINDINGS_LISTED else lines[:FINDINGS_LISTED]
        for title, rows in (("Failed", checks.failed(found)), ("Could not run", checks.could_not_run(found)), ("Findings", shown)):
            if rows:
                lay(title, rows, out)
        if len(shown) < len(lines):
            print(f"The first {len(shown):,} of {len(lines):,} findings. Every one: --format csv, html or xlsx.", file=out)


LONG = ("missing_years", "first_year", "last_year", "source", "uncertain", "version", "meaning", "interval", "all_pupils", "decimals")
"""Parts of a measure that `measures NAME` prints, and that would make the list of measures too wide."""


def definitions(rows: Sequence[Mapping], style: str, *, whole: bool) -> None:
    """Measures or columns; one measure in full is printed a line for each of its facts."""
    if style == "json":
        return as_json(rows)
    if whole:
        lay("", [{"": name.replace("_", " "), " ": in_words(value)} for name, value in rows[0].items() if value not in (None, {}, [])])
    else:
        wide = LONG if "version" in rows[0] else ()
        lay("", [{name: in_words(value) for name, value in row.items() if name not in wide} for row in rows])
    return None


def in_words(value: Any) -> str:
    """A fact of a definition as a person reads it."""
    if isinstance(value, Mapping):
        return " ".join(dict.fromkeys(f"{key}: {said}" for key, said in value.items()))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else cell(value)


SAID_ELSEWHERE = {"measure", "cohort", "source", "release", "note", "mark"}


def figures(published, style: str) -> None:
    """Published figures, and nothing else about groups, in one of three styles."""
    if style == "json":
        return as_json(published.rows)
    if style == "csv":
        return as_csv(published.rows)
    for mark in published.marks_in_words():
        print(mark)
    for measure in dict.fromkeys(row["measure"] for row in published.rows):
        rows = [row for row in published.rows if row["measure"] == measure]
        lay(measure, [line(published, row) for row in rows])
        for source in dict.fromkeys(f"{name}: {row[f'{name}_source']}" for row in rows for name in published.compare):
            print(f"  Beside it, {source}")
        for note in dict.fromkeys(row["note"] for row in rows if row["note"]):
            print(f"  {note}")
    return None


def releases(rows: list[dict], style: str) -> None:
    """What has been released, a row a release."""
    if style == "json":
        return as_json(rows)
    if style == "csv":
        return as_csv(rows)
    if not rows:
        print("Nothing has been released from this store.")
        return None
    return lay("Releases", rows)


def line(published, row: Mapping) -> dict[str, Any]:
    """What of a figure fits a line, with the measure's decimals: not what all of them share, nor where comparators come from."""
    kept = {name: value for name, value in row.items() if name not in SAID_ELSEWHERE and not name.endswith("_source")}
    printed = ("value", "low", "high", *(f"{name}_{part}" for name in published.compare for part in ("value", "difference")))
    return kept | {name: Figure(published.text(row, name) if row[name] is not None else "") for name in printed}


class Figure(str):
    """A number in its printed form; it stands to the right like any other number."""


def headlines(published, la: str, year: int) -> None:
    """An authority's headline figures of a year, beside England, its region and its neighbours, with the years before."""
    rows = [row for row in published.rows if row["la"] == la]
    name = next((row["la_name"] for row in rows), la)
    lines = []
    for measure in dict.fromkeys(row["measure"] for row in rows):
        of_measure = [row for row in rows if row["measure"] == measure]
        newest = next((row for row in reversed(of_measure) if row["value"] is not None), of_measure[-1])
        definition = measures.named(measure)
        line = {
            "measure": f"{definition.title}, %" if definition.unit == "percent" else definition.title,
            "year": years.label(newest["year"]),
            "children": newest["pupils"],
            "value": published.text(newest),
            "95% interval": interval(published, newest),
        }
        for comparator in ("england", "region", "neighbours"):
            line[comparator] = published.text(newest, f"{comparator}_value")
        line["earlier"] = ", ".join(
            f"{years.label(row['year'])} {published.text(row)}" for row in of_measure if row["year"] < newest["year"]
        )
        lines.append(line)
    lay(f"{name} ({la}): children looked after for twelve months, {years.label(year)} or the newest year that a measure has", lines)
    print("c: hidden, because it is about few children.  x, z: there is no such figure.")


def interval(published, row: Mapping) -> str:
    return "" if row["low"] is None or row["high"] is None else f"{published.text(row, 'low')} to {published.text(row, 'high')}"


def sign_ins(address: str, people: Sequence[Any], password: str) -> None:
    """Where the demonstration is served, and with whom to sign in."""
    print(f"\nThe pages are at {address} until you stop this with Ctrl-C.")
    print(f"Sign in as one of these invented people, with the password {password}")
    for one in people:
        print(f"  {one.email:<40} {one.words}", flush=True)


def places(made) -> None:
    """Where the demonstration put what it made."""
    print("Everything here is invented.")
    print(f"  files    {made.folder / 'invented'}")
    print(f"  store    {made.folder / 'store'}")
    for file in made.reports:
        print(f"  report   {file}")
    print(f"  it took  {made.seconds:.0f} seconds")
    print(f"Next: virtualschool figures {made.folder / 'store'} attainment_8 --la {made.la} --by sex --compare england")


def scores(rows: Sequence[Mapping], style: str) -> None:
    """Pupils' scores; slots only in JSON, where there is room for them."""
    if style == "json":
        return as_json(rows)
    flat = [{name: value for name, value in row.items() if name != "slots"} for row in rows]
    if style == "csv":
        return as_csv(flat)
    notes = dict.fromkeys(row["note"] for row in flat if row["note"])
    lay("", [{name: value for name, value in row.items() if name != "note"} for row in flat])
    for note in notes:
        print(note)
    return None


def as_json(value: Any, out: TextIO | None = None) -> None:
    json.dump(value, out or sys.stdout, indent=1, ensure_ascii=False, default=str)
    print(file=out or sys.stdout)


def as_csv(rows: Sequence[Mapping]) -> None:
    if rows:
        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: safe(value) for name, value in row.items()} for row in rows)


def lay(title: str, rows: Sequence[Mapping], out=None) -> None:
    """A table for a person: as wide as the terminal, or as wide as it takes in a pipe."""
    out = out or sys.stdout
    table = Table(
        title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD if out.isatty() else None, pad_edge=False
    )
    names = list(rows[0]) if rows else []
    for name in names:
        numbers = any(isinstance(row[name], int | float | Figure) and not isinstance(row[name], bool) for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(cell(row[name]) for name in names))
    # Rich cuts lines at 80 characters where there is no terminal to ask for its width.
    Console(file=out, width=None if out.isatty() else 100_000, highlight=False, markup=False, soft_wrap=not out.isatty()).print(table)
    print(file=out)


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
