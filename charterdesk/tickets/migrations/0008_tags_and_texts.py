import django.db.models.deletion
from django.db import migrations, models

import charterdesk.base.clock


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_joining"),
        ("tickets", "0007_adoption"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=50, unique=True, verbose_name="name")),
                ("description", models.CharField(blank=True, max_length=300, verbose_name="what it is for")),
                (
                    "becoming",
                    models.CharField(
                        blank=True, help_text="the tag it turns into; empty: none", max_length=50, null=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=charterdesk.base.clock.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OwnText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "name",
                    models.CharField(help_text="of the text it replaces, such as acknowledgement", max_length=60),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("de", "German"),
                            ("es", "Spanish"),
                            ("fr", "French"),
                            ("ar", "Arabic"),
                        ],
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.CharField(max_length=300, verbose_name="subject")),
                ("text", models.TextField(verbose_name="text")),
                ("changed_at", models.DateTimeField(default=charterdesk.base.clock.now)),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "language", "team"), name="tickets_own_text_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "INSERT INTO tickets_tag (name, description, created_at) "
            "SELECT DISTINCT unnest(tags), '', now() FROM tickets_ticket",
            migrations.RunSQL.noop,
        ),
    ]
