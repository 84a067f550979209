"""The live roll: today's children by name, from a weekly file of the case system. Names live here and nowhere in the store."""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person


class RollFile(models.Model):
    """One weekly file of an authority, as of a day. The newest is the roll; earlier ones say who joined, left and moved."""

    la = models.CharField(max_length=3, db_index=True)
    as_of = models.DateField()
    sha256 = models.CharField(max_length=64)
    loaded = models.DateTimeField(default=clock.now)
    changed = models.DateTimeField(default=clock.now)
    """When its entries were last written; what is remembered of them holds until then."""
    loaded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    read = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    set_aside = models.IntegerField(default=0)
    findings = models.JSONField(default=list)
    """Where, what is wrong, what to do: never what belongs to a child."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["la", "as_of"], name="one_roll_a_day")]
        ordering = ["la", "-as_of"]


class RollEntry(models.Model):
    """One child on one roll."""

    file = models.ForeignKey(RollFile, on_delete=models.CASCADE, related_name="entries")
    la = models.CharField(max_length=3)
    child = models.CharField(max_length=40)
    """The identifier in the return of the responsible authority."""
    token = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=200)
    preferred_name = models.CharField(max_length=200, blank=True)
    dob = models.DateField(null=True)
    upn = models.CharField(max_length=13, blank=True)
    year_group = models.CharField(max_length=10, blank=True)
    school = models.CharField(max_length=10, blank=True)
    """URN; empty where there is no school place."""
    school_name = models.CharField(max_length=200, blank=True)
    social_worker = models.CharField(max_length=200, blank=True)
    social_worker_email = models.EmailField(blank=True)
    reviewing_officer = models.CharField(max_length=200, blank=True)
    reviewing_officer_email = models.EmailField(blank=True)
    carer = models.CharField(max_length=200, blank=True)
    home = models.CharField(max_length=60, blank=True)
    placement = models.CharField(max_length=60, blank=True)
    """The kind of placement, in words."""
    placement_address = models.CharField(max_length=300, blank=True)
    placement_began = models.DateField(null=True)
    entered_care = models.DateField(null=True)
    flags = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "child"], name="a_child_once_on_a_roll")]
        indexes = [models.Index(fields=["la", "school"]), models.Index(fields=["la", "home"])]
