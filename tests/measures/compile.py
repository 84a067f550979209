"""Writes what each measure compiles to into `compiled/`, which the tests compare. Run it after a change that was meant."""

import pathlib

from virtualschool import measures

FOLDER = pathlib.Path(__file__).parent / "compiled"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for left in FOLDER.glob("*.sql"):
        left.unlink()
    for measure in measures.ALL.values():
        (FOLDER / f"{measure.name}.sql").write_text(measure.sql + "\n", encoding="utf-8")
