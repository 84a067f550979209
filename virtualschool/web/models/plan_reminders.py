"""Reminders of plans that went out, so that none goes out twice."""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person


class PlanReminder(models.Model):
    """That a person was reminded of one date of a child's plan, as due or as late."""

    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, db_index=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=60)
    """What is due and how its days are counted."""
    on = models.DateField()
    late = models.BooleanField()
    made = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["la", "token", "person", "what", "on", "late"], name="reminded_once")]
