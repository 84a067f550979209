"""How right links are with and without each source of evidence, on an invented trial.

    .venv/bin/python speed/link_sources.py [--children 20000 --pupils 1600000 --authorities 40] [--errors fifteen] [--postcodes full]

A comparison is left out as if neither side told of it; the pairs stay the same. `one year` has one return and one census.
"""

import argparse
import csv
import pathlib
import tempfile
from collections.abc import Collection

from virtualschool.invent.trial import ERRORS, Trial, invent_trial, load
from virtualschool.link import link, weighing
from virtualschool.link.comparisons import LEVELS
from virtualschool.link.model import model
from virtualschool.store import Draft, Store

KEPT = ("number", "birth", "sex", "name")
HEADING = f"{'evidence':<34} {'links':>8} {'precision':>10} {'recall':>8}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--children", type=int, default=20_000)
    asked.add_argument("--pupils", type=int, default=1_600_000)
    asked.add_argument("--authorities", type=int, default=40)
    asked.add_argument("--errors", choices=sorted(ERRORS), default="fifteen")
    asked.add_argument("--postcodes", choices=("full", "sector", "care", "census", "none"), default="full")
    given = asked.parse_args()
    size = {"children": given.children, "pupils": given.pupils, "authorities": given.authorities}
    trial = Trial(**size, errors=ERRORS[given.errors], postcodes=given.postcodes)
    print(f"{given.children:,} children, {given.pupils:,} pupils, errors '{given.errors}', postcodes {given.postcodes}\n\n{HEADING}")
    with tempfile.TemporaryDirectory() as scratch:
        compare(trial, pathlib.Path(scratch) / "years", every_source=True)
        compare(
            Trial(**size, years=trial.years[-1:], errors=trial.errors, postcodes=trial.postcodes), pathlib.Path(scratch) / "year", False
        )


def compare(trial: Trial, folder: pathlib.Path, every_source: bool) -> None:
    invent_trial(trial, folder)
    with (folder / "truth.csv").open() as opened:
        truth = {(row["la"], row["child"]): {row["pupil"], row["also"] or row["pupil"]} for row in csv.DictReader(opened)}
    with Store(folder / "store").draft() as draft:
        load(folder, draft)
        draft.rest_empty()
        link(draft)
        exact = [(row["la"], row["child"], row["pupil"]) for row in draft.engine.rows("SELECT * FROM links WHERE method <> 'likely'")]
        if not every_source:
            say("one year, every source", exact + likely(draft, ()), truth)
            return
        say("the exact rules alone", exact, truth)
        say("every source", exact + likely(draft, ()), truth)
        for name in LEVELS:
            if name not in KEPT:
                say(f"without {name}", exact + likely(draft, (name,)), truth)
        say("without home and school", exact + likely(draft, ("place", "school")), truth)
        say("UPN, birth date and sex only", exact + likely(draft, [name for name in LEVELS if name not in KEPT]), truth)


def likely(draft: Draft, without: Collection[str]) -> list[tuple[str, str, str]]:
    weighed = weighing.judged(draft, *weighing.ready(draft), model(), without)
    return weighing.names(weighed.table, weighing.proposals(weighed, model())[0])


def say(evidence: str, links: list[tuple[str, str, str]], truth: dict[tuple[str, str], set[str]]) -> None:
    right = sum(pupil in truth.get((la, child), ()) for la, child, pupil in links)
    print(f"{evidence:<34} {len(links):>8,} {right / len(links):>10.2%} {right / len(truth):>8.2%}", flush=True)


if __name__ == "__main__":
    main()
