"""How long the annual reports of every authority take, in all formats: `python speed/reports.py STORE YEAR [PROCESSES]`.

Prints the seconds of each part, processor seconds for each authority, and what 152 of them would take on two processors at that rate. What
is written goes to a folder that is thrown away; the release is entered in a copy of the store's ledger, not in the store.
"""

import pathlib
import resource
import shutil
import sys
import tempfile
import time

from virtualschool import reports
from virtualschool.store import Store

AUTHORITIES, PROCESSORS, GOAL = 152, 2, 600


def processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(store: pathlib.Path, year: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "store"
        shutil.copytree(store, copy, symlinks=True)
        began, marks = time.perf_counter(), {}

        def tell(step: str, done: int, of: int) -> None:
            marks.setdefault(step, []).append((time.perf_counter() - began, done, of))

        written = reports.write_all(
            Store.open(copy).current(), year, pathlib.Path(folder) / "reports", reports.EVERY_FORMAT, "public", "speed", tell=tell
        )
        whole, used = time.perf_counter() - began, processor_seconds()
        number = marks["Reports"][-1][2]
        figures = marks["Figures"][-1][0]
        print(f"authorities            {number:>10}")
        print(f"files                  {len(written):>10}")
        print(f"figures, seconds       {figures:>10.1f}")
        print(f"files, seconds         {whole - figures:>10.1f}")
        print(f"whole, seconds         {whole:>10.1f}")
        print(f"processor seconds      {used:>10.1f}")
        print(f"  for each authority   {used / number:>10.2f}")
        print(f"{AUTHORITIES} on {PROCESSORS} processors    {used / number * AUTHORITIES / PROCESSORS:>10.0f}  (goal {GOAL})")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
