"""What becomes of care leavers aged 19 to 21: occupied, and suitably housed. As DfE printed it; care leavers are no children of the
table `children`."""

from virtualschool.measures.measure import Measure

SOURCE = "DfE, Children looked after in England: data guidance, care leavers"


def share(name: str, title: str, meaning: str) -> Measure:
    """A share of care leavers whose 19th, 20th or 21st birthday falls in the year."""
    return Measure(
        name=name,
        title=title,
        meaning=meaning,
        eligible=False,
        numerator=None,
        unit="percent",
        better="higher",
        decimals=0,
        release="looked after",
        cohort="leavers",
        first_year=2016,
        of_schools=False,
        of_pupils=False,
        of_children=False,
        source=SOURCE,
    )


leavers_eet = share(
    "leavers_eet",
    "Care leavers in education, employment or training",
    "Care leavers aged 19 to 21 in education, employment or training, of all of them, those of whom nothing is known among them.",
)
leavers_suitable = share(
    "leavers_suitable",
    "Care leavers in suitable accommodation",
    "Care leavers aged 19 to 21 in accommodation considered suitable, of all of them, those without information among them.",
)
