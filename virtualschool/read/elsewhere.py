"""Figures from elsewhere: one list of what no return holds, on which criteria of inspection rest.

    indicator,numerator,denominator,period,source[,group][,LA]

The indicators and their units are in docs/reference/frameworks.md. Whether an indicator is known, and a period one, is said where the
figures are used (`frameworks.elsewhere`), since its list stands there.
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind

AMOUNT = "replace(ltrim({value}, '£'), ',', '')"

figures_elsewhere = Kind(
    name="list.figures_elsewhere",
    table=tables.figures_elsewhere,
    needs=("indicator", "numerator", "denominator", "period", "source"),
    values={"numerator": AMOUNT, "denominator": AMOUNT},
    source="An authority's own list of figures that no return holds; Figures from elsewhere",
)
