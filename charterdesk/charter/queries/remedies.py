"""The remedies owed and given: what waits, and what it all costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from charterdesk.base.money import Money
from charterdesk.charter.models import OwedRemedy
from charterdesk.people.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Total:
    """So many of a kind, in a state, and what they come to; no money for what costs none."""

    month: date
    kind: str
    state: str
    number: int
    money: Money | None


def ledger(viewer: Viewer) -> QuerySet[OwedRemedy]:
    """The remedies of tickets `viewer` may read, the latest first, with all that a line shows. One query."""
    rows = OwedRemedy.objects.select_related("case", "answer", "ticket", "contact").order_by("-created_at", "-pk")
    return rows if viewer.sees_every_team else rows.filter(ticket__team_id__in=viewer.team_ids)


def totals(viewer: Viewer, *, since: date) -> list[Total]:
    """What was booked since then, by month, kind, state and currency, the latest month first. One query."""
    rows = (
        ledger(viewer)
        .select_related(None)
        .filter(created_at__date__gte=since)
        .annotate(month=TruncMonth("created_at"))
        .order_by("-month", "kind", "state", "currency")
        .values("month", "kind", "state", "currency")
        .annotate(number=Count("pk"), amount=Sum("amount"))
    )
    return [
        Total(
            month=row["month"].date(),
            kind=row["kind"],
            state=row["state"],
            number=row["number"],
            money=Money(row["amount"] or Decimal(0), row["currency"]) if row["currency"] else None,
        )
        for row in rows
    ]
