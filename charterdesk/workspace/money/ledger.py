"""The ledger for managers: totals of a time, and every booking behind them."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from charterdesk.base.clock import now
from charterdesk.base.money import total
from charterdesk.billing.documents.ledger_csv import ledger_csv
from charterdesk.billing.policies import may_read_ledger
from charterdesk.billing.queries.invoices import totals
from charterdesk.billing.queries.ledger import bookings_page
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


def as_csv(request: StaffRequest) -> HttpResponseBase:
    """GET money/ledger.csv?since=&until=: every entry of that time, as many as there are."""
    since, until = _days(request)
    response = StreamingHttpResponse(ledger_csv(since=since, until=until), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ledger-{since}-{until}.csv"'
    return response


urls = [
    money_path("ledger", ledger, "ledger", may_read_ledger),
    money_path("ledger.csv", as_csv, "ledger_csv", may_read_ledger),
]
