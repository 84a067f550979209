"""Who of an authority's people comes into care in a trial, when, where they are placed, and how care ends.

Brothers and sisters often come together, and about as often live together as apart. Placements are mostly near; homes share
their postcode among the children in them. Of each child there are at most `MOST` placements, then one more place: where the
child lives when care has ended.
"""

from dataclasses import dataclass

import numpy as np

from virtualschool.invent.chance import pick, pick_each
from virtualschool.invent.people import day
from virtualschool.invent.trial.people import NEVER, YEAR_DAYS, People, placed, start_of
from virtualschool.invent.trial.places import WALES, Places

MOST = 8
CODES = ("U6", "U4", "U1", "U3", "P1", "K2", "H5", "A5", "A6")
U6, U4, U1, U3, P1, K2, H5, A5, A6 = range(9)
BY_AGE = np.array(
    [
        [70, 6, 6, 12, 6, 0, 0, 0, 0],
        [50, 20, 9, 10, 6, 5, 0, 0, 0],
        [35, 22, 6, 6, 6, 22, 3, 0, 0],
        [18, 12, 3, 3, 4, 20, 40, 0, 0],
    ],
    float,
)
"""Shares of placements at under 5, to 9, to 15 and from 16."""
HOW_FAR = {P1: (0, 1, 0, 0), K2: (0.05, 0.4, 0.3, 0.25), H5: (0.1, 0.7, 0.12, 0.08), U1: (0.35, 0.42, 0.13, 0.10)}
FOSTER_FAR = (0.27, 0.35, 0.27, 0.11)
OPEN, GROWN, HOME, GUARDIAN, ARRANGED, ADOPTED, OTHER = range(7)
ENDINGS = ("", "E17", "E4A", "E45", "E41", "E12", "E8")
TOGETHER, ENTER_TOGETHER = 0.6, 0.85
UNACCOMPANIED = 0.055
TRANSFERRED, RETURNED = 0.02, 0.05
ABSENT_UNACCOMPANIED = 0.3


@dataclass
class Care:
    """Children in care, in arrays of one length; `date`, `code` and `post` have a column a placement, the last for afterwards."""

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    """NEVER while care goes on."""
    ending: np.ndarray
    home: np.ndarray
    date: np.ndarray
    """NEVER where there is no such placement."""
    code: np.ndarray
    post: np.ndarray
    cut: np.ndarray
    """The placement with which another authority took over, or 0."""
    other_la: np.ndarray
    gap: np.ndarray
    """The placement that began a second time in care, or 0."""
    gap_days: np.ndarray

    def __len__(self) -> int:
        return len(self.person)

    def at(self, when: np.ndarray, events: "np.ndarray | None" = None) -> np.ndarray:
        """The column of `date` (or of other days of that shape) that is the latest on a day; -1 before all."""
        days = self.date if events is None else events
        begun = np.where(days <= np.broadcast_to(when, (len(self),))[:, None], days, -NEVER)
        return np.where(begun.max(1) > -NEVER, begun.argmax(1), -1)


def chosen(rng: np.random.Generator, who: People, seen: np.ndarray, count: int, absent: float, years: tuple[int, ...]) -> np.ndarray:
    """The people who come into care: whole families more than by chance, the poor more than others.

    `absent` is the share who are on no census: too young or too old for school, away from state schools, not there yet.
    """
    end = day(years[-1], 3, 31)
    n = len(who)
    strangers = np.flatnonzero(who.unaccompanied)
    known = seen & ~who.unaccompanied
    unseen = ~seen & ~who.unaccompanied & (who.born < end - 30) & (who.left >= NEVER)
    age = years[0] - who.group
    weight = np.where(who.poor, 5.0, 1.0) * np.where(who.sen == 2, 3.0, np.where(who.sen == 1, 1.6, 1.0)) * (who.left >= NEVER)
    rest = count - len(strangers)
    away = max(0, round(count * absent) - int((~seen[strangers]).sum()))
    first = np.flatnonzero(known)
    pace = rng.exponential(1, n) / np.maximum(weight, 1e-9)
    anchors = first[np.argsort(pace[first], kind="stable")[: round((rest - away) * 0.62)]]
    of_family = np.zeros(len(who.homes), bool)
    of_family[who.family[anchors]] = True
    picked = np.zeros(n, bool)
    picked[anchors] = True
    with_them = of_family[who.family] & (rng.random(n) < 0.62)
    brothers = rng.permutation(np.flatnonzero(known & with_them & ~picked))[: rest - away - len(anchors)]
    picked[brothers] = True
    more = first[np.argsort(pace[first], kind="stable")]
    more = more[~picked[more]][: rest - away - int(picked.sum())]
    # Of those on no census: a third too young, a quarter too old, the rest of school age.
    kind = np.where(age + len(years) - 1 < 5, 0, np.where(age > 16, 1, 2))
    off = np.flatnonzero(unseen)
    shares = np.array([0.30, 0.25, 0.45])
    sizes = np.maximum(np.bincount(kind[off], minlength=3), 1)
    order = np.argsort(pace[off] / (np.where(of_family[who.family[off]], 6, 1) * shares[kind[off]] / sizes[kind[off]]), kind="stable")
    return np.sort(np.concatenate([strangers, anchors, brothers, more, off[order[:away]]]))


def careers(
    rng: np.random.Generator, place: Places, la: int, who: People, person: np.ndarray, seen: np.ndarray, returning: int, years
) -> Care:
    """What becomes of the children chosen; `returning` is how many authorities make returns, `seen` who is on a census."""
    n = len(person)
    first_day, last_day = day(years[0] - 1, 4, 1), day(years[-1], 3, 31)
    family = who.family[person]
    leader = np.searchsorted(family[np.argsort(family, kind="stable")], family)
    leader = np.argsort(family, kind="stable")[leader]
    enter = np.where(rng.random(n) < ENTER_TOGETHER, leader, np.arange(n))
    born = who.born[person]
    grown = born + int(18 * YEAR_DAYS)
    low, high = np.maximum(first_day, born + 3), np.minimum(last_day, grown - 3)
    # Who is on a census was in care at school age, if not only then.
    low = np.where(seen[person], np.maximum(low, start_of(who.group[person] + 4)), low)
    present = low + (rng.random(n)[enter] * (high - low)).astype(np.int64)
    elapsed = (rng.exponential(2.4 * YEAR_DAYS, n)[enter]).astype(np.int64)
    start = np.maximum(present - elapsed, born + rng.integers(0, 40, n))
    stranger = who.unaccompanied[person]
    start = np.where(stranger, who.arrived[person], np.minimum(start, high))
    stays = rng.exponential(2.1 * YEAR_DAYS, n)[enter].astype(np.int64)
    end = np.minimum(np.where(stranger, grown, np.maximum(present, start) + stays + 5), grown)
    years_old = (start - born) / YEAR_DAYS
    kinds = np.array([[0, 0, 42, 18, 6, 24, 10], [0, 0, 56, 20, 8, 4, 12], [0, 0, 60, 12, 6, 0.3, 22]], float)
    ending = pick_each(rng, np.searchsorted((5, 10), years_old), kinds)
    ending = np.where(end >= grown, GROWN, np.where(end > last_day, OPEN, ending))
    end = np.where(ending == OPEN, NEVER, end)
    end = np.where((ending == ADOPTED) & (end - start < 300), np.minimum(start + 300 + rng.integers(0, 200, n), grown), end)
    ending, end = np.where(end > last_day, OPEN, ending), np.where(end > last_day, NEVER, end)
    column = np.clip(np.searchsorted(np.array([day(year, 1, 1) for year in years]), start, side="right"), 0, len(years))
    home = who.homes[family, column]
    care = Care(
        person, start, end, ending, home, np.full((n, MOST + 1), NEVER), np.zeros((n, MOST + 1), np.int64),
        np.zeros((n, MOST + 1), np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64),
    )  # fmt: skip
    _placements(rng, place, la, who, care, np.where(rng.random(n) < TOGETHER, leader, np.arange(n)))
    _afterwards(rng, place, la, who, care)
    if returning > 1:
        over = (care.date[:, 1] < NEVER) & (care.date[:, 1] < last_day - 60) & (care.ending != ADOPTED)
        over &= rng.random(n) < np.where(stranger, 4, 1) * TRANSFERRED
        placements = (care.date[:, :MOST] < NEVER).sum(1)
        care.cut = np.where(over, 1 + (rng.random(n) * (placements - 1)).astype(np.int64), 0)
        care.other_la = (la + 1 + rng.integers(0, returning - 1, n)) % returning
    spell = np.diff(care.date[:, :3].clip(max=last_day), axis=1)
    back = (care.date[:, 1] < NEVER) & (spell[:, 0] > 150) & (care.cut == 0) & ~stranger & (rng.random(n) < RETURNED * 2)
    care.gap = np.where(back, 1, 0)
    care.gap_days = np.where(back, (spell[:, 0] * rng.uniform(0.2, 0.6, n)).astype(np.int64), 0)
    return care


def _placements(rng, place, la, who, care, with_whom):
    """Days, kinds and postcodes; those who live together have what their leader has, while their stays coincide."""
    n = len(care)
    gaps = np.concatenate([rng.exponential(150, (n, 1)) + 4, rng.exponential(1.9 * YEAR_DAYS, (n, MOST - 1)) + 20], 1)[with_whom]
    begins = care.start[:, None] + np.concatenate([np.zeros((n, 1)), np.cumsum(gaps, 1)[:, : MOST - 1]], 1).astype(np.int64)
    there = begins < np.minimum(care.end, day(2100, 1, 1))[:, None]
    there[:, 0] = True
    draws = rng.random((6, n, MOST))[:, with_whom]
    born = who.born[care.person]
    for k in range(MOST):
        age = np.searchsorted((5, 10, 16), (begins[:, k] - born) / YEAR_DAYS)
        steps = np.cumsum(BY_AGE[age], 1) / BY_AGE[age].sum(1)[:, None]
        code = (draws[0, :, k][:, None] >= steps[:, :-1]).sum(1)
        # In the first days nobody is with a carer for good.
        code = np.where((k == 0) & (code == U4), U6, code)
        far = np.array([HOW_FAR.get(kind, HOW_FAR[U1] if kind == U3 else FOSTER_FAR) for kind in range(len(CODES))])
        how = (draws[1, :, k][:, None] >= np.cumsum(far[code], 1)[:, :-1]).sum(1)
        post = placed(place, la, care.home, how, draws[2, :, k], draws[3, :, k])
        near = place.near_authorities[la, (draws[2, :, k] * place.near_authorities.shape[1]).astype(np.int64)]
        anywhere = np.searchsorted(np.cumsum(place.share), draws[2, :, k] * 0.999999)
        of_la = np.select([how <= 1, how == 2], [np.full(n, la), near], anywhere)
        shared = place.homes[place.first_home[of_la] + (draws[4, :, k] * place.homes_of[of_la]).astype(np.int64)]
        post = np.where((code == K2) | ((code == H5) & (draws[5, :, k] < 0.5)), shared, post)
        post = np.where(code == P1, care.home, post)
        wales = (draws[5, :, k] > 0.985) & (how >= 2)
        post = np.where(wales, len(place.sector) - 1 - (draws[4, :, k] * 99).astype(np.int64), post)
        care.date[:, k], care.code[:, k], care.post[:, k] = np.where(there[:, k], begins[:, k], NEVER), code, post
    adopted = np.flatnonzero(care.ending == ADOPTED)
    # The last months are with the adopters.
    settle = care.end[adopted] - rng.integers(120, 280, len(adopted))
    settle = np.maximum(settle, care.start[adopted] + 10)
    for row, when in zip(adopted.tolist(), settle.tolist(), strict=True):
        last = int((care.date[row, :MOST] < when).sum())
        last = min(last, MOST - 1)
        care.date[row, last:MOST] = NEVER
        care.date[row, last] = when
        care.code[row, last] = A6
    care.post[adopted, (care.date[adopted, :MOST] < NEVER).sum(1) - 1] = placed(
        place, la, care.home[adopted], pick(rng, len(adopted), (0, 0.3, 0.4, 0.3)), rng.random(len(adopted)), rng.random(len(adopted))
    )


def _afterwards(rng, place, la, who, care):
    """Where a child lives once care has ended: at home with the family, with the guardians, or on their own."""
    ended = care.end < NEVER
    care.date[:, MOST] = care.end
    last = np.maximum((care.date[:, :MOST] < NEVER).sum(1) - 1, 0)
    stays = np.isin(care.ending, (GUARDIAN, ARRANGED, ADOPTED, GROWN))
    family = who.homes[who.family[care.person], -1]
    care.post[:, MOST] = np.where(stays & ended, care.post[np.arange(len(care)), last], family)


def in_wales(place: Places, post: np.ndarray) -> np.ndarray:
    return place.sector_la[place.sector[post]] == WALES
