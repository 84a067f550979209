"""Attendance within the term: marks by the week, an authority's thresholds, officers' cases, and that a child is missing.

What is about a child is keyed by token and authority. There is nowhere to write where a missing child was last seen.
"""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.casework import OfAChild
from virtualschool.web.models.people import Membership, Person

CASES = {"attendance": "Attendance", "exclusion": "Prevention of exclusion", "inclusion": "Inclusion"}
STEPS = {
    "call": "Call to the school",
    "carer": "Talk with carer or home",
    "child": "Talk with the child",
    "visit": "Visit",
    "meeting": "Meeting with the school",
    "plan": "Support plan agreed",
    "assessment": "Assessment asked for",
    "provision": "Provision changed",
    "challenge": "Suspension or exclusion challenged",
    "other": "Another step",
}
OUTCOMES = {"better": "Better", "same": "No change", "worse": "Worse", "moved": "Moved on", "other": "Another end"}
TOLD_BY = {"carer": "Carer or home", "social_worker": "Social worker", "school": "School", "police": "Police", "other": "Someone else"}


class AttendanceFile(models.Model):
    """Marks that were brought: what was read and found, then kept or discarded. `held` is emptied once that is decided."""

    DECISIONS = {"read": "Read, waiting for a decision", "kept": "Kept", "discarded": "Discarded"}
    la = models.CharField(max_length=3, db_index=True)
    layout = models.CharField(max_length=10)
    """daily or weekly."""
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=DECISIONS.items(), default="read")
    read = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    set_aside = models.IntegerField(default=0)
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    findings = models.JSONField(default=list)
    """Where, what is wrong, what to do: never what belongs to a child."""
    held = models.JSONField(default=list)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class AttendanceWeek(OfAChild):
    """A child's marks of a week that begins on a Monday, and what they count as under the codes of its school year."""

    monday = models.DateField()
    school = models.CharField(max_length=10, blank=True)
    marks = models.JSONField(default=list)
    """Of each day: its date, the mark of the morning and of the afternoon."""
    possible = models.IntegerField(default=0)
    attended = models.IntegerField(default=0)
    authorised = models.IntegerField(default=0)
    unauthorised = models.IntegerField(default=0)
    suspended = models.IntegerField(default=0)
    """Sessions with the code of suspension or exclusion; they are authorised absence too."""
    part_time = models.IntegerField(default=0)
    """Sessions with the code of a temporary part-time timetable; they are authorised absence too."""
    file = models.ForeignKey(AttendanceFile, null=True, on_delete=models.SET_NULL, related_name="weeks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["la", "token", "monday"], name="one_week_of_marks")]
        indexes = [models.Index(fields=["la", "monday"])]


class AttendanceThreshold(models.Model):
    """From where on an authority wants to be told. The newest row of a name counts."""

    la = models.CharField(max_length=3, db_index=True)
    name = models.CharField(max_length=30)
    value = models.IntegerField()
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class OfficerCase(OfAChild):
    """A case of an inclusion or attendance officer, from the day it is opened to the day it is closed."""

    kind = models.CharField(max_length=15, choices=CASES.items())
    opened = models.DateField()
    why = models.TextField()
    aim = models.CharField(max_length=300)
    """What is to be different, and how that will be seen."""
    owner = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="cases")
    review = models.DateField()
    closed = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=OUTCOMES.items())
    learned = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["la", "closed", "review"])]


class OfficerStep(OfAChild):
    """Something that was done in a case."""

    case = models.ForeignKey(OfficerCase, on_delete=models.CASCADE, related_name="steps")
    day = models.DateField()
    what = models.CharField(max_length=15, choices=STEPS.items())
    note = models.TextField()


class MissingReport(OfAChild):
    """That a child is missing, from a day to the day it was found. Nothing says where."""

    since = models.DateField()
    told_by = models.CharField(max_length=20, choices=TOLD_BY.items())
    ended = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["la", "ended"])]
