"""The day on which the tests of pages take place: a Monday after the newest return of the store."""

import datetime

TODAY = datetime.date(2025, 4, 28)
