"""Whether a plan exists and is on time (PEP-T01 to T08)."""

from datetime import date

from virtualschool.plans.calendars import WORKING_DAYS
from virtualschool.plans.judging import Asked, Said, counted, either, for_a_person, judges, met, no_matter, not_met


@judges("T01")
def exists(asked: Asked) -> Said:
    return met("There is a plan. Children without one are found from the list of children in care, not from plans.")


@judges("T02")
def started_in_time(asked: Asked) -> Said:
    if asked.told("number") != 1:
        return no_matter("It is not a first plan.")
    return within(asked, "placement_started_on", "started_on", asked.settings.initiate_working_days, "begun")


@judges("T03")
def ready_for_first_review(asked: Asked) -> Said:
    if asked.told("number") != 1:
        return no_matter("It is not a first plan.")
    came, ready, review = asked.told("came_into_care_on"), asked.told("available_on"), asked.plan.get("review_on")
    if came is None:
        return for_a_person("The day the child came into care is blank.")
    limit = WORKING_DAYS.after(came, asked.settings.first_review_working_days)
    limit = min(limit, review) if review else limit
    if ready is None:
        return late_or_not_yet(limit, asked.today, "ready")
    return either(
        ready <= limit,
        f"It was ready on {ready:%-d %B %Y}, by {limit:%-d %B %Y}.",
        f"It was ready on {ready:%-d %B %Y}, after {limit:%-d %B %Y}.",
    )


@judges("T04")
def reviewed_this_term(asked: Asked) -> Said:
    start, end, meeting = asked.told("term_start"), asked.told("term_end"), asked.told("meeting_on")
    if start is None or end is None:
        return for_a_person("The days of the term are blank.")
    came = asked.plan.get("came_into_care_on")
    if came and came > start and meeting is None:
        return no_matter("The child was not looked after for the whole term.")
    if meeting is None:
        return (
            for_a_person(f"No meeting yet; the term ends on {end:%-d %B %Y}.")
            if asked.today <= end
            else not_met("There was no meeting in the term.")
        )
    return either(start <= meeting <= end, "The meeting was in the term.", "The meeting was not in the term.")


@judges("T05")
def anew_after_change_of_school(asked: Asked) -> Said:
    changed = asked.told("school_changed_on")
    if changed is None:
        return no_matter("The child has not changed school since the last plan.")
    return within(asked, "school_changed_on", "meeting_on", asked.settings.change_of_school_working_days, "done again")


@judges("T06")
def without_place(asked: Asked) -> Said:
    if asked.told("education") not in ("no_place", "excluded"):
        return no_matter("The child has a school place.")
    planned = asked.told("place_planned_on")
    return either(
        planned is not None,
        f"Full-time education is planned from {planned:%-d %B %Y}." if planned else "",
        "There is no date for full-time education.",
    )


@judges("T07")
def finished_after_meeting(asked: Asked) -> Said:
    if asked.told("meeting_on") is None:
        return for_a_person("There has been no meeting.")
    return within(asked, "meeting_on", "completed_on", asked.settings.document_working_days, "complete")


@judges("T08")
def next_meeting_set(asked: Asked) -> Said:
    following, start, end = asked.told("next_meeting_on"), asked.plan.get("next_term_start"), asked.plan.get("next_term_end")
    if following is None:
        return not_met("No next meeting is set.")
    if start is None or end is None:
        ends = asked.plan.get("term_end")
        return either(ends is None or following > ends, "The next meeting is set.", "The next meeting is in the same term.")
    return either(start <= following <= end, "The next meeting is in the next term.", "The next meeting is not in the next term.")


def within(asked: Asked, from_: str, to: str, days: int, done: str) -> Said:
    start, end = asked.told(from_), asked.told(to)
    if start is None:
        return for_a_person(f"{from_} is blank.")
    limit = WORKING_DAYS.after(start, days)
    if end is None:
        return late_or_not_yet(limit, asked.today, done)
    taken = max(0, WORKING_DAYS.between(start, end))
    said = f"It was {done} in {counted(taken, 'working day', 'working days')}; the limit is {days}."
    return either(end <= limit, said, said)


def late_or_not_yet(limit: date, today: date, done: str) -> Said:
    if today > limit:
        return not_met(f"It is not {done}, and the limit was {limit:%-d %B %Y}.")
    return for_a_person(f"It is not {done} yet; the limit is {limit:%-d %B %Y}.")
