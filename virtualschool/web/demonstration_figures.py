"""Saved views of figures for a demonstration's people."""

VIEWS = (
    ("Corporate parenting board", "figures", ""),
    ("Persistent absence and its gap", "gap", "?measure=persistent_absence"),
    ("Attainment 8 by special educational needs", "groups", "?measure=attainment_8&by=sen"),
)


def fill(la: str) -> None:
    """The views, where the authority has none of those names yet."""
    from virtualschool.web.models import SavedView, SavedViewVersion

    for name, part, query in VIEWS:
        view, is_new = SavedView.objects.get_or_create(la=la, name=name, removed=None)
        if is_new:
            SavedViewVersion.objects.create(view=view, number=1, part=part, query=query)
