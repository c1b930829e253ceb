"""An index for lists in the order in which tickets came, and for what came in the last days. Made beside running work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tickets", "0005_fields_views_bulk")]

    operations = [
        AddIndexConcurrently("ticket", models.Index(fields=["opened_at", "id"], name="tickets_by_opening")),
    ]
