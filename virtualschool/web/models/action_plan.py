"""The action plan of an authority: actions, results that were noted, and proposals that a person passed over.

An action is never deleted: a change is a new row under the same `key`, and the newest holds. No row is about a child.
"""

from django.db import models

from virtualschool.frameworks import action_plan
from virtualschool.web import clock
from virtualschool.web.models.evaluation import Versioned
from virtualschool.web.models.people import Membership, Person

STATES = {
    action_plan.OPEN: "Open",
    action_plan.DONE: "Done",
    action_plan.CARRIED: "Carried forward",
    action_plan.DROPPED: "Dropped",
}
ORIGINS = {
    action_plan.PERSON: "A person's own",
    action_plan.EVIDENCE_GAP: "A gap in the evidence",
    action_plan.EXCEPTION: "A figure that differs",
    action_plan.FAILING: "A failing that reports name",
    action_plan.RECOMMENDATION: "A recommendation or required action",
    action_plan.LAST_YEAR: "Last year's plan",
}


class PlannedAction(Versioned):
    """One action of a school year's plan, as `frameworks.action_plan.Action` says its fields. `ref` is its number as people say it."""

    ref = models.CharField(max_length=12)
    year = models.IntegerField()
    priority = models.CharField(max_length=200)
    words = models.TextField()
    owner = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="planned_actions")
    owner_name = models.CharField(max_length=200)
    """As it stood when it was written, so that it stays when an account goes."""
    start = models.DateField(null=True, blank=True)
    due = models.DateField()
    criteria = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    measure = models.CharField(max_length=80, blank=True)
    baseline = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    baseline_year = models.IntegerField(null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    target_year = models.IntegerField(null=True, blank=True)
    success = models.TextField(blank=True)
    milestones = models.JSONField(default=list)
    """Each with words, due and done, days as text."""
    support = models.CharField(max_length=300, blank=True)
    resource = models.CharField(max_length=300, blank=True)
    risk = models.CharField(max_length=500, blank=True)
    board = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=20, choices=ORIGINS.items(), default=action_plan.PERSON)
    drawn_from = models.CharField(max_length=300, blank=True)
    proposal = models.CharField(max_length=200, blank=True)
    """The key of the proposal that it was taken on from."""
    status = models.CharField(max_length=20, choices=STATES.items(), default=action_plan.OPEN)
    closed = models.DateField(null=True, blank=True)
    impact = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    note = models.TextField(blank=True)
    carried_to = models.CharField(max_length=32, blank=True)
    """The key of the action of a later year that goes on with it."""

    class Meta:
        indexes = [models.Index(fields=["la", "year"])]


class ActionResult(models.Model):
    """The figure of an action's measure as it was noted from a snapshot, as everybody may see it, with the verdict of that day."""

    la = models.CharField(max_length=3)
    action = models.CharField(max_length=32, db_index=True)
    """The key of the action."""
    year = models.IntegerField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    pupils = models.IntegerField(null=True)
    symbol = models.CharField(max_length=5, blank=True)
    snapshot = models.CharField(max_length=80)
    verdict = models.CharField(max_length=30)
    day = models.DateField(default=clock.today)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class ProposalPassed(models.Model):
    """A proposal that a person read and did not take on, and why."""

    la = models.CharField(max_length=3)
    year = models.IntegerField()
    proposal = models.CharField(max_length=200)
    why = models.CharField(max_length=500)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["la", "year", "proposal"], name="one_answer_to_a_proposal_a_year")]
