"""What the law asks a plan to hold (PEP-S01 to S08)."""

import itertools
from datetime import timedelta

from virtualschool.plans import wording
from virtualschool.plans.calendars import WORKING_DAYS
from virtualschool.plans.judging import Asked, Said, either, for_a_person, judges, no_matter, not_met


@judges("S01")
def history(asked: Asked) -> Said:
    schools = sorted((row for row in asked.rows("schools") if row.get("from")), key=lambda row: row["from"])
    if not schools:
        return not_met("No school is listed.")
    gaps = 0
    for one, following in itertools.pairwise(schools):
        end = one.get("to") or one["from"]
        gaps += WORKING_DAYS.between(end, following["from"] - timedelta(days=1)) > asked.settings.history_gap_school_days
    unexplained = sum(wording.says_nothing(row.get("left_why")) for row in schools[:-1])
    faults = [f"{gaps} gaps of more than {asked.settings.history_gap_school_days} working days"] * bool(gaps)
    faults += [f"{unexplained} changes without a reason"] * bool(unexplained)
    return either(not faults, "Past schools are listed with dates and reasons.", f"It has {' and '.join(faults)}.")


@judges("S02")
def attendance_record(asked: Asked) -> Said:
    lacking = ["attendance"] * (asked.attendance() is None) + ["suspensions"] * (asked.told("suspensions") is None)
    missed = asked.plan.get("sessions_missed")
    if missed and wording.says_nothing(asked.plan.get("absence_reasons")):
        lacking.append("reasons of absence")
    start, as_of = asked.plan.get("term_start"), asked.plan.get("attendance_as_of")
    if start and as_of and as_of < start:
        return not_met("The figures are of before this term.")
    return either(not lacking, "Attendance and conduct of this term are there.", f"Left blank: {', '.join(lacking)}.")


@judges("S03")
def attainment_now(asked: Asked) -> Said:
    rows = asked.rows("attainment")
    start, end = asked.plan.get("term_start"), asked.plan.get("term_end")
    now = [
        row
        for row in rows
        if (row.get("standing") or row.get("on_track") is not None)
        and (not (start and end and row.get("recorded_on")) or start <= row["recorded_on"] <= end)
    ]
    if not now:
        return not_met("No attainment of this term is recorded.")
    required = {"primary": ("reading", "writing", "maths"), "secondary": ("english", "maths")}.get(asked.plan.get("phase") or "", ())
    held = " ".join(row["subject"].casefold() for row in now)
    lacking = [subject for subject in required if subject not in held and not (subject == "maths" and "mathematics" in held)]
    bare = sum(row.get("baseline") is None for row in now)
    if lacking:
        return not_met(f"Nothing on {', '.join(lacking)}.")
    return either(
        not bare, "Attainment, what is expected and the baseline are there.", f"Without a baseline: {bare} of {len(now)} subjects."
    )


@judges("S04")
def special_needs(asked: Asked) -> Said:
    sen = asked.told("sen")
    if sen is None:
        return not_met("Whether there are special educational needs is blank.")
    if sen == "none":
        return no_matter("No special educational need is recorded.")
    lacking = [words for column, words in (("sen_provision", "provision"), ("sen_review_on", "review date")) if asked.told(column) is None]
    return either(not lacking, "Provision and its review are there.", f"Left blank: {', '.join(lacking)}.")


@judges("S05")
def arrangements(asked: Asked) -> Said:
    lacking = [column.replace("_", " ") for column in ("school", "weekly_hours", "timetable") if asked.told(column) is None]
    lacking += ["support and named staff"] if wording.says_nothing(asked.told("support")) else []
    if asked.plan.get("education") in ("no_place", "neet", "custody"):
        return for_a_person("The child is in no school: a person must see whether the arrangements are described.")
    return either(not lacking, "School, hours, timetable and support are there.", f"Left blank: {', '.join(lacking)}.")


@judges("S06")
def planned_changes(asked: Asked) -> Said:
    planned = asked.told("change_planned")
    if planned is None:
        return not_met("Whether a change is planned is blank.")
    if not planned:
        return no_matter("No change is planned.")
    if wording.says_nothing(asked.told("change_eased_by")):
        return not_met("It is not said how disruption is kept low.")
    if asked.told("year_group") in (10, 11) and wording.says_nothing(asked.told("change_approved_by")):
        return not_met("A move in years 10 or 11 needs a senior officer's approval, and none is recorded.")
    return either(True, "The change is planned with care.", "")


@judges("S07")
def leisure(asked: Asked) -> Said:
    if wording.says_nothing(asked.told("leisure")):
        return not_met("No interests are recorded.")
    used = asked.plan.get("leisure_used") or any(row.get("about") == "leisure" for row in asked.plan.all("actions"))
    return either(True, "Interests are recorded" + (" and used." if used else "; none is used in a target or action."), "")


@judges("S08")
def not_in_school(asked: Asked) -> Said:
    if asked.told("education") not in ("no_place", "excluded"):
        return no_matter("The child is in school.")
    since = asked.plan.get("meeting_on") or asked.today
    limit = WORKING_DAYS.after(since, asked.settings.school_days_to_provision)
    soon = [row for row in asked.rows("actions") if row.get("about") == "provision" and row.get("due_on") and row["due_on"] <= limit]
    return either(
        bool(soon), "An action for suitable education is dated in time.", f"No action for suitable education is dated by {limit:%-d %B %Y}."
    )
