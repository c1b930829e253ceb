"""What management settles of money: who sells and on which terms, taxes with their history."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, check_state, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.bought import Amount, Currency
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Date, Email, Given, Id, line, one_of
from charterdesk.base.clock import now
from charterdesk.base.money import Money
from charterdesk.base.refused import require
from charterdesk.billing.actions.seller import SELLER, change_seller, save_tax_rate
from charterdesk.billing.models import RefundLimit, TaxRate
from charterdesk.billing.policies import may_set_money
from charterdesk.billing.queries.seller import seller

router = Router(tags=["Money"])
ALONE = "alone_amount"
Days = Annotated[int, Field(ge=0, le=365), WHOLE]
Percent = Annotated[
    str, StringConstraints(pattern=r"^(100(\.0{1,3})?|[0-9]{1,2}(\.[0-9]{1,3})?)$"), Field(examples=["13.5"])
]
Category = Annotated[
    str,
    one_of(code for code, _name in TaxRate.CATEGORIES),
    Field(description="S taxed, Z at nothing, E exempt, AE owed by the customer, O not subject to tax."),
]


class LimitsOut(BaseModel):
    """Up to how much somebody of a role approves refunds alone; null is nothing."""

    lead: str | None = Field(examples=["100.00"])
    manager: str | None
    administrator: str | None


class SellerOut(BaseModel):
    """Who sells, on which terms; what was issued keeps what it said."""

    name: str
    street: str
    postcode: str
    city: str
    country: str = Field(examples=["IE"])
    vat_id: str
    registration: str
    email: str
    iban: str
    bic: str
    footer: str
    currency: str = Field(examples=["EUR"])
    payment_days: int
    invoice_prefix: str
    credit_prefix: str
    yearly: bool = Field(description="Numbers begin anew each year.")
    reminder_days: int
    reminders: int
    keep_years: int
    alone: str = Field(description="Refunds a published charter gives by itself, up to this.", examples=["20.00"])
    limits: LimitsOut


class Limits(Given):
    """Up to how much each approves refunds alone; null takes that away, what is left out stays."""

    lead: Amount | None = ABSENT
    manager: Amount | None = ABSENT
    administrator: Amount | None = ABSENT


class SellerChanges(Given):
    """What becomes different; what is left out stays."""

    name: Annotated[str, line(200)] = ABSENT
    street: Annotated[str, line(200)] = ABSENT
    postcode: Annotated[str, line(20)] = ABSENT
    city: Annotated[str, line(120)] = ABSENT
    country: Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2})?$")] = Field(ABSENT, examples=["IE"])
    vat_id: Annotated[str, line(30)] = ABSENT
    registration: Annotated[str, line(60)] = ABSENT
    email: Email | None = Field(ABSENT, description="For questions about invoices; null for none.")
    iban: Annotated[str, line(34)] = ABSENT
    bic: Annotated[str, line(11)] = ABSENT
    footer: Annotated[str, line(300)] = ABSENT
    currency: Currency = ABSENT
    payment_days: Days = ABSENT
    invoice_prefix: Annotated[str, line(12)] = ABSENT
    credit_prefix: Annotated[str, line(12)] = ABSENT
    yearly: bool = ABSENT
    reminder_days: Annotated[int, Field(ge=1, le=365), WHOLE] = ABSENT
    reminders: Annotated[int, Field(ge=0, le=10), WHOLE] = ABSENT
    keep_years: Annotated[int, Field(ge=0, le=99), WHOLE] = ABSENT
    alone: Amount = ABSENT
    limits: Limits = Field(ABSENT, examples=[{"lead": "100.00"}])


class TaxVersionOut(BaseModel):
    """So many percent from a day on."""

    percent: str = Field(examples=["13.5"])
    valid_from: date


class TaxRateOut(BaseModel):
    """A kind of tax; how much it is stands in its versions, the latest first."""

    id: int
    name: str = Field(examples=["Reduced"])
    category: str = Field(examples=["S"])
    why: str = Field(description="Why no tax is charged, as the invoice says it.")
    is_default: bool
    versions: list[TaxVersionOut]


class TaxRates(BaseModel):
    """All of them."""

    items: list[TaxRateOut]


class NewTaxRate(Given):
    """A kind of tax, and from when so many percent hold; left out, from today."""

    name: Annotated[str, line(80, least=1)] = Field(examples=["Reduced"])
    percent: Percent
    category: Category = Field(TaxRate.STANDARD, examples=["S"])
    valid_from: Date = ABSENT
    why: Annotated[str, line(200)] = ""
    is_default: bool = False


class TaxRateChanges(Given):
    """What becomes different; what is left out stays. Other percents hold from `valid_from` on, else from today."""

    name: Annotated[str, line(80, least=1)] = ABSENT
    percent: Percent = ABSENT
    category: Category = ABSENT
    valid_from: Date = ABSENT
    why: Annotated[str, line(200)] = ABSENT
    is_default: bool = ABSENT


@router.get("/seller", auth=Scope("money:read", staff=True), response=SellerOut)
def read_seller(request: ApiRequest) -> HttpResponse:
    """Who sells, with the ETag of its state, for who may settle it. Two statements."""
    require(may_set_money(request.viewer))
    return state_answer(request, _seller())


@router.patch("/seller", auth=Scope("money:write", staff=True), response=SellerOut)
@once
@transaction.atomic
def change_one_seller(request: ApiRequest, given: SellerChanges) -> HttpResponse:
    """Settle who sells and on which terms. 409 `billing.bad_currency`, `billing.same_prefix`."""
    require(may_set_money(request.viewer))
    check_state(request, _seller())
    fields = given.sent()
    if "email" in fields:
        fields["email"] = fields["email"] or ""
    if "alone" in fields:
        fields[ALONE] = Decimal(fields.pop("alone"))
    limits: dict[str, str | None] = fields.pop("limits").sent() if "limits" in fields else {}
    amounts = {role: None if amount is None else Decimal(amount) for role, amount in limits.items()}
    change_seller(by=request.viewer, limits=amounts, **fields)
    return state_answer(request, _seller())


def _seller() -> dict[str, Any]:
    """Who sells, as a row. Two statements."""
    settled = seller()
    kept = dict(RefundLimit.objects.values_list("role", "amount"))
    limits = {
        role: Money(kept[role], settled.currency).plain if role in kept else None for role in LimitsOut.model_fields
    }
    plain = {name: getattr(settled, name) for name in SELLER if name != ALONE}
    return {**plain, "alone": settled.alone.plain, "limits": limits}


@router.get("/tax-rates", auth=Scope("money:read", staff=True), response=TaxRates)
def list_tax_rates(request: ApiRequest) -> HttpResponse:
    """Kinds of tax by name, with their history. Two statements."""
    require(may_set_money(request.viewer))
    return answer({"items": [_tax(each) for each in _rates().order_by("name")]})


@router.post("/tax-rates", auth=Scope("money:write", staff=True), response={201: TaxRateOut})
@once
def add_tax_rate(request: ApiRequest, given: NewTaxRate) -> HttpResponse:
    """Add a kind of tax. 409 `billing.tax_taken`, `billing.tax_percent`, `billing.no_tax_reason`."""
    require(may_set_money(request.viewer))
    fields = given.model_dump()
    made = save_tax_rate(None, by=request.viewer, percent=Decimal(fields.pop("percent")), **fields)
    return answer(_tax(_rates().get(pk=made.pk)), status=201)


@router.patch("/tax-rates/{tax_id}", auth=Scope("money:write", staff=True), response=TaxRateOut)
@once
@transaction.atomic
def change_tax_rate(request: ApiRequest, tax_id: Path[Id], given: TaxRateChanges) -> HttpResponse:
    """Change a kind of tax; what was issued keeps its own. 409 as `POST /tax-rates`."""
    require(may_set_money(request.viewer))
    get_object_or_404(TaxRate.objects.select_for_update(), pk=tax_id)
    found = _rates().get(pk=tax_id)
    check_state(request, _tax(found))
    kept = {name: getattr(found, name) for name in ("name", "category", "why", "is_default")}
    save_tax_rate(found, by=request.viewer, **{**kept, **_percent(found, given), **_others(given)})
    return state_answer(request, _tax(_rates().get(pk=tax_id)))


def _others(given: TaxRateChanges) -> dict[str, Any]:
    return {name: value for name, value in given.sent().items() if name not in ("percent", "valid_from")}


def _percent(rate: TaxRate, given: TaxRateChanges) -> dict[str, Any]:
    """How much from when: what was sent; else what holds on that day, as it is."""
    day = given.valid_from or now().date()
    if "percent" in given.sent():
        return {"percent": Decimal(given.percent), "valid_from": day}
    versions = list(rate.versions.all())
    held = next((each for each in versions if each.valid_from <= day), versions[-1] if versions else None)
    return {"percent": held.percent if held else Decimal(0), "valid_from": held.valid_from if held else day}


def _rates() -> QuerySet[TaxRate]:
    return TaxRate.objects.prefetch_related("versions")


def _tax(rate: TaxRate) -> dict[str, Any]:
    versions = [
        {"percent": f"{each.percent.normalize():f}", "valid_from": each.valid_from} for each in rate.versions.all()
    ]
    names = ("id", "name", "category", "why", "is_default")
    return {**{name: getattr(rate, name) for name in names}, "versions": versions}
