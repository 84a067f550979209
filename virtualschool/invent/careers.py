"""Care careers of the children of one year group: periods of care, and within each the episodes that a return lists.

A career is drawn whole, to the eighteenth birthday, whatever years are asked for, so a child's history is the same in
every return. Rates are chosen so that the children in care on a day resemble those DfE publishes (see the manual).
"""

from dataclasses import dataclass

import numpy as np

from virtualschool.invent.chance import generator, pick, pick_each
from virtualschool.invent.england import ELSEWHERE, IN_WALES, England
from virtualschool.invent.families import families, steady
from virtualschool.invent.people import ARRIVED_ETHNICITY, CARE_ETHNICITY, birthday, day

YEAR_DAYS = 365.25
STARTS_A_CHILD_IN_CARE = 0.358
"""Children of one year group who ever enter, for each child in care on a day: chosen so that the day's number comes out."""

CARE_FAMILIES, ONLY_CHILD, TWO_CHILDREN = 200, 0.42, 0.40
"""The line of the families of children in care, and the shares with no brother or sister of another age in care, ever, and with one."""
ENTER_TOGETHER, LIVE_TOGETHER = 0.75, 0.6
UNACCOMPANIED = 5
"""The band of unaccompanied children."""

BANDS = (0, 1, 5, 10, 16)
"""First ages of the bands in which rates are held; the last row of each table is for unaccompanied children."""
ENTRY = (0.16, 0.15, 0.16, 0.22, 0.09, 0.20)
HOME, GUARDIAN, ADOPTED, ARRANGEMENT, STAYS, OTHER, CUSTODY, ASSESSED = range(8)
ENDING = np.array(
    [
        [0.23, 0.22, 0.33, 0.05, 0.10, 0.07, 0, 0],
        [0.32, 0.23, 0.13, 0.06, 0.18, 0.08, 0, 0],
        [0.42, 0.13, 0.01, 0.05, 0.32, 0.07, 0, 0],
        [0.43, 0.04, 0, 0.01, 0.45, 0.05, 0.02, 0],
        [0.22, 0, 0, 0, 0.64, 0.10, 0.04, 0],
        [0, 0, 0, 0, 0.86, 0.06, 0.01, 0.07],
    ]
)
MEAN_YEARS = np.array([0.85, 1.3, 2.3, 1.0, 0.0, 0.8, 0.8, 0.25])
SHAPE = np.array([0.7, 3.0, 6.0, 2.0, 1.0, 0.8, 1.0, 1.0])

PLACES = ("U1", "U3", "U4", "U5", "U6", "A3", "A4", "A5", "A6", "P1", "K1", "K2", "SI", "R1", "R2", "R3", "R5", "S1", "Z1", "T4", "P2")
"""Placement codes; SI stands for H5 until 2024 and for K3 after."""
U1, U3, U4, U5, U6, A3, A4, A5, A6, P1, K1, K2, SI, R1, R2, R3, R5, S1, Z1, T4, P2 = range(len(PLACES))
PLACEMENT = np.array(
    # U1    U3    U4    U5    U6   A3 A4 A5 A6  P1    K1    K2    SI    R1    R2    R3    R5    S1    Z1    T4    P2
    [
        [0.03, 0.16, 0.03, 0.06, 0.52, 0, 0, 0, 0, 0.08, 0, 0, 0, 0, 0.01, 0.08, 0, 0, 0.02, 0.01, 0],
        [0.05, 0.19, 0.12, 0.03, 0.48, 0, 0, 0, 0, 0.08, 0, 0.01, 0, 0, 0, 0.02, 0, 0, 0.01, 0.01, 0],
        [0.09, 0.12, 0.25, 0, 0.34, 0, 0, 0, 0, 0.10, 0, 0.07, 0, 0, 0, 0, 0, 0, 0.02, 0.01, 0],
        [0.06, 0.05, 0.20, 0, 0.27, 0, 0, 0, 0, 0.06, 0.004, 0.32, 0, 0.02, 0, 0, 0, 0.01, 0.03, 0.02, 0],
        [0.03, 0.03, 0.13, 0, 0.15, 0, 0, 0, 0, 0.03, 0.005, 0.18, 0.42, 0.02, 0, 0, 0.015, 0.005, 0.03, 0.01, 0.03],
        [0.01, 0.01, 0.06, 0, 0.34, 0, 0, 0, 0, 0, 0, 0.01, 0.46, 0, 0, 0, 0, 0, 0.03, 0, 0.08],
    ]
)
FOSTER = (U1, U3, U4, U5, U6)
PROVIDERS = ("", "PR0", "PR1", "PR2", "PR3", "PR4", "PR5")
STATUSES = ("C1", "C2", "E1", "V2", "V3", "V4", "L1", "L2", "J1", "J2")
C1, C2, E1, V2, V3, V4, L1, L2, J1, J2 = range(len(STATUSES))
NEEDS_OF_CARE = ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8")
STARTED, STATUS_ONLY, PLACEMENT_ONLY, PLACEMENT_SAME, BOTH, BOTH_SAME = range(6)
RNES = ("S", "L", "P", "T", "B", "U")
RECS = (
    "X1", "E11", "E12", "E2", "E3", "E4A", "E4B", "E13", "E41", "E5", "E6", "E7", "E8", "E9", "E14", "E15", "E16", "E17",
    "E45", "E46", "E47", "E48",
)  # fmt: skip
REC = {code: number for number, code in enumerate(RECS)}
GONE_TO_OTHERS = tuple(REC[code] for code in ("E11", "E12", "E41", "E45", "E46", "E47", "E48"))
"""How care ends for children who stay with those who then have them for good."""
REASONS = ("CARPL", "CLOSE", "ALLEG", "STAND", "APPRR", "CREQB", "CREQO", "CHILD", "LAREQ", "PLACE", "OTHER", "CUSTOD")
REASON_SHARES = (0.42, 0.03, 0.015, 0.015, 0.005, 0.13, 0.10, 0.06, 0.02, 0, 0.215, 0.005)
MOST_MOVES = 14
POSTCODES_A_HOME = 60
"""One postcode in so many has a children's home."""


@dataclass
class Careers:
    """The children of a year group who are ever in care, their periods of care and their episodes, as arrays.

    Episodes stand in order of period and day. `period` and `child` are positions; days are days since 1970.
    """

    group: int
    # children
    la: np.ndarray
    born: np.ndarray
    male: np.ndarray
    ethnicity: np.ndarray
    unaccompanied: np.ndarray
    respite: np.ndarray
    difficulty: np.ndarray
    need: np.ndarray
    home: np.ndarray
    disabled: np.ndarray
    family: np.ndarray
    """A number for those who came into care with brothers or sisters of other ages and live with them; 0 for others."""
    # periods
    child: np.ndarray
    period_la: np.ndarray
    start: np.ndarray
    end: np.ndarray
    ending: np.ndarray
    # episodes
    period: np.ndarray
    begins: np.ndarray
    ceases: np.ndarray
    rne: np.ndarray
    rec: np.ndarray
    status: np.ndarray
    placement: np.ndarray
    provider: np.ndarray
    postcode: np.ndarray
    ofsted: np.ndarray
    reason: np.ndarray
    carer: np.ndarray
    """A number for each placement within its period, so that a change of placement shows."""

    def __len__(self) -> int:
        return len(self.la)

    def open_on(self, when: int) -> np.ndarray:
        """Each child's episode that is open on a day (the later where two touch), or -1."""
        found = np.full(len(self), -1)
        holds = np.flatnonzero((self.begins <= when) & (self.ceases > when))
        found[self.child[self.period[holds]]] = holds
        return found

    def all_year(self, year: int) -> np.ndarray:
        """Each child's period that lasts from 1 April to 31 March without a break, short breaks out, or -1."""
        first, last = day(year - 1, 4, 1), day(year, 3, 31)
        found = np.full(len(self), -1)
        holds = np.flatnonzero((self.start <= first) & (self.end >= last) & ~self.respite[self.child])
        found[self.child[holds]] = holds
        return found


def careers(place: England, group: int) -> Careers:
    """The careers of one year group."""
    rng, la, born, home, start, band, male, ethnicity, twin = _entries(place, group)
    n, unaccompanied = len(la), band == UNACCOMPANIED
    kin = families(place.seed, CARE_FAMILIES, np.arange(n), group, ONLY_CHILD, TWO_CHILDREN)
    family = _with_brothers(place, group, kin, la, born, home, start, band, ethnicity)
    # Twins: the one before, with the same birth date, home and day of entry.
    for values in (la, born, home, start, band, ethnicity, family):
        values[twin] = values[twin - 1]
    respite = (rng.random(n) < 0.012) & ~unaccompanied & (band > 1)
    difficulty = rng.normal(0, 1, n) + np.where(band == 3, 0.35, 0) - 0.7 * unaccompanied
    disabled = rng.random(n) < np.where(respite, 0.7, 0.035) * ~unaccompanied
    need = np.where(unaccompanied, 7, np.where(disabled, 1, pick(rng, n, (0.70, 0, 0.03, 0.08, 0.135, 0.02, 0.001, 0.02))))
    child, period_la, begins, ends, ending, kind, age_band = _periods(place, rng, la, born, start, band, unaccompanied, respite)
    made = Careers(
        group, la, born, male, ethnicity, unaccompanied, respite, difficulty, need, home, disabled, family, child, period_la, begins,
        ends, ending, *[np.zeros(0, np.int64)] * 12,
    )  # fmt: skip
    _episodes(place, rng, made, kind, age_band)
    return made


def _entries(place: England, group: int):
    """What is drawn first for the children of a year group, before any brothers and sisters: the generator, then authority, birth date,
    home, day of entry, band of its age, sex, ethnicity; and the second of each pair of twins."""
    rng = generator(place.seed, "careers", group)
    n = max(20, round(place.size.looked_after * STARTS_A_CHILD_IN_CARE * float(rng.normal(1, 0.01))))
    band = pick(rng, n, ENTRY)
    la = pick(rng, n, place.care_share)
    born = day(group - 1, 9, 1) + rng.integers(0, 365, n)
    home = place.postcode_in(rng, la)
    edges = np.array([0, 1, 5, 10, 16, 18]) * YEAR_DAYS
    low, high = np.append(edges[:5], 14.5 * YEAR_DAYS)[band], np.append(edges[1:], 17.9 * YEAR_DAYS)[band]
    position = rng.random(n)
    position = np.where(band == 0, position**2.2, np.where(band == 5, position**0.5, position))
    start = (born + low + position * (high - low)).astype(np.int64)
    unaccompanied = band == UNACCOMPANIED
    male = rng.random(n) < np.where(unaccompanied, 0.95, 0.53)
    ethnicity = np.where(unaccompanied, pick(rng, n, ARRIVED_ETHNICITY), pick(rng, n, CARE_ETHNICITY))
    twin = np.flatnonzero((rng.random(n) < 0.03) & (np.arange(n) > 0) & ~unaccompanied)
    twin = twin[~unaccompanied[twin - 1] & ~np.isin(twin - 1, twin)]
    return rng, la, born, home, start, band, male, ethnicity, twin


def _with_brothers(place, group, kin, la, born, home, start, band, ethnicity) -> np.ndarray:
    """Gives those who follow a brother or sister their authority, home and mostly their day of entry; the family of each who lives
    with one, or 0. Half of the families follow the eldest and half the youngest, so that nobody's age at entry moves on the whole."""
    youngest = steady(kin.number, 1) < 0.5
    years = np.where(youngest, kin.size - 1 - kin.rank, -kin.rank) * kin.gap
    family = np.zeros(len(la), np.int64)
    for other in np.unique(years[kin.size > 1]).tolist():
        rows = np.flatnonzero((kin.size > 1) & (years == other))
        _, their_la, _, their_home, their_start, their_band, _, their_ethnicity, _ = _entries(place, group + other) if other else (
            None, la, born, home, start, band, None, ethnicity, None
        )  # fmt: skip
        rows = rows[rows < len(their_la)]
        rows = rows[(band[rows] != UNACCOMPANIED) & (their_band[rows] != UNACCOMPANIED)]
        la[rows], home[rows] = their_la[rows], their_home[rows]
        same = rows[steady(kin.number[rows], 2, kin.rank[rows]) < 0.92]
        ethnicity[same] = their_ethnicity[same]
        age = (their_start[rows] - born[rows]) / YEAR_DAYS
        joint = rows[(age > 0) & (age < 17.5) & (steady(kin.number[rows], 3, kin.rank[rows]) < ENTER_TOGETHER)]
        start[joint] = their_start[joint]
        band[joint] = np.searchsorted(np.array(BANDS[1:]) * YEAR_DAYS, start[joint] - born[joint], side="right")
        live = joint[steady(kin.number[joint], 4) < LIVE_TOGETHER]
        family[live] = kin.number[live]
    return family


def _ends(rng, born, start, band):
    """When a period ends and how, by the age at which it begins."""
    kind = pick_each(rng, band, ENDING)
    grown = birthday(born, 18)
    length = rng.gamma(SHAPE[kind]) * MEAN_YEARS[kind] / SHAPE[kind] * YEAR_DAYS
    length = np.maximum(length, np.where(kind == ADOPTED, 330, np.where(kind == GUARDIAN, 60, 2)))
    end = np.where(kind == STAYS, grown, start + length.astype(np.int64) + 1)
    early = (kind == STAYS) & (rng.random(len(kind)) < 0.10)
    end = np.where(early, start + ((grown - start) * rng.uniform(0.4, 0.98, len(kind))).astype(np.int64) + 1, end)
    kind = np.where(early, np.where(rng.random(len(kind)) < 0.5, HOME, OTHER), kind)
    late = (end >= grown) & (kind != STAYS)
    return np.where(late, grown, end), np.where(late, STAYS, kind)


def _periods(place, rng, la, born, start, band, unaccompanied, respite):
    """Periods of care of each child: the first, returns to care after going home, and moves between authorities."""
    n = len(la)
    grown = birthday(born, 18)
    parts = []
    who, authority, begin, age = np.arange(n)[~respite], la[~respite], start[~respite], band[~respite]
    for _ in range(3):
        end, kind = _ends(rng, born[who], begin, age)
        # Another authority takes the care over: the same day, a new period there. Most of all for unaccompanied children.
        over = (rng.random(len(who)) < np.where(unaccompanied[who], 0.16, 0.02)) & (end - begin > 40) & (place.authorities > 1)
        cut = np.where(
            unaccompanied[who], begin + rng.integers(8, 35, len(who)), begin + ((end - begin) * rng.uniform(0.2, 0.9, len(who))).astype(int)
        )
        other = pick(rng, len(who), place.care_share)
        over &= (other != authority) & (kind != ADOPTED)
        parts.append((who, authority, begin, np.where(over, cut, end), np.where(over, -1, kind), age))
        second = np.flatnonzero(over)
        parts.append((who[second], other[second], cut[second], end[second], kind[second], age[second]))
        authority = np.where(over, other, authority)
        gap = (rng.exponential(400, len(who)) + 5).astype(np.int64)
        back = np.flatnonzero((kind == HOME) & (rng.random(len(who)) < 0.22) & (end + gap < grown[who] - 60))
        who, authority, begin = who[back], authority[back], (end + gap)[back]
        age = np.searchsorted(np.array(BANDS[1:]) * YEAR_DAYS, begin - born[who], side="right")
        if not len(who):
            break
    short = np.flatnonzero(respite)
    agreed = rng.random(len(short)) < 0.5
    whole = short[agreed]
    end = np.minimum(start[whole] + rng.integers(200, 1200, len(whole)), grown[whole])
    parts.append((whole, la[whole], start[whole], end, np.full(len(whole), -4), band[whole]))
    for visit in range(8):
        some = short[~agreed]
        first = start[some] + 45 * visit
        fits = first + 3 < grown[some]
        parts.append((some[fits], la[some][fits], first[fits], first[fits] + 2, np.full(int(fits.sum()), -3), band[some][fits]))
    who, authority, begin, end, kind, age = (np.concatenate([part[i] for part in parts]) for i in range(6))
    order = np.lexsort((begin, who))
    return who[order], authority[order], begin[order], end[order], _reason(rng, kind[order], age[order]), kind[order], age[order]


def _reason(rng, kind, age):
    """The code with which each period ends."""
    n = len(kind)
    ending = np.full(n, REC["E8"])
    ending = np.where(
        kind == HOME, np.where(rng.random(n) < 0.72, REC["E4A"], np.where(rng.random(n) < 0.6, REC["E4B"], REC["E13"])), ending
    )
    guardian = np.array([REC["E45"], REC["E46"], REC["E47"], REC["E48"]])[pick(rng, n, (0.48, 0.12, 0.37, 0.03))]
    ending = np.where(kind == GUARDIAN, guardian, ending)
    ending = np.where(kind == ADOPTED, np.where(rng.random(n) < 0.2, REC["E11"], REC["E12"]), ending)
    ending = np.where(kind == ARRANGEMENT, REC["E41"], ending)
    grown = np.array([REC["E17"], REC["E5"], REC["E6"], REC["E7"], REC["E8"]])[pick(rng, n, (0.42, 0.34, 0.08, 0.03, 0.13))]
    ending = np.where(kind == STAYS, grown, ending)
    other = np.array([REC["E8"], REC["E2"], REC["E16"], REC["E13"]])[pick(rng, n, (0.72, 0.02, 0.06, 0.2))]
    ending = np.where(kind == OTHER, other, ending)
    ending = np.where(kind == CUSTODY, np.where(rng.random(n) < 0.7, REC["E9"], REC["E14"]), ending)
    ending = np.where(kind == ASSESSED, REC["E15"], ending)
    ending = np.where(kind == -1, REC["E3"], ending)
    return np.where(np.isin(kind, (-3, -4)), REC["E4A"], ending)


def _placements(place, rng, made, kind, age_band):
    """The placements of each period: period, first day, code, whether the carer stays the same."""
    n = len(made.start)
    child = made.child
    periods, days, codes, same = [], [], [], []
    live = np.flatnonzero(made.end > made.start)
    when = made.start.copy()
    previous = np.full(n, -1)
    respite = made.respite[child]
    pace = np.exp(-0.85 * made.difficulty[child] + rng.normal(0, 0.25, n))
    for number in range(MOST_MOVES):
        if not len(live):
            break
        age = np.searchsorted(np.array(BANDS[1:]) * YEAR_DAYS, when[live] - made.born[child[live]], side="right")
        code = pick_each(rng, np.where(made.unaccompanied[child[live]] & (age >= 4), 5, age), PLACEMENT)
        code = np.where((previous[live] == U6) & (rng.random(len(live)) < 0.35) & (age >= 2), U4, code)
        code = np.where((number == 0) & (code == U4), U6, code)
        code = np.where(respite[live], np.where(rng.random(len(live)) < 0.5, K2, U6), code)
        code = np.where((code == T4) & (number == 0), U6, code)
        stays = (previous[live] == U6) & (code == U4) & (rng.random(len(live)) < 0.35)
        periods.append(live)
        days.append(when[live])
        codes.append(code)
        same.append(stays)
        previous[live] = code
        lasting, home, unsettled = np.isin(code, (U4, U1)), code == P1, np.isin(code, (K2, SI))
        base = np.select([lasting, home, np.full(len(live), number == 0), unsettled], [1900.0, 900.0, 170.0, 560.0], 760.0)
        length = np.exp(rng.normal(0, 1.2, len(live))) * base * pace[live]
        length = np.where(code == T4, rng.integers(2, 8, len(live)), np.maximum(length, 3)).astype(np.int64)
        when[live] = when[live] + length
        live = live[(when[live] < made.end[live] - 2) & ~respite[live]]
    period, begin, code, stays = (np.concatenate(part) for part in (periods, days, codes, same))
    # The last months before an adoption are with the adopters: with one in six they are the foster carers.
    adopted = np.flatnonzero(kind == ADOPTED)
    settle = np.maximum(made.start[adopted] + 120, made.end[adopted] - rng.integers(150, 420, len(adopted)))
    carers = rng.random(len(adopted)) < 0.15
    consent = rng.random(len(adopted)) < 0.05
    placed = np.where(consent, np.where(carers, A3, A4), np.where(carers, A5, A6))
    cutoff = np.full(n, 1 << 40)
    cutoff[adopted] = settle
    keep = begin < cutoff[period]
    period, begin = np.append(period[keep], adopted), np.append(begin[keep], settle)
    return period, begin, np.append(code[keep], placed), np.append(stays[keep], carers), (adopted, settle)


def _statuses(rng, made, kind, age_band, settled):
    """The legal statuses of each period: period, first day, code."""
    n = len(made.start)
    child = made.child
    young = age_band <= 1
    first = np.where(
        young, pick(rng, n, (0.55, 0, 0, 0.36, 0, 0, 0.07, 0.02, 0, 0)), pick(rng, n, (0.38, 0, 0, 0.48, 0, 0, 0.10, 0.02, 0.02, 0))
    )
    first = np.where((age_band >= 4) & (first == C1), V2, first)
    first = np.where(made.unaccompanied[child], V2, first)
    first = np.where((age_band < 3) & (first == J1), V2, first)
    again = np.zeros(n, bool)
    again[1:] = (child[1:] == child[:-1]) & (made.start[1:] == made.end[:-1])
    first = np.where(again & ~made.unaccompanied[child], C2, first)
    first = np.where(kind == -3, V3, np.where(kind == -4, V4, first))
    order = (rng.random(n) < np.where(age_band >= 4, 0.12, np.where(young, 0.88, 0.74))) & ~made.unaccompanied[child]
    out = [(np.arange(n), made.start, first)]
    interim = made.start + np.where(np.isin(first, (L1, L2)), rng.integers(2, 9, n), rng.integers(15, 200, n))
    goes = np.flatnonzero(np.isin(first, (V2, L1, L2)) & (order | np.isin(first, (L1, L2))) & (interim < made.end - 2))
    out.append((goes, interim[goes], np.where(order[goes], C1, V2)))
    has = (first == C1) | (np.isin(first, (V2, L1, L2)) & order)
    base = np.where(first == C1, made.start, interim)
    full = base + rng.integers(150, 340, n)
    adopted, settle = settled
    decided = np.full(n, 1 << 40)
    decided[adopted] = settle - rng.integers(120, 480, len(adopted))
    decided = np.maximum(decided, made.start + 100)
    decided[adopted] = np.minimum(decided[adopted], settle)
    goes = np.flatnonzero(has & (full < made.end - 2) & (full < decided))
    out.append((goes, full[goes], np.full(len(goes), C2)))
    out.append((adopted, decided[adopted], np.full(len(adopted), E1)))
    period, begin, code = (np.concatenate([part[i] for part in out]) for i in range(3))
    keep = (begin <= decided[period]) | (code == E1)
    return period[keep], begin[keep], code[keep]


def _episodes(place, rng, made, kind, age_band):
    """Fill in the episodes: every day on which the placement or the legal status changes begins one."""
    period, begin, code, same, settled = _placements(place, rng, made, kind, age_band)
    status_period, status_begin, status = _statuses(rng, made, kind, age_band, settled)
    order = np.lexsort((begin, period))
    period, begin, code, same = period[order], begin[order], code[order], same[order]
    same[1:] &= np.isin(code[:-1], FOSTER)
    code = np.where(np.isin(code, (A3, A5)) & ~same, code + 1, code)
    provider, postcode, ofsted = _where(place, rng, made, period, code, same)
    if len(status_period):
        order = np.lexsort((status_begin, status_period))
        status_period, status_begin, status = status_period[order], status_begin[order], status[order]
    span = 40_000
    keys = np.unique(np.concatenate([period * span + begin, status_period * span + status_begin]))
    at = np.searchsorted(period * span + begin, keys, side="right") - 1
    by = np.searchsorted(status_period * span + status_begin, keys, side="right") - 1
    made.period, made.begins = keys // span, keys % span
    inside = made.begins < made.end[made.period]
    made.period, made.begins, at, by = made.period[inside], made.begins[inside], at[inside], by[inside]
    _no_parents_by_agreement(place, code, provider, postcode, at, status[by])
    made.placement, made.provider, made.postcode, made.ofsted, made.status = code[at], provider[at], postcode[at], ofsted[at], status[by]
    n = len(at)
    first = np.ones(n, bool)
    first[1:] = made.period[1:] != made.period[:-1]
    moved = np.append(True, at[1:] != at[:-1]) & ~first
    changed = np.append(True, made.status[1:] != made.status[:-1]) & ~first
    nothing = ~first & ~moved & ~changed
    if nothing.any():
        keep = ~nothing
        for name in ("period", "begins", "placement", "provider", "postcode", "ofsted", "status"):
            setattr(made, name, getattr(made, name)[keep])
        at, first, moved, changed = at[keep], first[keep], moved[keep], changed[keep]
        n = len(at)
    still = same[at]
    made.rne = np.select(
        [first, moved & changed & still, moved & changed, moved & still, moved],
        [STARTED, BOTH_SAME, BOTH, PLACEMENT_SAME, PLACEMENT_ONLY],
        STATUS_ONLY,
    )
    last = np.append(first[1:], True)
    made.ceases = np.where(last, made.end[made.period], np.append(made.begins[1:], 0))
    made.rec = np.where(last, made.ending[made.period], REC["X1"])
    drawn = pick(rng, n, REASON_SHARES)
    moves_next = np.append(moved[1:], False)
    same_next = np.append(still[1:], False)
    brief = made.placement == T4
    moves_next &= ~brief & ~np.append(brief[1:], False)
    made.reason = np.where(moves_next, np.where(same_next, REASONS.index("PLACE"), drawn), -1)
    made.carer = at
    # Guardians who were the foster carers need a foster placement before.
    foster = np.isin(made.placement, FOSTER)
    was = np.isin(made.rec, (REC["E45"], REC["E46"])) & ~foster
    made.rec = np.where(was, made.rec + 2, made.rec)
    made.ending[made.period[was]] += 2


def _no_parents_by_agreement(place, code, provider, postcode, at, status):
    """A child accommodated by agreement (V2) is not placed with its parents: such a placement is with kin."""
    wrong = np.unique(at[(code[at] == P1) & (status == V2)])
    code[wrong], provider[wrong] = U3, 2
    postcode[wrong] = place.next_postcode(postcode[wrong])


def _where(place, rng, made, period, code, same):
    """Who provides each placement, where it stands and its Ofsted number."""
    n = len(code)
    la = made.period_la[period]
    home = made.home[made.child[period]]
    kin, children_home = np.isin(code, (U1, U3)), np.isin(code, (K2, SI, S1))
    out = rng.random(n) < np.where(
        np.isin(code, (A3, A4, A5, A6)), 0.7, np.where(kin, 0.32, np.where(code == P1, 0.15, np.where(children_home, 0.62, 0.42)))
    )
    out |= np.isin(code, (K1, R5, S1))
    out &= place.places > 1
    near = (
        place.near[la, np.minimum((rng.random(n) ** 1.6 * min(8, place.places - 1)).astype(int), max(place.places - 2, 0))]
        if place.places > 1
        else la
    )
    far = pick(rng, n, place.share)
    where = np.where(out, np.where(rng.random(n) < 0.68, near, far), la)
    # Brothers and sisters who live together, in as far as they have come to the same placement: what follows from their family.
    first = np.ones(n, bool)
    first[1:] = period[1:] != period[:-1]
    turn = np.arange(n) - np.maximum.accumulate(np.where(first, np.arange(n), 0))
    family = made.family[made.child[period]]
    once = np.append(True, made.child[1:] != made.child[:-1])[period]
    joint = (family != 0) & once & np.isin(code, FOSTER) & (turn < 4)
    beside = place.near[la, (steady(family, turn, 7) * min(8, place.places - 1)).astype(int)] if place.places > 1 else la
    away = joint & (steady(family, turn, 8) < 0.4) & (place.places > 1)
    where, out = np.where(joint, np.where(away, beside, la), where), np.where(joint, away, out)
    postcode = np.where(joint, place.postcode_at(steady(family, turn, 9), where), place.postcode_in(rng, where))
    # A children's home has many children, and so few postcodes are homes'.
    first = place.first_postcode[where]
    postcode = np.where(children_home, first + (postcode - first) // POSTCODES_A_HOME * POSTCODES_A_HOME, postcode)
    wales = out & (rng.random(n) < 0.03)
    postcode = np.where(wales, len(place.postcodes) - IN_WALES + rng.integers(0, IN_WALES, n), postcode)
    # Only parents live at the child's own home.
    postcode = np.where(postcode == home, place.next_postcode(postcode), postcode)
    postcode = np.where((code == P1) & ~out, home, postcode)
    agency = np.where(out, 0.7, 0.3)
    provider = np.where(rng.random(n) < agency, np.where(rng.random(n) < 0.93, 5, 6), np.where(out & (rng.random(n) < 0.25), 3, 2))
    provider = np.where(kin, 2, np.where(code == P1, 1, np.where(np.isin(code, (K2, SI)) & (rng.random(n) < 0.8), 5, provider)))
    provider = np.where(np.isin(code, (R2, R5)), 4, provider)
    provider = np.where(np.isin(code, (T4, Z1)), 0, provider)
    ofsted = np.where(np.isin(code, (P1, R2, R5, T4, Z1, P2)) | kin, 0, 400_000 + where * 300 + rng.integers(0, 300, n))
    # The same carer: same address, provider and number as the placement before.
    for i in np.flatnonzero(same):
        postcode[i], provider[i], ofsted[i] = postcode[i - 1], provider[i - 1] or 2, ofsted[i - 1]
    return provider, postcode, ofsted


def placement_la(place: England, postcodes: np.ndarray) -> np.ndarray:
    """The authority in which postcodes stand; ELSEWHERE in Wales and where there is none."""
    return np.where(postcodes >= 0, place.postcode_la[postcodes], ELSEWHERE)
