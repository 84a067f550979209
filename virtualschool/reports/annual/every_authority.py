"""The annual reports of every authority in one go: what is done stays done, so that an interrupted run goes on where it stopped.

`DIR/.reports-<year>-<audience>/` says what the run is of (`run.json`), holds its figures (`figures.json`) and the authorities that are done
(`done`); it is taken away when all are.
"""

import contextlib
import json
import multiprocessing
import os
import pathlib
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from virtualschool import __version__
from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.reports.annual import together, writing
from virtualschool.reports.annual.together import Handed, Together
from virtualschool.reports.asking import Asked
from virtualschool.store import Engine, Snapshot, Store

Tell = Callable[[str, int, int], None]
MOST_PROCESSES = 8


def write_all(
    snapshot: Snapshot,
    year: int,
    folder: pathlib.Path,
    formats: Sequence[str],
    audience: str,
    versions: Sequence[str],
    who: str,
    tell: Tell = lambda step, done, of: None,
    processes: int | None = None,
) -> list[pathlib.Path]:
    """The files of every authority's report of a year, those that an earlier run of the same wrote among them.

    Raises WrongUse where the store holds nothing about the year, and, when all others are written, for those that could not be.
    """
    known = _places(snapshot, year, audience, who)
    state = folder / f".reports-{year}-{audience}"
    run = {
        "snapshot": snapshot.name,
        "program": __version__,
        "year": year,
        "audience": audience,
        "formats": list(formats),
        "versions": list(versions),
        "who": who,
        "words": _words(snapshot, year),
    }
    begin(state, run)
    finished = done_before(state, folder)
    # Each process draws; forked ones would hang once a chart has been drawn.
    workers = processes or min(os.cpu_count() or 1, MOST_PROCESSES)
    with alone(), ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        figures = state / "figures.json"
        if figures.exists():
            whole = Together.read(figures)
        else:
            whole = together.ask_all(pool, snapshot, year, audience, who, lambda done, of: tell("Figures", done, of))
            whole.write(figures)
        if audience == "public":
            together.enter(snapshot, year, who, whole.seen)
        rows = together.handed(whole, {la: roles for la, roles in known.items() if la not in finished})
        tell("Reports", len(finished), len(known))
        jobs = {
            pool.submit(
                draw, str(snapshot.store.path), snapshot.name, la, year, audience, who, str(folder), tuple(formats), tuple(versions), mine
            ): la
            for la, mine in rows.items()
        }
        faults = []
        for job in as_completed(jobs):
            la = jobs[job]
            try:
                finished[la] = job.result()
            except VirtualSchoolError as fault:
                faults.append(f"{la}: {fault}")
                continue
            with (state / "done").open("a", encoding="utf-8") as opened:
                opened.write(json.dumps({"la": la, "files": finished[la]}) + "\n")
            tell("Reports", len(finished), len(known))
    if faults:
        raise WrongUse("Reports", f"{len(faults)} could not be written. {' '.join(faults)}", "Put that right and run the command again.")
    shutil.rmtree(state)
    return [folder / name for la in known for name in finished[la]]


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Lets new processes begin without the script that began this one: the command's own script would run the command again."""
    main = sys.modules["__main__"]
    held: dict[str, Any] = {name: main.__dict__[name] for name in ("__file__", "__spec__") if name in main.__dict__}
    main.__dict__.update(dict.fromkeys(held))
    try:
        yield
    finally:
        main.__dict__.update(held)


def begin(state: pathlib.Path, run: dict[str, Any]) -> None:
    """Goes on with a run of the same, and forgets one of anything else."""
    told = state / "run.json"
    if told.exists() and json.loads(told.read_text(encoding="utf-8")) == run:
        return
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    told.write_text(json.dumps(run), encoding="utf-8")


def done_before(state: pathlib.Path, folder: pathlib.Path) -> dict[str, list[str]]:
    """The files of each authority that an earlier run finished, where all of them are still there."""
    if not (state / "done").exists():
        return {}
    found = {}
    for line in (state / "done").read_text(encoding="utf-8").splitlines():
        try:
            held = json.loads(line)
        except ValueError:
            # The run ended in the middle of the line: this authority is done again.
            continue
        if all((folder / name).exists() for name in held["files"]):
            found[held["la"]] = held["files"]
    return found


def _places(snapshot: Snapshot, year: int, audience: str, who: str) -> dict[str, dict[str, str]]:
    """Each authority of the year with the places that it stands beside."""
    engine = snapshot.engine(threads=1)
    rows = engine.rows("SELECT la FROM children WHERE year = ? UNION SELECT la FROM published WHERE year = ? ORDER BY la", [year, year])
    if not rows:
        raise WrongUse("Reports", f"the store holds nothing about {year}.", "Name another year.")
    asked = Asked(snapshot, rows[0]["la"], year, audience, who, engine=engine)
    found = {}
    for la in together.authorities(asked, year):
        found[la] = Asked(snapshot, la, year, audience, who, engine=engine, release=asked.release).roles
    return found


def _words(snapshot: Snapshot, year: int) -> list[list[Any]]:
    """The records that people wrote for these reports, with their sizes and times: other words make another run."""
    folder = snapshot.store.path / "records"
    files = [*folder.glob(f"annual_report/*-{year}.*"), *folder.glob("action_plan*/*")]
    return [[str(file.relative_to(folder)), file.stat().st_size, file.stat().st_mtime_ns] for file in sorted(files)]


_engine: dict[str, tuple[Snapshot, Engine]] = {}
"""The snapshot of this process, opened once."""


def draw(
    store: str,
    name: str,
    la: str,
    year: int,
    audience: str,
    who: str,
    folder: str,
    formats: Sequence[str],
    versions: Sequence[str],
    rows: Handed,
) -> list[str]:
    """Writes the files of one authority, from figures that were asked for already, and says which."""
    key = f"{store}/{name}"
    if key not in _engine:
        snapshot = Snapshot(Store(store), name)
        _engine[key] = snapshot, snapshot.engine(threads=1)
    snapshot, engine = _engine[key]
    asked = Asked(snapshot, la, year, audience, who, engine=engine)
    facts = writing.facts_of(asked, figures=rows)
    target = pathlib.Path(folder)
    files = []
    for version in writing.versions_of(versions):
        base = writing.name_of(la, year, version.name, audience)
        files += [str(file.relative_to(target)) for file in writing.written(facts, version, formats, target, base)]
    return files
