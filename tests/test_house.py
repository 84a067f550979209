"""The house: imports go one way, and nothing is called by a name that says nothing."""

import ast
import pathlib

import pytest

PACKAGE = pathlib.Path(__file__).resolve().parents[1] / "virtualschool"

FLOORS = (
    {"errors", "registry", "years", "codes", "tables", "compiled", "turns", "store", "spark", "places", "intervals"},
    {"read"},
    {"check"},
    {"link"},
    {"outcomes"},
    {"cohort"},
    {"plans"},
    {"measures"},
    {"model"},
    {"benchmarks"},
    {"publish"},
    {"frameworks", "reports"},
    {"pipeline", "backup"},
    {"cli", "web"},
)
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "core", "base", "manager", "service"}


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def rooms_imported(file: pathlib.Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "virtualschool":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("virtualschool.")}
    return {room for room in found if (PACKAGE / room).exists() or (PACKAGE / f"{room}.py").exists()}


MODULES = sorted(
    file
    for file in PACKAGE.rglob("*.py")
    if (file.name not in ("__main__.py",) and file.parent != PACKAGE) or file.stem not in ("__init__", "__main__")
)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_own_floor_or_below(file):
    room = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room == "invent":
        assert rooms_imported(file) <= FLOORS[0] | {"invent"}
        return
    allowed = {"invent"} if room in ("pipeline", "cli") else set()
    if room == "reports" and file.name == "reference.py":
        allowed = {"cli", "pipeline"}  # It writes the manual's page of commands.
    if room == "link" and file.name == "training.py":
        allowed = {"invent"}  # A job of a release, which nothing else imports.
    for imported in rooms_imported(file) - {room} - allowed:
        assert imported != "invent", f"{room} imports invent"
        assert floor(imported) <= floor(room), f"{room} imports {imported}, which comes after it"


def test_no_module_has_a_name_that_says_nothing():
    assert not {file.stem for file in MODULES} & NAMES_THAT_SAY_NOTHING


def test_nothing_about_groups_is_rounded_or_hidden_before_the_door():
    """Only publish, and what shows or writes published tables, may call a rounding function on figures."""
    before = [
        file
        for file in MODULES
        if file.relative_to(PACKAGE).parts[0].removesuffix(".py") in ("measures", "benchmarks", "outcomes", "cohort")
    ]
    for file in before:
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if file.relative_to(PACKAGE).as_posix() not in ("outcomes/score.py",):
            assert "round" not in calls, file
