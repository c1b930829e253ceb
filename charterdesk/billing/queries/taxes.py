"""What tax there is on a day, and what a bill comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from charterdesk.base.money import Money, total
from charterdesk.billing.models import InvoiceLine, TaxRate

HUNDRED = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class TaxShare:
    """Lines of one kind of tax and one percentage: the tax is reckoned on their sum (EN 16931, BR-CO-17)."""

    category: str
    percent: Decimal
    why: str
    net: Money
    tax: Money


def percent_on(rate: TaxRate | None, day: date) -> Decimal:
    """What `rate` is on `day`; 0 where nothing was settled for that day. One statement."""
    found = rate.versions.filter(valid_from__lte=day).first() if rate else None
    return found.percent if found else Decimal(0)


def default_rate() -> TaxRate | None:
    """The rate of new lines. One statement."""
    return TaxRate.objects.filter(is_default=True).first()


def shares_of(lines: Iterable[InvoiceLine], currency: str, *, tax: Money | None = None) -> list[TaxShare]:
    """What tax each kind of lines bears, rounded to the coin for each kind, the highest first.

    With `tax` they add up to it: the last credit note of an invoice bears the coins that rounding left. No statement
    where the lines came with their rates.
    """
    groups: dict[tuple[str, Decimal], list[InvoiceLine]] = {}
    for line in lines:
        groups.setdefault((line.category, line.percent.normalize()), []).append(line)
    shares = []
    for (category, percent), of_it in sorted(groups.items(), key=lambda group: (-group[0][1], group[0][0])):
        net = total((line.net for line in of_it), currency)
        why = next((line.rate.why for line in of_it if line.rate and line.rate.why), "")
        borne = (net * (percent / HUNDRED)).rounded()
        shares.append(TaxShare(category=category, percent=percent, why=why, net=net, tax=borne))
    if shares and tax is not None:
        rest = tax - total((share.tax for share in shares), currency)
        shares[0] = replace(shares[0], tax=shares[0].tax + rest)
    return shares
