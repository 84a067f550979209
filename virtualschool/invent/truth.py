"""The truth, apart from what a return says: which child of an authority is which pupil, and the effects put in."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from virtualschool.invent.careers import Careers
from virtualschool.invent.england import England
from virtualschool.invent.exams import EFFECTS
from virtualschool.invent.files import write_csv, write_rows
from virtualschool.invent.people import Pupils, fixed
from virtualschool.invent.returns import child_ids, ids_text
from virtualschool.invent.schooling import Schooling


class Truth:
    """Links between children in the returns and pupils in the education tables, gathered year group by year group."""

    def __init__(self, place: England) -> None:
        self.place = place
        self.parts: list[pa.Table] = []

    def add(self, made: Careers, people: Pupils, schooled: Schooling, pairs: np.ndarray, written: dict[int, np.ndarray]) -> None:
        """Children in a header (`pairs`) whose pupil, under the number of that time, is in a table (`written`, by year)."""
        seen = np.zeros(len(made), bool)
        for year, rows in written.items():
            adopted = schooled.adopted_year[rows]
            seen[rows[(adopted == 0) | (adopted > year)]] = True
        child, la = pairs // 1000, pairs % 1000
        child, la = child[seen[child]], la[seen[child]]
        names = pa.array(self.place.codes).take(pa.array(la))
        ids = child_ids(made.group, child, la)
        self.parts.append(pa.table({"la": names, "child": ids_text(ids), "pupil": fixed(people.reference[child])}))

    def write(self, folder: Path) -> None:
        table = pa.concat_tables(self.parts).sort_by([("la", "ascending"), ("child", "ascending")])
        write_csv(folder / "truth" / "links.csv", table)
        write_rows(
            folder / "truth" / "effects.csv", "name,unit,size", [(name, unit, round(size, 4)) for name, (size, unit) in EFFECTS.items()]
        )
