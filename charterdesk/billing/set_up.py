"""The part of billing in the settings file: who sells and on which terms, limits of refunds, and taxes of today."""

from collections.abc import Iterator
from decimal import Decimal

from charterdesk.base.configured import Section, Thing, configured, given, values_of
from charterdesk.base.keys import Actor
from charterdesk.base.money import Money
from charterdesk.billing.actions.reminding import save_reminder_step
from charterdesk.billing.actions.seller import SELLER, change_seller, save_tax_rate
from charterdesk.billing.models import RefundLimit, ReminderStep, Seller, TaxRate
from charterdesk.billing.offered import register_what_is_offered
from charterdesk.billing.queries.seller import seller, today_of_seller
from charterdesk.billing.queries.taxes import percent_on

ONLY = "invoices"
PLAIN = tuple(name for name in SELLER if name not in ("name", "alone_amount"))
MONEY = ("name", "company", *PLAIN, "alone_amount", "limits")
TAX = ("name", "category", "percent", "why", "is_default")


def _money() -> Iterator[Thing]:
    """The one row, and up to how much each role approves alone."""
    if not Seller.objects.exists():
        return
    row = seller()
    limits = {each.role: each.in_currency(row.currency).plain for each in RefundLimit.objects.order_by("role")}
    alone = Money(row.alone_amount, row.currency).plain
    yield {"name": ONLY, "company": row.name, **values_of(row, PLAIN), "alone_amount": alone, "limits": limits}


def _set_money(thing: Thing, by: Actor) -> None:
    fields = given(thing, "name", "company", "limits", "alone_amount")
    if "company" in thing:
        fields["name"] = thing["company"]
    if "alone_amount" in thing:
        fields["alone_amount"] = Decimal(thing["alone_amount"])
    limits: dict[str, Decimal | None] = {role: Decimal(amount) for role, amount in thing.get("limits", {}).items()}
    if "limits" in thing:
        gone = set(RefundLimit.objects.values_list("role", flat=True)) - set(limits)
        limits |= dict.fromkeys(gone)
    change_seller(by=by, limits=limits, **fields)


def _taxes() -> Iterator[Thing]:
    """What they are today; their history is no set-up."""
    for rate in TaxRate.objects.order_by("name"):
        percent = percent_on(rate, today_of_seller()).normalize()
        plain = values_of(rate, ("name", "category", "why", "is_default"))
        yield {**plain, "percent": f"{percent:f}"}


def _set_tax(thing: Thing, by: Actor) -> None:
    found = TaxRate.objects.filter(name=thing["name"]).first()
    percent = Decimal(thing["percent"]) if "percent" in thing else percent_on(found, today_of_seller())
    kept = values_of(found, ("category", "why", "is_default")) if found else {}
    save_tax_rate(found, by=by, **{**kept, **given(thing, "percent")}, percent=percent)


def _steps() -> Iterator[Thing]:
    for step in ReminderStep.objects.all():
        yield {"after_days": str(step.days), "words": step.words}


def _set_step(thing: Thing, by: Actor) -> None:
    found = ReminderStep.objects.filter(days=thing["after_days"]).first()
    words = thing.get("words", found.words if found else {})
    save_reminder_step(found, by=by, days=int(thing["after_days"]), words=words)


configured(Section(name="money", key="name", fields=MONEY, read=_money, write=_set_money))
configured(Section(name="reminders", key="after_days", fields=("after_days", "words"), read=_steps, write=_set_step))
configured(Section(name="taxes", key="name", fields=TAX, read=_taxes, write=_set_tax))
register_what_is_offered()
