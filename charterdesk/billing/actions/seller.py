"""Who we are on invoices, taxes with their history, and limits: what management settles."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.money import CURRENCIES
from charterdesk.base.refused import Refused
from charterdesk.billing.events import BillToChanged, SellerSaved, TaxRateSaved
from charterdesk.billing.models import Account, BillTo, RefundLimit, Seller, TaxRate, TaxRateVersion
from charterdesk.billing.queries.seller import today_of_seller
from charterdesk.events.log import publish

SELLER = (
    "currency", "name", "street", "postcode", "city", "country", "vat_id", "registration", "email", "iban", "bic",
    "footer", "payment_days", "invoice_prefix", "credit_prefix", "yearly", "reminder_days", "reminders", "keep_years",
    "alone_amount",
)  # fmt: skip


@transaction.atomic
def change_seller(*, by: Actor, limits: Mapping[str, Decimal | None] | None = None, **fields: Any) -> None:
    """Settle who sells and on which terms; `limits` are what roles approve alone (None takes one away).

    What was issued keeps what it said. Nothing happens where nothing differs. Raises `Refused`:
    `billing.bad_currency`, `billing.bad_country`, `billing.same_prefix`.
    """
    if unknown := set(fields) - set(SELLER):
        raise ValueError(f"a seller has no {', '.join(sorted(unknown))}")
    row, _is_new = Seller.objects.select_for_update().get_or_create(pk=Seller.ONLY)
    fields = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    fields |= {name: fields[name].upper() for name in ("currency", "country", "vat_id", "bic") if name in fields}
    if "iban" in fields:
        fields["iban"] = fields["iban"].replace(" ", "").upper()
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    if row.currency not in CURRENCIES:
        raise Refused("billing.bad_currency", _("Give a currency of ISO 4217, such as EUR."))
    _require_country(row.country)
    if row.invoice_prefix == row.credit_prefix:
        message = _("Numbers of invoices and credit notes must not begin alike.")
        raise Refused("billing.same_prefix", message)
    changed += _change_limits(limits or {})
    if changed:
        row.save()
        publish(SellerSaved(fields=changed), on=row, by=by)


def _change_limits(limits: Mapping[str, Decimal | None]) -> list[str]:
    kept = dict(RefundLimit.objects.values_list("role", "amount"))
    changed = sorted(role for role, amount in limits.items() if kept.get(role) != amount)
    for role in changed:
        amount = limits[role]
        if amount is None:
            RefundLimit.objects.filter(role=role).delete()
        else:
            RefundLimit.objects.update_or_create(role=role, defaults={"amount": amount})
    return [f"limit:{role}" for role in changed]


@transaction.atomic
def save_tax_rate(
    rate: TaxRate | None,
    *,
    by: Actor,
    name: str,
    percent: Decimal,
    category: str = TaxRate.STANDARD,
    valid_from: date | None = None,
    why: str = "",
    is_default: bool = False,
) -> TaxRate:
    """Add a rate of tax, or change one: another percentage holds from `valid_from` on (else from today).

    What was issued before keeps its own. Raises `Refused`: `billing.no_tax_name`, `billing.tax_taken`,
    `billing.tax_percent` also for a tax on what is not taxed, `billing.no_tax_reason`.
    """
    row = rate or TaxRate()
    row.name, row.category, row.why = " ".join(name.split())[:80], category, why.strip()[:200]
    if not row.name:
        raise Refused("billing.no_tax_name", _("A tax rate needs a name."))
    if TaxRate.objects.filter(name=row.name).exclude(pk=row.pk).exists():
        raise Refused("billing.tax_taken", _("There is a tax rate of this name already."))
    if not 0 <= percent <= 100:
        raise Refused("billing.tax_percent", _("A percentage is from 0 to 100."))
    if category in TaxRate.WITHOUT and percent:
        raise Refused("billing.tax_percent", _("Where no tax is charged, the percentage is 0."))
    if category in TaxRate.WITHOUT and category != TaxRate.ZERO and not row.why:
        raise Refused("billing.no_tax_reason", _("Say why no tax is charged: the invoice has to say it."))
    if is_default:
        TaxRate.objects.filter(is_default=True).exclude(pk=row.pk).update(is_default=False)
    row.is_default = is_default
    row.save()
    day = valid_from or today_of_seller()
    held = row.versions.filter(valid_from__lte=day).first()
    if held is None or held.percent != percent:
        TaxRateVersion.objects.update_or_create(rate=row, valid_from=day, defaults={"percent": percent})
    publish(TaxRateSaved(rate_id=row.pk), on=row, by=by)
    return row


@transaction.atomic
def change_bill_to(account: Account, *, by: Actor, **fields: str) -> BillTo:
    """Say to whom invoices of `account` go from now on.

    Raises `Refused`: `billing.bad_country`, `billing.bad_email`, `billing.too_long`.
    """
    if unknown := set(fields) - set(BillTo.FIELDS):
        raise ValueError(f"an address has no {', '.join(sorted(unknown))}")
    row = BillTo.objects.filter(account=account).first() or BillTo(account=account)
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value.strip())
    row.country, row.vat_id = row.country.upper(), row.vat_id.upper().replace(" ", "")
    _require_country(row.country)
    if row.email:
        try:
            validate_email(row.email)
        except ValidationError as error:
            raise Refused("billing.bad_email", _("This is no e-mail address.")) from error
    try:
        row.clean_fields(exclude=["account"])
    except ValidationError as error:
        raise Refused("billing.too_long", " ".join(error.messages)) from error
    row.save()
    if changed := sorted(name for name in fields if getattr(row, name) != before[name]):
        publish(BillToChanged(account_id=account.pk, fields=changed), on=account, by=by)
    return row


def _require_country(code: str) -> None:
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise Refused("billing.bad_country", _("Write a country as two letters, such as IE."))
