"""Which of the two SQLite files a table lives in: what is written at every request lives apart, so that it never waits for records."""

WORK = {"sessions", "django_tasks_db", "django_tasks_database", "django_cache", "axes"}


class WorkApart:
    def db_for_read(self, model, **hints) -> str | None:
        return "work" if model._meta.app_label in WORK else None

    db_for_write = db_for_read

    def allow_relation(self, one, other, **hints) -> bool | None:
        return None

    def allow_migrate(self, db: str, app_label: str, **hints) -> bool:
        return (app_label in WORK) == (db == "work")
