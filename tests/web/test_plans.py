"""Education plans: who sees and writes which part, what is kept, and when they are due."""

import datetime

import pytest
from web_day import TODAY

from virtualschool.web import children, clock, links, plan_dates, roles
from virtualschool.web.actions import plans as actions
from virtualschool.web.models import Event, Plan, PlanFacts, PlanStep, PlanTarget, PlanTerm, PlanText

DAY = datetime.timedelta(days=1)
SUMMER = {"school_year": 2025, "term": "summer"}
WORDS = "  i like art!!\r\n\r\nI dont like maths <b>AT ALL</b>  "


@pytest.fixture
def term(store):
    """The summer term of the tests' day, with meetings by 23 May."""
    return PlanTerm.objects.create(
        la="V01", **SUMMER, starts=datetime.date(2025, 4, 21), ends=datetime.date(2025, 7, 22), cut_off=datetime.date(2025, 5, 23)
    )


class World:
    """Two children of one school, a plan of the first, and a browser for somebody of each role in it."""

    def __init__(self, entries, plan, open_browser) -> None:
        self.entry, self.other = entries
        self.number, self.open_browser, self.browsers = plan.pk, open_browser, {}
        self.path = f"/plans/child/{plan.token}/{plan.pk}"

    def __call__(self, role: str):
        if role not in self.browsers:
            self.browsers[role] = self.open_browser(role)
        return self.browsers[role]

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(pk=self.number)

    def says(self, role: str, **words) -> None:
        held = self.plan.texts.order_by("-pk").first()
        assert self(role).post(f"{self.path}/part", {"seen": held.pk if held else 0, **words}).status_code == 302

    def ready(self) -> None:
        """Everything that a plan needs to be complete."""
        self.says("child", learning="Good")
        self("teacher").post(f"{self.path}/meeting", {"held_on": "25/04/2025", "next_on": "10/09/2025"})
        self("teacher").post(f"{self.path}/target", {"text": "Reads 60 words", "act": "keep"})

    def signed(self) -> None:
        self.ready()
        self("teacher").post(f"{self.path}/state", {"act": "complete"})
        for role in ("social_worker", "teacher"):
            self(role).post(f"{self.path}/state", {"act": "sign"})
        assert self.plan.state == "signed"


@pytest.fixture
def world(term, roll, signed_in, member, relate):
    entries = roll("V01", 2, school="900001")
    plan = Plan.objects.create(la="V01", token=entries[0].token, kind="secondary", **SUMMER)
    PlanStep.objects.create(plan=plan, state="draft", on=TODAY)

    def browser(role: str):
        made = member(role, school="900001" if role == "teacher" else "")
        if roles.roles()[role].scope == "own":
            relate(made, plan.token)
        return signed_in(made)

    return World(entries, plan, browser)


def page(browser, path: str) -> str:
    return browser.get(path).content.decode()


# --- Who sees and writes what ---


def test_another_authority_finds_no_plan(world, signed_in):
    world.says("teacher", progress="A secret of V01")
    head = signed_in("head", "V02")
    paths = ["", "/print", "/history", "/part", "/meeting", "/target", "/version/1"]
    assert {head.get(world.path + path).status_code for path in paths} == {404}
    assert head.post(f"{world.path}/state", {"act": "close", "why": "no"}).status_code == 404
    assert world.entry.name not in page(head, "/plans/")


def test_a_plan_does_not_follow_a_child_to_another_authority(world, roll, signed_in):
    # The child of the same token, now on the roll of V02.
    (moved,) = roll("V02", 1)
    type(moved).objects.filter(pk=moved.pk).update(token=world.entry.token)
    head = signed_in("head", "V02")
    assert head.get(f"/plans/child/{world.entry.token}").status_code == 200
    assert head.get(world.path).status_code == 404
    assert "There is no plan yet" in page(head, f"/plans/child/{world.entry.token}")


def test_a_plan_is_not_opened_under_another_child(world):
    assert world("head").get(f"/plans/child/{world.other.token}/{world.plan.pk}").status_code == 404


def test_a_teacher_sees_and_changes_only_the_schools_section_of_the_own_schools_children(world, signed_in):
    world.says("teacher", progress="Ahead in art")
    world.says("social_worker", changes="Contact was stopped")
    world.says("carer", going="Reads to the dog")
    world.says("child", learning="Only for my social worker")
    shown = page(world("teacher"), world.path)
    assert "Ahead in art" in shown
    assert not any(words in shown for words in ("Contact was stopped", "Reads to the dog", "Only for my social worker"))
    assert not any(
        words in page(world("teacher"), f"{world.path}/{way}") for words in ("Contact was", "Only for my") for way in ("history", "print")
    )
    assert "How is learning going at home" not in page(world("teacher"), f"{world.path}/part")
    elsewhere = signed_in("teacher", school="900002")
    assert elsewhere.get(world.path).status_code == 404 and elsewhere.post(f"{world.path}/part", {"progress": "x"}).status_code == 404


def test_the_school_reads_what_child_and_carer_let_it_read(world):
    world.says("child", learning="For school too", school_may_read="on")
    world.says("carer", going="School may know", school_may_read="on")
    shown = page(world("teacher"), world.path)
    assert "For school too" in shown and "School may know" in shown
    world.says("child", learning="For school too")
    assert "For school too" not in page(world("teacher"), world.path)


def test_a_carer_sees_and_changes_only_their_own_words(world, signed_in, member, relate):
    world.says("teacher", progress="Ahead in art")
    world.says("child", learning="I miss my brother")
    world.says("carer", going="Reads to the dog")
    shown = page(world("carer"), world.path)
    assert "Reads to the dog" in shown and "Ahead in art" not in shown and "I miss my brother" not in shown
    assert world("carer").get(f"{world.path}/target").status_code == 404
    assert world("carer").get(f"{world.path}/history").status_code == 404
    assert world("carer").get(f"/plans/child/{world.other.token}").status_code == 404
    # The carer after them does not read what they wrote.
    later = member("carer", name="Later Carer")
    relate(later, world.entry.token)
    assert "Reads to the dog" not in page(signed_in(later), world.path)


def test_who_has_no_section_writes_none(world):
    for role in ("analyst", "corporate_parent", "administrator"):
        assert world(role).get(world.path).status_code == 404
    assert world("carer").post(f"{world.path}/state", {"act": "close", "why": "no"}).status_code == 302
    assert world("carer").post(f"{world.path}/meeting", {"held_on": "25/04/2025"}).status_code == 404
    assert world.plan.state == "draft" and not world.plan.meetings.exists()


# --- The child's words ---


def test_the_childs_words_are_kept_exactly_and_shown_as_written(world):
    world.says("child", learning=WORDS)
    kept = PlanText.objects.get(plan=world.plan, field="learning")
    assert kept.words == WORDS
    assert "I dont like maths &lt;b&gt;AT ALL&lt;/b&gt;" in page(world("head"), world.path)


def test_the_limits_of_privacy_are_said_before_the_child_writes(world):
    form = page(world("child"), f"{world.path}/part")
    assert "we must tell people who can help" in form
    assert form.index("we must tell people who can help") < form.index("<textarea")


def test_not_today_is_an_answer(world):
    assert "the child's view, or how the child chose to say nothing" in actions.missing(world.plan)
    world.says("child", not_today="on")
    assert not any("view" in one for one in actions.missing(world.plan))
    assert "Chose to say nothing today" in page(world("head"), world.path)


def test_not_today_beside_words_is_asked_about(world):
    answer = world("child").post(f"{world.path}/part", {"seen": 0, "learning": "Good", "not_today": "on"})
    assert answer.status_code == 400 and b"You have written something too" in answer.content
    assert not PlanText.objects.exists()


@pytest.mark.parametrize(("role", "purpose"), [("carer", "plan"), ("child", "voice")])
def test_a_link_leads_straight_to_the_own_section(world, member, relate, client, role, purpose):
    made = member(role)
    relate(made, world.entry.token)
    link, _ = links.make(made, world.entry.token, purpose, clock.now() + links.LIFE, None)
    session = client.session
    session[links.VISIT] = link.pk
    session.save()
    answer = client.get(f"/plans/visit/{world.entry.token}")
    assert answer.status_code == 302 and answer.url == f"{world.path}/part"
    assert client.get(answer.url).status_code == 200
    assert client.get(f"/plans/child/{world.other.token}").status_code == 404
    Plan.objects.update(state="signed")
    assert b"No plan is open just now" in client.get(f"/plans/visit/{world.entry.token}").content


# --- What is kept ---


def test_a_change_leaves_the_words_before(world):
    world.says("teacher", progress="First")
    world.says("teacher", progress="Second")
    assert list(PlanText.objects.values_list("words", flat=True)) == ["First", "Second"]
    told = page(world("head"), f"{world.path}/history")
    assert "First" in told and "Second" in told and "First" not in page(world("head"), world.path)


def test_nobody_writes_over_another_unseen(world, member, signed_in):
    world.says("head", feedback="Mine")
    colleague = signed_in(member("team"))
    answer = colleague.post(f"{world.path}/part", {"seen": 0, "feedback": "Over it"})
    assert answer.status_code == 400 and b"wrote here after you opened this page" in answer.content
    newest = PlanText.objects.get().pk
    assert f'value="{newest}"'.encode() in answer.content
    assert colleague.post(f"{world.path}/part", {"seen": newest, "feedback": "Over it"}).status_code == 302


def test_a_plan_that_lacks_something_is_not_complete(world):
    answer = world("teacher").post(f"{world.path}/state", {"act": "complete"}, follow=True).content.decode()
    assert "the day of the meeting; the day of the next meeting; a target" in answer and world.plan.state == "draft"


def test_with_the_last_signature_a_plan_is_signed_off_and_its_facts_are_kept(world):
    world.ready()
    assert world.plan.state == "met"
    world("teacher").post(f"{world.path}/state", {"act": "complete"})
    world("teacher").post(f"{world.path}/state", {"act": "sign"})
    assert world.plan.state == "complete" and not PlanFacts.objects.exists()
    world("social_worker").post(f"{world.path}/state", {"act": "sign"})
    assert world.plan.state == "signed" and PlanFacts.objects.get().plan == world.plan
    assert sorted(world.plan.signatures.values_list("role", flat=True)) == ["designated_teacher", "social_worker"]


def test_a_signature_on_paper_is_noted_by_the_virtual_school_alone(world):
    world.ready()
    world("teacher").post(f"{world.path}/state", {"act": "complete"})
    said = {"act": "sign for", "role": "social_worker", "name": "Invented Worker"}
    world("teacher").post(f"{world.path}/state", said)
    assert not world.plan.signatures.exists()
    world("head").post(f"{world.path}/state", said)
    signed = world.plan.signatures.get()
    assert (signed.role, signed.for_name, signed.made_by) == ("social_worker", "Invented Worker", world("head").membership.person)


def test_a_plan_signed_off_is_changed_only_by_a_new_version(world):
    world.says("teacher", progress="As signed")
    world.signed()
    for path, said in (("part", {"progress": "x"}), ("meeting", {"held_on": "26/04/2025"}), ("target", {"text": "x", "act": "keep"})):
        assert world("teacher").post(f"{world.path}/{path}", said).status_code == 404
    world("teacher").post(f"{world.path}/state", {"act": "open again", "why": " "})
    assert world.plan.version == 1
    world("teacher").post(f"{world.path}/state", {"act": "open again", "why": "The school changed"})
    assert (world.plan.version, world.plan.state) == (2, "met")
    world.says("teacher", progress="As changed")
    now, before = page(world("head"), world.path), page(world("head"), f"{world.path}/version/1")
    assert "As changed" in now and "As signed" not in now
    assert "As signed" in before and "As changed" not in before
    assert not world.plan.signatures.filter(version=2).exists() and world.plan.signatures.filter(version=1).count() == 2


def test_a_target_is_judged_beside_its_form_without_being_kept(world):
    said = {"text": "Improve reading", "act": "look"}
    shown = world("teacher").post(f"{world.path}/target", said).content.decode()
    assert "Not precise yet" in shown and "There is no date to be done by." in shown and not PlanTarget.objects.exists()
    said = {"text": "Spells 20 of the year 4 words", "baseline": "8 of 20 in April", "measure": "20 of 20 in a test", "due": "18/07/2025"}
    world("teacher").post(f"{world.path}/target", {**said, "act": "keep"})
    assert PlanTarget.objects.get().precise and "Precise" in page(world("head"), world.path)


def test_a_target_is_reviewed_after_sign_off_and_withdrawn_only_before(world):
    world.signed()
    review = {"outcome": "met", "evidence": "Read to me", "reviewed_on": "28/04/2025"}
    world("teacher").post(f"{world.path}/target/1/review", review)
    assert [(one.outcome, one.text) for one in PlanTarget.objects.order_by("pk")] == [("", "Reads 60 words"), ("met", "Reads 60 words")]
    assert world("teacher").post(f"{world.path}/target/1", {"act": "withdraw"}).status_code == 404


def test_events_hold_no_words_of_a_plan(world):
    world.says("child", learning="A very private thing")
    world.signed()
    told = str(list(Event.objects.values("detail", "reason", "page")))
    assert "private" not in told and "Reads 60" not in told
    assert Event.objects.filter(action="wrote", kind="plan", token=world.entry.token).exists()


# --- When plans are due ---


def standing(entry, **columns):
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.save()
    term = plan_dates.term_on("V01", TODAY)
    found = [one for one in children.everyone("V01") if one.token == entry.token]
    return plan_dates.standings("V01", found, term, TODAY)[0]


def test_a_review_is_due_by_the_authoritys_own_cut_off(world):
    Plan.objects.all().delete()
    one = standing(world.entry, entered_care=datetime.date(2023, 1, 9))
    assert (one.what, one.on, one.state) == ("review of the term", datetime.date(2025, 5, 23), "not yet due")


def test_a_first_plan_is_due_twenty_working_days_after_coming_into_care(world):
    # 19 March to 16 April 2025: 20 working days; 18 and 21 April are holidays.
    one = standing(world.entry, entered_care=datetime.date(2025, 3, 19))
    assert (one.what, one.on, one.state, one.late) == ("first plan", datetime.date(2025, 4, 16), "overdue", 6)


def test_both_limits_stand_on_the_childs_page_with_the_reason(world):
    standing(world.entry, entered_care=datetime.date(2025, 4, 22))
    shown = page(world("head"), f"/plans/child/{world.entry.token}")
    # 10 and 20 working days after 22 April, with the early May bank holiday between.
    assert "First plan begun" in shown and "7 May 2025" in shown and "First plan ready" in shown and "21 May 2025" in shown


@pytest.mark.parametrize(
    ("episode", "why"),
    [
        (("V4", "U1", None, ""), "The child has short breaks only (legal status V3 or V4)."),
        (("C2", "U1", TODAY - DAY, "E2"), "The child died. Nothing is due, and nobody is reminded."),
    ],
)
def test_nothing_is_due_in_respite_and_after_death(world, monkeypatch, episode, why):
    monkeypatch.setattr(plan_dates, "_episodes", lambda *given: {world.entry.child: episode})
    Plan.objects.all().delete()
    one = standing(world.entry, entered_care=datetime.date(2025, 4, 1))
    assert (one.state, one.why) == ("not due", why)


def test_without_a_school_place_the_plan_is_due_and_the_virtual_school_signs(world):
    one = standing(world.entry, school="", entered_care=datetime.date(2023, 1, 9), year_group="8")
    assert one.is_due and one.why.startswith("No school place: the plan is due all the same")
    assert actions.must_sign(one.child) == ("social_worker", "virtual_school")


def test_in_custody_the_establishment_signs(world, monkeypatch):
    monkeypatch.setattr(plan_dates, "_episodes", lambda *given: {world.entry.child: ("J1", "R5", None, "")})
    one = standing(world.entry, entered_care=datetime.date(2023, 1, 9))
    assert one.why.startswith("In custody: the plan is part of the detention placement plan")
    assert actions.must_sign(one.child) == ("social_worker", "virtual_school", "establishment")


def test_a_child_of_august_has_working_days_at_once_and_school_days_from_the_next_term(world, settings):
    settings.TODAY = "2025-08-11"
    starts = datetime.date(2025, 9, 3)
    PlanTerm.objects.create(la="V01", school_year=2026, term="autumn", starts=starts, ends=datetime.date(2025, 12, 19))
    world.entry.entered_care = datetime.date(2025, 8, 4)
    world.entry.save()
    (child,) = [one for one in children.everyone("V01") if one.token == world.entry.token]
    dates = {(one.what, one.counted): one.on for one in plan_dates.dates_of(child, "V01", clock.today()).dates}
    # The August bank holiday is on the 25th.
    assert dates["first plan ready", "working"] == datetime.date(2025, 9, 2)
    assert dates["first plan ready", "school"] == datetime.date(2025, 9, 30)


def test_the_list_counts_in_words_and_says_when_term_dates_are_missing(world):
    standing(world.entry, entered_care=datetime.date(2025, 3, 19))
    assert "Overdue by 6 working days" in page(world("head"), "/plans/")
    PlanTerm.objects.all().delete()
    assert "The dates of this term are not given" in page(world("head"), "/plans/")


def test_term_dates_that_cannot_be_are_refused(world):
    said = {"school_year": 2026, "term": "autumn", "starts": "03/09/2025", "ends": "19/12/2025", "headline": "working"}
    refused = world("head").post("/plans/terms", {**said, "cut_off": "10/01/2026"})
    assert refused.status_code == 400 and b"it is not within the term" in refused.content
    assert world("head").post("/plans/terms", said).status_code == 302
    assert plan_dates.term_of("V01", "2026-autumn").dates.cut_off is None


def test_a_plan_is_begun_once_a_term(world):
    path = f"/plans/child/{world.other.token}"
    world("team").post(path, {"term": "2025-summer", "kind": "primary"})
    assert Plan.objects.get(token=world.other.token).kind == "primary"
    assert world("team").post(path, {"term": "2025-summer", "kind": "primary"}).status_code in (400, 404)
    assert Plan.objects.filter(token=world.other.token).count() == 1


@pytest.mark.parametrize(("came", "school_days"), [(datetime.date(2025, 4, 18), False), (datetime.date(2025, 4, 21), True)])
def test_school_days_are_not_counted_where_no_term_of_that_time_is_held(world, came, school_days):
    # The only term that is held began on 21 April 2025.
    child = standing(world.entry, entered_care=came).child
    found = plan_dates.dates_of(child, "V01", TODAY)
    assert {one.counted for one in found.dates} == {"working", "term", *(["school"] if school_days else [])}
    assert any(note.startswith("School days are not counted") for note in found.notes) is not school_days


def test_the_first_plan_is_reported_by_school_days_where_the_authority_says_so(world, term):
    PlanTerm.objects.update(headline="school", break_starts=datetime.date(2025, 5, 26), break_ends=datetime.date(2025, 5, 30))
    one = standing(world.entry, entered_care=datetime.date(2025, 5, 1))
    # 20 school days after 1 May: not 5 May, a bank holiday, nor half term.
    assert (one.what, one.on) == ("first plan", datetime.date(2025, 6, 6))
    PlanTerm.objects.update(headline="working")
    assert standing(world.entry).on == datetime.date(2025, 6, 2)
