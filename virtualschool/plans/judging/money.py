"""What the premium is spent on (PEP-F01 to F03)."""

from virtualschool.plans import wording
from virtualschool.plans.judging import Asked, Said, either, for_a_person, judges, met, no_matter


def lines(asked: Asked, term: str) -> list[dict]:
    return [row for row in asked.rows("spend") if (row.get("term") or "this") == term]


@judges("F01")
def use_stated(asked: Asked) -> Said:
    rows = lines(asked, "this")
    if not rows:
        return no_matter("No money is in the plan this term.")
    bad = sum(not (row.get("amount") or 0) > 0 or row.get("purpose") is None or wording.says_nothing(row.get("target")) for row in rows)
    return either(
        not bad, "Each line has its amount, purpose and target.", f"Lines without an amount, a purpose or a target: {bad} of {len(rows)}."
    )


@judges("F02")
def impact_of_last(asked: Asked) -> Said:
    rows = lines(asked, "last") or (
        [row for row in asked.plan.previous.all("spend") if row.get("term") != "last"] if asked.plan.previous else []
    )
    if not rows:
        return no_matter("No earlier money is in the files.")
    bare = sum(wording.says_nothing(row.get("impact")) for row in rows)
    return either(
        not bare, "Each earlier line says what it changed.", f"Earlier lines that do not say what they changed: {bare} of {len(rows)}."
    )


@judges("F03")
def not_for_everyone(asked: Asked) -> Said:
    rows = lines(asked, "this")
    if not rows:
        return no_matter("No money is in the plan this term.")
    doubtful = sum(bool(wording.whole_words("for_everyone").search(row.get("what") or "")) for row in rows)
    if doubtful:
        return for_a_person(f"Lines that may be what everyone gets, or what another budget owes: {doubtful} of {len(rows)}.")
    return met("No line reads like what everyone gets.")
