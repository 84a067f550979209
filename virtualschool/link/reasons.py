"""Why a child has no link, and what to do about it: a fixed list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One reason. `name` is what stands in the table `unlinked`; `words` explain it, `next_step` says what to do."""

    name: str
    words: str
    next_step: str


NO_EDUCATION = Reason("no education file held", "The store holds no pupils at all.", "Build it again with the education files.")
TO_JUDGE = Reason(
    "a person is to judge",
    "One pupil fits, but not surely enough for a link without a person.",
    "Judge the proposal in the review queue.",
)
SEVERAL = Reason(
    "several equally likely",
    "Two pupils fit this child about equally well, or two children in care at the same time fit one pupil.",
    "Judge the proposals in the review queue; see whether one child was returned under two identifiers, or two share a UPN.",
)
PUPIL_TAKEN = Reason(
    "pupil already linked",
    "Another child of the authority, in care at the same time, fits this pupil better.",
    "See whether both children bear the same UPN, and correct the one that is wrong.",
)
SWAPPED = Reason(
    "birth date digits swapped",
    "The UPN or ULN is found with day and month of birth swapped or one digit different, and something else speaks against it.",
    "Compare birth date and sex with the school, and correct what is wrong.",
)
SEX_DIFFERS = Reason(
    "sex differs and birth date nearly",
    "The UPN or ULN is found with nearly this birth date, but another sex.",
    "Compare birth date and sex with the school, and correct what is wrong.",
)
BIRTH_DIFFERS = Reason(
    "birth date differs",
    "The UPN or ULN is found with quite another birth date, so it may be another child's.",
    "Ask the school for the child's UPN, and compare birth dates.",
)
UN1 = Reason("UN1", "Not of school age, and no UPN yet.", "Nothing until the child starts school; then ask the school.")
UN2 = Reason("UN2", "Never at a maintained school in England.", "Ask the present school for a UPN once there is one.")
UN3 = Reason("UN3", "Educated outside England.", "Results come from the school itself, if at all.")
UN4 = Reason("UN4", "New in care in the last week of the year, and the UPN not known then.", "Ask the school for the UPN now.")
UN5 = Reason("UN5", "Sources disagree about the UPN.", "Settle with the school which number is the child's.")
UNDER_AGE = Reason("under school age", "Under 4 at the start of the newest school year held.", "Nothing until the child starts school.")
OVER_AGE = Reason("over school age", "Past year 11 before the first school year held.", "Nothing, unless older files can be had.")
WALES_OR_SCOTLAND = Reason(
    "Wales, Scotland or Northern Ireland",
    "The newest placement is outside England, so the child's school is too, as a rule.",
    "Results come from the school itself, if at all.",
)
ARRIVED = Reason(
    "newly arrived",
    "Came to England unaccompanied in the newest year held, so no school file may have the child yet.",
    "Link it again with the next census; ask the school for the UPN.",
)
INDEPENDENT = Reason(
    "independent or unregistered school",
    "The newest placement is a residential school, and no file held has the child.",
    "Ask the school for results and attendance; independent schools are not in the census.",
)
NOT_HELD = Reason(
    "no education file for the school's authority",
    "The newest placement is in an authority of whose schools no file is held.",
    "Ask that authority, or the Department, for its pupils' files.",
)
NO_UPN = Reason("no UPN", "The return holds no UPN, nor a code that says why.", "Ask the school for the UPN.")
NOT_FOUND = Reason(
    "UPN not among these pupils",
    "No file held has this UPN, and no pupil fits: an independent school, a school outside England, no school, or a number that is wrong.",
    "Find out where the child is at school, and whether that authority's files can be had.",
)

REASONS = (
    NO_EDUCATION,
    TO_JUDGE,
    SEVERAL,
    PUPIL_TAKEN,
    SWAPPED,
    SEX_DIFFERS,
    BIRTH_DIFFERS,
    UN1,
    UN2,
    UN3,
    UN4,
    UN5,
    UNDER_AGE,
    OVER_AGE,
    WALES_OR_SCOTLAND,
    ARRIVED,
    INDEPENDENT,
    NOT_HELD,
    NO_UPN,
    NOT_FOUND,
)
BY_NAME = {reason.name: reason for reason in REASONS}
