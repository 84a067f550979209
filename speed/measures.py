"""Measures at the size of England: seconds beside a plain scan of the same columns, and the same work in pandas and in DuckDB's SQL.

    .venv/bin/python speed/measures.py              England: 650,000 pupils with results, ten years of 80,000 looked-after children
    .venv/bin/python speed/measures.py --small      a quick look, a twentieth of it
    .venv/bin/python speed/measures.py --only cohort|breakdowns|asking

What is worked on is made by plain arithmetic (measures_sources.py), in the tables of a store. Each line is the best of several runs, in
this process, of elapsed and of processor seconds; the ratio is of processor seconds to the scan's, which other work on the machine
disturbs least. Ways that do the same work are held to the same answer, and the run ends where they differ.

cohort       Attainment 8, the EBacc and Progress 8 of every pupil from the results of one year
breakdowns   all measures, all authorities, by each column that figures may be broken down by, one at a time, for one year
             sums and what leaves are of all columns, the slower ways of some
asking       one measure over ten years for one authority, filtered by four columns, beside England, region and neighbours, published
"""

import argparse
import pathlib
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import measures_sources as sources
import pyarrow as pa
from pyarrow import parquet

from virtualschool import benchmarks, measures, publish, store, tables
from virtualschool.benchmarks import figure
from virtualschool.outcomes import attainment_8, key_stage_4, points, progress_8, slots_kernel
from virtualschool.outcomes.own_cohort import groups
from virtualschool.outcomes.rules import rules_of
from virtualschool.outcomes.staging import Stage, compiled
from virtualschool.publish import at_once
from virtualschool.publish.releases import Release
from virtualschool.store import Engine, Snapshot

YEAR = 2024
READ = ("pmr", "upn", *points.SPELLING, "discounted", "exam_date", "file", "row")
"""The columns of the results that the work reads."""


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said.add_argument("--small", action="store_true", help="a quick look")
    said.add_argument("--only", choices=("cohort", "breakdowns", "asking"))
    said.add_argument("--without", nargs="*", default=[], choices=("pandas", "expression"), help="slow ways to leave out")
    given = said.parse_args()
    size = 0.05 if given.small else 1
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        if given.only in (None, "cohort"):
            cohort(folder, int(650_000 * size), given.without)
        if given.only in (None, "breakdowns", "asking"):
            snapshot = sources.store(folder / "store", children=int(80_000 * size)).current()
            if given.only in (None, "breakdowns"):
                breakdowns(snapshot)
            if given.only in (None, "asking"):
                asking(snapshot)
                for part, divided in (("half", 2), ("a quarter", 4)):
                    smaller = sources.store(folder / part, children=int(80_000 * size) // divided).current()
                    report(f"ours, alone, {part} of the children", **quantiles(alone(smaller)))


# --- The tables ---


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(work: Callable[[], Any], times: int = 3) -> tuple[float, float, Any]:
    """The best elapsed and processor seconds of several runs, and what the last gave."""
    elapsed, used, found = [], [], None
    for _ in range(times):
        found = None
        began, before = time.perf_counter(), processor()
        found = work()
        elapsed.append(time.perf_counter() - began)
        used.append(processor() - before)
    return min(elapsed), min(used), found


def line(what: str, elapsed: float, used: float, scan: float) -> None:
    print(f"{what:<48}{elapsed:>9.2f}{used:>9.2f}{used / scan:>9.1f}", flush=True)


def heading(what: str) -> None:
    print(f"\n{what}\n{'':<48}{'seconds':>9}{'cpu':>9}{'x scan':>9}")


def report(what: str, **milliseconds: float) -> None:
    print(f"{what:<48}" + "".join(f"  {name} {value:.1f} ms" for name, value in milliseconds.items()), flush=True)


# --- A cohort ---


@contextmanager
def at_key_stage_4(folder: pathlib.Path, pupils: int) -> Iterator[Stage]:
    """The results of so many pupils, as a build has them before it: written, and the year turned to."""
    file = folder / "results.parquet"
    parts = folder / "parts.parquet"
    with parquet.ParquetWriter(parts, tables.ks4_results.arrow) as writer:
        for part in sources.results(pupils, YEAR):
            writer.write_table(part)
    engine = Engine.open(threads=2)
    engine.write_parquet(f"SELECT * FROM read_parquet('{parts}')", file, order_by=("file", "row"))
    for table in tables.EDUCATION:
        engine.empty(table)
    engine.empty(tables.pupil_keys)
    engine.view("ks4_results", [file])
    stage = Stage(engine, folder)
    stage.turn_to(YEAR)
    engine.register("prior_groups", sources.prior_groups(pupils))
    yield stage


def cohort(folder: pathlib.Path, pupils: int, without: list[str]) -> None:
    with at_key_stage_4(folder, pupils) as stage:
        engine = stage.engine
        heading(f"A cohort: {pupils:,} pupils, {engine.value('SELECT count(*) FROM ks4_results'):,} results")
        compile_ahead()
        elapsed, scan, _ = timed(lambda: engine.value(f"SELECT bit_xor(hash({', '.join(READ)})) FROM ks4_results_now"), 5)
        line("scan of the columns that are read", elapsed, scan, scan)
        elapsed, used, ours = timed(lambda: by_kernel(stage))
        line("ours: every pupil's figures", elapsed, used, scan)
        for name, way, times in (
            ("DuckDB's SQL, by hand", by_sql, 2),
            ("pandas", by_pandas, 1),
            ("the expression that ours is held to", by_expression, 1),
        ):
            if any(word in name for word in without):
                continue
            elapsed, used, theirs = timed(lambda way=way: way(stage), times)
            line(name, elapsed, used, scan)
            same(ours, theirs, name)
        print(f"the same answers: Attainment 8 {ours[0]}, Progress 8 {ours[1]} of {ours[2]:,} pupils")


def compile_ahead() -> None:
    """What is compiled once in a process, not once a cohort."""
    rules = rules_of(YEAR)
    for build, arguments, more in (
        (attainment_8.spellings, (), {}),
        (slots_kernel.not_discounted, (), {"by_upn": False}),
        (key_stage_4.repeated, (), {"by_upn": False}),
        (key_stage_4.worked, (rules,), {"by_upn": False}),
        (with_groups, (), {}),
        (scored, (), {}),
    ):
        compiled(build, *arguments, **more)


def same(ours: tuple, theirs: tuple, name: str) -> None:
    if ours != theirs:
        sys.exit(f"{name} differs: {theirs} and not {ours}")


def meant(stage: Stage) -> None:
    stage.look_up(points.MEANINGS, points.meanings(stage.engine.rows(compiled(attainment_8.spellings)), YEAR))


def by_kernel(stage: Stage) -> tuple:
    meant(stage)
    slots_kernel.staged(stage, rules_of(YEAR), YEAR, held=True, by_upn=False)
    return progress(stage)


def by_expression(stage: Stage) -> tuple:
    meant(stage)
    stage.put(attainment_8.REPEATED.get_name(), key_stage_4.repeated, by_upn=False)
    stage.put("worked", key_stage_4.worked, rules_of(YEAR), by_upn=False)
    return progress(stage)


def progress(stage: Stage) -> tuple:
    """Progress 8 of the pupils worked out, with the cohort's own means and floors: (sum of Attainment 8, of Progress 8, pupils)."""
    engine = stage.engine
    engine.define("with_groups", compiled(with_groups))
    counts = [(row["prior_group"], row["attainment_8"], row["n"]) for row in engine.rows(BY_GROUP)]
    stage.look_up(progress_8.GROUPS, progress_8.table(progress_8.Estimates(tuple(groups(counts, per=10, with_floor=True)), "store")))
    engine.define("scored", compiled(scored))
    return tuple(
        next(iter(engine.rows("SELECT sum(attainment_8), sum(progress_8_results), count(progress_8_results) FROM scored"))).values()
    )


BY_GROUP = "SELECT prior_group, attainment_8, count(*) AS n FROM with_groups WHERE prior_group IS NOT NULL GROUP BY ALL ORDER BY ALL"
ELEMENTS = ("english", "maths", "ebacc", "open")


def with_groups():
    """The pupils worked out, each with its prior attainment group, as the definition of Progress 8 takes them."""
    import ibis

    parts = dict.fromkeys(("attainment_8_results", *(f"results_{name}" for name in ELEMENTS)), tables.POINTS)
    made = ibis.table({"pupil": "string", **parts}, name="worked")
    known = ibis.table({"pupil": "string", "prior_group": "int32"}, name="prior_groups")
    found = made.left_join(known.rename(known="pupil"), [("pupil", "known")])
    elements = {f"attainment_8_{name}": found[f"results_{name}"] for name in ELEMENTS}
    return found.select("pupil", "prior_group", attainment_8=found.attainment_8_results, counts=found.prior_group.notnull(), **elements)


def scored():
    import ibis

    return progress_8.with_progress(ibis.table(slots_kernel.defined(with_groups).schema(), name="with_groups"))


def by_sql(stage: Stage) -> tuple:
    """The rules again in one hand-written query, by lists of the best few; the means and floors as ours."""
    meant(stage)
    stage.engine.lay_by("worked", SQL, stage.folder or pathlib.Path())
    return progress(stage)


SQL = """
    WITH entered AS (
        SELECT r.pmr AS pupil, m.kind, m.part, m.same, m.points, m.slots, m.advanced, r.exam_date, r.file, r.row
        FROM ks4_results_now r JOIN result_meanings m ON m.subject = r.subject AND m.grade = r.grade AND m.qualification = r.qualification
        WHERE NOT r.discounted
    ), counted AS (
        SELECT pupil, same, unnest(arg_min({'kind': kind, 'part': part, 'points': points, 'slots': slots},
                                   (NOT advanced, exam_date, -points, file, row)))
        FROM entered GROUP BY pupil, same
    ), best AS (
        SELECT pupil, max(points, 2) FILTER (WHERE kind = 'english') AS english, max(points) FILTER (WHERE kind = 'maths') AS maths,
               max(points, 6) FILTER (WHERE kind = 'ebacc' AND slots = 1) AS ebacc,
               max(points) FILTER (WHERE kind = 'ebacc' AND slots = 2) AS double,
               max(points, 3) FILTER (WHERE kind = 'open') AS others
        FROM counted GROUP BY pupil
    ), laid AS (
        SELECT pupil, english, coalesce(maths, 0) * 2 AS maths, coalesce(others, []) AS others,
               list_reverse_sort(list_concat(coalesce(ebacc, []), CASE WHEN double IS NULL THEN [] ELSE [double, double] END)) AS ebacc
        FROM best
    ), summed AS (
        SELECT pupil, maths, coalesce(english[1], 0) * CASE WHEN len(english) = 2 THEN 2 ELSE 1 END AS english,
               coalesce(list_sum(ebacc[1:3]), 0) AS ebacc,
               coalesce(list_sum(list_reverse_sort(list_concat(others, ebacc[4:], english[2:]))[1:3]), 0) AS open
        FROM laid
    )
    SELECT pupil, CAST((english + maths + ebacc + open) / 100.0 AS DECIMAL(9, 4)) AS attainment_8_results,
           CAST(english / 100.0 AS DECIMAL(9, 4)) AS results_english, CAST(maths / 100.0 AS DECIMAL(9, 4)) AS results_maths,
           CAST(ebacc / 100.0 AS DECIMAL(9, 4)) AS results_ebacc, CAST(open / 100.0 AS DECIMAL(9, 4)) AS results_open
    FROM summed
"""


def by_pandas(stage: Stage) -> tuple:
    """The rules again as people write them in pandas: sort, drop duplicates, rank in groups, sum."""
    import pandas as pd

    meant(stage)
    said = stage.engine.arrow("SELECT subject, qualification, grade, kind, same, points, slots, advanced FROM result_meanings").to_pandas()
    read = parquet.read_table(
        stage.folder / "results.parquet", columns=["pmr", "subject", "qualification", "grade", "discounted", "exam_date", "row"]
    )
    rows = read.to_pandas().loc[lambda t: ~t["discounted"]].merge(said, on=["subject", "qualification", "grade"])
    rows = rows.sort_values(["pmr", "same", "advanced", "exam_date", "points", "row"], ascending=[True, True, False, True, False, True])
    rows = rows.drop_duplicates(["pmr", "same"])[["pmr", "kind", "points", "slots"]]
    rows = pd.concat([rows, rows[rows["slots"] == 2]]).sort_values(["pmr", "points"], ascending=[True, False])
    place = rows.groupby(["pmr", "kind"]).cumcount()
    room = rows["kind"].map({"english": 1, "maths": 1, "ebacc": 3}).fillna(0)
    own, left = rows[place < room], rows[(place >= room) & (rows["kind"] != "maths")]
    left = left[left.groupby("pmr").cumcount() < 3]
    parts = own.groupby(["pmr", "kind"])["points"].sum().unstack(fill_value=0).reindex(columns=["english", "maths", "ebacc"], fill_value=0)
    both = rows[rows["kind"] == "english"].groupby("pmr").size().eq(2)
    every = pd.DataFrame(index=pd.Index(rows["pmr"].unique(), name="pmr")).join(parts).fillna(0).astype("int64")
    every["english"] *= 1 + both.reindex(every.index, fill_value=False).astype("int64")
    every["maths"] *= 2
    every["open"] = left.groupby("pmr")["points"].sum().reindex(every.index, fill_value=0)
    made = {"pupil": pa.array(every.index)}
    for name, source in {"attainment_8_results": every.sum(axis=1), **{f"results_{name}": every[name] for name in ELEMENTS}}.items():
        made[name] = slots_kernel.as_points(source.to_numpy())
    file = (stage.folder or pathlib.Path()) / "worked.parquet"
    parquet.write_table(pa.table(made), file)
    stage.engine.view("worked", [file])
    return progress(stage)


# --- All breakdowns ---


COMPARED = ("sex", "sen", "placement_type")
"""Columns by which the slower ways are done as well."""


def breakdowns(snapshot: Snapshot) -> None:
    year = max(sources.YEARS)
    columns = [name for name, column in benchmarks.FILTERS.items() if column.values or column.type == "boolean"]
    names = [name for name, measure in measures.ALL.items() if measure.of_children]
    engine = snapshot.engine(threads=2)
    heading(f"All breakdowns: {len(names)} measures, every authority, {len(columns)} columns one at a time, {year}")
    amounts = ", ".join(f'"{name}__{part}"' for name in names for part in "nd")
    elapsed, scan, _ = timed(lambda: engine.value(f"SELECT bit_xor(hash({amounts})) FROM facts WHERE year = {year}"), 3)
    line("scan of the columns of all measures", elapsed, scan, scan)
    lasting = snapshot.engine(threads=2, lasting=True)
    elapsed, used, _ = timed(lambda: fetched(lasting, names), 1)
    line("ours: fetching ten years of them, once", elapsed, used, scan)
    elapsed, used, found = timed(lambda: sum(map(len, all_sums(lasting, names, columns, year))), 1)
    line(f"ours: the sums of {found:,} figures", elapsed, used, scan)
    ours = list(all_sums(lasting, names, COMPARED, year))
    elapsed, used, queried = timed(lambda: list(all_sums(engine, names, COMPARED, year)), 1)
    line(f"DuckDB's SQL, by hand, {len(COMPARED)} of the columns", elapsed, used, scan)
    if any(one != other for one, other in zip(ours, queried, strict=True)):
        sys.exit("The sums of the columns and of the query differ.")
    frames = {schools: frame_of(engine, names, year, schools) for schools in ("state", "all")}
    elapsed, used, summed = timed(lambda: [by_column(frames, names, column) for column in COMPARED], 1)
    line(f"pandas, without squares, {len(COMPARED)} of the columns", elapsed, used, scan)
    for theirs, own in zip(summed, ours, strict=True):
        if theirs != {key: int(sums.numerator * 10**6) for key, sums in own.items() if sums.pupils}:
            sys.exit("The sums of the columns and of pandas differ.")
    one, others = COMPARED[0], list(columns)
    elapsed, used, theirs = timed(lambda: one_by_one(lasting, snapshot, names, one, year), 1)
    line(f"ours, one by one: {len(theirs):,} figures by {one}", elapsed, used, scan)
    if theirs != at_once.published(lasting, snapshot.manifest, benchmarks.parse(lasting, names, year=year, by=one)).rows:
        sys.exit("Figures that are published at once and one by one differ.")
    elapsed, used, cells = timed(lambda: published_all(snapshot, names, others, year), 1)
    line(f"ours: {cells:,} figures from file to rows", elapsed, used, scan)


def fetched(engine: Engine, names: list[str]) -> list:
    """Asks once for every measure, so that the columns are there."""
    return [figure.of_children(engine, [measures.named(name) for name in names], [max(sources.YEARS)], None, benchmarks.Request(()))]


def all_sums(engine: Engine, names: list[str], columns: Iterable[str], year: int) -> Iterator[Mapping]:
    chosen = [measures.named(name) for name in names]
    for column in columns:
        yield figure.of_children(engine, chosen, [year], None, benchmarks.Request(tuple(names), by=(column,)))


def frame_of(engine: Engine, names: list[str], year: int, schools: str) -> Any:
    """The columns of one year in pandas, amounts as whole millionths."""
    kept = "state_funded IS NOT FALSE" if schools == "state" else "true"
    cohorts = sorted({benchmarks.request.COHORTS[measures.named(name).cohort] for name in names})
    amounts = ", ".join(f'CAST("{name}__n" * 1000000 AS DOUBLE) AS "{name}"' for name in names)
    query = f"SELECT la, {', '.join((*COMPARED, *cohorts))}, {amounts} FROM facts WHERE year = {year} AND {kept}"
    return engine.arrow(query).to_pandas()


def by_column(frames: dict, names: list[str], column: str) -> dict:
    """Numerators of every measure by authority and one column, as millionths, of those in whom someone counts."""
    found = {}
    of_kind: dict[tuple, list[str]] = {}
    for name in names:
        measure = measures.named(name)
        schools = "state" if measure.of_schools else "all"
        of_kind.setdefault((schools, benchmarks.request.COHORTS[measure.cohort]), []).append(name)
    for (schools, cohort), alike in of_kind.items():
        frame = frames[schools]
        groups = frame[frame[cohort].fillna(False).astype(bool)].groupby(["la", column], observed=True, dropna=False)[alike]
        sums, counts = groups.sum(), groups.count()
        for name in alike:
            for (la, word), total in sums[name][counts[name] > 0].items():
                found[name, max(sources.YEARS), la, (word,)] = int(total)
    return found


def one_by_one(engine: Engine, snapshot: Snapshot, names: list[str], column: str, year: int) -> list:
    request = benchmarks.parse(engine, names, year=year, by=column)
    return publish.publish(benchmarks.figures(engine, snapshot.manifest, request), "public").rows


def published_all(snapshot: Snapshot, names: list[str], columns: list[str], year: int) -> int:
    """Everything: the columns fetched, summed, with doubt, hidden and rounded, by each column and by none; how many figures that is."""
    store.forget()
    engine, number = snapshot.engine(threads=2, lasting=True), 0
    for column in (None, *columns):
        number += len(at_once.published(engine, snapshot.manifest, benchmarks.parse(engine, names, year=year, by=column)).rows)
    return number


# --- Asking ---

FILTERED = sources.ALL_YEARS


def asking(snapshot: Snapshot) -> None:
    rows = snapshot.engine().value("SELECT count(*) FROM facts")
    print(f"\nAsking: {rows:,} rows of ten years, one authority, four filters, beside England, region and neighbours")
    engine = snapshot.engine(threads=2, lasting=True)
    las = [at.la for at in benchmarks.request.places.of(engine).authorities.values() if at.existed_in(2026)]
    report("ours, alone", **quantiles(alone(snapshot)))
    report("ours, eight at once", **quantiles(together(snapshot)))
    again = one_request(random.Random(1), las)
    ask(engine, snapshot, **again)
    report("ours, asked before", **quantiles([milliseconds(lambda: ask(engine, snapshot, **again)) for _ in range(200)]))
    looks(snapshot, engine, las)
    plain = snapshot.engine(threads=2)
    report(
        "one query of DuckDB, sums alone",
        **quantiles([milliseconds(lambda n=n: sums_alone(plain, one_request(random.Random(n), las))) for n in range(30)]),
    )
    for n in range(5):
        wanted = one_request(random.Random(n), las)
        if sums_alone(plain, wanted) != sums_alone(engine, wanted):
            sys.exit("The sums of the columns and of the query differ.")
    pandas_alone(snapshot, las)


def quantiles(found: list[tuple[float, float]]) -> dict[str, float]:
    """The middle and the 95th percentile of elapsed milliseconds, and the middle of the processor's."""
    elapsed, used = zip(*found, strict=True)
    return {"p50": statistics.median(elapsed), "p95": statistics.quantiles(elapsed, n=20)[-1], "cpu p50": statistics.median(used)}


def milliseconds(work: Callable[[], Any]) -> tuple[float, float]:
    """Elapsed and processor milliseconds; the processor's are the whole process's."""
    began, before = time.perf_counter(), processor()
    work()
    return (time.perf_counter() - began) * 1000, (processor() - before) * 1000


def looks(snapshot: Snapshot, engine: Engine, las: list[str]) -> None:
    """What it adds to hold a figure against the ledger, once a measure has been released for every authority and England."""
    whole = {"year": 2026, "compare": "england,region"}
    entered = Release(snapshot, engine, "made")
    request = benchmarks.parse(engine, ["ehcp"], **whole)
    publish.publish(benchmarks.figures(engine, snapshot.manifest, request), "public", beside=entered.of(request))
    entered.enter()
    for what, name in (("released before", "ehcp"), ("not released", "attainment_8")):
        times: dict[str, list] = {"first": [], "again": []}
        for la in las[:40]:
            asked = benchmarks.parse(engine, [name], la=la, **whole)
            found = benchmarks.figures(engine, snapshot.manifest, asked)
            for when in times:
                beside = Release(snapshot, engine).of(asked)
                times[when].append(milliseconds(lambda found=found, beside=beside: publish.publish(found, "public", beside=beside)))
        for when, listed in times.items():
            report(f"held against the ledger, {what}, {when}", **quantiles(listed))


def one_request(chance: random.Random, las: list[str]) -> dict:
    """A request by chance: which measure, whose, and four conditions."""

    def some(name: str, number: int) -> str:
        return f"{name} in ({', '.join(chance.sample(benchmarks.FILTERS[name].values, number))})"

    where = " and ".join((some("sex", 1), some("sen", 2), some("placement_type", 3), some("length_of_care", 2)))
    compare = "england,region,neighbours"
    return {"names": [chance.choice(FILTERED)], "la": chance.choice(las), "year": "2017-2026", "where": where, "compare": compare}


def ask(engine: Engine, snapshot: Snapshot, names: list[str], **asked) -> publish.Published:
    request = benchmarks.parse(engine, names, **asked)
    return publish.publish(benchmarks.figures(engine, snapshot.manifest, request), "public")


def alone(snapshot: Snapshot, number: int = 100) -> list[tuple[float, float]]:
    """Milliseconds of different requests, one after the other, once each measure and column has been asked for."""
    engine = snapshot.engine(threads=2, lasting=True)
    las = [at.la for at in benchmarks.request.places.of(engine).authorities.values() if at.existed_in(2026)]
    warm(engine, snapshot, las)
    chance = random.Random(7)
    return [milliseconds(lambda: ask(engine, snapshot, **one_request(chance, las))) for _ in range(number)]


def warm(engine: Engine, snapshot: Snapshot, las: list[str]) -> None:
    for name in FILTERED:
        ask(engine, snapshot, **{**one_request(random.Random(3), las), "names": [name]})


def together(snapshot: Snapshot, number: int = 160, clients: int = 8) -> list[tuple[float, float]]:
    """The same from several threads, each with a cursor of its own."""
    engine = snapshot.engine(threads=2, lasting=True)
    las = [at.la for at in benchmarks.request.places.of(engine).authorities.values() if at.existed_in(2026)]
    warm(engine, snapshot, las)

    def client(seed: int) -> list[tuple[float, float]]:
        chance, cursor = random.Random(1000 + seed), engine.cursor()
        return [milliseconds(lambda: ask(cursor, snapshot, **one_request(chance, las))) for _ in range(number // clients)]

    with ThreadPoolExecutor(clients) as pool:
        return [one for found in pool.map(client, range(clients)) for one in found]


def sums_alone(engine: Engine, wanted: dict) -> dict:
    """The sums behind a request, for every authority: by the query, or by the kernel on an engine that lasts."""
    request = benchmarks.parse(engine, wanted["names"], **{name: value for name, value in wanted.items() if name != "names"})
    return figure.of_children(engine, [measures.named(name) for name in request.measures], request.years or (), None, request)


def pandas_alone(snapshot: Snapshot, las: list[str]) -> None:
    """The same sums in pandas, from a frame that holds the columns already."""
    needed = [
        "la",
        "year",
        "sex",
        "sen",
        "placement_type",
        "length_of_care",
        "looked_after_12_months",
        "state_funded",
        "ehcp__n",
        "ehcp__d",
    ]
    frame = snapshot.engine().arrow(f"SELECT {', '.join(needed)} FROM facts").to_pandas()
    for name in ("ehcp__n", "ehcp__d"):
        frame[name] = (frame[name].astype("float64") * 10**6).round().astype("Int64")
    for name in ("la", "sex", "sen", "placement_type", "length_of_care"):
        frame[name] = frame[name].astype("category")
    engine = snapshot.engine(threads=2)
    wanted = one_request(random.Random(0), las) | {"names": ["ehcp"]}
    request = benchmarks.parse(engine, wanted["names"], **{name: value for name, value in wanted.items() if name != "names"})

    def work():
        kept = frame["looked_after_12_months"] & (frame["state_funded"] != False)  # noqa: E712
        for condition in request.where:
            kept &= frame[condition.column].isin(condition.values)
        return frame[kept].groupby(["year", "la"], observed=True)[["ehcp__n", "ehcp__d"]].sum()

    report("pandas, sums alone", **quantiles([milliseconds(work) for _ in range(20)]))
    ours = sum((found.numerator for found in sums_alone(engine, wanted).values()), Decimal(0))
    if int(work()["ehcp__n"].sum()) != int(ours * 10**6):
        sys.exit("The sums of pandas and of the query differ.")


if __name__ == "__main__":
    main()
