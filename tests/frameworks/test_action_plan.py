"""The action plan as values and files. All people and figures are invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from virtualschool.errors import Unreadable, WrongUse
from virtualschool.frameworks import action_plan_file as files
from virtualschool.frameworks.action_plan import Action, Milestone, Plan, Reading, checked, counted, progress

TODAY = date(2026, 11, 2)
ACTION = Action(
    "A1", "V01", 2026, "Be in school", "Ring home by ten", "Invented Lead", date(2026, 10, 30), criteria=("ilacs.children_in_care.pep",),
    measure="persistent_absence", baseline=Decimal("24.5"), baseline_year=2025, target=Decimal(20), target_year=2026,
    milestones=(Milestone("Rota agreed", date(2026, 9, 30), date(2026, 9, 28)), Milestone("Halfway, by school", date(2026, 10, 1))),
)  # fmt: skip
READ = Reading(2026, 18.0, 15.0, 21.0, 120, "", "s1", TODAY)


def test_progress_goes_by_the_whole_interval():
    assert progress(ACTION, replace(READ, high=19.9)).verdict == "met"
    assert progress(ACTION, replace(READ, high=20.0)).verdict == "met"
    assert progress(ACTION, READ).verdict == "cannot tell"
    assert progress(ACTION, replace(READ, value=24.0, low=20.1, high=28.0)).verdict == "missed"
    assert progress(ACTION, replace(READ, low=None, high=None)).verdict == "cannot tell"
    assert progress(ACTION, replace(READ, pupils=10, high=19.0)).verdict == "too few children"
    assert progress(ACTION, replace(READ, value=None, symbol="c")).verdict == "hidden"
    assert progress(ACTION, replace(READ, value=None, symbol="z")).verdict == "no figure"
    assert progress(ACTION, replace(READ, year=2025)).verdict == progress(ACTION).verdict == "no figure yet"
    assert progress(replace(ACTION, target=None)).verdict == "no target"


def test_where_more_is_better_the_sides_are_the_other_way_round():
    higher = replace(ACTION, measure="attainment_8", target=Decimal(20))
    assert progress(higher, replace(READ, low=20.0, high=25.0)).verdict == "met"
    assert progress(higher, replace(READ, low=15.0, high=19.9)).verdict == "missed"


def test_progress_says_the_figure_its_doubt_and_the_target():
    assert progress(ACTION, READ).sentence == (
        "Persistent absence: 18% (95% interval 15 to 21) in 2026; chance alone can have put it on either side of the target of 20% in 2026."
    )


def test_what_is_late_is_open_and_past_its_day():
    assert ACTION.is_late(TODAY) and not ACTION.is_late(ACTION.due)
    assert [one.words for one in ACTION.late_milestones(TODAY)] == ["Halfway, by school"]
    done = replace(ACTION, status="done", closed=TODAY, evidence="Log", impact="More are there")
    assert not done.is_late(TODAY) and not done.late_milestones(TODAY)
    assert counted([ACTION, done], TODAY) == {"open": 1, "done": 1, "carried forward": 0, "dropped": 0, "late": 1}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"owner": " "}, "Owner"),
        ({"criteria": ()}, "Criterion"),
        ({"criteria": ("nowhere",)}, "Criterion 'nowhere'"),
        ({"measure": "", "target": None}, "Measure"),
        ({"target_year": None}, "Target"),
        ({"target": Decimal(120)}, "Target '120'"),
        ({"start": date(2027, 1, 1)}, "Due"),
        ({"status": "done", "closed": TODAY}, "Status"),
        ({"status": "carried forward", "closed": TODAY}, "Reason"),
        ({"closed": TODAY}, "Closed"),
    ],
)
def test_an_action_that_cannot_be_is_refused(change, where):
    checked(ACTION)
    with pytest.raises(WrongUse) as fault:
        checked(replace(ACTION, **change))
    assert fault.value.where == where


def test_a_plan_comes_back_from_its_files_as_it_was(tmp_path):
    other = replace(ACTION, id="A2", milestones=(), measure="", target=None, target_year=None, success="=Children say so", reading=None)
    plan = Plan("V01", (replace(ACTION, reading=READ), other))
    (tmp_path / "plan.json").write_text(files.as_json(plan), encoding="utf-8")
    assert files.read(tmp_path / "plan.json") == plan
    (tmp_path / "plan.csv").write_text(files.as_csv(plan), encoding="utf-8")
    back = files.read(tmp_path / "plan.csv")
    assert back.actions[0] == ACTION
    assert back.actions[1].success == "'=Children say so"  # What a spreadsheet would work out stays text.
    files.keep(tmp_path, plan)
    assert files.held(tmp_path, "V01") == plan and files.held(tmp_path, "V02") == Plan("V02")


def test_a_file_is_refused_whole_with_every_fault(tmp_path):
    file = tmp_path / "plan.csv"
    file.write_text(
        "id,year,priority,words,owner,due,criteria,success\n"
        "A1,2026,P,W,O,2026-02-30,ilacs.leaders,seen\n"
        "A2,26,P,W,O,2026-02-03,ilacs.leaders,seen\n"
        "A3,2026,P,W,O,2026-02-03,ilacs.leaders,seen\n"
        "A3,2026,P,W,O,2026-02-03,ilacs.leaders,seen\n"
    )
    with pytest.raises(Unreadable) as fault:
        files.read(file, "V01")
    assert str(fault.value) == (
        "File plan.csv: row 2: due: '2026-02-30' is not a day. Write it as 2026-03-31. row 3: year: '26' is not a year. Write the year it "
        "ends in: 2026. row 5: id 'A3' of 2026 stands there twice. Put these right; nothing was read."
    )
    file.write_text("id,words\n")
    with pytest.raises(Unreadable, match="it has no column year, priority, owner, due, criteria"):
        files.read(file)
