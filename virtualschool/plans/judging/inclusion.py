"""Attendance, suspension and reduced timetables (PEP-A01 to A03)."""

from datetime import timedelta

from virtualschool.plans import wording
from virtualschool.plans.judging import Asked, Said, either, for_a_person, judges, no_matter, not_met


@judges("A01")
def attendance_action(asked: Asked) -> Said:
    share = asked.attendance()
    if share is None:
        return for_a_person("The attendance is blank.")
    if share >= asked.settings.attendance_action_below:
        return no_matter(f"Attendance is not below {asked.settings.attendance_action_below} percent.")
    steps = [row for row in asked.rows("actions") if row.get("about") == "attendance"]
    if not any(not wording.says_nothing(row.get("cause")) for row in steps):
        return not_met("Attendance is low, and no step with its cause is there.")
    if share < asked.settings.attendance_reviewed_below:
        by_them = any(row.get("owner_role") == "virtual_school" for row in steps) or bool(asked.plan.get("needs_virtual_school"))
        return either(
            by_them,
            "Cause, step and the virtual school's review are there.",
            f"Attendance is below {asked.settings.attendance_reviewed_below} percent, and the virtual school has no part.",
        )
    return either(True, "Cause and step are there.", "")


@judges("A02")
def suspension_action(asked: Asked) -> Said:
    number = asked.told("suspensions")
    if number is None:
        return for_a_person("Suspensions are blank.")
    if not number:
        return no_matter("There was no suspension.")
    steps = [row for row in asked.rows("actions") if row.get("about") == "suspension"]
    caused = any(not wording.says_nothing(row.get("cause")) for row in steps)
    heard = any(row.get("view") for row in steps)
    lacking = ["a step"] * (not steps) + ["the cause"] * (not caused) + ["what the child says of it"] * (not heard)
    return either(not lacking, "Cause, the child's own account and a changed step are there.", f"Missing: {', '.join(lacking)}.")


@judges("A03")
def reduced_timetable(asked: Asked) -> Said:
    if asked.told("timetable") != "reduced":
        return no_matter("The timetable is not reduced.")
    lacking = [
        words
        for column, words in (
            ("reduced_why", "reason"),
            ("reduced_approved_by", "approver"),
            ("weekly_hours", "hours"),
            ("reduced_until", "end"),
        )
        if asked.told(column) is None
    ]
    if lacking:
        return not_met(f"Left blank: {', '.join(lacking)}.")
    since = asked.plan.get("meeting_on") or asked.today
    limit = since + timedelta(weeks=asked.settings.reduced_timetable_weeks)
    return either(
        asked.told("reduced_until") <= limit,
        "Reason, approver, hours and an end in time are there.",
        f"It ends later than {asked.settings.reduced_timetable_weeks} weeks from the meeting.",
    )
