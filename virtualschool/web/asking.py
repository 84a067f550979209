"""Figures for a page: one question at the doors that reports and commands use, on the lasting engine, for this viewer's audience."""

from collections.abc import Sequence
from typing import Any

from virtualschool import benchmarks, publish
from virtualschool.publish.releases import Release
from virtualschool.store import Snapshot
from virtualschool.web import stores
from virtualschool.web.permissions import Viewer


def figures(viewer: Viewer, names: Sequence[str], snapshot: Snapshot | None = None, **asked: Any) -> publish.Published:
    """Published figures as the command `figures` gives them: exact, marked and logged for who may open those children, else hidden as DfE
    does and held against what was released. Raises WrongUse for what does not exist."""
    snapshot = snapshot or stores.snapshot()
    engine = stores.engine(snapshot)
    request = benchmarks.parse(engine, list(names), **asked)
    found = benchmarks.figures(engine, snapshot.manifest, request)
    log = snapshot.store.path / "records" / "internal.log"
    audience = viewer.audience if concerns_only(viewer, request) else "public"
    if audience == "internal":
        return publish.publish(found, audience, who=viewer.email, log=log)
    return publish.publish(found, audience, who=viewer.email, beside=Release(snapshot, engine).of(request))


def concerns_only(viewer: Viewer, request: benchmarks.Request) -> bool:
    """Whether every authority asked about is the viewer's own; of others they see what everybody may."""
    return request.places is not None and {place.code for place in request.places} <= {viewer.la}
