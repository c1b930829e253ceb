from django.db import migrations, models

MAKE = 'CREATE UNIQUE INDEX CONCURRENTLY sla_clock_round_once ON sla_clock (promise_id, kind, "round")'
USE = "ALTER TABLE sla_clock ADD CONSTRAINT sla_clock_round_once UNIQUE USING INDEX sla_clock_round_once"


class Migration(migrations.Migration):
    """A ticket has a clock of a kind for each round; the new index is made while the desk works."""

    atomic = False

    dependencies = [("sla", "0002_next_reply_and_warnings")]

    operations = [
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS sla_clock_round_once", migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(MAKE, migrations.RunSQL.noop),
                migrations.RunSQL(USE, "ALTER TABLE sla_clock DROP CONSTRAINT sla_clock_round_once"),
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name="clock",
                    constraint=models.UniqueConstraint(
                        fields=("promise", "kind", "round"), name="sla_clock_round_once"
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(model_name="clock", name="sla_clock_once"),
    ]
