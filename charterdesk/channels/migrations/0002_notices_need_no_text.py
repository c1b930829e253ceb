"""Mails that belong to no message (notices, sign-in codes) keep no text once they were sent."""

from django.db import migrations

SENT = "UPDATE channels_outgoing SET raw = '' WHERE message_id IS NULL AND state = 'sent' AND raw <> ''"


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial")]
    operations = [migrations.RunSQL(SENT, migrations.RunSQL.noop)]
