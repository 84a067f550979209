"""Attendance over six half terms. Each pupil counts by the sessions of the main enrolment.

Persistent and severe absence test the exact ratio in whole numbers, never a rounded percentage.
"""

from ibis import _

from virtualschool.measures.measure import Measure

METHODOLOGY = "DfE, Pupil absence in schools in England: methodology"
NOT_COLLECTED = "There is no absence for the whole of 2020: schools closed to most pupils in March, and only the autumn term was published."

# Compulsory school age: 5 to 15 on 31 August before the school year. A pupil whose age is not known stays in.
OF_AGE = (_.sessions_possible > 0) & _.age.fill_null(10).between(5, 15)


def rate(name: str, title: str, meaning: str, column) -> Measure:
    """Sessions missed of those possible, pooled over the group."""
    return Measure(
        name=name,
        title=title,
        meaning=meaning,
        eligible=OF_AGE,
        numerator=column,
        denominator=_.sessions_possible,
        unit="percent",
        better="lower",
        interval="ratio",
        counts="sessions",
        release="absence",
        first_year=2016,
        missing_years={2020: NOT_COLLECTED},
        source=METHODOLOGY,
    )


def absentees(name: str, title: str, meaning: str, reached) -> Measure:
    """Pupils whose own share of sessions missed reaches a mark, of all pupils."""
    return Measure(
        name=name,
        title=title,
        meaning=meaning,
        eligible=OF_AGE,
        numerator=reached,
        unit="percent",
        better="lower",
        release="persistent absence",
        first_year=2016,
        missing_years={2020: NOT_COLLECTED},
        source=METHODOLOGY,
    )


absence_rate = rate("absence_rate", "Overall absence", "Sessions missed, of those a pupil could have attended.", _.sessions_missed)
authorised_absence = rate(
    "authorised_absence",
    "Authorised absence",
    "Sessions missed with leave, of those a pupil could have attended.",
    _.sessions_authorised,
)
unauthorised_absence = rate(
    "unauthorised_absence",
    "Unauthorised absence",
    "Sessions missed without leave, of those a pupil could have attended.",
    _.sessions_unauthorised,
)
persistent_absence = absentees(
    "persistent_absence",
    "Persistent absence",
    "Pupils who missed 10% or more of their own possible sessions.",
    _.sessions_missed * 10 >= _.sessions_possible,
)
severe_absence = absentees(
    "severe_absence",
    "Severe absence",
    "Pupils who missed half or more of their own possible sessions.",
    _.sessions_missed * 2 >= _.sessions_possible,
)
attendance_all_looked_after = Measure(
    name="attendance_all_looked_after",
    title="Attendance of all looked-after children",
    meaning=(
        "Sessions attended, of those possible, of children of compulsory school age (5 to 15 on 31 August, so up to 16) who were looked "
        "after at any time in the year, however short: DfE's own figures are of those looked after for twelve months. All their sessions "
        "of the school year count, those before care began among them."
    ),
    eligible=OF_AGE,
    numerator=_.sessions_possible - _.sessions_missed,
    denominator=_.sessions_possible,
    unit="percent",
    better="higher",
    interval="ratio",
    counts="sessions",
    release="absence",
    cohort="year",
    first_year=2016,
    missing_years={2020: NOT_COLLECTED},
    source=METHODOLOGY,
    uncertain="DfE prints no figure of this group. Sessions are by school year and care by care year, so some were missed outside care.",
)
