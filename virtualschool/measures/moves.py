"""Moves: from one placement to another, and from one school to another."""

from ibis import _

from virtualschool.measures.of_care import events, share

MOVE = "A move is a new placement with other carers within a period of care; temporary stays and changes that keep the carers are none."
UNPLANNED = (
    "Which reasons say that a placement ended before it was meant to is our choice, since no list of DfE's was found: an allegation, a "
    "concern about standards, approval removed, closure or resignation, and an end that the carer or the child asked for. A change of "
    "the care plan is a plan. Custody, an end that the authority asked for, and 'other' (22% of DfE's changes in 2024) do not say which, "
    "and are not counted as unplanned."
)
REASONS = "Codes: DfE, SSDA903 guide, reason for placement change"

placement_moves = events(
    "placement_moves",
    "Placement moves of a child",
    f"Moves from one placement to another in the year, on average over all children looked after in it. {MOVE}",
    _.placement_moves,
    decimals=2,
    cohort="year",
    source="DfE, SSDA903 guide, reason for new episode",
    uncertain=(
        "DfE's own counts of placement changes take in those that keep the carers, and whether they take in temporary stays was not found "
        "stated."
    ),
)
unplanned_moves_of_moves = events(
    "unplanned_moves_of_moves",
    "Moves that were unplanned",
    f"Unplanned moves of the year, of all moves whose reason is known. {MOVE}",
    _.unplanned_moves,
    _.placement_moves_explained > 0,
    denominator=_.placement_moves_explained,
    unit="percent",
    decimals=0,
    cohort="year",
    source=REASONS,
    uncertain=UNPLANNED,
)
unplanned_move_once_or_more = share(
    "unplanned_move_once_or_more",
    "Unplanned move once or more",
    f"Children who had at least one unplanned move in the year, of all looked after in it. {MOVE}",
    _.unplanned_moves > 0,
    cohort="year",
    source=REASONS,
    uncertain=UNPLANNED,
)
school_moved = share(
    "school_moved",
    "Moved school in mid-year",
    "Children looked after on 31 March who moved school at least once between 1 April and 31 March, moves from 1 August to 30 September "
    "and those before the first day in care of the year left out; of those whom the school census has.",
    _.school_moves > 0,
    cohort="march",
    source="DfE, local authority interactive tool, data dictionary, school stability",
    uncertain=(
        "DfE counts a move from no school to a school; here the first school known is no move. DfE drops children whose birth dates differ "
        "between the return and the census; here they count if they are linked."
    ),
)
