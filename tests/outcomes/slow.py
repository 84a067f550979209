"""The outcomes a second time, one pupil at a time in plain Python: slow, and written from the rules without the expressions.

A result is (subject, grade, order): the subject by its proper name, the grade as awarded, and a number by which attempts are ordered.
"""

from decimal import Decimal
from fractions import Fraction

SCIENCES = ("Biology", "Chemistry", "Physics", "Computer science")
HUMANITIES = ("History", "Geography")
LANGUAGES = ("French", "German", "Spanish", "Urdu")
BTEC = {"D*2": Decimal("8.5"), "D2": Decimal(7), "M2": Decimal("5.5"), "P2": Decimal(4), "P1": Decimal("1.75")}
AS = {"A": Decimal("10.75"), "B": Decimal("8.88"), "C": Decimal(7), "D": Decimal("5.13"), "E": Decimal("3.5")}


def points(subject, qualification, grade):
    if grade in ("U", "X"):
        return Decimal(0)
    if qualification == "BTEC First Award":
        return BTEC[grade]
    if qualification == "AS":
        return AS[grade]
    if subject == "Combined science":
        return (Decimal(grade[0]) + Decimal(grade[-1])) / 2
    return Decimal(grade)


def kind(subject, qualification):
    if qualification == "BTEC First Award":
        return "open"
    if subject in ("English language", "English literature"):
        return "english"
    if subject == "Mathematics":
        return "maths"
    return "ebacc" if subject in (*SCIENCES, *HUMANITIES, *LANGUAGES, "Combined science") else "open"


def counting(results):
    """Of each subject the result that counts: an AS before a GCSE, then the first sat, then the best of those of one day."""
    kept = {}
    for subject, qualification, grade, day in results:
        rank = (qualification != "AS", day is None, day or 0, -points(subject, qualification, grade))
        if subject not in kept or rank < kept[subject][0]:
            kept[subject] = (rank, subject, qualification, grade)
    return [entry[1:] for entry in kept.values()]


def attainment_8(results):
    """(english, maths, ebacc, open), weighted."""
    kept = counting(results)
    score = {subject: points(subject, qualification, grade) for subject, qualification, grade in kept}
    kinds = {subject: kind(subject, qualification) for subject, qualification, grade in kept}
    english = sorted((score[s] for s in score if kinds[s] == "english"), reverse=True)
    weight = 2 if len(english) == 2 else 1
    maths = [score[s] for s in score if kinds[s] == "maths"]
    ebacc, rest = [], english[1:]
    for subject in score:
        copies = 2 if subject == "Combined science" and kinds[subject] == "ebacc" else 1
        if kinds[subject] == "ebacc":
            ebacc += [score[subject]] * copies
        elif kinds[subject] == "open":
            rest += [score[subject]] * copies
    ebacc.sort(reverse=True)
    rest = sorted(rest + ebacc[3:], reverse=True)
    return sum(english[:1]) * weight, sum(maths) * 2, sum(ebacc[:3]), sum(rest[:3])


def ebacc(results):
    """(english and maths at 4, at 5, entered, average point score as a fraction)."""
    kept = [entry for entry in counting(results) if kind(entry[0], entry[1]) != "open"]
    score = {subject: points(subject, qualification, grade) for subject, qualification, grade in kept}
    english = [score[s] for s in ("English language", "English literature") if s in score]
    maths = score.get("Mathematics")
    singles = sorted((score[s] for s in SCIENCES if s in score), reverse=True)
    humanities = [score[s] for s in HUMANITIES if s in score]
    languages = [score[s] for s in LANGUAGES if s in score]
    science = max(sum(singles[:2]) if len(singles) >= 3 else 0, 2 * score.get("Combined science", 0))
    total = (max(english) if len(english) == 2 else 0) + (maths or 0) + science + max(humanities, default=0) + max(languages, default=0)
    at = {n: bool(english) and max(english) >= n and maths is not None and maths >= n for n in (4, 5)}
    science_taken = len(singles) >= 3 or "Combined science" in score
    entered = len(english) == 2 and maths is not None and science_taken and bool(humanities) and bool(languages)
    return at[4], at[5], entered, Fraction(total) / 6


def ebacc_achieved(results):
    """(achieved with 4, with 5 in English and mathematics); the other pillars need a 4."""
    kept = [entry for entry in counting(results) if kind(entry[0], entry[1]) != "open"]
    score = {subject: points(subject, qualification, grade) for subject, qualification, grade in kept}
    english = [score[s] for s in ("English language", "English literature") if s in score]
    taken = [score[s] for s in SCIENCES if s in score]
    science = score.get("Combined science", 0) >= 4 or (len(taken) >= 3 and sum(one >= 4 for one in taken) >= 2)
    others = science and any(score.get(s, 0) >= 4 for s in HUMANITIES) and any(score.get(s, 0) >= 4 for s in LANGUAGES)
    main = (max(english), score.get("Mathematics", 0)) if len(english) == 2 else (0, 0)
    return tuple(others and min(main) >= grade for grade in (4, 5))


def group_of(average, table):
    """The group whose printed bounds hold the average; `table` has (group, low, high)."""
    return next(group for group, low, high in table if low <= average <= high)
