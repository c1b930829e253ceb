"""What a customer is to be charged for, and was not yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import translation
from django.utils.translation import gettext as _

from charterdesk.base.money import Money
from charterdesk.billing.models import Account, Billed, InvoiceLine, Order, OrderLine, OrderSource, TimeEntry
from charterdesk.billing.words import day_words

MOST = 500
"""So many lines come onto one draft at a time."""


@dataclass(frozen=True, kw_only=True)
class ToBill:
    """One thing to charge for; `about` is the request (its key) that it depends on what is said of."""

    source_key: str
    text: str
    price: Money
    quantity: Decimal = Decimal(1)
    unit: str = InvoiceLine.PIECE
    about: str = ""


Finder = Callable[[Account], Iterator[ToBill]]
_finders: dict[str, Finder] = {}


def bills(name: str) -> Callable[[Finder], Finder]:
    """Have the function below find what accounts are to be charged for; packages above register theirs, too."""

    def register(finder: Finder) -> Finder:
        _finders[name] = finder
        return finder

    return register


def to_bill(account: Account) -> list[ToBill]:
    """Everything there is to charge `account` for, in its customer's language, at most `MOST`. A few statements."""
    language = account.contact.language if account.contact else "en"
    with translation.override(language):
        found = [one for finder in _finders.values() for one in finder(account)]
    return [one for one in found if one.price.currency == account.currency][:MOST]


def of_payer(account: Account) -> Q:
    """What belongs to who pays by `account`: an organisation's things, or those of a person without one."""
    if account.organisation_id:
        return Q(organisation_id=account.organisation_id) | Q(organisation__merged_into_id=account.organisation_id)
    own = Q(contact_id=account.contact_id) | Q(contact__merged_into_id=account.contact_id)
    return own & Q(organisation=None)


def unbilled(rows: QuerySet[OrderLine], kind: str) -> QuerySet[OrderLine]:
    """Those of `rows` that stand on no invoice."""
    key = Concat(Value(f"{kind}:"), Cast(OuterRef("pk"), CharField()))
    return rows.exclude(Exists(Billed.objects.filter(source_key=key)))


@bills("time")
def _time(account: Account) -> Iterator[ToBill]:
    entries = TimeEntry.objects.filter(
        of_payer(account), charged__gt=0, billed_at=None, removed_at=None, ended_at__isnull=False
    )
    for entry in entries.order_by("pk")[:MOST]:
        if entry.rate is None or entry.cost is None:
            continue
        facts = {
            "done": entry.note or _("Work on your request"),
            "day": day_words(entry.started_at.date()),
            "minutes": entry.charged,
            "rate": entry.rate.shown(),
        }
        text = _("%(done)s (%(day)s, %(minutes)s min at %(rate)s an hour)") % facts
        yield ToBill(source_key=entry.key, text=text[:300], price=entry.cost, about=entry.about)


@bills("orders")
def _orders(account: Account) -> Iterator[ToBill]:
    """Lines of orders that were taken by us, not in a shop where they are paid at once."""
    lines = OrderLine.objects.filter(
        order__in=Order.objects.filter(of_payer(account), status=Order.OPEN, source__kind=OrderSource.OWN)
    )
    for line in unbilled(lines, "orderline").select_related("order").order_by("order_id", "position")[:MOST]:
        text = _("%(name)s (order %(number)s)") % {"name": line.name, "number": line.order.number}
        yield ToBill(source_key=line.key, text=text[:300], price=line.price, quantity=line.quantity)
