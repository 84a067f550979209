"""The whole way of a plan: written in forms by those around the child, taken away as files, built in, and read as a figure at home."""

import datetime

import pytest

from virtualschool import pipeline
from virtualschool.web import asking, clock, stores
from virtualschool.web.actions import plan_export
from virtualschool.web.models import Plan, PlanTerm, RollEntry, RollFile
from virtualschool.web.permissions import Viewer

CARE = {
    "header.csv": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nC1,F,01/09/2014,WBRI,UN2,,\nC2,M,02/10/2013,WBRI,UN2,,\n",
    # C1 came on Monday 24 March 2025, so that ten working days after are 7 April.
    "episodes.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\nC1,24/03/2025,S,C2,N1,U6,,\nC2,01/02/2020,S,C2,N1,U6,,\n",
}
PLACES = "la,new_la_code,la_name,region_code,region_name,first_year,last_year\nV01,V06000001,Ambelshire,VR1,Upper Vale,2016,\n"


@pytest.fixture
def store(tmp_path, settings, db):
    """A store of two children of one authority, with no plan in it."""
    care = tmp_path / "in" / "care" / "V01" / "2025"
    care.mkdir(parents=True)
    for name, text in CARE.items():
        (care / name).write_text(text)
    (tmp_path / "in" / "authorities.csv").write_text(PLACES)
    pipeline.build(tmp_path / "store", [(None, tmp_path / "in")])
    settings.STORE, settings.TODAY = tmp_path / "store", "2025-04-01"
    return tmp_path / "store"


def figures(viewer: Viewer) -> dict[str, tuple]:
    """Numerator and denominator of measures of plans, as pages ask for them."""
    names = ["pep_started_in_10_days", "pep_in_time", "pep_targets_precise"]
    rows = asking.figures(viewer, names, stores.snapshot(), la="V01", year="2025").rows
    return {row["measure"]: (row["numerator"], row["denominator"]) for row in rows}


@pytest.fixture
def children(store) -> dict[str, str]:
    """Both children on the roll; the token of each by its identifier."""
    for term, starts, ends in (("spring", (2025, 1, 6), (2025, 3, 31)), ("summer", (2025, 4, 1), (2025, 7, 22))):
        days = {"starts": datetime.date(*starts), "ends": datetime.date(*ends)}
        PlanTerm.objects.create(la="V01", school_year=2025, term=term, **days)
    file = RollFile.objects.create(la="V01", as_of=datetime.date(2025, 3, 31), sha256="0" * 64, loaded=clock.now())
    found = {row["child"]: row for row in stores.children_rows(stores.snapshot(), "V01").values()}
    for child, row in found.items():
        held = {"name": f"Invented {child}", "dob": row["dob"], "school": "900001", "year_group": "5"}
        RollEntry.objects.create(file=file, la="V01", child=child, token=row["token"], entered_care=row["period_start"], **held)
    return {child: row["token"] for child, row in found.items()}


def begin(browser, token: str, term: str) -> str:
    """The address of a plan that was begun by the form."""
    answer = browser.post(f"/plans/child/{token}", {"term": term, "kind": "primary"})
    assert answer.status_code == 302, answer.content.decode()
    return f"/plans/child/{token}/{Plan.objects.get(token=token).pk}"


def test_a_plan_written_in_forms_comes_out_as_figures_of_timeliness_and_quality(children, store, signed_in, relate, settings, tmp_path):
    head, teacher = signed_in("head"), signed_in("teacher", school="900001")
    worker, child = signed_in("social_worker"), signed_in("child")
    for one in (worker, child):
        relate(one.membership, children["C1"])

    settings.TODAY = "2025-03-03"  # The authority's plans tell of days from here on.
    other = begin(head, children["C2"], "2025-spring")
    settings.TODAY = "2025-04-01"
    path = begin(head, children["C1"], "2025-summer")
    assert child.post(f"{path}/part", {"seen": 0, "learning": "I like art"}).status_code == 302
    settings.TODAY = "2025-04-14"
    teacher.post(f"{path}/meeting", {"held_on": "10/04/2025", "next_on": "10/09/2025"})
    for text in ("By 18 July, spell 20 of 25 words of the list (8 in April)", "Improve in maths"):
        assert teacher.post(f"{path}/target", {"text": text, "act": "keep"}).status_code == 302
    teacher.post(f"{path}/state", {"act": "complete"})
    for one in (worker, teacher):
        one.post(f"{path}/state", {"act": "sign"})
    assert Plan.objects.get(token=children["C1"]).state == "signed"
    settings.TODAY = "2025-05-12"
    assert teacher.post(f"{other}/meeting", {"held_on": "12/05/2025", "next_on": "10/09/2025"}).status_code == 302

    viewer = Viewer(head.membership.person, head.membership)
    assert set(figures(viewer).values()) == {(None, None)}
    assert plan_export.write("V01", tmp_path / "out") == (2, 0)
    pipeline.build(store, [(None, tmp_path / "out")], add=True)
    # Begun on the sixth working day and ready, as complete, on the fifteenth; one target of two is precise.
    assert figures(viewer) == {"pep_started_in_10_days": (1, 1), "pep_in_time": (1, 1), "pep_targets_precise": (1, 2)}
    shown = head.get("/").content.decode()
    assert "Targets of plans that are precise" in shown and "50%" in shown
