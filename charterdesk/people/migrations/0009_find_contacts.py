"""Indexes by which contacts are found: parts of names and addresses, and keys by which two may be one person.

Made beside readers and writers: the tables may hold millions. Without pg_trgm parts of names are found by reading all.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

PHONE_KEY = r"right(regexp_replace(value, '\D', '', 'g'), 9)"
ADDRESS_KEY = "translate(split_part(split_part(value, '@', 1), '+', 1), '._-', '')"
TRIGRAMS = {
    "people_contact_name_parts": "people_contact USING gin (lower(name) gin_trgm_ops)",
    "people_identity_parts": "people_identity USING gin (value gin_trgm_ops)",
}


def add_trigrams(apps, editor):
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            for name, what in TRIGRAMS.items():
                cursor.execute(f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {what}")


def drop_trigrams(apps, editor):
    with editor.connection.cursor() as cursor:
        for name in TRIGRAMS:
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def create(name, what):
    return migrations.RunSQL(
        f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON people_identity {what}",
        f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("people", "0008_branding_and_choices"),
        ("search", "0002_text"),  # makes pg_trgm where it may
    ]

    operations = [
        AddIndexConcurrently(model_name="notice", index=models.Index(fields=["agent", "-id"], name="people_notice_of")),
        create("people_identity_phone_key", f"(({PHONE_KEY})) WHERE kind = 'phone'"),
        create("people_identity_address_key", f"(({ADDRESS_KEY})) WHERE kind = 'email'"),
        migrations.RunPython(add_trigrams, drop_trigrams),
    ]
