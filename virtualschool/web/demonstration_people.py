"""Invented people and decisions about records, so that the pages of a demonstration show work: nobody and nothing here is real."""

import datetime

from virtualschool.web import children, clock, stores
from virtualschool.web.demonstration import DOMAIN

PEOPLE = (
    ("Ashdown Vale", "team", 30),
    ("Linnet Marsh", "team", 120),
    ("Corran Pike", "analyst", 95),
    ("Tamsin Rook", "reviewing_officer", 10),
    ("Oriel Fenn", "personal_adviser", 200),
)
"""Invented name, role, and how many days ago it was confirmed."""


def fill(la: str) -> None:
    """Some colleagues, a record that is shared, a decision not to share, and a protected record that was opened in need. Once."""
    from virtualschool.web.actions import sharing
    from virtualschool.web.models import Membership, Person, Share
    from virtualschool.web.permissions import Viewer

    if Share.objects.filter(la=la).exists():
        return

    def member(name: str, role: str, email: str) -> Membership:
        person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, name)
        return Membership.objects.get_or_create(person=person, role=role, la=la)[0]

    today = clock.today()
    for name, role, ago in PEOPLE:
        one = member(f"{name} (invented)", role, f"{name.lower().replace(' ', '.')}@{DOMAIN}")
        one.starts, one.confirmed = today - datetime.timedelta(days=400), today - datetime.timedelta(days=ago)
        one.save()
    head = member("Invented Virtual School Head", "head", f"head@{DOMAIN}")
    team = member("Invented Virtual School team member", "team", f"team@{DOMAIN}")
    viewer, colleague = Viewer(head.person, head), Viewer(team.person, team)
    known = [child for child in children.of(viewer) if child.is_current and child.la == la]
    others = sorted(one for one in stores.places().authorities if one != la and stores.newest_year(stores.snapshot(), one))
    if len(known) < 4 or not others:
        return
    until = today + datetime.timedelta(days=120)
    sharing.share(
        viewer, known[0], with_la=others[0], kinds=["plan", "record"], gateway="Goes to school there; invented agreement 4.", ends=until
    )
    why = "Invented: the safety plan says that the school's authority holds no record."
    sharing.share(viewer, known[1], with_la=others[0], gateway=why, refused=True)
    sharing.protect(viewer, known[2], [], "Invented safety plan of last month.")
    hidden = known[2].entry.child if known[2].entry is not None else known[2].row["child"]
    sharing.open_in_need(colleague, child=str(hidden), why="Invented: missing since last night, and the police ask for the school.")
