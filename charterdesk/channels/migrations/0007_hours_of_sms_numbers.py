"""An SMS number may have opening hours of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_initial"),
        ("channels", "0006_sms"),
    ]
    operations = [
        migrations.AddField(
            model_name="smsnumber",
            name="calendar",
            field=models.ForeignKey(
                blank=True,
                help_text="What is promised to whoever texts here, and when we say we are open again",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="calendars.businesscalendar",
                verbose_name="opening hours",
            ),
        ),
    ]
