"""Who may see which child, and which page."""

import datetime

import pytest
from django.http import Http404
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from web_day import TODAY

from virtualschool.web import children, clock, roles
from virtualschool.web.models import BreakGlass, Protection, Share
from virtualschool.web.permissions import Viewer

DAY = datetime.timedelta(days=1)


def viewer(membership) -> Viewer:
    return Viewer(membership.person, membership)


def tokens(membership) -> set[str]:
    return {child.token for child in children.of(viewer(membership))}


def own_views(patterns, before=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from own_views(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield pattern


def test_every_view_says_what_it_needs():
    silent = [pattern.name for pattern in own_views(get_resolver().url_patterns) if not hasattr(pattern.callback, "page")]
    assert silent == []


def test_every_page_needs_a_kind_of_data_that_the_role_table_knows():
    kinds = {pattern.callback.page.kind for pattern in own_views(get_resolver().url_patterns)}
    assert kinds <= {"", "signed-in", *roles.kinds()}


def test_an_authority_sees_its_own_children_and_no_others(member):
    for la in ("V01", "V02"):
        seen = children.of(viewer(member("head", la)))
        assert seen and {child.la for child in seen} == {la} and {child.row["la"] for child in seen} == {la}


def test_a_teacher_sees_the_children_who_are_at_the_school_today_and_nobody_else(member, roll):
    here, elsewhere = roll("V01", 2, school="900001"), roll("V01", 2, skip=2, school="900002")
    seen = tokens(member("teacher", "V01", school="900001"))
    assert seen == {entry.token for entry in here} and not seen & {entry.token for entry in elsewhere}


def test_a_teacher_of_two_authorities_is_walled_by_the_membership_that_is_chosen(member, roll):
    one, two = roll("V01", 1, school="900001"), roll("V02", 1, school="900001")
    assert tokens(member("teacher", "V01", school="900001")) == {one[0].token}
    assert tokens(member("teacher", "V02", school="900001")) == {two[0].token}


def test_access_ends_the_day_a_school_ends(member, roll):
    (entry,) = roll("V01", 1, school="900001", as_of=TODAY - DAY)
    teacher = member("teacher", "V01", school="900001")
    assert tokens(teacher) == {entry.token}
    roll("V01", 1, school="900002", as_of=TODAY)
    assert tokens(teacher) == set()


@pytest.mark.parametrize(("ends", "sees"), [(TODAY + DAY, True), (TODAY, False), (TODAY - DAY, False), (None, True)])
def test_a_relationship_ends_on_its_last_day(member, roll, relate, ends, sees):
    (entry,) = roll("V01", 1)
    carer = member("carer", "V01")
    relate(carer, entry.token, ends=ends)
    assert tokens(carer) == ({entry.token} if sees else set())


def test_a_social_worker_sees_the_children_whom_the_roll_gives_them(member, roll):
    worker = member("social_worker", "V01")
    theirs = roll("V01", 2, social_worker_email=worker.person.email.upper())
    roll("V01", 1, skip=2, social_worker_email="another@example.invalid")
    assert tokens(worker) == {entry.token for entry in theirs}


@pytest.mark.parametrize("role", ["corporate_parent", "inspector", "administrator", "national_host"])
def test_roles_without_children_open_none(member, roll, role):
    (entry,) = roll("V01", 1)
    with pytest.raises(Http404):
        children.one(viewer(member(role, "" if role == "national_host" else "V01")), entry.token)


def test_the_authority_of_the_school_sees_a_child_only_once_it_is_shared_and_only_what_is(member, roll):
    (entry,) = roll("V01", 1)
    other = member("head", "V02")
    assert entry.token not in tokens(other)
    Share.objects.create(token=entry.token, la="V01", with_la="V02", kinds=["plan"], gateway="school there")
    assert children.one(viewer(other), entry.token, "plan").token == entry.token
    with pytest.raises(Http404):
        children.one(viewer(other), entry.token, "record")


def test_a_refused_or_ended_share_opens_nothing(member, roll):
    first, second = roll("V01", 2)
    Share.objects.create(token=first.token, la="V01", with_la="V02", kinds=["record"], gateway="no", refused=True)
    Share.objects.create(token=second.token, la="V01", with_la="V02", kinds=["record"], gateway="was", ends=TODAY)
    assert not {first.token, second.token} & tokens(member("head", "V02"))


def test_a_protected_child_is_seen_by_people_named_and_who_opened_it_in_need_until_that_ends(member, roll):
    (entry,) = roll("V01", 1)
    named, other = member("head"), member("team")
    protection = Protection.objects.create(token=entry.token, la="V01")
    protection.named.add(named)
    assert entry.token in tokens(named) and entry.token not in tokens(other)
    opening = BreakGlass.objects.create(protection=protection, membership=other, why="missing", until=clock.now() + DAY)
    assert entry.token in tokens(other)
    opening.until = clock.now() - DAY
    opening.save()
    assert entry.token not in tokens(other)


def test_an_ended_membership_is_no_way_in(signed_in, member):
    membership = member("head", ends=TODAY)
    page = signed_in(membership).get("/")
    assert page.status_code == 200 and page.context["viewer"].role is None


def test_every_role_that_authorities_know_is_one_of_ours():
    known = roles.known_as()
    assert set(known.values()) == set(roles.roles())
    for one in (
        "virtual school officer",
        "PEP adviser",
        "regulation 44 visitor",
        "elected member",
        "auditor",
        "health colleague",
        "registered manager",
    ):
        assert one in known


def test_who_may_change_a_kind_of_data_sees_it_and_who_sees_no_child_sees_no_record():
    records = {"children", "record", "plan", "premium", "casework", "roll", "voice", "need", "taking_part", "sharing"}
    for role in roles.roles().values():
        assert role.changes <= role.sees
        if role.scope in ("none", "all"):
            assert not role.sees & records and not role.names


def test_a_store_without_children_is_not_taken_for_a_demonstration(member, monkeypatch):
    from virtualschool.web import sign_in, stores

    assert sign_in._nobody_is_real()
    monkeypatch.setattr(stores, "newest_year", lambda of, la="": None)
    assert not sign_in._nobody_is_real()
