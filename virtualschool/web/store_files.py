"""What people wrote here as files that the next build takes in, so that it reaches the figures: plans, what children said, and premium.

The files name children by token and hold no name and no word that a child said outside a plan. A statement about which somebody worries
is in none of them, and neither is one of which the child does not want it counted.
"""

import csv
import io
import pathlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Min

from virtualschool.web.actions import plan_export
from virtualschool.web.actions import voice as voice_actions
from virtualschool.web.models import Plan, PremiumEffect, PremiumShare, View

FOLDER = "web"
"""Where they lie below the store's records."""
VOICE = ("LA", "child", "said_on", "source", "age_group", "topic", "answered_on", "changed")
PREMIUM = ("LA", "child", "paid_on", "amount", "where", "purpose", "strand", "effect")


def write(records: pathlib.Path) -> list[tuple[str | None, pathlib.Path]]:
    """Writes the files of every authority that has records into RECORDS/web, and gives what to add to a build: each authority's folder.

    The same records give the same bytes, and a file takes the place of the one before.
    """
    folder = records / FOLDER
    las = {la for model in (Plan, View, PremiumShare) for la in model.objects.order_by().values_list("la", flat=True).distinct()}
    found: list[tuple[str | None, pathlib.Path]] = []
    for la in sorted(las):
        place = folder / la
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        plan_export.write(la, folder)
        besides(la, folder)
        if any(file.is_file() for file in place.rglob("*")):
            found.append((la, place))
    return found


def besides(la: str, folder: pathlib.Path) -> tuple[int, int]:
    """Writes what children said and premium of an authority into FOLDER/LA; how many rows of each. A file that would be empty goes."""
    place, numbers = folder / la, []
    for name, headings, rows in (("voice.csv", VOICE, voice(la)), ("premium.csv", PREMIUM, premium(la))):
        numbers.append(len(rows))
        if rows:
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(_text(headings, rows), encoding="utf-8", newline="")
        else:
            (place / name).unlink(missing_ok=True)
    return numbers[0], numbers[1]


def voice(la: str) -> list[Sequence[Any]]:
    """What children said, a row each, without words: what stands in plans is in the files of plans and not here."""
    views = voice_actions.usable(voice_actions.standing(View.objects.filter(la=la).exclude(token="").exclude(source="plan")))
    held = views.annotate(answered=Min("replies__on")).order_by("said_on", "pk")
    changed = set(View.objects.filter(la=la, replies__changed=True).values_list("pk", flat=True))
    changed |= set(View.objects.filter(la=la, decisions__state__in=("done", "doing")).values_list("pk", flat=True))
    return [
        (la, one.token, one.said_on, one.source, one.group, one.topic, one.answered or "", "yes" if one.pk in changed else "no")
        for one in held
    ]


def premium(la: str) -> list[Sequence[Any]]:
    """Each child's part of a payment, and whether what it did is recorded."""
    known = set(PremiumEffect.objects.filter(la=la).values_list("line", "token"))
    shares = PremiumShare.objects.filter(la=la).select_related("line").order_by("line__on", "line_id", "pk")
    return [
        (
            la,
            one.token,
            one.line.on,
            f"{'-' if one.pence < 0 else ''}{abs(one.pence) // 100}.{abs(one.pence) % 100:02d}",
            one.line.where,
            one.line.purpose,
            one.line.strand,
            "yes" if (one.line_id, one.token) in known else "no",
        )
        for one in shares
    ]


def _text(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO(newline="")
    made = csv.writer(out)
    made.writerow(headings)
    made.writerows(rows)
    return out.getvalue()
