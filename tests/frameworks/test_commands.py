"""The commands on frameworks, as a person calls them. Grades, outcomes and figures are invented."""

import json

import pytest
from typer.testing import CliRunner

from virtualschool.cli import app
from virtualschool.errors import Unreadable, WrongUse


def called(*arguments) -> str:
    done = CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=True)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def answer(*arguments):
    return json.loads(called(*arguments, "--format", "json"))


@pytest.fixture
def grades(tmp_path):
    def written(text):
        file = tmp_path / "grades.json"
        file.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return file

    return written


def test_judge_gives_caps_warnings_and_what_is_allowed(grades):
    found = answer("judge", "ofsted-2009-lac", "--grades", grades({"lac.safe": "inadequate", "lac.equality_diversity": "inadequate"}))
    (cap,) = found["caps"]
    assert (cap["rule"], cap["target"], cap["max_grade"]) == (
        "lac.rule.overall_inadequate_core_outcomes",
        "lac.overall",
        "inadequate",
    )
    (warning,) = found["warnings"]
    assert (warning["rule"], warning["strength"]) == ("lac.rule.leadership_equality", "likely")
    assert warning["prompt"].startswith("Equality and diversity is inadequate")
    assert found["allowed"]["lac.overall"] == ["inadequate"]
    assert found["allowed"]["lac.leadership"] == ["inadequate", "adequate", "good", "outstanding"]


def test_judge_tells_a_person_the_same_and_what_one_grade_would_change(grades):
    said = called("judge", "ofsted-2009-lac", "--grades", grades({"lac.safe": "inadequate", "lac.overall": "good"}), "--simulate")
    assert "Against a rule (lac.rule.overall_inadequate_core_outcomes): lac.overall is good, and may be inadequate at best." in said
    assert "Capped (lac.rule.overall_inadequate_core_outcomes): lac.overall at Inadequate." in said
    assert "What one other grade would change" in said and "lifts" in said


def test_judge_shows_no_overall_grade_of_ilacs_2026(grades):
    said = called("judge", "ilacs-2026", "--grades", grades({"ilacs.leaders": "good"}), "--simulate")
    assert "No overall grade is given or reported." in said
    assert "ilacs.overall" not in said and "Overall effectiveness" not in said


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{", "it is not JSON"),
        ("[]", "it does not give one grade, as text, for each judgement"),
        ('{"lac.safe": 4}', "it does not give one grade, as text, for each judgement"),
        ('{"lac.safe": "good", "lac.safe": "inadequate"}', "lac.safe stands there twice"),
    ],
)
def test_grades_that_are_none_are_refused(grades, text, wrong):
    with pytest.raises(Unreadable, match=wrong):
        called("judge", "ofsted-2009-lac", "--grades", grades(text))


def test_an_unknown_framework_is_answered_with_those_there_are(grades):
    with pytest.raises(WrongUse, match=r"Framework 'ilacs-2022': there is none of that name. Did you mean ilacs-20"):
        called("judge", "ilacs-2022", "--grades", grades({}))


def test_frameworks_say_what_is_in_force(grades):
    assert answer("frameworks", "--on", "2024-05-01")["in_force"] == ["ilacs-2023", "sccif-childrens-homes"]
    assert answer("frameworks", "--on", "2024-05-01", "--not-inspected")["in_force"] == ["ilacs-2018", "sccif-childrens-homes"]
    assert "In force: none that is held." in called("frameworks", "--on", "2015-05-01")
    with pytest.raises(WrongUse, match="this is not a day"):
        called("frameworks", "--on", "May 2024")
    with pytest.raises(WrongUse, match="do not go together"):
        called("frameworks", "ilacs-2026", "--not-inspected")


def test_a_register_says_whether_care_leavers_are_judged_apart_yet(tmp_path):
    file = tmp_path / "outcomes.csv"
    # No line: nobody's inspection is invented here, and nobody was inspected.
    file.write_text("la,date,type,framework,area,grade,source\n", encoding="utf-8")
    by = ("frameworks", "--on", "2023-05-01", "--inspections", file)
    assert [answer(*by, *la)["in_force"][0] for la in (("--la", "301"), ())] == ["ilacs-2018", "ilacs-2018"]


def test_frameworks_list_criteria_with_the_figures_of_a_file(tmp_path):
    file = tmp_path / "elsewhere.csv"
    file.write_text("indicator,numerator,denominator,period,source\nadvocacy_uptake,30,40,2025,Log\nno,1,2,2025,Log\n", encoding="utf-8")
    found = answer("frameworks", "ofsted-2009-lac", "--figures", file)
    assert (found["file"]["read"], found["file"]["kept"], found["file"]["set_aside"]) == (2, 1, 1)
    (criterion,) = [one for one in found["criteria"] if one["criterion"] == "lac.user_engagement.23b"]
    assert criterion["figures"][0]["given"][0]["value"] == 75.0 and criterion["without"] == ["council_activity"]
    said = called("frameworks", "sccif-childrens-homes", "--figures", file)
    assert "elsewhere.csv: 2 rows read, 1 kept, 1 set aside." in said
    assert "elsewhere.csv, row 3, indicator: there is no indicator 'no'." in said


@pytest.fixture
def outcomes(tmp_path):
    file = tmp_path / "outcomes.csv"
    lines = (
        "la,date,type,framework,area,grade,source",
        "V01,2024-06-03,short,ilacs-2023,ilacs.children_in_care,good,Invented",
        "V01,2024-06-03,short,ilacs-2023,ilacs.care_leavers,outstanding,Invented",
        "V02,2025-06-03,focused visit,ilacs-2023,,,Invented",
    )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_inspections_and_readiness_of_a_store(built, outcomes):
    found = answer("inspections", outcomes, "--store", built, "--la", "V01")
    assert found["invented"] and [one["la"] for one in found["inspections"]] == ["V01"]
    assert found["care_leavers_apart"][0] == {
        "framework": "ilacs-2023",
        "inspections": 1,
        "care_leavers_graded": 1,
        "same": 0,
        "higher": 1,
        "lower": 0,
    }
    said = called("inspections", outcomes, "--store", built)
    assert "Invented: these authorities and their outcomes are of nobody." in said and "none given" in said
    assert called("inspections", outcomes, "--store", built, "--format", "csv").count("\n") == 4
    ready = answer("readiness", built, "ilacs-2026", "--la", "V01", "--year", 2024)
    assert [one["judgement"] for one in ready["areas"]] == [
        "ilacs.leaders",
        "ilacs.help_protection",
        "ilacs.children_in_care",
        "ilacs.care_leavers",
    ]
    states = {held["state"] for one in ready["criteria"] for held in one["figures"]}
    assert states == {"measured", "none"}
    assert len(ready["failings"]) == 13 and ready["marks"] and "overall" not in str(ready["areas"])


def test_invented_outcomes_are_of_no_authority_of_england(outcomes):
    found = answer("inspections", outcomes)
    assert (found["inspections"], found["file"]["set_aside"], found["invented"]) == ([], 3, False)
