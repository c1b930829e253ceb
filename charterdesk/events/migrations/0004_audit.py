"""An index of what people did to the desk itself, small beside the log: administration, sign-ins, looks."""

from django.db import migrations

CONDITION = (
    "actor <> 'system' AND actor NOT LIKE 'contact:%' AND subject NOT LIKE 'ticket:%' AND code <> 'agent.notified'"
)


def build(apps, schema_editor):
    """Piece by piece, beside those who write; a piece that comes later gets its own by the parent's."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX IF NOT EXISTS events_event_audit ON ONLY events_event (id) WHERE {CONDITION}")
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'events_event'::regclass ORDER BY 1"
        )
        for (piece,) in cursor.fetchall():
            name = f"{piece.rpartition('.')[2]}_audit"
            cursor.execute("SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass(%s)", [name])
            if cursor.fetchone():
                continue  # an interrupted try came so far
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            cursor.execute(f"CREATE INDEX CONCURRENTLY {name} ON {piece} (id) WHERE {CONDITION}")
            cursor.execute(f"ALTER INDEX events_event_audit ATTACH PARTITION {name}")


def drop(apps, schema_editor):
    schema_editor.execute("DROP INDEX IF EXISTS events_event_audit")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("events", "0003_webhooks")]
    operations = [migrations.RunPython(build, drop)]
