"""Who took part and who does what (PEP-P01 to P06)."""

from virtualschool.plans import wording
from virtualschool.plans.judging import Asked, Said, either, judges, no_matter, not_met

CORE = ("social_worker", "designated_teacher", "carer")
TOOK_PART = ("present", "sent_views")


@judges("P01")
def core_people(asked: Asked) -> Said:
    there = {row.get("role") for row in asked.rows("people") if row.get("part") in TOOK_PART}
    lacking = [role.replace("_", " ") for role in CORE if role not in there]
    return either(not lacking, "Social worker, designated teacher and carer took part.", f"Without part or views: {', '.join(lacking)}.")


@judges("P02")
def child_invited(asked: Asked) -> Said:
    part = asked.told("participation")
    if part is None or part == "not_asked":
        return not_met("It is not recorded that the child was asked.")
    why = asked.plan.get("participation_why")
    if part != "attended" and wording.says_nothing(why):
        return not_met("It is not recorded how the child chose not to be there.")
    return either(True, f"The child {part.replace('_', ' ')}.", "")


@judges("P03")
def parent_involved(asked: Asked) -> Said:
    return either(asked.told("parent") is not None, "A parent was asked, or the reason is recorded.", "Nothing is said of a parent.")


@judges("P04")
def named_leads(asked: Asked) -> Said:
    actions = asked.rows("actions")
    if not actions:
        return not_met("There are no actions.")
    nobody = sum(not named(row) for row in actions)
    return either(not nobody, "Every action has a named person or role.", f"Actions without a named person: {nobody} of {len(actions)}.")


def named(row: dict) -> bool:
    owner = (row.get("owner") or "").strip().casefold()
    if owner:
        return owner not in wording.words("nobody") and not wording.says_nothing(owner)
    return row.get("owner_role") not in (None, "school", "other")


@judges("P05")
def teacher_signs(asked: Asked) -> Said:
    role = (asked.told("signed_by_role") or "").casefold().replace(" ", "_")
    return either(
        role in ("designated_teacher", "dt"), "The designated teacher signed it off.", "It is not signed off by the designated teacher."
    )


@judges("P06")
def virtual_school_there(asked: Asked) -> Said:
    if asked.told("number") != 1 and not asked.plan.get("needs_virtual_school"):
        return no_matter("It is neither a first plan nor flagged.")
    there = any(row.get("role") == "virtual_school" and row.get("part") == "present" for row in asked.rows("people"))
    return either(there, "The virtual school was there.", "The virtual school was not there.")
