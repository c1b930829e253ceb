"""A mail may lie in the file store. Nothing is rewritten: the column's default is kept beside the rows."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("channels", "0003_pictures_from")]
    operations = [
        migrations.AddField(
            model_name="rawmail",
            name="kept_as",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="SHA-256 of its file", max_length=64
            ),
        ),
        migrations.AlterField(
            model_name="rawmail",
            name="raw",
            field=models.BinaryField(help_text="empty once it lies in the file store, or is gone"),
        ),
        AddIndexConcurrently(
            model_name="rawmail",
            index=models.Index(
                condition=models.Q(("kept_as", ""), _negated=True), fields=["kept_as"], name="channels_mail_kept_as"
            ),
        ),
    ]
