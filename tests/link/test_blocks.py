import pytest

from virtualschool.invent.trial import ERRORS, Trial, invent_trial, load
from virtualschool.link import blocks, link, plan
from virtualschool.store import Store

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("postcodes", ["full", "sector"])
def test_no_pair_is_missed_by_looking_at_the_records_near_a_child_only(tmp_path, monkeypatch, postcodes):
    # Whoever shares the district and no more is only met among records that are read for another reason.
    monkeypatch.setattr(blocks, "in_district", lambda born, lived, found: none(found))
    step = plan.STEPS["pairs_found"]
    candidates = step.build(*map(plan.defined, step.needs))
    invent_trial(Trial(children=80, pupils=1_500, authorities=3, errors=ERRORS["fifteen"], postcodes=postcodes, seed=4), tmp_path / "trial")
    with Store(tmp_path / "store").draft(threads=2) as draft:
        load(tmp_path / "trial", draft)
        link(draft)
        near, found = count(draft), pairs(draft, candidates)
        draft.engine.define("near", "SELECT * FROM sightings")
        plan.lay_by(draft, "records_near")
        assert near < count(draft)
        assert pairs(draft, candidates) == found
        assert len(found) > 60


def none(found):
    return found.filter(False).select(la="pupil", child="pupil", pupil="pupil")


def count(draft) -> int:
    return draft.engine.value("SELECT count(*) FROM records_near")


def pairs(draft, candidates) -> list[tuple]:
    return sorted(tuple(row.values()) for row in draft.engine.rows(candidates.select("la", "child", "pupil")))
