"""The table of requirements: whole, true about its tests, and honest about what an organisation does."""

import ast
import pathlib
import re

from virtualschool import __version__, tables
from virtualschool.web import roles

ROOT = pathlib.Path(__file__).parents[2]
TABLE = ROOT / "docs" / "security.md"
GOVERNANCE = ROOT / "docs" / "governance"
NUMBERS = {"GOV": 12, "ACC": 12, "AUD": 7, "SHA": 7, "PSE": 11, "SEC": 14, "A11": 8, "VOI": 9, "SRV": 7}
FOR_AN_ORGANISATION = {
    "SEC-01", "SEC-02", "SEC-11", "SEC-14", "A11-06", "VOI-02", "VOI-08", "SRV-01", "SRV-06",
}  # fmt: skip


def rows() -> dict[str, str]:
    """The last cell of each requirement's line."""
    lines = re.findall(r"^\| ([A-Z1]{3}-\d\d) \| (.+) \| (.+) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == len({mark for mark, *_ in lines})
    return {mark: by.strip("`") for mark, _, by in lines}


def test_every_requirement_is_in_the_table():
    assert sorted(rows()) == sorted(f"{kind}-{number:02}" for kind, last in NUMBERS.items() for number in range(1, last + 1))


def test_what_code_can_meet_names_a_test_that_exists():
    held = rows()
    assert {mark for mark, by in held.items() if by == "organisation"} == FOR_AN_ORGANISATION
    missing = []
    for mark, by in held.items():
        if by == "organisation":
            continue
        path, _, name = by.partition("::")
        file = ROOT / path
        names = (
            {node.name for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}
            if file.is_file()
            else set()
        )
        missing += [f"{mark}: {by}"] if name not in names else []
    assert missing == []


def test_documents_of_governance_are_there_and_of_this_release():
    for name in ("dpia.md", "processing.md", "retention.md", "accessibility.md"):
        assert len((GOVERNANCE / name).read_text(encoding="utf-8")) > 800, name
    assert f"Release {__version__}" in (GOVERNANCE / "dpia.md").read_text(encoding="utf-8")
    assert "report" in (ROOT / "SECURITY.md").read_text(encoding="utf-8").lower() and (ROOT / "LICENSE").is_file()
    assert (ROOT / "docs" / "reference" / "columns.md").is_file()


def test_every_kind_of_data_has_an_entry_in_the_record_of_processing():
    said = set(re.findall(r"^\| `(\w+)` \|", (GOVERNANCE / "processing.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert said == set(roles.kinds())


def test_the_table_of_retention_in_the_manual_is_that_of_the_program(settings):
    from virtualschool.web import retention

    shown = (GOVERNANCE / "retention.md").read_text(encoding="utf-8")
    for kept in retention.classes().values():
        years = [str(one) for one in (kept.from_birth, kept.from_death_under_18, kept.from_event) if one]
        line = next(line for line in shown.splitlines() if line.startswith(f"| `{kept.name}` |"))
        assert kept.words in line and all(f"{one} year" in line for one in years), kept.name


def test_no_column_is_without_a_meaning_and_a_source():
    assert not [f"{table.name}.{column.name}" for table in tables.ALL.values() for column in table.columns if not column.meaning]


def test_no_table_that_pages_read_children_from_has_a_name():
    """Files that bring names for linking keep them in tables of their own, which no page reads."""
    from virtualschool.measures.facts import of_children

    columns = [column.name for table in (tables.children, tables.episodes, tables.links) for column in table.columns]
    assert not [one for one in [*columns, *of_children().schema().names] if re.search(r"forename|surname|_name$|^name$|upn|nhs", one)]
    read = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "virtualschool" / "web").rglob("*.py"))
    assert not re.search(r"FROM (names|census|link_evidence)\b", read)
