"""A draft keeps the macro that was taken up in it (record 75)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0017_macro_templates")]
    operations = [
        migrations.AddField(
            model_name="draft",
            name="taken_up",
            field=models.JSONField(blank=True, db_default={}, default=dict, help_text="a macro, as it was when chosen"),
        ),
    ]
