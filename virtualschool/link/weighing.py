"""The likely step: who is left is set beside every pupil who could be meant, and what agrees is weighed.

The engine works out pairs and levels; weights, probabilities and the assignment are worked out in memory, from whole numbers,
so that every engine comes to the same links.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from virtualschool import tables
from virtualschool.link import comparisons, likely, one_to_one, plan, sifting
from virtualschool.link.comparisons import LEVELS, PAIR
from virtualschool.link.model import Model
from virtualschool.store import Draft

SHOWN_TO_LEARN = 400
"""Children with an exact link whose other candidates show what chance does: with ten times as many, links were hardly any other."""
OF_THE_ROLL = ("homes_on_roll", "common_ethnicities", "common_homes", "places_counted", "authorities_with_schools")
"""How common things are among all pupils, which nobody need be linked for; in the order in which they are worked out."""
WORTH_ASSIGNING = 1e-4
RIVAL = 0.01
NEARLY_BORN = LEVELS["birth"].index("nearly the same")
RULE = "weights"
ALONE = ", unaccompanied"
"""What the name of a group of children ends with who came to England alone: fewer of them are at a school."""


@dataclass(frozen=True)
class Weighed:
    """Every pair that was weighed, in the order la, child, pupil: the pairs, levels and weights."""

    table: pa.Table
    child: np.ndarray
    """The place of each pair's child."""
    judged: likely.Judged
    levels: dict[str, np.ndarray]
    linked: np.ndarray
    """Pairs that were links before."""
    open: np.ndarray
    """Pairs of children who had no link yet."""
    probability: np.ndarray


def weigh(draft: Draft, made: Sequence[Mapping], left: Sequence[Mapping], shipped: Model) -> Weighed:
    """Every pair of a child who is left, and the pairs of the links that were made, weighed.

    `made` has la, child, pupil; `left` la, child, group. What is OF_THE_ROLL is there by now.
    """
    plan.give(draft, "pairs_made", made)
    groups = list(shipped.present)
    step = max(1, len(made) // SHOWN_TO_LEARN)
    shown = sorted((row["la"], row["child"]) for row in made)[::step]
    sought = [{"la": row["la"], "child": row["child"], "group": groups.index(row["group"])} for row in left]
    plan.give(draft, "children_sought", [*sought, *({"la": la, "child": child, "group": -1} for la, child in shown)])
    plan.lay_by(draft, "near_shared")
    sifting.define_near(draft)
    plan.lay_by(draft, "records_near", alone=not plan.few(draft))
    plan.lay_by(
        draft,
        "pairs_found",
        "pairs_arrived",
        "by_arrival",
        "children_adopted",
        "child_companions",
        "companion_schools",
        *(name for name in comparisons.PARTS if name != "by_arrival"),
        "pairs_impossible",
        "pairs_weighed",
    )
    return judged(draft, *ready(draft), shipped)


def ready(draft: Draft) -> tuple[pa.Table, int]:
    """The pairs to be weighed with their levels, in order, and how many pupils are held."""
    held = roll_held(draft)
    table = draft.engine.arrow("SELECT * FROM pairs_weighed ORDER BY pair")
    pupils = max(1, draft.engine.value("SELECT CAST(coalesce(sum(pupils), 1) AS BIGINT) FROM common_births"))
    table = scaled(table, "there", pupils / max(held["homes"], 1))
    return scaled(table, "pupils_there", pupils / max(held["schools"], 1)), pupils


def choose_roll(draft: Draft) -> None:
    """Makes the largest roll a table of that name."""
    held = roll_held(draft)
    draft.engine.define("roll", f"SELECT * FROM sightings WHERE source = '{held['source']}' AND year = {held['year']:d}")


def roll_held(draft: Draft) -> dict:
    """The roll with most homes, or else most schools: source, year, homes, schools."""
    none = {"source": tables.census.name, "year": 0, "homes": 0, "schools": 0}
    return max(
        draft.engine.rows("SELECT * FROM rolls_held"),
        key=lambda row: (row["homes"], row["schools"], row["year"], row["source"]),
        default=none,
    )


def scaled(table: pa.Table, column: str, factor: float) -> pa.Table:
    """The table with a count of sharers on one roll as one among all pupils held."""
    place = table.schema.get_field_index(column)
    return table.set_column(place, column, pc.multiply(table[column].cast(pa.float64()), factor))


def judged(draft: Draft, table: pa.Table, pupils: int, shipped: Model, without: Collection[str] = ()) -> Weighed:
    """The pairs weighed and assigned; `without` some comparisons, as if neither side told of them."""
    # What nobody tells of is not known.
    for name in without:
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(np.zeros(table.num_rows, np.int8)))
    asked = pairs(table, pupils, tuple(shipped.present))
    made = likely.judge(asked, shipped)
    probability = assigned(draft, table, made, ~asked.certain)
    settled = np.where(asked.certain, made.probability, probability)
    return Weighed(table, asked.child, made, asked.levels, asked.linked, ~asked.certain, settled)


def pairs(table: pa.Table, pupils: int, groups: tuple[str, ...]) -> likely.Pairs:
    """The pairs of `ready` as they are judged; `groups` are those that the numbers of its column group mean."""
    linked, certain = (table[name].to_numpy(zero_copy_only=False).astype(bool) for name in ("linked", "certain"))
    child = positions(table)
    children = int(child[-1]) + 1 if len(child) else 0
    group = np.full(children, -1)
    group[child] = np.where(certain, -1, table["group"].to_numpy().astype(np.int64))
    # Whose number another pupil bears is told from whose number nobody has, and who came to England alone from all others.
    number, arrival = (table[name].to_numpy().astype(np.int64) for name in ("number", "arrival"))
    found, alone = np.zeros(children, bool), np.zeros(children, bool)
    found[child[number >= LEVELS["number"].index("same as a former one")]] = True
    alone[child[arrival > 0]] = True
    for told, change in ((found, lambda name: name.replace("number not found", "number found")), (alone, lambda name: name + ALONE)):
        other = np.array([groups.index(change(name)) if change(name) in groups else place for place, name in enumerate(groups)])
        group = np.where(told & (group >= 0), other[group], group)
    return likely.pairs_of(table, linked, certain, child, group, groups, pupils)


def positions(table: pa.Table) -> np.ndarray:
    """The place of each pair's child, counted from 0; pairs of one child stand together."""
    if not table.num_rows:
        return np.zeros(0, np.int64)
    fresh = np.zeros(table.num_rows, bool)
    for name in ("la", "child"):
        column = table[name].combine_chunks()
        fresh[1:] |= pc.not_equal(column.slice(1), column.slice(0, len(column) - 1)).to_numpy(zero_copy_only=False)
    return np.cumsum(fresh)


def assigned(draft: Draft, table: pa.Table, found: likely.Judged, judge: np.ndarray) -> np.ndarray:
    """The probability of each pair once no pupil is given to two children who were in care together."""
    probability = found.probability.copy()
    worth = np.flatnonzero(judge & (probability >= WORTH_ASSIGNING)).tolist()
    named = names(table, worth)
    plan.give(draft, "pairs_short", [dict(zip(PAIR, name, strict=True)) for name in named])
    rivals = {((row["la"], row["child"]), (row["other_la"], row["other"])) for row in plan.rows(draft, "pairs_rival")}
    if not rivals:
        return probability
    concerned = {child for pair in rivals for child in pair}
    odds: dict[tuple, dict[str, float]] = defaultdict(dict)
    where: dict[tuple, int] = {}
    total = found.total
    for place, (la, child, pupil) in zip(worth, named, strict=True):
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
    floor = np.where(weighed.levels["place"] == 0, shipped.link_floor_without_homes, shipped.link_floor)
    links = weighed.open & (rank == 1) & (probability >= floor) & may
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
    "needs": "needs:", "meals": "school meals", "company": "with companions", "arrival": "pupil", "name": "name",
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


def names(table: pa.Table, places: Sequence[int]) -> list[tuple[str, str, str]]:
    """la, child and pupil of some pairs."""
    chosen = table.select(list(PAIR)).take(pa.array(places, pa.int64()))
    return list(zip(*(chosen[name].to_pylist() for name in PAIR), strict=True))
