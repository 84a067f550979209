"""Makes the database refuse to change or take out an event."""

from django.db import migrations

from virtualschool.web.migrations import _events_stand


class Migration(migrations.Migration):
    dependencies = (("web", "0001_records"),)
    operations = (migrations.RunPython(_events_stand.stand, _events_stand.give_way),)
