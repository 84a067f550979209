"""Trials of linking: children of returns, pupils of censuses and the truth, straight in the shape of our tables.

A trial is for trying the link step alone, at any size and with any errors. It shares no choice of rates and no way of breaking
things with the invented England, so what links both well leans on neither.

    invent_trial(TRIALS["tiny"], folder)            header, episodes, schools, postcodes, census-YEAR as Parquet, and
        truth.csv        la, child, pupil, also     who is who; `also` is another number that the same pupil has had, if any
        forbidden.csv    la, child, pupil           who an adopted child is since the order: no link, no proposal
    load(folder, draft)                             the same as views of the draft's engine
"""

import csv
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

from virtualschool import tables
from virtualschool.invent.chance import generator
from virtualschool.invent.trial import care as cared
from virtualschool.invent.trial import census as counted
from virtualschool.invent.trial import people as peopled
from virtualschool.invent.trial import returns
from virtualschool.invent.trial.numbers import NONE, allocated, coded, letters_of, number_text, references
from virtualschool.invent.trial.people import NEVER, People
from virtualschool.invent.trial.places import SECONDARY, Places, places, postcode_table, school_table
from virtualschool.invent.trial.rates import ERRORS, Errors
from virtualschool.invent.trial.schooling import in_care, schooling
from virtualschool.store import Draft

__all__ = ["ERRORS", "TRIALS", "Errors", "Trial", "invent_trial", "load"]

ROWS_AT_ONCE = 250_000
POSTCODES = ("full", "sector", "care", "census", "none")


@dataclass(frozen=True)
class Trial:
    """What to invent: how much, with which errors, and which evidence is there.

    `children` come into the returns over the years and `pupils` stand on each census, about. `returning` authorities make
    returns, the largest; all if None. `postcodes` is full, sector (on both sides the sector only), care (full on returns, none on
    censuses), census (the reverse) or none. `absent` is the share of the children who are on no census.
    """

    children: int = 300
    pupils: int = 20_000
    authorities: int = 4
    returning: int | None = None
    years: tuple[int, ...] = (2022, 2023, 2024)
    seed: int = 1
    errors: Errors = field(default_factory=Errors)
    postcodes: str = "full"
    entry_dates: bool = True
    former_upn: bool = True
    pmr: bool = True
    school_postcodes: bool = True
    absent: float = 0.08


TRIALS = {
    "tiny": Trial(),
    "authority": Trial(1_200, 300_000, 5, returning=1),
    "england": Trial(100_000, 8_000_000, 152),
}


def invent_trial(trial: Trial, folder: Path) -> None:
    """Write a trial into a folder: the same trial gives the same rows. Memory is that of one authority."""
    folder.mkdir(parents=True, exist_ok=True)
    made = places(trial.seed, trial.authorities, trial.pupils)
    returning = trial.returning or trial.authorities
    largest = np.argsort(-made.share, kind="stable")[:returning]
    share = np.zeros(trial.authorities)
    share[largest] = made.share[largest] * np.exp(generator(trial.seed, "trial care").normal(0, 0.3, returning))
    counts = np.round(share / share.sum() * trial.children).astype(int)
    write(folder / "postcodes.parquet", postcode_table(made))
    write(folder / "schools.parquet", school_table(made, trial.school_postcodes))
    writers = [Rows(folder / f"census-{year}.parquet") for year in trial.years]
    headers, episodes, truth, forbidden = [], [], [], []
    people = 0
    for la in range(trial.authorities):
        part = _authority(trial, made, la, int(counts[la]), int(returning), largest, people, writers)
        people += part[0]
        headers.append(part[1])
        episodes.append(part[2])
        truth += part[3]
        forbidden += part[4]
    for writer in writers:
        writer.close()
    write(folder / "header.parquet", _numbered(headers))
    write(folder / "episodes.parquet", _numbered(episodes))
    for name, heads, rows in (
        ("truth", ("la", "child", "pupil", "also"), truth),
        ("forbidden", ("la", "child", "pupil"), forbidden),
    ):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows([heads, *rows])


def load(folder: Path, draft: Draft) -> None:
    """The tables of a trial as views of a draft's engine, all others empty. The draft is for trying only: it holds no objects."""
    for name in ("header", "episodes", "postcodes", "schools", "census"):
        draft.engine.view(name, sorted(folder.glob(f"{name}*.parquet")))
        draft.tables[name] = []
    draft.rest_empty()


def write(file: Path, table: pa.Table) -> None:
    parquet.write_table(table, file, compression="zstd", compression_level=1)


class Rows:
    """A Parquet file of one census, written as rows come, some at a time."""

    def __init__(self, file: Path) -> None:
        self.writer = parquet.ParquetWriter(file, tables.census.arrow, compression="zstd", compression_level=1)
        self.held: list[pa.Table] = []
        self.rows = 0

    def add(self, table: pa.Table) -> None:
        self.held.append(table)
        self.rows += len(table)
        if sum(map(len, self.held)) >= ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        if self.held:
            self.writer.write_table(pa.concat_tables(self.held), row_group_size=ROWS_AT_ONCE)
            self.held = []

    def close(self) -> None:
        self.flush()
        self.writer.close()


def _authority(trial: Trial, place: Places, la: int, count: int, returning: int, largest: np.ndarray, before: int, writers: list[Rows]):
    """Invent one authority and write its pupils: how many people, its headers, episodes, truth and forbidden pairs."""
    years, errors = trial.years, trial.errors
    rng = generator(trial.seed, "trial people", la)
    who = peopled.people(rng, place, la, trial.pupils * place.share[la], years)
    rng = generator(trial.seed, "trial children", la)
    if count:
        who = who.joined_by(peopled.newcomers(rng, place, la, round(count * cared.UNACCOMPANIED), years))
    on = peopled.on_roll(who, years)
    chosen = cared.chosen(rng, who, np.any(on, axis=1), count, trial.absent, years)
    rank = int(np.flatnonzero(largest == la)[0]) if la in largest else 0
    care = cared.careers(rng, place, la, who, chosen, np.any(on, axis=1), returning, years)
    care.other_la = largest[(rank + 1 + care.other_la) % returning] if returning > 1 else care.other_la
    care.cut = np.where(care.other_la == la, 0, care.cut)
    _needs(rng, who, care)
    adopted = np.flatnonzero(care.ending == cared.ADOPTED)
    old = care.person[adopted]
    who = who.joined_by(_adopted(rng, place, who, care, adopted, len(years)))
    new = np.arange(len(who) - len(adopted), len(who))
    rng = generator(trial.seed, "trial schools", la)
    school, joined = schooling(rng, place, who, years)
    england = in_care(rng, place, who, care, school, joined, years)
    on = peopled.on_roll(who, years)
    on[care.person] &= england
    days = np.array([peopled.census_day(year) for year in years])
    on[old] &= days[None, :] < care.end[adopted][:, None]
    on[new] &= days[None, :] >= care.end[adopted][:, None]
    rng = generator(trial.seed, "trial numbers", la)
    numbers = _numbers(rng, trial, place, la, who, care, new)
    rng = generator(trial.seed, "trial censuses", la)
    held = counted.addresses(rng, errors, place, who, care, school, years)
    said = counted.reported(rng, errors, who, numbers, on, trial)
    for column, year in enumerate(years):
        rows = counted.census(rng, place, who, numbers, said, on, held, school, joined, column, year, before, writers[column].rows + 2)
        writers[column].add(rows)
    rng = generator(trial.seed, "trial returns", la)
    ids = _ids(rng, len(care), before)
    header = returns.headers(rng, errors, place, la, who, care, numbers, np.any(on, axis=1), ids, years)
    episode = returns.episodes(rng, errors, place, la, who, care, ids, years, trial.postcodes)
    named, also = _names(trial, numbers, before, on, days)
    pairs = dict(zip(ids[:, 0].tolist(), care.person.tolist(), strict=True)) | dict(
        zip(ids[:, 1].tolist(), care.person.tolist(), strict=True)
    )
    seen = np.any(on, axis=1)
    reported = sorted(set(zip(header["la"].to_pylist(), header["child"].to_pylist(), strict=True)))
    truth = [(code, child, named[pairs[int(child)]], also[pairs[int(child)]]) for code, child in reported if seen[pairs[int(child)]]]
    since = {int(one): int(other) for one, other in zip(old, new, strict=True) if seen[other]}
    forbidden = [(code, child, named[since[pairs[int(child)]]]) for code, child in reported if pairs[int(child)] in since]
    return len(who), header, episode, truth, forbidden


def _needs(rng: np.random.Generator, who: People, care: cared.Care) -> None:
    """Far more children in care have a plan, or support, than others."""
    draw = rng.random(len(care))
    more = np.searchsorted((0.52, 0.83), draw)
    who.sen[care.person] = np.where(who.unaccompanied[care.person], who.sen[care.person], np.maximum(who.sen[care.person], more))
    who.special[care.person] |= (who.sen[care.person] == 2) & (rng.random(len(care)) < 0.25)


def _adopted(rng: np.random.Generator, place: Places, who: People, care: cared.Care, adopted: np.ndarray, years: int) -> People:
    """The same children since the order: another family, another number, and nothing that ties them to the record before."""
    old = care.person[adopted]
    homes = np.repeat(care.post[adopted, cared.MOST].astype(np.int32)[:, None], years + 1, 1)
    return People(
        homes, np.arange(len(old)), who.born[old], who.group[old], who.male[old], who.ethnicity[old], np.zeros(len(old), bool),
        who.english[old], who.sen[old], who.special[old], np.full(len(old), -NEVER), np.full(len(old), NEVER), np.ones(len(old), bool),
        who.sixth[old], np.zeros(len(old), bool), np.zeros(len(old), bool),
    )  # fmt: skip


def _numbers(
    rng: np.random.Generator, trial: Trial, place: Places, la: int, who: People, care: cared.Care, new: np.ndarray
) -> returns.Numbers:
    """Everyone's number, given by the first school in the authority; some had another before."""
    n = len(who)
    primaries = place.own_primaries[np.minimum(place.sector[who.homes[who.family, 0]], len(place.own_primaries) - 1)]
    primaries = primaries[np.arange(n), np.searchsorted((0.6, 0.82, 0.94), rng.random(len(who.homes)))[who.family]]
    first, count = place.own_secondary[la]
    late = who.arrived > who.born + 11 * 365
    elsewhere = place.school_la[primaries] != la
    mine = np.flatnonzero((place.school_la == la) & (place.school_kind != SECONDARY))
    primaries = np.where(elsewhere, mine[(rng.random(n) * len(mine)).astype(np.int64)], primaries)
    given = np.where(late, first + (rng.random(n) * count).astype(np.int64), primaries)
    nursery = (rng.random(len(who.homes)) < 0.35)[who.family]
    year = np.maximum(who.group + 4 - nursery, 1970 + who.arrived // 365)
    year[new] = np.maximum(who.group[new] + 4, trial.years[0] - 1)
    establishment = place.establishment[given]
    present = allocated(rng, la, establishment, year, who.family)
    order = np.lexsort((present, year, establishment))
    neighbour = np.append(order[1:], order[:1])
    same = (establishment[neighbour] == establishment[order]) & (year[neighbour] == year[order])
    back = np.append(order[-1:], order[:-1])
    classmate = np.empty(n, np.int64)
    classmate[order] = np.where(same, present[neighbour], present[back])
    by_family = np.argsort(who.family, kind="stable")
    following = np.append(by_family[1:], by_family[:1])
    previous = np.append(by_family[-1:], by_family[:-1])
    sibling = np.full(n, NONE)
    sibling[by_family] = np.where(
        who.family[following] == who.family[by_family], present[following],
        np.where(who.family[previous] == who.family[by_family], present[previous], NONE),
    )  # fmt: skip
    share = np.full(n, 0.012)
    share[care.person] = trial.errors.upn_replaced
    replaced = rng.random(n) < share
    if trial.errors.upn_replaced == 0:
        replaced[:] = False
    replaced[new] = False
    temporary = rng.random(n) < 0.7
    serial = np.arange(n)
    former = np.where(
        temporary,
        coded(np.full(n, la), establishment, year, serial, temporary=True),
        coded(np.full(n, la), establishment, year, 700 + serial % 299),
    )
    changed = peopled.census_day(trial.years[0]) - 500 + rng.integers(0, 365 * (len(trial.years) + 1), n)
    return returns.Numbers(present, np.where(replaced, former, NONE), changed, classmate, sibling)


def _ids(rng: np.random.Generator, count: int, before: int) -> np.ndarray:
    """Identifiers of children: two for each, the second in the other authority; no two alike in the trial."""
    return (before * 2 + 100_000 + rng.permutation(count * 2)).reshape(count, 2)


def _names(trial: Trial, numbers: returns.Numbers, before: int, on: np.ndarray, days: np.ndarray) -> tuple[list, list]:
    """The pupil that each person is in the store, and another number under which the same person stood, where there is no reference."""
    n = len(numbers.present)
    if trial.pmr:
        return references(trial.seed, before + np.arange(n)).to_pylist(), [None] * n
    earlier = (numbers.former != NONE) & (on & (days[None, :] < numbers.changed[:, None])).any(1)
    later = (on & (days[None, :] >= numbers.changed[:, None])).any(1) | (numbers.former == NONE)
    canonical = np.where(later, numbers.present, numbers.former)
    also = np.where(earlier & later, numbers.former, NONE)
    return number_text(letters_of(canonical)).to_pylist(), number_text(letters_of(also)).to_pylist()


def _numbered(parts: list[pa.Table]) -> pa.Table:
    """The parts as one table, rows numbered through by year, as if each year were a file."""
    whole = pa.concat_tables(parts).sort_by([("year", "ascending"), ("la", "ascending"), ("child", "ascending")])
    year = whole["year"].to_numpy()
    first = np.append(True, year[1:] != year[:-1])
    run = np.arange(len(year)) - np.maximum.accumulate(np.where(first, np.arange(len(year)), 0)) + 2
    whole = whole.set_column(whole.schema.get_field_index("file"), "file", pa.array((year - year.min()).astype(np.int32)))
    return whole.set_column(whole.schema.get_field_index("row"), "row", pa.array(run.astype(np.int32)))
