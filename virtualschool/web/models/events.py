"""What people did and looked at: one row each, chained by hashes, never changed (the database refuses)."""

from django.db import models


class Event(models.Model):
    """Who did what to which kind of data, when and why. Of a child only the token. Rows are written by `events.record` alone."""

    when = models.DateTimeField()
    person = models.CharField(max_length=254, blank=True)
    """The e-mail address of the account, as it was then; empty for nobody."""
    role = models.CharField(max_length=40, blank=True)
    la = models.CharField(max_length=3, blank=True)
    action = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    page = models.CharField(max_length=60, blank=True)
    token = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["token", "when"]), models.Index(fields=["la", "when"]), models.Index(fields=["person", "when"])]
        ordering = ["id"]
