"""How often each thing is wrong in the returns and on the censuses of a trial, by name; and some worlds of errors.

A rate is the share of records that an error stands in. Of each error a share lasts: the same wrong value stands in every
record of the child. The rest fall on one record alone, and the next year is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

NUMBER = (
    "upn_missing",
    "upn_unknown_code",
    "upn_temporary",
    "upn_one_character",
    "upn_two_characters",
    "upn_neighbours_swapped",
    "upn_digit_dropped",
    "upn_of_sibling",
    "upn_of_classmate",
    "upn_of_anyone",
)
"""Errors of the number in a return: a record has one of them at most."""
BIRTH = ("dob_swapped", "dob_one_digit", "dob_year_off", "dob_first_of_month", "dob_first_of_january")
"""Errors of the birth date in a return: a record has one of them at most."""


@dataclass(frozen=True)
class Errors:
    """Rates from 0 to 1, each named; `lasting` is the share that last, `lasting_of` says otherwise for some by name."""

    upn_missing: float = 0.035
    upn_unknown_code: float = 0.015
    upn_temporary: float = 0.03
    """A temporary number that no census has."""
    upn_one_character: float = 0.012
    upn_two_characters: float = 0.002
    upn_neighbours_swapped: float = 0.004
    upn_digit_dropped: float = 0.002
    upn_of_sibling: float = 0.002
    """The number of a brother or sister; of a classmate where there is none."""
    upn_of_classmate: float = 0.003
    """The number given at the same school in the same year, next to the child's own."""
    upn_of_anyone: float = 0.005
    upn_replaced: float = 0.04
    """Children whose number was replaced at some time: the present one is on the census from then on."""
    upn_old_still_given: float = 0.6
    """Of the replaced: the return still gives the old one."""
    former_upn_missing: float = 0.3
    """Of the replaced: the census does not give the old one as former."""

    dob_swapped: float = 0.004
    """Day and month swapped, where the day can be a month."""
    dob_one_digit: float = 0.005
    dob_year_off: float = 0.0015
    dob_first_of_month: float = 0.001
    dob_first_of_january: float = 0.001
    sex_wrong: float = 0.005
    ethnicity_other: float = 0.09
    ethnicity_missing: float = 0.025
    home_postcode_missing: float = 0.01
    home_postcode_other: float = 0.06
    """An earlier home of the family, or a relative's."""
    placement_postcode_missing: float = 0.02
    """DfE lets it be left out; a refuge or a mother and child unit."""
    placement_postcode_typo: float = 0.01
    placement_postcode_old: float = 0.03

    census_upn_one_character: float = 0.0005
    census_upn_missing: float = 0.0005
    census_dob_wrong: float = 0.002
    census_sex_wrong: float = 0.0005
    census_ethnicity_other: float = 0.03
    census_ethnicity_missing: float = 0.01
    census_postcode_missing: float = 0.004
    census_postcode_typo: float = 0.006
    census_postcode_old: float = 0.3
    """Of families that moved in the year: the school still has the old address."""
    care_postcode_home: float = 0.12
    """Of pupils in care: the school still has the home from before care. Of these and the next, most are put right in time."""
    care_postcode_before: float = 0.08
    """Of pupils in care: the school still has the placement before."""
    care_postcode_school: float = 0.02
    """Of pupils in care: the school gives its own address, or the authority's."""
    care_postcode_other: float = 0.04
    """Of pupils in care: any other address."""

    lasting: float = 0.75
    lasting_of: Mapping[str, float] = field(default_factory=dict)

    def lasts(self, name: str) -> float:
        return self.lasting_of.get(name, self.lasting)


SPIKE = Errors()
RATES: tuple[str, ...] = tuple(kind.name for kind in fields(Errors) if not kind.name.startswith("lasting"))
"""Every error by name."""
ERRORS = {
    "spike": SPIKE,
    "clean": Errors(*[0.0] * len(RATES)),  # type: ignore[arg-type]
    "fifteen": replace(
        SPIKE, upn_missing=0.06, upn_unknown_code=0.015, upn_temporary=0.03, upn_one_character=0.024, upn_two_characters=0.004,
        upn_neighbours_swapped=0.005, upn_digit_dropped=0.002, upn_of_sibling=0.002, upn_of_classmate=0.003, upn_of_anyone=0.005,
    ),
    "clerical": replace(
        SPIKE, upn_one_character=0.05, upn_two_characters=0.02, upn_neighbours_swapped=0.02, upn_digit_dropped=0.015, dob_swapped=0.012,
        dob_one_digit=0.02, dob_year_off=0.006, dob_first_of_month=0.004, sex_wrong=0.012, placement_postcode_typo=0.04,
        census_upn_one_character=0.003, census_dob_wrong=0.006, census_postcode_typo=0.02,
    ),
    "missing": replace(SPIKE, upn_missing=0.55, upn_unknown_code=0.10, upn_temporary=0.05),
    "yearly": replace(SPIKE, upn_missing=0.08, upn_one_character=0.03, dob_one_digit=0.015, sex_wrong=0.01, lasting=0.0),
    "siblings": replace(SPIKE, upn_of_sibling=0.05, upn_of_classmate=0.02, upn_missing=0.05),
}  # fmt: skip
"""Worlds of errors. `spike` is about what was first tried; `fifteen` has 15% of numbers missing or wrong, replaced ones apart."""
