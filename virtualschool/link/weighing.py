"""The likely step: who is left is set beside every pupil who could be meant, and what agrees is weighed.

The engine works out pairs and levels; weights, probabilities and the assignment are worked out in memory, from whole numbers,
so that every engine comes to the same links.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from virtualschool import tables
from virtualschool.link import comparisons, likely, one_to_one, plan
from virtualschool.link.comparisons import LEVELS, PAIR
from virtualschool.link.model import Model
from virtualschool.store import Draft

SHOWN_TO_LEARN = 4_000
"""Children with an exact link whose other candidates show what chance does."""
WORTH_ASSIGNING = 1e-4
RIVAL = 0.01
NEARLY_BORN = LEVELS["birth"].index("nearly the same")
RULE = "weights"


@dataclass(frozen=True)
class Weighed:
    """Every pair that was weighed, in the order la, child, pupil: the pairs, levels, weights, and where each child's begin."""

    table: pa.Table
    child: np.ndarray
    judged: likely.Judged
    levels: dict[str, np.ndarray]
    open: np.ndarray
    """Pairs of children who had no link yet."""
    probability: np.ndarray


def weigh(draft: Draft, made: Sequence[Mapping], left: Sequence[Mapping], shipped: Model) -> Weighed:
    """Every pair of a child who is left, and the pairs of the links that were made, weighed.

    `made` has la, child, pupil; `left` la, child, group.
    """
    homes, schools = choose_roll(draft)
    plan.give(draft, "pairs_made", made)
    step = max(1, len(made) // SHOWN_TO_LEARN)
    shown = sorted((row["la"], row["child"]) for row in made)[::step]
    wanted = [(row["la"], row["child"]) for row in left] + shown
    plan.give(draft, "children_sought", [{"la": la, "child": child} for la, child in wanted])
    plan.lay_by(
        draft,
        "near",
        "records_near",
        "pairs_found",
        "pupils_wanted",
        "pupil_records",
        "common_births",
        "common_ethnicities",
        "authorities_with_schools",
        "homes_on_roll",
        "common_homes",
        "places_counted",
        "stays_placed",
        "pairs_arrived",
        *comparisons.PARTS,
        "pairs_compared",
    )
    table = draft.engine.arrow("SELECT * FROM pairs_compared ORDER BY la, child, pupil")
    pupils = max(1, draft.engine.value("SELECT CAST(coalesce(sum(pupils), 1) AS BIGINT) FROM common_births"))
    table = scaled(scaled(table, "there", pupils / max(homes, 1)), "pupils_there", pupils / max(schools, 1))
    impossible = {(row["la"], row["child"], row["pupil"]) for row in plan.rows(draft, "pairs_impossible")}
    return judged(draft, table, made, left, shipped, pupils, impossible)


def choose_roll(draft: Draft) -> tuple[int, int]:
    """How many homes and schools of pupils the roll tells; it becomes a table of that name."""
    held = sorted((row["homes"] or 0, row["schools"] or 0, row["year"], row["source"]) for row in plan.rows(draft, "rolls_held"))
    homes, schools, year, source = held[-1] if held else (0, 0, 0, "census")
    draft.engine.define("roll", f"SELECT * FROM sightings WHERE source = '{source}' AND year = {year:d}")
    return homes, schools


def scaled(table: pa.Table, column: str, factor: float) -> pa.Table:
    """The table with a count of sharers on one roll as one among all pupils held."""
    place = table.schema.get_field_index(column)
    return table.set_column(place, column, pc.multiply(table[column].cast(pa.float64()), factor))


def judged(
    draft: Draft,
    table: pa.Table,
    made: Sequence[Mapping],
    left: Sequence[Mapping],
    shipped: Model,
    pupils: int,
    impossible: set[tuple],
) -> Weighed:
    names = list(zip(*(table[name].to_pylist() for name in PAIR), strict=True))
    links = {(row["la"], row["child"]): row["pupil"] for row in made}
    keep = np.fromiter((links.get(name[:2]) == name[2] or name not in impossible for name in names), bool, len(names))
    if not keep.all():
        table = table.filter(pa.array(keep))
        names = [name for name, kept in zip(names, keep, strict=True) if kept]
    linked = np.fromiter((links.get(name[:2]) == name[2] for name in names), bool, len(names))
    certain = np.fromiter((name[:2] in links for name in names), bool, len(names))
    child = positions(table)
    numbered = np.zeros(int(child[-1]) + 1 if len(child) else 0, bool)
    levels = {name: table[name].to_numpy().astype(np.int64) for name in LEVELS}
    np.logical_or.at(numbered, child, levels["number"] >= LEVELS["number"].index("same as a former one"))
    groups = list(shipped.present)
    told = {(row["la"], row["child"]): row["group"] for row in left}
    group = np.full(len(numbered), -1)
    for place, name in zip(child.tolist(), names, strict=True):
        if name[:2] in told and group[place] < 0:
            said = told[name[:2]]
            group[place] = groups.index(said.replace("number not found", "number found") if numbered[place] else said)
    pairs = likely.pairs_of(table, linked, certain, child, group, groups, pupils)
    found = likely.judge(pairs, shipped)
    probability = assigned(draft, names, found, ~certain)
    return Weighed(table, child, found, levels, ~certain, np.where(certain, found.probability, probability))


def positions(table: pa.Table) -> np.ndarray:
    """The place of each pair's child, counted from 0; pairs of one child stand together."""
    if not table.num_rows:
        return np.zeros(0, np.int64)
    fresh = np.zeros(table.num_rows, bool)
    for name in ("la", "child"):
        column = table[name].combine_chunks()
        fresh[1:] |= pc.not_equal(column.slice(1), column.slice(0, len(column) - 1)).to_numpy(zero_copy_only=False)
    return np.cumsum(fresh)


def assigned(draft: Draft, names: list[tuple], found: likely.Judged, judge: np.ndarray) -> np.ndarray:
    """The probability of each pair once no pupil is given to two children who were in care together."""
    probability = found.probability.copy()
    worth = np.flatnonzero(judge & (probability >= WORTH_ASSIGNING))
    short = [dict(zip(PAIR, names[place], strict=True)) for place in worth.tolist()]
    plan.give(draft, "pairs_short", short)
    rivals = {((row["la"], row["child"]), (row["other_la"], row["other"])) for row in plan.rows(draft, "pairs_rival")}
    if not rivals:
        return probability
    concerned = {child for pair in rivals for child in pair}
    odds: dict[tuple, dict[str, float]] = defaultdict(dict)
    where: dict[tuple, int] = {}
    total = found.total
    for place in worth.tolist():
        la, child, pupil = names[place]
        if (la, child) in concerned:
            odds[la, child][pupil] = float(np.exp2(min(total[place], likely.MOST)))
            where[(la, child), pupil] = place
    for pair, share in one_to_one.settle(odds, sorted(rivals)).items():
        probability[where[pair]] = share
    return probability


def proposals(weighed: Weighed, shipped: Model) -> tuple[list[int], list[int], list[int], np.ndarray]:
    """Which pairs are links, proposals for a person, and rivals; and the rank of every pair among its child's."""
    probability, child = np.round(weighed.probability, 6), weighed.child
    order = np.lexsort((-probability, child))
    rank = np.empty(len(child), np.int64)
    starts = np.flatnonzero(np.diff(child[order], prepend=-1))
    begin = np.repeat(starts, np.diff(np.append(starts, len(child)))) if len(child) else starts
    rank[order] = np.arange(len(child)) - begin + 1
    # A UPN, or anything else, makes no link on its own where the birth dates differ; nor does a pupil seen before the child arrived.
    may = (weighed.levels["birth"] >= NEARLY_BORN) & (weighed.levels["arrival"] != 1)
    links = weighed.open & (rank == 1) & (probability >= shipped.link_floor) & may
    settled = np.zeros(int(child[-1]) + 1 if len(child) else 0, bool)
    settled[child[links]] = True
    doubtful = weighed.open & ~links & (probability >= shipped.review_floor) & ~settled[child]
    rivals = weighed.open & ~links & ~doubtful & (probability >= RIVAL)
    return np.flatnonzero(links).tolist(), np.flatnonzero(doubtful).tolist(), np.flatnonzero(rivals).tolist(), rank


def agreed(weighed: Weighed, place: int) -> str:
    """What agreed in a pair, in words: the comparisons that speak for it, the weightiest first."""
    said = []
    for name, levels in LEVELS.items():
        weight = float(weighed.judged.weights[name][place])
        if weight > 0.5:
            said.append((-weight, f"{NAMES[name]} {levels[weighed.levels[name][place]]}"))
    return "; ".join(words for _weight, words in sorted(said))


NAMES = {
    "number": "UPN", "birth": "birth date", "sex": "sex", "place": "home:", "school": "school", "moves": "pupil", "ethnicity": "ethnicity",
    "needs": "needs:", "arrival": "pupil", "name": "name",
}  # fmt: skip


def evidence(weighed: Weighed, standing: Mapping[int, str], rank: np.ndarray) -> pa.Table:
    """Rows of `link_evidence` for some pairs, by what they stand for."""
    rows = np.array(sorted(standing), np.int64)
    told = weighed.table.take(pa.array(rows))
    judged = weighed.judged

    def decimal(values: np.ndarray) -> pa.Array:
        return pa.array(np.round(values[rows], 6)).cast(pa.decimal128(18, 6))

    columns: dict[str, pa.Array] = {name: told[name].combine_chunks() for name in PAIR}
    columns["standing"] = pa.array([standing[row] for row in rows.tolist()], pa.string())
    columns["rank"] = pa.array(rank[rows], pa.int32())
    columns["probability"] = decimal(weighed.probability)
    columns["weight"] = decimal(judged.total)
    columns["start_weight"] = decimal(judged.start)
    for name, words in LEVELS.items():
        columns[name] = pa.array([words[level] for level in weighed.levels[name][rows].tolist()], pa.string())
        columns[f"{name}_weight"] = decimal(judged.weights[name])
    return pa.table([columns[name] for name in tables.link_evidence.names], schema=tables.link_evidence.arrow)


def names(weighed: Weighed) -> list[tuple[str, str, str]]:
    """la, child and pupil of every pair."""
    return list(zip(*(weighed.table[name].to_pylist() for name in PAIR), strict=True))
