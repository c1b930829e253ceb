import charterdesk.base.clock
import django.contrib.postgres.fields
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "slug",
                    models.CharField(help_text="of one that came with the desk", max_length=60, null=True, unique=True),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("tickets", "Closed tickets"),
                            ("files", "Files of closed tickets"),
                            ("raw_mails", "Mails as they came"),
                            ("sent_mails", "Mails as they were sent"),
                            ("evidence", "What rules went by"),
                        ],
                        max_length=12,
                        verbose_name="what",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("anonymise", "take out who and what was said; keep numbers, times and states"),
                            ("delete", "delete"),
                            ("store", "move from the database to the file store"),
                        ],
                        max_length=10,
                        verbose_name="what happens to it",
                    ),
                ),
                (
                    "days",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="older than (days)"
                    ),
                ),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        help_text="of tickets; empty is all",
                        size=None,
                    ),
                ),
                ("is_active", models.BooleanField(default=False, verbose_name="in use")),
                (
                    "last_id",
                    models.BigIntegerField(default=0, help_text="the last row of the run under way that was looked at"),
                ),
                ("ran_at", models.DateTimeField(blank=True, help_text="when the last run came to its end", null=True)),
                ("created_at", models.DateTimeField(default=charterdesk.base.clock.now, editable=False)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("contact", "customer"), ("organisation", "organisation"), ("ticket", "ticket")],
                        max_length=12,
                    ),
                ),
                ("subject_id", models.BigIntegerField()),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("placed_by", models.CharField(help_text="key of who placed it", max_length=80)),
                ("placed_at", models.DateTimeField(default=charterdesk.base.clock.now, editable=False)),
                ("lifted_by", models.CharField(blank=True, max_length=80)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("kind", "subject_id"), name="records_hold_once"
                    )
                ],
            },
        ),
    ]
