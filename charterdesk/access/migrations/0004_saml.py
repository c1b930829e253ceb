from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_registration"),
    ]

    operations = [
        migrations.AddField(
            model_name="identityprovider",
            name="certificates",
            field=models.TextField(blank=True, db_default="", default="", help_text="PEM, of SAML; any of them signs"),
        ),
        migrations.AddField(
            model_name="identityprovider",
            name="sign_in_url",
            field=models.URLField(blank=True, db_default="", default="", help_text="of SAML", max_length=500),
        ),
        migrations.AlterField(
            model_name="identityprovider",
            name="issuer",
            field=models.URLField(
                help_text="of SAML its entity id, which may be a URN", max_length=500, verbose_name="issuer"
            ),
        ),
        migrations.AlterField(
            model_name="identityprovider",
            name="kind",
            field=models.CharField(
                choices=[("oidc", "OpenID Connect"), ("saml", "SAML 2.0")],
                default="oidc",
                max_length=10,
                verbose_name="kind",
            ),
        ),
    ]
