import pathlib

from virtualschool import measures
from virtualschool.reports import reference

PAGES = pathlib.Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_reference_is_as_the_definitions_say():
    stale = [name for name, text in reference.pages().items() if not (PAGES / name).exists() or (PAGES / name).read_text() != text]
    assert not stale, f"docs/reference/{stale[0]} is not what the definitions say. Run: make docs"


def test_every_measure_and_command_has_its_heading():
    pages = reference.pages()
    assert all(f"\n## {name}\n" in pages["measures.md"] for name in measures.ALL)
    assert all(f"\n## {name}\n" in pages["commands.md"] for name in ("build", "figures", "report", "score"))


def test_a_bar_does_not_break_a_table():
    assert reference.grid(("a", "b"), [("x|y", "two\nlines")]) == ["| a | b |", "|---|---|", "| x\\|y | two lines |"]
