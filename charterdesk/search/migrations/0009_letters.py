"""Typos in words of other letters than these: pg_trgm knows only those that the cluster's character type knows.

In an embedded cluster that is ASCII. `search_letters` writes each other letter as one of 36 signs, by its number, so that
neighbours in a word stay neighbours, and trigrams of what it gives say how alike two words of one script are. It uses
nothing but what every PostgreSQL has, so a dump of its index can be restored anywhere.
"""

from django.db import migrations

LETTERS = """
CREATE FUNCTION search_letters(word text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
    SELECT string_agg(CASE WHEN ascii(letter) < 128 THEN letter
                      ELSE substr('0123456789abcdefghijklmnopqrstuvwxyz', ascii(letter) % 36 + 1, 1) END, '' ORDER BY place)
      FROM string_to_table(word, NULL) WITH ORDINALITY AS each (letter, place)
$$;
"""


def create_index(apps, schema_editor):
    """Of these words only, and only where the extension is there."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            cursor.execute(
                "CREATE INDEX search_word_letters ON search_word USING gin (search_letters(word) gin_trgm_ops)"
                " WHERE is_plain AND octet_length(word) > length(word)"
            )


def drop_index(apps, schema_editor):
    """The way back."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS search_word_letters")


class Migration(migrations.Migration):
    dependencies = [("search", "0008_meanings")]

    operations = [
        migrations.RunSQL(LETTERS, "DROP FUNCTION search_letters"),
        migrations.RunPython(create_index, drop_index),
    ]
