"""What each measure makes of a child: both sides of every edge, and the same over a thousand invented children by plain Python."""

import random
from datetime import date
from decimal import Decimal

import pytest
from drawn_cohorts import built, children, pupils, standing, unoptimised

from virtualschool import measures, tables


def counted(store, measure: str) -> dict[str, tuple]:
    """(numerator, denominator) by child, of those who count."""
    query = f'SELECT child, "{measure}__n" AS n, "{measure}__d" AS d FROM facts WHERE "{measure}__d" IS NOT NULL ORDER BY child'
    return {row["child"]: (float(row["n"]), float(row["d"])) for row in store.engine.rows(query)}


def test_persistent_absence_tests_the_exact_ratio(store):
    store.add(
        tables.children,
        """
        la  | child | year | age | sessions_possible | sessions_missed
        ----+-------+------+-----+-------------------+----------------
        301 | A     | 2024 |  12 |               380 |              38
        301 | B     | 2024 |  12 |               210 |              21
        301 | C     | 2024 |  12 |               300 |             149
        301 | D     | 2024 |  12 |               300 |             150
        301 | E     | 2024 |  12 |               381 |              38
        301 | F     | 2024 |  12 |                 0 |               0
        301 | G     | 2024 |   4 |               100 |              50
        301 | H     | 2024 |   5 |               100 |              50
        301 | I     | 2024 |  15 |               100 |               9
        301 | J     | 2024 |  16 |               100 |               9
        301 | K     | 2024 |     |               100 |              10
        301 | L     | 2024 |  12 |               100 |
        """,
    )
    with unoptimised(store):
        measures.facts(store.draft)
    persistent = {"A": 1, "B": 1, "C": 1, "D": 1, "E": 0, "H": 1, "I": 0, "K": 1}
    assert counted(store, "persistent_absence") == {child: (reached, 1) for child, reached in persistent.items()}
    assert counted(store, "severe_absence") == {child: (child in "DH", 1) for child in persistent}
    assert counted(store, "absence_rate")["C"] == (149, 300)
    assert set(counted(store, "absence_rate")) == set(persistent)


def test_key_stage_measures_take_only_those_who_are_at_the_end_of_it_and_have_a_result(store):
    store.add(
        tables.children,
        """
        la  | child | year | at_ks4 | attainment_8 | progress_8 | english_maths_94 | at_ks2 | ks2_rwm_expected
        ----+-------+------+--------+--------------+------------+------------------+--------+-----------------
        301 | A     | 2024 | yes    |         20.5 |      -1.25 | no               |        |
        301 | B     | 2024 | yes    |            0 |            | no               |        |
        301 | C     | 2024 | no     |           50 |          1 | yes              |        |
        301 | D     | 2024 |        |              |            |                  | yes    | yes
        301 | E     | 2024 |        |              |            |                  | yes    |
        301 | F     | 2024 |        |              |            |                  | yes    | no
        """,
    )
    with unoptimised(store):
        measures.facts(store.draft)
    assert counted(store, "attainment_8") == {"A": (20.5, 1), "B": (0, 1)}
    assert counted(store, "progress_8") == {"A": (-1.25, 1)}
    assert counted(store, "english_maths_94") == {"A": (0, 1), "B": (0, 1)}
    assert counted(store, "ks2_rwm") == {"D": (1, 1), "F": (0, 1)}


def test_exclusions_are_of_those_on_roll_in_january(store):
    store.add(
        tables.children,
        """
        la  | child | year | on_roll_january | suspensions | permanent_exclusions
        ----+-------+------+-----------------+-------------+---------------------
        301 | A     | 2024 | yes             |           3 |                    0
        301 | B     | 2024 | yes             |           0 |                    1
        301 | C     | 2024 | no              |           5 |                    1
        301 | D     | 2024 | yes             |             |
        """,
    )
    with unoptimised(store):
        measures.facts(store.draft)
    assert counted(store, "suspended_once_or_more") == {"A": (1, 1), "B": (0, 1)}
    assert counted(store, "suspension_rate") == {"A": (3, 1), "B": (0, 1)}
    assert counted(store, "permanent_exclusion_rate") == {"A": (0, 1), "B": (1, 1)}


def test_special_needs_are_of_those_aged_four_on_31_march(store):
    store.add(
        tables.children,
        """
        la  | child | year | dob        | sen
        ----+-------+------+------------+--------
        301 | A     | 2024 | 31/03/2020 | support
        301 | B     | 2024 | 01/04/2020 | support
        301 | C     | 2024 |            | EHCP
        301 | D     | 2024 | 01/01/2010 |
        301 | E     | 2024 | 01/01/2010 | none
        """,
    )
    with unoptimised(store):
        measures.facts(store.draft)
    assert counted(store, "sen_support") == {"A": (1, 1), "C": (0, 1), "E": (0, 1)}
    assert counted(store, "ehcp") == {"A": (0, 1), "C": (1, 1), "E": (0, 1)}


def test_sdq_is_of_those_aged_5_to_16_on_31_march_and_its_bands_meet_at_13_and_16(store):
    store.add(
        tables.children,
        """
        la  | child | year | dob        | sdq_score
        ----+-------+------+------------+----------
        301 | A     | 2024 | 31/03/2019 |        13
        301 | B     | 2024 | 01/04/2019 |        13
        301 | C     | 2024 | 01/04/2007 |        14
        301 | D     | 2024 | 31/03/2007 |        14
        301 | E     | 2024 | 01/01/2012 |        16
        301 | F     | 2024 | 01/01/2012 |        17
        301 | G     | 2024 | 01/01/2012 |
        301 | H     | 2024 |            |        20
        """,
    )
    with unoptimised(store):
        measures.facts(store.draft)
    assert counted(store, "sdq_coverage") == {child: (child != "G", 1) for child in "ACEFG"}
    assert counted(store, "sdq_score") == {"A": (13, 1), "C": (14, 1), "E": (16, 1), "F": (17, 1)}
    bands = {
        name: [child for child, (reached, _) in counted(store, f"sdq_{name}").items() if reached]
        for name in ("normal", "borderline", "concern")
    }
    assert bands == {"normal": ["A"], "borderline": ["C", "E"], "concern": ["F"]}


def test_three_placements_count_and_two_do_not(store):
    store.add(
        tables.children,
        """
        la  | child | year | at_31_march | placements_in_year
        ----+-------+------+-------------+-------------------
        301 | A     | 2024 | yes         | 2
        301 | B     | 2024 | yes         | 3
        301 | C     | 2024 | no          | 5
        """,
    )
    with unoptimised(store):
        measures.facts(store.draft)
    assert counted(store, "placements_3_plus") == {"A": (0, 1), "B": (1, 1)}


def test_a_pupil_is_looked_after_if_any_authority_looked_after_him_all_year(store):
    rows = [
        {"la": "301", "child": "A", "year": 2024, "pupil": "P1", "looked_after_12_months": True},
        {"la": "302", "child": "A", "year": 2024, "pupil": "P1", "looked_after_12_months": False},
        {"la": "301", "child": "B", "year": 2024, "pupil": "P2", "looked_after_12_months": False},
        {"la": "301", "child": "C", "year": 2023, "pupil": "P3", "looked_after_12_months": True},
        {"la": "301", "child": "D", "year": 2024, "pupil": None, "looked_after_12_months": True},
    ]
    everyone = [{"pupil": pupil, "year": 2024} for pupil in ("P1", "P2", "P3", "P4")]
    built(store, rows, everyone)
    found = store.rows("SELECT * FROM pupil_facts", "pupil", "looked_after_12_months")
    assert found == [("P1", True), ("P2", False), ("P3", False), ("P4", False)]


def test_facts_written_twice_are_the_same_bytes(store):
    rows = [*children("302", 2024, 20, age=9, sessions_possible=10, sessions_missed=1), *children("301", 2024, 20, sex="male")]
    built(store, rows, pupils(2024, 30, age=9))
    first = dict(store.draft.tables)
    built(store, list(reversed(rows)), pupils(2024, 0))
    assert store.draft.tables["facts"] == first["facts"]


# --- The same by plain Python ---


def aged(row: dict, low: int, high: int) -> bool:
    """Whole years on 31 March."""
    born = row["dob"]
    return born is not None and low <= row["year"] - born.year - ((born.month, born.day) > (3, 31)) <= high


def of_age(row: dict) -> bool:
    return bool(row["sessions_possible"]) and (row["age"] is None or 5 <= row["age"] <= 15)


def value(row: dict, name: str):
    """(numerator, denominator) of a child in a measure, or None: written from the definitions, not from the expressions."""
    if name in ("absence_rate", "authorised_absence", "unauthorised_absence"):
        missed = row[{"absence_rate": "sessions_missed"}.get(name, "sessions_" + name.removesuffix("_absence"))]
        return (missed, row["sessions_possible"]) if of_age(row) and missed is not None else None
    if name in ("persistent_absence", "severe_absence"):
        least = Decimal("0.1") if name == "persistent_absence" else Decimal("0.5")
        missed = row["sessions_missed"]
        return (int(Decimal(missed) / row["sessions_possible"] >= least), 1) if of_age(row) and missed is not None else None
    if name in ("suspended_once_or_more", "suspension_rate", "permanent_exclusion_rate"):
        count = row["permanent_exclusions" if name.startswith("perm") else "suspensions"]
        if not row["on_roll_january"] or count is None:
            return None
        return (int(count > 0) if name == "suspended_once_or_more" else count, 1)
    if name in ("sen_support", "ehcp"):
        if row["sen"] is None or (row["dob"] is not None and not aged(row, 4, 99)):
            return None
        return (int(row["sen"] == {"sen_support": "support", "ehcp": "EHCP"}[name]), 1)
    if name.startswith("sdq_"):
        score = row["sdq_score"]
        if not aged(row, 5, 16) or (score is None and name != "sdq_coverage"):
            return None
        if name == "sdq_score":
            return (score, 1)
        low, high = {"sdq_coverage": (0, 40), "sdq_normal": (0, 13), "sdq_borderline": (14, 16), "sdq_concern": (17, 40)}[name]
        return (int(score is not None and low <= score <= high), 1)
    if name == "placements_3_plus":
        placements = row["placements_in_year"]
        return (int(placements >= 3), 1) if row["at_31_march"] and placements is not None else None
    column = {"ks2_reading": "ks2_read_expected", "ks2_reading_progress": "ks2_read_progress", "ks2_rwm_higher": "ks2_rwm_higher"}.get(name)
    column = column or (f"{name}_expected" if name.startswith("ks2_") and not name.endswith("_progress") else name)
    at_end = row["at_ks2" if name.startswith("ks2_") else "at_ks4"]
    return (row[column], 1) if at_end and row[column] is not None else None


def invented(chance: random.Random, number: int) -> dict:
    """A child with anything or nothing in every column that a measure reads."""

    def maybe(make):
        return None if chance.random() < 0.2 else make()

    row: dict = {"la": chance.choice(("301", "302")), "child": f"c{number:04d}", "year": chance.choice((2023, 2024)), "pupil": None}
    for column in tables.children.columns:
        if column.name in row or column.name in ("token",):
            continue
        if column.values:
            row[column.name] = maybe(lambda column=column: chance.choice(column.values))
        elif column.type == "boolean":
            row[column.name] = maybe(lambda: chance.random() < 0.5)
        elif column.type == "integer":
            row[column.name] = maybe(lambda: chance.choice((0, 1, 2, 3, 5, 10, 13, 14, 16, 17, 20)))
        elif column.type.startswith("decimal"):
            row[column.name] = maybe(lambda: Decimal(chance.randrange(-3000, 9000)) / 100)
        elif column.type == "date":
            row[column.name] = maybe(lambda: date(chance.randrange(2005, 2022), chance.choice((3, 4)), chance.choice((1, 30))))
    row["sessions_possible"] = maybe(lambda: chance.choice((0, 20, 30)))
    row["sessions_missed"] = maybe(lambda: chance.choice((0, 1, 2, 3, 10, 15)))
    return row


@pytest.fixture(scope="module")
def thousand(tmp_path_factory):
    chance = random.Random(8)
    rows = [invented(chance, number) for number in range(1000)]
    with standing(tmp_path_factory.mktemp("thousand")) as store:
        built(store, rows)
        yield store, rows


IN_PLAIN_PYTHON = """absence_rate authorised_absence unauthorised_absence persistent_absence severe_absence suspended_once_or_more
suspension_rate permanent_exclusion_rate sen_support ehcp sdq_score sdq_coverage sdq_normal sdq_borderline sdq_concern placements_3_plus
attainment_8 progress_8 english_maths_94 english_maths_95 ebacc_entered ebacc_aps ks2_reading ks2_writing ks2_maths ks2_gps ks2_rwm
ks2_rwm_higher ks2_reading_progress ks2_writing_progress ks2_maths_progress"""


@pytest.mark.parametrize("name", IN_PLAIN_PYTHON.split())
def test_a_measure_is_what_plain_python_makes_of_it(thousand, name):
    store, rows = thousand
    expected = {row["child"]: tuple(map(float, found)) for row in rows if (found := value(row, name)) is not None}
    assert len(expected) > 20
    assert counted(store, name) == expected
