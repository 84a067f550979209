"""Plans and teachers' assessments among the files of a build: read into tables of the store, with their marks."""

import pathlib
import textwrap
from typing import Any

import pytest

from virtualschool import read, tables
from virtualschool.plans import marks
from virtualschool.plans.layout import tables as described
from virtualschool.read import plans as kinds
from virtualschool.store import Store


@pytest.fixture
def build(tmp_path):
    def built(**files: str):
        for name, text in files.items():
            place = tmp_path / "given" / "V01" / name.replace("__", "/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.with_suffix(".csv").write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
        with Store(tmp_path / "store").draft(threads=1) as draft:
            found = read.read(read.inputs_of([(None, pathlib.Path(tmp_path / "given"))]), draft, lambda *_: None)
            draft.rest_empty()
            marks.marks(draft)
            return found, {name: draft.engine.rows(f'SELECT * FROM "{name}" ORDER BY ALL') for name in WANTED}

    return built


WANTED = ("plans", "plan_targets", "plan_spend", "teacher_assessments", "plan_marks", "plan_target_marks")


def told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name not in ("file", "row")}


def test_each_table_of_the_files_is_a_table_of_the_store():
    names = {"plans": "plans", **{name: f"plan_{name}" for name in described() if name != "plans"}}
    for name, table in names.items():
        ours = [column.name for column in tables.ALL[table].columns if column.name not in ("la", "file", "row")]
        assert ours == [column.name for column in described()[name].columns if column.name != "la"]
    assert [kind.table for kind in kinds.kinds] == list(tables.PLANS)


def test_values_are_typed_and_what_cannot_be_is_told(build):
    found, held = build(
        plans="""
            plan,child,term,meeting on,attendance_percent,phase
            P1,a1,Autumn,10/11/2026,96.4%,Early years
            P2,A2,winter,31/02/2026,many,primary
        """,
        spend="""
            plan,line,amount
            P1,1,"£1,550.50"
            P1,2,lots
            P1,3,
        """,
        assessments="""
            child,school_year,term,subject,from_phase,from_entry
            A1,2026/27,autumn,Maths,yes,no
            A1,,autumn,Maths,yes,no
        """,
    )
    assert told(held["plans"][0]) | {"attendance_percent": float(held["plans"][0]["attendance_percent"])} == {
        "la": "V01", "plan": "P1", "child": "a1", "term": "autumn", "phase": "early_years", "attendance_percent": 96.4,
        "meeting_on": marks.day("10/11/2026"),
    }  # fmt: skip
    assert told(held["plans"][1]) == {"la": "V01", "plan": "P2", "child": "A2", "phase": "primary"}
    assert [row["amount"] for row in held["plan_spend"]] == [155050, None, None]
    assert told(held["teacher_assessments"][0]) == {
        "la": "V01", "child": "A1", "school_year": 2027, "term": "autumn", "subject": "Maths", "from_phase": True, "from_entry": False,
    }  # fmt: skip
    assert [str(one) for one in found.findings] == [
        "V01/assessments.csv, row 3, school_year: there is no value, and a record needs one. Fill it in; until then the record is set "
        "aside.",
        "V01/plans.csv, row 3, attendance_percent: this is not a number. Write it in digits, such as 46.25.",
        "V01/plans.csv, row 3, meeting on: this is not a date. Write dates as 31/03/2026.",
        "V01/plans.csv, row 3, term: this is none of the words that it may hold. Write one of autumn, spring, summer.",
        "V01/spend.csv, row 3, amount: this is not an amount of money. Write pounds, such as 550 or 550.00.",
    ]
    assert [(one.kind, one.read, one.kept, one.set_aside) for one in found.files] == [
        ("plans.assessments", 2, 1, 1), ("plans.plans", 2, 2, 0), ("plans.spend", 3, 3, 0),
    ]  # fmt: skip


def test_the_last_file_that_tells_of_a_plan_counts_with_all_its_rows(build):
    found, held = build(
        a__plans="plan,child,term\nP1,A1,autumn\nP2,A2,autumn\n",
        a__targets="plan,target\nP1,Read 10 words\nP1,Read 20 words\nP2,Read 30 words\n",
        b__plans="plan,child,term\nP1,A1,spring\nP1,A1,summer\n",
        b__targets="plan,target\nP1,Read 40 words\n",
    )
    assert [(row["plan"], row["term"]) for row in held["plans"]] == [("P1", "spring"), ("P2", "autumn")]
    assert [(row["plan"], row["target"]) for row in held["plan_targets"]] == [("P1", "Read 40 words"), ("P2", "Read 30 words")]
    assert [str(one) for one in found.findings if one.file.endswith("plans.csv")] == [
        "V01/a/plans.csv, row 2: the same plan stands in V01/b/plans.csv, row 2. Leave it out; it is set aside.",
        "V01/b/plans.csv, row 3: the same plan stands in row 2. Leave it out; it is set aside.",
    ]
    assert all(one.read == one.kept + one.set_aside for one in found.files)


def test_plans_of_a_store_are_marked_on_their_own_day_by_what_their_files_tell(build):
    _, held = build(
        plans="""
            plan,child,meeting_on,completed_on,sen,leisure
            P1,A1,2026-11-02,2026-11-10,,
            P2,A2,2026-11-02,2026-12-24,none,
        """,
        targets="""
            plan,id,target,baseline,measure,due,outcome
            P1,1,Reads common words at sight,38 of 100,60 of 100,2026-11-10,met
            P1,2,Improve reading,,,,
            P2,1,Improve maths,,,2026-12-31,
        """,
    )
    state = {(row["plan"], row["rule"]): row["state"] for row in held["plan_marks"]}
    assert len(state) == 2 * 62
    # Ten working days after the meeting, and more.
    assert (state["P1", "PEP-T07"], state["P2", "PEP-T07"]) == ("met", "not met")
    # Left blank beside one that is filled, and blank throughout, so that it is not known.
    assert (state["P1", "PEP-S04"], state["P1", "PEP-S07"]) == ("not met", "cannot tell")
    assert [(row["plan"], row["place"], row["precise"], row["due_passed"]) for row in held["plan_target_marks"]] == [
        ("P1", 1, True, True), ("P1", 2, False, False), ("P2", 1, False, False),
    ]  # fmt: skip
    assert "PEP-G03" in held["plan_target_marks"][1]["lacking"].split()


def test_a_store_without_plans_has_no_marks(build):
    _, held = build(spend="plan,line,amount\nP1,1,5\n")
    assert not held["plan_marks"] and len(held["plan_spend"]) == 1
