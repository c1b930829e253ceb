"""Orders in a CSV: one line each, or several of one number where it has several lines."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.orders import GivenLine, GivenOrder, take_order
from charterdesk.billing.models import Order, OrderSource
from charterdesk.billing.shops import amount_of

NEEDED = ("number", "email", "ordered_at")
KNOWN = (*NEEDED, "name", "status", "total", "currency", "support_days", "item", "sku", "quantity", "price")
MOST_LINES = 5000
MOST_BYTES = 5_000_000


def read_orders(content: bytes) -> list[tuple[int, GivenOrder | str]]:
    """Each order of a CSV (UTF-8, with a head) with the line it begins in; in place of one that is wrong, why.

    Raises `Refused("billing.bad_list")` for what is no such list.
    """
    if len(content) > MOST_BYTES:
        raise Refused("billing.bad_list", _("At most 5 MB at a time; cut the list in parts."))
    try:
        text = content.decode("utf-8-sig").replace("\0", "")
        dialect = csv.Sniffer().sniff(text[:2000], ",;\t") if text.strip() else csv.excel
        rows = list(csv.DictReader(io.StringIO(text), dialect=dialect))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused("billing.bad_list", _("This is no CSV in UTF-8.")) from error
    missing = [name for name in NEEDED if not rows or name not in rows[0]]
    if missing:
        message = _("The list needs a head with these columns: %(columns)s.") % {"columns": ", ".join(NEEDED)}
        raise Refused("billing.bad_list", message)
    if len(rows) > MOST_LINES:
        message = _("At most %(most)s lines at a time; cut the list in parts.") % {"most": MOST_LINES}
        raise Refused("billing.bad_list", message)
    return list(_orders(rows))


def _orders(rows: list[dict[str, str]]) -> Iterator[tuple[int, GivenOrder | str]]:
    by_number: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for place, row in enumerate(rows, start=2):
        clean = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
        by_number.setdefault(clean["number"], []).append((place, clean))
    for number, lines in by_number.items():
        place, first = lines[0]
        try:
            yield place, _order(number, first, [row for _place, row in lines])
        except (ValueError, OverflowError, InvalidOperation):
            yield place, _("A date, an amount or a number can't be read. Write dates as 2026-11-22, amounts as 12.50.")


def _order(number: str, first: dict[str, str], lines: list[dict[str, str]]) -> GivenOrder:
    found = [
        GivenLine(
            name=row["item"],
            sku=row.get("sku", ""),
            quantity=amount_of(row.get("quantity") or 1),
            price=amount_of(row.get("price") or 0),
        )
        for row in lines
        if row.get("item")
    ]
    total = sum((line.price * line.quantity for line in found), Decimal(0))
    return GivenOrder(
        external_id=number,
        number=number,
        email=first["email"],
        name=first.get("name", ""),
        status=first.get("status") or Order.OPEN,
        total=amount_of(first["total"]) if first.get("total") else total,
        currency=first.get("currency") or "EUR",
        ordered_at=_moment(first["ordered_at"]),
        changed_at=now(),
        support_days=int(first["support_days"]) if first.get("support_days") else None,
        lines=found,
    )


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def take_list(source: OrderSource, content: bytes, *, by: Actor) -> tuple[int, list[tuple[int, str]]]:
    """Take in the orders of a CSV, each by itself; return how many were kept, and for the others line and reason."""
    kept, wrong = 0, []
    for place, given in read_orders(content):
        try:
            if isinstance(given, str):
                wrong.append((place, given))
                continue
            take_order(source, given, by=by)
            kept += 1
        except Refused as refused:
            wrong.append((place, str(refused.message)))
    return kept, wrong
