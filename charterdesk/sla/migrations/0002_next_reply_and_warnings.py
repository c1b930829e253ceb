import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import charterdesk.sla.models

# Policies are few; clocks may be millions, so their new columns have defaults that the database keeps by itself.
KEEP_WARNINGS = "UPDATE sla_policyversion SET warnings = ARRAY[warn_percent] WHERE warn_percent < 100"


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_initial"),
        ("sla", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelHours",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("channel", models.CharField(max_length=20, unique=True, verbose_name="channel")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calendars.businesscalendar",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddField(model_name="clock", name="round", field=models.SmallIntegerField(db_default=1, default=1)),
        migrations.AddField(
            model_name="clock",
            name="warned_percent",
            field=models.SmallIntegerField(db_default=0, default=0, help_text="the last warning's step"),
        ),
        migrations.AlterField(
            model_name="clock",
            name="kind",
            field=models.CharField(
                choices=[("first_reply", "first reply"), ("next_reply", "next reply"), ("resolution", "solution")],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="asked_at",
            field=models.DateTimeField(help_text="the customer has written since, and waits", null=True),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="entitlements",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=120), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="next_reply",
            field=models.DurationField(blank=True, null=True, verbose_name="next reply within"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="warnings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                default=charterdesk.sla.models.usual_warnings,
                help_text="in percent",
                size=None,
            ),
        ),
        migrations.RunSQL(KEEP_WARNINGS, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="policyversion", name="warn_percent"),
    ]
