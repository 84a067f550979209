"""Self-evaluation: evidence, strengths and gaps, owners, grades that people recorded, and what inspections asked for.

Nothing is altered or deleted: a change is a new row under the same `key`, taking something back is one too, and the newest row holds.
Everything is the authority's (`la`) and under a framework; no row is about a child.
"""

import uuid

from django.db import models
from django.db.models import Max

from virtualschool.frameworks import evaluation
from virtualschool.web import clock
from virtualschool.web.models.people import Membership, Person

KINDS = {evaluation.FIGURE: "Figure", evaluation.DOCUMENT: "Document or note", evaluation.VOICE: "What children said"}
SIDES = {evaluation.STRENGTH: "Strength", evaluation.GAP: "Gap"}
WEIGHTS = {"slight": "Slight", "some": "Some", "great": "Great"}


def new_key() -> str:
    return uuid.uuid4().hex


class Standing(models.QuerySet):
    def standing(self, la: str, **where):
        """The newest row of each key of an authority, without those that were taken back; in the order in which each was begun."""
        newest = self.filter(la=la).order_by().values("key").annotate(newest=Max("pk")).values("newest")
        # Asked of the newest rows alone: an action that is closed now was open in an earlier row.
        return self.filter(pk__in=newest, withdrawn=False, **where).select_related("made_by").order_by("begun", "pk")


class Versioned(models.Model):
    """What every row bears. `begun` is when its key was first written."""

    la = models.CharField(max_length=3)
    key = models.CharField(max_length=32, default=new_key, db_index=True)
    made = models.DateTimeField(default=clock.now)
    day = models.DateField(default=clock.today)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    begun = models.DateTimeField(default=clock.now)
    withdrawn = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    """Why it was changed or taken back."""
    objects = Standing.as_manager()

    class Meta:
        abstract = True


class EvaluationEvidence(Versioned):
    """Something that bears on a criterion, or on a judgement as a whole. `figure` is a pinned figure as it was published, with its
    snapshot; `origin` is the criterion that it was carried from."""

    framework = models.CharField(max_length=60)
    criterion = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=KINDS.items())
    words = models.TextField(blank=True)
    document = models.CharField(max_length=40, blank=True)
    """A kind of `frameworks/evidence_kinds.csv`."""
    where = models.CharField(max_length=500, blank=True)
    dated = models.DateField(null=True, blank=True)
    figure = models.JSONField(null=True, blank=True)
    origin = models.CharField(max_length=120, blank=True)
    carried_from = models.CharField(max_length=32, blank=True)
    """The key of the evidence that this one was carried from."""

    class Meta:
        indexes = [models.Index(fields=["la", "framework", "criterion"])]


class EvaluationFinding(Versioned):
    """A strength or a gap of a criterion: its weight, and what is done about it."""

    framework = models.CharField(max_length=60)
    criterion = models.CharField(max_length=120)
    side = models.CharField(max_length=10, choices=SIDES.items())
    words = models.TextField()
    weight = models.CharField(max_length=10, choices=WEIGHTS.items())
    action = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["la", "framework", "criterion"])]


class EvaluationOwner(models.Model):
    """Who answers for a criterion; the newest row of a criterion holds, and one without an owner says that nobody does."""

    la = models.CharField(max_length=3)
    framework = models.CharField(max_length=60)
    criterion = models.CharField(max_length=120)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="criteria")
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["la", "framework"])]


class EvaluationGrade(models.Model):
    """A grade that a person recorded, and why; one without a grade takes back what stood. The newest row of a judgement holds."""

    la = models.CharField(max_length=3)
    framework = models.CharField(max_length=60)
    judgement = models.CharField(max_length=120)
    grade = models.CharField(max_length=40, blank=True)
    reason = models.TextField()
    warned_by = models.JSONField(default=list)
    against = models.JSONField(default=list)
    """The must rules that it breaks."""
    override = models.TextField(blank=True)
    """Why it was recorded against them, by `made_by`, who is a head."""
    made = models.DateTimeField(default=clock.now)
    day = models.DateField(default=clock.today)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["la", "framework"])]


class Recommendation(Versioned):
    """What an inspection, a peer review or a board asks to be done, by a day; `required` is a required action."""

    framework = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    words = models.TextField()
    source = models.CharField(max_length=300)
    made_on = models.DateField()
    due = models.DateField()
    required = models.BooleanField(default=False)
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="recommendations")
    done = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    """What was done and how that is known."""
