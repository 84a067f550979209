"""How many children are linked, how, and how right: what the command `links` says.

With a truth, how right the links are (judging); without one, for whom there are links: a group with fewer of them is a group
that figures speak for less well.
"""

import pathlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.errors import WrongUse
from virtualschool.link import judging
from virtualschool.link.ages import age_before_school_year
from virtualschool.link.children import sex_of
from virtualschool.link.comparisons import LEVELS
from virtualschool.link.truth import true_pupils
from virtualschool.store import Engine
from virtualschool.years import runs

AGE_BANDS = ((5, "under 5"), (10, "5 to 9"), (16, "10 to 15"))
GROUPS = ("la", "sex", "age_band", "ethnic_group", "unaccompanied", "placement_type", "out_of_authority")
SCHOOL_AGE = ("5 to 9", "10 to 15")
"""Headers list care leavers and children under five too, whom no school file need have."""
OF_CHILDREN = ("year", "in_year", "care_leaver", "ethnic_group", "unaccompanied", "placement_type", "out_of_authority")
"""What is asked of the table `children`."""
NOT_KNOWN = "not known"
SEVERAL_WAYS = "differs from link to link"


def links(engine: Engine, truth: pathlib.Path | None = None, year: int | None = None) -> dict:
    """Children of any header (or of that year's), and what became of them.

    children, linked, by_method, by_reason; precision (right links / links made), recall (right links / children who have a
    pupil in truth) and f1; school_age (the match rate of children of 5 to 15); by_group (see groups); by_rule: method, rule,
    agreed, children; by_sureness, quality_by_method, by_threshold and calibration (see judging). What needs a truth is null
    without one: `truth`, a CSV of la, child, pupil.
    Raises Unreadable if `truth` cannot be read, WrongUse if the store holds no return of `year`.
    """
    refuse_older_store(engine)
    refuse_year_not_held(engine, year)
    there = true_pupils(engine, truth) if truth is not None else None
    rows = engine.rows(children(year))
    linked = [row for row in rows if row["pupil"] is not None]
    whole = judged(rows, there)
    return {
        "year": year,
        "children": len(rows),
        "linked": len(linked),
        "by_method": counts(row["method"] for row in linked),
        "by_reason": counts(row["reason"] for row in rows if row["pupil"] is None),
        **whole,
        "school_age": match_rate(of_school_age(rows)),
        "by_group": groups(rows, there),
        "by_rule": by_rule(linked),
        "by_sureness": judging.by_sureness(rows),
        "quality_by_method": None if there is None else judging.by_method(rows, there),
        "by_threshold": None if there is None else judging.by_floor(rows, there),
        "calibration": None if there is None else judging.calibration(rows, there),
    }


def judged(rows: Sequence[Mapping], truth: judging.Truth | None) -> dict[str, float | None]:
    """precision, recall and f1 of the links of some children; null without a truth."""
    if truth is None:
        return dict.fromkeys(("precision", "recall", "f1"))
    linked = [row for row in rows if row["pupil"] is not None]
    right = sum(judging.is_right(row, truth) for row in linked)
    found = judging.judged(len(linked), right, judging.in_truth(rows, truth))
    return {name: found[name] for name in ("precision", "recall", "f1")}


def refuse_older_store(engine: Engine) -> None:
    """Raises WrongUse for a store that an earlier version built, whose links tell less."""
    asked = {table: table.names for table in (tables.links, tables.link_evidence, tables.pupil_keys)} | {tables.children: OF_CHILDREN}
    for table, columns in asked.items():
        held = {row["column_name"] for row in engine.rows(f"SELECT column_name FROM (DESCRIBE {table.name})")}
        if not held.issuperset(columns):
            raise WrongUse(
                "Store",
                f"an earlier version of the program built it, and {table.name} tells less than is asked now.",
                "Build it again: virtualschool build STORE --add FILES",
            )


def refuse_year_not_held(engine: Engine, year: int | None) -> None:
    held = [row["year"] for row in engine.rows("SELECT DISTINCT year FROM header")]
    if year is not None and year not in held:
        do = f"It holds returns of {runs(held)}." if held else "Build it from returns: virtualschool build STORE --from FOLDER"
        raise WrongUse(f"Year {year}", "the store holds no return of it.", do)


def children(year: int | None) -> ibis.Table:
    """Each child of a header, with its link or reason, its best pupil as weighed, and its groups.

    la, child, pupil, method, rule, agreed, probability, reason, best_pupil, best_probability, best_standing, best_may (see
    may_link), sex, age_band …
    Sex and age are those of the newest return (or the year's); the rest those of its row in `children`, null for who was not
    looked after then.
    """
    # Only what is asked of them: a store that an earlier version built may lack columns that nobody asks for here.
    own = ["la", "child"]
    header = tables.header.ibis().select(*own, "year", "file", "row", "dob", "sex")
    rows = tables.children.ibis().select(*own, *OF_CHILDREN)
    if year is not None:
        header, rows = header.filter(_.year == year), rows.filter(_.year == year)
    newest = ibis.window(group_by=own, order_by=[_.year.desc(), _.file.desc(), _.row.desc()])
    listed = header.mutate(place=ibis.row_number().over(newest)).filter(_.place == 0)
    age = age_before_school_year(_.dob, _.year)
    listed = listed.select(
        *own,
        sex=ibis.cases((sex_of(_.sex) == "F", "female"), (sex_of(_.sex) == "M", "male"), else_=ibis.null("string")),
        age_band=ibis.cases((age.isnull(), ibis.null("string")), *((age < below, band) for below, band in AGE_BANDS), else_="16 and over"),
    )
    # Who is a care leaver now is spoken of as when looked after.
    rows = rows.filter(_.in_year.fill_null(True) | ~_.care_leaver.fill_null(False))
    latest = rows.mutate(place=ibis.row_number().over(ibis.window(group_by=own, order_by=_.year.desc()))).filter(_.place == 0)
    latest = latest.select(*own, "ethnic_group", "unaccompanied", "placement_type", "out_of_authority")
    best = tables.link_evidence.ibis().filter(_["rank"] == 1)
    best = best.select(*own, best_pupil="pupil", best_probability="probability", best_standing="standing", best_may=may_link(best))
    made = tables.links.ibis().select(*own, "pupil", "method", "rule", "agreed", "probability")
    joined = listed.left_join(made, own, rname="link_{name}")
    joined = joined.left_join(tables.unlinked.ibis(), own, rname="unlinked_{name}")
    joined = joined.left_join(best, own, rname="best_{name}")
    joined = joined.left_join(latest, own, rname="latest_{name}")
    return joined.select(
        *own,
        "pupil",
        "method",
        "rule",
        "agreed",
        "probability",
        "reason",
        "best_pupil",
        "best_probability",
        "best_standing",
        "best_may",
        "sex",
        "age_band",
        "ethnic_group",
        "unaccompanied",
        "placement_type",
        "out_of_authority",
    )


def may_link(pairs: ibis.Table) -> ibis.Value:
    """Whether a pair may be a link without a person, were it sure enough: birth dates agree or nearly, and the pupil was not seen
    before the child arrived."""
    near = LEVELS["birth"][LEVELS["birth"].index("nearly the same") :]
    return pairs.birth.isin(near).fill_null(False) & (pairs.arrival != "seen before the child arrived").fill_null(True)


def groups(rows: Sequence[Mapping], truth: judging.Truth | None) -> list[dict[str, Any]]:
    """For each group and value: children, linked, match_rate with low and high (Wilson), by_reason of those without a link, and
    under `school_age` the same five for children of 5 to 15 alone. With a truth also precision, recall and f1.
    """
    found = []
    for group in GROUPS:
        members: dict[str, list[Mapping]] = {}
        for row in rows:
            members.setdefault(word(row[group]), []).append(row)
        found += [{"group": group, "value": value, **group_of(members[value], truth)} for value in sorted(members)]
    return found


def group_of(rows: Sequence[Mapping], truth: judging.Truth | None) -> dict[str, Any]:
    return {
        **match_rate(rows),
        "by_reason": counts(row["reason"] for row in rows if row["pupil"] is None),
        "school_age": match_rate(of_school_age(rows)),
        **(judged(rows, truth) if truth is not None else {}),
    }


def match_rate(rows: Sequence[Mapping]) -> dict[str, Any]:
    """children, linked, match_rate, low and high of some children."""
    linked = sum(row["pupil"] is not None for row in rows)
    low, high = judging.interval(linked, len(rows))
    return {"children": len(rows), "linked": linked, "match_rate": judging.share(linked, len(rows)), "low": low, "high": high}


def of_school_age(rows: Iterable[Mapping]) -> list[Mapping]:
    return [row for row in rows if row["age_band"] in SCHOOL_AGE]


def by_rule(linked: Iterable[Mapping]) -> list[dict[str, Any]]:
    """How many links each rule made: method, rule, agreed, children; the methods in their order."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in linked:
        found.setdefault((row["method"], word(row["rule"])), []).append(word(row["agreed"]))
    order = sorted(found.items(), key=lambda pair: (judging.METHODS.index(pair[0][0]), -len(pair[1]), pair[0]))
    return [
        {"method": method, "rule": rule, "agreed": agreed[0] if len(set(agreed)) == 1 else SEVERAL_WAYS, "children": len(agreed)}
        for (method, rule), agreed in order
    ]


def counts(words: Iterable) -> dict[str, int]:
    """How often each occurs, the most frequent first."""
    counted: dict[str, int] = {}
    for one in words:
        counted[word(one)] = counted.get(word(one), 0) + 1
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def word(value: "str | bool | None") -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return NOT_KNOWN if value is None else value
