"""Erasing what the event engine keeps of a person: snapshots, and the values rules went by.

Events themselves stay: they hold keys, and keep history and measures whole.
"""

from collections.abc import Iterable

import msgspec
from django.db import connection

from charterdesk.events.evidence import ERASED_FACTS


def erase_facts(subjects: Iterable[str]) -> int:
    """Erase snapshots and rule values of these subjects (keys); return how many events lost theirs.

    What a rule had decided stays, and a dry run of it says the same as before; what the receivers of webhooks answered
    goes too. Three statements, in the
    caller's transaction.
    """
    keys = list(subjects)
    erased = msgspec.json.encode(ERASED_FACTS).decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_event SET facts = %s WHERE subject = ANY(%s) AND facts IS NOT NULL AND facts <> %s::jsonb",
            [erased, keys, erased],
        )
        count = int(cursor.rowcount)
        cursor.execute("UPDATE events_rulerun SET values_used = NULL WHERE subject = ANY(%s)", [keys])
        cursor.execute("UPDATE events_webhookcall SET tries = '[]' WHERE subject = ANY(%s)", [keys])
    return count
