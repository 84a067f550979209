"""Attainment 8 and the EBacc of a whole cohort, in numpy over whole numbers: what key_stage_4.worked says, many times as fast.

The expression is the definition; a test holds this to it on invented cohorts, and an engine that is not the embedded one uses it.
What a result is worth, its slots and its part are known for each spelling, so a result is one number: the pupil in the high bits,
the points from the best down in the low ones. Sorted, a pupil's results of one kind stand together with the best first, and a slot
is a place in that row. A double award stands there twice.
"""

import itertools
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from virtualschool import tables
from virtualschool.outcomes import attainment_8, ebacc, key_stage_4
from virtualschool.outcomes.points import MEANINGS, SPELLING
from virtualschool.outcomes.rules import Rules
from virtualschool.outcomes.staging import Stage, compiled, defined, now
from virtualschool.outcomes.who import with_pupil
from virtualschool.store import ROWS_IN_A_GROUP, Engine

KINDS = ("english", "maths", "ebacc", "open", "none")
PARTS = ("", "language", "literature", "both", "maths", "combined science", *ebacc.SINGLES, "humanities", "foreign language")
AT = {name: number for number, name in enumerate(PARTS)}

BLOCK = 500_000
"""How many results are worked on at a time."""

FAR = 500
"""How many rows of a file may lie between two results of one piece; fewer than an engine's smallest piece has."""


def staged(stage: Stage, rules: Rules, year: int, *, held: bool, by_upn: bool) -> ir.Table:
    """The rows of key_stage_4.worked for the year that is worked on, staged as `worked`: by the kernel where the engine is its own."""
    if not held or stage.engine.dialect != "duckdb":
        stage.put(attainment_8.REPEATED.get_name(), key_stage_4.repeated, held=held, by_upn=by_upn)
        return stage.put("worked", key_stage_4.worked, rules, held=held, by_upn=by_upn)
    file = (stage.folder or pathlib.Path()) / "worked.parquet"
    # Read once and thrown away, so that neither dictionaries nor statistics pay.
    quick = {"compression": "lz4", "use_dictionary": False, "write_statistics": False, "store_decimal_as_integer": True}
    parquet.write_table(worked(stage.engine, rules, year, by_upn=by_upn), file, row_group_size=ROWS_IN_A_GROUP, **quick)
    stage.engine.view("worked", [file])
    return ibis.table(defined(key_stage_4.worked, rules, by_upn=by_upn).schema(), name="worked")


def worked(engine: Engine, rules: Rules, year: int, *, by_upn: bool = True) -> pa.Table:
    """One row a pupil with the columns of key_stage_4.worked, in no fixed order. The results and MEANINGS must have been staged."""
    rows = engine.arrow(f'SELECT * FROM "{MEANINGS.get_name()}"')
    meanings = Meanings.of(rows)
    schema = defined(key_stage_4.worked, rules, by_upn=by_upn).schema().to_pyarrow()
    found = in_order(engine.arrow(numbered(engine, rows, by_upn=by_upn)))
    names, starts = pupils_of(found["pupil"])
    if not stand_together(engine, names):
        found = found.sort_by("pupil")
        names, starts = pupils_of(found["pupil"])
    parts = []
    for first, last in blocks(starts):
        sizes = np.diff(starts[first : last + 1])
        part = found.slice(starts[first], starts[last] - starts[first])
        whose = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        made = measured(*filled(*counting(whose, part, meanings), meanings, len(sizes)), rules)
        made |= {"pupil": names.slice(first, last - first), "year": pa.array(np.full(len(sizes), year, np.int32))}
        parts.append(pa.table([made[field.name].cast(field.type) for field in schema], schema=schema))
    return pa.concat_tables(parts) if parts else schema.empty_table()


@dataclass(frozen=True)
class Meanings:
    """The columns of MEANINGS as numbers: of each spelling its kind, part, subject, points in hundredths, slots, whether it is an AS."""

    kind: np.ndarray
    part: np.ndarray
    same: np.ndarray
    points: np.ndarray
    slots: np.ndarray
    advanced: np.ndarray

    @classmethod
    def of(cls, rows: pa.Table) -> "Meanings":
        kinds = np.array([KINDS.index(kind) for kind in rows["kind"].to_pylist()], np.int8)
        parts = np.array([AT.get(part, 0) for part in rows["part"].to_pylist()], np.int32)
        same, points, slots = (rows[name].to_numpy() for name in ("same", "points", "slots"))
        return cls(kinds, parts, same.astype(np.int64), points.astype(np.int32), slots.astype(np.int8), rows["advanced"].to_numpy())


def blocks(starts: np.ndarray) -> Iterator[tuple[int, int]]:
    """The pupils in turn, first and one past the last, as many at a time as have about BLOCK results. What is worked on then stays near
    the processor, and its memory is used again."""
    first, pupils = 0, len(starts) - 1
    while first < pupils:
        last = max(int(np.searchsorted(starts, starts[first] + BLOCK, "right")) - 1, first + 1)
        yield first, min(last, pupils)
        first = last


def numbered(engine: Engine, meanings: pa.Table, *, by_upn: bool) -> str:
    """The query for the results that DfE has not discounted: pupil, the number of the spelling's meaning, day of the exam, and the place
    (the file in the high half, its row in the low one).

    Every result's spelling is among the meanings, so a few columns that tell those apart tell the results apart, and so does their
    hash while no two of the meanings share one.
    """
    columns = telling_apart(meanings)
    hashed = f"hash({', '.join(columns)})"
    alike = "m.spelt = r.spelt"
    if not engine.value(f'SELECT count(*) = count(DISTINCT {hashed}) FROM "{MEANINGS.get_name()}"'):
        alike = " AND ".join(f'm."{name}" IS NOT DISTINCT FROM r."{name}"' for name in columns)
    return f"""
        SELECT r.pupil, m.meaning, (r.exam_date - DATE '1970-01-01')::INTEGER AS day, r.file::BIGINT << 32 | r.row AS place
        FROM (SELECT *, {hashed} AS spelt FROM ({compiled(not_discounted, by_upn=by_upn)})) r
        JOIN (SELECT (row_number() OVER () - 1)::INTEGER AS meaning, {hashed} AS spelt, * FROM "{MEANINGS.get_name()}") m ON {alike}"""


def telling_apart(meanings: pa.Table) -> list[str]:
    """Columns of a spelling, as few as will do, in which no two of the meanings are alike."""
    rows = list(zip(*(meanings[name].to_pylist() for name in SPELLING), strict=True))
    kept = list(range(len(SPELLING)))
    for without in reversed(range(len(SPELLING))):
        fewer = [at for at in kept if at != without]
        if fewer and len({tuple(row[at] for at in fewer) for row in rows}) == len(rows):
            kept = fewer
    return [SPELLING[at] for at in kept]


def not_discounted(*, by_upn: bool) -> ir.Table:
    """The year's results that may count, each with its pupil."""
    named = with_pupil(attainment_8.admitted(now(tables.ks4_results)), by_upn=by_upn)
    return named.select("pupil", *SPELLING, "exam_date", "file", "row")


def in_order(found: pa.Table) -> pa.Table:
    """The results in the order of the files. Threads hand them over in pieces that are in order, so the pieces are put in theirs."""
    place = found["place"].to_numpy()
    steps = np.diff(place)
    if np.all(steps > 0):
        return found
    cuts = np.flatnonzero((steps < 0) | (steps > FAR)) + 1
    begins, ends = np.concatenate([[0], cuts]), np.concatenate([cuts, [len(place)]])
    turn = np.argsort(place[begins])
    begins, ends = begins[turn], ends[turn]
    if np.any(place[begins[1:]] < place[ends[:-1] - 1]):
        return found.take(pa.array(np.argsort(place)))
    return pa.concat_tables([found.slice(begin, end - begin) for begin, end in zip(begins, ends, strict=True)]).combine_chunks()


def pupils_of(names: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """The pupils in the order of their results, and the place where those of each begin, with the end as the last place.

    A pupil is there once if the results of each stand together.
    """
    heads, starts, before, passed = [], [], None, 0
    for chunk in names.chunks:
        begins = np.ones(len(chunk), bool)
        begins[1:] = pc.not_equal(chunk[1:], chunk[:-1]).to_numpy(zero_copy_only=False)
        begins[0] = chunk[0].as_py() != before
        at = np.flatnonzero(begins)
        heads.append(chunk.take(pa.array(at)))
        starts.append(at + passed)
        before, passed = chunk[-1].as_py(), passed + len(chunk)
    return pa.concat_arrays(heads) if heads else pa.array([], names.type), np.concatenate([*starts, [passed]])


def stand_together(engine: Engine, names: pa.Array) -> bool:
    """Whether no name is there twice."""
    engine.register("pupils_in_turn", pa.table({"pupil": names}))
    # Names with different hashes are different; where two hashes are alike, the names themselves are counted.
    hashes = np.sort(engine.arrow("SELECT hash(pupil) AS h FROM pupils_in_turn")["h"].to_numpy())
    return not np.any(hashes[1:] == hashes[:-1]) or len(names.unique()) == len(names)


def counting(pupils: np.ndarray, found: pa.Table, meanings: Meanings) -> tuple[np.ndarray, np.ndarray]:
    """Pupil and meaning of the results that count, as attainment_8.counted says: of several that discount one another, one."""
    meant = found["meaning"].to_numpy()
    keys = (pupils.astype(np.int64) << bits(int(meanings.same.max()) + 1)) | meanings.same[meant]
    for_row = bits(len(keys))
    packed = np.sort(keys << for_row | np.arange(len(keys)))
    alike = packed[1:] ^ packed[:-1] < 1 << for_row
    if not alike.any():
        return pupils, meant
    several = np.append(alike, False)
    several[1:] |= alike
    at = packed[several] & ((1 << for_row) - 1)
    taken = pa.array(at)
    date = found["day"].take(taken).fill_null(np.iinfo(np.int32).max).to_numpy()
    place = found["place"].take(taken).to_numpy()
    of = meant[at]
    attempts = at[np.lexsort((place, -meanings.points[of], date, ~meanings.advanced[of], keys[at]))]
    later = attempts[1:][keys[attempts[1:]] == keys[attempts[:-1]]]
    kept = np.ones(len(keys), bool)
    kept[later] = False
    return pupils[kept], meant[kept]


def filled(pupils: np.ndarray, meant: np.ndarray, meanings: Meanings, number: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The weighted elements of each pupil in hundredths, by name, and the best points in each of PARTS (-1: not taken), a line a part."""
    points = meanings.points[meant]
    # A line for each part, so that what is asked of a part lies together.
    flat = np.full(number * len(PARTS), -1, np.int32)
    np.maximum.at(flat, meanings.part[meant] * number + pupils, points)
    best = flat.reshape(len(PARTS), number)
    most = int(meanings.points.max(initial=0))
    ranks = Ranks(bits(most + 1), most, np.dtype(np.int32 if bits(number) + bits(most + 1) < 32 else np.int64))
    packed, kinds, slots = ranks.packed(pupils, points), meanings.kind[meant], meanings.slots[meant]

    def of_kind(kind: str) -> np.ndarray:
        own = np.flatnonzero(kinds == KINDS.index(kind))
        taken, room = packed[own], slots[own]
        return np.concatenate([taken[room > nth] for nth in range(int(room.max(initial=1)))])

    english, other_english = ranks.first(of_kind("english"), 1)
    maths, _ = ranks.first(of_kind("maths"), 1)
    of_ebacc, other_ebacc = ranks.first(of_kind("ebacc"), attainment_8.EBACC_SLOTS)
    # A second result in mathematics can go nowhere else; everything else that is left and counts may fill an open slot.
    left, _ = ranks.first(np.concatenate([other_english, other_ebacc, of_kind("open")]), attainment_8.OPEN_SLOTS)
    return {
        "english": ranks.totals(english, number) * np.where(taken_both(best), 2, 1),
        "maths": ranks.totals(maths, number) * 2,
        "ebacc": ranks.totals(of_ebacc, number),
        "open": ranks.totals(left, number),
    }, best


@dataclass(frozen=True)
class Ranks:
    """Results packed as a pupil and points, so that in order a pupil's best comes first. Points have `width` bits and end at `most`."""

    width: int
    most: int
    kind: np.dtype
    """Of the packed numbers: short ones are put in order faster."""

    def packed(self, pupils: np.ndarray, points: np.ndarray) -> np.ndarray:
        return pupils.astype(self.kind) << self.width | (self.most - points).astype(self.kind)

    def first(self, packed: np.ndarray, room: int) -> tuple[np.ndarray, np.ndarray]:
        """The best `room` results of each pupil, and the others."""
        packed = np.sort(packed)
        whose = packed >> self.width
        beyond = np.zeros(len(packed), bool)
        # In order, a result has so many better ones of the same pupil if the one that many places before it is the pupil's.
        beyond[room:] = whose[room:] == whose[:-room]
        return packed[~beyond], packed[beyond]

    def totals(self, packed: np.ndarray, number: int) -> np.ndarray:
        """The sum of the points of each of so many pupils. Small whole numbers, so that floats hold them exactly."""
        points = self.most - (packed & (1 << self.width) - 1)
        return np.bincount(packed >> self.width, weights=points, minlength=number).astype(np.int64)


def bits(number: int) -> int:
    """The bits that so many different numbers take."""
    return max(number - 1, 1).bit_length()


# --- Measures of whole pupils ---


def taken_both(best: np.ndarray) -> np.ndarray:
    """Whether a pupil took English language and literature; as attainment_8.taken_both."""
    taken = best >= 0
    return (taken[AT["language"]] & taken[AT["literature"]]) | taken[AT["both"]]


def measured(sums: dict[str, np.ndarray], best: np.ndarray, rules: Rules) -> dict[str, pa.Array]:
    """The columns of key_stage_4.worked beside pupil and year; the EBacc as ebacc.measures has it."""

    def highest(*names: str) -> np.ndarray:
        found = best[AT[names[0]]]
        for name in names[1:]:
            found = np.maximum(found, best[AT[name]])
        return found

    some = np.maximum
    both, english, maths = taken_both(best), highest("language", "literature", "both"), highest("maths")
    combined, humanity, language = highest("combined science"), highest("humanities"), highest("foreign language")
    singles = [highest(name) for name in ebacc.SINGLES]
    three = sum((single >= 0).astype(np.int8) for single in singles) >= 3
    pairs = np.max([some(one, 0) + some(other, 0) for one, other in itertools.combinations(singles, 2)], axis=0)
    science = some(np.where(three, pairs, 0), some(combined, 0) * 2)
    total = np.where(both, some(english, 0), 0) + some(maths, 0) + some(humanity, 0) + some(language, 0) + science
    entered = both & (maths >= 0) & (three | (combined >= 0)) & (humanity >= 0) & (language >= 0)
    passes = sum((single >= 400).astype(np.int8) for single in singles) >= 2
    others = ((three & passes) | (combined >= 400)) & (humanity >= 400) & (language >= 400)

    def at(hundredths: int) -> np.ndarray:
        return (english >= hundredths) & (maths >= hundredths)

    flags = {
        "english_maths_94": at(rules.passed),
        "english_maths_95": at(500) if rules.grade_5 else None,
        "ebacc_entered": entered,
        "ebacc_94": both & at(400) & others if rules.grade_5 else None,
        "ebacc_95": both & at(500) & others if rules.grade_5 else None,
    }
    nothing = pa.nulls(best.shape[1])
    # Six pillars, each in hundredths, to six decimals: a sixth of ten thousand of them. It never falls on a half.
    average = (total.astype(np.int64) * 10_000 + 3) // 6
    return {
        "attainment_8_results": as_points(np.sum(list(sums.values()), axis=0)),
        **{f"results_{name}": as_points(sums[name]) for name in key_stage_4.ELEMENTS},
        **{f"results_{name}": nothing if flag is None else pa.array(flag) for name, flag in flags.items()},
        "results_ebacc_aps": as_decimal(average, 18, 6) if rules.point_score else nothing,
    }


def as_points(hundredths: np.ndarray) -> pa.Array:
    """Hundredths as points: DECIMAL with four places."""
    return as_decimal(hundredths * 100, 9, 4)


def as_decimal(unscaled: np.ndarray, digits: int, decimals: int) -> pa.Array:
    """Whole numbers of the last decimal as DECIMAL."""
    words = np.empty((len(unscaled), 2), np.int64)
    words[:, 0] = unscaled
    words[:, 1] = unscaled >> 63  # The sign, over the whole of the high word.
    return pa.Array.from_buffers(pa.decimal128(digits, decimals), len(unscaled), [None, pa.py_buffer(words)])
