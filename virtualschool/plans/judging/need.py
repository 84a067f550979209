"""Needs and what follows from them (PEP-N01 to N04)."""

from datetime import timedelta

from virtualschool.plans import wording
from virtualschool.plans.judging import Asked, Said, either, for_a_person, judges, no_matter, not_met


@judges("N01")
def analysed(asked: Asked) -> Said:
    needs = asked.rows("needs")
    if not needs:
        return not_met("No need or strength is named.")
    bare = sum(wording.says_nothing(row.get("evidence")) for row in needs)
    causeless = sum(wording.says_nothing(row.get("cause")) for row in needs if row.get("rank") != "strength")
    faults = [f"{bare} without evidence"] * bool(bare) + [f"{causeless} without a cause"] * bool(causeless)
    return either(
        not faults,
        "Needs are named with cause and evidence; whether they are right is for a person.",
        f"Of {len(needs)} needs: {', '.join(faults)}.",
    )


@judges("N02")
def each_has_a_target(asked: Asked) -> Said:
    high = [row for row in asked.rows("needs") if row.get("rank") == "high"]
    if not high:
        return no_matter("No need is marked high.")
    linked = {(row.get("need") or "").casefold() for row in asked.rows("targets")}
    left = [
        row
        for row in high
        if not {(row.get("id") or "").casefold(), row["need"].casefold()} & linked - {""} and not row.get("no_target_why")
    ]
    return either(
        not left, "Each high need has a target or a reason.", f"High needs without a target or a reason: {len(left)} of {len(high)}."
    )


@judges("N03")
def emotional_need(asked: Asked) -> Said:
    year = asked.plan.get("year_group")
    if year is not None and (year < 0 or year > 12):
        return no_matter("The SDQ is for ages 4 to 17.")
    score, taken = asked.told("sdq_score"), asked.told("sdq_on")
    on = asked.plan.get("meeting_on") or asked.today
    if score is None or taken is None:
        return not_met("There is no SDQ with its day.")
    if taken < on - timedelta(days=366):
        return not_met("The SDQ is more than twelve months old.")
    if score < asked.settings.sdq_concern_score:
        return either(True, "There is an SDQ, below the level of concern.", "")
    follows = any(row.get("about") == "wellbeing" for row in asked.rows("actions")) or any(
        row.get("category") == "wellbeing" for row in asked.plan.all("targets")
    )
    return either(
        follows,
        "The SDQ is at the level of concern, and something follows.",
        "The SDQ is at the level of concern, and nothing follows from it.",
    )


@judges("N04")
def screened(asked: Asked) -> Said:
    below = [row for row in asked.rows("attainment") if row.get("standing") == "below"]
    if not below:
        if any(row.get("standing") is None for row in asked.rows("attainment")):
            return for_a_person("Where the child stands is not said of every subject.")
        return no_matter("No subject is below what is expected.")
    return either(
        not wording.says_nothing(asked.told("screening")),
        "A screening or its reason is there.",
        "Attainment is below what is expected, and there is no screening.",
    )
