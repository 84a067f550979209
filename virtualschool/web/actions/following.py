"""Records follow a child whose token a build has changed.

What people write is kept under the token of the child and the authority (`la`). A build gives a child another token when a link is
found that ties it to a pupil who was in care elsewhere first, or when such a link goes. Then what the authority wrote about the child
goes over to the new token:

renamed     nobody else of the authority bore the old token or bears the new one: everything follows, protection and all
joined      the new token is borne already, by the same person under another identifier: everything follows that has room
parted      others keep the old token: only what came over when the two were joined goes back; the rest stays where it is,
            because nobody can tell of whom it speaks

Nothing follows across an order of adoption, and nothing is joined where either record is protected: whoever may see one might not
see the other. Then a protection covers both, the records stay where they are, and the heads are told. No other authority's record is
touched. Each step leaves an event with the keys of the rows, so that it can be taken back.
"""

import contextlib
import csv
import fcntl
import os
import pathlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from virtualschool.link import protected
from virtualschool.link.naming import opaque, store_key
from virtualschool.web import events, stores
from virtualschool.web.actions import messages
from virtualschool.web.models import Disposal, Event, Message, OneTimeLink, Protection, Relationship, RollEntry, WorkItem

FILE = "tokens.csv"
"""In the records of a store: the token under which each child's records were left last."""
STAY = (Event, RollEntry)
"""Events are never changed; entries of a roll get their token anew after each build (actions/roll)."""
ORDERS = 9
"""More orders of adoption than any child has."""


@dataclass(frozen=True)
class Named:
    """What the children of an authority are called, by identifier: before this build and now, and who of them was ever adopted."""

    la: str
    before: Mapping[str, str]
    now: Mapping[str, str]
    adopted: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()
    """Tokens that an order has sealed, of any authority."""
    hidden: frozenset[str] = frozenset()
    """Children who must never be linked: their records follow to a name of their own and to no other."""


@dataclass
class Followed:
    """What became of the records of an authority: how many tokens were renamed, joined and parted, and how many were kept apart."""

    renamed: int = 0
    joined: int = 0
    parted: int = 0
    kept_apart: int = 0
    tokens: list[str] = field(default_factory=list)


def bring_along() -> Followed:
    """Brings the records of all authorities to the tokens of the snapshot that is current, and notes these for the next time."""
    held = stores.snapshot()
    records = stores.store().path / "records"
    done = Followed()
    with _alone(records):
        before, key, hidden = _noted(records), store_key(records), protected.listed(records)
        rows = stores.engine(held).rows(NEWEST)
        own = OwnNames(key, [(row["la"], row["child"]) for row in rows])
        named: dict[str, dict[str, str]] = defaultdict(dict)
        adopted = defaultdict(set)
        for row in rows:
            named[row["la"]][row["child"]] = row["token"]
            if row["adopted"]:
                adopted[row["la"]].add(row["child"])
        for la, now in sorted(named.items()):
            # A child who was in no return before was called so by the roll.
            was = {child: before.get((la, child)) or opaque(key, la, child, 0) for child in now}
            if was == now:
                continue
            kept = frozenset(child for place, child in hidden if place == la)
            sealed = stores.sealed(held)
            follow(Named(la, was, now, frozenset(adopted[la]), sealed, kept), own, done)
        after = {(la, child): token for la, now in named.items() for child, token in now.items()}
        if before | after != before:
            _note(records, before | after)
    return done


NEWEST = """
    WITH ordered AS (SELECT DISTINCT la, child FROM episodes WHERE rec IN ('E11', 'E12'))
    SELECT la, child, token, ordered.child IS NOT NULL AS adopted
    FROM children LEFT JOIN ordered USING (la, child)
    QUALIFY row_number() OVER (PARTITION BY la, child ORDER BY year DESC) = 1
    ORDER BY la, child
"""


def follow(named: Named, own: "OwnNames", done: Followed) -> None:
    """Brings the records of one authority to the tokens of now."""
    moved: dict[tuple[str, str], list[str]] = defaultdict(list)
    for child, token in sorted(named.now.items()):
        if named.before[child] != token:
            moved[named.before[child], token].append(child)
    for (was, now), who in sorted(moved.items()):
        with transaction.atomic():
            _follow(named, own, done, was, now, who)


def _follow(named: Named, own: "OwnNames", done: Followed, was: str, now: str, who: list[str]) -> None:
    if not any(rows.exists() for rows in _rows(named.la, was)):
        return
    stay = [child for child, token in named.before.items() if token == was and child not in who]
    bearers = {child for child, token in named.before.items() if token == now}
    there = bool(bearers) or any(rows.exists() for rows in _rows(named.la, now))
    is_own = any(own.is_of(now, named.la, child) for child in who)
    ordered = named.adopted & {*who, *stay, *bearers} or named.sealed & {was, now}
    if ordered or not (is_own or own.is_without_order(now)):
        return _keep_apart(named.la, was, now, "an order of adoption lies between", done)
    if stay:
        return _part(named.la, was, now, done)
    if (there or not is_own) and named.hidden & set(who):
        return _keep_apart(named.la, was, now, "two records are not joined", done)
    if there and Protection.objects.filter(la=named.la, token__in=(was, now), ended__isnull=True).exists():
        _protect_too(named.la, was, now)
        return _keep_apart(named.la, was, now, "one of the records is protected", done)
    moved, left = _move(named.la, was, now)
    _rewrite(named.la, was, now)
    done.joined, done.renamed = done.joined + there, done.renamed + (not there)
    done.tokens.append(now)
    events.add(
        action="records followed", la=named.la, kind="settings", token=now, reason="the build joined two records" if there else "",
        detail={"from": was, "rows": moved, "left": left},
    )  # fmt: skip
    if left:
        messages.tell(messages.heads(named.la), "records kept apart", "/people/events", named.la)
    return None


def _part(la: str, was: str, now: str, done: Followed) -> None:
    """Gives back what came over when two records were joined; who sees the one record protected finds the other so too."""
    _protect_too(la, was, now)
    back: dict[str, list[int]] = {}
    for event in Event.objects.filter(action="records followed", la=la, token=was).order_by("id"):
        if event.detail.get("from") == now:
            for name, keys in event.detail["rows"].items():
                back.setdefault(name, []).extend(keys)
    moved, left = _move(la, was, now, back)
    stays = sum(rows.count() for rows in _rows(la, was))
    done.parted += 1
    done.tokens.append(now)
    reason = "the build parted two records"
    events.add(
        action="records parted", la=la, kind="settings", token=now, reason=reason, detail={"from": was, "rows": moved, "left": stays}
    )
    if stays or left:
        messages.tell(messages.heads(la), "records kept apart", "/people/events", la)


def _keep_apart(la: str, was: str, now: str, why: str, done: Followed) -> None:
    done.kept_apart += 1
    # Which token comes after an adoption is nowhere beside the one before.
    beside = {} if "adoption" in why else {"to": now}
    events.add(action="records kept apart", la=la, kind="settings", token=was, reason=why, detail=beside)
    messages.tell(messages.heads(la), "records kept apart", "/people/events", la)


def _protect_too(la: str, was: str, now: str) -> None:
    """Protects the record of a new token for the same people where that of the old one is protected and it is not."""
    if Protection.objects.filter(la=la, token=now, ended__isnull=True).exists():
        return
    for held in Protection.objects.filter(la=la, token=was, ended__isnull=True):
        made = Protection.objects.create(token=now, la=la, made_by=held.made_by, why=held.why)
        made.named.set(held.named.all())


def _rows(la: str, token: str) -> Iterator[models.QuerySet]:
    """The rows about a child of an authority, of every model that bears its token."""
    for model in apps.get_app_config("web").get_models():
        names = {one.name for one in model._meta.get_fields()}
        if "token" not in names or model in STAY:
            continue
        if model is Disposal:
            # What was disposed of leaves a tombstone, which stays as it is.
            yield Disposal.objects.filter(la=la, token=token, approved__isnull=True)
        elif "la" in names:
            yield model._default_manager.filter(la=la, token=token)
        elif model is Relationship:
            yield Relationship.objects.filter(membership__la=la, token=token)
        elif model is OneTimeLink:
            yield OneTimeLink.objects.filter(membership__la=la, token=token).exclude(purpose="pack")


def _move(la: str, was: str, now: str, only: Mapping[str, list[int]] | None = None) -> tuple[dict[str, list[int]], int]:
    """Moves rows from a token to another, `only` those of these keys: the keys of those that moved by model, and how many had no room."""
    moved: dict[str, list[int]] = {}
    left = 0
    for rows in _rows(la, was):
        name = rows.model._meta.model_name
        for row in rows.filter(pk__in=only.get(name, [])) if only is not None else rows:
            row.token = now
            changed = ["token"]
            if isinstance(row, WorkItem):
                row.key = row.key.replace(was, now)
                changed.append("key")
            try:
                with transaction.atomic():
                    row.save(update_fields=changed)
            except IntegrityError:
                left += 1
            else:
                moved.setdefault(name, []).append(row.pk)
    return moved, left


def _rewrite(la: str, was: str, now: str) -> None:
    """The new token in what leads to a child's pages, and in rows of files that nobody has decided on yet."""
    for message in Message.objects.filter(la=la, path__contains=was):
        message.path = message.path.replace(was, now)
        message.save(update_fields=["path"])
    for model in apps.get_app_config("web").get_models():
        names = {one.name for one in model._meta.get_fields()}
        if not {"la", "held", "decided"} <= names:
            continue
        for row in model._default_manager.filter(la=la, decided__isnull=True):
            held = _replaced(row.held, was, now)
            if held != row.held:
                row.held = held
                row.save(update_fields=["held"])


def _replaced(value: Any, was: str, now: str) -> Any:
    if isinstance(value, list):
        return [_replaced(one, was, now) for one in value]
    if isinstance(value, dict):
        return {_replaced(name, was, now): _replaced(one, was, now) for name, one in value.items()}
    return now if value == was else value


class OwnNames:
    """Which tokens are those of a child's own identifier, and which lead to nobody since an order."""

    def __init__(self, key: bytes, children: list[tuple[str, str]]) -> None:
        self.key, self.children = key, children
        self.names: frozenset[str] | None = None

    def is_of(self, token: str, la: str, child: str) -> bool:
        return any(token == opaque(self.key, la, child, orders) for orders in range(ORDERS))

    def is_without_order(self, token: str) -> bool:
        if self.names is None:
            self.names = frozenset(opaque(self.key, la, child, 0) for la, child in self.children)
        return token in self.names


# --- What the children were called ---


def _noted(records: pathlib.Path) -> dict[tuple[str, str], str]:
    place = records / FILE
    if not place.exists():
        return {}
    with place.open(encoding="utf-8", newline="") as opened:
        return {(row["la"], row["child"]): row["token"] for row in csv.DictReader(opened)}


def _beside(records: pathlib.Path, name: str) -> pathlib.Path:
    place = records / FILE
    return place.with_name(f".{place.name}-{name}")


def _note(records: pathlib.Path, named: Mapping[tuple[str, str], str]) -> None:
    fresh = _beside(records, str(os.getpid()))
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="") as opened:
        lines = csv.writer(opened, lineterminator="\n")
        lines.writerow(("la", "child", "token"))
        lines.writerows((la, child, token) for (la, child), token in sorted(named.items()))
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(records / FILE)


@contextlib.contextmanager
def _alone(records: pathlib.Path) -> Iterator[None]:
    """One process at a time: two that start together would each move half."""
    records.mkdir(parents=True, exist_ok=True)
    with _beside(records, "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
