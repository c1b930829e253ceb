import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_wake_jobs_after_commit"),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("url", models.TextField(verbose_name="address")),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        default=list,
                        help_text="of the events it hears; none is all",
                        size=None,
                    ),
                ),
                (
                    "team_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="whose subjects it hears of; none is all",
                        size=None,
                    ),
                ),
                ("sealed", models.BinaryField(help_text="the keys it is signed with, encrypted; the newest first")),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("failing_since", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0, help_text="since it last answered")),
                ("try_at", models.DateTimeField(help_text="while it fails: not before", null=True)),
                (
                    "off_because",
                    models.TextField(blank=True, default="", help_text="why the desk itself switched it off"),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="WebhookCall",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField()),
                ("code", models.TextField()),
                ("subject", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waits"), ("delivered", "delivered"), ("failed", "given up")],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "tries",
                    models.JSONField(default=list, help_text='[{"at", "status", "ms", "said"}], the latest last'),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="events.webhook"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["webhook", "next_try_at"],
                        name="events_webhookcall_due",
                    ),
                    models.Index(fields=["webhook", "-id"], name="events_webhookcall_latest"),
                    models.Index(
                        condition=models.Q(("state", "waiting"), _negated=True),
                        fields=["done_at"],
                        name="events_webhookcall_done",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("webhook", "event_id"), name="events_webhookcall_once")
                ],
            },
        ),
    ]
