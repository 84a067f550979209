"""Special educational needs at the January census, of those aged 4 or over on 31 March; primary needs, of those who have any."""

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
sen_any = Measure(
    name="sen_any",
    title="Any special educational needs",
    meaning="Children with special educational needs support or an education, health and care plan at the January census, of those in it.",
    eligible=OF_AGE,
    numerator=_.sen.isin(("support", "EHCP")),
    unit="percent",
    better="neither",
    release="exclusions",
    first_year=2016,
    source=SOURCE,
)


def primary_need(code: str, words: str, first_year: int = 2016, uncertain: str = "") -> Measure:
    """The share of children with special educational needs whose primary need is of one type, as the census words it."""
    return Measure(
        name=f"primary_need_{code}",
        title=f"Primary need: {words}",
        meaning=(
            f"Children whose primary type of need is {words}, of those with special educational needs support or an education, health and "
            "care plan at the January census, those without a type of need among them."
        ),
        eligible=OF_AGE & _.sen.isin(("support", "EHCP")),
        numerator=(_.primary_need == words).fill_null(False),
        unit="percent",
        better="neither",
        release="exclusions",
        first_year=first_year,
        # Of all pupils DfE's printed figures serve: fourteen measures of millions of pupils would be a tenth of the time of a build.
        of_pupils=False,
        source=SOURCE,
        uncertain=uncertain,
    )


primary_need_spld = primary_need("spld", "Specific learning difficulty")
primary_need_mld = primary_need("mld", "Moderate learning difficulty")
primary_need_sld = primary_need("sld", "Severe learning difficulty")
primary_need_pmld = primary_need("pmld", "Profound and multiple learning difficulty")
primary_need_semh = primary_need("semh", "Social, emotional and mental health")
primary_need_slcn = primary_need("slcn", "Speech, language and communication needs")
primary_need_hi = primary_need("hi", "Hearing impairment")
primary_need_vi = primary_need("vi", "Vision impairment")
primary_need_msi = primary_need("msi", "Multi-sensory impairment")
primary_need_pd = primary_need("pd", "Physical disability")
primary_need_asd = primary_need("asd", "Autistic spectrum disorder")
primary_need_ds = primary_need("ds", "Down syndrome", uncertain="The first year of this type of need was not found.")
primary_need_oth = primary_need("oth", "Other difficulty or disability")
primary_need_nsa = primary_need("nsa", "SEN support but no specialist assessment of type of need")
