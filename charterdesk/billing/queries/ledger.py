"""The ledger as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from charterdesk.billing.models import Booking, Entry


@dataclass(frozen=True, kw_only=True)
class BookingPage:
    """Some bookings, the newest first; `after` is where the next page begins, None at the end."""

    bookings: list[Booking]
    after: int | None


def bookings_page(*, since: date, until: date, after: int | None = None, size: int = 50) -> BookingPage:
    """Bookings from `since` to `until`, both included, with their entries. Two statements."""
    found = _between(Booking.objects.all(), since, until)
    if after is not None:
        found = found.filter(pk__lt=after)
    related = found.select_related("account__contact", "account__organisation").prefetch_related("entries")
    rows = list(related.order_by("-pk")[: size + 1])
    return BookingPage(bookings=rows[:size], after=rows[size - 1].pk if len(rows) > size else None)


def entries_between(*, since: date, until: date) -> Iterator[Entry]:
    """Every entry of that time in the order it was written, without holding all in memory."""
    bookings = _between(Booking.objects.all(), since, until)
    found = Entry.objects.filter(booking__in=bookings).select_related("booking").order_by("pk")
    return found.iterator(chunk_size=2000)


def _between(found: QuerySet[Booking], since: date, until: date) -> QuerySet[Booking]:
    first = datetime.combine(since, time.min, UTC)
    return found.filter(booked_at__gte=first, booked_at__lt=datetime.combine(until, time.min, UTC) + timedelta(days=1))
