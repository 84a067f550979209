"""Invented plans, views and premium: of one authority, out of its own return, the same each time."""

import csv

import pytest

from virtualschool.invent import plans

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"


@pytest.fixture
def folder(tmp_path):
    for la, number in (("V01", 3), ("V02", 9)):
        for year in (2025, 2026):
            place = tmp_path / "care" / la / str(year)
            place.mkdir(parents=True)
            children = [f"{la[-1]}{place}" for place in range(number)]
            (place / "header.csv").write_text(
                "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n" + "".join(f"{one},F,01/05/2014,WBRI,,,\n" for one in children)
            )
            breaks = "20,01/05/2020,S,V3,N1,U6,PR1,,,,,,\n"
            (place / "episodes.csv").write_text(EPISODES + "".join(f"{one},01/05/2020,S,C2,N1,U6,PR1,,,,,,\n" for one in children) + breaks)
    return tmp_path


def rows(folder, name):
    with (folder / "plans" / "V02" / f"{name}.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_plans_are_of_the_authority_with_most_children_and_of_children_in_its_return(folder):
    plans.write(folder, (2025, 2026), 1)
    assert [place.name for place in (folder / "plans").iterdir()] == ["V02"]
    held = rows(folder, "plans")
    assert held and {row["child"] for row in held} <= {f"2{place}" for place in range(9)}
    names = {row["plan"] for row in held}
    assert len(names) == len(held) and all(row["plan"] in names for name in ("targets", "views") for row in rows(folder, name))


def test_there_is_no_plan_of_a_summer_that_no_return_knows(folder):
    plans.write(folder, (2025, 2026), 1)
    terms = {(row["school_year"], row["term"]) for row in rows(folder, "plans")}
    assert ("2025", "summer") in terms and ("2026", "summer") not in terms


def test_the_same_returns_and_seed_give_the_same_bytes(folder):
    found = []
    for seed in (1, 1, 2):
        plans.write(folder, (2025, 2026), seed)
        place = folder / "plans" / "V02"
        found.append(b"".join(file.read_bytes() for file in sorted(place.iterdir())))
        for file in place.iterdir():
            file.unlink()
        place.rmdir()
    assert found[0] == found[1] != found[2]
