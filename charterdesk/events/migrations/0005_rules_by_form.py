from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0004_audit")]
    operations = [
        migrations.AddField(
            "rule", "removed_at", models.DateTimeField(help_text="out of every list; what it did stays told", null=True)
        ),
        migrations.AddField(
            "ruleversion",
            "reason",
            models.TextField(db_default="", default="", help_text="why it was made, by whoever made it"),
        ),
        migrations.AddField(
            "rulerun",
            "held",
            models.TextField(db_default="", default="", help_text="the guard that kept it from acting: a code"),
        ),
    ]
