"""SSDA903 returns: a folder for each authority and year, a file for each module, headings and codes of the year."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from virtualschool.invent import addresses, leavers, mistakes
from virtualschool.invent.careers import (
    E1,
    NEEDS_OF_CARE,
    P2,
    PLACES,
    PROVIDERS,
    REASONS,
    REC,
    RECS,
    RNES,
    SI,
    STATUSES,
    V3,
    V4,
    Z1,
    Careers,
)
from virtualschool.invent.chance import generator, pick
from virtualschool.invent.england import England
from virtualschool.invent.families import steady
from virtualschool.invent.files import put
from virtualschool.invent.people import ETHNICITIES, PLAN, Pupils, birthday, day, day_text, digits, fixed
from virtualschool.invent.schooling import Schooling

HEADERS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,"
    "INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "placed_for_adoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "sw_episodes": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
    "dolo": "CHILD,DOB,DOLO_START,DOLO_END",
}
"""The heading line of each module. Source: DfE, SSDA903 return."""
LISTS = {"leaving_care": "CHILD,ELIGIBILITY,PATHWAY_PLAN,PATHWAY_REVIEW,PATHWAY_PART,STAYING_PUT,VOCATIONAL_MATCH,TRANSITION_PLAN"}
"""The heading line of each list that an authority adds to its return, out of its own records."""
HEADINGS = HEADERS | LISTS
FIRST_YEAR = {"sw_episodes": 2024, "dolo": 2027}
"""Modules that came later; in earlier years there is no file."""


REVIEW_DAYS, LATE_SHARE, LATE_DAYS = 178, 0.05, 16
"""Days from one review to the next, the share that are held late, and by how much."""

WORKER_REASONS = ("MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED", "OTHERS")


def modules(year: int) -> list[str]:
    return [name for name in HEADERS if year >= FIRST_YEAR.get(name, 0)]


def sex_codes(year: int) -> tuple[str, str]:
    """Female and male as the return writes them: numbers to 2024, letters after."""
    return ("2", "1") if year <= 2024 else ("F", "M")


def place_codes(year: int) -> list[str]:
    """Placement codes of a year: H5 becomes K3 in 2025, Z1 becomes Z11 in 2026."""
    words = list(PLACES)
    words[SI] = "H5" if year <= 2024 else "K3"
    if year >= 2025:
        words[words.index("P2")] = "K3"
    words[Z1] = "Z1" if year <= 2025 else "Z11"
    return words


def rec_codes(year: int) -> list[str]:
    """Reasons for ceasing of a year: special guardianship has E43 and E44 to 2018, E45 to E48 after."""
    earlier = {"E45": "E43", "E46": "E43", "E47": "E44", "E48": "E44"}
    return [earlier.get(code, code) if year <= 2018 else code for code in RECS]


def child_ids(group: int, rows: np.ndarray, la: np.ndarray) -> np.ndarray:
    """The authority's own numbers of children: unique within one, and met again in others."""
    return 1_000_000 + (((group - 1970) * 40_000 + rows) * 7_919 + la * 104_729) % 3_000_017


def ids_text(numbers: np.ndarray) -> pa.Array:
    return fixed(digits(numbers, 7))


class Returns:
    """Every authority's returns of some years, gathered year group by year group and written at the end."""

    def __init__(self, place: England, years: tuple[int, ...]) -> None:
        self.place, self.years = place, years
        self.parts: dict[tuple[int, str], list[pa.Table]] = {(year, name): [] for year in years for name in (*modules(year), *LISTS)}

    def keep(self, year: int, module: str, la: np.ndarray, child: np.ndarray, when: np.ndarray, *columns: pa.Array) -> None:
        """Rows of a module: whose, in what order, and the columns after CHILD in the order of its heading line."""
        names = HEADINGS[module].split(",")
        table = pa.table(
            [pa.array(la), pa.array(child), pa.array(when), ids_text(child), *columns], names=["_la", "_child", "_when", *names]
        )
        self.parts[year, module].append(table)

    def add(self, made: Careers, people: Pupils, schooled: Schooling) -> np.ndarray:
        """The rows of one year group's children in every year; which children stand in a header, times 1000, and whose."""
        whose = [np.zeros(0, np.int64)]
        said = mistakes.reported(self.place, made, people)
        self.said = said
        self.workers = _workers(self.place, made)
        self.addresses = addresses.returned(self.place, made)
        for year in self.years:
            if made.group > year or made.group < year - 22:
                continue
            last = day(year, 3, 31)
            first = day(year - 1, 4, 1)
            held = np.flatnonzero((made.begins <= last) & (made.ceases >= first))
            left = leavers.leavers(self.place, made, year)
            if not len(held) and not len(left.child):
                continue
            whose.append(self._header(made, people, schooled, year, held, left))
            self._episodes(made, year, held)
            self._others(made, people, year, held)
            self._outcomes(made, people, year)
            self._adoptions(made, year)
            self.keep(
                year, "oc3", left.la, child_ids(made.group, left.child, left.la), left.child, day_text(said.born[left.child]),
                left.in_touch, left.activity, left.accommodation,
            )  # fmt: skip
            child, la, *columns = leavers.prepared(self.place, made, people, year, held, left)
            self.keep(year, "leaving_care", la, child_ids(made.group, child, la), child, *columns)
        return np.unique(np.concatenate(whose))

    def _header(self, made: Careers, people: Pupils, schooled: Schooling, year: int, held: np.ndarray, left: leavers.Leavers) -> np.ndarray:
        said = self.said
        period = made.period[held]
        whose = np.unique(np.concatenate([made.child[period] * 1000 + made.period_la[period], left.child * 1000 + left.la]))
        child, la = whose // 1000, whose % 1000
        start = np.full(len(made), -1)
        recent = made.start >= day(year - 1, 4, 1)
        recent &= made.start <= day(year, 3, 31)
        np.maximum.at(start, made.child[recent], made.start[recent])
        male = made.male[child] ^ (said.sex_year[child] > year)
        ethnic = np.where(said.ethnicity_year[child] > year, said.ethnicity_before[child], made.ethnicity[child])
        age = (day(year, 3, 31) - made.born[child]) // 365.25
        chance = (child * 2_654_435 % 1000) / 1000
        mother = ~made.male[child] & (age >= 14) & (chance < 0.012)
        baby = birthday(made.born[child], 15) + (child * 37) % 700
        mother &= baby <= day(year, 3, 31)
        self.keep(
            year, "header", la, child_ids(made.group, child, la), np.zeros(len(child), np.int64),
            _words(sex_codes(year), male.astype(int)), day_text(said.born[child]), _words(ETHNICITIES, ethnic),
            mistakes.unique_numbers(self.place.seed, made, people, schooled, said, child, year, start[child]),
            _words(("0", "1"), np.where(made.male[child], -1, mother)), day_text(baby, mother),
        )  # fmt: skip
        return whose

    def _episodes(self, made: Careers, year: int, held: np.ndarray) -> None:
        period = made.period[held]
        child = made.child[period]
        la = made.period_la[period]
        over = made.ceases[held] <= day(year, 3, 31)
        place = self.place
        provider = np.where(made.provider[held] > 0, made.provider[held], -1)
        brief = np.isin(made.status[held], (V3, V4))
        agreed = made.status[held] == V4
        # Independent living (P2) ended with the regulation of supported accommodation.
        kind = np.where((made.placement[held] == P2) & (made.ceases[held] > day(2023, 10, 28)), SI, made.placement[held])
        moved = made.reason[held] >= 0
        text = place.postcodes
        home, lives = self.addresses
        # One in forty placement postcodes is not held.
        known = (made.carer[held] * 7 + child) % 40 != 0
        number = made.ofsted[held]
        ofsted = pa.compute.if_else(
            pa.array(number > 0),
            pa.compute.binary_join_element_wise("SC", fixed(digits(np.maximum(number, 0), 6)), ""),
            pa.array(["XXXXXXX"]).take(pa.array(np.zeros(len(held), int))),
        )
        self.keep(
            year, "episodes", la, child_ids(made.group, child, la), made.begins[held],
            day_text(made.begins[held]), _words(RNES, made.rne[held]), _words(STATUSES, made.status[held]),
            _words(NEEDS_OF_CARE, made.need[child]), _words(place_codes(year), np.where(agreed, -1, kind)),
            _words(PROVIDERS, np.where(agreed, -1, provider)), day_text(made.ceases[held], over),
            _words(rec_codes(year), np.where(over, made.rec[held], -1)),
            _words(REASONS, np.where(over & moved, made.reason[held], -1)),
            text.take(pa.array(home[child], mask=brief | (home[child] < 0))),
            text.take(pa.array(lives[held], mask=~known | brief)), _known(ofsted, ~brief),
        )  # fmt: skip

    def _others(self, made: Careers, people: Pupils, year: int, held: np.ndarray) -> None:
        """Reviews, unaccompanied children, earlier permanence, missing spells and social workers."""
        said, group = self.said, made.group
        first, last = day(year - 1, 4, 1), day(year, 3, 31)
        rng = generator(self.place.seed, "year in care", group, year)
        live = np.flatnonzero((made.start <= last) & (made.end >= first) & ~made.respite[made.child])
        child, la = made.child[live], made.period_la[live]
        ids = child_ids(group, child, la)
        dob = day_text(said.born[child])
        # Reviews: after 20 days, after three months more, then every six; one in twenty is held two weeks late.
        begin, end = np.maximum(made.start[live], first), np.minimum(made.end[live], last)
        since = np.maximum(0, -(-(begin - made.start[live] - 110 - LATE_DAYS) // REVIEW_DAYS))
        turn = np.stack([np.full(len(live), -1), *(since + number for number in range(4))], 1)
        late = steady(live[:, None] + 1, turn + 2, group) < LATE_SHARE
        when = made.start[live][:, None] + np.where(turn < 0, 20, 110 + turn * REVIEW_DAYS) + late * LATE_DAYS
        rows, number = np.nonzero((when >= begin[:, None]) & (when <= end[:, None]))
        when = when[rows, number]
        code = 1 + pick(rng, len(rows), (0.5, 0.03, 0.04, 0.03, 0.06, 0.28, 0.06))
        code = np.where(when - made.born[child[rows]] < 4 * 365.25, 0, code)
        self.keep(
            year, "reviews", la[rows], ids[rows], when, dob.take(pa.array(rows)), day_text(when), _words([f"PN{n}" for n in range(8)], code)
        )
        once = _once(child, la, made.unaccompanied[child])
        grown = birthday(made.born[child], 18)
        self.keep(
            year, "uasc", la[once], ids[once], np.zeros(len(once), np.int64),
            _words(sex_codes(year), made.male[child[once]].astype(int)), dob.take(pa.array(once)),
            day_text(grown[once], grown[once] <= last),
        )  # fmt: skip
        began = np.flatnonzero(made.start[live] >= first)
        began = began[::-1][np.unique((child * 1000 + la)[began][::-1], return_index=True)[1]]
        perm = pick(rng, len(began), (0.012, 0.02, 0.012, 0.006, 0.95))
        when = made.born[child[began]] + ((made.start[live][began] - made.born[child[began]]) * 0.6).astype(int)
        earlier = perm < 3
        known = rng.random(len(began)) < 0.7
        text = day_text(when)
        hidden = pa.compute.replace_substring_regex(text, r"^\d\d/", "zz/")
        self.keep(
            year, "previous_permanence", la[began], ids[began], made.start[live][began], dob.take(pa.array(began)),
            _words(("P1", "P2", "P3", "P4", "Z1"), perm),
            _words([*self.place.codes, "999"], np.where(earlier, np.where(known, la[began], len(self.place.codes)), -1)),
            _known(pa.compute.if_else(pa.array(known), text, hidden), earlier),
        )  # fmt: skip
        age = (last - made.born[child]) / 365.25
        # A few children go missing again and again, most never.
        prone = rng.gamma(0.09, 1 / 0.09, len(live))
        spells = rng.poisson(np.where(age < 10, 0.003, np.where(age < 13, 0.3, 1.0)) * np.exp(0.6 * made.difficulty[child]) * prone)
        rows = np.repeat(np.arange(len(live)), np.minimum(spells, 40))
        when = begin[rows] + (rng.random(len(rows)) * np.maximum(end[rows] - begin[rows] - 3, 0)).astype(np.int64)
        until = np.minimum(when + np.minimum(rng.geometric(0.55, len(rows)) - 1, 20), end[rows])
        away = rng.random(len(rows)) < 0.07
        key = np.unique(rows * 100_000 + when, return_index=True)[1]
        rows, when, until, away = rows[key], when[key], until[key], away[key]
        # A spell begins after the one before has ended.
        over = np.maximum.accumulate(rows * 100_000 + until)
        apart = np.ones(len(rows), bool)
        apart[1:] = rows[1:] * 100_000 + when[1:] > over[:-1]
        rows, when, until, away = rows[apart], when[apart], until[apart], away[apart]
        self.keep(
            year, "missing", la[rows], ids[rows], when, dob.take(pa.array(rows)), _words(("M", "A"), away.astype(int)),
            day_text(when), day_text(until, until < last),
        )  # fmt: skip
        if year >= FIRST_YEAR["sw_episodes"]:
            self._social_workers(made, year)

    def _social_workers(self, made: Careers, year: int) -> None:
        """Spells with a social worker, one after another for as long as care lasts; drawn whole, so that years agree."""
        first, last = day(year - 1, 4, 1), day(year, 3, 31)
        begin, until, worker, reason = self.workers
        rows, number = np.nonzero((begin < until) & (begin <= last) & (until >= first) & ~made.respite[made.child][:, None])
        begin, until, reason = begin[rows, number], until[rows, number], reason[rows, number]
        child, la = made.child[rows], made.period_la[rows]
        who = pa.compute.binary_join_element_wise("SW", fixed(digits(la + 1, 3)), fixed(digits(worker[rows, number], 4)), "")
        self.keep(
            year, "sw_episodes", la, child_ids(made.group, child, la), begin, day_text(self.said.born[child]), who,
            day_text(begin), day_text(until, until <= last), _words(WORKER_REASONS, np.where(number == 0, 1, reason)),
        )  # fmt: skip

    def _outcomes(self, made: Careers, people: Pupils, year: int) -> None:
        """OC2, for children looked after for the whole year."""
        chosen = made.all_year(year)
        child = np.flatnonzero(chosen >= 0)
        if not len(child):
            return
        scores = sdq(self.place, made, people, year)
        la = made.period_la[chosen[child]]
        rng = generator(self.place.seed, "health", made.group, year)
        last = day(year, 3, 31)
        age = (last - made.born[child]) / 365.25
        n = len(child)
        yes = lambda share, who=None: _words(("0", "1"), np.where(True if who is None else who, rng.random(n) < share, -1))  # noqa: E731
        misuse = rng.random(n) < np.where(age < 12, 0, 0.05 * np.exp(0.6 * made.difficulty[child]))
        received = rng.random(n) < 0.39
        score, reason = scores[0][child], scores[1][child]
        self.keep(
            year, "oc2", la, child_ids(made.group, child, la), np.zeros(n, np.int64), day_text(self.said.born[child]),
            _words([str(number) for number in range(41)], score), _words([f"SDQ{number}" for number in range(1, 6)], reason),
            yes(np.where(age < 12, 0.002, 0.03), age >= 10), yes(0.88, age < 5), yes(0.82), yes(0.79), yes(0.89),
            _words(("0", "1"), misuse.astype(int)), _words(("0", "1"), np.where(misuse, received, -1)),
            _words(("0", "1"), np.where(misuse & ~received, rng.random(n) < 0.7, -1)),
        )  # fmt: skip

    def _adoptions(self, made: Careers, year: int) -> None:
        """Children adopted in the year, and the decisions that children should be."""
        first, last = day(year - 1, 4, 1), day(year, 3, 31)
        adopted = np.flatnonzero(np.isin(made.ending, (REC["E11"], REC["E12"])))
        decided = np.full(len(made.start), -1)
        orders = np.flatnonzero(made.status == E1)
        np.maximum.at(decided, made.period[orders], -made.begins[orders] + (1 << 30))
        decided = np.where(decided > 0, (1 << 30) - decided, -1)
        rng = generator(self.place.seed, "adoptions", made.group)
        matched_after = rng.integers(60, 200, len(made.start))
        number = pick(rng, len(made.start), (0.13, 0.87))
        couple = pick(rng, len(made.start), (0.72, 0.17, 0.11))
        married = rng.random(len(made.start)) < 0.7
        male = rng.random(len(made.start)) < 0.15
        carers = rng.random(len(made.start)) < 0.12
        rows = adopted[(made.end[adopted] >= first) & (made.end[adopted] <= last)]
        child, la = made.child[rows], made.period_la[rows]
        single = number[rows] == 0
        sex = np.where(single, np.where(male[rows], 0, 1), 2 + couple[rows])
        status = np.where(single, 0, np.where(couple[rows] == 0, np.where(married[rows], 1, 4), np.where(married[rows], 2, 5)))
        matched = np.minimum(decided[rows] + matched_after[rows], made.end[rows] - 30)
        self.keep(
            year, "ad1", la, child_ids(made.group, child, la), made.end[rows], day_text(self.said.born[child]), day_text(decided[rows]),
            day_text(matched), _words(("0", "1"), carers[rows].astype(int)), _words(("1", "2"), number[rows]),
            _words(("M1", "F1", "MF", "FF", "MM"), sex), _words(("L0", "L11", "L12", "L2", "L3", "L4"), status),
        )  # fmt: skip
        # Some decisions are reversed: for those, care goes on to another end.
        others = np.flatnonzero(
            (made.end - made.start > 900) & (rng.random(len(made.start)) < 0.012) & (made.start - made.born[made.child] < 1800)
        )
        placed = np.concatenate([adopted, others])
        when = np.concatenate([decided[adopted], made.start[others] + 300])
        ceased = np.concatenate([np.full(len(adopted), 1 << 20), made.start[others] + 300 + 200])
        reason = np.append(np.full(len(adopted), -1), pick(rng, len(others), (0.3, 0.3, 0.3, 0.1)))
        now = (when <= last) & (ceased >= first) & (made.end[placed] >= first)
        child, la = made.child[placed[now]], made.period_la[placed[now]]
        over = ceased[now] <= last
        self.keep(
            year, "placed_for_adoption", la, child_ids(made.group, child, la), when[now], day_text(self.said.born[child]),
            day_text(when[now]), day_text(np.where(over, ceased[now], 0), over),
            _words(("RD1", "RD2", "RD3", "RD4"), np.where(over, reason[now], -1)),
        )  # fmt: skip

    def write(self, folder: Path) -> None:
        """A file for each module, year and authority; one with no rows holds its heading line."""
        for (year, module), parts in self.parts.items():
            names = HEADINGS[module].split(",")
            table = (
                pa.concat_tables(parts)
                if parts
                else pa.table({name: pa.array([], pa.string()) for name in names}).append_column("_la", pa.array([], pa.int64()))
            )
            if parts:
                table = table.sort_by([("_la", "ascending"), ("_child", "ascending"), ("_when", "ascending")])
            las = table["_la"].to_numpy()
            edges = np.searchsorted(las, np.arange(self.place.authorities + 1))
            shown = table.select(names).combine_chunks()
            for number in range(self.place.authorities):
                path = folder / "care" / self.place.codes[number] / str(year) / f"{module}.csv"
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as opened:
                    put(opened, shown.slice(edges[number], edges[number + 1] - edges[number]))


def sdq(place: England, made: Careers, people: Pupils, year: int) -> tuple[np.ndarray, np.ndarray]:
    """Each child's SDQ score of a year, or -1, and the position of the reason for none, or -1."""
    rng = generator(place.seed, "sdq", made.group, year)
    n = len(made)
    begin, last = day(year - 1, 4, 1), day(year, 3, 31)
    of_age = (birthday(made.born, 4) <= begin) & (birthday(made.born, 17) > last)
    score = np.clip(np.round(14.3 + 6.0 * made.difficulty + 3.2 * rng.normal(0, 1, n) + 1.5 * (people.sen == PLAN)), 0, 40).astype(int)
    given = of_age & (rng.random(n) < 0.79)
    why = 1 + pick(rng, n, (0.25, 0.12, 0.35, 0.28))
    # Outside those ages nothing is returned, but for those who reach four or seventeen in the year, whose reason is their age.
    neither = (birthday(made.born, 4) > last) | (birthday(made.born, 17) <= begin)
    reason = np.where(neither, -1, np.where(~of_age, 0, np.where(rng.random(n) < 0.85, why, -1)))
    return np.where(given, score, -1), np.where(given, -1, reason)


def _workers(place: England, made: Careers) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A row for each period of care and a column for each spell: when it begins and ends, the worker, and why it changed."""
    rng = generator(place.seed, "social workers", made.group)
    shape = (len(made.start), 30)
    length = (rng.exponential(330, shape) + 25).astype(np.int64)
    until = np.minimum(made.start[:, None] + np.cumsum(length, axis=1), made.end[:, None])
    until[:, -1] = made.end
    begin = np.concatenate([made.start[:, None], until[:, :-1]], axis=1)
    reason = pick(rng, shape[0] * shape[1], (0.3, 0.06, 0.26, 0.08, 0.2, 0.04, 0.005, 0.01, 0.001, 0.044)).reshape(shape)
    return begin, until, rng.integers(0, 400, shape), reason


def _words(words, codes: np.ndarray) -> pa.Array:
    """Words by position as text, blank where negative."""
    codes = np.asarray(codes)
    return pa.array(words, pa.string()).take(pa.array(np.maximum(codes, 0), mask=codes < 0))


def _known(texts: pa.Array, known: np.ndarray) -> pa.Array:
    return texts.take(pa.array(np.arange(len(texts)), mask=~known))


def _once(child: np.ndarray, la: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The first row of each child and authority among those chosen."""
    rows = np.flatnonzero(chosen)
    return rows[np.unique(child[rows] * 1000 + la[rows], return_index=True)[1]]
