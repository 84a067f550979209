import pytest
from drawn_files import Folder

from virtualschool.store import Store


@pytest.fixture
def folder(tmp_path):
    """A folder of files to be read, and an empty draft to read them into."""
    with Store(tmp_path / "store").draft(threads=2) as draft:
        yield Folder(tmp_path / "files", draft)
