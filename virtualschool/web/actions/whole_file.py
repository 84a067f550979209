"""The whole file of one child as a pack of open formats: for a person who asks to see it, and for keeping it readable."""

import csv
import datetime
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from virtualschool.errors import WrongUse
from virtualschool.reports.cells import safe
from virtualschool.web import clock, events, stores
from virtualschool.web.actions import progress
from virtualschool.web.actions.retention import held_rows
from virtualschool.web.children import Child
from virtualschool.web.models import Event, Plan

FROM_THE_STORE = ("children", "episodes", "reviews", "missing")
README = """The file of one child, made on {day} for {who}.

store/    what the returns and the education files say, a CSV for each table
records/  what was written here, a JSON file for each kind, every field of every row;
          what a children's home keeps to itself is not in it, unless the home shared it: ask the home
looked.csv  who looked at the record, when and on which page

It names the child and other people. Before it is handed on, someone reads it for what belongs to others.
"""


def pack(request: Any, child: Child, reason: str) -> bytes:
    """A zip file. Raises WrongUse without a reason."""
    if len(reason.strip()) < 5:
        raise WrongUse("Reason", "it is missing.", "Say who asks for the file, without their name, or what it is kept for.")
    viewer, out = request.viewer, io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("README.txt", README.format(day=f"{clock.today():%d %B %Y}", who=viewer.email))
        for name, rows in _from_the_store(child).items():
            made.writestr(f"store/{name}.csv", _csv(rows))
        for rows in held_rows(child.la, child.token):
            if found := list(progress.open_to(viewer, rows)):
                made.writestr(
                    f"records/{rows.model._meta.model_name}.json", json.dumps([_fields(one) for one in found], indent=1, default=str)
                )
        for rows in _of_plans(child):
            if found := list(rows):
                name = rows.model._meta.model_name
                made.writestr(f"records/{name}.json", json.dumps([_fields(one) for one in found], indent=1, default=str))
        before = models.Q(la=child.la, token__in=events.earlier_tokens(child.la, child.token))
        looked = Event.objects.filter(models.Q(token=child.token) | before).values(
            "when", "person", "role", "la", "action", "kind", "page", "reason"
        )
        made.writestr("looked.csv", _csv(list(looked)))
    events.record(request, "downloaded", "sharing", token=child.token, reason=reason.strip(), style="zip")
    return out.getvalue()


def _from_the_store(child: Child) -> dict[str, list[dict[str, Any]]]:
    """The child's rows in each table of care of the authority that answers for it."""
    engine = stores.engine_of(stores.snapshot(), child.la)
    rows = {"children": engine.rows("SELECT * FROM children WHERE la = ? AND token = ? ORDER BY year", [child.la, child.token])}
    known = sorted({row["child"] for row in rows["children"]})
    for name in FROM_THE_STORE[1:]:
        marks = ", ".join("?" * len(known))
        rows[name] = (
            engine.rows(f"SELECT * FROM {name} WHERE la = ? AND child IN ({marks}) ORDER BY ALL", [child.la, *known]) if known else []
        )
    return {name: found for name, found in rows.items() if found}


def _of_plans(child: Child) -> Iterator[models.QuerySet]:
    """What stands in the child's plans: the rows of every model that belongs to a plan."""
    for model in apps.get_app_config("web").get_models():
        if any(field.name == "plan" and field.related_model is Plan for field in model._meta.get_fields() if field.is_relation):
            yield model._default_manager.filter(plan__la=child.la, plan__token=child.token)


def _csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO(newline="")
    if rows:
        lines = csv.DictWriter(out, list(rows[0]))
        lines.writeheader()
        lines.writerows({name: safe(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _fields(row: models.Model) -> dict[str, Any]:
    found = {}
    for field in row._meta.concrete_fields:
        value = field.value_from_object(row)
        found[field.name] = value.isoformat() if isinstance(value, datetime.date | datetime.datetime) else value
    return found
