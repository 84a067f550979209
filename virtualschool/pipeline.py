"""The whole flow on one page: read, check, link, outcomes, marks of plans, cohort, facts, models; each step called once.

`build` makes a snapshot of a store from exactly the files it is given, and from the store's records. `demo` invents an
England and takes it through the same steps, as a person would.
"""

import pathlib
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

from virtualschool import __version__, benchmarks, cohort, link, measures, outcomes, publish, read, reports, spark
from virtualschool.benchmarks import figure
from virtualschool.check import check, compile_rules
from virtualschool.errors import WrongUse
from virtualschool.model import keeping
from virtualschool.plans import limits, marks
from virtualschool.publish import at_once
from virtualschool.publish.ledger import Ledger
from virtualschool.publish.releases import Release
from virtualschool.store import Draft, Snapshot, Store

Tell = Callable[[str, int, int], None]
"""Told which step runs, and how much of it is done of how much."""


def silent(step: str, done: int, of: int) -> None:
    """Tells nobody."""


@dataclass
class Steps:
    """The seconds that each step took."""

    tell: Tell
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self, name: str, step: Callable[..., Any], *arguments) -> Any:
        started = time.perf_counter()
        self.tell(name, 0, 1)
        result = step(*arguments)
        self.tell(name, 1, 1)
        self.seconds[name] = round(time.perf_counter() - started, 3)
        return result


ENGINES = ("duckdb", "spark")


def build(
    path: pathlib.Path,
    sources: Sequence[tuple[str | None, pathlib.Path]],
    *,
    add: bool = False,
    engine: str = "duckdb",
    tell: Tell = silent,
) -> Snapshot:
    """The new current snapshot of the store at `path`, made from `sources`: pairs of an authority (or None) and a path.

    With `add`, the files of the current snapshot are read too, but for those of the same kind, authority and year. `engine` is
    the one that links; everything else runs on the embedded engine.
    Raises WrongUse, Unreadable or Busy; whatever happens, the snapshot that stood before stands until the new one is whole.
    """
    if engine == "spark":
        spark.wanted()  # Said at once, not when the files are read.
    store = Store(path)
    inputs = read.inputs_of(sources, added=add)
    if add:
        inputs = [*read.inputs_kept(Store.open(path).current()), *inputs]
    # Rules take seconds to compile and reading leaves a processor free for it.
    with store.draft() as draft, ThreadPoolExecutor(1) as aside:
        compiled = aside.submit(compile_rules)
        steps = Steps(tell)
        reading = steps.run("Reading", read.read, inputs, draft, tell)
        draft.rest_empty()
        compiled.result()
        checked = steps.run("Checking", check, draft)
        notes = steps.run("Linking", linked, draft, engine)
        notes += steps.run("Outcomes", outcomes.outcomes, draft)
        steps.run("Plans", marks.marks, draft)
        steps.run("Limits", limits.limits, draft)
        steps.run("Cohort", cohort.cohort, draft)
        steps.run("Measures", measures.facts, draft)
        steps.run("Models", keeping.models, draft)
        return draft.finish(manifest(draft, reading, checked, notes, steps))


def linked(draft: Draft, engine: str) -> list[str]:
    """The link step on an engine, from the draft's tables to the draft's tables; its notes."""
    if engine == "duckdb":
        return link.link(draft)
    with spark.engine(draft.engine, draft.scratch / "spark") as national, draft.on(national):
        return link.link(draft)


def manifest(draft: Draft, reading, checked, notes: Sequence[str], steps: Steps) -> dict:
    """What a snapshot says of itself: its inputs and their hashes, row accounts, rules, links, versions, steps and times."""
    count = draft.engine.value
    return {
        "version": __version__,
        "inputs": reading.inputs(),
        "files": [account.to_json() for account in reading.files],
        "findings": count("SELECT count(*) FROM findings"),
        "rules": [asdict(rule) for rule in checked.rules],
        "notes": list(notes),
        "links": {
            "children": count("SELECT count(DISTINCT (la, child)) FROM header"),
            "linked": count("SELECT count(*) FROM links"),
        },
        "measures": {measure.name: measure.version for measure in measures.ALL.values()},
        "steps": steps.seconds,
    }


@dataclass(frozen=True)
class Demo:
    """What the demonstration made: where it is, and the headline figures of the authority it chose."""

    folder: pathlib.Path
    snapshot: Snapshot
    la: str
    year: int
    figures: publish.Published
    reports: list[pathlib.Path]
    seconds: float


def demo(
    folder: pathlib.Path, *, size: str = "region", seed: int = 1, years: Sequence[int] = (2024, 2025, 2026), tell: Tell = silent
) -> Demo:
    """An invented England in `folder`, built into a store, with the figures and the report of its first authority.

    What an earlier demonstration left in the folder is replaced; a folder that holds anything else is refused.
    """
    # What invents, and what draws the report, takes long to import.
    from virtualschool.invent import invent
    from virtualschool.reports.contents import HEADLINES

    started = time.perf_counter()
    clear(folder)
    steps = Steps(tell)
    steps.run("Inventing", invent, folder / "invented", size, tuple(years), seed, tell)
    snapshot = build(folder / "store", [(None, folder / "invented")], tell=tell)
    engine = snapshot.engine()
    year = max(years)
    la = engine.value("SELECT la FROM children WHERE year = ? GROUP BY la ORDER BY count(*) DESC, la LIMIT 1", [year])
    request = benchmarks.parse(engine, HEADLINES, year=f"{min(years)}-{year}", la=la, compare="england,region,neighbours")
    figures = publish.publish(benchmarks.figures(engine, snapshot.manifest, request), "public")
    written = steps.run("Report", reports.write, snapshot, la, year, folder / "report", ("html", "xlsx"), "public")
    return Demo(folder, snapshot, la, year, figures, written, time.perf_counter() - started)


MARK = "made-by-virtualschool-demo"


def clear(folder: pathlib.Path) -> None:
    """Makes the folder, or empties it if a demonstration made it."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise WrongUse(f"Folder {folder}", "it holds things that the demonstration did not make.", "Name another: --folder DIR")
    for made in ("invented", "store", "report"):
        shutil.rmtree(folder / made, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()


def figures(
    store: Store, names: Sequence[str], *, audience: str, rule: str | None = None, release_as: str = "", **asked
) -> publish.Published:
    """The published figures of measures, as asked for in the words of the command; see benchmarks.parse.

    Public ones are held against the ledger of releases; under a name, `release_as`, they become a release themselves.
    """
    snapshot = store.current()
    engine = snapshot.engine(lasting=len(names) > figure.AT_ONCE)
    request = benchmarks.parse(engine, names, **asked)
    log = store.path / "records" / "internal.log"
    if audience == "public" and not (rule or release_as) and at_once.fits(engine, request) and not Ledger(store.path).entries():
        return at_once.published(engine, snapshot.manifest, request)
    found = benchmarks.figures(engine, snapshot.manifest, request)
    if audience != "public":
        return publish.publish(found, audience, log=log, setting=rule)
    release = Release(snapshot, engine, release_as, "figures", rule=rule)
    published = publish.publish(found, audience, log=log, setting=rule, beside=release.of(request))
    release.enter()
    return published


def releases(store: Store) -> list[dict[str, Any]]:
    """What has been released, oldest first: number, name, kind, who, when, snapshot, rule, figures, hidden."""
    shown = ("number", "name", "kind", "who", "when", "snapshot", "rule", "figures", "hidden")
    return [{name: getattr(entry, name) for name in shown} for entry in Ledger(store.path).entries()]


def report(
    store: Store,
    la: str,
    year: int,
    folder: pathlib.Path,
    formats: Sequence[str],
    audience: str,
    tell: Tell = silent,
    versions: Sequence[str] = (reports.ANNUAL,),
) -> list[pathlib.Path]:
    """The files of an authority's report, written to `folder`."""
    return Steps(tell).run("Report", reports.write, store.current(), la, year, folder, formats, audience, "", versions)


def every_report(
    store: Store, year: int, folder: pathlib.Path, formats: Sequence[str], audience: str, versions: Sequence[str], tell: Tell = silent
) -> list[pathlib.Path]:
    """The files of every authority's annual report, written to `folder`; an interrupted run goes on where it stopped."""
    return reports.write_all(store.current(), year, folder, formats, audience, "", versions, tell)


@dataclass(frozen=True)
class Preview:
    """What a build would read of some files: an account of each, and what is wrong in them."""

    files: list[Any]
    findings: list[Any]


def preview(sources: Sequence[tuple[str | None, pathlib.Path]], tell: Tell = silent) -> Preview:
    """What is in some files, read into a store that is thrown away: before a person decides to keep them."""
    with tempfile.TemporaryDirectory() as scratch, Store(pathlib.Path(scratch) / "store").draft() as draft:
        reading = read.read(read.inputs_of(sources), draft, tell)
        draft.rest_empty()
        steps = Steps(tell)
        steps.run("Checking", check, draft)
        return Preview(reading.files, draft.engine.rows('SELECT * FROM findings ORDER BY file, row, rule, "column"'))


def check_files(files: Sequence[pathlib.Path], last_year: Sequence[pathlib.Path], year: int | None, tell: Tell = silent):
    """What is wrong in a return, without a store: the files are read into one that is thrown away.

    Raises WrongUse where the files are no return, since no rule could find anything.
    """
    with tempfile.TemporaryDirectory() as scratch, Store(pathlib.Path(scratch) / "store").draft() as draft:
        inputs = read.inputs_of([(None, file) for file in (*files, *last_year)])
        reading = read.read(inputs, draft, tell)
        if not reading.findings and not any(file.kind.startswith("ssda903.") for file in reading.files):
            raise WrongUse("check", "no file of an SSDA903 return is among these.", "Name the files of a return, or its folder.")
        draft.rest_empty()
        # Last year's return is there to be compared with; what is wrong in it was last year's business.
        newest = draft.engine.value("SELECT max(year) FROM (SELECT year FROM header UNION SELECT year FROM episodes)")
        return check(draft, year=year or (newest if last_year else None))
