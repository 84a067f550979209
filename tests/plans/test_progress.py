"""Progress from starting points: what is declared, what is not, and why."""

import datetime

import pytest

from virtualschool.plans import progress
from virtualschool.plans.progress import Record, summary
from virtualschool.plans.progress_ways import kinds, values_of, ways
from virtualschool.reports import progress_words

CAME = datetime.date(2025, 1, 6)
TODAY = datetime.date(2025, 4, 28)


def drawn(kind: str, table: str) -> list[Record]:
    """Records of a kind from a drawn table; days are counted from the day the child came."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines() if "---" not in line]
    made = []
    for number, line in enumerate(lines, 1):
        said = dict(zip(head, line, strict=True))
        for name in ("on", "from", "to", "due"):
            if said.get(name):
                said[name] = (CAME + datetime.timedelta(days=int(said[name]))).isoformat()
        values, wrong = values_of(kinds()[kind], {"source": "staff", "words": "Seen daily", **said}, TODAY)
        assert wrong == []
        made.append(Record(kind, values, number))
    return made


def of(records, name: str):
    return next(one for one in summary(records, CAME, TODAY).found if one.indicator.name == name)


def state(records, name: str) -> str:
    return of(records, name).state


def attendance(*spans: str) -> list[Record]:
    return drawn("attendance", "\n".join(["from | to | possible | attended | source", *spans]))


def test_the_six_ways_are_six_and_every_kind_belongs_to_one():
    assert [one.number for one in ways().values()] == [1, 2, 3, 4, 5, 6]
    assert {one.way for one in kinds().values()} == set(ways())
    assert all(set(one.needs) <= set(kinds()) for one in ways().values())


def test_every_topic_of_health_can_be_recorded():
    asked = "diet exercise mental_health relationships sexual_health contraception legal_highs drugs alcohol tobacco"
    assert set(asked.split()) <= set(kinds()["health_session"].field("topic").values)


# --- The least evidence ---


@pytest.mark.parametrize(("attended", "says"), [(84, "same"), (85, "better"), (75, "worse"), (76, "same")])
def test_attendance_has_changed_from_five_points_on(attended, says):
    # 80 of 100 at the start.
    assert state(attendance("-90 | -10 | 100 | 80 | school", f"1 | 100 | 100 | {attended} | staff"), "attendance") == says


@pytest.mark.parametrize(("day", "says"), [(27, "too soon"), (28, "better")])
def test_change_is_looked_at_from_28_days_on(day, says):
    records = drawn("teacher_assessment", f"on | subject | standing\n0 | Maths | 2\n{day} | maths | 3")
    assert state(records, "teacher_assessment") == says


@pytest.mark.parametrize(("day", "says"), [(28, "better"), (29, "not enough evidence")])
def test_a_starting_point_is_of_the_first_28_days(day, says):
    records = drawn("teacher_assessment", f"on | subject | standing\n{day} | Maths | 2\n100 | Maths | 3")
    assert state(records, "teacher_assessment") == says


@pytest.mark.parametrize(("day", "says"), [(-183, "better"), (-184, "not enough evidence")])
def test_a_starting_point_is_at_most_half_a_year_older_than_the_day_the_child_came(day, says):
    records = drawn("teacher_assessment", f"on | subject | standing\n{day} | Maths | 2\n100 | Maths | 3")
    assert state(records, "teacher_assessment") == says


def test_one_record_alone_declares_nothing():
    found = of(drawn("readiness", "on | stage | ready\n3 | secondary | 2"), "readiness")
    assert (found.state, found.why) == ("not enough evidence", "one record")


def test_without_the_day_the_child_came_there_is_no_starting_point():
    records = attendance("-90 | -10 | 100 | 80 | school", "1 | 100 | 100 | 95 | staff")
    (found,) = summary(records, None, TODAY).found
    assert (found.state, found.why) == ("not enough evidence", "no start")


def test_of_what_is_known_of_before_the_newest_is_the_starting_point():
    records = attendance("-180 | -100 | 100 | 60 | school", "-90 | -10 | 100 | 90 | school", "1 | 100 | 100 | 91 | school")
    assert (of(records, "attendance").start.value, state(records, "attendance")) == (90, "same")


def test_a_span_of_fewer_than_20_sessions_does_not_count():
    records = attendance("-90 | -10 | 100 | 80 | school", "90 | 100 | 19 | 19 | school")
    assert of(records, "attendance").why == "one record"


@pytest.mark.parametrize(("number", "says"), [(7, "same"), (6, "better"), (10, "worse"), (9, "same")])
def test_incidents_change_by_a_quarter_of_the_rate(number, says):
    # 8 in 28 nights at the start.
    table = f"from | to | nights | number | same_recording\n0 | 27 | 28 | 8 | yes\n60 | 87 | 28 | {number} | yes"
    assert state(drawn("incidents", table), "incidents") == says


def test_incidents_recorded_in_another_way_are_not_set_side_by_side():
    table = "from | to | nights | number | same_recording\n0 | 27 | 28 | 8 | yes\n60 | 87 | 28 | 1 | no"
    assert of(drawn("incidents", table), "incidents").why == "recorded otherwise"


def test_no_incident_at_the_start_and_none_now_is_no_change():
    table = "from | to | nights | number | same_recording\n0 | 27 | 28 | 0 | yes\n60 | 87 | 28 | 0 | yes"
    assert state(drawn("incidents", table), "incidents") == "same"


def test_scores_of_different_people_are_never_set_side_by_side():
    records = drawn("wellbeing", "on | tool | rater | score\n2 | sdq | staff | 20\n90 | sdq | school | 10")
    found = {one.series: one.why for one in summary(records, CAME, TODAY).found}
    assert found == {("staff",): "one record", ("school",): "no start"}


@pytest.mark.parametrize(("better", "days", "says"), [("fewer", 16, "better"), ("more", 16, "worse"), ("fewer", 17, "same")])
def test_a_habit_says_itself_which_way_is_better(better, days, says):
    table = f"on | topic | habit | days | better\n2 | tobacco | Vapes | 20 | {better}\n90 | tobacco | vapes | {days} | {better}"
    assert state(drawn("habit", table), "habit") == says


def test_so_large_a_change_asks_for_words():
    silent = drawn("teacher_assessment", "on | subject | standing | words\n2 | Art | 1 | x\n90 | Art | 3 |")
    told = drawn("teacher_assessment", "on | subject | standing | words\n2 | Art | 1 | x\n90 | Art | 3 | Joined a club")
    assert of(silent, "teacher_assessment").asks_words and not of(told, "teacher_assessment").asks_words


# --- Ways ---


def way(records, name: str):
    return next(one for one in summary(records, CAME, TODAY).ways if one.way.name == name)


def test_one_source_alone_declares_no_change_in_a_way():
    alone = drawn("teacher_assessment", "on | subject | standing | source\n2 | Art | 1 | school\n90 | Art | 3 | school")
    more = drawn("award", "on | what | kind | source\n50 | Bronze | arts | record")
    assert (way(alone, "education").state, way(alone, "education").why) == ("not enough evidence", "one source")
    assert way(alone + more, "education").state == "better"


def test_better_and_worse_within_a_way_are_both_said():
    records = [
        *attendance("-90 | -10 | 100 | 80 | school", "1 | 100 | 100 | 95 | school"),
        *drawn("readiness", "on | stage | ready\n3 | secondary | 4\n90 | secondary | 2"),
    ]
    assert way(records, "words_and_numbers").state == "mixed"


def test_what_is_missing_of_the_six_is_said():
    held = summary(drawn("award", "on | what | kind\n50 | Bronze | arts"), CAME, TODAY)
    assert len(held.missing_ways) == 6
    assert held.ways[0].missing == (("teacher_assessment", 0, 2),)
    assert progress_words.missing(held.ways[0]) == ["Teacher's assessment: none recorded, 2 needed"]


def test_the_care_given_is_told_only_with_finding_action_effect_and_how_it_is_known():
    table = "on | finding | action | effect | known | worked\n9 | Late at night | Calm hour | {} | Sleep log | yes"
    told, half = (drawn("care_effect", table.format(effect)) for effect in ("Sleeps by ten", ""))
    assert way(told, "care_effect").state == "told" and way(told, "care_effect").is_covered
    assert way(half, "care_effect").state == "not enough evidence" and not way(half, "care_effect").is_covered


# --- Goals ---

GOAL = """
on | number | child_words | adult_words | step_start | step_towards | step_hoped | due | owner
0  | 1      | Swim 25     | Swims 25 m  | Will not go| Goes in      | 25 m       | {}  | Sam
"""


def rated(*lines: str, due: int = 200):
    ratings = drawn("goal_rating", "\n".join(["on | number | child_rated | child_step | adult_step", *lines]))
    (goal,) = summary([*drawn("goal", GOAL.format(due)), *ratings], CAME, TODAY).goals
    return goal


def test_a_goal_is_better_where_child_and_adult_both_say_so():
    assert rated("0 | 1 | alone | -2 | -2", "90 | 1 | alone | 0 | -1").state == "better"


def test_both_ratings_are_kept_and_a_difference_is_shown():
    goal = rated("0 | 1 | alone | -2 | -2", "90 | 1 | alone | 0 | -2")
    assert (goal.child.state, goal.adult.state, goal.state, goal.differ) == ("better", "same", "seen differently", True)
    said = (
        "The child says: what we hoped for (6 April 2025); the adult says: where it began, or less (6 April 2025). They see it differently."
    )
    assert progress_words.goal_sentence(goal) == said


def test_a_goal_that_only_the_adult_rated_is_not_declared_better():
    assert rated("0 | 1 | not_asked |  | -2", "90 | 1 | not_asked |  | 0").state == "not enough evidence"


@pytest.mark.parametrize(("third", "stuck"), [("-2 | -2", True), ("-1 | -2", False)])
def test_a_goal_without_a_step_in_three_ratings_is_stuck(third, stuck):
    assert rated("0 | 1 | alone | -2 | -2", "30 | 1 | alone | -2 | -2", f"60 | 1 | alone | {third}").stuck is stuck


@pytest.mark.parametrize(("due", "past"), [(111, True), (112, False)])
def test_a_goal_is_past_its_day_the_day_after(due, past):
    assert rated("0 | 1 | alone | -2 | -2", due=due).past_due is past  # The day is 112 days after the child came.


# --- Key workers and dates ---


def test_nights_with_a_key_worker_are_counted_once():
    table = "from | to | who | why_ended\n-50 | 40 | Sam | planned\n30 | 60 | Alex | staff_left\n80 |  | Kim |"
    held = summary(drawn("key_worker", table), CAME, TODAY).key_workers
    # 60 nights to day 60, then 32 of the nights from day 80 to day 112.
    assert (held.nights, held.with_one, held.people, held.changes, held.now) == (112, 92, 3, 2, "Kim")


REVIEW = "on | review | people | not_worked | child_agrees | next\n{}"


@pytest.mark.parametrize(
    ("lines", "name", "day"),
    [
        ([], "baseline", 28),
        (["20 | baseline | All | - | yes | Go on"], "twelve_week", 104),
        (["20 | baseline | All | - | yes | Go on", "104 | twelve_week | All | - | no | Stop"], "twelve_week", 188),
    ],
)
def test_the_next_review_follows_the_last(lines, name, day):
    records = drawn("review", REVIEW.format("\n".join(lines)))
    (due,) = summary(records, CAME, TODAY).due
    assert (due.name, due.by, due.late) == (name, CAME + datetime.timedelta(days=day), day < 112)


def test_after_a_leaving_summary_nothing_is_due():
    assert summary(drawn("review", REVIEW.format("100 | leaving | All | - | yes | Moves on")), CAME, TODAY).due == ()


# --- Answers ---


@pytest.mark.parametrize(
    ("kind", "said", "field", "wrong"),
    [
        ("award", {"on": "29/04/2025"}, "on", "it is a day to come."),
        ("award", {"on": "soon"}, "on", "this is not a date."),
        ("award", {}, "what", "it is empty."),
        ("award", {"kind": "gold"}, "kind", "it is none of the answers to choose from."),
        ("attendance", {"possible": "10", "attended": "11"}, "attended", "it is more than the sessions possible."),
        ("attendance", {"from": "02/04/2025", "to": "01/04/2025"}, "to", "it is before the first day."),
        ("habit", {"days": "29"}, "days", "it is not between 0 and 28."),
        ("ambition", {"lowered": "yes"}, "why_lowered", "it is empty."),
        ("wellbeing", {"tool": "own", "score": "11"}, "score", "it is not between 1 and 10."),
        ("goal_rating", {"words": "x"}, "adult_step", "neither the child's step nor the adult's is given."),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_without_repeating_it(kind, said, field, wrong):
    found = {one.field: one.wrong for one in values_of(kinds()[kind], said, TODAY)[1]}
    assert found[field] == wrong


def test_a_choice_may_be_given_in_words():
    values, _ = values_of(kinds()["award"], {"kind": "arts or Music"}, TODAY)
    assert values == {"kind": "arts"}


@pytest.mark.parametrize(
    ("kind", "values", "stays"),
    [
        ("health_session", {"topic": "sexual_health"}, True),
        ("health_session", {"topic": "diet"}, False),
        ("habit", {"topic": "drugs"}, True),
        ("restraint", {}, True),
        ("incident", {"kind": "away"}, False),
    ],
)
def test_records_of_sexual_health_drugs_and_restraint_stay_in_the_home(kind, values, stays):
    assert kinds()[kind].stays_home(values) is stays


# --- Words ---


def test_what_a_child_reads_is_short_and_holds_no_word_of_adults_work():
    lines = [*progress_words.TO_A_CHILD.values(), *progress_words.STEPS_TO_A_CHILD.values(), *(one.child for one in ways().values())]
    for sentence in (part for line in lines for part in line.split(". ")):
        assert len(sentence.split()) <= 14, sentence
    assert not any(word in " ".join(lines).casefold() for word in ("evidence", "baseline", "indicator", "assessment", "sufficient"))
    words = [word.strip(".,:") for line in lines for word in line.split()]
    assert sum(len(word) > 8 for word in words) <= len(words) / 20


def test_a_child_is_told_what_changed_and_both_views_of_the_goal():
    records = [
        *attendance("-90 | -10 | 100 | 80 | school", "1 | 100 | 100 | 95 | staff"),
        *drawn("goal", GOAL.format(200)),
        *drawn("goal_rating", "on | number | child_rated | child_step | adult_step\n0 | 1 | alone | -2 | -2\n90 | 1 | alone | 0 | -1"),
    ]
    said = dict(progress_words.for_child(summary(records, CAME, TODAY)))
    assert said["Getting ready, being there, doing well"] == [
        "This is going better than when you came.",
        "Getting to school: better than before.",
    ]
    assert said["Where you began and where you want to get to"] == [
        "This is going better than when you came.",
        "Your goal: Swim 25",
        "You say you have got there.",
        "The adult says you have made a step.",
    ]
    assert said["Feeling well"] == ["Nobody has written about this yet."]


def test_a_finding_says_what_it_rests_on():
    found = of(attendance("-90 | -10 | 100 | 80 | school", "1 | 100 | 120 | 101 | staff"), "attendance")
    said = "From 80% of sessions on 27 December 2024 to 84.2 on 16 April 2025. A change counts from 5."
    assert progress_words.sentence(found) == said and found.state == progress.SAME
