"""How often words occur in each team: what lets a search for a word that is frequent elsewhere be short."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_clean_quicker")]

    operations = [
        migrations.CreateModel(
            name="TagWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "tag", "word", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tag", models.TextField(db_collation="C")),
                ("word", models.TextField(db_collation="C")),
                ("documents", models.BigIntegerField()),
            ],
            options={"db_table": "search_tagword"},
        ),
        migrations.AddField(
            model_name="counted",
            name="by_tag_id",
            field=models.BigIntegerField(db_default=0, default=0, help_text="the last document counted by team"),
        ),
        migrations.RunSQL("ALTER TABLE search_tagword SET (fillfactor = 80)", migrations.RunSQL.noop),
    ]
