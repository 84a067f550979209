"""How the education files write a heading and a value: prefixes and suffixes of names, marks for nothing, codes for yes.

The same fact arrives under five spellings: NPD item names (`KS4_ATT8`, `FSMeligible_Spr18`), the same in lower case from a
secure lab, downloads of "Get information about pupils" (`READSCORE`), COLLECT exports (`ncyearactual`) and analysts'
headings ("Attainment 8 score"). A table's own `names` are the NPD item names without term and year; a kind adds the others.

The SQL here holds no braces but {value}, the cell.
"""

import dataclasses
from collections.abc import Mapping

from virtualschool.tables import Column, Table

MISSING = ("X", "Z", ".", "..", "-", "--", ":", "NA", "N/A", "#N/A", "SUPP", "DNS", "NULL", "NAN", "NONE", "NE", "NP", "LOWCOV")
"""What DfE and statistical packages write in a number's place when there is none: not applicable, suppressed, did not sit …"""


def listed(words: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"


# Most values are plain already: a cheap look at them saves the search through words and patterns.
NUMBER = f"CASE WHEN {{value}} >= '0' AND {{value}} < ':' OR upper({{value}}) NOT IN {listed(MISSING)} THEN {{value}} END"
# A scaled score is text, since a code may stand for it: X and NP may be codes, these are not.
SCORE = f"CASE WHEN upper({{value}}) NOT IN {listed(('NA', 'N/A', '#N/A', '.', '..', '-', '--', 'SUPP', 'NAN'))} THEN {{value}} END"
UPN = """CASE WHEN regexp_full_match({value}, '[A-Z0-9]+') THEN {value}
    ELSE nullif(upper(regexp_replace({value}, '[^0-9A-Za-z]', '', 'g')), '') END"""
# W stands for women in authorities' sheets.
SEX = """CASE WHEN upper({value}) IN ('M', '1', '1.0', 'MALE', 'BOY', 'B') THEN 'M'
    WHEN upper({value}) IN ('F', '2', '2.0', 'FEMALE', 'GIRL', 'G', 'W', 'WOMAN') THEN 'F' END"""
DIGITS = """CASE WHEN regexp_full_match({value}, '[0-9]+') THEN {value}
    ELSE nullif(regexp_replace(regexp_replace({value}, '[.]0+$', ''), '[^0-9]', '', 'g'), '') END"""
_LEARNER = "regexp_replace(replace({value}, ' ', ''), '[.]0$', '')"
# Ten nines stand for a number that is not known yet. Source: Individualised Learner Record specification, Unique Learner Number.
ULN = f"CASE WHEN length({_LEARNER}) = 10 AND regexp_full_match({_LEARNER}, '[1-9][0-9]+') THEN nullif({_LEARNER}, '9999999999') END"
TERM = """CASE left(upper({value}), 3) WHEN 'AUT' THEN 'autumn' WHEN 'SPR' THEN 'spring' WHEN 'SUM' THEN 'summer' END"""
CODE = "upper({value})"

_BY_NAME = {
    "read_result": SCORE,
    "maths_result": SCORE,
    "gps_result": SCORE,
    "ks2_reading": SCORE,
    "ks2_maths": SCORE,
    "upn": UPN,
    "former_upn": UPN,
    "uln": ULN,
    "sex": SEX,
    "laestab": DIGITS,
    "school_urn": DIGITS,
    "term": TERM,
    "sen": CODE,
    "year_group": "regexp_replace(upper({value}), '^0+([0-9])', '\\1')",
    "ethnicity": CODE,
    "language": CODE,
    "primary_need": CODE,
    "enrol_status": CODE,
}


def values(table: Table, **more: str) -> dict[str, str]:
    """How each column of an education table is cleaned before it is typed, by its name and else by its type.

    A score or code of text stands as written; a number's place that holds one of DfE's marks is null, and no finding.
    """
    plain = {column.name: _BY_NAME.get(column.name) or _marks(column) for column in table.columns}
    return {**{name: sql for name, sql in plain.items() if sql}, **more}


def _marks(column: Column) -> str:
    numeric = column.type != "text" and column.type != "date" and column.name not in ("year", "file", "row")
    return NUMBER if numeric else ""


def spelled(table: Table, *patterns: str, only: tuple[str, ...] = (), **more: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """For each column, its names written by each pattern (`{}_ab[yy]`), after those of `more` for that column."""
    written = {
        column.name: (
            *more.get(column.name, ()),
            *(pattern.replace("{}", name) for name in column.names for pattern in patterns if not only or column.name in only),
        )
        for column in table.columns
    }
    return {name: headings for name, headings in written.items() if headings}


def bare(table: Table) -> Table:
    """The same table without the names that its columns bear: for a file in which one of them means something else."""
    return dataclasses.replace(table, columns=tuple(dataclasses.replace(column, names=()) for column in table.columns))


IDS = ("year", "pmr", "upn", "former_upn", "dob", "sex", "laestab", "school_urn")
"""The columns that every education table has: they bear the prefix or suffix of their table."""

SCHOOL_OF_PARTS = """CASE WHEN regexp_full_match(estab, '[0-9]+') AND length(estab) = 7 THEN estab
    WHEN regexp_full_match(estab, '[0-9]+') AND length(estab) <= 4 AND regexp_full_match(school_la, '[0-9][0-9][0-9]')
    THEN school_la || lpad(estab, 4, '0') END"""
"""The school's number from its two parts, the further columns `school_la` and `estab`."""


def parts(*patterns: str) -> Mapping[str, tuple[str, ...]]:
    """The further columns that tell a school in two parts, as each pattern writes them."""
    return {
        "school_la": tuple(pattern.replace("{}", "LA") for pattern in patterns),
        "estab": tuple(pattern.replace("{}", "ESTAB") for pattern in patterns),
    }


def pupil(table: Table, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Every heading by which a file of this kind may name the pupil: one of them must be there."""
    return tuple(
        dict.fromkeys(heading for column in ("pmr", "upn") for heading in (*names.get(column, ()), *table[column].names)),
    )
