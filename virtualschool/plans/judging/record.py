"""The plan as a record, and where it goes (PEP-R01 to R07)."""

from virtualschool.plans import wording
from virtualschool.plans.calendars import WORKING_DAYS
from virtualschool.plans.judging import Asked, Said, either, judges, no_matter, not_met
from virtualschool.plans.judging.texts import says_nothing_in

SECTIONS = ("school", "meeting_on", "next_meeting_on", "participation", "leisure", "support")
TEXTS = {"targets": ("target",), "views": ("words",), "actions": ("action",), "needs": ("need", "evidence")}


def texts(asked: Asked) -> list[str]:
    """Every text that is written in the plan."""
    found = [str(value) for name, value in asked.plan.fields.items() if isinstance(value, str) and name not in ("plan", "child", "la")]
    return found + [row[name] for table, names in TEXTS.items() for row in asked.plan.all(table) for name in names if row.get(name)]


@judges("R01")
def filled(asked: Asked) -> Said:
    blank = [column.replace("_", " ") for column in SECTIONS if asked.plan.knows(column) and asked.plan.get(column) is None]
    counted = asked.plan.get("sections_blank") or 0
    empty = sum(says_nothing_in(text) for text in texts(asked))
    faults = [f"left blank: {', '.join(blank)}"] * bool(blank) + [f"required fields blank: {counted}"] * bool(counted)
    faults += [f"texts that say nothing (tbc, see above and the like): {empty}"] * bool(empty)
    return either(not faults, "Its sections are filled.", f"{'; '.join(faults)}.".capitalize())


@judges("R02")
def no_contradictions(asked: Asked) -> Said:
    agrees = asked.told("matches_case_system")
    if agrees is None:
        return not_met("It was not compared with the case system.")
    return either(agrees, "It agrees with the case system.", "It does not agree with the case system.")


@judges("R03")
def quality_assured(asked: Asked) -> Said:
    named = (("reviewer", "reviewer"), ("reviewed_on", "date"), ("grade", "grade"), ("feedback", "feedback"))
    lacking = [words for column, words in named if asked.told(column) is None]
    return either(not lacking, "It was reviewed and fed back.", f"Left blank: {', '.join(lacking)}.")


@judges("R04")
def feedback_acted_on(asked: Asked) -> Said:
    asked.before()
    open_ = asked.told("feedback_open")
    if open_ is None:
        return not_met("What became of the last feedback is blank.")
    return either(open_ == 0, "The last feedback is closed.", f"Items of the last feedback still open: {open_}.")


@judges("R05")
def sent_to_the_review(asked: Asked) -> Said:
    review, shared = asked.told("review_on"), asked.told("shared_on")
    if review is None:
        return not_met("The day of the care review is blank.")
    if shared is None:
        return not_met("It is not recorded that the reviewing officer has the plan.")
    return either(shared <= review, "The reviewing officer had it before the review.", "It went to the reviewing officer after the review.")


@judges("R06")
def written_kindly(asked: Asked) -> Said:
    harsh = sum(len(wording.whole_words("harsh").findall(text)) for text in texts(asked))
    return either(
        not harsh,
        "No word on the list of hurting words is in it; a person may read it as the child would.",
        f"Words that may hurt the child: {harsh}.",
    )


@judges("R07")
def moves_with_the_child(asked: Asked) -> Said:
    changed = asked.told("school_changed_on")
    if changed is None:
        return no_matter("The child has not changed school.")
    sent = asked.told("sent_on_to_school_on")
    limit = WORKING_DAYS.after(changed, asked.settings.transfer_school_days)
    if sent is None:
        return not_met("It is not recorded that the new school has the plan.")
    return either(
        sent <= limit and not wording.says_nothing(str(sent)),
        "The new school had it in time.",
        f"The new school had it after {limit:%-d %B %Y}.",
    )
