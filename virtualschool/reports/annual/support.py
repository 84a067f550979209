"""Sections 12 to 15: the premium, wellbeing, voice, and groups of children."""

from collections.abc import Callable, Iterator

from virtualschool.reports.annual.facts import GROUPED, Facts
from virtualschool.reports.annual.figures import by_group, measured
from virtualschool.reports.annual.section import Item, Section, from_file, of_measures, written
from virtualschool.reports.blocks import Block, Paragraph

LEDGER = "the premium's ledger in the application"
HEALTH = "load the outcomes part (OC2) of the SSDA903 return."


def sdq(facts: Facts) -> Iterator[Block]:
    names = ["sdq_score", "sdq_normal", "sdq_borderline", "sdq_concern", "sdq_coverage"]
    drawn = list(measured(facts, names, "sdq", f"Strengths and difficulties, {facts.la_name}, {facts.year}", ["sdq_score", "sdq_concern"]))
    if drawn:
        yield Paragraph(
            "Carers of children aged 4 to 16 answer the strengths and difficulties questionnaire once a year. A score up to 13 is normal, "
            "from "
            "14 to 16 borderline, and from 17 a cause for concern. A score screens; it is no diagnosis."
        )
        yield from drawn


def grouped(columns: dict[str, str], name: str, words: str) -> Callable[[Facts], Iterator[Block]]:
    def blocks(facts: Facts) -> Iterator[Block]:
        drawn = list(by_group(facts, GROUPED, columns, name, words))
        if drawn:
            yield Paragraph(
                "Groups are small: where the limits of two groups overlap we cannot tell whether they differ, and a difference "
                "does not say "
                "what made it."
            )
            yield from drawn

    return blocks


def early_years(facts: Facts) -> Iterator[Block]:
    held = dict(facts.roll("age_band"))
    young = {band: held[band] for band in ("under 1", "1 to 4") if band in held}
    if young:
        told = "; ".join(f"{band}: {number if isinstance(number, int) else 'hidden'}" for band, number in young.items())
        yield Paragraph(f"Children below school age on 31 March {facts.year}, by age in years: {told}.")
    yield from measured(facts, ["good_level_of_development"], "early_years_group", f"Early years, {facts.la_name}, {facts.year}")


def spending(facts: Facts) -> Iterator[Block]:
    names = ["premium_spent", "premium_devolved"]
    yield from measured(facts, names, "premium_spending", f"Pupil Premium Plus spent on children, {facts.la_name}, {facts.year}")


def effects(facts: Facts) -> Iterator[Block]:
    names = ["premium_effect_recorded"]
    yield from measured(facts, names, "premium_effects", f"Effects on record, {facts.la_name}, {facts.year}", names)


FIGURES = "load results and attendance of the year, and the SSDA903 return."

SECTIONS = (
    Section(
        12,
        "premium",
        "Pupil Premium Plus",
        (
            from_file("premium_received", "Received", LEDGER),
            from_file("premium_allocated", "Allocated", LEDGER),
            from_file("premium_kept", "Share kept", LEDGER, spending),
            from_file("premium_purposes", "By purpose", LEDGER),
            from_file("premium_impact", "Impact", LEDGER, effects),
            written("premium_impact"),
        ),
    ),
    Section(
        13,
        "wellbeing",
        "Wellbeing, enrichment and celebration",
        (
            Item("sdq", "Strengths and difficulties", sdq, HEALTH),
            of_measures("health", "Health", "health_assessment dental_check", "", HEALTH),
            from_file("help_given", "Help"),
            from_file("events", "Events"),
            from_file("leisure", "Leisure"),
            written("celebration"),
        ),
    ),
    Section(
        14,
        "voice",
        "What children say",
        (
            from_file("children_said", "What children said", "what children said in the application"),
            of_measures(
                "views_in_reviews",
                "Views given to reviews of care",
                "reviews_all_views_given reviews_attended",
                "",
                "load the reviews part of the SSDA903 return.",
            ),
            from_file("voice_changes", "What changed", "what changed because children spoke, in the application"),
            written("voice_changes"),
        ),
    ),
    Section(
        15,
        "groups",
        "Groups of children",
        (
            Item(
                "group_unaccompanied",
                "Unaccompanied children",
                grouped({"unaccompanied": "Unaccompanied"}, "g_unaccompanied", "Unaccompanied children and others"),
                FIGURES,
            ),
            Item("group_sen", "Special educational needs", grouped({"sen": "SEN"}, "g_sen", "By special educational need"), FIGURES),
            Item("group_early_years", "Early years", early_years, "load early years results of the year, and the SSDA903 return."),
            Item("group_out_of_area", "Out of area", grouped({"out_of_authority": "Where placed"}, "g_area", "By where placed"), FIGURES),
            Item("group_sex", "Girls and boys", grouped({"sex": "Sex"}, "g_sex", "Girls and boys"), FIGURES),
            Item("group_ethnicity", "Ethnicity", grouped({"ethnic_group": "Ethnic group"}, "g_ethnicity", "By ethnic group"), FIGURES),
        ),
    ),
)
