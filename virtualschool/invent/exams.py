"""Results at the end of key stage 4, subject by subject, and what DfE makes of them: Attainment 8, Progress 8 and the rest."""

from dataclasses import dataclass, field
from functools import cache

import numpy as np

from virtualschool.invent.attainment import KeyStages, against_group, nominal
from virtualschool.invent.chance import generator
from virtualschool.invent.england import ALTERNATIVE, INDEPENDENT, SECONDARY, SPECIAL
from virtualschool.invent.people import KS2, KS4, Pupils

GCSE, DOUBLE, TECHNICAL = range(3)


@dataclass(frozen=True)
class Subject:
    """A subject: name, code, kind, how much easier than most, who takes it (share, and the grade at which half of those do)."""

    name: str
    code: str
    kind: int = GCSE
    ease: float = 0.0
    share: float = 0.0
    half_at: float = 0.6


SUBJECTS = (
    Subject("English language", "5030", ease=0.05, share=0.985),
    Subject("English literature", "5110", ease=0.10, share=0.975, half_at=0.75),
    Subject("Mathematics", "2210", ease=-0.15, share=0.99, half_at=0.5),
    Subject("Combined science", "1370", DOUBLE, ease=-0.25),
    Subject("Biology", "1010", ease=-0.15),
    Subject("Chemistry", "1110", ease=-0.2),
    Subject("Physics", "1210", ease=-0.2),
    Subject("Computer science", "2610", ease=-0.3, share=0.13, half_at=3.2),
    Subject("History", "4010", ease=-0.25, share=0.54, half_at=2.2),
    Subject("Geography", "3910", ease=-0.2, share=0.50, half_at=2.0),
    Subject("French", "5650", ease=-0.1, share=0.37, half_at=2.8),
    Subject("Spanish", "5750", ease=-0.1, share=0.35, half_at=2.7),
    Subject("German", "5670", ease=-0.1, share=0.09, half_at=2.8),
    Subject("Religious studies", "4610", ease=0.0, share=0.44, half_at=1.8),
    Subject("Art and design", "3510", ease=0.2, share=0.36, half_at=1.2),
    Subject("Physical education", "7210", ease=0.05, share=0.14, half_at=2.2),
    Subject("Business", "3210", ease=-0.1, share=0.22, half_at=2.4),
    Subject("Drama", "5210", ease=0.15, share=0.09, half_at=2.2),
    Subject("Design and technology", "9080", ease=-0.1, share=0.14, half_at=2.0),
    Subject("Food preparation and nutrition", "3320", ease=0.0, share=0.09, half_at=1.6),
    Subject("Sport", "7220", TECHNICAL, ease=0.4, share=0.15, half_at=1.0),
    Subject("Health and social care", "1300", TECHNICAL, ease=0.4, share=0.16, half_at=1.0),
    Subject("Information technologies", "2650", TECHNICAL, ease=0.3, share=0.15, half_at=1.3),
)
NAMES = [subject.name for subject in SUBJECTS]
LANGUAGE, LITERATURE, MATHS, COMBINED, BIOLOGY, CHEMISTRY, PHYSICS, COMPUTING, HISTORY, GEOGRAPHY, FRENCH, SPANISH, GERMAN = range(13)
SCIENCES = [BIOLOGY, CHEMISTRY, PHYSICS, COMPUTING]
EBACC_SINGLE = [BIOLOGY, CHEMISTRY, PHYSICS, COMPUTING, HISTORY, GEOGRAPHY, FRENCH, SPANISH, GERMAN]
OTHERS = list(range(13, len(SUBJECTS)))
QUALIFICATIONS = ("GCSE (9-1) Full Course", "GCSE (9-1) Full Course (Double Award)", "BTEC Technical Award L1/2 - Band C - P-D*")
LETTERED = "GCSE Full Course"
TECHNICAL_GRADES = ("U", "P1", "M1", "D1", "P2", "M2", "D2", "*2")
TECHNICAL_POINTS = (0, 125, 200, 300, 400, 550, 700, 850)
LETTER_GRADES = ("U", "G", "F", "E", "D", "C", "B", "A", "A*")
LETTER_POINTS = {2016: (0, 100, 200, 300, 400, 500, 600, 700, 800), 2017: (0, 100, 150, 200, 300, 400, 550, 700, 850)}
"""Points of A* to G in hundredths, in 2016 and after. Source: DfE performance points."""
NOT_ENTERED = -1

EFFECTS = {
    "placement change after 11": (-1 / 3, "each"),
    "school change in year 10 or 11": (-5.0, "any"),
    "unauthorised absence": (-2.0, "each 5% of possible sessions"),
    "fixed-term exclusion": (-1 / 6, "each day in years 10 and 11"),
    "residential or other placement at 16": (-6.0, "against foster, kinship or home"),
    "special school at 16": (-14.0, "against mainstream"),
    "alternative provision at 16": (-10.0, "against mainstream; our choice"),
    "strengths and difficulties": (-1.2, "each standard deviation; our choice"),
    "ever in care": (-8.6, "against all others; our choice, the decline of children in need in secondary school"),
    "years in care": (0.35, "each year to eight; our choice, direction only is known"),
    "unaccompanied": (-5.0, "against others in care; our choice"),
}
"""Effects on the total of a pupil's grades over eight subjects. The first six are the sizes found by the Rees Centre and
Bristol studies (Sebba and others 2015, The Educational Progress of Looked After Children in England, key findings)."""
EIGHT = 8.0

GROUP_LOWS = (
    59, 82.5, 86.5, 88, 89.5, 91, 92.5, *(93.5 + step for step in range(27)),
)  # fmt: skip
"""Lowest average scaled score of each of the 34 groups of 2022 to 2024. Source: DfE, key stage 4 ready reckoners."""
FINE_LOWS = (0.0, 2.0, 2.5, 2.8, *(round(2.9 + step / 10, 1) for step in range(30)))
"""Lowest key stage 2 fine level of each of the 34 groups of 2016 to 2019."""


@dataclass
class Exams:
    """Grades by pupil and subject (-1: not entered), and the figures of each pupil. Points are in hundredths."""

    grade: np.ndarray
    points: np.ndarray
    early: np.ndarray
    """Pupils who sat mathematics early; the first result counts."""
    again: np.ndarray
    """Their later grade, which is discounted."""
    english: np.ndarray
    maths: np.ndarray
    ebacc: np.ndarray
    open: np.ndarray
    entered_ebacc: np.ndarray
    ebacc_aps: np.ndarray
    pass_4: np.ndarray
    pass_5: np.ndarray
    prior: np.ndarray
    progress: np.ndarray = field(default_factory=lambda: np.zeros(0))
    progress_raw: np.ndarray = field(default_factory=lambda: np.zeros(0))
    in_model: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    in_calculation: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    elements: np.ndarray = field(default_factory=lambda: np.zeros((0, 4)))
    """Progress 8 of each element, a column for each: the points less the group's mean, by slot; no floor."""

    @property
    def total(self) -> np.ndarray:
        return self.english + self.maths + self.ebacc + self.open


def lettered(subject: int, year: int) -> bool:
    """Whether a GCSE is still graded A* to G."""
    if year <= 2016:
        return True
    if year == 2017:
        return subject > MATHS
    return year == 2018 and SUBJECTS[subject].name in {"Business", "Design and technology"}


def sit(seed: int, people: Pupils, later: np.ndarray, kind: np.ndarray, shift: np.ndarray, cared: bool) -> Exams:
    """Entries and grades. `shift` is the change in the total of eight grades that a pupil's history brings."""
    year = people.group + KS4
    rng = generator(seed, "exams in care" if cared else "exams", people.group)
    n = len(people)
    level = 4.77 + 1.72 * (0.84 * later + 0.50 * rng.normal(0, 1, n)) + shift / EIGHT + 0.18 * ~people.male
    level = level + {2020: 0.45, 2021: 0.55, 2022: 0.25}.get(year, 0.0)
    level = np.where(kind == INDEPENDENT, level + 0.9, level)
    grade = np.full((n, len(SUBJECTS)), NOT_ENTERED, np.int8)
    triple = (rng.random(n) < 1 / (1 + np.exp(-(level - 6.2) / 0.9))) & (level > 3)
    sits_science = rng.random(n) < 1 / (1 + np.exp(-(level - 0.9) / 0.5))
    stays = rng.random(n) < np.where(kind == SPECIAL, 0.20, np.where(kind == ALTERNATIVE, 0.55, 1.0))
    for number, subject in enumerate(SUBJECTS):
        if number == COMBINED:
            sits = sits_science & ~triple & stays
        elif number in (BIOLOGY, CHEMISTRY, PHYSICS):
            sits = sits_science & triple & stays
        else:
            sits = (rng.random(n) < subject.share / (1 + np.exp(-(level - subject.half_at) / 0.55))) & stays
            if number in OTHERS:
                sits &= (kind != ALTERNATIVE) | (rng.random(n) < 0.3)
        mark = level + subject.ease + rng.normal(0, 0.95, n)
        if subject.kind == DOUBLE:
            got = np.clip(np.round(2 * mark), 0, 18)
            got = np.where(got < 2, 0, got)
        elif subject.kind == TECHNICAL:
            got = np.searchsorted(np.array([0.2, 1.2, 2.0, 2.9, 4.3, 5.6, 7.2]), mark).astype(float)
        elif lettered(number, year):
            got = np.clip(np.round(mark * 0.9 + 0.6), 0, 8)
        else:
            got = np.clip(np.round(mark), 0, 9)
        grade[:, number] = np.where(sits, got, NOT_ENTERED)
    early = (rng.random(n) < 0.012) & (grade[:, MATHS] >= 0)
    again = np.clip(grade[:, MATHS] + rng.integers(0, 3, n), 0, 8 if lettered(MATHS, year) else 9)
    return _figures(people, year, grade, early, again)


@cache
def scales(year: int) -> np.ndarray:
    """Points in hundredths: a row for each subject, a column for each grade from the lowest; the last column is no entry, -1.

    A double award holds its points for each of two slots.
    """
    table = np.full((len(SUBJECTS), 20), -1, np.int16)
    for number, subject in enumerate(SUBJECTS):
        letters = LETTER_POINTS[min(year, 2017)] if year > 2015 else ()
        if subject.kind == DOUBLE:
            scale = [letters[min(step // 2, 8)] if lettered(number, year) else 50 * step for step in range(19)]
        elif subject.kind == TECHNICAL:
            scale = list(TECHNICAL_POINTS)
        else:
            scale = list(letters) if lettered(number, year) else [100 * step for step in range(10)]
        table[number, : len(scale)] = scale
    return table


def points_of(grade: np.ndarray, year: int) -> np.ndarray:
    """Points of each grade, pupil by subject."""
    return scales(year)[np.arange(len(SUBJECTS)), grade]


def _figures(people, year, grade, early, again):
    points = points_of(grade, year)
    took = grade >= 0
    scored = np.maximum(points, 0).astype(np.int32)
    language, literature = scored[:, LANGUAGE], scored[:, LITERATURE]
    both = took[:, LANGUAGE] & took[:, LITERATURE]
    best = np.maximum(language, literature)
    english = np.where(both, 2, 1) * best
    spare = np.where(both, np.minimum(language, literature), 0)
    maths = 2 * scored[:, MATHS]
    sorted_ebacc = -np.sort(-np.concatenate([scored[:, [COMBINED, COMBINED]], scored[:, EBACC_SINGLE]], 1), axis=1)
    ebacc = sorted_ebacc[:, :3].sum(1)
    pool = np.concatenate([sorted_ebacc[:, 3:6], spare[:, None], scored[:, OTHERS]], 1)
    open_ = -np.partition(-pool, 2, axis=1)[:, :3].sum(1)
    science = took[:, COMBINED] | (took[:, SCIENCES].sum(1) >= 3)
    humanity = took[:, HISTORY] | took[:, GEOGRAPHY]
    language_other = took[:, [FRENCH, SPANISH, GERMAN]].any(1)
    entered = both & took[:, MATHS] & science & humanity & language_other
    singles = -np.sort(-scored[:, SCIENCES], axis=1)[:, :2].sum(1) * (took[:, SCIENCES].sum(1) >= 3)
    two = np.maximum(2 * scored[:, COMBINED], singles)
    other = np.maximum(scored[:, HISTORY], scored[:, GEOGRAPHY]) + scored[:, [FRENCH, SPANISH, GERMAN]].max(1)
    aps = (np.where(both, best, 0) + scored[:, MATHS] + two + other) / 600
    c = 500 if year <= 2016 else 400
    pass_4 = (best >= c) & (scored[:, MATHS] >= c)
    pass_5 = (best >= 500) & (scored[:, MATHS] >= 500)
    return Exams(grade, points, early, again, english, maths, ebacc, open_, entered, aps, pass_4, pass_5, np.zeros(0))


def achieved_ebacc(sat: Exams, mark: int) -> np.ndarray:
    """Who has `mark` (hundredths) in English and mathematics, and grade 4 or C in the other pillars of the EBacc."""
    took, scored = sat.grade >= 0, np.maximum(sat.points, 0)
    both = took[:, LANGUAGE] & took[:, LITERATURE]
    main = (np.maximum(scored[:, LANGUAGE], scored[:, LITERATURE]) >= mark) & (scored[:, MATHS] >= mark)
    singles = (took[:, SCIENCES].sum(1) >= 3) & ((scored[:, SCIENCES] >= 400).sum(1) >= 2)
    science = (scored[:, COMBINED] >= 400) | singles
    humanity = np.maximum(scored[:, HISTORY], scored[:, GEOGRAPHY]) >= 400
    return both & main & science & humanity & (scored[:, [FRENCH, SPANISH, GERMAN]].max(1) >= 400)


def progress_8(people: Pupils, sat: Exams, earlier: KeyStages, kind: np.ndarray) -> None:
    """Fill in the prior attainment and Progress 8: Attainment 8 less the mean of mainstream pupils with the same prior, over 10."""
    year = people.group + KS4
    read, maths = nominal(earlier.read), nominal(earlier.maths)
    prior = np.where(np.isnan(read), maths, np.where(np.isnan(maths), read, (read + maths) / 2))
    prior = np.where(earlier.taken, prior, np.nan)
    if people.group + KS2 < 2016:
        prior = np.round(np.clip(4.5 + (prior - 103) * 0.068, 1.5, 5.9), 1)
    if people.group + KS2 in (2020, 2021):
        prior = np.full(len(people), np.nan)
    sat.prior = prior
    lows = np.array(FINE_LOWS if year <= 2021 else GROUP_LOWS)
    group = np.where(np.isnan(prior), -1, np.searchsorted(lows, np.nan_to_num(prior) + 1e-9, side="right") - 1)
    sat.in_model = (kind == SECONDARY) & (group >= 0)
    sat.in_calculation = np.isin(kind, (SECONDARY, SPECIAL, ALTERNATIVE)) & (group >= 0)
    if year not in (2016, 2017, 2018, 2019, 2022, 2023, 2024):
        sat.in_model, sat.in_calculation = np.zeros_like(sat.in_model), np.zeros_like(sat.in_calculation)
    elements = ((sat.english, 2.0), (sat.maths, 2.0), (sat.ebacc, 3.0), (sat.open, 3.0))
    scores = [against_group(points / 100, group, sat.in_model, sat.in_calculation, slots, False)[0] for points, slots in elements]
    sat.elements = np.stack(scores, 1)
    total = sat.total / 100
    sat.progress_raw, sat.progress = against_group(total, group, sat.in_model, sat.in_calculation, 10.0, year >= 2018)
