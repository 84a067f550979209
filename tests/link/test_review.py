import json

import pytest

from virtualschool import tables
from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.link import comparisons, decisions, protected, review
from virtualschool.link.protected import Asked

WHEN = "2026-11-22T10:00:00+00:00"
HEADER = """
la  | year | child
301 | 2024 | A
301 | 2024 | B
301 | 2024 | C
301 | 2024 | D
302 | 2024 | A
"""
EPISODES = """
la  | year | child | decom      | dec        | rec
301 | 2024 | A     | 01/05/2020 |            |
301 | 2024 | B     | 01/05/2020 |            |
301 | 2024 | C     | 01/05/2020 |            |
301 | 2023 | D     | 01/05/2020 | 01/06/2022 | E11
302 | 2024 | A     | 01/05/2020 |            |
"""
CHILDREN = """
la  | child | year | token  | age | looked_after_12_months
301 | A     | 2023 | tokena | 12  | yes
301 | A     | 2024 | tokena | 13  | yes
301 | B     | 2024 | tokenb | 15  | yes
301 | C     | 2024 | tokenc | 15  | no
302 | A     | 2024 | tokeno | 15  | yes
"""
EVIDENCE = """
la  | child | pupil | standing | rank | probability | number            | birth           | place          | ethnicity | needs
301 | A     | P1    | review   | 1    | 0.62        | one character off | same            | same authority | differs   | disability, plan
301 | A     | P2    | review   | 2    | 0.30        | not known         | nearly the same | not known      | same      |
301 | B     | P3    | review   | 1    | 0.20        | not known         | same            | not known      | same      |
301 | C     | P1    | review   | 1    | 0.90        | not known         | same            | not known      | same      |
301 | C     | P9    | rival    | 2    | 0.02        | not known         | same            | not known      | same      |
301 | D     | P7    | review   | 1    | 0.90        | not known         | same            | not known      | same      |
302 | A     | P8    | review   | 1    | 0.90        | not known         | same            | not known      | same      |
301 | E     | P5    | linked   | 1    | 1.00        | same              | same            | not known      | same      |
"""
KEYS = "identifier | kind | pupil\nA801200001001 | upn | P1\nB801200001002 | upn | P3"
LINKS = "la | child | pupil | method\n301 | E | P5 | exact"


@pytest.fixture
def snapshot(store, monkeypatch):
    monkeypatch.delenv(protected.KEY_FILE, raising=False)
    store.add(tables.header, HEADER)
    store.add(tables.episodes, EPISODES)
    store.add(tables.children, CHILDREN)
    store.add(tables.link_evidence, EVIDENCE)
    store.add(tables.pupil_keys, KEYS)
    store.add(tables.links, LINKS)
    store.add(tables.census, "year | pmr | upn\n2024 | P1 | A801200001001\n2024 | P2 |\n2024 | P3 | B801200001002\n2024 | P7 |")
    return store.draft.finish({"inputs": []})


def queue(snapshot, la="301"):
    return review.queue(snapshot, la, "A Person", WHEN)


def item(snapshot, child, pupil, la="301"):
    return review.name_of(review.store_key(records(snapshot)), (la, child, pupil))


def decide(snapshot, decision, name, la="301", why="the school said so"):
    return review.decide(snapshot, la, "A Person", name, decision, why, WHEN)


def records(snapshot):
    return snapshot.store.path / "records"


def listed(snapshot) -> list[str]:
    return [proposal.child for proposal in queue(snapshot)]


def refusal(act) -> str:
    with pytest.raises(WrongUse) as told:
        act()
    return str(told.value)


# --- What is shown ---


def test_those_at_the_end_of_a_key_stage_in_the_twelve_month_group_come_first_and_then_the_surest(snapshot):
    # B is at the end of key stage 4; A has two years in the group; C, the surest, was not looked after for twelve months.
    assert [(proposal.child, proposal.probability) for proposal in queue(snapshot)] == [("B", 0.2), ("A", 0.62), ("A", 0.3), ("C", 0.9)]


def test_a_proposal_says_what_agrees_and_nothing_that_a_record_of_the_pupil_says(snapshot):
    first = next(proposal for proposal in queue(snapshot) if proposal.child == "A")
    assert first.compared == {
        "number": "nearly agrees",
        "birth": "agrees",
        "sex": "not known",
        "place": "nearly agrees",
        "school": "not known",
        "moves": "not known",
        "ethnicity": "differs",
        "needs": "agrees",
        "meals": "not known",
        "company": "not known",
        "arrival": "not known",
        "name": "not known",
    }
    assert (first.token, first.sureness, first.others, first.unsure) == ("tokena", "about as likely as not: 62.0% sure", 1, None)
    assert first.bears_on == ("attendance and special needs in 2023, 2024",)
    said = repr(queue(snapshot))
    assert all(value not in said for value in ("P1", "P2", "P3", "A8012", "plan", "one character", "same authority"))


def test_every_level_of_every_comparison_is_told_as_one_of_four_states():
    told = {name: {level: review.agreement(name, level) for level in levels} for name, levels in comparisons.LEVELS.items()}
    assert told == {
        "number": {
            "not known": "not known",
            "differs": "differs",
            "same school and year": "differs",
            "two characters off": "nearly agrees",
            "one character off": "nearly agrees",
            "same as a former one": "agrees",
            "same": "agrees",
        },
        "birth": {
            "not known": "not known",
            "differs": "differs",
            "same day and month": "differs",
            "same month": "differs",
            "nearly the same": "nearly agrees",
            "same": "agrees",
        },
        "sex": {"not known": "not known", "differs": "differs", "same": "agrees"},
        "place": {
            "not known": "not known",
            "elsewhere": "differs",
            "same authority": "nearly agrees",
            "same postcode district": "nearly agrees",
            "same postcode sector": "nearly agrees",
            "same postcode, at another time": "nearly agrees",
            "same postcode, at its time": "agrees",
            "two postcodes the same, each at its time": "agrees",
        },
        "school": {
            "not known": "not known",
            "in another authority": "differs",
            "in the same authority, at another time": "nearly agrees",
            "in the same authority": "nearly agrees",
            "within 10 miles": "nearly agrees",
            "within 3 miles": "agrees",
            "in two authorities, each at its time": "agrees",
        },
        "moves": {
            "not known": "not known",
            "joined no school after many moves": "not known",
            "joined no school after a few moves": "not known",
            "joined no school after a move": "not known",
            "joined a school some weeks after a move": "agrees",
            "joined a school the next September after a move": "agrees",
            "joined a school soon after one of many moves": "agrees",
            "joined a school soon after a move": "agrees",
            "joined schools soon after two moves": "agrees",
        },
        "ethnicity": {"not known": "not known", "differs": "differs", "same group": "nearly agrees", "same": "agrees"},
        "needs": {
            "not known": "not known",
            "no disability, no special needs": "agrees",
            "no disability, support": "nearly agrees",
            "no disability, plan": "differs",
            "disability, no special needs": "differs",
            "disability, support": "nearly agrees",
            "disability, plan": "agrees",
        },
        # Whether a pupil has free meals is nobody's business who only judges.
        "meals": dict.fromkeys(("not known", "never free", "free at times", "always free"), "not known"),
        "company": {
            "not known": "not known",
            "never at one school": "not known",
            "at one school": "agrees",
            "at one school, and moved together": "agrees",
        },
        "arrival": {"not known": "not known", "seen before the child arrived": "differs", "not seen before the child arrived": "agrees"},
        "name": {
            "not known": "not known",
            "differs": "differs",
            "one of two names the same": "nearly agrees",
            "nearly the same": "nearly agrees",
            "same": "agrees",
        },
    }
    assert set(told) == set(tables.COMPARISONS)


def test_each_look_is_on_the_log_before_anything_is_shown(snapshot):
    queue(snapshot)
    log = records(snapshot) / review.LOOKS
    looks = [json.loads(line) for line in log.read_text().splitlines()]
    assert looks == [{"who": "A Person", "when": WHEN, "la": "301", "token": token} for token in ("tokenb", "tokena", "tokenc")]
    log.unlink()
    log.mkdir()
    with pytest.raises(OSError):
        queue(snapshot)


def test_only_an_authoritys_own_children_are_there_to_judge(snapshot):
    assert listed(snapshot) == ["B", "A", "A", "C"]
    others = queue(snapshot, "302")
    assert [(proposal.la, proposal.child) for proposal in others] == [("302", "A")]
    assert refusal(lambda: decide(snapshot, "accept", others[0].item)) == (
        f"Item '{others[0].item}': authority 301 has no such item to judge. List them: virtualschool review STORE --la CODE --as NAME"
    )
    assert not (records(snapshot) / decisions.LOG).exists()


@pytest.mark.parametrize(("la", "who"), [("999", "A Person"), ("301", " "), ("", "A Person")])
def test_nobody_and_no_authority_see_nothing(snapshot, la, who):
    refusal(lambda: review.queue(snapshot, la, who, WHEN))
    assert not (records(snapshot) / review.LOOKS).exists()


def test_children_who_were_adopted_or_are_on_the_do_not_link_list_are_not_there(snapshot):
    assert "D" not in listed(snapshot)
    protected.change(records(snapshot), "301", "add", Asked(("B",)), who="x", when=WHEN, why="x")
    assert listed(snapshot) == ["A", "A", "C"]
    hidden, unknown = item(snapshot, "B", "P3"), "x" * 20
    assert refusal(lambda: decide(snapshot, "accept", hidden)).replace(hidden, unknown) == refusal(
        lambda: decide(snapshot, "accept", unknown)
    )


def test_a_number_on_the_do_not_link_list_is_proposed_for_nobody(snapshot):
    protected.change(records(snapshot), "302", "add", Asked(upns=("A801200001001",)), who="x", when=WHEN, why="x")
    assert [proposal.probability for proposal in queue(snapshot)] == [0.2, 0.3]


# --- Judging ---


def test_a_decision_keeps_who_when_why_and_what_was_seen(snapshot):
    name = item(snapshot, "A", "P1")
    kept = decide(snapshot, "accept", name)
    assert decisions.decided(records(snapshot)) == [kept]
    compared = kept["seen"].pop("compared")
    assert compared["birth"] == "agrees"
    assert kept == {
        "la": "301",
        "child": "A",
        "pupil": "P1",
        "identifiers": ["A801200001001", "P1"],
        "decision": "accept",
        "item": name,
        "who": "A Person",
        "when": WHEN,
        "why": "the school said so",
        "snapshot": snapshot.name,
        "seen": {"probability": "0.620000", "agreed": "birth date, special needs; nearly: UPN, where they lived"},
    }


def test_what_is_settled_leaves_the_queue_and_what_nobody_could_tell_stays_with_the_name(snapshot):
    decide(snapshot, "unsure", item(snapshot, "B", "P3"))
    decide(snapshot, "reject", item(snapshot, "C", "P1"))
    decide(snapshot, "accept", item(snapshot, "A", "P2"))
    assert [(proposal.child, proposal.unsure) for proposal in queue(snapshot)] == [("B", "A Person")]
    # Both can be taken back by the same item.
    decide(snapshot, "unsure", item(snapshot, "A", "P2"))
    decide(snapshot, "unsure", item(snapshot, "C", "P1"))
    assert listed(snapshot) == ["B", "A", "A", "C"]


def test_a_pair_decided_once_can_be_decided_again_when_it_is_weighed_no_more(store, snapshot):
    name = item(snapshot, "A", "P1")
    decide(snapshot, "reject", name)
    store.add(tables.link_evidence, "la | child | pupil\n")
    later = store.draft.finish({"inputs": []})
    assert decide(later, "accept", name)["seen"]["probability"] == "0.620000"


def test_an_exact_link_can_be_rejected(snapshot):
    assert decide(snapshot, "reject", item(snapshot, "E", "P5"))["pupil"] == "P5"


def test_one_child_has_one_pupil(snapshot):
    decide(snapshot, "accept", item(snapshot, "A", "P1"))
    second, first = item(snapshot, "A", "P2"), item(snapshot, "A", "P1")
    assert refusal(lambda: decide(snapshot, "accept", second)) == (
        f"Item '{second}': the child has a link to another pupil. Reject that one first, if it is wrong."
    )
    assert refusal(lambda: decide(snapshot, "accept", first)) == f"Item '{first}': it is a link already. There is nothing to accept."
    decide(snapshot, "reject", first)
    assert decide(snapshot, "accept", second)["pupil"] == "P2"


def test_two_children_of_an_authority_in_care_at_one_time_do_not_share_a_pupil(snapshot):
    decide(snapshot, "accept", item(snapshot, "A", "P1"))
    name = item(snapshot, "C", "P1")
    assert refusal(lambda: decide(snapshot, "accept", name)) == (
        f"Item '{name}': another child of the authority, in care at the same time, is linked to this pupil. "
        "See whether one child was returned under two identifiers, or reject the other link first."
    )


def test_an_adopted_child_is_accepted_never(snapshot):
    decisions.append(records(snapshot), decide(snapshot, "reject", item(snapshot, "A", "P1")) | {"child": "D", "pupil": "P7", "item": "i"})
    name = item(snapshot, "D", "P7")
    assert refusal(lambda: decide(snapshot, "accept", name)) == (
        f"Item '{name}': the child was adopted, and the record is sealed. It cannot be accepted; reject it."
    )


@pytest.mark.parametrize("why", ["", "  "])
def test_a_decision_needs_a_reason(snapshot, why):
    refusal(lambda: decide(snapshot, "accept", item(snapshot, "A", "P1"), why=why))
    assert not (records(snapshot) / decisions.LOG).exists()


def test_there_are_three_decisions(snapshot):
    with pytest.raises(VirtualSchoolError):
        decide(snapshot, "perhaps", item(snapshot, "A", "P1"))


# --- Stores that an earlier version built ---


def older(store, table: str, without: str):
    """A snapshot whose table lacks columns that were added later."""
    store.draft.write(table, f"SELECT * EXCLUDE ({without}) FROM {table}")
    return store.draft.finish({"inputs": []})


def test_a_store_whose_census_knew_no_names_can_be_judged(store, snapshot):
    before = older(store, "census", "forename, surname, uln")
    decide(before, "accept", item(before, "B", "P3"))
    assert [entry["pupil"] for entry in map(json.loads, (records(before) / decisions.LOG).read_text().splitlines())] == ["P3"]
    assert listed(before) == ["A", "A", "C"]


def test_a_store_whose_evidence_knew_no_names_is_to_be_built_again(store, snapshot):
    before = older(store, "link_evidence", "name, name_weight")
    for act in (lambda: queue(before), lambda: decide(before, "accept", item(before, "B", "P3"))):
        assert refusal(act) == (
            "Store: an earlier version of the program built it, and link_evidence tells less than is asked now. "
            "Build it again: virtualschool build STORE --add FILES"
        )
    assert not (records(before) / review.LOOKS).exists()
