"""Files that people bring: what became of them, from the first byte to the snapshot that holds them, or to their end."""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person

STATES = {
    "received": "Waiting to be read",
    "reading": "Being read",
    "read": "Read: keep or discard",
    "building": "Being built in",
    "kept": "Kept",
    "discarded": "Discarded",
    "failed": "Stopped",
}


class Upload(models.Model):
    """One bringing of files by a person for an authority. The files lie in the store's folder `uploads` until it is decided."""

    la = models.CharField(max_length=3, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=12, choices=list(STATES.items()), default="received")
    step = models.CharField(max_length=60, blank=True)
    done, of = models.IntegerField(default=0), models.IntegerField(default=0)
    files = models.JSONField(default=list)
    """As they were brought: name, bytes, sha256."""
    account = models.JSONField(default=list)
    """The row account of each file, as a snapshot's manifest has it."""
    findings = models.JSONField(default=list)
    """What is wrong in them: file, row, column, what, what to do. At most as many as `actions.uploads.LISTED`."""
    found = models.IntegerField(default=0)
    wrong = models.TextField(blank=True)
    """Why it stopped, in words for a person."""
    snapshot = models.CharField(max_length=40, blank=True)
    """The snapshot that it made."""
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-id"]

    @property
    def is_busy(self) -> bool:
        return self.state in ("received", "reading", "building")

    @property
    def holds_something(self) -> bool:
        """Whether any record of its files could be kept."""
        return any(one["kept"] for one in self.account)
