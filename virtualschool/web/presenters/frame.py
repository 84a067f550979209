"""What stands around every page: whose service it is, where one can go, and for whom."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from virtualschool.errors import VirtualSchoolError
from virtualschool.web import stores
from virtualschool.web.permissions import NOBODY, Viewer, memberships_of


@dataclass(frozen=True)
class Way:
    """An item of the navigation: a name of an address, its words, and the kind of data it needs."""

    view: str
    words: str
    kind: str


WAYS = (
    Way("home", "Home", "signed-in"),
    Way("figures", "Figures", "figures"),
    Way("children", "Children", "children"),
    Way("plans", "Plans", "plan"),
    Way("premium", "Premium", "premium"),
    Way("voice", "Voice", "voice"),
    Way("improvement", "Improvement", "evaluation"),
    Way("improvement-report", "Annual report", "report"),
    Way("data", "Data", "files"),
    Way("people", "People", "people"),
    Way("national", "Authorities", "national"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    viewer: Viewer = getattr(request, "viewer", NOBODY)
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    return {
        "viewer": viewer,
        "ways": list(ways(viewer, here or "")),
        "authority": authority(viewer),
        "invented": invented(),
        "memberships": memberships_of(viewer.person) if viewer.person else [],
    }


def ways(viewer: Viewer, here: str):
    # One address can begin like two items: the one that says more of it is where somebody is.
    current = max((way.view for way in WAYS if here == way.view or here.startswith(f"{way.view}-")), key=len, default="")
    for way in WAYS:
        if viewer.person is None or not (way.kind == "signed-in" or viewer.may(way.kind)):
            continue
        try:
            address = reverse(way.view)
        except NoReverseMatch:
            continue
        yield {"address": address, "words": way.words, "active": way.view == current}


def authority(viewer: Viewer) -> str:
    if not viewer.la:
        return ""
    try:
        return stores.places().name(viewer.la)
    except (VirtualSchoolError, OSError, KeyError):
        return viewer.la


def invented() -> bool:
    try:
        return stores.is_invented()
    except (VirtualSchoolError, OSError):
        return False
