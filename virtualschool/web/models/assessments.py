"""Teachers' termly assessments: on track or not in a subject, from the start of the phase and from coming into care."""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person
from virtualschool.web.models.plans import TERMS, PlanFile


class TeacherAssessment(models.Model):
    """An assessment as it stood from one moment on. The newest of a child, school year, term and subject counts."""

    la = models.CharField(max_length=3)
    token = models.CharField(max_length=40, db_index=True)
    school_year = models.IntegerField()
    term = models.CharField(max_length=10, choices=TERMS.items())
    year_group = models.CharField(max_length=3, blank=True)
    subject = models.CharField(max_length=60)
    result = models.CharField(max_length=100, blank=True)
    baseline_phase = models.CharField(max_length=100, blank=True)
    from_phase = models.BooleanField(null=True, blank=True)
    baseline_entry = models.CharField(max_length=100, blank=True)
    from_entry = models.BooleanField(null=True, blank=True)
    """On track from the start of the phase, and from coming into care; None where it is not told."""
    why_not = models.CharField(max_length=200, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    file = models.ForeignKey(PlanFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["la", "school_year", "term"]), models.Index(fields=["la", "token"])]
