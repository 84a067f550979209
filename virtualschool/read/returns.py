"""The files of one folder as returns: the authority and year that hold for records that do not name their own."""

from collections import Counter
from dataclasses import dataclass

import pyarrow as pa

from virtualschool import tables
from virtualschool.read import values, whose
from virtualschool.read.account import Log
from virtualschool.read.headings import Recognised
from virtualschool.read.opening import Found
from virtualschool.read.whose import UNKNOWN
from virtualschool.store import Engine


@dataclass
class Returns:
    """What tells whose a file is, and when."""

    engine: Engine
    log: Log

    def whose_and_when(self, folder: list[Found]) -> list[Found]:
        """The same parts, with the authority and year that hold for records that do not name their own."""
        returns: dict[tuple, list[Found]] = {}
        for found in folder:
            found.la, found.year = found.told.la or found.said_la or found.told.word_la, found.told.year
            if isinstance(found.says, Recognised) and found.says.year:
                if found.told.own_year and found.told.own_year != found.says.year:
                    found.year = found.says.year
                    self.disagree(found, found.says.year, "its headings", found.told.own_year)
                found.year = found.says.year
            if found.table.of_authorities and isinstance(found.says, Recognised):
                found.blocks = list(found.batches())
                returns.setdefault((found.table.family, found.told.own_la, found.told.own_year), []).append(found)
            elif found.said_la and found.told.la and found.said_la != found.told.la:
                self.disagree_about_la(found)
        if not returns:
            return folder
        days = {key: self.days(each) for key, each in returns.items()}
        all_days = [sum((each[place] for each in days.values()), Counter()) for place in (0, 1)]
        for key, each in returns.items():
            if key[0] == "plans":
                self.one_return(each, Counter(), Counter())  # Each plan says its own days.
                continue
            # Files that bear a code or year of their own but come without episodes are dated by those of the folder.
            self.one_return(each, *(days[key] if any(days[key]) else all_days))
        return folder

    def one_return(self, files: list[Found], began: Counter, ended: Counter) -> None:
        of_path = files[0].told.own_year or files[0].told.year
        year, most = whose.care_year(began, ended, of_path)
        for found in files:
            found.year = year
            if found.said_la and found.told.la and found.said_la != found.told.la:
                self.disagree_about_la(found)
        if homeless := [found for found in files if found.la is None]:
            for found in homeless:
                found.la = UNKNOWN
            if unsaid := [found for found in homeless if self.some_blank(found, "la")]:
                self.log.find(
                    unsaid[0].account.name,
                    0,
                    "",
                    f"nothing tells whose {'this file is' if len(unsaid) == 1 else f'the {len(unsaid)} files of this return are'}; "
                    "the records are kept without an authority.",
                    "Put it in a folder named after the authority's code, or name the code: 301=FOLDER.",
                    "unknown authority",
                    year=year,
                )
        if most and of_path and year != of_path and (undated := [found for found in files if self.some_blank(found, "year")]):
            self.disagree(undated[0], most, "most days on which its episodes begin and end", of_path)

    def days(self, files: list[Found]) -> tuple[Counter, Counter]:
        """The days on which episodes of a return began and ended, each counted, of files that do not name their year."""
        days: dict[str, Counter] = {"decom": Counter(), "dec": Counter()}
        for found in files:
            if found.table is not tables.episodes or not isinstance(found.says, Recognised) or not found.blocks:
                continue
            if "year" in found.says.columns:
                continue
            for column, counts in days.items():
                if not (places := found.says.columns.get(column, ())):
                    continue
                texts = pa.table({"text": pa.chunked_array([batch.column(places[0]) for _, batch in found.blocks])})
                self.engine.register("days_now", texts)
                each = f"SELECT text, count(*) AS records FROM (SELECT {values.trimmed('text')} AS text FROM days_now) GROUP BY text"
                day = f"SELECT {values.without_time('text')} AS text, records FROM ({each})"
                for row in self.engine.rows(f"SELECT {values.date('text')} AS day, records FROM ({day})"):
                    if row["day"] and 1990 < row["day"].year < 2100:
                        counts[row["day"]] += row["records"]
        return days["decom"], days["dec"]

    def some_blank(self, found: Found, column: str) -> bool:
        """Whether some record does not say for itself what the file's surroundings have to."""
        assert isinstance(found.says, Recognised)
        if not (places := found.says.columns.get(column, ())):
            return True
        return any(not (cell or "").strip() for _, batch in found.blocks or () for cell in batch.column(places[0]).to_pylist())

    def compare_columns_with_path(self, found: Found) -> None:
        """A finding where all records of a care file name one authority or year, and its path another."""
        if not found.table.of_authorities or not isinstance(found.says, Recognised):
            return
        for column, of_path, do in (("la", found.told.la, "authority"), ("year", found.told.year, "year")):
            low, high = found.account.spans.get(column, (None, None))
            if column in found.says.columns and of_path and low == high and low not in (None, of_path):
                self.log.find(
                    found.account.name,
                    0,
                    found.says.heading_of(column, found.headings),
                    f"by its column this is of {low}, by its path of {of_path}; the column counts.",
                    f"Put it in the folder of its {do}.",
                    column,
                    found.account.la,
                    found.account.year,
                )

    def disagree(self, found: Found, year: int, by: str, of_path: int) -> None:
        self.log.find(
            found.account.name,
            0,
            "",
            f"by {by} this is of {year}, by its path of {of_path}; it is read as {found.year}.",
            "Put it in the folder of its year.",
            "year",
            found.la,
            found.year,
        )

    def disagree_about_la(self, found: Found) -> None:
        self.log.find(
            found.account.name,
            0,
            "",
            f"by its path this is a file of {found.told.la}, by the command of {found.said_la}; it is read as {found.la}.",
            "Put it in the folder of its authority.",
            "unknown authority",
            found.la,
            found.year,
        )
