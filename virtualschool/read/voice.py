"""What children say and what is spent on each child, as lists without words and names: files that the web application writes for the next
build, and that any authority may bring.

    voice    child, said_on, source [, age_group, topic, answered_on, changed, LA]      one row for each thing that a child said
    premium  child, paid_on, amount, where, purpose [, strand, effect, LA]               one row for each child's part of a payment
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.read.plans import PENCE

views_said = Kind(
    name="list.voice",
    table=tables.views_said,
    needs=("child", "said_on", "source"),
    whole=False,
    source="An authority's own list of what children said, without words",
)
premium_parts = Kind(
    name="list.premium",
    table=tables.premium_parts,
    needs=("child", "paid_on", "pence", "spent_where"),
    values={"pence": PENCE},
    whole=False,
    source="An authority's own list of each child's part of payments",
)
