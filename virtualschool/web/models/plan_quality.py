"""What people say of a plan's quality: a mark of a rule beside the program's, a grade, and grades given twice, blind, in a sample.

The program grades nothing. Each row stays; a change of mind is a new one.
"""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person
from virtualschool.web.models.plans import TERMS, OfAPlan, Plan

MARKS = {"met": "Met", "not met": "Not met", "does not apply": "Does not apply"}


class PlanSetting(models.Model):
    """By what an authority looks at its plans: a grading profile, profiles of its own, and its own limits. The newest row holds."""

    la = models.CharField(max_length=3, db_index=True)
    profile = models.CharField(max_length=40)
    own_profiles = models.TextField(blank=True)
    """Profiles of its own as TOML, in the layout of plans/profiles.toml."""
    limits = models.JSONField(default=dict)
    """Settings of the rules that differ from ours, by name."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class PlanMark(OfAPlan):
    """A person's own mark of a rule, beside what the program says. The newest of a rule and version counts; an empty one takes it back."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="marks")
    rule = models.CharField(max_length=10)
    mark = models.CharField(max_length=15, choices=MARKS.items(), blank=True)
    why = models.TextField(blank=True)


class PlanGrade(OfAPlan):
    """A grade as a person gave it, with the profile, its version and what it had suggested."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="grades")
    profile = models.CharField(max_length=40)
    profile_version = models.IntegerField()
    grade = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    """For school and social worker."""
    best = models.CharField(max_length=40)
    worst = models.CharField(max_length=40)
    """What the profile suggested: alike where every rule could be told."""
    given_on = models.DateField()


class PlanSample(models.Model):
    """Plans of a term drawn to be marked a second time, blind. The seed and shares are kept, so that it can be drawn again."""

    la = models.CharField(max_length=3, db_index=True)
    school_year = models.IntegerField()
    term = models.CharField(max_length=10, choices=TERMS.items())
    profile = models.CharField(max_length=40)
    profile_version = models.IntegerField()
    seed = models.IntegerField()
    share = models.IntegerField()
    least = models.IntegerField()
    of = models.IntegerField()
    """Graded plans that it was drawn from."""
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class SampledPlan(models.Model):
    """A plan of a sample: the grade that it had, the second one, and what the two people agreed on where they differ."""

    sample = models.ForeignKey(PlanSample, on_delete=models.CASCADE, related_name="plans")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sampled")
    version = models.IntegerField()
    first = models.ForeignKey(PlanGrade, on_delete=models.CASCADE, related_name="+")
    second = models.CharField(max_length=40, blank=True)
    second_reason = models.TextField(blank=True)
    second_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    second_name = models.CharField(max_length=200, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    agreed = models.CharField(max_length=40, blank=True)
    agreed_why = models.TextField(blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "plan"], name="once_in_a_sample")]
