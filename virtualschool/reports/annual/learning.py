"""Sections 9 to 11: attainment, progress, and what young people do after 16."""

from collections.abc import Callable, Iterator

from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.figures import beside, measured, recorded
from virtualschool.reports.annual.section import Item, Section, from_file, of_measures, written
from virtualschool.reports.blocks import Block, Paragraph
from virtualschool.reports.contents import beside_others

KS2 = "ks2_rwm ks2_reading ks2_writing ks2_maths"
KS4 = "attainment_8 english_maths_94 english_maths_95 ebacc_entered ebacc_aps"
LEAVERS = "load the care leavers' part (OC3) of the SSDA903 return."


def stage(names: str, charted: str, name: str, title: str, neighbours: str = "") -> Callable[[Facts], Iterator[Block]]:
    """The results of a key stage: sentences, the chart over the years, the gap, and each neighbour by itself."""
    listed = names.split()

    def blocks(facts: Facts) -> Iterator[Block]:
        yield from measured(facts, listed, name, f"{title}, {facts.la_name}, {facts.year}", charted.split())
        percent = [one for one in listed if facts.measure(one).unit == "percent"]
        yield from beside(facts, percent, f"{name}-gap", f"{title}: beside England and neighbours, {facts.year}")
        if neighbours and any(row["value"] is not None for row in facts.places[neighbours]):
            yield beside_others(facts.asked, facts.measure(neighbours), facts.places[neighbours])

    return blocks


def national(facts: Facts) -> Iterator[Block]:
    names = ["progress_8", "ks2_reading_progress", "ks2_writing_progress", "ks2_maths_progress"]
    yield from measured(facts, names, "progress", f"National progress measures, {facts.la_name}, {facts.year}", ["progress_8"])
    if not any(facts.has(name) for name in names):
        for name in names[:2]:
            if why := facts.measure(name).why_not(facts.year):
                yield Paragraph(f"{facts.measure(name).title}, {facts.year}: {why}")


def years_12_13(facts: Facts) -> Iterator[Block]:
    names = ["post_16_level_3", "post_16_two_level_3", "post_16_retained"]
    yield from measured(facts, names, "post_16", f"At the end of 16 to 18 study, {facts.la_name}, {facts.year}")
    yield from recorded(facts, "years_12_13")


def leavers(names: str, charted: str, name: str, title: str, item: str = "") -> Callable[[Facts], Iterator[Block]]:
    def blocks(facts: Facts) -> Iterator[Block]:
        yield from measured(facts, names.split(), name, f"{title}, {facts.la_name}, {facts.year}", charted.split())
        if item:
            yield from recorded(facts, item)

    return blocks


SECTIONS = (
    Section(
        9,
        "attainment",
        "Attainment",
        (
            of_measures(
                "early_years",
                "Early years foundation stage",
                "good_level_of_development",
                "good_level_of_development",
                "load early years results of the year, and the SSDA903 return.",
            ),
            of_measures("phonics", "Phonics", "phonics", "phonics", "load phonics results of the year, and the SSDA903 return."),
            Item(
                "key_stage_2",
                "Key stage 2",
                stage(KS2, "ks2_rwm", "key_stage_2", "Key stage 2", "ks2_rwm"),
                "load key stage 2 results of the year, and the SSDA903 return.",
            ),
            Item(
                "key_stage_4",
                "Key stage 4",
                stage(KS4, "attainment_8", "key_stage_4", "Key stage 4", "attainment_8"),
                "load key stage 4 results of the year, and the SSDA903 return.",
            ),
            written("attainment_story"),
        ),
    ),
    Section(
        10,
        "progress",
        "Progress",
        (
            from_file("progress_from_baseline", "From each child's own baseline", "teachers' assessments of the year"),
            Item("national_progress", "National measures of progress", national, "load results of the year with prior attainment."),
        ),
    ),
    Section(
        11,
        "after-16",
        "Post-16 and care leavers",
        (
            Item("years_12_13", "Years 12 and 13", years_12_13, "load 16 to 18 results, or annual_report.csv with the item years_12_13."),
            Item(
                "eet",
                "In education, employment or training",
                leavers("leavers_17_18_eet leavers_eet", "leavers_eet", "eet", "Care leavers in education, employment or training"),
                LEAVERS,
            ),
            Item(
                "neet",
                "Not in education, employment or training",
                leavers("leavers_17_18_neet leavers_neet", "leavers_neet", "neet", "Care leavers not in education, employment or training"),
                LEAVERS,
            ),
            Item(
                "university",
                "University",
                leavers("leavers_higher_education", "leavers_higher_education", "university", "Higher education", "university"),
                f"{LEAVERS[:-1]}, or annual_report.csv with the item university.",
            ),
            Item(
                "apprenticeships",
                "Apprenticeships",
                leavers("leavers_17_18_apprenticeship leavers_apprenticeship", "", "apprenticeships", "Apprenticeships", "apprenticeships"),
                f"{LEAVERS[:-1]}, or annual_report.csv with the item apprenticeships.",
            ),
            Item(
                "homes",
                "In touch, and in a suitable home",
                leavers(
                    "leavers_17_18_in_touch leavers_in_touch leavers_17_18_suitable leavers_suitable",
                    "",
                    "homes",
                    "Care leavers in touch and in suitable accommodation",
                ),
                LEAVERS,
            ),
            written("post_16_story"),
        ),
    ),
)
