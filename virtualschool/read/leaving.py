"""An authority's own list of young people who leave care or are to: CHILD, ELIGIBILITY, PATHWAY_PLAN, ... [, LA, YEAR].

The return says what became of care leavers (OC3), and nothing of how they were prepared: the pathway plan and its review, staying
put, a vocational option that matches, the plan for the move to adult services. An authority's case system knows.
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.read.names import OF_A_RETURN
from virtualschool.read.ssda903 import WITHOUT_POINT

leaving_care = Kind(
    name="list.leaving_care",
    table=tables.leaving_care,
    needs=("child", "eligibility", "pathway_plan"),
    forbids=OF_A_RETURN,
    values={"child": WITHOUT_POINT},
    source="An authority's own list of those who leave care: CHILD, ELIGIBILITY, PATHWAY_PLAN, PATHWAY_REVIEW, ... [, LA, YEAR]",
)
