"""What DfE printed of health, missing, placements and care leavers: it bears our names, and each percentage comes out of its parts."""

import gzip
from fractions import Fraction
from functools import cache

import pytest
from test_statistics import read_file

from virtualschool import measures

RELEASE = "cla_release2024"
# Measure, England 2024: as printed in DfE's Children looked after in England, release of 2024.
ENGLAND = {
    "la_conviction_health_outcome_cla": {
        "health_assessment": "89",
        "dental_check": "79",
        "immunisations": "82",
        "development_assessment": "88",
        "convicted": "2",
        "substance_misuse": "3",
        "substance_misuse_refused": "42",
        "sdq_coverage": "77",
        "sdq_score": "14.7",
    },
    "la_cla_placement_stability": {"placements_3_plus": "10", "placement_stability": "68", "placements_3_plus_in_2_years": "23"},
    "la_children_who_were_missing_or_away_from_placement_without_authorisation": {
        "missing_once_or_more": "11",
        "missing_episodes": "6.5",
        "away_once_or_more": "2",
        "away_episodes": "4",
    },
    "la_care_leavers_activity": {
        "leavers_eet": "54",
        "leavers_neet": "39",
        "leavers_activity_not_known": "7",
        "leavers_higher_education": "6",
        "leavers_17_18_eet": "64",
        "leavers_17_18_neet": "30",
        "leavers_17_18_higher_education": "3",
        "leavers_17_18_other_education": "48",
    },
    "la_care_leavers_accommodation_suitability": {
        "leavers_suitable": "88",
        "leavers_unsuitable": "6",
        "leavers_17_18_suitable": "91",
        "leavers_17_18_suitability_not_known": "6",
    },
    "la_cla_on_31_march_by_characteristics": {"placed_over_20_miles_outside": "17", "placed_out_of_authority": "45"},
    "national/national_activity_of_care_leaver": {"leavers_in_touch": "92", "leavers_not_in_touch": "5"},
    "national/national_accommodation_of_care_leavers": {"leavers_independent": "34", "leavers_with_former_carers": "9"},
}
# Percentages of authorities come from the counts beside them; averages from sums that the file does not hold.
FROM_THEIR_PARTS = [name for name in ENGLAND if name.startswith("la_")]


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Gives the figures of 2024 of a file; each file is read once."""
    folder = tmp_path_factory.mktemp("release2024")

    @cache
    def read(real_data, name: str) -> list[dict]:
        found = real_data / "published" / RELEASE / name
        path = next(path for ending in (".csv.gz", ".csv") if (path := found.with_name(found.name + ending)).exists())
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8-sig") as file:
            heading, *lines = file
        newest = folder / f"{found.name}.csv"
        newest.write_text("".join([heading, *(line for line in lines if line.startswith("2024,"))]), encoding="utf-8")
        return read_file(newest, folder)[0]

    return read


@pytest.mark.parametrize("name", ENGLAND)
def test_england_is_what_dfe_printed_under_the_name_of_our_measure(figures, real_data, name):
    rows = [row for row in figures(real_data, name) if row["level"] == "england" and row["year"] == 2024 and row["breakdown"] == "total"]
    found = {row["measure"]: (row["value"], row["population"]) for row in rows}
    cohorts = {measure: measures.named(measure).cohort for measure in ENGLAND[name]}
    assert {measure: found[measure] for measure in ENGLAND[name]} == {
        measure: (value, cohorts[measure]) for measure, value in ENGLAND[name].items()
    }


@pytest.mark.parametrize("name", FROM_THEIR_PARTS)
def test_every_percentage_of_an_authority_is_its_numerator_over_its_denominator(figures, real_data, name):
    checked = 0
    for row in figures(real_data, name):
        measure = measures.ALL.get(row["measure"])
        if row["level"] != "la" or measure is None or measure.unit != "percent":
            continue
        parts = [row["numerator"], row["denominator"], row["value"]]
        if not all(part and part.replace(".", "").isdigit() for part in parts) or not int(row["denominator"]):
            continue
        exact = Fraction(int(row["numerator"]), int(row["denominator"])) * 100
        assert int(row["value"]) == int(exact + Fraction(1, 2)), row
        checked += 1
    assert checked > 100
