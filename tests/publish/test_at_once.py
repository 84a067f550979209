"""Publishing many figures at once: the very rows that publishing them one by one gives."""

import random
from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from virtualschool import benchmarks, measures, publish, tables
from virtualschool.errors import WrongUse
from virtualschool.publish import at_once
from virtualschool.store import Store

LAS = tuple(f"V{number:02d}" for number in range(1, 15))
WHEN = datetime(2026, 1, 1)
NAMES = (
    "attainment_8", "english_maths_94", "progress_8", "absence_rate", "persistent_absence", "suspension_rate", "suspended_once_or_more",
    "sdq_score", "sdq_normal", "sdq_borderline", "sdq_concern", "placements_3_plus", "missing_episodes", "leavers_eet",
    "leavers_neet", "leavers_activity_not_known", "leavers_in_touch", "multiplication_score",
)  # fmt: skip
COHORTS = ("looked_after_12_months", "at_31_march", "in_year", "care_leaver")
COLUMNS = ("sex", "ethnic_group", "sen", "age")
SHARES = ("sdq_normal", "sdq_borderline", "sdq_concern")
"""Of one child one of them."""


def one(measure: measures.Measure, chance: random.Random, sick: dict) -> tuple[Decimal | None, Decimal | None]:
    """Numerator and denominator of a child, or none."""
    if chance.random() < 0.25 and measure.name not in SHARES:
        return None, None
    if measure.name in SHARES:
        return (None, None) if sick["band"] is None else (Decimal(sick["band"] == measure.name), Decimal(1))
    if measure.interval == "ratio":
        possible = chance.randrange(1, 400)
        return Decimal(chance.choice((0, chance.randrange(possible + 1)))), Decimal(possible)
    if measure.unit == "percent" and measure.counts == "pupils":
        return Decimal(chance.random() < sick["share"]), Decimal(1)
    if measure.counts == "points" or measure.interval in ("t", "dfe_progress"):
        return Decimal(chance.randrange(-300 if measure.unit == "score" else 0, 5000)) / 100, Decimal(1)
    return Decimal(chance.choice((0, 0, 0, 1, 2))), Decimal(1)


def facts(seed: int) -> pa.Table:
    chance = random.Random(seed)
    schema = [("la", pa.string()), ("child", pa.string()), ("year", pa.int32())]
    schema += [(name, pa.int32() if name == "age" else pa.string()) for name in COLUMNS]
    schema += [(name, pa.bool_()) for name in (*COHORTS, "state_funded")] + [
        ("ks4_source", pa.string()),
        ("progress_8_source", pa.string()),
    ]
    origins = {measures.named(name).origin for name in NAMES} - {""}
    schema += [(name, pa.string()) for name in origins if name not in dict(schema)]
    schema += [(f"{name}__{part}", pa.decimal128(18, 6)) for name in NAMES for part in "nd"]
    rows = []
    for la in LAS:
        number = chance.choice((1, 4, 7, 12, 30, 90))
        share = chance.choice((0.0, 0.1, 0.5, 0.97, 1.0))
        for child in range(number):
            sick = {"share": share, "band": chance.choice((*SHARES, None))}
            row = {"la": la, "child": f"{child:04d}", "year": chance.choice((2025, 2026)), "age": chance.randrange(4, 9)}
            row |= {"sex": chance.choice(("female", "male", None)), "sen": chance.choices(("none", "support", "EHCP"), (70, 25, 5))[0]}
            row["ethnic_group"] = chance.choices(("Asian", "Black", "Mixed", "White", "Other", None), (5, 8, 10, 70, 4, 3))[0]
            row |= {name: chance.random() < 0.9 for name in COHORTS} | {"state_funded": chance.choice((True, True, None, False))}
            for name in NAMES:
                measure = measures.named(name)
                row[f"{name}__n"], row[f"{name}__d"] = one(measure, chance, sick)
                if measure.origin:
                    row[measure.origin] = chance.choice(("results", "dfe", "No result is held.", None))
            rows.append(row)
    return pa.table([pa.array([row.get(name) for row in rows], kind) for name, kind in schema], schema=pa.schema(schema))


@pytest.fixture(scope="module", params=[1, 2])
def snapshot(request, tmp_path_factory):
    with Store(tmp_path_factory.mktemp("at_once") / "store").draft(threads=2) as draft:
        draft.write("facts", facts(request.param), order_by=("year", "la", "child"))
        placed = [{"la": la, "name": f"Invented {la}", "region_code": "VR1", "region": "North"} for la in LAS]
        draft.write("authorities", table(tables.authorities, placed))
        printed = [
            {"series": "EES", "release": "2026", "measure": name, "year": 2026, "level": "la", "la": "V99", "place": "Invented V99",
             "population": "12months", "breakdown": kind, "pupils": "40", "value": "51", "file": 1, "row": at}
            for at, (name, kind) in enumerate((("english_maths_94", "total"), ("english_maths_94", "sex=female")))
        ]  # fmt: skip
        draft.write("published", table(tables.published, printed))
        draft.rest_empty()
        return draft.finish({"inputs": [], "measures": {}})


def table(which: tables.Table, rows: list[dict]) -> pa.Table:
    return pa.table([pa.array([row.get(column.name) for row in rows], column.arrow) for column in which.columns], schema=which.arrow)


@pytest.mark.parametrize("by", [None, "sex", "ethnic_group", "sen", "age"])
def test_figures_published_at_once_are_those_published_one_by_one(snapshot, by):
    engine = snapshot.engine(lasting=True)
    asked = benchmarks.parse(engine, NAMES, year="2025-2026", by=by)
    assert at_once.fits(engine, asked)
    slow = publish.publish(benchmarks.figures(engine, snapshot.manifest, asked), when=WHEN)
    quick = at_once.published(engine, snapshot.manifest, asked, when=WHEN)
    for one_by_one, together in zip(slow.rows, quick.rows, strict=True):
        assert one_by_one == together
    assert slow.marks == quick.marks
    assert {row["symbol"] for row in quick.rows} >= {"", "c"}


def test_filters_other_cohorts_and_single_authorities_are_published_at_once_as_well(snapshot):
    engine = snapshot.engine(lasting=True)
    for asked in (
        {"where": "age >= 6 and sex = female", "by": "sen"},
        {"cohort": "march", "schools": "all", "by": "sex"},
        {"la": "V03,V07", "by": "ethnic_group"},
    ):
        request = benchmarks.parse(engine, NAMES, year="2026", **asked)
        slow = publish.publish(benchmarks.figures(engine, snapshot.manifest, request), when=WHEN)
        assert at_once.published(engine, snapshot.manifest, request, when=WHEN).rows == slow.rows


def test_what_stands_beside_other_places_or_by_two_columns_is_not_published_at_once(snapshot):
    engine = snapshot.engine(lasting=True)
    for asked in ({"compare": "england"}, {"by": "sex,sen"}, {"la": "england"}, {"source": "published"}):
        assert not at_once.fits(engine, benchmarks.parse(engine, NAMES[:1], year="2026", **asked))
    assert not at_once.fits(snapshot.engine(), benchmarks.parse(engine, NAMES[:1], year="2026"))


def test_nothing_that_is_hidden_at_once_can_be_had_from_the_total(snapshot):
    """The attack on one line, by hand: the total of an authority less what is shown of it."""
    engine = snapshot.engine(lasting=True)
    total = {
        (row["measure"], row["la"]): row
        for row in at_once.published(engine, snapshot.manifest, benchmarks.parse(engine, NAMES, year="2026")).rows
    }
    parts: dict[tuple, list[dict]] = {}
    for row in at_once.published(engine, snapshot.manifest, benchmarks.parse(engine, NAMES, year="2026", by="ethnic_group")).rows:
        parts.setdefault((row["measure"], row["la"]), []).append(row)
    attacked = 0
    for key, listed in parts.items():
        hidden = [row for row in listed if row["symbol"] == "c"]
        if not hidden or total[key]["pupils"] is None or measures.named(key[0]).counts != "pupils":
            continue
        attacked += 1
        left = total[key]["pupils"] - sum(row["pupils"] or 0 for row in listed)
        assert len(hidden) > 1
        assert left > 5
    assert attacked > 10


def test_a_column_that_the_store_lacks_is_said_to_be_newer_than_the_store(snapshot):
    with pytest.raises(WrongUse) as fault:
        benchmarks.parse(snapshot.engine(), NAMES[:1], by="placement_type")
    assert str(fault.value) == (
        "Column 'placement_type': the store was built before this column was read. Build it again: virtualschool build STORE --add FILES"
    )
