"""How long an invented England takes, how much memory, and how both grow with its size.

    python speed/invent.py [small authority region england]

Each size is made in a process of its own for the years 2022 to 2026. What matters is the time for a hundred thousand rows:
it should fall, or stand still, as the England grows.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as parquet

YEARS = (2022, 2023, 2024, 2025, 2026)


def rows(folder: Path) -> int:
    """Records of every table written."""
    lines = sum(path.read_bytes().count(b"\n") - 1 for path in folder.rglob("*.csv"))
    return lines + sum(parquet.read_metadata(path).num_rows for path in folder.rglob("*.parquet"))


def make(size: str) -> None:
    from virtualschool.invent import invent

    with tempfile.TemporaryDirectory() as place:
        began = time.perf_counter()
        invent(Path(place), size, YEARS, 1, lambda *_: None)
        seconds = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found = rows(Path(place))
        disk = sum(path.stat().st_size for path in Path(place).rglob("*") if path.is_file()) / 2**20
    print(f"{size:<10} {seconds:>8.1f} {memory:>8.0f} {disk:>8.0f} {found:>12,} {seconds / found * 100_000:>22.2f}")


if __name__ == "__main__":
    sizes = sys.argv[1:] or ["small", "authority", "region"]
    if sizes[0] == "--one":
        make(sizes[1])
    else:
        print(f"{'size':<10} {'seconds':>8} {'MiB':>8} {'disk MiB':>8} {'rows':>12} {'seconds / 100,000 rows':>22}")
        for size in sizes:
            subprocess.run([sys.executable, __file__, "--one", size], check=True)
