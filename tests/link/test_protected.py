import json
import stat

import pytest
from cryptography.fernet import Fernet

from virtualschool import tables
from virtualschool.errors import Unreadable, WrongUse
from virtualschool.link import protected, records
from virtualschool.link.protected import Asked

NOTED = {"who": "A Person", "when": "2026-11-22T10:00:00Z", "why": "a safety plan"}


@pytest.fixture(autouse=True)
def own_key(monkeypatch):
    monkeypatch.delenv(protected.KEY_FILE, raising=False)


def put(records, la, *children, action="add", upns=()):
    return protected.change(records, la, action, Asked(children, tuple(upns)), **NOTED)


def test_who_is_listed_stays_listed_until_taken_off_again(tmp_path):
    assert put(tmp_path, "301", "A", "B") == 2
    assert put(tmp_path, "302", "A") == 1
    assert protected.listed(tmp_path) == {("301", "A"), ("301", "B"), ("302", "A")}
    assert put(tmp_path, "301", "A", action="remove") == 1
    assert protected.listed(tmp_path) == {("301", "B"), ("302", "A")}
    assert put(tmp_path, "301", "A") == 1
    assert protected.listed(tmp_path) == {("301", "A"), ("301", "B"), ("302", "A")}


def test_only_what_is_news_is_counted(tmp_path):
    put(tmp_path, "301", "A", "B")
    assert put(tmp_path, "301", "A", "C") == 1
    assert put(tmp_path, "301", "Z", action="remove") == 0


def test_a_number_stays_listed_while_any_authority_lists_it(tmp_path):
    put(tmp_path, "301", upns=["A801200001001"])
    put(tmp_path, "302", upns=["A801200001001"])
    assert put(tmp_path, "301", upns=["A801200001001"], action="remove") == 1
    assert protected.numbers(tmp_path) == {"A801200001001"}
    assert protected.listed(tmp_path) == set()


def test_every_change_is_kept_with_who_when_and_why(tmp_path):
    put(tmp_path, "301", "A")
    put(tmp_path, "301", "A", action="remove")
    kept = [(entry.la, entry.child, entry.action, entry.who, entry.when, entry.why) for entry in protected.entries(tmp_path)]
    noted = ("A Person", "2026-11-22T10:00:00Z", "a safety plan")
    assert kept == [("301", "A", "add", *noted), ("301", "A", "remove", *noted)]


def test_the_list_is_there_before_anybody_is_on_it_and_of_one_size(tmp_path):
    assert protected.listed(tmp_path) == set()
    empty = (tmp_path / protected.LIST).stat().st_size
    put(tmp_path, "301", *(f"child-{number}" for number in range(200)))
    assert (tmp_path / protected.LIST).stat().st_size == empty
    put(tmp_path, "301", *(f"another-{number}" for number in range(400)))
    assert (tmp_path / protected.LIST).stat().st_size > empty
    assert len(protected.listed(tmp_path)) == 600


def test_nothing_of_it_can_be_read_without_the_key(tmp_path):
    put(tmp_path, "301", "REMARKABLE")
    for file in tmp_path.iterdir():
        text = file.read_bytes()
        assert all(word not in text for word in (b"REMARKABLE", b"A Person", b"safety"))
    assert sorted(file.name for file in tmp_path.iterdir()) == [protected.KEY, protected.LIST]
    for name in (protected.KEY, protected.LIST):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_the_key_may_lie_elsewhere(tmp_path, monkeypatch):
    key, records = tmp_path / "vault" / "key", tmp_path / "records"
    key.parent.mkdir()
    records.mkdir()
    monkeypatch.setenv(protected.KEY_FILE, str(key))
    put(records, "301", "A")
    assert key.exists() and not (records / protected.KEY).exists()
    assert protected.listed(records) == {("301", "A")}
    # A key that was made in the records goes on serving where it is moved to.
    monkeypatch.delenv(protected.KEY_FILE)
    key.rename(records / protected.KEY)
    assert protected.listed(records) == {("301", "A")}


WRECKS = {
    "another key": lambda records: (records / protected.KEY).write_bytes(Fernet.generate_key()),
    "no key": lambda records: (records / protected.KEY).unlink(),
    "a key that is none": lambda records: (records / protected.KEY).write_bytes(b"secret"),
    "a list cut off": lambda records: (records / protected.LIST).write_bytes((records / protected.LIST).read_bytes()[:-100]),
    "an empty list": lambda records: (records / protected.LIST).write_bytes(b""),
    "a list in clear": lambda records: (records / protected.LIST).write_text(json.dumps({"la": "301", "child": "A"})),
    "no list": lambda records: (records / protected.LIST).unlink(),
    "entries of another program": lambda records: (records / protected.LIST).write_bytes(
        Fernet((records / protected.KEY).read_bytes().strip()).encrypt(b'{"la": "301", "child": "REMARKABLE", "action": "perhaps"}')
    ),
}


@pytest.mark.parametrize("wreck", WRECKS.values(), ids=WRECKS)
def test_a_list_that_cannot_be_read_is_an_error_and_never_an_empty_list(tmp_path, wreck):
    put(tmp_path, "301", "REMARKABLE")
    wreck(tmp_path)
    for ask in (protected.listed, protected.numbers, lambda records: put(records, "301", "B")):
        with pytest.raises(Unreadable) as told:
            ask(tmp_path)
        assert "Nothing is linked until then." in str(told.value)
        assert "REMARKABLE" not in str(told.value)
        assert told.value.exit_code == 2


def test_a_key_that_is_not_where_it_is_said_to_be_is_an_error(tmp_path, monkeypatch):
    put(tmp_path, "301", "A")
    monkeypatch.setenv(protected.KEY_FILE, str(tmp_path / "nowhere" / "key"))
    with pytest.raises(Unreadable) as told:
        protected.listed(tmp_path)
    assert str(told.value) == (
        f"The key of the do-not-link list, {tmp_path}/nowhere/key: it cannot be read. Set VIRTUALSCHOOL_KEY_FILE to the file of the key, "
        "or bring it back from a backup. Nothing is linked until then."
    )


@pytest.mark.parametrize(
    ("text", "children", "upns"),
    [
        ("A\nB\n\nA\n", ("A", "B"), ()),
        ("\ufeffchild\nA\n B \n", ("A", "B"), ()),
        ("UPN\nA801200001001\nb801 2000 01002\n", (), ("A801200001001", "B801200001002")),
        ('child,upn\n"A",A801200001001\nB,\n', ("A", "B"), ("A801200001001",)),
        ("", (), ()),
        ("child\n", (), ()),
    ],
)
def test_identifiers_are_lines_or_columns(text, children, upns):
    assert protected.read_identifiers(text, "children.csv") == Asked(children, upns)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("upn\nA80120000100\n", "children.csv, line 2: this is not a UPN. A UPN has 13 letters and digits."),
        ("A\nB,C\n", "children.csv, line 2: it has another number of cells than the first. Write one child in each line."),
    ],
)
def test_what_is_no_identifier_is_told_by_its_line_alone(text, said):
    with pytest.raises(WrongUse) as told:
        protected.read_identifiers(text, "children.csv")
    assert str(told.value) == said


@pytest.mark.parametrize(("who", "why", "children"), [("", "x", ("A",)), (" ", "x", ("A",)), ("x", "", ("A",)), ("x", "x", ())])
def test_a_change_needs_a_person_a_reason_and_somebody(tmp_path, who, why, children):
    with pytest.raises(WrongUse):
        protected.change(tmp_path, "301", "add", Asked(children), who=who, when="2026-11-22", why=why)
    assert protected.listed(tmp_path) == set()


def test_a_pupil_who_bears_or_bore_a_listed_number_is_as_if_not_held(store):
    store.add(
        tables.census,
        """
        year | pmr | upn           | former_upn
        2024 | P1  | A801200001001 |
        2023 | P1  |               |
        2024 | P2  | B801200001002 | A801200001001
        2024 | P3  | C801200001003 |
        2024 |     | A801200001001 |
        2024 |     | D801200001004 |
        """,
    )
    seen = records.sightings([tables.census])
    kept = protected.without(seen, {"A801200001001"})
    assert store.rows(kept, "pmr", "upn") == [("P3", "C801200001003"), (None, "D801200001004")]
    assert len(store.engine.rows(protected.without(seen, {"Z999999999999"}))) == 6


def test_a_listed_number_hides_records_of_the_same_learner_number_too(store):
    store.add(
        tables.census,
        """
        year | pmr | upn           | uln
        2024 | P1  | A801200001001 | 1000000001
        2024 |     | D801200001004 | 1000000001
        2024 |     | E801200001005 | 1000000002
        2024 |     | F801200001006 |
        """,
    )
    kept = protected.without(records.sightings([tables.census]), {"A801200001001"})
    assert store.rows(kept, "upn") == [("E801200001005",), ("F801200001006",)]
