"""Lists of invoices as people look for them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from charterdesk.billing.models import Dispute, Invoice

ALL, OPEN, LATE, DISPUTED, DRAFTS, PAID = "all", "open", "late", "disputed", "drafts", "paid"
STATES = (ALL, OPEN, LATE, DISPUTED, DRAFTS, PAID)


@dataclass(frozen=True, kw_only=True)
class InvoicePage:
    """Some invoices, the newest first; `after` is where the next page begins, None at the end."""

    invoices: list[Invoice]
    after: int | None


def invoices_page(
    found: QuerySet[Invoice], *, state: str = ALL, words: str = "", on: date, after: int | None = None, size: int = 50
) -> InvoicePage:
    """Those of `found` in `state`, whose number begins with `words`, or whose customer's name does. One statement."""
    wanted = {
        OPEN: Q(kind=Invoice.INVOICE, state=Invoice.ISSUED, open_amount__gt=0),
        LATE: Q(kind=Invoice.INVOICE, state=Invoice.ISSUED, open_amount__gt=0, due_on__lt=on),
        DISPUTED: Q(pk__in=Dispute.objects.filter(settled_at=None).values("invoice_id")),
        DRAFTS: Q(state=Invoice.DRAFT),
        PAID: Q(kind=Invoice.INVOICE, state=Invoice.ISSUED, open_amount=0),
    }
    found = found.filter(wanted.get(state, Q()))
    if words:
        begins = Q(number__istartswith=words) | Q(number__iendswith=words)
        named = Q(account__contact__name__istartswith=words) | Q(account__organisation__name__istartswith=words)
        found = found.filter(begins | named)
    if after is not None:
        found = found.filter(pk__lt=after)
    related = found.select_related("account__contact", "account__organisation", "counters")
    rows = list(related.order_by("-pk")[: size + 1])
    return InvoicePage(invoices=rows[:size], after=rows[size - 1].pk if len(rows) > size else None)
