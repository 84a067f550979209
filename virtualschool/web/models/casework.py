"""Casework: education that is not full-time, visits to children taught elsewhere, contacts, tasks, caseloads, and enquiries.

Records of a child are keyed by token and authority: one that moves leaves them with the authority that wrote them.
"""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Current, Membership, Person

NO_PLACE, REDUCED, ALTERNATIVE, UNREGISTERED = "no place", "reduced timetable", "alternative provision", "unregistered provision"
CHANGED = "changed curriculum"
NOT_FULL_TIME = {
    NO_PLACE: "No school place",
    REDUCED: "Reduced timetable",
    ALTERNATIVE: "Alternative provision",
    UNREGISTERED: "Unregistered provision",
    CHANGED: "Changed curriculum",
}
STAGES = {
    "asked": "School asked for a place",
    "consulted": "Schools consulted on an EHC plan",
    "refused": "School refused; next step being taken",
    "directed": "Direction to admit asked for",
    "offered": "Place offered, start date awaited",
    "tuition": "Tuition while a place is sought",
}
WITH_WHOM = {
    "child": "The child",
    "school": "School",
    "carer": "Carer or home",
    "social_worker": "Social worker",
    "reviewing_officer": "Reviewing officer",
    "family": "Parent or family",
    "health": "Health",
    "other": "Someone else",
}
HOW = {"visit": "Visit", "meeting": "Meeting", "call": "Phone or video call", "message": "E-mail or message"}
GROUPS = {
    "previously looked after": "Children previously looked after",
    "social worker": "Children with a social worker",
    "kinship care": "Children in kinship care",
}
GIVEN = {"advice": "Advice", "information": "Information", "training": "Training"}
TOPICS = {
    "admissions": "Admissions and school places",
    "attendance": "Attendance",
    "behaviour": "Behaviour, suspension and exclusion",
    "trauma": "Attachment and trauma",
    "premium": "Pupil premium plus",
    "sen": "Special educational needs",
    "transition": "Change of school or phase",
    "rights": "Entitlements and the law",
    "other": "Another topic",
}
ASKED_BY = {
    "parent": "Parent, guardian or kinship carer",
    "school": "School or college",
    "social_worker": "Social worker",
    "other": "Someone else",
}


class OfAChild(models.Model):
    """What every record about a child bears."""

    token = models.CharField(max_length=40, db_index=True)
    la = models.CharField(max_length=3)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True


class NotFullTime(OfAChild):
    """A time in which a child's education is not full-time at a registered school, from its first day to its last."""

    kind = models.CharField(max_length=30, choices=NOT_FULL_TIME.items())
    starts = models.DateField()
    due = models.DateField(null=True, blank=True)
    """The day on which it is meant to end or be looked at again."""
    ended = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=20, blank=True, choices=STAGES.items())
    """Of no school place: how far the search is."""
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    """Hours of education a week."""
    provider = models.CharField(max_length=200, blank=True)
    curriculum = models.TextField(blank=True)
    """What is taught there, or what of the usual curriculum was changed or left out."""
    checked = models.DateField(null=True, blank=True)
    """The day on which somebody last looked at the provision."""
    approver = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["la", "ended", "starts"])]


class VisitElsewhere(OfAChild):
    """A visit, in person or not, to a child who is taught outside the authority."""

    visited = models.DateField()
    provision = models.CharField(max_length=300)
    progress = models.TextField()
    contact = models.CharField(max_length=200)
    """Who answers for the child there, and how to reach them."""

    class Meta:
        indexes = [models.Index(fields=["la", "token", "visited"])]


class Contact(OfAChild):
    """A contact about a child."""

    day = models.DateField()
    with_whom = models.CharField(max_length=20, choices=WITH_WHOM.items())
    how = models.CharField(max_length=20, choices=HOW.items())
    what = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["la", "token", "day"])]


class Task(OfAChild):
    """Something to do for a child, by someone, by a day. Where a contact led to it, it is an action agreed there."""

    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="tasks")
    due = models.DateField()
    done = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["la", "done", "due"])]


class Caseload(OfAChild):
    """Who of the Virtual School answers for a child, from and to a day. One at a time."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="caseload")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    objects = Current.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["la", "token"], condition=models.Q(ends__isnull=True), name="one_answers_for_a_child")
        ]


class Enquiry(models.Model):
    """Advice or training for children previously looked after, with a social worker, or in kinship care. No child is named in it, and
    there is nowhere to write one: every answer is chosen from a list."""

    la = models.CharField(max_length=3)
    day = models.DateField()
    group = models.CharField(max_length=30, choices=GROUPS.items())
    given = models.CharField(max_length=20, choices=GIVEN.items())
    topic = models.CharField(max_length=20, choices=TOPICS.items())
    asked_by = models.CharField(max_length=20, choices=ASKED_BY.items())
    school = models.CharField(max_length=10, blank=True)
    """URN of the school it was about; empty where it was about none."""
    people = models.IntegerField(default=1)
    """How many took part."""
    minutes = models.IntegerField(null=True, blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["la", "day"])]
