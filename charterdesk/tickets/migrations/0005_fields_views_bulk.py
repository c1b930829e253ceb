"""Tables for custom fields, request forms, saved views, and changes of many tickets."""

import charterdesk.base.clock
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_roles"),
        ("tickets", "0004_working"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("done", "done"),
                            ("refused", "refused"),
                            ("undone", "undone"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("before", models.JSONField(blank=True, help_text="what undoing brings back", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("what", models.CharField(help_text="code of the deed", max_length=60)),
                ("value", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("done", "done"),
                            ("stopped", "stopped"),
                            ("undoing", "undoing"),
                            ("undone", "undone"),
                        ],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("undone", models.PositiveIntegerField(default=0)),
                (
                    "said",
                    models.CharField(
                        blank=True, help_text="the first refusal, for whoever wanted the change", max_length=300
                    ),
                ),
                ("started_at", models.DateTimeField(default=charterdesk.base.clock.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FieldFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="FieldMeasure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("value", models.DecimalField(decimal_places=6, max_digits=24)),
            ],
        ),
        migrations.CreateModel(
            name="FieldValues",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="field_values",
                        serialize=False,
                        to="tickets.ticket",
                    ),
                ),
                ("data", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="RequestForm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*\\Z", "Small letters, digits and _ only, with a letter first."
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("names", models.JSONField(default=dict, help_text="by language: what is it about?")),
                ("intros", models.JSONField(blank=True, default=dict, help_text="by language")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("question", "question"),
                            ("incident", "incident"),
                            ("problem", "problem"),
                            ("order", "order"),
                            ("complaint", "complaint"),
                        ],
                        default="question",
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        help_text="codes, in their order",
                        size=None,
                    ),
                ),
                ("is_public", models.BooleanField(default=True, verbose_name="customers can choose it in the portal")),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                (
                    "sharing",
                    models.CharField(
                        choices=[("mine", "only you"), ("team", "a team"), ("desk", "everybody of the desk")],
                        default="mine",
                        max_length=4,
                    ),
                ),
                ("filter", models.JSONField(default=dict)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=48), blank=True, default=list, size=None
                    ),
                ),
                ("grouping", models.CharField(blank=True, max_length=20)),
                ("sorting", models.CharField(default="-updated", max_length=20)),
                ("created_at", models.DateTimeField(default=charterdesk.base.clock.now, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TicketField",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*\\Z", "Small letters, digits and _ only, with a letter first."
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text, one line"),
                            ("long", "text, several lines"),
                            ("number", "number"),
                            ("date", "date"),
                            ("yes_no", "yes or no"),
                            ("choice", "choice"),
                            ("dependent", "choice that depends on another field"),
                            ("file", "file"),
                            ("contact", "contact"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("labels", models.JSONField(default=dict, help_text="by language")),
                ("helps", models.JSONField(blank=True, default=dict, help_text="by language")),
                (
                    "choices",
                    models.JSONField(
                        blank=True, default=list, help_text="code, labels by language, and under which choice"
                    ),
                ),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        help_text="none is all",
                        size=None,
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="customers see it")),
                ("is_editable", models.BooleanField(default=False, verbose_name="customers may change it")),
                (
                    "required",
                    models.CharField(
                        blank=True,
                        choices=[("", "never"), ("submit", "to send the form"), ("solve", "to solve the ticket")],
                        default="",
                        max_length=6,
                        verbose_name="required",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ViewPlace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("is_pinned", models.BooleanField(default=False)),
                ("is_hidden", models.BooleanField(default=False)),
                ("position", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="ticket",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticket"),
        ),
        migrations.AddField(
            model_name="bulkrun",
            name="agent",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.agent"),
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="run",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="items", to="tickets.bulkrun"
            ),
        ),
        migrations.AddField(
            model_name="fieldfile",
            name="attachment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="field_file", to="tickets.attachment"
            ),
        ),
        migrations.AddField(
            model_name="fieldfile",
            name="ticket",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="field_files",
                to="tickets.ticket",
            ),
        ),
        migrations.AddField(
            model_name="fieldmeasure",
            name="ticket",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="measures",
                to="tickets.ticket",
            ),
        ),
        migrations.AddIndex(
            model_name="fieldvalues",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["data"], name="tickets_by_field", opclasses=["jsonb_path_ops"]
            ),
        ),
        migrations.AddField(
            model_name="requestform",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.team"),
        ),
        migrations.AddField(
            model_name="savedview",
            name="owner",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.agent"
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="team",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.team"
            ),
        ),
        migrations.AddField(
            model_name="ticketfield",
            name="depends_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tickets.ticketfield",
            ),
        ),
        migrations.AddField(
            model_name="fieldmeasure",
            name="field",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticketfield"
            ),
        ),
        migrations.AddField(
            model_name="fieldfile",
            name="field",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticketfield"
            ),
        ),
        migrations.AddField(
            model_name="viewplace",
            name="agent",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.agent"),
        ),
        migrations.AddField(
            model_name="viewplace",
            name="view",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="places", to="tickets.savedview"
            ),
        ),
        migrations.AddIndex(
            model_name="bulkitem",
            index=models.Index(fields=["run", "state", "id"], name="tickets_bulk_items"),
        ),
        migrations.AddConstraint(
            model_name="bulkitem",
            constraint=models.UniqueConstraint(fields=("run", "ticket"), name="tickets_bulk_item_once"),
        ),
        migrations.AddIndex(
            model_name="fieldmeasure",
            index=models.Index(fields=["field", "value", "ticket"], name="tickets_by_measure"),
        ),
        migrations.AddConstraint(
            model_name="fieldmeasure",
            constraint=models.UniqueConstraint(fields=("ticket", "field"), name="tickets_measure_once"),
        ),
        migrations.AddConstraint(
            model_name="fieldfile",
            constraint=models.UniqueConstraint(fields=("ticket", "field"), name="tickets_field_file_once"),
        ),
        migrations.AddConstraint(
            model_name="viewplace",
            constraint=models.UniqueConstraint(fields=("agent", "view"), name="tickets_view_place_once"),
        ),
    ]
