"""The machine's virus scanner looks through what people send."""

import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from web_day import TODAY

from virtualschool.web.models import Event, RollFile

ROLL = b"child,name\nA1,Ada Invented\n"
MARK = b"X-NOT-A-VIRUS"


@pytest.fixture
def scanner(settings, tmp_path):
    """A scanner that finds a mark in a file: 0 clean, 1 found."""
    script = tmp_path / "scan.py"
    script.write_text(f"import sys\nsys.exit({MARK!r} in open(sys.argv[-1], 'rb').read())\n")
    settings.SCANNER = f"{sys.executable} {script}"
    return settings


def sent(browser, content: bytes):
    file = SimpleUploadedFile("roll.csv", content, content_type="text/csv")
    return browser.post(reverse("children-roll-load"), {"file": file, "as_of": f"{TODAY:%d/%m/%Y}"})


def test_a_file_that_the_scanner_does_not_pass_is_refused_and_nothing_of_it_is_kept(signed_in, scanner):
    answer = sent(signed_in("head"), ROLL + b"A2," + MARK + b"\n")
    assert answer.status_code == 400 and b"virus scanner" in answer.content
    assert not RollFile.objects.exists()
    assert Event.objects.filter(action="refused", kind="files", la="V01").count() == 1


def test_a_clean_file_is_read_whole_after_the_scan(signed_in, scanner):
    assert sent(signed_in("head"), ROLL).status_code == 302
    assert RollFile.objects.get().kept == 1


def test_a_scanner_that_is_not_there_passes_nothing(signed_in, settings):
    settings.SCANNER = "/nowhere/scan"
    assert sent(signed_in("head"), ROLL).status_code == 400
    assert not RollFile.objects.exists()
