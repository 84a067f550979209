"""Children in care of an invented England as the models see them, with the effects put in and what each really changed.

The invention is asked for its children directly, without files, and what it used stands in the columns: so the models are tested on
the very numbers that the effects were put on. What an effect changed is told by letting the same children sit again without it.
"""

from dataclasses import dataclass

import numpy as np

from virtualschool.invent import attendance, yeargroup
from virtualschool.invent.attainment import key_stages, nominal
from virtualschool.invent.careers import careers
from virtualschool.invent.chance import generator
from virtualschool.invent.england import ALTERNATIVE, SECONDARY, SPECIAL, england
from virtualschool.invent.exams import EFFECTS, sit
from virtualschool.invent.people import KS1, KS2, KS4, PLAN, RECEPTION, SUPPORT, birthday, day
from virtualschool.invent.schooling import YEARS, schooling
from virtualschool.model.rows import NUMBERS, TEXTS, Rows

PUT_IN = {
    "placement change after 11": "placement change after 11",
    "school change in year 10 or 11": "school change in year 10 or 11",
    "fixed-term exclusion": "fixed-term exclusion",
    "residential or other placement": "residential or other placement at 16",
    "special school": "special school at 16",
    "alternative provision": "alternative provision at 16",
}
"""Our factors that stand for one effect each, measured as it was put in."""


@dataclass
class Invented:
    """Rows of every year, and for each factor how much it changed the result of each child who has it."""

    rows: Rows
    changed: dict[str, np.ndarray]


def invented(size: str, years, seed: int = 1) -> Invented:
    """The children looked after for twelve months who sat, in these years."""
    place = england(size, seed)
    parts = [of_year(place, year) for year in years]
    columns = {name: np.concatenate([part.rows[name] for part in parts]) for name in (*TEXTS, *NUMBERS)}
    changed = {name: np.concatenate([part.changed[name] for part in parts]) for name in PUT_IN}
    return Invented(Rows(columns, np.concatenate([part.rows.result for part in parts])), changed)


def of_year(place, year: int) -> Invented:
    group = year - KS4
    made = careers(place, group)
    people, schooled = schooling(place, made)
    n = len(people)
    held = schooled.school[:, [KS1 - RECEPTION, KS2 - RECEPTION]] >= 0
    away = generator(place.seed, "no tests in care", group).random(n) < np.where(people.sen == PLAN, 0.38, 0.13)
    held[:, 1] &= ~away
    before = key_stages(place.seed, people, held, yeargroup.care_days(made, day(group + KS2, 5, 10)) / 365.25)
    kept = attendance.habits(place.seed, people, made.difficulty, made.unaccompanied)
    school = np.where(schooled.school[:, -1] < 0, people.secondary, schooled.school[:, -1])
    kind = place.school_kind[school]
    put = factors(place, made, people, schooled, kept, kind, group)
    shift = EFFECTS["ever in care"][0] + place.quality[people.la] * 8
    shift = shift + sum(EFFECTS[name][0] * numbers for name, numbers in put.items())
    result = sit(place.seed, people, before.later, kind, shift, True).total / 100
    changed = {}
    for ours, theirs in PUT_IN.items():
        has = put[theirs] > 0
        without = shift - np.where(has, EFFECTS[theirs][0], 0.0)
        at = np.where(has, SECONDARY, kind) if theirs in ("special school at 16", "alternative provision at 16") else kind
        again = sit(place.seed, people, before.later, at, without, True).total / 100
        changed[ours] = np.where(has, result - again, np.nan)
    counts = (made.all_year(year) >= 0) & (schooled.school[:, -1] >= 0)
    rows = as_rows(made, people, before, put, kind, year)
    return Invented(
        Rows({name: values[counts] for name, values in rows.items()}, result[counts]),
        {name: values[counts] for name, values in changed.items()},
    )


def factors(place, made, people, schooled, kept, kind, group) -> dict[str, np.ndarray]:
    """What the invention puts its effects on, by the names of EFFECTS."""
    sixteen = day(group + KS4, 5, 10)
    lost = sum(
        attendance.days_lost(attendance.suspensions(place.seed, year, people, kept, True), len(people))
        for year in (group + KS4 - 1, group + KS4)
    )
    first = np.ones(len(made.carer), bool)
    first[1:] = (made.period[1:] != made.period[:-1]) | (made.carer[1:] != made.carer[:-1])
    child = made.child[made.period]
    change = first & (made.rne != 0) & (made.begins > birthday(made.born, 11)[child]) & (made.begins <= sixteen)
    school = schooled.school
    late = ((school[:, YEARS - 2] != school[:, YEARS - 3]) & (school[:, YEARS - 3] >= 0)) | (
        (school[:, YEARS - 1] != school[:, YEARS - 2]) & (school[:, YEARS - 2] >= 0)
    )
    open_ = made.open_on(sixteen)
    return {
        "placement change after 11": np.bincount(child[change], minlength=len(made)),
        "school change in year 10 or 11": late.astype(float),
        "unauthorised absence": np.minimum(kept.absence * kept.unauthorised * 1.3, 0.45) / 0.05,
        "fixed-term exclusion": np.minimum(lost, 45),
        "residential or other placement at 16": ((open_ >= 0) & ~yeargroup.AT_HOME_OR_FOSTERED[made.placement[open_]]).astype(float),
        "special school at 16": (kind == SPECIAL).astype(float),
        "alternative provision at 16": (kind == ALTERNATIVE).astype(float),
        "strengths and difficulties": made.difficulty,
        "years in care": np.minimum(yeargroup.care_days(made, sixteen) / 365.25, 8),
        "unaccompanied": made.unaccompanied.astype(float),
    }


def as_rows(made, people, before, put, kind, year) -> dict[str, np.ndarray]:
    """The columns that `model.rows` would give."""
    n = len(people)
    read, maths = nominal(before.read), nominal(before.maths)
    prior = np.where(np.isnan(read), maths, np.where(np.isnan(maths), read, (read + maths) / 2))
    texts = {name: np.full(n, "", dtype="<U24") for name in TEXTS}
    numbers = {name: np.full(n, np.nan) for name in NUMBERS}
    texts |= {
        "la": np.array([f"V{la:02d}" for la in people.la]),
        "child": np.array([str(number) for number in range(n)]),
        "sex": np.where(people.male, "male", "female"),
        "sen": np.select([people.sen == PLAN, people.sen == SUPPORT], ["EHCP", "support"], "none"),
        "school_type": np.select([kind == SPECIAL, kind == ALTERNATIVE], ["special", "alternative provision"], "mainstream"),
        "ethnic_group": np.full(n, "White"),
        "placement_type": np.where(put["residential or other placement at 16"] > 0, "children's home", "foster"),
        "entered": np.full(n, "before"),
    }
    numbers |= {
        "year": np.full(n, float(year)),
        "unaccompanied": put["unaccompanied"],
        "sdq_score": 7 * put["strengths and difficulties"],
        "years_in_care": put["years in care"],
        "ks2_prior": np.where(before.taken, prior, np.nan),
        "moves_after_11": put["placement change after 11"].astype(float),
        "school_changed": put["school change in year 10 or 11"],
        "unauthorised": 0.05 * put["unauthorised absence"],
        "days_lost": np.asarray(put["fixed-term exclusion"], float),
    }
    return texts | numbers
