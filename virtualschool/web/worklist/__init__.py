"""The worklist of an authority: what the rules find, kept with who takes it and what became of it."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, Count, F, QuerySet, When

from virtualschool.web import children, clock, stores
from virtualschool.web.models import WorkItem, WorkStamp
from virtualschool.web.worklist import attendance, premium, progress  # noqa: F401 (their rules enter the table)
from virtualschool.web.worklist.evidence import Evidence
from virtualschool.web.worklist.rules import RULES, Rule

if TYPE_CHECKING:
    from virtualschool.web.permissions import Viewer

__all__ = ["RULES", "WHICH", "Rule", "counts", "first", "held", "refresh"]


def refresh(la: str, *, anew: bool = False) -> Evidence:
    """Makes the worklist of an authority again where day, snapshot or roll have changed since, or at once where `anew` says so. Gives what
    the rules looked at.

    What is found again keeps its owner and what was done about it; what is found no more goes; what comes back stands again unless it
    was done.
    """
    seen = Evidence(la, clock.today(), stores.snapshot())
    stamp = f"{seen.today} {seen.snapshot.name} {[(file.pk, file.sha256[:8]) for file in seen.rolls]}"
    if not anew and WorkStamp.objects.filter(la=la, stamp=stamp).exists():
        return seen
    with transaction.atomic():
        held = {(item.rule, item.key): item for item in WorkItem.objects.filter(la=la)}
        found = {(rule.name, one.key): one for rule in RULES.values() for one in rule.find(seen)}
        new = [
            WorkItem(la=la, rule=rule, key=key, token=one.token, words=one.words, due=one.due, count=one.count, found=seen.today)
            for (rule, key), one in found.items()
            if (rule, key) not in held
        ]
        WorkItem.objects.bulk_create(new)
        changed = []
        for name, item in held.items():
            one = found.get(name)
            if one is None and item.gone is None:
                item.gone = seen.today
            elif one is not None and (item.gone is not None or (item.words, item.due, item.count) != (one.words, one.due, one.count)):
                item.gone, item.words, item.due, item.count = None, one.words, one.due, one.count
            else:
                continue
            changed.append(item)
        WorkItem.objects.bulk_update(changed, ["gone", "words", "due", "count"], batch_size=200)
        WorkStamp.objects.update_or_create(la=la, defaults={"stamp": stamp})
    return seen


BEFORE_ALL = ("statement_to_read",)
"""Rules that stand before whatever else is overdue: a child may not be safe."""
WHICH = ("all", "mine", "later", "done")
"""What may be asked for: what waits, what waits with me, what was put off, what was done."""


def held(viewer: "Viewer", which: str = "all") -> QuerySet[WorkItem]:
    """Items for this viewer's role, most urgent first: what is overdue or due, then what has no date. Those about a protected child are
    there only for who may see the child."""
    today = clock.today()
    items = WorkItem.objects.filter(la=viewer.la, rule__in=[name for name, rule in RULES.items() if viewer.may(rule.kind)])
    items = items.exclude(token__in=children.kept_from(viewer)).select_related("owner__person", "done_by")
    if which in ("all", "mine"):
        items = items.open_on(today)
        items = items.filter(owner=viewer.membership) if which == "mine" else items
    elif which == "done":
        items = items.filter(gone__isnull=True, done__isnull=False)
    else:
        items = items.filter(gone__isnull=True, done__isnull=True, snoozed_until__gt=today)
    before_all = Case(When(rule__in=BEFORE_ALL, then=0), default=1)
    return items.order_by(before_all, F("due").asc(nulls_last=True), "found", "id")


@dataclass(frozen=True)
class First:
    """What comes first of a worklist: the items, how many wait with the viewer, and how many of each rule with anybody."""

    items: list[WorkItem]
    mine: int
    counts: list[tuple[Rule, int]]


def first(viewer: "Viewer", number: int, of_each: int) -> First:
    """The most urgent that wait with the viewer, so many at most, then as many that do not: so many of each rule, so that one that finds
    much hides no other."""
    waiting = list(held(viewer).values_list("id", "rule", "owner"))
    mine = [item for item, _, owner in waiting if owner == viewer.membership.pk] if viewer.membership else []
    before: Counter[str] = Counter()
    others = []
    with_me = set(mine)
    for item, rule, _ in waiting:
        if item in with_me:
            continue
        before[rule] += 1
        if before[rule] <= of_each:
            others.append(item)
    chosen = [*mine[:number], *others[:number]]
    found = WorkItem.objects.select_related("owner__person", "done_by").in_bulk(chosen)
    return First([found[item] for item in chosen if item in found], len(mine), _in_order(Counter(rule for _, rule, _ in waiting)))


def counts(items: QuerySet[WorkItem]) -> list[tuple[Rule, int]]:
    """How many of each rule, in the order of the rules."""
    return _in_order(dict(items.order_by().values_list("rule").annotate(Count("id"))))


def _in_order(number: dict[str, int]) -> list[tuple[Rule, int]]:
    return [(rule, number[name]) for name, rule in RULES.items() if name in number]
