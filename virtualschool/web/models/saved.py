"""Saved views: a choice of figures under a name, which an authority's people share. Changing one makes a version; old ones stay."""

from django.db import models

from virtualschool.web import clock
from virtualschool.web.models.people import Person


class SavedView(models.Model):
    """A named view of figures of one authority (empty for a national host). It holds a choice and no figure."""

    la = models.CharField(max_length=3, blank=True, db_index=True)
    name = models.CharField(max_length=120)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    removed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["la", "name"], condition=models.Q(removed__isnull=True), name="one_saved_view_of_a_name")
        ]
        ordering = ["name"]

    @property
    def newest(self) -> "SavedViewVersion":
        return self.versions.order_by("-number")[0]  # type: ignore[attr-defined]


class SavedViewVersion(models.Model):
    """What a saved view held from a time on: which page of figures, and its query."""

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=20)
    query = models.TextField(blank=True)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["view", "number"], name="one_version_of_a_number")]
        ordering = ["-number"]
