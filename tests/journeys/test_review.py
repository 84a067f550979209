"""Judging links and protecting children by the commands, on a drawn store."""

import io
import json
import sys

import pytest

from virtualschool import cli, tables
from virtualschool.link import decisions, protected, review

pytestmark = pytest.mark.slow

HEADER = """
la  | year | child  | upn
301 | 2024 | KID-A  | A801200001001
301 | 2024 | KID-B  |
302 | 2024 | KID-C  |
301 | 2023 | KID-D  | D801200001004
301 | 2023 | KID-E  |
"""
EPISODES = """
la  | year | child  | decom      | dec        | rec
301 | 2024 | KID-A  | 01/05/2020 |            |
301 | 2024 | KID-B  | 01/05/2020 |            |
302 | 2024 | KID-C  | 01/05/2020 |            |
301 | 2023 | KID-D  | 01/05/2020 | 01/06/2022 | E11
301 | 2023 | KID-E  | 01/05/2020 | 01/06/2022 | E45
"""
EVIDENCE = """
la  | child  | pupil | standing | rank | probability | birth
301 | KID-B  | PUP-2 | review   | 1    | 0.62        | same
301 | KID-B  | PUP-3 | review   | 2    | 0.31        | nearly the same
302 | KID-C  | PUP-4 | review   | 1    | 0.90        | same
"""
CHILDREN = "la | child | year | token | age | looked_after_12_months\n301 | KID-B | 2024 | tokenb | 15 | yes"
SECRET = ("KID-", "PUP-", "A8012")
ME = ("--la", "301", "--as", "A. Person")


@pytest.fixture
def folder(store, monkeypatch):
    monkeypatch.delenv(protected.KEY_FILE, raising=False)
    for table, drawing in (
        (tables.header, HEADER),
        (tables.episodes, EPISODES),
        (tables.link_evidence, EVIDENCE),
        (tables.children, CHILDREN),
        (tables.links, "la | child | pupil | method | until\n301 | KID-A | PUP-1 | exact |\n301 | KID-D | PUP-9 | exact | 01/06/2022"),
        (tables.unlinked, "la | child | reason\n301 | KID-B | a person is to judge\n301 | KID-E | no UPN"),
        (tables.census, "year | pmr | upn\n2024 | PUP-1 | A801200001001\n2024 | PUP-2 | B801200001002"),
    ):
        store.add(table, drawing)
    store.draft.finish({"inputs": [], "version": "0", "files": [], "findings": 0, "links": {"children": 5, "linked": 2}})
    return store.draft.store.path


@pytest.fixture
def run(folder, monkeypatch, capsys):
    """A command in this process: its exit code, what it printed, and what it complained of."""

    def act(command: str, *arguments, given: str | None = None):
        monkeypatch.setattr(sys, "argv", ["virtualschool", command, str(folder), *arguments])
        if given is not None:
            monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return act


def test_a_person_lists_judges_and_takes_back(run, folder):
    code, out, _ = run("review", *ME, "--format", "json")
    first, second = json.loads(out)
    assert code == 0
    assert (first["child"], first["token"], first["probability"], first["compared"]["birth"]) == ("KID-B", "tokenb", 0.62, "agrees")
    assert second["compared"]["birth"] == "nearly agrees"
    assert not any(word in out for word in ("PUP-", "B8012"))
    code, out, _ = run("review", *ME, "--accept", first["item"], "--why", "the school said so")
    assert (code, out) == (0, f"Noted: accept. It acts from the next build on: virtualschool build {folder} --from …\n")
    assert json.loads(run("review", *ME, "--format", "json")[1]) == []
    assert run("review", *ME)[1] == "There is nothing to judge for 301.\n"
    run("review", *ME, "--unsure", first["item"], "--why", "the school was wrong")
    assert [row["unsure"] for row in json.loads(run("review", *ME, "--format", "json")[1])] == ["A. Person", None]
    kept = [row["decision"] for row in decisions.read(folder / "records" / decisions.LOG)]
    assert kept == ["accept", "unsure"]


def test_the_queue_comes_as_a_table_and_as_csv(run):
    _, out, _ = run("review", *ME)
    assert all(word in out for word in ("KID-B", "62.0% sure", "birth date", "key stage 4 in 2024"))
    _, out, _ = run("review", *ME, "--format", "csv")
    head, *rows = out.splitlines()
    assert head.split(",")[:9] == ["item", "la", "child", "token", "probability", "sureness", "others", "bears_on", "unsure"]
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--la", "302", "--as", "A. Person", "--accept", "ITEM", "--why", "x"),
            "Item 'ITEM': authority 302 has no such item to judge. List them: virtualschool review STORE --la CODE --as NAME\n",
        ),
        ((*ME, "--accept", "ITEM"), "review: --why is empty. Say in a few words what you went by; name no child.\n"),
        (
            (*ME, "--accept", "ITEM", "--reject", "ITEM", "--why", "x"),
            "review: it takes one decision at a time. Give one of --accept, --reject and --unsure.\n",
        ),
        (("--la", "999", "--as", "A. Person"), "Authority '999': there is none of that name. Known: 301, 302.\n"),
        (("--la", "301", "--as", " "), "review: --as is empty. Give your name: every look and every decision is kept with it.\n"),
    ],
)
def test_wrong_use_of_review_is_told_and_changes_nothing(run, folder, arguments, said):
    item = review.name_of(review.store_key(folder / "records"), ("301", "KID-B", "PUP-2"))
    before = sorted(path.name for path in (folder / "records").iterdir())
    code, out, err = run("review", *(argument.replace("ITEM", item) for argument in arguments))
    assert (code, out, err) == (2, "", said.replace("ITEM", item))
    assert not (folder / "records" / decisions.LOG).exists() and not (folder / "records" / review.LOOKS).exists()
    assert set(before) <= {path.name for path in (folder / "records").iterdir()}


def test_protecting_prints_counts_and_nobody(run, folder, tmp_path):
    asked = tmp_path / "asked.txt"
    asked.write_text("KID-B\nKID-Z\n")
    code, out, err = run("protect", *ME, "--add", str(asked), "--why", "new identity")
    assert (code, err) == (0, "")
    assert out == (
        "Added: 2 of 2. The others were so already.\n"
        "In no return of this authority: 1. See whether they are written as the return writes them.\n"
        "It acts from the next build on; build now.\n"
    )
    assert protected.listed(folder / "records") == {("301", "KID-B"), ("301", "KID-Z")}
    code, out, _ = run("protect", *ME, "--remove", "-", "--why", "in error", given="KID-Z\n")
    assert (code, out.splitlines()[0]) == (0, "Removed: 1 of 1. The others were so already.")
    assert protected.listed(folder / "records") == {("301", "KID-B")}
    assert run("review", *ME)[1] == "There is nothing to judge for 301.\n"


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (
            (*ME, "--why", "x"),
            "",
            "protect: it needs one of --add and --remove. Write: virtualschool protect STORE --la CODE --as NAME --add FILE\n",
        ),
        ((*ME, "--why", "x", "--add", "-"), "", "protect: nobody is named. Give a file with one identifier of a child in each line.\n"),
        ((*ME, "--why", " ", "--add", "-"), "KID-A", "protect: --why is empty. The list keeps who changed it, and why.\n"),
        (("--la", "Barnet", "--as", "A", "--why", "x", "--add", "-"), "KID-A", "Authority 'Barnet': there is none of that name."),
        ((*ME, "--why", "x", "--add", "-"), "upn\nKID-A", "Standard input, line 2: this is not a UPN. A UPN has 13 letters and digits.\n"),
        (
            (*ME, "--why", "x", "--add", "nowhere.txt"),
            "",
            "File nowhere.txt: there is no such file. Name a file with one child in each line.\n",
        ),
    ],
)
def test_wrong_use_of_protect_is_told_and_lists_nobody(run, folder, arguments, given, said):
    code, out, err = run("protect", *arguments, given=given)
    assert (code, out) == (2, "")
    assert err.startswith(said) and not any(word in err for word in SECRET)
    assert protected.listed(folder / "records") == set()


def test_children_may_be_protected_before_a_store_holds_anything(folder, run, monkeypatch, tmp_path, capsys):
    new = tmp_path / "new"
    monkeypatch.setattr(sys, "argv", ["virtualschool", "protect", str(new), *ME, "--add", "-", "--why", "x"])
    monkeypatch.setattr(sys, "stdin", io.StringIO("KID-A"))
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().out.startswith("Added: 1 of 1.")
    assert protected.listed(new / "records") == {("301", "KID-A")}


def test_nothing_that_is_printed_of_a_store_names_a_child_who_left_care_or_is_protected(run):
    """Neither the endings of care nor the list can be turned into names."""
    run("protect", *ME, "--add", "-", "--why", "x", given="KID-B\n")
    printed = "".join(
        "".join(run(command, *arguments)[1:])
        for command, arguments in (
            ("status", ()),
            ("status", ("--format", "json")),
            ("links", ()),
            ("links", ("--format", "json")),
            ("review", ME),
            ("review", (*ME, "--format", "json")),
        )
    )
    assert not any(name in printed for name in ("KID-B", "KID-D", "KID-E", "PUP-9", "D8012"))
    assert "protected" not in printed
