from collections import defaultdict
from decimal import Decimal
from statistics import fmean

ENGLISH = ("English language", "English literature")
EBACC = ("Combined science", "Biology", "Chemistry", "Physics", "Computer science", "History", "Geography", "French", "Spanish", "German")


def attainment_8_by_hand(results: list[dict]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """English, mathematics, EBacc and open elements, slot by slot, from the rows of one pupil."""
    points = {}
    for row in results:
        if row["KS4_DISCALL"] == "0":
            points[row["KS4_SUBJECT"]] = Decimal(row["KS4_POINTS"])
    english = sorted((points[name] for name in ENGLISH if name in points), reverse=True)
    first = english[0] * (2 if len(english) == 2 else 1) if english else Decimal(0)
    ebacc = sorted((points[name] for name in EBACC if name in points for _ in range(1 + (name == "Combined science"))), reverse=True)
    others = [value for name, value in points.items() if name not in (*ENGLISH, *EBACC, "Mathematics")]
    pool = sorted([*ebacc[3:], *others, *english[1:]], reverse=True)
    return first, 2 * points.get("Mathematics", Decimal(0)), sum(ebacc[:3], Decimal(0)), sum(pool[:3], Decimal(0))


def test_attainment_8_of_every_pupil_is_the_sum_of_the_slots_filled_by_hand(rows):
    for year in (2023, 2024, 2025):
        results = defaultdict(list)
        for row in rows(f"education/{year}/ks4_results.csv"):
            results[row["KS4_PupilMatchingRefAnonymous"]].append(row)
        for row in rows(f"education/{year}/ks4.csv"):
            by_hand = attainment_8_by_hand(results[row["KS4_PupilMatchingRefAnonymous"]])
            stated = tuple(Decimal(row[f"KS4_ATT8{part}"]) for part in ("ENG", "MAT", "EBAC", "OPEN"))
            assert stated == by_hand
            assert Decimal(row["KS4_ATT8"]) == sum(by_hand)


def test_progress_8_is_against_the_mean_of_mainstream_pupils_of_the_same_group(rows):
    lows = [59, 82.5, 86.5, 88, 89.5, 91, 92.5, *(93.5 + step for step in range(27))]
    group = lambda row: sum(low <= float(row["KS4_KS2EMSS"]) for low in lows)  # noqa: E731
    pupils = rows("education/2024/ks4.csv")
    model = defaultdict(list)
    for row in pupils:
        if row["KS4_INP8MOD"] == "1":
            model[group(row)].append(float(row["KS4_ATT8"]))
    counted = 0
    for row in pupils:
        assert (row["KS4_P8SCORE"] != "") == (row["KS4_INP8CALC"] == "1" and group_has(model, row, group))
        if row["KS4_P8SCORE"]:
            estimate = fmean(model[group(row)])
            assert abs(float(row["KS4_P8SCORE_ORIG"]) - (float(row["KS4_ATT8"]) - estimate) / 10) < 1e-5
            assert float(row["KS4_P8SCORE"]) >= float(row["KS4_P8SCORE_ORIG"])
            counted += 1
    assert counted > 1300
    raised = sum(row["KS4_P8SCORE"] != row["KS4_P8SCORE_ORIG"] for row in pupils)
    assert 0.005 < raised / counted < 0.03


def group_has(model, row, group) -> bool:
    return bool(row["KS4_KS2EMSS"]) and group(row) in model


def test_there_is_no_progress_8_in_2025_and_no_prior_attainment(rows):
    for row in rows("education/2025/ks4.csv"):
        assert (row["KS4_P8SCORE"], row["KS4_KS2READSCORE"], row["KS4_KS2EMSS"], row["KS4_INP8CALC"]) == ("", "", "", "0")


def test_key_stage_tables_stand_in_the_years_that_had_them(small):
    assert (small / "education/2023/ks1.csv").exists() and not (small / "education/2024/ks1.csv").exists()
    assert "KS2_MATPROGSCORE_P_ADJUSTED" in (small / "education/2023/ks2.csv").read_text().partition("\n")[0]
    assert "PROGSCORE" not in (small / "education/2024/ks2.csv").read_text().partition("\n")[0]


def test_national_means_are_near_those_published(rows):
    results = rows("education/2024/ks4.csv")
    state = [row for row in results if row["KS4_NFTYPE"] != "30"]
    assert 43 < fmean(float(row["KS4_ATT8"]) for row in state) < 49
    assert 0.6 < fmean(row["KS4_L2BASICS_94"] == "1" for row in state) < 0.7
    primary = rows("education/2024/ks2.csv")
    assert 0.56 < fmean(row["KS2_RWMEXP"] == "1" for row in primary) < 0.66
    absence = rows("education/2024/absence.csv")
    missed = sum(int(row["OverallAbsence_6HalfTerms_ab24"]) for row in absence)
    assert 0.06 < missed / sum(int(row["SessionsPossible_6HalfTerms_ab24"]) for row in absence) < 0.09


def test_absence_adds_up_and_never_exceeds_what_was_possible(rows):
    for row in rows("education/2023/absence.csv"):
        possible, authorised, without, missed = (
            int(row[f"{name}_6HalfTerms_ab23"])
            for name in ("SessionsPossible", "AuthorisedAbsence", "UnauthorisedAbsence", "OverallAbsence")
        )
        assert authorised + without == missed <= possible
