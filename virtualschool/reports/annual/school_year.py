"""Sections 6 to 8: personal education plans, attendance, suspensions and exclusions."""

from collections.abc import Iterator

from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.figures import by_group, measured, recorded
from virtualschool.reports.annual.section import Item, Section, from_file, of_measures, written
from virtualschool.reports.blocks import Block

PLANS = "load personal education plans (see docs/reference/plans.md)."
PUPILS = "load the school census or pupil absence file of the year, and the SSDA903 return."
EXCLUSIONS = "load the exclusions file of the year, and the SSDA903 return."


def present(facts: Facts) -> Iterator[Block]:
    names = ["attendance_all_looked_after", "absence_rate"]
    yield from measured(facts, names, "present", f"Attendance and absence, {facts.la_name}, {facts.year}", ["absence_rate"])


def by_phase(facts: Facts) -> Iterator[Block]:
    columns = {"school_phase": "Phase", "placement_type": "Placement", "out_of_authority": "Where placed"}
    yield from by_group(facts, ["absence_rate", "persistent_absence"], columns, "attendance_groups", "Absence by phase, placement and area")


def suspended_groups(facts: Facts) -> Iterator[Block]:
    columns = {"school_phase": "Phase", "placement_type": "Placement", "out_of_authority": "Where placed"}
    yield from by_group(facts, ["suspended_once_or_more"], columns, "suspension_groups", "Suspension by phase, placement and area")


def plan_voice(facts: Facts) -> Iterator[Block]:
    names = ["pep_child_voice", "pep_carer_part", "views_recorded", "reviews_all_views_given"]
    yield from measured(facts, names, "plan_voice", f"The child's voice in plans and reviews, {facts.la_name}, {facts.year}")
    yield from recorded(facts, "plan_voice")


SECTIONS = (
    Section(
        6,
        "plans",
        "Personal education plans",
        (
            of_measures("on_time", "On time", "pep_in_place pep_started_in_10_days pep_in_time", "pep_in_time", PLANS),
            of_measures("termly", "Each term", "pep_reviewed_each_term", "pep_reviewed_each_term", PLANS),
            of_measures("quality", "Share of good quality", "pep_quality pep_targets_precise", "pep_quality pep_targets_precise", PLANS),
            Item("plan_voice", "The child's voice", plan_voice, f"{PLANS[:-1]}, or annual_report.csv with the item plan_voice."),
            of_measures("plans_changed", "What plans changed", "pep_targets_met views_changed_something", "", PLANS),
            written("plans_changes"),
        ),
    ),
    Section(
        7,
        "attendance",
        "Attendance",
        (
            Item("present", "Present", present, PUPILS),
            of_measures("persistent", "Persistent absence", "persistent_absence", "persistent_absence", PUPILS),
            of_measures("severe", "Severe absence", "severe_absence", "severe_absence", PUPILS),
            Item("attendance_groups", "By phase, placement and area", by_phase, PUPILS),
            Item(
                "prevention", "Cases of officers", lambda facts: (), "record cases of attendance and inclusion officers in the application."
            ),
            written("attendance_action"),
        ),
    ),
    Section(
        8,
        "suspensions",
        "Suspensions, exclusions and reduced timetables",
        (
            of_measures(
                "numbers",
                "Numbers",
                "suspended_once_or_more suspension_rate permanent_exclusion_rate",
                "suspended_once_or_more",
                EXCLUSIONS,
            ),
            Item("suspension_groups", "By phase, placement and area", suspended_groups, EXCLUSIONS),
            from_file("suspension_reasons", "Reasons"),
            from_file("reduced_timetables", "Reduced timetables", "record them in the application"),
            written("scrutiny"),
            written("exclusion_steps"),
        ),
    ),
)
