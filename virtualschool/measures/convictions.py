"""Convictions of children looked after for twelve months, as the return says it (OC2)."""

from ibis import _

from virtualschool.measures.of_care import GUIDANCE, share

convicted = share(
    "convicted",
    "Convicted or cautioned",
    "Children aged 10 to 17 on 31 March who were convicted, or subject to a youth caution or youth conditional caution, in the year.",
    _.convicted,
    _.age_on_31_march.between(10, 17),
    source=f"{GUIDANCE}, conviction and health outcomes",
)
