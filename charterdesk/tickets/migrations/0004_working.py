"""Tables for macros, checklists and snoozing; what a draft had seen, how often a message was sent once more."""

import charterdesk.base.clock
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_roles"),
        ("tickets", "0003_filtered_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="seen_id",
            field=models.BigIntegerField(blank=True, help_text="the last message before it was begun", null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="resent",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="how often it was sent once more"
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="kind",
            field=models.CharField(
                choices=[
                    ("related", "is related to"),
                    ("caused_by", "is caused by"),
                    ("follows", "follows up on"),
                    ("split_from", "was split from"),
                    ("part_of", "is part of"),
                ],
                default="related",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Snooze",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("since", models.DateTimeField(default=charterdesk.base.clock.now)),
                (
                    "agent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.agent",
                    ),
                ),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="snooze", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=300)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.agent",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.agent",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checklist", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["assignee", "due_on", "id"],
                        name="tickets_checklist_to_do",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Macro",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("reply", "reply to the customer"), ("note", "note inside the house")],
                        default="reply",
                        max_length=5,
                    ),
                ),
                (
                    "texts",
                    models.JSONField(blank=True, default=dict, help_text="HTML by language, with {facts} in braces"),
                ),
                ("condition", models.JSONField(blank=True, default=dict, help_text="when it is offered; {} always")),
                (
                    "steps",
                    models.JSONField(blank=True, default=list, help_text="operations with their arguments, in order"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("used", models.PositiveIntegerField(default=0, help_text="how often")),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("saved_at", models.DateTimeField(default=charterdesk.base.clock.now)),
                (
                    "agent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.agent",
                    ),
                ),
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
                "indexes": [
                    models.Index(fields=["agent"], name="tickets_macro_by_agent"),
                    models.Index(fields=["team"], name="tickets_macro_by_team"),
                ],
            },
        ),
    ]
