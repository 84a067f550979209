"""The kernel over columns gives the sums that the query gives, whatever is asked for."""

import random
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from virtualschool import benchmarks, measures, tables
from virtualschool.benchmarks import figure, sums_kernel
from virtualschool.store import Store

ASKED = (
    {"la": "301"},
    {"la": "301", "compare": "england,region,neighbours"},
    {"la": "all", "year": "2023-2025", "by": "sex,sen"},
    {"la": "england", "by": "age,looked_after_12_months", "schools": "all"},
    {"la": "all", "cohort": "year", "by": "school"},
    {"la": "303", "where": "sex = not known"},
    {"la": "303", "where": "sex != female and age >= 5 and age < 16"},
    {"la": "all", "where": "sex in (male, not known) and disability = no", "by": "placement_type"},
    {"la": "all", "where": "age != 7 and sen != not known and unaccompanied != yes"},
)
NAMES = ("attainment_8", "progress_8", "absence_rate", "ehcp", "placements_3_plus", "sdq_score")
ORIGINS = {
    "ks4_source": ("dfe", "results", None),
    "progress_8_source": ("dfe", "official (final)", "There is no key stage 2 result.", None),
}


def cell(chance, column, kind):
    """A value by chance for a column of facts: null one time in ten."""
    if column.name == "year":
        return chance.choice((2023, 2024, 2025))
    if column.name == "la":
        return chance.choice(("301", "302", "303", "304"))
    if column.name == "child":
        return f"{chance.random()}"
    if chance.random() < 0.1:
        return None
    if column.name in ORIGINS:
        return chance.choice(ORIGINS[column.name])
    if pa.types.is_boolean(column.type):
        return chance.random() < 0.7
    if pa.types.is_integer(column.type):
        return chance.randint(0, 18)
    if pa.types.is_decimal(column.type):
        return Decimal(chance.randint(-4_000_000, 90_000_000)) / (10**6 if "score" in column.name or "progress" in column.name else 1)
    words = tables.children[column.name].values if column.name in tables.children else ()
    return chance.choice(list(words) or ["one", "two", "three"])


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """A snapshot with eight hundred children of four authorities; numerators and denominators are there together or not at all."""
    chance = random.Random(5)
    with Store(tmp_path_factory.mktemp("columns") / "store").draft(threads=2) as draft:
        draft.rest_empty()
        kept = [column for column in tables.children.columns if column.filter or column.name in ("la", "child", "year", *ORIGINS)]
        amounts = [(f"{name}__{part}", pa.decimal128(18, 6)) for name in NAMES for part in "nd"]
        schema = pa.schema([*((column.name, column.arrow) for column in kept), *amounts])
        rows = [{column.name: cell(chance, column, column.type) for column in schema} for _ in range(800)]
        for row in rows:
            for name in NAMES:
                if row[f"{name}__n"] is None or row[f"{name}__d"] is None or chance.random() < 0.3:
                    row[f"{name}__n"] = row[f"{name}__d"] = None
        made = pa.Table.from_pylist(rows, schema=schema)
        draft.write("facts", made, order_by=("year", "la", "child"))
        return draft.finish({"inputs": []})


def sums(engine, asked):
    request = benchmarks.parse(engine, NAMES, **asked)
    return figure.of_children(engine, [measures.named(name) for name in NAMES], request.years or (2024,), None, request)


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_kernel_has_the_sums_of_the_query(snapshot, asked, monkeypatch):
    expected = sums(snapshot.engine(), asked)
    assert expected
    # Without its own arithmetic it would ask the query, and agree with that for nothing.
    monkeypatch.setattr(figure, "sums_of", None)
    assert sums(snapshot.engine(lasting=True), asked) == expected


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_sums_over_several_places_are_those_of_each_together(snapshot, asked):
    expected, found = sums(snapshot.engine(), asked), sums(snapshot.engine(lasting=True), asked)
    assert sorted(map(str, expected.held())) == sorted(map(str, found.held()))
    for name, year, _, group in dict.fromkeys((name, year, "", group) for name, year, _, group in expected):
        for las in (("301",), ("301", "303"), ("302", "304", "999"), ("301", "302", "303", "304"), ("999",), ()):
            assert found.pooled(name, year, las, group) == expected.pooled(name, year, las, group)


@pytest.mark.parametrize("indexed", [0, 3, 256])
def test_columns_of_few_and_of_many_words_are_filtered_alike(snapshot, indexed, monkeypatch):
    asked = {"la": "all", "year": "2023-2025", "where": "sex in (male, not known) and age >= 7 and sen != support", "by": "placement_type"}
    expected = sums(snapshot.engine(), asked)
    monkeypatch.setattr(sums_kernel, "INDEXED", indexed)
    monkeypatch.setattr(sums_kernel, "columns", lambda engine, table: sums_kernel.Columns(table))
    assert sums(snapshot.engine(lasting=True), asked) == expected


def test_squares_of_scores_of_eighteen_digits_are_exact_or_left_to_the_query():
    chance = np.random.default_rng(3)
    which = chance.integers(0, 4, 500)
    for most in (9, 2**20, 2**31, 2**36):
        one, other = (chance.integers(-most, most, 500) for _ in range(2))
        expected = [sum(int(a) * int(b) for a, b, at in zip(one, other, which, strict=True) if at == cell) for cell in range(4)]
        try:
            assert sums_kernel.products(one, most, other, most, which, 4).tolist() == expected
        except sums_kernel.TooLarge:
            assert most > 2**31


def test_sums_too_large_to_be_exact_are_left_to_the_query(snapshot, monkeypatch):
    expected = sums(snapshot.engine(), ASKED[0])
    monkeypatch.setattr(sums_kernel, "EXACT", 1000)
    assert sums(snapshot.engine(lasting=True), ASKED[0]) == expected


def test_what_was_asked_before_is_answered_from_memory(snapshot, monkeypatch):
    engine = snapshot.engine()
    request = benchmarks.parse(engine, ["ehcp"], la="301", year=2024)
    first = benchmarks.figures(engine, snapshot.manifest, request)
    monkeypatch.setattr(benchmarks, "Holdings", None)
    again = benchmarks.figures(snapshot.engine(), snapshot.manifest, benchmarks.parse(engine, ["ehcp"], la="301", year=2024))
    assert again.figures is first.figures


def test_nothing_is_remembered_of_a_draft(store):
    store.draft.write("header", pa.table({"la": ["301"]}).select(["la"]))
    assert benchmarks.request.held_codes(store.engine) == {"301"}
    store.draft.write("header", pa.table({"la": ["302"]}).select(["la"]))
    assert benchmarks.request.held_codes(store.engine) == {"302"}


def test_what_is_remembered_of_a_figure_counts_with_the_cells_beside_it(snapshot):
    engine = snapshot.engine()
    asked = [{"la": "301", "year": 2024}, {"la": "301", "year": 2024, "compare": "302,303,304"}]
    alone, beside = (benchmarks.figures(engine, snapshot.manifest, benchmarks.parse(engine, ["ehcp"], **one)) for one in asked)
    assert beside.weight == alone.weight + 6
