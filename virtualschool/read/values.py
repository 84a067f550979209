"""Text as values: the SQL that types a record, and the words for what cannot be typed.

A value that cannot be read becomes null and a finding; the record stays, unless the column is required.
"""

import re
from collections.abc import Collection, Sequence

from virtualschool.read.kinds import Kind
from virtualschool.store import quote
from virtualschool.tables import Column

SPACES = "\t\r\n\u00a0\u2007\u202f\ufeff"
"""Beside the space itself."""
WRONG = {
    "date": ("this is not a date.", "Write dates as 31/03/2026."),
    "integer": ("this is not a whole number.", "Write it in digits, such as 12."),
    "bigint": ("this is not a whole number.", "Write it in digits, such as 12."),
    "boolean": ("this is neither yes nor no.", "Write 1 or 0, Y or N, true or false."),
    "decimal": ("this is not a number.", "Write it in digits, such as 46.25."),
    "year": ("this is not a year.", "Write it as 2026 or 2025/26."),
    "la": ("there is no authority of that code or name.", "Write DfE's three-digit code, such as 301."),
    "missing": ("there is no value, and a record needs one.", "Fill it in; until then the record is set aside."),
}


def words(column: Column) -> tuple[str, str]:
    """What is wrong with a value that cannot be typed, and what to do."""
    if column.unit == "pence":
        return "this is not an amount of money.", "Write pounds, such as 550 or 550.00."
    if column.listed:
        return "this is none of the words that it may hold.", f"Write one of {', '.join(column.values)}."
    return WRONG[column.name] if column.name in ("year", "la") else WRONG[column.type.split("(")[0]]


def trimmed(expression: str) -> str:
    """A cell without the spaces around it; null if nothing is left, or the word NULL that databases write for nothing."""
    # Trimming any character but the space itself is slow, and seldom needed.
    other = f"regexp_matches({expression}, '^ *[{SPACES}]|[{SPACES}] *$')"
    return known(f"CASE WHEN {other} THEN trim({expression}, ' {SPACES}') ELSE trim({expression}) END")


def spelled(column: Column, care: bool) -> str:
    """SQL of a text column: codes of a return in capitals, numbers and postcodes in capitals and without spaces."""
    name = _q(column.name)
    if column.compact:
        # Most are spelled so already, and to look is cheaper than to write anew.
        return f"CASE WHEN contains({name}, ' ') THEN upper(replace({name}, ' ', '')) ELSE upper({name}) END"
    return f"upper({name})" if care else name


def known(expression: str) -> str:
    """The same of a cell without spaces around it."""
    return f"nullif(nullif({expression}, ''), 'NULL')"


def typed(column: Column, expression: str) -> str:
    """SQL that reads trimmed text as a value of the column's type, or gives null."""
    if column.name == "year":
        return year(expression)
    if column.listed:
        word = f"regexp_replace({expression}, '[\\s/-]+', '_', 'g')"
        return f"CASE {' '.join(f'WHEN lower({word}) = {quote(value.lower())} THEN {quote(value)}' for value in column.values)} END"
    if column.type == "text":
        return expression
    if column.type == "date":
        return date(expression)
    grouped = f"TRY_CAST(replace({expression}, ',', '') AS {column.sql})"
    if column.type in ("integer", "bigint"):
        return (
            # Most numbers are written as they would be printed, and that is quicker to tell than a pattern.
            f"CASE WHEN CAST(TRY_CAST({expression} AS {column.sql}) AS VARCHAR) = {expression} THEN TRY_CAST({expression} AS {column.sql}) "
            f"WHEN regexp_full_match({expression}, '[+-]?[0-9]{{1,18}}([.]0*)?') "
            f"THEN TRY_CAST(regexp_extract({expression}, '[+-]?[0-9]+') AS {column.sql}) "
            f"WHEN regexp_full_match({expression}, '[+-]?[0-9]{{1,3}}(,[0-9]{{3}})+') THEN {grouped} END"
        )
    if column.type == "boolean":
        return (
            f"CASE WHEN {expression} = '1' THEN true WHEN {expression} = '0' THEN false "
            f"WHEN lower({expression}) IN ('1.0', 'y', 'yes', 't', 'true') THEN true "
            f"WHEN lower({expression}) IN ('0.0', 'n', 'no', 'f', 'false') THEN false END"
        )
    return (
        f"CASE WHEN regexp_full_match({expression}, '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') "
        f"THEN TRY_CAST({expression} AS {column.sql}) "
        f"WHEN regexp_full_match({expression}, '[+-]?[0-9]{{1,3}}(,[0-9]{{3}})+([.][0-9]+)?') THEN {grouped} END"
    )


def without_time(expression: str) -> str:
    """SQL of the day in the text of a day and time."""
    return f"CASE WHEN length({expression}) > 11 THEN regexp_replace({expression}, '[ T][0-9]{{1,2}}:.*$', '') ELSE {expression} END"


def date(expression: str) -> str:
    """SQL of a day, from any of the ways in which files write one. The day comes before the month.

    Read: 31/03/2026, 1/4/26, 31-03-2026, 31.03.2026, 20260331, 2026-03-31 and the like, 31-Mar-26, 31 March 2026, 2026-Mar-31, and
    Excel's day numbers. A time behind has to be taken off before (`without_time`).
    """
    slashes = f"replace(replace({expression}, '.', '/'), '-', '/')"
    dashes = f"replace(replace({expression}, ' ', '-'), '/', '-')"

    def like(pattern: str, day: str) -> str:
        return f"WHEN regexp_full_match({expression}, '{pattern}') THEN {day}"

    def parsed(text: str, *formats: str) -> str:
        return f"CAST(try_strptime({text}, [{', '.join(repr(one) for one in formats)}]) AS DATE)"

    cases = (
        like("[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", f"CAST(try_strptime({expression}, '%d/%m/%Y') AS DATE)"),
        like("[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}", parsed(slashes, "%d/%m/%Y")),
        like("[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}", f"TRY_CAST({dashes} AS DATE)"),
        like("[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}", parsed(slashes, "%d/%m/%y")),
        like("[0-9]{1,2}[- /][A-Za-z]{3,9}[- /][0-9]{4}", parsed(dashes, "%d-%b-%Y", "%d-%B-%Y")),
        like("[0-9]{1,2}[- /][A-Za-z]{3,9}[- /][0-9]{2}", parsed(dashes, "%d-%b-%y", "%d-%B-%y")),
        like("[0-9]{4}[- /][A-Za-z]{3,9}[- /][0-9]{1,2}", parsed(dashes, "%Y-%b-%d", "%Y-%B-%d")),
        like("(19|20)[0-9]{6}", parsed(expression, "%Y%m%d")),
        like("[1-9][0-9]{4}([.][0-9]+)?", f"DATE '1899-12-30' + CAST(floor(TRY_CAST({expression} AS DOUBLE)) AS INTEGER)"),
    )
    return f"CASE {' '.join(cases)} END"


def year(expression: str) -> str:
    """SQL of a year by the one it ends in: 2026, 2025/26, 2025-26, 202526, 2025/2026, FY2026, 2026.0."""
    return (
        f"CASE WHEN regexp_full_match({expression}, '(FY|AY|fy|ay)? ?(19|20)[0-9]{{2}}([.]0)?') "
        f"THEN CAST(regexp_extract({expression}, '(19|20)[0-9]{{2}}') AS INTEGER) "
        f"WHEN regexp_full_match({expression}, '(19|20)[0-9]{{2}}[ /_-]?((19|20)[0-9]{{2}}|[0-9]{{2}})') "
        f"AND (CAST(left({expression}, 4) AS INTEGER) + 1) % 100 = CAST(right({expression}, 2) AS INTEGER) "
        f"THEN CAST(left({expression}, 4) AS INTEGER) + 1 END"
    )


def year_among(texts: Sequence[str]) -> str:
    """SQL of the column `year` where it holds only these texts: millions of records of one file say the same few years."""
    return "CASE " + " ".join(f"WHEN year = {quote(text)} THEN {year(quote(text))}" for text in texts) + " END" if texts else "NULL"


def query(kind: Kind, given: Collection[str], native: dict[str, str] | None = None, years: Sequence[str] | None = None) -> str:
    """SQL over the relation `records` that types the records of a kind, of which `given` are the columns that have headings.

    `records` has file, row, file_la, file_year, file_term and each of the given columns, as text without spaces around it, or in the
    DuckDB type that `native` says. A care kind also asks `authority_names`. The result has every column of the table, and for each
    column of `checked(kind)` whether something stood there that could not be read, as `<column> wrong`. `years` are the texts of the
    column `year`, where they are known to be few.
    """
    asked = " ".join((*(sql for name, sql in kind.values.items() if name in given), *kind.derived.values()))
    passed = {
        name
        for name, type_ in (native or {}).items()
        if name in kind.table and name != "year" and name not in kind.derived
        if _same(type_, kind.table[name]) and not kind.table[name].compact and not re.search(rf"\b{name}\b", asked)
    }
    steps = [
        "named AS (SELECT file, row, file_la, file_year, file_term, " + ", ".join(_named(kind, given, native, passed)) + " FROM records)"
    ]
    cleaned = {name: sql.replace("{value}", _q(name)) for name, sql in kind.values.items() if name in given and name not in passed}
    if cleaned:
        steps.append(_replaced("valued", steps, cleaned))
    derived = {name: f"coalesce({_q(name)}, CAST(({_filled(sql)}) AS VARCHAR))" for name, sql in kind.derived.items() if name != "year"}
    if derived:
        steps.append(_replaced("made", steps, derived))
    care, own = kind.table.family == "care", kind.table.of_authorities
    columns, values, results = [], [], ["file", "row"]
    for column in kind.table.columns:
        name = _q(column.name)
        if column.name in ("file", "row"):
            continue
        absent = column.name not in given and column.name not in kind.derived
        if column.name in passed or (absent and column.type != "text"):
            columns.append(name)
            value = f"CAST(NULL AS {column.sql})" if absent else f"TRY_CAST({name} AS {column.sql})"
            # A number that is no number (NaN) says that there is none.
            said = "NULL" if absent else f"CASE WHEN CAST({name} AS VARCHAR) <> 'nan' THEN true END"
            values.append(f"{value} AS {name}, {said} AS {_q(column.name + ' text')}")
        elif column.type == "text" and not column.listed:
            columns.append(f"{spelled(column, care)} AS {name}" if not absent else name)
            values.append(name)
        else:
            columns.append(f"{without_time(name) if column.type == 'date' else name} AS {name}")
            # What statistical packages write for nothing is no value that could not be read.
            said = f"CASE WHEN {name} NOT IN ('NaN', 'nan', 'NaT', 'null', '<NA>') THEN {name} END"
            value = typed(column, name) if column.name != "year" or years is None else year_among(years)
            values.append(f"{value} AS {name}, {said} AS {_q(column.name + ' text')}")
        if column.name == "la" and own:
            results.append('CASE WHEN la IS NULL THEN file_la ELSE la_code END AS la, la IS NOT NULL AND la_code IS NULL AS "la wrong"')
        elif column.name == "year" and column.required:
            results.append('coalesce(year, CASE WHEN "year text" IS NULL THEN coalesce(file_year, year_derived) END) AS year')
            results.append('"year text" IS NOT NULL AND year IS NULL AS "year wrong"')
        elif column.type == "text" and not column.listed:
            results.append(name)
        else:
            value = name
            if column.type == "date" and not absent:
                value = f"CASE WHEN {name} BETWEEN DATE '1900-01-01' AND DATE '2100-12-31' THEN {name} END"
            results.append(f"CAST({value} AS {column.sql}) AS {name}")
            wrong = "false" if absent else f"{_q(column.name + ' text')} IS NOT NULL AND ({value}) IS NULL"
            results.append(f"{wrong} AS {_q(column.name + ' wrong')}")
    told = f"TRY_CAST(({_filled(kind.derived['year'])}) AS INTEGER)" if "year" in kind.derived else "CAST(NULL AS INTEGER)"
    steps.append(f"texts AS (SELECT file, row, file_la, file_year, {told} AS year_derived, {', '.join(columns)} FROM {_last(steps)})")
    steps.append(f"typed AS (SELECT file, row, file_la, file_year, year_derived, {', '.join(values)} FROM texts)")
    source = "typed"
    if own:
        # An authority's name may mean another code after a change of boundaries.
        when = "coalesce(typed.year, typed.file_year, 9999)" if "year" in kind.table else "coalesce(typed.file_year, 9999)"
        source = (
            "typed LEFT JOIN authority_names ON upper(typed.la) = authority_names.written "
            f"AND {when} BETWEEN authority_names.first_year AND authority_names.last_year"
        )
    return f"WITH {', '.join(steps)} SELECT {', '.join(results)} FROM {source}"


def checked(kind: Kind) -> list[Column]:
    """The columns in which something may stand that cannot be read."""
    own = kind.table.of_authorities
    return [
        column
        for column in kind.table.columns
        if column.name not in ("file", "row") and (column.type != "text" or column.listed or (own and column.name == "la"))
    ]


def _named(kind: Kind, given: Collection[str], native: dict[str, str] | None, passed: set[str]) -> list[str]:
    columns = []
    for name in kind.columns:
        type_ = (native or {}).get(name)
        if name not in given:
            columns.append(f"CAST(NULL AS VARCHAR) AS {_q(name)}")
        elif name in passed:
            columns.append(_q(name))
        elif type_ in ("DOUBLE", "FLOAT"):
            whole = f"CASE WHEN {_q(name)} = floor({_q(name)}) THEN CAST(TRY_CAST({_q(name)} AS BIGINT) AS VARCHAR) END"
            columns.append(f"coalesce({whole}, CAST({_q(name)} AS VARCHAR)) AS {_q(name)}")
        else:
            columns.append(f"{known(f'CAST({_q(name)} AS VARCHAR)' if type_ else _q(name))} AS {_q(name)}")
    return columns


def _same(type_: str, column: Column) -> bool:
    whole = type_ in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
    if column.type in ("integer", "bigint"):
        return whole
    if column.type.startswith("decimal"):
        return whole or type_ in ("DOUBLE", "FLOAT") or type_.startswith("DECIMAL")
    return (
        (column.type == "date" and type_ == "DATE") or (column.type == "boolean" and type_ == "BOOLEAN") or type_ == column.sql != "VARCHAR"
    )


def _replaced(step: str, steps: list[str], replaced: dict[str, str]) -> str:
    listed = ", ".join(f"{expression} AS {_q(name)}" for name, expression in replaced.items())
    return f"{step} AS (SELECT * REPLACE ({listed}) FROM {_last(steps)})"


def _last(steps: list[str]) -> str:
    return steps[-1].split(" ", 1)[0]


def _filled(expression: str) -> str:
    return expression.replace("{year}", "file_year").replace("{term}", "file_term").replace("{la}", "file_la")


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
