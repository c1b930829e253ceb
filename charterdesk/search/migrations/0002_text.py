"""How text becomes words: configurations per language, and the functions that make and weigh vectors.

Embedded clusters know no letters beyond ASCII in the parser (their character type is C), so what is not a letter
there is taken out before: `search_clean`. The functions name no schema and are used in no index, so a dump of them
can be restored anywhere.
"""

from django.db import migrations

EXTENSIONS = ("unaccent", "pg_trgm")
CONFIGURATIONS = {
    "en": "english",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "ar": "arabic",
    "simple": "simple",
}
WORD_TOKENS = "hword, hword_part, word, asciihword, hword_asciipart, asciiword"


def create_extensions(apps, schema_editor):
    """Create what is available and allowed; without unaccent accents count, without pg_trgm typos are not mended."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_available_extensions WHERE name = ANY(%s) AND installed_version IS NULL "
            "AND has_database_privilege(current_database(), 'CREATE')",
            [list(EXTENSIONS)],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")


def create_configurations(apps, schema_editor):
    """One configuration a language; accents are taken off before the stem is cut."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_ts_dict WHERE dictname = 'unaccent'")
        first = "unaccent, " if cursor.fetchone() else ""
        for code, base in CONFIGURATIONS.items():
            cursor.execute(f"CREATE TEXT SEARCH CONFIGURATION search_{code} (COPY = pg_catalog.{base})")
            stem = "simple" if base == "simple" else f"{base}_stem"
            cursor.execute(
                f"ALTER TEXT SEARCH CONFIGURATION search_{code} ALTER MAPPING FOR {WORD_TOKENS} WITH {first}{stem}"
            )


def create_typo_index(apps, schema_editor):
    """Trigrams on distinct words only, where the extension is there."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            cursor.execute("CREATE INDEX search_word_typos ON search_word USING gin (word gin_trgm_ops) WHERE is_plain")


FUNCTIONS = r"""
CREATE FUNCTION search_config(language text) RETURNS regconfig STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT ('search_' || CASE WHEN language IN ('en', 'de', 'es', 'fr', 'ar') THEN language ELSE 'simple' END)::regconfig
$$;

CREATE FUNCTION search_clean(said text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT translate(said, U&'-_/\005C|<>\00AB\00BB\201C\201D\201E\2018\2019\201A\2039\203A\2026\2013\2014\00B7\2022\00BF\00A1\060C\061B\061F\00A0\200B\200E\200F\202F\FEFF', repeat(' ', 36))
$$;

CREATE FUNCTION search_vector(language text, title text, body text) RETURNS tsvector STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT setweight(to_tsvector(search_config(language), search_clean(title)), 'A')
        || to_tsvector(search_config(language), search_clean(body))
$$;

-- Words in it, each as often as it occurs.
CREATE FUNCTION search_length(vector tsvector) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT coalesce(sum(cardinality(positions)), 0) FROM unnest(vector)
$$;

-- Frequent words that weigh much in this document, in four steps: what lets a search for such words look at few rows.
CREATE FUNCTION search_strong(vector tsvector, norm float8) RETURNS tsvector STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT array_to_tsvector(coalesce(array_agg('^' || step.name || found.lexeme), '{}'))
      FROM unnest(vector) AS found
      JOIN search_word AS known ON known.word = found.lexeme AND known.documents >= 500
      JOIN (VALUES ('1', 0.9), ('2', 1.2), ('3', 1.4), ('4', 1.55)) AS step (name, least)
        ON 2.2 / (1 + norm / (cardinality(found.positions) + CASE WHEN 'A' = ANY(found.weights) THEN 2 ELSE 0 END))
           >= step.least
$$;

-- How often `word` (one lexeme) occurs, once in the title for thrice, up to ten: ts_rank of one lexeme rises with its
-- number of places alone when all labels weigh the same.
CREATE FUNCTION search_times(vector tsvector, word tsquery) RETURNS integer IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT width_bucket(ts_rank('{1,1,1,1}', vector, word),
                        '{0.55,0.7,0.8,0.846,0.8777,0.8948,0.9076,0.917,0.9244,0.9305}'::real[])
         + CASE WHEN ts_rank('{0,0,0,1}', vector, word) > 0 THEN 2 ELSE 0 END
$$;
"""
GONE = """
DROP FUNCTION search_times, search_strong, search_length, search_vector, search_clean, search_config;
"""


def drop_configurations(apps, schema_editor):
    """The way back."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS search_word_typos")
        for code in CONFIGURATIONS:
            cursor.execute(f"DROP TEXT SEARCH CONFIGURATION search_{code}")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(create_extensions, migrations.RunPython.noop),
        migrations.RunPython(create_configurations, drop_configurations),
        migrations.RunPython(create_typo_index, migrations.RunPython.noop),
        migrations.RunSQL(FUNCTIONS, GONE),
        # Vectors are kept as they are: taking them apart for every look at a word costs more than the space.
        migrations.RunSQL(
            "ALTER TABLE search_document ALTER COLUMN vector SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
        # Words sort by code point here, so the second index that Django makes for LIKE is never used.
        migrations.RunSQL(
            """
            DO $$
            DECLARE surplus text := (SELECT indexname FROM pg_indexes
                WHERE tablename = 'search_word' AND schemaname = current_schema AND indexname LIKE '%\\_like');
            BEGIN
                IF surplus IS NOT NULL THEN EXECUTE format('DROP INDEX %I', surplus); END IF;
            END $$
            """,
            migrations.RunSQL.noop,
        ),
        # The row of a word changes often and its index never has to: leave room on its page.
        migrations.RunSQL("ALTER TABLE search_word SET (fillfactor = 80)", migrations.RunSQL.noop),
    ]
