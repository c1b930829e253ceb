"""Erasing what the event engine keeps of a person: snapshots, and the values rules went by.

Events themselves stay: they hold keys, and keep history and measures whole.
"""

from collections.abc import Iterable, Sequence

import msgspec
from django.db import connection

from charterdesk.events.evidence import ERASED_FACTS

NOTHING = "—"
"""What stands where a failure said something."""
_SAY_WHY = [
    ("events_delivery", "error"),
    ("events_timer", "error"),
    ("events_joberror", "error"),
    ("events_dropped", "error"),
    ("events_dropped", "reason"),
]


def erase_facts(subjects: Iterable[str]) -> int:
    """Erase snapshots and rule values of these subjects (keys); return how many events lost theirs.

    What a rule had decided stays, and a dry run of it says the same as before; what the receivers of webhooks answered
    goes too, and what a rule's failure said. Six statements, in the caller's transaction.
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
        for table in ("events_rulerun", "events_delivery", "events_timer"):
            cursor.execute(
                f"UPDATE {table} SET error = %s WHERE subject = ANY(%s) AND error <> ''",  # names from above
                [NOTHING, keys],
            )
        cursor.execute("UPDATE events_webhookcall SET tries = '[]' WHERE subject = ANY(%s)", [keys])
    return count


def erase_from_failures(traces: Iterable[str]) -> None:
    """Take what was said of failures where it names one of `traces` (names, addresses); that they happened stays.

    The tables hold what is parked, is tried again, or was given up: little. Five statements, in the
    caller's transaction.
    """
    found = [trace.lower() for trace in traces]
    with connection.cursor() as cursor:
        for table, column in _SAY_WHY:
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE EXISTS "  # names from above
                f"(SELECT FROM unnest(%s::text[]) AS trace WHERE strpos(lower({column}), trace) > 0)",
                [NOTHING, found],
            )


def erase_evidence(ids: Sequence[int]) -> None:
    """Erase snapshots and rule values of these events, by their numbers. In the caller's transaction."""
    erased = msgspec.json.encode(ERASED_FACTS).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_event SET facts = %s WHERE id = ANY(%s)", [erased, list(ids)])
        cursor.execute("UPDATE events_rulerun SET values_used = NULL WHERE event_id = ANY(%s)", [list(ids)])


def forget_contact(subjects: Sequence[str], *, contact_id: int) -> None:
    """Have the events of these subjects (keys) name the contact `contact_id`, who is nobody, in place of the real one.

    What was done and when stays. One statement, in the caller's transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NAME_NOBODY, {"subjects": list(subjects), "pk": contact_id, "key": f"contact:{contact_id}"})


_NAME_NOBODY = """
    UPDATE events_event
       SET actor = CASE WHEN actor LIKE 'contact:%%' THEN %(key)s ELSE actor END,
           data = CASE WHEN data->>'contact_id' IS NOT NULL
                       THEN jsonb_set(data, '{contact_id}', to_jsonb(%(pk)s::bigint)) ELSE data END
     WHERE subject = ANY(%(subjects)s) AND (actor LIKE 'contact:%%' OR data->>'contact_id' IS NOT NULL)
"""
