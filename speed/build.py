"""The main job on an invented England: seconds of each step, beside a plain scan of the same education files.

    .venv/bin/python speed/build.py [small|authority|region|england]

The scan reads every column of every file once with the same engine and throws it away. The ratio says how much more than reading the
whole build costs; it is what to watch when a step changes.
"""

import pathlib
import resource
import sys
import tempfile
import time

from virtualschool import pipeline
from virtualschool.invent import invent
from virtualschool.store import Engine, quote


def main(size: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        started = time.perf_counter()
        invent(folder / "in", size, (2022, 2023, 2024, 2025, 2026), 1, pipeline.silent)
        invented = time.perf_counter() - started
        scanned = scan(folder / "in")
        started = time.perf_counter()
        snapshot = pipeline.build(folder / "store", [(None, folder / "in")])
        built = time.perf_counter() - started
    rows = sum(file["read"] for file in snapshot.manifest["files"])
    print(f"{size}: {len(snapshot.manifest['files']):,} files, {rows:,} records")
    print(f"{'step':<12}{'seconds':>9}{'x scan':>9}")
    for step, seconds in (("invent", invented), ("scan", scanned), *snapshot.manifest["steps"].items(), ("build", built)):
        print(f"{step:<12}{seconds:>9.1f}{seconds / scanned:>9.1f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def scan(folder: pathlib.Path) -> float:
    """Seconds to read every value of every file once."""
    engine = Engine.open()
    started = time.perf_counter()
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".csv", ".parquet"):
            reader = "read_parquet({})" if file.suffix == ".parquet" else "read_csv({}, all_varchar=true, ignore_errors=true)"
            engine.run(f"SELECT count(hash(COLUMNS(*))) FROM {reader.format(quote(str(file)))}")
    return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "small")
