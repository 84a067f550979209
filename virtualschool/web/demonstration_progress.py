"""Invented records of progress, so that a demonstration shows homes and carers at work: children with much evidence, some and little."""

import datetime
import random
from typing import Any

from virtualschool.plans.progress_ways import kinds, values_of
from virtualschool.web import children, clock
from virtualschool.web.actions import progress as actions
from virtualschool.web.children import Child
from virtualschool.web.models import HomeRecord, ProgressRecord, ProgressShare

DAY = datetime.timedelta(days=1)
OF_FOSTER = 8
"""Children in foster care with records, beside those in homes."""
STORIES: tuple[dict[str, Any], ...] = (
    {
        "subject": "English",
        "start": "Reads single words and guesses the rest. Will not read aloud.",
        "says": "i hate reading out loud",
        "child_goal": "Read one Dog Man book all by myself",
        "adult_goal": "Reads a short book alone and tells what happened",
        "steps": ("Looks at pictures only", "Reads a page with help", "Reads a book alone", "Reads a second one by choice"),
        "habit": ("sleep", "Asleep by ten", "more", 6, 19),
        "finding": "Bad nights follow Sunday calls home.",
        "action": "Calls moved to Saturday morning, with a walk after.",
        "effect": "Two bad nights in the last month, nine in the month before.",
        "award": "First swimming badge",
        "recognition": "Read to the younger class",
    },
    {
        "subject": "Maths",
        "start": "Left lessons when work was new, most days.",
        "says": "nobody explains it, they just say it again",
        "child_goal": "stay in maths without kicking off",
        "adult_goal": "Stays in maths on four days of five and asks for help",
        "steps": ("Leaves every lesson", "Stays with an adult beside", "Stays four days of five", "Helps somebody else"),
        "habit": ("exercise", "Out on the bike or at football", "more", 3, 12),
        "finding": "Arguments begin when plans change without a word.",
        "action": "A board with the week on it; changes are told the evening before.",
        "effect": "Fewer arguments at breakfast; school says mornings start calmer.",
        "award": "Level 1 award in bicycle maintenance",
        "recognition": "Player of the match",
    },
    {
        "subject": "Science",
        "start": "Bright and quiet; misses lessons after lunch.",
        "says": "I like the experiments. Not the canteen.",
        "child_goal": "get to college to do animal care",
        "adult_goal": "Visits two colleges and applies to one",
        "steps": ("Will not talk about it", "Looks at courses with us", "Applies to one", "Has a place"),
        "habit": ("tobacco", "Vapes", "fewer", 24, 11),
        "finding": "Mealtimes were rushed and loud.",
        "action": "Two sittings, and a cooking evening each week.",
        "effect": "Eats with others on most days.",
        "award": "Bronze award for volunteering at the animal shelter",
        "recognition": "Certificate for full attendance in May",
    },
)


def fill(la: str) -> None:
    """Records of children in homes and of some in foster care. Once."""
    if ProgressRecord.objects.filter(la=la).exists():
        return
    today, chance = clock.today(), random.Random(f"progress of {la}")
    current = sorted((one for one in children.everyone(la) if one.is_current and one.entry is not None), key=lambda one: one.token)
    in_homes = sorted((one for one in current if one.home), key=lambda one: (one.home, one.token))
    fostered = [one for one in current if not one.home][:OF_FOSTER]
    rows: list[ProgressRecord] = []
    for number, child in enumerate([*in_homes, *fostered]):
        rows += _records(child, STORIES[number % len(STORIES)], today, chance, depth=number % 4)
    _kept(ProgressRecord, rows)
    homes: list[HomeRecord] = []
    for home in sorted({one.home for one in in_homes}):
        homes += _of_home(la, home, today, chance)
    _kept(HomeRecord, homes)
    shared = next((row for row in ProgressRecord.objects.filter(la=la, stays_home=True, kind="health_session").order_by("pk")), None)
    if shared is not None:
        why = "The social worker arranges the clinic visit. The child was asked and agreed."
        ProgressShare.objects.create(
            la=la, token=shared.token, series=shared.pk, roles=["social_worker"], why=why, by=shared.by, made=shared.made
        )


def _kept(model: Any, rows: list) -> None:
    made = model.objects.bulk_create(rows, batch_size=500)
    for row in made:
        row.series = row.pk
    model.objects.bulk_update(made, ["series"], batch_size=500)


def _records(child: Child, story: dict[str, Any], today: datetime.date, chance: random.Random, depth: int) -> list[ProgressRecord]:
    """What is recorded of a child; the deeper, the more. Days are days since the child came."""
    began = actions.began(child)
    if began is None or (today - began).days < 35:
        return []
    length = (today - began).days

    def at(day: int) -> datetime.date:
        return began + min(day, length) * DAY  # type: ignore[operator]

    late = max(30, length - chance.randint(10, 40))
    middle, hard = late // 2, depth == 1
    steps = [-2, -2, -1] if depth == 1 else [-2, -1, 0]
    said: list[tuple[str, dict[str, Any]]] = [
        ("starting_point", _at(at(6), area="education", words=story["start"], child_view=story["says"], sure="medium", source="school")),
        ("starting_point", _at(at(9), area="feelings", words="Wary of new adults; warms to animals.", sure="low", source="staff")),
        ("teacher_assessment", _at(at(12), subject=story["subject"], standing="2", words="Gaps from changes of school.", source="school")),
        ("attendance", _span(at(-100), at(-12), possible=120, attended=chance.randint(88, 100), source="school")),
        ("key_worker", {"from": at(0).isoformat(), "who": chance.choice(("Sorrel B.", "Perran T.", "Linnet M."))}),
        ("review", _review(at(24), "baseline", story)),
    ]
    if depth != 3:
        said += [
            (
                "teacher_assessment",
                _at(
                    at(late),
                    subject=story["subject"],
                    standing="2" if hard else "3",
                    words="Works on the class's texts now.",
                    source="school",
                ),
            ),
            (
                "attendance",
                _span(
                    at(late - 70),
                    at(late),
                    possible=130,
                    attended=chance.randint(80, 92) if hard else chance.randint(112, 128),
                    words="Later start after contact.",
                    source="school",
                ),
            ),
            ("ambition", _at(at(15), child_view=story["child_goal"], words=story["adult_goal"], lowered="no", source="child")),
            ("goal", _goal(at(15), story, today)),
            *(
                ("goal_rating", _rating(at(day), step, step - (number == 2 and depth == 0)))
                for number, (day, step) in enumerate(zip((16, middle, late), steps, strict=True))
            ),
            ("award", _at(at(middle), what=story["award"], kind="other", proud="yes", source="record")),
            ("recognition", _at(at(late - 5), what=story["recognition"], from_whom="School", proud="yes", source="school")),
            ("readiness", _at(at(14), stage="secondary", ready="2", words="Gets lost in a big building.", source="school")),
            (
                "readiness",
                _at(
                    at(late),
                    stage="secondary",
                    ready="4",
                    words="Knows the way and whom to ask.",
                    child_view="I know the lift.",
                    source="staff",
                ),
            ),
        ]
    if child.home and depth in (0, 1, 2):
        topic, habit, better, before, now = story["habit"]
        session = {"who": "Key worker", "trained": "yes", "ethos": "We talk about it at the table.", "source": "staff"}
        said += [
            (
                "incidents",
                _span(
                    at(0), at(27), nights=28, number=chance.randint(7, 10), same_recording="yes", words="Evenings mostly.", source="staff"
                ),
            ),
            (
                "incidents",
                _span(
                    at(late - 28),
                    at(late - 1),
                    nights=28,
                    number=chance.randint(11, 14) if hard else chance.randint(2, 6),
                    same_recording="yes",
                    words="Calmer since the board.",
                    source="staff",
                ),
            ),
            ("habit", _at(at(10), topic=topic, habit=habit, days=before, better=better, words="As the child counts it.", source="child")),
            (
                "habit",
                _at(
                    at(late),
                    topic=topic,
                    habit=habit,
                    days=now if depth == 0 else before + 1,
                    better=better,
                    words="A plan on the door.",
                    source="staff",
                ),
            ),
            (
                "health_session",
                _at(
                    at(middle),
                    topic=topic if topic != "sleep" else "mental_health",
                    words="What helps, and what the child wants to try.",
                    health_plan="As the plan of the last health assessment says.",
                    pshe="Follows the unit on habits.",
                    child_view="it was ok",
                    **session,
                ),
            ),
            ("relationship", _at(at(11), child_says="2", adult_says="3", words="Comes to the kitchen when someone cooks.", source="staff")),
            (
                "relationship",
                _at(
                    at(late),
                    child_says="2" if hard else "4",
                    adult_says="4",
                    words="Asked for the key worker after a bad day.",
                    source="staff",
                ),
            ),
            (
                "care_effect",
                _at(
                    at(late - 3),
                    finding=story["finding"],
                    action=story["action"],
                    effect=story["effect"],
                    worked="yes",
                    known="Night log and the child.",
                    child_view="its better",
                    home_change="The board is used for everyone.",
                    source="staff",
                ),
            ),
            ("wellbeing", _at(at(13), tool="own", rater="child", score=4)),
            ("wellbeing", _at(at(late), tool="own", rater="child", score=6 if depth else 7, words="Football and the dog.")),
        ]
        if depth != 1:
            said += [("review", _review(at(max(25, length - chance.randint(20, 100))), "twelve_week", story))]
        if depth == 0:
            said += [
                (
                    "health_session",
                    _at(
                        at(middle + 3),
                        topic="sexual_health",
                        words="Invented: asked about a clinic; told where and how.",
                        child_view="ok",
                        **session,
                    ),
                ),
                (
                    "restraint",
                    _at(
                        at(20),
                        minutes=2,
                        why="Invented: stepped towards the road.",
                        tried="Words, space, another adult.",
                        child_view="I was angry",
                        learned="Walk earlier.",
                    ),
                ),
            ]
    if depth in (1, 3) and length > 220:
        said.append(("review", _review(at(length - chance.randint(95, 170)), "twelve_week", story)))
    by = f"Invented key worker, children's home, {child.home}" if child.home else "Invented carer, carer"
    rows = []
    for name, values in said:
        kind = kinds()[name]
        kept, wrong = values_of(kind, values, today)
        assert not wrong, (name, wrong)
        on = kind.on(kept)
        made = datetime.datetime.combine(max(on, began), datetime.time(16, 10), clock.LONDON)
        place = {"la": child.la, "token": child.token, "home": child.home, "by": by, "made": made}
        rows.append(ProgressRecord(kind=name, on=on, values=kept, stays_home=kind.stays_home(kept), **place))
    return rows


def _at(on: datetime.date, **values: Any) -> dict[str, Any]:
    return {"on": on.isoformat(), **values}


def _span(first: datetime.date, last: datetime.date, **values: Any) -> dict[str, Any]:
    return {"from": first.isoformat(), "to": last.isoformat(), **values}


def _goal(on: datetime.date, story: dict[str, Any], today: datetime.date) -> dict[str, Any]:
    names = ("step_start", "step_towards", "step_hoped", "step_more")
    steps = dict(zip(names, story["steps"], strict=True))
    due = max(on, today) + 60 * DAY
    return _at(
        on, number=1, child_words=story["child_goal"], adult_words=story["adult_goal"], due=due.isoformat(), owner="Key worker", **steps
    )


def _rating(on: datetime.date, child: int, adult: int) -> dict[str, Any]:
    return _at(on, number=1, child_step=str(child), child_rated="helped", adult_step=str(max(adult, -2)), words="Looked at together.")


def _review(on: datetime.date, name: str, story: dict[str, Any]) -> dict[str, Any]:
    return _at(
        on,
        review=name,
        people="Key worker, child, teacher by phone",
        words="Set beside the first weeks." if name != "baseline" else "Where we begin.",
        not_worked="The reward chart; taken down." if name != "baseline" else "Too early to say.",
        child_view=story["says"],
        child_agrees="partly" if name != "baseline" else "yes",
        next=f"{story['action']} Key worker, by the next review.",
    )


def _of_home(la: str, home: str, today: datetime.date, chance: random.Random) -> list[HomeRecord]:
    topics = ["diet", "exercise", "mental_health", "relationships", "sexual_health", "drugs", "alcohol", "tobacco", "sleep"]
    said: list[tuple[str, dict[str, Any]]] = [
        (
            "staff_training",
            _at(
                today - chance.randint(60, 400) * DAY,
                who=f"Worker {letter}",
                topic=topic,
                level="trained",
                until=(today + chance.randint(-60, 500) * DAY).isoformat(),
            ),
        )
        for letter, topic in zip("ABCDEABCD", topics, strict=True)
    ]
    said += [
        (
            "home_change",
            _at(
                today - 70 * DAY,
                finding="Three children said that plans change without a word.",
                action="A board in the hall with the week on it.",
                owner="Deputy manager",
                effect="Two of the three say mornings are better.",
            ),
        ),
        (
            "home_change",
            _at(
                today - 20 * DAY,
                finding="An independent visit found no quiet place for homework.",
                action="The small office is a study from four to six.",
                owner="Manager",
                effect="Used on most days by two children.",
            ),
        ),
        (
            "home_review",
            _at(
                today - chance.randint(120, 200) * DAY,
                views="Children want later bedtimes at weekends; parents want photographs; authorities want minutes sooner.",
                strengths="Bonds with key workers: steady for most, by the ratings of children and staff.",
                weaknesses="Goals were set by adults alone for two children.",
                every_child="Not for the child who came last; the baseline was late.",
                actions="Baseline in the first two weeks: deputy manager, from now on.",
            ),
        ),
    ]
    rows = []
    for name, values in said:
        kept, wrong = values_of(kinds()[name], values, today)
        assert not wrong, (name, wrong)
        on = kinds()[name].on(kept)
        made = datetime.datetime.combine(on, datetime.time(11, 0), clock.LONDON)
        rows.append(HomeRecord(la=la, home=home, kind=name, on=on, values=kept, by=f"Invented manager, children's home, {home}", made=made))
    return rows
