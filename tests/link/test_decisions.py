import json
import stat

import pytest

from virtualschool import tables
from virtualschool.errors import Unreadable
from virtualschool.link import children, decisions, records
from virtualschool.link.decisions import decided, settle

BASE = {
    "la": "301",
    "child": "A",
    "pupil": "P1",
    "identifiers": ["P1", "UPN1"],
    "decision": "accept",
    "item": "abc",
    "who": "A Person",
    "when": "2026-11-22T10:00:00+00:00",
    "why": "the school confirmed it",
    "snapshot": "000001-0",
    "seen": {"agreed": "birth date, sex"},
}


def made(**changes) -> dict:
    return BASE | changes


def keep(folder, *rows: dict) -> None:
    for row in rows:
        decisions.append(folder, row)


# --- The file ---


def test_the_last_decision_about_a_pair_counts(tmp_path):
    assert decided(tmp_path) == []
    first, other, last = made(), made(child="B"), made(decision="reject", why="it is a twin")
    keep(tmp_path, first, other, last)
    assert decided(tmp_path) == [other, last]


def test_decisions_are_only_ever_added_and_only_their_owner_may_read_them(tmp_path):
    keep(tmp_path, made(), made(decision="unsure"))
    log = tmp_path / decisions.LOG
    assert [json.loads(line)["decision"] for line in log.read_text().splitlines()] == ["accept", "unsure"]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("{", "this is not a decision."),
        ("[]", "this is not a decision."),
        (json.dumps(made(decision="perhaps")), "`decision` is none of accept, reject, unsure."),
        (json.dumps(made(who=" ")), "`who` is missing or is not text."),
        (json.dumps({name: value for name, value in BASE.items() if name != "pupil"}), "`pupil` is missing or is not text."),
        (json.dumps(made(child=7)), "`child` is missing or is not text."),
        (json.dumps(made(identifiers="UPN1")), "`identifiers` is not a list of identifiers."),
        (json.dumps(made(when="yesterday")), "`when` is not a date and time."),
        (json.dumps(made(seen=None)), "`seen` is missing."),
    ],
)
def test_a_line_that_is_no_decision_is_an_error_with_its_line_and_nothing_of_a_child(tmp_path, line, wrong):
    keep(tmp_path, made())
    log = tmp_path / decisions.LOG
    log.write_text(log.read_text() + "\n" + line + "\n")
    with pytest.raises(Unreadable) as told:
        decided(tmp_path)
    assert str(told.value) == f"{log}, line 3: {wrong} Put the line right, or bring the file back from a backup."


def test_what_was_cut_off_in_writing_does_not_spoil_the_next_decision(tmp_path):
    log = tmp_path / decisions.LOG
    keep(tmp_path, made())
    log.write_text(log.read_text()[:-20])
    keep(tmp_path, made(child="B"))
    with pytest.raises(Unreadable, match="line 1"):
        decided(tmp_path)
    log.write_text(log.read_text().split("\n", 1)[1])
    assert [row["child"] for row in decided(tmp_path)] == ["B"]


def test_what_could_not_be_read_again_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="who"):
        decisions.append(tmp_path, made(who=""))
    assert not (tmp_path / decisions.LOG).exists()


# --- What a build makes of them ---

EPISODES = """
la  | child | year | decom      | dec
301 | A     | 2024 | 01/05/2020 | 01/05/2022
301 | B     | 2024 | 01/04/2022 |
301 | C     | 2024 | 01/05/2022 |
302 | D     | 2024 | 01/05/2021 |
"""
CENSUS = """
year | pmr | upn | former_upn
2024 | P1  | UPN1  |
2024 | P2  | UPN2  | UPN0
2024 |     | UPN3  |
2023 |     | UPN1  |
2024 | P4  | UPN4  |
2023 | P4  | UPN4  |
2024 | P5  | UPN4  |
"""
KEYS = """
identifier | kind       | pupil
UPN2       | upn        | P2
UPN0       | former_upn | P2
"""
ALL = {("301", "A"), ("301", "B"), ("301", "C"), ("302", "D")}


def settled(store, *rows: dict, adopted=(), protected=(), there=ALL):
    store.add(tables.episodes, EPISODES)
    store.add(tables.census, CENSUS)
    store.add(tables.pupil_keys, KEYS)
    return settle(
        store.engine,
        rows,
        seen=records.sightings([tables.census]),
        keys=tables.pupil_keys.ibis(),
        stays=children.stays(),
        children=there,
        adopted=adopted,
        protected=protected,
    )


def pairs(found) -> set:
    return {(row["la"], row["child"], row["pupil"]) for row in found.accepted}


def test_no_decisions_come_to_nothing(store):
    assert settle(store.engine, [], seen=None, keys=None, stays=None, children=(), adopted=(), protected=()) == decisions.Settled()


def test_an_accepted_pair_is_a_link_and_a_rejected_one_is_barred_and_a_doubtful_one_says_whose_doubt_it_is(store):
    found = settled(
        store,
        made(),
        made(child="B", pupil="P2", identifiers=["UPN2"], decision="reject"),
        made(child="C", pupil="P2", identifiers=["UPN2"], decision="unsure"),
    )
    assert found.accepted == [
        {"la": "301", "child": "A", "pupil": "P1", "method": "person", "rule": "a person's decision", "agreed": "birth date, sex"}
    ]
    assert (found.refused, found.unsure, found.notes) == ({("301", "B", "P2")}, {("301", "C", "P2"): "A Person"}, [])


@pytest.mark.parametrize(
    ("pupil", "identifiers", "today"),
    [
        ("P1", ["P1", "UPN1"], "P1"),
        # The pupil bore its UPN as a name, and has a matching reference now.
        ("UPN1", ["UPN1"], "P1"),
        # The reference is gone with the file that had it; the UPN is there.
        ("P3", ["P3", "UPN3"], "UPN3"),
        # The UPN was replaced.
        ("UPN0", ["UPN0"], "P2"),
        # Its own name leads before what else meant it then.
        ("P2", ["P2", "UPN1"], "P2"),
        ("UPN3", ["UPN3", "UPN9"], "UPN3"),
        # Two references claim the number: that on most records has it.
        ("UPN4", ["UPN4"], "P4"),
    ],
)
def test_the_pupil_is_found_again_under_the_name_it_has_today(store, pupil, identifiers, today):
    found = settled(
        store, made(pupil=pupil, identifiers=identifiers), made(child="B", pupil=pupil, identifiers=identifiers, decision="reject")
    )
    assert pairs(found) == {("301", "A", today)}
    assert found.refused == {("301", "B", today)}


def test_a_decision_under_an_old_name_gives_way_to_a_later_one_under_the_new(store):
    found = settled(store, made(pupil="UPN1", identifiers=["UPN1"]), made(decision="reject"))
    assert (pairs(found), found.refused) == (set(), {("301", "A", "P1")})


def test_what_means_several_pupils_now_is_no_link_and_bars_them_all(store):
    found = settled(store, made(pupil="P9", identifiers=["UPN1", "UPN2"]))
    assert (pairs(found), found.notes) == (
        set(),
        ["A decision about a link was set aside: the pupil's identifiers mean several pupils now."],
    )
    assert settled(store, made(pupil="P9", identifiers=["UPN1", "UPN2"], decision="reject")).refused == {
        ("301", "A", "P1"),
        ("301", "A", "P2"),
    }


def test_what_cannot_be_a_link_any_more_is_set_aside_with_a_note(store):
    found = settled(
        store,
        made(),
        made(child="B", pupil="P9", identifiers=["UPN9"]),
        made(child="Z", pupil="P2", identifiers=["UPN2"]),
        adopted={("301", "A")},
    )
    assert pairs(found) == set()
    assert found.notes == [
        "A decision about a link was set aside: the child was adopted.",
        "A decision about a link was set aside: the child is in no return held.",
        "A decision about a link was set aside: the pupil is in no file held.",
    ]


def test_a_protected_child_has_no_decision_and_no_note(store):
    rows = (made(), made(child="B", decision="unsure"), made(child="C", decision="reject"))
    hidden = {("301", "A"), ("301", "B"), ("301", "C")}
    assert settled(store, *rows, made(pupil="P9", identifiers=[]), protected=hidden, adopted=hidden) == decisions.Settled()


def test_a_child_has_the_pupil_of_the_last_decision(store):
    found = settled(store, made(), made(pupil="P2", identifiers=["UPN2"]))
    assert pairs(found) == {("301", "A", "P2")}
    assert found.notes == ["A decision about a link was set aside: a later decision gives the child another pupil."]


def test_two_children_of_an_authority_in_care_at_one_time_do_not_share_a_pupil(store):
    assert pairs(settled(store, made(child="B"), made())) == {("301", "B", "P1")}
    found = settled(store, made(), made(child="B"))
    assert (pairs(found), found.notes) == (
        {("301", "A", "P1")},
        ["A decision about a link was set aside: another child of the authority, in care at the same time, has the pupil."],
    )
    # One who left on the day the other came, and another authority's, may.
    assert pairs(settled(store, made(), made(child="C"), made(la="302", child="D"))) == {
        ("301", "A", "P1"),
        ("301", "C", "P1"),
        ("302", "D", "P1"),
    }
