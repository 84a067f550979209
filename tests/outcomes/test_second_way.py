"""A whole cohort a second time, one pupil at a time in plain Python: key stages 2 and 4, progress, absence, to the last digit.

VIRTUALSCHOOL_PUPILS says how many pupils there are in each key stage; 100,000 were compared once before a release.
"""

import datetime
import os
import random
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pyarrow as pa

from tests.outcomes import slow
from tests.outcomes.test_attainment_8 import invented_results
from virtualschool import codes, outcomes, tables

PUPILS = int(os.environ.get("VIRTUALSCHOOL_PUPILS", "600"))
YEAR = 2023
SIX, TEN = Decimal("0.000001"), Decimal("0.0000000001")
ELEMENTS = {"english": 2, "maths": 2, "ebacc": 3, "open": 3}
NOMINAL = {"N": 79, "BLW": 71}
"""Of the tests of 2018; A (absent) has none."""
KS1 = {"PKF": 4, "WTS": 6, "EXS": 8, "GDS": 10}
WRITING = {"GDS": 113, "EXS": 103, "WTS": 91}
BELOW = ("B", "N", "A", "PK4")
OUT = ("M", "L", "Q")


def rounded(value: Fraction | Decimal, step: Decimal = SIX) -> Decimal:
    found = Fraction(value)
    with localcontext(prec=60):
        return (Decimal(found.numerator) / found.denominator).quantize(step, ROUND_HALF_UP)


# --- Progress: means of like pupils, and the floor on extreme scores ---


def means(scores: dict[int, list[Decimal]]) -> dict[int, Fraction]:
    return {group: Fraction(sum(of)) / len(of) for group, of in scores.items()}


def floors(scores: dict[int, list[Decimal]], per: int) -> dict[int, Decimal]:
    """The lowest score of progress of each group that has one: the z below which a hundredth of the pupils lie, times its deviation."""
    mean, spread = means(scores), {}
    for group, of in scores.items():
        if len(of) > 1:
            variance = sum((Fraction(score) - mean[group]) ** 2 for score in of) / (len(of) - 1)
            with localcontext(prec=40):
                spread[group] = ((Decimal(variance.numerator) / variance.denominator).sqrt() / per).quantize(SIX, ROUND_HALF_UP)
    z = sorted(
        (Fraction(score) - mean[group]) / per / Fraction(spread[group]) for group, of in scores.items() if spread.get(group) for score in of
    )
    place = Fraction(len(z) - 1, 100)
    low, part = int(place), place - int(place)
    constant = rounded(z[low] + (z[low + 1] - z[low]) * part, TEN)
    return {group: rounded(Fraction(constant) * Fraction(of)) for group, of in spread.items() if of}


# --- Key stage 4 ---


def drawn_ks4(chance, number):
    """(results, rows of the key stage 4 table) of so many pupils; each has results or a row, most have both."""
    results, rows = invented_results(YEAR, number), {}
    for pupil in results:
        if results[pupil] and chance.random() < 0.04:
            continue
        rows[pupil] = {
            "ks2_reading": ks2_of(chance),
            "ks2_maths": ks2_of(chance),
            "ks2_year": 2018,
            "in_progress_8": chance.choice((None, None, None, True, False)),
            "in_progress_8_model": chance.choice((None, None, None, True, False)),
            "dob": chance.choice((None, datetime.date(2006, 9, 1), datetime.date(2007, 8, 31), datetime.date(2006, 8, 31))),
        }
    return results, rows


def ks2_of(chance):
    return chance.choice((*(str(chance.randint(80, 120)) for _ in range(12)), "N", "BLW", "A", None))


def prior_of(row):
    scores = [NOMINAL.get(result, int(result) if result.isdigit() else None) for result in (row["ks2_reading"], row["ks2_maths"]) if result]
    known = [score for score in scores if score is not None]
    return Decimal(sum(known)) / len(known) if known else None


def group_of(average):
    lows = [(Decimal(row["low"]), int(row["group"])) for row in codes.load("prior_groups") if row["scale"] == "scaled score"]
    return None if average is None else max((group for low, group in lows if average >= low), default=1)


def achieved(results, grade):
    """Whether the EBacc was achieved: English and mathematics at the grade, the other pillars at 4."""
    score = {s: slow.points(s, q, g) for s, q, g in slow.counting(results) if slow.kind(s, q) != "open"}

    def best(*subjects):
        return max((score[subject] for subject in subjects if subject in score), default=-1)

    singles = [score[subject] for subject in slow.SCIENCES if subject in score]
    science = best("Combined science") >= 4 or (len(singles) >= 3 and sum(single >= 4 for single in singles) >= 2)
    english = "English language" in score and "English literature" in score and best("English language", "English literature") >= grade
    return english and best("Mathematics") >= grade and science and best(*slow.HUMANITIES) >= 4 and best(*slow.LANGUAGES) >= 4


def expected_ks4(results, rows):
    """What each pupil's row should say."""
    found = {}
    for pupil in {**results, **rows}:
        taken = results.get(pupil) or []
        parts = dict(zip(ELEMENTS, map(Decimal, slow.attainment_8(taken)), strict=True))
        *flags, average = slow.ebacc(taken)
        prior = prior_of(rows[pupil]) if pupil in rows else None
        found[pupil] = {
            "attainment_8": sum(parts.values()),
            **{f"attainment_8_{name}": value for name, value in parts.items()},
            **dict(zip(("english_maths_94", "english_maths_95", "ebacc_entered"), flags, strict=True)),
            "ebacc_94": achieved(taken, 4),
            "ebacc_95": achieved(taken, 5),
            "ebacc_aps": rounded(average),
            "ks2_prior": prior,
            "prior_group": group_of(prior),
        }
    modelled = [
        (row["prior_group"], row)
        for pupil, row in found.items()
        if row["prior_group"] and rows.get(pupil, {}).get("in_progress_8_model") is not False
    ]
    scores: dict[str, dict[int, list]] = {name: {} for name in ("", *ELEMENTS)}
    for group, row in modelled:
        for name, of in scores.items():
            of.setdefault(group, []).append(row[f"attainment_8_{name}" if name else "attainment_8"])
    usual = {name: {group: rounded(mean) for group, mean in means(of).items()} for name, of in scores.items()}
    lowest = floors(scores[""], 10)
    for pupil, row in found.items():
        group = row["prior_group"]
        counts = group in usual[""] and rows[pupil]["in_progress_8"] is not False
        score = rounded((row["attainment_8"] - usual[""][group]) / 10) if counts else None
        row["progress_8"] = max(score, lowest[group]) if counts and group in lowest else score
        for name, slots in ELEMENTS.items():
            mine = row[f"attainment_8_{name}"]
            row[f"progress_8_{name}"] = rounded(Fraction(mine - usual[name][group]) / slots) if counts else None
    return found


# --- Key stage 2 ---


def drawn_ks2(chance, number):
    """(rows of key stage 2, rows of key stage 1) of so many pupils."""
    rows, before = {}, {}
    for n in range(number):
        able = chance.gauss(103, 9)
        result = {s: str(max(80, min(120, round(chance.gauss(able, 5))))) for s in ("read_result", "maths_result", "gps_result")}
        result |= {s: chance.choice((*BELOW, *OUT, None)) for s in result if chance.random() < 0.08}
        writing = chance.choice(("GDS", "EXS", "EXS", "EXS", "WTS", "PK4", "A", None))
        given = {
            f"ks1_{s}_points": Decimal(chance.choice((4, 6, 8, 10))) for s in ("reading", "writing", "maths") if chance.random() < 0.05
        }
        rows[f"K{n:06d}"] = {**result, "writing_result": writing, **given}
        if chance.random() < 0.95:
            levels = ("PKF", "WTS", "WTS", "EXS", "EXS", "EXS", "GDS", "PK1", None)
            before[f"K{n:06d}"] = {s: chance.choice(levels) for s in ("reading", "writing", "maths")}
    return rows, before


def standard(result, at, codes_reaching):
    """Whether a result reaches a standard; None for one that is missing or does not count."""
    if result is None or result in OUT:
        return None
    return int(result) >= at if result.isdigit() else result in codes_reaching


def ks1_average(row, before):
    point = {s: row.get(f"ks1_{s}_points", KS1.get(before.get(s))) for s in ("reading", "writing", "maths")}
    words = [point[s] for s in ("reading", "writing") if point[s] is not None]
    halves = [Fraction(sum(words)) / len(words)] if words else []
    halves += [Fraction(point["maths"])] if point["maths"] is not None else []
    return Fraction(sum(halves)) / len(halves) if halves else None


def expected_ks2(rows, before):
    found = {}
    for pupil, row in rows.items():
        read, maths, gps, writing = (row[f"{s}_result"] for s in ("read", "maths", "gps", "writing"))
        reached = {s: standard(r, 100, ("EXS", "GDS")) for s, r in (("read", read), ("maths", maths), ("gps", gps), ("writing", writing))}
        high = {s: standard(r, 110, ("GDS",)) for s, r in (("read", read), ("maths", maths), ("gps", gps), ("writing", writing))}
        three = ("read", "writing", "maths")
        found[pupil] = {
            **{f"ks2_{s}_expected": value for s, value in reached.items()},
            **{f"ks2_{s}_higher": value for s, value in high.items()},
            "ks2_rwm_expected": None if None in [reached[s] for s in three] else all(reached[s] for s in three),
            "ks2_rwm_higher": None if None in [high[s] for s in three] else all(high[s] for s in three),
        }
    start = {pupil: ks1_average(row, before.get(pupil, {})) for pupil, row in rows.items()}
    for subject in ("read", "writing", "maths"):
        score = {
            pupil: WRITING.get(row["writing_result"]) if subject == "writing" else whole(row[f"{subject}_result"])
            for pupil, row in rows.items()
        }
        counted = [pupil for pupil in rows if start[pupil] is not None and score[pupil] is not None]
        group = merged([start[pupil] for pupil in counted])
        scores: dict[int, list] = {}
        for pupil in counted:
            scores.setdefault(group[start[pupil]], []).append(Decimal(score[pupil]))
        usual, lowest = {number: rounded(mean) for number, mean in means(scores).items()}, floors(scores, 1)
        for pupil in rows:
            at = group.get(start[pupil])
            progress = rounded(score[pupil] - usual[at]) if at and score[pupil] is not None else None
            found[pupil][f"ks2_{subject}_progress"] = max(progress, lowest.get(at, progress)) if progress is not None else None
    return found


def whole(result):
    return int(result) if result and result.isdigit() else None


def merged(starts):
    """The group of each key stage 1 average: one with fewer than a hundred pupils joins the next, and the last the one before."""
    pupils = Counter(starts)
    groups: list[list] = [[]]
    size = 0
    for average in sorted(pupils):
        if size >= 100:
            groups.append([])
            size = 0
        groups[-1].append(average)
        size += pupils[average]
    if size < 100 and len(groups) > 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return {average: number for number, of in enumerate(groups, start=1) for average in of}


# --- Absence ---


def drawn_absence(chance, pupils):
    rows = []
    for pupil in pupils:
        terms = chance.choice((("year",), ("year",), ("year",), ("autumn", "spring", "summer"), ("autumn", "spring", "year"), (None,)))
        for term in terms:
            for school in range(chance.choice((1, 1, 1, 2))):
                possible = chance.randint(0, 390)
                authorised, unauthorised = chance.choice((None, chance.randint(0, 20))), chance.choice((None, chance.randint(0, 9)))
                missed = chance.choice((None, (authorised or 0) + (unauthorised or 0)))
                counts = dict(zip(SESSIONS, (possible, authorised, unauthorised, missed), strict=True))
                rows.append(
                    {
                        "pmr": pupil,
                        "term": term,
                        "laestab": f"301400{school}",
                        "main_enrolment": chance.choice((None, True, False)),
                        **counts,
                    }
                )
    return rows


SESSIONS = ("sessions_possible", "sessions_authorised", "sessions_unauthorised", "sessions_missed")


def expected_absence(rows, born):
    of: dict[str, list] = {}
    for row in rows:
        of.setdefault(row["pmr"], []).append(row)
    found = {}
    for pupil, mine in of.items():
        if born.get(pupil) and born[pupil] < datetime.date(2006, 9, 1):
            found[pupil] = dict.fromkeys(SESSIONS)  # Sixteen before the school year began.
            continue
        main = {}
        for row in mine:
            term = row["term"] or "year"
            rank = (not row["main_enrolment"], -row["sessions_possible"], row["laestab"], row["row"])
            if term not in main or rank < main[term][0]:
                main[term] = (rank, row)
        kept = [main["year"][1]] if "year" in main else [row for _, row in main.values()]
        parts = {name: [added(row) if name == "sessions_missed" else row[name] for row in kept] for name in SESSIONS}
        known = {name: [value for value in values if value is not None] for name, values in parts.items()}
        found[pupil] = {name: sum(values) if values else None for name, values in known.items()}
    return found


def added(row):
    if row["sessions_missed"] is not None or (row["sessions_authorised"] is None and row["sessions_unauthorised"] is None):
        return row["sessions_missed"]
    return (row["sessions_authorised"] or 0) + (row["sessions_unauthorised"] or 0)


# --- All of it ---


def write(store, table, rows):
    for number, row in enumerate(rows, start=2):
        row |= {"file": 1, "row": number}
    columns = [pa.array([row.get(column.name) for row in rows], column.arrow) for column in table.columns]
    store.draft.write(table.name, pa.table(columns, schema=table.arrow))


def test_a_cohort_has_the_same_figures_worked_out_one_pupil_at_a_time(store):
    chance = random.Random(23)
    results, ks4 = drawn_ks4(chance, PUPILS)
    ks2, ks1 = drawn_ks2(chance, PUPILS)
    absence = drawn_absence(chance, [*ks4, *ks2])
    entries = [
        {
            "subject": subject,
            "qualification": kind,
            "grade": grade,
            "exam_date": day and datetime.date(2023, 6, day),
            "pmr": pupil,
            "year": YEAR,
        }
        for pupil, taken in results.items()
        for subject, kind, grade, day in taken
    ]
    write(store, tables.ks4_results, entries)
    write(store, tables.ks4, [{"pmr": pupil, "year": YEAR, **row} for pupil, row in ks4.items()])
    write(store, tables.ks2, [{"pmr": pupil, "year": YEAR, **row} for pupil, row in ks2.items()])
    write(store, tables.ks1, [{"pmr": pupil, "year": 2019, **row} for pupil, row in ks1.items()])
    for row in absence:
        row["year"] = YEAR
    write(store, tables.absence, absence)
    number = {"attainment_8": len(results), "ks2_rwm": len(ks2)}
    told = {"year": YEAR, "level": "england", "population": "all_pupils", "breakdown": "total"}
    write(store, tables.published, [{"measure": name, "pupils": str(pupils), **told} for name, pupils in number.items()])
    write(store, tables.authorities, [{"la": "V01", "name": "Vale"}])
    outcomes.outcomes(store.draft)

    expected = {**expected_ks4(results, ks4), **expected_ks2(ks2, ks1)}
    for pupil, sessions in expected_absence(absence, {pupil: row["dob"] for pupil, row in ks4.items()}).items():
        expected[pupil] |= sessions
    found = {row["pupil"]: row for row in store.engine.rows(f"SELECT * FROM pupils WHERE year = {YEAR}")}
    assert set(found) == set(expected)
    compared = 0
    for pupil, values in expected.items():
        assert {name: found[pupil][name] for name in values} == values, pupil
        compared += len(values)
    assert compared > 30 * PUPILS
    scored = sum(row["progress_8"] is not None for row in found.values())
    assert scored > PUPILS / 2
