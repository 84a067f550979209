"""What people have said acts in a build: decisions about links, and the do-not-link list."""

import pytest

from virtualschool import tables
from virtualschool.errors import Unreadable
from virtualschool.link import decisions, link, protected
from virtualschool.link.protected import Asked

HEADER = """
la  | year | child | sex | dob        | upn
301 | 2024 | A     | M   | 01/02/2010 | A100000000001
301 | 2024 | B     | F   | 05/06/2010 |
301 | 2024 | C     | M   | 07/08/2010 | A300000000003
302 | 2024 | A     | F   | 05/06/2010 | UN3
"""
EPISODES = """
la  | year | child | decom      | dec        | rec
301 | 2024 | A     | 01/05/2020 |            |
301 | 2024 | B     | 01/05/2020 |            |
301 | 2024 | C     | 01/05/2020 |            |
302 | 2024 | A     | 01/05/2020 |            |
"""
PUPILS = """
year | term   | upn           | former_upn | dob        | sex | pmr
2024 | spring | A100000000001 |            | 01/02/2010 | M   | P1
2024 | spring | A200000000002 |            | 05/06/2010 | F   | P2
2024 | spring | A300000000003 |            | 07/08/2010 | M   | P3
"""
NOTED = {"who": "A Person", "when": "2026-11-22T10:00:00+00:00", "why": "x"}


@pytest.fixture
def drawn(store, monkeypatch):
    monkeypatch.delenv(protected.KEY_FILE, raising=False)
    store.add(tables.header, HEADER)
    store.add(tables.episodes, EPISODES)
    store.add(tables.census, PUPILS)
    return store


def records(store):
    return store.draft.store.path / "records"


def says(store, child: str, pupil: str, decision: str, la: str = "301") -> None:
    row = {"la": la, "child": child, "pupil": pupil, "identifiers": [pupil], "decision": decision, "item": "i", "snapshot": "s", "seen": {}}
    decisions.append(records(store), row | NOTED)


def protects(store, *children: str, upns=()) -> None:
    protected.change(records(store), "301", "add", Asked(children, tuple(upns)), **NOTED)


def made(store) -> tuple[dict, dict]:
    """The links (pupil and method) and the reasons that a build comes to."""
    link(store.draft)
    links = {(row["la"], row["child"]): (row["pupil"], row["method"]) for row in store.engine.rows(tables.links.ibis())}
    reasons = {(row["la"], row["child"]): row["reason"] for row in store.engine.rows(tables.unlinked.ibis())}
    assert not set(links) & set(reasons) and set(links) | set(reasons) == {("301", "A"), ("301", "B"), ("301", "C"), ("302", "A")}
    return links, reasons


def without(store, *pupils: str) -> tuple[dict, dict]:
    """What a build comes to where those pupils are not held at all."""
    store.add(tables.census, "\n".join(line for line in PUPILS.splitlines() if not line.endswith(pupils)))
    found = made(store)
    store.add(tables.census, PUPILS)
    return found


def test_an_accepted_pair_is_a_link_by_a_person_in_every_build(drawn):
    says(drawn, "B", "P2", "accept")
    for _build in range(2):
        links, _ = made(drawn)
        assert links["301", "B"] == ("P2", "person")
        assert links["301", "A"] == ("P1", "exact")
    row = next(row for row in drawn.engine.rows(tables.links.ibis()) if row["method"] == "person")
    assert row["rule"] == "a person's decision"


def test_a_rejected_pair_is_no_link_whatever_rule_would_make_it_until_another_decision(drawn):
    assert made(drawn)[0]["301", "A"] == ("P1", "exact")
    says(drawn, "A", "P1", "reject")
    assert ("301", "A") not in made(drawn)[0]
    says(drawn, "A", "P1", "unsure")
    assert made(drawn)[0]["301", "A"] == ("P1", "exact")


def test_a_person_goes_before_the_rules_and_a_pupil_taken_is_taken(drawn):
    says(drawn, "C", "P1", "accept")
    links, _ = made(drawn)
    assert links["301", "C"] == ("P1", "person")
    assert ("301", "A") not in links


def test_a_decision_of_one_authority_says_nothing_of_anothers_child(drawn):
    says(drawn, "A", "P1", "reject", la="302")
    assert made(drawn)[0]["301", "A"] == ("P1", "exact")


def test_a_protected_child_is_as_if_no_pupil_were_near_and_everybody_else_as_before(drawn):
    links, reasons = made(drawn)
    lonely = without(drawn, "P1")[1]["301", "A"]
    protects(drawn, "A")
    said = made(drawn)
    assert said == ({child: found for child, found in links.items() if child != ("301", "A")}, reasons | {("301", "A"): lonely})
    assert drawn.rows(tables.link_evidence.ibis().filter(lambda row: (row.la == "301") & (row.child == "A")), "pupil") == []
    assert ("302", "A") in {**said[0], **said[1]}


def test_a_protected_child_is_linked_by_no_person(drawn):
    says(drawn, "A", "P1", "accept")
    says(drawn, "B", "P2", "accept")
    protects(drawn, "A", "B")
    links, _ = made(drawn)
    assert set(links) == {("301", "C")}


def test_a_listed_number_is_as_if_no_such_pupil_were_held(drawn):
    links, reasons = without(drawn, "P3")
    protects(drawn, upns=["A300000000003"])
    assert made(drawn) == (links, reasons)
    drawn.add(tables.header, HEADER.replace("301 | 2024 | B     | F   | 05/06/2010 |", "301 | 2024 | B | M | 07/08/2010 | A30000000003"))
    assert {pupil for pupil, _ in made(drawn)[0].values()} == {"P1"}


def test_a_list_that_cannot_be_read_stops_the_build(drawn):
    protects(drawn, "A")
    (records(drawn) / protected.KEY).unlink()
    with pytest.raises(Unreadable):
        link(drawn.draft)
    assert "links" not in drawn.draft.tables


def test_a_file_of_decisions_that_cannot_be_read_stops_the_build(drawn):
    says(drawn, "A", "P1", "accept")
    with (records(drawn) / decisions.LOG).open("a") as log:
        log.write("A100000000001\n")
    with pytest.raises(Unreadable) as told:
        link(drawn.draft)
    assert "line 2" in str(told.value) and "A100000000001" not in str(told.value)
    assert "links" not in drawn.draft.tables
