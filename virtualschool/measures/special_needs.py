"""Special educational needs at the January census, of those aged 4 or over on 31 March."""

import ibis
from ibis import _

from virtualschool.measures.measure import Measure

SOURCE = "DfE, Outcomes for children in need, including children looked after by local authorities in England: methodology"

# Born on or before 31 March four years earlier. Someone whose birthday is not known, but who is in the census, stays in.
OF_AGE = _.sen.notnull() & (_.dob <= ibis.date(_.year - 4, 3, 31)).fill_null(True)

sen_support = Measure(
    name="sen_support",
    title="SEN support",
    meaning="Children with special educational needs support at the January census, of those in it.",
    eligible=OF_AGE,
    numerator=_.sen == "support",
    unit="percent",
    better="neither",
    release="exclusions",
    first_year=2016,
    source=SOURCE,
)
ehcp = Measure(
    name="ehcp",
    title="Education, health and care plan",
    meaning="Children with an education, health and care plan at the January census, of those in it.",
    eligible=OF_AGE,
    numerator=_.sen == "EHCP",
    unit="percent",
    better="neither",
    release="exclusions",
    first_year=2016,
    source=SOURCE,
)
