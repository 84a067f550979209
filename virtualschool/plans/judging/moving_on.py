"""Moves of phase and the years after 16 (PEP-X01 to X04)."""

from virtualschool.plans import wording
from virtualschool.plans.judging import Asked, Said, either, for_a_person, judges, no_matter, not_met
from virtualschool.plans.judging.texts import words_of

BEFORE_A_MOVE = (-1, 6, 11)
"""The year groups that end with a move: before reception, before year 7, and year 11."""


@judges("X01")
def transition_in_time(asked: Asked) -> Said:
    year, term = asked.told("year_group"), asked.told("term")
    due = (year in BEFORE_A_MOVE and term in ("spring", "summer")) or bool(asked.plan.get("change_planned"))
    if not due:
        return no_matter("No move is near.")
    return either(
        not wording.says_nothing(asked.told("transition_plan")),
        "There is a plan for the move.",
        "A move is near, and there is no plan for it.",
    )


@judges("X02")
def careers(asked: Asked) -> Said:
    year = asked.told("year_group")
    if year is None or year < 8:
        return no_matter("The child is not in year 8 or above.")
    if asked.told("careers_talk_on") is None:
        return not_met("No careers talk is recorded.")
    if year == 11 and asked.plan.get("term") in ("spring", "summer") and wording.says_nothing(asked.told("next_step")):
        return not_met("It is spring of year 11 or later, and no next step is chosen.")
    return either(True, "Careers guidance is recorded.", "")


@judges("X03")
def pathway_agrees(asked: Asked) -> Said:
    year = asked.told("year_group")
    if year is None or year < 12:
        return no_matter("The young person is not yet in year 12.")
    aim, other = asked.told("aspiration"), asked.told("pathway_aim")
    if wording.says_nothing(aim) or wording.says_nothing(other):
        return not_met("One of the two plans has no aim.")
    small = {"to", "a", "an", "the", "in", "of", "and", "i", "want", "be", "at", "for", "my", "would", "like", "work", "as"}
    if set(words_of(aim)) & set(words_of(other)) - small:
        return either(True, "The two plans share their aim; a person may look.", "")
    return for_a_person("The two aims share no word: a person must see whether they agree.")


@judges("X04")
def re_engagement(asked: Asked) -> Said:
    if asked.told("education") != "neet":
        return no_matter("The young person is in learning or work.")
    dated = any(row.get("about") == "re_engagement" and row.get("due_on") for row in asked.rows("actions"))
    return either(dated, "A dated step back is there.", "No dated step back into learning or work.")
