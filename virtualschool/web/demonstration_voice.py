"""What children of an invented authority say, and what became of it: something to hear in a demonstration. Every word is invented."""

import datetime
import random
from typing import Any

from virtualschool.plans.surveys import group_of
from virtualschool.plans.worries import worries
from virtualschool.web import children, clock
from virtualschool.web.actions.casework import owners
from virtualschool.web.actions.voice import TOPIC_OF
from virtualschool.web.children import Child
from virtualschool.web.models import (
    Activity,
    ComplaintLook,
    Concern,
    Decision,
    Hearing,
    Panel,
    PlanText,
    Promise,
    PromiseLook,
    Rating,
    Survey,
    SurveyAnswer,
    TookPart,
    View,
    ViewReply,
    VoiceSetting,
)
from virtualschool.web.worklist.evidence import working_days_after
from virtualschool.years import age_on

DAY = datetime.timedelta(days=1)
SAID = (
    ("learning", "I get maths now because Miss goes through it again on Fridays."),
    ("learning", "It is too loud in the canteen so I dont eat. Then I cant think in the afternoon"),
    ("friends", "I want to go to the football club but there is no bus back."),
    ("adults", "I had three social workers this year and I told my story three times."),
    ("home", "My room is the best room I ever had."),
    ("future", "I want to be a vet. nobody told me what GCSEs you need"),
    ("family", "I want to see my little brother more than once a month."),
    ("learning", "I like it when my teacher asks me and not my carer."),
    ("health", "I sleep better since we stopped the phone at night."),
    ("adults", "Can meetings be after school? everyone sees me leave the class."),
    ("future", "I would like to try an apprenticeship day."),
    ("learning", "Im proud of my poem, it is on the wall"),
)
WORRYING = "Sometimes I am scared to go home after contact."
COUNCILS = (
    ("primary", "What a good meeting is", 7, ("Tell us who comes before we come.", "We want to sit next to our carer.")),
    ("secondary", "Meetings about us", 9, ("Not in lesson time.", "Ask us what we want to talk about first.")),
    ("secondary", "What to ask new staff", 8, ("Ask them how they would get to know us.", "Do they keep promises?")),
    ("over_16", "Pathway plans", 6, ("The plan should sound like me.", "Put money and rent on page one.")),
)
DECISIONS = (
    (
        "Meetings about us take us out of lessons.",
        "Education meetings now begin after school, unless you ask for another time.",
        "done",
        "",
        ("secondary",),
    ),
    (
        "The pathway plan does not sound like me.",
        "Young people rewrote it. The first page is now in your own words.",
        "doing",
        "",
        ("over_16",),
    ),
    ("We want to know who comes to the meeting.", "You get a card with names and photos a week before.", "done", "", ()),
    (
        "We want a bus home from every club.",
        "We pay for taxis from three clubs.",
        "not_done",
        "There is no money for a bus for all clubs this year.",
        (),
    ),
)
HEARINGS = (
    (
        "corporate_parenting",
        "How meetings feel, and what would make them better",
        "The secondary council",
        True,
        "Meetings move to after school.",
        0,
    ),
    ("service", "A card with names and photos before a meeting", "The primary council", False, "Agreed for all first meetings.", 2),
    (
        "recruitment",
        "Two questions for every interview of social workers",
        "Two members of the secondary council",
        True,
        "Both are asked now.",
        None,
    ),
    (
        "pathway",
        "A first page in the young person's words",
        "The council of those over 16",
        True,
        "A new plan is tried with ten young people.",
        1,
    ),
    ("commissioning", "Getting home from clubs", "The Virtual School", False, "Three clubs have taxis.", 3),
)
PROMISES = (
    ("We will listen to you, and tell you what we did.", "partly", "About two thirds of views were answered in time.", "partly"),
    ("You will have one adult who stays.", "not_kept", "A third of children had three or more social workers in the year.", "not_kept"),
    ("We will help you to do well at school.", "kept", "Most plans are on time, and more targets are precise than last year.", "partly"),
    ("You will try new things.", "kept", "Four activities this term, and every child was asked.", ""),
)
ACTIVITIES = (
    ("Climbing day", "day", 60, 14),
    ("Reading buddies", "buddying", 90, 11),
    ("Song writing", "workshop", 40, 8),
    ("Saturday football", "leisure", 100, 12),
)
QUESTIONS = ("Do you feel safe at school?", "Does an adult at school know you well?", "Do meetings about you go the way you want?")


def fill(la: str) -> None:
    """Writes it once, where there are children on the roll and people to listen."""
    members = [one for one in owners(la) if one.role in ("head", "team")]
    current = sorted((child for child in children.everyone(la) if child.is_current and child.entry is not None), key=lambda one: one.token)
    if not members or len(current) < 40 or VoiceSetting.objects.filter(la=la).exists():
        return
    chance, today = random.Random(f"voice of {la}"), clock.today()
    VoiceSetting.objects.create(
        la=la, named=members[0], deputy=members[-1] if len(members) > 1 else None, preferred={"contact": "family time"}
    )
    of_age = [child for child in current if (_age(child, today) or 0) >= 5]
    listener = members[-1]
    said = [_view(chance.choice(of_age), chance, today, listener, number) for number in range(64)]
    told = View.objects.bulk_create([*said, *_of_plans(la, today), *_of_a_panel(la, today)])
    replies = [one for one in told[:64] if chance.random() < 0.7 and one.said_on < today - 8 * DAY]
    ViewReply.objects.bulk_create(_reply(one, chance, today) for one in replies)
    Concern.objects.bulk_create(_worry(one, members[0], today) for one in told if worries(one.words))
    _council(la, told, today)
    _activities(la, of_age, chance, today)
    _survey(la, of_age, chance, today)


def _age(child: Child, day: datetime.date) -> int | None:
    born = (child.entry.dob if child.entry is not None else None) or child.row.get("dob")
    return age_on(born, day) if born else None


def _view(child: Child, chance: random.Random, today: datetime.date, listener: Any, number: int) -> View:
    day = today - chance.randint(2, 75) * DAY
    topic, words = SAID[number % len(SAID)]
    age = _age(child, day)
    source = chance.choice(("said", "said", "talk"))
    return View(
        la=child.la,
        token=child.token,
        said_on=day if number else today,
        age=age,
        group=group_of(age),
        source=source,
        method=chance.choice(("words", "words", "words", "drawing", "advocate")),
        topic=topic if number else "family",
        words=words if number else WORRYING,
        consent=chance.choice(("none", "count", "quote", "quote")),
        school_may_read=chance.random() < 0.5,
        listener=listener,
        reply_by=working_days_after(day if number else today, 10),
        by=f"{child.name}, child or young person" if source == "said" else "Invented Worker, Virtual School team member",
    )


def _of_plans(la: str, today: datetime.date) -> list[View]:
    """The newest words that children wrote in plans, as they would be heard had they been written on the pages."""
    newest: dict[tuple[int, str], PlanText] = {}
    for text in PlanText.objects.filter(plan__la=la, section="child").exclude(words="").select_related("plan").order_by("pk"):
        newest[text.plan_id, text.field] = text
    known = {child.token: child for child in children.everyone(la)}
    made = []
    for text in newest.values():
        day = min(text.made.astimezone(clock.LONDON).date(), today)
        age = _age(known[text.plan.token], day) if text.plan.token in known else None
        more = {"words": text.words, "school_may_read": text.school_may_read, "text": text, "by": text.by}
        topic = TOPIC_OF.get(text.field, "other")
        made.append(View(la=la, token=text.plan.token, said_on=day, age=age, group=group_of(age), source="plan", topic=topic, **more))
    return made


def _of_a_panel(la: str, today: datetime.date) -> list[View]:
    made = []
    for number, (group, asked, came, lines) in enumerate(COUNCILS):
        panel = Panel.objects.create(la=la, on=today - (20 + 25 * number) * DAY, group=group, asked=asked, came=came)
        common = {"la": la, "said_on": panel.on, "group": group, "source": "panel", "topic": "adults", "consent": "quote", "panel": panel}
        made += [View(words=words, **common) for words in lines]
    return made


def _reply(view: View, chance: random.Random, today: datetime.date) -> ViewReply:
    changed = chance.random() < 0.6
    told = "I talked with your school. From Monday it is done." if changed else "I asked. It cannot be done this year."
    day = min(view.said_on + chance.randint(2, 12) * DAY, today)
    why = "" if changed else "The school has no room for it."
    return ViewReply(view=view, la=view.la, token=view.token, on=day, told=told, changed=changed, why_not=why, by="Invented Virtual School")


def _worry(view: View, named: Any, today: datetime.date) -> Concern:
    return Concern(
        la=view.la, token=view.token, view=view, raised="words", rules=[one.name for one in worries(view.words)], named=named, day=today
    )


def _council(la: str, told: list[View], today: datetime.date) -> None:
    usable = [one for one in told if one.consent != "none" and not worries(one.words)]
    decisions = []
    for number, (you_said, we_did, state, why, groups) in enumerate(DECISIONS):
        on = today - (12 + 20 * number) * DAY
        more = {"state": state, "why_not": why, "groups": list(groups), "on": on, "told_on": on + 5 * DAY if state == "done" else None}
        decision = Decision.objects.create(la=la, you_said=you_said, we_did=we_did, **more)
        decision.views.set(usable[number * 3 : number * 3 + 3])
        decisions.append(decision)
    for number, (forum, what, by, there, answer, decided) in enumerate(HEARINGS):
        more = {"decision": decisions[decided] if decided is not None else None, "on": today - (18 + 15 * number) * DAY}
        Hearing.objects.create(la=la, forum=forum, what=what, brought_by=by, children_there=there, answer=answer, **more)
    for number, (words, kept, evidence, children_say) in enumerate(PROMISES, 1):
        made = Promise.objects.create(la=la, number=number, words=words, since=today - 400 * DAY)
        PromiseLook.objects.create(promise=made, on=today - 30 * DAY, kept=kept, evidence=evidence, children_say=children_say)
    ComplaintLook.objects.create(
        la=la,
        reference="Invented C12",
        about="adults",
        on=today - 45 * DAY,
        group="secondary",
        changed="A change of social worker is told by the one who leaves, in person.",
    )


def _activities(la: str, of_age: list[Child], chance: random.Random, today: datetime.date) -> None:
    for name, kind, ago, number in ACTIVITIES:
        activity = Activity.objects.create(la=la, name=name, kind=kind, starts=today - ago * DAY, ends=today - (ago - 1) * DAY)
        chosen = chance.sample(of_age, min(number, len(of_age)))
        parts = TookPart.objects.bulk_create(TookPart(activity=activity, la=la, token=child.token) for child in chosen)
        ratings = []
        for part in parts:
            before = {feeling: chance.choice((1, 2, 3, 3, 4)) for feeling in ("confidence", "self_esteem", "resilience")}
            after = {feeling: min(5, max(1, value + chance.choice((-1, 0, 0, 1, 1, 2)))) for feeling, value in before.items()}
            common = {"part": part, "la": la, "token": part.token}
            ratings.append(Rating(moment="before", on=activity.starts, **common, **before))
            if chance.random() < 0.85:
                ratings.append(Rating(moment="after", on=activity.starts + 3 * DAY, **common, **after))
        Rating.objects.bulk_create(ratings)


def _survey(la: str, of_age: list[Child], chance: random.Random, today: datetime.date) -> None:
    chosen = chance.sample(of_age, min(45, len(of_age)))
    survey = Survey.objects.create(
        la=la, name="Invented survey of school", on=today - 50 * DAY, sha256="0" * 64, read=3 * len(chosen), kept=3 * len(chosen)
    )
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            survey=survey,
            la=la,
            token=child.token,
            group=group_of(_age(child, survey.on)),
            question=question,
            answer=chance.choices(("yes", "not sure", "no"), weights)[0],
        )
        for child in chosen
        for question, weights in zip(QUESTIONS, ((7, 2, 1), (6, 2, 2), (3, 3, 4)), strict=True)
    )
