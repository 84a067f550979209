"""The targets, and what became of the last ones (PEP-G01 to G11)."""

import re
from typing import Any

from virtualschool.plans import wording
from virtualschool.plans.judging import Asked, Said, counted, either, for_a_person, judges, met, no_matter, not_met
from virtualschool.plans.judging.texts import alike
from virtualschool.plans.targets import Judged, Target, judge

LEARNING = ("reading", "writing", "maths", "communication", "learning")


def target_of(row: dict[str, Any], number: int = 0) -> Target:
    """A row of the table of targets as the analysis takes it."""
    texts = {name: row.get(name) or "" for name in ("baseline", "measure", "due", "owner", "often", "need")}
    return Target(row.get("id") or str(number), row["target"], **texts)


def judged(asked: Asked) -> list[Judged]:
    return [judge(target_of(row, number)) for number, row in enumerate(asked.rows("targets"), 1)]


def each(asked: Asked, rule: str, yes: str, no: str) -> Said:
    found = judged(asked)
    if not found:
        return not_met("There are no targets.")
    failing = [one.id for one in found if rule in {mark.rule for mark in one.missing}]
    return either(
        not failing, yes, f"{no}: {len(failing)} of {len(found)}, {'number' if len(failing) == 1 else 'numbers'} {', '.join(failing)}."
    )


@judges("G01")
def enough(asked: Asked) -> Said:
    targets = asked.rows("targets")
    few, many = asked.settings.min_targets, asked.settings.max_targets
    if not few <= len(targets) <= many:
        return not_met(f"It has {counted(len(targets), 'target', 'targets')}; the range is {few} to {many}.")
    kinds = {row.get("category") for row in targets}
    if kinds == {None}:
        return for_a_person("The targets have no category: a person must see whether learning and something wider are there.")
    learning, wider = any(kind in LEARNING for kind in kinds), any(kind and kind not in LEARNING for kind in kinds)
    lacking = ["one in learning"] * (not learning) + ["one wider"] * (not wider)
    return either(not lacking, "There are enough targets, in learning and beyond.", f"Missing: {', '.join(lacking)}.")


@judges("G02")
def specific(asked: Asked) -> Said:
    return each(asked, "PEP-G02", "Each target says what will be seen.", "Targets that do not say what will be seen")


@judges("G03")
def measurable(asked: Asked) -> Said:
    return each(asked, "PEP-G03", "Each target has a baseline and a level of success.", "Targets without a baseline or a level of success")


@judges("G04")
def ambitious(asked: Asked) -> Said:
    targets = asked.rows("targets")
    if not targets:
        return not_met("There are no targets.")
    flat = [row for row in targets if same_amount(row)]
    if flat:
        return not_met(f"Targets at the level of their baseline: {len(flat)} of {len(targets)}.")
    before = asked.plan.previous
    if before and any(
        alike(row["target"], old["target"]) == 1 for row in targets for old in before.all("targets") if old.get("outcome") == "met"
    ):
        return not_met("A target that was met last term stands again.")
    return for_a_person("Whether the step is within reach and high enough is for a person.")


def same_amount(row: dict[str, Any]) -> bool:
    """Whether the only number of a target is that of its baseline."""
    numbers = [set(re.findall(r"\d+(?:\.\d+)?", row.get(name) or "")) for name in ("baseline", "target", "measure")]
    wanted = numbers[1] | numbers[2]
    return bool(numbers[0]) and bool(wanted) and wanted == numbers[0]


@judges("G05")
def relevant(asked: Asked) -> Said:
    targets = asked.rows("targets")
    if not targets:
        return not_met("There are no targets.")
    loose = sum(wording.says_nothing(row.get("need")) for row in targets)
    viewed = any(row.get("view") for row in targets)
    return either(
        not loose,
        "Each target is tied to a need" + ("." if viewed else "; none to the child's own aim."),
        f"Targets tied to no need: {loose} of {len(targets)}.",
    )


@judges("G06")
def time_bound(asked: Asked) -> Said:
    return each(asked, "PEP-G06", "Each target has a date.", "Targets without a date")


@judges("G07")
def steps_not_grades(asked: Asked) -> Said:
    return each(asked, "PEP-G07", "No target is only a grade.", "Targets that are only a grade")


@judges("G08")
def help_described(asked: Asked) -> Said:
    targets = asked.rows("targets")
    if not targets:
        return not_met("There are no targets.")
    parts = ("help", "help_by", "help_where", "help_when", "often")
    given = [sum(not wording.says_nothing(row.get(part)) for part in parts) for row in targets]
    bare, partly = sum(number < 2 for number in given), sum(2 <= number < len(parts) for number in given)
    if bare:
        return not_met(f"Fewer than two of what, who, where, when and how often: {bare} of {len(targets)} targets.")
    return either(
        not partly,
        "The help is described for each target.",
        f"Some of what, who, where, when and how often are missing (a minor fault): {partly} of {len(targets)} targets.",
    )


@judges("G09")
def last_targets_reviewed(asked: Asked) -> Said:
    targets = asked.before().all("targets")
    if not targets:
        return no_matter("The plan before had no targets in the files.")
    open_ = sum(row.get("outcome") is None for row in targets)
    bare = sum(row.get("outcome") is not None and wording.says_nothing(row.get("evidence")) for row in targets)
    faults = [f"{open_} without an outcome"] * bool(open_) + [f"{bare} without evidence"] * bool(bare)
    return either(
        not faults, "Each earlier target has its outcome and evidence.", f"Of {len(targets)} earlier targets: {', '.join(faults)}."
    )


@judges("G10")
def not_repeated(asked: Asked) -> Said:
    unmet = [row["target"] for row in asked.before().all("targets") if row.get("outcome") in ("not_met", "partly", None)]
    if not unmet:
        return no_matter("No earlier target is unmet.")
    copied = sum(any(alike(row["target"], old) >= asked.settings.similarity_threshold for old in unmet) for row in asked.rows("targets"))
    return either(not copied, "No unmet target stands again.", f"Unmet targets copied: {copied}.")


@judges("G11")
def long_term_aim(asked: Asked) -> Said:
    year = asked.told("year_group")
    if year is None:
        return for_a_person("The year group is blank.")
    if year < 6:
        return no_matter("The child is not in year 6 or above.")
    if wording.says_nothing(asked.told("aspiration")):
        return not_met("No hopes for study or work are recorded.")
    if year >= 8 and asked.told("careers_talk_on") is None:
        return not_met("From year 8 a careers entry is wanted, and there is none.")
    return met("The child's longer aims are there.")
