"""What a desk begins with: mails older than a month go to the file store. All else is kept until somebody says so."""

from django.db import migrations


def add_default_rules(apps, schema_editor):
    """Add those that are missing."""
    rules = apps.get_model("records", "RetentionRule").objects
    rules.get_or_create(
        slug="raw_mails", defaults={"subject": "raw_mails", "action": "store", "days": 30, "is_active": True}
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0001_rules_and_holds")]
    operations = [migrations.RunPython(add_default_rules, migrations.RunPython.noop)]
