"""Calls, too, are kept as long as a rule says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_shorter_words")]
    operations = [
        migrations.AlterField(
            model_name="retentionrule",
            name="action",
            field=models.CharField(
                choices=[
                    ("anonymise", "anonymise: keep times and states"),
                    ("delete", "delete"),
                    ("store", "move from the database to the file store"),
                ],
                max_length=10,
                verbose_name="what happens to it",
            ),
        ),
        migrations.AlterField(
            model_name="retentionrule",
            name="subject",
            field=models.CharField(
                choices=[
                    ("tickets", "Closed tickets"),
                    ("files", "Files of closed tickets"),
                    ("raw_mails", "Mails as they came"),
                    ("sent_mails", "Mails as they were sent"),
                    ("calls", "Calls"),
                    ("evidence", "What rules went by"),
                ],
                max_length=12,
                verbose_name="what",
            ),
        ),
    ]
