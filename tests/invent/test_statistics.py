from decimal import Decimal

from virtualschool.invent.statistics import number, rounded, share, tens


def test_a_half_is_rounded_away_from_zero_and_zeros_at_the_end_are_not_printed():
    assert [rounded(1, 8, 2), rounded(-1, 8, 2), rounded(345, 10, 0), rounded(34, 1, 1), rounded(0, 5, 2)] == [
        "0.13",
        "-0.13",
        "35",
        "34",
        "0",
    ]


def test_counts_of_authorities_are_hidden_from_one_to_five_and_those_of_england_are_to_the_nearest_ten():
    assert [number(n, "Local authority", 6) for n in (0, 1, 5, 6)] == ["0", "c", "c", "6"]
    assert [number(n, "National", 6) for n in (4, 5, 14, 15)] == ["0", "10", "10", "20"]
    assert tens(83_525) == 83_530


def test_a_percentage_is_hidden_on_ten_pupils_or_a_numerator_of_five():
    assert share(6, 10, "Local authority", 1) == ["c", "c"]
    assert share(5, 11, "Local authority", 1) == ["c", "c"]
    assert share(6, 11, "Local authority", 1) == ["6", "54.5"]
    assert share(0, 0, "Local authority", 1) == ["z", "z"]


def test_published_attainment_of_all_pupils_is_that_of_the_pupil_table(rows):
    state = [row for row in rows("education/2024/ks4.csv") if row["KS4_NFTYPE"] != "30"]
    total = sum(Decimal(row["KS4_ATT8"]) for row in state)
    printed = next(
        row
        for row in rows("published/ks4_all_pupils_la.csv")
        if (row["time_period"], row["geographic_level"], row["gender"]) == ("202324", "National", "Total")
    )
    assert printed["t_pupils"] == str(len(state))
    assert Decimal(printed["t_att8"]) == total
    assert printed["avg_att8"] == rounded(total, len(state), 1)


def test_published_attainment_of_children_in_care_is_that_of_the_true_links(rows):
    pupil = {(row["la"], row["child"]): row["pupil"] for row in rows("truth/links.csv")}
    attained = {row["KS4_PupilMatchingRefAnonymous"]: Decimal(row["KS4_ATT8"]) for row in rows("education/2025/ks4.csv")}
    mine = [
        attained[pupil[la, row["CHILD"]]]
        for la in ("V01",)
        for row in rows(f"care/{la}/2025/oc2.csv")
        if pupil.get((la, row["CHILD"])) in attained
    ]
    printed = next(row for row in rows("published/ks4_la.csv") if (row["time_period"], row["old_la_code"]) == ("202425", "V01"))
    assert printed["t_pupils"] == str(len(mine))
    assert Decimal(printed["t_att8"]) == sum(mine)


def test_published_absence_of_children_in_care_is_that_of_their_main_enrolment(rows):
    printed = [
        row
        for row in rows("published/absence_la.csv")
        if (row["time_period"], row["geographic_level"], row["phase_type_grouping"]) == ("202324", "Local authority", "Total")
    ]
    assert [row["social_care_group"] for row in printed] == ["CLA 12 months at 31 March"] * 2
    pupil = {(row["la"], row["child"]): row["pupil"] for row in rows("truth/links.csv")}
    born = {row["CHILD"]: row["DOB"] for row in rows("care/V01/2024/header.csv")}
    main = {}
    for row in rows("education/2024/absence.csv"):
        possible = int(row["SessionsPossible_6HalfTerms_ab24"])
        reference = row["PupilMatchingRefAnonymous_ab24"]
        age = 2023 - int(row["DOB_ab24"][-4:]) - (int(row["DOB_ab24"][3:5]) > 8)
        if 5 <= age <= 15 and possible > main.get(reference, (0, 0))[0]:
            main[reference] = (possible, int(row["OverallAbsence_6HalfTerms_ab24"]))
    found = [main[pupil["V01", row["CHILD"]]] for row in rows("care/V01/2024/oc2.csv") if pupil.get(("V01", row["CHILD"])) in main]
    assert born and [printed[0][name] for name in ("t_pupils", "t_sess_possible", "t_sess_overall")] == [
        str(len(found)), str(sum(possible for possible, _ in found)), str(sum(missed for _, missed in found)),
    ]  # fmt: skip
