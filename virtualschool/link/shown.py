"""Single links as they may be shown: a list for those who keep the store, one child by token, and an example of each method.

No pupil is named but in the list; and a link that ended with an order (adoption, special guardianship, child arrangements) is
nowhere explained, and stands in the list without its pupil, so that nobody can tell from it who was once in care. What a person
is to judge is only counted: it is looked at in the review queue, where each look is logged.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.errors import WrongUse
from virtualschool.link import explaining
from virtualschool.link.judging import METHODS, Truth, is_right
from virtualschool.link.reasons import BY_NAME
from virtualschool.store import Engine

OWN = ["la", "child"]
ENDED = "The link ended with an order, and the record before it is sealed: how it was made is not shown."


def listed(engine: Engine, year: int | None = None, truth: Truth | None = None) -> list[dict[str, Any]]:
    """A row for each child of a header (or of that year's): la, child, pupil, method, rule, weight, probability, agreed, until of
    its link; reason and next_step where it has none; token; with a truth, whether its link is right (null without a link)."""
    header, rows = tables.header.ibis(), tables.children.ibis()
    if year is not None:
        header, rows = header.filter(_.year == year), rows.filter(_.year == year)
    # After an adoption a child has another token; the link goes with the one before it.
    newest = ibis.window(group_by=OWN, order_by=[_.pupil.isnull(), _.year.desc()])
    tokens = rows.mutate(place=ibis.row_number().over(newest)).filter(_.place == 0).select(*OWN, "token")
    joined = header.select(*OWN).distinct().left_join(tables.links.ibis(), OWN, rname="link_{name}")
    joined = joined.left_join(tables.unlinked.ibis(), OWN, rname="unlinked_{name}").left_join(tokens, OWN, rname="token_{name}")
    made = ("pupil", "method", "rule", "weight", "probability", "agreed", "until")
    found = engine.rows(joined.select(*OWN, *made, "reason", "token").order_by(OWN))
    return [
        {
            **{name: row[name] for name in OWN},
            "pupil": row["pupil"] if row["until"] is None else None,
            **{name: row[name] for name in made[1:]},
            "reason": row["reason"],
            "next_step": BY_NAME[row["reason"]].next_step if row["reason"] in BY_NAME else None,
            "token": row["token"],
            **({} if truth is None else {"right": None if row["pupil"] is None else yes_or_no(is_right(row, truth))}),
        }
        for row in found
    ]


def yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def of_child(engine: Engine, token: str) -> list[dict[str, Any]]:
    """Why a child is linked, or not, a part for each authority that had the child in care.

    la, years, linked, method, rule, agreed, probability, said (a sentence), steps (of the waterfall), reason, next_step, and
    proposals (how many pupils a person is to judge). Raises WrongUse for a token there is none of.
    """
    rows = engine.rows("SELECT la, child, year, pupil FROM children WHERE token = ? ORDER BY la, child, year", [token])
    if not rows:
        raise WrongUse("Child", "the store has no child of that token.", "Tokens stand in the list: virtualschool links STORE --format csv")
    known: dict[tuple[str, str], list[dict]] = {}
    for row in rows:
        known.setdefault((row["la"], row["child"]), []).append(row)
    return [of_record(engine, la, child, found) for (la, child), found in known.items()]


def of_record(engine: Engine, la: str, child: str, rows: Sequence[Mapping]) -> dict[str, Any]:
    """What is shown of one child of one authority; `rows` are those of the token in question."""
    links = engine.rows("SELECT * FROM links WHERE la = ? AND child = ?", [la, child])
    reasons = engine.rows("SELECT reason FROM unlinked WHERE la = ? AND child = ?", [la, child])
    evidence = engine.rows("SELECT * FROM link_evidence WHERE la = ? AND child = ? ORDER BY rank", [la, child])
    found: dict[str, Any] = {"la": la, "years": sorted({row["year"] for row in rows}), "linked": False}
    found |= dict.fromkeys(("method", "rule", "agreed", "probability", "said", "reason", "next_step"))
    found |= {"steps": [], "proposals": 0}
    if links and any(row["pupil"] is not None for row in rows):
        link = links[0]
        found["linked"] = True
        if link["until"] is not None:
            return found | {"said": ENDED}
        return found | {name: link[name] for name in ("method", "rule", "agreed")} | explained(link, evidence)
    if links:
        # The link is that of an identity before an order. It is another's, and so is its evidence.
        return found
    reason = BY_NAME.get(reasons[0]["reason"]) if reasons else None
    return found | {
        "reason": reasons[0]["reason"] if reasons else None,
        "said": reason.words if reason else None,
        "next_step": reason.next_step if reason else None,
        "proposals": sum(row["standing"] == "review" for row in evidence),
    }


def explained(link: Mapping[str, Any], evidence: Sequence[Mapping]) -> dict[str, Any]:
    """probability, said and steps of a link; of one that was not weighed, what its rule asks."""
    mine = next((row for row in evidence if row["standing"] == "linked" and row["pupil"] == link["pupil"]), None)
    if mine is None:
        agreed = link["agreed"] or link["rule"]
        return {"probability": None, "said": f"{agreed}. How sure it is was not weighed.", "steps": []}
    return told(mine, evidence)


def told(row: Mapping[str, Any], evidence: Sequence[Mapping]) -> dict[str, Any]:
    return {
        "probability": None if row["probability"] is None else float(row["probability"]),
        "said": explaining.in_words(row, evidence),
        "steps": [vars(step) for step in explaining.steps(row)],
    }


def examples(engine: Engine, year: int | None = None) -> list[dict[str, Any]]:
    """One usual link of each method, of nobody in particular: method, rule, probability, said, steps.

    Usual: of the links of the rule that made most, the one in the middle by weight.
    """
    found = []
    for method in METHODS:
        links, evidence = tables.links.ibis(), tables.link_evidence.ibis()
        if year is not None:
            header = tables.header.ibis()
            links = links.semi_join(header.filter(header.year == year), OWN)
        open_ones = links.filter(links.method == method, links["until"].isnull())
        weighed = open_ones.inner_join(evidence.filter(evidence.standing == "linked"), [*OWN, "pupil"], rname="e_{name}")
        weighed = weighed.select(*OWN, "rule", weight="e_weight")
        rows = engine.rows(weighed)
        if not rows:
            continue
        rules = [row["rule"] for row in rows]
        most = max(sorted(set(map(str, rules))), key=lambda rule: sum(str(one) == rule for one in rules))
        of_rule = sorted((row for row in rows if str(row["rule"]) == most), key=lambda row: (row["weight"] or 0, row["la"], row["child"]))
        middle = of_rule[len(of_rule) // 2]
        own = engine.rows("SELECT * FROM link_evidence WHERE la = ? AND child = ? ORDER BY rank", [middle["la"], middle["child"]])
        mine = next(row for row in own if row["standing"] == "linked")
        found.append({"method": method, "rule": middle["rule"], **told(mine, own)})
    return found
