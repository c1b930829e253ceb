"""What documents mean: an empty table, where nothing is set up to fill it."""

import charterdesk.search.models
import django.contrib.postgres.fields
from django.db import migrations, models

BOUND = r"""
ALTER TABLE search_meaning ADD CONSTRAINT search_meaning_document
    FOREIGN KEY (document_id) REFERENCES search_document ON DELETE CASCADE;
CREATE FUNCTION search_meaning_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_meaning SET means = NULL WHERE document_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER search_meaning_changed AFTER UPDATE OF title, body, language ON search_document FOR EACH ROW
    WHEN ((OLD.title, OLD.body, OLD.language) IS DISTINCT FROM (NEW.title, NEW.body, NEW.language))
    EXECUTE FUNCTION search_meaning_changed();
"""
UNBOUND = """
DROP TRIGGER search_meaning_changed ON search_document;
DROP FUNCTION search_meaning_changed;
ALTER TABLE search_meaning DROP CONSTRAINT search_meaning_document;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0007_missed")]

    operations = [
        migrations.CreateModel(
            name="Embedded",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("dimensions", models.IntegerField()),
                ("newest", models.BigIntegerField()),
                ("oldest", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="search_embedded_once")],
            },
        ),
        migrations.CreateModel(
            name="Meaning",
            fields=[
                ("document_id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "means",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=charterdesk.search.models.RealField(), null=True, size=None
                    ),
                ),
            ],
            options={
                "db_table": "search_meaning",
                "indexes": [
                    models.Index(
                        condition=models.Q(("means", None)), fields=["document_id"], name="search_meaning_stale"
                    )
                ],
            },
        ),
        migrations.RunSQL(BOUND, UNBOUND),
    ]
