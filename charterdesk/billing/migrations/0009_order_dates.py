"""Orders found by their dates, which rules follow."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("billing", "0008_reminder_steps")]
    operations = [
        AddIndexConcurrently(
            model_name="order", index=models.Index(fields=["ordered_at"], name="billing_order_by_time")
        ),
        AddIndexConcurrently(
            model_name="order", index=models.Index(fields=["supported_until"], name="billing_order_by_support")
        ),
    ]
