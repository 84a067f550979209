"""The charts of statistics: a funnel of authorities, a control chart over time."""

from virtualschool import measures, years
from virtualschool.publish.told import Told
from virtualschool.reports import funnels, wording
from virtualschool.reports.blocks import Chart, Mark
from virtualschool.reports.telling import table_of

OTHERS, OWN, ENGLAND = "Authorities", "This authority", "England"
FUNNEL_COLUMNS = {
    "la_name": "Authority",
    "pupils": "Children",
    "value": "Figure",
    "low95": "Lower 95%",
    "high95": "Upper 95%",
    "wide_low95": "Lower 95%, wide",
    "wide_high95": "Upper 95%, wide",
    "stands": "Stands",
    "more_up": "More children to rise",
    "more_down": "More children to fall",
}


def funnel(told: Told, la: str = "") -> Chart:
    """The funnel plot of a told funnel, with authority `la` marked."""
    about = told.about
    measure = measures.named(about["measure"])
    marks = [
        Mark(str(row["pupils"]), series, None, row[f"{prefix}low{ends}"], row[f"{prefix}high{ends}"])
        for series, prefix, ends in (
            (funnels.WITHIN_WIDE, "wide_", "95"),
            (funnels.BY_CHANCE_95, "", "95"),
            (funnels.BY_CHANCE_998, "", "998"),
        )
        for row in about.get("lines", ())
    ]
    marks += [
        Mark(
            str(row["pupils"]),
            OWN if row["la"] == la else OTHERS,
            row["value"],
            why=row["la_name"],
            group="" if row["stands"] in ("within", "too few children") else "beyond",
        )
        for row in told.rows
    ]
    span = years.runs(about["years"])
    beyond = [row["la_name"] for row in told.rows if row["stands"] not in ("within", "too few children")]
    told_beyond = f"Beyond the wide 95% limits: {wording.listed(beyond)}." if beyond else "None lies beyond the wide 95% limits."
    return Chart(
        name=f"{measure.name}-funnel",
        kind="funnel",
        title=f"{measure.title}, {span}: {wording.several(len(told.rows), 'authority', 'authorities')} by number of children",
        description=(
            f"Funnel plot: each mark is an authority, by its number of children and its figure. England is {about['centre']}. Broken "
            "lines are what chance alone keeps to in 95 of 100 authorities, whole lines in 998 of 1,000; the grey ground is what 95 of "
            f"100 keep to where authorities differ by more than chance. {told_beyond} What lies within cannot be told from England."
        ),
        axis=wording.axis(measure),
        marks=tuple(marks),
        series=((OWN, "own"), (OTHERS, "other")),
        table=table_of(
            told, f"{measure.name}_funnel", f"{measure.title}, {span}, with limits", FUNNEL_COLUMNS, measure.unit, measure.decimals
        ),
        reference=(ENGLAND, about["centre"]) if about["centre"] is not None else None,
    )


CONTROL_COLUMNS = {
    "at": "When",
    "value": "Value",
    "centre": "Centre",
    "low": "Lower limit",
    "high": "Upper limit",
    "signals": "Signals",
}


def control(told: Told) -> Chart:
    """The control chart of a told series."""
    about = told.about
    marks = tuple(Mark(row["at"], about["la_name"], row["value"], row["low"], row["high"], row["signals"]) for row in told.rows)
    centres = {row["centre"] for row in told.rows}
    centre = centres.pop() if len(centres) == 1 else None
    return Chart(
        name=f"{about['series']}-control",
        kind="control",
        title=f"{about['title']}, {about['la_name']}",
        description=f"Control chart, {about['unit']}: broken lines are the limits that the series keeps to by itself. {told.notes[0]}",
        axis=about["unit"][:1].upper() + about["unit"][1:],
        marks=marks,
        series=((about["la_name"], "own"),),
        table=table_of(told, f"{about['series']}_control", f"{about['title']}, with limits", CONTROL_COLUMNS, about["unit"], 1),
        reference=("Centre", centre) if centre is not None else None,
    )
