import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import charterdesk.base.clock
import charterdesk.people.models.customers


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_contacts_and_choices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("host", models.CharField(blank=True, max_length=253, unique=True, verbose_name="host")),
                ("draft", models.JSONField(blank=True, default=dict)),
                ("published", models.JSONField(blank=True, default=dict)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "origins",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        help_text="sites that may show its request form",
                        size=None,
                    ),
                ),
                ("created_at", models.DateTimeField(default=charterdesk.base.clock.now, editable=False)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="BrandTeam",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="team_links", to="people.brand"
                    ),
                ),
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="branding", to="people.team"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="BrandPicture",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("logo", "logo"), ("favicon", "sign in the browser's tab")], max_length=8
                    ),
                ),
                ("content_type", models.CharField(max_length=20)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="people.brand"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "kind", "sha256"), name="people_picture_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerChoice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "mails",
                    models.CharField(
                        choices=[
                            ("steps", "Every step: who has it, when it waits, when it is solved or closed"),
                            ("answers", "The confirmation, our answers, and the solution"),
                            ("none", "None but those the law asks of us; I look here"),
                        ],
                        default="answers",
                        max_length=8,
                        verbose_name="mails",
                    ),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choice", to="people.contact"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "receipt",
                    models.CharField(
                        default=charterdesk.people.models.customers.make_receipt,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for a decision"),
                            ("done", "erased"),
                            ("declined", "declined"),
                            ("taken_back", "taken back"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True, help_text="why it was declined, as the customer reads it", verbose_name="answer"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=charterdesk.base.clock.now, editable=False)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "proof",
                    models.JSONField(blank=True, default=dict, help_text="what was erased, as numbers"),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.contact"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")), fields=("contact",), name="people_erasure_asked_once"
                    )
                ],
            },
        ),
    ]
