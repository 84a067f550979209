"""Bringing files in: receive them, read them, and then build them in or throw them away, as a person says."""

import contextlib
import hashlib
import pathlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404

from virtualschool import pipeline
from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.web import clock, events, store_files, uploads_safe
from virtualschool.web.actions import following, roll
from virtualschool.web.models import Upload

LISTED = 2000
"""Findings that a page lists; a build keeps them all."""


def folder_of(upload: Upload) -> pathlib.Path:
    return pathlib.Path(settings.STORE) / "uploads" / str(upload.pk)


def upload_of(request: Any, number: int) -> Upload:
    """An upload of the viewer's authority; raises Http404 for any other."""
    found = Upload.objects.filter(pk=number, la=request.viewer.la).select_related("by", "decided_by").first()
    if found is None:
        raise Http404
    return found


def receive(request: Any, files: Sequence[Any], paths: Sequence[str]) -> Upload:
    """Keeps files under the names they came by, to be read. Raises WrongUse, and keeps none, where one may not come in."""
    if not files:
        raise WrongUse("Files", "none was chosen.", "Choose files, or a folder.")
    uploads_safe.sizes_fit(files)
    names = [
        uploads_safe.name_of(paths[number] if number < len(paths) and paths[number] else file.name) for number, file in enumerate(files)
    ]
    if len(set(names)) < len(names):
        raise WrongUse("Files", "two bear the same name.", "Bring the folder, so that each keeps its place.")
    upload = Upload.objects.create(la=request.viewer.la, by=request.viewer.person)
    folder = folder_of(upload)
    try:
        upload.files = [_keep(file, folder / "files" / name, name) for file, name in zip(files, names, strict=True)]
        upload.save(update_fields=["files"])
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        upload.delete()
        raise
    events.record(request, "uploaded", "files", upload=upload.pk, files=len(names))
    _later("read", upload)
    return upload


def _keep(file: Any, place: pathlib.Path, name: str) -> dict[str, Any]:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with place.open("wb") as out:
        for block in file.chunks():
            digest.update(block)
            out.write(block)
    uploads_safe.is_what_it_says(place, name)
    return {"name": name, "bytes": place.stat().st_size, "sha256": digest.hexdigest()}


def keep(request: Any, upload: Upload) -> None:
    """Asks for the files to be built in. What the store held of the same kind, authority and year is replaced."""
    _decide(request, upload, "building", "kept")
    _later("build", upload)


def discard(request: Any, upload: Upload) -> None:
    """Throws the files away; the store is as it was."""
    _decide(request, upload, "discarded", "discarded")
    shutil.rmtree(folder_of(upload), ignore_errors=True)


def _decide(request: Any, upload: Upload, state: str, word: str) -> None:
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if held.state not in ("read", "failed"):
            raise WrongUse("Upload", "it is decided already, or being read.", "Load the page again.")
        if state == "building" and (held.state == "failed" or not any(one["kept"] for one in held.account)):
            raise WrongUse("Upload", "nothing in it could be read.", "Discard it, mend the files and bring them again.")
        held.state, held.decided, held.decided_by = state, clock.now(), request.viewer.person
        held.save()
    upload.refresh_from_db()
    events.record(request, word, "files", upload=upload.pk)


def _later(what: str, upload: Upload) -> None:
    from virtualschool.web import tasks

    task = {"read": tasks.read_upload, "build": tasks.build_upload}[what]
    transaction.on_commit(lambda: task.enqueue(upload.pk))


# --- What the task worker does ---


@contextlib.contextmanager
def told_if_it_fails(number: int) -> Iterator[None]:
    """Lets a fault of ours through to the log, and tells whoever waits, so that nobody watches a bar that will never move."""
    try:
        yield
    except Exception:
        upload = Upload.objects.get(pk=number)
        stands = "History says whether they are in it." if upload.state == "building" else "Nothing in it changed."
        _failed(upload, f"The store: the program failed over these files. {stands} Discard them, and tell whoever runs the service.")
        raise


def read(number: int) -> None:
    """Reads the files of an upload into a store that is thrown away, and notes what is in them and what is wrong."""
    upload = Upload.objects.get(pk=number)
    if upload.state != "received":
        return
    _now(upload, "reading")
    try:
        seen = pipeline.preview([(upload.la or None, folder_of(upload) / "files")], telling(upload))
    except VirtualSchoolError as fault:
        return _failed(upload, str(fault))
    account = [one.to_json() for one in seen.files]
    if strangers := sorted(
        {one["la"] for one in account if upload.la and one["la"] not in (None, upload.la) and one["kind"].startswith("ssda903")}
    ):
        return _failed(upload, f"Files: they hold returns of other authorities ({', '.join(strangers)}). Bring those of your own only.")
    upload.account, upload.found = account, len(seen.findings)
    upload.findings = [{name: one[name] for name in ("file", "row", "column", "wrong", "do", "rule")} for one in seen.findings[:LISTED]]
    return _now(upload, "read")


def build(number: int) -> None:
    """Builds an upload's files into the store, beside what it holds."""
    upload = Upload.objects.get(pk=number)
    if upload.state != "building":
        return None
    try:
        made = pipeline.build(
            pathlib.Path(settings.STORE),
            # What people wrote here reaches the figures with the build.
            [(upload.la or None, folder_of(upload) / "files"), *store_files.write(pathlib.Path(settings.STORE) / "records")],
            add=True,
            tell=telling(upload),
        )
    except VirtualSchoolError as fault:
        return _failed(upload, str(fault))
    shutil.rmtree(folder_of(upload), ignore_errors=True)
    following.bring_along()
    roll.renew_everywhere()
    upload.snapshot = made.name
    return _now(upload, "kept")


def telling(upload: Upload) -> Callable[[str, int, int], None]:
    """Notes how far a job is, at most twice a second."""
    last = 0.0

    def tell(step: str, done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last < 0.5 and upload.step == step:
            return
        last = time.monotonic()
        upload.step, upload.done, upload.of = step, int(done), int(of)
        upload.save(update_fields=["step", "done", "of"])

    return tell


def _now(upload: Upload, state: str) -> None:
    upload.state, upload.step = state, ""
    upload.save()


def _failed(upload: Upload, why: str) -> None:
    upload.state, upload.wrong = "failed", why.replace(str(settings.STORE), "the store")
    upload.save()
