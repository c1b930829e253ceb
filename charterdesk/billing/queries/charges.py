"""What of contracts and accepted prices is to be charged: found for invoices by `to_bill`."""

from collections.abc import Iterator
from datetime import date

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.billing.models import INCIDENT, Account, Billed, Contract, Verdict
from charterdesk.billing.periods import MONTHS, months_later, period_on
from charterdesk.billing.queries.to_bill import MOST, ToBill, bills, of_payer
from charterdesk.billing.words import day_words


@bills("verdicts")
def accepted_prices(account: Account) -> Iterator[ToBill]:
    """Prices for whole requests that customers accepted, each once. One query."""
    key = Concat(Value("verdict:"), Cast(OuterRef("pk"), CharField()))
    accepted = Verdict.objects.filter(of_payer(account), per=INCIDENT, replaced_at=None, accepted_at__isnull=False)
    for verdict in accepted.exclude(Exists(Billed.objects.filter(source_key=key))).order_by("pk")[:MOST]:
        if verdict.price:
            words = verdict.accepted_words[:300]
            yield ToBill(source_key=verdict.key, text=words, price=verdict.price, about=verdict.about)


@bills("contracts")
def contract_prices(account: Account) -> Iterator[ToBill]:
    """The price of each period of a contract that has begun, each once. Two queries."""
    rows = Contract.objects.filter(price_amount__gt=0, starts_on__lte=now().date())
    mine = rows.filter(of_payer(account))
    periods = {f"{contract.key}:{begun}": (contract, begun) for contract in mine for begun in _begun(contract)}
    billed = set(Billed.objects.filter(source_key__in=periods).values_list("source_key", flat=True))
    for key, (contract, begun) in periods.items():
        if key not in billed:
            text = _("%(contract)s, from %(day)s") % {"contract": contract.name, "day": day_words(begun)}
            yield ToBill(source_key=key, text=text[:300], price=contract.price)


def _begun(contract: Contract) -> Iterator[date]:
    """The first days of the periods of `contract` that have begun by now, while it ran; at most ten years of them."""
    last = min(filter(None, [now().date(), contract.ends_on, contract.cancelled_at and contract.cancelled_at.date()]))
    step = MONTHS.get(contract.period)
    if step is None:
        yield contract.starts_on
        return
    for number in range(120):
        begun = months_later(contract.starts_on, number * step)
        if begun > period_on(contract.starts_on, contract.period, last):
            return
        yield begun
