"""A child's progress from starting points: records of the six ways, decisions to share what stays in a home, filled documents, and what a
home records about itself.

What is recorded is defined in `virtualschool.plans.progress_ways`. Records are keyed by token and authority. A correction is a new row of
the same series, so that what stood before stays; the newest row of a series counts.
"""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person


class WrittenProgress(models.Model):
    """What every row bears: kind, values as they are kept, who wrote it and when."""

    la = models.CharField(max_length=3)
    home = models.CharField(max_length=60, blank=True)
    """The home that wrote it, as the roll names it; empty where it was nobody of a home."""
    kind = models.CharField(max_length=30)
    on = models.DateField()
    values = models.JSONField(default=dict)
    series = models.IntegerField(null=True)
    """The first row of this record; empty on that row itself until it is saved."""
    withdrawn = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    """Why it was corrected or withdrawn."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200, blank=True)
    """The writer's name and role as they were on that day."""

    class Meta:
        abstract = True


class ProgressFile(models.Model):
    """A filled document: what was read and found, then kept or discarded. `held` is emptied once that is decided."""

    STATES = {"read": "Read, waiting for a decision", "kept": "Kept", "discarded": "Discarded"}
    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, db_index=True, blank=True)
    """Empty where the document is about a home."""
    home = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=STATES.items(), default="read")
    about = models.JSONField(default=dict)
    account = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    """Where, what is wrong, what to do: never what was answered."""
    nothing = models.JSONField(default=list)
    held = models.JSONField(default=list)
    stays_home = models.BooleanField(default=False)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class ProgressRecord(WrittenProgress):
    """One record of a child."""

    token = models.CharField(max_length=40, db_index=True)
    stays_home = models.BooleanField(default=False)
    """Whether only the home that wrote it sees it, unless it decided to share it."""
    file = models.ForeignKey(ProgressFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="records")

    class Meta:
        indexes = [models.Index(fields=["la", "token", "on"]), models.Index(fields=["la", "home"])]


class ProgressShare(models.Model):
    """A decision about a record that stays in a home: to share it with some roles, or not to. It can be ended, and is never altered."""

    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, db_index=True)
    series = models.IntegerField(db_index=True)
    """The record, by the first row of it."""
    roles = models.JSONField(default=list)
    """The roles that may see it; none where it was decided not to share."""
    refused = models.BooleanField(default=False)
    why = models.TextField()
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200)
    ended = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class HomeRecord(WrittenProgress):
    """What a home records about itself: training of its staff, what it changed, its own review. No child is named."""

    class Meta:
        indexes = [models.Index(fields=["la", "home", "kind"])]
