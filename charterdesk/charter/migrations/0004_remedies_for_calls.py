"""A remedy may follow from a call that was not answered in time, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("charter", "0003_answers")]
    operations = [
        migrations.AddField(
            model_name="owedremedy",
            name="answer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="remedies",
                to="charter.answercase",
            ),
        ),
        migrations.AlterField(
            model_name="owedremedy",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="remedies",
                to="charter.case",
            ),
        ),
        migrations.AddConstraint(
            model_name="owedremedy",
            constraint=models.UniqueConstraint(fields=["answer", "code", "day"], name="charter_remedy_once_a_call"),
        ),
        migrations.AddConstraint(
            model_name="owedremedy",
            constraint=models.CheckConstraint(
                condition=models.Q(case__isnull=True) ^ models.Q(answer__isnull=True),
                name="charter_remedy_for_one_promise",
            ),
        ),
    ]
