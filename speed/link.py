"""The link step on invented children and pupils: seconds, memory and how right, beside a plain scan, the exact rule and Splink.

    .venv/bin/python speed/link.py                            an authority; a quarter, a half and the whole of England
    .venv/bin/python speed/link.py --small                    a quick look
    .venv/bin/python speed/link.py --children 5000 --pupils 600000 --authorities 10 --errors clerical --postcodes sector --splink

Each trial is invented once. Each method runs in a process of its own, which first scans the columns that links are made on, so that the
ratio is of one process and one run, and memory is that of the method. `seconds` and `x scan` are by the clock, `cpu` and `x cpu` of the
processors, which other work on the machine disturbs less. The scan reads three years of census and the returns, every value
of those columns once, from files in the page cache. Precision is right links of links made, recall right links of children who
are on a census at all. `forbidden` counts links to who an adopted child is since the order: there may be none.

exact     the number, birth date and sex of a census and of a return are the same: one join, as in common use
ours      virtualschool.link.link, with the model that is shipped
splink    Splink as its tutorial sets it up: the newest record of each side, comparisons of its library, u from random
          pairs, m from expectation maximisation, predictions at 0.95, the best one for each child
"""

import argparse
import csv
import importlib.util
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace

from virtualschool.invent.trial import ERRORS, TRIALS, Trial, invent_trial, load
from virtualschool.store import Draft, Engine, Store

Links = list[tuple[str, str, str]]

LINKED_ON = {
    "census": ("year", "pmr", "upn", "former_upn", "dob", "sex", "laestab", "ethnicity", "sen", "fsm", "entry_date", "postcode"),
    "header": ("la", "year", "child", "sex", "dob", "ethnic", "upn"),
    "episodes": ("la", "year", "child", "decom", "dec", "rec", "place", "home_post", "pl_post"),
}
SIZES = {
    "tiny": TRIALS["tiny"],
    "authority": TRIALS["authority"],
    "England / 8": replace(TRIALS["england"], children=12_500, pupils=1_000_000, authorities=19),
    "England / 4": replace(TRIALS["england"], children=25_000, pupils=2_000_000, authorities=38),
    "England / 2": replace(TRIALS["england"], children=50_000, pupils=4_000_000, authorities=76),
    "England": TRIALS["england"],
}
FULL, SMALL = ("authority", "England / 4", "England / 2", "England"), ("tiny", "authority", "England / 8")
HEADING = (
    f"{'trial':<12} {'postcodes':<10} {'method':<8} {'seconds':>8} {'x scan':>7} {'cpu':>8} {'x cpu':>7} {'MiB':>6} {'links':>8}"
    f" {'precision':>10} {'recall':>8} {'forbidden':>9}"
)


def main() -> None:
    given = arguments()
    if given.one:
        print(json.dumps(one(given.one, pathlib.Path(given.folder), given.memory)))
        return
    methods = ["exact", "ours", *(["splink"] if given.splink else [])]
    if given.splink and importlib.util.find_spec("splink") is None:
        print("Splink is not installed here. Install the test lock, or splink==5.0.0, and run this again.")
        methods.remove("splink")
    print(f"errors: {given.errors}, seed {given.seed}")
    print(HEADING)
    for name, trial in trials(given).items():
        for postcodes in given.postcodes:
            with tempfile.TemporaryDirectory() as scratch:
                folder = pathlib.Path(scratch) / "trial"
                began = time.perf_counter()
                invent_trial(replace(trial, postcodes=postcodes, errors=ERRORS[given.errors], seed=given.seed), folder)
                print(f"{name:<12} {postcodes:<10} {'invent':<8} {time.perf_counter() - began:>8.1f}", flush=True)
                for method in methods:
                    report(name, postcodes, method, apart(method, folder, given.memory))


def arguments() -> argparse.Namespace:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said.add_argument("--small", action="store_true", help="a quick look")
    said.add_argument("--sizes", nargs="*", choices=list(SIZES), help="which of the named sizes")
    said.add_argument("--children", type=int)
    said.add_argument("--pupils", type=int)
    said.add_argument("--authorities", type=int, default=10)
    said.add_argument("--errors", default="fifteen", choices=list(ERRORS))
    said.add_argument("--postcodes", nargs="*", default=["full", "none"], choices=["full", "sector", "care", "census", "none"])
    said.add_argument("--seed", type=int, default=1)
    said.add_argument("--splink", action="store_true", help="also Splink, where it is installed")
    said.add_argument("--memory", default="", help="memory limit of the engine, for instance 1GB")
    said.add_argument("--one", help=argparse.SUPPRESS)
    said.add_argument("--folder", help=argparse.SUPPRESS)
    return said.parse_args()


def trials(given: argparse.Namespace) -> dict[str, Trial]:
    if given.children or given.pupils:
        asked = Trial(given.children or 1_200, given.pupils or 300_000, given.authorities)
        return {"asked": asked}
    return {name: SIZES[name] for name in given.sizes or (SMALL if given.small else FULL)}


def apart(method: str, folder: pathlib.Path, memory: str) -> dict:
    """What one method did, in a process of its own."""
    command = [sys.executable, __file__, "--one", method, "--folder", str(folder), "--memory", memory]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    if told.returncode:
        return {"failed": (told.stderr.strip().splitlines() or ["no word why"])[-1]}
    return json.loads(told.stdout.splitlines()[-1])


def report(name: str, postcodes: str, method: str, found: dict) -> None:
    if "failed" in found:
        print(f"{name:<12} {postcodes:<10} {method:<8} failed: {found['failed']}", flush=True)
        return
    if method == "exact":
        print(f"{name:<12} {postcodes:<10} {'scan':<8} {found['scan']:>8.2f} {1:>7.1f} {found['scan_cpu']:>8.2f} {1:>7.1f}")
    print(
        f"{name:<12} {postcodes:<10} {method:<8} {found['seconds']:>8.2f} {found['seconds'] / found['scan']:>7.1f}"
        f" {found['cpu']:>8.2f} {found['cpu'] / found['scan_cpu']:>7.1f} {found['memory']:>6.0f}"
        f" {found['links']:>8,} {found['precision']:>10.5f} {found['recall']:>8.5f} {found['forbidden']:>9}",
        flush=True,
    )


def one(method: str, folder: pathlib.Path, memory: str) -> dict:
    with tempfile.TemporaryDirectory() as place, Store(pathlib.Path(place) / "store").draft(threads=2, memory=memory) as draft:
        load(folder, draft)
        scan(draft.engine)
        scanned, scanned_cpu = map(min, zip(scan(draft.engine), scan(draft.engine), strict=True))
        make = METHODS[method]()
        began, began_cpu = time.perf_counter(), time.process_time()
        links = make(draft)
        seconds, cpu = time.perf_counter() - began, time.process_time() - began_cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        took = {"scan": scanned, "scan_cpu": scanned_cpu, "seconds": seconds, "cpu": cpu, "memory": peak}
        return took | judged(links, folder)


def scan(engine: Engine) -> tuple[float, float]:
    """Seconds to read every value of the columns that links are made on once, by the clock and of the processors."""
    began, began_cpu = time.perf_counter(), time.process_time()
    for table, columns in LINKED_ON.items():
        engine.value(f"SELECT bit_xor(hash({', '.join(columns)})) FROM {table}")
    return time.perf_counter() - began, time.process_time() - began_cpu


def judged(links: Links, folder: pathlib.Path) -> dict:
    true: dict[tuple[str, str], set[str]] = {}
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            true[row["la"], row["child"]] = {row["pupil"], row["also"]} - {""}
    with (folder / "forbidden.csv").open(encoding="utf-8", newline="") as opened:
        forbidden = {(row["la"], row["child"], row["pupil"]) for row in csv.DictReader(opened)}
    right = sum(pupil in true.get((la, child), ()) for la, child, pupil in links)
    return {
        "links": len(links),
        "precision": right / len(links) if links else 0.0,
        "recall": right / len(true) if true else 0.0,
        "forbidden": len(forbidden & set(links)),
    }


def exact() -> Callable[[Draft], Links]:
    return lambda draft: listed(draft.engine, EXACT)


EXACT = """
    SELECT h.la, h.child, any_value(coalesce(c.pmr, c.upn)) AS pupil
    FROM (SELECT DISTINCT la, child, upn, dob, CASE sex WHEN '1' THEN 'M' WHEN '2' THEN 'F' ELSE sex END AS sex FROM header) h
    JOIN census c ON h.upn = c.upn AND h.dob = c.dob AND h.sex = c.sex
    GROUP BY ALL HAVING count(DISTINCT coalesce(c.pmr, c.upn)) = 1
"""


def ours() -> Callable[[Draft], Links]:
    from virtualschool.link import link

    def make(draft: Draft) -> Links:
        link(draft)
        return listed(draft.engine, "SELECT la, child, pupil FROM links")

    return make


def splink() -> Callable[[Draft], Links]:
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    def make(draft: Draft) -> Links:
        engine = draft.engine
        for table in (CARE, PUPILS):
            engine.run(table)
        placed = all(engine.value(f"SELECT count(postcode) > 0 FROM {side}") for side in ("care", "pupils_once"))
        # Pairs drawn at random hardly ever have the same number, so how often they do is given: once in so many pupils.
        once = 1 / engine.value("SELECT count(*) FROM pupils_once")
        comparisons = [
            compare.DamerauLevenshteinAtThresholds("upn", [1, 2]).configure(
                m_probabilities=[0.85, 0.03, 0.02, 0.10], u_probabilities=[once, once * 10, 5e-5, 1 - 5e-5 - once * 11]
            ),
            compare.DateOfBirthComparison("dob", input_is_string=False),
            compare.ExactMatch("sex"),
            compare.ExactMatch("ethnicity").configure(term_frequency_adjustments=True),
            compare.ExactMatch("la").configure(term_frequency_adjustments=True),
        ]
        blocks = [block_on("upn"), block_on("dob", "sex", "la")]
        if placed:
            comparisons.append(compare.PostcodeComparison("postcode"))
            blocks += [block_on("postcode", "sex"), block_on("dob", "sex", "substr(postcode, 1, length(postcode) - 2)")]
        api = DuckDBAPI(engine.connection)
        sides = [api.register("care", dataset_display_name="care"), api.register("pupils_once", dataset_display_name="pupils")]
        settings = SettingsCreator(
            link_type="link_only", comparisons=comparisons, blocking_rules_to_generate_predictions=blocks, retain_matching_columns=False
        )
        linker = Linker(sides, settings, log_level="ERROR")
        linker.training.estimate_probability_two_random_records_match([block_on("upn", "dob")], recall=0.8)
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        # The sample that is usual is too small for one authority, and where pairs by birth date, sex and authority are mostly
        # strangers the maximisation finds no matches among them: so all records, and blocks in which matches are common.
        learn = linker.training.estimate_parameters_using_expectation_maximisation
        learn(block_on("upn"), record_sample_proportion=1.0)
        learn(block_on("dob", "postcode") if placed else block_on("dob", "sex", "la", "ethnicity"), record_sample_proportion=1.0)
        predicted = linker.inference.predict(threshold_match_probability=0.95)
        return listed(engine, BEST.format(predicted.physical_name))

    return make


CARE = """
    CREATE TABLE care AS
    SELECT h.la || '-' || h.child AS unique_id, h.la, CASE WHEN length(h.upn) > 3 THEN h.upn END AS upn, h.dob,
           CASE h.sex WHEN '1' THEN 'M' WHEN '2' THEN 'F' ELSE h.sex END AS sex, nullif(h.ethnic, '') AS ethnicity,
           coalesce(e.pl_post, e.home_post) AS postcode
    FROM (SELECT * FROM header QUALIFY row_number() OVER (PARTITION BY la, child ORDER BY year DESC) = 1) h
    LEFT JOIN (SELECT * FROM episodes QUALIFY row_number() OVER (PARTITION BY la, child ORDER BY year DESC, decom DESC) = 1) e
    USING (la, child)
"""
PUPILS = r"""
    CREATE TABLE pupils_once AS
    SELECT coalesce(c.pmr, c.upn) AS unique_id, s.la, c.upn, c.dob, c.sex, c.ethnicity,
           regexp_replace(replace(c.postcode, ' ', ''), '(...)$', ' \1') AS postcode
    FROM (SELECT * FROM census c WHERE NOT EXISTS (SELECT 1 FROM census n WHERE n.pmr = c.pmr AND n.year > c.year)) c
    LEFT JOIN schools s USING (laestab)
"""
BEST = """
    SELECT split_part(unique_id_l, '-', 1) AS la, split_part(unique_id_l, '-', 2) AS child, unique_id_r AS pupil
    FROM {} QUALIFY row_number() OVER (PARTITION BY unique_id_l ORDER BY match_weight DESC, unique_id_r) = 1
"""


def listed(engine: Engine, query: str) -> Links:
    found = engine.arrow(query)
    return list(zip(*(found[name].to_pylist() for name in ("la", "child", "pupil")), strict=True))


METHODS = {"exact": exact, "ours": ours, "splink": splink}

if __name__ == "__main__":
    main()
