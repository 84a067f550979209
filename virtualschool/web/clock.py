"""Today, in London, or the day that the settings name: rules about dates ask here and never the clock."""

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON = ZoneInfo("Europe/London")


def today() -> datetime.date:
    if settings.TODAY:
        return datetime.date.fromisoformat(settings.TODAY)
    return now().astimezone(LONDON).date()


def now() -> datetime.datetime:
    """The moment it is, for what is written down about who did what when."""
    return datetime.datetime.now(datetime.UTC)
