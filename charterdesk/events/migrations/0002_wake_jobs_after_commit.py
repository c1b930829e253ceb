"""Take procrastinate's NOTIFY out of the writing transaction; `wake.py` wakes the job workers after the commit."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(
            "DROP TRIGGER IF EXISTS procrastinate_jobs_notify_queue_job_inserted_v1 ON procrastinate_jobs",
            """
            CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON procrastinate_jobs
            FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate_job_status))
            EXECUTE PROCEDURE procrastinate_notify_queue_job_inserted_v1()
            """,
        )
    ]
