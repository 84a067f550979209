"""Need set beside spend, and what the money did: over groups against similar children, and line by line in people's words."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from virtualschool.plans.premium import pounds, purposes
from virtualschool.plans.premium_effect import CANNOT_TELL, Effect, effect
from virtualschool.plans.premium_need import GROUPS, NeedLine, Standing, by_need, standings
from virtualschool.publish.rounding import rounded
from virtualschool.web import premium_facts, stores
from virtualschool.web.children import Child
from virtualschool.web.models import PremiumEffect, PremiumShare
from virtualschool.web.models.premium import RESULTS
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.children_changes import school_names
from virtualschool.web.presenters.premium import Part, seen
from virtualschool.years import label

SHOWN = 200


# --- Need ---


@dataclass(frozen=True)
class ChildNeed:
    """A child with the needs found, and what was spent."""

    child: Child
    standing: Standing
    school: str

    @property
    def amount(self) -> str:
        return pounds(self.standing.pence)

    @property
    def facts(self) -> list[tuple[str, bool]]:
        """Each need's fact, and whether some of the spend answers it."""
        return [(need.fact, need.name in self.standing.answered) for need in self.standing.needs]

    @property
    def types(self) -> str:
        return ", ".join(purposes()[purpose].words for purpose, pence in sorted(self.standing.spend.items()) if pence)


def needs(viewer: Viewer, year: str, *, school: str = "", group: str = "") -> dict[str, Any]:
    """The needs of the children looked after now beside the year's spend, of an authority or one school."""
    held = stores.snapshot()
    known = _facts(viewer, held)
    now = [child for (la, _), child in seen(viewer).items() if la == viewer.la and child.is_current]
    names = school_names()
    schools = sorted(
        {(child.school, names.get(child.school, f"URN {child.school}")) for child in now if child.school}, key=lambda one: one[1]
    )
    if school:
        now = [child for child in now if child.school == school]
    spend = spend_of(viewer.la, year)
    found = standings(((child.token, known.get(child.token, {})) for child in now), spend)
    lines = [ChildNeed(child, one, names.get(child.school, "")) for child, one in zip(now, found, strict=True)]
    counts = Counter(one.group for one in found)
    shown = [line for line in lines if line.standing.group == group] if group else []
    shown.sort(key=lambda line: (-len(line.standing.open), line.child.name.casefold()))
    return {
        "by_need": [(line, pounds(line.pence)) for line in by_need(found)],
        "groups": [(name, words, counts[name]) for name, words in GROUPS.items() if counts[name]],
        "lines": shown,
        "schools": schools,
        "children": len(found),
        "has_assessments": viewer.may("plan"),
        "store_year": stores.newest_year(held, viewer.la),
    }


def _facts(viewer: Viewer, of: stores.Snapshot) -> dict[str, dict[str, Any]]:
    """What is known of each child; teachers' assessments for who may see plans, of which they are a part."""
    return premium_facts.known(of, viewer.la) if viewer.may("plan") else premium_facts.facts(of, viewer.la)


def spend_of(la: str, year: str) -> dict[str, dict[str, int]]:
    """Pence by child and purpose of a year."""
    made: dict[str, dict[str, int]] = defaultdict(dict)
    rows = PremiumShare.objects.filter(la=la, line__financial_year=year).values_list("token", "line__purpose", "pence")
    for token, purpose, pence in rows:
        made[token][purpose] = made[token].get(purpose, 0) + pence
    return made


def need_rows(viewer: Viewer, year: str) -> tuple[list[str], list[list[Any]]]:
    """The same as a table for a file: a row for each child looked after now."""
    held = stores.snapshot()
    known, names = _facts(viewer, held), school_names()
    now = [child for (la, _), child in seen(viewer).items() if la == viewer.la and child.is_current]
    found = standings(((child.token, known.get(child.token, {})) for child in now), spend_of(viewer.la, year))
    rows = [
        [child.name, names.get(child.school, ""), GROUPS[one.group], "; ".join(need.fact for need in one.needs), pounds_number(one.pence)]
        for child, one in zip(now, found, strict=True)
    ]
    return ["Name", "School", "Need and spend", "Needs found", "Spent, pounds"], rows


def pounds_number(pence: int) -> Any:
    """Pence as pounds that a workbook adds up."""
    from decimal import Decimal

    return Decimal(pence).scaleb(-2)


def unmet(la: str, year: str, children: list[Child]) -> int:
    """How many of some children have a need and no money this year."""
    known = premium_facts.known(stores.snapshot(), la)
    found = standings(((child.token, known.get(child.token, {})) for child in children), spend_of(la, year))
    return sum(one.group == "need, no spend" for one in found)


# --- Before and after ---


@dataclass(frozen=True)
class Told:
    """The effect of one type of spend by one measure, in the measure's own units."""

    purpose: str
    measure: str
    effect: Effect

    @property
    def words(self) -> str:
        return purposes()[self.purpose].words if self.purpose else "Any spend"

    @property
    def measured(self) -> str:
        return premium_facts.MEASURES[self.measure][0]

    @property
    def answer(self) -> str:
        return {"better": "Better than similar children", "worse": "Worse than similar children"}.get(self.effect.answer, "Cannot tell")

    @property
    def tag(self) -> str:
        return {"better": "green", "worse": "red"}.get(self.effect.answer, "grey")

    def shown(self, value: Fraction | None, sign: bool = False) -> str:
        if value is None:
            return "–"
        number = rounded(value / premium_facts.MEASURES[self.measure][2], 2 if self.measure == "suspensions" else 1)
        return f"{number:+f}" if sign and number else f"{number:f}"

    @property
    def before(self) -> str:
        return self.shown(self.effect.before)

    @property
    def after(self) -> str:
        return self.shown(self.effect.after)

    @property
    def change(self) -> str:
        return self.shown(self.effect.change, sign=True)

    @property
    def pull(self) -> str:
        return self.shown(self.effect.pull, sign=True)

    @property
    def left(self) -> str:
        return self.shown(self.effect.effect, sign=True)

    @property
    def interval(self) -> str:
        if self.effect.low is None:
            return "no interval"
        return f"{self.shown(self.effect.low, sign=True)} to {self.shown(self.effect.high, sign=True)}"


def told(viewer: Viewer, year: str, measure: str) -> dict[str, Any]:
    """The effect of each type of spend of a year by one measure; of all spend together first."""
    held = stores.snapshot()
    rows = PremiumShare.objects.filter(la=viewer.la, line__financial_year=year).values_list("token", "line__purpose", "pence")
    by: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for token, purpose, pence in rows:
        by[""][token] += pence
        by[purpose][token] += pence
    made, years = [], (0, 0)
    for purpose in ["", *(name for name in purposes() if name in by)]:
        helped = frozenset(token for token, pence in by[purpose].items() if pence > 0)
        found, years = premium_facts.courses(held, viewer.la, year, measure, helped)
        # Who had other money is set beside nobody: neither helped by this, nor without help.
        found = [one for one in found if one.helped or by[""].get(one.child, 0) <= 0]
        made.append(Told(purpose, measure, effect(found, lower_is_better=True)))
    newest = stores.newest_year(held, viewer.la)
    return {
        "told": made,
        "before": label(years[0]),
        "after": label(years[1]),
        "too_early": newest is not None and newest < years[1],
        "unit": premium_facts.MEASURES[measure][1],
        "cannot_tell": sum(one.effect.answer == CANNOT_TELL for one in made),
    }


# --- Line by line ---


def results(viewer: Viewer, year: str) -> dict[str, Any]:
    """What people say of each child's part of a payment: counts of results by type, and the lines, those not known first."""
    known = seen(viewer)
    newest: dict[tuple[int, str], PremiumEffect] = {}
    for one in PremiumEffect.objects.filter(la=viewer.la, line__financial_year=year).order_by("made", "pk"):
        newest[one.line_id, one.token] = one  # type: ignore[attr-defined]
    shares = PremiumShare.objects.filter(la=viewer.la, line__financial_year=year, line__pence__gt=0).select_related("line")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    money: dict[str, int] = defaultdict(int)
    parts = []
    for share in shares.order_by("-line__on", "line__pk"):
        found = newest.get((share.line_id, share.token))  # type: ignore[attr-defined]
        counts[share.line.purpose][found.result if found else ""] += 1
        money[share.line.purpose] += share.pence
        if (share.la, share.token) in known:
            parts.append((known[share.la, share.token], Part(share, found)))
    table = [
        {
            "words": purposes()[name].words,
            "amount": pounds(money[name]),
            "parts": sum(counts[name].values()),
            "results": [counts[name][result] for result in RESULTS],
            "open": counts[name][""],
        }
        for name in purposes()
        if name in counts
    ]
    parts.sort(key=lambda one: one[1].effect is not None)
    return {"table": table, "headings": list(RESULTS.values()), "parts": parts[:SHOWN], "more": max(0, len(parts) - SHOWN)}


__all__ = ["ChildNeed", "NeedLine", "Told", "need_rows", "needs", "results", "told", "unmet"]
