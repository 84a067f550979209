"""The child's voice and the carer's part (PEP-V01 to V06, C01, C02)."""

from virtualschool.plans import wording
from virtualschool.plans.judging import Asked, Said, counted, either, for_a_person, judges, met, no_matter, not_met
from virtualschool.plans.judging.texts import alike, own_words, words_of

TOPICS = ("learning", "progress", "achievements", "hopes")
OTHER_METHODS = ("drawing", "symbols", "observation", "interpreter", "video", "advocate")


def views_of(asked: Asked, by: str, *, this_term: bool = False) -> list[dict]:
    views = [row for row in asked.rows("views") if row.get("by") == by and not wording.says_nothing(row.get("words"))]
    start, end = asked.plan.get("term_start"), asked.plan.get("term_end")
    if this_term and start and end:
        views = [row for row in views if row.get("said_on") is None or start <= row["said_on"] <= end]
    return views


@judges("V01")
def views_there(asked: Asked) -> Said:
    views = views_of(asked, "child", this_term=True)
    if not views and asked.plan.get("voice_method") in OTHER_METHODS and asked.plan.get("participation_why"):
        return met("The child's views were gathered in another way, which is described.")
    lacking = [topic for topic in TOPICS if topic not in {row.get("topic") for row in views}]
    if not views:
        return not_met("No view of the child is recorded for this term.")
    return either(
        not lacking, "The child's views on learning, progress, achievements and hopes are there.", f"Nothing on {', '.join(lacking)}."
    )


@judges("V02")
def in_their_words(asked: Asked) -> Said:
    views = views_of(asked, "child")
    if not views:
        return not_met("No view of the child is recorded.")
    if asked.plan.get("voice_method") in OTHER_METHODS:
        return for_a_person("The views were gathered in another way than words: a person must judge.")
    doubts = [why for row in views if (why := own_words(row["words"]))]
    if not doubts:
        return met("The views read as the child's own.")
    return not_met(f"{len(doubts)} of {len(views)} do not read as the child's own: {', '.join(dict.fromkeys(doubts))}.")


@judges("V03")
def views_are_new(asked: Asked) -> Said:
    before = asked.before()
    now = " ".join(row["words"] for row in views_of(asked, "child"))
    then = " ".join(row["words"] for row in before.all("views") if row.get("by") == "child")
    if not now or not then:
        return for_a_person("There is nothing to compare.")
    share = alike(now, then)
    return either(
        share < asked.settings.similarity_threshold, "The views are not last term's.", "The views are nearly word for word last term's."
    )


@judges("V04")
def views_changed_something(asked: Asked) -> Said:
    ids = {row.get("id") for row in views_of(asked, "child") if row.get("id")}
    linked = any(row.get("changed") for row in views_of(asked, "child")) or any(
        row.get("view") in ids for table in ("targets", "actions") for row in asked.plan.all(table) if row.get("view")
    )
    if not linked:
        return not_met("No target or action is linked to what the child said.")
    told = asked.told("told_child_on")
    return either(
        told is not None,
        "The views changed the plan, and the child was told.",
        "The views changed the plan; it is not recorded that the child was told.",
    )


@judges("V05")
def right_method(asked: Asked) -> Said:
    if not asked.told("communication_need"):
        return no_matter("The child speaks and reads, as far as is recorded.")
    method = asked.told("voice_method")
    return either(method in OTHER_METHODS, "Another method than a form was used.", "No method but a form or talk is recorded.")


@judges("V06")
def child_knows(asked: Asked) -> Said:
    version = asked.told("child_version")
    if wording.says_nothing(version):
        return not_met("There is no version for the child.")
    words = words_of(version)
    long = sum(len(word) > 9 for word in words) / max(len(words), 1)
    return either(long <= 0.15, "There is a version for the child.", "The child's version has many long words.")


@judges("C01")
def carer_contributes(asked: Asked) -> Said:
    views = views_of(asked, "carer", this_term=True)
    if not views:
        return not_met("The carer has no entry this term.")
    most = max(len(words_of(row["words"])) for row in views)
    said = f"The carer's entry has {counted(most, 'word', 'words')}."
    return either(
        most > asked.settings.carer_words, said, f"{said} That is too short to say what helps at home and what the carer will do."
    )


@judges("C02")
def carer_has_an_action(asked: Asked) -> Said:
    if any(row.get("owner_role") == "carer" or "carer" in (row.get("owner") or "").casefold() for row in asked.rows("actions")):
        return met("The carer has an action.")
    return either(
        bool(asked.plan.get("carer_action_why_not")),
        "A reason is given why the carer has none.",
        "The carer has no action, and no reason is given.",
    )
