"""What children say: kept exactly, read by whom they allow, answered in time, and worries read the same day and kept out of everything."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from web_day import TODAY

from virtualschool.web import clock, links, worklist
from virtualschool.web.actions import voice as actions
from virtualschool.web.actions import voice_safety
from virtualschool.web.models import (
    Activity,
    Concern,
    Decision,
    Event,
    Hearing,
    Message,
    Plan,
    Promise,
    Rating,
    Survey,
    SurveyAnswer,
    TookPart,
    View,
    ViewReply,
    VoiceSetting,
    WorkItem,
)
from virtualschool.web.presenters import voice as presenter
from virtualschool.web.worklist import RULES
from virtualschool.web.worklist.evidence import Evidence

DAY = datetime.timedelta(days=1)
WORRYING = "He hits me at home and I am scared"


@pytest.fixture
def children(roll):
    return roll("V01", 3)


@pytest.fixture
def child(children, signed_in, member, relate):
    """A browser in which the first child of the roll is signed in."""
    membership = member("child")
    relate(membership, children[0].token)
    browser = signed_in(membership)
    browser.token = children[0].token
    return browser


def said(token, words="I like art", la="V01", **more) -> View:
    given = {"said_on": TODAY, "source": "said", "consent": "quote", "group": "secondary", **more}
    return View.objects.create(la=la, token=token, words=words, **given)


def page(browser, path, **data):
    return browser.post(path, data, follow=True) if data else browser.get(path)


def seen() -> Evidence:
    from virtualschool.web import stores

    return Evidence("V01", TODAY, stores.snapshot())


def found(rule: str) -> list:
    """What a rule of the worklist finds in V01 today."""
    return list(RULES[rule].find(seen()))


# --- Saying ---


def test_a_child_says_something_and_it_is_kept_exactly_with_age_consent_and_who_answers_by_when(child, member):
    member("head", name="Hedda Head")
    words = "  my  maths is ok ,but ppl talk\nso LOUD  "
    answer = page(child, f"/voice/child/{child.token}/say", words=words, topic="learning", consent="quote")
    assert answer.status_code == 200 and b"Hedda Head will answer by" in answer.content
    view = View.objects.get()
    assert view.words == words.replace("\n", "\r\n") or view.words == words
    assert (view.consent, view.source, view.age is not None, view.group != "") == ("quote", "said", True, True)
    # Ten working days after Monday 28 April 2025, with the bank holiday of 5 May.
    assert view.reply_by == datetime.date(2025, 5, 13) and view.listener.person.name == "Hedda Head"


def test_the_limits_of_privacy_and_who_reads_are_said_before_a_child_writes(child, member):
    member("head", name="Hedda Head")
    text = child.get(f"/voice/child/{child.token}/say").content.decode()
    limits = text.index("What we cannot keep to ourselves")
    assert limits < text.index("<textarea") and "Hedda Head reads it the same day" in text and text.index("Who reads them") < limits


def test_a_child_who_comes_by_a_link_for_one_visit_says_something_and_sees_nobody_else(children, member, relate):
    membership = member("child")
    relate(membership, children[0].token)
    _, secret = links.make(membership, children[0].token, "voice", clock.now() + links.LIFE, None)
    browser = Client()
    browser.post(reverse("visit-open", args=[secret]))
    said(children[1].token, "Another child's words")
    text = browser.get("/visit").content.decode()
    assert f"/voice/child/{children[0].token}" in text
    page(browser, f"/voice/child/{children[0].token}/say", words="I want a desk", topic="home", consent="none")
    assert View.objects.get(token=children[0].token).words == "I want a desk"
    assert browser.get(f"/voice/child/{children[1].token}").status_code == 404
    assert b"Another child" not in browser.get(f"/voice/child/{children[0].token}").content


def test_not_today_is_kept_as_an_answer_and_nobody_waits_to_reply(child):
    page(child, f"/voice/child/{child.token}/say", words="", topic="other", consent="none", not_today="on")
    view = View.objects.get()
    assert view.not_today and view.reply_by is None and not actions.unanswered("V01").exists()


def test_nothing_at_all_is_asked_about_again(child):
    answer = page(child, f"/voice/child/{child.token}/say", words=" ", topic="other", consent="none")
    assert answer.status_code == 400 and not View.objects.exists()


# --- Who reads ---


def test_a_child_of_another_authority_is_on_no_page(signed_in, roll):
    other = roll("V02", 1)[0]
    view = said(other.token, "Words of V02", la="V02")
    Decision.objects.create(la="V02", you_said="Said in V02", we_did="Done in V02", state="done", on=TODAY)
    head = signed_in("head")
    for path in ("/voice/", "/voice/said", "/voice/you-said", "/voice/said.csv"):
        assert b"V02" not in head.get(path).content, path
    for path in (f"/voice/child/{other.token}", f"/voice/child/{other.token}/view/{view.pk}", f"/voice/together/{view.pk}"):
        assert head.get(path).status_code == 404, path


def test_a_school_reads_only_what_the_child_lets_it_read(signed_in, roll):
    entry = roll("V01", 1, school="900001")[0]
    said(entry.token, "For the school too", school_may_read=True)
    said(entry.token, "Not for the school")
    text = signed_in("teacher", school="900001").get("/voice/said").content.decode()
    assert "For the school too" in text and "Not for the school" not in text


def test_a_school_is_not_told_that_a_statement_is_a_worry(signed_in, roll):
    entry = roll("V01", 1, school="900001")[0]
    view = said(entry.token, "For the school too", school_may_read=True)
    path = f"/voice/child/{entry.token}/view/{view.pk}"
    page(signed_in("head"), path, act="worry")
    teacher = signed_in("teacher", school="900001")
    for text in (teacher.get("/voice/said").content.decode(), teacher.get(path).content.decode()):
        assert "For the school too" in text and ">Worry<" not in text and "Kept out of reports" not in text
    assert ">Worry<" in signed_in("head").get(path).content.decode()


def test_a_home_reads_what_its_own_people_wrote_down(signed_in, roll):
    entry = roll("V01", 1, home="Rookery House")[0]
    home = signed_in("home", home="Rookery House")
    said(entry.token, "Told to the school alone")
    page(home, f"/voice/child/{entry.token}/say", words="Told in the kitchen", topic="home", method="words", consent="none")
    text = home.get("/voice/said").content.decode()
    assert "Told in the kitchen" in text and "Told to the school alone" not in text


def test_a_child_changes_their_mind_and_the_consent_before_stays_on_record(child):
    view = said(child.token)
    page(child, f"/voice/child/{child.token}/view/{view.pk}", act="consent", consent="none")
    view.refresh_from_db()
    assert view.consent == "none" and list(view.consents.values_list("consent", flat=True)) == ["none"]
    assert not actions.usable(View.objects.all()).exists()


def test_what_a_child_writes_in_a_plan_is_a_view_too_and_the_newest_words_stand(child, children):
    plan = Plan.objects.create(la="V01", token=child.token, school_year=2025, term="summer", kind="secondary")
    for words in ("I hate maths", "I like maths now"):
        newest = max(plan.texts.filter(section="child").values_list("pk", flat=True), default=0)
        page(child, f"/plans/child/{child.token}/{plan.pk}/part", learning=words, seen=newest)
    assert View.objects.filter(source="plan").count() == 2
    assert [one.words for one in actions.standing(View.objects.all())] == ["I like maths now"]


# --- Answers ---


def test_no_change_needs_a_reason_and_the_child_reads_the_answer(child, signed_in):
    view = said(child.token, reply_by=TODAY + DAY)
    head, path = signed_in("head"), f"/voice/child/{child.token}/view/{view.pk}"
    answer = page(head, path, act="reply", told="We asked.", changed="no", on="28/04/2025")
    assert answer.status_code == 400 and not ViewReply.objects.exists()
    page(head, path, act="reply", told="We asked.", changed="no", why_not="There is no room.", on="28/04/2025")
    assert "We asked." in child.get(path).content.decode() and "There is no room." in child.get(path).content.decode()


def test_a_view_that_nobody_answered_in_time_is_on_the_worklist_until_it_is_answered(signed_in, children, member):
    """VOI-03."""
    token = children[0].token
    view = said(token, reply_by=TODAY - DAY)
    said(token, "And this", reply_by=TODAY)
    waiting = found("child_not_answered")
    assert [(one.token, one.due, one.count) for one in waiting] == [(token, TODAY - DAY, 1)]
    head = signed_in("head")
    worklist.refresh("V01", anew=True)
    assert b"Waits for an answer to what they said" in head.get("/worklist").content
    page(head, f"/voice/child/{token}/view/{view.pk}", act="reply", told="Yes.", changed="yes", on="28/04/2025")
    assert not found("child_not_answered")


def test_words_of_an_adult_that_blame_or_label_are_pointed_to_and_a_childs_never(child, signed_in):
    """VOI-07."""
    view = said(child.token, "I am a naughty LAC")
    VoiceSetting.objects.create(la="V01", preferred={"the cohort": "our children"})
    path = f"/voice/child/{child.token}/view/{view.pk}"
    answer = page(signed_in("head"), path, act="reply", told="The cohort was manipulative.", changed="yes", on="28/04/2025")
    text = answer.content.decode()
    assert "“The cohort”: our children" in text and "“manipulative”" in text
    assert ViewReply.objects.get().told == "The cohort was manipulative."
    answer = page(child, f"/voice/child/{child.token}/say", words="I was manipulative", topic="other", consent="none")
    assert "Look again" not in answer.content.decode()


# --- Worries ---


@pytest.fixture
def named(member):
    first, second = member("team", name="Nora Named"), member("team", name="Dora Deputy")
    VoiceSetting.objects.create(la="V01", named=first, deputy=second)
    return first


def test_worrying_words_bring_a_message_with_a_link_and_no_word_before_the_named_person_at_once(child, named):
    page(child, f"/voice/child/{child.token}/say", words=WORRYING, topic="home", consent="quote")
    concern = Concern.objects.get()
    assert (concern.raised, concern.named, concern.day) == ("words", named, TODAY) and "hurt" in concern.rules
    told = Message.objects.filter(path=f"/voice/worries/{concern.pk}")
    assert sorted(one.person.name for one in told) == ["Dora Deputy", "Nora Named"]
    held = str(list(Message.objects.values())) + str(list(Event.objects.values("detail", "reason", "page")))
    assert "scared" not in held and "hits" not in held


def test_the_childs_own_button_tells_the_named_person_once_while_it_waits(child, named):
    for _ in range(2):
        answer = page(child, f"/voice/child/{child.token}/talk", press="yes")
    assert Concern.objects.filter(raised="child").count() == 1 and b"Nora Named" in answer.content


def test_an_adults_mark_raises_a_worry_that_no_rule_of_words_found(signed_in, children, named):
    view = said(children[0].token, "Nothing special")
    page(signed_in("head"), f"/voice/child/{children[0].token}/view/{view.pk}", act="worry")
    assert [one.raised for one in Concern.objects.all()] == ["adult"]


def test_a_worry_is_on_the_worklist_for_the_same_day(child, named, signed_in):
    page(child, f"/voice/child/{child.token}/talk", press="yes")
    waiting = found("statement_to_read")
    assert [(one.token, one.due, one.words) for one in waiting] == [(child.token, TODAY, "A child wants to talk to someone")]
    text = signed_in("head").get("/worklist").content.decode()
    assert WorkItem.objects.filter(rule="statement_to_read", gone__isnull=True).count() == 1
    WorkItem.objects.create(la="V01", rule="joined", key="older", words="Older", found=TODAY - 9 * DAY, due=TODAY - 9 * DAY)
    from virtualschool.web.permissions import Viewer

    head = named.person.memberships.model.objects.filter(role="head").first()
    rules = [one.rule for one in worklist.held(Viewer(head.person, head))]
    assert rules[0] == "statement_to_read" and "joined" in rules and "wants to talk" in text


def test_who_has_not_looked_within_four_hours_or_by_the_end_of_the_day_is_not_waited_for(child, named, member):
    head = member("head", name="Hedda Head")
    page(child, f"/voice/child/{child.token}/talk", press="yes")
    assert voice_safety.escalate("V01") == []
    Concern.objects.update(made=clock.now() - voice_safety.WAITS)
    assert len(voice_safety.escalate("V01")) == 1 and voice_safety.escalate("V01") == []
    assert Message.objects.filter(person=head.person, kind="worry not looked at").count() == 1
    Concern.objects.update(made=clock.now(), day=TODAY - DAY, escalated=None)
    assert len(voice_safety.escalate("V01")) == 1


def test_what_was_looked_at_is_not_escalated(child, named, signed_in):
    page(child, f"/voice/child/{child.token}/talk", press="yes")
    page(signed_in(named), f"/voice/worries/{Concern.objects.get().pk}", act="look")
    Concern.objects.update(made=clock.now() - 2 * voice_safety.WAITS)
    assert voice_safety.escalate("V01") == []


def test_the_task_that_tells_the_heads_is_laid_by_for_after_the_four_hours(child, named, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    with django_capture_on_commit_callbacks(execute=True):
        page(child, f"/voice/child/{child.token}/talk", press="yes")
    held = DBTaskResult.objects.filter(task_path__endswith="escalate_later").get()
    assert held.run_after >= clock.now() + voice_safety.WAITS - datetime.timedelta(minutes=1)
    assert child.token not in str(held.args_kwargs)


def test_only_the_named_the_deputy_and_the_heads_open_a_worry(child, named, signed_in, member):
    page(child, f"/voice/child/{child.token}/talk", press="yes")
    path = f"/voice/worries/{Concern.objects.get().pk}"
    assert signed_in(named).get(path).status_code == 200 and signed_in("head").get(path).status_code == 200
    for browser in (signed_in("team"), child, signed_in("social_worker"), signed_in("head", la="V02")):
        assert browser.get(path).status_code == 404


def test_a_childs_call_is_not_waved_away_and_what_was_done_says_where_it_is_written(child, named, signed_in):
    page(child, f"/voice/child/{child.token}/talk", press="yes")
    path, browser = f"/voice/worries/{Concern.objects.get().pk}", signed_in(named)
    assert page(browser, path, act="end", outcome="no_worry").status_code == 400
    assert page(browser, path, act="end", outcome="acted").status_code == 400
    page(browser, path, act="end", outcome="acted", reference="CS 1234")
    assert Concern.objects.get().ended is not None and not found("statement_to_read")


@pytest.mark.parametrize(
    ("raised", "outcome", "is_out"),
    [("words", "", True), ("words", "acted", True), ("words", "no_worry", False), ("adult", "no_worry", True), ("child", "talked", True)],
)
def test_a_worrying_statement_is_in_no_count_quote_or_export_until_a_person_finds_no_worry(children, raised, outcome, is_out):
    view = said(children[0].token, WORRYING)
    Concern.objects.create(la="V01", token=view.token, view=view, raised=raised, outcome=outcome, day=TODAY)
    told = presenter.told_to_others("V01", TODAY - DAY, TODAY)
    assert (told["quotes"] == []) == is_out
    assert (presenter.export("V01", TODAY - DAY, TODAY) == []) == is_out


def test_the_file_of_what_may_be_told_holds_no_child_and_no_age_group_below_six(signed_in, children):
    for number in range(6):
        said(f"token{number}", f"words {number}", group="secondary")
    said(children[0].token, "=only one", group="primary")
    said(children[1].token, "not to be told", consent="none")
    said(children[2].token, "counted only", consent="count")
    text = signed_in("head").get("/voice/said.csv").content.decode()
    assert "token" not in text and children[0].token not in text
    assert "Secondary age" in text and "Primary age" not in text
    assert "'=only one" in text and "not to be told" not in text and "counted only" not in text


def test_children_who_spoke_are_counted_and_not_how_often_each_did(store):
    for number in range(6):
        said("token one", f"words {number}", group="secondary", topic="learning")
    told = presenter.told_to_others("V01", TODAY, TODAY)
    assert told["groups"]["secondary"] == told["topics"]["learning"] == "c"  # Six statements of one child would name the child.
    for number in range(5):
        said(f"token {number}", "words", group="secondary", topic="learning")
    told = presenter.told_to_others("V01", TODAY, TODAY)
    assert told["groups"]["secondary"] == told["topics"]["learning"] == 6
    assert presenter.told_to_others("V01", TODAY, TODAY, "internal")["groups"] == {"primary": 0, "secondary": 6, "over_16": 0}


def test_a_protected_childs_words_are_with_those_named_alone(signed_in, member, children):
    from virtualschool.web.models import Protection

    team = member("team", name="Pam Protector")
    protection = Protection.objects.create(la="V01", token=children[0].token)
    protection.named.set([team])
    view = said(children[0].token, WORRYING)
    voice_safety.look_at(view)
    assert [one.person.name for one in Message.objects.all()] == ["Pam Protector"]
    head = signed_in("head")
    assert b"hits me" not in head.get("/voice/said").content
    assert head.get(f"/voice/worries/{Concern.objects.get().pk}").status_code == 404
    assert presenter.told_to_others("V01", TODAY, TODAY)["quotes"] == []


# --- What became of it ---


def test_a_decision_is_linked_to_views_children_read_it_and_it_needs_a_reason_where_nothing_could_be_done(signed_in, child):
    view = said(child.token, "We want a library card")
    hidden = said(child.token, "Between us", consent="none")
    head = signed_in("head")
    form = {"you_said": "Library cards", "we_did": "We asked.", "state": "not_done", "on": "28/04/2025", "views": [view.pk]}
    assert page(head, "/voice/decisions/new", **form).status_code == 400
    page(head, "/voice/decisions/new", **form, why_not="The library is closing.")
    assert list(Decision.objects.get().views.all()) == [view]
    assert "The library is closing." in child.get("/voice/you-said").content.decode()
    assert page(head, "/voice/decisions/new", **{**form, "state": "done", "views": [hidden.pk]}).status_code == 400


def test_where_views_went_is_named(signed_in, children):
    form = {"forum": "recruitment", "on": "28/04/2025", "what": "Questions for interviews", "brought_by": "The secondary council"}
    text = page(signed_in("head"), "/voice/where", **form, children_there="on").content.decode()
    assert Hearing.objects.get().children_there and "Recruitment of staff" in text


def test_a_promise_is_kept_or_not_with_evidence_and_what_children_say(signed_in, child):
    head = signed_in("head")
    page(head, "/voice/pledge", number=1, words="We listen", since="01/04/2025")
    made = Promise.objects.get()
    assert page(head, f"/voice/pledge/{made.pk}", kept="kept", evidence=" ", on="28/04/2025").status_code == 400
    page(head, f"/voice/pledge/{made.pk}", kept="partly", evidence="Six of ten answered in time.", children_say="not_kept", on="28/04/2025")
    text = child.get("/voice/pledge").content.decode()
    assert "Partly kept" in text and "Six of ten answered in time." in text and "not kept" in text
    assert page(child, "/voice/pledge", number=2, words="No", since="01/04/2025").status_code == 404


def test_a_complaint_looked_at_with_children_is_a_link_to_it_and_not_a_copy(signed_in, store):
    from virtualschool.web.models import Complaint, ComplaintLook

    held = Complaint.objects.create(la="V01", received=TODAY, subject="wrong", reference="CMP 7", outcome="It was put right.")
    form = {"complaint": held.pk, "about": "other", "on": "28/04/2025", "changed": "Letters are shorter now."}
    text = page(signed_in("head"), "/voice/complaints", **form).content.decode()
    assert ComplaintLook.objects.get().complaint == held and "CMP 7" in text and "It was put right." not in text


def test_a_survey_is_read_with_an_account_of_its_rows_and_its_words_are_views(signed_in, children, named):
    token = children[0].token
    rows = (f"{token},14,Safe?,no,I am scared,quote", "X9,12,Safe?,yes,,", ",11,Safe?,5,,", ",11,Safe?,maybe,,")
    text = "\n".join(("child,age,question,answer,words,may use", *rows))
    file = SimpleUploadedFile("s.csv", text.encode())
    signed_in("head").post("/voice/surveys", {"name": "Spring survey", "on": "28/04/2025", "file": file})
    made = Survey.objects.get()
    assert (made.read, made.kept, SurveyAnswer.objects.count()) == (4, 2, 2)
    assert [one["rule"] for one in made.findings] == ["set aside", "unknown child"]
    assert Concern.objects.get().view.source == "survey"


def test_a_survey_shows_groups_below_six_to_nobody_but_who_may_open_the_children(signed_in, store):
    made = Survey.objects.create(la="V01", name="S", on=TODAY, sha256="0" * 64, read=0, kept=0)
    answers = (
        [("primary", "yes")] * 3
        + [("secondary", "yes")] * 8
        + [("secondary", "no")] * 8
        + [("over_16", "yes")] * 9
        + [("over_16", "no")] * 7
    )
    SurveyAnswer.objects.bulk_create(SurveyAnswer(survey=made, la="V01", group=group, question="Q", answer=one) for group, one in answers)
    from virtualschool.web.presenters.voice_surveys import results

    (row,) = results(made, "public")
    # The primary group is small; with it the smallest other group goes, so that it cannot be taken from the whole.
    assert [cell.answered for cell in row.groups] == ["c", "c", "16"] or [cell.answered for cell in row.groups] == ["c", "16", "c"]
    assert row.all.answered == "35" and row.all.value == "57%"
    (row,) = results(made, "internal")
    assert [cell.answered for cell in row.groups] == ["3", "16", "16"]


def test_a_child_rates_before_and_after_and_of_few_nothing_is_claimed(child, signed_in):
    made = Activity.objects.create(la="V01", name="Climbing", kind="day", starts=TODAY)
    part = TookPart.objects.create(activity=made, la="V01", token=child.token)
    path = f"/voice/child/{child.token}/rate/{part.pk}"
    page(child, path, moment="before", confidence="2", words="")
    page(child, path, moment="after", confidence="4", words="")
    assert [(one.moment, one.confidence, one.by_child) for one in Rating.objects.all()] == [("before", 2, True), ("after", 4, True)]
    text = signed_in("head").get(f"/voice/activities/{made.pk}").content.decode()
    assert "2 → 4" in text and "Fewer than 10 children rated before and after, so nothing is said of a change." in text


def test_a_childs_part_in_an_activity_is_not_rated_by_another_child(child, children):
    made = Activity.objects.create(la="V01", name="Climbing", kind="day", starts=TODAY)
    part = TookPart.objects.create(activity=made, la="V01", token=children[1].token)
    assert child.get(f"/voice/child/{children[1].token}/rate/{part.pk}").status_code == 404
    assert child.get(f"/voice/child/{child.token}/rate/{part.pk}").status_code == 404


def test_what_a_child_said_is_in_the_childs_whole_file(children, signed_in):
    from virtualschool.web.actions.retention import held_rows

    view = said(children[0].token)
    ViewReply.objects.create(view=view, la="V01", token=view.token, on=TODAY, told="Yes", changed=True)
    names = {rows.model.__name__ for rows in held_rows("V01", children[0].token) if rows.exists()}
    assert {"View", "ViewReply"} <= names


def test_what_is_written_here_goes_into_files_that_a_build_reads_without_names_words_or_worries(children, tmp_path):
    from virtualschool.read.headings import kinds
    from virtualschool.web import store_files
    from virtualschool.web.models import PremiumEffect, PremiumLine, PremiumShare

    token = children[0].token
    view = said(token, "Secret words", topic="learning")
    ViewReply.objects.create(view=view, la="V01", token=token, on=TODAY, told="Yes", changed=True)
    said(token, "Not to be counted", consent="none")
    worry = said(token, WORRYING)
    voice_safety.look_at(worry)
    common = {"la": "V01", "financial_year": "2025-26", "strand": "looked_after", "on": TODAY, "where": "devolved", "purpose": "literacy"}
    line = PremiumLine.objects.create(reference="R1", pence=-5, **common)
    PremiumShare.objects.create(line=line, la="V01", token=token, pence=-5)
    PremiumEffect.objects.create(line=line, la="V01", token=token, on=TODAY, baseline="1", measure="m", result="met", next_step="n")
    assert store_files.write(tmp_path) == [("V01", tmp_path / "web" / "V01")]
    held = {file.name: file.read_text() for file in (tmp_path / "web" / "V01").iterdir()}
    day = TODAY.isoformat()
    assert held["voice.csv"].splitlines()[1:] == [f"V01,{token},{day},said,secondary,learning,{day},yes"]
    assert held["premium.csv"].splitlines()[1:] == [f"V01,{token},{day},-0.05,devolved,literacy,looked_after,yes"]
    known = {kind.name: kind for kind in kinds()}
    for name, kind in (("voice.csv", "list.voice"), ("premium.csv", "list.premium")):
        headings = {heading.upper() for heading in held[name].splitlines()[0].split(",")}
        wanted = known[kind]
        assert all(headings & {one.upper() for one in wanted.headings(column)} for column in wanted.needs), name
