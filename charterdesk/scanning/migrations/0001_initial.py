from django.db import migrations, models

import charterdesk.base.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FileScan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "being checked for viruses"),
                            ("clean", "checked"),
                            ("infected", "set aside: a virus was found"),
                            ("too_large", "not checked: too large for the scanner"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("found", models.CharField(blank=True, help_text="what the scanner calls it", max_length=200)),
                ("asked_at", models.DateTimeField(default=charterdesk.base.clock.now, editable=False)),
                ("scanned_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"abstract": False},
        )
    ]
