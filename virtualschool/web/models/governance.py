"""What a controller has to be able to show: complaints about personal data, incidents, holds on disposal, and what was disposed of."""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person

SUBJECTS = {
    "access": "Not given access to their record",
    "wrong": "Something in the record is wrong",
    "shared": "Shared with somebody it should not have been",
    "kept": "Kept too long, or not kept",
    "objection": "Objects to the use of the record",
    "other": "Something else",
}
HARM = {"none": "No risk to anyone", "risk": "A risk to people", "high": "A high risk to people"}


class Complaint(models.Model):
    """A complaint about how personal data is used. Acknowledged within 30 days (Data (Use and Access) Act 2025)."""

    la = models.CharField(max_length=3, db_index=True)
    received = models.DateField()
    subject = models.CharField(max_length=20, choices=list(SUBJECTS.items()))
    reference = models.CharField(max_length=60)
    """Where the letter is kept. What it says, and from whom, stays there."""
    acknowledged = models.DateField(null=True, blank=True)
    answered = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-received", "-id"]


class Incident(models.Model):
    """A breach of personal data: known since, what was done, and whether the Information Commissioner and the children were told."""

    la = models.CharField(max_length=3, db_index=True)
    aware = models.DateTimeField()
    what = models.TextField()
    people = models.IntegerField(default=0)
    """How many people it is about, as far as known."""
    harm = models.CharField(max_length=10, choices=list(HARM.items()))
    commissioner_told = models.DateTimeField(null=True, blank=True)
    why_not_told = models.TextField(blank=True)
    children_told_by = models.CharField(max_length=200, blank=True)
    """Who tells the children concerned, and how."""
    closed = models.DateTimeField(null=True, blank=True)
    learned = models.TextField(blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-aware", "-id"]


class LegalHold(models.Model):
    """A child's records that may not be disposed of while it stands, whatever the table of retention says."""

    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, db_index=True)
    why = models.CharField(max_length=300)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    ended = models.DateTimeField(null=True, blank=True)


class Disposal(models.Model):
    """Records of a child that are due, asked for by one person and approved by another. It stays when they are gone: the tombstone."""

    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, db_index=True)
    record_class = models.CharField(max_length=40)
    due = models.DateField()
    asked = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    approved = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    gone = models.JSONField(default=dict)
    """How many rows of each kind are gone."""
