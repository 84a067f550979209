"""What speed/measures.py works on: an England by plain arithmetic, of the size and in the tables of the real one. Prints nothing itself.

Nobody in it is anyone; shares are round numbers chosen so that every branch of the work is taken about as often as it is in truth.
"""

import pathlib
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from virtualschool import measures, places, tables
from virtualschool.measures.facts import of_children, of_pupils
from virtualschool.store import Store

YEARS = tuple(range(2017, 2027))

# --- Results of key stage 4 ---

GCSE, DOUBLE, BTEC = "GCSE (9-1) Full Course", "GCSE (9-1) Full Course (Double Award)", "BTEC Technical Award L1/2 - Band C - P-D*"
SUBJECTS = (
    # subject, discount code, kind, entries of a thousand pupils
    ("English language", "5030", GCSE, 970), ("English literature", "5110", GCSE, 950), ("Mathematics", "2210", GCSE, 975),
    ("Combined science", "1370", DOUBLE, 720), ("Biology", "1010", GCSE, 250), ("Chemistry", "1110", GCSE, 245),
    ("Physics", "1210", GCSE, 245),
    ("Computer science", "2650", GCSE, 150), ("History", "4010", GCSE, 480), ("Geography", "3910", GCSE, 450),
    ("French", "5650", GCSE, 220),
    ("German", "5670", GCSE, 60), ("Spanish", "5750", GCSE, 200), ("Art and design", "3510", GCSE, 300), ("Music", "7010", GCSE, 80),
    ("Drama", "5210", GCSE, 150), ("Religious studies", "4610", GCSE, 520), ("Physical education", "7210", GCSE, 260),
    ("Business studies", "3210", GCSE, 220), ("Food preparation", "3330", GCSE, 200), ("Design and technology", "8900", GCSE, 280),
    ("Sport", "7220", BTEC, 260), ("Health and social care", "1300", BTEC, 260), ("Film studies", "5350", GCSE, 130),
    ("Sociology", "4890", GCSE, 240), ("Psychology", "4850", GCSE, 130), ("Statistics", "2510", GCSE, 90),
    ("Media studies", "5360", GCSE, 250),
)  # fmt: skip
BTEC_GRADES = ("U", "P1", "P1", "M1", "D1", "P2", "P2", "M2", "D2", "*2")
TWICE = 0.02
"""Share of entries that are sat a second time."""
DISCOUNTED = 0.005


def results(pupils: int, year: int, seed: int = 1, pupils_at_once: int = 50_000):
    """Yields tables of ks4_results: some 9.5 results a pupil, each pupil's together, in the order of the file."""
    chance = np.random.default_rng(seed)
    names = [subject for subject, *_ in SUBJECTS]
    kinds = np.array([kind == DOUBLE for *_, kind, _ in SUBJECTS]), np.array([kind == BTEC for *_, kind, _ in SUBJECTS])
    grades = pa.array(
        ["U", *map(str, range(1, 10)), *(f"{high}{low}" for high in range(1, 10) for low in (max(high - 1, 1), high)), *BTEC_GRADES]
    )
    written = 1
    for first in range(0, pupils, pupils_at_once):
        number = min(pupils_at_once, pupils - first)
        entered = chance.random((number, len(SUBJECTS))) * 1000 < np.array([share for *_, share in SUBJECTS])
        times = np.where(entered, 1 + (chance.random(entered.shape) < TWICE), 0)
        whose, what = np.divmod(np.repeat(np.arange(entered.size), times.ravel()), len(SUBJECTS))
        able = chance.normal(4.6, 1.8, number)
        grade = np.clip(able[whose] + chance.normal(0, 1.1, len(whose)), 0, 9.49).astype(np.int64)
        double, vocational = kinds[0][what], kinds[1][what]
        pair = np.where(grade > 0, 10 + (grade - 1) * 2 + (chance.random(len(whose)) < 0.5), 0)
        code = np.where(double, pair, np.where(vocational, 28 + grade, grade))
        again = np.zeros(len(whose), bool)
        again[1:] = (whose[1:] == whose[:-1]) & (what[1:] == what[:-1])
        day = np.datetime64(f"{year}-05-15") - 365 * again + what
        column = {
            "year": pa.array(np.full(len(whose), year, np.int32)),
            "pmr": pa.array(np.char.mod("VR%08d", (first + np.arange(number)) * 7919 % 100_000_000)).take(pa.array(whose)),
            "subject": pa.array(names).take(pa.array(what)),
            "subject_code": pa.array([code for _, code, *_ in SUBJECTS]).take(pa.array(what)),
            "discount_code": pa.array([code for _, code, *_ in SUBJECTS]).take(pa.array(what)),
            "qualification": pa.array([kind for *_, kind, _ in SUBJECTS]).take(pa.array(what)),
            "grade": grades.take(pa.array(code)),
            "size": pa.array([Decimal(1), Decimal(2)], pa.decimal128(9, 4)).take(pa.array(double.astype(np.int8))),
            "discounted": pa.array(chance.random(len(whose)) < DISCOUNTED),
            "exam_date": pa.array(day.astype("datetime64[D]")),
            "file": pa.array(np.ones(len(whose), np.int32)),
            "row": pa.array(np.arange(written + 1, written + 1 + len(whose), dtype=np.int32)),
        }
        written += len(whose)
        yield pa.table(
            [column.get(name, pa.nulls(len(whose), kind)) for name, kind in fields(tables.ks4_results)], schema=tables.ks4_results.arrow
        )


def fields(table: tables.Table):
    return [(field.name, field.type) for field in table.arrow]


def prior_groups(pupils: int, seed: int = 2) -> pa.Table:
    """The prior attainment group of each pupil of `results`: pupil, prior_group."""
    chance = np.random.default_rng(seed)
    names = np.char.mod("VR%08d", np.arange(pupils) * 7919 % 100_000_000)
    return pa.table(
        {"pupil": names, "prior_group": pa.array(chance.integers(1, 35, pupils).astype(np.int32), mask=chance.random(pupils) < 0.06)}
    )


# --- Looked-after children, as a build leaves them ---

WORDS = 12
"""Different words of a column whose values are not listed."""


ALL_YEARS = (
    "attainment_8",
    "english_maths_94",
    "absence_rate",
    "persistent_absence",
    "ehcp",
    "placements_3_plus",
    "suspended_once_or_more",
)
"""Measures that children have in every year; the others they have in the last, which is quicker to make."""


def store(folder: pathlib.Path, years: Sequence[int] = YEARS, children: int = 80_000) -> Store:
    """A store of so many children a year in England's authorities: their facts, the returns they are in, and what was printed."""
    made = Store(folder)
    known = places.england()
    with made.draft() as draft:
        schema = of_children().schema().to_pyarrow()
        files, returns = [], []
        for year in years:
            las = known.in_year(year)
            files.append(draft.scratch / f"{year}.parquet")
            of_year = None if year == max(years) else ALL_YEARS
            parquet.write_table(children_of(schema, las, year, children, of_year), files[-1], row_group_size=20_000)
            returns += [(la, year) for la in las]
        listed = ", ".join(f"'{file}'" for file in files)
        draft.write("facts", f"SELECT * FROM read_parquet([{listed}])", order_by=("year", "la", "child"))
        draft.write("pupil_facts", pupils_of(max(years), 8 * children), order_by=("year", "pupil"))
        keys = pa.table(
            {"la": [la for la, _ in returns], "child": ["1"] * len(returns), "year": pa.array([at for _, at in returns], pa.int32())}
        )
        for table in (tables.header, tables.children):
            draft.write(table.name, filled_up(keys, table))
        draft.write("published", printed(known, years, 8 * children))
        draft.rest_empty()
        draft.finish({"inputs": [], "measures": {measure.name: measure.version for measure in measures.ALL.values()}})
    return made


def filled_up(rows: pa.Table, table: tables.Table) -> pa.Table:
    return pa.table(
        [rows[name] if name in rows.column_names else pa.nulls(len(rows), kind) for name, kind in fields(table)], schema=table.arrow
    )


def children_of(schema: pa.Schema, las: Sequence[str], year: int, number: int, named: Sequence[str] | None) -> pa.Table:
    """One year of `facts`: every column, filled by its type and words; of measures those named, or all."""
    chance = np.random.default_rng(year)
    weights = 1 / (np.arange(len(las)) % 50 + 8)
    own = {
        "la": pa.array(sorted(las)).take(pa.array(np.sort(chance.choice(len(las), number, p=weights / weights.sum())))),
        "child": pa.array(np.char.mod("%07d", np.arange(number))),
        "year": pa.array(np.full(number, year, np.int32)),
    }
    shares = {"looked_after_12_months": 0.72, "at_31_march": 0.78, "in_year": 1.0, "state_funded": 0.97, "linked": 0.9}
    columns = {column.name: column for column in tables.children.columns}
    found = []
    for field in schema:
        name, _, part = field.name.partition("__")
        if field.name in own:
            array = own[field.name]
        elif part and named is not None and name not in named:
            array = pa.nulls(number, field.type)
        elif part:
            array = values_of(measures.named(name), part, year, number)
        else:
            array = words_of(columns[field.name], number, chance, shares.get(field.name, 0.3))
        found.append(array.cast(field.type))
    return pa.table(found, schema=schema)


def pupils_of(year: int, number: int) -> pa.Table:
    """All pupils of one year, with their scores of progress: what national deviations are worked out from. The rest is null."""
    of_progress = {measure.name for measure in measures.ALL.values() if measure.interval == "dfe_progress"}
    own = {
        "pupil": pa.array(np.char.mod("%09d", np.arange(number))),
        "year": pa.array(np.full(number, year, np.int32)),
        "state_funded": pa.array(np.ones(number, bool)),
        "looked_after_12_months": pa.array(np.arange(number) % 100 == 0),
    }
    found = []
    schema = of_pupils().schema().to_pyarrow()
    for field in schema:
        name, _, part = field.name.partition("__")
        if part and name in of_progress:
            own[field.name] = values_of(measures.named(name), "d" if part == "d" else "n", year, number, counts=1)
        found.append(own[field.name].cast(field.type) if field.name in own else pa.nulls(number, field.type))
    return pa.table(found, schema=schema)


def words_of(column: tables.Column, number: int, chance: np.random.Generator, share: float) -> pa.Array:
    """A column that people filter by, or that says where a value came from."""
    if column.type == "boolean":
        return pa.array(chance.random(number) < share)
    if column.type == "integer":
        return pa.array(chance.integers(0, 18, number).astype(np.int32))
    if any(measure.origin == column.name for measure in measures.ALL.values()):
        return pa.array(["results"]).take(pa.array(np.zeros(number, np.int8)))
    words = list(column.values) or [f"{column.name} {nth}" for nth in range(WORDS)]
    return pa.array(words).take(pa.array(chance.integers(0, len(words), number)))


def values_of(measure: measures.Measure, part: str, year: int, number: int, counts: float | None = None) -> pa.Array:
    """Numerator or denominator of a measure, of a share that counts: who does is the same in both."""
    chance = np.random.default_rng([year, *measure.name.encode()])
    counted = chance.random(number) < (counts or 0.08 + 0.3 * chance.random())
    sessions = measure.interval == "ratio"
    below = np.where(sessions, chance.integers(100, 391, number), 1)
    above = {"percent": chance.random(number) < 0.3, "points": chance.gamma(4, 5, number), "score": chance.normal(-1.2, 1.4, number)}.get(
        measure.unit, chance.integers(0, 4, number)
    )
    above = np.where(sessions, (below * chance.beta(1, 8, number)).astype(np.int64), above)
    millionths = np.round((below if part == "d" else above) * 1_000_000.0).astype(np.int64)
    words = np.stack([millionths, millionths >> 63], axis=1)
    valid = np.packbits(counted, bitorder="little")
    return pa.Array.from_buffers(pa.decimal128(18, 6), number, [pa.py_buffer(valid), pa.py_buffer(np.ascontiguousarray(words))])


def printed(known: places.Places, years: Sequence[int], pupils: int) -> pa.Table:
    """What DfE printed, as `published` has it: every measure, year and place, of three populations."""
    regions = known.whole_regions()
    rows: dict[str, list] = {name: [] for name in ("measure", "year", "level", "la", "region_code", "population", "value")}
    for measure in measures.ALL:
        for year in years:
            at = [
                ("england", None, None),
                *(("region", None, region.code) for region in regions),
                *(("la", la, None) for la in known.in_year(year)),
            ]
            for population in ("12months", "cin", "all_pupils"):
                for level, la, region in at:
                    for name, value in zip(rows, (measure, year, level, la, region, population, "34.0"), strict=True):
                        rows[name].append(value)
    number = len(rows["year"])
    arrays = {name: pa.array(values, pa.int32() if name == "year" else pa.string()) for name, values in rows.items()}
    arrays |= {
        name: pa.array([value] * number)
        for name, value in (("series", "EES"), ("release", "2026"), ("dataset", "made"), ("breakdown", "total"))
    }
    arrays |= {
        "pupils": pa.array([str(pupils)] * number),
        "file": pa.array(np.ones(number, np.int32)),
        "row": pa.array(np.arange(number, dtype=np.int32)),
    }
    return filled_up(pa.table(arrays), tables.published)
