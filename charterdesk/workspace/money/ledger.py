"""The ledger for managers: totals of a time, and every booking behind them."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from charterdesk.base.clock import now
from charterdesk.base.money import total
from charterdesk.billing.models import Booking, Entry
from charterdesk.billing.policies import may_read_ledger
from charterdesk.billing.queries.invoices import totals
from charterdesk.billing.queries.ledger import bookings_page, entries_between
from charterdesk.billing.queries.seller import seller
from charterdesk.workspace.money.shared import money_path
from charterdesk.workspace.staff import StaffRequest

PAGE = 50


def ledger(request: StaffRequest) -> HttpResponse:
    """GET money/ledger?since=&until=&after=: totals by part, and the bookings, the newest first. Five statements."""
    since, until = _days(request)
    settled = seller()
    after = request.GET.get("after", "")
    page = bookings_page(
        since=since, until=until, after=int(after) if after.isdecimal() and len(after) < 19 else None, size=PAGE
    )
    parts = totals(settled.currency, since=since, until=until)
    context: dict[str, Any] = {
        "totals": parts,
        "debits": total((part.debit for part in parts), settled.currency),
        "credits": total((part.credit for part in parts), settled.currency),
        "bookings": page.bookings,
        "after": page.after,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "place": "money",
    }
    return render(request, "workspace/money/ledger.html", context)


def _days(request: StaffRequest) -> tuple[date, date]:
    """The days asked for; the month so far where that is nonsense."""
    today = now().date()
    try:
        since = date.fromisoformat(request.GET.get("since", ""))
        until = date.fromisoformat(request.GET.get("until", ""))
    except ValueError:
        return today.replace(day=1), today
    return (since, until) if since <= until <= since + timedelta(days=3660) else (today.replace(day=1), today)


class _Line:
    """What csv writes to, line by line."""

    def write(self, line: str) -> str:
        """Give the line back."""
        return line


def as_csv(request: StaffRequest) -> HttpResponseBase:
    """GET money/ledger.csv?since=&until=: every entry of that time, as many as there are."""
    since, until = _days(request)
    response = StreamingHttpResponse(_lines(since, until), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ledger-{since}-{until}.csv"'
    return response


def _lines(since: date, until: date) -> Iterator[str]:
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


urls = [
    money_path("ledger", ledger, "ledger", may_read_ledger),
    money_path("ledger.csv", as_csv, "ledger_csv", may_read_ledger),
]
