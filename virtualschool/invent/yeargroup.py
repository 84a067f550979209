"""One year group whole: those never looked after and those who are, side by side, with what school and care did to them."""

from dataclasses import dataclass, fields

import numpy as np

from virtualschool.invent import attendance
from virtualschool.invent.attainment import KeyStages, key_stages
from virtualschool.invent.careers import A3, A6, FOSTER, P1, PLACES, Careers
from virtualschool.invent.chance import generator
from virtualschool.invent.england import ALTERNATIVE, SPECIAL, England
from virtualschool.invent.exams import EFFECTS, Exams, progress_8, sit
from virtualschool.invent.people import KS1, KS2, KS4, PLAN, RECEPTION, Pupils, birthday, day, numbers_of, references
from virtualschool.invent.schooling import YEARS, Schooling

AT_HOME_OR_FOSTERED = np.array([code in (*FOSTER, P1, *range(A3, A6 + 1)) for code in range(len(PLACES))])


@dataclass
class YearGroup:
    """The pupils of a year group: first those never in care, then each child of its careers, in their order."""

    place: England
    people: Pupils
    careers: Careers
    schooling: Schooling
    others: int
    """How many are never in care; the rest are the children of `careers`."""

    @property
    def group(self) -> int:
        return self.people.group

    def school(self, year: int) -> np.ndarray:
        """Each pupil's school in a school year; -1 where there is none on record."""
        k = year - self.group - RECEPTION
        mine = self.people.primary if k < 7 else self.people.secondary
        return np.concatenate([np.where(self.people.state, mine, -1)[: self.others], self.schooling.school[:, k]])

    def joined(self, year: int) -> np.ndarray:
        k = year - self.group - RECEPTION
        start = day(self.group + RECEPTION - 1 if k < 7 else self.group + RECEPTION + 6, 9, 1)
        return np.concatenate([np.full(self.others, start), self.schooling.joined[:, k]])

    def earlier_school(self, year: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pupils who changed school between September and January: who, the school before, the share of the year there."""
        k = year - self.group - RECEPTION
        if k < 1:
            return np.zeros(0, int), np.zeros(0, int), np.zeros(0)
        schooled = self.schooling
        opened = day(year - 1, 9, 1)
        who = np.flatnonzero(
            schooled.moved[:, k] & (schooled.joined[:, k] > opened + 7) & (schooled.school[:, k] >= 0) & (schooled.school[:, k - 1] >= 0)
        )
        return who + self.others, schooled.school[who, k - 1], (schooled.joined[who, k] - opened) / 325

    def parts(self) -> tuple[Pupils, Pupils]:
        return cut(self.people, slice(None, self.others)), cut(self.people, slice(self.others, None))

    def numbers(self, year: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """UPN, former UPN, whether there is a former one, and reference, as held in a school year."""
        people = self.people
        upn, former, reference = people.upn.copy(), people.former, people.reference.copy()
        before = people.changed > year
        upn[before] = people.former[before]
        has_former = (people.changed > 0) & ~before
        adopted = np.flatnonzero((self.schooling.adopted_year > 0) & (self.schooling.adopted_year <= year)) + self.others
        if len(adopted):
            reference[adopted] = references(self.group, 850_000 + adopted - self.others, self.place.seed)
            when = self.schooling.adopted_year[adopted - self.others] - 1
            rank = np.arange(len(self.careers))[adopted - self.others]
            upn[adopted] = numbers_of(people.la[adopted], 3000 + self.group % 25 * 35 + rank // 900, when, rank % 900 + 50)
            has_former[adopted] = False
        return upn, former, has_former, reference


def cut(people: Pupils, which) -> Pupils:
    """Some of the pupils."""
    return Pupils(people.group, *[getattr(people, f.name)[which] for f in fields(Pupils)[1:]])


def together(place: England, others: Pupils, cared: Pupils, made: Careers, schooled: Schooling) -> YearGroup:
    people = Pupils(others.group, *[np.concatenate([getattr(others, f.name), getattr(cared, f.name)]) for f in fields(Pupils)[1:]])
    return YearGroup(place, people, made, schooled, len(others))


def care_days(made: Careers, when: int) -> np.ndarray:
    """Days that each child has been looked after up to a day, short breaks out."""
    length = np.clip(np.minimum(made.end, when) - made.start, 0, None) * ~made.respite[made.child]
    return np.bincount(made.child, weights=length, minlength=len(made))


def earlier(whole: YearGroup) -> KeyStages:
    """Key stages 1 and 2 of everyone in the group."""
    others, cared = whole.parts()
    seed, group = whole.place.seed, whole.group
    state = np.stack([others.state, others.state], 1)
    first = key_stages(seed, others, state)
    held = whole.schooling.school[:, [KS1 - RECEPTION, KS2 - RECEPTION]] >= 0
    away = generator(seed, "no tests in care", group).random(len(cared)) < np.where(cared.sen == PLAN, 0.38, 0.13)
    held[:, 1] &= ~away
    second = key_stages(seed, cared, held, care_days(whole.careers, day(group + KS2, 5, 10)) / 365.25)
    return KeyStages(*[np.concatenate([getattr(first, f.name), getattr(second, f.name)]) for f in fields(KeyStages)])


def all_habits(whole: YearGroup) -> tuple[attendance.Habits, attendance.Habits]:
    others, cared = whole.parts()
    made = whole.careers
    return attendance.habits(whole.place.seed, others), attendance.habits(whole.place.seed, cared, made.difficulty, made.unaccompanied)


def exams(whole: YearGroup, before: KeyStages, kept: tuple[attendance.Habits, attendance.Habits]) -> Exams:
    """Results at 16 of everyone in the group, with the effects of care, absence, suspension and school."""
    parts = whole.parts()
    school = whole.school(whole.group + KS4)
    school = np.where(school < 0, whole.people.secondary, school)
    kind = whole.place.school_kind[school]
    spans = (slice(None, whole.others), slice(whole.others, None))
    results = []
    for people, habit, span, cared in zip(parts, kept, spans, (False, True), strict=True):
        shift = _schooling_effect(whole, people, habit, cared) + np.where(kind[span] == SPECIAL, EFFECTS["special school at 16"][0], 0)
        shift += np.where(kind[span] == ALTERNATIVE, EFFECTS["alternative provision at 16"][0], 0)
        if cared:
            shift += _care_effect(whole) + whole.place.quality[people.la] * 8
        results.append(sit(whole.place.seed, people, before.later[span], kind[span], shift, cared))
    sat = Exams(*[np.concatenate([getattr(result, f.name) for result in results]) for f in fields(Exams)[:13]])
    progress_8(whole.people, sat, before, kind)
    return sat


def _schooling_effect(whole: YearGroup, people: Pupils, kept: attendance.Habits, cared: bool) -> np.ndarray:
    seed, group = whole.place.seed, whole.group
    lost = sum(
        attendance.days_lost(attendance.suspensions(seed, year, people, kept, cared), len(people))
        for year in (group + KS4 - 1, group + KS4)
    )
    without = np.minimum(kept.absence * kept.unauthorised * 1.3, 0.45)
    return EFFECTS["unauthorised absence"][0] * without / 0.05 + EFFECTS["fixed-term exclusion"][0] * np.minimum(lost, 45)


def _care_effect(whole: YearGroup) -> np.ndarray:
    made, schooled = whole.careers, whole.schooling
    sixteen = day(whole.group + KS4, 5, 10)
    first = np.ones(len(made.carer), bool)
    first[1:] = (made.period[1:] != made.period[:-1]) | (made.carer[1:] != made.carer[:-1])
    opens = made.rne == 0
    child = made.child[made.period]
    change = first & ~opens & (made.begins > birthday(made.born, 11)[child]) & (made.begins <= sixteen)
    moves = np.bincount(child[change], minlength=len(made))
    school = schooled.school
    late = ((school[:, YEARS - 2] != school[:, YEARS - 3]) & (school[:, YEARS - 3] >= 0)) | (
        (school[:, YEARS - 1] != school[:, YEARS - 2]) & (school[:, YEARS - 2] >= 0)
    )
    open_ = made.open_on(sixteen)
    residential = (open_ >= 0) & ~AT_HOME_OR_FOSTERED[made.placement[open_]]
    years = np.minimum(care_days(made, sixteen) / 365.25, 8)
    return (
        EFFECTS["placement change after 11"][0] * moves
        + EFFECTS["school change in year 10 or 11"][0] * late
        + EFFECTS["residential or other placement at 16"][0] * residential
        + EFFECTS["strengths and difficulties"][0] * made.difficulty
        + EFFECTS["ever in care"][0]
        + EFFECTS["years in care"][0] * years
        + EFFECTS["unaccompanied"][0] * made.unaccompanied
    )
