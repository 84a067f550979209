"""What the tests of self-evaluation and of the action plan share."""

import shutil

import pytest

from virtualschool.frameworks import frameworks
from virtualschool.web.models import WorkItem
from virtualschool.web.permissions import Viewer

ILACS, LAC = frameworks()["ilacs-2026"], frameworks()["ofsted-2009-lac"]
ABSENT = "ilacs.children_in_care.attendance_inclusion"


def found(rule):
    """What the worklist of V01 found by a rule, of which there is one."""
    return WorkItem.objects.get(la="V01", rule=rule)


class Asked:
    """A request as an action sees it."""

    resolver_match = None

    def __init__(self, membership):
        self.viewer = Viewer(membership.person, membership)


@pytest.fixture
def own_store(store, tmp_path, settings):
    """The store's snapshot with records of this test's own."""
    place = tmp_path / "store"
    place.mkdir()
    for part in ("snapshots", "objects", "inputs"):
        (place / part).symlink_to(store / part)
    shutil.copy(store / "current", place / "current")
    settings.STORE = place
    return place
