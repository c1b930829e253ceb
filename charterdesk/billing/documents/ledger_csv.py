"""The ledger as lines of CSV: every entry of a time, as many as there are."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from charterdesk.billing.models import Booking, Entry
from charterdesk.billing.queries.ledger import entries_between


class _Line:
    """What csv writes to, line by line."""

    def write(self, line: str) -> str:
        """Give the line back."""
        return line


def ledger_csv(*, since: date, until: date) -> Iterator[str]:
    """Each entry from `since` to `until`, both included, below the names of columns. Read piece by piece."""
    writer: Any = csv.writer(_Line())
    yield writer.writerow(["entry", "booking", "at", "kind", "cause", "part", "account", "amount", "currency", "by"])
    for entry in entries_between(since=since, until=until):
        yield writer.writerow(_row(entry, entry.booking))


def _row(entry: Entry, booking: Booking) -> list[object]:
    at = booking.booked_at.isoformat()
    return [
        entry.pk, booking.pk, at, booking.kind, booking.cause_key, entry.part, entry.account_id, entry.money.plain,
        entry.currency, booking.by,
    ]  # fmt: skip
