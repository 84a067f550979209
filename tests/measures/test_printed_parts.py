"""What DfE printed of authorities worked out again from its own parts: numerator over denominator, rounded once, half away from zero."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from virtualschool import measures, read
from virtualschool.store import Store

FILES = ("ees_outcomes/sen_la__rel2022.csv.gz", "all_pupils/ks4_la_data_revised__2223.csv.gz")
TIES = {("attainment_8_open", 2019, "7381.5", "570")}
"""12.95, printed as 12.9: the sum is rounded too, and the whole one lies below."""


def number(text: str | None) -> Decimal | None:
    try:
        return Decimal((text or "").replace(",", ""))
    except ArithmeticError:
        return None


@pytest.fixture(scope="module")
def printed(tmp_path_factory, real_data):
    with Store(tmp_path_factory.mktemp("printed") / "store").draft(threads=2) as draft:
        read.read(read.inputs_of([(None, real_data / "published" / file) for file in FILES]), draft)
        query = "SELECT measure, year, numerator, denominator, value FROM published WHERE level = 'la' AND denominator IS NOT NULL"
        yield [tuple(row.values()) for row in draft.engine.rows(query)]


def test_every_authority_row_is_its_numerator_over_its_denominator(printed):
    worked, wrong = 0, []
    for name, year, above, below, value in printed:
        top, bottom, shown = number(above), number(below), number(value)
        if name not in measures.ALL or top is None or not bottom or shown is None:
            continue
        measure = measures.named(name)
        # DfE prints shares of its release on outcomes to one decimal, whatever the share.
        places = 1 if measure.unit == "percent" else measure.decimals
        found = (top / bottom * (100 if measure.unit == "percent" else 1)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        worked += 1
        if found != shown and (name, year, above, below) not in TIES:
            wrong.append((name, year, above, below, value, found))
    assert wrong == []
    assert worked > 40_000
    assert {name for name, *_ in printed} >= {"sen_any", "primary_need_semh", "progress_8_open", "attainment_8_english", "ebacc_95"}
