import charterdesk.events.models
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


# The log in pieces of ten million rows by id (docs/decisions/0003-event-log.md); partitions.py makes more ahead of need.
LOG = """
CREATE SEQUENCE events_event_id_seq AS bigint;
CREATE TABLE events_event (
    id bigint NOT NULL DEFAULT nextval('events_event_id_seq'),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    cause_id bigint,
    txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    depth smallint NOT NULL DEFAULT 0,
    code text NOT NULL,
    subject text NOT NULL,
    actor text NOT NULL,
    data jsonb NOT NULL DEFAULT '{}',
    facts jsonb,
    PRIMARY KEY (id)
) PARTITION BY RANGE (id);
ALTER SEQUENCE events_event_id_seq OWNED BY events_event.id;
CREATE INDEX events_event_subject ON events_event (subject, id);
CREATE INDEX events_event_txid ON events_event (txid);
CREATE INDEX events_event_at ON events_event USING brin (at) WITH (pages_per_range = 32);
CREATE TABLE events_event_0 PARTITION OF events_event FOR VALUES FROM (0) TO (10000000);
CREATE TABLE events_event_1 PARTITION OF events_event FOR VALUES FROM (10000000) TO (20000000);
CREATE TABLE events_event_default PARTITION OF events_event DEFAULT;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Dropped",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("what", models.TextField(help_text="handler and event, or the timer's key")),
                ("error", models.TextField(blank=True)),
                ("reason", models.TextField()),
                ("actor", models.TextField()),
                ("dropped_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "name",
                    models.CharField(
                        help_text="part, host and process", max_length=100, primary_key=True, serialize=False
                    ),
                ),
                ("part", models.CharField(max_length=20)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("started_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("state", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="JobError",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("error", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LOG, "DROP TABLE events_event; DROP SEQUENCE events_event_id_seq")],
            state_operations=[
                migrations.CreateModel(
                    name="LoggedEvent",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(editable=False)),
                        ("code", models.TextField()),
                        ("subject", models.TextField(help_text="key of what it happened to, such as ticket:1042")),
                        ("actor", models.TextField(help_text="key of who did it")),
                        ("cause_id", models.BigIntegerField(help_text="the event that caused this one", null=True)),
                        ("depth", models.SmallIntegerField(default=0, help_text="length of the chain of causes")),
                        ("data", models.JSONField(default=dict)),
                        (
                            "facts",
                            models.JSONField(
                                help_text="the subject's registered fields at that moment; erasable", null=True
                            ),
                        ),
                        ("txid", charterdesk.events.models.Transaction(editable=False)),
                    ],
                    options={
                        "db_table": "events_event",
                        "ordering": ["id"],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("position", models.TextField(default="1:1:")),
                ("target", models.TextField(blank=True, default="")),
                ("offset_id", models.BigIntegerField(default=0)),
                (
                    "floor_id",
                    models.BigIntegerField(default=0, help_text="no event up to this one is read by position"),
                ),
                ("seen_id", models.BigIntegerField(default=0, help_text="the highest number delivered so far")),
                (
                    "system_identifier",
                    models.TextField(default="", help_text="the cluster whose transaction numbers these are"),
                ),
                ("moved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "slug",
                    models.CharField(
                        help_text="of a default rule: package.name", max_length=100, null=True, unique=True
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField()),
                ("subject", models.TextField()),
                ("handler", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "is tried again"), ("parked", "parked")], default="waiting", max_length=8
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject", "event_id"], name="events_delivery_queue"),
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["next_try_at"], name="events_delivery_due"
                    ),
                    models.Index(
                        condition=models.Q(("state", "parked")), fields=["-id"], name="events_delivery_parked"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("event_id", "handler"), name="events_delivery_once")],
            },
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "body",
                    models.JSONField(help_text='{"when": [codes], "if": condition, "then": [{"operation", "args"}]}'),
                ),
                ("active_from", models.DateTimeField(blank=True, null=True)),
                ("active_until", models.DateTimeField(blank=True, null=True)),
                ("actor", models.TextField(default="system")),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="events.rule"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RuleRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField()),
                ("subject", models.TextField()),
                ("matched", models.BooleanField()),
                ("values_used", models.JSONField(help_text="erasable", null=True)),
                ("done", models.JSONField(default=list, help_text="the operations performed")),
                ("error", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="events.ruleversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Timer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField(db_column="key", help_text="chosen by whoever set it", unique=True)),
                ("due_at", models.DateTimeField()),
                ("try_at", models.DateTimeField(help_text="due_at, later after a failure")),
                ("operation", models.TextField()),
                ("subject", models.TextField(blank=True)),
                ("actor", models.TextField()),
                ("args", models.JSONField(default=dict)),
                ("cause_id", models.BigIntegerField(help_text="the event whose reaction set it", null=True)),
                (
                    "depth",
                    models.SmallIntegerField(
                        default=0, help_text="length of the chain of causes, if due within a minute"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "running"), ("parked", "parked")], default="running", max_length=8
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "running")), fields=["try_at", "id"], name="events_timer_due"
                    ),
                    models.Index(condition=models.Q(("state", "parked")), fields=["-id"], name="events_timer_parked"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="ruleversion",
            constraint=models.UniqueConstraint(fields=("rule", "number"), name="events_rule_version_once"),
        ),
        migrations.AddConstraint(
            model_name="ruleversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active_from__isnull", False), ("active_until__isnull", True)),
                fields=("rule",),
                name="events_rule_one_active",
            ),
        ),
        migrations.AddIndex(
            model_name="rulerun",
            index=models.Index(fields=["subject", "id"], name="events_rule_run_subject"),
        ),
        migrations.AddIndex(
            model_name="rulerun",
            index=models.Index(fields=["version", "-id"], name="events_rule_run_version"),
        ),
        migrations.AddConstraint(
            model_name="rulerun",
            constraint=models.UniqueConstraint(fields=("event_id", "version"), name="events_rule_run_once"),
        ),
    ]
