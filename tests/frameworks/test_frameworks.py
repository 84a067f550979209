from datetime import date

import pytest

from virtualschool import frameworks as known
from virtualschool import measures
from virtualschool.errors import Unreadable, WrongUse
from virtualschool.frameworks.in_force import in_force, state_on
from virtualschool.frameworks.indicators import INDICATORS
from virtualschool.frameworks.loading import FOLDER, named, read_all
from virtualschool.frameworks.simulating import changes


def on(day, **more):
    return [one.id for one in in_force(date.fromisoformat(day), **more).frameworks]


# --- What the files hold ---


def test_the_two_schedules_of_2009_have_all_222_criteria():
    assert [len(named(name).criteria) for name in ("ofsted-2009-safeguarding", "ofsted-2009-lac")] == [91, 131]


def test_every_edition_of_ilacs_has_the_themes_of_its_areas():
    themes = {name: [one.id for one in named(name).criteria] for name in ("ilacs-2018", "ilacs-2023", "ilacs-2026")}
    assert len(themes["ilacs-2023"]) == 90
    assert all(sorted(ids) == sorted(themes["ilacs-2023"]) for ids in themes.values())


def test_care_leavers_are_a_judgement_of_their_own_from_2023():
    assert ["ilacs.care_leavers" in named(name).judgements for name in ("ilacs-2018", "ilacs-2023", "ilacs-2026")] == [False, True, True]


def test_there_are_120_figures_and_every_measure_they_name_exists():
    assert len(INDICATORS) == 120
    assert not {name for one in INDICATORS.values() for name in one.measures} - set(measures.ALL)


def test_every_rule_and_state_names_its_source():
    for framework in known.frameworks().values():
        for rule in framework.rules:
            assert rule.source.split(",")[0] in framework.sources
        assert all(state.source in framework.sources or state.source == "general knowledge" for state in framework.states)


# --- What is in force ---


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        ("2009-05-31", []),
        ("2009-06-01", ["ofsted-2009-lac", "ofsted-2009-safeguarding"]),
        ("2011-12-31", ["ofsted-2009-lac", "ofsted-2009-safeguarding"]),
        ("2012-01-01", []),
        ("2017-12-31", []),
        ("2018-01-01", ["ilacs-2018"]),
        ("2022-12-31", ["ilacs-2018"]),
        ("2023-01-01", ["ilacs-2023"]),
        ("2026-03-31", ["ilacs-2023"]),
        ("2026-04-01", ["ilacs-2026"]),
    ],
)
def test_the_framework_in_force_on_a_date(day, ids):
    assert on(day) == ids


def test_years_that_no_framework_is_held_for_say_so():
    assert in_force(date(2012, 6, 1)).words == ("Not held: no framework that is held (authority) was in force on 1 June 2012.",)
    (words,) = in_force(date(2015, 6, 1)).words
    assert words.startswith("Not held: Single inspection framework")


def test_care_leavers_are_not_judged_apart_before_every_authority_was_inspected_under_ilacs():
    assert on("2023-06-01", inspected=False) == ["ilacs-2018"]
    assert on("2023-06-01", inspected=True) == ["ilacs-2023"]
    assert on("2022-12-31", inspected=True) == ["ilacs-2018"]
    assert on("2026-04-01", inspected=False) == ["ilacs-2026"]


def test_homes_have_a_framework_of_their_own():
    assert on("2024-01-01", subject="children's home") == ["sccif-childrens-homes"]
    with pytest.raises(WrongUse, match="Subject 'school'"):
        in_force(date(2024, 1, 1), "school")


@pytest.mark.parametrize(
    ("day", "inspected", "state"),
    [
        ("2022-06-19", None, "not yet proposed"),
        ("2022-06-20", None, "proposed"),
        ("2022-07-29", None, "consulted"),
        ("2022-12-02", None, "confirmed"),
        ("2023-01-01", None, "in force"),
        ("2023-01-01", False, "confirmed"),
        ("2026-04-01", None, "ended"),
    ],
)
def test_the_judgement_on_care_leavers_went_through_every_state(day, inspected, state):
    assert state_on(named("ilacs-2023"), date.fromisoformat(day), inspected=inspected) == state


# --- A new edition ---

NEW = """
id = "ilacs-2031"
title = "An edition that is invented for this test"
edition = "April 2031"
subject = "authority"
family = "children's services"

[grades]
needs_work = "Needs work"
strong = "Strong"

[sources]
X = "Invented"

[[states]]
state = "in force"
from = "2031-04"
source = "X"

[[judgements]]
id = "new.children"
title = "Children"
criteria_of = { framework = "ilacs-2023", judgements = ["ilacs.children_in_care"] }

[[judgements]]
id = "new.leaders"
title = "Leaders"

[[rules]]
id = "new.rule.children"
strength = "must"
target = "new.leaders"
max_grade = "needs_work"
words = "Leaders are no stronger than children's lives."
source = "X"
any = [{ area = "new.children", grade_below = "strong" }]
"""


def with_new(folder, text):
    file = folder / "ilacs-2031.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_new_edition_is_one_new_file(tmp_path):
    file = with_new(tmp_path, NEW)
    editions = read_all([*FOLDER.glob("*.toml"), file])
    assert on("2031-03-31", editions=editions.values()) == ["ilacs-2026"]
    assert on("2031-04-01", editions=editions.values()) == ["ilacs-2031"]
    assert state_on(editions["ilacs-2026"], date(2031, 4, 1), editions=editions.values()) == "ended"
    assert len(editions["ilacs-2031"].criteria) == 29
    assert known.judge(named(str(file)), {"new.children": "needs_work"}).allowed["new.leaders"] == ["needs_work"]


def test_a_must_rule_that_is_not_confirmed_caps_nothing(tmp_path):
    file = with_new(tmp_path, NEW.replace('source = "X"\nany', 'source = "X"\nconfirmed = false\nany'))
    found = known.judge(named(str(file)), {"new.children": "needs_work", "new.leaders": "strong"})
    assert (found.caps, found.broken, found.allowed["new.leaders"]) == ((), (), ["needs_work", "strong"])
    (warning,) = found.to_json()["warnings"]
    assert (warning["strength"], warning["prompt"]) == (
        "unconfirmed",
        "Leaders are no stronger than children's lives. Not confirmed, so it binds nothing.",
    )


def test_everything_wrong_with_a_file_is_said_at_once(tmp_path):
    text = NEW.replace('grade_below = "strong"', 'grade_below = "good"').replace('strength = "must"', 'strength = "firm"')
    file = with_new(tmp_path, text.replace('title = "Children"', 'titel = "Children"'))
    with pytest.raises(Unreadable) as fault:
        read_all([*FOLDER.glob("*.toml"), file])
    assert str(fault.value) == (
        "Framework file ilacs-2031.toml: judgement new.children: there is no 'titel' (did you mean 'title'?); rule new.rule.children: "
        "'firm' is no strength: must, likely, observed, may; rule new.rule.children: 'good' is no grade. Put them right in the file; see "
        "docs/reference/frameworks.md."
    )


def test_a_file_that_is_no_toml_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"Framework file ilacs-2031.toml: it is not TOML"):
        named(str(with_new(tmp_path, "id = ")))


# --- What would cap us ---


def test_the_simulator_names_the_single_grades_that_would_cap_overall():
    framework = named("ofsted-2009-safeguarding")
    found = changes(framework, {"sg.are_safe": "good", "sg.feel_safe": "good"})
    capped = [(one.judgement, one.becomes, one.limit) for one in found if one.target == "sg.overall" and one.strength == "must"]
    assert sorted(capped) == [
        ("sg.are_safe", "adequate", "adequate"),
        ("sg.are_safe", "inadequate", "inadequate"),
        ("sg.feel_safe", "adequate", "adequate"),
        ("sg.feel_safe", "inadequate", "inadequate"),
    ]


def test_the_simulator_names_the_single_grade_that_would_lift_a_cap():
    found = changes(named("ofsted-2009-lac"), {"lac.safe": "good", "lac.enjoying": "inadequate"})
    lifts = [(one.judgement, one.becomes, one.limit, one.way) for one in found if one.target == "lac.overall" and one.strength == "must"]
    assert lifts == [("lac.enjoying", "adequate", "outstanding", "lifts")]


def test_nothing_but_a_single_grade_is_changed_so_two_inadequate_outcomes_lift_nothing():
    found = changes(named("ofsted-2009-lac"), {"lac.safe": "inadequate", "lac.enjoying": "inadequate"})
    assert not [one for one in found if one.target == "lac.overall" and one.strength == "must"]
