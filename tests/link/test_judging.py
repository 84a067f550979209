from decimal import Decimal

import pytest

from virtualschool.link import judging


def row(child, method=None, pupil=None, best=None, probability=None, standing="linked", may=True):
    known = None if probability is None else Decimal(probability)
    return {
        "la": "301",
        "child": child,
        "method": method,
        "pupil": pupil,
        "probability": known if pupil else None,
        "best_pupil": best or (pupil if known else None),
        "best_probability": known,
        "best_standing": standing if known else None,
        "best_may": may,
    }


ROWS = [
    row("A", "exact", "P1", probability="0.9999"),
    row("B", "exact", "P9"),
    row("C", "likely", "P3", probability="0.96"),
    row("D", "likely", "P9", probability="0.98"),
    row("E", best="P5", probability="0.6", standing="review"),
    row("F"),
    row("G", "person", "P7", probability="0.4", standing="review"),
    row("H", best="P9", probability="0.02", standing="rival"),
]
TRUTH = {("301", child): f"P{number}" for number, child in enumerate("ABCDEFG", start=1)}
"""H has no pupil in truth, and of the others all but B and D are linked rightly, or would be."""


def test_each_method_is_judged_by_itself_and_with_those_before_it():
    found = {line["method"]: line for line in judging.by_method(ROWS, TRUTH)}
    assert [(name, line["links"], line["right"]) for name, line in found.items()] == [("exact", 2, 1), ("likely", 2, 1), ("person", 1, 1)]
    assert (found["likely"]["precision"], found["likely"]["recall"]) == (1 / 2, 1 / 7)
    # Two of four links are right, and two of seven children found: 2 × 2 / (4 + 7).
    assert (found["likely"]["precision_so_far"], found["likely"]["recall_so_far"], found["likely"]["f1_so_far"]) == (2 / 4, 2 / 7, 4 / 11)
    assert (found["person"]["precision_so_far"], found["person"]["recall_so_far"]) == (3 / 5, 3 / 7)


def test_a_floor_links_the_best_pupil_of_whoever_reaches_it_and_is_not_linked_exactly():
    found = {line["floor"]: line for line in judging.by_floor(ROWS, TRUTH)}
    assert {floor: (line["links"], line["right"]) for floor, line in found.items() if floor in (0.05, 0.5, 0.7, 0.98, 0.99)} == {
        0.05: (4, 3),
        0.5: (3, 2),
        0.7: (2, 1),
        0.98: (1, 0),
        0.99: (0, 0),
    }
    at = found[0.5]
    assert at["said"] == pytest.approx((0.96 + 0.98 + 0.6) / 3)
    assert at["difference"] == pytest.approx(100 * (2 / 3 - at["said"]))
    # With the two exact links, one of them right: five links, three right, of seven children.
    assert (at["precision_all"], at["recall_all"], at["f1_all"]) == (3 / 5, 3 / 7, 6 / 12)
    nothing = found[0.99]
    assert (nothing["precision"], nothing["said"], nothing["difference"], nothing["precision_low"]) == (None, None, None, None)
    assert (nothing["precision_all"], nothing["recall_all"]) == (1 / 2, 1 / 7)


def test_no_floor_links_a_pair_that_only_a_person_may_link():
    found = judging.by_floor([*ROWS, row("F", best="P6", probability="0.999", standing="review", may=False)], TRUTH)
    assert found[-1]["links"] == 0


def test_links_said_to_be_so_sure_are_counted_beside_those_that_are_right():
    found = judging.calibration(ROWS, TRUTH)
    bands = {(band["from"], band["to"]): (band["links"], band["right"]) for band in found["bands"] if band["links"]}
    assert bands == {(0.0, 0.05): (1, 0), (0.2, 0.5): (1, 1), (0.5, 0.8): (1, 1), (0.95, 0.99): (2, 1)}
    sure = next(band for band in found["bands"] if band["from"] == 0.95)
    assert (sure["said"], sure["precision"]) == (pytest.approx(0.97), 1 / 2)
    assert sure["difference"] == pytest.approx(-47)
    # Wilson's interval of 1 in 2, as a hand calculator gives it.
    assert (sure["precision_low"], sure["precision_high"]) == (pytest.approx(0.0945, abs=1e-4), pytest.approx(0.9055, abs=1e-4))
    assert (found["all"]["links"], found["all"]["right"]) == (5, 3)
    assert (found["linked"]["links"], found["linked"]["right"]) == (2, 1)


@pytest.mark.parametrize(
    ("probability", "band"), [("0.05", (0.05, 0.2)), ("0.049999", (0, 0.05)), ("0.999", (0.999, 1)), ("1", (0.999, 1)), ("0", (0, 0.05))]
)
def test_a_band_takes_in_its_beginning_and_only_the_last_its_end(probability, band):
    found = judging.calibration([row("C", "likely", "P3", probability=probability)], TRUTH)["bands"]
    assert [(part["from"], part["to"]) for part in found if part["links"]] == [band]


def test_links_and_proposals_are_counted_by_how_sure_they_are_without_a_truth():
    found = judging.by_sureness(ROWS)
    lying = {(line["from"], name): line[name] for line in found for name in ("exact", "likely", "person", "review") if line[name]}
    assert lying == {(0.2, "person"): 1, (0.5, "review"): 1, (0.95, "likely"): 2, (0.999, "exact"): 1, (None, "exact"): 1}


def test_nothing_linked_has_no_precision_and_nobody_to_find_no_recall():
    nothing = judging.judged(0, 0, 0)
    assert (nothing["precision"], nothing["recall"], nothing["f1"]) == (None, None, None)
    assert judging.judged(0, 0, 5)["recall"] == 0
