"""What a rule does is said more shortly."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0002_default_rules")]
    operations = [
        migrations.AlterField(
            model_name="retentionrule",
            name="action",
            field=models.CharField(
                choices=[
                    ("anonymise", "anonymise: keep numbers, times and states"),
                    ("delete", "delete"),
                    ("store", "move from the database to the file store"),
                ],
                max_length=10,
                verbose_name="what happens to it",
            ),
        )
    ]
