from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_one_kind_of_provider")]

    operations = [
        migrations.AddField(
            model_name="signinpolicy",
            name="may_register",
            field=models.BooleanField(db_default=True, default=True, help_text="customers may register themselves"),
        )
    ]
