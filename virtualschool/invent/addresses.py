"""Which home a school holds of each pupil, right or not, and which homes and placements a return gives."""

import numpy as np

from virtualschool.invent.careers import GONE_TO_OTHERS, Careers
from virtualschool.invent.chance import generator, pick
from virtualschool.invent.england import England
from virtualschool.invent.yeargroup import YearGroup

RATES = {
    "school holds no address": 0.004,
    "school holds an address mistyped": 0.006,
    "family moved in the year: the home before": 0.3,
    "pupil in care: the home from before care": 0.08,
    "pupil in care: the placement before": 0.08,
    "pupil in care: the school's own address": 0.015,
    "pupil in care: any other address": 0.03,
    "return: another home than the last before care": 0.05,
    "return: no home": 0.01,
    "return: placement mistyped": 0.01,
}
"""How a school errs about a child in care stays so for the placement, or in three of ten cases passes with the next census."""
NOT_HELD = -1


def held(made: YearGroup, year: int, when: int, school: np.ndarray) -> np.ndarray:
    """The postcode that a school holds of each pupil on a day, as a position; NOT_HELD where it holds none."""
    place, care = made.place, made.careers
    people = made.people
    rng = generator(place.seed, "addresses", made.group, year)
    late = rng.random(len(people)) < RATES["family moved in the year: the home before"]
    home = np.where((people.moves > 0) & (people.moves + late <= year), people.next_home, people.postcode)
    home[made.others :] = _true(place, care, when, year, school[made.others :])
    n = len(home)
    draw = rng.random(n)
    none, typed = RATES["school holds no address"], RATES["school holds an address mistyped"]
    home = np.where((draw > 1 - typed) & (home >= 0), place.next_postcode(home), home)
    return np.where(draw < none, NOT_HELD, home)


def _true(place: England, care: Careers, when: int, year: int, school: np.ndarray) -> np.ndarray:
    """Where the children of careers live, as their schools know it: with the carers, at home, or with who has them for good."""
    lives = care.home.copy()
    ended = np.flatnonzero(care.ceases <= when)
    last = np.full(len(care), -1)
    np.maximum.at(last, care.child[care.period[ended]], ended)
    stays = np.flatnonzero((last >= 0) & np.isin(care.rec[last], GONE_TO_OTHERS))
    lives[stays] = care.postcode[last[stays]]
    episode = care.open_on(when)
    placed = np.flatnonzero(episode >= 0)
    now = episode[placed]
    lasting = generator(place.seed, "addresses in care", care.group)
    shares = [RATES[name] for name in RATES if name.startswith("pupil in care")]
    wrongs = pick(lasting, len(care.carer), [*shares, 1 - sum(shares)])
    elsewhere = place.postcode_in(lasting, np.maximum(place.postcode_la[care.postcode], 0))
    # The same for all the episodes of a placement: what was drawn for its first.
    first = np.maximum.accumulate(np.where(_begins(care), np.arange(len(care.carer)), 0))
    wrong = wrongs[first[now]]
    passes = generator(place.seed, "addresses put right", care.group, year).random(len(care))[placed] < 0.3
    wrong = np.where(passes, len(shares), wrong)
    before = np.maximum(first[now] - 1, 0)
    same = care.child[care.period[before]] == placed
    lives[placed] = np.select(
        [wrong == 0, (wrong == 1) & same, wrong == 2, wrong == 3],
        [care.home[placed], care.postcode[before], place.school_postcode[np.maximum(school[placed], 0)], elsewhere[first[now]]],
        care.postcode[now],
    )
    return lives


def _begins(care: Careers) -> np.ndarray:
    """Whether each episode is the first of its placement."""
    first = np.ones(len(care.carer), bool)
    first[1:] = (care.period[1:] != care.period[:-1]) | (care.carer[1:] != care.carer[:-1])
    return first


def returned(place: England, care: Careers) -> tuple[np.ndarray, np.ndarray]:
    """The home of each child, and the placement of each episode, as the authority returns them in every year; NOT_HELD where not."""
    rng = generator(place.seed, "addresses returned", care.group)
    draw = rng.random(len(care))
    other = place.postcode_in(rng, care.la)
    home = np.where(draw < RATES["return: another home than the last before care"], other, care.home)
    home = np.where(draw > 1 - RATES["return: no home"], NOT_HELD, home)
    first = np.maximum.accumulate(np.where(_begins(care), np.arange(len(care.carer)), 0))
    draw = rng.random(len(care.carer))[first]
    mistyped = draw > 1 - RATES["return: placement mistyped"]
    return home, np.where(mistyped, place.next_postcode(care.postcode), care.postcode)
