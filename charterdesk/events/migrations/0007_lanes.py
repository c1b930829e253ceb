"""Mail and the index are read in lanes of their own, from where all of the log has been delivered so far."""

from typing import ClassVar

from django.db import migrations

_READ_ON = """
    INSERT INTO events_reader (name, position, target, offset_id, floor_id, seen_id, system_identifier)
    SELECT lane, position, target, offset_id, floor_id, seen_id, system_identifier
      FROM events_reader, (VALUES ('mail'), ('index')) AS new (lane) WHERE name = 'reactions'
    ON CONFLICT (name) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("events", "0006_held_runs")]

    operations: ClassVar = [migrations.RunSQL(_READ_ON, "DELETE FROM events_reader WHERE name IN ('mail', 'index')")]
