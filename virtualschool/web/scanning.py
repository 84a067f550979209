"""Looks through what people send with the machine's own virus scanner, before anything here reads it.

`VIRTUALSCHOOL_SCANNER` is a command, such as `clamdscan --fdpass --no-summary`; the file's path is put at its end. It says with 0
that a file is clean. With any other answer, or none in time, the file is refused and nothing of the request happens.
"""

import shlex
import subprocess
import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from virtualschool.web import events

SECONDS = 120


class ScannedFiles:
    """Scans every file of a request by the time its page begins; only for people who are signed in, since nobody else can send one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, arguments, named) -> HttpResponse | None:
        if not settings.SCANNER or request.content_type != "multipart/form-data" or request.viewer.person is None:  # type: ignore[attr-defined]
            return None
        for name in request.FILES:
            for file in request.FILES.getlist(name):
                if not is_clean(file):
                    events.record(request, "refused", "files", reason="the virus scanner did not pass a file")
                    return render(request, "pages/refused_file.html", status=400)
        return None


def is_clean(file: Any) -> bool:
    """Whether the scanner passes a file that was sent."""
    if isinstance(file, TemporaryUploadedFile):
        return passes(file.temporary_file_path())
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        return passes(copy.name)


def passes(path: str) -> bool:
    try:
        found = subprocess.run([*shlex.split(settings.SCANNER), path], capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.returncode == 0
