"""What people wrote follows a child whose token a build has changed: within the authority, and past no order and no protection."""

import datetime

import pytest
from web_day import TODAY

from virtualschool.link.naming import opaque, store_key
from virtualschool.web import children, events, serving, stores
from virtualschool.web.actions import following, messages
from virtualschool.web.actions.following import Followed, Named, OwnNames
from virtualschool.web.models import (
    Caseload,
    Contact,
    Disposal,
    Event,
    LegalHold,
    Message,
    OneTimeLink,
    Protection,
    Relationship,
    Share,
    WorkItem,
)
from virtualschool.web.permissions import Viewer

KEY = b"k" * 32
OWN = OwnNames(KEY, [("V01", "A"), ("V01", "B"), ("V02", "C")])
OF_A, OF_B, OF_C = (opaque(KEY, la, child, 0) for la, child in OWN.children)


def contact(token: str, la: str = "V01", what: str = "invented words") -> Contact:
    return Contact.objects.create(token=token, la=la, day=TODAY, with_whom="school", how="phone", what=what)


def told(token: str, la: str = "V01") -> list[str]:
    return sorted(Contact.objects.filter(token=token, la=la).values_list("what", flat=True))


def follow(before: dict, now: dict, la: str = "V01", **more) -> Followed:
    done = Followed()
    following.follow(Named(la, before, now, **more), OWN, done)
    assert events.first_broken() is None
    return done


def protect(token: str, *named) -> Protection:
    made = Protection.objects.create(token=token, la="V01", why="invented reason")
    made.named.set(named)
    return made


def test_everything_of_the_authority_follows_a_child_to_its_new_token_and_nothing_of_another(member):
    worker, elsewhere, head = member("social_worker"), member("social_worker", la="V02"), member("head")
    contact(OF_A), contact(OF_A, la="V02", what="of V02")
    protect(OF_A, worker)
    Share.objects.create(token=OF_A, la="V01", with_la="V02", gateway="invented")
    LegalHold.objects.create(token=OF_A, la="V01", why="invented")
    pending = Disposal.objects.create(token=OF_A, la="V01", record_class="looked_after", due=TODAY)
    gone = Disposal.objects.create(token=OF_A, la="V01", record_class="looked_after", due=TODAY, approved="2025-01-01T00:00Z")
    item = WorkItem.objects.create(la="V01", rule="r", key=f"{OF_A} x", token=OF_A, words="w", found=TODAY)
    until = datetime.datetime(2025, 6, 1, tzinfo=datetime.UTC)
    for one in (worker, elsewhere):
        Relationship.objects.create(membership=one, token=OF_A)
        OneTimeLink.objects.create(membership=one, token=OF_A, purpose="plan", secret_hash=str(one.pk), until=until)
    messages.tell([head.person], "role given", f"/children/{OF_A}/", "V01")

    done = follow({"A": OF_A}, {"A": OF_C})
    assert (done.renamed, done.joined, done.parted, done.kept_apart) == (1, 0, 0, 0)
    assert told(OF_C) == ["invented words"] and told(OF_A) == [] and told(OF_A, "V02") == ["of V02"]
    for model in (Protection, Share, LegalHold):
        assert model.objects.get().token == OF_C
    item.refresh_from_db(), pending.refresh_from_db(), gone.refresh_from_db()
    assert (item.token, item.key) == (OF_C, f"{OF_C} x") and pending.token == OF_C and gone.token == OF_A
    for model in (Relationship, OneTimeLink):
        assert model.objects.get(membership=worker).token == OF_C and model.objects.get(membership=elsewhere).token == OF_A
    assert Message.objects.get(kind="role given").path == f"/children/{OF_C}/"
    said = Event.objects.get(action="records followed")
    assert (said.la, said.token, said.detail["from"], said.detail["left"]) == ("V01", OF_C, OF_A, 0)
    assert said.detail["rows"]["contact"] == [Contact.objects.get(token=OF_C).pk] and not Message.objects.filter(kind="records kept apart")
    # Who looked before is still told.
    Event.objects.filter(token=OF_A).count()
    assert events.earlier_tokens("V01", OF_C) == {OF_A} and events.earlier_tokens("V02", OF_C) == set()


def test_without_records_or_without_a_change_nothing_is_said(store):
    assert follow({"A": OF_A}, {"A": OF_C}) == Followed()
    contact(OF_A)
    assert follow({"A": OF_A}, {"A": OF_A}) == Followed()
    assert not Event.objects.exists()


def test_two_records_of_one_person_are_joined_and_what_has_no_room_stays_and_is_told(member):
    head = member("head")
    contact(OF_A, what="of A"), contact(OF_B, what="of B")
    for token in (OF_A, OF_B):
        Caseload.objects.create(token=token, la="V01", member=head, starts=TODAY)
    done = follow({"A": OF_A, "B": OF_B}, {"A": OF_A, "B": OF_A})
    assert done.joined == 1 and told(OF_A) == ["of A", "of B"] and told(OF_B) == []
    # One person answers for a child at a time: the second stays where it is, and is not lost.
    assert sorted(Caseload.objects.values_list("token", flat=True)) == sorted((OF_A, OF_B))
    assert Event.objects.get(action="records followed").detail["left"] == 1
    assert [one.person for one in Message.objects.filter(kind="records kept apart")] == [head.person]


@pytest.mark.parametrize("which", [OF_A, OF_B])
def test_records_are_not_joined_where_one_is_protected_and_then_both_are(member, which):
    head, worker = member("head"), member("social_worker")
    contact(OF_A, what="of A"), contact(OF_B, what="of B")
    protect(which, worker)
    done = follow({"A": OF_A, "B": OF_B}, {"A": OF_A, "B": OF_A})
    assert done.kept_apart == 1 and told(OF_A) == ["of A"] and told(OF_B) == ["of B"]
    # B's record is shown under the token of A from now on.
    held = Protection.objects.filter(token=OF_A, ended__isnull=True).get()
    assert list(held.named.all()) == [worker] and OF_A in children.kept_from(Viewer(head.person, head))
    assert Event.objects.get(action="records kept apart").token == OF_B and Message.objects.filter(person=head.person).count() == 1


@pytest.mark.parametrize(
    ("before", "now", "more"),
    [
        ({"A": OF_A}, {"A": OF_C}, {"adopted": frozenset({"A"})}),
        # Another child under the old token, or the new one, was adopted.
        ({"A": OF_A, "B": OF_A}, {"A": OF_C, "B": OF_A}, {"adopted": frozenset({"B"})}),
        ({"A": OF_A, "B": OF_B}, {"A": OF_B, "B": OF_B}, {"adopted": frozenset({"B"})}),
        # A token that another authority's order sealed, or that comes after one.
        ({"A": OF_A}, {"A": OF_C}, {"sealed": frozenset({OF_C})}),
        ({"A": OF_A}, {"A": OF_C}, {"sealed": frozenset({OF_A})}),
        ({"A": OF_A}, {"A": opaque(KEY, "V02", "C", 1)}, {}),
    ],
)
def test_nothing_follows_across_an_adoption_and_no_event_ties_the_two(member, before, now, more):
    member("head")
    contact(OF_A)
    done = follow(before, now, **more)
    assert done.kept_apart == 1 and told(OF_A) == ["invented words"] and Contact.objects.count() == 1
    said = Event.objects.get()
    assert (said.action, said.token, said.detail) == ("records kept apart", OF_A, {})


def test_a_record_that_begins_after_another_authoritys_order_follows_to_the_name_of_its_own_child(store):
    after = opaque(KEY, "V01", "A", 1)
    contact(OF_A)
    assert follow({"A": OF_A}, {"A": after}).renamed == 1 and told(after) == ["invented words"]


def test_a_child_who_may_never_be_linked_keeps_its_own_record_and_is_joined_with_none(store):
    contact(OF_C)
    assert follow({"A": OF_C}, {"A": OF_A}, hidden=frozenset({"A"})).renamed == 1 and told(OF_A) == ["invented words"]
    assert follow({"A": OF_A}, {"A": OF_C}, hidden=frozenset({"A"})).kept_apart == 1 and told(OF_A) == ["invented words"]


def test_when_two_are_parted_what_had_come_over_goes_back_and_what_was_written_since_stays(member):
    head, worker = member("head"), member("social_worker")
    contact(OF_A, what="of A"), contact(OF_B, what="of B")
    follow({"A": OF_A, "B": OF_B}, {"A": OF_A, "B": OF_A})
    contact(OF_A, what="of one of them")
    protect(OF_A, worker)
    done = follow({"A": OF_A, "B": OF_A}, {"A": OF_A, "B": OF_B})
    assert done.parted == 1 and told(OF_B) == ["of B"] and told(OF_A) == ["of A", "of one of them"]
    assert children.kept_from(Viewer(head.person, head)) == {OF_A, OF_B}
    assert Message.objects.filter(kind="records kept apart").count() == 1 and events.earlier_tokens("V01", OF_A) == set()


def test_records_come_along_with_the_snapshot_and_are_left_alone_the_next_time(store, monkeypatch, tmp_path):
    monkeypatch.setattr(following, "FILE", str(tmp_path / "tokens.csv"))
    row = next(iter(stores.children_rows(stores.snapshot(), "V01").values()))
    following.bring_along()
    noted = (tmp_path / "tokens.csv").read_text()
    assert f"V01,{row['child']},{row['token']}\n" in noted and (tmp_path / "tokens.csv").stat().st_mode & 0o077 == 0
    before = opaque(store_key(store / "records"), "V01", "of the roll", 0)
    (tmp_path / "tokens.csv").write_text(noted.replace(row["token"], before))
    contact(before)
    assert following.bring_along().tokens == [row["token"]] and told(row["token"]) == ["invented words"]
    assert following.bring_along() == Followed() and (tmp_path / "tokens.csv").read_text() == noted


def test_a_build_by_command_brings_records_along_only_where_people_work_on_the_store(store, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(serving, "_bring_along", lambda: asked.append("brought"))
    monkeypatch.delenv("VIRTUALSCHOOL_DATABASE", raising=False)
    monkeypatch.setenv("VIRTUALSCHOOL_STORE", str(store))
    serving.after_build(tmp_path)
    assert asked == []
    (tmp_path / "web.sqlite3").touch()
    serving.after_build(tmp_path)
    assert asked == ["brought"]
