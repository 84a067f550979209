"""What needs doing: one row for each thing that a rule found, with who takes it, and what became of it."""

from django.db import models
from django.db.models import Q

from virtualschool.web import clock
from virtualschool.web.models.people import Membership, Person


class Open(models.QuerySet):
    def open_on(self, day):
        """Those that wait on a day: found still, not done, and not put off beyond it."""
        waiting = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=day)
        return self.filter(waiting, done__isnull=True, gone__isnull=True)


class WorkItem(models.Model):
    """One thing to do in an authority. `rule` and `key` say what it is, so that finding it again changes nothing."""

    la = models.CharField(max_length=3)
    rule = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    """What the rule found: a token and what else tells it from another. Nothing that belongs to a child."""
    token = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300)
    count = models.IntegerField(null=True)
    found = models.DateField()
    due = models.DateField(null=True)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    snoozed_until = models.DateField(null=True)
    snoozed_why = models.CharField(max_length=300, blank=True)
    done = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    done_why = models.CharField(max_length=300, blank=True)
    gone = models.DateField(null=True)
    """The day on which the rule found it no more."""
    made = models.DateTimeField(default=clock.now)
    objects = Open.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["la", "rule", "key"], name="found_once")]
        indexes = [models.Index(fields=["la", "gone", "done"])]
        ordering = ["due", "found", "id"]


class WorkStamp(models.Model):
    """From what an authority's worklist was last made: day, snapshot and roll. While they stand it is not made again."""

    la = models.CharField(max_length=3, unique=True)
    stamp = models.CharField(max_length=200)
