"""The commands: arguments only. What they do is in the rooms; how it looks on a terminal is in reports/listing.

Exit: 0 done; 1 only from `check` and `pep check`, with findings; 2 wrong use; 3 a fault of ours.
"""

import contextlib
import functools
import inspect
import os
import pathlib
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated

import typer

from virtualschool.errors import VirtualSchoolError, of_a_place

Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing but the result.")]


class Commands(typer.Typer):
    """Commands that all take `--quiet`: one that says nothing but its result anyway need not name it."""

    def command(self, name: str | None = None, **settings: object) -> Callable:
        register = super().command(name, **settings)  # type: ignore[arg-type]

        def decorate(asked: Callable) -> Callable:
            register(with_quiet(asked))
            return asked

        return decorate


def with_quiet(asked: Callable) -> Callable:
    """A command as it is, with `--quiet` beside its own options."""
    own = inspect.signature(asked)
    if "quiet" in own.parameters:
        return asked

    @functools.wraps(asked)
    def quietly(*, quiet: Quiet = False, **given: object) -> object:
        return asked(**given)

    also = inspect.Parameter("quiet", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Quiet)
    quietly.__signature__ = own.replace(parameters=[*own.parameters.values(), also])  # type: ignore[attr-defined]
    quietly.__annotations__ = {**asked.__annotations__, "quiet": Quiet}
    return quietly


app = Commands(
    name="virtualschool",
    help="See how looked-after children get on in education: from care returns and education files to figures and reports.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

MANY = ("--from", "--add", "--last-year")
"""Options that take every argument up to the next option."""


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


class Size(StrEnum):
    small = "small"
    authority = "authority"
    region = "region"
    england = "england"


class Audience(StrEnum):
    public = "public"
    internal = "internal"


class Where(StrEnum):
    pupils = "pupils"
    published = "published"


StoreFolder = Annotated[pathlib.Path, typer.Argument(metavar="STORE", help="The folder of the store.")]
As = Annotated[Format, typer.Option("--format", help="How to print it.")]


@app.callback(invoke_without_command=True)
def program(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        from virtualschool import __version__

        print(__version__)
        raise typer.Exit()


@app.command()
def demo(
    folder: Annotated[pathlib.Path, typer.Option(help="Where to put it; made, or replaced if a demonstration made it.")] = pathlib.Path(
        "demo"
    ),
    size: Annotated[Size, typer.Option(help="How large an England to invent.")] = Size.region,
    seed: Annotated[int, typer.Option(help="Another seed, another England.")] = 1,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop when everything is made, and serve no pages.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the pages are served.")] = 8000,
    quiet: Quiet = False,
) -> None:
    """Invent an England, run the whole flow on it, and show one authority's figures.

    Example: [bold]virtualschool demo --size small[/bold]
    """
    from virtualschool import pipeline
    from virtualschool.reports import listing

    with progress(quiet) as tell:
        made = pipeline.demo(folder, size=size.value, seed=seed, tell=tell)
    listing.account(made.snapshot.manifest)
    listing.headlines(made.figures, made.la, made.year)
    listing.places(made)
    if no_serve:
        return
    import secrets

    from virtualschool.web import assets, demonstration, serving

    if not assets.is_whole():
        return say("The pages are not served, since what they load could not be fetched at set-up.")
    serving.free("127.0.0.1", port)
    serving.ready(made.folder / "store")
    password = secrets.token_urlsafe(9)
    listing.sign_ins(f"http://localhost:{port}", demonstration.people(made.la, password), password)
    raise typer.Exit(serving.serve(made.folder / "store", port))


@app.command()
def serve(
    store: StoreFolder,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    address: Annotated[str, typer.Option(help="The address to listen on: this machine alone, unless another is named.")] = "127.0.0.1",
    quiet: Quiet = False,
) -> None:
    """Serve a store's pages to browsers, with the worker that builds and writes reports beside it.

    Settings come from the environment: docs/how-to/serve.md.

    Example: [bold]virtualschool serve store --port 8000[/bold]
    """
    from virtualschool.web import serving

    serving.free(address, port)
    serving.ready(store)
    if not quiet:
        say(f"Serving {store} at http://{address}:{port}. Stop it with Ctrl-C.")
    raise typer.Exit(serving.serve(store, port, address))


@app.command()
def invite(
    store: StoreFolder,
    role: Annotated[
        str, typer.Option(help="Their role: head, administrator, national_host … as docs/how-to/people-and-roles.md lists them.")
    ],
    email: Annotated[str, typer.Option(help="Their email address, with which they sign in.")],
    name: Annotated[str, typer.Option(help="Their full name.")],
    la: Annotated[str, typer.Option(help="The authority's code; not needed for a national host.")] = "",
    school: Annotated[str, typer.Option(help="The URN of the school, for a designated teacher.")] = "",
    home: Annotated[str, typer.Option(help="The home as the roll names it, for its staff.")] = "",
) -> None:
    """Let the first person of an authority in: prints a link that works once, with which they choose a password.

    Everybody after them is invited on the page People.

    Example: [bold]virtualschool invite store --la V01 --role head --email a.person@example.invalid --name "A. Person"[/bold]
    """
    from virtualschool.web import serving

    serving.ready(store)
    from virtualschool.web import by_command

    print(by_command.invite(la, role, email, name, school, home))


@app.command()
def events(
    store: StoreFolder,
    verify: Annotated[bool, typer.Option("--verify", help="Say whether every event stands as it was written.")] = False,
    last: Annotated[int, typer.Option(min=1, max=10_000, help="How many of the newest to print.")] = 20,
) -> None:
    """Who did what on the pages of a store, the newest last; or whether anyone has altered that.

    Example: [bold]virtualschool events store --verify[/bold]
    """
    from virtualschool.web import serving

    serving.ready(store)
    from virtualschool.web import by_command

    for line in by_command.verified() if verify else by_command.newest(last):
        print(line)


@app.command()
def invent(
    folder: Annotated[pathlib.Path, typer.Argument(metavar="FOLDER", help="A folder that does not exist yet, or is empty.")],
    size: Annotated[Size, typer.Option(help="small: 2 authorities; region: about a tenth of England.")] = Size.small,
    years: Annotated[str, typer.Option(help="Years from 2016 to 2026: 2022-2026.")] = "2022-2026",
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    quiet: Quiet = False,
) -> None:
    """Write a synthetic England: returns, education files, published statistics and the truth.

    Example: [bold]virtualschool invent practice --size small --years 2023-2025 --seed 3[/bold]
    """
    from virtualschool import years as calendar
    from virtualschool.invent import invent as write

    with progress(quiet) as tell:
        write(folder, size.value, calendar.span(years), seed, tell)
    if not quiet:
        say(f"Invented places and people are in {folder}.")


KeyFile = Annotated[pathlib.Path, typer.Option("--key", metavar="FILE", help="The file with the key.")]


@app.command()
def backup(
    store: StoreFolder,
    file: Annotated[pathlib.Path, typer.Argument(metavar="FILE", help="Where to write it; it must not be there.")],
    key: Annotated[pathlib.Path | None, typer.Option("--key", metavar="FILE", help="The file with the key.")] = None,
    new_key: Annotated[
        pathlib.Path | None, typer.Option("--new-key", metavar="FILE", help="Make a key, write it there, and use it. Keep it elsewhere.")
    ] = None,
) -> None:
    """Write a store, with its records, to one encrypted file.

    Example: [bold]virtualschool backup store 2026-04-20.backup --key /media/key[/bold]
    """
    from virtualschool import backup as backups
    from virtualschool.errors import WrongUse

    if (key is None) == (new_key is None):
        raise WrongUse("backup", "it needs one of --key and --new-key.", "Write: virtualschool backup STORE FILE --new-key KEYFILE")
    if new_key is not None:
        backups.new_key(new_key)
        key = new_key
    assert key is not None
    size = backups.backup(store, file, backups.read_key(key))
    print(f"{file}: {size:,} bytes, encrypted. Without the key it is of no use to anybody, so keep both, and apart.")


@app.command()
def restore(
    file: Annotated[pathlib.Path, typer.Argument(metavar="FILE", help="A file that backup wrote.")],
    store: Annotated[pathlib.Path, typer.Argument(metavar="STORE", help="A folder that does not exist yet.")],
    key: KeyFile,
) -> None:
    """Make the store of a backup again.

    Example: [bold]virtualschool restore 2026-04-20.backup store --key /media/key[/bold]
    """
    from virtualschool import backup as backups

    backups.restore(file, store, backups.read_key(key))
    print(f"{store} stands again as it was. See it: virtualschool status {store}")


@app.command()
def check(
    files: Annotated[list[pathlib.Path], typer.Argument(metavar="FILES...", help="SSDA903 files, or a folder of them.")],
    last_year: Annotated[
        list[pathlib.Path] | None, typer.Option("--last-year", metavar="FILES...", help="Last year's return, for the rules that compare.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="The year of the return, where the files do not say.")] = None,
    style: Annotated[str, typer.Option("--format", help="table, csv, json, html or xlsx.")] = "table",
    output: Annotated[pathlib.Path | None, typer.Option(help="Write to this file instead.")] = None,
    quiet: Quiet = False,
) -> None:
    """Say what is wrong in a return, rule by rule. Exits with 1 when there are findings.

    Example: [bold]virtualschool check returns/2025 --last-year returns/2024[/bold]
    """
    from virtualschool import pipeline
    from virtualschool.reports import listing

    listing.check_style(style, output)
    with progress(quiet) as tell:
        checked = pipeline.check_files(files, last_year or [], year, tell)
    listing.checked(checked, style, output)
    raise typer.Exit(1 if checked.findings else 0)


@app.command()
def build(
    store: StoreFolder,
    sources: Annotated[list[str] | None, typer.Option("--from", metavar="[LA=]PATH...", help="Exactly these files and folders.")] = None,
    add: Annotated[
        list[str] | None, typer.Option("--add", metavar="[LA=]PATH...", help="The files of the store, with these added or in their place.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="What links: duckdb, or spark for a national host (pyspark and Java 17); the result is the same.")
    ] = "duckdb",
    quiet: Quiet = False,
) -> None:
    """Read files and make a snapshot of the store: the whole pipeline, up to publishable facts.

    Example: [bold]virtualschool build store --from returns education[/bold]
    """
    from virtualschool import pipeline
    from virtualschool.errors import WrongUse, unknown
    from virtualschool.reports import listing

    if engine not in pipeline.ENGINES:
        raise unknown("Engine", engine, pipeline.ENGINES)
    if bool(sources) == bool(add):
        raise WrongUse("build", "it needs one of --from and --add.", "Write: virtualschool build STORE --from PATH")
    with progress(quiet) as tell:
        snapshot = pipeline.build(store, [source(text) for text in sources or add or []], add=bool(add), engine=engine, tell=tell)
    from virtualschool.web import serving

    serving.after_build(store)
    if not quiet:
        listing.account(snapshot.manifest)


@app.command()
def status(
    store: StoreFolder,
    findings: Annotated[
        bool, typer.Option("--findings", help="List every finding instead: file, row, column, what and what to do.")
    ] = False,
    style: As = Format.table,
) -> None:
    """Print what the store holds: every file with its row account, links and the count of findings; or the findings.

    Example: [bold]virtualschool status store --findings --format csv[/bold]
    """
    from virtualschool.reports import listing
    from virtualschool.store import Store

    snapshot = Store.open(store).current()
    if findings:
        return listing.findings(snapshot, style.value)
    return listing.status(snapshot, style.value)


@app.command()
def links(
    store: StoreFolder,
    truth: Annotated[pathlib.Path | None, typer.Option(help="A CSV of la, child, pupil to judge the links by.")] = None,
    year: Annotated[int | None, typer.Option(help="Only children of that year's return.")] = None,
    style: Annotated[
        str,
        typer.Option(
            "--format", help="table or json: what was linked; html: a page with charts; csv: a row a child, its link or why it has none."
        ),
    ] = "table",
    output: Annotated[pathlib.Path | None, typer.Option(help="Write to this file instead.")] = None,
    child: Annotated[str | None, typer.Option(metavar="TOKEN", help="Explain one child's link too; tokens are in the csv.")] = None,
) -> None:
    """Say how many children are linked to a pupil, how, how sure and how right it is, and why the others are not.

    What it says is exact: it is internal, marked and logged. The csv gives la, child, pupil, method, rule, weight, probability,
    agreed, until, reason, next_step and token, and with a truth whether the link is right; a link that ended with an order stands
    there without its pupil.

    Example: [bold]virtualschool links store --truth practice/truth/links.csv --format html --output links.html[/bold]
    """
    from virtualschool.reports import linking, listing
    from virtualschool.store import Store

    listing.link_style(style)
    listing.links(linking.asked(Store.open(store).current(), style, truth, year, child), style, output)


@app.command()
def review(
    store: StoreFolder,
    la: Annotated[str, typer.Option(help="The authority you act for: its code.")],
    who: Annotated[str, typer.Option("--as", metavar="NAME", help="Your name: every look and decision is kept with it.")],
    accept: Annotated[str | None, typer.Option(metavar="ITEM", help="The child and the pupil are one person.")] = None,
    reject: Annotated[str | None, typer.Option(metavar="ITEM", help="They are not.")] = None,
    unsure: Annotated[str | None, typer.Option(metavar="ITEM", help="You looked and cannot tell.")] = None,
    why: Annotated[str, typer.Option(metavar="TEXT", help="What you went by. Name no child.")] = "",
    style: As = Format.table,
) -> None:
    """List the links that a person is to judge, or judge one of them.

    Example: [bold]virtualschool review store --la V01 --as "A. Person"[/bold]
    """
    from virtualschool.errors import WrongUse
    from virtualschool.link import review as judging
    from virtualschool.reports import proposals
    from virtualschool.store import Store

    snapshot = Store.open(store).current()
    asked = [(name, item) for name, item in (("accept", accept), ("reject", reject), ("unsure", unsure)) if item is not None]
    if len(asked) > 1:
        raise WrongUse("review", "it takes one decision at a time.", "Give one of --accept, --reject and --unsure.")
    if not asked:
        return proposals.proposals(judging.queue(snapshot, la, who, now()), la, style.value)
    ((decision, item),) = asked
    judging.decide(snapshot, la, who, item, decision, why, now())
    print(f"Noted: {decision}. It acts from the next build on: virtualschool build {store} --from …")
    return None


@app.command()
def protect(
    store: StoreFolder,
    la: Annotated[str, typer.Option(help="The authority you act for: its code.")],
    who: Annotated[str, typer.Option("--as", metavar="NAME", help="Your name, which the list keeps.")],
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason, which the list keeps.")],
    add: Annotated[
        str | None, typer.Option(metavar="FILE", help="Children never to be linked, one in a line; - reads standard input.")
    ] = None,
    remove: Annotated[str | None, typer.Option(metavar="FILE", help="Children to take off the list.")] = None,
) -> None:
    """Put children on the encrypted do-not-link list, or take them off it. Prints counts, and nobody.

    Example: [bold]virtualschool protect store --la V01 --as "A. Person" --add children.txt --why "new identity"[/bold]
    """
    from virtualschool.errors import WrongUse
    from virtualschool.link import protected
    from virtualschool.store import Store

    if (add is None) == (remove is None):
        raise WrongUse(
            "protect", "it needs one of --add and --remove.", "Write: virtualschool protect STORE --la CODE --as NAME --add FILE"
        )
    action, file = ("add", add) if add is not None else ("remove", remove or "")
    asked = protected.read_identifiers(text_of(file), "Standard input" if file == "-" else file)
    news, strange = protected.protect(Store(store), la, action, asked, who=who, when=now(), why=why)
    print(f"{'Added' if action == 'add' else 'Removed'}: {news:,} of {len(asked):,}. The others were so already.")
    if strange:
        print(f"In no return of this authority: {strange:,}. See whether they are written as the return writes them.")
    print("It acts from the next build on; build now.")


@app.command()
def measures(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One measure in full.")] = None,
    columns: Annotated[bool, typer.Option("--columns", help="The columns to filter and break down by, with their values.")] = False,
    style: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.table,
) -> None:
    """List the measures, or the columns that figures can be filtered and broken down by.

    Example: [bold]virtualschool measures progress_8[/bold]
    """
    from virtualschool import measures as known
    from virtualschool.reports import listing

    listing.definitions(known.columns() if columns else known.describe(name), style.value, whole=name is not None)


@app.command()
def figures(
    store: StoreFolder,
    names: Annotated[list[str], typer.Argument(metavar="MEASURE...", help="See: virtualschool measures.")],
    year: Annotated[str | None, typer.Option(help="2024 or 2022-2026. Default: the newest that the measure has.")] = None,
    la: Annotated[str, typer.Option(help="Code or name, region, england or all.")] = "all",
    by: Annotated[str | None, typer.Option(metavar="COLUMN,...", help="Break down by these columns.")] = None,
    where: Annotated[str | None, typer.Option(metavar="TEXT", help='Only these children: "age >= 10 and sen = support".')] = None,
    cohort: Annotated[
        str | None, typer.Option(help="12months, march, year, cin or cpp. Default: the measure's own, mostly 12months.")
    ] = None,
    schools: Annotated[str, typer.Option(help="state or all.")] = "state",
    compare: Annotated[
        str | None,
        typer.Option(
            metavar="NAME,...", help="england, region, regions, neighbours, all_pupils, not_looked_after, children_in_need, or codes."
        ),
    ] = None,
    source: Annotated[Where | None, typer.Option(help="From pupils' records or from DfE's files. Default: pupils where held.")] = None,
    release: Annotated[str | None, typer.Option(help="A release of DfE's files. Default: the newest.")] = None,
    audience: Annotated[Audience, typer.Option(help="internal hides nothing, is marked and logged.")] = Audience.public,
    rule: Annotated[
        str | None, typer.Option(metavar="NAME", help="One of DfE's rules of disclosure for all. Default: that of the matching release.")
    ] = None,
    style: As = Format.table,
    output: Annotated[pathlib.Path | None, typer.Option(help="Release them: write to this file, and enter them in the ledger.")] = None,
    name: Annotated[str | None, typer.Option(help="The name of the release in the ledger. Default: the name of the file.")] = None,
) -> None:
    """Print figures of measures, with intervals and comparisons.

    Example: [bold]virtualschool figures store attainment_8 --year 2024 --by sex --compare england,neighbours[/bold]
    """
    from virtualschool import pipeline
    from virtualschool.reports import listing
    from virtualschool.store import Store

    listing.can_be_written(output)  # Before the ledger has it.
    published = pipeline.figures(
        Store.open(store),
        names,
        audience=audience.value,
        year=year,
        la=la,
        by=by,
        where=where,
        cohort=cohort,
        schools=schools,
        compare=compare,
        source=source.value if source else None,
        release=release,
        rule=rule,
        release_as=(name or output.name) if output else name or "",
    )
    with listing.written(output) as out, contextlib.redirect_stdout(out):
        listing.figures(published, style.value)


@app.command()
def releases(store: StoreFolder, style: As = Format.table) -> None:
    """List what has been released from a store: reports, and figures that were written to a file.

    New figures are held against it, so that nothing hidden can be worked out from several releases.

    Example: [bold]virtualschool releases store[/bold]
    """
    from virtualschool import pipeline
    from virtualschool.reports import listing
    from virtualschool.store import Store

    listing.releases(pipeline.releases(Store.open(store)), style.value)


Year = Annotated[int | None, typer.Option(help="One year. Default: the newest with a figure.")]
Together = Annotated[int, typer.Option("--together", min=1, max=5, help="Put so many years together: 3 for small cohorts.")]
Output = Annotated[pathlib.Path | None, typer.Option(help="Write to this file instead.")]
Released = Annotated[
    pathlib.Path | None, typer.Option("--output", help="Release it: write to this file, and enter its figures in the ledger.")
]
WhoFor = Annotated[Audience, typer.Option("--audience", help="internal hides nothing, is marked and logged.")]


@app.command()
def gaps(
    store: StoreFolder,
    names: Annotated[list[str], typer.Argument(metavar="MEASURE...", help="See: virtualschool measures.")],
    year: Annotated[str, typer.Option(help="A span of years: 2022-2026.")],
    la: Annotated[str, typer.Option(help="Code or name, region, england or all.")] = "all",
    to: Annotated[
        str, typer.Option(metavar="NAME,...", help="all_pupils, not_looked_after, children_in_need.")
    ] = "all_pupils,not_looked_after,children_in_need",
    by: Annotated[str | None, typer.Option(metavar="COLUMN,...", help="Break down by these columns.")] = None,
    audience: WhoFor = Audience.public,
    style: As = Format.table,
) -> None:
    """Print gaps to other children over the years, and whether each is narrowing: yes, no or cannot tell.

    Example: [bold]virtualschool gaps store attainment_8 --year 2022-2026 --la V01 --to not_looked_after[/bold]
    """
    from virtualschool.publish.doubt import gap_rows
    from virtualschool.reports import telling
    from virtualschool.store import Store

    others = [name.strip() for name in to.split(",") if name.strip()]
    told = gap_rows(Store.open(store).current(), names, la=la, year=year, others=others, by=by, audience=audience.value)
    groups = [name.strip() for name in (by or "").split(",") if name.strip()]
    shown = ["measure", "la", *groups, "other", "year", "pupils", "value", "other_value", "gap", "gap_low", "gap_high", "since", "until"]
    telling.tell(told, style.value, "Gaps", columns=[*shown, "change", "change_low", "change_high", "narrowing"])


@app.command()
def funnel(
    store: StoreFolder,
    name: Annotated[str, typer.Argument(metavar="MEASURE", help="See: virtualschool measures.")],
    year: Year = None,
    together: Together = 1,
    la: Annotated[str, typer.Option(help="Mark this authority on the plot: code or name.")] = "",
    audience: WhoFor = Audience.public,
    style: Annotated[str, typer.Option("--format", help="table, csv, json, svg (the plot) or html (a page).")] = "table",
    output: Released = None,
) -> None:
    """Show which authorities differ from England by more than chance, given how many children each has.

    Example: [bold]virtualschool funnel store attainment_8 --year 2024 --format svg --output funnel.svg[/bold]
    """
    from virtualschool import places
    from virtualschool.publish.doubt import funnel_told
    from virtualschool.reports import doubt_charts, telling
    from virtualschool.store import Store

    telling.style_of(style, telling.DRAWN, output)
    snapshot = Store.open(store).current()
    own = places.of(snapshot.engine()).authority(la).la if la else ""
    told = funnel_told(snapshot, name, year=year, together=together, audience=audience.value, release_as=output.name if output else "")
    shown = ("la", "la_name", "years", "pupils", "value", "low95", "high95", "wide_low95", "wide_high95", "stands", "more_up", "more_down")
    chart = lambda told: doubt_charts.funnel(told, own)  # noqa: E731
    telling.tell(told, style, told.about["title"], output=output, columns=shown, chart=chart)


@app.command()
def ranks(
    store: StoreFolder,
    name: Annotated[str, typer.Argument(metavar="MEASURE", help="See: virtualschool measures.")],
    year: Year = None,
    together: Together = 1,
    audience: WhoFor = Audience.public,
    style: As = Format.table,
) -> None:
    """Rank authorities with the range that each rank could have, and the chance of being in the lowest quarter.

    Example: [bold]virtualschool ranks store attainment_8 --year 2024 --together 3[/bold]
    """
    from virtualschool.publish.doubt import ranks_told
    from virtualschool.reports import telling
    from virtualschool.store import Store

    told = ranks_told(Store.open(store).current(), name, year=year, together=together, audience=audience.value)
    telling.tell(told, style.value, told.about["title"])


@app.command()
def exceptions(
    store: StoreFolder,
    la: Annotated[str, typer.Option(help="The authority: code or name.")],
    year: Annotated[int, typer.Option(help="The year.")],
    names: Annotated[list[str] | None, typer.Argument(metavar="[MEASURE...]", help="Only these. Default: all.")] = None,
    audience: WhoFor = Audience.public,
    style: Annotated[str, typer.Option("--format", help="table, csv, json or html (a page).")] = "table",
    output: Released = None,
) -> None:
    """List only what differs from England or from the statistical neighbours, with control over so many tests at once.

    Example: [bold]virtualschool exceptions store --la V01 --year 2024[/bold]
    """
    from virtualschool.publish.exceptions import exceptions_told
    from virtualschool.reports import exception_page, telling
    from virtualschool.store import Store

    telling.style_of(style, telling.PAGED, output)
    snapshot, released = Store.open(store).current(), output.name if output else ""
    told = exceptions_told(snapshot, la, year=year, names=names or (), audience=audience.value, release_as=released)
    shown = ("title", "beside", "pupils", "value", "low", "high", "other_value", "difference", "difference_low", "difference_high", "tone")
    title = f"{told.about['la_name']}, {year}: what differs"
    telling.tell(told, style, title, output=output, columns=shown, page_of=exception_page.page)


@app.command()
def equality(
    store: StoreFolder,
    la: Annotated[str, typer.Option(help="Code or name, region or england.")],
    names: Annotated[list[str] | None, typer.Argument(metavar="[MEASURE...]", help="Default: seven outcomes.")] = None,
    year: Annotated[int | None, typer.Option(help="One year. Default: the newest of each measure.")] = None,
    by: Annotated[str, typer.Option(metavar="COLUMN,...", help="The columns.")] = "sex,ethnic_group,sen,disability,unaccompanied",
    audience: WhoFor = Audience.public,
    style: As = Format.table,
) -> None:
    """Print outcomes for groups of children beside the other children, all pupils and England, each with its doubt.

    Example: [bold]virtualschool equality store --la V01 attainment_8 --by sex,sen[/bold]
    """
    from virtualschool.publish.equality import equality_told
    from virtualschool.reports import telling
    from virtualschool.store import Store

    columns = [name.strip() for name in by.split(",") if name.strip()]
    told = equality_told(Store.open(store).current(), names or (), la=la, year=year, columns=columns, audience=audience.value)
    shown = ("measure", "year", "la", "column", "group", "pupils", "value", "low", "high", "others_value", "difference", "difference_low")
    more = ("difference_high", "verdict", "all_pupils_value", "gap", "gap_low", "gap_high", "england_value")
    telling.tell(told, style.value, "Outcomes and gaps of groups", columns=(*shown, *more))


@app.command()
def control(
    store: StoreFolder,
    series: Annotated[str, typer.Argument(metavar="SERIES", help="attendance, suspensions or moves.")],
    la: Annotated[str, typer.Option(help="The authority: code or name; all for the whole store, internal only.")],
    audience: WhoFor = Audience.public,
    style: Annotated[str, typer.Option("--format", help="table, csv, json, svg (the chart) or html (a page).")] = "table",
    output: Released = None,
) -> None:
    """Show a series by term or quarter with the limits it keeps to by itself, and signals of change in plain words.

    Example: [bold]virtualschool control store moves --la V01 --format svg --output moves.svg[/bold]
    """
    from virtualschool.publish.controlled import control_told
    from virtualschool.reports import doubt_charts, telling
    from virtualschool.store import Store

    telling.style_of(style, telling.DRAWN, output)
    released = output.name if output else ""
    told = control_told(Store.open(store).current(), series, la=la, audience=audience.value, release_as=released)
    shown = ("at", "children", "count", "value", "symbol", "centre", "low", "high", "signals")
    title = f"{told.about['title']}, {told.about['unit']}: {told.about['la_name']}"
    telling.tell(told, style, title, output=output, columns=shown, chart=doubt_charts.control)


@app.command()
def targets(
    store: StoreFolder,
    add: Annotated[
        pathlib.Path | None,
        typer.Option(metavar="FILE", help="Set those of a CSV of la, measure, year, target; an empty target takes it back."),
    ] = None,
    who: Annotated[str, typer.Option("--as", metavar="NAME", help="Your name, which is kept with what you set.")] = "",
    la: Annotated[str, typer.Option(help="Code or name. Default: all.")] = "all",
    year: Annotated[int | None, typer.Option(help="One year. Default: all.")] = None,
    audience: WhoFor = Audience.public,
    style: As = Format.table,
    quiet: Quiet = False,
) -> None:
    """Say whether an authority's own targets were met, missed, or cannot be told; or set them.

    Example: [bold]virtualschool targets store --add targets.csv --as "A. Person"[/bold]
    """
    from virtualschool import places
    from virtualschool.benchmarks import targets as kept
    from virtualschool.errors import WrongUse
    from virtualschool.publish.goals import targets_told
    from virtualschool.reports import telling
    from virtualschool.store import Store

    opened = Store.open(store)
    snapshot = opened.current()
    if add is not None:
        if not who.strip():
            raise WrongUse("targets", "what is set is kept with a name.", 'Add: --as "Your Name"')
        found = kept.read(add, places.of(snapshot.engine()))
        count = kept.keep(opened.path, found, who.strip(), now())
        if not quiet:
            say(f"Targets set: {count:,}.")
    told = targets_told(snapshot, la=la, year=year, audience=audience.value)
    telling.tell(told, style.value, "Targets")


@app.command()
def record(
    store: StoreFolder,
    la: Annotated[str, typer.Option(help="The authority: code or name.")],
    since: Annotated[str, typer.Option(metavar="DATE", help="Such as the day of the previous inspection: 2022-06-15.")],
    names: Annotated[list[str] | None, typer.Argument(metavar="[MEASURE...]", help="Only these. Default: all.")] = None,
    audience: WhoFor = Audience.public,
    style: As = Format.table,
) -> None:
    """Print each measure's record since a date in one view: every year, England, targets, and whether it changed.

    Example: [bold]virtualschool record store --la V01 --since 2023-05-20[/bold]
    """
    from virtualschool.publish.goals import record_told
    from virtualschool.reports import telling
    from virtualschool.store import Store

    told = record_told(Store.open(store).current(), names or (), la=la, since=since, audience=audience.value)
    shown = ("measure", "year", "when", "pupils", "value", "low", "high", "england_value", "target", "target_verdict")
    more = ("change_from", "change_to", "change", "change_low", "change_high", "changed")
    telling.tell(told, style.value, f"{told.about['la_name']} since {told.about['since']}", columns=(*shown, *more))


@app.command()
def factors(
    store: StoreFolder,
    name: Annotated[str, typer.Argument(metavar="MEASURE", help="attainment_8, progress_8, ks2_rwm or persistent_absence.")],
    model: Annotated[str, typer.Option(help="all, or who: without absence, suspension and moves, which may be consequences.")] = "all",
    start: Annotated[
        str | None, typer.Option(help="The years with this starting point: ks2, ks1, none. Default: the best there is.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="The model that this year is in; years with one starting point go together.")] = None,
    audience: WhoFor = Audience.public,
    style: Annotated[str, typer.Option("--format", help="table, csv, json or html (a page).")] = "table",
    output: Output = None,
) -> None:
    """Show what makes the most difference to results of looked-after children: effects with intervals, and what they cannot say.

    Example: [bold]virtualschool factors store attainment_8 --model who[/bold]
    """
    from virtualschool.publish.effects import factors_told
    from virtualschool.reports import expecting, telling
    from virtualschool.store import Store

    telling.style_of(style, telling.PAGED, output)
    told = factors_told(Store.open(store).current(), name, model, start, audience.value, year)
    telling.tell_page(told, style, told.about["title"], expecting.factors, output=output, columns=expecting.EFFECTS)


@app.command()
def expected(
    store: StoreFolder,
    name: Annotated[str, typer.Argument(metavar="MEASURE", help="See: virtualschool measures.")],
    la: Annotated[str, typer.Option(help="Code or name, england, several with commas, or all.")] = "all",
    year: Annotated[str | None, typer.Option(help="2024 or 2022-2024. Default: all years together.")] = None,
    method: Annotated[str, typer.Option(help="model, or groups: the rates of England's groups (indirect standardisation).")] = "model",
    by: Annotated[str | None, typer.Option(metavar="COLUMN,...", help="With --method groups: the columns that make groups.")] = None,
    model: Annotated[str, typer.Option(help="With --method model: who, or all for what happened too.")] = "who",
    audience: WhoFor = Audience.public,
    style: Annotated[str, typer.Option("--format", help="table, csv, json or html (a page).")] = "table",
    output: Released = None,
) -> None:
    """Set what authorities' children attained beside what is expected of children like them, with the range of chance.

    Example: [bold]virtualschool expected store attainment_8 --la V01 --year 2024[/bold]
    """
    from virtualschool.publish.expected import expected_told
    from virtualschool.reports import expecting, telling
    from virtualschool.store import Store

    telling.style_of(style, telling.PAGED, output)
    columns = [part.strip() for part in (by or "").split(",") if part.strip()]
    snapshot = Store.open(store).current()
    released = output.name if output else ""
    told = expected_told(
        snapshot, name, la=la, year=year, method=method, by=columns, adjusted=model, audience=audience.value, release_as=released
    )
    telling.tell_page(told, style, told.about["title"], expecting.expected, output=output, columns=expecting.EXPECTED)


@app.command("stand-in")
def stand_in(
    store: StoreFolder,
    name: Annotated[str, typer.Argument(metavar="MEASURE", help="progress_8, ks2_reading_progress or ks2_maths_progress.")],
    year: Annotated[str | None, typer.Option(help="A year without progress, or a span. Default: all of them.")] = None,
    la: Annotated[str, typer.Option(help="Code or name, england, several with commas, or all.")] = "all",
    by: Annotated[str | None, typer.Option(metavar="COLUMN", help="sex, sen, ethnic_group, placement_type or unaccompanied.")] = None,
    audience: WhoFor = Audience.public,
    style: Annotated[str, typer.Option("--format", help="table, csv, json or html (a page).")] = "table",
    output: Output = None,
) -> None:
    """Show what stands in for progress in years that have none: results against what is expected from whatever starting point there is.

    Example: [bold]virtualschool stand-in store progress_8 --year 2025[/bold]
    """
    from virtualschool.publish.stand_in import stand_in_told
    from virtualschool.reports import expecting, telling
    from virtualschool.store import Store

    telling.style_of(style, telling.PAGED, output)
    told = stand_in_told(Store.open(store).current(), name, year=year, la=la, by=by, audience=audience.value)
    columns = [*expecting.STAND_IN[:3], *([by] if by else []), *expecting.STAND_IN[3:]]
    telling.tell_page(told, style, told.about["title"], expecting.stand_in, output=output, columns=columns)


@app.command()
def score(
    results: Annotated[
        pathlib.Path, typer.Argument(metavar="RESULTS", help="CSV: pupil, subject, grade [, qualification, points, size, entered].")
    ],
    ks2: Annotated[pathlib.Path | None, typer.Option(help="CSV: pupil, reading, maths [, ks2_year].")] = None,
    year: Annotated[int | None, typer.Option(help="The year in which key stage 4 ended. Default: the newest with points.")] = None,
    style: As = Format.table,
) -> None:
    """Work out Attainment 8, Progress 8 and the EBacc pupil by pupil from exam results; no store needed.

    Example: [bold]virtualschool score results.csv --ks2 ks2.csv --year 2024[/bold]
    """
    from virtualschool.outcomes.score import score as work_out
    from virtualschool.reports import listing

    listing.scores(work_out(results, ks2, year), style.value)


@app.command()
def judge(
    framework: Annotated[str, typer.Argument(metavar="FRAMEWORK", help="See: virtualschool frameworks. Or a framework's own TOML file.")],
    grades: Annotated[pathlib.Path, typer.Option(metavar="FILE", help='JSON: {"ilacs.leaders": "good"}, by judgement.')],
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Also which change of one grade would cap another, or lift its cap.")
    ] = False,
    style: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.table,
) -> None:
    """Apply the limiting rules of an inspection framework to grades. It never gives a grade.

    Example: [bold]virtualschool judge ilacs-2026 --grades grades.json[/bold]
    """
    from virtualschool import frameworks as known
    from virtualschool.frameworks.grades import grades_of, judged

    chosen, given = known.named(framework), grades_of(grades)
    found = known.judge(chosen, given)
    judged(found, known.changes(chosen, given) if simulate else None, style.value)


@app.command("frameworks")
def list_frameworks(
    name: Annotated[str | None, typer.Argument(metavar="[FRAMEWORK]", help="One framework's criteria, and the figures they have.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="What is in force on this day: 2026-04-01. Default: today.")] = None,
    not_inspected: Annotated[
        bool, typer.Option("--not-inspected", help="For an authority without a standard or short ILACS inspection yet.")
    ] = False,
    outcomes: Annotated[
        pathlib.Path | None, typer.Option("--inspections", metavar="FILE", help="A register of inspections, which says who had one.")
    ] = None,
    la: Annotated[str | None, typer.Option(help="With --inspections: for this authority. Default: for all of them.")] = None,
    given: Annotated[
        pathlib.Path | None, typer.Option("--figures", metavar="FILE", help="Figures from elsewhere, for the criteria of one framework.")
    ] = None,
    style: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.table,
) -> None:
    """List inspection frameworks and say which are in force on a date, or list the criteria of one with their figures.

    Example: [bold]virtualschool frameworks ofsted-2009-lac --figures elsewhere.csv[/bold]
    """
    from virtualschool import frameworks as known
    from virtualschool.errors import WrongUse
    from virtualschool.frameworks import elsewhere, shown

    if (given and not name) or (name and (on or not_inspected or outcomes)) or (la and not outcomes):
        raise WrongUse("frameworks", "these options do not go together.", "See: virtualschool frameworks --help")
    if name:
        chosen, figures_given = known.named(name), elsewhere.read(given) if given else None
        return shown.criteria(chosen, elsewhere.criteria_figures(chosen, figures_given), figures_given, style.value)
    day = shown.day_of(on or now()[:10])
    inspected = False if not_inspected else shown.inspected(outcomes, day, la) if outcomes else None
    subjects = dict.fromkeys(one.subject for one in known.frameworks().values())
    return shown.listed(day, [known.in_force(day, subject, inspected=inspected) for subject in subjects], inspected, style.value)


@app.command()
def inspections(
    file: Annotated[pathlib.Path, typer.Argument(metavar="FILE", help="CSV: la, date, type, framework, area, grade, source.")],
    la: Annotated[str | None, typer.Option(help="One authority and its statistical neighbours: code or name.")] = None,
    store: Annotated[pathlib.Path | None, typer.Option(help="A store whose authorities the file is about. Default: England's.")] = None,
    year: Annotated[int | None, typer.Option(help="The neighbours of this year. Default: of the newest inspection.")] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep it with the records of --store, where the pages of every authority show it.")
    ] = False,
    style: As = Format.table,
) -> None:
    """Read a register of published inspection outcomes: each authority's over time, its neighbours', and care leavers graded apart.

    Example: [bold]virtualschool inspections outcomes.csv --la 301[/bold]
    """
    import getpass

    from virtualschool import places
    from virtualschool.errors import WrongUse
    from virtualschool.frameworks import keeping, register, shown
    from virtualschool.store import Store

    if keep and store is None:
        raise WrongUse("Option --keep", "it is not said where.", "Name the store, too: --store STORE")
    known = places.of(Store.open(store).current().engine()) if store else places.england()
    found = register.read(file, known)
    if keep and store is not None:
        if not found.account.kept:
            raise WrongUse(
                f"File {file}", "no row of it can be used, so it is not kept.", "Read it without --keep, and mend what is wrong."
            )
        keeping.keep(store, keeping.OUTCOMES, file, who=getpass.getuser(), when=now())
    shown.register(found, la, year, style.value)


@app.command()
def readiness(
    store: StoreFolder,
    framework: Annotated[str, typer.Argument(metavar="FRAMEWORK", help="See: virtualschool frameworks.")],
    la: Annotated[str, typer.Option(help="The authority: code or name.")],
    year: Annotated[int, typer.Option(help="The year of the figures.")],
    given: Annotated[pathlib.Path | None, typer.Option("--figures", metavar="FILE", help="Figures from elsewhere.")] = None,
    audience: WhoFor = Audience.public,
    style: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.table,
) -> None:
    """Say, judgement by judgement, what differs from England and neighbours, and test the failings that inspection reports name most.

    Example: [bold]virtualschool readiness store ilacs-2026 --la V01 --year 2024[/bold]
    """
    from virtualschool import frameworks as known
    from virtualschool.frameworks import elsewhere, shown
    from virtualschool.frameworks.readiness import readiness as found
    from virtualschool.store import Store

    chosen, more = known.named(framework), elsewhere.read(given) if given else None
    shown.readiness(found(Store.open(store).current(), chosen, la, year=year, audience=audience.value, elsewhere=more), style.value)


@app.command()
def report(
    store: StoreFolder,
    year: Annotated[int, typer.Option(help="The year that the report is about.")],
    to: Annotated[pathlib.Path, typer.Option(help="The folder to write to.")],
    la: Annotated[str | None, typer.Option(help="The authority: code or name.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every authority of the year; an interrupted run goes on where it stopped.")] = False,
    style: Annotated[str, typer.Option("--format", metavar="FORMAT,...", help="html, xlsx, docx, pdf.")] = "html,xlsx",
    version: Annotated[
        str,
        typer.Option(metavar="VERSION,...", help="annual-report, summary, board, young-people, slides, figures; or all."),
    ] = "annual-report",
    audience: Annotated[Audience, typer.Option(help="internal hides nothing, is marked and logged.")] = Audience.public,
    recorded: Annotated[
        pathlib.Path | None, typer.Option(metavar="FILE", help="What people recorded for the annual report: a CSV, kept with the store.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write an authority's annual report: 20 sections as a page, a workbook, Word and tagged PDF; and its shorter versions.

    Example: [bold]virtualschool report store --la V01 --year 2024 --to reports --format html,xlsx,docx,pdf[/bold]
    """
    from virtualschool import pipeline
    from virtualschool.errors import WrongUse
    from virtualschool.store import Store

    formats, versions = style.split(","), version.split(",")
    if (la is None) != every:
        raise WrongUse("report", "either one authority is named, or all are asked for.", "Give --la CODE or --all.")
    opened = Store.open(store)
    if recorded:
        from virtualschool import places
        from virtualschool.reports.annual import recorded as lines

        if la is None:
            raise WrongUse("--recorded", "it is about one authority.", "Name it: --la CODE")
        lines.keep(opened.path, recorded, places.of(opened.current().engine()).authority(la).la, year)
    with progress(quiet) as tell:
        if la is None:
            written = pipeline.every_report(opened, year, to, formats, audience.value, versions, tell)
        else:
            written = pipeline.report(opened, la, year, to, formats, audience.value, tell, versions)
    for file in written:
        print(file)


pep = Commands(help="Judge personal education plans and their targets by published rules of quality.", no_args_is_help=True)
app.add_typer(pep, name="pep")


@pep.command("targets")
def pep_targets(
    file: Annotated[
        pathlib.Path, typer.Argument(metavar="FILE", help="CSV or JSON: id, target [, baseline, measure, due, owner]; no store needed.")
    ],
    style: As = Format.table,
) -> None:
    """Say of each target whether it is precise, which rules it meets, and what to add.

    Example: [bold]virtualschool pep targets targets.csv --format json[/bold]
    """
    from virtualschool.plans.target_file import judge_file
    from virtualschool.reports import plan_quality

    plan_quality.targets(judge_file(file), style.value)


@pep.command("check")
def pep_check(
    file: Annotated[pathlib.Path, typer.Argument(metavar="FILE", help="A folder of CSV files of plans, or one JSON file.")],
    today: Annotated[str | None, typer.Option(metavar="DATE", help="The day to judge by: 2026-03-31. Default: today.")] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="Suggest a grade to a person by this profile, or by your own: a TOML file.")
    ] = None,
    style: As = Format.table,
) -> None:
    """Judge whole plans by every rule, with an account of their files. Exits with 1 when a rule is not met or a file has a finding.

    Example: [bold]virtualschool pep check plans --profile red_amber_green[/bold]
    """
    from virtualschool.plans import checking
    from virtualschool.reports import plan_quality

    found = checking.check(file, checking.day_of(today), profile)
    plan_quality.plans(found.read, found.judged, style.value)
    raise typer.Exit(1 if found.has_findings else 0)


of_progress = Commands(help="Record children's progress from starting points.", no_args_is_help=True)
app.add_typer(of_progress, name="progress")


@of_progress.command("documents")
def progress_documents(
    output: Annotated[pathlib.Path, typer.Option(help="The folder to write to.")],
    style: Annotated[str, typer.Option("--format", metavar="FORMAT,...", help="docx, pdf.")] = "docx,pdf",
) -> None:
    """Write the ten recording documents, blank: Word to fill in by keyboard and send back, PDF to print and write on.

    Example: [bold]virtualschool progress documents --output documents --format docx[/bold]
    """
    from virtualschool.reports import forms

    for file in forms.write_blank(output, [part.strip().lower() for part in style.split(",") if part.strip()]):
        print(file)


@pep.command("export")
def pep_export(
    store: StoreFolder,
    output: Annotated[pathlib.Path, typer.Option(metavar="FOLDER", help="Where the files go: FOLDER/LA/plans/plans.csv and so on.")],
    la: Annotated[str, typer.Option(help="One authority's code; all of them without it.")] = "",
) -> None:
    """Write the application's own plans and assessments as files, so that the next build takes them in.

    Example: [bold]virtualschool pep export store --output plans && virtualschool build store --add plans[/bold]
    """
    from virtualschool.web import serving

    serving.ready(store)
    from virtualschool.web import by_command

    for line in by_command.export_plans(output, la):
        print(line)


@pep.command("remind")
def pep_remind(
    store: StoreFolder,
    la: Annotated[str, typer.Option(help="One authority's code; all of them without it.")] = "",
) -> None:
    """Remind people of plans that are due soon or late: a message with a link, and no child's detail. Run it once a day.

    Nobody is reminded of the same date twice. E-mail goes out where the council's server is set.

    Example: [bold]virtualschool pep remind store[/bold]
    """
    from virtualschool.web import serving

    serving.ready(store)
    from virtualschool.web import by_command

    for line in by_command.remind(la):
        print(line)


def main() -> None:
    """Run the program; an error for a person is one message, a fault of ours keeps its traceback."""
    if threading.current_thread() is threading.main_thread():
        # What is told to end cleans up as what is interrupted does: a half-made build holds copies of children's files.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app(args=together(sys.argv[1:]), prog_name="virtualschool")
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): nothing is wrong, and Python must not complain when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            say("Stopped. A store is as it was.")
        raise
    except Exception as fault:
        explained = explained_to_a_person(fault)
        if explained is None:
            say_fault(fault)
            sys.exit(3)
        say(str(explained))
        sys.exit(explained.exit_code)


INTERRUPTED = 130


def explained_to_a_person(fault: Exception) -> VirtualSchoolError | None:
    """The error that a person can do something about; None for a fault of ours."""
    if isinstance(fault, VirtualSchoolError):
        return fault
    if isinstance(fault, OSError):
        return of_a_place(fault)
    from virtualschool.store import of_the_engine

    return of_the_engine(fault)


def together(arguments: list[str]) -> list[str]:
    """`--from A B` written as the parser wants it: `--from A --from B`."""
    spelled: list[str] = []
    many = ""
    for argument in arguments:
        if argument in MANY:
            many, waiting = argument, True
            continue
        if argument.startswith("-") and argument != "-":
            many = ""
        if many:
            spelled.append(many)
            waiting = False
        spelled.append(argument)
    return [*spelled, many] if many and waiting else spelled


def source(text: str) -> tuple[str | None, pathlib.Path]:
    """`LA=PATH` or `PATH`; a path that stands as it is written is a path."""
    la, equals, path = text.partition("=")
    if equals and not pathlib.Path(text).exists():
        return la, pathlib.Path(path)
    return None, pathlib.Path(text)


def now() -> str:
    """The time of a decision or a look."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")


def text_of(file: str) -> str:
    """What a file holds, or standard input for `-`."""
    from virtualschool.errors import not_text

    try:
        return sys.stdin.read() if file == "-" else pathlib.Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise not_text(file, fault, "Name a file with one child in each line.") from fault


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator:
    """Tells a terminal, with bars, how far a job is; tells a pipe nothing."""
    if quiet or not sys.stderr.isatty():
        yield lambda step, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description:<28}"),
        BarColumn(),
        TextColumn("{task.completed:>7,.0f}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as bars:
        tasks: dict = {}

        def tell(step: str, done: int, of: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=of)
            bars.update(tasks[step], completed=done, total=of)

        yield tell


def say(text: str) -> None:
    print(text, file=sys.stderr)


def say_fault(fault: Exception) -> None:
    """The traceback without the message, which can hold what belongs to a child; VIRTUALSCHOOL_DEBUG=1 shows it."""
    say("This is a fault of the program, not of your files. Please report the lines below.")
    say("".join(traceback.format_tb(fault.__traceback__)) + type(fault).__name__)
    if os.environ.get("VIRTUALSCHOOL_DEBUG"):
        say(str(fault))
