"""A child's progress: who sees and records what, what stays in a home, and documents out and back."""

import datetime
import io
import zipfile

import pytest
from lxml import etree
from web_day import TODAY

from virtualschool.plans.progress_ways import kinds
from virtualschool.reports.forms.reading import W
from virtualschool.web import children, roles, stores
from virtualschool.web.actions import progress as actions
from virtualschool.web.models import Event, HomeRecord, ProgressFile, ProgressRecord, ProgressShare
from virtualschool.web.permissions import Viewer
from virtualschool.web.worklist import RULES
from virtualschool.web.worklist.evidence import Evidence

AWARD = {"on": "03/03/2025", "what": "Gold swimmer", "kind": "sport", "proud": "yes", "source": "record"}
SECRET = {
    "on": "04/03/2025",
    "topic": "sexual_health",
    "words": "A secret of the home",
    "who": "Key worker",
    "trained": "yes",
    "source": "staff",
}
OPEN = {**SECRET, "topic": "diet", "words": "Cooks on Fridays"}
REVIEW = {"people": "Child and key worker", "words": "Sleeps", "not_worked": "Nothing", "child_agrees": "yes", "next": "Go on"}
OTHERS = ("head", "team", "teacher", "social_worker", "reviewing_officer", "personal_adviser", "carer", "child")
"""Every role that sees progress, but the home's."""


class World:
    """A child of Home One who goes to school 900001, another of Home Two, and somebody of each role."""

    def __init__(self, entry, other, member, sign_in) -> None:
        self.entry, self.other, self.member, self.sign_in = entry, other, member, sign_in
        self.members, self.browsers = {}, {}
        self.path = f"/children/progress/child/{entry.token}"

    def __call__(self, role: str):
        """A browser in which somebody of the role is signed in."""
        if role not in self.browsers:
            self.browsers[role] = self.sign_in(self.viewer(role).membership)
        return self.browsers[role]

    def viewer(self, role: str) -> Viewer:
        if role not in self.members:
            self.members[role] = self.member(role)
        return Viewer(self.members[role].person, self.members[role])

    def records(self, role: str, kind_of_record: str, /, **said):
        """The record that somebody wrote."""
        answer = self(role).post(f"{self.path}/add/{kind_of_record}", said)
        assert answer.status_code == 302, answer.content.decode()
        return ProgressRecord.objects.order_by("-pk").first()


@pytest.fixture
def world(roll, signed_in, member, relate):
    (entry,) = roll("V01", 1, school="900001", home="Home One", placement_began=TODAY.replace(month=1, day=6))
    (other,) = roll("V01", 1, skip=1, school="900001", home="Home Two")

    def somebody(role: str):
        made = member(role, school="900001" if role == "teacher" else "", home="Home One" if role == "home" else "")
        if roles.roles()[role].scope == "own":
            relate(made, entry.token)
        return made

    return World(entry, other, somebody, signed_in)


def page(browser, path: str) -> str:
    return browser.get(path).content.decode()


# --- Who sees and records what ---


def test_another_authority_finds_no_progress(world, signed_in):
    row = world.records("home", "award", **AWARD)
    head = signed_in("head", "V02")
    ways = (
        "",
        "/print",
        "/mine",
        "/documents",
        "/add/award",
        f"/record/{row.series}",
        f"/record/{row.series}/correct",
        "/documents/baseline/pdf",
    )
    assert {head.get(world.path + way).status_code for way in ways} == {404}
    assert world.entry.name not in page(head, "/children/progress?show=all")


def test_progress_does_not_follow_a_child_to_another_authority(world, roll, signed_in):
    world.records("home", "award", **AWARD)
    (moved,) = roll("V02", 1)
    type(moved).objects.filter(pk=moved.pk).update(token=world.entry.token)
    shown = page(signed_in("head", "V02"), world.path)
    assert moved.name in shown and "Gold swimmer" not in shown


def test_a_home_sees_its_own_children_only(world):
    shown = page(world("home"), "/children/progress/home")
    assert world.entry.name in shown and world.other.name not in shown
    assert world("home").get(f"/children/progress/child/{world.other.token}").status_code == 404


def test_a_home_does_not_read_what_another_home_wrote_before(world):
    row = world.records("home", "award", **AWARD)
    ProgressRecord.objects.filter(pk=row.pk).update(home="Home Before")
    assert "Gold swimmer" not in page(world("home"), world.path)
    assert world("home").get(f"{world.path}/record/{row.series}").status_code == 404
    assert "Gold swimmer" in page(world("head"), world.path)


def test_a_school_sees_and_records_education_and_nothing_delicate(world):
    world.records("teacher", "award", **AWARD)
    world.records("home", "health_session", **OPEN)
    shown = page(world("teacher"), world.path)
    assert "Gold swimmer" in shown and "Cooks on Fridays" not in shown and "Advice and support on health" not in shown
    assert "0 of 2 ways that are open to you" in shown  # Of what it does not see, it is not told that there is none.
    assert world("teacher").get(f"{world.path}/add/health_session").status_code == 404
    assert "1 record" in page(world("social_worker"), world.path)


def test_a_carer_is_told_that_others_may_have_recorded_more(world):
    world.records("home", "health_session", **OPEN)
    shown = page(world("carer"), world.path)
    assert "Others may have recorded more" in shown and "Baseline" not in shown and "Cooks on Fridays" not in shown
    assert "Others may have recorded more" not in page(world("social_worker"), world.path)


def test_a_child_reads_words_of_their_own_and_no_list_of_records(world):
    row = world.records("home", "award", **AWARD)
    child = world("child")
    assert child.get(world.path).url.endswith("/mine")
    assert "how you are getting on" in page(child, f"{world.path}/mine")
    for way in ("/print", f"/record/{row.series}", "/documents", "/documents/baseline/pdf", "/add/award"):
        assert child.get(world.path + way).status_code == 404


def test_every_kind_has_a_level_and_known_writers():
    delicate = {"restraint": "restricted", "wellbeing": "restricted"}
    plain = (
        "award",
        "test",
        "teacher_assessment",
        "readiness",
        "recognition",
        "attendance",
        "exclusion",
        "ambition",
        "goal",
        "goal_rating",
    )
    for kind in kinds().values():
        assert all(roles.roles()[name].may("progress", "change") for name in kind.writes)
        if kind.about == "child":
            level = delicate.get(kind.name, "normal" if kind.name in plain else "sensitive")
            assert roles.level_of(f"progress_{kind.name}") == level, kind.name


def test_what_is_wrong_is_said_beside_the_question_and_nothing_is_kept(world):
    answer = world("home").post(
        f"{world.path}/add/attendance", {"from": "02/04/2025", "to": "01/04/2025", "possible": "10", "attended": "11"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 400 and not ProgressRecord.objects.exists()
    assert "To: it is before the first day." in shown and "Sessions attended: it is more than the sessions possible." in shown


def test_a_correction_keeps_what_stood_before_and_a_record_that_was_taken_back_does_not_count(world):
    row = world.records("home", "award", **AWARD)
    path = f"{world.path}/record/{row.series}"
    assert world("home").post(f"{path}/correct", {**AWARD, "what": "Silver swimmer"}).status_code == 400  # It asks why.
    world("home").post(f"{path}/correct", {**AWARD, "what": "Silver swimmer", "why_changed": "Read wrongly"})
    shown = page(world("home"), path)
    assert "Silver swimmer" in shown and "Gold swimmer" in shown and "Read wrongly" in shown
    assert world("teacher").post(f"{path}/withdraw", {"why": "no"}).status_code == 404
    world("home").post(f"{path}/withdraw", {"why": "Another child's"})
    assert "swimmer" not in page(world("home"), world.path) and ProgressRecord.objects.count() == 3


def test_a_goal_is_rated_by_child_and_adult_and_both_are_shown(world):
    home = world("home")
    assert home.get(f"{world.path}/add/goal_rating").url.endswith("/add/goal")
    steps = {"step_start": "a", "step_towards": "b", "step_hoped": "c"}
    world.records(
        "home", "goal", on="10/01/2025", number="1", child_words="swim!!", adult_words="Swims", due="01/09/2025", owner="Sam", **steps
    )
    for day, child, adult in (("10/01/2025", "-2", "-2"), ("10/04/2025", "0", "-1")):
        world.records("home", "goal_rating", on=day, number="1", child_rated="alone", child_step=child, adult_step=adult, words="Seen")
    shown = page(home, world.path)
    assert "The child says: what we hoped for (10 April 2025); the adult says: a step towards it (10 April 2025)." in shown
    assert "You say you have got there." in page(home, f"{world.path}/mine")


# --- What stays in the home ---


@pytest.fixture
def secret(world):
    return world.records("home", "health_session", **SECRET)


def seen_by(world, role: str) -> bool:
    """Whether the secret is anywhere that this role may look: in records, on pages, in documents."""
    viewer = world.viewer(role)
    (child,) = [one for one in children.of(viewer) if one.token == world.entry.token]
    rows = actions.records_of(viewer, child)
    return any("secret" in str(row.values) for row in rows)


def test_only_the_home_sees_what_it_records_of_sexual_health(world, secret):
    assert secret.stays_home and seen_by(world, "home")
    assert [role for role in OTHERS if seen_by(world, role)] == []
    for role in ("head", "teacher", "social_worker"):
        browser = world(role)
        assert browser.get(f"{world.path}/record/{secret.series}").status_code == 404
        assert "Advice and support on health</a>" not in page(browser, f"{world.path}/print")
        assert f"0 of {2 if role == 'teacher' else 6} ways" in page(browser, world.path)


def test_restraint_is_recorded_by_a_home_and_nobody_else(world):
    said = {"on": "04/03/2025", "minutes": "2", "why": "A secret of the home", "tried": "Words"}
    assert world("head").get(f"{world.path}/add/restraint").status_code == 404
    assert world("carer").post(f"{world.path}/add/restraint", said).status_code == 404
    assert world.records("home", "restraint", **said).stays_home
    assert [role for role in OTHERS if seen_by(world, role)] == []


def test_what_a_carer_writes_of_it_is_read_by_the_social_worker_and_not_by_the_school(world):
    assert not world.records("carer", "health_session", **SECRET).stays_home
    assert [role for role in ("carer", "social_worker", "teacher") if seen_by(world, role)] == ["carer", "social_worker"]


def test_a_decision_to_share_opens_one_record_to_the_roles_named_until_it_ends(world, secret):
    other = world.records("home", "health_session", **{**SECRET, "words": "Another of the home"})
    path = f"{world.path}/record/{secret.series}/share"
    assert world("home").post(path, {"roles": ["social_worker"], "why": "short"}).status_code == 400
    assert not ProgressShare.objects.exists()
    world("home").post(path, {"roles": ["social_worker"], "why": "She arranges the clinic; the child agreed."})
    assert [role for role in OTHERS if seen_by(world, role)] == ["social_worker"]
    assert world("social_worker").get(f"{world.path}/record/{other.series}").status_code == 404
    held = ProgressShare.objects.get()
    event = Event.objects.filter(action="shared").get()
    assert (held.by.split(",")[0], event.kind, event.token, event.detail["roles"]) == (
        "Test home",
        "home_records",
        secret.token,
        ["social_worker"],
    )
    assert "secret" not in str(event.detail) and "topic" not in str(event.detail)
    world("home").post(path, {"end": held.pk})
    assert not seen_by(world, "social_worker") and Event.objects.filter(action="ended sharing").exists()


def test_a_decision_not_to_share_is_recorded_and_opens_nothing(world, secret):
    world("home").post(f"{world.path}/record/{secret.series}/share", {"why": "The child does not want it."})
    assert ProgressShare.objects.get().refused and [role for role in OTHERS if seen_by(world, role)] == []
    assert Event.objects.filter(action="decided not to share").exists()


def test_nobody_but_the_home_that_wrote_it_decides(world, secret, signed_in):
    for role in ("head", "social_worker"):
        assert (
            world(role).post(f"{world.path}/record/{secret.series}/share", {"roles": [role], "why": "I want to see it."}).status_code == 404
        )
    elsewhere = signed_in("home", home="Home Two")
    assert elsewhere.post(f"{world.path}/record/{secret.series}/share", {"roles": ["head"], "why": "I want to see it."}).status_code == 404
    assert not ProgressShare.objects.exists()


def test_a_correction_that_changes_the_topic_opens_nothing(world, secret):
    world("home").post(f"{world.path}/record/{secret.series}/correct", {**SECRET, "topic": "diet", "why_changed": "Another topic"})
    assert [role for role in OTHERS if seen_by(world, role)] == []


def test_events_and_the_whole_file_hold_nothing_that_stays_in_the_home(world, secret):
    world.records("home", "award", **AWARD)
    told = list(Event.objects.filter(action="recorded").order_by("pk"))
    assert [event.detail.get("kind_of_record") for event in told] == [None, "award"]
    answer = world("head").post(f"/people/child/{world.entry.token}/whole-file", {"reason": "The child asks to see it"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        assert "Gold swimmer" in held.read("records/progressrecord.json").decode()
        assert not any(b"secret" in held.read(name) for name in held.namelist())


# --- A home about itself ---


def test_a_homes_own_records_are_the_homes_alone(world, signed_in):
    said = {"on": "04/03/2025", "finding": "No quiet place", "action": "A study", "owner": "Manager"}
    assert world("home").post("/children/progress/home/add?kind=home_change", said).status_code == 302
    assert "No quiet place" in page(world("home"), "/children/progress/home")
    assert "No quiet place" not in page(signed_in("home", home="Home Two"), "/children/progress/home")
    assert world("head").get("/children/progress/home").status_code == 404 and HomeRecord.objects.get().home == "Home One"


def test_the_homes_view_counts_its_children_in_each_way(world):
    steps = {"on": "10/01/2025", "subject": "Maths", "standing": "2", "words": "x", "source": "school"}
    world.records("home", "teacher_assessment", **steps)
    world.records("home", "teacher_assessment", **{**steps, "on": "10/04/2025", "standing": "3"})
    world.records("home", "award", **AWARD)
    shown = page(world("home"), "/children/progress/home")
    assert ">1 of 1</td>" in shown and "(1 of 6)" in shown


# --- Documents ---


def filled_in(content: bytes, **answers) -> io.BytesIO:
    """The document with answers put into its controls."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            part = held.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                for control in root.iter(f"{W}sdt"):
                    tag = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val").replace(":", "__")
                    if tag in answers:
                        properties = control.find(f"{W}sdtPr")
                        properties.remove(properties.find(f"{W}showingPlcHdr"))
                        control.find(f"{W}sdtContent/{W}r/{W}t").text = answers[tag]
                part = etree.tostring(root)
            made.writestr(name, part)
    out.seek(0)
    out.name = "a child's name.docx"
    return out


def answers(kind: str, said: dict) -> dict:
    return {f"{kind}__1__{name}": value for name, value in said.items()}


def test_a_filled_document_is_read_shown_and_kept_or_discarded(world):
    world.records("home", "award", **AWARD)
    blank = world("home").get(f"{world.path}/documents/education/docx")
    assert 'filename="education.docx"' in blank.headers["Content-Disposition"]
    given = {"on": "05/03/2025", "what": "First aid", "kind": "Another award", "source": "The child"}
    sent = filled_in(blank.content, **answers("award", given), award__2__what="No day given")
    answer = world("home").post(f"{world.path}/documents", {"document": sent})
    shown = page(world("home"), answer.url)
    assert "First aid" in shown and "Keep 1 record" in shown and "Award or qualification, entry 2, Date" in shown
    (account,) = [one for one in ProgressFile.objects.get().account if one["kind"] == "award"]
    assert (account["read"], account["kept"], account["set_aside"]) == (2, 1, 1)
    assert ProgressRecord.objects.count() == 1  # Nothing is kept before somebody says so.
    assert world("head").get(answer.url).status_code == 404
    world("home").post(answer.url, {"act": "keep"})
    assert "First aid" in page(world("head"), world.path) and ProgressFile.objects.get().held == []
    sent.seek(0)
    again = world("home").post(f"{world.path}/documents", {"document": sent})
    assert "It was brought and kept before." in again.content.decode()


def test_a_document_of_another_child_is_refused(world, roll):
    (sibling,) = roll("V01", 1, skip=2, home="Home One")
    content = world("home").get(f"/children/progress/child/{sibling.token}/documents/education/docx").content
    answer = world("home").post(f"{world.path}/documents", {"document": filled_in(content)})
    assert answer.status_code == 400 and "made for another child" in answer.content.decode() and not ProgressFile.objects.exists()


def test_documents_and_the_childs_page_leave_out_what_stays_in_the_home(world, secret):
    world.records("home", "habit", on="10/01/2025", topic="drugs", habit="A secret habit", days="9", better="fewer", source="staff")
    world.records("home", "habit", on="10/04/2025", topic="drugs", habit="A secret habit", days="1", better="fewer", source="child")
    assert "A secret habit" in page(world("home"), world.path)
    content = world("home").get(f"{world.path}/documents/health/docx").content
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        assert b"secret" not in held.read("word/document.xml")
    assert "secret" not in page(world("home"), f"{world.path}/mine")


# --- The worklist ---


def test_a_review_past_its_day_is_on_the_worklist_until_it_is_held(world, store):
    """The child came on 6 January: the baseline was due by 3 February, and a review is due 84 days after the last."""

    def found(name: str):
        seen = Evidence("V01", TODAY, stores.snapshot())
        return [(one.token, one.words, one.due) for one in RULES[name].find(seen)]

    assert found("progress_review_overdue") == []  # Nobody records anything of either child.
    world.records("home", "award", **AWARD)
    token, baseline = world.entry.token, datetime.date(2025, 2, 3)
    assert found("progress_review_overdue") == [(token, "Baseline of progress is overdue", baseline)]
    world.records("home", "review", **REVIEW, on="20/01/2025", review="baseline")
    assert found("progress_review_overdue") == [(token, "Twelve-week review of progress is overdue", datetime.date(2025, 4, 14))]
    world.records("home", "review", **REVIEW, on="14/04/2025", review="twelve_week")
    assert found("progress_review_overdue") == []
