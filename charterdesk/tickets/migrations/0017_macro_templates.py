"""A macro may take its text from a template."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0016_paper_consent")]
    operations = [
        migrations.AddField(
            model_name="macro",
            name="template",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="a template whose text it takes",
                max_length=60,
            ),
        ),
    ]
