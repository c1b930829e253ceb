"""Words are counted by audience as well: the counts by team are made anew, behind the writers.

Until that is done searches go by the share of all documents that a reader may see. Nothing is locked for longer than
a look at one row takes, however large the index is.
"""

from django.db import migrations

AGAIN = "TRUNCATE search_tagword; UPDATE search_counted SET by_tag_id = 0"


class Migration(migrations.Migration):
    dependencies = [("search", "0009_letters")]

    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
