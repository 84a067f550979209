"""What makes the database refuse to change or take out an event."""

SQLITE = [
    (
        f"CREATE TRIGGER events_no_{act} BEFORE {act} ON web_event BEGIN SELECT RAISE(ABORT, 'events stand as they were written'); END",
        f"DROP TRIGGER events_no_{act}",
    )
    for act in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    (
        "CREATE FUNCTION events_stand() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'events stand as they were written'; END $$ LANGUAGE plpgsql",
        "DROP FUNCTION events_stand()",
    ),
    (
        "CREATE TRIGGER events_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON web_event EXECUTE FUNCTION events_stand()",
        "DROP TRIGGER events_stand ON web_event",
    ),
]


def of(editor):
    return POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE


def stand(apps, editor):
    if editor.connection.alias == "default":
        for made, _ in of(editor):
            editor.execute(made)


def give_way(apps, editor):
    if editor.connection.alias == "default":
        for _, unmade in reversed(of(editor)):
            editor.execute(unmade)
