"""Why something is free or charged, whose requests go earlier, and where orders come from."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, check_state, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.bought import Amount, Channels, Currency, Types
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Given, Id, line, one_of
from charterdesk.base.refused import require
from charterdesk.billing.actions.contracts import remove_tier, save_tier
from charterdesk.billing.actions.orders import save_source
from charterdesk.billing.actions.verdicts import remove_reason, save_reason
from charterdesk.billing.models import PER, OrderSource, Reason, Tier
from charterdesk.billing.order_lists import take_list
from charterdesk.billing.policies import may_set_billing

router = Router(tags=["Contracts and orders"])
Words = Annotated[str, line(300)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40), Field(examples=["shop"])]
Tags = list[Annotated[str, line(50, least=1)]]
Position = Annotated[int, Field(ge=1, le=32767, description="The first that fits, by position, decides."), WHOLE]
SupportDays = Annotated[int, Field(ge=0, le=3660, description="Days of support after an order."), WHOLE]
REASON = ("id", "kind", "name", "words", "types", "tags", "channels", "currency", "position", "is_active")
SOURCE = ("id", "slug", "name", "kind", "support_days", "is_active", "heard_at")
LIST = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class ReasonWords(Given):
    """What the customer reads, by language."""

    en: Words = ABSENT
    ar: Words = ABSENT
    de: Words = ABSENT
    es: Words = ABSENT
    fr: Words = ABSENT


class CostReasonOut(BaseModel):
    """A reason to call a request free or charged, and for which requests; no types, tags or channels are all."""

    id: int
    kind: str = Field(
        description="cause (we caused it), window (after an order), contract, overage, rate (charged) or free"
    )
    name: str
    words: dict[str, str]
    types: list[str]
    tags: list[str]
    channels: list[str]
    price: str | None = Field(examples=["60.00"])
    currency: str
    per: str | None = Field(description="hour or incident", examples=["hour"])
    position: int
    is_active: bool


class CostReasons(BaseModel):
    """In the order in which they are tried."""

    items: list[CostReasonOut]


class CostReasonSetting(Given):
    """What of a reason is to be different; it holds for requests that come from now on."""

    name: Annotated[str, line(120, least=1)] = Field(ABSENT, examples=["Our own update"])
    words: ReasonWords = Field(ABSENT, examples=[{"en": "caused by our own update"}])
    types: Types = Field(ABSENT, max_length=20)
    tags: Tags = Field(ABSENT, max_length=50, examples=[["update"]])
    channels: Channels = Field(ABSENT, max_length=20)
    price: Amount | None = ABSENT
    currency: Currency = ABSENT
    per: Annotated[str, one_of(code for code, _name in PER)] | None = ABSENT
    position: Position = ABSENT
    is_active: bool = ABSENT


class NewCostReason(CostReasonSetting):
    """A reason to try from now on."""

    kind: Annotated[str, one_of(code for code, _name in Reason.KINDS)] = Field(examples=["window"])
    name: Annotated[str, line(120, least=1)] = Field(examples=["Days after an order"])


class TierOut(BaseModel):
    """Whose requests go earlier: so many orders in a year, so many priority classes."""

    id: int
    name: str = Field(examples=["Regulars"])
    orders: int
    classes: int
    margin_seconds: int = Field(description="Only while nobody they would overtake is due within this.")


class Tiers(BaseModel):
    """The highest first."""

    items: list[TierOut]


class TierSetting(Given):
    """What of a tier is to be different."""

    name: Annotated[str, line(80, least=1)] = Field(ABSENT, examples=["Regulars"])
    orders: Annotated[int, Field(ge=1, le=1_000_000), WHOLE] = ABSENT
    classes: Annotated[int, Field(ge=1, le=3), WHOLE] = ABSENT
    margin_seconds: Annotated[int, Field(ge=60, le=31_536_000), WHOLE] = ABSENT


class NewTier(TierSetting):
    """A tier from now on."""

    name: Annotated[str, line(80, least=1)] = Field(examples=["Regulars"])
    orders: Annotated[int, Field(ge=1, le=1_000_000), WHOLE] = Field(examples=[5])


class OrderSourceOut(BaseModel):
    """Where orders come from. The secret a shop signs with is never told."""

    id: int
    slug: str = Field(examples=["shop"])
    name: str
    kind: str = Field(description="shopify, woocommerce or own (API and CSV)", examples=["shopify"])
    support_days: int
    is_active: bool
    has_secret: bool
    hook: str | None = Field(
        description="The address a shop calls.", examples=["https://help.example.org/hooks/orders/shop"]
    )
    heard_at: datetime | None


class OrderSources(BaseModel):
    """All of them, by name."""

    items: list[OrderSourceOut]


class SourceSetting(Given):
    """What of a source is to be different."""

    name: Annotated[str, line(80, least=1)] = ABSENT
    slug: Slug = ABSENT
    kind: Annotated[str, one_of(code for code, _name in OrderSource.KINDS)] = Field(ABSENT, examples=["own"])
    secret: Annotated[str, line(300, least=1)] = Field(ABSENT, description="What the shop signs with; kept encrypted.")
    support_days: SupportDays = ABSENT
    is_active: bool = ABSENT


class NewSource(SourceSetting):
    """A source from now on; a shop needs its secret."""

    name: Annotated[str, line(80, least=1)] = Field(examples=["Our shop"])
    slug: Slug
    kind: Annotated[str, one_of(code for code, _name in OrderSource.KINDS)] = Field(OrderSource.OWN, examples=["own"])


class NotKept(BaseModel):
    """Which line of a list could not be kept, and why."""

    line: int
    why: str


class ListTaken(BaseModel):
    """How many orders were kept, and what was wrong with the others."""

    kept: int
    wrong: list[NotKept]


@router.get("/cost-reasons", auth=Scope("billing:read", staff=True), response=CostReasons)
def list_cost_reasons(request: ApiRequest) -> HttpResponse:
    """The reasons for free and charged. One statement."""
    require(may_set_billing(request.viewer))
    return answer({"items": [_reason(each) for each in Reason.objects.all()]})


@router.post("/cost-reasons", auth=Scope("billing:write", staff=True), response={201: CostReasonOut})
@once
def add_cost_reason(request: ApiRequest, given: NewCostReason) -> HttpResponse:
    """Add a reason. 409 `billing.no_price`, `billing.no_condition`."""
    require(may_set_billing(request.viewer))
    return state_answer(request, _reason(save_reason(None, by=request.viewer, **_wanted(given))), status=201)


@router.patch("/cost-reasons/{reason_id}", auth=Scope("billing:write", staff=True), response=CostReasonOut)
@once
@transaction.atomic
def change_cost_reason(request: ApiRequest, reason_id: Path[Id], given: CostReasonSetting) -> HttpResponse:
    """Change a reason; what was said by it stays. 409 as `POST /cost-reasons`."""
    require(may_set_billing(request.viewer))
    found = get_object_or_404(Reason.objects.select_for_update(), pk=reason_id)
    check_state(request, _reason(found))
    return state_answer(request, _reason(save_reason(found, by=request.viewer, **_wanted(given))))


@router.delete("/cost-reasons/{reason_id}", auth=Scope("billing:write", staff=True), response={204: None})
@once
def remove_cost_reason(request: ApiRequest, reason_id: Path[Id]) -> HttpResponse:
    """Judge by it no more; what was said by it stays."""
    require(may_set_billing(request.viewer))
    remove_reason(get_object_or_404(Reason, pk=reason_id), by=request.viewer)
    return nothing()


def _wanted(given: CostReasonSetting) -> dict[str, Any]:
    """What the action takes: the price as a decimal, nothing as an empty text."""
    fields = given.model_dump(exclude_unset=True)
    if "price" in fields:
        amount = fields.pop("price")
        fields["price_amount"] = None if amount is None else Decimal(amount)
    if "per" in fields:
        fields["per"] = fields["per"] or ""
    return fields


def _reason(reason: Reason) -> dict[str, Any]:
    price = reason.price.plain if reason.price else None
    return {**{name: getattr(reason, name) for name in REASON}, "price": price, "per": reason.per or None}


@router.get("/loyalty-tiers", auth=Scope("billing:read", staff=True), response=Tiers)
def list_loyalty_tiers(request: ApiRequest) -> HttpResponse:
    """The tiers of loyalty. One statement."""
    require(may_set_billing(request.viewer))
    return answer({"items": [_tier(each) for each in Tier.objects.all()]})


@router.post("/loyalty-tiers", auth=Scope("billing:write", staff=True), response={201: TierOut})
@once
def add_loyalty_tier(request: ApiRequest, given: NewTier) -> HttpResponse:
    """Add a tier. 409 `billing.tier_taken`."""
    require(may_set_billing(request.viewer))
    return state_answer(request, _tier(save_tier(None, by=request.viewer, **_margin(given))), status=201)


@router.patch("/loyalty-tiers/{tier_id}", auth=Scope("billing:write", staff=True), response=TierOut)
@once
@transaction.atomic
def change_loyalty_tier(request: ApiRequest, tier_id: Path[Id], given: TierSetting) -> HttpResponse:
    """Change a tier; requests already put earlier stay so. 409 `billing.tier_taken`."""
    require(may_set_billing(request.viewer))
    found = get_object_or_404(Tier.objects.select_for_update(), pk=tier_id)
    check_state(request, _tier(found))
    return state_answer(request, _tier(save_tier(found, by=request.viewer, **_margin(given))))


@router.delete("/loyalty-tiers/{tier_id}", auth=Scope("billing:write", staff=True), response={204: None})
@once
def remove_loyalty_tier(request: ApiRequest, tier_id: Path[Id]) -> HttpResponse:
    """Have it no more; requests already put earlier stay so."""
    require(may_set_billing(request.viewer))
    remove_tier(get_object_or_404(Tier, pk=tier_id), by=request.viewer)
    return nothing()


def _margin(given: TierSetting) -> dict[str, Any]:
    fields = given.sent()
    if "margin_seconds" in fields:
        fields["margin"] = timedelta(seconds=fields.pop("margin_seconds"))
    return fields


def _tier(tier: Tier) -> dict[str, Any]:
    plain = {name: getattr(tier, name) for name in ("id", "name", "orders", "classes")}
    return {**plain, "margin_seconds": int(tier.margin.total_seconds())}


@router.get("/order-sources", auth=Scope("billing:read", staff=True), response=OrderSources)
def list_order_sources(request: ApiRequest) -> HttpResponse:
    """Where orders come from. One statement."""
    require(may_set_billing(request.viewer))
    return answer({"items": [_source(each) for each in OrderSource.objects.order_by("name")]})


@router.post("/order-sources", auth=Scope("billing:write", staff=True), response={201: OrderSourceOut})
@once
def add_order_source(request: ApiRequest, given: NewSource) -> HttpResponse:
    """Add a source. 409 `billing.source_taken`, `billing.no_secret`."""
    require(may_set_billing(request.viewer))
    return state_answer(request, _source(save_source(None, by=request.viewer, **_sent(given))), status=201)


@router.patch("/order-sources/{slug}", auth=Scope("billing:write", staff=True), response=OrderSourceOut)
@once
@transaction.atomic
def change_order_source(request: ApiRequest, slug: Path[Slug], given: SourceSetting) -> HttpResponse:
    """Change a source; a secret that is left out stays. 409 as `POST /order-sources`."""
    require(may_set_billing(request.viewer))
    found = get_object_or_404(OrderSource.objects.select_for_update(), slug=slug)
    check_state(request, _source(found))
    return state_answer(request, _source(save_source(found, by=request.viewer, **_sent(given))))


@router.post(
    "/order-sources/{slug}/lists",
    auth=Scope("billing:write", staff=True),
    response=ListTaken,
    openapi_extra=LIST,
)
@once
def take_order_list(request: ApiRequest, slug: Path[Slug]) -> HttpResponse:
    """Take orders in from a CSV in the body, each by itself. 409 `billing.bad_list` for what is no such list."""
    require(may_set_billing(request.viewer))
    source = get_object_or_404(OrderSource, slug=slug)
    kept, wrong = take_list(source, request.body, by=request.viewer)
    return answer({"kept": kept, "wrong": [{"line": place, "why": why} for place, why in wrong]})


def _sent(given: SourceSetting) -> dict[str, Any]:
    return given.model_dump(exclude_unset=True)


def _source(source: OrderSource) -> dict[str, Any]:
    hook = f"{settings.PUBLIC_URL.rstrip('/')}/hooks/orders/{source.slug}" if source.kind != OrderSource.OWN else None
    plain = {name: getattr(source, name) for name in SOURCE}
    return {**plain, "has_secret": bool(source.sealed_secret), "hook": hook}
