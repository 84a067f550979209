"""The ledger: what it holds, that it cannot be changed unnoticed, and that later releases are held against it."""

import json
from types import SimpleNamespace

import pytest
from drawn_cohorts import built, children, standing, write

from virtualschool import benchmarks, publish, tables
from virtualschool.errors import Damaged, WrongUse
from virtualschool.publish import releases
from virtualschool.publish.ledger import Ledger, Seen
from virtualschool.publish.releases import Release, holds, in_order


def drawn(reached: dict[tuple[str, str, int], tuple[int, int]], **more) -> list[dict]:
    """Children by authority, sex and age: how many of how many reached grade 4."""
    rows = []
    for (la, sex, age), (number, of) in reached.items():
        for passed, count in ((True, number), (False, of - number)):
            rows += children(la, 2024, count, sex=sex, age=age, at_ks4=True, english_maths_94=passed, at_31_march=True, **more)
    return rows


PLACES = (
    ("V01", "Ash", "R1", "North"),
    ("V02", "Brack", "R1", "North"),
    ("V03", "Cold", "R2", "South"),
    ("V04", "Dell", "R3", "East"),
    ("V05", "Elm", "R3", "East"),
    ("V06", "Fen", "R4", "West"),
)


@pytest.fixture(scope="module")
def england(tmp_path_factory):
    """Six authorities. In V01 three girls of sixteen; in V04 four children in all; in V06 four in care for less than a year."""
    with standing(tmp_path_factory.mktemp("england")) as store:
        names = ("la", "name", "region_code", "region")
        write(store, tables.authorities, [{**dict(zip(names, place, strict=True)), "file": 1, "row": 1} for place in PLACES])
        sizes = {("V01", "female", 15): (9, 20), ("V01", "female", 16): (2, 3), ("V01", "male", 15): (12, 30), ("V01", "male", 16): (9, 20)}
        sizes |= {
            ("V02", "female", 15): (20, 40),
            ("V02", "male", 16): (20, 40),
            ("V03", "female", 15): (20, 40),
            ("V03", "male", 15): (9, 30),
        }
        sizes |= {("V04", "female", 15): (2, 4), ("V05", "female", 15): (20, 40), ("V06", "female", 15): (24, 60)}
        rows = drawn(sizes, in_year=True)
        rows += [{**row, "looked_after_12_months": False} for row in drawn({("V06", "female", 15): (1, 4)}, in_year=True)]
        built(store, rows)
        yield store


def release(store, folder, name: str, snapshot: str = "one", **asked):
    """The rows of a public release, entered in the ledger of a folder, and what was said of them."""
    held = Release(SimpleNamespace(name=snapshot, store=SimpleNamespace(path=folder)), store.engine, name, who="tester")
    request = benchmarks.parse(store.engine, ["english_maths_94"], year=2024, **asked)
    published = publish.publish(benchmarks.figures(store.engine, {}, request), "public", who="tester", beside=held.of(request))
    held.enter()
    return published.rows, published.marks.also


def values(rows: list[dict]) -> list:
    return [row["value"] for row in rows]


def test_a_filter_that_leaves_few_out_is_hidden_once_the_whole_is_released(england, tmp_path):
    rows, _ = release(england, tmp_path, "alone", la="V01", where="age = 15 and sex = female")
    assert values(rows) == [45.0]
    rows, said = release(england, tmp_path, "girls", la="V01", where="sex = female")
    assert values(rows) == [None]
    assert said == (
        "1 more figure is hidden, so that none that is hidden can be worked out with the help of what was released before (alone).",
    )
    # The other way round it is the narrower figure that is hidden.
    other = tmp_path / "other"
    assert values(release(england, other, "girls", la="V01", where="sex = female")[0]) == [47.8]
    assert values(release(england, other, "alone", la="V01", where="age < 16 and sex = female")[0]) == [None]


def test_an_authority_that_nobody_asked_for_is_protected_too(england, tmp_path):
    assert values(release(england, tmp_path, "region", la="East")[0]) == [50.0]
    assert values(release(england, tmp_path, "authority", la="V05")[0]) == [None]


def test_the_same_figures_can_be_released_again_and_add_nothing(england, tmp_path):
    first, _ = release(england, tmp_path, "first", by="sex", compare="england")
    again, said = release(england, tmp_path, "again", by="sex", compare="england")
    assert again == first and said == ()
    release(england, tmp_path, "again", by="sex", compare="england")
    assert [entry.name for entry in Ledger(tmp_path).entries()] == ["first", "again"]


def test_a_look_is_remembered_until_something_more_is_released(england, tmp_path, monkeypatch):
    def look() -> list:
        return values(release(england, tmp_path, "", la="V01", where="sex = female")[0])

    release(england, tmp_path, "elsewhere", la="V02")
    assert look() == look() == [47.8]
    release(england, tmp_path, "alone", la="V01", where="age = 15 and sex = female")
    first, said = release(england, tmp_path, "", la="V01", where="sex = female")
    monkeypatch.setattr(releases, "Laid", None)
    assert release(england, tmp_path, "", la="V01", where="sex = female") == (first, said)
    assert values(first) == [None] and "(alone" in said[0]


def test_a_wider_cohort_less_a_narrower_one_gives_nobody_away(england, tmp_path):
    """Sixty in care for twelve months, four more in care for less: the four are the difference."""
    assert values(release(england, tmp_path, "twelve months", la="V06")[0]) == [40.0]
    assert values(release(england, tmp_path, "in the year", la="V06", cohort="year")[0]) == [None]


@pytest.mark.parametrize(
    ("earlier", "now"),
    [((40, 20), 50.0), ((39, 20), None), ((41, 21), None), ((40, 19), None), ((35, 15), None), ((34, 14), 50.0), ((40, 14), 50.0)],
)
def test_a_correction_of_few_children_is_hidden_and_one_of_many_is_not(england, tmp_path, earlier, now):
    """Of 40 children 20 reached it; what an earlier snapshot said differs by none, by few, and by six."""
    question = (("looked_after_12_months", "=", (True,)), ("state_funded", "is not", (False,)))
    pupils, reached = earlier
    seen = Seen("english_maths_94", 2024, "la", "V05", question, (pupils, reached, pupils, 1.0))
    Ledger(tmp_path).add("earlier", "figures", "tester", "2026-03-02 09:00", "an earlier one", "", [seen])
    assert values(release(england, tmp_path, "corrected", la="V05")[0]) == [now]


def test_what_was_hidden_stays_hidden_in_the_same_snapshot_only(england, tmp_path):
    question = (("looked_after_12_months", "=", (True,)), ("state_funded", "is not", (False,)))
    seen = Seen("english_maths_94", 2024, "la", "V05", question, None)
    Ledger(tmp_path).add("earlier", "figures", "tester", "2026-03-02 09:00", "an earlier one", "", [seen])
    assert values(release(england, tmp_path, "now", "an earlier one", la="V05")[0]) == [None]
    assert values(release(england, tmp_path, "later", "a later one", la="V05")[0]) == [50.0]


def test_the_ledger_holds_what_was_printed_and_no_more(england, tmp_path):
    rows, _ = release(england, tmp_path, "by sex and age", la="V01", by="sex,age")
    (line,) = (tmp_path / "records" / "releases").read_text().splitlines()
    held = json.loads(line)
    assert set(held) == {"number", "name", "kind", "who", "when", "snapshot", "rule", "before", "tables"}
    ((table),) = held["tables"]
    assert {tuple(found[3:]) for found in table["figures"]} == {("c",)}
    assert len(table["figures"]) == len(rows) == 4
    (entry,) = Ledger(tmp_path).entries()
    assert (entry.number, entry.name, entry.figures, entry.hidden) == (1, "by sex and age", 4, 4)


def test_a_ledger_that_was_changed_is_not_worked_with(tmp_path):
    ledger = Ledger(tmp_path)
    assert ledger.entries() == []
    seen = Seen("ehcp", 2024, "la", "301", (("sex", "=", ("male",)),), (60, 12, 60, 20.0))
    for name in ("first", "second"):
        ledger.add(name, "figures", "tester", "2026-03-02 09:00", "one", "", [seen])
    assert [entry.name for entry in ledger.entries()] == ["first", "second"]
    assert ledger.entries()[0].seen[0].key == seen.key
    file = tmp_path / "records" / "releases"
    file.write_text(file.read_text().replace("first", "another"))
    with pytest.raises(Damaged) as refused:
        ledger.entries()
    assert str(refused.value) == (
        f"Ledger {file}, line 2: it is not as it was written. Put the file back from a backup: without it nothing can be released safely."
    )
    with pytest.raises(Damaged):
        ledger.add("third", "figures", "tester", "2026-03-02 09:00", "one", "", [seen])


def test_nothing_is_released_where_the_ledger_cannot_be_written(tmp_path):
    (tmp_path / "records").write_text("a file where a folder should be")
    with pytest.raises(WrongUse, match="it cannot be written, and nothing is released"):
        Ledger(tmp_path).add("first", "figures", "tester", "2026-03-02 09:00", "one", "", [])


def test_conditions_hold_as_queries_say():
    assert holds("=", (None,), None) and not holds("=", ("male",), None)
    assert not holds("!=", ("male",), None) and holds("!=", ("male",), "female") and not holds("!=", (None,), None)
    assert holds(">=", (10,), 10) and not holds("<", (10,), 10) and not holds(">=", (10,), None)
    assert holds("is not", (False,), None) and not holds("is not", (False,), False)
    assert in_order([("sex", "in", ("male",))]) == in_order([("sex", "=", ("male",))])
