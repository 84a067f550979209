"""What an authority's returns say of the children in its care in a trial: headers and episodes, with their errors."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from virtualschool import tables
from virtualschool.invent.people import LETTERS, day
from virtualschool.invent.trial.care import CODES, ENDINGS, MOST, Care
from virtualschool.invent.trial.numbers import NONE, coded, letters_of, number_text
from virtualschool.invent.trial.people import ETHNICITIES, NEVER, People
from virtualschool.invent.trial.places import Places, shaped
from virtualschool.invent.trial.rates import BIRTH, NUMBER, Errors


@dataclass
class Numbers:
    """Of each person: the present number, an earlier one (or NONE), and the day it changed."""

    present: np.ndarray
    former: np.ndarray
    changed: np.ndarray
    classmate: np.ndarray
    """The number given next to it at the same school."""
    sibling: np.ndarray
    """The number of a brother or sister, or NONE."""


def kinds_of_error(rng: np.random.Generator, errors: Errors, names: tuple[str, ...], child: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each record the error it has, as a position in `names` or -1, and whether that error lasts. `child` numbers the children."""
    rates = np.array([getattr(errors, name) for name in names])
    lasts = np.array([errors.lasts(name) for name in names])
    children = int(child.max(initial=-1)) + 1

    def drawn(shares: np.ndarray, count: int) -> np.ndarray:
        steps = np.append(np.cumsum(shares), np.inf)
        found = np.searchsorted(steps, rng.random(count), side="right")
        return np.where(found == len(names), -1, found)

    lasting = drawn(rates * lasts, children)[child]
    # One record in so many has an error that does not last, of those that have none already.
    left = 1 - float((rates * lasts).sum())
    passing = drawn(rates * (1 - lasts) / max(left, 1e-9), len(child))
    return np.where(lasting >= 0, lasting, passing), lasting >= 0


def wrong(rng: np.random.Generator, errors: Errors, name: str, child: np.ndarray) -> np.ndarray:
    return kinds_of_error(rng, errors, (name,), child)[0] >= 0


class Draws:
    """Draws for the records of children: the same in each record of a child where an error lasts, fresh where it does not."""

    def __init__(self, rng: np.random.Generator, child: np.ndarray, lasts: np.ndarray) -> None:
        self.rng, self.child, self.lasts = rng, child, lasts

    def __call__(self) -> np.ndarray:
        mine = self.rng.random(int(self.child.max(initial=-1)) + 1)[self.child]
        return np.where(self.lasts, mine, self.rng.random(len(self.child)))

    def whole(self, low: int, high: int) -> np.ndarray:
        return low + (self() * (high - low)).astype(np.int64)


def reported_numbers(rng, errors: Errors, numbers: Numbers, person: np.ndarray, child: np.ndarray, when: np.ndarray, la: int) -> np.ndarray:
    """The number in each record as 13 bytes: right, or wrong in the way that its error says; zeros where it is left out."""
    kind, lasts = kinds_of_error(rng, errors, NUMBER, child)
    draw = Draws(rng, child, lasts)
    changed = numbers.changed[person]
    had = (numbers.former[person] != NONE) & (when < changed)
    keeps = rng.random(int(child.max(initial=-1)) + 1)[child] < errors.upn_old_still_given
    old = had | ((numbers.former[person] != NONE) & keeps)
    codes = np.where(old, numbers.former[person], numbers.present[person])
    temporary = coded(np.full(len(child), la), 1000 + draw.whole(0, 8_000), 10 + draw.whole(0, 15), draw.whole(0, 2_300), temporary=True)
    anyone = numbers.present[draw.whole(0, len(numbers.present))]
    sibling = np.where(numbers.sibling[person] == NONE, numbers.classmate[person], numbers.sibling[person])
    named = dict(zip(NUMBER, range(len(NUMBER)), strict=True))
    for name, other in (
        ("upn_temporary", temporary),
        ("upn_of_sibling", sibling),
        ("upn_of_classmate", numbers.classmate[person]),
        ("upn_of_anyone", anyone),
    ):
        codes = np.where((kind == named[name]) & (other != NONE), other, codes)
    rows = letters_of(codes)
    here = np.arange(len(rows))
    for name, times in (("upn_one_character", 1), ("upn_two_characters", 2)):
        where = draw.whole(0, 13)
        for _ in range(times):
            digit = (rows[here, where] - 48 + draw.whole(1, 10)) % 10 + 48
            letter = LETTERS[(np.searchsorted(LETTERS, rows[here, where]) + draw.whole(1, 23)) % 23]
            typed = np.where(rows[here, where] >= 65, letter, digit)
            rows[here, where] = np.where(kind == named[name], typed, rows[here, where])
            where = (where + draw.whole(1, 13)) % 13
    where, swap = draw.whole(0, 12), kind == named["upn_neighbours_swapped"]
    # Neighbours that are alike can't be told apart, so the next two that differ are taken.
    for _ in range(12):
        alike = rows[here, where] == rows[here, where + 1]
        where = np.where(alike, (where + 1) % 12, where)
    one, other = rows[here, where].copy(), rows[here, where + 1].copy()
    rows[here, where], rows[here, where + 1] = np.where(swap, other, one), np.where(swap, one, other)
    where, drop = draw.whole(1, 13), kind == named["upn_digit_dropped"]
    for place in range(1, 13):
        rows[drop & (where <= place), place] = rows[drop & (where <= place), place + 1] if place < 12 else 0
    rows[kind == named["upn_missing"]] = 0
    unknown = np.flatnonzero(kind == named["upn_unknown_code"])
    rows[unknown] = 0
    rows[unknown, 0], rows[unknown, 1] = ord("U"), ord("N")
    rows[unknown, 2] = np.array([ord(c) for c in "11245555"])[draw.whole(0, 8)[unknown]]
    return rows


def reported_births(rng, errors: Errors, born: np.ndarray, child: np.ndarray) -> np.ndarray:
    """The birth date in each record."""
    # A day after the twelfth cannot be a month, nor is every digit free to change; the rates are made up among those that can.
    kind, lasts = kinds_of_error(rng, errors, BIRTH, child)
    draw = Draws(rng, child, lasts)
    months = born.astype("datetime64[D]").astype("datetime64[M]")
    first = months.astype("datetime64[D]").astype(np.int64)
    january = born.astype("datetime64[D]").astype("datetime64[Y]")
    number, month = born - first, months.astype(np.int64) % 12
    swappable = (number < 12) & (number != month)
    swapped = (january.astype("datetime64[M]") + np.minimum(number, 11)).astype("datetime64[D]").astype(np.int64) + month
    step = np.array([-20, -10, -10, -2, -1, -1, 1, 1, 2, 3, 10, 10, 20])[draw.whole(0, 13)]
    in_month = first + np.clip(number + step, 0, 27)
    in_month = np.where(in_month == born, born - 1, in_month)
    other_month = (months + np.array([-1, 1, 1, 2, -2, -10, 10])[draw.whole(0, 7)]).astype("datetime64[D]").astype(np.int64) + np.minimum(
        number, 27
    )
    digit = np.where(draw() < 0.65, in_month, other_month)
    year = ((months + np.where(draw() < 0.6, -12, 12)).astype("datetime64[D]").astype(np.int64)) + np.minimum(number, 27)
    said = born.copy()
    for name, wrongly in zip(
        BIRTH, (np.where(swappable, swapped, digit), digit, year, first, january.astype("datetime64[D]").astype(np.int64)), strict=True
    ):
        said = np.where(kind == BIRTH.index(name), wrongly, said)
    return said


CONFUSED = {
    0: (2, 8, 19), 1: (0, 2), 2: (0, 8), 3: (0, 2), 4: (2, 0), 5: (8, 13, 6), 6: (8, 14, 5), 7: (8, 12, 9), 8: (0, 5, 6, 7),
    9: (12, 10), 10: (12, 7, 9), 11: (12, 10), 12: (10, 17, 9), 13: (15, 5), 14: (15, 13, 6), 15: (14, 13), 16: (12, 17),
    17: (12, 2, 15), 18: (0, 19), 19: (0, 18, 8),
}  # fmt: skip
"""The codes that an ethnicity is given as by mistake, by position."""
CONFUSING = np.array([[options[n % len(options)] for n in range(6)] for _, options in sorted(CONFUSED.items())])
MISSING_ETHNICITY = len(ETHNICITIES)


def reported_ethnicities(rng, errors: Errors, ethnicity: np.ndarray, child: np.ndarray, names: tuple[str, str]) -> pa.Array:
    kind, lasts = kinds_of_error(rng, errors, names, child)
    draw = Draws(rng, child, lasts)
    other = CONFUSING[ethnicity, draw.whole(0, 6)]
    none = np.where(draw() < 0.5, ETHNICITIES.index("NOBT"), np.where(draw() < 0.5, ETHNICITIES.index("REFU"), MISSING_ETHNICITY))
    said = np.select([kind == 0, kind == 1], [other, none], ethnicity)
    return pa.array([*ETHNICITIES, None]).take(pa.array(said))


def typed_wrong(rng: np.random.Generator, texts: pa.Array) -> pa.Array:
    """Postcodes with one of the last three characters wrong: another address of the neighbourhood, or none that exists."""
    made = []
    for text, place, letter in zip(texts.to_pylist(), rng.integers(1, 4, len(texts)), rng.integers(0, 20, len(texts)), strict=True):
        other = "ABDEFGHJLNPQRSTUWXYZ"[letter] if place < 3 else "0123456789"[letter % 10]
        made.append(None if text is None else text[: len(text) - place] + other + text[len(text) - place + 1 :])
    return pa.array(made, pa.string())


def headers(
    rng, errors: Errors, place: Places, la: int, who: People, care: Care, numbers: Numbers, on_census: np.ndarray, ids: np.ndarray, years
) -> pa.Table:
    """Header rows of the authority's own children and of those it hands over, a row a child and year; `ids` has a column for each."""
    parts = []
    for number, return_year in enumerate(years):
        first, last = day(return_year - 1, 4, 1), day(return_year, 3, 31)
        cut_day = np.where(care.cut > 0, care.date[np.arange(len(care)), care.cut], NEVER)
        here = (care.start <= last) & (care.end >= first)
        own = np.flatnonzero(here & (cut_day >= first) & ~((care.cut > 0) & (cut_day < first)))
        taken = np.flatnonzero(here & (cut_day <= last))
        rows = np.concatenate([own, taken])
        parts.append((rows, np.repeat((0, 1), (len(own), len(taken))), np.full(len(rows), number)))
    rows, second, column = (np.concatenate(part) for part in zip(*parts, strict=True))
    child = rows * 2 + second
    person = care.person[rows]
    year = np.array(years)[column]
    when = np.array([day(y, 3, 31) for y in years])[column]
    numbered = reported_numbers(rng, errors, numbers, person, child, np.minimum(when, care.end[rows]), la)
    # Nobody has a number before a school gave one.
    age = year - who.group[person]
    never = ~(on_census[person] | who.schooled[person]) & (rng.random(len(care))[rows] < 0.5)
    young, strange = age < 5, who.unaccompanied[person] & (when < who.arrived[person] + 150)
    abroad = rng.random(len(care))[rows] < 0.25
    for these, code in ((never & abroad, "UN3"), ((never & ~abroad) | strange, "UN2"), (young, "UN1")):
        numbered[these] = 0
        numbered[these, :3] = np.frombuffer(code.encode(), np.uint8)
    male = who.male[person] ^ wrong(rng, errors, "sex_wrong", child)
    old_codes, new_codes = np.where(male, "1", "2"), np.where(male, "M", "F")
    return shaped(
        tables.header,
        len(rows),
        la=pa.array(place.codes).take(pa.array(np.where(second == 1, care.other_la[rows], la))),
        year=pa.array(year),
        child=pa.array(ids[rows, second].astype(str)),
        sex=pa.array(np.where(year < 2025, old_codes, new_codes)),
        dob=pa.array(reported_births(rng, errors, who.born[person], child).astype("datetime64[D]")),
        ethnic=reported_ethnicities(rng, errors, who.ethnicity[person], child, ("ethnicity_other", "ethnicity_missing")),
        upn=number_text(numbered),
        uasc=pa.array(np.where(who.unaccompanied[person], "1", "0")),
    )


def episodes(rng, errors: Errors, place: Places, la: int, who: People, care: Care, ids: np.ndarray, years, postcodes: str) -> pa.Table:
    """Episodes of each year's return: an episode open at its end stands in the next year's return again."""
    child, k = np.nonzero(care.date[:, :MOST] < NEVER)
    begins = care.date[child, k]
    last = np.append(child[1:] != child[:-1], True)
    ceases = np.where(last, care.end[child], np.append(begins[1:], 0))
    second = (care.cut[child] > 0) & (k >= care.cut[child])
    opens = (k == 0) | ((care.cut[child] > 0) & (k == care.cut[child])) | ((care.gap[child] > 0) & (k == care.gap[child]))
    rec = np.where(last, np.array(ENDINGS)[care.ending[child]], "X1")
    before_gap = (care.gap[child] > 0) & (k == care.gap[child] - 1)
    ceases = np.where(before_gap, ceases - care.gap_days[child], ceases)
    rec = np.where(before_gap, np.where(rng.random(len(child)) < 0.85, "E4A", "E45"), rec)
    rec = np.where((care.cut[child] > 0) & (k == care.cut[child] - 1), "E3", rec)
    adopted = rec == "E12"
    rec = np.where(adopted & (rng.random(len(child)) < 0.25), "E11", rec)
    disabled = (who.sen[care.person] == 2) & (rng.random(len(care)) < 0.16) | (rng.random(len(care)) < 0.006)
    need = np.where(who.unaccompanied[care.person], "N8", np.where(disabled, "N2", np.where(rng.random(len(care)) < 0.62, "N1", "N5")))
    status = np.where(rng.random(len(care)) < 0.68, "C2", "V2")
    code = np.array(CODES)[care.code[child, k]]
    home = _home_posts(rng, errors, place, la, who, care)
    posts = care.post[child, k].copy()
    stale = wrong(rng, errors, "placement_postcode_old", np.arange(len(child))) & (k > 0)
    posts = np.where(stale, care.post[child, np.maximum(k - 1, 0)], posts)
    text = pa.compute.if_else(
        pa.array(wrong(rng, errors, "placement_postcode_missing", np.arange(len(child)))), None, place.text.take(pa.array(posts))
    )
    mistyped = pa.array(wrong(rng, errors, "placement_postcode_typo", np.arange(len(child))))
    text = pa.compute.if_else(mistyped, typed_wrong(rng, text), text) if pa.compute.any(mistyped).as_py() else text
    kin = np.isin(code, ("U1", "U3"))
    provider = np.where(code == "P1", "PR0", np.where(kin, "PR1", np.where(rng.random(len(child)) < 0.45, "PR4", "PR1")))
    parts = []
    for return_year in years:
        first, final = day(return_year - 1, 4, 1), day(return_year, 3, 31)
        rows = np.flatnonzero((begins <= final) & (ceases >= first))
        parts.append((rows, np.full(len(rows), return_year)))
    rows, year = (np.concatenate(part) for part in zip(*parts, strict=True))
    closed = ceases[rows] <= np.array([day(y, 3, 31) for y in range(years[0], years[-1] + 1)])[year - years[0]]
    mine = child[rows]
    return shaped(
        tables.episodes,
        len(rows),
        la=pa.array(place.codes).take(pa.array(np.where(second[rows], care.other_la[mine], la))),
        year=pa.array(year),
        child=pa.array(ids[mine, second[rows].astype(int)].astype(str)),
        decom=pa.array(begins[rows].astype("datetime64[D]")),
        rne=pa.array(np.where(opens[rows], "S", "P")),
        ls=pa.array(status[mine]),
        cin=pa.array(need[mine]),
        place=pa.array(code[rows]),
        place_provider=pa.array(provider[rows]),
        dec=pa.array(np.where(closed, ceases[rows], 0).astype("datetime64[D]"), mask=~closed),
        rec=pa.array(rec[rows], mask=~closed),
        home_post=shown(home.take(pa.array(mine)), postcodes, "care"),
        pl_post=shown(text.take(pa.array(rows)), postcodes, "care"),
    )


def _home_posts(rng, errors, place, la, who, care):
    """The home postcode of each child, in all its episodes."""
    each = np.arange(len(care))
    other = wrong(rng, errors, "home_postcode_other", each)
    near = place.near_sectors[place.sector[care.home], rng.integers(0, place.near_sectors.shape[1], len(care))]
    relative = place.postcode_in(near, rng.random(len(care)))
    earlier = np.where(rng.random(len(care)) < 0.5, who.homes[who.family[care.person], 0], relative)
    missing = wrong(rng, errors, "home_postcode_missing", each) | who.unaccompanied[care.person]
    return pa.compute.if_else(pa.array(missing), None, place.text.take(pa.array(np.where(other, earlier, care.home))))


def shown(texts: pa.Array, postcodes: str, side: str) -> "pa.Array | None":
    """Postcodes as a trial shows them on one side: in full, the sector only, or not at all."""
    if postcodes in ("none", {"care": "census", "census": "care"}[side]):
        return None
    return pa.compute.utf8_slice_codeunits(texts, 0, -2) if postcodes == "sector" else texts
