from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="identityprovider",
            name="kind",
            field=models.CharField(
                choices=[("oidc", "OpenID Connect")], default="oidc", max_length=10, verbose_name="kind"
            ),
        )
    ]
