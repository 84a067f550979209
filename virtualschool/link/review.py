"""What a person is to judge: the proposals of an authority's own children, each look at them logged, and the judging.

A proposal says of a child and a pupil what agrees, what nearly agrees, what differs and what is not known. It never shows what
a record of the pupil says, nor who the pupil is: most who are proposed are not in care. It is known by an `item`, an opaque name
that stays through rebuilds while the pupil keeps its own. Only the authority responsible for the child sees or judges it; to
anyone else there is no such item. Children who were adopted, and those on the do-not-link list, have none.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from virtualschool import tables
from virtualschool.errors import WrongUse, unknown
from virtualschool.link import decisions, orders, protected, records
from virtualschool.link.children import stays
from virtualschool.link.explaining import NOT_KNOWN, SUBJECTS, percent
from virtualschool.link.naming import opaque, store_key
from virtualschool.link.quality import refuse_older_store
from virtualschool.link.together import clashes
from virtualschool.store import Engine, Snapshot

LOOKS = "link_looks.jsonl"
AGREES, NEARLY, DIFFERS = "agrees", "nearly agrees", "differs"
NEARLY_THE_SAME = {
    "number": ("one character off", "two characters off"),
    "birth": ("nearly the same",),
    "place": ("same authority", "same postcode district", "same postcode sector", "same postcode, at another time"),
    "school": ("in the same authority, at another time", "in the same authority", "within 10 miles"),
    "ethnicity": ("same group",),
    "needs": ("no disability, support", "disability, support"),
    "name": ("one of two names the same", "nearly the same"),
}
NOT_THE_SAME = {
    "number": ("differs", "same school and year"),
    "birth": ("differs", "same day and month", "same month"),
    "sex": ("differs",),
    "place": ("elsewhere",),
    "school": ("in another authority",),
    "ethnicity": ("differs",),
    "needs": ("no disability, plan", "disability, no special needs"),
    "arrival": ("seen before the child arrived",),
    "name": ("differs",),
}
TELLS_NOTHING = {
    "moves": ("joined no school after many moves", "joined no school after a few moves", "joined no school after a move"),
    "meals": ("never free", "free at times", "always free"),
    "company": ("never at one school",),
}
"""Levels of each comparison that do not agree, or only nearly; what is in none of these and is known agrees. Most children who
move stay at their school, so that to have joined none tells a person nothing; and whether a pupil had free meals is not theirs to know."""
SURENESS = ((0.75, "likely"), (0.4, "about as likely as not"), (0.15, "possible"), (0.0, "unlikely"))
"""Least probability and the words for it; ours."""
END_OF_KEY_STAGE = {10: "key stage 2", 15: "key stage 4"}
SCHOOL_AGES = (4, 15)
"""Ages on 31 August before the school year: of reception and of year 11."""


@dataclass(frozen=True)
class Proposal:
    """One proposal, as it may be shown.

    `child` is the authority's own reference number, `token` the child's opaque name here; `others` how many more pupils are
    proposed for the child; `bears_on` which figures the link would move; `compared` how each comparison stands;
    `unsure` who has looked and could not tell.
    """

    item: str
    la: str
    child: str
    token: str
    probability: float
    sureness: str
    others: int
    bears_on: tuple[str, ...]
    compared: dict[str, str]
    unsure: str | None


def queue(snapshot: Snapshot, la: str, who: str, when: str) -> list[Proposal]:
    """The proposals that an authority is to judge, most worth first; each look is on the log before any is given.

    First the children at the end of key stage 2 or 4 in a year in which they were looked after for twelve months, by how many
    such years; then by years of school age in that group; then the surest. Proposals for one child stand together.
    Raises WrongUse for an authority that the store has no return of, or nobody's name.
    """
    engine = asked_by(snapshot, la, who)
    folder, key = snapshot.store.path / "records", store_key(snapshot.store.path / "records")
    judged = standing(snapshot, engine, la)
    settled = {pair[:2] for pair, decision in judged.items() if decision["decision"] == "accept"}
    closed = {pair for pair, decision in judged.items() if decision["decision"] == "reject"}
    rows = [
        row
        for row in evidence(snapshot, engine, la)
        if row["standing"] == "review" and (row["la"], row["child"]) not in settled and pair_of(row) not in closed
    ]
    by_child: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        by_child[row["child"]].append(row)
    lives = years_in_care(engine, la)
    told = []
    for child, found in by_child.items():
        years = lives.get(child, [])
        token = next((year["token"] for year in years), None) or opaque(key, "child", la, child)
        ends, ages, bears_on = worth(years)
        best = max(float(row["probability"]) for row in found)
        for row in sorted(found, key=lambda row: row["rank"]):
            at = judged.get(pair_of(row), {})
            shown = proposal(row, key, token, len(found) - 1, bears_on, at.get("who"))
            told.append(((-ends, -ages, -best, child, row["rank"]), shown))
    told.sort(key=lambda both: both[0])
    for token in dict.fromkeys(shown.token for _order, shown in told):
        decisions.add_line(folder / LOOKS, {"who": who, "when": when, "la": la, "token": token})
    return [shown for _order, shown in told]


def decide(snapshot: Snapshot, la: str, who: str, item: str, decision: str, why: str, when: str) -> dict[str, Any]:
    """Appends a person's decision about an item of the authority's own, and gives it back. It acts from the next build on.

    Raises WrongUse where there is no such item for the authority, no reason is given, or a pair accepted could not be a link:
    the child was adopted or has another pupil, or another child of the authority, in care at the same time, has this one.
    """
    if decision not in decisions.DECISIONS:
        raise unknown("Decision", decision, decisions.DECISIONS)
    engine = asked_by(snapshot, la, who)
    if not why.strip():
        raise WrongUse("review", "--why is empty.", "Say in a few words what you went by; name no child.")
    folder, key = snapshot.store.path / "records", store_key(snapshot.store.path / "records")
    judged = standing(snapshot, engine, la)
    found = {name_of(key, pair_of(row)): row for row in evidence(snapshot, engine, la) if row["standing"] in ("review", "linked")}
    before = {name_of(key, pair): pair for pair in judged}
    row = found.get(item)
    pair = pair_of(row) if row is not None else before.get(item)
    if pair is None:
        raise WrongUse(
            f"Item '{item}'", f"authority {la} has no such item to judge.", "List them: virtualschool review STORE --la CODE --as NAME"
        )
    if decision == "accept":
        refuse_impossible(engine, judged, pair, item)
    made = {
        **dict(zip(("la", "child", "pupil"), pair, strict=True)),
        "identifiers": identifiers(engine, sightings(snapshot), pair[2]),
        "decision": decision,
        "item": item,
        "who": who,
        "when": when,
        "why": why,
        "snapshot": snapshot.name,
        "seen": seen(row) if row is not None else dict(judged[pair]["seen"]),
    }
    decisions.append(folder, made)
    return made


# --- Who may ask, and what there is ---


def asked_by(snapshot: Snapshot, la: str, who: str) -> Engine:
    """An engine for a person of an authority. Raises WrongUse where either is not known, or an earlier version built the store."""
    if not who.strip():
        raise WrongUse("review", "--as is empty.", "Give your name: every look and every decision is kept with it.")
    engine = snapshot.engine()
    refuse_older_store(engine)
    held = [row["la"] for row in engine.rows("SELECT DISTINCT la FROM header ORDER BY la")]
    if la not in held:
        raise unknown("Authority", la, held)
    return engine


def evidence(snapshot: Snapshot, engine: Engine, la: str) -> list[dict[str, Any]]:
    """The authority's pairs that were weighed, without children on the do-not-link list and numbers on it, in order."""
    folder = snapshot.store.path / "records"
    hidden, numbers = protected.listed(folder), protected.numbers(folder)
    rows = tables.link_evidence.ibis().filter(_.la == la)
    never = {row["child"] for row in engine.rows(orders.adopted().filter(_.la == la))}
    kept = [
        row
        for row in engine.rows(rows.order_by("la", "child", "rank"))
        if (la, row["child"]) not in hidden and (row["child"] not in never or row["standing"] == "linked")
    ]
    listed = pupils_of(snapshot, engine, numbers)
    return [row for row in kept if row["pupil"] not in listed]


def pupils_of(snapshot: Snapshot, engine: Engine, numbers: Collection[str]) -> set[str]:
    """The pupils who bear one of some UPNs, or bore it."""
    if not numbers:
        return set()
    asked = decisions.given(engine, "numbers_listed", pa.table({"name": pa.array(sorted(numbers), pa.string())}))
    seen, keys = sightings(snapshot), tables.pupil_keys.ibis()
    borne = engine.rows(seen.filter(_.pmr.notnull()).semi_join(asked, seen.upn == asked.name).select("pmr").distinct())
    tied = engine.rows(keys.semi_join(asked, keys.identifier == asked.name).select("pupil").distinct())
    return {*numbers, *(row["pmr"] for row in borne), *(row["pupil"] for row in tied)}


def standing(snapshot: Snapshot, engine: Engine, la: str) -> dict[decisions.Pair, dict[str, Any]]:
    """The last decision about each pair of the authority, under the pupil's name of today; not of children on the do-not-link list."""
    folder = snapshot.store.path / "records"
    hidden = protected.listed(folder)
    made = [decision for decision in decisions.decided(folder) if decision["la"] == la and (la, decision["child"]) not in hidden]
    found: dict[decisions.Pair, dict[str, Any]] = {}
    if made:
        meant = decisions.resolve(engine, made, sightings(snapshot), tables.pupil_keys.ibis())
        for decision, pupils in zip(made, meant, strict=True):
            for pupil in pupils:
                pair = la, decision["child"], pupil
                found.pop(pair, None)
                found[pair] = decision
    return found


def sightings(snapshot: Snapshot) -> ibis.Table:
    """Which references and numbers the education files of a snapshot tie together, year by year: year, pmr, upn.

    Not their other columns: a store that an earlier version built may lack some.
    """
    held = [table.ibis() for table in tables.EDUCATION if snapshot.has(table.name)] or [tables.census.ibis()]
    return ibis.union(*(rows.select("year", "pmr", upn=records.number(rows.upn)) for rows in held))


def refuse_impossible(engine: Engine, judged: Mapping[decisions.Pair, Mapping], pair: decisions.Pair, item: str) -> None:
    """Raises WrongUse for a pair that could not be a link."""
    la, child, pupil = pair
    where = f"Item '{item}'"
    if engine.rows(orders.adopted().filter((_.la == la) & (_.child == child))):
        raise WrongUse(where, "the child was adopted, and the record is sealed.", "It cannot be accepted; reject it.")
    refused = {known for known, decision in judged.items() if decision["decision"] == "reject"}
    accepted = {known for known, decision in judged.items() if decision["decision"] == "accept"}
    linked = {
        (row["la"], row["child"], row["pupil"])
        for row in engine.rows(tables.links.ibis().filter(_.la == la).select("la", "child", "pupil"))
    }
    made = (linked - refused) | accepted
    if pair in made:
        raise WrongUse(where, "it is a link already.", "There is nothing to accept.")
    if any(known[:2] == (la, child) for known in made):
        raise WrongUse(where, "the child has a link to another pupil.", "Reject that one first, if it is wrong.")
    rivals = sorted(known for known in made if known[2] == pupil)
    if rivals and engine.rows(overlaps(engine, pair, rivals)):
        raise WrongUse(
            where,
            "another child of the authority, in care at the same time, is linked to this pupil.",
            "See whether one child was returned under two identifiers, or reject the other link first.",
        )


def overlaps(engine: Engine, pair: decisions.Pair, rivals: Sequence[decisions.Pair]) -> ibis.Table:
    judged = decisions.given(engine, "pair_judged", decisions.pairs_table([pair]))
    others = decisions.given(engine, "pairs_of_pupil", decisions.pairs_table(rivals))
    return clashes(judged, others, stays()).filter(_.la == _.other_la)


def identifiers(engine: Engine, seen: ibis.Table, pupil: str) -> list[str]:
    """Every identifier that means a pupil: its own name, and what the keys and the records tie to it."""
    keys = tables.pupil_keys.ibis()
    tied = {row["identifier"] for row in engine.rows(keys.filter(_.pupil == pupil).select("identifier").distinct())}
    borne = {row["upn"] for row in engine.rows(seen.filter((_.pmr == pupil) & _.upn.notnull()).select("upn").distinct())}
    return sorted({pupil} | tied | borne)


# --- What is shown ---


def proposal(row: Mapping, key: bytes, token: str, others: int, bears_on: tuple[str, ...], unsure: str | None) -> Proposal:
    chance = float(row["probability"])
    return Proposal(
        item=name_of(key, pair_of(row)),
        la=row["la"],
        child=row["child"],
        token=token,
        probability=chance,
        sureness=f"{next(words for least, words in SURENESS if chance >= least)}: {percent(chance)} sure",
        others=others,
        bears_on=bears_on,
        compared={name: agreement(name, row[name]) for name in tables.COMPARISONS},
        unsure=unsure,
    )


def agreement(comparison: str, level: str | None) -> str:
    """How a comparison stands, without what the records say: agrees, nearly agrees, differs or not known."""
    if level in (None, NOT_KNOWN, *TELLS_NOTHING.get(comparison, ())):
        return NOT_KNOWN
    if level in NOT_THE_SAME.get(comparison, ()):
        return DIFFERS
    return NEARLY if level in NEARLY_THE_SAME.get(comparison, ()) else AGREES


def seen(row: Mapping) -> dict[str, Any]:
    """What a decision keeps of what was before the person: the probability, how each comparison stood, and what agreed in words."""
    compared = {name: agreement(name, row[name]) for name in tables.COMPARISONS}
    return {"probability": str(row["probability"]), "agreed": in_words(compared), "compared": compared}


def in_words(compared: Mapping[str, str]) -> str:
    """What agrees, and what nearly does: `birth date, sex; nearly: UPN`."""
    said = {how: ", ".join(SUBJECTS[name] for name, found in compared.items() if found == how) for how in (AGREES, NEARLY)}
    return "; ".join(part for part in (said[AGREES], said[NEARLY] and f"nearly: {said[NEARLY]}") if part)


def years_in_care(engine: Engine, la: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of each child of the authority in `children`, newest first: year, token, age, looked_after_12_months."""
    rows = tables.children.ibis().filter(_.la == la).select("child", "year", "token", "age", "looked_after_12_months")
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in engine.rows(rows.order_by("child", _.year.desc())):
        found[row["child"]].append(row)
    return found


def worth(years: Sequence[Mapping]) -> tuple[int, int, tuple[str, ...]]:
    """Years at the end of key stage 2 or 4 and years of school age, looked after for twelve months; and both in words."""
    counted = [row for row in years if row["looked_after_12_months"] and row["age"] is not None]
    ends = sorted((row["year"], END_OF_KEY_STAGE[row["age"]]) for row in counted if row["age"] in END_OF_KEY_STAGE)
    school = sorted(row["year"] for row in counted if SCHOOL_AGES[0] <= row["age"] <= SCHOOL_AGES[1])
    words = [f"{stage} in {year}" for year, stage in ends]
    if school:
        words.append(f"attendance and special needs in {', '.join(map(str, school))}")
    return len(ends), len(school), tuple(words)


def pair_of(row: Mapping) -> decisions.Pair:
    return row["la"], row["child"], row["pupil"]


def name_of(key: bytes, pair: decisions.Pair) -> str:
    """The item of a pair."""
    return opaque(key, "link", *pair)
