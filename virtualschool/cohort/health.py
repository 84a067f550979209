"""What the return says of a child looked after for twelve months (OC2): health, convictions, and strengths and difficulties."""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.cohort.placements import words

SDQ_HIGHEST = 40
YES_OR_NO = {
    "convicted": "convicted",
    "development_checks": "health_check",
    "immunised": "immunisations",
    "teeth_checked": "teeth_check",
    "health_assessed": "health_assessment",
    "substance_misuse": "substance_misuse",
    "intervention_received": "intervention_received",
    "intervention_refused": "intervention_offered",
}
"""Our column of each of the return's that is 0 or 1. INTERVENTION_OFFERED means that it was offered and refused."""


def health_fields(years: ibis.Table) -> ibis.Table:
    """la, child, year, sdq_score, sdq_band, sdq_reason, sdq_year (of the latest score held), and a column of YES_OR_NO each.

    A score outside 0 to 40 is none; anything but 0 and 1 is not known. Of several rows of a child the last counts.
    """
    own = ["la", "child", "year"]
    newest = ibis.window(group_by=own, order_by=[_.file.desc(), _.row.desc()])
    told = tables.oc2.ibis().mutate(place=ibis.row_number().over(newest)).filter(_.place == 0)
    score = _.sdq_score.between(0, SDQ_HIGHEST).ifelse(_.sdq_score, ibis.null("int32"))
    said = {
        ours: ibis.cases((_[theirs] == "1", True), (_[theirs] == "0", False), else_=ibis.null("boolean"))
        for ours, theirs in YES_OR_NO.items()
    }
    told = told.select(*own, sdq_score=score, sdq_reason=words(_.sdq_reason, "SDQ_REASON"), **said)
    scored = told.filter(_.sdq_score.notnull()).select("la", "child", scored="year")
    latest = years.inner_join(scored, ["la", "child"], rname="s_{name}").filter(_.scored <= _.year)
    latest = latest.group_by(own).aggregate(sdq_year=_.scored.max())
    joined = years.select(*own).left_join(told, own, rname="t_{name}").left_join(latest, own, rname="l_{name}")
    band = ibis.cases(
        (_.sdq_score <= 13, "normal"), (_.sdq_score <= 16, "borderline"), (_.sdq_score <= SDQ_HIGHEST, "concern"), else_=ibis.null("string")
    )
    return joined.select(*own, "sdq_score", "sdq_reason", "sdq_year", *YES_OR_NO, sdq_band=band)
