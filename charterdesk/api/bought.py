"""What customers bought, by API: offers, contracts with what is left of them, and orders put here by programs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.desk import calendar_named
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import (
    ABSENT,
    WHOLE,
    Asked,
    Cursor,
    Date,
    Given,
    Id,
    Moment,
    Size,
    Words,
    in_address,
    line,
    one_of,
)
from charterdesk.base.clock import now
from charterdesk.base.money import CURRENCIES
from charterdesk.base.refused import require
from charterdesk.billing.actions.contracts import agree_contract, end_contract, save_offer
from charterdesk.billing.actions.orders import GivenLine, GivenOrder, take_order
from charterdesk.billing.models import PER, Contract, Offer, Order, OrderSource, Terms
from charterdesk.billing.policies import may_agree_contracts, may_set_billing
from charterdesk.billing.queries.contracts import Left, left_of
from charterdesk.people.models import Contact, Organisation
from charterdesk.tickets.models import Ticket

router = Router(tags=["Contracts and orders"])
Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})?$"), Field(examples=["60.00"])]
Currency = Annotated[str, one_of(CURRENCIES), Field(examples=["EUR"])]
Count = Annotated[int, Field(ge=0, le=1_000_000), WHOLE]
Types = list[Annotated[str, one_of(code for code, _name in Ticket.TYPES)]]
Channels = list[Annotated[str, one_of(code for code, _name in Ticket.CHANNELS)]]
PLAIN = (
    "id", "name", "description", "types", "channels", "calendar_id", "period", "is_unlimited", "incidents", "minutes",
    "overage_per", "currency",
)  # fmt: skip


class OfferOut(BaseModel):
    """Support as customers can have it. No types or channels are all of them."""

    id: int
    name: str
    description: str
    types: list[str]
    channels: list[str]
    calendar_id: int | None
    period: str = Field(description="month, quarter, year or whole: in which what is included is counted.")
    is_unlimited: bool
    incidents: int | None = Field(description="Requests included per period.")
    minutes: int | None
    price: str = Field(description="Of each period.", examples=["120.00"])
    currency: str
    overage_per: str = Field(description="hour, incident or empty: what is charged when that is used up.")
    overage: str | None = Field(examples=["45.00"])
    months: int | None
    remind_days: int = Field(description="So many days before a contract ends somebody is reminded.")
    position: int
    is_active: bool


class Offers(BaseModel):
    """All offers."""

    items: list[OfferOut]


class OfferSetting(Given):
    """What of an offer is to be different; contracts keep their terms."""

    name: Annotated[str, line(120, least=1)] = ABSENT
    description: Annotated[Words, Field(max_length=2000)] = ABSENT
    types: Types = Field(ABSENT, max_length=20)
    channels: Channels = Field(ABSENT, max_length=20)
    period: Annotated[str, one_of(code for code, _name in Terms.PERIODS)] = ABSENT
    is_unlimited: bool = ABSENT
    incidents: Count | None = ABSENT
    minutes: Count | None = ABSENT
    price: Amount = ABSENT
    currency: Currency = ABSENT
    overage_per: Annotated[str, one_of(code for code, _name in PER)] | None = ABSENT
    overage: Amount | None = ABSENT
    months: Annotated[int, Field(ge=1, le=600), WHOLE] | None = ABSENT
    calendar_id: Id | None = Field(ABSENT, description="Its hours; null: those of the team.", examples=[None])
    remind_days: Annotated[int, Field(ge=0, le=3660), WHOLE] = ABSENT
    position: Annotated[int, Field(ge=1, le=32767), WHOLE] = ABSENT
    is_active: bool = ABSENT


class ContractOut(BaseModel):
    """Support that one customer has, a contact or an organisation, and what is left of it in this period."""

    id: int
    offer_id: int | None
    contact_id: int | None
    organisation_id: int | None
    name: str
    description: str
    types: list[str]
    channels: list[str]
    calendar_id: int | None
    period: str
    is_unlimited: bool
    incidents: int | None
    incidents_left: int | None
    minutes: int | None
    minutes_left: int | None
    price: str
    currency: str
    overage_per: str
    overage: str | None
    agreed_on: date
    starts_on: date
    ends_on: date | None
    is_running: bool


class ContractPage(BaseModel):
    """Some contracts; `next` is the cursor of the next page, null at the end."""

    items: list[ContractOut]
    next: str | None


class ContractsAsked(Asked):
    """Whose contracts."""

    contact_id: Id = ABSENT
    organisation_id: Id = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class NewContract(Given):
    """An offer for a contact or an organisation, one of them; it ends as the offer says unless `ends_on` is given."""

    offer_id: Id
    contact_id: Id = ABSENT
    organisation_id: Id = ABSENT
    starts_on: Date = ABSENT
    ends_on: Date = ABSENT
    agreed_on: Date = ABSENT


class OrderedOut(BaseModel):
    """So many of one thing, at the price of one."""

    name: str
    sku: str
    quantity: str = Field(examples=["2"])
    price: str = Field(examples=["24.90"])


class OrderOut(BaseModel):
    """What somebody bought; support is free until `supported_until`."""

    id: int
    source: str = Field(examples=["shop"])
    external_id: str
    number: str = Field(examples=["1042"])
    contact_id: int
    organisation_id: int | None
    status: str = Field(description="open, paid, fulfilled, cancelled or refunded")
    total: str = Field(examples=["49.80"])
    currency: str
    ordered_at: datetime
    supported_until: datetime
    lines: list[OrderedOut]


class OrderPage(BaseModel):
    """Some orders; `next` is the cursor of the next page, null at the end."""

    items: list[OrderOut]
    next: str | None


class OrdersAsked(Asked):
    """Which orders: of a contact, or of a number."""

    contact_id: Id = ABSENT
    number: Annotated[str, line(80)] = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class NewOrdered(Given):
    """So many of one thing, at the price of one."""

    name: Annotated[str, line(300, least=1)]
    sku: Annotated[str, line(80)] = ""
    quantity: Amount = "1"
    price: Amount = "0"


class NewOrder(Given):
    """An order as it is now. `changed_at` is when it changed there: what is older than what we know changes nothing."""

    number: Annotated[str, line(80, least=1)] = Field(examples=["1042"])
    email: Annotated[str, line(254, least=3)] = Field(examples=["mia@home.example"])
    name: Annotated[str, line(200)] = ""
    status: Annotated[str, one_of(code for code, _name in Order.STATUSES)] = Order.OPEN
    total: Amount = "0"
    currency: Currency = "EUR"
    ordered_at: Moment
    changed_at: Moment = ABSENT
    support_days: Annotated[int, Field(ge=0, le=3660), WHOLE] = ABSENT
    lines: list[NewOrdered] = Field([], max_length=500)


def _terms(row: Offer | Contract) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in PLAIN}
    return plain | {"price": row.price.plain, "overage": row.overage.plain if row.overage else None}


def _offer(row: Offer) -> dict[str, Any]:
    return _terms(row) | {name: getattr(row, name) for name in ("months", "remind_days", "position", "is_active")}


def _contract(left: Left) -> dict[str, Any]:
    row = left.contract
    own = ("offer_id", "contact_id", "organisation_id", "agreed_on", "starts_on", "ends_on")
    return (
        _terms(row)
        | {name: getattr(row, name) for name in own}
        | {
            "incidents_left": left.incidents,
            "minutes_left": left.minutes,
            "is_running": row.is_running_on(now().date()),
        }
    )


def _order(row: Order) -> dict[str, Any]:
    own = (
        "id", "external_id", "number", "contact_id", "organisation_id", "status", "currency", "ordered_at",
        "supported_until",
    )  # fmt: skip
    lines = [
        {"name": each.name, "sku": each.sku, "quantity": f"{each.quantity.normalize():f}", "price": each.price.plain}
        for each in row.lines.all()
    ]
    return {name: getattr(row, name) for name in own} | {
        "source": row.source.slug,
        "total": row.total.plain,
        "lines": lines,
    }


@router.get("/offers", auth=Scope("billing:read", staff=True), response=Offers)
def list_offers(request: ApiRequest) -> HttpResponse:
    """All offers, in their order. One statement."""
    return answer({"items": [_offer(each) for each in Offer.objects.all()]})


@router.post("/offers", auth=Scope("billing:write", staff=True), response={201: OfferOut})
@once
def add_offer(request: ApiRequest, given: OfferSetting) -> HttpResponse:
    """Add an offer. 409 `billing.no_name`, `billing.name_taken`, `billing.nothing_included`, `billing.half_overage`."""
    require(may_set_billing(request.viewer))
    return answer(_offer(save_offer(None, by=request.viewer, **_wanted(given))), status=201)


@router.patch("/offers/{offer_id}", auth=Scope("billing:write", staff=True), response=OfferOut)
@once
def change_offer(request: ApiRequest, offer_id: Path[Id], given: OfferSetting) -> HttpResponse:
    """Change an offer; contracts agreed before keep their terms. 409 as `POST /offers`."""
    require(may_set_billing(request.viewer))
    return answer(_offer(save_offer(get_object_or_404(Offer, pk=offer_id), by=request.viewer, **_wanted(given))))


def _wanted(given: OfferSetting) -> dict[str, Any]:
    """What the action takes: amounts as decimals, under the names of their columns; opening hours as they are."""
    fields = given.sent()
    for name, column in (("price", "price_amount"), ("overage", "overage_amount")):
        if name in fields:
            amount = fields.pop(name)
            fields[column] = None if amount is None else Decimal(amount)
    if "overage_per" in fields:
        fields["overage_per"] = fields["overage_per"] or ""
    if "calendar_id" in fields:
        named = fields.pop("calendar_id")
        fields["calendar"] = calendar_named(named) if named else None
    return fields


@router.get("/contracts", auth=Scope("billing:read"), response=ContractPage)
def list_contracts(request: ApiRequest, asked: Query[ContractsAsked]) -> HttpResponse:
    """Contracts, the latest first; a customer's own. Two statements."""
    found: QuerySet[Contract] = Contract.objects.visible_to(request.viewer).order_by("-pk")
    if asked.contact_id:
        found = found.filter(contact_id=asked.contact_id)
    if asked.organisation_id:
        found = found.filter(organisation_id=asked.organisation_id)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    rows = left_of(found[: asked.limit + 1], on=now().date())
    return page_of([_contract(each) for each in rows], asked.limit)


@router.post("/contracts", auth=Scope("billing:write", staff=True), response={201: ContractOut})
@once
@transaction.atomic
def make_contract(request: ApiRequest, given: NewContract) -> HttpResponse:
    """Agree on an offer with a contact or an organisation. 409 `billing.bad_end`, `people.erased_contact`."""
    require(may_agree_contracts(request.viewer))
    offer = get_object_or_404(Offer, pk=given.offer_id)
    customer: Contact | Organisation
    if given.organisation_id:
        customer = get_object_or_404(Organisation, pk=given.organisation_id)
    elif given.contact_id:
        customer = get_object_or_404(Contact, pk=given.contact_id)
    else:
        raise Http404
    fields = {name: value for name in ("ends_on", "agreed_on") if (value := getattr(given, name))}
    begun = given.starts_on or now().date()
    made = agree_contract(customer, offer=offer, by=request.viewer, starts_on=begun, **fields)
    return answer(_read_contract(made), status=201, headers={"Location": f"/api/v1/contracts/{made.pk}"})


def _read_contract(row: Contract) -> dict[str, Any]:
    return _contract(left_of([row], on=now().date())[0])


@router.get("/contracts/{contract_id}", auth=Scope("billing:read"), response=ContractOut)
def read_contract(request: ApiRequest, contract_id: Path[Id]) -> HttpResponse:
    """One contract, and what is left of it. Two statements."""
    return answer(_read_contract(get_object_or_404(Contract.objects.visible_to(request.viewer), pk=contract_id)))


@router.delete("/contracts/{contract_id}", auth=Scope("billing:write", staff=True), response=ContractOut)
@once
def end_one_contract(request: ApiRequest, contract_id: Path[Id]) -> HttpResponse:
    """End it now; it stays readable. 409 `billing.contract_ended`."""
    require(may_agree_contracts(request.viewer))
    found = get_object_or_404(Contract, pk=contract_id)
    end_contract(found, by=request.viewer)
    return answer(_read_contract(found))


@router.get("/orders", auth=Scope("billing:read"), response=OrderPage)
def list_orders(request: ApiRequest, asked: Query[OrdersAsked]) -> HttpResponse:
    """Orders, the latest taken first; a customer's own. Two statements."""
    found = Order.objects.visible_to(request.viewer).order_by("-pk")
    if asked.contact_id:
        found = found.filter(contact_id=asked.contact_id)
    if asked.number:
        found = found.filter(number=asked.number)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    rows = found.select_related("source").prefetch_related("lines")[: asked.limit + 1]
    return page_of([_order(each) for each in rows], asked.limit)


@router.get("/orders/{order_id}", auth=Scope("billing:read"), response=OrderOut)
def read_order(request: ApiRequest, order_id: Path[Id]) -> HttpResponse:
    """One order with its lines. Two statements."""
    return answer(_order(get_object_or_404(Order.objects.visible_to(request.viewer), pk=order_id)))


@router.put(
    "/order-sources/{slug}/orders/{external_id}",
    auth=Scope("billing:write", staff=True),
    response={200: OrderOut, 201: OrderOut},
)
@once
def put_order(
    request: ApiRequest,
    slug: Path[Annotated[str, in_address(40)]],
    external_id: Path[Annotated[str, in_address(80)]],
    given: NewOrder,
) -> HttpResponse:
    """Keep an order of a source as it is now; repeat it as often as you like. Whoever bought becomes a contact.

    409 `billing.bad_order` says what is wrong.
    """
    require(may_set_billing(request.viewer))
    source = get_object_or_404(OrderSource, slug=slug, is_active=True)
    lines = [
        GivenLine(name=each.name, sku=each.sku, quantity=Decimal(each.quantity), price=Decimal(each.price))
        for each in given.lines
    ]
    told = GivenOrder(
        external_id=external_id,
        number=given.number,
        email=given.email,
        name=given.name,
        status=given.status,
        total=Decimal(given.total),
        currency=given.currency,
        ordered_at=given.ordered_at,
        changed_at=given.changed_at or now(),
        support_days=given.support_days,
        lines=lines,
    )
    order, is_new = take_order(source, told, by=request.viewer)
    return answer(_order(order), status=201 if is_new else 200)
