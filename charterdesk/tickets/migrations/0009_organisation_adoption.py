import charterdesk.base.clock
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0008_tags_and_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationAdoption",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("merge_id", models.BigIntegerField(unique=True)),
                (
                    "ticket_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("adopted_at", models.DateTimeField(default=charterdesk.base.clock.now)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
    ]
