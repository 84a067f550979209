"""A child's progress in words: for adults with what it rests on, and for the child in short plain sentences."""

import datetime
from fractions import Fraction

from virtualschool.plans import progress
from virtualschool.plans.progress import Found, Goal, Indicator, Summary, WayFound
from virtualschool.plans.progress_ways import kind
from virtualschool.publish.rounding import rounded

STATES = {
    progress.BETTER: "Better",
    progress.SAME: "About the same",
    progress.WORSE: "Worse",
    progress.MIXED: "Some better, some worse",
    progress.DIFFER: "Child and adult see it differently",
    progress.TOO_SOON: "Too soon to say",
    progress.NOT_ENOUGH: "Not enough evidence",
    progress.TOLD: "Told, with its effect",
    progress.NOTHING: "Nothing recorded",
}
TO_A_CHILD = {
    progress.BETTER: "This is going better than when you came.",
    progress.SAME: "This is about the same as when you came.",
    progress.WORSE: "This is harder than when you came. We want to help with it.",
    progress.MIXED: "Some of this is going better. Some of it is harder.",
    progress.DIFFER: "You and the adults see this in different ways. Both count.",
    progress.TOO_SOON: "It is too soon to say. We will look again.",
    progress.NOT_ENOUGH: "We cannot say yet. We do not know enough.",
    progress.TOLD: "The adults wrote down what they did and how it helped you.",
    progress.NOTHING: "Nobody has written about this yet.",
}
STEPS_TO_A_CHILD = {
    -2: "you are at the start",
    -1: "you have made a step",
    0: "you have got there",
    1: "you went further than we hoped",
    2: "you went much further than we hoped",
}
REVIEWS = {"baseline": "Baseline", "twelve_week": "Twelve-week review"}


def day(value: datetime.date) -> str:
    return f"{value.day} {value:%B %Y}"


def number(value: Fraction) -> str:
    """A value without needless noughts: whole where it is whole, else with one decimal."""
    return str(rounded(value, 0 if value.denominator == 1 else 1))


# --- For adults ---


def title(found: Found) -> str:
    """What a finding is about: the indicator, and of what."""
    indicator, of = found.indicator, _series(found)
    return f"{indicator.title}: {of}" if of else indicator.title


def sentence(found: Found) -> str:
    """What a finding rests on, or why nothing is declared."""
    rule, unit = progress.rules(), found.indicator.unit
    if found.why == progress.NO_START:
        return f"There is no starting point: nothing was recorded by {rule.baseline_days} days after the child came."
    assert found.start is not None and found.latest is not None and found.least is not None
    start, latest = number(found.start.value), number(found.latest.value)
    then = f"{start}{'' if unit.startswith('%') else ' '}{unit} on {day(found.start.on)}"
    if found.why == progress.ONE_RECORD:
        return f"Only the starting point is recorded: {then}."
    now = f"{latest} on {day(found.latest.on)}"
    if found.state == progress.TOO_SOON:
        return f"From {then} to {now}. Change is looked at from {rule.apart_days} days on."
    if found.why == progress.OTHER_WAY:
        return f"From {then} to {now}, but it was recorded in another way, so the two cannot be set side by side."
    counts = f"A change counts from {number(found.least)}."
    if found.state == progress.SAME:
        return f"From {then} to {now}. {counts}"
    asks = " So large a change needs words that say what lies behind it." if found.asks_words else ""
    return f"From {then} to {now}. {counts}{asks}"


def way_sentence(found: WayFound) -> str:
    """Why a way stands as it does, where no finding says it."""
    rule = progress.rules()
    if found.state == progress.NOTHING:
        return "Nothing is recorded."
    if found.why == progress.ONE_SOURCE:
        return f"One source tells of it. Change is declared from {rule.sources} sources on."
    if found.why == progress.NO_START:
        return "There is no starting point to set it beside."
    if found.state == progress.NOT_ENOUGH:
        return "What is recorded cannot be set side by side yet."
    return ""


def missing(found: WayFound) -> list[str]:
    """What a way still needs, in words."""
    return [
        f"{kind(name).title}: {has or 'none'} recorded, {least} needed" + (_whole if name == "care_effect" else "")
        for name, has, least in found.missing
    ]


_whole = ", with finding, action, effect and how it is known"


def goal_sentence(goal: Goal) -> str:
    said = [f"{who} {_step(one)}" for who, one in (("the child says:", goal.child), ("the adult says:", goal.adult))]
    words = "; ".join(said)
    return words[0].upper() + words[1:] + "." + (" They see it differently." if goal.differ else "")


def _step(found: Found) -> str:
    if found.latest is None:
        return "not rated yet"
    words = kind("goal_rating").field("child_step").shown(int(found.latest.value))
    return f"{words[0].lower()}{words[1:]} ({day(found.latest.on)})"


def key_workers(held: Summary) -> str:
    one = held.key_workers
    if one is None:
        return "It is not known when the child came, so nights cannot be counted."
    if not one.people:
        return "No key worker is recorded."
    now = f"{one.now} since {day(one.since)}" if one.since else "nobody now"
    changes = f"{one.changes or 'No'} change{'s' if one.changes > 1 else ''}"
    return f"Key worker: {now}. {changes} since the child came; one was named on {one.with_one} of {one.nights} nights."


def due(held: Summary) -> list[str]:
    return [f"{REVIEWS[one.name]} {'was due' if one.late else 'is due'} by {day(one.by)}" for one in held.due]


def prompts(held: Summary) -> list[str]:
    """What someone should look at: never a judgement of the child."""
    found = []
    if held.lowered:
        found.append("Less is hoped for than before. Look at what would raise it again.")
    for goal in held.goals:
        if goal.stuck:
            found.append(f"Goal {goal.number}: no step over the last three ratings. Try something else.")
        if goal.past_due:
            found.append(f"Goal {goal.number}: its day is past and it is not reached.")
        if goal.differ:
            found.append(f"Goal {goal.number}: child and adult see it differently. Talk about it together.")
    found += [f"{title(one)}: so large a change needs words that say what lies behind it." for one in held.found if one.asks_words]
    return found


# --- For the child ---


def for_child(held: Summary) -> list[tuple[str, list[str]]]:
    """The six ways in words for the child: a heading and sentences for each. Of what anybody wrote only goals, which are in the child's own
    words, subjects and habits are repeated."""
    return [(one.way.child, _to_child(one, held)) for one in held.ways]


def _to_child(found: WayFound, held: Summary) -> list[str]:
    said = [TO_A_CHILD[found.state]]
    for one in found.found:
        if one.indicator.name in ("goal_child", "goal_adult") or one.state not in (progress.BETTER, progress.SAME, progress.WORSE):
            continue
        said.append(f"{_child_title(one)}: {_short(one.state)}.")
    if found.way.name == "own_context":
        said += [line for goal in held.goals for line in _goal_to_child(goal)]
    if found.way.name == "relationships" and held.key_workers is not None and held.key_workers.now:
        said.append(f"Your key worker is {held.key_workers.now.rstrip('.')}.")
    return said


def _goal_to_child(goal: Goal) -> list[str]:
    said = [f"Your goal: {str(goal.record.values['child_words']).strip()}"]
    if goal.child.latest is not None:
        said.append(f"You say {STEPS_TO_A_CHILD[int(goal.child.latest.value)]}.")
    if goal.adult.latest is not None:
        said.append(f"The adult says {STEPS_TO_A_CHILD[int(goal.adult.latest.value)]}.")
    if goal.child.latest is None and goal.adult.latest is None:
        said.append("Nobody has looked at it yet.")
    return said


def _short(state: str) -> str:
    return {progress.BETTER: "better than before", progress.SAME: "about the same", progress.WORSE: "harder than before"}[state]


def _child_title(found: Found) -> str:
    words = found.indicator.child.replace("{series}", _series(found))
    return words[0].upper() + words[1:]


def _series(found: Found) -> str:
    """Of what a finding is: the subject, the habit, the stage, who answered."""
    return ", ".join(filter(None, (_value(found.indicator, place, found) for place in range(len(found.series)))))


def _value(indicator: Indicator, place: int, found: Found) -> str:
    name = indicator.series[place]
    if name == "topic":
        return ""  # The habit itself says it.
    said = found.observations[-1].record.values.get(name) if found.observations else found.series[place]
    return kind(indicator.kind).field(name).shown(said)
