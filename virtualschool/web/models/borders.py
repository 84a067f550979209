"""What changes who sees a child: sharing across authorities, protection, and opening in need."""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Current, Membership, Person


class Share(models.Model):
    """A child's record opened by the responsible authority to another authority or a school, from and to a day, with the reason."""

    token = models.CharField(max_length=40, db_index=True)
    la = models.CharField(max_length=3)
    """The responsible authority, which shares."""
    with_la = models.CharField(max_length=3, blank=True)
    with_school = models.CharField(max_length=10, blank=True)
    kinds = models.JSONField(default=list)
    """The kinds of data of the role table that are shared."""
    gateway = models.CharField(max_length=300)
    """The legal ground or reason."""
    refused = models.BooleanField(default=False)
    """Whether it is a decision not to share, which is recorded too."""
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    objects = Current.as_manager()


class Protection(models.Model):
    """A child whose record is seen by named people only."""

    token = models.CharField(max_length=40, db_index=True)
    la = models.CharField(max_length=3)
    named = models.ManyToManyField(Membership, related_name="+")
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    ended = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)
    """Why the record is protected: the plan or decision that says so, not what it says."""


class BreakGlass(models.Model):
    """A protected record opened in need by someone not named: why, and until when. The head is told at once."""

    protection = models.ForeignKey(Protection, on_delete=models.CASCADE, related_name="openings")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    why = models.TextField()
    made = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    """When the head acknowledged it."""
