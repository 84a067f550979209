"""Messages to people: that something waits for them, and where. Never what it says about a child."""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person


class Message(models.Model):
    """One message in someone's inbox. Its words are those of its kind (actions/messages.py), so that none can name a child."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="inbox")
    la = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=40)
    path = models.CharField(max_length=300, blank=True)
    """Where it leads: a path of this application, with opaque tokens only."""
    made = models.DateTimeField(default=clock.now)
    read = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    """When it also went out by e-mail."""

    class Meta:
        ordering = ["-made", "-id"]
        indexes = [models.Index(fields=["person", "read"])]
