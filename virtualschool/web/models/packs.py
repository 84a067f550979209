"""Packs that a head opens to inspectors: fixed to a snapshot, for a time, and marked on each page."""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person


class Pack(models.Model):
    """One pack. `pages` is what it shows, worked out once when it was made, so that nothing in it moves afterwards."""

    key = models.CharField(max_length=40, unique=True)
    """Opaque; stands in addresses."""
    la = models.CharField(max_length=3, db_index=True)
    name = models.CharField(max_length=120)
    sections = models.JSONField(default=list)
    year = models.IntegerField()
    snapshot = models.CharField(max_length=120)
    pages = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    """Of `pages`, so that a change behind the application shows."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made", "-id"]

    def is_open(self) -> bool:
        return self.closed is None and self.until > clock.now()
