"""Which records may be near a child: most others are sifted out by bits before anything is looked up.

To look a record up in five small tables takes longer than to read it. So each thing that is shared is a bit in a long row of bits, and a
record of which no bit is set shares nothing. What passes by chance is looked up with the rest (`blocks.near`), so that an engine
that does not sift comes to the same records.
"""

import base64

import numpy as np

from virtualschool.link.blocks import HEAD, TAIL
from virtualschool.store import Engine

ROOM = 64
"""Bits for each thing that is shared, at least: so one record in so many passes by chance."""
LEAST = 1 << 13
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


def sifted(engine: Engine) -> str:
    """The records of `sightings` that may be near a child, by what `near_shared` says; on other engines all of them."""
    if engine.dialect != "duckdb":
        return "SELECT * FROM sightings"
    cases = " ".join(f"WHEN '{kind}' THEN {said.format(number='number', word='word')}" for kind, said in MARKS.items())
    told = engine.arrow(f"SELECT kind, CASE kind {cases} END AS mark, hash(word) AS word, dob - {FIRST_DAY} AS day FROM near_shared")
    kind = np.array(told["kind"].to_pylist(), object)
    mark, word = told["mark"].to_numpy(), told["word"].to_numpy()
    at_home = (kind == "year") | (kind == "birthday")
    day = told["day"].to_numpy()[~at_home].astype(np.int64).astype(np.uint64)
    passes = {name: test(said.format(**RECORD[name]), mark[kind == name]) for name, said in MARKS.items()}
    born = f"{test(f'dob - {FIRST_DAY}', day)} AND ({passes['school']} OR {passes['beginning']} OR {passes['ending']})"
    lived = f"{test('hash(home)', word[at_home])} AND ({passes['year']} OR {passes['birthday']})"
    return f"SELECT * FROM sightings WHERE ({born}) OR ({lived})"


def test(said: str, values: np.ndarray) -> str:
    """Whether the bit of a number is set, in SQL: those of `values` are."""
    size = LEAST
    while size < ROOM * len(values):
        size *= 2
    bits = np.zeros(size, np.uint8)
    bits[values & np.uint64(size - 1)] = 1
    held = base64.b64encode(np.packbits(bits).tobytes()).decode()
    return f"get_bit(from_base64('{held}')::BIT, (({said}) & {size - 1})::INTEGER) = 1"
