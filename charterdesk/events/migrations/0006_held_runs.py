"""Which runs were held back lately: a small index beside those who write."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("events", "0005_rules_by_form")]
    operations = [
        AddIndexConcurrently(
            "rulerun",
            models.Index(condition=models.Q(("held", ""), _negated=True), fields=["at"], name="events_rule_run_held"),
        ),
    ]
