"""Files that somebody made to break a reader are refused in words, as any other file that cannot be read."""

import datetime
import io
import zipfile

import pytest

from virtualschool.errors import Unreadable
from virtualschool.frameworks import action_plan_file
from virtualschool.plans.assessments import read_assessments
from virtualschool.plans.files import read_plans
from virtualschool.reports.forms import reading


@pytest.mark.parametrize("read", [read_plans, read_assessments, lambda file: action_plan_file.read(file, "V01")])
@pytest.mark.parametrize("start", ["", '{"plans": '])
def test_lists_in_lists_without_end_are_refused(tmp_path, read, start):
    file = tmp_path / "deep.json"
    file.write_text(start + "[" * 200_000)
    with pytest.raises(Unreadable):
        read(file)


def test_a_word_document_whose_packing_is_broken_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b"<a>" + b"hello there " * 100 + b"</a>")
    content = bytearray(out.getvalue())
    begins = content.find(b"word/document.xml") + len("word/document.xml")
    content[begins : begins + 20] = b"\xff" * 20
    with pytest.raises(Unreadable, match="no Word document"):
        reading.read(bytes(content), datetime.date(2025, 4, 28))
