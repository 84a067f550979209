"""Which records may be near a child: most others are sifted out by bits before anything is looked up.

To look a record up in five small tables takes longer than to read it. So each thing that is shared is a bit in a long row of bits, and a
record of which no bit is set shares nothing. What passes by chance is looked up with the rest (`blocks.near`), so that an engine
that does not sift comes to the same records.
"""

import base64

import numpy as np

from virtualschool.link import plan
from virtualschool.link.blocks import HEAD, TAIL
from virtualschool.store import Draft, Engine

ROOM = 64
"""Bits for each thing that is shared, at least: so one record in so many passes by chance."""
LEAST = 1 << 13
NUMBERS = {"upn": ("child_numbers", "numbers_concerned"), "uln": ("child_learners",)}
"""The tables that have a child's numbers, of each kind."""
FIRST_DAY = "DATE '1900-01-01'"
MARKS = {
    "school": "hash(dob, sex, {word})",
    "year": "hash({number}, {word})",
    "birthday": "hash({number}, {word})",
    "beginning": "hash(dob, {word})",
    "ending": "hash(dob, {word})",
}
"""The number that stands for what is shared, of each kind."""
RECORD = {
    "school": {"word": "substr(laestab, 1, 3)"},
    "year": {"number": "year(dob)", "word": "home"},
    "birthday": {"number": "month(dob) * 100 + day(dob)", "word": "home"},
    "beginning": {"word": f"substr(upn, 1, {HEAD})"},
    "ending": {"word": f"substr(upn, {14 - TAIL}, {TAIL})"},
}
"""What a record tells of each kind."""


def gather(draft: Draft) -> None:
    """Of few children, reads all records once, and holds those that may have to do with any of them.

    All later steps that ask for records near a child find them there. Of many that would be most records.
    """
    if not plan.few(draft):
        draft.engine.define("sightings_numbered", "SELECT * FROM sightings")
        return
    listed = draft.engine.arrow('SELECT DISTINCT la, child, CAST(-1 AS BIGINT) AS "group" FROM header ORDER BY ALL')
    plan.give(draft, "children_sought", listed)
    plan.lay_by(draft, "near_shared")
    plan.hold_alone(draft, "sightings_held", sifted_with_numbers(draft.engine))
    draft.engine.define("sightings_numbered", "SELECT * FROM sightings_held")


def define_near(draft: Draft) -> None:
    """Gives the records near the children who are sought their name, once what they share (`near_shared`) is laid by."""
    if plan.few(draft):
        draft.engine.define("sightings_sifted", "SELECT * FROM sightings_held")
        draft.engine.define("near", plan.sql(draft, "near_in_turn"))
    else:
        draft.engine.define("sightings_sifted", sifted(draft.engine))
        plan.define(draft, "near")


def sifted(engine: Engine) -> str:
    """The records of `sightings` that may be near a child, by what `near_shared` says; on other engines all of them."""
    if engine.dialect != "duckdb":
        return "SELECT * FROM sightings"
    return f"SELECT * FROM sightings WHERE {sharing(engine)}"


def sifted_with_numbers(engine: Engine) -> str:
    """Those, and the records that may bear a number of a child."""
    bears = [sharing(engine)]
    for kind, names in NUMBERS.items():
        told = engine.arrow(" UNION ".join(f"SELECT hash({kind}) AS mark FROM {name} WHERE {kind} IS NOT NULL" for name in names))
        if told.num_rows:
            columns = ("upn", "former_upn") if kind == "upn" else (kind,)
            bears += [test(f"hash({column})", told["mark"].to_numpy()) for column in columns]
    return f"SELECT * FROM sightings WHERE {' OR '.join(f'({said})' for said in bears)}"


def sharing(engine: Engine) -> str:
    """Whether a record may share something with a child, in SQL."""
    cases = " ".join(f"WHEN '{kind}' THEN {said.format(number='number', word='word')}" for kind, said in MARKS.items())
    told = engine.arrow(f"SELECT kind, CASE kind {cases} END AS mark, hash(word) AS word, dob - {FIRST_DAY} AS day FROM near_shared")
    kind = np.array(told["kind"].to_pylist(), object)
    mark, word = told["mark"].to_numpy(), told["word"].to_numpy()
    at_home = (kind == "year") | (kind == "birthday")
    day = told["day"].to_numpy()[~at_home].astype(np.int64).astype(np.uint64)
    passes = {name: test(said.format(**RECORD[name]), mark[kind == name]) for name, said in MARKS.items()}
    born = f"{test(f'dob - {FIRST_DAY}', day)} AND ({passes['school']} OR {passes['beginning']} OR {passes['ending']})"
    lived = f"{test('hash(home)', word[at_home])} AND ({passes['year']} OR {passes['birthday']})"
    return f"({born}) OR ({lived})" if at_home.any() else born


def test(said: str, values: np.ndarray) -> str:
    """Whether the bit of a number is set, in SQL: those of `values` are."""
    size = LEAST
    while size < ROOM * len(values):
        size *= 2
    bits = np.zeros(size, np.uint8)
    bits[values & np.uint64(size - 1)] = 1
    held = base64.b64encode(np.packbits(bits).tobytes()).decode()
    return f"get_bit(from_base64('{held}')::BIT, (({said}) & {size - 1})::INTEGER) = 1"
