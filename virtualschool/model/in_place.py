"""What stands in the place of each measure of progress in the years that have none: names, words and the starting points it may use."""

from dataclasses import dataclass

from virtualschool import measures


@dataclass(frozen=True)
class StandIn:
    """What stands in the place of a measure of progress in the years that have none."""

    instead_of: str
    name: str
    title: str
    measure: str
    score: str
    """The column of results."""
    at: str
    starts: tuple[str, ...]
    unit: str = "points"
    decimals: int = 1

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which there is no progress."""
        return tuple(sorted(measures.named(self.instead_of).missing_years))


STAND_INS = {
    stand_in.instead_of: stand_in
    for stand_in in (
        StandIn(
            "progress_8",
            "attainment_8_against_expected",
            "Attainment 8 against expected",
            "attainment_8",
            "attainment_8",
            "at_ks4",
            ("ks2", "ks1", "teacher", "phonics", "early"),
        ),
        StandIn(
            "ks2_reading_progress",
            "ks2_reading_against_expected",
            "Key stage 2 reading score against expected",
            "ks2_reading",
            "ks2_read_score",
            "at_ks2",
            ("ks1", "phonics", "early"),
        ),
        StandIn(
            "ks2_maths_progress",
            "ks2_maths_against_expected",
            "Key stage 2 mathematics score against expected",
            "ks2_maths",
            "ks2_maths_score",
            "at_ks2",
            ("ks1", "phonics", "early"),
        ),
    )
}


WHOLE_OF = {f"progress_8_{element}": "progress_8" for element in ("english", "maths", "ebacc", "open")}
"""Of each element the whole that it is a part of. What stands in is worked out for the whole alone: our choice."""
NONE_FOR = {"ks2_writing_progress": "Nothing stands in its place: writing has a teacher's assessment and no score."}


def offer(measure: str, year: int) -> str:
    """What is said beside a measure of progress in a year that has none: what can be had in its place, or why nothing can."""
    found = STAND_INS.get(WHOLE_OF.get(measure, measure))
    if not found or year not in found.years:
        return NONE_FOR.get(measure, "") if year in measures.named(measure).missing_years else ""
    had = f"{found.title}, in {found.unit}, can be had in its place, and is not the same: virtualschool stand-in."
    return f"An element has no stand-in; of the whole, {had}" if measure in WHOLE_OF else had
