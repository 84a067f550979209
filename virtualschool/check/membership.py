"""Rules that hold the modules of a return together: every child is in the header, once, with the same birth date and sex."""

from virtualschool import tables
from virtualschool.check.rules import Rule, rule

KEY = ["la", "year", "child"]
header, episodes = tables.header, tables.episodes

ABSENT = {
    "INT01": tables.ad1,
    "INT02": tables.placed_for_adoption,
    "INT03": tables.episodes,
    "INT04": tables.missing,
    "INT05": tables.oc2,
    "INT06": tables.oc3,
    "INT07": tables.previous_permanence,
    "INT08": tables.reviews,
    "INT09": tables.uasc,
}
OTHER_BIRTH = {
    "INT11": tables.ad1,
    "INT12": tables.placed_for_adoption,
    "INT13": tables.missing,
    "INT14": tables.oc2,
    "INT15": tables.oc3,
    "INT16": tables.previous_permanence,
    "INT17": tables.reviews,
    "INT18": tables.uasc,
}
TWICE = {"INT31": tables.ad1, "INT33": tables.oc2, "INT34": tables.oc3, "INT35": tables.previous_permanence, "INT36": tables.uasc}


def not_in_the_header(rows, header):
    return rows.anti_join(header, KEY)


def another_birth_date(rows, header):
    both = rows.join(header.select(*KEY, born=header.dob), KEY)
    return both.filter(both.dob != both.born)


def more_than_once(rows):
    counted = rows.group_by(*KEY).agg(times=rows.count())
    return rows.semi_join(counted.filter(counted.times > 1), KEY)


def title(table: tables.Table) -> str:
    return table.name.replace("_", " ")


absent = tuple(
    rule(code, f"A child of {title(table)} is not in the header.", table, header, columns="child")(not_in_the_header)
    for code, table in ABSENT.items()
)
other_birth = tuple(
    rule(code, f"The date of birth in {title(table)} is another than in the header.", table, header, columns="dob")(another_birth_date)
    for code, table in OTHER_BIRTH.items()
)
twice = tuple(
    rule(code, f"A child stands twice in {title(table)}.", table, columns="child")(more_than_once) for code, table in TWICE.items()
)


@rule("INT21", "The sex in uasc is another than in the header.", tables.uasc, header, columns="sex")
def another_sex(uasc, header):
    both = uasc.join(header.select(*KEY, known=header.sex), KEY)
    return both.filter(both.sex != both.known)


def other_than_last_year(name: str):
    def failing(header):
        before = header.select("la", "child", year=(header.year + 1).cast("int32"), before=header[name])
        both = header.join(before, ["la", "year", "child"])
        return both.filter(both[name] != both.before)

    return failing


def differs_from_last_year(code: str, name: str) -> Rule:
    return rule(code, f"{name.upper()} is another than in last year's return.", header, columns=name, beside_last_year=True)(
        other_than_last_year(name)
    )


other_dob = differs_from_last_year("203", "dob")
other_ethnicity = differs_from_last_year("204", "ethnic")


@rule("202", "SEX is another than in last year's return.", header, columns="sex", beside_last_year=True)
def other_sex(header):
    """1 and M, 2 and F are the same: the codes changed in 2025."""
    plain = header.sex.cases(("1", "M"), ("2", "F"), else_=header.sex)
    return other_than_last_year("plain")(header.mutate(plain=plain))


@rule("208", "UPN is another than in last year's return.", header, columns="upn", beside_last_year=True)
def other_upn(header):
    """From one unknown code to another, or from an unknown code to a number, is as it should be."""
    both = other_than_last_year("upn")(header)
    return both.filter(~both.before.startswith("UN"))


@rule(
    "1012",
    "A child who is not a care leaver and stands in the header and in other modules needs an episode.",
    tables.oc2,
    episodes,
    columns="child",
)
def outcomes_without_episode(oc2, episodes):
    filled = oc2.filter(oc2.sdq_score.notnull() | oc2.immunisations.notnull())
    return filled.anti_join(episodes, KEY)
