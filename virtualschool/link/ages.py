"""Ages as schools reckon them."""

import ibis


def age_before_school_year(dob: ibis.Value, year: "int | ibis.Value") -> ibis.Value:
    """Age on 31 August before the school year that ends in `year` began."""
    late = (dob.month() > 8).ifelse(1, 0)
    return (year - 1) - dob.year() - late
