"""The weekly roll on pages: loading it, its account and findings, and who joined, left and moved."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from web_day import TODAY

from virtualschool.link.naming import opaque, store_key
from virtualschool.web import children, demonstration_roll, events, stores
from virtualschool.web.actions import roll as actions
from virtualschool.web.models import Event, Protection, RollEntry, RollFile
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_changes

WEEK = datetime.timedelta(days=7)


def in_care(la: str = "V01", at: int = 0) -> dict:
    held = stores.snapshot()
    rows = [row for row in stores.children_rows(held, la).values() if row["at_31_march"] and row["year"] == stores.newest_year(held, la)]
    return rows[at]


def file(*lines: str, columns: str = "child,name,dob,school_urn,school_name,social_worker,placement,placement_began") -> bytes:
    return "\n".join([columns, *lines]).encode()


def send(browser, content: bytes, as_of: str = "28/04/2025"):
    sent = {"file": SimpleUploadedFile("Ada Invented.csv", content), "as_of": as_of}
    return browser.post(reverse("children-roll-load"), sent)


def test_a_roll_is_loaded_with_an_account_and_findings_that_name_nobody(signed_in):
    row = in_care()
    browser = signed_in("head")
    answer = send(
        browser,
        file(
            f"{row['child']},Ada Invented,{row['dob']:%d/%m/%Y},900001,Invented School,,,",
            "X1,Bob Invented,31/02/2012,,,,,",
            ",Cat Invented,,,,,,",
        ),
    )
    kept = RollFile.objects.get(la="V01")
    assert answer["Location"] == reverse("children-roll-file", args=[kept.pk])
    assert (kept.as_of, kept.read, kept.kept, kept.set_aside) == (TODAY, 3, 2, 1)
    assert "Invented" not in str(kept.findings) and "2012" not in str(kept.findings).replace("31/03/2012", "")
    shown = browser.get(answer["Location"]).content.decode()
    assert "3 = 2 kept + 1 set aside" in shown and "this is not a date of birth of a child." in shown and "Ada" not in shown
    said = Event.objects.get(action="loaded")
    assert said.detail["kept"] == 2 and "Invented" not in str(said.detail)


def test_a_child_of_a_return_keeps_its_token_and_a_new_one_gets_what_the_first_return_will_give(store):
    row = in_care()
    actions.keep("V01", file(f"{row['child']},Ada Invented,,,,,,", "NEW7,Bob Invented,,,,,,"), "roll.csv", TODAY)
    tokens = dict(RollEntry.objects.values_list("child", "token"))
    assert tokens == {row["child"]: row["token"], "NEW7": opaque(store_key(store / "records"), "V01", "NEW7", 0)}


def test_another_date_of_birth_under_an_identifier_is_set_aside_and_never_joined(store):
    row = in_care()
    wrong = row["dob"] + datetime.timedelta(days=40)
    kept = actions.keep("V01", file(f"{row['child']},Ada Invented,{wrong:%d/%m/%Y},,,,,"), "roll.csv", TODAY)
    assert (kept.kept, kept.set_aside) == (0, 1)
    assert kept.findings[-1]["wrong"] == "the date of birth is another than in the return under this identifier."


def test_a_child_who_was_adopted_is_never_joined_to_the_record_before(store):
    held = stores.snapshot()
    sealed = stores.sealed(held)
    query = "SELECT child, token FROM children JOIN episodes USING (la, child) WHERE la = 'V01' AND rec IN ('E11', 'E12') ORDER BY child"
    child = next(row for row in stores.engine(held).rows(query) if row["token"] in sealed)
    actions.keep("V01", file(f"{child['child']},Ada Invented,,,,,,"), "roll.csv", TODAY)
    entry = RollEntry.objects.get()
    assert entry.token not in sealed and "adopted" in entry.file.findings[-1]["wrong"]
    assert not sealed & {one.token for one in children.everyone("V01")}


def test_a_roll_of_the_same_day_takes_the_place_of_the_one_before(signed_in):
    browser = signed_in("head")
    send(browser, file("1,Ada Invented,,,,,,"))
    send(browser, file("2,Bob Invented,,,,,,"))
    assert list(RollEntry.objects.values_list("child", flat=True)) == ["2"] and RollFile.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "as_of", "says"),
    [
        (b"PK\x03\x04", "28/04/2025", "This is a workbook or a document. Save it as CSV (UTF-8) and load that."),
        (b"child,name\n1,A\n", "29/04/2025", "It is not within the year to today. Give the day on which the list was made."),
        (b"child,name\n1,A\n", "31/02/2025", "Write the day as 20/04/2026."),
        (b"", "28/04/2025", "The file is empty. Choose another."),
    ],
)
def test_what_cannot_be_loaded_is_explained_and_nothing_is_kept(signed_in, content, as_of, says):
    answer = send(signed_in("head"), content, as_of)
    assert answer.status_code == 400 and says in answer.content.decode() and not RollFile.objects.exists()


def test_only_who_may_change_the_roll_loads_one(signed_in):
    for role in ("teacher", "team", "social_worker", "corporate_parent"):
        assert send(signed_in(role), file("1,Ada Invented,,,,,,")).status_code == 404
    assert not RollFile.objects.exists()


def test_another_authority_sees_neither_file_nor_changes(signed_in, roll):
    (entry,) = roll("V01", 1)
    other = signed_in("head", "V02")
    assert other.get(reverse("children-roll-file", args=[entry.file.pk])).status_code == 404
    assert "28 April 2025" not in other.get(reverse("children-roll")).content.decode()
    assert entry.name not in other.get(reverse("children-changes")).content.decode()


def test_changes_say_who_joined_left_and_moved_since_last_week(member, store):
    a, b, c = (in_care(at=at)["child"] for at in range(3))
    before = file(f"{a},Ada Invented,,900001,One,S W,foster,01/01/2025", f"{b},Bob Invented,,900001,One,S W,foster,01/01/2025")
    now = file(f"{a},Ada Invented,,900002,Two,T X,foster,20/04/2025", f"{c},Cat Invented,,,,S W,foster,")
    actions.keep("V01", before, "roll.csv", TODAY - WEEK)
    actions.keep("V01", now, "roll.csv", TODAY)
    head = member("head")
    found = children_changes.since_last_roll(Viewer(head.person, head))
    assert [(one.name, one.after) for one in found.joined] == [("Cat Invented", "no school place")]
    assert [(one.name, one.before) for one in found.left] == [("Bob Invented", "One")]
    assert [(one.before, one.after) for one in found.moves["School"]] == [("One", "Two")]
    assert [(one.before, one.after) for one in found.moves["Social worker"]] == [("S W", "T X")]
    assert [one.since for one in found.moves["Placement"]] == [datetime.date(2025, 4, 20)]


def test_changes_since_the_return_count_who_was_in_care_on_31_march(member, store):
    row = in_care()
    actions.keep("V01", file(f"{row['child']},Ada Invented,,,,,foster,05/04/2025", "NEW1,Bob Invented,,,,,,"), "roll.csv", TODAY)
    head = member("head")
    found = children_changes.since_return(Viewer(head.person, head))
    assert [one.name for one in found.joined] == ["Bob Invented"] and found.since == datetime.date(2025, 3, 31)
    assert len(found.moves["Placement"]) == 1 and row["token"] not in {one.token for one in found.left} and found.left


def test_a_protected_child_is_in_no_list_of_changes(member, store):
    actions.keep("V01", file("1,Ada Invented,,,,,,"), "roll.csv", TODAY - WEEK)
    actions.keep("V01", file("2,Bob Invented,,,,,,"), "roll.csv", TODAY)
    for entry in RollEntry.objects.all():
        Protection.objects.create(token=entry.token, la="V01")
    head = member("head")
    found = children_changes.since_last_roll(Viewer(head.person, head))
    assert not found.any


def test_the_demonstration_has_two_rolls_with_joiners_leavers_and_moves(member, store):
    demonstration_roll.fill("V01")
    kept = RollFile.objects.order_by("as_of")
    assert [one.as_of for one in kept] == [TODAY - WEEK, TODAY] and all(one.set_aside == 0 and not one.findings for one in kept)
    head = member("head")
    found = children_changes.since_last_roll(Viewer(head.person, head))
    assert found.joined and found.left and all(found.moves.values())
    assert events.first_broken() is None


def test_tokens_are_renewed_after_a_build(store):
    row = in_care()
    actions.keep("V01", file(f"{row['child']},Ada Invented,,,,,,"), "roll.csv", TODAY)
    RollEntry.objects.update(token="old")
    assert actions.renew_everywhere() == 1 and actions.renew_tokens("V01") == 0 and RollEntry.objects.get().token == row["token"]
